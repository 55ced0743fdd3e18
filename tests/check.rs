//! What `Gazetteer::check` finds across records, each finding with the case beside it that is sound.

use thucthe::{Finding, Gazetteer, Severity};

fn check(text: &str) -> Vec<Finding> {
    Gazetteer::from_toml("test.toml", text).unwrap_or_else(|e| panic!("{e}\nin\n{text}")).check()
}

fn codes(text: &str) -> Vec<(usize, &'static str)> {
    check(text).iter().map(|f| (f.line, f.code)).collect()
}

fn record(kind: &str, slug: &str, rest: &str) -> String {
    format!("[[{kind}]]\nid = \"{kind}:{slug}\"\n{rest}\n")
}

/// A country, so that codes of countries point to something.
fn country(code: &str) -> String {
    format!("[[place]]\nid = \"place:{code}\"\ncountry = \"{code}\"\ntype = \"country\"\nname = {{ en = \"Land of {code}\" }}\n")
}

#[test]
fn every_finding_says_what_to_do() {
    let found =
        check(&[record("place", "one", "name = { en = \"Reef\" }"), record("place", "two", "name = { en = \"Reef\" }\nparent = \"place:no\"")].concat());
    assert_eq!(found.len(), 2, "{found:?}");
    for f in &found {
        assert!(f.file == "test.toml" && !f.excerpt.is_empty() && !f.remedy.is_empty(), "{f:?}");
        assert_eq!((f.severity(), f.is_warning()), (Severity::Error, false));
    }
    // Each at the text that it is about.
    assert_eq!(found.iter().map(|f| (f.line, f.column)).collect::<Vec<_>>(), [(6, 15), (7, 10)]);
    assert!(found.iter().any(|f| f.message.contains("test.toml:1") && f.remedy.contains("shares = [\"place:one\"]")), "{found:?}");
    assert!(Severity::Error > Severity::Warning);
}

#[test]
fn strong_names_in_common() {
    let two = |a: &str, b: &str| codes(&[record("organization", "one", a), record("organization", "two", b)].concat());
    let name = "name = { en = \"Long Reef\" }";
    // Case, width and spaces fold; a name in another language is as good.
    for (other, line) in
        [("name = { vi = \"LONG REEF\" }", 6), ("name = { en = \"Ｌong  Reef\" }", 6), ("name = { en = \"Two\" }\nalias = { ja = [\"long reef\"] }", 7)]
    {
        assert_eq!(two(name, other), [(line, "G016")], "{other}");
    }
    // Marks do not.
    assert_eq!(two("name = { vi = \"Hòn Đá\" }", "name = { vi = \"Hòn Da\" }"), []);
    // Weak names and phrases that mean nothing are no claim.
    assert_eq!(two(name, "name = { en = \"Two\" }\nweak = { en = [\"Long Reef\"] }\nnever = { en = [\"Long Reef\"] }"), []);
    // Names of fixed case are told apart by it, but not from one of any case.
    let exact = |s: &str| format!("name = {{ en = \"{s} Body\" }}\nexact = {{ en = [\"{s}\"] }}");
    assert_eq!(two(&exact("COC"), &exact("CoC").replace("CoC Body", "Other")), []);
    assert_eq!(two(&exact("COC"), "name = { en = \"CoC\" }"), [(7, "G016")]);
    // Three share two pairs with the first two.
    let three = ["one", "two", "three"].map(|s| record("place", s, name)).concat();
    assert_eq!(codes(&three), [(6, "G016"), (9, "G016"), (9, "G016")]);
    // Other kinds do not count.
    assert_eq!(codes(&[record("place", "one", name), record("organization", "two", name)].concat()), []);
}

#[test]
fn what_may_share_a_name() {
    let name = "name = { en = \"Long Reef\" }";
    let two = |kind: &str, a: &str, b: &str| {
        let text = [country("aa"), country("bb"), record(kind, "one", &format!("{name}\n{a}")), record(kind, "two", &format!("{name}\n{b}"))].concat();
        codes(&text).into_iter().map(|(_, code)| code).collect::<Vec<_>>()
    };
    for (kind, a, b) in [
        ("place", "shares = \"place:two\"", ""),
        ("place", "", "shares = [\"place:one\"]"),
        ("place", "successor = \"place:two\"", ""),
        ("place", "", "successor = \"place:one\""),
        ("ministry", "country = \"aa\"", "country = \"bb\""),
        ("title", "country = \"aa\"", "country = \"bb\""),
    ] {
        assert!(two(kind, a, b).is_empty(), "{kind} {a} {b}");
    }
    assert_eq!(two("ministry", "country = \"aa\"", "country = \"aa\""), ["G016"]);
    assert_eq!(two("ministry", "country = \"aa\"", ""), ["G016"]);
    assert_eq!(two("organization", "country = \"aa\"", "country = \"bb\""), ["G016"]);
    // Over a step, and round in a circle without an end.
    let steps = [
        record("ministry", "a", &format!("{name}\nsuccessor = \"ministry:b\"")),
        record("ministry", "b", "name = { en = \"Between\" }\nsuccessor = \"ministry:c\""),
        record("ministry", "c", name),
    ];
    assert_eq!(codes(&steps.concat()), []);
    let circle = record("ministry", "a", &format!("{name}\nsuccessor = \"ministry:a\"")) + &record("ministry", "b", name);
    assert_eq!(codes(&circle), [(7, "G016")]);
    // An allowance that nothing needs is told.
    let idle = record("place", "one", name) + &record("place", "two", "name = { en = \"Short Reef\" }\nshares = [\"place:one\"]");
    assert_eq!(codes(&idle), [(7, "W003")]);
    assert!(check(&idle)[0].is_warning());
    assert_eq!(codes(&record("place", "one", &format!("{name}\nshares = \"place:no\""))), [(4, "G009")]);
}

#[test]
fn names_that_say_too_little() {
    let words = "[[word]]\nid = \"common-word\"\nword = { vi = [\"anh\"] }\n[[word]]\nid = \"clause-word\"\nword = { vi = [\"đã\"] }\n";
    let with = |text: &str| codes(&[words.to_string(), text.to_string()].concat());
    assert_eq!(with(&record("organization", "a", "name = { vi = \"Anh\" }")), [(9, "G019")]);
    assert_eq!(with(&record("place", "a", "name = { vi = \"Đã\" }\ntype = \"country\"")), [(9, "G019")]);
    // The class is there for countries; what counts in one case only tells itself apart; longer names do, too.
    for sound in ["name = { vi = \"Anh\" }\ntype = \"country\"", "name = { vi = \"Anh Quốc\" }\nexact = { vi = [\"ANH\"] }\nweak = { vi = [\"anh\"] }"] {
        assert_eq!(with(&record("place", "a", sound)), [], "{sound}");
    }
    for (letter, want) in [("A", true), ("b", true), (" C ", true), ("Ý", false), ("越", false), ("7", false), ("G7", false)] {
        let found = codes(&record("place", "a", &format!("name = {{ en = \"Reef\" }}\nweak = {{ en = [\"{letter}\"] }}")));
        assert_eq!(found == [(4, "G020")], want, "{letter}: {found:?}");
    }
    for marks in ["…", " ", "—", "ー", "\\u200b"] {
        let found = codes(&record("place", "a", &format!("name = {{ en = \"Reef\" }}\nadjective = {{ en = [\"{marks}\"] }}")));
        // A text that is written as an escape is not looked for: the finding stays at the record.
        assert_eq!(found, [(if marks.starts_with('\\') { 1 } else { 4 }, "G008")], "{marks}");
    }
    assert_eq!(codes(&record("place", "a", &format!("name = {{ en = \"{}\" }}", "ab ".repeat(100)))), [(3, "G015")]);
}

#[test]
fn a_language_that_the_others_have() {
    let many = |n: usize| (0..n).map(|i| record("place", &format!("p{i}"), &format!("name = {{ vi = \"Đảo {i}\", en = \"Isle {i}\" }}"))).collect::<String>();
    let lone = record("place", "lone", "name = { en = \"Lone Isle\" }");
    let found = check(&(many(30) + &lone));
    assert_eq!(found.iter().map(|f| (f.line, f.code)).collect::<Vec<_>>(), [(93, "W001")]);
    assert!(found[0].is_warning() && found[0].message.contains("`vi`"), "{found:?}");
    // Too few to be a custom, and another type.
    assert_eq!(codes(&(many(5) + &lone)), []);
    assert_eq!(codes(&(many(30) + &lone + "type = \"sea\"\n")), []);
}

#[test]
fn references_from_everywhere() {
    let family = "[[family]]\nid = \"talks\"\nparticipant = \"zz\"\nname = { en = \"Talks\" }\n";
    assert_eq!(codes(family), [(3, "G009")]);
    let role = "[[role]]\nid = \"head\"\nis = \"chief\"\nname = { en = \"Head\" }\n[[role-word]]\nrole = \"chief\"\nportfolio = \"tea\"\nword = { en = [\"Teamaster\"] }\n";
    assert_eq!(codes(role), [(3, "G009"), (6, "G009"), (7, "G009")]);
    let talks = "name = { en = \"Reef Talks\" }\nparticipants = [\"aa\", \"zz\"]\n[[mechanism.edition]]\nnumber = 1\nplace = \"place:no\"\n[[mechanism.edition]]\nnumber = 2\nplace = \"the town hall\"";
    assert_eq!(codes(&(country("aa") + &record("mechanism", "talks", talks))), [(9, "G009"), (12, "G009")]);
    assert_eq!(codes(&record("organization", "a", "name = { en = \"Guild\" }\ncountry = \"zz\"\nparent = \"organization:no\"")), [(4, "G009"), (5, "G009")]);
    // A party is a side by its slug, a place of its own code a home.
    let party = record("organization", "asean", "name = { en = \"ASEAN\" }\nparty = true");
    assert_eq!(codes(&(party + &family.replace("zz", "asean"))), []);
    let home = record("place", "hk", "country = \"hk\"\nname = { en = \"Hong Kong\" }");
    assert_eq!(codes(&(home + &record("organization", "a", "name = { en = \"Guild\" }\ncountry = \"hk\""))), []);
}

/// An office and two persons in it, each from the lines of one tenure.
fn office(rest: &str, one: &str, two: &str) -> String {
    let tenure = |t: &str| format!("[[person.tenure]]\noffice = \"title:warden\"\nsource = \"https://example.org/\"\n{t}");
    [
        record("title", "warden", &format!("name = {{ en = \"Warden of the Reef\" }}\n{rest}")),
        record("person", "one", &format!("name = {{ en = \"Ada Reef\" }}\n{}", tenure(one))),
        record("person", "two", &format!("name = {{ en = \"Bo Reef\" }}\n{}", tenure(two))),
    ]
    .concat()
}

#[test]
fn two_in_an_office_for_one() {
    let found = |one: &str, two: &str| check(&office("", one, two)).into_iter().map(|f| f.code).collect::<Vec<_>>();
    for (one, two) in [
        ("from = 2001-01-01\nto = 2005-06-01", "from = 2005-05-31"),
        ("from = 2001-01-01", "from = 2005-05-31"),
        ("from = 2001-01-01", "seen = 2005-05-31"),
        ("from = 2001", "to = 2005\nseen = 2004-01-01"),
        ("from = 2001\nended = true\nseen = 2009-01-01", "seen = [2008-01-01]\nended = true"),
        ("from = 2001\nto = 2005", "from = 2003\nto = 2004"),
    ] {
        assert_eq!(found(one, two), ["G017"], "{one} / {two}");
        assert_eq!(found(two, one), ["G017"], "{two} / {one}");
    }
    for (one, two) in [
        ("from = 2001-01-01\nto = 2005-06-01", "from = 2005-06-01"),
        ("from = 2001\nto = 2005", "from = 2005"),
        ("from = 2005\nto = \"2005-10\"", "from = \"2005-10\""),
        ("from = 2001\nended = true", "from = 2005-05-31"),
        ("from = 2001-01-01", "from = 2005-05-31\nacting = true"),
        ("seen = 2003-01-01", "seen = 2003-01-01"),
    ] {
        assert_eq!(found(one, two), [""; 0], "{one} / {two}");
        assert_eq!(found(two, one), [""; 0], "{two} / {one}");
    }
    let both = |rest: &str| codes(&office(rest, "from = 2001", "from = 2003"));
    assert_eq!(both("holders = \"one\"").len(), 1);
    for many in ["holders = \"many\"", "type = \"rank\"", "type = \"post\""] {
        assert_eq!(both(many), [], "{many}");
    }
    let f = &check(&office("", "from = 2001", "from = \"2003-02\""))[0];
    assert_eq!((f.line, f.column), (15, 1), "{f}");
    assert!(f.message.contains("person:two") && f.message.contains("since 2003-02") && f.message.contains("test.toml:8"), "{f}");
}

#[test]
fn offices_that_compose() {
    let text = |many: &str| {
        let person = |slug: &str, year: u32| {
            format!("name = {{ en = \"Reef {slug}\" }}\n[[person.tenure]]\noffice = \"title:aa-warden\"\nfrom = {year}\nsource = \"https://example.org/\"")
        };
        let role = format!("[[role]]\nid = \"warden\"\ntakes = [\"country\"]\nname = {{ en = \"Warden of {{country}}\" }}\n{many}\n");
        [country("aa"), role, record("person", "one", &person("one", 2001)), record("person", "two", &person("two", 2003))].concat()
    };
    assert_eq!(codes(&text("")).len(), 1);
    assert_eq!(codes(&text("holders = \"many\"")), []);
}

#[test]
fn one_person_twice() {
    let twice = "name = { en = \"Ada Reef\" }\n[[person.tenure]]\noffice = \"title:warden\"\nsource = \"https://example.org/\"\nfrom = 2001\n[[person.tenure]]\noffice = \"title:warden\"\nsource = \"https://example.org/\"\nfrom = 2003";
    let text = record("title", "warden", "name = { en = \"Warden of the Reef\" }") + &record("person", "one", twice);
    let found = check(&text);
    assert_eq!(found.iter().map(|f| (f.line, f.code, f.is_warning())).collect::<Vec<_>>(), [(11, "W004", true)]);
}

#[test]
fn days_that_cannot_be() {
    let tenure = |t: &str| codes(&office("", t, "seen = 2001-01-01"));
    assert_eq!(tenure("from = 1899\nto = 1901"), [(11, "G018")]);
    assert_eq!(tenure("seen = 8000-01-01"), [(11, "G018")]);
    assert_eq!(tenure("from = 2002\nto = 8000"), [(12, "W002")]);
    assert_eq!(codes(&record("ministry", "a", "name = { en = \"Ministry of Reefs\" }\nfrom = 1869\nto = 8000")), [(4, "W002"), (5, "W002")]);
    let editions = "name = { en = \"Reef Talks\" }\n[[mechanism.edition]]\ndate = 1850\n[[mechanism.edition]]\ndate = 8000";
    assert_eq!(codes(&record("mechanism", "talks", editions)), [(5, "G018"), (7, "W002")]);
}

#[test]
fn merged_lists_keep_their_places() {
    let mut g = Gazetteer::from_toml("base.toml", &record("place", "one", "name = { en = \"Reef\" }")).unwrap_or_else(|e| panic!("{e}"));
    let later = record("mechanism", "talks", "name = { en = \"Talks\" }\n[[mechanism.edition]]\nplace = \"place:no\"")
        + "[[place]]\nid = \"place:two\"\nname = { en = \"Reef\" }\n[[place]]\nid = \"place:one\"\naction = \"extend\"\nshares = [\"place:three\"]\n";
    g.merge(Gazetteer::from_toml("later.toml", &later).unwrap_or_else(|e| panic!("{e}"))).unwrap_or_else(|e| panic!("{e}"));
    let found: Vec<(String, usize, &str)> = g.check().into_iter().map(|f| (f.file, f.line, f.code)).collect();
    // What an extension adds stands at the record that it extends.
    assert_eq!(found, [("base.toml".into(), 1, "G009"), ("later.toml".into(), 5, "G009"), ("later.toml".into(), 8, "G016")], "{found:?}");
}
