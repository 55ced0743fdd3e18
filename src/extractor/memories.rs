//! No memory of words changes a document, whatever it holds: a new one, one that knows words already, one with room for two, and those
//! that other words fill. `text/cut.rs` asks the same of tokens and lines.

use super::{Extractor, Scratch, Worker};
use crate::text::cut::tests::meeting;
use crate::text::memory::Memory;
use proptest::prelude::*;
use proptest::sample::select;
use std::sync::LazyLock;

#[rustfmt::skip]
const PHRASES: &[&str] = &[
    "Thứ trưởng", "Bộ Quốc phòng", "Bộ Ngoại giao", "Việt Nam", "Nhật Bản", "Hoàng Xuân Chiến", "ông", "bà", "và", "của", "tại", "hai nước", "Đại sứ", "Nguyễn Văn An",
    "Đối thoại Chính sách quốc phòng", "lần thứ 11", "cựu", "Thuỷ", "Thủy", "uỷ viên", "ngày 4/12/2025", "THỨ TRƯỞNG", "thu truong bo quoc phong", "Hoa\u{300}",
    "Prime Minister", "Fumio Kishida", "Kano Koji", "Ministry of Defense", "Japan's", "the", "of", "said", "13th", "ADMM-17", "Ambassador to", "administration",
    "internationalisation", "former", "FM", "H.E.", "General", "O’Brien", "Shin'ichi", "December 4, 2025",
    "防衛省", "加野幸司", "防衛審議官", "外相", "日越", "日中", "駐日ベトナム大使", "ﾍﾞﾄﾅﾑ", "ヴィエトナム", "ー", "・", "の", "氏は", "第十一回", "前首相",
];
#[rustfmt::skip]
const SIGNS: &[&str] = &[
    " ", " ", " ", " ", " ", " ", ", ", ". ", "\n", "\n\n", "、", "。", " - ", "–", "(", ")", "“", "”", ":", "/", "+", "'", "", "\u{a0}", "\u{200b}", "\u{301}", "\0",
    "<b>", "&amp;", "https://a.vn/", "a@b.vn", "---\n", "🇻🇳", "ß", "İ",
];

/// Phrases of three languages, words that nobody knows, and garbage.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => select(PHRASES).prop_map(str::to_string),
        8 => select(SIGNS).prop_map(str::to_string),
        2 => "[A-Za-zĐđàảãáạăâêôơưÀÁ]{1,18}",
        1 => "[ぁ-んァ-ヶ一-龥ー]{1,4}",
        1 => "[0-9.,]{1,9}",
        1 => any::<char>().prop_map(String::from),
    ];
    prop_oneof![9 => prop::collection::vec(piece, 0..60).prop_map(|p| p.concat()), 1 => any::<String>()]
}

/// A worker with a memory that has read a text.
fn worker(memory: Memory, read: &str) -> Worker {
    static EXPLAINS: LazyLock<Extractor> = LazyLock::new(|| Extractor::builder().explain(true).build().unwrap_or_else(|e| panic!("{e}")));
    let mut worker = Worker { extractor: EXPLAINS.clone(), scratch: Scratch { memory, ..Scratch::default() } };
    let _ = worker.extract(read);
    worker
}

/// All that a document says, and why.
fn said(worker: &mut Worker, text: &str) -> String {
    serde_json::to_string(&worker.extract(text)).unwrap_or_else(|e| panic!("{e}"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_memory_changes_a_document(texts in prop::collection::vec(text(), 1..6)) {
        // Words that take all places, and words that meet in one.
        static FILLING: LazyLock<String> = LazyLock::new(|| (0..2_000).map(|n| format!("w{n:x} ")).collect());
        static MEETING: LazyLock<String> = LazyLock::new(|| meeting().join(" "));
        let backwards: String = texts.iter().rev().flat_map(|t| [t, "\n"]).collect();
        let mut workers = [
            ("warm", worker(Memory::default(), &backwards)),
            ("tiny", worker(Memory::with_slots(2), "")),
            ("full", worker(Memory::with_slots(128), &FILLING)),
            ("poisoned", worker(Memory::with_slots(128), &MEETING)),
        ];
        for text in &texts {
            let fresh = said(&mut worker(Memory::default(), ""), text);
            for (what, worker) in &mut workers {
                for _ in 0..2 {
                    prop_assert_eq!(&said(worker, text), &fresh, "{}: {:?}", what, text);
                }
            }
        }
    }
}
