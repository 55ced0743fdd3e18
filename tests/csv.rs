//! Tables of names: what they come to, everything that can be wrong with one, and that none makes the reader panic.
#![cfg(feature = "csv")]

use proptest::prelude::*;
use thucthe::{Extractor, Finding, Gazetteer, Language};

const PORTS: &str = "\
id,kind,name,language,strength,country
place:long-reef,place,Long Reef Terminal,en,strong,
place:long-reef,place,Cảng Rạn Dài,vi,,
place:long-reef,place,ロングリーフ港,ja,,
place:long-reef,place,Long Reef,en,weak,
place:long-reef,place,LRT,en,exact,
place:long-reef,place,long reef lighthouse,en,never,
,place,Hòn Đá,vi,,
,place,Hòn Đá,en,,
,organization,\"Reef, Sand \"\"and\"\" Sons\",en,,
";

/// Faults of every sort; the lines are counted by the test.
const BROKEN: &str = "\
id,kind,name,language,strength,country
place:a,place,Alpha,en,strong,aa
Place A,place,Beta,en,strong,aa
,ship,Gamma,en,strong,aa
,place,,en,strong,aa
,place,Delta,fr,loud,aa
,place,Epsilon,,strong,aa
,place,横浜港,ja,strong,jp
,place,Bình,vi,,
,place,Bính,vi,,
place:a,place,Alef,en,weak,bb
place:z,place,Zeta,en,weak,
place:b,place,Eta,en
place:c,place,Theta,en,,,,

place:d,place,\"Cảng \"ba\"\",en,,
place:e,place,\"Iota,en,,
place:f,place,Kappa,en,,
";

fn read(text: &str) -> Gazetteer {
    Gazetteer::from_csv("test.csv", text).unwrap_or_else(|e| panic!("{e}"))
}

fn findings(text: &str) -> Vec<Finding> {
    match Gazetteer::from_csv("test.csv", text) {
        Ok(g) => panic!("it reads, with {} records", g.len()),
        Err(e) => {
            assert!(e.is_data(), "{e}");
            e.findings().to_vec()
        }
    }
}

fn places(text: &str) -> Vec<(usize, usize, &'static str)> {
    findings(text).iter().map(|f| (f.line, f.column, f.code)).collect()
}

#[test]
fn rows_of_one_id_are_one_record() {
    let g = read(PORTS);
    assert_eq!(g.len(), 3);
    assert!(g.check().is_empty(), "{:?}", g.check());
    let x = Extractor::builder().no_builtin().gazetteer(g).build().unwrap_or_else(|e| panic!("{e}"));
    let d = x.extract("Long Reef Terminal (LRT), ロングリーフ港. Long Reef has a long reef lighthouse. Cảng Rạn Dài, lrt, Hon Da, REEF, SAND “AND” SONS.");
    let found: Vec<(&str, &str)> = d.mentions().iter().map(|m| (d.entity_of(m).id(), d.text_of(m))).collect();
    let reef = "place:long-reef";
    assert_eq!(
        found,
        [
            (reef, "Long Reef Terminal"),
            (reef, "LRT"),
            (reef, "ロングリーフ港"),
            (reef, "Long Reef"),
            (reef, "Cảng Rạn Dài"),
            ("place:hon-da", "Hon Da"),
            ("organization:reef-sand-and-sons", "REEF, SAND “AND” SONS")
        ]
    );
    let e = d.entity_of(&d.mentions()[0]);
    assert_eq!(Language::ALL.map(|l| e.name(l)), [Some("Cảng Rạn Dài"), Some("Long Reef Terminal"), Some("ロングリーフ港")]);
}

#[test]
fn columns_in_any_order_and_line_ends_of_any_sort() {
    let rows = ["\u{feff}Language , NAME,kind", "en,Long Reef,place", ",,", "", " vi , Rạn Dài ,place"];
    for end in ["\n", "\r\n", "\r"] {
        assert_eq!(read(&rows.join(end)).len(), 2, "{end:?}");
    }
}

#[test]
fn all_faults_come_out_in_one_run() {
    let want = [
        (3, 1, "G005"),   // no id of a place
        (4, 2, "G010"),   // no kind
        (5, 8, "G004"),   // no name
        (6, 14, "G010"),  // a language that is none
        (6, 17, "G010"),  // a strength that is none
        (7, 16, "G004"),  // no language
        (8, 1, "G005"),   // no letters for an id
        (10, 1, "G006"),  // one id from two names
        (11, 28, "G022"), // two countries
        (12, 1, "G004"),  // weak names alone
        (13, 1, "G021"),  // too few cells
        (14, 1, "G021"),  // too many
        (16, 22, "G001"), // a quote inside of a cell
        (17, 15, "G001"), // a quote that is never closed
    ];
    assert_eq!(places(BROKEN), want, "{:#?}", findings(BROKEN));
    let lines: Vec<&str> = BROKEN.lines().collect();
    for f in findings(BROKEN) {
        assert_eq!((f.file.as_str(), f.excerpt.as_str()), ("test.csv", lines[f.line - 1]), "{f}");
        assert!(!f.message.is_empty() && !f.remedy.is_empty(), "{f}");
    }
}

#[test]
fn the_header_says_what_the_columns_are() {
    assert_eq!(places(""), [(1, 1, "G004")]);
    assert_eq!(places("\n\n"), [(1, 1, "G004")]);
    assert_eq!(places("place,Long Reef,en\n"), [(1, 1, "G004"), (1, 1, "G004"), (1, 1, "G004"), (1, 1, "G002"), (1, 7, "G002"), (1, 17, "G002")].sorted());
    assert_eq!(places("kind,name,language,name,colour\n"), [(1, 20, "G002"), (1, 25, "G002")]);
    assert_eq!(places("\n\nkind,name\nplace,Long Reef\n"), [(3, 1, "G004")]);
    assert_eq!(places("kind,\"name,language\n"), [(1, 6, "G001")]);
    // Names of columns without a row under them are a table of nothing.
    assert!(read("kind,name,language\n").is_empty());
}

/// Findings come sorted by place and code.
trait Sorted {
    fn sorted(self) -> Self;
}

impl<const N: usize> Sorted for [(usize, usize, &'static str); N] {
    fn sorted(mut self) -> Self {
        self.sort_unstable();
        self
    }
}

#[test]
fn cells_over_several_lines() {
    let found = places("kind,name,language\nplace,\"Long\nReef\",xx\nplace,Sand,yy\n");
    assert_eq!(found, [(3, 7, "G010"), (4, 12, "G010")]);
    assert_eq!(read("kind,name,language\nplace,\"Long\nReef\",en\n").len(), 1);
}

#[test]
fn folders_hold_both_and_ids_are_used_once() {
    let folder = std::env::temp_dir().join(format!("thucthe-csv-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap_or_else(|e| panic!("{e}"));
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap_or_else(|e| panic!("{e}"));
    write("a.toml", "[[place]]\nid = \"place:sand\"\nname = { en = \"Sand\" }\n");
    write("b.CSV", "kind,name,language\nplace,Long Reef,en\n");
    let one = Gazetteer::from_path(folder.join("b.CSV")).map(|g| g.len());
    let both = Gazetteer::from_path(&folder).map(|g| g.len());
    write("c.csv", "kind,name,language\nplace,Sand,en\n");
    let twice = Gazetteer::from_path(&folder);
    std::fs::remove_dir_all(&folder).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!((one.ok(), both.ok()), (Some(1), Some(2)));
    let error = twice.err().unwrap_or_else(|| panic!("it reads"));
    let short: Vec<(bool, usize, &str)> = error.findings().iter().map(|f| (f.file.ends_with("c.csv"), f.line, f.code)).collect();
    assert_eq!(short, [(true, 2, "G006")], "{error}");
}

/// A table with a few pieces put in, taken out or doubled.
fn mutated() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec!["\"", "\"\"", ",", "\n", "\r", "\r\n", ",,,,,", "\u{301}", "\0", "ế", "place", "weak", "横", "\u{feff}", "kind,"]);
    prop::collection::vec((any::<prop::sample::Index>(), 0..30usize, pieces), 1..5).prop_map(|changes| {
        let mut text: Vec<char> = format!("{PORTS}{}", &BROKEN[BROKEN.find('\n').unwrap_or(0)..]).chars().collect();
        for (at, length, piece) in changes {
            let at = at.index(text.len() + 1);
            let to = (at + length).min(text.len());
            text.splice(at..to, piece.chars());
        }
        text.into_iter().collect()
    })
}

/// It reads or says why not, at a place that is there.
fn never_panics(text: &str) -> Result<(), TestCaseError> {
    match Gazetteer::from_csv("mutated.csv", text) {
        Ok(g) => {
            let _ = g.check();
        }
        Err(e) => {
            prop_assert!(!e.findings().is_empty());
            let lines = text.matches('\n').count() + 1;
            for f in e.findings() {
                prop_assert!(f.line >= 1 && f.line <= lines && f.column >= 1, "{f}");
                prop_assert!(text.contains(&f.excerpt), "{f}: {}", f.excerpt);
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated_tables_never_panic(text in mutated()) {
        never_panics(&text)?;
    }

    #[test]
    fn any_text_never_panics(rows in "(kind,name,language\n)?[a-zế横,\"\r\n\u{301}]{0,200}") {
        never_panics(&rows)?;
    }

}

proptest! {
    // An extractor takes a while to build.
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_comes_back(names in prop::collection::vec("[A-Za-zĐđẾế \",'\n-]{1,20}", 1..8)) {
        prop_assume!(names.iter().all(|n| !n.trim().is_empty()));
        let mut text = String::from("id,kind,name,language\n");
        for (i, n) in names.iter().enumerate() {
            text.push_str(&format!("place:p{i},place,\"{}\",vi\n", n.replace('"', "\"\"")));
        }
        let g = read(&text);
        prop_assert_eq!(g.len(), names.len());
        let x = Extractor::builder().no_builtin().gazetteer(g).build().map_err(|e| TestCaseError::fail(e.to_string()))?;
        for n in names.iter().map(|n| n.trim()).filter(|n| n.chars().filter(|c| c.is_alphabetic()).count() > 3 && n.chars().all(|c| c.is_alphabetic())) {
            let d = x.extract(n);
            prop_assert!(d.mentions().iter().any(|m| m.candidates().chain([d.entity_of(m).id()]).any(|id| id.starts_with("place:p"))), "{}", n);
        }
    }
}
