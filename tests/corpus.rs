//! The cases of `tests/corpus/*.toml`: what the shipped gazetteers must give on short texts.
//!
//! A case says with `want` what the whole answer is: `[surface, kind, id]` in order of appearance. A surface is looked
//! for from the start of the one before it, so that nested marks follow their holder; `surface#2` is the second
//! occurrence in the text. Several entities of one mark are joined by ` + `. Marks that the guidelines leave open stand
//! in `may`. Where only a part of the answer matters, `has` asks for the marks that it lists and no more.
//!
//! `not` lists surfaces that no mark may have, `holds` all the appointments as `[person, title]` with an optional
//! `former` or `acting`, `attributes` what marks say beside: `edition=11`, `year=1982`, `former`, `acting`, `none`.
//! Under `want`, appointments and attributes that are not listed must not be there either.
//!
//! `open.toml` holds cases that still go wrong. They are run as well: one that comes true has to move, so that the list
//! of what is wrong stays honest. `THUCTHE_CASE=word cargo test --test corpus` runs the cases with that word in the name.

#![cfg(feature = "builtin")]

mod common;

use common::{records, text, toml_file};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use thucthe::{Document, Extractor, Input, Mention};

const FILES: [&str; 16] = [
    "vi",
    "vi-spelling",
    "vi-titles",
    "vi-titles-abroad",
    "vi-people",
    "vi-lists",
    "vi-clauses",
    "vi-heads",
    "vi-dates",
    "vi-mechanisms",
    "ja",
    "ja-offices",
    "en",
    "mixed",
    "negative",
    "regression",
];

fn cases(file: &str) -> Vec<Value> {
    records(&toml_file(&format!("tests/corpus/{file}.toml")), "case").to_vec()
}

fn wanted(case: &Value) -> bool {
    std::env::var("THUCTHE_CASE").map_or(true, |w| text(case, "name").contains(&w))
}

fn extract<'t>(case: &'t Value) -> Document<'t> {
    let mut input = Input::new(text(case, "text"));
    if case.get("date").is_some() {
        input = input.date(text(case, "date").parse().unwrap_or_else(|e| panic!("{}: {e}", text(case, "name"))));
    }
    if case.get("language").is_some() {
        input = input.language(text(case, "language").parse().unwrap_or_else(|e| panic!("{}: {e}", text(case, "name"))));
    }
    if case.get("home").is_some() {
        input = input.home(text(case, "home"));
    }
    Extractor::builtin().extract(input)
}

fn list<'v>(case: &'v Value, field: &str) -> Vec<Vec<&'v str>> {
    let Some(v) = case.get(field) else { return Vec::new() };
    let rows = v.as_array().unwrap_or_else(|| panic!("{}: `{field}` is no list", text(case, "name")));
    rows.iter()
        .map(|row| match row {
            Value::String(s) => vec![s.as_str()],
            Value::Array(a) => a.iter().map(|x| x.as_str().unwrap_or_default()).collect(),
            _ => panic!("{}: `{field}` holds something else than texts", text(case, "name")),
        })
        .collect()
}

/// `surface#n` taken apart.
fn numbered(surface: &str) -> (&str, Option<usize>) {
    match surface.rsplit_once('#') {
        Some((s, n)) if n.parse::<usize>().is_ok() => (s, n.parse().ok()),
        _ => (surface, None),
    }
}

fn occurrences(text: &str, surface: &str) -> Vec<usize> {
    (0..text.len()).filter(|&i| text.is_char_boundary(i) && text[i..].starts_with(surface)).collect()
}

/// One mark as the cases write it, with its place.
type Mark = (usize, usize, String, String);

/// Where the listed marks stand in the text.
fn placed(whole: &str, rows: &[Vec<&str>], wrong: &mut Vec<String>) -> Vec<Mark> {
    let (mut out, mut from) = (Vec::<Mark>::new(), 0);
    for row in rows {
        let [surface, kind, id] = row[..] else {
            wrong.push(format!("{row:?} is not [surface, kind, id]"));
            continue;
        };
        let (surface, n) = numbered(surface);
        let all = occurrences(whole, surface);
        let at = match n {
            Some(n) => all.get(n - 1),
            None => all.iter().find(|&&i| i >= from && !out.iter().any(|m| m.0 == i && m.1 == i + surface.len())),
        };
        match at {
            Some(&at) => {
                out.push((at, at + surface.len(), kind.to_string(), id.to_string()));
                from = at;
            }
            None => wrong.push(format!("the text has no `{surface}` where the case expects it")),
        }
    }
    out
}

fn ids(d: &Document<'_>, m: &Mention) -> String {
    let mut ids: BTreeSet<&str> = m.also().iter().map(|&e| d.entities()[e].id()).collect();
    ids.insert(d.entity_of(m).id());
    ids.into_iter().collect::<Vec<_>>().join(" + ")
}

fn attributes(m: &Mention) -> String {
    let a = m.attributes();
    let mut out = Vec::new();
    out.extend(a.edition.map(|e| format!("edition={e}")));
    out.extend(a.year.map(|y| format!("year={y}")));
    if a.former {
        out.push("former".into());
    }
    if a.acting {
        out.push("acting".into());
    }
    if out.is_empty() { "none".into() } else { out.join(" ") }
}

/// Everything in which the answer differs from the case.
fn differences(case: &Value, d: &Document<'_>) -> Vec<String> {
    let mut wrong = Vec::new();
    let whole = d.text();
    let marks: Vec<Mark> = d.mentions().iter().map(|m| (m.span().start, m.span().end, m.kind().to_string(), ids(d, m))).collect();
    let may: Vec<&str> = list(case, "may").into_iter().map(|r| r[0]).collect();
    let missing = |rows: &[Vec<&str>], wrong: &mut Vec<String>| {
        let expected = placed(whole, rows, wrong);
        for e in expected.iter().filter(|e| !marks.contains(e)) {
            wrong.push(format!("missing {}..{} `{}` {} {}", e.0, e.1, &whole[e.0..e.1], e.2, e.3));
        }
        expected
    };
    if case.get("want").is_some() {
        let expected = missing(&list(case, "want"), &mut wrong);
        for m in marks.iter().filter(|m| !expected.contains(m) && !may.contains(&&whole[m.0..m.1])) {
            wrong.push(format!("too much {}..{} `{}` {} {}", m.0, m.1, &whole[m.0..m.1], m.2, m.3));
        }
    }
    missing(&list(case, "has"), &mut wrong);
    for surface in list(case, "not") {
        wrong.extend(marks.iter().filter(|m| &whole[m.0..m.1] == surface[0]).map(|m| format!("`{}` must not be marked, it is {} {}", surface[0], m.2, m.3)));
    }
    let mut told = Vec::new();
    for row in list(case, "attributes") {
        let (surface, n) = numbered(row[0]);
        let found = d.mentions().iter().filter(|m| d.text_of(m) == surface).nth(n.unwrap_or(1) - 1);
        told.extend(found.map(Mention::span));
        match found.map(attributes) {
            Some(a) if a == row[1..].join(" ") => {}
            // A mark that need not be there needs no attributes.
            None if may.contains(&surface) => {}
            a => wrong.push(format!("`{}` says {}, not {}", row[0], a.unwrap_or_else(|| "nothing: it is no mark".into()), row[1..].join(" "))),
        }
    }
    if case.get("want").is_some() {
        let more = d.mentions().iter().filter(|m| !told.contains(&m.span()) && attributes(m) != "none");
        wrong.extend(more.map(|m| format!("`{}` says {} unasked", d.text_of(m), attributes(m))));
    }
    if case.get("holds").or(case.get("want")).is_some() {
        let expected: BTreeSet<String> = list(case, "holds").iter().map(|r| r.join(" ")).collect();
        let actual: BTreeSet<String> = appointments(d).into_iter().collect();
        wrong.extend(expected.difference(&actual).map(|a| format!("missing appointment {a}")));
        wrong.extend(actual.difference(&expected).map(|a| format!("appointment too much {a}")));
    }
    wrong
}

fn appointments(d: &Document<'_>) -> Vec<String> {
    let id = |e: usize| d.entities()[e].id();
    d.appointments()
        .iter()
        .map(|a| format!("{} {}{}{}", id(a.person), id(a.office), if a.former { " former" } else { "" }, if a.acting { " acting" } else { "" }))
        .collect()
}

/// The answer as a case would write it, so that one can compare and copy.
fn report(file: &str, case: &Value, d: &Document<'_>, wrong: &[String]) -> String {
    let mut s = format!("\n{file}.toml: {}\n  {:?}\n", text(case, "name"), d.text());
    for w in wrong {
        let _ = writeln!(s, "  - {w}");
    }
    let _ = writeln!(s, "  the answer was");
    for m in d.mentions() {
        let depth = std::iter::successors(m.parent(), |&p| d.mentions()[p].parent()).count();
        let _ =
            writeln!(s, "    {}{}..{} [{:?}, {}, {}] {}", "  ".repeat(depth), m.span().start, m.span().end, d.text_of(m), m.kind(), ids(d, m), attributes(m));
    }
    for a in appointments(d) {
        let _ = writeln!(s, "    holds {a}");
    }
    s
}

#[test]
fn every_case_comes_out() {
    let (mut count, mut failures) = (0, String::new());
    let mut failed = 0;
    for file in FILES {
        for case in cases(file).iter().filter(|c| wanted(c)) {
            let d = extract(case);
            let wrong = differences(case, &d);
            count += 1;
            if !wrong.is_empty() {
                failed += 1;
                failures += &report(file, case, &d, &wrong);
            }
        }
    }
    assert!(failed == 0, "{failed} of {count} cases fail\n{failures}");
    assert!(count > 0 || std::env::var_os("THUCTHE_CASE").is_some(), "no case was read");
}

#[test]
fn open_cases_are_still_open() {
    let (mut count, mut solved) = (0, Vec::new());
    for case in cases("open").iter().filter(|c| wanted(c)) {
        count += 1;
        if differences(case, &extract(case)).is_empty() {
            solved.push(text(case, "name").to_string());
        }
    }
    println!("{count} open cases");
    assert!(solved.is_empty(), "these come out now; move them from open.toml to their file and take `why` out: {}", solved.join(", "));
}

#[test]
fn cases_are_well_formed() {
    const FIELDS: [&str; 12] = ["name", "text", "date", "language", "home", "want", "has", "may", "not", "holds", "attributes", "why"];
    let (mut names, mut wrong) = (BTreeMap::<String, &str>::new(), Vec::new());
    for file in FILES.into_iter().chain(["open"]) {
        for case in cases(file) {
            let name = text(&case, "name").to_string();
            let fields: Vec<&str> = case.as_object().map(|o| o.keys().map(String::as_str).collect()).unwrap_or_default();
            if name.is_empty() || case.get("text").is_none() {
                wrong.push(format!("{file}: a case without a name or a text"));
            }
            wrong.extend(fields.iter().filter(|f| !FIELDS.contains(f)).map(|f| format!("{file}: {name} has a field `{f}` that nobody reads")));
            if !["want", "has", "not", "holds", "attributes"].iter().any(|f| case.get(f).is_some()) {
                wrong.push(format!("{file}: {name} expects nothing and so cannot fail"));
            }
            // An open case that fails because it is miswritten would stay open for ever.
            for field in ["want", "has"] {
                let mut misplaced = Vec::new();
                placed(text(&case, "text"), &list(&case, field), &mut misplaced);
                wrong.extend(misplaced.iter().map(|m| format!("{file}: {name}: {m}")));
            }
            if (file == "open") != case.get("why").is_some() {
                wrong.push(format!("{file}: {name}: `why` belongs to open cases and to all of them"));
            }
            if let Some(other) = names.insert(name.clone(), file) {
                wrong.push(format!("{name} stands in {other} and in {file}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
