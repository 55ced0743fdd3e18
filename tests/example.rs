//! The tool that people try first, from the outside: what it writes, what it says on errors, and how it ends.

#![cfg(feature = "builtin")]

use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::{OnceLock, mpsc};
use std::time::Duration;

/// The built example. `cargo test` builds it, but `cargo test --test example` does not, and a stale one would answer for
/// another source; so it is asked for by name, and cargo says where it put it.
fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.current_dir(env!("CARGO_MANIFEST_DIR")).args(["build", "--quiet", "--example", "extract", "--message-format", "json"]);
        // Where the tests were built for release, so is the example: there is nothing else to compile then.
        let exe = std::env::current_exe().unwrap_or_else(|e| panic!("{e}"));
        if exe.components().any(|c| c.as_os_str() == "release") {
            cargo.arg("--release");
        }
        let out = cargo.output().unwrap_or_else(|e| panic!("cargo: {e}"));
        assert!(out.status.success(), "the example does not build\n{}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8_lossy(&out.stdout)
            .lines()
            .filter_map(|l| serde_json::from_str::<Value>(l).ok())
            .filter(|m| m["target"]["name"] == "extract")
            .find_map(|m| m["executable"].as_str().map(PathBuf::from))
            .unwrap_or_else(|| panic!("cargo names no program"))
    })
}

struct Run {
    code: i32,
    out: String,
    err: String,
}

fn run_in(arguments: &[&str], input: &[u8], variables: &[(&str, &str)]) -> Run {
    let mut child = Command::new(program())
        .args(arguments)
        .env_remove("NO_COLOR")
        .envs(variables.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|e| panic!("{e}"));
    // One that refuses its arguments does not read what it is given.
    let _ = child.stdin.take().map(|mut s| s.write_all(input));
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap_or_else(|e| panic!("{e}"));
    Run { code: status.code().unwrap_or(-1), out: String::from_utf8_lossy(&stdout).into_owned(), err: String::from_utf8_lossy(&stderr).into_owned() }
}

fn run(arguments: &[&str], input: &str) -> Run {
    run_in(arguments, input.as_bytes(), &[])
}

fn lines(r: &Run) -> Vec<Value> {
    r.out.lines().map(|l| serde_json::from_str(l).unwrap_or_else(|e| panic!("{e}: {l}"))).collect()
}

/// A file of this test's own that goes when the test ends.
struct File(PathBuf);

impl File {
    fn new(name: &str, content: &[u8]) -> File {
        let path = std::env::temp_dir().join(format!("thucthe-{}-{name}", std::process::id()));
        std::fs::write(&path, content).unwrap_or_else(|e| panic!("{e}"));
        File(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap_or_else(|| panic!("a temporary folder whose name is no text"))
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

const SENTENCE: &str = "Thứ trưởng Bộ Quốc phòng Hoàng Xuân Chiến tiếp đoàn.";

/// What is said of the input is said of these lines of it, one by one.
fn names_lines(r: &Run, lines: std::ops::RangeInclusive<usize>) {
    let said: Vec<&str> = r.err.lines().collect();
    assert_eq!(said.len(), lines.clone().count(), "{:.1000}", r.err);
    for (line, n) in said.iter().zip(lines) {
        assert!(line.contains(&format!("-:{n}:")), "line {n} is not named in `{line:.200}`");
    }
}

#[test]
fn jsonl_has_the_fields_of_the_contract() {
    let r = run(&["--format", "jsonl", "--date", "2025-12-05"], SENTENCE);
    assert_eq!((r.code, r.err.as_str()), (0, ""));
    let [d] = &lines(&r)[..] else { panic!("one document, one line: {}", r.out) };
    let keys = |v: &Value| {
        let mut k: Vec<String> = v.as_object().map(|o| o.keys().cloned().collect()).unwrap_or_default();
        k.sort_unstable();
        k
    };
    assert_eq!(keys(d), ["appointments", "date", "entities", "language", "mentions", "source"]);
    assert_eq!((&d["source"], &d["language"], &d["date"]), (&"-".into(), &"vi".into(), &"2025-12-05".into()));
    let m = &d["mentions"][0];
    assert_eq!(keys(m), ["also", "attributes", "candidates", "end", "evidence", "id", "kind", "known", "name", "parent", "start", "text"]);
    assert_eq!((&m["text"], &m["start"], &m["end"]), (&"Thứ trưởng Bộ Quốc phòng".into(), &0.into(), &34.into()));
    assert_eq!((&m["id"], &m["kind"], &m["parent"]), (&"title:vn-defence-deputy-minister".into(), &"title".into(), &Value::Null));
    assert_eq!((&d["mentions"][1]["id"], &d["mentions"][1]["parent"]), (&"ministry:vn-defence".into(), &0.into()));
    let a = &d["appointments"][0];
    assert_eq!(keys(a), ["acting", "country", "former", "mentions", "office", "office_name", "organization", "person", "person_name"]);
    assert_eq!((&a["person"], &a["office"]), (&"person:hoang-xuan-chien".into(), &"title:vn-defence-deputy-minister".into()));
}

#[test]
fn json_says_the_same_in_more_lines() {
    let (short, long) = (run(&["--format", "jsonl"], SENTENCE), run(&["--format", "json"], SENTENCE));
    assert!(long.out.lines().count() > 10);
    let whole: Value = serde_json::from_str(&long.out).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(lines(&short), [whole]);
}

#[test]
fn a_bad_line_is_named_and_the_rest_goes_on() {
    let input = [
        r#"{"source": "one", "text": "Việt Nam", "date": "2019-09-01", "language": "vi"}"#,
        r#"{"source": "two", "text": "#,
        "",
        r#"{"source": "four", "text": "Japan"}"#,
        r#"{"source": "five", "text": "Japan", "date": "yesterday"}"#,
        r#"{"source": "six"}"#,
        r#"{"source": "seven", "text": "日本", "language": "xx"}"#,
        r#"{"text": "日本"}"#,
    ];
    let r = run(&["--input", "jsonl", "--format", "jsonl", "--date", "2025-12-05"], &input.join("\n"));
    assert_eq!(r.code, 1);
    let out = lines(&r);
    let sources: Vec<&Value> = out.iter().map(|d| &d["source"]).collect();
    assert_eq!(sources, ["one", "four", ""]);
    // A document's own date leads; the command line's is for those without one.
    let dates: Vec<&Value> = out.iter().map(|d| &d["date"]).collect();
    assert_eq!(dates, ["2019-09-01", "2025-12-05", "2025-12-05"]);
    let said: Vec<&str> = r.err.lines().collect();
    assert_eq!(said.len(), 4, "{}", r.err);
    for (line, n) in said.iter().zip([2, 5, 6, 7]) {
        assert!(line.contains(&format!("-:{n}:")), "line {n} is not named in `{line}`");
    }
}

#[test]
fn a_line_that_nests_without_end_is_named_and_the_rest_goes_on() {
    const DEEP: usize = 100_000;
    let (open, close) = ("[".repeat(DEEP), "]".repeat(DEEP));
    let input = [
        open.clone(),
        format!("{open}{close}"),
        r#"{"text": "#.repeat(DEEP),
        format!(r#"{{"text": "Japan", "note": {open}{close}}}"#),
        format!(r#"{{"source": "deep", "text": "{open}Japan{close}"}}"#),
    ];
    let r = run(&["--input", "jsonl", "--format", "jsonl"], &input.join("\n"));
    assert_eq!(r.code, 1);
    let sources: Vec<Value> = lines(&r).iter().map(|d| d["source"].clone()).collect();
    // What is in fields that nobody asks for is passed over.
    assert_eq!(sources, ["", "deep"]);
    names_lines(&r, 1..=3);
}

#[test]
fn files_that_cannot_be_read_do_not_stop_the_others() {
    let (good, bytes) = (File::new("good.txt", SENTENCE.as_bytes()), File::new("bytes.txt", b"Nh\xe2t B\xb6n"));
    let folder = std::env::temp_dir();
    let folder = folder.to_str().unwrap_or_default();
    let r = run(&["--format", "jsonl", "no/such.txt", folder, bytes.path(), good.path()], "");
    assert_eq!(r.code, 1);
    let sources: Vec<String> = lines(&r).iter().map(|d| d["source"].as_str().unwrap_or_default().to_string()).collect();
    assert_eq!(sources, [good.path()]);
    let said: Vec<&str> = r.err.lines().collect();
    assert_eq!(said.len(), 3, "{}", r.err);
    assert!(said[0].contains("no/such.txt"), "{}", said[0]);
    assert!(said[1].contains(folder) && said[1].contains("directory"), "{}", said[1]);
    assert!(said[2].contains(bytes.path()) && said[2].contains("UTF-8"), "{}", said[2]);
}

#[test]
fn files_come_out_in_their_order() {
    let (a, b) = (File::new("a.txt", "Nhật Bản".as_bytes()), File::new("b.txt", "Việt Nam".as_bytes()));
    let r = run(&["--format", "jsonl", b.path(), a.path()], "");
    assert_eq!(r.code, 0, "{}", r.err);
    let ids: Vec<Value> = lines(&r).iter().map(|d| d["entities"][0]["id"].clone()).collect();
    assert_eq!(ids, ["place:vn", "place:jp"]);
}

#[test]
fn wrong_usage_ends_with_two() {
    let wrong: [&[&str]; 9] = [
        &["--colour"],
        &["-x"],
        &["--format", "xml"],
        &["--input", "csv"],
        &["--date", "2025-02-30"],
        &["--kinds", "person,ship"],
        &["--offsets", "lines"],
        &["--format"],
        &["--gazetteer", "no/such/list.toml"],
    ];
    for arguments in wrong {
        let r = run(arguments, SENTENCE);
        assert_eq!(r.code, 2, "{arguments:?}: {}", r.err);
        assert!(r.out.is_empty() && !r.err.is_empty(), "{arguments:?}");
    }
}

#[test]
fn help_is_no_error() {
    let r = run(&["--help"], "");
    assert_eq!((r.code, r.err.as_str()), (0, ""));
    for option in ["--format", "--input", "--date", "--gazetteer", "--no-builtin", "--kinds", "--offsets", "--explain", "--jobs"] {
        assert!(r.out.contains(option), "{option} is not in the help");
    }
}

#[test]
fn offsets_count_what_was_asked_for() {
    // Four bytes, one character, two units; three bytes, one and one.
    let text = "😀ế Việt Nam";
    let at = |unit: &[&str]| {
        let r = run(&[&["--format", "jsonl"], unit].concat(), text);
        let m = lines(&r)[0]["mentions"][0].clone();
        (m["start"].as_u64(), m["end"].as_u64(), m["text"].as_str().map(String::from))
    };
    let words = || Some("Việt Nam".to_string());
    assert_eq!(at(&[]), (Some(8), Some(18), words()));
    assert_eq!(at(&["--offsets", "bytes"]), (Some(8), Some(18), words()));
    assert_eq!(at(&["--offsets", "chars"]), (Some(3), Some(11), words()));
    assert_eq!(at(&["--offsets", "utf16"]), (Some(4), Some(12), words()));
}

#[test]
fn kinds_leave_the_others_out() {
    let kinds = |list: &str| {
        let r = run(&["--format", "jsonl", "--kinds", list], SENTENCE);
        lines(&r)[0]["mentions"]
            .as_array()
            .map(|a| a.iter().map(|m| m["kind"].as_str().unwrap_or_default().to_string()).collect::<Vec<_>>())
            .unwrap_or_default()
    };
    assert_eq!(kinds("person"), ["person"]);
    assert_eq!(kinds("ministry,person"), ["ministry", "person"]);
    assert_eq!(kinds("person, title"), ["title", "person"]);
}

#[test]
fn what_is_piped_has_no_escape_codes() {
    for variables in [&[][..], &[("NO_COLOR", "1")], &[("TERM", "xterm-256color")]] {
        for format in ["text", "json", "jsonl"] {
            let r = run_in(&["--format", format, "--explain"], SENTENCE.as_bytes(), variables);
            assert!(r.code == 0 && !r.out.contains('\u{1b}') && !r.err.contains('\u{1b}'), "{format}: {:?}", r.out);
        }
    }
}

#[test]
fn the_text_format_marks_and_lists() {
    let r = run(&["--date", "2025-12-05"], SENTENCE);
    assert_eq!(r.code, 0);
    assert!(r.out.contains("[Thứ trưởng Bộ Quốc phòng|title] [Hoàng Xuân Chiến|person] tiếp đoàn."), "{}", r.out);
    for part in ["2025-12-05", "title:vn-defence-deputy-minister", "ministry:vn-defence", "Ministry of National Defence", "ホアン・スアン・チエン"] {
        assert!(r.out.contains(part), "`{part}` is not in\n{}", r.out);
    }
}

#[test]
fn reasons_name_the_list_and_the_line() {
    let r = run(&["--format", "jsonl", "--explain", "--date", "2025-12-05"], SENTENCE);
    let evidence = lines(&r)[0]["mentions"].to_string();
    assert!(evidence.contains("people-vn.toml:"), "{evidence}");
    let silent = run(&["--format", "jsonl", "--date", "2025-12-05"], SENTENCE);
    assert!(lines(&silent)[0]["mentions"].as_array().is_some_and(|a| a.iter().all(|m| m["evidence"] == Value::Array(Vec::new()))));
}

#[test]
fn own_lists_are_added_or_stand_alone() {
    let list = File::new("own.toml", "[[place]]\nid = \"place:atlantis\"\nname = { en = \"Atlantis\" }\n".as_bytes());
    let ids = |more: &[&str]| {
        let r = run(&[&["--format", "jsonl", "--gazetteer", list.path()], more].concat(), "From Atlantis to Viet Nam");
        lines(&r)[0]["entities"].as_array().map(|a| a.iter().map(|e| e["id"].as_str().unwrap_or_default().to_string()).collect::<Vec<_>>()).unwrap_or_default()
    };
    assert_eq!(ids(&[]), ["place:atlantis", "place:vn"]);
    assert_eq!(ids(&["--no-builtin"]), ["place:atlantis"]);
}

#[test]
fn a_broken_list_is_shown_with_its_lines() {
    let list = File::new("broken.toml", "[[place]]\nid = \"atlantis\"\nname = { en = \"Atlantis\" }\nsize = 3\n".as_bytes());
    let r = run(&["--gazetteer", list.path()], SENTENCE);
    assert_eq!(r.code, 2);
    for part in [&format!("{}:2:6", list.path()), &format!("{}:4:1", list.path()), "error[G005]", "error[G002]", "size = 3", "2 findings"] {
        assert!(r.err.contains(part), "`{part}` is not in\n{}", r.err);
    }
}

#[test]
fn nothing_in_nothing_out() {
    let r = run(&["--format", "jsonl"], "");
    assert_eq!(r.code, 0);
    assert_eq!(lines(&r)[0]["mentions"], Value::Array(Vec::new()));
    let r = run(&["--input", "jsonl", "--format", "jsonl"], "\n\n");
    assert_eq!((r.code, r.out.as_str()), (0, ""));
}

/// Escapes can name halves of a pair of surrogates, which no text can hold: such a line is a bad one, and nothing else is.
#[test]
fn half_a_pair_of_surrogates_is_a_bad_line() {
    let input = [
        r#"{"source": "a pair", "text": "\ud83c\uddfb Japan"}"#,
        r#"{"source": "first half", "text": "Japan \ud800"}"#,
        r#"{"source": "first half, a letter", "text": "\ud800x Japan"}"#,
        r#"{"source": "second half", "text": "Japan \udc00"}"#,
        r#"{"source": "the wrong way round", "text": "\udc00\ud800 Japan"}"#,
        r#"{"source": "\ud800", "text": "Japan"}"#,
        r#"{"source": "behind", "text": "Japan"}"#,
    ];
    let r = run(&["--input", "jsonl", "--format", "jsonl"], &input.join("\n"));
    assert_eq!(r.code, 1);
    let out = lines(&r);
    let found: Vec<(&Value, &Value)> = out.iter().map(|d| (&d["source"], &d["mentions"][0]["start"])).collect();
    assert_eq!(found, [(&"a pair".into(), &5.into()), (&"behind".into(), &0.into())]);
    names_lines(&r, 2..=6);
}

/// Nobody closes the input before something came out: whoever read to its end first, or kept all of it, would say nothing.
#[test]
fn json_lines_are_not_read_to_their_end_first() {
    for (jobs, texts) in [("1", 1), ("2", 200)] {
        let arguments = ["--input", "jsonl", "--format", "jsonl", "--jobs", jobs];
        let pipes = |c: &mut Command| c.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut child = pipes(&mut Command::new(program())).unwrap_or_else(|e| panic!("{e}"));
        let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else { panic!("no pipes") };
        for n in 0..texts {
            writeln!(input, "{{\"source\": \"{n}\", \"text\": \"Japan\"}}").unwrap_or_else(|e| panic!("{e}"));
        }
        let (send, receive) = mpsc::channel();
        let reader = std::thread::spawn(move || {
            let mut output = BufReader::new(output);
            let mut first = String::new();
            output.read_line(&mut first).unwrap_or_else(|e| panic!("{e}"));
            let _ = send.send(first);
            output.lines().count()
        });
        let first = receive.recv_timeout(Duration::from_secs(120));
        drop(input);
        assert!(child.wait().is_ok_and(|s| s.success()));
        assert!(first.as_ref().is_ok_and(|l| l.contains("place:jp")), "--jobs {jobs}: {first:?} while the input was open");
        assert_eq!(reader.join().ok(), Some(texts - 1));
    }
}

#[test]
fn threads_change_neither_answers_nor_order() {
    let line = |n: usize| match n % 3 {
        0 => format!("{{\"source\": \"{n}\", \"text\": \"Thứ trưởng Bộ Quốc phòng Hoàng Xuân Chiến ({n})\"}}\n"),
        1 => format!("{{\"source\": \"{n}\", \"text\": \"防衛省 {n}\", \"date\": \"2025-12-05\"}}\n"),
        _ => format!("{{\"source\": \"{n}\", \"text\": \"ASEAN {}\"}}\n", "x".repeat(n)),
    };
    let input: String = (0..500).map(line).collect();
    let arguments = ["--input", "jsonl", "--format", "jsonl", "--jobs"];
    let with = |jobs: &str| run(&[&arguments[..], &[jobs]].concat(), &input);
    let alone = with("1");
    assert_eq!((alone.code, lines(&alone).len()), (0, 500));
    for jobs in ["2", "7"] {
        assert_eq!(with(jobs).out, alone.out, "--jobs {jobs}");
    }
    assert_eq!(with("0").code, 2);
}
