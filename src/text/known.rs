//! Words that were met before: the loop in which most of a text is read.

use super::lines::{COUNTED, Packed};
use super::memory::{HIDDEN, Seen, Slot, WINDOW, class, hash, load, run};
use super::tokens::Token;

/// What was read.
pub(super) struct Read {
    /// Behind a word, or the space that follows it.
    pub end: usize,
    /// Tokens.
    pub written: usize,
    /// What the words count.
    pub words: Packed,
}

/// Signs right behind a word.
pub(super) struct Signs {
    pub comma: Seen,
    pub period: Seen,
}

/// Where tokens go.
pub(super) struct Room<'a> {
    pub tokens: &'a mut [Token],
    /// The number of the first of them.
    pub first: usize,
    /// Full stops, by their tokens.
    pub stops: &'a mut Vec<u32>,
    /// Numbers, by their tokens.
    pub numbers: &'a mut Vec<u32>,
}

/// Writes words and numbers that each have their own slot, with single spaces, commas and full stops between them, up to the first
/// place that is none of this. No more is done here, so that all that it takes has room in the processor's registers.
///
/// A run of bytes that is a remembered word from end to end is that word, whatever stands around it, if what follows can
/// neither go on with a word nor hide inside one. The last bytes of `b` are left for the long way, so that no word need
/// ask whether there is more.
#[inline(always)]
pub(super) fn words(b: &[u8], start: usize, slots: &[Slot], signs: &Signs, out: Room<'_>) -> Read {
    let Room { tokens, first, stops, numbers } = out;
    let Some(many) = slots.len().checked_sub(1) else { return Read { end: start, written: 0, words: 0 } };
    let (mut written, mut words) = (0, 0);
    let mut rest = b.get(start..).unwrap_or(&[]);
    while let Some(window) = rest.first_chunk::<WINDOW>() {
        let (len, key) = run(load(window));
        let own = hash(key) & many;
        let mut slot = &slots[own];
        if !slot.is_word_or_number(key) {
            slot = &slots[(own ^ 1) & many];
            if !slot.is_word_or_number(key) {
                break;
            }
        }
        let next = window[len];
        if next == b' ' {
            let Some(token) = tokens.get_mut(written) else { break };
            let start = (b.len() - rest.len()) as u32;
            token.seen = slot.seen;
            (token.start, token.end) = (start, start + len as u32);
            if slot.is_number() {
                note(numbers, first + written);
            }
            written += 1;
            words += COUNTS[usize::from(slot.class())];
            rest = &rest[len + 1..];
            continue;
        }
        let (point, then) = (matches!(next, b',' | b'.'), rest[len + 1]);
        // What hides in a word, and what goes on with a number.
        if HIDDEN[usize::from(next)] || point && then.is_ascii_digit() {
            break;
        }
        let Some([token, behind, ..]) = tokens.get_mut(written..) else { break };
        let start = (b.len() - rest.len()) as u32;
        let end = start + len as u32;
        token.seen = slot.seen;
        (token.start, token.end) = (start, end);
        if slot.is_number() {
            note(numbers, first + written);
        }
        written += 1;
        words += COUNTS[usize::from(slot.class())];
        // A full stop before more than a space may be one of an address.
        if !point || next == b'.' && then >= b'0' {
            rest = &rest[len..];
            break;
        }
        if next == b'.' {
            note(stops, first + written);
        }
        *behind = Token { start: end, end: end + 1, seen: if next == b'.' { signs.period } else { signs.comma } };
        written += 1;
        if then != b' ' {
            rest = &rest[len + 1..];
            break;
        }
        rest = &rest[len + 2..];
    }
    Read { end: b.len() - rest.len(), written, words }
}

/// Out of the way of words, which are more.
#[cold]
#[inline(never)]
fn note(list: &mut Vec<u32>, token: usize) {
    list.push(token as u32);
}

/// What a word adds to the counts, by the class of its slot.
const COUNTS: [Packed; 256] = {
    let mut table = [0; 256];
    let mut n = 0;
    while n <= class::COUNTED as usize {
        table[n] = COUNTED[n];
        n += 1;
    }
    table
};
