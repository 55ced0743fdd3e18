//! Phrases of the grammar that are [silent](super::Silent): found where somebody asks what begins at their first word.

use super::grammar::Symbols;
use super::shape::Shape;
use super::{Atom, Case, Lexicon, Marks, Surface};
use crate::matcher::{is_apart, stands};
use crate::text::tokens::Token;

/// All of them, by the words that they begin with.
#[derive(Debug, Default)]
pub(crate) struct Phrases {
    /// By the numbers that [`Silent`](super::Silent) has, the first for words that begin none.
    openings: Vec<Opening>,
    list: Vec<Phrase>,
}

/// The phrases that begin with one word.
#[derive(Clone, Copy, Debug, Default)]
struct Opening {
    /// The symbols of all.
    symbols: Symbols,
    /// A bit by chance for each second word: most that follows is none.
    seconds: u64,
    /// Where they stand among all.
    first: u32,
    end: u32,
}

#[derive(Debug)]
pub(crate) struct Phrase {
    /// Its second word, by its fine number: those of one opening ascend, of one second word the longest comes first.
    second: u32,
    /// How many there are of that word, from this one on.
    same: u32,
    pub surface: u32,
    pub shape: Shape,
    /// As bits.
    pub languages: u8,
    symbol: u8,
    /// It is two words, in whatever case.
    pair: bool,
}

impl Phrase {
    /// Its symbol.
    #[inline]
    pub(crate) fn symbols(&self) -> Symbols {
        1 << self.symbol
    }

    /// Where it ends if it stands at a token, where its first two words are.
    #[inline]
    pub(crate) fn end(&self, lx: &Lexicon, tokens: &[Token], token: usize) -> Option<u32> {
        match tokens.get(token..token + 3) {
            Some([first, second, behind]) if self.pair && !second.begins_line() && is_apart(first, behind) => Some(token as u32 + 2),
            _ => self.end_of(lx, tokens, token),
        }
    }

    #[inline(never)]
    fn end_of(&self, lx: &Lexicon, tokens: &[Token], token: usize) -> Option<u32> {
        let s = lx.surfaces.get(self.surface as usize)?;
        stands(lx, s, tokens, token).then_some((token + s.len()) as u32)
    }
}

/// The symbol of what is silent: a word or a field.
fn symbol(s: &Surface) -> u8 {
    if let Atom::Word(symbol, _) = s.atom { symbol } else { Marks.portfolio.trailing_zeros() as u8 }
}

/// A bit of 64 for a word.
#[inline]
fn chance(word: u32) -> u32 {
    word.wrapping_mul(0x9e37_79b1) >> 26
}

impl Phrases {
    /// The silent surfaces of several words.
    pub(super) fn of(lx: &Lexicon) -> Phrases {
        let longer = lx.hushed.iter().filter_map(|&i| {
            let s = &lx.surfaces[i as usize];
            let [first, second, ..] = lx.words_of(s) else { return None };
            let number = lx.silent.get(usize::from(lx.words.silent(first.fine())))?.phrases;
            Some((number, second.fine(), usize::MAX - s.len(), u32::MAX - i))
        });
        let mut longer: Vec<_> = longer.collect();
        longer.sort_unstable();
        let mut openings = vec![Opening::default(); longer.last().map_or(0, |l| usize::from(l.0)) + 1];
        for (n, &(number, second, _, i)) in (0..).zip(&longer) {
            let o = &mut openings[usize::from(number)];
            if o.symbols == 0 {
                o.first = n;
            }
            o.end = n + 1;
            o.seconds |= 1 << chance(second);
            o.symbols |= 1 << symbol(&lx.surfaces[(u32::MAX - i) as usize]);
        }
        let phrase = |(_, second, _, i)| {
            let surface = u32::MAX - i;
            let s = &lx.surfaces[surface as usize];
            Phrase {
                second,
                same: 1,
                surface,
                shape: lx.shapes.surface(surface),
                languages: s.languages,
                symbol: symbol(s),
                pair: s.len() == 2 && s.case() == Case::Any,
            }
        };
        let mut list: Vec<Phrase> = longer.into_iter().map(phrase).collect();
        for o in &openings {
            let own = &mut list[o.first as usize..o.end as usize];
            for n in (1..own.len()).rev() {
                if own[n - 1].second == own[n].second {
                    own[n - 1].same += own[n].same;
                }
            }
        }
        Phrases { openings, list }
    }

    /// The symbols of all that begin with a word, by their number.
    pub(crate) fn symbols(&self, number: u16) -> Symbols {
        self.openings.get(usize::from(number)).map_or(0, |o| o.symbols)
    }

    /// The phrases of a number, if one has one of the symbols, that go on with the word behind a token: the longest first.
    #[inline]
    pub(crate) fn at(&self, tokens: &[Token], token: usize, number: u16, symbols: Symbols) -> &[Phrase] {
        match (self.openings.get(usize::from(number)), tokens.get(token + 1)) {
            (Some(o), Some(next)) if (o.symbols & symbols != 0) & (o.seconds >> chance(next.fine) & 1 == 1) => self.among(o, next.fine),
            _ => &[],
        }
    }

    #[inline(never)]
    fn among(&self, o: &Opening, second: u32) -> &[Phrase] {
        let all = self.list.get(o.first as usize..o.end as usize).unwrap_or_default();
        let from = &all[all.partition_point(|p| p.second < second)..];
        match from.first() {
            Some(p) if p.second == second => &from[..p.same as usize],
            _ => &[],
        }
    }
}
