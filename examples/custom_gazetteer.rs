//! An extractor for shipping companies and ports: lists from strings, files and tables, alone and behind the built-in ones.
//!
//! `cargo run --example custom_gazetteer`; with `--features csv` the ports come from a table as well.

use std::fmt::Write as _;
use std::process::ExitCode;
use thucthe::{Document, Error, Extractor, Finding, Gazetteer, Kind, Language};

/// A text that is a list, and what findings call it.
struct List {
    name: &'static str,
    text: &'static str,
}

const COUNTRIES: List = List { name: "countries.toml", text: include_str!("custom/countries.toml") };
const SHIPPING: List = List { name: "shipping.toml", text: include_str!("custom/shipping.toml") };
const CHANGES: List = List { name: "changes.toml", text: include_str!("custom/changes.toml") };
const FAULTY: List = List { name: "faulty.toml", text: include_str!("custom/faulty.toml") };
const DOUBTFUL: List = List { name: "doubtful.toml", text: include_str!("custom/doubtful.toml") };

#[cfg(feature = "csv")]
const PORTS: List = List { name: "ports.csv", text: include_str!("custom/ports.csv") };
#[cfg(feature = "csv")]
const FAULTY_PORTS: List = List { name: "faulty.csv", text: include_str!("custom/faulty.csv") };

/// A list need not be a file.
const HARBOURS: List = List {
    name: "harbours, in code",
    text: r#"
[[place]]
id = "place:long-reef"
country = "sg"
type = "port"
name = { vi = "Cảng Rạn Dài", en = "Long Reef Terminal", ja = "ロングリーフ港" }
"#,
};

const NEWS: &str = "Lim Mei Ling, Fleet Director of Blue Ocean Lines (BOL), opened Long Reef Terminal in Singapore. Blue Ocean has no blue ocean \
strategy, she said. 白鷺汽船はロングリーフ港と南砂港を使う。 Lower Sand (LSD) is next. Hãng tàu Biển Xanh mua sáu tàu của Vận tải biển Cò Trắng.";

const MORE_NEWS: &str = "Ngày 5/12, Thứ trưởng Bộ Quốc phòng Hoàng Xuân Chiến thăm Cảng Hải Phòng, nơi VIMC Lines và Hãng tàu Biển Xanh đặt văn phòng. \
The Port of Haiphong is next to an AEON Mall.";

fn read(list: &List) -> Result<Gazetteer, Error> {
    #[cfg(feature = "csv")]
    if list.name.ends_with(".csv") {
        return Gazetteer::from_csv(list.name, list.text);
    }
    Gazetteer::from_toml(list.name, list.text)
}

/// Entities of a text, a line each, in the order in which they appear.
fn table(document: &Document<'_>) -> String {
    let mut s = String::new();
    for m in document.mentions() {
        let e = document.entity_of(m);
        let name = [Language::En, Language::Vi, Language::Ja].into_iter().find_map(|l| e.name(l)).unwrap_or_default();
        let kind = m.kind().as_str();
        let _ = writeln!(s, "  {kind:<13}{:<40}{name:<40}{}", e.id(), document.text_of(m));
    }
    for a in document.appointments() {
        let _ = writeln!(s, "  {} is {}", document.entities()[a.person].id(), document.entities()[a.office].id());
    }
    s
}

/// Whether a character takes two columns of a terminal: those of Chinese, Japanese and Korean, as far as names go.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}')
}

/// What fills the place of `before`, so that a mark stands under the right column.
fn padding(before: &str) -> String {
    before.chars().map(|c| if is_wide(c) { '\u{3000}' } else { ' ' }).collect()
}

/// A finding under its line.
fn draw(f: &Finding) -> String {
    let line = &f.excerpt;
    let before: String = line.chars().take(f.column.saturating_sub(1)).collect();
    let number = f.line.to_string();
    let margin = " ".repeat(number.len());
    format!(
        "{}[{}]: {}\n{margin}--> {}:{}:{}\n{margin} |\n{number} | {line}\n{margin} | {}^\n{margin} = {}\n\n",
        f.severity(),
        f.code,
        f.message,
        f.file,
        f.line,
        f.column,
        padding(&before),
        f.remedy
    )
}

/// The lists without the built-in ones: nothing but companies, ports and who works there.
fn alone() -> Result<String, Error> {
    let mut own = read(&COUNTRIES)?;
    own.merge(read(&SHIPPING)?)?;
    own.merge(read(&HARBOURS)?)?;
    #[cfg(feature = "csv")]
    own.merge(read(&PORTS)?)?;
    let mut s = format!("{} records of one's own, {} findings\n", own.len(), own.check().len());
    let extractor = Extractor::builder().no_builtin().gazetteer(own).build()?;
    s.push_str(&table(&extractor.extract(NEWS)));
    Ok(s)
}

/// The lists behind the built-in ones: countries are there already, and some records are to be others.
#[cfg(feature = "builtin")]
fn merged() -> Result<String, Error> {
    let build = |lists: &[&List]| {
        let mut b = Extractor::builder().kinds(&[Kind::Person, Kind::Title, Kind::Organization, Kind::Place]);
        for list in lists {
            b = b.gazetteer(read(list)?);
        }
        b.build()
    };
    let before = build(&[])?;
    let after = build(&[&SHIPPING, &HARBOURS, &CHANGES])?;
    Ok(format!("before\n{}after\n{}", table(&before.extract(MORE_NEWS)), table(&after.extract(MORE_NEWS))))
}

#[cfg(not(feature = "builtin"))]
fn merged() -> Result<String, Error> {
    Ok(String::from("(without the feature `builtin` there is nothing to merge with)\n"))
}

/// What is said of lists that are wrong: all of it at once.
fn faults() -> Result<String, Error> {
    let mut s = String::new();
    if let Err(e) = read(&FAULTY) {
        let _ = writeln!(s, "{} findings when it is read\n", e.findings().len());
        e.findings().iter().for_each(|f| s.push_str(&draw(f)));
    }
    #[cfg(feature = "csv")]
    if let Err(e) = read(&FAULTY_PORTS) {
        let _ = writeln!(s, "{} findings in a table\n", e.findings().len());
        e.findings().iter().for_each(|f| s.push_str(&draw(f)));
    }
    let found = read(&DOUBTFUL)?.check();
    let warnings = found.iter().filter(|f| f.is_warning()).count();
    let _ = writeln!(s, "{} errors and {warnings} warnings when it is checked\n", found.len() - warnings);
    found.iter().for_each(|f| s.push_str(&draw(f)));
    Ok(s)
}

/// Everything that this example shows.
pub fn tour() -> Result<String, Error> {
    Ok(format!("== alone\n{}\n== merged\n{}\n== faults\n{}", alone()?, merged()?, faults()?))
}

#[allow(dead_code, reason = "a test runs the tour without it")]
fn main() -> ExitCode {
    match tour() {
        Ok(s) => {
            print!("{s}");
            ExitCode::SUCCESS
        }
        Err(e) => {
            e.findings().iter().for_each(|f| eprint!("{}", draw(f)));
            eprintln!("custom_gazetteer: {e}");
            ExitCode::FAILURE
        }
    }
}
