//! What is done with bytes that nobody chose. Each target panics where something is wrong; `cargo test` of the crate runs
//! them on every find.

#[cfg(feature = "builtin")]
#[path = "../../../examples/extract/line.rs"]
pub mod line;
#[path = "oracle.rs"]
pub mod oracle;

#[cfg(feature = "builtin")]
use line::Job;
use oracle::{Found, Name, oracle};
use std::collections::BTreeSet;
#[cfg(feature = "builtin")]
use std::sync::{LazyLock, OnceLock};
#[cfg(feature = "builtin")]
use thucthe::{Date, Input, Kind, Language};
use thucthe::{Document, Extractor, Gazetteer, Unit};

/// What is done with an input.
pub type Target = fn(&[u8]);

/// The targets by their names.
pub const TARGETS: &[(&str, Target)] = &[
    #[cfg(feature = "builtin")]
    ("text", text),
    #[cfg(feature = "builtin")]
    ("text_options", text_options),
    ("toml", toml),
    #[cfg(feature = "csv")]
    ("csv", csv),
    #[cfg(feature = "builtin")]
    ("jsonl", jsonl),
    ("differential", differential),
];

/// Panics where a document is not what the documentation promises.
fn check(text: &str, d: &Document<'_>) {
    assert_eq!(d.text(), text);
    let mut open: Vec<usize> = Vec::new();
    let mut last = (0, usize::MAX);
    for (n, m) in d.mentions().iter().enumerate() {
        let (start, end) = (m.span().start, m.span().end);
        assert!(start < end && text.get(start..end).is_some(), "{start}..{end} is no part of the text");
        assert!(last.0 < start || (last.0 == start && last.1 >= end), "{start}..{end} is out of order");
        last = (start, end);
        while open.last().is_some_and(|&o| d.mentions()[o].span().end <= start) {
            open.pop();
        }
        assert!(open.last().is_none_or(|&o| end <= d.mentions()[o].span().end), "{start}..{end} crosses another");
        assert!(m.entity() < d.entities().len() && m.parent().is_none_or(|p| p < n), "numbers out of reach");
        assert!(d.entity_of(m).mentions().contains(&n), "an entity does not know its mention");
        open.push(n);
    }
    for a in d.appointments() {
        assert!(a.person < d.entities().len() && a.office < d.entities().len() && a.mentions.iter().all(|&m| m < d.mentions().len()));
    }
    for unit in [Unit::Bytes, Unit::Chars, Unit::Utf16] {
        let json = serde_json::to_string(&d.with_offsets(unit)).unwrap_or_else(|e| panic!("{e}"));
        assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok());
    }
}

/// Any text.
#[cfg(feature = "builtin")]
pub fn text(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    check(&text, &Extractor::builtin().extract(&*text));
}

/// Any text, with a date, a language, a home and kinds that the first bytes choose; a worker that has seen the text before.
#[cfg(feature = "builtin")]
pub fn text_options(data: &[u8]) {
    let (options, rest) = data.split_at(data.len().min(4));
    let text = String::from_utf8_lossy(rest);
    let option = |i: usize| options.get(i).copied().unwrap_or(0);
    let mut input = Input::new(&text);
    if let Ok(date) = format!("{}-{:02}-{:02}", 1900 + usize::from(option(0)), option(1) % 13, option(1) / 13).parse::<Date>() {
        input = input.date(date);
    }
    if let Some(&l) = Language::ALL.get(usize::from(option(2) % 4)) {
        input = input.language(l);
    }
    if let Some(home) = ["vn", "jp", "us", ""].get(usize::from(option(2) / 4 % 8)) {
        input = input.home(home);
    }
    // An extractor for each choice of kinds, made once: two kinds a bit are few enough to keep all.
    static CHOICES: [OnceLock<Extractor>; 16] = [const { OnceLock::new() }; 16];
    static EXPLAINS: LazyLock<Extractor> = LazyLock::new(|| Extractor::builder().explain(true).build().unwrap_or_else(|e| panic!("{e}")));
    let choice = usize::from(option(3)) % CHOICES.len();
    let kinds: Vec<Kind> = Kind::ALL.iter().enumerate().filter(|(i, _)| choice >> (i % 4) & 1 == 0).map(|(_, &k)| k).collect();
    let chosen = CHOICES[choice].get_or_init(|| Extractor::builder().kinds(&kinds).build().unwrap_or_else(|e| panic!("{e}")));
    let plain = Extractor::builtin();
    let mut worker = plain.worker();
    let (first, again, explained, some) = (worker.extract(input), worker.extract(input), EXPLAINS.extract(input), chosen.extract(input));
    [&first, &explained, &some].into_iter().for_each(|d| check(&text, d));
    assert_eq!(format!("{first:?}"), format!("{again:?}"), "a second reading says something else");
    let ids = |d: &Document<'_>, of: &[Kind]| {
        d.mentions().iter().filter(|m| of.contains(&m.kind())).map(|m| (m.span(), d.entity_of(m).id().to_string())).collect::<Vec<_>>()
    };
    assert_eq!(ids(&first, &Kind::ALL), ids(&explained, &Kind::ALL), "who asks why gets another answer");
    assert_eq!(ids(&first, &kinds), ids(&some, &Kind::ALL), "who asks for some kinds gets something else of them");
}

/// Builds what can be built of a gazetteer and reads a text of its own words with it.
fn use_gazetteer(read: Result<Gazetteer, thucthe::Error>, text: &str) {
    match read.and_then(|g| Extractor::builder().no_builtin().gazetteer(g).build()) {
        Ok(x) => check(text, &x.extract(text)),
        Err(e) => {
            for f in e.findings() {
                assert!(!f.remedy.is_empty() && !f.code.is_empty(), "a finding that does not help: {f:?}");
            }
            assert!(!e.to_string().is_empty());
        }
    }
}

/// A gazetteer in TOML.
pub fn toml(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    use_gazetteer(Gazetteer::from_toml("fuzz.toml", &text), &text);
}

/// A gazetteer as a table.
#[cfg(feature = "csv")]
pub fn csv(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    use_gazetteer(Gazetteer::from_csv("fuzz.csv", &text), &text);
}

/// Documents as JSON lines, as the `extract` example reads them.
#[cfg(feature = "builtin")]
pub fn jsonl(data: &[u8]) {
    for line in data.split(|&b| b == b'\n') {
        let Ok(line) = std::str::from_utf8(line) else { continue };
        match Job::read(line) {
            Ok(job) => check(&job.text, &Extractor::builtin().extract(job.input())),
            Err(e) => assert!(!e.is_empty(), "an error that says nothing"),
        }
    }
}

const WORDS: &[&str] = &["Zuk", "Zukka", "Vẩm", "Vấm", "Đoẹt", "Doét", "Plim", "Ngụp", "Xoèn", "Khuỵm", "Bluq"];
const BETWEEN: &[&str] = &[" ", " ", " ", " ", "  ", "\u{a0}", ", ", "; ", ". ", "\n"];

/// A list of places and a text of their words: the outermost marks are those of a matcher that is too plain to be wrong.
pub fn differential(data: &[u8]) {
    let Some((&count, rest)) = data.split_first() else { return };
    let mut bytes = rest.iter().copied();
    let mut names: BTreeSet<Name> = BTreeSet::new();
    for _ in 0..=count % 16 {
        let len = 1 + usize::from(bytes.next().unwrap_or(0) % 4);
        names.insert((0..len).map(|_| WORDS[usize::from(bytes.next().unwrap_or(0)) % WORDS.len()]).collect());
    }
    let names: Vec<Name> = names.into_iter().collect();
    let text: String = bytes.map(|b| [WORDS[usize::from(b) % WORDS.len()], BETWEEN[usize::from(b) / WORDS.len() % BETWEEN.len()]].concat()).collect();
    let toml: String = names.iter().enumerate().map(|(i, n)| format!("[[place]]\nid = \"place:n{i}\"\nname = {{ en = \"{}\" }}\n", n.join(" "))).collect();
    let gazetteer = Gazetteer::from_toml("random.toml", &toml).unwrap_or_else(|e| panic!("{e}"));
    let extractor = Extractor::builder().no_builtin().gazetteer(gazetteer).build().unwrap_or_else(|e| panic!("{e}"));
    let d = extractor.extract(text.as_str());
    check(&text, &d);
    let number = |m: &thucthe::Mention| d.entity_of(m).id().trim_start_matches("place:n").parse().unwrap_or(usize::MAX);
    let outermost: BTreeSet<Found> = d.mentions().iter().filter(|m| m.parent().is_none()).map(|m| (m.span().start, m.span().end, number(m))).collect();
    assert_eq!(outermost, oracle(&text, &names), "{text:?} {names:?}");
}
