//! Parallel texts: the same report in three languages must name the same people, offices, ministries and mechanisms, under
//! the same ids.
//!
//! A ministry counts where a mention names it, and where an appointment says that somebody's office is one of it: English and
//! Japanese offices name their field (`国防次官`), Vietnamese ones their ministry (`Thứ trưởng Bộ Quốc phòng`).
//!
//! Agreement is the number of ids that all three texts have, over the number that any of them has. The
//! floor is what the field was asked for.

#![cfg(feature = "builtin")]

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;
use thucthe::{Extractor, Kind};

const TRIPLES: [&str; 10] = ["t1", "t2", "t3", "t4", "t5", "u1", "u2", "u3", "u4", "u5"];
const LANGUAGES: [&str; 3] = ["vi", "en", "ja"];
const KINDS: [Kind; 4] = [Kind::Person, Kind::Title, Kind::Ministry, Kind::Mechanism];
const FLOOR: f64 = 0.95;

/// The ids of the kinds that are compared.
fn ids(name: &str, language: &str) -> BTreeSet<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/corpus/triples/{name}.{language}.txt"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let document = Extractor::builtin().extract(&*text);
    let named = document.entities().iter().filter(|e| KINDS.contains(&e.kind())).map(|e| e.id().to_string());
    let behind = document.appointments().iter().filter_map(|a| a.organization.as_deref()).filter(|o| o.starts_with("ministry:")).map(str::to_string);
    named.chain(behind).collect()
}

/// How much the three texts have in common, and what not.
struct Agreement {
    common: usize,
    all: usize,
    /// A line for each id that some text lacks.
    disagreements: String,
}

fn compare(name: &str) -> Agreement {
    let found = LANGUAGES.map(|l| (l, ids(name, l)));
    let union: BTreeSet<&String> = found.iter().flat_map(|(_, s)| s).collect();
    let (mut common, mut disagreements) = (0, String::new());
    for &id in &union {
        let having: Vec<&str> = found.iter().filter(|(_, s)| s.contains(id)).map(|(l, _)| *l).collect();
        if having.len() == LANGUAGES.len() {
            common += 1;
        } else {
            let _ = writeln!(disagreements, "{name}\t{}\tonly {}", id, having.join(" "));
        }
    }
    Agreement { common, all: union.len(), disagreements }
}

#[test]
#[expect(clippy::cast_precision_loss, reason = "a few hundred ids")]
fn three_languages_name_the_same() {
    let (mut common, mut all, mut disagreements) = (0, 0, String::new());
    for name in TRIPLES {
        let a = compare(name);
        common += a.common;
        all += a.all;
        disagreements += &a.disagreements;
    }
    let agreement = common as f64 / all as f64;
    println!("{disagreements}agreement {common}/{all} = {agreement:.4}");
    assert!(all > 80, "{all} ids: texts are missing");
    assert!(agreement >= FLOOR, "agreement {agreement:.4} < {FLOOR}\n{disagreements}");
}
