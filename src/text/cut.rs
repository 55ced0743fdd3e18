//! Cuts a text into tokens by script; each distinct word is folded once and remembered as a number.

use super::clusters::{clusters, kana_mark};
use super::fold;
use super::known::{BYTES, Room, byte, words};
use super::lines::{Before, COUNTED, Lines, Packed};
use super::mask::{Mask, Parting, Search};
use super::memory::{HIDDEN, KEY_BYTES, Seen, Signs, WINDOW, load, run_of_digits, run_of_letters, sign};
use super::script::{Class, class};
use super::tokens::{Kind, Token, Tokens, gap};
use super::words::Numbering;
use unicode_segmentation::UnicodeSegmentation;

/// Cuts `text` into tokens. `front`, `out` and `lines` are buffers that can be used again; `lines` hears of each line.
pub(crate) fn tokenize<N: Numbering>(text: &str, numbering: &mut N, front: &mut Vec<Mask>, out: &mut Tokens, lines: &mut Lines) {
    out.clear();
    lines.clear();
    numbering.begin(text.len());
    out.make_room(text.len().min(FORESEEN) / BYTES_A_TOKEN);
    let signs = numbering.signs();
    let mut cutter = Cutter::new(text, numbering, out, lines);
    cutter.signs = signs;
    cutter.run(front);
    lines.end(out.len());
}

/// Cuts a name into tokens: nothing in a name is an address or markup.
pub(crate) fn tokenize_name<N: Numbering>(name: &str, numbering: &mut N, out: &mut Tokens) {
    out.clear();
    Cutter::new(name, numbering, out, &mut Lines::default()).stretch(0, name.len());
}

/// Bytes of a text for whose tokens room is made beforehand, at most.
const FORESEEN: usize = 1 << 16;

/// Bytes that can hold no more words than a [`Packed`](super::lines::Packed) count, nor those of a block more.
const COUNTABLE: usize = (1 << 12) - 256;

/// Vietnamese has a token every five bytes, English fewer; growing step by step would copy them again and again.
const BYTES_A_TOKEN: usize = 4;

/// A word or number that is not in its own slot, with nothing but letters or digits in it, or that is followed by more than [`words`]
/// knows: what it is goes to `out`, and where it ends comes back. None where it must be looked at character by character.
#[inline]
fn one<N: Numbering>(window: &[u8], start: usize, numbering: &mut N, out: &mut Seen) -> Option<usize> {
    let bytes = window.get(start..)?.first_chunk::<WINDOW>().filter(|b| BYTES[usize::from(b[0])] == byte::WORD)?;
    let (len, key) = run_of_letters(load(bytes));
    if len == 0 {
        // A full stop inside may be one of an address, if there is more to it than digits.
        let goes_on = |c: u8| c.is_ascii_lowercase() || matches!(c, b'-' | b'_' | b'.');
        let (len, key) = run_of_digits(bytes).filter(|&(len, _)| !goes_on(bytes[len]) || !bytes[..len].contains(&b'.'))?;
        match numbering.memory().own(key).filter(|slot| slot.seen.kind == Kind::Number) {
            Some(slot) => *out = slot.seen,
            None => numbering.learn_number(key, len, out)?,
        }
        return Some(start + len);
    }
    if len == KEY_BYTES || HIDDEN[usize::from(bytes[len])] {
        return None;
    }
    let end = start + len;
    // If it is in another slot, it was brought to its own when it was sought among known words.
    match numbering.memory().own(key).filter(|slot| slot.seen.kind == Kind::Word) {
        Some(slot) => *out = slot.seen,
        // Nothing but Latin letters can belong to it: it need not be looked at character by character.
        None => numbering.learn(key, len, out)?,
    }
    Some(end)
}

struct Cutter<'a, N> {
    text: &'a str,
    numbering: &'a mut N,
    out: &'a mut Tokens,
    lines: &'a mut Lines,
    /// What the signs are, where no name can bring a new one.
    signs: Option<Signs>,
    /// Gap flags gathered since the last token.
    pending: u8,
    /// Line breaks since the last token.
    breaks: u8,
    /// Only line breaks of the text parted the last token from the next, no markup.
    wrapped: bool,
    /// Asked at signs that were not met before.
    search: Option<Search<'a>>,
    /// The mask of the last of them.
    found: Option<Mask>,
    /// Behind the last mask, and before the last line that began behind it.
    behind_mask: State,
    line_begun: Option<State>,
}

/// The state of a [`Cutter`] at a place of the text.
#[derive(Clone, Copy)]
struct State {
    place: usize,
    /// Tokens before.
    tokens: usize,
    pending: u8,
    breaks: u8,
    wrapped: bool,
    lines: Before,
}

impl<'a, N: Numbering> Cutter<'a, N> {
    fn new(text: &'a str, numbering: &'a mut N, out: &'a mut Tokens, lines: &'a mut Lines) -> Self {
        let behind_mask = State { place: 0, tokens: 0, pending: gap::PARAGRAPH, breaks: 0, wrapped: true, lines: Before::default() };
        let State { pending, breaks, wrapped, .. } = behind_mask;
        let (signs, search, found, line_begun) = (None, None, None, None);
        Cutter { text, numbering, out, lines, signs, pending, breaks, wrapped, search, found, behind_mask, line_begun }
    }

    /// Cuts the whole text, but for its masks. Most texts have none, so that nobody looks for the signs of masks before words are
    /// read: each ends a word, and is asked where it is met. Where a mask is found, the words before it are read again from the
    /// beginning of the line, as it may begin among them.
    fn run(&mut self, front: &mut Vec<Mask>) {
        let search = Search::begin(self.text, front);
        let mut at = front.iter().fold(0, |at, m| self.pass(at, m));
        self.search = Some(search);
        loop {
            (self.behind_mask, self.line_begun) = (self.state(at, self.out.len()), None);
            self.stretch(at, self.text.len());
            let (Some(m), Some(search)) = (self.found.take(), self.search.take()) else { return };
            at = self.return_before(m.start as usize);
            at = match search.prose(m) {
                Some((start, end)) => {
                    at = self.pass(at, &Mask { end: start, ..m });
                    self.pass(at, &Mask { start: end, ..m })
                }
                None => self.pass(at, &m),
            };
            self.search = Some(search);
        }
    }

    fn state(&self, place: usize, tokens: usize) -> State {
        let Cutter { pending, breaks, wrapped, .. } = *self;
        State { place, tokens, pending, breaks, wrapped, lines: self.lines.now() }
    }

    /// Takes back all tokens from the beginning of the last line on, or from the last mask if that is not before `place`. Where that
    /// is.
    fn return_before(&mut self, place: usize) -> usize {
        let state = self.line_begun.filter(|line| line.place <= place).unwrap_or(self.behind_mask);
        self.out.truncate(state.tokens);
        self.lines.return_before(state.tokens, &state.lines);
        (self.pending, self.breaks, self.wrapped) = (state.pending, state.breaks, state.wrapped);
        state.place
    }

    /// Words up to a mask, and the mask; where that ends.
    fn pass(&mut self, at: usize, m: &Mask) -> usize {
        self.stretch(at, m.start as usize);
        self.lines.masked = true;
        match m.parting {
            Parting::None => {}
            Parting::Space => self.pending |= gap::SPACE,
            Parting::Line => {
                self.wrapped = false;
                self.line();
            }
        }
        m.end as usize
    }

    fn line(&mut self) {
        self.breaks = self.breaks.saturating_add(1);
        self.pending |= if self.breaks > 1 { gap::PARAGRAPH | gap::LINE } else { gap::LINE };
    }

    #[inline]
    fn push(&mut self, start: usize, end: usize, seen: Seen) {
        let new = self.out.len();
        self.out.push(Token { start: start as u32, end: end as u32, seen: Seen { gap: self.pending, ..seen } });
        self.settle(new);
    }

    /// Gives a new token its gap: what was gathered since the one before it.
    #[inline]
    fn settle(&mut self, new: usize) {
        if self.pending != gap::SPACE {
            if self.pending & gap::SPACE == 0 || self.pending & (gap::LINE | gap::PARAGRAPH) != 0 {
                self.gather(new);
            }
            self.out[new].gap = self.pending;
        }
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
                if self.search.is_some() {
                    self.line_begun = Some(self.state(token.start as usize, new));
                }
                self.lines.end(new);
            }
        }
        if glued {
            self.out[new - 1..=new].iter_mut().for_each(|t| t.seen.part());
        }
    }

    /// Words and numbers that were met before, and words that can be remembered at once, with what parts them. Where they end, and
    /// whether a word stands there that must be looked at by its characters.
    fn known_words(&mut self, start: usize, limit: usize) -> (usize, bool) {
        let Some(signs) = &self.signs else { return (start, true) };
        let (first, b, last) = (self.out.len(), &self.text.as_bytes()[..limit], start + COUNTABLE);
        // The first token gets its gap behind all.
        let (mut at, mut gap, mut counts, mut stuck) = (start, gap::SPACE, 0, false);
        loop {
            let Lines { stops, begun, .. } = &mut *self.lines;
            let room = Room { first: self.out.len(), tokens: self.out.free(), stops, lines: begun };
            let read = words(b, at, last, (gap, counts), (&mut self.numbering.memory().slots, signs), room);
            self.out.take(read.written);
            (at, gap, counts) = (read.end, read.gap, read.words);
            if at >= last || b.get(at).is_none_or(|&c| BYTES[usize::from(c)] != byte::WORD) {
                break;
            }
            let Some(token) = self.out.free().first_mut() else { break };
            let Some(end) = one(b, at, self.numbering, &mut token.seen) else {
                stuck = true;
                break;
            };
            token.seen.gap = gap;
            (token.start, token.end) = (at as u32, end as u32);
            counts += COUNTED[usize::from(token.class)];
            self.out.take(1);
            (at, gap) = (end, 0);
            // What is glued to it is looked at otherwise.
            if BYTES[usize::from(b[at])] == byte::WORD {
                break;
            }
        }
        if self.out.len() > first {
            self.settle(first);
            // Where the first token of the last line is still to come.
            let read = self.out.len();
            let late = self.lines.begun.pop_if(|line| line.0 as usize == read);
            self.begin_lines(counts);
            (self.pending, self.breaks) = late.map_or((gap, 0), |(_, gap, _)| (gap, 1));
        }
        (at, stuck)
    }

    /// Begins the lines that began among known words, and counts these.
    fn begin_lines(&mut self, counts: Packed) {
        let (mut begun, mut counted) = (std::mem::take(&mut self.lines.begun), 0);
        for (new, gap, before) in begun.drain(..) {
            self.lines.count(before - counted);
            counted = before;
            (self.pending, self.breaks) = (gap, 1);
            self.gather(new as usize);
            self.out[new as usize].gap = self.pending;
        }
        self.lines.begun = begun;
        self.lines.count(counts - counted);
    }

    /// Tokens between two masks. Offsets beyond 4 GB do not fit a token and are left out by the extractor's own cap.
    fn stretch(&mut self, start: usize, end: usize) {
        let mut i = start;
        let bytes = &self.text.as_bytes()[..end];
        while let Some(&c) = bytes.get(i).filter(|_| self.found.is_none()) {
            let what = BYTES[usize::from(c)];
            // Words and line breaks by turns: most of a text.
            if what == byte::WORD {
                let (at, stuck) = self.known_words(i, end);
                i = if stuck { self.character(at, end) } else { at };
                continue;
            }
            if what == byte::LINE {
                self.line();
                i += 1;
                continue;
            }
            if what & byte::MASK != 0 && self.is_mask(i) {
                return;
            }
            match what & !byte::MASK {
                byte::SPACE => {
                    self.pending |= gap::SPACE;
                    i += 1;
                }
                byte::QUOTE => {
                    self.pending |= gap::QUOTE;
                    i += 1;
                }
                byte::OTHER => {
                    self.push(i, i + 1, Seen::OTHER);
                    i += 1;
                }
                byte::LONG => {
                    i = self.clusters(i, end);
                }
                sign => {
                    self.mark(i, i + 1, usize::from(sign));
                    i += 1;
                }
            }
        }
    }

    /// Kanji and kana that were met before, or else one character of many bytes. Where they end.
    fn clusters(&mut self, start: usize, end: usize) -> usize {
        let first = self.out.len();
        // What ends a line is gathered before anything in the next is counted.
        if self.pending & (gap::LINE | gap::PARAGRAPH) == 0 {
            let (at, gap) = clusters(&self.text.as_bytes()[..end], (start, self.pending), self.numbering.memory(), self.out, self.lines);
            if self.out.len() > first {
                (self.wrapped, self.breaks) = (true, 0);
            }
            if at > start {
                self.pending = gap;
                return at;
            }
        }
        self.character(start, end)
    }

    /// Whether a mask begins or ends at a sign, if that is asked.
    fn is_mask(&mut self, i: usize) -> bool {
        self.found = self.search.as_mut().and_then(|search| search.at(i));
        self.found.is_some()
    }

    /// What begins with a character, whatever it is; where it ends.
    fn character(&mut self, i: usize, end: usize) -> usize {
        let rest = &self.text[i..end];
        let Some(c) = rest.chars().next() else { return end };
        let len = c.len_utf8();
        match class(c) {
            Class::Letter | Class::Mark => return self.word(i, end),
            Class::Digit => return self.number(i, end),
            Class::Kanji => return self.cluster(i, end, Kind::Kanji),
            Class::Hiragana => return self.cluster(i, end, Kind::Hiragana),
            Class::Katakana => return self.cluster(i, end, Kind::Katakana),
            Class::KanaMark => {
                // `ジャン＝ノエル`, but not `ハノイ＝共同`.
                let joins = matches!(c, 'ー' | 'ｰ') || self.kana_at(i + len);
                self.pending = kana_mark(self.out, (i, i + len), matches!(c, '・' | '･'), joins, self.pending);
            }
            Class::Space => self.pending |= gap::SPACE,
            Class::Line => self.line(),
            Class::Invisible => {}
            Class::Quote => self.pending |= gap::QUOTE,
            Class::Apostrophe => return self.apostrophe(i, end, len),
            Class::Dash => self.mark(i, i + len, sign::DASH),
            Class::Other => return self.other(i, end, c),
        }
        i + len
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
        self.lines.count(COUNTED[usize::from(seen.class)]);
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
        if self.search.is_some() {
            let points = (start..end).filter(|&i| self.text.as_bytes()[i] == b'.');
            for point in points {
                if self.is_mask(point) {
                    return end;
                }
            }
        }
        let seen = self.numbering.look_up(&self.text[start..end], Kind::Number);
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
        let seen = match &self.signs {
            Some(signs) => signs[sign],
            None => self.numbering.sign(sign),
        };
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
pub(crate) mod tests {
    use super::super::clusters::CHARACTERS_ALONE;
    use super::super::memory::{self, MOST_SLOTS, Memory};
    use super::super::words::{Reading, Words, Writing};
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        let (mut masked, mut out) = (Vec::new(), Tokens::default());
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
        let (mut masked, mut out) = (Vec::new(), Tokens::default());
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
        "mà", "Mà", "MÀ", "mÀ", "Ma\u{300}", "aB", "AB", "a\u{301}", "A\u{301}", "b\u{200b}ị", "B\u{200b}ị", "x한", "X한", "Đã", "đã", "12,5", "2.0",
        "a\0b", "\u{301}", "x’y", "x’s", "&amp;", "<b>", "🇻🇳", " ", " ", " ", " ", ", ", ".", "\n", "-", "'", "`", "\u{7f}", "\x0b", "\u{a0}", "“", "+",
    ];

    pub(in crate::text) fn lexicon() -> Words {
        let (mut words, mut memory, mut out) = (Words::default(), Memory::default(), Tokens::default());
        tokenize_name("thứ trưởng bộ quốc phòng hòa - administration 13 th 日越ヴ shinichi 한국 + x", &mut Writing(&mut words, &mut memory), &mut out);
        words
    }

    /// The tokens of a text, and all that its lines say.
    pub(in crate::text) fn tokens(text: &str, words: &Words, memory: &mut Memory) -> String {
        let (mut masked, mut out, mut lines) = (Vec::new(), Tokens::default(), Lines::default());
        tokenize(text, &mut Reading(words, memory), &mut masked, &mut out, &mut lines);
        format!("{:?} {lines:?}", &*out)
    }

    /// The same, if all masks are known before the first word is read.
    fn tokens_behind_masks(text: &str, words: &Words) -> String {
        let (mut out, mut lines, mut memory) = (Tokens::default(), Lines::default(), Memory::with_slots(MOST_SLOTS));
        let mut numbering = Reading(words, &mut memory);
        let mut cutter = Cutter::new(text, &mut numbering, &mut out, &mut lines);
        cutter.signs = cutter.numbering.signs();
        let end = Search::all(text).iter().fold(0, |at, m| cutter.pass(at, m));
        cutter.stretch(end, text.len());
        lines.end(out.len());
        format!("{:?} {lines:?}", &*out)
    }

    /// Addresses and markup, and what looks like them.
    #[rustfmt::skip]
    const MARKUP: &[&str] = &[
        "http://a.vn/b?c=1.", "mailto:x", "a@b.vn", "www.mod.gov.vn", "](x)", "![Bộ](", "1.000", "12.34.", "abc.vn", "12.5abc", "x-1.pdf", "Nhật_Bản.docx",
        "<p>", "<b>", "</b>", "<!-- ", " -->", "&nbsp;", "&amp;", "---\n", "tác giả: x\n", ":", ".", "@", "\u{2028}", "。", "\n", "\n\n", "\r\n",
    ];

    /// Words that meet in one set of a memory whatever its size: the worst that a text can do to it.
    pub(crate) fn meeting() -> Vec<String> {
        let place = |n: &u32| memory::place(memory::key(&format!("w{n:x}")), 128);
        (0..40_000).filter(move |n| place(n) / 4 == 3).map(|n| format!("w{n:x}")).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn masks_are_the_same_whether_they_are_sought_before_words_or_among_them(pieces in prop::collection::vec(prop_oneof![
            6 => prop::sample::select(PIECES),
            3 => prop::sample::select(MARKUP),
        ], 0..60)) {
            let (words, text) = (lexicon(), pieces.concat());
            let (mut masked, mut out, mut lines, mut memory) = (Vec::new(), Tokens::default(), Lines::default(), Memory::default());
            for _ in 0..2 {
                tokenize(&text, &mut Reading(&words, &mut memory), &mut masked, &mut out, &mut lines);
                prop_assert_eq!(format!("{:?} {lines:?}", &*out), tokens_behind_masks(&text, &words), "{:?}", text);
            }
        }

        #[test]
        fn no_memory_changes_a_token_or_line(texts in prop::collection::vec(prop::collection::vec(prop_oneof![
            9 => prop::sample::select(PIECES).prop_map(str::to_string),
            2 => prop::sample::select(MARKUP).prop_map(str::to_string),
            3 => "[A-Za-zĐđàảãáạăâêôơưÀÁ]{1,20}",
            2 => "[ぁ-んァ-ヶ一-龥ー]{1,4}",
            2 => "[アン日ー・＝ｰ･ｱﾞ、。」（ \u{3099}\n]{1,6}",
            1 => "[0-9.,]{1,18}",
            1 => any::<char>().prop_map(String::from),
        ], 0..60), 1..6)) {
            let mut words = lexicon();
            words.set_frequent(PIECES.join(" "));
            let (mut warm, mut tiny, mut poisoned, mut started) = (Memory::default(), Memory::with_slots(2), Memory::with_slots(128), Memory::default());
            started.start(words.starter());
            for w in meeting() {
                tokens(&w, &words, &mut poisoned);
            }
            for pieces in texts {
                let text = pieces.concat();
                // Without any memory each word is folded where it stands, and kanji and kana are seen one by one.
                CHARACTERS_ALONE.set(true);
                let fresh = tokens(&text, &words, &mut Memory::with_slots(MOST_SLOTS));
                CHARACTERS_ALONE.set(false);
                for memory in [&mut warm, &mut tiny, &mut poisoned, &mut started] {
                    prop_assert_eq!(&tokens(&text, &words, memory), &fresh, "{:?}", text);
                    prop_assert_eq!(&tokens(&text, &words, memory), &fresh, "{:?} again", text);
                }
            }
        }
    }
}
