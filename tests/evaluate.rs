//! The evaluation gives the figures of `score.py`, the scorer that stands beside the annotation guidelines.
//!
//! `tests/data/evaluate` holds annotations made by hand and answers to them that no list can change (`said.jsonl`), with
//! every way to be right and wrong in them. `table.txt` is what `score.py` printed for them. Where the script itself is
//! at hand, beside this checkout or at `SCORE_PY`, it is asked again, and for the whole development corpus.

#![cfg(feature = "builtin")]

#[path = "../examples/evaluate/gold.rs"]
#[allow(dead_code, reason = "each test binary uses the part that it needs")]
mod gold;
#[path = "../examples/evaluate/score.rs"]
#[allow(dead_code, reason = "each test binary uses the part that it needs")]
mod score;

use gold::Pair;
use score::{Said, Score, fold};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use thucthe::Extractor;

const HAND_MADE: &str = "tests/data/evaluate";
const CORPUS: &str = "tests/corpus/documents";

fn path(of: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(of)
}

fn read(of: &str) -> String {
    std::fs::read_to_string(path(of)).unwrap_or_else(|e| panic!("{of}: {e}"))
}

fn pairs(directory: &str) -> Vec<Pair> {
    let annotations = gold::annotations(&path(directory)).unwrap_or_else(|e| panic!("{e}"));
    annotations.iter().map(|a| Pair::read(a).unwrap_or_else(|e| panic!("{e}"))).collect()
}

/// The answers that are written down, by text.
fn hand_made() -> BTreeMap<String, Value> {
    let lines = read(&format!("{HAND_MADE}/said.jsonl"));
    let parsed = lines.lines().map(|l| serde_json::from_str::<Value>(l).unwrap_or_else(|e| panic!("{e}: {l}")));
    parsed.map(|v| (v["source"].as_str().unwrap_or_default().to_string(), v)).collect()
}

/// The example, built as `cargo test` builds it. `cargo test --test evaluate` does not, so it is asked for by name.
fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.current_dir(env!("CARGO_MANIFEST_DIR")).args(["build", "--quiet", "--example", "evaluate", "--message-format", "json"]);
        let exe = std::env::current_exe().unwrap_or_else(|e| panic!("{e}"));
        if exe.components().any(|c| c.as_os_str() == "release") {
            cargo.arg("--release");
        }
        let out = cargo.output().unwrap_or_else(|e| panic!("cargo: {e}"));
        assert!(out.status.success(), "the example does not build\n{}", String::from_utf8_lossy(&out.stderr));
        let messages = String::from_utf8_lossy(&out.stdout).into_owned();
        let parsed = messages.lines().filter_map(|l| serde_json::from_str::<Value>(l).ok());
        let mut built = parsed.filter(|m| m["target"]["name"] == "evaluate").filter_map(|m| m["executable"].as_str().map(PathBuf::from));
        built.next().unwrap_or_else(|| panic!("cargo names no program"))
    })
}

fn run(arguments: &[&str]) -> (i32, String, String) {
    let out = Command::new(program()).current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments).output().unwrap_or_else(|e| panic!("{e}"));
    let text = |b: &[u8]| String::from_utf8_lossy(b).into_owned();
    (out.status.code().unwrap_or(-1), text(&out.stdout), text(&out.stderr))
}

/// What `score.py` prints, if it can be run here.
fn script(directory: &str, answers: &str) -> Option<String> {
    let script = std::env::var_os("SCORE_PY").map_or_else(|| path("../shared/tools/score.py"), PathBuf::from);
    if !script.is_file() {
        return None;
    }
    let mut child =
        Command::new("python3").arg(script).arg(path(directory)).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().ok()?;
    child.stdin.take()?.write_all(answers.as_bytes()).ok()?;
    Some(String::from_utf8_lossy(&child.wait_with_output().ok()?.stdout).into_owned())
}

#[test]
fn the_table_is_that_of_the_script() {
    let (mut score, answers) = (Score::default(), hand_made());
    for pair in pairs(HAND_MADE) {
        let said: Said = serde_json::from_value(answers[&pair.gold.doc].clone()).unwrap_or_else(|e| panic!("{e}"));
        score.add(&pair, &said);
    }
    assert_eq!(score.table(), read(&format!("{HAND_MADE}/table.txt")));
    if let Some(table) = script(HAND_MADE, &read(&format!("{HAND_MADE}/said.jsonl"))) {
        assert_eq!(score.table(), table);
    }
}

#[test]
fn the_script_agrees_on_the_corpus() {
    let (mut score, mut answers) = (Score::default(), String::new());
    for pair in pairs(CORPUS) {
        let document = Extractor::builtin().extract(&*pair.text);
        score.add(&pair, &Said::of(&document).unwrap_or_else(|e| panic!("{e}")));
        let mut answer = serde_json::to_value(&document).unwrap_or_else(|e| panic!("{e}"));
        answer["source"] = pair.gold.doc.into();
        answers += &format!("{answer}\n");
    }
    if let Some(table) = script(CORPUS, &answers) {
        assert_eq!(score.table(), table);
    }
    // So does the program.
    assert_eq!(run(&[CORPUS]), (0, score.table(), String::new()));
}

#[test]
fn every_error_is_named_with_its_place() {
    let (mut score, answers) = (Score::default(), hand_made());
    let mut errors = Vec::new();
    for pair in pairs(HAND_MADE) {
        let said: Said = serde_json::from_value(answers[&pair.gold.doc].clone()).unwrap_or_else(|e| panic!("{e}"));
        for m in score.add(&pair, &said) {
            let (line, column) = pair.position(m.at);
            errors.push(format!("{}:{line}:{column} {} {} {}", pair.gold.doc, m.what, m.kind, m.text));
        }
    }
    assert_eq!(errors, read(&format!("{HAND_MADE}/errors.txt")).lines().collect::<Vec<_>>());
}

#[test]
fn names_are_folded_as_the_script_folds_them() {
    for (a, b) in [("Đối thoại 2+2", "DOI THOAI 22"), ("Straße", "STRASSE"), ("ＡＳＥＡＮ", "asean"), ("ΟΔΟΣ", "οδος"), ("ﾍﾞﾄﾅﾑ", "ヘトナム"), ("Ⅳ", "iv")]
    {
        assert_eq!(fold(a), fold(b), "{a} {b}");
    }
    assert_ne!(fold("Yıldırım"), fold("Yildirim"));
    assert_eq!((fold("–, (!)"), fold("Ａ-1 ½")), (String::new(), "a112".into()));
}

#[test]
fn it_ends_as_it_says() {
    let status = |arguments: &[&str]| run(arguments).0;
    assert_eq!(status(&["--min", "core=0", "--min", "appointment=0.0", CORPUS]), 0);
    assert_eq!(status(&["--min", "place=1", CORPUS]), 1);
    assert_eq!(status(&["no/such/folder"]), 1);
    assert_eq!(status(&["src"]), 1);
    for wrong in
        [&["--min", "core", CORPUS][..], &["--min", "cores=0.5", CORPUS], &["--min", "core=2", CORPUS], &["--language", "fr", CORPUS], &["--what"], &[]]
    {
        let (code, out, err) = run(wrong);
        assert_eq!((code, out.as_str()), (2, ""), "{wrong:?}");
        assert!(err.contains("usage: evaluate"), "{err}");
    }
    assert_eq!(status(&["--help"]), 0);
}

#[test]
fn a_language_can_be_chosen() {
    let (code, out, _) = run(&["--errors", "--language", "en", HAND_MADE]);
    assert_eq!(code, 0);
    let gold = |row: &str| out.lines().map(|l| l.split_whitespace().collect::<Vec<_>>()).find(|l| l[0] == row).map(|l| l[1].to_string());
    assert_eq!((gold("place"), gold("person")), (Some("1".into()), Some("0".into())), "{out}");
}

#[test]
fn a_broken_annotation_is_named() {
    let folder = std::env::temp_dir().join(format!("thucthe-evaluate-{}", std::process::id()));
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap_or_else(|e| panic!("{e}"));
    std::fs::create_dir_all(&folder).unwrap_or_else(|e| panic!("{e}"));
    write("a.txt", "Việt Nam");
    // Its first span cuts a letter, its second lies behind the end.
    let mentions =
        r#"{"start": 0, "end": 3, "text": "Vi", "kind": "place", "names": ["Vi"]}, {"start": 90, "end": 95, "text": "x", "kind": "place", "names": []}"#;
    write("a.gold.json", &format!(r#"{{"doc": "a.txt", "language": "vi", "mentions": [{mentions}]}}"#));
    write("b.gold.json", r#"{"doc": "b.txt", "language": "vi", "mentions": []}"#);
    write("c.gold.json", "{");
    let (code, out, err) = run(&["--errors", folder.to_str().unwrap_or_default()]);
    std::fs::remove_dir_all(&folder).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(code, 1);
    assert!(out.contains("all"), "{out}");
    for part in ["a.txt:1:1: gold `Vi`: bytes 0..3", "gold `x`: no names", "b.txt: ", "c.gold.json: "] {
        assert!(err.contains(part), "{part} is not in\n{err}");
    }
}
