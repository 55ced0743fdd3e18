//! What ends at a token, for rules that go back token by token and ask it at each: looked up once, not once for each of them.

use super::chart::Chart;
use crate::lexicon::Strength;
use crate::lexicon::grammar::Symbols;

/// Tokens of a listed name that are looked back for at most.
pub(super) const REACH: usize = 16;
/// Tokens that are remembered.
const WIDTH: usize = 64;

/// The symbols of what ends at each of the last tokens, of those that are asked for and of more.
pub(super) struct Ends<'a> {
    chart: &'a Chart<'a>,
    /// All that somebody asks for.
    any: Symbols,
    symbols: [Symbols; WIDTH],
    /// What begins at these tokens is noted, as far as it ends at one of the last.
    from: usize,
    to: usize,
}

impl<'a> Ends<'a> {
    pub(super) fn of(chart: &'a Chart<'a>, any: Symbols) -> Ends<'a> {
        Ends { chart, any, symbols: [0; WIDTH], from: 0, to: 0 }
    }

    /// Where the longest strong item with one of the symbols begins that ends at a token.
    pub(super) fn begin(&mut self, end: usize, symbols: Symbols) -> Option<usize> {
        debug_assert!(symbols & !self.any == 0, "only what was told is remembered");
        let here = self.at(end) & symbols;
        let ends = |&s: &usize| self.chart.with(s, here).any(|i| i.end as usize == end && i.strength == Strength::Strong);
        if here == 0 { None } else { self.chart.begun(end, REACH, here).find(ends) }
    }

    /// Whether there is one.
    pub(super) fn any(&mut self, end: usize, symbols: Symbols) -> bool {
        self.at(end) & symbols != 0
    }

    /// The symbols of all that ends at a token.
    fn at(&mut self, end: usize) -> Symbols {
        let first = end.saturating_sub(REACH);
        // Too far back, or so far ahead that nothing known is of use: from there on then.
        if first < self.from || end + WIDTH < self.to + REACH || first >= self.to {
            self.symbols = [0; WIDTH];
            (self.from, self.to) = (first, first);
        }
        while self.to < end {
            self.go_on();
        }
        self.symbols[end % WIDTH]
    }

    /// Notes what begins at the next token.
    fn go_on(&mut self) {
        let start = self.to;
        self.to += 1;
        // Nothing noted so far can end there.
        self.symbols[(start + REACH) % WIDTH] = 0;
        if self.chart.may_begin(start, self.any) {
            for i in self.chart.with(start, self.any).filter(|i| i.strength == Strength::Strong && i.end as usize <= start + REACH) {
                self.symbols[i.end as usize % WIDTH] |= i.symbols;
            }
        }
    }
}
