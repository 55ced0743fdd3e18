//! Numbers for the words of names, by their fine forms, so that names are compared without folding a word twice.

use super::Sight;
use crate::text::fold::fold_word;
use crate::text::tokens::Kind;
use foldhash::HashMap;

/// Numbers of words that the lexicon has not.
const UNKNOWN: u32 = 1 << 31;
/// Longer words are folded to be found.
const SHORT: usize = 32;

/// Numbers for the words of a text's names. Words of the lexicon have theirs already.
#[derive(Default)]
pub(super) struct Keys<'t> {
    forms: HashMap<String, u32>,
    /// Words with letters beyond ASCII, once each.
    spellings: HashMap<&'t str, Option<u32>>,
}

impl<'t> Keys<'t> {
    /// The number of a word of a name, given anew where it has none. Names are numbered before other words are held
    /// against them.
    pub(super) fn of(&mut self, s: &Sight<'t>, at: usize) -> u32 {
        let t = &s.tokens[at];
        if t.kind == Kind::Word && t.fine != 0 {
            return t.fine;
        }
        let next = UNKNOWN + self.forms.len() as u32;
        *self.forms.entry(fold_word(s.raw(at)).fine).or_insert(next)
    }

    /// The numbers of the words of a name.
    pub(super) fn all(&mut self, s: &Sight<'t>, start: usize, end: usize) -> Vec<u32> {
        (start..end).map(|i| self.of(s, i)).collect()
    }

    /// The number of a word, if some name can have it.
    pub(super) fn find(&mut self, s: &Sight<'t>, at: usize) -> Option<u32> {
        let t = &s.tokens[at];
        if t.kind == Kind::Word && t.fine != 0 {
            return Some(t.fine);
        }
        if self.forms.is_empty() {
            return None;
        }
        let raw = s.raw(at);
        // Plain letters fold to small ones, as most of the words do that no list has.
        if raw.len() <= SHORT && raw.bytes().all(|b| b.is_ascii_alphanumeric()) {
            let mut small = [0; SHORT];
            let small = &mut small[..raw.len()];
            small.copy_from_slice(raw.as_bytes());
            small.make_ascii_lowercase();
            return std::str::from_utf8(small).ok().and_then(|w| self.forms.get(w)).copied();
        }
        let forms = &self.forms;
        *self.spellings.entry(raw).or_insert_with(|| forms.get(&fold_word(raw).fine).copied())
    }

    /// The numbers of the words from one token to another, if some name can have them all.
    pub(super) fn find_all(&mut self, s: &Sight<'t>, start: usize, end: usize) -> Option<Vec<u32>> {
        (start..end).map(|i| self.find(s, i)).collect()
    }
}
