//! Short words of Latin letters, folded as numbers: no text is made of them, and no character looked at twice.

use super::fold::{CAPITAL, CASED, INNER, MARKED, SYLLABLE, UPPER, VIETNAMESE_MARK, letters};
use super::index::Short;
use super::memory::{KEY_BYTES, SLOT_BYTES};
use super::vietnamese::{QUALITIES, SHAPED, TONES, code, quality, settle_codes, tone};
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// Such a word, and what its letters say about it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Latin {
    pub fine: Short,
    pub coarse: Short,
    pub flags: u8,
}

/// What the general way makes of each Latin letter, so that words of such letters need not go it.
struct Tables {
    /// Each letter and mark: its [`code`], then its tone in three bits, whether it is a capital, and whether it is [`ALTERED`]; 0 for what
    /// is not as simple as that.
    letters: Vec<u16>,
    /// The composed form of a letter, by code and, above it, tone: its bytes, and how many bits they are in the highest one. 0 where there
    /// is no single one.
    composed: Vec<u32>,
}

const TONE: u32 = u8::BITS;
const A_CAPITAL: u16 = 1 << 11;
/// Its small form is another than the composed one of its code and tone.
const ALTERED: u16 = 1 << 12;

/// Where letters begin in [`Tables::letters`] that are not among the first ones and the marks.
const FURTHER: usize = 0x370;

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut composed = vec![0; TONES.len() << TONE];
    for base in ('a'..='z').chain(['đ']) {
        for (quality, q) in QUALITIES.into_iter().zip(0..) {
            for (tone, t) in TONES.into_iter().zip(0..) {
                let mut whole = [base, quality, tone].into_iter().filter(|&c| c != '\0').nfc();
                let (Some(c), None) = (whole.next(), whole.next()) else { continue };
                composed[usize::from(code::of(base, q)) | t << TONE] = bytes(c) | (8 * c.len_utf8() as u32) << 24;
            }
        }
    }
    let simple = |c: char| {
        if matches!(c, '\u{300}'..'\u{370}') {
            return u16::from(quality(c)) << code::QUALITY | u16::from(tone(c)) << TONE;
        }
        let [l] = letters(c.encode_utf8(&mut [0; 4]))[..] else { return 0 };
        let code = code::of(l.base, l.quality);
        if code & code::BASE == code::OTHER || !(c.is_uppercase() || c.is_lowercase()) {
            return 0;
        }
        let letter = u16::from(code) | u16::from(l.tone) << TONE;
        let mut small = c.to_lowercase();
        let altered = small.next().map_or(0, bytes) != composed[usize::from(letter)] & 0xff_ffff || small.next().is_some();
        letter | if c.is_uppercase() { A_CAPITAL } else { 0 } | if altered { ALTERED } else { 0 }
    };
    Tables { letters: ('\0'..'\u{370}').chain('\u{1e00}'..'\u{1f00}').map(simple).collect(), composed }
});

/// The bytes of a character, the first one lowest.
fn bytes(c: char) -> u32 {
    let mut bytes = [0; 4];
    c.encode_utf8(&mut bytes);
    u32::from_le_bytes(bytes)
}

/// The place of the first character of a text among [`Tables::letters`], if it is there, and how many bits it has.
#[inline]
fn first(text: u32) -> Option<(usize, u32)> {
    let [a, b, c, _] = text.to_le_bytes().map(usize::from);
    match (a, b) {
        (0..0x80, _) => Some((a, 8)),
        (0xc2..=0xcd, _) => Some(((a & 0x1f) << 6 | b & 0x3f, 16)),
        (0xe1, 0xb8..=0xbb) => Some((FURTHER + ((b & 3) << 6 | c & 0x3f), 24)),
        _ => None,
    }
}

/// The lowest `len` bytes of a word, each with these bits.
const fn each(bits: u8, len: usize) -> u128 {
    (u128::MAX / 255 * bits as u128) & if len == 0 { 0 } else { u128::MAX >> (8 * (KEY_BYTES - len)) }
}

/// Folds a word of Latin letters with no marks but Vietnamese ones, composed or not; nothing where there is more to it.
#[inline]
pub(super) fn fold_latin(word: Short) -> Option<Latin> {
    let (bytes, len) = word.bytes();
    if len == 0 || len > SLOT_BYTES {
        None
    } else if bytes & each(1 << 7, KEY_BYTES) == 0 {
        fold_ascii(bytes, len)
    } else {
        fold_marked(bytes, len)
    }
}

/// What a small letter of ASCII has more than its capital: one bit.
const SMALL: u8 = b'a' - b'A';

/// Flags of case for a word with letters of which some, by bits, are capitals.
#[inline]
fn case(capitals: u128, first: u128, all: u128) -> u8 {
    let flag = |flag: u8, is: bool| if is { flag } else { 0 };
    CASED | flag(CAPITAL, capitals & first != 0) | flag(INNER, capitals & !first != 0) | flag(UPPER, capitals == all)
}

/// The same of ASCII letters, all at a time.
fn fold_ascii(bytes: u128, len: usize) -> Option<Latin> {
    let high = each(1 << 7, len);
    let lower = bytes | each(SMALL, len);
    // No byte carries over to the next.
    let (from_a, behind_z) = (lower + each(0x80 - b'a', KEY_BYTES), lower + each(0x80 - b'z' - 1, KEY_BYTES));
    if from_a & !behind_z & high != high {
        return None;
    }
    let folded = Short::of_bytes(lower, len);
    let syllable = len <= SHAPED && settle_codes((lower & each(code::BASE, len)) as u64, 0).0;
    let flags = case(!bytes & each(SMALL, len), u128::from(SMALL), each(SMALL, len)) | if syllable { SYLLABLE } else { 0 };
    Some(Latin { fine: folded, coarse: folded, flags })
}

/// The same of any letters, at most [`SHAPED`].
fn fold_marked(word: u128, len: usize) -> Option<Latin> {
    let letters = &*TABLES.letters;
    let (mut rest, mut codes, mut tones, mut capitals, mut end) = (word, 0u64, 0u64, 0u64, 0);
    // But for a capital of one byte at its beginning it is written as it is folded.
    let mut plain = true;
    while rest != 0 {
        let (place, bits) = first(rest as u32)?;
        let letter = *letters.get(place)?;
        let (code, tone) = (u64::from(letter as u8), u64::from(letter >> TONE & 7));
        if letter as u8 & code::BASE != 0 {
            if end == 8 * SHAPED {
                return None;
            }
            plain &= letter & (A_CAPITAL | ALTERED) == 0 || end == 0 && bits == 8;
            capitals |= u64::from(letter & A_CAPITAL != 0) << end;
        } else {
            // A mark upon the letter before it, if that has none of its kind.
            plain = false;
            end = usize::checked_sub(end, 8)?;
            if letter == 0 || code != 0 && (codes >> end) as u8 & code::QUALITIES != 0 || tone != 0 && tones >> end != 0 {
                return None;
            }
        }
        codes |= code << end;
        tones |= tone << end;
        end += 8;
        rest >>= bits;
    }
    let (syllable, settled) = settle_codes(codes, tones);
    let fine = if plain && settled == tones { Short::of_bytes(word | u128::from(capitals & 1) << SMALL.ilog2(), len) } else { compose(codes, settled, end)? };
    let count = end / 8;
    let marked = (codes & each(!code::BASE, SHAPED) as u64) | tones != 0;
    let coarse = u128::from(codes) & each(code::BASE, count) | each(b'a' - 1, count);
    let flags = case(capitals.into(), 1, each(1, count)) | if syllable { SYLLABLE } else { 0 } | if marked { VIETNAMESE_MARK | MARKED } else { 0 };
    Some(Latin { fine, coarse: Short::of_bytes(coarse, count), flags })
}

/// Letters put together again.
fn compose(codes: u64, tones: u64, end: usize) -> Option<Short> {
    let (mut word, mut bits) = (0, 0);
    for at in (0..end).step_by(8) {
        let place = usize::from((codes >> at) as u8) | usize::from((tones >> at) as u8 & 7) << TONE;
        let letter = *TABLES.composed.get(place).filter(|&&letter| letter != 0)?;
        word |= u128::from(letter & 0xff_ffff).checked_shl(bits)?;
        bits += letter >> 24;
    }
    let len = bits as usize / 8;
    (len <= SLOT_BYTES).then(|| Short::of_bytes(word, len))
}

/// The letter of a coarse key for a composed Latin letter that is not ASCII; nothing where there is more to it.
pub(super) fn base(c: char) -> Option<char> {
    let (place, _) = first(bytes(c))?;
    let base = *TABLES.letters.get(place)? as u8 & code::BASE;
    (base != 0).then(|| (b'a' - 1 + base).into())
}
