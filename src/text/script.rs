//! What kind of character this is, and the character-level tables of Japanese script.

/// The class of a character, as far as cutting text into tokens needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// A letter of a script that puts spaces between words (Latin, Greek, Cyrillic, Hangul, …).
    Letter,
    /// A combining mark.
    Mark,
    /// A decimal digit.
    Digit,
    /// A Chinese character, 々 and 〆 included.
    Kanji,
    /// A hiragana letter.
    Hiragana,
    /// A katakana letter of either width.
    Katakana,
    /// Marks inside katakana names that say nothing: ー, ・, ＝ in either width.
    KanaMark,
    /// Any kind of space, line breaks excluded.
    Space,
    /// A line break.
    Line,
    /// Characters without width: joiners, soft hyphen, byte order mark, variation selectors.
    Invisible,
    /// Any dash, hyphen or minus.
    Dash,
    /// A quotation mark, double or angular or of Japanese shape.
    Quote,
    /// An apostrophe or single quotation mark.
    Apostrophe,
    /// Everything else: punctuation and symbols, each a token of its own.
    Other,
}

/// The class of an ASCII character.
pub(crate) const fn ascii_class(c: u8) -> Class {
    match c {
        b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
        b'0'..=b'9' => Class::Digit,
        b'\n' => Class::Line,
        b' ' | b'\t' | b'\r' | b'\x0b' | b'\x0c' | b'\x1c'..=b'\x1f' => Class::Space,
        b'\0'..=b'\x1f' | b'\x7f' => Class::Invisible,
        b'-' => Class::Dash,
        b'"' => Class::Quote,
        b'\'' | b'`' => Class::Apostrophe,
        _ => Class::Other,
    }
}

/// The class of `c`.
pub(crate) fn class(c: char) -> Class {
    if c.is_ascii() {
        return ascii_class(c as u8);
    }
    match c {
        // Latin letters, Vietnamese ones among them, before anything that has to be looked up.
        '×' | '÷' => Class::Other,
        '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Class::Letter,
        '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' => Class::Mark,
        '\u{3099}' | '\u{309a}' | '\u{ff9e}' | '\u{ff9f}' => Class::Mark,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' => Class::Invisible,
        '\u{85}' | '\u{2028}' | '\u{2029}' => Class::Line,
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => Class::Space,
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => Class::Dash,
        '“' | '”' | '„' | '‟' | '«' | '»' | '「' | '」' | '『' | '』' | '＂' | '｢' | '｣' | '〝' | '〟' | '‹' | '›' => Class::Quote,
        '‘' | '’' | '‚' | '‛' | 'ʼ' | '＇' | '´' | 'ʻ' | 'ʹ' | '′' => Class::Apostrophe,
        'ー' | '・' | '＝' | '゠' | 'ｰ' | '･' => Class::KanaMark,
        'ァ'..='ヺ' | 'ヽ'..='ヿ' | 'ｦ'..='ｯ' | 'ｱ'..='ﾝ' | 'ㇰ'..='ㇿ' => Class::Katakana,
        'ぁ'..='ゖ' | 'ゝ'..='ゟ' => Class::Hiragana,
        '々'
        | '〆'
        | '〇'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}'
        | '\u{2e80}'..='\u{2fdf}' => Class::Kanji,
        '０'..='９' => Class::Digit,
        // The punctuation of both scripts, as far as it is nothing of the above: it need not be looked up either.
        '\u{2010}'..='\u{206f}' | '、'..='〃' | '〈'..='〠' | '！'..='／' => Class::Other,
        _ if c.is_alphabetic() => Class::Letter,
        _ if c.is_numeric() => Class::Digit,
        _ if c.is_whitespace() => Class::Space,
        _ => Class::Other,
    }
}

/// Kanji whose old and new, or rare and usual, shapes name the same person, and which Unicode does not unify.
pub(crate) fn plain_kanji(c: char) -> char {
    match c {
        '\u{fa11}' => '崎',
        '髙' => '高',
        '澤' => '沢',
        '濵' | '濱' => '浜',
        '齋' | '齊' | '斉' => '斎',
        '邊' | '邉' => '辺',
        '萬' => '万',
        '國' => '国',
        '廣' => '広',
        '龍' => '竜',
        '櫻' => '桜',
        '嶋' | '嶌' => '島',
        '德' => '徳',
        '惠' => '恵',
        '眞' => '真',
        '榮' => '栄',
        '會' => '会',
        '條' => '条',
        '兒' => '児',
        '實' => '実',
        '與' => '与',
        '學' => '学',
        '圓' => '円',
        '淺' => '浅',
        '瀨' => '瀬',
        '鐵' => '鉄',
        '冨' => '富',
        _ => c,
    }
}

/// The large form of a small katakana letter, and ヴ as ブ: what spellings of one name agree on.
pub(crate) fn plain_kana(c: char) -> char {
    match c {
        'ァ' => 'ア',
        'ィ' => 'イ',
        'ゥ' => 'ウ',
        'ェ' => 'エ',
        'ォ' => 'オ',
        'ヴ' => 'ブ',
        'ヵ' => 'カ',
        'ヶ' => 'ケ',
        'ャ' => 'ヤ',
        'ュ' => 'ユ',
        'ョ' => 'ヨ',
        _ => c,
    }
}

/// Rewrites ヴァ, ヴィ, ヴ, ヴェ, ヴォ as バ, ビ, ブ, ベ, ボ.
pub(crate) fn without_vu(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    let mut chars = s.chars().peekable();
    while let Some(c) = chars.next() {
        if c == 'ヴ' {
            let b = match chars.peek() {
                Some('ァ') => Some('バ'),
                Some('ィ') => Some('ビ'),
                Some('ェ') => Some('ベ'),
                Some('ォ') => Some('ボ'),
                _ => None,
            };
            if let Some(b) = b {
                chars.next();
                out.push(b);
            } else {
                out.push('ブ');
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// Whether a word has the shape of a Japanese one in Latin letters: each consonant with a vowel, `n` alone too.
pub(crate) fn romaji(word: &str) -> bool {
    let word = word.to_lowercase();
    let mut rest = word.as_str();
    let vowel = |s: &str| s.starts_with(['a', 'i', 'u', 'e', 'o', 'ā', 'ī', 'ū', 'ē', 'ō']);
    let mut syllables = 0;
    while !rest.is_empty() {
        // `Hattori`, `Takenouchi`: a doubled consonant counts once.
        let doubled = rest.len() > 1 && rest.is_char_boundary(1) && "kstp".contains(&rest[..1]) && rest[1..].starts_with(&rest[..1]);
        if doubled {
            rest = &rest[1..];
        }
        let onsets =
            ["ky", "gy", "sh", "ch", "ts", "ny", "hy", "by", "py", "my", "ry", "k", "g", "s", "z", "j", "t", "d", "n", "h", "f", "b", "p", "m", "y", "r", "w"];
        let onset = onsets.iter().find(|o| rest.starts_with(**o)).map_or(0, |o| o.len());
        let after = &rest[onset..];
        // Sounds that Japanese does not have, or does not write so.
        let odd = match &rest[..onset] {
            "w" => !after.starts_with(['a', 'o']),
            "y" => after.starts_with(['i', 'e']),
            "t" | "d" => after.starts_with(['i', 'u']),
            "s" | "z" => after.starts_with('i'),
            "f" => !after.starts_with('u'),
            "h" => after.starts_with('u'),
            _ => false,
        };
        if odd {
            return false;
        }
        if vowel(after) {
            let len = after.chars().next().map_or(1, char::len_utf8);
            rest = &after[len..];
            syllables += 1;
        } else if rest.starts_with(['n', 'm']) && !doubled {
            rest = &rest[1..];
        } else {
            return false;
        }
    }
    syllables >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes() {
        for (c, want) in [
            ('ệ', Class::Letter),
            ('Đ', Class::Letter),
            ('\u{301}', Class::Mark),
            ('越', Class::Kanji),
            ('ヴ', Class::Katakana),
            ('ﾍ', Class::Katakana),
            ('ー', Class::KanaMark),
            ('–', Class::Dash),
            ('−', Class::Dash),
            ('“', Class::Quote),
            ('\u{a0}', Class::Space),
            ('\u{200b}', Class::Invisible),
            ('한', Class::Letter),
            ('😀', Class::Other),
            ('２', Class::Digit),
        ] {
            assert_eq!(class(c), want, "{c:?}");
        }
    }

    #[test]
    fn what_is_not_looked_up_is_nothing_else() {
        for c in ('\u{80}'..=char::MAX).filter(|&c| class(c) == Class::Other) {
            assert!(!c.is_alphabetic() && !c.is_numeric() && !c.is_whitespace(), "{c:?}");
        }
    }

    #[test]
    fn vu() {
        assert_eq!(without_vu("ヴォー・ヴァン・トゥオン"), "ボー・バン・トゥオン");
        assert_eq!(without_vu("グエン・ミン・ヴー"), "グエン・ミン・ブー");
    }

    #[test]
    fn japanese_words_in_latin_letters() {
        for w in ["Kimura", "Jiro", "Shunichi", "Hattori", "Namba", "KANO", "Kōji", "Ryosei"] {
            assert!(romaji(w), "{w}");
        }
        for w in ["Nguyen", "Xuan", "Widodo", "Beck", "Stefanie", "Lee", "Gen", "Hartley", "Vladimir"] {
            assert!(!romaji(w), "{w}");
        }
    }
}
