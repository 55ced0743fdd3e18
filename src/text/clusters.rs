//! Kanji and kana that were met before: the loop in which most of a Japanese text is read.

use super::lines::Lines;
use super::memory::Memory;
use super::tokens::{Token, Tokens};

/// Bytes of a kanji or kana, but for rare ones.
const CLUSTER: usize = 3;

/// Writes kanji and kana that were met before and stand right behind a token, up to the first place that is none of this. Where that is.
///
/// The last character of a text is left to who looks at characters, as what follows must be seen.
pub(super) fn clusters(text: &[u8], start: usize, memory: &Memory, out: &mut Tokens, lines: &mut Lines) -> usize {
    let mut at = start;
    while let Some(&[a, b, c, next @ ..]) = text.get(at..).and_then(|rest| rest.first_chunk::<{ 2 * CLUSTER }>()) {
        let key = [u64::from(a) | u64::from(b) << 8 | u64::from(c) << 16, 0];
        let Some(slot) = memory.own(key).filter(|slot| slot.seen.kind.is_cjk() && stands_alone(next)) else { break };
        let mut seen = slot.seen;
        seen.gap = 0;
        lines.script(seen.kind);
        out.push(Token { start: at as u32, end: (at + CLUSTER) as u32, seen });
        at += CLUSTER;
    }
    at
}

/// Whether bytes surely begin a character that is not laid on the one before it.
#[inline]
fn stands_alone(bytes: [u8; CLUSTER]) -> bool {
    match bytes {
        [b'\n' | b' '..=b'~' | 0xe4..=0xe9, ..] => true,
        // Japanese signs, hiragana and katakana, but for the marks among them.
        [0xe3, 0x80, third] => third < 0xaa,
        [0xe3, 0x82, third] => !matches!(third, 0x99 | 0x9a),
        [0xe3, 0x81 | 0x83, _] => true,
        _ => false,
    }
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
