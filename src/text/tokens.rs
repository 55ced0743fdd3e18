//! Tokens: words, clusters and signs with their places in the text.

use super::fold;
use super::memory::Seen;
use std::ops::{Deref, DerefMut};

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

/// The tokens of a text, in a buffer that is used again.
///
/// Behind them the buffer keeps what was there before, so that who reads writes token after token without asking for room.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    buffer: Vec<Token>,
    count: usize,
}

/// Tokens that room is made for at a time, at least and at most.
const ROOM: (usize, usize) = (64, 1 << 14);

impl Tokens {
    pub(super) fn clear(&mut self) {
        self.count = 0;
    }

    /// Only so many of the first tokens stay.
    pub(super) fn truncate(&mut self, count: usize) {
        self.count = self.count.min(count);
    }

    #[inline]
    pub(super) fn push(&mut self, token: Token) {
        if let Some(free) = self.free().first_mut() {
            *free = token;
            self.count += 1;
        }
    }

    /// Makes room for so many tokens in all.
    pub(super) fn make_room(&mut self, count: usize) {
        if self.buffer.len() < count {
            self.buffer.resize(count, Token::NONE);
        }
    }

    /// Room for more tokens, at least one. What is written there belongs to the tokens once it is [taken](Self::take).
    #[inline]
    pub(super) fn free(&mut self) -> &mut [Token] {
        if self.buffer.len() == self.count {
            self.grow();
        }
        &mut self.buffer[self.count..]
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self) {
        self.make_room(self.count + (self.count / 2).clamp(ROOM.0, ROOM.1));
    }

    /// As many tokens were written behind the others.
    #[inline]
    pub(super) fn take(&mut self, written: usize) {
        self.count += written.min(self.buffer.len() - self.count);
    }

    /// The tokens with so many more behind them, of which the first two are [nothing](Token::NONE) and the others anything.
    pub(crate) fn padded(&mut self, more: usize) -> &[Token] {
        self.make_room(self.count + more);
        self.buffer[self.count..].iter_mut().take(2).for_each(|t| *t = Token::NONE);
        &self.buffer[..self.count + more]
    }
}

impl Deref for Tokens {
    type Target = [Token];

    #[inline]
    fn deref(&self) -> &[Token] {
        &self.buffer[..self.count]
    }
}

impl DerefMut for Tokens {
    #[inline]
    fn deref_mut(&mut self) -> &mut [Token] {
        &mut self.buffer[..self.count]
    }
}
