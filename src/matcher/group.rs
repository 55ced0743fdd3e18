//! What names ask of a text, told in a few numbers beside the place where they are found: their surfaces lie far away.

use crate::lexicon::{Asks, Case, Lexicon, Runs, Spelled, Strength, Surface};
use crate::text::fold;
use crate::text::tokens::Token;
use std::ops::Range;

/// Surfaces of several words that are alike but for diacritics and capitals. They stand in a row, and so do their words.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Group {
    first: u32,
    /// How many, up to [`MANY`]; from [`REST`] on how many words more they have than the trie tells; from [`ASKS`] on what they
    /// ask; [`ODD`]; from [`NEEDS`] on one of [`needs`]; from [`HUSHED`] on which of the first are [silent](crate::lexicon::Silent) where their first word is.
    bits: u32,
}

/// There are so many or more.
const MANY: u32 = 0xff;
/// The lowest bit of the count of further words.
const REST: u32 = 8;
/// The lowest bit of what they ask.
const ASKS: u32 = 16;
/// Some may be typed without their diacritics.
const LOOSE: u32 = (Asks::LOOSE as u32) << ASKS;
/// They do not all ask the same, or some block others: each must be looked at.
const ODD: u32 = 1 << 20;
/// The lowest bit of what a head of capitals needs.
const NEEDS: u32 = 21;
/// The lowest bit of those that tell which are silent.
const HUSHED: u32 = 24;
/// How many of the first can be.
pub(crate) const MOST_HUSHED: usize = (u32::BITS - HUSHED) as usize;
/// What [`Asks`] has bits for.
const ALL_ASKS: u8 = 0xf;

const _: () = assert!(Asks::LOOSE <= ALL_ASKS && ODD >> ASKS > ALL_ASKS as u32, "what surfaces ask has room");

/// What names of two words need of the capitals in the text.
mod needs {
    /// More than can be said here.
    pub(super) const MORE: u32 = 0;
    pub(super) const NOTHING: u32 = 1;
    /// A capital somewhere.
    pub(super) const ONE: u32 = 2;
    pub(super) const BOTH: u32 = 3;
    pub(super) const SECOND: u32 = 4;

    /// For each of these whether it is met: without any capital, with the first, with the second, with both, as bits.
    pub(super) const MET: [u8; 8] = [0, 0b1111, 0b1110, 0b1000, 0b1100, 0, 0, 0];
}

/// What surfaces that ask for the same need, by the words of each.
fn needed<'a>(case: Case, words: impl Iterator<Item = &'a [Spelled]>) -> u32 {
    let (mut some, mut all) = (true, true);
    for words in words {
        let has = |w: &Spelled, flag: u8| w.flags() & flag != 0;
        all &= words.iter().all(|w| has(w, fold::CAPITAL));
        some &= words.iter().any(|w| has(w, fold::CAPITAL)) && words.iter().all(|w| has(w, fold::CASED));
    }
    match case {
        Case::Any => needs::NOTHING,
        Case::Some if some => needs::ONE,
        Case::Name if all => needs::BOTH,
        Case::Proper if all => needs::SECOND,
        _ => needs::MORE,
    }
}

impl Group {
    /// Some surfaces, of which the first has this number; they have so many words more than the trie tells; which are silent, as bits.
    #[inline]
    pub(super) fn of(first: usize, list: &[Surface], spelled: &Runs, rest: usize, hushed: u32) -> Group {
        let [one, others @ ..] = list else { return Group::default() };
        let odd = |s: &Surface| if s.strength == Strength::Never { ODD } else { 0 };
        let mut bits = hushed << HUSHED | (list.len() as u32).min(MANY) | (rest as u32) << REST | u32::from(one.asks().bits()) << ASKS | odd(one);
        for s in others {
            bits |= odd(s) | if s.asks() == one.asks() { 0 } else { ODD | u32::from(s.asks().bits()) << ASKS & LOOSE };
        }
        if bits & ODD == 0 && rest == 0 && one.len() == 2 {
            bits |= needed(one.case(), list.iter().map(|s| spelled.words(s))) << NEEDS;
        }
        Group { first: first as u32, bits }
    }

    #[inline]
    pub(super) fn is_empty(self) -> bool {
        self.bits == 0
    }

    /// How many words more the surfaces have than the trie tells.
    #[inline]
    pub(super) fn rest(self) -> usize {
        (self.bits >> REST & 0xff) as usize
    }

    /// Whether two words have the capitals that the surfaces need, which are these words in this spelling; nothing where that is not
    /// all there is to ask.
    #[inline]
    pub(super) fn meets(self, [first, second]: [&Token; 2]) -> Option<bool> {
        let needs = self.bits >> NEEDS & 7;
        let capitals = u32::from(first.is_capital()) | u32::from(second.is_capital()) << 1;
        (needs != needs::MORE).then_some(needs::MET[needs as usize] >> capitals & 1 == 1)
    }

    /// Which of the first are silent where their first word is, as bits.
    #[inline]
    pub(super) fn hushed(self) -> u32 {
        self.bits >> HUSHED
    }

    #[inline]
    pub(super) fn is_odd(self) -> bool {
        self.bits & ODD != 0
    }

    #[inline]
    pub(super) fn is_loose(self) -> bool {
        self.bits & LOOSE != 0
    }

    /// What all ask of capitals, if they are not odd.
    #[inline]
    pub(super) fn case(self) -> Case {
        Asks::of_bits((self.bits >> ASKS) as u8 & ALL_ASKS).case()
    }

    /// The first surface.
    #[inline]
    pub(super) fn first(self) -> u32 {
        self.first
    }

    /// The surfaces.
    #[inline]
    pub(super) fn surfaces(self, lx: &Lexicon) -> Range<u32> {
        let count = self.bits & MANY;
        self.first..self.first + if count < MANY { count } else { self.count(lx) }
    }

    /// Those that are not silent; which of the first are, as bits.
    #[inline]
    pub(super) fn told(self, lx: &Lexicon, hushed: u32) -> impl Iterator<Item = u32> + use<> {
        let mut rest = hushed;
        self.surfaces(lx).filter(move |_| {
            let told = rest & 1 == 0;
            rest >>= 1;
            told
        })
    }

    /// Where there are [`MANY`]: surfaces are sorted by the coarse numbers of their words.
    #[cold]
    fn count(self, lx: &Lexicon) -> u32 {
        let behind = &lx.surfaces[self.first as usize..];
        let key = |s: &Surface| lx.coarse_of(s);
        behind.first().map_or(0, |s| behind.partition_point(|b| key(b).le(key(s))) as u32)
    }
}

/// A surface of one word, and what it asks of the capitals of a text: these flags of its token are so.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Single {
    pub surface: u32,
    mask: u8,
    want: u8,
    /// It only blocks others.
    pub blocks: bool,
    /// It is [silent](crate::lexicon::Silent) where its token is.
    hushed: bool,
}

/// Whether a surface of one word with these flags can stand where a word has others.
pub(crate) fn fits_alone(s: &Surface, flags: u8, others: u8) -> bool {
    let Single { mask, want, .. } = Single::of(0, s, flags, false);
    others & mask == want
}

impl Single {
    pub(super) fn of(number: u32, s: &Surface, flags: u8, hushed: bool) -> Single {
        let mut mask = match s.case() {
            Case::Any => 0,
            Case::Exact => fold::CAPITAL | fold::UPPER | fold::INNER,
            Case::Proper | Case::Name | Case::Some => flags & fold::CAPITAL,
        };
        // A weak name in capitals is also a word: `MOST`.
        if s.strength == Strength::Weak {
            mask |= flags & fold::UPPER;
        }
        Single { surface: number, mask, want: flags & mask, blocks: s.strength == Strength::Never, hushed }
    }

    /// It asks for a capital.
    pub(super) fn is_proper(self) -> bool {
        self.want & fold::CAPITAL != 0
    }

    /// Whether a token has the capitals that it asks for, and it is looked for there.
    #[inline]
    pub(super) fn fits(self, t: &Token) -> bool {
        t.flags & self.mask == self.want && !(self.hushed && t.silent != 0)
    }
}
