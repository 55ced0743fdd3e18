//! Wrong gazetteers: everything that is wrong comes out at once, each finding with its place, code and remedy; and
//! nothing that can be written into a file makes the reader panic.

use thucthe::{Error, Extractor, Finding, Gazetteer};

/// Faults of every sort in one file. The lines are counted by the test below.
const BROKEN: &str = r#"# a list with faults
[[place]]
id = "place:one"
name = { vi = "Một", fr = "Un" }

[[place]]
id = "One Two"
name = { vi = "Hai" }

[[person]]
id = "person:three"
colour = "blue"
name = { en = "Three" }

  [[person.tenure]]
  office = "title:aa-president"
  from = "2024-13-01"
  source = "https://example.org/"

  [[person.tenure]]
  office = "title:aa-president"
  from = "2024-02"

  [[person.tenure]]
  office = "title:aa-president"
  from = "2024-02"
  to = "2023-12"
  source = "https://example.org/"

[[place]]
id = "place:one"
name = { vi = "Một nữa" }

[[ministry]]
id = "ministry:aa-tea"
name = { vi = 7 }

[[mechanism]]
id = "mechanism:talks"
action = "invent"
name = { en = "Talks" }

[[ship]]
id = "ship:five"

[[organization]]
name = { en = "Nameless" }

[[organization]]
id = "organization:six"
name = { en = "Six" }
party = "yes"
"#;

fn findings(result: Result<Gazetteer, Error>) -> Vec<Finding> {
    match result {
        Ok(g) => panic!("it reads, with {} records", g.len()),
        Err(e) => {
            assert!(e.is_data() && !e.is_io() && !e.is_limit(), "{e:?}");
            e.findings().to_vec()
        }
    }
}

fn places(found: &[Finding]) -> Vec<(usize, usize, &str)> {
    found.iter().map(|f| (f.line, f.column, f.code)).collect()
}

fn read(text: &str) -> Result<Gazetteer, Error> {
    Gazetteer::from_toml("test.toml", text)
}

#[test]
fn all_faults_come_out_in_one_run() {
    let found = findings(Gazetteer::from_toml("broken.toml", BROKEN));
    let want = [
        (4, 22, "G002"),  // a language that is none
        (7, 6, "G005"),   // an id without its kind
        (12, 1, "G002"),  // a field that nobody knows
        (17, 10, "G007"), // a thirteenth month, told once
        (20, 3, "G012"),  // a tenure without a source
        (24, 3, "G011"),  // an end before its beginning
        (30, 1, "G006"),  // an id for the second time
        (36, 15, "G003"), // a number for a name, told once
        (40, 10, "G010"), // an action that is none
        (43, 1, "G002"),  // a record of no kind
        (46, 1, "G004"),  // no id
        (52, 9, "G003"),  // a text for a flag
    ];
    let mut want = want.to_vec();
    want.sort_unstable();
    assert_eq!(places(&found), want, "{found:#?}");
    for f in &found {
        assert_eq!(f.file, "broken.toml");
        assert!(!f.message.is_empty() && !f.remedy.is_empty(), "{f}");
        assert!(f.to_string().starts_with(&format!("broken.toml:{}:{}: {}", f.line, f.column, f.code)), "{f}");
    }
}

/// Ten faults of ten sorts, of which reading alone would see five.
const TEN: &str = r#"
[[organization]]
id = "organization:reef"
name = { en = "Long Reef Lines" }

[[organization]]
id = "organization:reef"
name = { en = "Short Reef Lines" }

[[organization]]
id = "organization:sand"
country = "zz"
name = { en = "Sand Lines" }
alias = { en = ["Long Reef Lines", "--"], ja = ["日曜日"] }
weak = { en = ["S"] }

[[title]]
id = "title:sand-captain"
name = { en = "Captain of Sand Lines" }
example = "There is nobody on the bridge."

[[person]]
id = "person:lim"
name = { en = "Lim Mei Ling" }

  [[person.tenure]]
  office = "title:sand-captain"
  from = "2024-02-30"
  to = "2025"
  source = "https://example.org/lim"

  [[person.tenure]]
  office = "title:sand-captain"
  from = "2019"
  to = "2021-06"

[[person]]
id = "person:tan"
name = { en = "Tan Ah Kow" }

  [[person.tenure]]
  office = "title:sand-captain"
  from = "2020"
  to = "2022"
  source = "https://example.org/tan"

[[word]]
id = "common-word"
word = { ja = ["日曜日"] }
"#;

#[test]
fn ten_faults_are_ten_findings_of_one_review() {
    let found = Gazetteer::default().review("ten.toml", TEN);
    let want = [
        (6, 1, "G006"),   // an id for the second time
        (12, 11, "G009"), // a country that is none
        (14, 17, "G016"), // another's strong name
        (14, 36, "G008"), // a name without a letter
        (14, 49, "G019"), // a common word
        (15, 16, "G020"), // one letter
        (20, 11, "G014"), // an example without it
        (28, 10, "G007"), // a thirtieth of February
        (32, 3, "G012"),  // a tenure without a source
        (41, 3, "G017"),  // two in an office for one
    ];
    let mut found_at = places(&found);
    found_at.sort_unstable();
    assert_eq!(found_at, want, "{found:#?}");
    let lines: Vec<&str> = TEN.lines().collect();
    for f in found.iter() {
        assert_eq!(f.excerpt, lines[f.line - 1].trim_end(), "{f}");
        assert!(!f.remedy.is_empty());
    }
}

#[test]
fn a_review_leans_on_what_is_there() {
    let base = read("[[place]]\nid = \"place:sg\"\ncountry = \"sg\"\ntype = \"country\"\nname = { en = \"Singapore\" }\n").unwrap();
    let own = "[[place]]\nid = \"place:reef\"\ncountry = \"sg\"\nname = { en = \"Long Reef\" }\nexample = \"Ships left Long Reef.\"\n";
    assert!(base.review("own.toml", own).is_empty(), "{:?}", base.review("own.toml", own));
    let changes = "[[place]]\nid = \"place:sg\"\nname = { en = \"Singapore\" }\n\n[[place]]\nid = \"place:gone\"\naction = \"remove\"\n";
    assert_eq!(places(&base.review("own.toml", changes)), [(2, 6, "G006"), (6, 6, "G009")]);
    assert!(Gazetteer::default().review_path("no/such/folder").unwrap_err().is_io());
}

#[test]
fn the_excerpt_is_the_line() {
    let lines: Vec<&str> = BROKEN.lines().collect();
    // Findings across records know no more than the place.
    for f in findings(Gazetteer::from_toml("broken.toml", BROKEN)).iter().filter(|f| f.code != "G006") {
        assert_eq!(f.excerpt, lines[f.line - 1], "{f}");
    }
}

#[test]
fn columns_count_characters() {
    let found = findings(read("[[place]]\nname = { vi = \"Đường đến đó\", xx = \"?\" }\nid = \"place:a\""));
    assert_eq!(places(&found), [(2, 31, "G002")]);
}

#[test]
fn the_message_lists_every_finding() {
    let error = match Gazetteer::from_toml("broken.toml", BROKEN) {
        Err(e) => e,
        Ok(_) => panic!("it reads"),
    };
    let said = error.to_string();
    for f in error.findings() {
        assert!(said.contains(&f.to_string()), "{f} is not in\n{said}");
    }
}

#[test]
fn broken_toml_is_a_finding() {
    for (text, line) in [("[[place]\n", 1), ("[[place]]\nid = \"place:a\nname = 1\n", 2), ("\n\n= 3", 3), ("a = { b = 1", 1)] {
        let found = findings(read(text));
        assert!(found.iter().any(|f| f.code == "G001" && f.line == line), "{text:?}: {found:?}");
    }
}

#[test]
fn a_value_outside_of_records_is_a_finding() {
    assert_eq!(places(&findings(read("version = 3\n"))), [(1, 1, "G002")]);
    assert_eq!(places(&findings(read("place = [1]\n"))), [(1, 10, "G003")]);
}

#[test]
fn files_are_told_apart() {
    let folder = std::env::temp_dir().join(format!("thucthe-errors-{}", std::process::id()));
    let deeper = folder.join("deeper");
    std::fs::create_dir_all(&deeper).unwrap_or_else(|e| panic!("{e}"));
    let write = |p: &std::path::Path, s: &str| std::fs::write(p, s).unwrap_or_else(|e| panic!("{e}"));
    write(&folder.join("b.toml"), "[[place]]\nid = \"place:a\"\nname = { en = \"A\" }\n");
    write(&folder.join("a.toml"), "[[place]]\nid = \"place:a\"\nname = { en = \"A\" }\n");
    write(&folder.join("notes.txt"), "no list at all");
    write(&deeper.join("c.toml"), "\n[[place]]\nid = \"a\"\nname = { en = \"A\" }\n");
    let result = Gazetteer::from_path(&folder);
    std::fs::remove_dir_all(&folder).unwrap_or_else(|e| panic!("{e}"));
    let found = findings(result);
    let short: Vec<(String, usize, &str)> = found.iter().map(|f| (f.file.rsplit(['/', '\\']).next().unwrap_or_default().to_string(), f.line, f.code)).collect();
    assert_eq!(short, [("b.toml".to_string(), 1, "G006"), ("c.toml".to_string(), 3, "G005")], "{found:?}");
}

#[test]
fn a_missing_file_is_no_data_error() {
    let error = match Gazetteer::from_path("no/such/list.toml") {
        Err(e) => e,
        Ok(_) => panic!("it reads"),
    };
    assert!(error.is_io() && !error.is_data() && error.findings().is_empty());
    assert!(error.to_string().contains("list.toml"), "{error}");
    assert!(std::error::Error::source(&error).is_some(), "the cause is lost");
}

#[test]
fn a_file_that_is_not_text_is_an_error() {
    let path = std::env::temp_dir().join(format!("thucthe-bytes-{}.toml", std::process::id()));
    std::fs::write(&path, b"[[place]]\nid = \"\xff\xfe\"\n").unwrap_or_else(|e| panic!("{e}"));
    let result = Gazetteer::from_path(&path);
    std::fs::remove_file(&path).unwrap_or_else(|e| panic!("{e}"));
    assert!(result.is_err_and(|e| e.is_io()));
}

#[test]
fn merging_wants_an_intention() {
    let base = || read("[[place]]\nid = \"place:a\"\nname = { en = \"A\" }").unwrap_or_else(|e| panic!("{e}"));
    let merged = |text: &str| {
        let mut g = base();
        let later = Gazetteer::from_toml("later.toml", text).unwrap_or_else(|e| panic!("{e}"));
        g.merge(later).err().map(|e| e.findings().to_vec()).unwrap_or_default()
    };
    let found = merged(
        "[[place]]\nid = \"place:a\"\nname = { en = \"A\" }\n\n[[place]]\nid = \"place:b\"\naction = \"extend\"\n\n[[place]]\nid = \"place:c\"\naction = \"remove\"\n",
    );
    assert_eq!(places(&found), [(2, 6, "G006"), (6, 6, "G009"), (10, 6, "G009")], "{found:?}");
    assert!(found.iter().all(|f| f.file == "later.toml"), "{found:?}");
    for action in ["extend", "override", "remove"] {
        let found = merged(&format!("[[place]]\nid = \"place:a\"\naction = \"{action}\"\nname = {{ en = \"B\" }}\n"));
        assert!(found.is_empty(), "{action}: {found:?}");
    }
}

#[test]
fn building_refuses_what_does_not_merge() {
    let a = || read("[[place]]\nid = \"place:a\"\nname = { en = \"A\" }").unwrap_or_else(|e| panic!("{e}"));
    let error = match Extractor::builder().no_builtin().gazetteer(a()).gazetteer(a()).build() {
        Err(e) => e,
        Ok(_) => panic!("it builds"),
    };
    assert_eq!(error.findings().iter().map(|f| f.code).collect::<Vec<_>>(), ["G006"]);
}

#[test]
fn references_to_nothing_are_doubtful() {
    let g = read(
        "[[ministry]]\nid = \"ministry:aa-tea\"\nportfolio = \"tea\"\nsuccessor = \"ministry:aa-milk\"\nname = { en = \"Ministry of Tea\" }\n\
         [[place]]\nid = \"place:marks\"\nname = { en = \"Marks\" }\nalias = { en = [\"!?\"] }\n\
         [[person]]\nid = \"person:b\"\nname = { en = \"Bee\" }\n[[person.tenure]]\noffice = \"title:nobody\"\nfrom = 2020\nsource = \"https://example.org/\"\n",
    )
    .unwrap_or_else(|e| panic!("{e}"));
    let found = g.check();
    let short: Vec<(usize, &str)> = found.iter().map(|f| (f.line, f.code)).collect();
    assert_eq!(short, [(3, "G009"), (4, "G009"), (9, "G008"), (14, "G009")], "{found:?}");
}

#[test]
fn a_name_that_is_too_long_is_doubtful() {
    let codes = |length: usize| {
        let g = read(&format!("[[place]]\nid = \"place:a\"\nname = {{ ja = \"{}\" }}\n", "緑".repeat(length))).unwrap_or_else(|e| panic!("{e}"));
        g.check().iter().map(|f| (f.line, f.code)).collect::<Vec<_>>()
    };
    assert_eq!(codes(250), []);
    assert_eq!(codes(251), [(3, "G015")]);
}

#[test]
fn what_nests_without_end_is_a_finding() {
    const DEEP: usize = 100_000;
    let (open, close) = ("[".repeat(DEEP), "]".repeat(DEEP));
    let record = "[[place]]\nid = \"place:a\"\nname = ";
    for text in [
        format!("a = {open}"),
        format!("a = {open}{close}"),
        format!("{record}{open}{close}\n"),
        format!("{record}{}", "{ vi = ".repeat(DEEP)),
        format!("{record}{}1{}", "{ vi = ".repeat(DEEP), " }".repeat(DEEP)),
        format!("{}a = 1\n", "a.".repeat(DEEP)),
        format!("[{}a]\n", "a.".repeat(DEEP)),
        format!("[[{}a]]\n", "a.".repeat(DEEP)),
        format!("{open}place{close}\n"),
    ] {
        let found = findings(read(&text));
        assert!(!found.is_empty() && found.len() < 1_000, "{text:.40}: {} findings", found.len());
        // Brackets and quotes inside of a name are no nesting.
        let sound = format!("{record}{{ vi = '{open}“Reef”{}' }}\n", &close[..100]);
        assert!(read(&sound).is_ok());
    }
}

/// A small generator of numbers: the mutations are the same on every machine and every day.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n.max(1) as u64) as usize
    }
}

#[test]
fn mutated_files_never_panic() {
    const SOUND: &str = include_str!("data/toy/people.toml");
    const PIECES: [&str; 16] =
        ["[[", "]]", "\"", "=", "{", "}", "\n", "[[person]]", "id", "0", "\u{301}", "\\u0000", "2024-02-30", "[[person.tenure]]", "action = \"remove\"", "ế"];
    let characters: Vec<char> = SOUND.chars().collect();
    let mut numbers = Numbers(0x2545_f491_4f6c_dd1d);
    let (mut read_well, mut refused) = (0, 0);
    for _ in 0..2_000 {
        let mut text = characters.clone();
        for _ in 0..=numbers.below(3) {
            let at = numbers.below(text.len());
            match numbers.below(4) {
                0 => {
                    text.remove(at);
                }
                1 => {
                    let to = (at + numbers.below(40)).min(text.len());
                    text.drain(at..to);
                }
                2 => {
                    text.splice(at..at, PIECES[numbers.below(PIECES.len())].chars());
                }
                _ => {
                    let from = numbers.below(text.len());
                    let to = (from + numbers.below(40)).min(text.len());
                    let copy: Vec<char> = text[from..to].to_vec();
                    text.splice(at..at, copy);
                }
            }
        }
        let text: String = text.into_iter().collect();
        match Gazetteer::from_toml("mutated.toml", &text) {
            Ok(g) => {
                read_well += 1;
                let _ = g.check();
                // Reviewing looks for the places of its findings in the text once more.
                let _ = Gazetteer::default().review("mutated.toml", &text);
            }
            Err(e) => {
                refused += 1;
                assert!(!e.findings().is_empty(), "refused without a reason:\n{text}");
                let lines = text.lines().count().max(1);
                assert!(e.findings().iter().all(|f| f.line >= 1 && f.line <= lines + 1 && f.column >= 1), "{e}\nin\n{text}");
            }
        }
    }
    // Neither all of them sound nor all of them broken: the mutations do reach the records.
    assert!(read_well >= 50 && refused >= 500, "{read_well} read, {refused} refused");
}

#[test]
fn a_rule_that_cannot_be_is_refused() {
    let g = read("[[rule]]\nmakes = \"title\"\nform = [\"role.portfolio@vi\",\n  \"no-such-part ministry\"]\n").unwrap_or_else(|e| panic!("{e}"));
    let error = match Extractor::builder().no_builtin().gazetteer(g).build() {
        Err(e) => e,
        Ok(_) => panic!("it builds"),
    };
    let short: Vec<_> = error.findings().iter().map(|f| (f.line, f.column, f.code)).collect();
    assert_eq!(short, [(4, 3, "G013")], "{error}");
    assert!(error.to_string().contains("no-such-part"), "{error}");
}
