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

/// What each raw word came to. It only saves time: with or without it the answers are the same.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    known: Map<(u32, u32, u8)>,
}

/// More distinct raw words than this are folded again each time, so that memory stays bounded.
const MEMORY_WORDS: usize = 1 << 16;
/// Longer words are folded again each time.
const MEMORY_WORD_BYTES: usize = 64;

/// Gives words their numbers: the one way for names when a lexicon is built and for text when it is read.
pub(crate) trait Numbering {
    fn number(&mut self, f: &Folded) -> (u32, u32);
    fn memory(&mut self) -> &mut Memory;

    fn look_up(&mut self, raw: &str, cluster: bool) -> (u32, u32, u8) {
        if let Some(&known) = self.memory().known.get(raw) {
            return known;
        }
        let f = if cluster { fold_cluster(raw) } else { fold_word(raw) };
        let (c, n) = self.number(&f);
        let found = (c, n, f.flags);
        let memory = self.memory();
        if memory.known.len() < MEMORY_WORDS && raw.len() <= MEMORY_WORD_BYTES {
            memory.known.insert(raw.to_string().into(), found);
        }
        found
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
        // A sentence that goes on in small letters behind a line break was only wrapped.
        let small = kind == Kind::Word && flags & fold::CASED != 0 && flags & fold::CAPITAL == 0;
        let open = self.out.last().is_some_and(|l| matches!(l.kind, Kind::Word | Kind::Comma | Kind::Number));
        if self.wrapped && small && open && gap & (gap::LINE | gap::PARAGRAPH) == gap::LINE {
            gap = gap & !gap::LINE | gap::SPACE;
        }
        self.wrapped = true;
        if let Some(last) = self.out.last() {
            let solid = |k| matches!(k, Kind::Word | Kind::Number);
            if last.end as usize == start && solid(last.kind) && solid(kind) {
                gap |= gap::GLUED;
            }
        }
        self.out.push(Token { start: start as u32, end: end as u32, coarse, fine, kind, flags, gap });
        self.pending = 0;
        self.lines = 0;
    }

    /// Tokens between two masks. Offsets beyond 4 GB do not fit a token and are left out by the extractor's own cap.
    fn stretch(&mut self, start: usize, end: usize) {
        let mut i = start;
        while i < end {
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
                    match self.out.last_mut() {
                        // A long mark belongs to its kana, so that the span of a name takes it in.
                        Some(last) if after_kana && !dot && self.pending == 0 => last.end = (i + len) as u32,
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
                    self.mark(i, i + len, Kind::Dash, "-");
                    i += len;
                }
                Class::Other => i = self.other(i, end, c),
            }
        }
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
            self.mark(i, i + len + 1, Kind::Possessive, "'s");
            return i + len + 1;
        }
        self.pending |= gap::QUOTE;
        i + len
    }

    fn mark(&mut self, start: usize, end: usize, kind: Kind, folded: &str) {
        let f = Folded { fine: folded.into(), coarse: folded.into(), flags: 0 };
        let (c, n) = self.numbering.number(&f);
        self.push(start, end, kind, c, n, 0);
    }

    fn other(&mut self, i: usize, limit: usize, c: char) -> usize {
        let len = c.len_utf8();
        let (kind, folded) = match c {
            ',' | '、' | '，' | '､' => (Kind::Comma, ","),
            '.' | '．' => (Kind::Period, "."),
            ':' | '：' => (Kind::Colon, ":"),
            ';' | '；' => (Kind::Semicolon, ";"),
            '!' | '?' | '！' | '？' | '。' | '｡' | '…' => (Kind::Stop, "!"),
            '(' | '[' | '{' | '（' | '【' | '〔' | '〈' | '《' | '［' => (Kind::Open, "("),
            ')' | ']' | '}' | '）' | '】' | '〕' | '〉' | '》' | '］' => (Kind::Close, ")"),
            '/' | '／' => (Kind::Slash, "/"),
            '+' | '＋' => (Kind::Plus, "+"),
            '&' | '＆' => (Kind::Ampersand, "&"),
            // Markdown emphasis and headings part nothing.
            '*' | '_' | '~' => return i + len,
            '#' => {
                self.pending |= gap::SPACE;
                return i + len;
            }
            _ => (Kind::Other, ""),
        };
        let end = if kind == Kind::Ampersand && self.text[i..limit].starts_with("&amp;") { i + 5 } else { i + len };
        if folded.is_empty() {
            self.push(i, end, kind, 0, 0, 0);
        } else {
            self.mark(i, end, kind, folded);
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
}
