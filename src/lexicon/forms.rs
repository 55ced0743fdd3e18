//! The spellings that follow from a listed one by rule.

/// Spellings to add to `form` in a language: hyphens as spaces, katakana without ヴ.
pub(crate) fn variants(form: &str, ja: bool) -> Vec<String> {
    let mut out = Vec::new();
    if ja {
        if form.contains('ヴ') {
            out.push(crate::text::script::without_vu(form));
        }
    } else if form.is_ascii() {
        let b = form.as_bytes();
        let inner = |i: usize| i > 0 && i + 1 < b.len() && b[i - 1].is_ascii_alphabetic() && b[i + 1].is_ascii_alphabetic();
        if (0..b.len()).any(|i| b[i] == b'-' && inner(i)) {
            let spaced: String = form.char_indices().map(|(i, c)| if c == '-' && inner(i) { ' ' } else { c }).collect();
            out.push(spaced);
        }
    }
    out
}

/// The other order of a romanised name whose family name stands first: `Kano Koji` is `Koji Kano` too.
pub(crate) fn other_order(name: &str, family: &str) -> Option<String> {
    let given = name.strip_prefix(family)?.strip_prefix(' ')?;
    (!given.is_empty()).then(|| format!("{given} {family}"))
}

/// How a person is addressed behind a title, from the name in each script.
pub(crate) fn short_forms(country: &str, names: [Option<&str>; 3], family: Option<&str>) -> [Vec<String>; 3] {
    let mut out = [Vec::new(), Vec::new(), Vec::new()];
    let [vi, en, ja] = names;
    if country == "vn" {
        // Vietnamese are addressed by the given name, the last syllable.
        for (l, name, sep) in [(0, vi, ' '), (1, en, ' '), (2, ja, '・')] {
            if let Some((_, given)) = name.and_then(|n| n.rsplit_once(sep)) {
                out[l].push(given.to_string());
            }
        }
        return out;
    }
    if let Some(f) = family {
        out[1].push(f.to_string());
        if vi.is_some_and(|v| v.split(' ').any(|w| w == f) || v.contains(f)) {
            out[0].push(f.to_string());
        }
    }
    // Sino-Vietnamese names: the family name is the first syllable, but it alone is no address in Vietnamese.
    if let ("cn" | "tw", Some(v)) = (country, vi) {
        out[0].push(v.to_string());
    }
    if let Some(ja) = ja {
        let kanji = ja.chars().all(|c| !('ァ'..='ヺ').contains(&c));
        if kanji && country == "jp" {
            let n = ja.chars().count();
            let lengths: &[usize] = match n {
                0..=2 => &[1],
                3 => &[2, 1],
                4 => &[2],
                // `小野寺五典`
                _ => &[3, 2],
            };
            for &k in lengths {
                out[2].push(ja.chars().take(k).collect());
            }
        } else if !kanji {
            if let Some((_, last)) = ja.rsplit_once('・') {
                out[2].push(last.to_string());
            }
        } else {
            // Chinese and Korean names in kanji: one family character.
            out[2].extend(ja.chars().next().map(String::from));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derived_spellings() {
        assert_eq!(variants("Vice-Minister", false), ["Vice Minister"]);
        assert!(variants("Việt Nam - Nhật Bản", false).is_empty());
        assert_eq!(variants("グエン・ミン・ヴー", true), ["グエン・ミン・ブー"]);
        assert_eq!(other_order("Kano Koji", "Kano").as_deref(), Some("Koji Kano"));
        assert_eq!(other_order("Kano Koji", "Koji"), None);
    }

    #[test]
    fn how_one_is_addressed() {
        let s = short_forms("vn", [Some("Hoàng Xuân Chiến"), Some("Hoang Xuan Chien"), Some("ホアン・スアン・チエン")], None);
        assert_eq!(s, [vec!["Chiến"], vec!["Chien"], vec!["チエン"]]);
        let s = short_forms("jp", [Some("Ishiba Shigeru"), Some("Ishiba Shigeru"), Some("石破茂")], Some("Ishiba"));
        assert_eq!(s, [vec!["Ishiba"], vec!["Ishiba"], vec!["石破", "石"]]);
    }
}
