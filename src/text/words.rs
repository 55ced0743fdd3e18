//! Words and their numbers: what a lexicon knows words by, and the one way in which names and texts get them.

use super::cut::tokenize;
use super::fold::{self, CAPITAL, Folded, fold_cluster, fold_word_into};
use super::index::{Index, Short};
use super::latin::fold_latin;
use super::lines::{Lines, NUMBER, counted};
use super::memory::{Key, Memory, SIGNS, Seen, Signs};
use super::tokens::{Kind, Tokens};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

/// Maps of words: a fast hash, seeded anew in every process.
pub(super) type Map<V> = HashMap<Text, V, foldhash::fast::RandomState>;

/// A text that is borrowed from the embedded data or owned.
type Text = Cow<'static, str>;

/// What a word can be or begin among the names of a lexicon, as bits: who reads tokens passes over most by these alone.
pub(crate) mod mark {
    /// A name of just this word, in this spelling.
    pub(crate) const ALONE: u8 = 1;
    /// A name of just this word, whatever its diacritics.
    pub(crate) const ALONE_BARE: u8 = 2;
    /// A name of several words that asks for this spelling begins so.
    pub(crate) const BEGINS: u8 = 4;
    /// A name of several words that may be typed without diacritics begins so, whatever those of this word.
    pub(crate) const BEGINS_LOOSE: u8 = 8;
    /// Any name of several words begins so, whatever the diacritics.
    pub(crate) const BEGINS_BARE: u8 = 16;
    /// It is the second word of a name that asks for this spelling.
    pub(crate) const SECOND: u8 = 32;
    /// It is in capitals, kanji or kana: a name can begin there that no list has.
    pub(crate) const BOLD: u8 = 64;
    /// Of a word: a silent word or phrase begins so that can open a name which no list has.
    pub(crate) const OPENS: u8 = 128;
    /// Of all else: it is a dash or comma, which may part an office from a name, or a number. None of these opens a name.
    pub(crate) const PARTS: u8 = OPENS;
    /// Of a number beside that: it may be the year of a date, or all of one (`7.3.2026`). No name is found where nothing else says so.
    /// A number that begins names has [`ALONE`] too, as words with both marks begin some.
    pub(crate) const DATES: u8 = ALONE_BARE;
}

/// Flags of all cases that a word can be in, by [`case_of`].
pub(crate) const CASES: [u8; 8] = {
    let (mut cases, mut n) = ([0; 8], 0);
    while n < cases.len() {
        cases[n] = n as u8 * CAPITAL;
        n += 1;
    }
    cases
};

/// The number of a word's case, by its flags.
#[inline]
fn case_of(flags: u8) -> usize {
    usize::from(flags & (CAPITAL | fold::UPPER | fold::INNER)) / CAPITAL as usize
}

const _: () = assert!(CAPITAL | fold::UPPER | fold::INNER == 7 * CAPITAL, "their bits stand side by side");

/// What folding says of a word whatever its capitals.
const LASTING: u8 = fold::SYLLABLE | fold::MARKED | fold::CASED | fold::VIETNAMESE_MARK;

/// The words of a lexicon, numbered. Number 0 is every other word.
#[derive(Debug, Default)]
pub(crate) struct Words {
    coarse: Index,
    fine: Index,
    /// By fine numbers, from 1 on.
    known: Vec<Known>,
    /// Bits of [`mark`] by coarse numbers, once somebody has [marked](Words::mark_coarse) them.
    coarse_marks: Vec<u8>,
    /// What words are to the grammar that are not the same in each case, by [`CASES`].
    cased: Vec<[u16; CASES.len()]>,
    /// Words that most texts have, as they are written there, ...
    frequent: String,
    /// ... and a memory that has read them, once a text asked for one.
    starter: OnceLock<Memory>,
}

/// Slots of a memory that knows the frequent words; no text of fewer bytes gets one, as copying them takes longer than it saves.
const STARTER_SLOTS: usize = 1 << 12;
const STARTED_TEXT: usize = 1 << 11;

/// Numbers of words that are silent, and of those whose case matters, are smaller.
pub(crate) const MOST_SILENT: usize = 1 << 15;

/// What is known of a fine form, side by side: a new word of a text asks for all of it.
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    /// The coarse number that goes with it, and below it what folding says of such a word, see [`LASTING`].
    folded: u32,
    /// See [`Seen::silent`]; from [`MOST_SILENT`] on a place in `cased`.
    silent: u16,
    /// Bits of [`mark`], those of its coarse number among them once words are [settled](Words::settle).
    marks: u8,
    /// Those of them that hold in capitals only.
    proper: u8,
}

impl Words {
    /// Numbers for a folded word, given anew where it has none; 0 where none are left.
    pub(crate) fn intern(&mut self, f: &Folded) -> (u32, u32) {
        let (coarse, fine) = (self.coarse.number(&f.coarse), self.fine.number(&f.fine));
        if fine as usize > self.known.len() {
            self.known.push(Known { folded: coarse << u8::BITS | u32::from(f.flags & LASTING), ..Known::default() });
        }
        (coarse, fine)
    }

    /// The numbers and flags of a word that is written as a name has it when it is folded: it need not be.
    fn known(&self, raw: Short) -> Option<(u32, u32, u8)> {
        let fine = self.fine.find_short(raw);
        let folded = self.known.get(fine.checked_sub(1)? as usize)?.folded;
        Some((folded >> u8::BITS, fine, folded as u8))
    }

    /// A text of words that a memory knows from the start.
    pub(crate) fn set_frequent(&mut self, text: String) {
        (self.frequent, self.starter) = (text, OnceLock::new());
    }

    /// A memory that has read the frequent words.
    pub(super) fn starter(&self) -> &Memory {
        self.starter.get_or_init(|| {
            let mut memory = Memory::default();
            memory.grow(STARTER_SLOTS);
            let (mut front, mut tokens, mut lines) = (Vec::new(), Tokens::default(), Lines::default());
            tokenize(&self.frequent, &mut Reading(self, &mut memory), &mut front, &mut tokens, &mut lines);
            memory
        })
    }

    /// There are more words than numbers.
    pub(crate) fn is_full(&self) -> bool {
        self.coarse.is_full() || self.fine.is_full()
    }

    /// The numbers of a coarse key and a fine form that goes with it.
    fn find(&self, coarse: &str, fine: &str) -> (u32, u32) {
        match self.coarse.find(coarse) {
            0 => (0, 0),
            coarse => (coarse, self.fine.find(fine)),
        }
    }

    /// The coarse number that goes with a fine one.
    pub(crate) fn coarse(&self, fine: u32) -> u32 {
        self.known.get(fine.wrapping_sub(1) as usize).map_or(0, |k| k.folded >> u8::BITS)
    }

    /// The fine form behind a number.
    pub(crate) fn spelling(&self, fine: u32) -> &str {
        self.fine.text(fine)
    }

    /// The coarse key behind a number.
    pub(crate) fn key(&self, coarse: u32) -> &str {
        self.coarse.text(coarse)
    }

    /// The same as bytes with zeros behind, and how many they are, if they are eight at most.
    #[inline]
    pub(crate) fn short_key(&self, coarse: u32) -> Option<([u8; 8], usize)> {
        self.coarse.few_bytes(coarse)
    }

    /// Heap that they take, in bytes.
    pub(crate) fn memory(&self) -> usize {
        self.coarse.memory() + self.fine.memory() + self.coarse_marks.capacity() + self.known.capacity() * size_of::<Known>()
    }

    /// How many coarse keys there are.
    pub(crate) fn len(&self) -> usize {
        self.coarse.len()
    }

    /// Marks a coarse number and all words that have it.
    pub(crate) fn mark_coarse(&mut self, coarse: u32, bits: u8) {
        let at = coarse as usize;
        if self.coarse_marks.len() <= at {
            self.coarse_marks.resize(at + 1, 0);
        }
        self.coarse_marks[at] |= bits;
    }

    fn known_mut(&mut self, fine: u32) -> Option<&mut Known> {
        self.known.get_mut(fine.wrapping_sub(1) as usize)
    }

    /// Says what a fine form is to the grammar in each of [`CASES`], see [`Seen::silent`]: less than [`MOST_SILENT`].
    pub(crate) fn silence(&mut self, fine: u32, cases: [u16; CASES.len()]) {
        let [first, others @ ..] = cases;
        let silent = if others == [first; CASES.len() - 1] { first } else { (MOST_SILENT + self.cased.len()) as u16 };
        if let Some(known) = self.known_mut(fine) {
            known.silent = silent;
            if silent != first {
                self.cased.push(cases);
            }
        }
    }

    /// What a fine form is to the grammar in small letters.
    pub(crate) fn silent(&self, fine: u32) -> u16 {
        self.known.get(fine.wrapping_sub(1) as usize).map_or(0, |k| self.in_case(k.silent, 0))
    }

    #[inline]
    fn in_case(&self, silent: u16, flags: u8) -> u16 {
        match usize::from(silent).checked_sub(MOST_SILENT) {
            None => silent,
            Some(place) => self.cased.get(place).map_or(0, |cases| cases[case_of(flags)]),
        }
    }

    /// Marks a fine form.
    pub(crate) fn mark_fine(&mut self, fine: u32, bits: u8) {
        self.known_mut(fine).into_iter().for_each(|k| k.marks |= bits);
    }

    /// Some marks of a fine form hold in capitals only.
    pub(crate) fn mark_proper(&mut self, fine: u32, bits: u8) {
        self.known_mut(fine).into_iter().for_each(|k| k.proper |= bits);
    }

    /// All are marked: what holds for a coarse number is told of each word that has it.
    pub(crate) fn settle(&mut self) {
        for k in &mut self.known {
            k.marks |= self.coarse_marks.get((k.folded >> u8::BITS) as usize).copied().unwrap_or(0);
        }
    }

    /// Bits of [`mark`], and [`Seen::silent`] of a word with these flags.
    fn marks(&self, coarse: u32, fine: u32, flags: u8) -> (u8, u16) {
        match self.known.get(fine.wrapping_sub(1) as usize) {
            Some(k) => (k.marks & !if flags & CAPITAL == 0 { k.proper } else { 0 }, self.in_case(k.silent, flags)),
            None => (self.coarse_marks.get(coarse as usize).copied().unwrap_or(0), 0),
        }
    }
}

#[cfg(feature = "builtin")]
mod packed {
    use super::{CASES, Known, Words};
    use crate::pack::{Pack, Unread, Written};

    impl Pack for Words {
        fn put(&self, out: &mut Written) {
            self.coarse.put(out);
            self.fine.put(out);
            // Keys have their numbers in the order in which words brought them, so that most are the next ones.
            let mut next = 1u32;
            (self.known.len() as u32).put(out);
            for k in &self.known {
                let [flags, ..] = k.folded.to_le_bytes();
                let coarse = k.folded >> u8::BITS;
                (next.wrapping_sub(coarse), flags).put(out);
                next = next.max(coarse + 1);
            }
            self.known.iter().for_each(|k| k.marks.put(out));
            self.coarse_marks.put(out);
            // Words of the grammar are the first ones.
            let silent = self.known.iter().rposition(|k| k.silent != 0).map_or(0, |last| last + 1);
            self.known[..silent].iter().map(|k| k.silent).collect::<Vec<u16>>().put(out);
            self.cased.as_flattened().to_vec().put(out);
            self.frequent.put(out);
        }

        fn take(from: &mut Unread<'_>) -> Option<Words> {
            let (coarse, fine) = Pack::take(from)?;
            let (mut next, count) = (1u32, u32::take(from)? as usize);
            let mut known = Vec::with_capacity(count.min(from.numbers.len()));
            for _ in 0..count {
                let (back, flags): (u32, u8) = Pack::take(from)?;
                let coarse = next.wrapping_sub(back);
                next = next.max(coarse.checked_add(1)?);
                known.push(Known { folded: coarse << u8::BITS | u32::from(flags), ..Known::default() });
            }
            known.iter_mut().zip(from.bytes(count)?).for_each(|(k, marks)| k.marks = *marks);
            let coarse_marks = Pack::take(from)?;
            known.iter_mut().zip(Vec::<u16>::take(from)?).for_each(|(k, silent)| k.silent = silent);
            let cased = Vec::<u16>::take(from)?.chunks_exact(CASES.len()).filter_map(|c| c.try_into().ok()).collect();
            Some(Words { coarse, fine, known, coarse_marks, cased, frequent: Pack::take(from)?, ..Words::default() })
        }
    }
}

/// Gives words their numbers: the one way for names when a lexicon is built and for text when it is read.
pub(crate) trait Numbering {
    fn number(&mut self, f: &Folded) -> (u32, u32);
    fn memory(&mut self) -> &mut Memory;

    /// A text of so many bytes will be read.
    fn begin(&mut self, bytes: usize) {
        self.memory().make_room(bytes);
    }

    /// The same for what folding leaves as it is: numbers and signs.
    fn number_as_it_stands(&mut self, text: &str) -> (u32, u32) {
        self.number(&Folded { fine: text.into(), coarse: text.into(), flags: 0 })
    }

    /// Bits of [`mark`] for a word with some flags, and what it is to the grammar, where names are known already.
    fn marks(&self, _: u32, _: u32, _: u8) -> (u8, u16) {
        (0, 0)
    }

    fn look_up(&mut self, raw: &str, kind: Kind) -> Seen {
        if let Some(seen) = self.memory().recall(raw) {
            return seen;
        }
        if kind == Kind::Number && raw.is_ascii() {
            let numbers = self.number_as_it_stands(raw);
            let seen = self.seen_number(numbers, raw.as_bytes());
            self.memory().remember(raw, seen);
            return seen;
        }
        let mut f = std::mem::take(&mut self.memory().folded);
        if kind == Kind::Word {
            fold_word_into(raw, &mut f);
        } else {
            f = fold_cluster(raw);
        }
        let seen = self.seen(&f, kind);
        self.memory().folded = f;
        self.memory().remember(raw, seen);
        seen
    }

    /// Remembers a word of so many bytes that is Latin letters alone, or known as it stands but for a capital at its beginning; nothing
    /// where there is more to it, or where words get numbers. What it is goes to `out`.
    fn learn(&mut self, _: Key, _: usize, _: &mut Seen) -> Option<()> {
        None
    }

    /// The same for a number, whatever it is.
    fn learn_number(&mut self, _: Key, _: usize, _: &mut Seen) -> Option<()> {
        None
    }

    fn seen(&mut self, f: &Folded, kind: Kind) -> Seen {
        let numbers = self.number(f);
        self.numbered(numbers, f.flags, kind)
    }

    /// What a word is, by its coarse and its fine number.
    fn numbered(&self, (coarse, fine): (u32, u32), flags: u8, kind: Kind) -> Seen {
        let (marks, word) = self.marks(coarse, fine, flags);
        let silent = if kind == Kind::Word { word } else { kind.sign() };
        let marks = marks | if flags & CAPITAL != 0 || kind.is_cjk() { mark::BOLD } else { 0 };
        let marks = marks | if matches!(kind, Kind::Dash | Kind::Comma | Kind::Number) { mark::PARTS } else { 0 };
        let class = if kind == Kind::Number { NUMBER } else { counted(flags) };
        Seen { coarse, fine, kind, flags, marks, silent, class, ..Seen::OTHER }
    }

    /// What a number is that looks like this.
    fn seen_number(&self, numbers: (u32, u32), number: &[u8]) -> Seen {
        let mut seen = self.numbered(numbers, 0, Kind::Number);
        if may_date(number) {
            seen.marks |= mark::DATES | if seen.marks & mark::BEGINS_BARE != 0 { mark::ALONE } else { 0 };
        }
        seen
    }

    /// What a sign is, by its place among [`SIGNS`].
    fn sign(&mut self, sign: usize) -> Seen {
        let (text, kind) = SIGNS[sign];
        let numbers = self.number_as_it_stands(text);
        self.numbered(numbers, 0, kind)
    }

    /// All of them, where none needs a number anew.
    fn signs(&mut self) -> Option<Signs> {
        None
    }
}

/// A number has the look of a year, or the length of a date with full stops inside.
fn may_date(number: &[u8]) -> bool {
    matches!(number, [b'1', b'9', _, _] | [b'2', b'0', _, _]) || (8..=10).contains(&number.len())
}

/// Numbers for text: words that no name has are number 0.
pub(crate) struct Reading<'a>(pub &'a Words, pub &'a mut Memory);

impl Numbering for Reading<'_> {
    fn number(&mut self, f: &Folded) -> (u32, u32) {
        self.0.find(&f.coarse, &f.fine)
    }

    fn memory(&mut self) -> &mut Memory {
        self.1
    }

    fn begin(&mut self, bytes: usize) {
        if bytes >= STARTED_TEXT && self.1.is_new() {
            self.1.start(self.0.starter());
        }
        self.1.make_room(bytes);
    }

    fn number_as_it_stands(&mut self, text: &str) -> (u32, u32) {
        self.0.find(text, text)
    }

    #[inline(never)]
    fn learn(&mut self, key: Key, len: usize, out: &mut Seen) -> Option<()> {
        let [first, second, ..] = key[0].to_le_bytes();
        // The small letter has one more bit. One letter that is no more is a capital throughout.
        let lowered = first.is_ascii_uppercase() && len > 1;
        let small = [key[0] | u64::from(lowered) << 5, key[1]];
        let sought = Short::with(small, len);
        // Behind the capital of a syllable there is nothing but small letters, unless marks of its own make all of it.
        let known = self.0.known(sought).or_else(|| {
            let is = |small: &Seen| small.kind == Kind::Word && small.flags & (fold::SYLLABLE | fold::INNER) == fold::SYLLABLE;
            let small = if lowered && !matches!(second, 0xcc | 0xcd) { self.1.recall_key(small).filter(is) } else { None };
            small.map(|small| (small.coarse, small.fine, small.flags))
        });
        *out = match known {
            Some((coarse, fine, flags)) => self.numbered((coarse, fine), flags | if lowered { CAPITAL } else { 0 }, Kind::Word),
            None => {
                let f = fold_latin(Short::with(key, len))?;
                let known = if f.fine == sought { None } else { self.0.known(f.fine) };
                let numbers = known.map_or_else(|| (self.0.coarse.find_short(f.coarse), 0), |(coarse, fine, _)| (coarse, fine));
                self.numbered(numbers, f.flags, Kind::Word)
            }
        };
        self.1.insert(key, *out);
        Some(())
    }

    #[inline(never)]
    fn learn_number(&mut self, key: Key, len: usize, out: &mut Seen) -> Option<()> {
        // It may be in another slot than its own.
        if let Some(seen) = self.1.recall_key(key).filter(|seen| seen.kind == Kind::Number) {
            *out = seen;
            return Some(());
        }
        let number = Short::with(key, len);
        let numbers = match self.0.coarse.find_short(number) {
            0 => (0, 0),
            coarse => (coarse, self.0.fine.find_short(number)),
        };
        *out = self.seen_number(numbers, number.bytes().0.to_le_bytes().get(..len)?);
        self.1.insert(key, *out);
        Some(())
    }

    fn marks(&self, coarse: u32, fine: u32, flags: u8) -> (u8, u16) {
        self.0.marks(coarse, fine, flags)
    }

    fn signs(&mut self) -> Option<Signs> {
        if self.1.signs.is_none() {
            self.1.signs = Some(std::array::from_fn(|sign| if sign < SIGNS.len() { self.sign(sign) } else { Seen::OTHER }));
        }
        self.1.signs
    }
}

/// Numbers for names: every word gets one.
pub(crate) struct Writing<'a>(pub &'a mut Words, pub &'a mut Memory);

impl Numbering for Writing<'_> {
    fn number(&mut self, f: &Folded) -> (u32, u32) {
        self.0.intern(f)
    }

    fn memory(&mut self) -> &mut Memory {
        self.1
    }
}

#[cfg(test)]
mod tests {
    use super::fold::fold_word;
    use super::*;

    /// What a word comes to must not depend on whether it was folded or found as it stands.
    #[test]
    fn known_words_are_what_folding_makes_of_them() {
        let mut words = Words::default();
        let raw = ["Thứ", "TRƯỞNG", "hoà", "Đặng", "ＡＤＭＭ", "Kōji", "Müller", "café", "Shin'ichi", "nghiêng", "y", "Ô", "Россия", "fjord"];
        for w in raw {
            words.intern(&fold_word(w));
        }
        for w in raw {
            let f = fold_word(w);
            let again = fold_word(&f.fine);
            let known = words.known(Short::of(&f.fine).unwrap()).unwrap_or_else(|| panic!("{w}"));
            let (coarse, fine) = words.find(&again.coarse, &again.fine);
            assert_eq!(known, (coarse, fine, again.flags), "{w}");
        }
        assert_eq!(words.known(Short::of("hoà").unwrap()), None, "a form in the old style is no folded one");
    }
}
