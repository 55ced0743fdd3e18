//! No text makes the work grow faster than the text: what comes out of twice a text is at most twice as much.
//!
//! Tests never ask for the time. Work shows in the sizes of what comes out; and where it is quadratic in spite of small
//! answers, these texts, which are made for it, do not come back.

#![cfg(feature = "builtin")]

use thucthe::{Document, Extractor};

/// What may come once for a text, or stand at the seam of its halves.
const CONSTANT: usize = 16;

fn sizes(d: &Document<'_>) -> [(&'static str, usize); 5] {
    [
        ("mentions", d.mentions().len()),
        ("entities", d.entities().len()),
        ("further entities", d.mentions().iter().map(|m| m.also().len()).sum()),
        ("candidates", d.mentions().iter().map(|m| m.candidates().count()).sum()),
        ("appointments and their mentions", d.appointments().iter().map(|a| 1 + a.mentions.len()).sum()),
    ]
}

/// Spans lie in the text, on letters, in order, and no two cross. In one pass: a check of every pair would be quadratic.
fn check_spans(name: &str, text: &str, d: &Document<'_>) {
    let mut open: Vec<usize> = Vec::new();
    let mut last = (0, usize::MAX);
    for m in d.mentions() {
        let (start, end) = (m.span().start, m.span().end);
        assert!(start < end && text.get(start..end).is_some(), "{name}: {start}..{end} is no part of the text");
        assert!(last.0 < start || (last.0 == start && last.1 >= end), "{name}: {start}..{end} is out of order");
        last = (start, end);
        while open.last().is_some_and(|&e| e <= start) {
            open.pop();
        }
        assert!(open.last().is_none_or(|&e| end <= e), "{name}: {start}..{end} crosses another");
        open.push(end);
        assert!(m.entity() < d.entities().len() && m.parent().is_none_or(|p| p < d.mentions().len()), "{name}");
    }
}

fn measure(name: &str, text: &str) -> [(&'static str, usize); 5] {
    let d = Extractor::builtin().extract(text);
    assert_eq!(d.text().len(), text.len());
    check_spans(name, text, &d);
    sizes(&d)
}

/// Doubles twice: a fault that begins at some size is met from two sides.
fn grows_evenly(name: &str, n: usize, make: impl Fn(usize) -> String) {
    let found = [n, 2 * n, 4 * n].map(|n| measure(name, &make(n)));
    for pair in found.windows(2) {
        for ((what, once), (_, twice)) in pair[0].iter().zip(&pair[1]) {
            assert!(*twice <= 2 * once + CONSTANT, "{name}: {once} {what}, and {twice} in twice the text");
        }
    }
}

#[test]
fn titles_in_a_row() {
    for title in [
        "Thứ trưởng ",
        "Bộ trưởng, ",
        "Thứ trưởng Bộ Quốc phòng ",
        "Thượng tướng, ",
        "Minister of ",
        "Deputy Prime Minister and ",
        "防衛審議官",
        "外務大臣・",
        "前首相と",
        "cựu ",
        "nguyên Thứ trưởng kiêm ",
        "Đại sứ Việt Nam tại ",
        "Ambassador of Viet Nam to ",
        "駐日ベトナム大使",
    ] {
        grows_evenly(title, 250, |n| title.repeat(n));
    }
}

#[test]
fn titles_before_one_name_and_names_behind_one_title() {
    grows_evenly("titles, name", 250, |n| "Thượng tướng, Thứ trưởng Quốc phòng, ".repeat(n) + "Hoàng Xuân Chiến");
    grows_evenly("title, names", 250, |n| "Các Thứ trưởng ".to_string() + &"Hoàng Xuân Chiến, Nguyễn Minh Vũ và ".repeat(n));
    grows_evenly("title and name by turns", 250, |n| "Thứ trưởng Hoàng Xuân Chiến, ".repeat(n));
}

#[test]
fn commas_and_other_signs() {
    for sign in [
        ",",
        ", ",
        ".",
        "-",
        " – ",
        "・",
        "、",
        "/",
        "+",
        "2+2 ",
        ":",
        "'",
        "\"",
        "«",
        "&",
        "<",
        ">",
        "|",
        "#",
        "*",
        "_",
        "\n",
        " ",
        "\u{3000}",
        "\u{200b}",
        "0",
        "1,",
        "1/1/2025 ",
    ] {
        grows_evenly(sign, 2500, |n| sign.repeat(n));
    }
}

#[test]
fn one_long_capitalised_line() {
    grows_evenly("unknown words", 500, |n| "Brandal Ostrevik Lumen Kastorin ".repeat(n));
    grows_evenly("family names", 500, |n| "Nguyễn Văn Trần Minh Phạm ".repeat(n));
    grows_evenly("after a title", 500, |n| "Thứ trưởng ".to_string() + &"Nguyễn Văn Trần ".repeat(n));
    grows_evenly("all capitals", 500, |n| "BỘ TRƯỞNG QUỐC PHÒNG VIỆT NAM ".repeat(n));
    grows_evenly("a body that never ends", 500, |n| "Học viện ".to_string() + &"Quốc Phòng An Ninh ".repeat(n));
    grows_evenly("katakana", 500, |n| "グエン・ヴァン・チャン・".repeat(n));
    grows_evenly("pronouns", 200, |n| "Ông Phan Văn Giang làm việc, ".to_string() + &"ông là Bộ trưởng Bộ Quốc phòng, ".repeat(n));
    grows_evenly("experts", 200, |n| "FBI Director Christopher Wray, analyst at the University of Tokyo, said ".repeat(n));
    grows_evenly("ministries of two countries", 200, |n| "The Ministry of Defence of the guests thanked Japan and China. ".repeat(n));
    grows_evenly("channels without sides", 200, |n| "The Policy Dialogue of Japan and Kenya met, ".repeat(n));
    grows_evenly("careers", 200, |n| "氏は外務次官を経て防衛相に就任した。".repeat(n));
}

#[test]
fn one_token_again_and_again() {
    for token in [
        "Nguyễn ",
        "Việt ",
        "Nhật ",
        "Bộ ",
        "Đối thoại ",
        "ASEAN ",
        "Kano ",
        "of ",
        "the ",
        "và ",
        "của ",
        "日",
        "越",
        "の",
        "ア",
        "ー",
        "hai nước ",
        "OSA ",
        "lần thứ 11 ",
    ] {
        grows_evenly(token, 800, |n| token.repeat(n));
    }
}

#[test]
fn names_that_begin_alike() {
    // Prefixes of long listed names, each broken off one word later than the one before.
    let long = "Đối thoại Chính sách quốc phòng cấp Thứ trưởng Việt Nam - Nhật Bản lần thứ 11 tại Hà Nội";
    let words: Vec<&str> = long.split(' ').collect();
    grows_evenly("prefixes", 100, |n| (0..n).map(|i| words[..1 + i % words.len()].join(" ") + " ").collect());
    let shared = "Deputy Minister of National Defence of the Socialist Republic of Viet Nam";
    let words: Vec<&str> = shared.split(' ').collect();
    grows_evenly("suffixes", 100, |n| (0..n).map(|i| words[i % words.len()..].join(" ") + " ").collect());
    let kanji: Vec<char> = "日越次官級防衛政策対話日越外務防衛次官級協議".chars().collect();
    grows_evenly("kanji", 200, |n| (0..n).map(|i| kanji[..1 + i % kanji.len()].iter().collect::<String>()).collect());
    // New people without end: the number of those that may be meant grows with the text.
    let syllables = ["An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Khánh", "Linh", "Minh", "Nam", "Oanh", "Phúc"];
    let name = |i: usize| format!("ông Nguyễn {} {}, ", syllables[i / 12 % 12], syllables[i % 12]);
    grows_evenly("people of one family name", 36, |n| (0..n).map(name).collect());
    grows_evenly("the same, and one short form", 36, |n| (0..n).map(name).collect::<String>() + &"ông Nguyễn, ".repeat(n));
}

#[test]
fn people_and_what_they_are_called() {
    grows_evenly("name and short form by turns", 200, |n| "ông Nguyễn Văn An và ông An, ".repeat(n));
    grows_evenly("names, then short forms", 200, |n| "ông Nguyễn Văn An, ".repeat(n) + &"ông An, ".repeat(n));
    grows_evenly("listed name and bare family name", 200, |n| "Bộ trưởng Kishi Nobuo gặp Kishi, ".repeat(n));
    grows_evenly("a line of a list under each heading", 200, |n| "II. PHÍA NHẬT BẢN\n- Thứ trưởng Ngoại giao\n".repeat(n));
    grows_evenly("channels in one line without an end", 200, |n| "Việt Nam Thứ trưởng Ngoại giao gặp ADMM ".repeat(n));
    grows_evenly("countries inside katakana", 200, |n| "在フィリピンベトナム大使館".repeat(n));
}

#[test]
fn marks_on_one_letter() {
    for mark in ['\u{301}', '\u{302}', '\u{323}', '\u{31b}', '\u{335}', '\u{3099}', '\u{20dd}', '\u{200d}', '\u{fe0f}', '\u{5b0}'] {
        let letter = format!("a{} ", String::from(mark).repeat(100));
        grows_evenly(&format!("{mark:?}"), 25, |n| letter.repeat(n));
        grows_evenly(&format!("{mark:?} alone"), 2500, |n| format!("Việt Nam e{}", String::from(mark).repeat(n)));
    }
    // Marks of falling classes, which composition has to put in order.
    grows_evenly("out of order", 1000, |n| "o".to_string() + &"\u{345}\u{301}\u{323}\u{31b}".repeat(n));
}

#[test]
fn scripts_by_turns() {
    for turn in ["aあ", "日a", "アaあ日1", "Việt日Nam本", "한a글", "aбαא", "Aб ", "ﾊﾟa", "1日2本", "ア 亜 a ", "🇻🇳a🇯🇵"] {
        grows_evenly(turn, 800, |n| turn.repeat(n));
    }
}

#[test]
fn every_character_in_turn() {
    const CHUNK: usize = 0x4000;
    let all: Vec<char> = ('\0'..=char::MAX).collect();
    for chunk in all.chunks(CHUNK) {
        let text: String = chunk.iter().collect();
        measure(&format!("from {:?}", chunk[0]), &text);
    }
    // Between words, each character is alone with what it does there. Beyond these planes nothing is assigned.
    for chunk in all[..0x3400].chunks(0x400) {
        let text: String = chunk.iter().map(|c| format!("Nam{c}Bộ ")).collect();
        measure(&format!("between words, from {:?}", chunk[0]), &text);
    }
}

#[test]
fn brackets_in_brackets() {
    for (open, close) in [
        ("(", ")"),
        ("（", "）"),
        ("「", "」"),
        ("[", "]"),
        ("“", "”"),
        ("<b>", "</b>"),
        ("[a](", ")"),
        ("![", "]"),
        ("<", ">"),
        ("ASEAN (", ")"),
        ("Bộ Quốc phòng (", ")"),
    ] {
        grows_evenly(open, 800, |n| open.repeat(n) + "Việt Nam" + &close.repeat(n));
        grows_evenly(&format!("{open} left open"), 800, |n| format!("{open}Việt Nam ").repeat(n));
        grows_evenly(&format!("{close} never opened"), 800, |n| format!("Việt Nam{close} ").repeat(n));
    }
    for odd in ["&amp;", "&#7879;", "&", "https://", "www.", "data:image/png;base64,", "---\n", "```\n", "<!--", "<script>", "<a href=\"", "a@b."] {
        grows_evenly(odd, 800, |n| odd.repeat(n) + "Việt Nam");
    }
}

#[test]
fn a_megabyte_without_a_space() {
    const MEGABYTE: usize = 1 << 20;
    for piece in ["a", "ViệtNam", "ă", "日本", "防衛省", "ア", "7", "-", "😀"] {
        let name = format!("{piece}, without a space");
        measure(&name, &piece.repeat(MEGABYTE / piece.len()));
    }
}
