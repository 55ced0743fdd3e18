//! Folding: the one form in which words meet.
//!
//! A word has a *fine* form (composed, lower case, tone in its place, width and look-alikes settled) and a *coarse* key
//! (the fine form without any diacritic; kana without size and voicing of ヴ). The matcher finds by key and then demands
//! that whatever marks the writer typed agree with the name's, so `Pham Binh Minh` may be `Phạm Bình Minh` and
//! `Phạm Bính Minh` may not.

use super::index::Short;
use super::latin::{self, fold_latin};
use super::script::{Class, class, plain_kana, plain_kanji};
use super::vietnamese::{Letter, QUALITIES, TONES, quality, settle, tone};
use unicode_normalization::UnicodeNormalization;

/// A folded word and what its letters say about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Folded {
    pub fine: String,
    pub coarse: String,
    pub flags: u8,
}

/// The word can be a Vietnamese syllable.
pub(crate) const SYLLABLE: u8 = 1;
/// The word carries a mark that its coarse key lacks.
pub(crate) const MARKED: u8 = 2;
/// The first letter is a capital.
pub(crate) const CAPITAL: u8 = 4;
/// Every letter is a capital.
pub(crate) const UPPER: u8 = 8;
/// Some letter behind the first is a capital.
pub(crate) const INNER: u8 = 16;
/// The word has letters of a script with case.
pub(crate) const CASED: u8 = 32;
/// The word carries a Vietnamese tone or quality mark or đ.
pub(crate) const VIETNAMESE_MARK: u8 = 64;

/// Takes a word apart into lower-case letters; marks other than the Vietnamese ones stay as letters of their own.
pub(crate) fn letters(word: &str) -> Vec<Letter> {
    let mut out: Vec<Letter> = Vec::with_capacity(word.len());
    for c in word.nfd() {
        let c = match c {
            '\u{340}' => '\u{300}',
            '\u{341}' => '\u{301}',
            c => c,
        };
        if matches!(class(c), Class::Invisible) {
            continue;
        }
        let (tone, quality) = (tone(c), quality(c));
        if let Some(l) = out.last_mut().filter(|_| tone != 0 || quality != 0) {
            if tone != 0 {
                // Only one tone can be right; a second one stays visible as a letter, so that nothing is lost.
                if l.tone == 0 {
                    l.tone = tone;
                    continue;
                }
            } else if l.quality == 0 {
                l.quality = quality;
                continue;
            } else if l.quality == quality {
                continue;
            }
        }
        match c {
            // d with a stroke laid over it never composes.
            '\u{335}' | '\u{336}' if out.last().is_some_and(|l| l.base == 'd') => {
                if let Some(l) = out.last_mut() {
                    l.base = 'đ';
                }
            }
            // A macron only marks length in romanised Japanese.
            '\u{304}' => {}
            _ => {
                for lower in c.to_lowercase() {
                    let base = match lower {
                        'ð' | 'ɖ' | 'đ' => 'đ',
                        '\u{ff41}'..='\u{ff5a}' => char::from_u32(lower as u32 - 0xfee0).unwrap_or(lower),
                        '\u{ff10}'..='\u{ff19}' => char::from_u32(lower as u32 - 0xfee0).unwrap_or(lower),
                        _ => lower,
                    };
                    out.push(Letter::plain(base));
                }
            }
        }
    }
    out
}

fn case_flags(word: &str) -> u8 {
    let (mut first, mut upper, mut lower, mut inner) = (false, false, false, false);
    let mut seen = false;
    for c in word.chars() {
        if c.is_uppercase() {
            upper = true;
            if seen {
                inner = true;
            } else {
                first = true;
            }
            seen = true;
        } else if c.is_lowercase() {
            lower = true;
            seen = true;
        }
    }
    let mut f = 0;
    if first {
        f |= CAPITAL;
    }
    if upper && !lower {
        f |= UPPER;
    }
    if inner {
        f |= INNER;
    }
    if upper || lower {
        f |= CASED;
    }
    f
}

/// Folds a word of letters and digits.
pub(crate) fn fold_word(word: &str) -> Folded {
    let mut out = Folded::default();
    fold_word_into(word, &mut out);
    out
}

/// The same into a form whose buffers are used again.
pub(crate) fn fold_word_into(word: &str, out: &mut Folded) {
    match Short::of(word).and_then(fold_latin) {
        Some(f) => {
            out.flags = f.flags;
            f.fine.write(&mut out.fine);
            f.coarse.write(&mut out.coarse);
        }
        None => *out = fold_any(word),
    }
}

/// Adds the coarse key of a word of composed Latin letters to a text; nothing where there is more to it.
pub(crate) fn push_coarse(word: &str, out: &mut String) -> bool {
    let before = out.len();
    for c in word.chars() {
        let base = if c.is_ascii_alphabetic() { Some(c.to_ascii_lowercase()) } else { latin::base(c) };
        let Some(base) = base else {
            out.truncate(before);
            return false;
        };
        out.push(base);
    }
    true
}

fn fold_any(word: &str) -> Folded {
    if word.is_ascii() {
        let fine: String = word.bytes().filter(|&b| b > 0x1f && b != 0x7f && b != b'\'' && b != b'`').map(|b| b.to_ascii_lowercase() as char).collect();
        let mut ls: Vec<Letter> = fine.chars().map(Letter::plain).collect();
        let flags = case_flags(word) | if settle(&mut ls) { SYLLABLE } else { 0 };
        return Folded { coarse: fine.clone(), fine, flags };
    }
    let mut ls = letters(word);
    ls.retain(|l| !matches!(class(l.base), Class::Apostrophe));
    let mut flags = case_flags(word) | if settle(&mut ls) { SYLLABLE } else { 0 };
    let mut parts = String::with_capacity(word.len() + 4);
    let mut coarse = String::with_capacity(word.len());
    for l in &ls {
        parts.push(l.base);
        for m in [QUALITIES[usize::from(l.quality)], TONES[usize::from(l.tone)]] {
            if m != '\0' {
                parts.push(m);
                flags |= VIETNAMESE_MARK;
            }
        }
        match l.base {
            'đ' => {
                coarse.push('d');
                flags |= VIETNAMESE_MARK;
            }
            c if class(c) == Class::Mark => {}
            'ø' => coarse.push('o'),
            'ł' => coarse.push('l'),
            'ı' => coarse.push('i'),
            'ß' => coarse.push_str("ss"),
            'æ' => coarse.push_str("ae"),
            c => coarse.push(c),
        }
    }
    let fine: String = parts.nfc().collect();
    if fine != coarse {
        flags |= MARKED;
    }
    Folded { fine, coarse, flags }
}

/// Folds one cluster of kanji or kana, or a number.
pub(crate) fn fold_cluster(cluster: &str) -> Folded {
    if cluster.bytes().all(|b| (b' '..0x7f).contains(&b)) {
        return Folded { fine: cluster.into(), coarse: cluster.into(), flags: 0 };
    }
    let fine: String = cluster.nfkc().filter(|&c| class(c) != Class::Invisible).map(plain_kanji).collect();
    let coarse: String = fine.chars().map(plain_kana).collect();
    let flags = if fine == coarse { 0 } else { MARKED };
    Folded { fine, coarse, flags }
}

/// Whether the marks in `typed` are among those of `name`: both are fine forms with one coarse key.
///
/// `typed` may lack marks and may lack the tone or the quality of a letter, but may not carry one that `name` has not.
pub(crate) fn marks_agree(typed: &str, name: &str) -> bool {
    let (a, b) = (letters(typed), letters(name));
    if a.len() != b.len() {
        return false;
    }
    let plain = |c: char| if c == 'đ' { 'd' } else { c };
    a.iter()
        .zip(&b)
        .all(|(t, n)| (t.base == n.base || (t.base == plain(n.base))) && (t.quality == 0 || t.quality == n.quality) && (t.tone == 0 || t.tone == n.tone))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fine(s: &str) -> String {
        s.split(' ').map(|w| fold_word(w).fine).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn composition_and_mark_order() {
        for s in ["e\u{323}\u{302}", "ê\u{323}", "ẹ\u{302}", "Ệ"] {
            assert_eq!(fine(s), "ệ", "{s:?}");
        }
        assert_eq!(fine("a\u{302}\u{301}"), "ấ");
        assert_eq!(fine("á\u{302}"), "ấ");
        assert_eq!(fine("o\u{301}\u{31b}"), "ớ");
        assert_eq!(fine("ó\u{31b}"), "ớ");
        assert_eq!(fine("ụ\u{31b}"), "ự");
        assert_eq!(fine("a\u{340}"), "à");
        assert_eq!(fine("Nguye\u{302}\u{303}n"), "nguyễn");
    }

    #[test]
    fn tone_placement() {
        for (a, b) in [
            ("hoà", "hòa"),
            ("uỷ", "ủy"),
            ("thuỷ", "thủy"),
            ("khoẻ", "khỏe"),
            ("loé", "lóe"),
            ("UỶ", "ỦY"),
            ("khuỵ", "khụy"),
            ("Hòang", "Hoàng"),
            ("tòan", "toàn"),
            ("khỏan", "khoản"),
            ("qúy", "quý"),
            ("qủa", "quả"),
            ("gía", "giá"),
            ("thúôc", "thuốc"),
        ] {
            assert_eq!(fine(a), fine(b), "{a} {b}");
        }
        for s in ["quý", "gìn", "của", "nghĩa", "người", "huế", "thuở", "khuỷu", "huỳnh", "xoáy", "ngoài", "chuyến"] {
            assert_eq!(fine(s), s);
        }
        // No two standard words may become one.
        assert_ne!(fine("hoa"), fine("hòa"));
        assert_ne!(fine("tai"), fine("tay"));
        assert_ne!(fine("café"), fine("cafe"));
    }

    #[test]
    fn look_alikes_and_width() {
        assert_eq!(fine("Ðối"), "đối");
        assert_eq!(fine("ðại"), "đại");
        assert_eq!(fine("d\u{335}ại"), "đại");
        assert_eq!(fine("ＡＤＭＭ"), "admm");
        assert_eq!(fine("Vi\u{200b}ệt"), "việt");
        assert_eq!(fine("Kōji"), "koji");
        assert_eq!(fold_cluster("ﾍﾞ").fine, "ベ");
        assert_eq!(fold_cluster("澤").fine, "沢");
        assert_eq!(fold_cluster("て\u{3099}").fine, "で");
    }

    #[test]
    fn folding_twice_changes_nothing() {
        for s in ["Nguyễn", "ỦY", "Hòang", "Ðối", "İstanbul", "ẞ", "K", "Ⱥ", "năm", "gìn", "Shin'ichi"] {
            let once = fold_word(s);
            let twice = fold_word(&once.fine);
            assert_eq!((&once.fine, &once.coarse), (&twice.fine, &twice.coarse), "{s}");
        }
    }

    #[test]
    fn the_short_way_leads_where_the_long_one_does() {
        let mut words: Vec<String> = ('\u{21}'..'\u{300}').chain('\u{1e00}'..'\u{1f00}').map(String::from).collect();
        for onset in ["", "b", "Ng", "QU", "gi", "đ", "f", "ñ"] {
            for vowel in ["a", "Á", "ẩ", "oà", "ÒA", "uỷ", "ướ", "ơí", "iế", "yễ", "ü", "ç", "ō", "ǘ"] {
                words.extend(["", "n", "Nh", "x", "c", "t́", "'i"].map(|coda| format!("{onset}{vowel}{coda}")));
            }
        }
        let decomposed: Vec<String> = words.iter().map(|w| w.nfd().collect()).collect();
        words.extend(decomposed);
        words.extend(
            ["a\u{301}\u{300}", "á\u{302}", "e\u{302}\u{306}", "ê\u{302}", "\u{301}a", "a\u{323}\u{301}", "q\u{303}", "đ\u{300}", "a\u{304}n", "d\u{335}a"]
                .map(String::from),
        );
        for w in words {
            assert!(w.is_empty() || fold_word(&w) == fold_any(&w), "{w}: {:?} {:?}", fold_word(&w), fold_any(&w));
            let mut coarse = String::from("x");
            let short = push_coarse(&w, &mut coarse);
            assert_eq!(coarse[1..], *if short { fold_any(&w).coarse } else { String::new() });
        }
    }

    #[test]
    fn typed_marks_count() {
        assert!(marks_agree("pham", "phạm"));
        assert!(marks_agree("viêt", "việt"));
        assert!(marks_agree("dang", "đặng"));
        assert!(!marks_agree("bính", "bình"));
        assert!(!marks_agree("đang", "dang"));
    }
}
