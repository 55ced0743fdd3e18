//! Inputs for a fuzzer to begin with, and its dictionary: strings of the gazetteers, put together by chance.
//!
//! `cargo run --release --bin seeds -- FOLDER` from `tests/fuzz` writes `FOLDER/TARGET/*` and `FOLDER/dictionary`, always
//! the same ones.

#[path = "../chance.rs"]
mod chance;

use chance::{Chance, ODD};
use std::fmt::Write as _;
use std::path::PathBuf;
use thucthe_fuzz::TARGETS;

/// Inputs a target.
const INPUTS: usize = 200;

/// Strings of each file of the gazetteers that go into the dictionary. An entry has room for [`ENTRY`] bytes.
const STRINGS: usize = 12;
const ENTRY: usize = 64;

const BETWEEN: &[&str] = &[" ", " ", " ", " ", ", ", ". ", "\n", "", "、", "の", "と", " - ", " và ", " của ", " tại ", " and ", " of ", " (", ") "];
const KINDS: &[&str] = &["place", "organization", "person", "title", "ministry", "mechanism", "agreement", "initiative", "ship"];
const LANGUAGES: &[&str] = &["vi", "vi", "ja", "ja", "en", "en", "fr"];
const STRENGTHS: &[&str] = &["", "", "weak", "exact", "never", "odd"];

/// The strings of a file each, but for ids and addresses, and its records.
struct File {
    strings: Vec<String>,
    records: Vec<String>,
}

struct Maker {
    files: Vec<File>,
    chance: Chance,
}

impl Maker {
    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.chance.below(of.len())]
    }

    fn string(&mut self) -> String {
        let file = &self.files[self.chance.below(self.files.len())];
        file.strings[self.chance.below(file.strings.len())].clone()
    }

    fn date(&mut self) -> String {
        format!("{}-{:02}-{:02}", 1940 + self.chance.below(100), self.chance.below(14), self.chance.below(33))
    }

    fn text(&mut self) -> String {
        let mut out = String::new();
        for _ in 0..=self.chance.below(14) {
            match self.chance.below(8) {
                0 => out += self.one(ODD),
                1 => out += &self.date(),
                _ => out += &self.string(),
            }
            out += self.one(BETWEEN);
        }
        out
    }

    fn bytes(&mut self, len: usize) -> Vec<u8> {
        (0..len).map(|_| (self.chance.next() >> 32) as u8).collect()
    }

    fn toml(&mut self) -> String {
        let mut out = String::new();
        for n in 0..=self.chance.below(5) {
            let file = &self.files[self.chance.below(self.files.len())];
            if self.chance.below(2) == 0 {
                out += &file.records[self.chance.below(file.records.len())];
            } else {
                let (kind, language, name, alias) = (self.one(KINDS), self.one(LANGUAGES), self.string(), self.string());
                let (list, other) = (self.one(&["alias", "exact", "weak", "never", "word"]), self.one(LANGUAGES));
                let _ = write!(out, "[[{kind}]]\nid = \"{kind}:n{n}\"\nname = {{ {language} = {name:?} }}\n{list} = {{ {other} = [{alias:?}] }}\n");
            }
            out += "\n";
        }
        out
    }

    fn csv(&mut self) -> String {
        let mut out = "kind,name,language,id,strength,country\n".to_string();
        for _ in 0..self.chance.below(8) {
            let (kind, name, language) = (self.one(KINDS), self.string().replace('"', "\"\""), self.one(LANGUAGES));
            let id = if self.chance.below(2) == 0 { String::new() } else { format!("{kind}:n{}", self.chance.below(3)) };
            let _ = writeln!(out, "{kind},\"{name}\",{language},{id},{},", self.one(STRENGTHS));
        }
        out
    }

    fn jsonl(&mut self) -> String {
        let mut out = String::new();
        for _ in 0..=self.chance.below(3) {
            let (text, date, language) = (self.text(), self.date(), self.one(LANGUAGES));
            let _ = writeln!(out, "{}", serde_json::json!({ "text": text, "date": date, "language": language }));
        }
        out
    }

    fn input(&mut self, target: &str) -> Vec<u8> {
        match target {
            "text_options" => [self.bytes(4), self.text().into_bytes()].concat(),
            "toml" => self.toml().into_bytes(),
            "csv" => self.csv().into_bytes(),
            "jsonl" => self.jsonl().into_bytes(),
            "differential" => {
                let len = 1 + self.chance.below(300);
                self.bytes(len)
            }
            _ => self.text().into_bytes(),
        }
    }
}

fn read(text: &str) -> File {
    let strings = text.lines().filter(|l| !l.starts_with('#')).flat_map(|l| l.split('"').skip(1).step_by(2));
    let strings = strings.filter(|s| !s.is_empty() && !s.contains([':', '\\'])).map(str::to_string).collect();
    let records = text.split("\n\n").filter(|r| r.starts_with("[[") && r.len() < 1000).map(|r| format!("{r}\n")).collect();
    File { strings, records }
}

fn main() -> std::io::Result<()> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "corpus".to_string()));
    let gazetteers = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../gazetteers");
    let mut paths = std::fs::read_dir(gazetteers)?.map(|e| Ok(e?.path())).collect::<std::io::Result<Vec<_>>>()?;
    paths.sort();
    let files = paths.iter().map(|p| Ok(read(&std::fs::read_to_string(p)?))).collect::<std::io::Result<Vec<_>>>()?;
    let mut maker =
        Maker { files: files.into_iter().filter(|f| !f.strings.is_empty() && !f.records.is_empty()).collect(), chance: Chance(0x9e37_79b9_7f4a_7c15) };
    for (target, _) in TARGETS {
        let folder = folder.join(target);
        std::fs::create_dir_all(&folder)?;
        for n in 0..INPUTS {
            std::fs::write(folder.join(format!("seed-{n:03}")), maker.input(target))?;
        }
    }
    let mut entries: Vec<String> = ODD.iter().map(ToString::to_string).collect();
    for file in &maker.files {
        let short: Vec<&String> = file.strings.iter().filter(|s| s.len() <= ENTRY).collect();
        entries.extend((0..STRINGS.min(short.len())).map(|_| short[maker.chance.below(short.len())].clone()));
    }
    entries.sort();
    entries.dedup();
    let mut dictionary = String::new();
    for entry in entries {
        let bytes: String = entry.bytes().map(|b| format!("\\x{b:02x}")).collect();
        let _ = writeln!(dictionary, "\"{bytes}\"");
    }
    std::fs::write(folder.join("dictionary"), dictionary)
}
