//! Tokens: the text cut by script, each distinct word folded once and remembered as a number.

use super::fold;
use super::lines::{COUNTED, Lines, Packed, counted};
use super::mask::{Mask, Parting, masks};
use super::memory::{HIDDEN, KEY_BYTES, Seen, Set, WINDOW, class as slot_class, fetch, load, run_of_digits, run_of_letters, sign};
use super::script::{Class, class};
use super::words::Numbering;
use std::ops::{Deref, DerefMut};
use unicode_segmentation::UnicodeSegmentation;

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

    /// The number of a sign that the grammar knows, from 1; 0 for all else.
    pub(crate) fn sign(self) -> u16 {
        Kind::SIGNS.iter().position(|&s| s == self).map_or(0, |i| i as u16 + 1)
    }

    /// The signs that the grammar knows.
    pub(crate) const SIGNS: [Kind; 9] =
        [Kind::Comma, Kind::Dash, Kind::Open, Kind::Close, Kind::Colon, Kind::Slash, Kind::Possessive, Kind::Plus, Kind::Number];
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
    /// What it is, by the memory of words: a token has all of this, so that it reads as a part of it.
    pub seen: Seen,
}

impl Deref for Token {
    type Target = Seen;

    fn deref(&self) -> &Seen {
        &self.seen
    }
}

impl DerefMut for Token {
    fn deref_mut(&mut self) -> &mut Seen {
        &mut self.seen
    }
}

impl Token {
    /// What stands where there is none.
    pub(crate) const NONE: Token = Token { start: 0, end: 0, seen: Seen::OTHER };

    pub(crate) fn is_capital(&self) -> bool {
        self.flags & fold::CAPITAL != 0
    }

    /// A line or paragraph begins here.
    pub(crate) fn begins_line(&self) -> bool {
        self.gap & (gap::LINE | gap::PARAGRAPH) != 0
    }
}

/// Cuts `text` into tokens. `masked`, `out` and `lines` are buffers that can be used again; `lines` hears of each line.
pub(crate) fn tokenize<N: Numbering>(text: &str, numbering: &mut N, masked: &mut Vec<Mask>, out: &mut Vec<Token>, lines: &mut Lines) {
    out.clear();
    lines.clear();
    masks(text, masked);
    numbering.memory().make_room(text.len());
    // Vietnamese has a token every five bytes, English fewer; growing step by step would copy them again and again.
    out.reserve(text.len().min(RESERVED) / 4);
    Cutter { text, numbering, out, lines, signs: None, pending: gap::PARAGRAPH, breaks: 0, wrapped: true }.run(masked);
    lines.end(out.len());
}

/// Cuts a name into tokens: nothing in a name is an address or markup.
pub(crate) fn tokenize_name<N: Numbering>(name: &str, numbering: &mut N, out: &mut Vec<Token>) {
    out.clear();
    Cutter { text: name, numbering, out, lines: &mut Lines::default(), signs: None, pending: gap::PARAGRAPH, breaks: 0, wrapped: true }.run(&[]);
}

/// Bytes of a text for whose tokens room is made beforehand, at most.
const RESERVED: usize = 1 << 16;

/// Bytes that can hold no more words than a [`Packed`] count.
const COUNTABLE: usize = 1 << 12;

/// Commas and full stops as they stand behind words.
struct Stops {
    comma: Seen,
    period: Seen,
}

/// Where tokens that were met before go.
struct Read<'a> {
    out: &'a mut Vec<Token>,
    stops: &'a mut Vec<u32>,
    numbers: &'a mut Vec<u32>,
}

/// Short words and numbers that were met before, with single spaces, commas and full stops between them: the way that most
/// of a text takes. Where it ends, behind a token or the space that follows it, and what its words count.
///
/// A run of bytes that is a remembered word from end to end is that word, whatever stands around it, if what follows can
/// neither go on with a word nor hide inside one. The last bytes of `b` are left for the long way, so that no word need
/// ask whether there is more.
#[inline(never)]
fn known_words(b: &[u8], start: usize, sets: &mut [Set], signs: &Stops, read: &mut Read<'_>) -> (usize, Packed) {
    let (mut at, mut counted) = (start, 0);
    while let Some(window) = b.get(at..).and_then(|rest| rest.first_chunk::<WINDOW>()) {
        let (len, key) = run_of_letters(load(window));
        if len == KEY_BYTES {
            break;
        }
        if len == 0 {
            let Some((len, key)) = run_of_digits(window) else { break };
            let Some(slot) = fetch(sets, key).filter(|slot| slot.class() & slot_class::NUMBER != 0) else { break };
            let end = at + len;
            read.numbers.push(read.out.len() as u32);
            read.out.push(Token { start: at as u32, end: end as u32, seen: slot.seen });
            if window[len] != b' ' {
                return (end, counted);
            }
            at = end + 1;
            continue;
        }
        let Some(slot) = fetch(sets, key).filter(|slot| slot.class() & slot_class::WORD != 0) else { break };
        let (end, next) = (at + len, window[len]);
        let counts = COUNTED[usize::from(slot.class() & slot_class::COUNTED)];
        if next == b' ' {
            read.out.push(Token { start: at as u32, end: end as u32, seen: slot.seen });
            counted += counts;
            at = end + 1;
            continue;
        }
        if HIDDEN[usize::from(next)] {
            break;
        }
        read.out.push(Token { start: at as u32, end: end as u32, seen: slot.seen });
        counted += counts;
        let sign = match next {
            b',' => &signs.comma,
            b'.' => &signs.period,
            _ => return (end, counted),
        };
        if window[len + 1] != b' ' {
            return (end, counted);
        }
        if next == b'.' {
            read.stops.push(read.out.len() as u32);
        }
        read.out.push(Token { start: end as u32, end: end as u32 + 1, seen: *sign });
        at = end + 2;
    }
    (at, counted)
}

/// Latin letters, and the first bytes of others: no kanji or kana begins so.
fn begins_word(c: u8) -> bool {
    matches!(c, b'a'..=b'z' | b'A'..=b'Z' | 0xc3..=0xe1)
}

/// Remembers the word that begins here, if nothing but Latin letters can belong to it: then it need not be looked at character
/// by character. Where it ends, and what it is.
fn learn<N: Numbering>(text: &str, window: &[u8], start: usize, numbering: &mut N) -> Option<(usize, Seen)> {
    let bytes = window.get(start..)?.first_chunk::<WINDOW>()?;
    let (len, key) = run_of_letters(load(bytes));
    if len == 0 || len == KEY_BYTES || HIDDEN[usize::from(bytes[len])] {
        return None;
    }
    let end = start + len;
    Some((end, numbering.learn(text.get(start..end)?, key)?))
}

struct Cutter<'a, N> {
    text: &'a str,
    numbering: &'a mut N,
    out: &'a mut Vec<Token>,
    lines: &'a mut Lines,
    /// What the signs behind known words are, once there was one.
    signs: Option<Stops>,
    /// Gap flags gathered since the last token.
    pending: u8,
    /// Line breaks since the last token.
    breaks: u8,
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
        self.breaks = self.breaks.saturating_add(1);
        self.pending |= if self.breaks > 1 { gap::PARAGRAPH | gap::LINE } else { gap::LINE };
    }

    #[inline]
    fn push(&mut self, start: usize, end: usize, seen: Seen) {
        self.out.push(Token { start: start as u32, end: end as u32, seen });
        self.settle(self.out.len() - 1);
    }

    /// Gives a new token its gap: what was gathered since the one before it.
    #[inline]
    fn settle(&mut self, new: usize) {
        let apart = self.pending == gap::SPACE;
        if !apart {
            self.gather(new);
        }
        self.out[new].gap = self.pending;
        self.wrapped = true;
        self.pending = 0;
        self.breaks = 0;
    }

    /// What lies before a new token, where it is more than a space or nothing at all.
    fn gather(&mut self, new: usize) {
        let mut glued = false;
        if let [.., last, token] = &self.out[..=new] {
            let solid = |k| matches!(k, Kind::Word | Kind::Number);
            if self.pending & gap::LINE != 0 {
                // A sentence that goes on in small letters behind a line break was only wrapped.
                let small = token.kind == Kind::Word && token.flags & fold::CASED != 0 && token.flags & fold::CAPITAL == 0;
                let open = matches!(last.kind, Kind::Word | Kind::Comma | Kind::Number);
                if self.wrapped && small && open && self.pending & gap::PARAGRAPH == 0 {
                    self.pending = self.pending & !gap::LINE | gap::SPACE;
                }
            } else if last.end == token.start && solid(last.kind) && solid(token.kind) {
                self.pending |= gap::GLUED;
                glued = true;
            }
            if self.pending & (gap::LINE | gap::PARAGRAPH) != 0 {
                self.lines.end(new);
            }
        }
        if glued {
            self.out[new - 1..=new].iter_mut().for_each(|t| t.seen.part());
        }
    }

    /// Words that were met before, and others that can be remembered at once, up to the first that is neither. Where they end,
    /// behind a word or the space that follows it; whether a word follows there.
    fn known_words(&mut self, start: usize, limit: usize) -> (usize, bool) {
        let first = self.out.len();
        let window = &self.text.as_bytes()[..limit.min(start + COUNTABLE)];
        if self.signs.is_none() {
            let [comma, period] = [sign::COMMA, sign::PERIOD].map(|sign| Seen { gap: 0, ..self.numbering.sign(sign) });
            self.signs = Some(Stops { comma, period });
        }
        let Some(signs) = &self.signs else { return (start, false) };
        let Lines { stops, numbers, .. } = &mut *self.lines;
        let mut read = Read { out: self.out, stops, numbers };
        let (mut at, mut words) = known_words(window, start, &mut self.numbering.memory().sets, signs, &mut read);
        let word = |at: usize| (at == start || window[at - 1] == b' ') && window.get(at).is_some_and(|&c| begins_word(c));
        while word(at) {
            let Some((end, seen)) = learn(self.text, window, at, self.numbering) else { break };
            read.out.push(Token { start: at as u32, end: end as u32, seen });
            words += COUNTED[usize::from(counted(seen.flags))];
            at = end;
            if window[end] == b' ' {
                let more;
                (at, more) = known_words(window, end + 1, &mut self.numbering.memory().sets, signs, &mut read);
                words += more;
            }
        }
        if at > start {
            self.settle(first);
            self.lines.count(words);
        }
        (at, word(at))
    }

    /// Tokens between two masks. Offsets beyond 4 GB do not fit a token and are left out by the extractor's own cap.
    fn stretch(&mut self, start: usize, end: usize) {
        let mut i = start;
        let b = self.text.as_bytes();
        while i < end {
            let c = b[i];
            if c == b' ' {
                self.pending |= gap::SPACE;
                i += 1;
                continue;
            }
            if begins_word(c) || c.is_ascii_digit() {
                let (after, word) = self.known_words(i, end);
                if after > i {
                    self.pending |= if b[after - 1] == b' ' { gap::SPACE } else { 0 };
                    i = after;
                    if !word {
                        continue;
                    }
                }
                let c = b[i];
                if c.is_ascii_digit() {
                    i = self.number(i, end);
                    continue;
                }
            } else if let Some(sign) = sign::of_byte(c) {
                self.mark(i, i + 1, sign);
                i += 1;
                continue;
            } else if c == b'\n' {
                self.line();
                i += 1;
                continue;
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
                    self.mark(i, i + len, sign::DASH);
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
        let seen = self.numbering.look_up(&self.text[start..end], Kind::Word);
        self.push(start, end, seen);
        self.lines.count(COUNTED[usize::from(counted(seen.flags))]);
        end
    }

    fn number(&mut self, start: usize, limit: usize) -> usize {
        let rest = &self.text[start..limit];
        let b = rest.as_bytes();
        let digit = |i: usize| b.get(i).is_some_and(u8::is_ascii_digit);
        let mut end = 0;
        while digit(end) || end > 0 && matches!(b.get(end), Some(b'.' | b',')) && digit(end + 1) {
            end += 1;
        }
        // Digits of other scripts and widths go on with it too.
        if end == 0 || b.get(end).is_some_and(|c| !c.is_ascii()) {
            end = any_number(rest);
        }
        let end = start + end;
        let seen = self.numbering.look_up(&self.text[start..end], Kind::Number);
        self.lines.numbers.push(self.out.len() as u32);
        self.push(start, end, seen);
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
        let seen = self.numbering.look_up(&self.text[start..end], kind);
        self.push(start, end, seen);
        self.lines.script(kind);
        end
    }

    fn apostrophe(&mut self, i: usize, limit: usize, len: usize) -> usize {
        let after_word = self.pending == 0 && self.out.last().is_some_and(|t| t.end as usize == i && t.kind == Kind::Word);
        let tail = &self.text[i + len..limit];
        let mut letters = tail.chars();
        let s = matches!(letters.next(), Some('s' | 'S')) && !letters.next().is_some_and(|l| matches!(class(l), Class::Letter | Class::Mark));
        if after_word && s {
            self.mark(i, i + len + 1, sign::POSSESSIVE);
            return i + len + 1;
        }
        self.pending |= gap::QUOTE;
        i + len
    }

    /// A sign, by its place among [`SIGNS`](super::memory::SIGNS).
    fn mark(&mut self, start: usize, end: usize, sign: usize) {
        let seen = self.numbering.sign(sign);
        if matches!(seen.kind, Kind::Period | Kind::Stop) {
            self.lines.stops.push(self.out.len() as u32);
        }
        self.push(start, end, seen);
    }

    fn other(&mut self, i: usize, limit: usize, c: char) -> usize {
        let len = c.len_utf8();
        let sign = match c {
            ',' | '、' | '，' | '､' => sign::COMMA,
            '.' | '．' => sign::PERIOD,
            ':' | '：' => sign::COLON,
            ';' | '；' => sign::SEMICOLON,
            '!' | '?' | '！' | '？' | '。' | '｡' | '…' => sign::STOP,
            '(' | '[' | '{' | '（' | '【' | '〔' | '〈' | '《' | '［' => sign::OPEN,
            ')' | ']' | '}' | '）' | '】' | '〕' | '〉' | '》' | '］' => sign::CLOSE,
            '/' | '／' => sign::SLASH,
            '+' | '＋' => sign::PLUS,
            '&' | '＆' => sign::AMPERSAND,
            // Markdown emphasis and headings part nothing.
            '*' | '_' | '~' => return i + len,
            '#' => {
                self.pending |= gap::SPACE;
                return i + len;
            }
            _ => {
                self.push(i, i + len, Seen::OTHER);
                return i + len;
            }
        };
        let end = if sign == sign::AMPERSAND && self.text[i..limit].starts_with("&amp;") { i + 5 } else { i + len };
        self.mark(i, end, sign);
        end
    }
}

/// Bytes of the number that a text begins with, whatever its digits.
fn any_number(rest: &str) -> usize {
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
    end
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::memory::{self, MOST_SETS, Memory};
    use super::super::words::{Reading, Words, Writing};
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        let (mut masked, mut out) = (Vec::new(), Vec::new());
        tokenize(text, &mut Reading(&Words::default(), &mut Memory::default()), &mut masked, &mut out, &mut Lines::default());
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
        tokenize(text, &mut Reading(&Words::default(), &mut Memory::default()), &mut masked, &mut out, &mut Lines::default());
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

    pub(in crate::text) fn lexicon() -> Words {
        let (mut words, mut memory, mut out) = (Words::default(), Memory::default(), Vec::new());
        tokenize_name("thứ trưởng bộ quốc phòng hòa - administration 13 th 日越ヴ shinichi 한국 + x", &mut Writing(&mut words, &mut memory), &mut out);
        words
    }

    fn tokens(text: &str, words: &Words, memory: &mut Memory) -> String {
        let (mut masked, mut out) = (Vec::new(), Vec::new());
        tokenize(text, &mut Reading(words, memory), &mut masked, &mut out, &mut Lines::default());
        format!("{out:?}")
    }

    /// Words that meet in one set of a memory whatever its size: the worst that a text can do to it.
    fn meeting() -> Vec<String> {
        let place = |n: &u32| memory::place(memory::key(&format!("w{n:x}")), 64);
        (0..40_000).filter(move |n| place(n) / 2 == 7).map(|n| format!("w{n:x}")).collect()
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
            for w in meeting() {
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
}
