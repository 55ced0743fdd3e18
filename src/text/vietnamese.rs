//! Vietnamese spelling: where a tone mark stands, and whether a word can be a Vietnamese syllable.
//!
//! Both work on decomposed, lower-cased letters: a base letter, its quality mark (breve, circumflex, horn) and its tone.

/// A letter taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Letter {
    pub base: char,
    /// Breve U+0306, circumflex U+0302 or horn U+031B, or `'\0'`.
    pub quality: char,
    /// One of the five combining tones, or `'\0'`.
    pub tone: char,
}

pub(crate) fn is_tone(c: char) -> bool {
    matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}')
}

pub(crate) fn is_quality(c: char) -> bool {
    matches!(c, '\u{302}' | '\u{306}' | '\u{31b}')
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
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

/// Onset, vowels and coda of a word of Vietnamese shape: one run of vowels, and nothing behind the coda.
fn parts(w: &[Letter]) -> Option<(usize, usize)> {
    let start = onset(w);
    let vowels = w[start..].iter().take_while(|l| is_vowel(l.base)).count();
    if vowels == 0 || vowels > 3 {
        return None;
    }
    let coda: [char; 2] = {
        let rest = &w[start + vowels..];
        if rest.len() > 2 {
            return None;
        }
        let mut c = ['\0'; 2];
        for (i, l) in rest.iter().enumerate() {
            c[i] = l.base;
        }
        c
    };
    matches!(coda, ['\0', _] | ['c' | 'm' | 'n' | 'p' | 't', '\0'] | ['c' | 'n', 'h'] | ['n', 'g']).then_some((start, vowels))
}

/// Moves the tone of a syllable to the letter that the rule gives it, in the old style for open oa, oe, uy.
///
/// Both styles and misplaced tones thereby become one spelling. Words of another shape are left as they are.
pub(crate) fn place_tone(w: &mut [Letter]) {
    let mut tones = w.iter().filter(|l| l.tone != '\0');
    let Some(tone) = tones.next().map(|l| l.tone) else {
        return;
    };
    if tones.next().is_some() {
        return;
    }
    // The tone may have been typed on the i of `gi` or the u of `qu`; the parts look at base letters only.
    let Some((start, vowels)) = parts(w) else {
        return;
    };
    let group = &w[start..start + vowels];
    let has_coda = start + vowels < w.len();
    let place = if let Some(q) = group.iter().rposition(|l| l.quality != '\0') {
        q
    } else {
        match vowels {
            1 => 0,
            3 => 1,
            _ if has_coda => 1,
            _ => 0,
        }
    };
    for l in w.iter_mut() {
        l.tone = '\0';
    }
    w[start + place].tone = tone;
}

/// Whether the letters can be a Vietnamese syllable. It accepts some that no dictionary has; names need no more.
pub(crate) fn is_syllable(w: &[Letter]) -> bool {
    if w.len() > 7 {
        return false;
    }
    let Some((start, vowels)) = parts(w) else {
        return false;
    };
    if w.iter().filter(|l| l.tone != '\0').count() > 1 || w.iter().any(|l| matches!(l.base, 'f' | 'j' | 'w' | 'z')) {
        return false;
    }
    let base = |i: usize| w.get(i).map_or('\0', |l| l.base);
    let first = w[start];
    let front = matches!(first.base, 'i' | 'e' | 'y');
    let onset_ok = match start {
        0 => true,
        1 => match base(0) {
            'k' => front,
            'c' => !front,
            'g' => !matches!(first.base, 'e' | 'y'),
            'p' | 'q' => false,
            'b' | 'd' | 'đ' | 'h' | 'l' | 'm' | 'n' | 'r' | 's' | 't' | 'v' | 'x' => true,
            _ => false,
        },
        2 => match (base(0), base(1)) {
            ('g', 'h') => front,
            ('n', 'g') => !front,
            _ => true,
        },
        _ => front,
    };
    if !onset_ok {
        return false;
    }
    let (mut bytes, mut len) = ([0; 12], 0);
    for l in &w[start..start + vowels] {
        let c = match (l.base, l.quality) {
            ('a', '\u{306}') => 'ă',
            ('a', '\u{302}') => 'â',
            ('e', '\u{302}') => 'ê',
            ('o', '\u{302}') => 'ô',
            ('o', '\u{31b}') => 'ơ',
            ('u', '\u{31b}') => 'ư',
            (b, '\0') => b,
            _ => return false,
        };
        len += c.encode_utf8(&mut bytes[len..]).len();
    }
    let coda = start + vowels < w.len();
    let nucleus = std::str::from_utf8(&bytes[..len]).unwrap_or_default();
    let nucleus_ok = match nucleus {
        "a" | "e" | "ê" | "i" | "o" | "ô" | "ơ" | "u" | "ư" | "oa" | "oe" | "uê" | "uy" | "y" => true,
        "ă" | "â" | "iê" | "yê" | "uô" | "ươ" | "oă" | "uâ" | "uyê" | "oo" => coda,
        // The same without their marks, as they are typed where no marks are.
        "ie" | "ye" | "uo" | "ua" | "ue" | "uye" => true,
        "ieu" | "yeu" | "uoi" | "uou" | "uu" | "eu" | "uay" => !coda,
        "ai" | "ao" | "au" | "ay" | "âu" | "ây" | "eo" | "êu" | "ia" | "iu" | "oi" | "ôi" | "ơi" | "ui" | "ưa" | "ưi" | "ưu" | "uơ" | "iêu" | "yêu" | "oai"
        | "oao" | "oay" | "oeo" | "uôi" | "ươi" | "ươu" | "uây" | "uya" | "uyu" => !coda,
        _ => false,
    };
    let coda_ok = match (base(start + vowels), base(start + vowels + 1)) {
        ('n' | 'c', 'h') => matches!(nucleus, "a" | "ê" | "i" | "oa" | "uê" | "uy" | "y"),
        ('n' | 'm', '\0') => nucleus != "uy",
        ('n', 'g') => !matches!(nucleus, "ơ" | "y" | "uy" | "uyê"),
        ('c', _) => !matches!(nucleus, "ê" | "i" | "ơ" | "y" | "uy" | "uyê"),
        _ => true,
    };
    // Stopped syllables carry only the rising or the heavy tone.
    let stopped = matches!((base(start + vowels), base(start + vowels + 1)), ('p' | 't', _) | ('c', _));
    let tone = w.iter().map(|l| l.tone).find(|&t| t != '\0');
    nucleus_ok && coda_ok && !(stopped && matches!(tone, Some('\u{300}' | '\u{309}' | '\u{303}')))
}

#[cfg(test)]
mod tests {
    use super::super::fold::letters;
    use super::*;

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
            assert!(is_syllable(&letters(s)), "{s}");
        }
        for s in ["kano", "koji", "abe", "kan", "nghang", "nguyn", "trưởg", "ito", "naoki", "fumio", "kishida", "john", "cê", "hàt"] {
            assert!(!is_syllable(&letters(s)), "{s}");
        }
    }
}
