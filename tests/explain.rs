//! The reasons of a mention: the words, the rule, what decided and what lost, each with the file and line that holds it.

#![cfg(feature = "builtin")]

use std::collections::HashMap;
use std::path::Path;
use std::sync::LazyLock;
use thucthe::{Document, Extractor, Gazetteer, Input};

static EXPLAINING: LazyLock<Extractor> = LazyLock::new(|| Extractor::builder().explain(true).build().unwrap_or_else(|e| panic!("{e}")));

/// The gazetteers by file name, as lines.
static LISTS: LazyLock<HashMap<String, Vec<String>>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("gazetteers");
    let files = std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{e}")).flatten();
    files.map(|f| (f.file_name().to_string_lossy().into_owned(), read(&f.path()).lines().map(String::from).collect())).collect()
});

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn extract<'t>(text: &'t str, date: &str) -> Document<'t> {
    EXPLAINING.extract(Input::new(text).date(date.parse().unwrap_or_else(|e| panic!("{e}"))))
}

/// The reasons of the first mention with these words.
fn reasons(d: &Document<'_>, words: &str) -> Vec<String> {
    let found = d.mentions().iter().find(|m| d.text_of(m) == words);
    found.unwrap_or_else(|| panic!("no `{words}` in {:?}", d.mentions().iter().map(|m| d.text_of(m)).collect::<Vec<_>>())).evidence().to_vec()
}

/// The one reason that begins so, without its place, and the record at that place.
fn record(reasons: &[String], begins: &str) -> (String, String) {
    let line = reasons.iter().find(|r| r.starts_with(begins)).unwrap_or_else(|| panic!("no `{begins}` in {reasons:#?}"));
    let (file, number) = place(line).unwrap_or_else(|| panic!("no place in `{line}`"));
    (without_lines(line), block(file, number))
}

/// File and line that a reason names last.
fn place(reason: &str) -> Option<(&str, usize)> {
    let (before, after) = reason.rsplit_once(".toml:")?;
    let start = before.rfind(['(', ' ']).map_or(0, |i| i + 1);
    let digits = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
    Some((&reason[start..before.len() + 5], after[..digits].parse().ok()?))
}

/// The lines from one on up to the next record.
fn block(file: &str, number: usize) -> String {
    let lines = LISTS.get(file).unwrap_or_else(|| panic!("no file {file}"));
    let rest = lines.get(number - 1..).unwrap_or_else(|| panic!("{file} has no line {number}"));
    let end = rest.iter().skip(1).position(|l| l.trim_start().starts_with("[[")).map_or(rest.len(), |i| i + 1);
    rest[..end].join("\n")
}

/// A reason with `…` for each line number: an edit to a list moves the lines below it.
fn without_lines(reason: &str) -> String {
    let mut out = String::new();
    let mut rest = reason;
    while let Some((before, after)) = rest.split_once(".toml:") {
        out.push_str(before);
        out.push_str(".toml:…");
        rest = after.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    out + rest
}

/// Positions of reasons that begin so: they come in this order.
fn in_order(reasons: &[String], begins: &[&str]) {
    let mut at = 0;
    for b in begins {
        let found = reasons[at..].iter().position(|r| r.starts_with(b));
        at += found.unwrap_or_else(|| panic!("`{b}` is missing or too early in {reasons:#?}")) + 1;
    }
}

#[test]
fn a_title_that_a_term_decides() {
    let d = extract("Cố vấn của Bộ Quốc phòng Kano Koji", "2025-12-04");
    let r = reasons(&d, "Cố vấn của Bộ Quốc phòng");
    in_order(&r, &["\"Cố vấn\"", "\"của\"", "\"Bộ Quốc phòng\"", "rule title", "person:kano-koji held it", "date", "country", "lost"]);
    let (line, role) = record(&r, "\"Cố vấn\"");
    assert_eq!(line, "\"Cố vấn\" role adviser (roles.toml:…)");
    assert!(role.starts_with("[[role]]\nid = \"adviser\"") && role.contains("\"Cố vấn\""), "{role}");
    let (line, class) = record(&r, "\"của\"");
    assert_eq!(line, "\"của\" of (words.toml:…)");
    assert!(class.starts_with("[[word]]\nid = \"of\"") && class.contains("\"của\""), "{class}");
    let (line, field) = record(&r, "\"Bộ Quốc phòng\"");
    assert_eq!(line, "\"Bộ Quốc phòng\" ministry of defence (portfolios.toml:…)");
    assert!(field.starts_with("[[portfolio]]\nid = \"defence\"") && field.contains("\"Bộ Quốc phòng\""), "{field}");
    let (line, form) = record(&r, "rule");
    assert_eq!(line, "rule title: \"role.portfolio@vi [of@vi] ministry\" (grammar.toml:…)");
    assert!(form.trim_start().starts_with("\"role.portfolio@vi [of@vi] ministry\""), "{form}");
    let (_, term) = record(&r, "person:kano-koji held it until 2026");
    assert!(term.contains("[[person.tenure]]") && term.contains("office = \"title:jp-defence-vice-minister-international-affairs\""), "{term}");
    assert!(r.contains(&"date 2025-12-04: given with the text".to_string()), "{r:#?}");
    assert!(r.contains(&"country jp: the person's country".to_string()), "{r:#?}");
    assert!(r.contains(&"lost: title \"Cố vấn\": shorter".to_string()), "{r:#?}");
}

#[test]
fn an_office_that_did_not_cover_the_date() {
    let own = r#"[[title]]
id = "title:jp-lamp-chief"
country = "jp"
name = { vi = "Trưởng Đèn" }
as = ["adviser"]
portfolio = "defence"

[[title]]
id = "title:jp-lamp-keeper"
country = "jp"
name = { vi = "Giữ Đèn" }
as = ["adviser"]
portfolio = "defence"

[[person]]
id = "person:lamp-taro"
country = "jp"
name = { vi = "Lamp Taro" }

  [[person.tenure]]
  office = "title:jp-lamp-chief"
  from = "2010"
  to = "2012"
  source = "https://example.org"

  [[person.tenure]]
  office = "title:jp-lamp-keeper"
  from = "2013"
  source = "https://example.org"
"#;
    let own = Gazetteer::from_toml("own.toml", own).unwrap_or_else(|e| panic!("{e}"));
    let x = Extractor::builder().gazetteer(own).explain(true).build().unwrap_or_else(|e| panic!("{e}"));
    let on = |date: &str| {
        let d = x.extract(Input::new("Cố vấn Bộ Quốc phòng Lamp Taro").date(date.parse().unwrap_or_else(|e| panic!("{e}"))));
        (d.entity_of(&d.mentions()[0]).id().to_string(), d.mentions()[0].evidence().to_vec())
    };
    let (id, r) = on("2025");
    assert_eq!(id, "title:jp-lamp-keeper");
    assert!(r.contains(&"person:lamp-taro held it from 2013 (own.toml:26)".to_string()), "{r:#?}");
    assert!(r.contains(&"lost: title:jp-lamp-chief: held it 2010 to 2012 (own.toml:20), not on 2025".to_string()), "{r:#?}");
    let (id, r) = on("2011-05");
    assert_eq!(id, "title:jp-lamp-chief");
    assert!(r.contains(&"lost: title:jp-lamp-keeper: held it from 2013 (own.toml:26), not on 2011-05".to_string()), "{r:#?}");
}

#[test]
fn a_ministry_whose_country_the_surroundings_tell() {
    let d = extract("Đoàn Nhật Bản đã đến thăm Bộ Quốc phòng. Bộ Ngoại giao hai nước Việt Nam và Lào họp.", "2025-12-04");
    let r = reasons(&d, "Bộ Quốc phòng");
    assert!(r.contains(&"country jp: the delegation (\"Đoàn Nhật Bản\")".to_string()), "{r:#?}");
    let (line, ministry) = record(&r, "a listed ministry");
    assert_eq!(line, "a listed ministry: ministry:jp-defence (ministries.toml:…)");
    assert!(ministry.contains("id = \"ministry:jp-defence\""), "{ministry}");
    let r = reasons(&d, "Bộ Ngoại giao");
    assert!(r.iter().any(|l| l.starts_with("countries vn, ") && l.ends_with(": both sides (\"hai nước\")")), "{r:#?}");
    let d = extract("Bộ Quốc phòng Mông Cổ", "2025-12-04");
    let r = reasons(&d, "Bộ Quốc phòng Mông Cổ");
    in_order(&r, &["\"Bộ Quốc phòng\"", "\"Mông Cổ\" place:mn", "rule ministry", "country mn: named there", "lost: ministry \"Bộ Quốc phòng\": shorter"]);
    let (_, country) = record(&r, "\"Mông Cổ\"");
    assert!(country.contains("id = \"place:mn\""), "{country}");
}

#[test]
fn a_mechanism_with_its_sides_and_edition() {
    let words = "Đối thoại Chính sách quốc phòng Việt Nam - Mông Cổ";
    let text = format!("{words} lần thứ 3");
    let d = extract(&text, "2025-12-04");
    let r = reasons(&d, words);
    let family = "\"Đối thoại Chính sách quốc phòng\" family defence-policy-dialogue";
    let order = [
        family,
        "\"Việt Nam\" place:vn",
        "\"Mông Cổ\" place:mn",
        "rule mechanism",
        "rule sides",
        "sides vn, mn: named in the phrase",
        "edition 3: \"lần thứ 3\"",
    ];
    in_order(&r, &order);
    let (_, listed) = record(&r, family);
    assert!(listed.starts_with("[[family]]\nid = \"defence-policy-dialogue\""), "{listed}");
    let d = extract("Đối thoại Chính sách quốc phòng với Mông Cổ", "2025-12-04");
    let r = reasons(&d, "Đối thoại Chính sách quốc phòng");
    assert!(r.contains(&"sides vn, mn: home, and the other named behind it (\"với Mông Cổ\")".to_string()), "{r:#?}");
}

#[test]
fn people_that_no_list_holds() {
    let d = extract("Phóng viên hỏi ông Trần Văn Bình về vụ việc. Phạm Văn Hùng trả lời ông Bình.", "2025-12-04");
    let (line, class) = record(&reasons(&d, "Trần Văn Bình"), "a name behind");
    assert_eq!(line, "a name behind \"ông\" honorific (words.toml:…)");
    assert!(class.starts_with("[[word]]\nid = \"honorific\"") && class.contains("\"ông\""), "{class}");
    let (line, class) = record(&reasons(&d, "Phạm Văn Hùng"), "the shape");
    assert_eq!(line, "the shape of a Vietnamese full name: \"Phạm\" family-name (words.toml:…)");
    assert!(class.contains("\"Phạm\""), "{class}");
    assert_eq!(reasons(&d, "Bình"), ["a short form of \"Trần Văn Bình\"", "no list holds the name"]);
}

#[test]
fn a_short_form_of_somebody_listed() {
    let d = extract("Thứ trưởng Bộ Quốc phòng Hoàng Xuân Chiến phát biểu. Ông Chiến cho biết.", "2025-12-04");
    let r = reasons(&d, "Chiến");
    assert_eq!(r.len(), 2, "{r:#?}");
    let (line, person) = record(&r, "\"Chiến\"");
    assert_eq!(line, "\"Chiến\" short form of person:hoang-xuan-chien (people-vn.toml:…)");
    assert!(person.starts_with("[[person]]\nid = \"person:hoang-xuan-chien\""), "{person}");
    assert_eq!(r[1], "a short form, and the full name stands in the text");
    let d = extract("Japanese Prime Minister Takaichi spoke to the press today.", "2025-12-04");
    let r = reasons(&d, "Takaichi");
    assert!(r.contains(&"a short form, and the title beside it was this person's".to_string()), "{r:#?}");
    record(&r, "person:takaichi-sanae held it from");
}

#[test]
fn readings_that_lose() {
    let own = r#"[[place]]
id = "place:alvar-bel-kor"
name = { en = "Alvar Bel Kor" }

[[place]]
id = "place:kor-dun"
name = { en = "Kor Dun" }

[[place]]
id = "place:other-alvar"
name = { en = "Alvar Bel Kor" }

[[organization]]
id = "organization:bel"
name = { en = "Bel Society" }
weak = { en = ["Bel"] }
"#;
    let own = Gazetteer::from_toml("own.toml", own).unwrap_or_else(|e| panic!("{e}"));
    let x = Extractor::builder().no_builtin().gazetteer(own).explain(true).build().unwrap_or_else(|e| panic!("{e}"));
    let r = reasons(&x.extract("Alvar Bel Kor Dun"), "Alvar Bel Kor");
    let told = [
        "\"Alvar Bel Kor\" place:alvar-bel-kor (own.toml:1)",
        "a listed name",
        "lost: \"Alvar Bel Kor\" place:other-alvar (own.toml:9): another record of the same name, behind the first",
        "lost: \"Kor Dun\" place:kor-dun (own.toml:5): crosses this place, which comes first",
        "lost: \"Bel\" organization:bel (own.toml:13): a weak name, and nothing supports it",
    ];
    assert_eq!(r, told);
    let d = extract("Ông Nguyễn Minh Vũ đến Nhật Bản.", "2025-12-04");
    let (line, country) = record(&reasons(&d, "Nhật Bản"), "lost: \"Nhật\"");
    assert_eq!(line, "lost: \"Nhật\" place:jp (countries.toml:…): shorter");
    assert!(country.contains("id = \"place:jp\"") && country.contains("\"Nhật\""), "{country}");
    // A crowd of losers is cut short, and the rest counted.
    let d = extract("Đối thoại 2+2 Quốc phòng - Ngoại giao Việt Nam - Nhật Bản", "2025-12-04");
    let r = reasons(&d, "Đối thoại 2+2 Quốc phòng - Ngoại giao Việt Nam - Nhật Bản");
    let lost: Vec<&String> = r.iter().filter(|l| l.starts_with("lost: ")).collect();
    assert!(lost.len() == 6 && lost[5].ends_with(" more"), "{lost:#?}");
}

#[test]
fn what_was_typed_without_diacritics() {
    let d = extract("Thu truong Bo Quoc phong Hoang Xuan Chien tiep Dai su Nhat Ban tai Ha Noi", "2025-12-04");
    let r = reasons(&d, "Thu truong Bo Quoc phong");
    let (line, role) = record(&r, "\"Thu truong\"");
    assert_eq!(line, "\"Thu truong\" role deputy-minister (roles.toml:…), typed without diacritics");
    assert!(role.contains("id = \"deputy-minister\""), "{role}");
    // `Viet Nam` is a name of its own in English.
    let d = extract("Viet Nam and the Republic of Korea signed it.", "2025-12-04");
    assert!(!reasons(&d, "Viet Nam")[0].contains("typed without"), "{:?}", reasons(&d, "Viet Nam"));
}

/// The texts of the corpus.
fn corpus() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/documents");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{e}")).flatten().map(|f| f.path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "txt"));
    paths.sort();
    paths.iter().map(|p| read(p)).collect()
}

/// What the record at the place of a reason begins with or has as a line, any of these.
fn wanted(reason: &str) -> Vec<String> {
    let reason = reason.strip_prefix("lost: ").unwrap_or(reason);
    if let Some(form) = reason.strip_prefix("rule ").and_then(|r| r.split('"').nth(1)) {
        return vec![format!("\"{form}\"")];
    }
    let before = reason.rsplit_once(" (").map_or(reason, |(b, _)| b);
    let id = before.split(' ').map(|w| w.trim_end_matches(':')).rfind(|w| w.contains(':') && !w.contains('"'));
    let term = |office: Option<&str>| vec![office.map_or("[[person.tenure]]".into(), |o| format!("  office = \"{o}\""))];
    if before.contains(" held it ") || before.contains(" seen in it ") {
        return if reason.starts_with("title:") || before.starts_with("title:") { term(id) } else { term(None) };
    }
    if before.starts_with("its holder on ") {
        return term(None);
    }
    if before.starts_with("an office with listed holders") {
        return term(id);
    }
    for (says, record) in
        [("named after the role", "[[role]]"), ("named after the family", "[[family]]"), ("a listed title", "[[title]]"), ("a listed ministry", "[[ministry]]")]
    {
        if before.ends_with(says) {
            return vec![record.into()];
        }
    }
    if let Some(id) = id {
        // An office of a term may be another's short name: the record or the term.
        return vec![format!("id = \"{id}\""), format!("  office = \"{id}\"")];
    }
    // `"Thứ trưởng" role deputy-minister`: what it is, behind the quotation.
    let what = before.rsplit_once(['"', '”']).map_or(before, |(_, w)| w).trim();
    let names: Vec<&str> = what.split(' ').collect();
    match names[..] {
        // `a name behind "Bộ trưởng Bộ Quốc phòng"`: the form that made the title.
        [""] => vec!["\"".into()],
        ["role", role, ..] => vec![format!("id = \"{role}\""), format!("role = \"{role}\"")],
        ["ministry", "of", field] | ["field", field] => vec![format!("id = \"{field}\"")],
        ["family" | "body", family] => vec![format!("id = \"{family}\"")],
        [class] => vec![format!("id = \"{class}\"")],
        _ => Vec::new(),
    }
}

#[test]
fn every_place_holds_what_the_reason_says() {
    let mut seen = 0;
    for text in corpus() {
        let d = EXPLAINING.extract(&*text);
        for m in d.mentions() {
            assert!(!m.evidence().is_empty(), "no reason for {}", d.text_of(m));
            for line in m.evidence() {
                let Some((file, number)) = place(line) else { continue };
                let held = block(file, number);
                assert!(
                    wanted(line).iter().any(|w| held.trim_start().starts_with(&**w) || held.contains(&format!("\n{w}"))),
                    "{line}\n{file}:{number} holds\n{held}"
                );
                seen += 1;
            }
        }
    }
    assert!(seen > 5000, "{seen}");
}

#[test]
fn reasons_change_no_answer() {
    let silent = Extractor::builtin();
    for text in corpus() {
        let (with, without) = (EXPLAINING.extract(&*text), silent.extract(&*text));
        assert!(without.mentions().iter().all(|m| m.evidence().is_empty()));
        let answers = |d: &Document<'_>| {
            let mut v = serde_json::to_value(d).unwrap_or_else(|e| panic!("{e}"));
            v["mentions"].as_array_mut().into_iter().flatten().for_each(|m| m["evidence"] = serde_json::Value::Null);
            v
        };
        assert_eq!(answers(&with), answers(&without));
    }
}

/// What the guide to the grammar shows of a sentence: the words of the mention, its id, its reasons.
fn shown(sentence: &str, words: &str) -> String {
    let d = extract(sentence, "2025-12-04");
    let m = d.mentions().iter().find(|m| d.text_of(m) == words).unwrap_or_else(|| panic!("no `{words}` in `{sentence}`"));
    let mut out = format!("{words} = {}\n", d.entity_of(m).id());
    for line in m.evidence() {
        out.push_str(&format!("  {}\n", without_lines(line)));
    }
    out
}

#[test]
fn the_guide_shows_how_each_rule_sees_a_sentence() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/docs/grammar.md");
    let page = read(&path);
    let mut fresh = page.clone();
    let lists = LISTS.get("grammar.toml").unwrap_or_else(|| panic!("no grammar"));
    for rule in lists.iter().filter_map(|l| l.strip_prefix("makes = \"")?.strip_suffix('"')) {
        let heading = format!("### `{rule}`\n");
        let (_, section) = page.split_once(&heading).unwrap_or_else(|| panic!("no `{}` in the guide", heading.trim()));
        let section = section.split("\n#").next().unwrap_or_default();
        let sentence = section.lines().find_map(|l| l.strip_prefix("> ")).unwrap_or_else(|| panic!("no sentence for {rule}"));
        let (_, block) = section.split_once("```text\n").unwrap_or_else(|| panic!("no output for {rule}"));
        let block = block.split("```").next().unwrap_or_default();
        let words = block.split(" = ").next().unwrap_or_default();
        let real = shown(sentence, words);
        fresh = fresh.replace(block, &real);
        assert!(real.contains(&format!("  rule {rule}: ")), "the sentence for {rule} does not show it:\n{real}");
    }
    if std::env::var_os("THUCTHE_REWRITE").is_some() {
        std::fs::write(&path, &fresh).unwrap_or_else(|e| panic!("{e}"));
    } else {
        let differ = fresh.lines().zip(page.lines()).find(|(a, b)| a != b);
        assert!(fresh == page, "src/docs/grammar.md is stale: THUCTHE_REWRITE=1 cargo test --test explain\nfirst other line: {differ:?}");
    }
}

#[test]
fn the_sample_in_the_readme_is_real() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (page, text) = (read(&root.join("README.md")), read(&root.join("examples/sample.txt")));
    let (_, block) = page.split_once("```json\n").unwrap_or_else(|| panic!("no JSON in the README"));
    let printed: serde_json::Value = serde_json::from_str(block.split("```").next().unwrap_or_default()).unwrap_or_else(|e| panic!("{e}"));
    let real = serde_json::to_value(EXPLAINING.extract(&*text)).unwrap_or_else(|e| panic!("{e}"));
    let same = |m: &&serde_json::Value| m["start"] == printed["start"] && m["end"] == printed["end"];
    let real = real["mentions"].as_array().and_then(|a| a.iter().find(same)).unwrap_or_else(|| panic!("no such mention"));
    assert_eq!(without_lines(&printed.to_string()), without_lines(&real.to_string()));
}
