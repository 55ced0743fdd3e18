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
        let here = self.at(end, symbols);
        let ends = |&s: &usize| self.chart.with(s, here).any(|i| i.end as usize == end && i.strength == Strength::Strong);
        if here == 0 { None } else { self.chart.begun(end, REACH, here).find(ends) }
    }

    /// Whether there is one.
    pub(super) fn any(&mut self, end: usize, symbols: Symbols) -> bool {
        self.at(end, symbols) != 0
    }

    /// Whether what begins so many tokens before a word or less is longer than the word and holds all of it.
    pub(super) fn is_inside(&mut self, (start, end): (usize, usize), before: usize) -> bool {
        let first = start.saturating_sub(before);
        self.note(first, start + 1);
        (first..=start).any(|at| self.longest[at % WIDTH] as usize >= end + usize::from(at == start))
    }

    /// Those of some symbols that something has which ends at a token.
    fn at(&mut self, end: usize, symbols: Symbols) -> Symbols {
        debug_assert!(symbols & !self.any == 0, "only what was told is noted");
        self.note(end.saturating_sub(REACH), end);
        self.symbols[end % WIDTH] & symbols
    }

    /// Notes what begins at some tokens.
    fn note(&mut self, first: usize, end: usize) {
        // Too far back, or so far ahead that nothing known is of use: from there on then, and from before, as rules go back.
        if first < self.from || end + WIDTH < self.to + REACH || first >= self.to {
            let from = first.saturating_sub(2 * REACH);
            self.symbols = [0; WIDTH];
            (self.from, self.to) = (from, from);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::chart::{Features, Item, Sheet};
    use crate::gazetteer::Gazetteer;
    use crate::lexicon;
    use crate::text::tokens::Token;

    #[test]
    fn what_is_noted_is_what_stands_there() {
        const TOKENS: usize = 400;
        let lx = lexicon::build(&Gazetteer::default()).unwrap_or_else(|e| panic!("{e}"));
        let (tokens, mut sheet) = (vec![Token::NONE; TOKENS], Sheet::default());
        let mut chart = Chart::over(&lx, &tokens, &mut sheet);
        let m = &lx.marks;
        let mut state = 7_u32;
        let mut below = |n: usize| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as usize % n
        };
        for _ in 0..500 {
            let (start, symbols) = (below(TOKENS), [m.place, m.country, m.title, m.office_tail][below(4)]);
            let end = TOKENS.min(start + 1 + below(2 * REACH + 4) / (1 + below(8)));
            let strength = if below(4) == 0 { Strength::Weak } else { Strength::Strong };
            chart.push(Item::new(start as u32, end as u32, symbols, 1, strength, Features::default()));
        }
        let mut ends = Ends::of(&chart, m.place | m.country | m.title, m.office_tail | m.title);
        let (mut at, mut some) = (0, 0);
        for n in 0..20_000 {
            // Back step by step, on, and far away.
            at = match below(8) {
                0 => below(TOKENS),
                1 => (at + below(40)).min(TOKENS - 1),
                _ => at.saturating_sub(below(3)),
            };
            let asked = [m.place, m.country | m.title, m.title][n % 3];
            let begin = |s: &usize| chart.with(*s, asked).any(|i| i.end as usize == at && i.strength == Strength::Strong);
            let first = (at.saturating_sub(REACH)..at).find(begin);
            assert_eq!((ends.begin(at, asked), ends.any(at, asked)), (first, first.is_some()), "{n}: {at}");
            some += usize::from(first.is_some());
            let (end, before) = (TOKENS.min(at + 1 + n % 3), n % 9);
            let over = |i: Item| i.end as usize >= end && (i.start as usize) < at + usize::from(i.end as usize > end);
            let inside = (at.saturating_sub(before)..=at).any(|s| chart.with(s, m.office_tail | m.title).any(over));
            assert_eq!(ends.is_inside((at, end), before), inside, "{n}: {at} to {end}");
        }
        assert!(some > 2_000, "{some}");
    }
}
