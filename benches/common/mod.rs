//! What the benches share: names, a text made of own sentences, and medians of interleaved rounds.
//!
//! Everything is made without chance: the same on every machine and every day. `THUCTHE_BENCH_TEXT` names a large file of
//! your own to measure on instead; it is cut into documents at blank lines and lines that begin with `#`.

#![allow(dead_code, reason = "each bench uses a part of it")]

pub mod peers;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;
use std::sync::{LazyLock, Mutex};
use std::time::Instant;
use thucthe::{Extractor, Gazetteer};
use unicode_normalization::UnicodeNormalization;

/// Names as a list of the world has them, each once.
struct Names {
    /// Vietnamese and English names of several words from the gazetteers of the crate, with their languages: of people, places,
    /// bodies, mechanisms, texts and programmes.
    own: Vec<(String, &'static str)>,
    /// How many were tried.
    tried: usize,
    made: Vec<(String, &'static str)>,
    seen: HashSet<String>,
}

impl Names {
    fn new() -> Names {
        let mut own = BTreeMap::new();
        for kind in ["organization", "mechanism", "agreement", "initiative", "person", "place"] {
            for (name, language) in gazetteer_names(Some(kind)) {
                let plain = name.contains(' ') && name.chars().all(|c| c.is_alphabetic() || c == ' ');
                if plain && language != "ja" {
                    own.entry(name).or_insert(language);
                }
            }
        }
        Names { own: own.into_iter().collect(), tried: 0, made: Vec::new(), seen: HashSet::new() }
    }

    /// So many names at least: those of the gazetteers first, in an order in which neighbours have nothing in common, then the
    /// beginning of one with the end of another.
    fn grow(&mut self, count: usize) {
        let n = self.own.len();
        while self.made.len() < count {
            let (i, a) = (self.tried, self.tried * 48_271 % n);
            self.tried += 1;
            let (first, language) = &self.own[a];
            let name = if i < n {
                first.clone()
            } else {
                let second = &self.own[(i * 7_919 + i / n * 104_729) % n].0;
                let (x, y): (Vec<&str>, Vec<&str>) = (first.split(' ').collect(), second.split(' ').collect());
                [&x[..x.len().div_ceil(2)], &y[y.len() / 2..]].concat().join(" ")
            };
            if (2..=8).contains(&name.split(' ').count()) && self.seen.insert(prepare(&name)) {
                self.made.push((name, language));
            }
        }
    }
}

/// Names and aliases of the gazetteers' files, of one kind or all, with their languages.
pub fn gazetteer_names(kind: Option<&str>) -> Vec<(String, &'static str)> {
    let mut out = Vec::new();
    let mut files: Vec<_> = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/gazetteers")).expect("gazetteers").flatten().map(|f| f.path()).collect();
    files.sort();
    for file in files {
        let table: toml::Table = toml::from_str(&std::fs::read_to_string(file).expect("file")).expect("TOML");
        let rows = table.iter().filter(|(k, _)| kind.is_none_or(|kind| kind == *k)).filter_map(|(_, v)| v.as_array()).flatten();
        for forms in rows.flat_map(|row| ["name", "alias"].map(|key| row.get(key))).flatten() {
            for language in ["vi", "en", "ja"] {
                match forms.get(language) {
                    Some(toml::Value::String(s)) => out.push((s.clone(), language)),
                    Some(toml::Value::Array(a)) => out.extend(a.iter().filter_map(|s| s.as_str()).map(|s| (s.to_string(), language))),
                    _ => {}
                }
            }
        }
    }
    out.retain(|(name, _)| !name.contains('{'));
    out
}

/// The first so many names of a list of the world, with their languages.
pub fn names<T>(count: usize, read: impl FnOnce(&[(String, &'static str)]) -> T) -> T {
    static NAMES: LazyLock<Mutex<Names>> = LazyLock::new(|| Mutex::new(Names::new()));
    let mut names = NAMES.lock().expect("no other use failed");
    names.grow(count);
    read(&names.made[..count])
}

/// One of them.
pub fn name(i: usize) -> String {
    names(i + 1, |all| all[i].0.clone())
}

/// The names as a table of records.
pub fn table(count: usize) -> String {
    let mut s = String::with_capacity(count * 64);
    s.push_str("id,kind,name,language,strength,country\n");
    names(count, |all| {
        for (i, (name, language)) in all.iter().enumerate() {
            let _ = writeln!(s, "organization:x{i},organization,{name},{language},,");
        }
    });
    s
}

/// The names alone, without the gazetteers of the crate.
pub fn extractor(count: usize) -> Extractor {
    let g = Gazetteer::from_csv("names.csv", &table(count)).expect("the table reads");
    Extractor::builder().no_builtin().gazetteer(g).build().expect("it builds")
}

/// The names as raw searches want them.
pub fn lower_names(count: usize) -> Vec<String> {
    names(count, |all| all.iter().map(|(name, _)| prepare(name)).collect())
}

/// The `aho-corasick` contiguous NFA, leftmost-longest.
pub fn raw(names: &[String]) -> AhoCorasick {
    AhoCorasick::builder().kind(Some(AhoCorasickKind::ContiguousNFA)).match_kind(MatchKind::LeftmostLongest).build(names).expect("names build")
}

/// Composed and in lower case: what raw searches are given, beforehand and for nothing.
pub fn prepare(text: &str) -> String {
    text.nfc().collect::<String>().to_lowercase()
}

/// Sentences written for the benches, as newspapers have them, of every subject but diplomacy; they name nobody.
static SENTENCES: LazyLock<Vec<&str>> = LazyLock::new(|| include_str!("sentences.txt").lines().collect());

/// Numbers without chance, well mixed.
pub struct Mixed(u64);

impl Mixed {
    pub fn new(seed: u64) -> Self {
        Mixed(seed)
    }

    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }

    /// One of so many things, of which each is as much rarer as it comes later: as often one of the first two as one of the next two,
    /// the next four, the next eight.
    pub fn rank(&mut self, n: usize) -> usize {
        let most = 2 << self.below(n.max(2).ilog2() as usize);
        self.below(most.min(n))
    }
}

/// A document, and where its names stand: their numbers and bytes.
pub struct Made {
    pub text: String,
    pub names: Vec<(usize, usize, usize)>,
}

/// A word or name in the other style of tone marks.
fn spelled(text: String, old: bool) -> String {
    let turn = |word: &str| match word.char_indices().nth_back(1) {
        Some((at, _)) if old => word[..at].to_string() + &word[at..].replace("òa", "oà").replace("ủy", "uỷ").replace("Ủy", "Uỷ"),
        _ => word.to_string(),
    };
    text.split(' ').map(turn).collect::<Vec<_>>().join(" ")
}

/// Sentences that one document is made of: with so many, two words in five are new to it, as in newspapers.
const POOL: usize = 10;

/// Documents of about `bytes` bytes in all, 5 kB each: a name every 200 bytes, 15 % of the words with a capital, a tenth of
/// the documents decomposed, tone marks in both styles. Words are as frequent as they are in the sentences, which come up
/// by a law of their rank; a document comes back to its own few, the beginning of one with the end of another. Names are the
/// rarer the later they are in the list, as names in the news are.
pub fn documents(names: usize, bytes: usize) -> Vec<Made> {
    let mut mixed = Mixed::new(7);
    let mut out: Vec<Made> = Vec::new();
    let mut total = 0;
    while total < bytes {
        let mut d = Made { text: String::new(), names: Vec::new() };
        let decomposed = out.len() % 10 == 9;
        let old = mixed.below(2) == 0;
        // The first sentences are the frequent ones.
        let pool: [&str; POOL] = std::array::from_fn(|_| {
            let a = mixed.below(SENTENCES.len());
            SENTENCES[mixed.below(a + 1)]
        });
        let put = |d: &mut Made, s: &str| if decomposed { d.text.extend(s.nfd()) } else { d.text.push_str(s) };
        let mut next_name = 100;
        while d.text.len() < 5_000 {
            let [x, y] = [(); 2].map(|()| pool[mixed.below(POOL)].split(' ').collect::<Vec<&str>>());
            for (n, word) in x[..x.len() / 2].iter().chain(&y[y.len() / 2..]).enumerate() {
                if d.text.len() >= next_name && n > 0 {
                    next_name += 200;
                    let i = mixed.rank(names);
                    let start = d.text.len();
                    put(&mut d, &spelled(name(i), mixed.below(2) == 0));
                    d.names.push((i, start, d.text.len()));
                    d.text.push(' ');
                }
                let word = spelled(word.to_string(), old);
                let capital = mixed.below(100) < 8;
                let first = word.chars().next().map_or(0, char::len_utf8);
                let word = if capital { word[..first].to_uppercase() + &word[first..] } else { word };
                put(&mut d, &word);
                d.text.push(' ');
            }
            if mixed.below(6) == 0 {
                d.text.push('\n');
            }
        }
        total += d.text.len();
        out.push(d);
    }
    out
}

/// The documents to measure on: those of the file that `THUCTHE_BENCH_TEXT` names, else made ones. With the corpus's name.
pub fn corpus(names: usize, bytes: usize) -> (String, Vec<String>) {
    match std::env::var_os("THUCTHE_BENCH_TEXT") {
        Some(path) => {
            let text = std::fs::read_to_string(&path).expect("THUCTHE_BENCH_TEXT names a text");
            let mut docs = vec![String::new()];
            for line in text.lines() {
                if (line.is_empty() || line.starts_with('#')) && docs.last().is_some_and(|d| d.len() > 2_000) {
                    if docs.iter().map(String::len).sum::<usize>() >= bytes {
                        break;
                    }
                    docs.push(String::new());
                }
                if let Some(d) = docs.last_mut() {
                    d.push_str(line);
                    d.push('\n');
                }
            }
            (path.to_string_lossy().into_owned(), docs)
        }
        None => ("own sentences".into(), documents(names, bytes).into_iter().map(|d| d.text).collect()),
    }
}

/// Text that is full of names: that of the file that `THUCTHE_BENCH_DENSE` names, else the Vietnamese test documents, thinned by
/// sentences until a name comes up about every sixty bytes, as in articles on diplomacy. With its name. None where there is neither.
pub fn dense_text() -> Option<(String, String)> {
    if let Some(path) = std::env::var_os("THUCTHE_BENCH_DENSE") {
        let text = std::fs::read_to_string(&path).expect("THUCTHE_BENCH_DENSE names a text");
        return Some((path.to_string_lossy().into_owned(), text));
    }
    const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus/documents");
    let files = std::fs::read_dir(FOLDER).ok()?.filter_map(|f| Some(f.ok()?.path()));
    let mut files: Vec<_> = files.filter(|p| p.to_string_lossy().contains("/vi-") && p.extension().is_some_and(|e| e == "txt")).collect();
    files.sort();
    let (mut text, mut sentences) = (String::new(), SENTENCES.iter().cycle());
    for line in files.iter().filter_map(|p| std::fs::read_to_string(p).ok()).flat_map(|t| t.lines().map(str::to_string).collect::<Vec<_>>()) {
        if text.len() >= DENSE_BYTES {
            break;
        }
        text.extend([&line, "\n"]);
        for plain in sentences.by_ref().take(if line.is_empty() { 0 } else { 2 }) {
            text.extend([plain, "\n"]);
        }
    }
    (!text.is_empty()).then(|| ("test documents and sentences by turns".into(), text))
}

/// Bytes of that text.
const DENSE_BYTES: usize = 40_000;

/// The median of each way over rounds in which the ways take turns.
pub fn medians(rounds: usize, ways: &mut [&mut dyn FnMut() -> f64]) -> Vec<f64> {
    let mut times: Vec<Vec<f64>> = ways.iter().map(|_| Vec::new()).collect();
    for _ in 0..rounds {
        for (way, times) in ways.iter_mut().zip(&mut times) {
            times.push(way());
        }
    }
    times
        .into_iter()
        .map(|mut t| {
            t.sort_by(f64::total_cmp);
            t[t.len() / 2]
        })
        .collect()
}

/// Seconds that something takes.
pub fn seconds<T>(f: impl FnOnce() -> T) -> f64 {
    let start = Instant::now();
    std::hint::black_box(f());
    start.elapsed().as_secs_f64()
}

/// Memory of the process that is in use, where the system tells it without unsafe code.
pub fn resident() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmRSS:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<usize>().ok()? * 1024)
}
