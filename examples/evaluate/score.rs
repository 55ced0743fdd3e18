//! Holds what was said of a text against its annotation, by the rules of the annotation guidelines.
//!
//! A mention is right when a gold mention of the same kind overlaps it and one of the entity's names is among the gold
//! mention's names, after folding case, marks, punctuation and spaces. Each gold mention counts once. Optional ones
//! neither reward nor punish.

use super::gold::{self, Pair};
use serde::Deserialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use thucthe::{Document, Kind};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The kinds that this library is about.
const CORE: [Kind; 4] = [Kind::Person, Kind::Title, Kind::Ministry, Kind::Mechanism];

/// Names of one entity by language.
type Names = BTreeMap<String, String>;

/// What an extractor said of a text: the part of the JSON output that is scored.
#[derive(Debug, Default, Deserialize)]
pub struct Said {
    pub mentions: Vec<Mention>,
    pub appointments: Vec<Appointment>,
}

#[derive(Debug, Deserialize)]
pub struct Mention {
    start: usize,
    end: usize,
    text: String,
    kind: String,
    name: Names,
    known: bool,
}

#[derive(Debug, Deserialize)]
pub struct Appointment {
    person_name: Names,
    office_name: Names,
    former: bool,
    /// Indices of the mentions that say so.
    #[serde(default)]
    mentions: Vec<usize>,
}

impl Said {
    /// Goes through the public JSON, so that both scorers see the same.
    pub fn of(document: &Document<'_>) -> Result<Said, serde_json::Error> {
        serde_json::from_value(serde_json::to_value(document)?)
    }
}

/// One row of the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub gold: usize,
    pub said: usize,
    pub right: usize,
    /// Of the right ones, those whose span is right to the byte.
    pub exact: usize,
}

impl Count {
    /// Nothing said where nothing was wanted is perfect; anything said there is not.
    pub fn precision(self) -> f64 {
        if self.said == 0 { f64::from(u8::from(self.gold == 0)) } else { share(self.right, self.said) }
    }

    pub fn recall(self) -> f64 {
        if self.gold == 0 { 1.0 } else { share(self.right, self.gold) }
    }

    pub fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) }
    }

    pub fn exactness(self) -> f64 {
        if self.right == 0 { 0.0 } else { share(self.exact, self.right) }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of mentions are far below 2^52")]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

impl std::iter::Sum for Count {
    fn sum<I: Iterator<Item = Count>>(counts: I) -> Count {
        counts.fold(Count::default(), |a, b| Count { gold: a.gold + b.gold, said: a.said + b.said, right: a.right + b.right, exact: a.exact + b.exact })
    }
}

/// Something that went wrong, at a byte of the text.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Miss {
    pub at: usize,
    /// `missed`, `not wanted`, `wrong entity` or `span`.
    pub what: &'static str,
    pub kind: &'static str,
    pub text: String,
    /// What was wanted, what came instead.
    pub detail: String,
}

/// The counts of all texts so far.
#[derive(Debug, Default)]
pub struct Score {
    kinds: [Count; Kind::ALL.len()],
    appointments: Count,
}

impl Score {
    /// Adds a text. What went wrong in it comes back, by place.
    pub fn add(&mut self, pair: &Pair, said: &Said) -> Vec<Miss> {
        let mut misses = Vec::new();
        let matches = Matches::of(&pair.gold, said);
        self.wanted(&pair.gold, said, &matches, &mut misses);
        self.said(&pair.gold, said, &matches, &mut misses);
        self.appointments(&pair.gold, said, &mut misses);
        misses.sort_unstable();
        misses
    }

    fn wanted(&mut self, gold: &gold::Gold, said: &Said, matches: &Matches, misses: &mut Vec<Miss>) {
        for (g, hit) in gold.mentions.iter().zip(&matches.of_gold) {
            if g.optional {
                continue;
            }
            let count = &mut self.kinds[g.kind as usize];
            count.gold += 1;
            let (what, detail) = match hit {
                None => ("missed", g.names.join(" | ")),
                Some(hit) if !hit.linked => ("wrong entity", format!("wanted {}, got {}", g.names.join(" | "), list(&said.mentions[hit.other].name))),
                Some(hit) => {
                    count.right += 1;
                    count.exact += usize::from(hit.exact);
                    if hit.exact {
                        continue;
                    }
                    ("span", format!("got {}", said.mentions[hit.other].text))
                }
            };
            misses.push(Miss { at: g.start, what, kind: g.kind.as_str(), text: g.text.clone(), detail });
        }
    }

    fn said(&mut self, gold: &gold::Gold, said: &Said, matches: &Matches, misses: &mut Vec<Miss>) {
        for (s, hit) in said.mentions.iter().zip(&matches.of_said) {
            // A kind that the guidelines do not know is nothing that could be right or wrong.
            let Ok(kind) = s.kind.parse::<Kind>() else { continue };
            let free = match hit {
                Some(hit) => gold.mentions[hit.other].optional,
                None => gold.mentions.iter().any(|g| g.optional && g.kind == kind && overlap(g, s) > 0),
            };
            if free {
                continue;
            }
            self.kinds[kind as usize].said += 1;
            if hit.is_none() {
                misses.push(Miss { at: s.start, what: "not wanted", kind: kind.as_str(), text: s.text.clone(), detail: list(&s.name) });
            }
        }
    }

    fn appointments(&mut self, gold: &gold::Gold, said: &Said, misses: &mut Vec<Miss>) {
        let offers: Vec<_> = said.appointments.iter().map(|a| (folded(a.person_name.values()), folded(a.office_name.values()), a.former)).collect();
        let mut taken = vec![false; offers.len()];
        for a in &gold.appointments {
            let (person, office) = (folded(&a.person), folded(&a.office));
            let fits = |(p, o, former): &(Folded, Folded, bool)| meet(&person, p) && meet(&office, o) && a.former == *former;
            self.appointments.gold += 1;
            if let Some(i) = (0..offers.len()).find(|&i| !taken[i] && fits(&offers[i])) {
                taken[i] = true;
                self.appointments.right += 1;
                self.appointments.exact += 1;
            } else {
                let at = gold.mentions.iter().find(|m| m.kind == Kind::Person && meet(&folded(&m.names), &person)).map_or(0, |m| m.start);
                misses.push(appointment("missed", at, &a.person.join(" | "), &a.office.join(" | "), a.former));
            }
        }
        self.appointments.said += offers.len();
        for (a, _) in said.appointments.iter().zip(taken).filter(|(_, taken)| !taken) {
            let at = a.mentions.iter().filter_map(|&m| said.mentions.get(m)).map(|m| m.start).min().unwrap_or_default();
            misses.push(appointment("not wanted", at, &list(&a.person_name), &list(&a.office_name), a.former));
        }
    }

    /// The rows of the table: each kind, appointments, and the sums `core` and `all`.
    pub fn rows(&self) -> Vec<(&'static str, Count)> {
        let mut rows: Vec<_> = Kind::ALL.iter().map(|&k| (k.as_str(), self.kinds[k as usize])).collect();
        rows.push(("appointment", self.appointments));
        rows.push(("core", CORE.iter().map(|&k| self.kinds[k as usize]).sum()));
        rows.push(("all", self.kinds.iter().copied().sum()));
        rows
    }

    /// A row by its name.
    pub fn row(&self, name: &str) -> Option<Count> {
        self.rows().into_iter().find(|(n, _)| *n == name).map(|(_, c)| c)
    }

    /// The rows with their figures, for people.
    pub fn table(&self) -> String {
        let mut out = format!("{:<13}{:>6}{:>6}{:>6}  precision recall     F1  exact\n", "kind", "gold", "said", "right");
        for (name, c) in self.rows() {
            let _ = writeln!(
                out,
                "{name:<13}{:>6}{:>6}{:>6}  {:9.4} {:6.4} {:6.4} {:6.4}",
                c.gold,
                c.said,
                c.right,
                c.precision(),
                c.recall(),
                c.f1(),
                c.exactness()
            );
        }
        out
    }
}

fn appointment(what: &'static str, at: usize, person: &str, office: &str, former: bool) -> Miss {
    let detail = format!("{office}{}", if former { " (former)" } else { "" });
    Miss { at, what, kind: "appointment", text: person.into(), detail }
}

/// Which mention of the one side a mention of the other went to.
#[derive(Clone, Copy)]
struct Hit {
    other: usize,
    /// One of the names is the same.
    linked: bool,
    /// The span is the same.
    exact: bool,
}

struct Matches {
    of_gold: Vec<Option<Hit>>,
    of_said: Vec<Option<Hit>>,
}

impl Matches {
    /// Gives each mention at most one partner, the best pairs first: those of one name, then those that count, then those
    /// of one span, then the longer overlap, then the earlier.
    fn of(gold: &gold::Gold, said: &Said) -> Matches {
        let names: Vec<Folded> = said.mentions.iter().map(names_of).collect();
        let mut pairs = Vec::new();
        for (gi, g) in gold.mentions.iter().enumerate() {
            let wanted = folded(&g.names);
            for (si, s) in said.mentions.iter().enumerate() {
                let common = overlap(g, s);
                if common > 0 && s.kind == g.kind.as_str() {
                    let exact = (g.start, g.end) == (s.start, s.end);
                    pairs.push((meet(&wanted, &names[si]), !g.optional, exact, common, Reverse(gi), Reverse(si)));
                }
            }
        }
        pairs.sort_unstable_by(|a, b| b.cmp(a));
        let mut out = Matches { of_gold: vec![None; gold.mentions.len()], of_said: vec![None; said.mentions.len()] };
        for (linked, _, exact, _, Reverse(gi), Reverse(si)) in pairs {
            if out.of_gold[gi].is_none() && out.of_said[si].is_none() {
                out.of_gold[gi] = Some(Hit { other: si, linked, exact });
                out.of_said[si] = Some(Hit { other: gi, linked, exact });
            }
        }
        out
    }
}

/// How many bytes two mentions have in common.
fn overlap(g: &gold::Mention, s: &Mention) -> usize {
    g.end.min(s.end).saturating_sub(g.start.max(s.start))
}

type Folded = BTreeSet<String>;

/// The names that an entity goes under. One that no list holds has its words as well.
fn names_of(m: &Mention) -> Folded {
    let words = (!m.known || m.name.is_empty()).then_some(&m.text);
    folded(m.name.values().chain(words))
}

fn folded<'a>(names: impl IntoIterator<Item = &'a String>) -> Folded {
    names.into_iter().filter(|n| !n.is_empty()).map(|n| fold(n)).collect()
}

fn meet(a: &Folded, b: &Folded) -> bool {
    a.intersection(b).next().is_some()
}

fn list(names: &Names) -> String {
    names.values().map(String::as_str).collect::<Vec<_>>().join(" | ")
}

/// Letters and digits of a name, without case, width and marks.
pub fn fold(name: &str) -> String {
    let plain = name.chars().map(|c| match c {
        'đ' => 'd',
        'Đ' => 'D',
        c => c,
    });
    plain.nfkd().flat_map(caseless).filter(|&c| is_letter_or_digit(c)).collect()
}

/// Full case folding, which the standard library has not: `ß` is `ss` and `ς` is `σ`. Going up and down again comes to
/// the same, but for the dotless ı, whose capital is that of the dotted one.
fn caseless(c: char) -> impl Iterator<Item = char> {
    let up_and_down = c.to_lowercase().flat_map(char::to_uppercase).flat_map(char::to_lowercase);
    let dotless = (c == 'ı').then_some(c);
    dotless.into_iter().chain(up_and_down.filter(move |_| c != 'ı'))
}

/// Unicode categories L and N. `is_alphanumeric` has some marks and encircled letters beside them.
fn is_letter_or_digit(c: char) -> bool {
    c.is_alphanumeric() && !is_combining_mark(c) && !matches!(c, '\u{1f130}'..='\u{1f189}')
}
