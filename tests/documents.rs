//! The annotated texts of `tests/corpus/documents`: how good the extractor is on them, by language, and whether the
//! annotations themselves are in order.
//!
//! The floors lie a little under the present figures. They are there to be raised. `cargo run --example evaluate --
//! --errors tests/corpus/documents` says what is in the way.

#![cfg(feature = "builtin")]

#[path = "../examples/evaluate/gold.rs"]
#[allow(dead_code, reason = "each test binary uses the part that it needs")]
mod gold;
#[path = "../examples/evaluate/score.rs"]
#[allow(dead_code, reason = "each test binary uses the part that it needs")]
mod score;

use gold::Pair;
use score::{Count, Said, Score};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use thucthe::{Extractor, Language};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/documents")
}

fn annotations() -> Vec<PathBuf> {
    gold::annotations(&folder()).unwrap_or_else(|e| panic!("{e}"))
}

fn pairs() -> Vec<Pair> {
    annotations().iter().map(|a| Pair::read(a).unwrap_or_else(|e| panic!("{e}"))).collect()
}

fn reaches(language: Language, floors: &[(&str, f64)]) {
    let mut score = Score::default();
    for pair in pairs().iter().filter(|p| p.gold.language == language) {
        score.add(pair, &Said::of(&Extractor::builtin().extract(&*pair.text)).unwrap_or_else(|e| panic!("{e}")));
    }
    let f1 = |row: &str| score.row(row).map_or(0.0, Count::f1);
    let low: Vec<String> = floors.iter().filter(|(row, floor)| f1(row) < *floor).map(|(row, floor)| format!("{row} {:.4} < {floor}", f1(row))).collect();
    assert!(low.is_empty(), "{}: {}\n{}", language.as_str(), low.join(", "), score.table());
}

#[test]
fn vietnamese_texts() {
    reaches(Language::Vi, &[("core", 0.95), ("all", 0.955), ("appointment", 0.915)]);
}

#[test]
fn english_texts() {
    reaches(Language::En, &[("core", 0.955), ("all", 0.955), ("appointment", 0.91)]);
}

#[test]
fn japanese_texts() {
    reaches(Language::Ja, &[("core", 0.965), ("all", 0.96), ("appointment", 0.93)]);
}

#[test]
fn annotations_are_well_formed() {
    let faults: Vec<String> = pairs().iter().flat_map(Pair::faults).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn each_text_has_its_annotation() {
    for (annotation, pair) in annotations().iter().zip(pairs()) {
        let stem = annotation.to_string_lossy().trim_end_matches(".gold.json").to_string();
        assert_eq!(pair.path, PathBuf::from(format!("{stem}.txt")), "{} is of another text", annotation.display());
        assert!(!pair.gold.mentions.is_empty(), "{stem}: nothing is marked");
        assert!(pair.gold.doc.starts_with(pair.gold.language.as_str()), "{stem}: the language is not that of the name");
    }
    let entries = std::fs::read_dir(folder()).unwrap_or_else(|e| panic!("{e}"));
    let texts: BTreeSet<PathBuf> = entries.map(|e| e.unwrap_or_else(|e| panic!("{e}")).path()).filter(|p| p.extension().is_some_and(|x| x == "txt")).collect();
    assert_eq!(texts, pairs().into_iter().map(|p| p.path).collect());
}

#[test]
fn faults_are_seen() {
    let mention = |start: usize, end: usize, text: &str, names: &str| {
        format!(r#"{{"start": {start}, "end": {end}, "text": "{text}", "kind": "place", "names": [{names}]}}"#)
    };
    let faults = |mentions: &[String]| {
        let gold = format!(r#"{{"doc": "a.txt", "language": "en", "mentions": [{}]}}"#, mentions.join(", "));
        let gold = serde_json::from_str(&gold).unwrap_or_else(|e| panic!("{e}"));
        Pair { path: "a.txt".into(), text: "Port Kel Bay".into(), gold }.faults().join("\n")
    };
    let good = [mention(0, 8, "Port Kel", "\"x\""), mention(5, 8, "Kel", "\"x\""), mention(9, 12, "Bay", "\"x\"")];
    assert_eq!(faults(&good), "");
    for (bad, word) in [
        ([mention(0, 8, "Port Kel", "\"x\""), mention(5, 8, "Kle", "\"x\"")], "bytes 5..8"),
        ([mention(0, 8, "Port Kel", ""), mention(5, 8, "Kel", "\"x\"")], "no names"),
        ([mention(0, 8, "Port Kel", "\"x\""), mention(0, 8, "Port Kel", "\"x\"")], "twice"),
        ([mention(0, 4, "Port", "\"x\""), mention(0, 8, "Port Kel", "\"x\"")], "out of order"),
        ([mention(0, 8, "Port Kel", "\"x\""), mention(5, 12, "Kel Bay", "\"x\"")], "crosses"),
        ([mention(0, 8, "Port Kel", "\"x\""), mention(12, 12, "", "\"x\"")], "empty"),
    ] {
        assert!(faults(&bad).contains(word), "{word}: {}", faults(&bad));
    }
    assert!(
        serde_json::from_str::<gold::Gold>(
            r#"{"doc": "a", "language": "en", "mentions": [{"start": 0, "end": 1, "text": "a", "kind": "plaice", "names": ["a"]}]}"#
        )
        .is_err()
    );
}
