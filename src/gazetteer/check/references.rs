//! Ids and codes that point to nothing.

use super::Check;
use crate::gazetteer::Gazetteer;
use crate::gazetteer::record::At;
use crate::kind::Kind;
use crate::lexicon::office::parse_office;
use std::collections::HashSet;

/// Codes of countries and of bodies that are parties: the same that a lexicon numbers.
pub(super) fn sides(g: &Gazetteer) -> HashSet<&str> {
    g.records
        .iter()
        .filter_map(|r| match (r.party, &r.country) {
            (true, _) => r.id.split_once(':').map(|(_, slug)| slug),
            (false, Some(c)) if r.kind == Kind::Place && r.sort.as_deref() == Some("country") => Some(c),
            _ => None,
        })
        .collect()
}

pub(super) fn check(c: &mut Check<'_>) {
    let g = c.g;
    for r in &g.records {
        let who = format!("`{}`", r.id);
        if let Some(p) = r.portfolio.as_deref().filter(|p| !c.portfolios.contains(p)) {
            missing(c, r.at, "portfolio", &who, "the portfolio", p);
        }
        if let Some(code) = r.country.as_deref().filter(|code| !c.sides.contains(code) && !c.records.contains_key(&*format!("place:{code}"))) {
            // A region of its own code (`place:hk`) is no side of a mechanism, but it is home to people and bodies.
            missing(c, r.at, "country", &who, "the country", code);
        }
        for code in r.participants.iter().filter(|code| !c.sides.contains(&***code)).collect::<Vec<_>>() {
            missing(c, r.at, "participants", &who, "the side", code);
        }
        let bodies = [("successor", &r.successor), ("organization", &r.organization), ("parent", &r.parent)];
        let bodies = bodies.into_iter().filter_map(|(key, id)| Some((key, id.as_ref()?)));
        for (key, id) in bodies.chain(r.shares.iter().map(|id| ("shares", id))) {
            record(c, r.at, key, &who, id);
        }
        for role in &r.roles {
            known_role(c, r.at, "as", &who, role);
        }
        for e in &r.editions {
            // Other words are places without a record, which a town hall or a ship may well be.
            if let Some(place) = e.place.as_deref().filter(|p| p.starts_with("place:")) {
                record(c, e.at, "place", &format!("an edition of {who}"), place);
            }
        }
        for t in &r.tenures {
            if !c.records.contains_key(&*t.office) && parse_office(&t.office, &c.offices()).is_none() {
                c.say_of(t.at, ("office", ""), "G009", format!("no office `{}`", t.office), "mend the id, or add a [[title]] record");
            }
        }
        if r.kind != Kind::Person && !r.tenures.is_empty() {
            c.say(r.at, "G010", "only persons have tenures", "move them to the person");
        }
    }
    grammar(c);
}

fn grammar(c: &mut Check<'_>) {
    let g = c.g;
    for f in &g.families {
        if let Some(code) = f.participant.as_deref().filter(|code| !c.sides.contains(code)) {
            missing(c, f.at, "participant", &format!("the family `{}`", f.id), "the side", code);
        }
        if let Some(other) = f.otherwise.as_deref().filter(|id| g.families.iter().all(|x| *x.id != **id)) {
            missing(c, f.at, "otherwise", &format!("the family `{}`", f.id), "the family", other);
        }
    }
    for r in &g.roles {
        if let Some(general) = &r.is {
            known_role(c, r.at, "is", &format!("the role `{}`", r.id), general);
        }
    }
    for w in &g.role_words {
        let who = format!("a role-word of `{}`", w.role);
        known_role(c, w.at, "role", &who, &w.role);
        if !c.portfolios.contains(&*w.portfolio) {
            missing(c, w.at, "portfolio", &who, "the portfolio", &w.portfolio);
        }
    }
}

fn missing(c: &mut Check<'_>, at: At, key: &str, who: &str, what: &str, id: &str) {
    c.say_of(at, (key, id), "G009", format!("{who} points to {what} `{id}`, which is not there"), "mend the id or add the record");
}

fn record(c: &mut Check<'_>, at: At, key: &str, who: &str, id: &str) {
    if !c.records.contains_key(id) {
        missing(c, at, key, who, "the record", id);
    }
}

fn known_role(c: &mut Check<'_>, at: At, key: &str, who: &str, id: &str) {
    if !c.roles.contains_key(id) {
        missing(c, at, key, who, "the role", id);
    }
}
