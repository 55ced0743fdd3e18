//! Names as a list of the world has them, and what they are searched with.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;
use std::sync::{LazyLock, Mutex};
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

/// Names and aliases of the gazetteers' files as raw searches want them.
pub fn embedded_names() -> Vec<String> {
    let mut out: Vec<String> = gazetteer_names(None).iter().map(|(name, _)| prepare(name)).collect();
    out.sort();
    out.dedup();
    out
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
