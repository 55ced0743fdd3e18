//! What begins at a token, one after the other.

use super::rows::Word;
use super::{Chart, Item, SILENT, silence};
use crate::lexicon::grammar::Symbols;
use crate::lexicon::phrases::Phrase;

/// What begins at a token, see [`Chart::with`]. Mostly nothing that is asked for does, which is seen at one look.
pub(crate) struct Begun<'a> {
    pub(super) over: bool,
    /// The next item that is laid.
    pub(super) laid: u32,
    /// What the token is by itself, and how much of that was handed over.
    pub(super) silent: u16,
    pub(super) said: u16,
    pub(super) words: Words<'a>,
}

impl Begun<'_> {
    #[inline(never)]
    fn find(&mut self) -> Option<Item> {
        let Words { chart, token, symbols, .. } = self.words;
        while let Some(item) = chart.items.get(self.laid as usize) {
            self.laid = item.next;
            if item.symbols & symbols != 0 {
                return Some(*item);
            }
        }
        if let Some((number, word)) = self.words.next() {
            return Some(chart.quiet(number, &word));
        }
        let silent = chart.lx.silent[usize::from(self.silent)].items.get(usize::from(self.said)..).unwrap_or_default();
        for word in silent {
            self.said += 1;
            if word.symbols & symbols != 0 {
                return Some(silence(token, word));
            }
        }
        self.over = true;
        None
    }
}

impl Iterator for Begun<'_> {
    type Item = Item;

    #[inline]
    fn next(&mut self) -> Option<Item> {
        if self.over { None } else { self.find() }
    }
}

/// Quiet words of a token with one of the symbols, from the last on, and the phrases that are silent in their places among them,
/// as if they had come with the others.
pub(super) struct Words<'a> {
    pub(super) chart: &'a Chart<'a>,
    pub(super) token: usize,
    pub(super) symbols: Symbols,
    /// The next of those that are laid, or 0.
    pub(super) next: usize,
    /// The number of the phrases that are still to be sought, or 0.
    pub(super) number: u16,
    /// Those that may stand here.
    pub(super) phrases: &'a [Phrase],
}

impl Words<'_> {
    /// The next one that is laid.
    #[inline]
    fn laid(&mut self) -> Option<(u32, Word)> {
        while self.next > 0 {
            let (number, word) = (self.next, self.chart.rows.words[self.next]);
            self.next = self.chart.rows.before(number);
            if self.chart.symbols_of(&word) & self.symbols != 0 {
                return Some((number as u32, word));
            }
        }
        None
    }

    /// The next one as long as there are phrases.
    #[inline(never)]
    fn phrase(&mut self) -> Option<(u32, Word)> {
        let (chart, start) = (self.chart, self.token as u32);
        while let [phrase, rest @ ..] = self.phrases {
            if phrase.symbols() & self.symbols != 0
                && let Some(end) = phrase.end(chart.lx, chart.tokens, self.token)
            {
                let next = self.next;
                match self.laid() {
                    Some((number, word)) if (word.end, word.surface) > (end, phrase.surface) => return Some((number, word)),
                    _ => self.next = next,
                }
                self.phrases = rest;
                let Phrase { surface, shape, languages, .. } = *phrase;
                return Some((SILENT, Word { start, end, surface, shape, languages, bare: false }));
            }
            self.phrases = rest;
        }
        self.laid()
    }
}

impl Iterator for Words<'_> {
    type Item = (u32, Word);

    #[inline]
    fn next(&mut self) -> Option<(u32, Word)> {
        if self.number != 0 {
            self.phrases = self.chart.lx.phrases.at(self.chart.tokens, self.token, self.number, self.symbols);
            self.number = 0;
        }
        if self.phrases.is_empty() { self.laid() } else { self.phrase() }
    }
}
