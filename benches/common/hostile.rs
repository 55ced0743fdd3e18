//! Texts that were made to take long.

use super::texts::{Mixed, diplomacy};

/// What is repeated to the size that is asked for, with a name for it.
const PIECES: [(&str, &str); 26] = [
    ("one token", "xyz "),
    ("no space", "ViệtNam"),
    ("commas", ","),
    ("titles", "Thứ trưởng Bộ Quốc phòng "),
    ("short titles", "Thứ trưởng "),
    ("people", "ông Nguyễn Văn An, "),
    ("pronouns", "ông Nguyễn Văn An, ông là Bộ trưởng Bộ Quốc phòng, "),
    ("abbreviations", "OSA "),
    ("channels", "Đối thoại Việt Nam - Nhật Bản "),
    ("kanji", "防衛省"),
    ("kana", "ベトナムフィリピン"),
    ("scripts by turns", "aあ日1ア"),
    ("markup", "<b>a@b.vn]("),
    ("hyphenated surname", "Putin-"),
    ("envoys", "大使中国"),
    ("ambassadors", "the Japanese ambassador and "),
    ("abbreviation in brackets", "Cơ quan Tình báo Mỹ (CIA), "),
    ("forces in brackets", "Lực lượng Dân chủ Mỹ (NATO), "),
    ("heads of offices", "所長岸田"),
    ("careers", "外相に就任したのは、加野幸司・"),
    ("quotes", "\"Bộ Quốc phòng \"Việt Nam "),
    ("brackets by turns", "Bộ Ngoại giao (ông An) "),
    ("lines", "Bộ\n"),
    ("dates", "3/3/2025 "),
    ("mixed prose", "Thứ trưởng Kano, Deputy Minister Chien、岸田首相 "),
    ("addresses", "https://a.vn/Bộ?x=1 "),
];

/// What stands once before what is repeated.
const OPENED: [(&str, &str, &str); 2] = [
    ("unknown name behind an English line", "The minister of defence of the guests said on Monday that the talks went well.\n", "Brandal-"),
    ("surname behind its bearer", "ông Putin nói rằng ", "Putin-"),
];

/// What opens again and again, and closes as often behind that.
const NESTED: [(&str, &str, &str); 4] = [
    ("nested brackets", "Bộ Quốc phòng (", ")"),
    ("bare brackets", "(", ")"),
    ("nested quotes", "“Bộ Ngoại giao ", "”"),
    ("nested kanji quotes", "「外務省『", "』」"),
];

/// Texts of about so many bytes, with what each is made of.
pub fn texts(bytes: usize) -> Vec<(&'static str, String)> {
    let again = |s: &str| s.repeat(bytes / s.len() + 1);
    let mut all: Vec<(&str, String)> = PIECES.iter().map(|&(what, piece)| (what, again(piece))).collect();
    all.extend(OPENED.iter().map(|&(what, once, piece)| (what, once.to_string() + &again(piece))));
    all.extend(NESTED.iter().map(|&(what, open, close)| {
        let n = bytes / (open.len() + close.len());
        (what, open.repeat(n) + &close.repeat(n))
    }));
    all.push(("dense Vietnamese, English and Japanese", again(diplomacy("vi"))));
    all.push(("dense English", again(diplomacy("en"))));
    all.push(("dense Japanese", again(diplomacy("ja"))));
    all.push(("new words", (0..bytes / 8).map(|i| format!("W{i:x}đ ")).collect()));
    all.push(("marks", again(&format!("a{} ", "\u{301}\u{323}".repeat(50)))));
    all.push(("words of one place", flood(bytes)));
    all
}

/// Words whose places in the memory of words are the same, by turns: `hash` in `src/text/memory.rs`, whose places are its
/// low sixteen bits, four of them side by side. Where that is changed these are new words, which harm nothing.
fn flood(bytes: usize) -> String {
    let place = |word: &str| {
        let mut key = [0; 8];
        key[..word.len()].copy_from_slice(word.as_bytes());
        u64::from_le_bytes(key).wrapping_mul(0x9e37_79b9_7f4a_7c15).swap_bytes() & 0xfffc
    };
    let (mut mixed, mut words) = (Mixed::new(5), String::new());
    while words.len() < bytes.min(8 * 500) {
        let word: String = (0..7).map(|_| (b'a' + mixed.below(26) as u8) as char).collect();
        if place(&word) == 0 {
            words.extend([word.as_str(), " "]);
        }
    }
    words.repeat(bytes / words.len() + 1)
}
