//! The shipped gazetteers test themselves: they read without a finding, hold what they promise, and each example in
//! them is answered with the record that it stands in.

#![cfg(feature = "builtin")]

mod common;

use common::{records, text, toml};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use thucthe::{Extractor, Finding, Gazetteer, Kind};

/// Name and content of every shipped file, in the order of their names.
fn files() -> Vec<(String, Value)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("gazetteers");
    let mut out: Vec<(String, Value)> = std::fs::read_dir(&folder)
        .unwrap_or_else(|e| panic!("{}: {e}", folder.display()))
        .map(|entry| entry.unwrap_or_else(|e| panic!("{e}")).path())
        .filter(|p| p.extension().is_some_and(|e| e == "toml"))
        .map(|p| {
            let name = p.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let content = std::fs::read_to_string(&p).unwrap_or_else(|e| panic!("{name}: {e}"));
            let value = toml(&name, &content);
            (name, value)
        })
        .collect();
    out.sort_by(|a, b| a.0.cmp(&b.0));
    out
}

/// File and record of everything of a kind.
fn of_kind(files: &[(String, Value)], kind: Kind) -> Vec<(&str, &Value)> {
    files.iter().flat_map(|(name, v)| records(v, kind.as_str()).iter().map(move |r| (name.as_str(), r))).collect()
}

fn all(files: &[(String, Value)]) -> Vec<(&str, &Value)> {
    Kind::ALL.into_iter().flat_map(|k| of_kind(files, k)).collect()
}

fn names<'v>(record: &'v Value, field: &str) -> Vec<&'v str> {
    let by_language = record.get(field).and_then(Value::as_object);
    by_language
        .into_iter()
        .flat_map(|o| o.values())
        .flat_map(|v| match v {
            Value::Array(a) => a.iter().filter_map(Value::as_str).collect(),
            v => v.as_str().into_iter().collect::<Vec<_>>(),
        })
        .collect()
}

/// Prints the warnings of a check, which someone may look at, and refuses its errors.
fn no_errors(what: &str, g: &Gazetteer) {
    let (warnings, errors): (Vec<Finding>, Vec<Finding>) = g.check().into_iter().partition(Finding::is_warning);
    let list = |f: &[Finding]| f.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    println!("{what}: {} warnings\n{}", warnings.len(), list(&warnings));
    assert!(errors.is_empty(), "{what}: {} errors\n{}", errors.len(), list(&errors));
}

#[test]
fn nothing_is_found_wrong() {
    no_errors("embedded", &Gazetteer::builtin());
}

#[test]
fn every_file_is_embedded() {
    let on_disk = all(&files()).len();
    assert_eq!(Gazetteer::builtin().len(), on_disk, "a file in gazetteers/ is not read by the crate, or the other way round");
}

#[test]
fn the_folder_reads_like_the_embedded_files() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("gazetteers");
    let read = Gazetteer::from_path(&folder).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(read.len(), Gazetteer::builtin().len());
    // The files say more than what is embedded: the dates and places of editions are checked here alone.
    no_errors("folder", &read);
}

#[test]
fn ids_are_used_once_in_all_files() {
    let files = files();
    let mut seen = BTreeMap::new();
    let twice: Vec<String> =
        all(&files).into_iter().filter_map(|(f, r)| seen.insert(text(r, "id"), f).map(|first| format!("{} in {first} and {f}", text(r, "id")))).collect();
    assert!(twice.is_empty(), "{}", twice.join("\n"));
}

#[test]
fn examples_are_found_again() {
    let files = files();
    let extractor = Extractor::builtin();
    let (mut count, mut wrong) = (0, Vec::new());
    for (file, r) in all(&files).into_iter().filter(|(_, r)| r.get("example").is_some()) {
        count += 1;
        let id = text(r, "id");
        let document = extractor.extract(text(r, "example"));
        let found: Vec<&str> = document.entities().iter().map(|e| e.id()).collect();
        if !found.contains(&id) {
            wrong.push(format!("{file}: {id} in `{}`: found {}", text(r, "example"), found.join(", ")));
        }
    }
    assert!(wrong.is_empty(), "{} of {count}\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= 20, "only {count} examples");
}

#[test]
fn people_have_a_time_in_office_or_a_note() {
    let files = files();
    let bare: Vec<&str> = of_kind(&files, Kind::Person)
        .into_iter()
        .filter(|(_, p)| records(p, "tenure").is_empty() && text(p, "note").is_empty())
        .map(|(_, p)| text(p, "id"))
        .collect();
    assert!(bare.is_empty(), "neither tenure nor note: {}", bare.join(", "));
}

#[test]
fn tenures_have_a_source_and_a_time() {
    let files = files();
    let mut wrong = Vec::new();
    for (file, p) in of_kind(&files, Kind::Person) {
        for t in records(p, "tenure") {
            let sources = match t.get("source") {
                Some(Value::Array(a)) => a.iter().filter_map(Value::as_str).collect(),
                Some(s) => s.as_str().into_iter().collect::<Vec<_>>(),
                None => Vec::new(),
            };
            if sources.is_empty() || sources.iter().any(|s| !s.starts_with("https://") && !s.starts_with("http://")) {
                wrong.push(format!("{file}: {} {}: the source is no address", text(p, "id"), text(t, "office")));
            }
            if ["from", "to", "seen"].iter().all(|f| t.get(*f).is_none()) {
                wrong.push(format!("{file}: {} {}: no date", text(p, "id"), text(t, "office")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_country_is_one_that_is_listed() {
    let files = files();
    // What can be the side of a mechanism or own an office: countries, and bodies that are parties.
    let mut sides: BTreeSet<&str> = of_kind(&files, Kind::Place).iter().map(|(_, r)| text(r, "country")).collect();
    sides.extend(
        all(&files).iter().filter(|(_, r)| r.get("party") == Some(&Value::Bool(true))).filter_map(|(_, r)| text(r, "id").split_once(':')).map(|(_, slug)| slug),
    );
    let mut wrong = Vec::new();
    for (file, r) in all(&files) {
        let country = text(r, "country");
        if !country.is_empty() && !sides.contains(country) {
            wrong.push(format!("{file}: {}: no country `{country}`", text(r, "id")));
        }
        for p in r.get("participants").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
            if !sides.contains(p) {
                wrong.push(format!("{file}: {}: no side `{p}`", text(r, "id")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn bilateral_ids_name_their_sides_in_order() {
    // `mechanism:family.jp-vn`: whoever composes the id from words must come to the same one.
    let files = files();
    let families: BTreeSet<&str> = files.iter().flat_map(|(_, v)| records(v, "family")).map(|f| text(f, "id")).collect();
    let mut wrong = Vec::new();
    for (file, r) in of_kind(&files, Kind::Mechanism) {
        let Some((family, sides)) = text(r, "id").trim_start_matches("mechanism:").rsplit_once('.') else { continue };
        let mut sorted: Vec<&str> = sides.split('-').collect();
        sorted.sort_unstable();
        let mut listed: Vec<&str> = r.get("participants").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
        listed.sort_unstable();
        if sorted.join("-") != sides || sorted != listed {
            wrong.push(format!("{file}: {}: sides {sides}, participants {}", text(r, "id"), listed.join("-")));
        }
        if !families.contains(family) {
            wrong.push(format!("{file}: {}: no family `{family}`", text(r, "id")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn canonical_names_are_found_by_themselves() {
    // A name that stands alone must at least be able to mean its record. Persons, places and the like share names; the
    // kinds asked here are those whose full names are meant to be unique.
    let files = files();
    let extractor = Extractor::builtin();
    let (mut count, mut wrong) = (0, Vec::new());
    for kind in [Kind::Mechanism, Kind::Agreement, Kind::Initiative, Kind::Ministry] {
        for (file, r) in of_kind(&files, kind) {
            for name in names(r, "name") {
                count += 1;
                let document = extractor.extract(name);
                let id = text(r, "id");
                if !document.mentions().iter().any(|m| document.entity_of(m).id() == id || m.candidates().any(|c| c == id)) {
                    let found: Vec<&str> = document.entities().iter().map(|e| e.id()).collect();
                    wrong.push(format!("{file}: {id} by `{name}`: found {}", found.join(", ")));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count}\n{}", wrong.len(), wrong.join("\n"));
}
