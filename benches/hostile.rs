//! Texts that were made to take long, each at full size: a million titles in a row, ten megabytes without a space, a line of fifty.
//!
//! `cargo bench --bench hostile`; with `-- --test` nothing is timed. What comes out of a text is held against what comes out of its first
//! half: twice at most. A text that costs more than its length says does not come back.

use std::time::Instant;
use thucthe::{Document, Extractor};

const MILLION: usize = 1_000_000;
const MEGABYTE: usize = 1 << 20;
/// What may come once for a text, or stand at the seam of its halves.
const CONSTANT: usize = 16;

fn sizes(d: &Document<'_>) -> [usize; 4] {
    let further = d.mentions().iter().map(|m| m.also().len() + m.candidates().count()).sum();
    [d.mentions().len(), d.entities().len(), further, d.appointments().iter().map(|a| 1 + a.mentions.len()).sum()]
}

/// A text of so many pieces, opened and closed.
type Made = (&'static str, usize, fn(usize) -> String);

fn texts() -> Vec<Made> {
    const LINE: &str = "Sáng nay trời se lạnh, bà con ra đồng sớm hơn mọi ngày để gặt nốt thửa ruộng cuối vụ. Ông Phan Văn Giang thăm Nhật Bản. ";
    vec![
        ("titles in a row", MILLION, |n| "Thứ trưởng ".repeat(n)),
        ("titles with commas", MILLION / 4, |n| "Bộ trưởng Bộ Quốc phòng, ".repeat(n)),
        ("titles in Japanese", MILLION / 4, |n| "防衛審議官".repeat(n)),
        ("commas", MILLION, |n| ",".repeat(n)),
        ("commas and spaces", MILLION, |n| ", ".repeat(n)),
        ("one token", MILLION, |n| "OSA ".repeat(n)),
        ("one word that is no name", MILLION, |n| "xyz ".repeat(n)),
        ("one letter, no space", 10 * MEGABYTE, |n| "a".repeat(n)),
        ("names, no space", MEGABYTE, |n| "ViệtNam".repeat(n)),
        ("kanji, no space", MEGABYTE, |n| "防衛省".repeat(n)),
        ("katakana, no space", MEGABYTE, |n| "ベトナム".repeat(n)),
        ("digits", 10 * MEGABYTE, |n| "7".repeat(n)),
        ("one line", 50 * MEGABYTE / LINE.len(), |n| LINE.repeat(n)),
        ("a hundred marks on each letter", 20_000, |n| format!("a{} ", "\u{301}\u{323}".repeat(50)).repeat(n)),
        ("marks on one letter", MILLION, |n| format!("Việt Nam e{}", "\u{301}".repeat(n))),
        ("scripts by turns", MILLION / 4, |n| "aあ日1ア한б".repeat(n)),
        ("brackets in brackets", MILLION, |n| "(".repeat(n) + "Việt Nam" + &")".repeat(n)),
        ("quotes in quotes", MILLION, |n| "“".repeat(n) + "Việt Nam" + &"”".repeat(n)),
        ("corner brackets", MILLION, |n| "「".repeat(n) + "日本" + &"」".repeat(n)),
        ("brackets left open", MILLION / 4, |n| "(Việt Nam ".repeat(n)),
        ("tags in tags", MILLION / 4, |n| "<b>".repeat(n) + "Việt Nam" + &"</b>".repeat(n)),
        ("links in links", MILLION / 4, |n| "[a](".repeat(n) + "Việt Nam" + &")".repeat(n)),
        ("new words", MILLION, |n| (0..n).map(|i| format!("W{i:x}đ ")).collect()),
        ("every code point", 0x11_0000, |n| (0..n as u32).filter_map(char::from_u32).collect()),
    ]
}

fn main() {
    let quick = std::env::args().any(|a| a == "--test");
    let extractor = Extractor::builtin();
    for (what, pieces, make) in texts() {
        let (half, whole) = (make(pieces / 2), make(pieces));
        let once = sizes(&extractor.extract(&*half));
        let start = Instant::now();
        let twice = sizes(&extractor.extract(&*whole));
        let time = start.elapsed();
        // Scripts are no halves of each other.
        let even = once.iter().zip(twice).all(|(a, b)| b <= 2 * a + CONSTANT) || what == "every code point";
        assert!(even, "{what}: {once:?} of {} bytes, {twice:?} of {}", half.len(), whole.len());
        if !quick {
            println!("{what}: {} bytes, {:.1} ns a byte, {twice:?}", whole.len(), time.as_secs_f64() * 1e9 / whole.len() as f64);
        }
    }
}
