//! What a reader marked in a text, as `STEM.gold.json` beside the text holds it, and what may be wrong in such a file.

use serde::{Deserialize, Deserializer};
use std::path::{Path, PathBuf};
use thucthe::{Kind, Language};

/// The annotation of one text.
#[derive(Debug, Deserialize)]
pub struct Gold {
    /// Name of the text file, which lies beside the annotation.
    pub doc: String,
    #[serde(deserialize_with = "parsed")]
    pub language: Language,
    pub mentions: Vec<Mention>,
    #[serde(default)]
    pub appointments: Vec<Appointment>,
}

#[derive(Debug, Deserialize)]
pub struct Mention {
    pub start: usize,
    pub end: usize,
    pub text: String,
    #[serde(deserialize_with = "parsed")]
    pub kind: Kind,
    pub names: Vec<String>,
    #[serde(default)]
    pub optional: bool,
}

#[derive(Debug, Deserialize)]
pub struct Appointment {
    pub person: Vec<String>,
    pub office: Vec<String>,
    #[serde(default)]
    pub former: bool,
}

/// A value that the library reads from a word.
fn parsed<'de, D, T>(d: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: std::str::FromStr<Err: std::fmt::Display>,
{
    String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
}

/// A text with its annotation.
pub struct Pair {
    /// Where the text lies.
    pub path: PathBuf,
    pub text: String,
    pub gold: Gold,
}

impl Pair {
    /// Reads an annotation and the text that it names.
    pub fn read(annotation: &Path) -> Result<Pair, String> {
        let gold: Gold = serde_json::from_str(&text_of(annotation)?).map_err(|e| format!("{}: {e}", annotation.display()))?;
        let path = annotation.with_file_name(&gold.doc);
        Ok(Pair { text: text_of(&path)?, path, gold })
    }

    /// Line and column of a byte, both from 1. Columns are characters, as editors count them.
    pub fn position(&self, byte: usize) -> (usize, usize) {
        let before = (0..=byte.min(self.text.len())).rev().find_map(|i| self.text.get(..i)).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        (before.matches('\n').count() + 1, line.chars().count() + 1)
    }

    /// Everything in which the annotation contradicts its text or the guidelines.
    pub fn faults(&self) -> Vec<String> {
        let mut out = Vec::new();
        for (i, m) in self.gold.mentions.iter().enumerate() {
            for fault in self.faults_of(i, m) {
                let (line, column) = self.position(m.start);
                out.push(format!("{}:{line}:{column}: gold `{}`: {fault}", self.path.display(), m.text));
            }
        }
        for a in &self.gold.appointments {
            if is_nameless(&a.person) || is_nameless(&a.office) {
                out.push(format!("{}: gold appointment {:?} - {:?}: no names", self.path.display(), a.person, a.office));
            }
        }
        out
    }

    fn faults_of(&self, i: usize, m: &Mention) -> Vec<String> {
        let others = &self.gold.mentions;
        let mut out = Vec::new();
        if self.text.get(m.start..m.end) != Some(&m.text) {
            out.push(format!("bytes {}..{} are {:?}", m.start, m.end, self.text.get(m.start..m.end).unwrap_or_default()));
        }
        if m.start >= m.end {
            out.push("empty".into());
        }
        if is_nameless(&m.names) {
            out.push("no names".into());
        }
        if others[..i].iter().any(|o| (o.start, o.end, o.kind) == (m.start, m.end, m.kind)) {
            out.push("twice".into());
        }
        // By start; of those that begin together the longer is first.
        if i > 0 && (others[i - 1].start, m.end) > (m.start, others[i - 1].end) {
            out.push("out of order".into());
        }
        out.extend(others.iter().filter(|o| o.start < m.start && m.start < o.end && o.end < m.end).map(|o| format!("crosses `{}`", o.text)));
        out
    }
}

fn is_nameless(names: &[String]) -> bool {
    names.is_empty() || names.iter().any(|n| n.trim().is_empty())
}

/// The annotations in a directory, by name.
pub fn annotations(directory: &Path) -> Result<Vec<PathBuf>, String> {
    let failed = |e: std::io::Error| format!("{}: {e}", directory.display());
    let entries = std::fs::read_dir(directory).map_err(failed)?.collect::<Result<Vec<_>, _>>().map_err(failed)?;
    let mut out: Vec<PathBuf> = entries.into_iter().map(|e| e.path()).filter(|p| p.to_string_lossy().ends_with(".gold.json")).collect();
    // The order of a directory differs from system to system.
    out.sort_unstable();
    if out.is_empty() { Err(format!("{}: no *.gold.json in it", directory.display())) } else { Ok(out) }
}

fn text_of(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))
}
