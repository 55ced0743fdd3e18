//! Kanji and kana that were met before: the loop in which most of a Japanese text is read.

use super::lines::Lines;
use super::memory::{Memory, Seen};
use super::tokens::{Kind, Token, Tokens, gap};

/// Bytes of a kanji or kana, but for rare ones.
const CLUSTER: usize = 3;

#[cfg(test)]
thread_local! {
    /// Nothing is read here: a test holds what is read against what is seen character by character.
    pub(super) static CHARACTERS_ALONE: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

/// What lengthens a kana, and what stands between the parts of a name. The compiler sees that each has its bytes: nothing fails when a
/// text is read.
const LONG_MARK: [u8; CLUSTER] = *"ー".as_bytes().first_chunk().expect("three bytes");
const DOT: [u8; CLUSTER] = *"・".as_bytes().first_chunk().expect("three bytes");

/// Writes kanji and kana that were met before, up to the first place that is none of this; what lies before the first of them is told.
/// Where that is, and what lies before what is next.
///
/// The last character of a text is left to who looks at characters, as what follows must be seen.
pub(super) fn clusters(text: &[u8], (start, before): (usize, u8), memory: &Memory, out: &mut Tokens, lines: &mut Lines) -> (usize, u8) {
    #[cfg(test)]
    if CHARACTERS_ALONE.get() {
        return (start, before);
    }
    let (mut at, mut gap) = (start, before);
    while let Some(&[a, b, c, next @ ..]) = text.get(at..).and_then(|rest| rest.first_chunk::<{ 2 * CLUSTER }>()) {
        let key = [u64::from(a) | u64::from(b) << 8 | u64::from(c) << 16, 0];
        // In a small memory many have a place that is another's own.
        let seen = memory.own(key).map(|slot| slot.seen).or_else(|| memory.recall_key(key));
        if let Some(seen) = seen.filter(|seen| seen.kind.is_cjk() && stands_alone(next)) {
            let seen = Seen { gap, ..seen };
            lines.script(seen.kind);
            out.push(Token { start: at as u32, end: (at + CLUSTER) as u32, seen });
            gap = 0;
        } else if [a, b, c] == LONG_MARK || [a, b, c] == DOT {
            gap = kana_mark(out, (at, at + CLUSTER), [a, b, c] == DOT, true, gap);
        } else {
            break;
        }
        at += CLUSTER;
    }
    (at, gap)
}

/// What lies before what follows a mark inside katakana, with what lies before the mark; whether the mark `joins` the kana around it.
pub(super) fn kana_mark(out: &mut Tokens, (start, end): (usize, usize), dot: bool, joins: bool, before: u8) -> u8 {
    match out.last_mut() {
        // A long mark belongs to its kana, so that the span of a name takes it in.
        Some(last) if !dot && joins && before == 0 && last.end as usize == start && matches!(last.kind, Kind::Katakana | Kind::Hiragana) => {
            last.end = end as u32;
            0
        }
        _ if dot => before | gap::MIDDLE_DOT,
        _ => before | gap::KANA_MARK,
    }
}

/// Whether bytes surely begin a character that is not laid on the one before it: signs of ASCII, kanji, and of what begins with `e3`
/// Japanese signs and kana, but for the marks among them. Kanji and kana come by turns that nobody could guess, so that nothing branches.
#[inline]
fn stands_alone([first, second, third]: [u8; CLUSTER]) -> bool {
    let code = u32::from(second & 0x3f) << 6 | u32::from(third & 0x3f);
    let kana = (code < 0x2a) | (code.wrapping_sub(0x40) < 0xc0) & (code.wrapping_sub(0x99) > 1);
    (first == b'\n') | (first.wrapping_sub(b' ') < 0x5f) | (first.wrapping_sub(0xe4) < 6) | (first == 0xe3) & kana
}

#[cfg(test)]
mod tests {
    use super::super::script::{Class, class};
    use super::*;

    #[test]
    fn what_stands_alone_is_no_mark() {
        let mut alone = 0;
        for c in ('\0'..=char::MAX).filter(|c| c.len_utf8() <= CLUSTER) {
            let mut bytes = [0; CLUSTER];
            c.encode_utf8(&mut bytes);
            let laid = matches!(class(c), Class::Mark | Class::Invisible) || matches!(c, '\u{ff9e}' | '\u{ff9f}');
            assert!(!(laid && stands_alone(bytes)), "{c:?}");
            alone += usize::from(stands_alone(bytes));
        }
        assert!(alone > 20_000, "kanji and kana stand alone");
    }
}
