//! Which items and words begin where.

use crate::lexicon::grammar::Symbols;
use crate::lexicon::interest::{Interest, SHORTS};
use crate::lexicon::shape::Shape;
use crate::lexicon::{Atom, Lexicon, NONE32};
use crate::matcher::Hit;
use crate::text::bits::{Bits, ones};
use crate::text::tokens::Token;

/// What begins at a token. Texts full of names have nearly as many as tokens: two share a line of the cache, and none has parts in two.
#[derive(Clone, Copy, Debug)]
#[repr(align(32))]
pub(super) struct Spot {
    /// The symbols of all that begins here, with those of all phrases that its word can begin.
    pub perhaps: Symbols,
    /// The [gist](Spot::gist) of those of all but the phrases.
    gist: u32,
    /// The latest item.
    pub head: u32,
    /// The last of its quiet [words](Word), or 0.
    pub word: u32,
    /// What the token itself is where it is a sign or a [silent](crate::lexicon::Silent) word.
    pub silent: u16,
    /// The number of the phrases that it can begin, or 0.
    pub phrases: u16,
}

impl Spot {
    /// Where nothing begins.
    pub(super) const NONE: Spot = Spot { perhaps: 0, gist: 0, head: NONE32, word: 0, silent: 0, phrases: 0 };

    /// Symbols in fewer bits, of which each stands for several.
    #[inline]
    fn gist(symbols: Symbols) -> u32 {
        (symbols | symbols >> 32 | symbols >> 64 | symbols >> 96) as u32
    }

    /// Something that is no phrase may begin here that has one of the symbols: few are taken for others.
    #[inline]
    pub(super) fn may_have(&self, symbols: Symbols) -> bool {
        (self.perhaps & symbols != 0) & (self.gist & Spot::gist(symbols) != 0)
    }

    /// Something begins here that has these symbols.
    #[inline]
    pub(super) fn add(&mut self, symbols: Symbols) {
        self.perhaps |= symbols;
        self.gist |= Spot::gist(symbols);
    }
}

/// A hit that is a [quiet](crate::lexicon::interest::Interest) word: most that is found. It is made an item where somebody asks
/// what begins at its token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    pub start: u32,
    pub end: u32,
    pub surface: u32,
    pub shape: Shape,
    /// As bits.
    pub languages: u8,
    pub bare: bool,
}

impl Word {
    /// What stands before the first one.
    const NONE: Word = Word { start: NONE32, end: 0, surface: 0, shape: 0, languages: 0, bare: false };

    /// What a hit is.
    #[inline]
    pub(super) fn of(lx: &Lexicon, h: &Hit, shape: Shape) -> Word {
        Word { start: h.start, end: h.end, surface: h.surface, shape, languages: lx.surfaces[h.surface as usize].languages, bare: h.bare }
    }

    /// What it counts, or 0.
    #[inline]
    pub(super) fn number(&self, lx: &Lexicon) -> u8 {
        if let Atom::Word(_, number) = lx.surfaces[self.surface as usize].atom { number } else { 0 }
    }
}

/// Which items and quiet words begin where.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// One for each kind of silent words and signs, the first for what is nothing; then one for each token at which an item
    /// begins.
    pub spots: Vec<Spot>,
    kinds: usize,
    /// For each token its spot.
    pub at: Vec<u32>,
    /// The quiet words by their tokens, behind one that is none.
    pub words: Vec<Word>,
    /// The sets of tokens that [`Interests`](crate::lexicon::interest::Interests) tell of.
    pub sets: Vec<Bits>,
}

impl Rows {
    pub(super) fn reset(&mut self, lx: &Lexicon, tokens: &[Token]) {
        // The kinds stay: they are those of the lexicon.
        if self.kinds == 0 {
            self.kinds = lx.silent.len();
            self.spots.extend((0..).zip(&lx.silent).map(|(silent, s)| {
                let perhaps = s.symbols | lx.phrases.symbols(s.phrases);
                Spot { perhaps, gist: Spot::gist(s.symbols), head: NONE32, word: 0, silent, phrases: s.phrases }
            }));
        }
        self.spots.truncate(self.kinds);
        self.at.clear();
        self.at.extend(tokens.iter().map(|t| u32::from(t.silent)));
        self.words.clear();
        self.words.push(Word::NONE);
        self.sets.resize_with(SHORTS + 1, Bits::default);
        ones(0, lx.interests.sets).for_each(|set| self.sets[set].reset(tokens.len()));
    }

    /// The number of a token's spot, a new one where it has none of its own.
    #[inline]
    pub(super) fn own(&mut self, token: u32) -> usize {
        let at = &mut self.at[token as usize];
        let spot = *at as usize;
        if spot < self.kinds {
            *at = self.spots.len() as u32;
            self.spots.push(self.spots[spot]);
            return self.spots.len() - 1;
        }
        spot
    }

    /// Adds a token to sets, which are bits.
    #[inline]
    pub(super) fn enter(&mut self, sets: u64, token: u32) {
        ones(0, sets).for_each(|set| self.sets[set].insert(token as usize));
    }

    /// Adds an item, by its number, to those of its token: the number of the one before it there.
    #[inline]
    pub(super) fn add(&mut self, number: u32, token: u32, interest: &Interest) -> u32 {
        self.enter(interest.sets, token);
        let spot = self.own(token);
        let spot = &mut self.spots[spot];
        spot.add(interest.symbols);
        std::mem::replace(&mut spot.head, number)
    }

    /// The quiet word of a token that comes before one of the same, or that which is none.
    #[inline]
    pub(super) fn before(&self, word: usize) -> usize {
        if self.words[word - 1].start == self.words[word].start { word - 1 } else { 0 }
    }
}
