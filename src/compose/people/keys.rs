//! Keys for the words of names, by their fine forms, so that names are compared by numbers.

use super::Sight;
use crate::text::fold::fold_word;
use crate::text::index::Index;
use crate::text::tokens::{Kind, Token};
use foldhash::HashMap;

/// What tells a word, or several in a row, from all others.
pub(super) type Key = u128;

/// Bytes of a key that are the letters of a word.
const LETTERS: usize = size_of::<Key>() - 1;
/// Keys of words that the lexicon has not: the letters themselves, as of most of them, ...
const UNKNOWN: Key = 1 << 127;
/// ... or a number.
const NUMBERED: Key = 1 << 126;
/// Keys of several words in a row.
const JOINED: Key = 1 << 125;

/// Keys for the words of a text's names. Words of the lexicon have a number already.
#[derive(Debug, Default)]
pub(super) struct Keys {
    /// Forms that are no plain letters, or too many.
    forms: Index,
    /// Words with letters beyond ASCII, once each, and the keys of their forms.
    spellings: Index,
    of_spellings: Vec<Key>,
    /// Words in a row, one after the other.
    pairs: HashMap<(Key, Key), Key>,
    /// A word in small letters.
    small: String,
}

/// What some words begin with: for each first letter the second ones, as bits. Most words of a text are told apart by these
/// from those of its names.
#[derive(Debug, Default)]
struct Initials([u32; 32]);

impl Initials {
    /// The numbers of letters; [`ANY`] for what may fold to others.
    const LETTERS: [u8; 256] = {
        let mut numbers = [ANY as u8; 256];
        let mut byte = 0;
        while byte < numbers.len() {
            if (byte as u8).is_ascii_alphabetic() {
                numbers[byte] = byte as u8 & 31;
            }
            byte += 1;
        }
        numbers
    };

    /// The numbers of the first two letters: a plain one before another plain one has no mark.
    #[inline]
    fn of(word: &[u8]) -> (u32, u32) {
        let letter = |byte: u8| u32::from(Initials::LETTERS[usize::from(byte)]);
        match *word {
            // `Đ`, `đ`: beside a `d` with a stroke of its own.
            [0xc4, 0x90 | 0x91, ..] => (letter(b'd'), ANY),
            [first, second, ..] => (letter(first), letter(second)),
            [first] => (letter(first), ANY),
            [] => (ANY, ANY),
        }
    }

    fn add(&mut self, word: &[u8]) {
        let (first, second) = Initials::of(word);
        self.0[first as usize] |= if first == ANY { u32::MAX } else { 1 << second };
    }

    /// Whether a word may be one of them.
    fn may_hold(&self, (first, second): (u32, u32)) -> bool {
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
    /// Kanji and kana that it has in no way, whatever they are.
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
        self.mark(t, bits);
        if t.kind == Kind::Word && t.coarse == 0 {
            self.initials.add(s.bytes(at));
        }
    }

    /// Adds a word that is there already as more.
    pub(super) fn mark(&mut self, t: &Token, bits: u8) {
        if t.kind == Kind::Word || t.coarse != 0 {
            self.words[usize::from(t.coarse as u8)] |= bits;
        } else {
            self.cjk |= bits;
        }
    }

    /// Whether a word may have been added at all: most are told apart by this alone.
    #[inline]
    pub(super) fn may_hold(&self, t: &Token) -> bool {
        self.words[usize::from(t.coarse as u8)] | self.cjk != 0
    }

    /// What a word may have been added as.
    pub(super) fn bits(&self, s: &Sight<'_>, at: usize) -> u8 {
        let t = &s.tokens[at];
        match t.kind {
            _ if t.coarse != 0 => self.words[usize::from(t.coarse as u8)],
            Kind::Word if self.initials.may_hold(Initials::of(s.bytes(at))) => self.words[0],
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

    /// The key of a word.
    #[inline]
    pub(super) fn of(&mut self, s: &Sight<'_>, at: usize) -> Key {
        let t = &s.tokens[at];
        if is_known(t) { Key::from(t.fine) } else { self.of_unknown(s, at) }
    }

    /// That of a word that the lexicon has not.
    fn of_unknown(&mut self, s: &Sight<'_>, at: usize) -> Key {
        let t = &s.tokens[at];
        if let Some(letters) = letters(&s.text.as_bytes()[t.start as usize..], (t.end - t.start) as usize) {
            return letters;
        }
        let raw = s.raw(at);
        if raw.bytes().all(|b| b.is_ascii_alphanumeric()) {
            self.small.clear();
            self.small.push_str(raw);
            self.small.make_ascii_lowercase();
            return NUMBERED | Key::from(self.forms.number(&self.small));
        }
        match self.spellings.find(raw) {
            0 => {
                let form = fold_word(raw).fine;
                let key = letters(form.as_bytes(), form.len()).unwrap_or_else(|| NUMBERED | Key::from(self.forms.number(&form)));
                if self.spellings.number(raw) != 0 {
                    self.of_spellings.push(key);
                }
                key
            }
            known => self.of_spellings[known as usize - 1],
        }
    }

    /// Whether so many words from one token on are the same as from another on.
    pub(super) fn same(&mut self, s: &Sight<'_>, a: usize, b: usize, words: usize) -> bool {
        (0..words).all(|k| self.same_word(s, a + k, b + k))
    }

    fn same_word(&mut self, s: &Sight<'_>, a: usize, b: usize) -> bool {
        let (x, y) = (&s.tokens[a], &s.tokens[b]);
        match (is_known(x), is_known(y)) {
            (true, true) => x.fine == y.fine,
            // Most that are the same are spelled so.
            (false, false) => s.bytes(a) == s.bytes(b) || self.of_unknown(s, a) == self.of_unknown(s, b),
            _ => false,
        }
    }

    /// One key for all words of a name.
    pub(super) fn all_as_one(&mut self, s: &Sight<'_>, start: usize, end: usize) -> Key {
        let mut all = self.of(s, start);
        for at in start + 1..end {
            let pair = (all, self.of(s, at));
            let next = JOINED | self.pairs.len() as Key;
            all = *self.pairs.entry(pair).or_insert(next);
        }
        all
    }

    /// That of the words from one token to another, if they can be all that some name has.
    pub(super) fn find_all_as_one(&mut self, s: &Sight<'_>, start: usize, end: usize) -> Option<Key> {
        let mut all = self.of(s, start);
        for at in start + 1..end {
            let pair = (all, self.of(s, at));
            all = *self.pairs.get(&pair)?;
        }
        Some(all)
    }
}

/// The lexicon has the word, or the character.
fn is_known(t: &Token) -> bool {
    matches!(t.kind, Kind::Word | Kind::Kanji) && t.fine != 0
}

/// The key of a word of a few plain letters, which fold to small ones: so many bytes of a text.
#[inline]
fn letters(text: &[u8], len: usize) -> Option<Key> {
    const EACH: Key = Key::MAX / 255;
    const HIGH: Key = 0x80 * EACH;
    if len > LETTERS {
        return None;
    }
    let bytes = text.first_chunk().copied().unwrap_or_else(|| std::array::from_fn(|n| text.get(n).copied().unwrap_or_default()));
    let own = (1 << (8 * len)) - 1;
    let small = (Key::from_le_bytes(bytes) | (0x20 * EACH)) & own;
    // The high bit of each byte, if that is none of more than ASCII, tells whether it is at least an `a`, and beyond `z`.
    let (from_a, beyond_z) = (small + (0x80 - Key::from(b'a')) * EACH, small + (0x7f - Key::from(b'z')) * EACH);
    let all = small & HIGH == 0 && from_a & !beyond_z & HIGH & own == HIGH & own;
    all.then_some(UNKNOWN | small)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_words_are_their_letters() {
        let letters = |word: &str| [format!("{word} of more"), word.into()].map(|text| letters(text.as_bytes(), word.len()));
        for (a, b) in [("Kim", "KIM"), ("z", "Z"), ("Abcdefghijklmno", "abcdefghijklmnO")] {
            assert_eq!(letters(a), letters(b));
            assert!(letters(a)[0].is_some() && letters(a)[0] == letters(a)[1], "{a}");
        }
        assert_ne!(letters("ab"), letters("a"));
        for other in ["a1", "@a", "a[", "`", "a{", "Lê", "abcdefghijklmnop", "a\u{0}"] {
            assert_eq!(letters(other), [None; 2], "{other}");
        }
    }
}
