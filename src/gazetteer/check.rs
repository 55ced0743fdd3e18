//! What no single record can know: ids used twice, references to nothing, names that fold to nothing.

use super::Gazetteer;
use super::record::{Action, At};
use crate::error::Finding;
use crate::kind::Kind;
use crate::lexicon::office::{OfficeId, parse_office};
use crate::text::script::{Class, class};
use std::collections::{HashMap, HashSet};

/// Characters of a name at most.
const LONGEST: usize = 250;

fn say(g: &Gazetteer, at: At, code: &'static str, message: impl Into<String>, remedy: impl Into<String>) -> Finding {
    Finding {
        file: g.files.get(at.file as usize).cloned().unwrap_or_default(),
        line: at.line as usize,
        column: at.column as usize,
        code,
        message: message.into(),
        remedy: remedy.into(),
        excerpt: String::new(),
    }
}

/// Ids that two records of one gazetteer claim.
pub(crate) fn duplicates(g: &Gazetteer) -> Vec<Finding> {
    let mut first: HashMap<&str, At> = HashMap::new();
    let mut out = Vec::new();
    for r in g.records.iter().filter(|r| r.action == Action::Add) {
        if let Some(at) = first.get(&*r.id) {
            let file = g.files.get(at.file as usize).map_or("", |f| f);
            out.push(say(g, r.at, "G006", format!("`{}` stands at {file}:{} already", r.id, at.line), "choose another id or join the records"));
        } else {
            first.insert(&r.id, r.at);
        }
    }
    out
}

pub(crate) fn check(g: &Gazetteer) -> Vec<Finding> {
    let mut out = duplicates(g);
    let ids: HashSet<&str> = g.records.iter().map(|r| &*r.id).collect();
    let portfolios: HashSet<&str> = g.portfolios.iter().map(|p| &*p.id).collect();
    let roles: HashSet<&str> = g.roles.iter().map(|r| &*r.id).collect();
    let office = OfficeId { portfolios: &portfolios, roles: &roles };
    for r in &g.records {
        let mut missing = |what: &str, id: &str| {
            out.push(say(g, r.at, "G009", format!("`{}` points to {what} `{id}`, which is not there", r.id), "mend the id or add the record"));
        };
        if let Some(p) = &r.portfolio {
            if !portfolios.contains(&**p) {
                missing("the portfolio", p);
            }
        }
        for id in [&r.successor, &r.organization, &r.parent].into_iter().flatten() {
            if !ids.contains(&**id) {
                missing("the record", id);
            }
        }
        for role in &r.roles {
            if !roles.contains(&**role) {
                missing("the role", role);
            }
        }
        for t in &r.tenures {
            if !ids.contains(&*t.office) && parse_office(&t.office, &office).is_none() {
                out.push(say(g, t.at, "G009", format!("no office `{}`", t.office), "mend the id, or add a [[title]] record"));
            }
        }
        if r.kind != Kind::Person && !r.tenures.is_empty() {
            out.push(say(g, r.at, "G010", "only persons have tenures", "move them to the person"));
        }
        let named = r.name.iter().flatten();
        let forms = [&r.alias, &r.exact, &r.weak, &r.never, &r.short].into_iter().flatten().flatten();
        for form in named.chain(forms) {
            if form.chars().count() > LONGEST {
                out.push(say(g, r.at, "G015", format!("a name of `{}` has more than {LONGEST} characters", r.id), "shorten it"));
            }
            if !form.chars().any(|c| matches!(class(c), Class::Letter | Class::Digit | Class::Kanji | Class::Hiragana | Class::Katakana)) {
                out.push(say(g, r.at, "G008", format!("`{form}` of `{}` has no letter that could be found", r.id), "write a name or leave it out"));
            }
        }
    }
    out.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
    out
}
