//! What no single record can know: ids used twice, references to nothing, names that two records claim, times that
//! cannot be. Each part of the work is a file of its own below this one.

mod crowd;
mod dates;
mod names;
mod references;

use super::Gazetteer;
use super::places::Places;
use super::record::{Action, At};
use crate::error::Finding;
use crate::lexicon::office::OfficeId;
use std::collections::{HashMap, HashSet};

/// Findings as they come, and what all parts of the check look up.
struct Check<'g> {
    g: &'g Gazetteer,
    portfolios: HashSet<&'g str>,
    roles: HashMap<&'g str, usize>,
    role_ids: HashSet<&'g str>,
    /// Number of each record by its id.
    records: HashMap<&'g str, usize>,
    /// Codes that can be a side or own an office: countries and parties.
    sides: HashSet<&'g str>,
    places: Places<'g>,
    out: Vec<Finding>,
}

impl<'g> Check<'g> {
    fn new(g: &'g Gazetteer, out: Vec<Finding>) -> Self {
        Check {
            g,
            portfolios: g.portfolios.iter().map(|p| &*p.id).collect(),
            roles: g.roles.iter().enumerate().map(|(i, r)| (&*r.id, i)).collect(),
            role_ids: g.roles.iter().map(|r| &*r.id).collect(),
            records: g.records.iter().enumerate().map(|(i, r)| (&*r.id, i)).collect(),
            sides: references::sides(g),
            places: Places::new(g),
            out,
        }
    }

    fn offices(&self) -> OfficeId<'_> {
        OfficeId { portfolios: &self.portfolios, roles: &self.role_ids }
    }

    /// A finding on a record or tenure as a whole.
    fn say(&mut self, at: At, code: &'static str, message: impl Into<String>, remedy: impl Into<String>) {
        self.say_of(at, ("", ""), code, message, remedy);
    }

    /// A finding on what a record or tenure says: a key, a text, or the text behind the key.
    fn say_of(&mut self, at: At, what: (&str, &str), code: &'static str, message: impl Into<String>, remedy: impl Into<String>) {
        self.out.push(self.places.finding(at, what, code, message.into(), remedy.into()));
    }

    /// `file:line`, for a message that points to a second place.
    fn place(&self, at: At) -> String {
        format!("{}:{}", self.g.files.get(at.file as usize).map_or("", |f| f), at.line)
    }
}

/// Ids that two records of one gazetteer claim.
pub(crate) fn duplicates(g: &Gazetteer) -> Vec<Finding> {
    let mut first: HashMap<&str, At> = HashMap::new();
    let places = Places::new(g);
    let mut out = Vec::new();
    for r in g.records.iter().filter(|r| r.action == Action::Add) {
        if let Some(at) = first.get(&*r.id) {
            let file = g.files.get(at.file as usize).map_or("", |f| f);
            let message = format!("`{}` stands at {file}:{} already", r.id, at.line);
            out.push(places.finding(r.at, ("", ""), "G006", message, "choose another id or join the records".into()));
        } else {
            first.insert(&r.id, r.at);
        }
    }
    out
}

pub(crate) fn check(g: &Gazetteer) -> Vec<Finding> {
    let mut c = Check::new(g, duplicates(g));
    references::check(&mut c);
    names::check(&mut c);
    dates::check(&mut c);
    let mut out = c.out;
    // The last keys settle ties, so that the order never depends on a hash.
    out.sort_by(|a, b| (&a.file, a.line, a.column, a.code, &a.message).cmp(&(&b.file, b.line, b.column, b.code, &b.message)));
    out
}
