//! Records built in code say what records in files say, and their faults name the line of code.

use thucthe::{Entry, Extractor, Gazetteer, Kind, Language};

const TOML: &str = r#"
[[place]]
id = "place:sg"
country = "sg"
type = "country"
name = { en = "Singapore" }
adjective = { en = ["Singaporean"] }

[[organization]]
id = "organization:blue-ocean"
country = "sg"
name = { vi = "Hãng tàu Biển Xanh", en = "Blue Ocean Lines" }
alias = { en = ["Blue Ocean Container Lines"] }
exact = { en = ["BOL"] }
weak = { en = ["Blue Ocean"] }
never = { en = ["blue ocean strategy"] }

[[title]]
id = "title:blue-ocean-captain"
organization = "organization:blue-ocean"
name = { en = "Captain of Blue Ocean Lines" }

[[person]]
id = "person:lim-mei-ling"
country = "sg"
family = "Lim"
name = { en = "Lim Mei Ling" }

  [[person.tenure]]
  office = "title:blue-ocean-captain"
  from = "2021-03"
  source = "https://example.org/lim"
"#;

const TEXT: &str = "Lim Mei Ling, Captain of Blue Ocean Lines (BOL), is Singaporean. Blue Ocean has no blue ocean strategy. \
Hãng tàu Biển Xanh và Blue Ocean Container Lines.";

fn in_code() -> Gazetteer {
    let (vi, en) = (Language::Vi, Language::En);
    Gazetteer::from_entries([
        Entry::new(Kind::Place, "sg").country("sg").sort("country").name(en, "Singapore").adjective(en, "Singaporean"),
        Entry::new(Kind::Organization, "blue-ocean")
            .country("sg")
            .name(vi, "Hãng tàu Biển Xanh")
            .name(en, "Blue Ocean Lines")
            .name(en, "Blue Ocean Container Lines")
            .exact(en, "BOL")
            .weak(en, "Blue Ocean")
            .never(en, "blue ocean strategy"),
        Entry::new(Kind::Title, "blue-ocean-captain").organization("organization:blue-ocean").name(en, "Captain of Blue Ocean Lines"),
        Entry::new(Kind::Person, "lim-mei-ling").country("sg").family("Lim").name(en, "Lim Mei Ling").tenure(
            "title:blue-ocean-captain",
            "2021-03".parse().ok(),
            None,
            "https://example.org/lim",
        ),
    ])
    .unwrap_or_else(|e| panic!("{e}"))
}

fn answer(own: Gazetteer) -> String {
    let extractor = Extractor::builder().no_builtin().gazetteer(own).build().unwrap_or_else(|e| panic!("{e}"));
    serde_json::to_string(&extractor.extract(TEXT)).unwrap_or_else(|e| panic!("{e}"))
}

#[test]
fn code_says_what_a_file_says() {
    let file = Gazetteer::from_toml("ships.toml", TOML).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(in_code().len(), file.len());
    assert!(in_code().check().is_empty(), "{:?}", in_code().check());
    let answer_of_code = answer(in_code());
    assert!(answer_of_code.contains("organization:blue-ocean") && answer_of_code.contains("title:blue-ocean-captain"), "{answer_of_code}");
    assert_eq!(answer_of_code, answer(file));
}

#[test]
fn faults_name_the_line_of_code() {
    let day = |s: &str| s.parse().ok();
    let first = line!() + 2;
    let error = Gazetteer::from_entries([
        Entry::new(Kind::Place, "Long Reef").name(Language::En, "Long Reef"),
        Entry::new(Kind::Place, "reef"),
        Entry::new(Kind::Person, "lim").name(Language::En, "Lim").tenure("title:x", day("2021"), day("2020"), " ").tenure("title:x", None, None, "a"),
        Entry::new(Kind::Place, "reef").name(Language::En, "Reef"),
    ])
    .unwrap_err();
    let found: Vec<(usize, &str)> = error.findings().iter().map(|f| (f.line, f.code)).collect();
    let at = |n: u32| (first + n) as usize;
    assert_eq!(found, [(at(0), "G005"), (at(1), "G004"), (at(2), "G004"), (at(2), "G011"), (at(2), "G012"), (at(3), "G006")]);
    assert!(error.findings().iter().all(|f| f.file.ends_with("entries.rs") && f.column > 1 && !f.remedy.is_empty()), "{error}");
}

#[test]
fn entries_change_what_is_there() {
    let en = Language::En;
    let mut all = in_code();
    let changes = Gazetteer::from_entries([
        Entry::new(Kind::Organization, "blue-ocean").extends().name(en, "Bluewater Carriers"),
        Entry::new(Kind::Title, "blue-ocean-captain").overrides().name(en, "Skipper of Blue Ocean Lines"),
        Entry::new(Kind::Person, "lim-mei-ling").removes(),
    ])
    .unwrap_or_else(|e| panic!("{e}"));
    all.merge(changes).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(all.len(), 3);
    // The canonical name stays; the new one is an alias.
    let extractor = Extractor::builder().no_builtin().gazetteer(all).build().unwrap_or_else(|e| panic!("{e}"));
    let document = extractor.extract("Blue Ocean Lines, once Bluewater Carriers, has a Skipper of Blue Ocean Lines and Lim Mei Ling.");
    let ids: Vec<&str> = document.entities().iter().map(|e| e.id()).collect();
    assert!(ids.contains(&"organization:blue-ocean") && ids.contains(&"title:blue-ocean-captain") && !ids.contains(&"person:lim-mei-ling"), "{ids:?}");
}
