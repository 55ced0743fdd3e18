//! Counts what is in `gazetteers/` and writes the page `src/docs/contents.md`.
//!
//! `cargo run --example contents` writes the page and prints the totals and the promises; `-- --check` only tells whether it is fresh.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;
use thucthe::{Kind, Language};
use toml::{Table, Value};

const GAZETTEERS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/gazetteers");
const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/docs/contents.md");

/// Fields that hold names, with what the page calls them.
const STRENGTHS: [(&str, &str); 5] = [("name", "canonical"), ("alias", "alias"), ("exact", "exact case"), ("weak", "weak"), ("never", "never")];

/// Countries with fewer records than this are one row.
const FEWEST: usize = 10;

/// Years before this one are one row.
const FIRST_YEAR: u32 = 2000;

type Count<K> = BTreeMap<K, usize>;

/// What is counted, from one reading of all files.
#[derive(Default)]
pub struct Contents {
    /// Records of entities, by kind.
    kinds: [usize; 8],
    /// Names by kind, strength and language.
    names: [[[usize; 3]; 5]; 8],
    /// Records by country and kind.
    countries: BTreeMap<String, [usize; 8]>,
    /// Tenures by the year of the beginning, or of the first day on which a source shows one.
    years: Count<u32>,
    undated: usize,
    tenures: usize,
    editions: usize,
    /// Editions with a day, month or year; with a place.
    dated: usize,
    placed: usize,
    /// Addresses named as sources.
    sources: usize,
    examples: usize,
    /// Records of the grammar, and forms of its rules.
    grammar: Count<String>,
    forms: usize,
    /// What else is promised: by the name of the promise.
    promised: Count<&'static str>,
}

/// The day on which Viet Nam's provinces were merged.
const MERGER: &str = "2025-07-01";

/// Units of a country that are listed as cities, since they are.
const VIETNAMESE_CITIES: [&str; 6] = ["place:hanoi", "place:ho-chi-minh-city", "place:hai-phong", "place:da-nang", "place:can-tho", "place:hue"];

/// What the list promises to hold, as its name and the least number.
const PROMISES: [(&str, usize); 23] = [
    ("persons", 350),
    ("tenures", 600),
    ("tenures with a source", 600),
    ("persons of Japan with kana", 250),
    ("persons of Viet Nam with katakana", 150),
    ("ministries and organizations", 250),
    ("ministries of Viet Nam", 20),
    ("ministries of Japan", 12),
    ("portfolios", 25),
    ("offices and ranks", 350),
    ("mechanisms", 120),
    ("families of mechanisms", 40),
    ("editions with a date", 100),
    ("partnership levels with a date", 30),
    ("agreements", 60),
    ("initiatives", 50),
    ("countries", 193),
    ("capitals", 193),
    ("provinces and cities of Viet Nam before July 2025", 63),
    ("provinces and cities of Viet Nam after July 2025", 34),
    ("prefectures of Japan", 47),
    ("seas, straits, islands and rivers", 150),
    ("records with names in all three languages", 3_900),
];

/// A text or a list of texts.
fn texts(v: Option<&Value>) -> usize {
    match v {
        Some(Value::String(_)) => 1,
        Some(Value::Array(a)) => a.len(),
        _ => 0,
    }
}

fn rows<'v>(record: &'v Table, key: &str) -> impl Iterator<Item = &'v Table> {
    record.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_table)
}

/// A date as it may be written.
fn date(v: Option<&Value>) -> Option<String> {
    v.map(|v| v.as_str().map_or_else(|| v.to_string(), str::to_string))
}

/// The year of a date as it may be written: a text, a number or a date.
fn year(v: Option<&Value>) -> Option<u32> {
    let written = match v? {
        Value::Array(a) => return a.iter().filter_map(|d| year(Some(d))).min(),
        Value::String(s) => s.clone(),
        other => other.to_string(),
    };
    written.get(..4)?.parse().ok()
}

impl Contents {
    /// Reads every file of the folder.
    pub fn read(folder: &Path) -> Result<Contents, String> {
        let mut c = Contents::default();
        let fail = |e: &dyn std::fmt::Display| format!("{}: {e}", folder.display());
        for entry in std::fs::read_dir(folder).map_err(|e| fail(&e))? {
            let path = entry.map_err(|e| fail(&e))?.path();
            if path.extension().is_some_and(|e| e == "toml") {
                let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
                let table: Table = text.parse().map_err(|e| format!("{}: {e}", path.display()))?;
                for (word, list) in &table {
                    for r in list.as_array().into_iter().flatten().filter_map(Value::as_table) {
                        c.count(word, r);
                    }
                }
            }
        }
        Ok(c)
    }

    fn count(&mut self, word: &str, r: &Table) {
        let Some(k) = Kind::ALL.iter().position(|k| k.as_str() == word) else {
            *self.grammar.entry(word.to_string()).or_default() += 1;
            self.forms += texts(r.get("form"));
            return;
        };
        self.kinds[k] += 1;
        for (s, (field, _)) in STRENGTHS.iter().enumerate() {
            for (l, language) in Language::ALL.iter().enumerate() {
                self.names[k][s][l] += texts(r.get(*field).and_then(|f| f.get(language.as_str())));
            }
        }
        let country = r.get("country").and_then(Value::as_str).unwrap_or_default();
        self.countries.entry(country.to_string()).or_default()[k] += 1;
        self.promises(Kind::ALL[k], r);
        self.sources += texts(r.get("source"));
        self.examples += usize::from(r.contains_key("example"));
        for t in rows(r, "tenure") {
            self.tenures += 1;
            self.sources += texts(t.get("source"));
            match year(t.get("from")).or_else(|| year(t.get("seen"))) {
                Some(y) => *self.years.entry(y).or_default() += 1,
                None => self.undated += 1,
            }
        }
        for e in rows(r, "edition") {
            self.editions += 1;
            self.sources += texts(e.get("source"));
            self.dated += usize::from(e.contains_key("date"));
            self.placed += usize::from(e.contains_key("place"));
        }
    }

    /// Counts what is promised of a record.
    fn promises(&mut self, kind: Kind, r: &Table) {
        let is = |field: &str, value: &str| r.get(field).and_then(Value::as_str) == Some(value);
        let (id, to) = (r.get("id").and_then(Value::as_str).unwrap_or_default(), date(r.get("to")));
        let mut add = |what: &'static str, n: usize| *self.promised.entry(what).or_default() += n;
        match kind {
            Kind::Person => {
                add("persons", 1);
                add("tenures", rows(r, "tenure").count());
                add("tenures with a source", rows(r, "tenure").filter(|t| texts(t.get("source")) > 0).count());
                add("persons of Japan with kana", usize::from(is("country", "jp") && r.contains_key("kana")));
                let japanese = r.get("name").and_then(|n| n.get("ja")).and_then(Value::as_str).unwrap_or_default();
                let katakana = japanese.chars().any(|c| ('\u{30a1}'..='\u{30fa}').contains(&c));
                add("persons of Viet Nam with katakana", usize::from(is("country", "vn") && katakana));
            }
            Kind::Title => add("offices and ranks", 1),
            Kind::Ministry | Kind::Organization => {
                add("ministries and organizations", 1);
                add("ministries of Viet Nam", usize::from(kind == Kind::Ministry && is("country", "vn")));
                add("ministries of Japan", usize::from(kind == Kind::Ministry && is("country", "jp")));
            }
            Kind::Mechanism => {
                add("mechanisms", 1);
                add("editions with a date", rows(r, "edition").filter(|e| e.contains_key("date")).count());
                let level = id.rsplit_once('.').is_some_and(|(family, _)| family.ends_with("-partnership") || family.ends_with("special-friendship"));
                add("partnership levels with a date", usize::from(level && (r.contains_key("from") || to.is_some())));
            }
            Kind::Agreement => add("agreements", 1),
            Kind::Initiative => add("initiatives", 1),
            Kind::Place => {
                add("countries", usize::from(is("type", "country")));
                add("capitals", usize::from(is("type", "capital")));
                // Huế became a centrally run city half a year before the merger, in the place of its province.
                let unit = is("country", "vn") && is("type", "province") || VIETNAMESE_CITIES.contains(&id);
                add("provinces and cities of Viet Nam before July 2025", usize::from(unit && to.as_deref().is_none_or(|t| t >= MERGER)));
                add("provinces and cities of Viet Nam after July 2025", usize::from(unit && to.is_none()));
                add("prefectures of Japan", usize::from(is("type", "prefecture") || id == "place:tokyo"));
                add("seas, straits, islands and rivers", usize::from(["sea", "strait", "island", "river"].iter().any(|t| is("type", t))));
            }
            _ => {}
        }
        let all = r.get("name").and_then(Value::as_table).is_some_and(|n| n.len() == Language::ALL.len());
        add("records with names in all three languages", usize::from(all));
    }

    /// Each promise with what there is of it and the least that was promised.
    fn kept(&self) -> impl Iterator<Item = (&'static str, usize, usize)> {
        let grammar = |word: &str| self.grammar.get(word).copied().unwrap_or_default();
        PROMISES.iter().map(move |&(what, least)| {
            let is = match what {
                "portfolios" => grammar("portfolio"),
                "families of mechanisms" => grammar("family"),
                _ => self.promised.get(what).copied().unwrap_or_default(),
            };
            (what, is, least)
        })
    }

    /// What falls short of its promise, a line each.
    pub fn broken(&self) -> Vec<String> {
        self.kept().filter(|(_, is, least)| is < least).map(|(what, is, least)| format!("{is} {what}, at least {least} are promised")).collect()
    }

    fn all_names(&self) -> usize {
        self.names.iter().flatten().flatten().sum()
    }

    /// The promises, a line each.
    pub fn promises_kept(&self) -> String {
        self.kept().fold(String::new(), |mut s, (what, is, least)| {
            let _ = writeln!(s, "{is:>7} {what}, {least} promised{}", if is < least { ": TOO FEW" } else { "" });
            s
        })
    }

    /// The totals, a line each.
    pub fn totals(&self) -> String {
        let total = [
            (self.kinds.iter().sum(), "records of entities"),
            (self.all_names(), "names"),
            (self.tenures, "tenures"),
            (self.editions, "editions"),
            (self.sources, "addresses of sources"),
            (self.examples, "examples"),
            (self.grammar.values().sum(), "records of the grammar"),
            (self.forms, "forms of rules"),
        ];
        total.iter().fold(String::new(), |mut s, (n, what)| {
            let _ = writeln!(s, "{n:>7} {what}");
            s
        })
    }

    /// The page as Markdown.
    pub fn page(&self) -> String {
        let mut s = String::from(
            "# What is in the box\n\nCounted from the files in `gazetteers/` by `cargo run --example contents`; a test fails when the page is stale.\n\n",
        );
        table(&mut s, &["in all", "number"], self.totals().lines().filter_map(|l| l.trim().split_once(' ')).map(|(n, what)| vec![what.into(), n.into()]));
        s.push_str("## What is promised\n\nThe least of each, and what there is of it.\n\n");
        table(&mut s, &["promised", "at least", "is"], self.kept().map(|(what, is, least)| vec![what.into(), least.to_string(), is.to_string()]));
        self.kinds_and_names(&mut s);
        self.by_country(&mut s);
        self.by_year(&mut s);
        s
    }

    fn kinds_and_names(&self, s: &mut String) {
        s.push_str("## By kind\n\nNames of every strength; the languages are those of the names.\n\n");
        let row = |k: usize, kind: &str| {
            let of = |l: usize| self.names[k].iter().map(|by| by[l]).sum::<usize>();
            let languages: Vec<usize> = (0..3).map(of).collect();
            let mut cells = vec![kind.to_string(), self.kinds[k].to_string(), languages.iter().sum::<usize>().to_string()];
            cells.extend(languages.iter().map(ToString::to_string));
            cells
        };
        table(s, &["kind", "records", "names", "vi", "en", "ja"], Kind::ALL.iter().enumerate().map(|(k, kind)| row(k, kind.as_str())));
        s.push_str("## Names by strength\n\nHow much each proves, the guide to the gazetteer format tells.\n\n");
        let strength = |i: usize, what: &str| {
            let mut cells = vec![what.to_string()];
            let of: Vec<usize> = (0..3).map(|l| self.names.iter().map(|k| k[i][l]).sum()).collect();
            cells.push(of.iter().sum::<usize>().to_string());
            cells.extend(of.iter().map(ToString::to_string));
            cells
        };
        table(s, &["strength", "names", "vi", "en", "ja"], STRENGTHS.iter().enumerate().map(|(i, (_, what))| strength(i, what)));
        let grammar: Vec<String> = self.grammar.iter().map(|(word, n)| format!("{n} `{word}`")).collect();
        let _ = writeln!(s, "The grammar: {}; {} forms of rules.\n", grammar.join(", "), self.forms);
    }

    fn by_country(&self, s: &mut String) {
        let _ = write!(s, "## By country\n\nCodes as in the records; countries with fewer than {FEWEST} records are together.\n\n");
        let (mut list, mut few, mut few_countries, mut none) = (Vec::new(), [0; 8], 0, [0; 8]);
        for (code, by) in &self.countries {
            if code.is_empty() {
                none = *by;
            } else if by.iter().sum::<usize>() < FEWEST {
                few.iter_mut().zip(by).for_each(|(a, b)| *a += b);
                few_countries += 1;
            } else {
                list.push((code.clone(), *by));
            }
        }
        list.sort_by_key(|(code, by)| (usize::MAX - by.iter().sum::<usize>(), code.clone()));
        list.push((format!("{few_countries} others"), few));
        list.push(("none named".into(), none));
        let head: Vec<&str> = ["country", "records"].into_iter().chain(Kind::ALL.iter().map(|k| k.as_str())).collect();
        table(
            s,
            &head,
            list.into_iter().map(|(code, by)| {
                let numbers = std::iter::once(by.iter().sum::<usize>()).chain(by);
                std::iter::once(code).chain(numbers.map(|n| n.to_string())).collect()
            }),
        );
    }

    fn by_year(&self, s: &mut String) {
        s.push_str("## Tenures by year\n\nThe year in which one begins, or in which a source first shows it.\n\n");
        let before: usize = self.years.range(..FIRST_YEAR).map(|(_, n)| n).sum();
        let mut list = vec![vec![format!("before {FIRST_YEAR}"), before.to_string()]];
        list.extend(self.years.range(FIRST_YEAR..).map(|(y, n)| vec![y.to_string(), n.to_string()]));
        list.push(vec!["only the end is known".into(), self.undated.to_string()]);
        table(s, &["year", "tenures"], list.into_iter());
        let _ = writeln!(
            s,
            "## Meetings\n\nOf {} editions of mechanisms {} have a date and {} a place. {} records bring an example sentence, which\nthe tests ask for them.",
            self.editions, self.dated, self.placed, self.examples
        );
    }
}

/// A Markdown table, numbers to the right.
fn table(s: &mut String, head: &[&str], rows: impl Iterator<Item = Vec<String>>) {
    let _ = writeln!(s, "| {} |\n| --- |{}", head.join(" | "), " ---: |".repeat(head.len() - 1));
    for row in rows {
        let _ = writeln!(s, "| {} |", row.join(" | "));
    }
    s.push('\n');
}

/// The page as it should be and as it is.
pub fn fresh_and_committed() -> Result<(Contents, String, String), String> {
    let contents = Contents::read(Path::new(GAZETTEERS))?;
    let fresh = contents.page();
    // A checkout may have other line ends.
    let committed = std::fs::read_to_string(PAGE).unwrap_or_default().replace("\r\n", "\n");
    Ok((contents, fresh, committed))
}

fn run() -> Result<ExitCode, String> {
    let check = match std::env::args().nth(1).as_deref() {
        None => false,
        Some("--check") => true,
        Some(other) => return Err(format!("no option {other}; there is only --check")),
    };
    let (contents, fresh, committed) = fresh_and_committed()?;
    print!("{}\n{}\n", contents.totals(), contents.promises_kept());
    for line in contents.broken() {
        println!("{line}");
    }
    if fresh == committed {
        println!("src/docs/contents.md is fresh");
    } else if check {
        println!("src/docs/contents.md is stale: cargo run --example contents");
        return Ok(ExitCode::FAILURE);
    } else {
        std::fs::write(PAGE, fresh).map_err(|e| format!("{PAGE}: {e}"))?;
        println!("src/docs/contents.md is written anew");
    }
    Ok(if contents.broken().is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

#[allow(dead_code, reason = "a test compares without it")]
fn main() -> ExitCode {
    run().unwrap_or_else(|e| {
        eprintln!("contents: {e}");
        ExitCode::from(2)
    })
}
