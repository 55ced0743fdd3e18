//! What ends at a token, for rules that go back token by token and ask it at each: looked up once, not once for each of them.

use super::chart::Chart;
use crate::lexicon::Strength;
use crate::lexicon::grammar::Symbols;

/// Tokens of a listed name that are looked back for at most.
pub(super) const REACH: usize = 16;
/// Tokens that are remembered.
const WIDTH: usize = 64;

/// The symbols of what ends at each of the last tokens, of those that are asked for and of more; and how far what begins there goes.
pub(super) struct Ends<'a> {
    chart: &'a Chart<'a>,
    /// All whose ends somebody asks for.
    any: Symbols,
    symbols: [Symbols; WIDTH],
    /// Those of which is asked whether they go on over a word, and where the longest ends that begins at each token.
    over: Symbols,
    longest: [u32; WIDTH],
    /// What begins at these tokens is noted, as far as it ends at one of the last.
    from: usize,
    to: usize,
}

impl<'a> Ends<'a> {
    pub(super) fn of(chart: &'a Chart<'a>, any: Symbols, over: Symbols) -> Ends<'a> {
        Ends { chart, any, symbols: [0; WIDTH], over, longest: [0; WIDTH], from: 0, to: 0 }
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

    /// Whether what begins so many tokens before a word or less is longer than the word and holds all of it.
    pub(super) fn is_inside(&mut self, (start, end): (usize, usize), before: usize) -> bool {
        let first = start.saturating_sub(before);
        self.note(first, start + 1);
        (first..=start).any(|at| self.longest[at % WIDTH] as usize >= end + usize::from(at == start))
    }

    /// The symbols of all that ends at a token.
    fn at(&mut self, end: usize) -> Symbols {
        self.note(end.saturating_sub(REACH), end);
        self.symbols[end % WIDTH]
    }

    /// Notes what begins at some tokens.
    fn note(&mut self, first: usize, end: usize) {
        // Too far back, or so far ahead that nothing known is of use: from there on then.
        if first < self.from || end + WIDTH < self.to + REACH || first >= self.to {
            self.symbols = [0; WIDTH];
            (self.from, self.to) = (first, first);
        }
        while self.to < end {
            self.go_on();
        }
    }

    /// Notes what begins at the next token.
    fn go_on(&mut self) {
        let start = self.to;
        self.to += 1;
        self.longest[start % WIDTH] = self.chart.longest_end(start, self.over).map_or(0, |end| end as u32);
        // Nothing noted so far can end there.
        self.symbols[(start + REACH) % WIDTH] = 0;
        if self.chart.may_begin(start, self.any) {
            for i in self.chart.with(start, self.any).filter(|i| i.strength == Strength::Strong && i.end as usize <= start + REACH) {
                self.symbols[i.end as usize % WIDTH] |= i.symbols;
            }
        }
    }
}
