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

/// Letters of a word as bytes, the first one lowest, for the spelling of syllables: no loop goes over them, so that nobody guesses where it
/// ends.
pub(super) mod code {
    /// The place of the base in the alphabet from 1 on, đ with d; [`OTHER`] for what is in no syllable.
    pub(in crate::text) const BASE: u8 = 31;
    pub(in crate::text) const OTHER: u8 = 31;
    /// Where the place of the quality among [`QUALITIES`](super::QUALITIES) begins.
    pub(in crate::text) const QUALITY: u32 = 5;
    pub(in crate::text) const QUALITIES: u8 = 3 << QUALITY;
    /// It is đ.
    pub(in crate::text) const STROKE: u8 = 1 << 7;

    pub(in crate::text) const fn of(base: char, quality: u8) -> u8 {
        match base {
            'a'..='z' => (base as u8 - b'a' + 1) | quality << QUALITY,
            'đ' => of('d', quality) | STROKE,
            _ => OTHER | quality << QUALITY,
        }
    }
}

/// Letters that a word of Vietnamese shape can have: an onset of three, three vowels and a coda of two.
pub(super) const SHAPED: usize = 8;

/// Letters of a syllable at most.
const LONGEST: usize = 7;

/// What onsets ask of the vowel behind them, as bits.
mod front {
    /// It may be i, ...
    pub(super) const I: u8 = 1 << 2;
    /// ... e or y, ...
    pub(super) const E: u8 = 1 << 3;
    /// ... or any other.
    pub(super) const NONE: u8 = 1 << 4;
    pub(super) const ANY: u8 = I | E | NONE;
}

/// Letters of an onset, in the bits of [`ONSETS`] below those of [`front`].
const ONSET: u8 = 3;
/// `h` behind it belongs to it.
const BEFORE_H: u8 = 1 << 5;
/// Its second letter belongs to it before a vowel only.
const BEFORE_VOWEL: u8 = 1 << 6;

/// The onset of a word by the bases of its first two letters: how many letters, and [`front`]. `qu` swallows its u; `gi` swallows its i
/// only before another vowel.
const ONSETS: [u8; 1 << 10] = {
    let mut table = [0; 1 << 10];
    let mut at = 0;
    while at < table.len() {
        table[at] = match at as u8 & code::BASE {
            0 => 0,
            first => match (first + b'a' - 1, (at >> 5) as u8 + b'a' - 1) {
                (b'n', b'g') => 2 | front::NONE | BEFORE_H,
                (b'g', b'i') => 1 | front::I | BEFORE_VOWEL,
                (b'g', b'h') => 2 | front::I | front::E,
                (b'q', b'u') | (b'n' | b'k' | b'p' | b't' | b'c', b'h') | (b't', b'r') => 2 | front::ANY,
                (b'a' | b'e' | b'i' | b'o' | b'u' | b'y', _) => front::ANY,
                (b'k', _) => 1 | front::I | front::E,
                (b'c', _) => 1 | front::NONE,
                (b'g', _) => 1 | front::I | front::NONE,
                (b'b' | b'd' | b'h' | b'l' | b'm' | b'n' | b'r' | b's' | b't' | b'v' | b'x', _) => 1 | front::ANY,
                _ => 1,
            },
        };
        at += 1;
    }
    table
};

/// The onset of a word: how many letters, and [`front`].
#[inline]
fn onset(codes: u64) -> (usize, u8) {
    let base = |place: usize| (codes >> (8 * place)) as u8 & code::BASE;
    let onset = ONSETS[usize::from(base(0)) | usize::from(base(1)) << 5];
    let len = usize::from(onset & ONSET);
    match onset & (BEFORE_H | BEFORE_VOWEL) {
        BEFORE_H if base(2) == code::of('h', 0) => (len + 1, front::I | front::E),
        BEFORE_VOWEL if VOWELS[usize::from(base(2))] != 0 => (len + 1, front::ANY),
        _ => (len, onset),
    }
}

/// The twelve vowels, numbered from 1.
const NUMBERED: [(char, u8); 12] = [('a', 0), ('a', 2), ('a', 1), ('e', 0), ('e', 1), ('i', 0), ('o', 0), ('o', 1), ('o', 3), ('u', 0), ('u', 3), ('y', 0)];
/// The number of a vowel with a quality that it never has.
const ODD: u8 = 13;

/// Numbers of vowels by base and quality; 0 for all other letters.
const VOWELS: [u8; 1 << 7] = {
    let mut table = [0; 1 << 7];
    let mut n = 0;
    while n < NUMBERED.len() {
        let mut quality = 0;
        while quality < QUALITIES.len() {
            let at = code::of(NUMBERED[n].0, quality as u8) as usize;
            if table[at] == 0 {
                table[at] = ODD;
            }
            quality += 1;
        }
        table[code::of(NUMBERED[n].0, NUMBERED[n].1) as usize] = n as u8 + 1;
        n += 1;
    }
    table
};

/// [`front`] by numbers of vowels.
const FRONT: [u8; 16] = {
    let mut table = [front::NONE; 16];
    let mut n = 0;
    while n < NUMBERED.len() {
        table[n + 1] = match NUMBERED[n].0 {
            'i' => front::I,
            'e' | 'y' => front::E,
            _ => front::NONE,
        };
        n += 1;
    }
    table
};

/// What a coda asks of the vowels before it, see [`may`], by the bases of its letters; 0 where that is no coda.
const CODAS: [u8; 1 << 10] = {
    const fn at(coda: &str) -> usize {
        let b = coda.as_bytes();
        (if b.is_empty() { 0 } else { code::of(b[0] as char, 0) as usize }) | if b.len() < 2 { 0 } else { (code::of(b[1] as char, 0) as usize) << 5 }
    }
    let mut table = [0; 1 << 10];
    table[at("")] = may::END;
    table[at("nh")] = may::GO_ON | may::SOFT;
    table[at("ch")] = may::GO_ON | may::SOFT | STOPPED;
    table[at("n")] = may::GO_ON | may::NASAL;
    table[at("m")] = may::GO_ON | may::NASAL;
    table[at("ng")] = may::GO_ON | may::NG;
    table[at("c")] = may::GO_ON | may::C | STOPPED;
    table[at("p")] = may::GO_ON | STOPPED;
    table[at("t")] = may::GO_ON | STOPPED;
    table
};

/// Stopped syllables carry only the rising or the heavy tone.
const STOPPED: u8 = 1 << 7;
/// The others, as bits by their places among [`TONES`].
const NEVER_STOPPED: u8 = 1 << 1 | 1 << 3 | 1 << 4;

/// Moves the tone of a syllable to the letter that the rule gives it, in the old style for open oa, oe, uy, and says whether
/// the letters can be a Vietnamese syllable. It accepts some that no dictionary has; names need no more.
///
/// Both styles and misplaced tones thereby become one spelling. Words of another shape are left as they are.
pub(crate) fn settle(w: &mut [Letter]) -> bool {
    if w.len() > SHAPED {
        return false;
    }
    let (codes, tones) = w.iter().rev().fold((0, 0), |(codes, tones), l| {
        let code = code::of(l.base, l.quality);
        (codes << 8 | u64::from(code), tones << 8 | u64::from(l.tone))
    });
    let (is, tones) = settle_codes(codes, tones);
    for (l, tone) in w.iter_mut().zip(tones.to_le_bytes()) {
        l.tone = tone;
    }
    is
}

/// The same for letters as [`code`]s, and their tones in bytes beside them: these come back.
pub(super) fn settle_codes(codes: u64, tones: u64) -> (bool, u64) {
    let (start, front) = onset(codes);
    let vowels = [0, 1, 2, 3].map(|n| VOWELS[usize::from((codes >> (8 * (start + n))) as u8 & !code::STROKE)]);
    let run = (0..4).fold(0, |run, n| run | u32::from(vowels[n] != 0) << n).trailing_ones() as usize;
    // Of four vowels the last can be no coda.
    let behind = codes >> (8 * (start + run.min(3)));
    let coda = CODAS[usize::from(behind as u8 & code::BASE) | usize::from((behind >> 8) as u8 & code::BASE) << 5];
    if run == 0 || coda == 0 || behind >> 16 != 0 {
        return (false, tones);
    }
    let (mut tone, mut settled) = (0, tones);
    if tones != 0 {
        tone = tones >> (tones.trailing_zeros() & !7);
        // A second tone is a mistake that stays visible.
        if tone >> 8 != 0 {
            return (false, tones);
        }
        settled = tone << (8 * (start + toned(codes >> (8 * start), run, behind == 0)));
    }
    let nucleus = (0..3).fold(0, |nucleus, n| nucleus | usize::from(vowels[n]) << (4 * n));
    let asked = coda & !STOPPED;
    let stopped = coda & STOPPED != 0 && NEVER_STOPPED >> tone & 1 != 0;
    let is = (NUCLEI[nucleus] & asked == asked) & (front & FRONT[usize::from(vowels[0])] != 0) & !stopped & (codes >> (8 * LONGEST) == 0);
    (is, settled)
}

/// Which of so many vowels at the beginning of a word has its tone. It may have been typed on the i of `gi` or the u of `qu`: the shape
/// goes by base letters only.
fn toned(codes: u64, vowels: usize, open: bool) -> usize {
    const QUALITIES: u64 = u64::MAX / 255 * code::QUALITIES as u64;
    match codes & QUALITIES & !(u64::MAX << (8 * vowels)) {
        0 => match vowels {
            1 => 0,
            3 => 1,
            _ => usize::from(!open),
        },
        qualities => qualities.ilog2() as usize / 8,
    }
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
