//! Which items and words begin where.

use super::Item;
use crate::compose::chart::Features;
use crate::lexicon::grammar::Symbols;
use crate::lexicon::interest::{Interest, SHORTS};
use crate::lexicon::{NONE32, Silent, Strength};
use crate::text::bits::{Bits, ones};
use crate::text::tokens::Token;

/// What begins at a token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    /// The symbols of all that begins here.
    pub symbols: Symbols,
    /// The latest item.
    pub head: u32,
    /// The last of its [quiet](Word) words.
    pub word: u32,
    /// What the token itself is where it is a sign or a [silent](Silent) word.
    pub silent: u32,
}

/// A word of the grammar for which nobody looks through a whole text, see [`Interest`]: most that is found.
/// It is made an item where somebody asks what begins at its token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    pub token: u32,
    pub end: u32,
    pub symbol: u8,
    pub languages: u8,
    pub number: u8,
    pub strength: Strength,
    pub bare: bool,
}

impl Word {
    /// What stands before the first one.
    const NONE: Word = Word { token: NONE32, end: 0, symbol: 0, languages: 0, number: 0, strength: Strength::Never, bare: false };

    #[inline]
    pub(super) fn bit(&self) -> Symbols {
        1 << self.symbol
    }

    #[inline]
    pub(super) fn item(&self) -> Item {
        let Word { token, end, languages, number, strength, bare, .. } = *self;
        Item { bare, number, ..Item::new(token, end, self.bit(), languages, strength, Features::default()) }
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
    words: Vec<Word>,
    /// The sets of tokens that [`Interests`](crate::lexicon::interest::Interests) tell of.
    pub sets: Vec<Bits>,
}

impl Rows {
    pub(super) fn reset(&mut self, silent: &[Silent], used: u64, tokens: &[Token]) {
        // The kinds stay: they are those of the lexicon.
        if self.kinds == 0 {
            self.kinds = silent.len();
            self.spots.extend((0..).zip(silent).map(|(silent, s)| Spot { symbols: s.symbols, head: NONE32, word: 0, silent }));
        }
        self.spots.truncate(self.kinds);
        self.at.clear();
        self.at.extend(tokens.iter().map(|t| u32::from(t.silent)));
        self.words.clear();
        self.words.push(Word::NONE);
        self.sets.resize_with(SHORTS + 1, Bits::default);
        ones(0, used).for_each(|set| self.sets[set].reset(tokens.len()));
    }

    /// The spot of a token, a new one where it has none of its own.
    #[inline]
    pub(super) fn own(&mut self, token: u32) -> &mut Spot {
        let at = &mut self.at[token as usize];
        let mut spot = *at as usize;
        if spot < self.kinds {
            let Spot { symbols, silent, .. } = self.spots[spot];
            spot = self.spots.len();
            *at = spot as u32;
            self.spots.push(Spot { symbols, head: NONE32, word: 0, silent });
        }
        &mut self.spots[spot]
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
        spot.symbols |= interest.symbols;
        std::mem::replace(&mut spot.head, number)
    }

    /// Keeps a quiet word behind those of tokens before and of its own: its number.
    #[inline]
    pub(super) fn keep(&mut self, word: Word) -> u32 {
        self.words.push(word);
        self.words.len() as u32 - 1
    }

    /// The next quiet word of a token with one of the symbols, from this one on to those before; `word` is set to the one before
    /// it, or to the one that is none.
    #[inline]
    pub(super) fn word(&self, word: &mut usize, symbols: Symbols) -> Option<&Word> {
        while *word > 0 {
            let this = &self.words[*word];
            *word = if self.words[*word - 1].token == this.token { *word - 1 } else { 0 };
            if this.bit() & symbols != 0 {
                return Some(this);
            }
        }
        None
    }
}
