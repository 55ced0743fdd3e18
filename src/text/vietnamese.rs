//! Vietnamese spelling: where a tone mark stands, and whether a word can be a Vietnamese syllable.
//!
//! Both work on decomposed, lower-cased letters: a base letter, its quality mark (breve, circumflex, horn) and its tone.

/// A letter taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Letter {
    pub base: char,
    /// Its place among [`QUALITIES`].
    pub quality: u8,
    /// Its place among [`TONES`].
    pub tone: u8,
}

/// No mark, circumflex, breve, horn.
pub(crate) const QUALITIES: [char; 4] = ['\0', '\u{302}', '\u{306}', '\u{31b}'];
/// No mark, and the five tones.
pub(crate) const TONES: [char; 6] = ['\0', '\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

/// The place of a mark among [`TONES`], 0 for all others.
pub(crate) fn tone(c: char) -> u8 {
    TONES.iter().position(|&t| t == c).map_or(0, |i| i as u8)
}

/// The place of a mark among [`QUALITIES`], 0 for all others.
pub(crate) fn quality(c: char) -> u8 {
    QUALITIES.iter().position(|&q| q == c).map_or(0, |i| i as u8)
}

impl Letter {
    /// A letter without marks.
    pub(crate) const fn plain(base: char) -> Letter {
        Letter { base, quality: 0, tone: 0 }
    }
}

fn is_vowel(c: char) -> bool {
    const VOWELS: u32 = 1 | 1 << 4 | 1 << 8 | 1 << 14 | 1 << 20 | 1 << 24;
    let letter = (c as u32).wrapping_sub('a' as u32);
    letter < 26 && VOWELS >> letter & 1 == 1
}

/// Length of the onset in letters. `qu` swallows its u; `gi` swallows its i only before another vowel.
fn onset(w: &[Letter]) -> usize {
    let at = |i: usize| w.get(i).map_or('\0', |l| l.base);
    match (at(0), at(1), at(2)) {
        ('n', 'g', 'h') => 3,
        ('q', 'u', _) => 2,
        ('g', 'i', v) if is_vowel(v) => 2,
        ('n', 'g' | 'h', _) | ('g', 'h', _) | ('k', 'h', _) | ('p', 'h', _) | ('t', 'h' | 'r', _) | ('c', 'h', _) => 2,
        (c, _, _) if c != '\0' && !is_vowel(c) => 1,
        _ => 0,
    }
}

/// A word of Vietnamese shape: an onset, one run of vowels, a coda, and nothing behind it.
#[derive(Clone, Copy)]
struct Shape {
    /// Letters of the onset.
    start: usize,
    vowels: usize,
    coda: [char; 2],
}

fn shape(w: &[Letter]) -> Option<Shape> {
    let start = onset(w);
    let vowels = w[start..].iter().take_while(|l| is_vowel(l.base)).count();
    if vowels == 0 || vowels > 3 {
        return None;
    }
    let coda = match &w[start + vowels..] {
        [] => ['\0'; 2],
        [a] => [a.base, '\0'],
        [a, b] => [a.base, b.base],
        _ => return None,
    };
    matches!(coda, ['\0', _] | ['c' | 'm' | 'n' | 'p' | 't', '\0'] | ['c' | 'n', 'h'] | ['n', 'g']).then_some(Shape { start, vowels, coda })
}

/// Moves the tone of a syllable to the letter that the rule gives it, in the old style for open oa, oe, uy, and says whether
/// the letters can be a Vietnamese syllable. It accepts some that no dictionary has; names need no more.
///
/// Both styles and misplaced tones thereby become one spelling. Words of another shape are left as they are.
pub(crate) fn settle(w: &mut [Letter]) -> bool {
    let Some(shape) = shape(w) else { return false };
    // A second tone is a mistake that stays visible.
    let (tones, tone) = w.iter().fold((0, 0), |(n, tone), l| (n + usize::from(l.tone != 0), tone | l.tone));
    match tones {
        0 => {}
        1 => place_tone(w, shape, tone),
        _ => return false,
    }
    w.len() <= LONGEST && is_syllable(w, shape, tone)
}

/// Letters of a syllable at most.
const LONGEST: usize = 7;

/// The tone may have been typed on the i of `gi` or the u of `qu`; the shape goes by base letters only.
fn place_tone(w: &mut [Letter], shape: Shape, tone: u8) {
    let Shape { start, vowels, coda } = shape;
    let group = &w[start..start + vowels];
    let place = match group.iter().rposition(|l| l.quality != 0) {
        Some(q) => q,
        None => match vowels {
            1 => 0,
            3 => 1,
            _ => usize::from(coda[0] != '\0'),
        },
    };
    for l in w.iter_mut() {
        l.tone = 0;
    }
    w[start + place].tone = tone;
}

/// The twelve vowels, numbered from 1.
fn vowel(l: &Letter) -> Option<usize> {
    Some(match (l.base, QUALITIES[usize::from(l.quality)]) {
        ('a', '\0') => 1,
        ('a', '\u{306}') => 2,
        ('a', '\u{302}') => 3,
        ('e', '\0') => 4,
        ('e', '\u{302}') => 5,
        ('i', '\0') => 6,
        ('o', '\0') => 7,
        ('o', '\u{302}') => 8,
        ('o', '\u{31b}') => 9,
        ('u', '\0') => 10,
        ('u', '\u{31b}') => 11,
        ('y', '\0') => 12,
        _ => return None,
    })
}

/// What may stand behind some vowels, as bits.
mod may {
    /// Nothing.
    pub(super) const END: u8 = 1;
    /// A coda at all.
    pub(super) const GO_ON: u8 = 2;
    /// `nh`, `ch`.
    pub(super) const SOFT: u8 = 4;
    /// A single `n` or `m`.
    pub(super) const NASAL: u8 = 8;
    /// `ng`.
    pub(super) const NG: u8 = 16;
    /// `c`.
    pub(super) const C: u8 = 32;
}

/// [`may`] of each run of up to three vowels, four bits a vowel.
const NUCLEI: [u8; 1 << 12] = {
    const fn place(nucleus: &str) -> usize {
        let b = nucleus.as_bytes();
        let (mut at, mut place, mut shift) = (0, 0, 0);
        while at < b.len() {
            let second = if at + 1 < b.len() { b[at + 1] } else { 0 };
            let (vowel, len) = match (b[at], second) {
                (b'a', _) => (1, 1),
                (0xc4, 0x83) => (2, 2),
                (0xc3, 0xa2) => (3, 2),
                (b'e', _) => (4, 1),
                (0xc3, 0xaa) => (5, 2),
                (b'i', _) => (6, 1),
                (b'o', _) => (7, 1),
                (0xc3, 0xb4) => (8, 2),
                (0xc6, 0xa1) => (9, 2),
                (b'u', _) => (10, 1),
                (0xc6, 0xb0) => (11, 2),
                (b'y', _) => (12, 1),
                // The compiler reads these lists: it stops at what is no vowel.
                _ => panic!("no vowel"),
            };
            place |= vowel << shift;
            shift += 4;
            at += len;
        }
        place
    }
    const fn with(mut table: [u8; 1 << 12], nuclei: &[&str], bits: u8) -> [u8; 1 << 12] {
        let mut i = 0;
        while i < nuclei.len() {
            table[place(nuclei[i])] |= bits;
            i += 1;
        }
        table
    }
    const fn without(mut table: [u8; 1 << 12], nuclei: &[&str], bits: u8) -> [u8; 1 << 12] {
        let mut i = 0;
        while i < nuclei.len() {
            table[place(nuclei[i])] &= !bits;
            i += 1;
        }
        table
    }
    let table = [may::NASAL | may::NG | may::C; 1 << 12];
    let table = with(table, &["a", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "oa", "oe", "uê", "uy", "y"], may::END | may::GO_ON);
    let table = with(table, &["ă", "â", "iê", "yê", "uô", "ươ", "oă", "uâ", "uyê", "oo"], may::GO_ON);
    // The same without their marks, as they are typed where no marks are.
    let table = with(table, &["ie", "ye", "uo", "ua", "ue", "uye"], may::END | may::GO_ON);
    let table = with(table, &["ieu", "yeu", "uoi", "uou", "uu", "eu", "uay"], may::END);
    let table = with(table, &["ai", "ao", "au", "ay", "âu", "ây", "eo", "êu", "ia", "iu", "oi", "ôi", "ơi", "ui", "ưa", "ưi", "ưu", "uơ"], may::END);
    let table = with(table, &["iêu", "yêu", "oai", "oao", "oay", "oeo", "uôi", "ươi", "ươu", "uây", "uya", "uyu"], may::END);
    let table = with(table, &["a", "ê", "i", "oa", "uê", "uy", "y"], may::SOFT);
    let table = without(table, &["uy"], may::NASAL);
    let table = without(table, &["ơ", "y", "uy", "uyê"], may::NG);
    without(table, &["ê", "i", "ơ", "y", "uy", "uyê"], may::C)
};

fn is_syllable(w: &[Letter], shape: Shape, tone: u8) -> bool {
    let Shape { start, vowels, coda } = shape;
    if w.iter().any(|l| matches!(l.base, 'f' | 'j' | 'w' | 'z')) {
        return false;
    }
    let first = w[start].base;
    let front = matches!(first, 'i' | 'e' | 'y');
    let onset_ok = match &w[..start] {
        [] => true,
        [l] => match l.base {
            'k' => front,
            'c' => !front,
            'g' => !matches!(first, 'e' | 'y'),
            'p' | 'q' => false,
            'b' | 'd' | 'đ' | 'h' | 'l' | 'm' | 'n' | 'r' | 's' | 't' | 'v' | 'x' => true,
            _ => false,
        },
        [a, b] => match (a.base, b.base) {
            ('g', 'h') => front,
            ('n', 'g') => !front,
            _ => true,
        },
        _ => front,
    };
    let nucleus = w[start..start + vowels].iter().rev().try_fold(0, |place, l| Some(place << 4 | vowel(l)?));
    let Some(allowed) = nucleus.and_then(|place| NUCLEI.get(place)).filter(|_| onset_ok) else { return false };
    let asked = match coda {
        ['\0', _] => may::END,
        ['n' | 'c', 'h'] => may::GO_ON | may::SOFT,
        ['n' | 'm', '\0'] => may::GO_ON | may::NASAL,
        ['n', _] => may::GO_ON | may::NG,
        ['c', _] => may::GO_ON | may::C,
        _ => may::GO_ON,
    };
    // Stopped syllables carry only the rising or the heavy tone.
    let stopped = matches!(coda[0], 'p' | 't' | 'c');
    allowed & asked == asked && !(stopped && matches!(TONES[usize::from(tone)], '\u{300}' | '\u{309}' | '\u{303}'))
}

#[cfg(test)]
mod tests {
    use super::super::fold::letters;
    use super::*;

    fn is_syllable(word: &str) -> bool {
        settle(&mut letters(word))
    }

    #[test]
    fn syllables() {
        for s in [
            "nguyễn",
            "trưởng",
            "quốc",
            "phòng",
            "khuỷu",
            "giết",
            "gìn",
            "nghĩa",
            "thuở",
            "huỳnh",
            "xoáy",
            "đặng",
            "yến",
            "ương",
            "quý",
            "oanh",
            "chiến",
            "vũ",
            "lê",
            "thưởng",
            "phúc",
            "khuê",
            "luyện",
            "toàn",
            "quyết",
            "gì",
            "y",
            "ánh",
            "tuyên",
            "khoan",
        ] {
            assert!(is_syllable(s), "{s}");
        }
        for s in ["kano", "koji", "abe", "kan", "nghang", "nguyn", "trưởg", "ito", "naoki", "fumio", "kishida", "john", "cê", "hàt"] {
            assert!(!is_syllable(s), "{s}");
        }
    }
}
