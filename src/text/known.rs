//! Words that were met before: the loop in which most of a text is read.

use super::bytes::{BLOCK, each, pad};
use super::lines::{COUNTED, Packed};
use super::mask;
use super::memory::{HIDDEN, Key, SIGNS, SLOT_BYTES, Signs, Slot, WINDOW, bring, hash, sign};
use super::script::{Class, ascii_class};
use super::tokens::{Token, gap};
use wide::{CmpLt, i8x16};

/// What to do at a byte. Lesser numbers are signs, by their places among [`SIGNS`].
pub(super) mod byte {
    /// A token that says nothing.
    pub(in crate::text) const OTHER: u8 = super::SIGNS.len() as u8;
    /// Letters and digits.
    pub(in crate::text) const WORD: u8 = 16;
    pub(in crate::text) const SPACE: u8 = 17;
    pub(in crate::text) const LINE: u8 = 18;
    pub(in crate::text) const QUOTE: u8 = 19;
    /// Its character must be looked at.
    pub(in crate::text) const LONG: u8 = 20;
    /// What is done at a byte at which a mask may begin or end has this beside it.
    pub(in crate::text) const MASK: u8 = 64;
}

/// What to do at each byte: the same as where characters are looked at.
pub(super) const BYTES: [u8; 256] = {
    let mut table = [byte::LONG; 256];
    let mut c = 0;
    while c < 0x80 {
        table[c] = match (ascii_class(c as u8), c as u8) {
            (Class::Letter | Class::Digit, _) => byte::WORD,
            (Class::Space, _) => byte::SPACE,
            (Class::Line, _) => byte::LINE,
            (Class::Quote, _) => byte::QUOTE,
            // Markdown, and entities.
            (Class::Other, b'*' | b'_' | b'~' | b'#' | b'&') => byte::LONG,
            (Class::Dash | Class::Other, c) => match sign::of_byte(c) {
                Some(sign) => sign as u8,
                None => byte::OTHER,
            },
            _ => byte::LONG,
        };
        c += 1;
    }
    // Latin letters, and the first bytes of others: no kanji or kana begins so.
    while c < 256 {
        if c >= 0xc3 && c <= 0xe1 {
            table[c] = byte::WORD;
        }
        c += 1;
    }
    let mut n = 0;
    while n < mask::SIGNS.len() {
        table[mask::SIGNS[n] as usize] |= byte::MASK;
        n += 1;
    }
    table
};

/// What was read.
pub(super) struct Read {
    /// Before the first that must be looked at otherwise.
    pub end: usize,
    /// What lies before that, since the last token.
    pub gap: u8,
    /// Tokens.
    pub written: usize,
    /// What the words count, with those before.
    pub words: Packed,
}

/// Where tokens go.
pub(super) struct Room<'a> {
    pub tokens: &'a mut [Token],
    /// The number of the first of them.
    pub first: usize,
    /// Marks that can end a sentence, by their tokens.
    pub stops: &'a mut Vec<u32>,
    /// First tokens of lines, each with what lies before it and what the words there count. The token itself has a space there.
    pub lines: &'a mut Vec<(u32, u8, Packed)>,
}

/// The bytes whose ends of words are found at once, with those behind that a word which begins there may have.
const AREA: usize = BLOCK + WINDOW;

/// Writes words and numbers that were met before, the signs between them, and line breaks before a word, up to the first place that
/// is none of this, or not before `last`. `before` is what lies before the first, and what the words before it count.
///
/// A run of bytes that is a remembered word from end to end is that word, whatever stands around it, if what follows can
/// neither go on with a word nor hide inside one. No more is done here, so that most of what it takes has room in the processor's
/// registers.
pub(super) fn words(b: &[u8], start: usize, last: usize, before: (u8, Packed), known: (&mut [Slot], &Signs), room: Room<'_>) -> Read {
    let Room { tokens, first, stops, lines } = room;
    let ((slots, signs), count) = (known, tokens.len());
    let (mut begin, (mut gap, mut words), mut free) = (start, before, tokens.iter_mut());
    let Some(many) = slots.len().checked_sub(1) else { return Read { end: start, gap, written: 0, words } };
    let mut leaves = false;
    while !leaves && begin < last {
        let rest = b.get(begin..).unwrap_or_default();
        let padded;
        let area = match rest.first_chunk() {
            Some(area) => area,
            None => {
                padded = pad(rest);
                &padded
            }
        };
        let base = begin as u32;
        let (mut ends, mut at) = (ends(area), 0);
        leaves = true;
        'block: loop {
            let (mut end, mut next);
            // Most words stand behind a space, as they do in the memory, and before another.
            loop {
                if ends == 0 {
                    leaves = at == 0;
                    break 'block;
                }
                end = ends.trailing_zeros() as usize;
                next = area[end];
                if next != b' ' || end <= at || gap != gap::SPACE {
                    break;
                }
                let key = key(area, at, end - at);
                let own = hash(key);
                let mut slot = &slots[own & many];
                if !slot.is_word_or_number(key) {
                    if !bring(slots, own & many, (key[0], key[1])) {
                        break 'block;
                    }
                    slot = &slots[own & many];
                }
                let Some(token) = free.next() else { break 'block };
                token.seen = slot.seen;
                (token.start, token.end) = (base + at as u32, base + end as u32);
                words += COUNTED[usize::from(slot.seen.class)];
                ends &= ends - 1;
                at = end + 1;
            }
            // Words before a sign or line break, or behind anything but a space.
            if end > at {
                let key = key(area, at, end - at);
                let own = hash(key);
                let mut slot = &slots[own & many];
                if !slot.is_word_or_number(key) {
                    if !bring(slots, own & many, (key[0], key[1])) {
                        break;
                    }
                    slot = &slots[own & many];
                }
                // What hides in a word, and what goes on with a number.
                if HIDDEN[usize::from(next)] || matches!(next, b',' | b'.') && area[end + 1].is_ascii_digit() {
                    break;
                }
                let Some(token) = free.next() else { break };
                token.seen = slot.seen;
                token.seen.gap = std::mem::take(&mut gap);
                (token.start, token.end) = (base + at as u32, base + end as u32);
                words += COUNTED[usize::from(slot.seen.class)];
                at = end;
            }
            ends &= ends - 1;
            let (what, behind) = (BYTES[usize::from(next)], area[end + 1]);
            let sign = usize::from(what & !byte::MASK);
            // Behind most signs stands a space. They are written by themselves, as with the others it would be made out what follows
            // before the next word can be looked for.
            if behind == b' ' {
                if let Some(&seen) = signs.get(sign) {
                    let Some(token) = free.next() else { break };
                    token.seen = seen;
                    token.seen.gap = gap;
                    (token.start, token.end) = (base + end as u32, base + end as u32 + 1);
                    if matches!(sign, sign::PERIOD | sign::STOP) {
                        note(stops, first + count - free.len() - 1);
                    }
                    gap = gap::SPACE;
                    ends &= ends.wrapping_sub(1);
                    at = end + 2;
                    continue;
                }
            } else if what & byte::MASK != 0 && behind > b' ' {
                // It may be one of an address.
                break;
            }
            match what & !byte::MASK {
                byte::SPACE => gap |= gap::SPACE,
                byte::QUOTE => gap |= gap::QUOTE,
                byte::LINE if next == b'\n' && BYTES[usize::from(behind)] == byte::WORD => {
                    begin_line(lines, first + count - free.len(), gap | gap::LINE, words);
                    gap = gap::SPACE;
                }
                _ => {
                    let Some(&seen) = signs.get(sign) else { break };
                    let Some(token) = free.next() else { break };
                    token.seen = seen;
                    token.seen.gap = std::mem::take(&mut gap);
                    (token.start, token.end) = (base + end as u32, base + end as u32 + 1);
                    if matches!(sign, sign::PERIOD | sign::STOP) {
                        note(stops, first + count - free.len() - 1);
                    }
                    if behind == b'\n' && BYTES[usize::from(area[end + 2])] == byte::WORD {
                        begin_line(lines, first + count - free.len(), gap::LINE, words);
                        gap = gap::SPACE;
                        ends &= ends.wrapping_sub(1);
                        at = end + 2;
                        continue;
                    }
                }
            }
            at = end + 1;
        }
        begin += at;
    }
    Read { end: begin, gap, written: count - free.len(), words }
}

/// So many bytes of a block as a key. Where they are too many for a slot, it is one that no word has.
#[inline]
fn key(area: &[u8; AREA], start: usize, len: usize) -> Key {
    let half = |from: usize| area[start % BLOCK + from..].first_chunk().map_or(0, |c| u64::from_le_bytes(*c));
    let keep = &KEEP[len % BLOCK];
    [half(0) & keep[0], half(8) & keep[1]]
}

/// The first bytes of a key, by how many they are.
static KEEP: [Key; BLOCK] = {
    let mut table = [[0; 2]; BLOCK];
    let mut n = 1;
    while n <= SLOT_BYTES {
        table[n] = if n <= 8 { [u64::MAX >> (64 - 8 * n), 0] } else { [u64::MAX, u64::MAX >> (128 - 8 * n)] };
        n += 1;
    }
    table
};

/// The bytes of a block that end a word: a bit for each. The few signs before and behind the letters do not, but no remembered word
/// has any of them where a text has it otherwise.
#[inline]
fn ends(area: &[u8; AREA]) -> u64 {
    // With two bits turned over, digits come first and letters behind 63; what is between is all the rest. Bytes are compared as if they
    // had signs.
    const TURNED: u8 = b'0';
    const REST: std::ops::Range<u8> = 10..64;
    let turn = i8x16::splat(TURNED as i8);
    let (first, end) = (i8x16::splat((i8::MIN as u8).wrapping_sub(REST.start) as i8), i8x16::splat(i8::MIN + (REST.end - REST.start) as i8));
    let block = area.first_chunk().unwrap_or(&[0; BLOCK]);
    each(block, |bytes| ((bytes ^ turn) + first).cmp_lt(end))
}

/// Out of the way of words, which are more.
#[cold]
#[inline(never)]
fn note(list: &mut Vec<u32>, token: usize) {
    list.push(token as u32);
}

/// The same.
#[cold]
#[inline(never)]
fn begin_line(list: &mut Vec<(u32, u8, Packed)>, token: usize, gap: u8, words: Packed) {
    list.push((token as u32, gap, words));
}

#[cfg(test)]
mod tests {
    use super::super::cut::tests::{lexicon, tokens};
    use super::super::cut::tokenize;
    use super::super::lines::Lines;
    use super::super::memory::Memory;
    use super::super::tokens::Tokens;
    use super::super::words::Reading;

    /// A memory of two slots knows next to nothing, so that words are looked at by their characters.
    #[test]
    fn wherever_a_block_ends_words_are_the_same() {
        let (words, mut warm) = (lexicon(), Memory::default());
        let pieces =
            ["bộ quốc, phòng. ", "Bộ (phòng) ", "12,5 % 13th ", "\"quốc\" - ", "thứ: trưởng;\n", "administration ", "nghiêng/hoà ", "x\n\nBộ ", "a@b.vn "];
        for (n, piece) in pieces.into_iter().enumerate() {
            let text = [&pieces[n..], &pieces[..n]].concat().concat();
            for skipped in (0..piece.len()).filter(|&at| piece.is_char_boundary(at)) {
                // The end comes everywhere too: what stands behind it in memory belongs to nothing.
                for end in (skipped..text.len().min(skipped + 140)).filter(|&at| text.is_char_boundary(at)) {
                    let part = &text[skipped..end];
                    for _ in 0..2 {
                        assert_eq!(tokens(part, &words, &mut warm), tokens(part, &words, &mut Memory::with_slots(2)), "{part:?}");
                    }
                }
            }
        }
    }
    /// A cluster is counted where characters are looked at, however often it was met.
    #[test]
    fn what_is_neither_a_word_nor_a_number_is_not_read_here() {
        let (words, mut memory) = (lexicon(), Memory::default());
        let (mut front, mut out, mut lines) = (Vec::new(), Tokens::default(), Lines::default());
        for _ in 0..3 {
            tokenize("quốc 日 quốc ヴ quốc 越日 12 の phòng", &mut Reading(&words, &mut memory), &mut front, &mut out, &mut lines);
            assert_eq!((lines.sums.kanji, lines.sums.kana, out.len()), (3, 4, 10));
        }
    }
}
