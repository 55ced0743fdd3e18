//! Tokens: the text cut by script, each distinct word folded once and remembered as a number.

use super::fold::{self, Folded, fold_cluster, fold_word};
use super::mask::{Mask, Parting, masks};
use super::script::{Class, class};
use std::borrow::Cow;
use std::collections::HashMap;
use unicode_segmentation::UnicodeSegmentation;

/// Maps of words: a fast hash, seeded anew in every process.
type Map<V> = HashMap<Text, V, foldhash::fast::RandomState>;

/// A text that is borrowed from the embedded data or owned.
type Text = Cow<'static, str>;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Word,
    Number,
    Kanji,
    Hiragana,
    Katakana,
    /// `'s` behind a word.
    Possessive,
    Dash,
    Comma,
    Period,
    Colon,
    Semicolon,
    /// `!`, `?`, `。` and their like.
    Stop,
    Open,
    Close,
    Slash,
    Plus,
    Ampersand,
    Other,
}

impl Kind {
    /// Kanji and kana: scripts without spaces.
    pub(crate) fn is_cjk(self) -> bool {
        matches!(self, Kind::Kanji | Kind::Hiragana | Kind::Katakana)
    }
}

/// What lies between a token and the one before it.
pub(crate) mod gap {
    /// Some space, or nothing that matters.
    pub(crate) const SPACE: u8 = 1;
    /// A line break.
    pub(crate) const LINE: u8 = 2;
    /// A blank line, or the beginning of the text.
    pub(crate) const PARAGRAPH: u8 = 4;
    /// A quotation mark.
    pub(crate) const QUOTE: u8 = 8;
    /// ー or ＝ dropped where no kana is before it.
    pub(crate) const KANA_MARK: u8 = 16;
    /// ・, which joins the parts of a name, names or titles.
    pub(crate) const MIDDLE_DOT: u8 = 32;
    /// Nothing at all between two words or numbers (`13th`).
    pub(crate) const GLUED: u8 = 64;
}

/// A word, a cluster or a mark with its place in the text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    /// Byte offsets into the text as given.
    pub start: u32,
    pub end: u32,
    /// Number of the coarse key, 0 where no name has it.
    pub coarse: u32,
    /// Number of the fine form, 0 where no name has it.
    pub fine: u32,
    pub kind: Kind,
    /// Case and syllable flags of [`fold`].
    pub flags: u8,
    /// What lies before it: see [`gap`].
    pub gap: u8,
}

impl Token {
    pub(crate) fn is_capital(&self) -> bool {
        self.flags & fold::CAPITAL != 0
    }

    /// A line or paragraph begins here.
    pub(crate) fn begins_line(&self) -> bool {
        self.gap & (gap::LINE | gap::PARAGRAPH) != 0
    }
}

/// The words of a lexicon, numbered. Number 0 is every other word.
#[derive(Debug, Default)]
pub(crate) struct Words {
    coarse: Map<u32>,
    fine: Map<u32>,
    keys: Vec<Text>,
    spellings: Vec<Text>,
}

impl Words {
    /// Numbers for a folded word, given anew where it has none.
    pub(crate) fn intern(&mut self, f: &Folded) -> (u32, u32) {
        let next = self.coarse.len() as u32 + 1;
        let c = match self.coarse.get(f.coarse.as_str()) {
            Some(&c) => c,
            None => {
                self.coarse.insert(f.coarse.clone().into(), next);
                self.keys.push(f.coarse.clone().into());
                next
            }
        };
        let next = self.fine.len() as u32 + 1;
        let n = match self.fine.get(f.fine.as_str()) {
            Some(&n) => n,
            None => {
                self.fine.insert(f.fine.clone().into(), next);
                self.spellings.push(f.fine.clone().into());
                next
            }
        };
        (c, n)
    }

    fn find(&self, f: &Folded) -> (u32, u32) {
        match self.coarse.get(f.coarse.as_str()) {
            None => (0, 0),
            Some(&c) => (c, self.fine.get(f.fine.as_str()).copied().unwrap_or(0)),
        }
    }

    /// The fine form behind a number.
    pub(crate) fn spelling(&self, fine: u32) -> &str {
        fine.checked_sub(1).and_then(|i| self.spellings.get(i as usize)).map_or("", |s| s.as_ref())
    }

    /// Coarse keys and fine forms by their numbers, from 1.
    #[cfg(feature = "builtin")]
    pub(crate) fn lists(&self) -> (&[Text], &[Text]) {
        (&self.keys, &self.spellings)
    }

    /// Words from [`Words::lists`].
    #[cfg(feature = "builtin")]
    pub(crate) fn from_lists(keys: Vec<Text>, spellings: Vec<Text>) -> Words {
        let number = |list: &[Text]| list.iter().cloned().zip(1..).collect();
        Words { coarse: number(&keys), fine: number(&spellings), keys, spellings }
    }

    /// How many coarse keys there are.
    pub(crate) fn len(&self) -> usize {
        self.coarse.len()
    }
}

/// Raw words of at most this many bytes have a slot in a [`Memory`].
const SLOT_BYTES: usize = 16;
/// Slots that a word can have: where all are taken by others, it takes one from them.
const WAYS: usize = 2;
/// Sets of slots of a new memory: a short text must not pay for a large table.
const FIRST_SETS: usize = 1 << 7;
/// Sets of slots at most: a megabyte.
const MOST_SETS: usize = 1 << 14;
/// Words without a slot that are remembered.
const LONG_WORDS: usize = 1 << 12;
/// Longer words are folded again each time.
const LONGEST_REMEMBERED: usize = 64;

/// The bytes of a short word, zeros behind them: no word ends in one, so that no two have the same.
type Key = [u64; 2];

/// What a raw word came to.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    key: Key,
    coarse: u32,
    fine: u32,
    flags: u8,
    taken: bool,
    /// It is a word of letters, no number or kana.
    word: bool,
}

/// The slots that a word can have, in one line of the processor's cache.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(64))]
struct Set([Slot; WAYS]);

/// What each raw word came to. It only saves time: with or without it the answers are the same.
///
/// A table of fixed size with a few places for each word: nothing is ever searched far, whatever words a text is made of
/// to meet each other there. It begins small and grows as words come in.
#[derive(Debug)]
pub(crate) struct Memory {
    sets: Vec<Set>,
    /// Sets at most.
    most: usize,
    used: usize,
    /// Which of the slots of a full set goes next.
    turn: usize,
    long: Map<(u32, u32, u8)>,
    /// Numbers of the signs, once they were asked for.
    signs: Option<[(u32, u32); SIGNS.len()]>,
}

/// The signs that names can hold.
const SIGNS: [&str; 12] = ["-", ",", ".", ":", ";", "!", "(", ")", "/", "+", "&", "'s"];

/// The short word at `at`, as a key: its first bytes, whatever follows them.
fn load(b: &[u8], at: usize) -> Key {
    let rest = b.get(at..).unwrap_or_default();
    let whole: [u8; SLOT_BYTES] = match rest.first_chunk() {
        Some(chunk) => *chunk,
        None => {
            let mut short = [0; SLOT_BYTES];
            short[..rest.len()].copy_from_slice(rest);
            short
        }
    };
    let n = u128::from_le_bytes(whole);
    [n as u64, (n >> 64) as u64]
}

/// The first `len` bytes of a key.
fn cut(key: Key, len: usize) -> Key {
    let mask = |n: usize| if n >= 8 { u64::MAX } else { (1 << (8 * n)) - 1 };
    if len <= 8 { [key[0] & mask(len), 0] } else { [key[0], key[1] & mask(len - 8)] }
}

/// The high bit of each byte that is no ASCII letter and no part of another character.
fn ends_of_word(x: u64) -> u64 {
    const ONES: u64 = u64::MAX / 255;
    const HIGH: u64 = ONES << 7;
    let small = (x | (ONES * 0x20)) & !HIGH;
    let from_a = small + ONES * (0x80 - b'a' as u64);
    let beyond_z = small + ONES * (0x7f - b'z' as u64);
    !(from_a & !beyond_z | x) & HIGH
}

/// Bytes that can go on with a word or hide inside one, though they are no letters: apostrophes and control characters.
const HIDDEN: [bool; 256] = {
    let mut table = [false; 256];
    let mut c = 0;
    while c < 32 {
        table[c] = !(c as u8).is_ascii_whitespace();
        c += 1;
    }
    table[b'\'' as usize] = true;
    table[b'`' as usize] = true;
    table[0x7f] = true;
    table
};

/// Letters and bytes of other characters at the beginning of a key.
fn run_of_letters(key: Key) -> usize {
    // Most words end in the first half.
    let end = ends_of_word(key[0]);
    if end != 0 { end.trailing_zeros() as usize / 8 } else { 8 + ends_of_word(key[1]).trailing_zeros() as usize / 8 }
}

impl Default for Memory {
    fn default() -> Self {
        Memory::with_sets(MOST_SETS)
    }
}

impl Memory {
    /// A memory of so many sets of slots at most.
    fn with_sets(most: usize) -> Self {
        Memory { sets: Vec::new(), most, used: 0, turn: 0, long: Map::default(), signs: None }
    }

    fn set(&self, key: Key) -> usize {
        // Multiplication carries to the left: the high bits depend on all of the word.
        let h = (key[0] ^ key[1].rotate_left(23)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        ((h ^ h >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 32) as usize
    }

    fn find(&self, key: Key) -> Option<&Slot> {
        let set = self.sets.get(self.set(key) & self.sets.len().wrapping_sub(1))?;
        set.0.iter().find(|s| s.key == key)
    }

    fn insert(&mut self, slot: Slot) {
        if self.used * 2 >= self.sets.len() * WAYS && self.sets.len() < self.most {
            let old = std::mem::take(&mut self.sets);
            self.sets = vec![Set::default(); (old.len() * 4).clamp(FIRST_SETS.min(self.most), self.most)];
            self.used = 0;
            for s in old.into_iter().flat_map(|set| set.0).filter(|s| s.taken) {
                self.place(s);
            }
        }
        self.place(slot);
    }

    fn place(&mut self, slot: Slot) {
        let at = self.set(slot.key) & (self.sets.len() - 1);
        let set = &mut self.sets[at].0;
        let free = set.iter().position(|s| !s.taken);
        self.used += usize::from(free.is_some());
        self.turn = self.turn.wrapping_add(1);
        set[free.unwrap_or(self.turn % WAYS)] = slot;
    }
}

/// Gives words their numbers: the one way for names when a lexicon is built and for text when it is read.
pub(crate) trait Numbering {
    fn number(&mut self, f: &Folded) -> (u32, u32);
    fn memory(&mut self) -> &mut Memory;

    fn look_up(&mut self, raw: &str, cluster: bool) -> (u32, u32, u8) {
        let short = raw.len() <= SLOT_BYTES;
        let key = cut(load(raw.as_bytes(), 0), raw.len());
        if short {
            if let Some(s) = self.memory().find(key) {
                return (s.coarse, s.fine, s.flags);
            }
        } else if let Some(&known) = self.memory().long.get(raw) {
            return known;
        }
        let f = if cluster { fold_cluster(raw) } else { fold_word(raw) };
        let (coarse, fine) = self.number(&f);
        let memory = self.memory();
        if short {
            memory.insert(Slot { key, coarse, fine, flags: f.flags, taken: true, word: !cluster });
        } else if memory.long.len() < LONG_WORDS && raw.len() <= LONGEST_REMEMBERED {
            memory.long.insert(raw.to_string().into(), (coarse, fine, f.flags));
        }
        (coarse, fine, f.flags)
    }

    /// The number of a sign, by its place among [`SIGNS`].
    fn sign(&mut self, sign: usize) -> (u32, u32) {
        let folded = |s: &str| Folded { fine: s.into(), coarse: s.into(), flags: 0 };
        self.number(&folded(SIGNS[sign]))
    }
}

/// Numbers for text: words that no name has are number 0.
pub(crate) struct Reading<'a>(pub &'a Words, pub &'a mut Memory);

impl Numbering for Reading<'_> {
    fn number(&mut self, f: &Folded) -> (u32, u32) {
        self.0.find(f)
    }

    fn memory(&mut self) -> &mut Memory {
        self.1
    }

    fn sign(&mut self, sign: usize) -> (u32, u32) {
        let words = self.0;
        let signs = || SIGNS.map(|s| words.find(&Folded { fine: s.into(), coarse: s.into(), flags: 0 }));
        self.1.signs.get_or_insert_with(signs)[sign]
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

/// Cuts `text` into tokens. `out` and `masked` are buffers that can be used again.
pub(crate) fn tokenize<N: Numbering>(text: &str, numbering: &mut N, masked: &mut Vec<Mask>, out: &mut Vec<Token>) {
    out.clear();
    masks(text, masked);
    Cutter { text, numbering, out, pending: gap::PARAGRAPH, lines: 0, wrapped: true }.run(masked);
}

/// Cuts a name into tokens: nothing in a name is an address or markup.
pub(crate) fn tokenize_name<N: Numbering>(name: &str, numbering: &mut N, out: &mut Vec<Token>) {
    out.clear();
    Cutter { text: name, numbering, out, pending: gap::PARAGRAPH, lines: 0, wrapped: true }.run(&[]);
}

struct Cutter<'a, N> {
    text: &'a str,
    numbering: &'a mut N,
    out: &'a mut Vec<Token>,
    /// Gap flags gathered since the last token.
    pending: u8,
    /// Line breaks since the last token.
    lines: u8,
    /// Only line breaks of the text parted the last token from the next, no markup.
    wrapped: bool,
}

impl<N: Numbering> Cutter<'_, N> {
    fn run(mut self, masked: &[Mask]) {
        let mut at = 0;
        for m in masked {
            self.stretch(at, m.start as usize);
            match m.parting {
                Parting::None => {}
                Parting::Space => self.pending |= gap::SPACE,
                Parting::Line => {
                    self.wrapped = false;
                    self.line();
                }
            }
            at = m.end as usize;
        }
        self.stretch(at, self.text.len());
    }

    fn line(&mut self) {
        self.lines = self.lines.saturating_add(1);
        self.pending |= if self.lines > 1 { gap::PARAGRAPH | gap::LINE } else { gap::LINE };
    }

    fn push(&mut self, start: usize, end: usize, kind: Kind, coarse: u32, fine: u32, flags: u8) {
        let mut gap = self.pending;
        if let Some(last) = self.out.last() {
            let solid = |k| matches!(k, Kind::Word | Kind::Number);
            if gap & gap::LINE != 0 {
                // A sentence that goes on in small letters behind a line break was only wrapped.
                let small = kind == Kind::Word && flags & fold::CASED != 0 && flags & fold::CAPITAL == 0;
                let open = matches!(last.kind, Kind::Word | Kind::Comma | Kind::Number);
                if self.wrapped && small && open && gap & gap::PARAGRAPH == 0 {
                    gap = gap & !gap::LINE | gap::SPACE;
                }
            } else if last.end as usize == start && solid(last.kind) && solid(kind) {
                gap |= gap::GLUED;
            }
        }
        self.wrapped = true;
        self.out.push(Token { start: start as u32, end: end as u32, coarse, fine, kind, flags, gap });
        self.pending = 0;
        self.lines = 0;
    }

    /// Short words that were met before, with single spaces between them: the way that most of a text takes. Where it ends.
    ///
    /// A run of bytes that is a remembered word from end to end is that word, whatever stands around it, if what follows
    /// can neither go on with a word nor hide inside one.
    fn known_words(&mut self, start: usize, limit: usize) -> usize {
        let b = self.text.as_bytes();
        let mut at = start;
        loop {
            let key = load(b, at);
            let len = run_of_letters(key).min(limit - at);
            let end = at + len;
            let next = if end < limit { b[end] } else { b' ' };
            if len == SLOT_BYTES || HIDDEN[usize::from(next)] {
                return at;
            }
            let Some(&s) = self.numbering.memory().find(cut(key, len)).filter(|s| s.word) else { return at };
            if at == start {
                self.push(at, end, Kind::Word, s.coarse, s.fine, s.flags);
            } else {
                let gap = gap::SPACE;
                self.out.push(Token { start: at as u32, end: end as u32, coarse: s.coarse, fine: s.fine, kind: Kind::Word, flags: s.flags, gap });
            }
            at = end;
            let another = |c: u8| c.is_ascii_alphabetic() || (0xc3..=0xe1).contains(&c);
            if next != b' ' || at + 1 >= limit || !another(b[at + 1]) {
                return at;
            }
            at += 1;
        }
    }

    /// Tokens between two masks. Offsets beyond 4 GB do not fit a token and are left out by the extractor's own cap.
    fn stretch(&mut self, start: usize, end: usize) {
        let mut i = start;
        let b = self.text.as_bytes();
        while i < end {
            match b[i] {
                b' ' => {
                    self.pending |= gap::SPACE;
                    i += 1;
                    continue;
                }
                // Latin letters, and the first bytes of others: no kanji or kana begins so.
                b'a'..=b'z' | b'A'..=b'Z' | 0xc3..=0xe1 => {
                    let after = self.known_words(i, end);
                    if after > i {
                        // The space before a word that is not known is not gone by.
                        self.pending |= if b[after - 1] == b' ' { gap::SPACE } else { 0 };
                        i = after;
                        continue;
                    }
                }
                _ => {}
            }
            let rest = &self.text[i..end];
            let Some(c) = rest.chars().next() else { return };
            let len = c.len_utf8();
            match class(c) {
                Class::Letter | Class::Mark => i = self.word(i, end),
                Class::Digit => i = self.number(i, end),
                Class::Kanji => i = self.cluster(i, end, Kind::Kanji),
                Class::Hiragana => i = self.cluster(i, end, Kind::Hiragana),
                Class::Katakana => i = self.cluster(i, end, Kind::Katakana),
                Class::KanaMark => {
                    let after_kana = self.out.last().is_some_and(|t| t.end as usize == i && matches!(t.kind, Kind::Katakana | Kind::Hiragana));
                    let dot = matches!(c, '・' | '･');
                    // `ジャン＝ノエル`, but not `ハノイ＝共同`.
                    let joins = matches!(c, 'ー' | 'ｰ') || self.kana_at(i + len);
                    match self.out.last_mut() {
                        // A long mark belongs to its kana, so that the span of a name takes it in.
                        Some(last) if after_kana && !dot && self.pending == 0 && joins => last.end = (i + len) as u32,
                        _ if dot => self.pending |= gap::MIDDLE_DOT,
                        _ => self.pending |= gap::KANA_MARK,
                    }
                    i += len;
                }
                Class::Space => {
                    self.pending |= gap::SPACE;
                    i += len;
                }
                Class::Line => {
                    self.line();
                    i += len;
                }
                Class::Invisible => i += len,
                Class::Quote => {
                    self.pending |= gap::QUOTE;
                    i += len;
                }
                Class::Apostrophe => i = self.apostrophe(i, end, len),
                Class::Dash => {
                    self.mark(i, i + len, Kind::Dash, 0);
                    i += len;
                }
                Class::Other => i = self.other(i, end, c),
            }
        }
    }

    fn kana_at(&self, at: usize) -> bool {
        self.text[at..].chars().next().is_some_and(|c| class(c) == Class::Katakana)
    }

    fn word(&mut self, start: usize, limit: usize) -> usize {
        let rest = &self.text[start..limit];
        let mut end = 0;
        let mut chars = rest.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            match class(c) {
                Class::Letter | Class::Mark => end = at + c.len_utf8(),
                Class::Invisible => {}
                // An apostrophe belongs to the word where a letter follows, unless that is the s of a possessive.
                Class::Apostrophe if end == at => {
                    let tail = &rest[at + c.len_utf8()..];
                    let mut letters = tail.chars();
                    let next = letters.next();
                    let possessive = matches!(next, Some('s' | 'S')) && !letters.next().is_some_and(|l| matches!(class(l), Class::Letter | Class::Mark));
                    if possessive || !next.is_some_and(|l| class(l) == Class::Letter) {
                        break;
                    }
                }
                _ => break,
            }
            if chars.peek().is_none() {
                break;
            }
        }
        let end = start + end.max(rest.chars().next().map_or(1, char::len_utf8));
        let (c, n, flags) = self.numbering.look_up(&self.text[start..end], false);
        self.push(start, end, Kind::Word, c, n, flags);
        end
    }

    fn number(&mut self, start: usize, limit: usize) -> usize {
        let rest = &self.text[start..limit];
        let mut end = 0;
        let mut chars = rest.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let inner = matches!(c, '.' | ',') && chars.peek().is_some_and(|&(_, d)| d.is_ascii_digit());
            if class(c) == Class::Digit {
                end = at + c.len_utf8();
            } else if !inner {
                break;
            }
        }
        let end = start + end;
        let (c, n, flags) = self.numbering.look_up(&self.text[start..end], true);
        self.push(start, end, Kind::Number, c, n, flags);
        end
    }

    /// A kanji or kana with the marks laid on it.
    fn cluster(&mut self, start: usize, limit: usize, kind: Kind) -> usize {
        let rest = &self.text[start..limit];
        let first = rest.chars().next().map_or(1, char::len_utf8);
        // Voicing marks of half width are letters to Unicode, but to a reader they are part of the kana.
        let voiced = rest[first..].chars().next().filter(|c| matches!(c, '\u{ff9e}' | '\u{ff9f}')).map_or(0, char::len_utf8);
        let plain = rest[first..].chars().next().is_none_or(|c| !matches!(class(c), Class::Mark | Class::Invisible) && (c as u32) < 0xe0000);
        let cluster = if plain { first } else { rest.graphemes(true).next().map_or(first, str::len) };
        let end = start + cluster.max(first + voiced);
        let (c, n, flags) = self.numbering.look_up(&self.text[start..end], true);
        self.push(start, end, kind, c, n, flags);
        end
    }

    fn apostrophe(&mut self, i: usize, limit: usize, len: usize) -> usize {
        let after_word = self.pending == 0 && self.out.last().is_some_and(|t| t.end as usize == i && t.kind == Kind::Word);
        let tail = &self.text[i + len..limit];
        let mut letters = tail.chars();
        let s = matches!(letters.next(), Some('s' | 'S')) && !letters.next().is_some_and(|l| matches!(class(l), Class::Letter | Class::Mark));
        if after_word && s {
            self.mark(i, i + len + 1, Kind::Possessive, 11);
            return i + len + 1;
        }
        self.pending |= gap::QUOTE;
        i + len
    }

    /// A sign, by its place among [`SIGNS`].
    fn mark(&mut self, start: usize, end: usize, kind: Kind, sign: usize) {
        let (c, n) = self.numbering.sign(sign);
        self.push(start, end, kind, c, n, 0);
    }

    fn other(&mut self, i: usize, limit: usize, c: char) -> usize {
        let len = c.len_utf8();
        let (kind, sign) = match c {
            ',' | '、' | '，' | '､' => (Kind::Comma, Some(1)),
            '.' | '．' => (Kind::Period, Some(2)),
            ':' | '：' => (Kind::Colon, Some(3)),
            ';' | '；' => (Kind::Semicolon, Some(4)),
            '!' | '?' | '！' | '？' | '。' | '｡' | '…' => (Kind::Stop, Some(5)),
            '(' | '[' | '{' | '（' | '【' | '〔' | '〈' | '《' | '［' => (Kind::Open, Some(6)),
            ')' | ']' | '}' | '）' | '】' | '〕' | '〉' | '》' | '］' => (Kind::Close, Some(7)),
            '/' | '／' => (Kind::Slash, Some(8)),
            '+' | '＋' => (Kind::Plus, Some(9)),
            '&' | '＆' => (Kind::Ampersand, Some(10)),
            // Markdown emphasis and headings part nothing.
            '*' | '_' | '~' => return i + len,
            '#' => {
                self.pending |= gap::SPACE;
                return i + len;
            }
            _ => (Kind::Other, None),
        };
        let end = if kind == Kind::Ampersand && self.text[i..limit].starts_with("&amp;") { i + 5 } else { i + len };
        match sign {
            Some(sign) => self.mark(i, end, kind, sign),
            None => self.push(i, end, kind, 0, 0, 0),
        }
        end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        let (mut masked, mut out) = (Vec::new(), Vec::new());
        tokenize(text, &mut Reading(&Words::default(), &mut Memory::default()), &mut masked, &mut out);
        out.iter().map(|t| text[t.start as usize..t.end as usize].to_string()).collect()
    }

    #[test]
    fn cuts() {
        for (text, want) in [
            ("Đối thoại 2+2", "Đối|thoại|2|+|2"),
            ("Việt Nam–Nhật Bản", "Việt|Nam|–|Nhật|Bản"),
            ("ADMM-17 (ADMM+)", "ADMM|-|17|(|ADMM|+|)"),
            ("Japan's Ministers' Shin'ichi", "Japan|'s|Ministers|Shin'ichi"),
            ("Tầm nhìn “Vientiane 2.0.”", "Tầm|nhìn|Vientiane|2.0|."),
            ("加野幸司防衛審議官", "加|野|幸|司|防|衛|審|議|官"),
            ("ヴォー・ヴァン", "ヴ|ォー|ヴ|ァ|ン"),
            ("ﾍﾞﾄﾅﾑ", "ﾍﾞ|ﾄ|ﾅ|ﾑ"),
            ("Nguye\u{302}\u{303}n Vi\u{ad}ệt\u{200b} x", "Nguye\u{302}\u{303}n|Vi\u{ad}ệt|x"),
            ("T.Ư Đảng", "T|.|Ư|Đảng"),
            ("13th", "13|th"),
            ("**Thứ trưởng** X&amp;Y", "Thứ|trưởng|X|&amp;|Y"),
            ("", ""),
        ] {
            assert_eq!(cut(text).join("|"), want, "{text}");
        }
    }

    #[test]
    fn gaps() {
        let (mut masked, mut out) = (Vec::new(), Vec::new());
        let text = "a b\nC\n\n“d” 1st";
        tokenize(text, &mut Reading(&Words::default(), &mut Memory::default()), &mut masked, &mut out);
        let gaps: Vec<u8> = out.iter().map(|t| t.gap).collect();
        assert_eq!(gaps[0], gap::PARAGRAPH);
        assert_eq!(gaps[1], gap::SPACE);
        assert_eq!(gaps[2], gap::LINE);
        assert_ne!(gaps[3] & gap::PARAGRAPH, 0);
        assert_ne!(gaps[3] & gap::QUOTE, 0);
        assert_ne!(gaps[5] & gap::GLUED, 0);
    }

    use proptest::prelude::*;

    #[rustfmt::skip]
    const PIECES: &[&str] = &[
        "Thứ", "trưởng", "Bộ", "Quốc", "phòng", "THỨ", "hoà", "hòa", "Hoa\u{300}", "Nguye\u{302}\u{303}n", "nghiêng", "đ", "d\u{335}", "Shin'ichi", "Japan's",
        "administration", "internationalisation", "ＡＤＭＭ", "13th", "1.000", "2025", "日", "越", "ヴ", "ｶﾞ", "ー", "・", "の", "한국", "Привет", "a\u{200b}b",
        "a\0b", "\u{301}", "x’y", "x’s", "&amp;", "<b>", "🇻🇳", " ", " ", " ", " ", ", ", ".", "\n", "-", "'", "`", "\u{7f}", "\x0b", "\u{a0}", "“", "+",
    ];

    fn lexicon() -> Words {
        let (mut words, mut memory, mut out) = (Words::default(), Memory::default(), Vec::new());
        tokenize_name("thứ trưởng bộ quốc phòng hòa - administration 13 th 日越ヴ shinichi 한국 + x", &mut Writing(&mut words, &mut memory), &mut out);
        words
    }

    fn tokens(text: &str, words: &Words, memory: &mut Memory) -> String {
        let (mut masked, mut out) = (Vec::new(), Vec::new());
        tokenize(text, &mut Reading(words, memory), &mut masked, &mut out);
        format!("{out:?}")
    }

    /// Words that meet in one set of a memory whatever its size: the worst that a text can do to it.
    fn meeting(memory: &Memory) -> Vec<String> {
        let place = |n: &u32| memory.set(super::cut(load(format!("w{n:x}").as_bytes(), 0), format!("w{n:x}").len())) % 64;
        (0..20_000).filter(move |n| place(n) == 7).map(|n| format!("w{n:x}")).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_memory_changes_a_token(texts in prop::collection::vec(prop::collection::vec(prop_oneof![
            9 => prop::sample::select(PIECES).prop_map(str::to_string),
            1 => any::<char>().prop_map(String::from),
        ], 0..40), 1..6)) {
            let words = lexicon();
            let (mut warm, mut tiny, mut poisoned) = (Memory::default(), Memory::with_sets(1), Memory::with_sets(64));
            for w in meeting(&poisoned) {
                tokens(&w, &words, &mut poisoned);
            }
            for pieces in texts {
                let text = pieces.concat();
                let fresh = tokens(&text, &words, &mut Memory::with_sets(MOST_SETS));
                // Without any memory each word is folded where it stands.
                for memory in [&mut warm, &mut tiny, &mut poisoned] {
                    prop_assert_eq!(&tokens(&text, &words, memory), &fresh, "{:?}", text);
                    prop_assert_eq!(&tokens(&text, &words, memory), &fresh, "{:?} again", text);
                }
            }
        }
    }

    #[test]
    fn memory_stays_small_and_is_never_searched_far() {
        let words = lexicon();
        let mut memory = Memory::default();
        tokens("Thứ trưởng Bộ Quốc phòng", &words, &mut memory);
        assert!(memory.sets.len() * size_of::<Set>() <= 1 << 13, "a short text pays for {} sets", memory.sets.len());
        // Half a million words that nobody has seen, long ones among them.
        for n in 0..5_000 {
            let text: String = (0..100).map(|k| format!("x{:x} verylongwordofmanyletters{:x} ", n * 100 + k, n * 100 + k)).collect();
            tokens(&text, &words, &mut memory);
        }
        assert_eq!(memory.sets.len(), MOST_SETS);
        assert!(memory.long.len() <= LONG_WORDS);
        assert_eq!(size_of::<Set>(), 64, "a look at a set is one line of the cache");
    }
}
