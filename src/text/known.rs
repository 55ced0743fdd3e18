//! Words that were met before: the loop in which most of a text is read.

use super::lines::{COUNTED, Packed};
use super::memory::{HIDDEN, SIGNS, Seen, Slot, WINDOW, class, hash, load, run, sign};
use super::tokens::{Kind, Token, gap};

/// What was read.
pub(super) struct Read {
    /// Behind a word, or the space that follows it.
    pub end: usize,
    /// Tokens.
    pub written: usize,
    /// What the words count.
    pub words: Packed,
}

/// What the signs are, by [`SIGNS`] and behind these a sign that says nothing.
pub(super) type Signs = [Seen; SIGNS.len() + 1];

/// Where tokens go.
pub(super) struct Room<'a> {
    pub tokens: &'a mut [Token],
    /// The number of the first of them.
    pub first: usize,
    /// Full stops and their like, by their tokens.
    pub stops: &'a mut Vec<u32>,
    /// Numbers, by their tokens.
    pub numbers: &'a mut Vec<u32>,
}

/// Writes words and numbers that each have their own slot, with single spaces and [plain](PLAIN) signs between them, up to the first
/// place that is none of this. No more is done here, so that all that it takes has room in the processor's registers.
///
/// A run of bytes that is a remembered word from end to end is that word, whatever stands around it, if what follows can
/// neither go on with a word nor hide inside one. The last bytes of `b` are left for the long way, so that no word need
/// ask whether there is more.
#[inline(always)]
pub(super) fn words(b: &[u8], start: usize, slots: &[Slot], signs: &Signs, mut out: Room<'_>) -> Read {
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
                if len > 0 {
                    break;
                }
                // A sign between spaces, or one that opens.
                let before = b.len() - rest.len();
                let end = plain_signs(b, before, gap::SPACE, signs, &mut out, &mut written);
                rest = &b[end..];
                if end == before || b[end - 1] != b' ' {
                    break;
                }
                continue;
            }
        }
        let next = window[len];
        // What hides in a word, and what goes on with a number.
        if next != b' ' && (HIDDEN[usize::from(next)] || matches!(next, b',' | b'.') && rest[len + 1].is_ascii_digit()) {
            break;
        }
        let Some(token) = out.tokens.get_mut(written) else { break };
        let start = (b.len() - rest.len()) as u32;
        token.seen = slot.seen;
        (token.start, token.end) = (start, start + len as u32);
        if slot.is_number() {
            note(out.numbers, out.first + written);
        }
        written += 1;
        words += COUNTS[usize::from(slot.class())];
        if next == b' ' {
            rest = &rest[len + 1..];
            continue;
        }
        let end = plain_signs(b, b.len() - rest.len() + len, 0, signs, &mut out, &mut written);
        rest = &b[end..];
        if end == 0 || b[end - 1] != b' ' {
            break;
        }
    }
    Read { end: b.len() - rest.len(), written, words }
}

/// Writes the signs at a place that are themselves whatever stands around them, with what lies before the first. Where they end: behind
/// them, or the space that follows.
#[inline(never)]
fn plain_signs(b: &[u8], start: usize, mut gap: u8, signs: &Signs, out: &mut Room<'_>, written: &mut usize) -> usize {
    let mut at = start;
    while let Some(&[c, next]) = b.get(at..).and_then(|rest| rest.first_chunk()) {
        let Some(&seen) = signs.get(usize::from(PLAIN[usize::from(c)])) else { break };
        // A full stop may be one of an address.
        if c == b'.' && next >= b'0' {
            break;
        }
        let Some(token) = out.tokens.get_mut(*written) else { break };
        *token = Token { start: at as u32, end: at as u32 + 1, seen: Seen { gap, ..seen } };
        if matches!(seen.kind, Kind::Period | Kind::Stop) {
            note(out.stops, out.first + *written);
        }
        *written += 1;
        gap = 0;
        at += 1;
        if next == b' ' {
            return at + 1;
        }
    }
    at
}

/// Signs that are tokens of their own whatever stands around them, by their places in [`Signs`].
const PLAIN: [u8; 256] = {
    let mut table = [u8::MAX; 256];
    let plain = *b",.()/-+!%";
    let mut i = 0;
    while i < plain.len() {
        table[plain[i] as usize] = match sign::of_byte(plain[i]) {
            Some(sign) => sign as u8,
            None => SIGNS.len() as u8,
        };
        i += 1;
    }
    table
};

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
