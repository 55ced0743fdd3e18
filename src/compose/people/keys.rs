//! Numbers for the words of names, by their fine forms, so that names are compared without folding a word twice.

use super::Sight;
use crate::text::fold::fold_word;
use crate::text::index::Index;
use crate::text::tokens::{Kind, Token};
use foldhash::HashMap;

/// Numbers of words that the lexicon has not.
const UNKNOWN: u32 = 1 << 31;
/// Numbers of several words in a row.
const JOINED: u32 = 3 << 30;

/// Numbers for the words of a text's names. Words of the lexicon have theirs already.
#[derive(Debug, Default)]
pub(super) struct Keys {
    forms: Index,
    /// Words with letters beyond ASCII, once each, and the numbers of their forms.
    spellings: Index,
    of_spellings: Vec<u32>,
    /// Words in a row, one after the other.
    pairs: HashMap<(u32, u32), u32>,
    /// A word in small letters.
    small: String,
}

/// What some words begin with: for each first letter the second ones, as bits. Most words of a text are told apart by these
/// from those of its names.
#[derive(Debug, Default)]
struct Initials([u32; 32]);

impl Initials {
    /// The number of a letter; [`ANY`] for what may fold to others.
    fn letter(byte: Option<&u8>) -> u32 {
        byte.filter(|b| b.is_ascii_alphabetic()).map_or(ANY, |b| u32::from(b & 31))
    }

    /// The numbers of the first two letters: a plain one before another plain one has no mark.
    fn of(word: &[u8]) -> (u32, u32) {
        match word {
            // `Đ`, `đ`: beside a `d` with a stroke of its own.
            [0xc4, 0x90 | 0x91, ..] => (u32::from(b'd' & 31), ANY),
            _ => (Initials::letter(word.first()), Initials::letter(word.get(1))),
        }
    }

    fn add(&mut self, word: &[u8]) {
        let (first, second) = Initials::of(word);
        self.0[first as usize] |= if first == ANY { u32::MAX } else { 1 << second };
    }

    /// Whether a word may be one of them.
    fn may_hold(&self, word: &[u8]) -> bool {
        let (first, second) = Initials::of(word);
        if first == ANY {
            return self.0.iter().any(|&row| row != 0);
        }
        let row = self.0[first as usize] | self.0[ANY as usize];
        row & if second == ANY { u32::MAX } else { 1 << second | 1 << ANY } != 0
    }
}

const ANY: u32 = 0;

/// Words, by chance: all that are added, and few others; for each what it was added as, in bits.
#[derive(Debug)]
pub(super) struct Sieve {
    /// Those that the lexicon knows, by the last byte of their numbers without diacritics. The first are those that it has in no way.
    words: [u8; 256],
    /// What the latter begin with.
    initials: Initials,
    /// Kanji and kana, whatever they are.
    cjk: u8,
}

impl Default for Sieve {
    fn default() -> Self {
        Sieve { words: [0; 256], initials: Initials::default(), cjk: 0 }
    }
}

impl Sieve {
    #[inline]
    pub(super) fn add(&mut self, s: &Sight<'_>, at: usize, bits: u8) {
        let t = &s.tokens[at];
        if t.kind != Kind::Word {
            self.cjk |= bits;
            return;
        }
        self.words[usize::from(t.coarse as u8)] |= bits;
        if t.coarse == 0 {
            self.initials.add(s.bytes(at));
        }
    }

    /// What a word may have been added as.
    #[inline]
    pub(super) fn bits(&self, s: &Sight<'_>, at: usize) -> u8 {
        let t = &s.tokens[at];
        // Most are told apart by this alone.
        match self.words[usize::from(t.coarse as u8)] | self.cjk {
            0 => 0,
            _ => self.bits_of(s, at, t),
        }
    }

    #[inline(never)]
    fn bits_of(&self, s: &Sight<'_>, at: usize, t: &Token) -> u8 {
        match t.kind {
            Kind::Word if t.coarse != 0 || self.initials.may_hold(s.bytes(at)) => self.words[usize::from(t.coarse as u8)],
            Kind::Word => 0,
            _ => self.cjk,
        }
    }
}

impl Keys {
    /// Forgets all words, for another text.
    pub(super) fn reset(&mut self) {
        self.forms.clear();
        self.spellings.clear();
        self.of_spellings.clear();
        self.pairs.clear();
    }

    /// The number of a word of a name, given anew where it has none. Names are numbered before other words are held
    /// against them.
    pub(super) fn of(&mut self, s: &Sight<'_>, at: usize) -> u32 {
        let t = &s.tokens[at];
        if t.kind == Kind::Word && t.fine != 0 {
            return t.fine;
        }
        self.number(s.raw(at))
    }

    /// The number of a word that the lexicon has not.
    fn number(&mut self, raw: &str) -> u32 {
        let form = match plain(raw, &mut self.small) {
            Some(small) => self.forms.number(small),
            None => match self.spellings.find(raw) {
                0 => {
                    let form = self.forms.number(&fold_word(raw).fine);
                    if self.spellings.number(raw) != 0 {
                        self.of_spellings.push(form);
                    }
                    form
                }
                known => self.of_spellings[known as usize - 1],
            },
        };
        UNKNOWN + form
    }

    /// Whether so many words from one token on are the same as from another on.
    pub(super) fn same(&mut self, s: &Sight<'_>, a: usize, b: usize, words: usize) -> bool {
        (0..words).all(|k| self.same_word(s, a + k, b + k))
    }

    /// Whether two words are the same.
    fn same_word(&mut self, s: &Sight<'_>, a: usize, b: usize) -> bool {
        let (x, y) = (&s.tokens[a], &s.tokens[b]);
        let known = |t: &Token| t.kind == Kind::Word && t.fine != 0;
        match (known(x), known(y)) {
            (true, true) => x.fine == y.fine,
            (false, false) => {
                let (x, y) = (s.raw(a), s.raw(b));
                if is_plain(x) && is_plain(y) { x.eq_ignore_ascii_case(y) } else { x == y || self.number(x) == self.number(y) }
            }
            _ => false,
        }
    }

    /// One number for all words of a name.
    pub(super) fn all_as_one(&mut self, s: &Sight<'_>, start: usize, end: usize) -> u32 {
        let mut all = self.of(s, start);
        for at in start + 1..end {
            let pair = (all, self.of(s, at));
            let next = JOINED + self.pairs.len() as u32;
            all = *self.pairs.entry(pair).or_insert(next);
        }
        all
    }

    /// The number of a word, if some name can have it.
    #[inline]
    pub(super) fn find(&mut self, s: &Sight<'_>, at: usize) -> Option<u32> {
        let t = &s.tokens[at];
        if t.kind == Kind::Word && t.fine != 0 { Some(t.fine) } else { self.find_unknown(s, at) }
    }

    fn find_unknown(&mut self, s: &Sight<'_>, at: usize) -> Option<u32> {
        let raw = s.raw(at);
        match plain(raw, &mut self.small) {
            Some(small) => Some(self.forms.find(small)).filter(|&form| form != 0).map(|form| UNKNOWN + form),
            None => Some(self.number(raw)),
        }
    }

    /// The number of the words from one token to another, if they are all that some name has.
    pub(super) fn find_all_as_one(&mut self, s: &Sight<'_>, start: usize, end: usize) -> Option<u32> {
        let mut all = self.find(s, start)?;
        for at in start + 1..end {
            let pair = (all, self.find(s, at)?);
            all = *self.pairs.get(&pair)?;
        }
        Some(all)
    }
}

fn is_plain(raw: &str) -> bool {
    raw.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// The form of a word of plain letters: they fold to small ones, as most words do that no list has.
fn plain<'b>(raw: &str, small: &'b mut String) -> Option<&'b str> {
    if !is_plain(raw) {
        return None;
    }
    small.clear();
    small.push_str(raw);
    small.make_ascii_lowercase();
    Some(small)
}
