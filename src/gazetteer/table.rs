//! Tables of names into records: one name a row, rows of one id are one record.
//!
//! The crate `csv` cuts rows into cells; where a cell stands, and whether its quotes are closed, is found here, since a
//! reader that is generous about quotes would swallow the rest of a file without a word.

use super::read::{Source, finding, wrong_id};
use super::record::{Gazetteer, Record, Text};
use crate::error::Finding;
use crate::kind::{Kind, Language};
use crate::text::fold::fold_word;
use crate::text::script::{Class, class};
use csv::{ReaderBuilder, StringRecord};
use std::collections::HashMap;

/// The columns that a table can have. Those up to [`NEEDED`] it must have.
const COLUMNS: [&str; 6] = ["kind", "name", "language", "id", "strength", "country"];
const NEEDED: usize = 3;
const KIND: usize = 0;
const NAME: usize = 1;
const LANGUAGE: usize = 2;
const ID: usize = 3;
const STRENGTH: usize = 4;
const COUNTRY: usize = 5;

#[derive(Clone, Copy, PartialEq)]
enum Strength {
    Strong,
    Exact,
    Weak,
    Never,
}

/// One row: its cells, and the bytes that it was cut from.
struct Row<'t> {
    cells: &'t StringRecord,
    start: usize,
    raw: &'t str,
}

/// Where the cells of a row begin, in bytes, and the first quote that is not what a quote should be.
fn starts(raw: &str) -> (Vec<usize>, Option<usize>) {
    let bytes = raw.as_bytes();
    let (mut out, mut wrong, mut i) = (vec![0], None, 0);
    while i < bytes.len() {
        // A cell begins here.
        if bytes[i] == b'"' {
            let opened = i;
            i += 1;
            loop {
                match (bytes.get(i), bytes.get(i + 1)) {
                    (None, _) => {
                        wrong = wrong.or(Some(opened));
                        break;
                    }
                    (Some(b'"'), Some(b'"')) => i += 2,
                    (Some(b'"'), next) => {
                        i += 1;
                        if !matches!(next, None | Some(b',' | b'\r' | b'\n')) {
                            wrong = wrong.or(Some(i));
                        }
                        break;
                    }
                    _ => i += 1,
                }
            }
        }
        while i < bytes.len() && bytes[i] != b',' {
            i += 1;
        }
        if i < bytes.len() {
            i += 1;
            out.push(i);
        }
    }
    (out, wrong)
}

/// Gathers records and findings while a table is read.
struct Table<'s, 'o> {
    source: &'s Source<'s>,
    /// Which cell of a row holds a column.
    cell: [Option<usize>; 6],
    width: usize,
    /// Number of the record of an id, from those of this table.
    index: HashMap<Text, usize, foldhash::fast::RandomState>,
    /// Where records go, those of files read before among them: a million records are not to be moved twice.
    records: &'o mut Vec<Record>,
    /// The first of this table.
    first: usize,
    findings: &'o mut Vec<Finding>,
}

/// Reads a table into `into`. Findings are added; the rows without one are read.
pub(crate) fn read(source: &Source<'_>, into: &mut Gazetteer, findings: &mut Vec<Finding>) {
    let text = source.text;
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut cells = StringRecord::new();
    let first = into.records.len();
    let records = &mut into.records;
    let mut table = Table { source, cell: [None; 6], width: 0, index: HashMap::default(), records, first, findings };
    let mut header = false;
    loop {
        let from = reader.position().byte() as usize;
        match reader.read_record(&mut cells) {
            Ok(false) => break,
            Ok(true) => {}
            // Text is UTF-8 and rows may be of any length, so that nothing is left that could fail; if it does, it is told.
            Err(e) => {
                let at = source.at(from);
                table.findings.push(finding(source, at, "G001", format!("no table: {e}"), "mend the line"));
                break;
            }
        }
        // The reader goes past line ends only when it looks for the next row.
        let raw = text.get(from..reader.position().byte() as usize).unwrap_or_default();
        let start = from + (raw.len() - raw.trim_start_matches(['\r', '\n', '\u{feff}']).len());
        let row = Row { cells: &cells, start, raw: raw.trim_start_matches(['\r', '\n', '\u{feff}']) };
        if !header {
            header = true;
            if !table.header(&row) {
                return;
            }
        } else if !cells.iter().all(|c| c.trim().is_empty()) {
            table.row(&row);
        }
    }
    if !header {
        let remedy = format!("begin with a row such as {}", COLUMNS.join(","));
        table.findings.push(finding(source, source.at(0), "G004", "a table without a row of column names", remedy));
    }
    table.finish();
}

impl Table<'_, '_> {
    fn say(&mut self, byte: usize, code: &'static str, message: impl Into<String>, remedy: impl Into<String>) {
        let at = self.source.at(byte);
        self.findings.push(finding(self.source, at, code, message, remedy));
    }

    /// A finding in a cell of a row.
    fn say_in(&mut self, row: &Row<'_>, cell: usize, code: &'static str, message: impl Into<String>, remedy: impl Into<String>) {
        let (starts, _) = starts(row.raw);
        self.say(row.start + starts.get(cell).copied().unwrap_or(0), code, message, remedy);
    }

    /// Whether the quotes of a row are sound. Few rows have any.
    fn quotes(&mut self, row: &Row<'_>) -> bool {
        let wrong = if row.raw.contains('"') { starts(row.raw).1 } else { None };
        if let Some(byte) = wrong {
            self.say(
                row.start + byte,
                "G001",
                "a quoted cell does not end where it should",
                "write a quote inside of a cell twice, and close the cell with one",
            );
        }
        wrong.is_none()
    }

    /// Reads the names of the columns. False where the rows cannot be understood.
    fn header(&mut self, row: &Row<'_>) -> bool {
        if !self.quotes(row) {
            return false;
        }
        self.width = row.cells.len();
        for (i, name) in row.cells.iter().enumerate() {
            let name = name.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').to_ascii_lowercase();
            match COLUMNS.iter().position(|c| *c == name) {
                Some(c) if self.cell[c].is_none() => self.cell[c] = Some(i),
                Some(_) => self.say_in(row, i, "G002", format!("the column `{name}` is there already"), "take one of the two out"),
                None => self.say_in(row, i, "G002", format!("a table has no column `{name}`"), format!("columns are: {}", COLUMNS.join(", "))),
            }
        }
        let missing: Vec<&str> = (0..NEEDED).filter(|&c| self.cell[c].is_none()).map(|c| COLUMNS[c]).collect();
        for column in &missing {
            self.say(
                row.start,
                "G004",
                format!("a table without the column `{column}`, so that its rows are not read"),
                format!("add `{column}` to the first row"),
            );
        }
        missing.is_empty()
    }

    fn row(&mut self, row: &Row<'_>) {
        if !self.quotes(row) {
            return;
        }
        if row.cells.len() != self.width {
            let message = format!("{} cells under {} columns", row.cells.len(), self.width);
            self.say(row.start, "G021", message, "add or take out commas; a comma inside of a cell needs quotes around it");
            return;
        }
        let kind = self.one_of(row, KIND, |s| s.parse::<Kind>().ok(), &Kind::ALL.map(Kind::as_str));
        let language = self.one_of(row, LANGUAGE, |s| s.parse::<Language>().ok(), &Language::ALL.map(Language::as_str));
        let strength = match self.get(row, STRENGTH) {
            "" => Some(Strength::Strong),
            _ => self.one_of(
                row,
                STRENGTH,
                |s| match s {
                    "strong" => Some(Strength::Strong),
                    "exact" => Some(Strength::Exact),
                    "weak" => Some(Strength::Weak),
                    "never" => Some(Strength::Never),
                    _ => None,
                },
                &["strong", "exact", "weak", "never"],
            ),
        };
        let name = self.get(row, NAME);
        if name.is_empty() {
            self.empty(row, NAME);
        }
        // All cells are looked at before the row is given up, so that each says what is wrong with it.
        let id = kind.and_then(|k| self.id(row, k, name));
        let (Some(kind), Some(language), Some(strength), Some(id)) = (kind, language, strength, id) else { return };
        if name.is_empty() {
            return;
        }
        let record = match self.index.get(&id) {
            Some(&i) => i,
            None => {
                self.index.insert(id.clone(), self.records.len());
                self.records.push(Record::new(kind, self.source.at(row.start), id));
                self.records.len() - 1
            }
        };
        self.country(row, record);
        let r = &mut self.records[record];
        let (l, name) = (language as usize, Text::Owned(name.to_string()));
        match strength {
            Strength::Strong if r.name[l].is_none() => r.name[l] = Some(name),
            Strength::Strong => r.alias[l].push(name),
            Strength::Exact => r.exact[l].push(name),
            Strength::Weak => r.weak[l].push(name),
            Strength::Never => r.never[l].push(name),
        }
    }

    /// What a row says in a column; nothing where the table has no such column.
    fn get<'r>(&self, row: &Row<'r>, column: usize) -> &'r str {
        self.cell[column].and_then(|i| row.cells.get(i)).unwrap_or_default().trim()
    }

    fn empty(&mut self, row: &Row<'_>, column: usize) {
        let cell = self.cell[column].unwrap_or(0);
        self.say_in(row, cell, "G004", format!("`{}` is empty", COLUMNS[column]), "fill the cell or take the row out");
    }

    /// A word out of a list.
    fn one_of<T>(&mut self, row: &Row<'_>, column: usize, parse: impl Fn(&str) -> Option<T>, allowed: &[&str]) -> Option<T> {
        let word = self.get(row, column);
        let found = parse(word);
        if word.is_empty() {
            self.empty(row, column);
        } else if found.is_none() {
            let cell = self.cell[column].unwrap_or(0);
            self.say_in(row, cell, "G010", format!("`{}` is `{word}`", COLUMNS[column]), format!("one of {}", allowed.join(", ")));
        }
        found
    }

    /// The id of a row: the one that it gives, or one made from its name.
    fn id(&mut self, row: &Row<'_>, kind: Kind, name: &str) -> Option<Text> {
        let given = self.get(row, ID);
        if !given.is_empty() {
            if let Some((message, remedy)) = wrong_id(kind, given) {
                self.say_in(row, self.cell[ID].unwrap_or(0), "G005", message, remedy);
                return None;
            }
            return Some(Text::Owned(given.to_string()));
        }
        if name.is_empty() {
            return None;
        }
        let cell = self.cell[ID].or(self.cell[NAME]).unwrap_or(0);
        let Some(slug) = slug(name) else {
            self.say_in(row, cell, "G005", format!("no id can be made of `{name}`"), format!("write one: `{kind}:` and lower-case ASCII letters"));
            return None;
        };
        let id = Text::Owned(format!("{kind}:{slug}"));
        // `Bình` and `Bính` make one id but are no one name: only the same name may go to the same record.
        if let Some(r) = self.index.get(&id).map(|&i| &self.records[i]) {
            let folded = fine(name);
            let lists = [&r.alias, &r.exact, &r.weak, &r.never].into_iter().flatten().flatten();
            if !r.name.iter().flatten().chain(lists).any(|n| fine(n) == folded) {
                let message = format!("`{id}`, made of `{name}`, is the id of another name in line {}", r.at.line);
                self.say_in(row, cell, "G006", message, "write the ids of both");
                return None;
            }
        }
        Some(id)
    }

    fn country(&mut self, row: &Row<'_>, record: usize) {
        let code = self.get(row, COUNTRY);
        match self.records[record].country.as_deref() {
            None if !code.is_empty() => self.records[record].country = Some(Text::Owned(code.to_string())),
            Some(other) if !code.is_empty() && other != code => {
                let message = format!("`{}` is of `{other}` in another row and of `{code}` in this one", self.records[record].id);
                self.say_in(row, self.cell[COUNTRY].unwrap_or(0), "G022", message, "write one country in all rows of an id");
            }
            _ => {}
        }
    }

    /// Looks at the records once every row had its chance to name them.
    fn finish(self) {
        for r in self.records[self.first..].iter().filter(|r| r.name.iter().all(Option::is_none)) {
            let message = format!("`{}` without a strong name", r.id);
            self.findings.push(finding(self.source, r.at, "G004", message, "add a row with its full name, `strength` empty or `strong`"));
        }
    }
}

/// The words of a name, without marks, joined by hyphens; nothing where they have other letters than ASCII ones.
fn slug(name: &str) -> Option<String> {
    let mut out = String::with_capacity(name.len());
    for word in words(name) {
        let coarse = fold_word(word).coarse;
        if coarse.is_empty() {
            continue;
        }
        if !coarse.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) {
            return None;
        }
        if !out.is_empty() {
            out.push('-');
        }
        out.push_str(&coarse);
    }
    (!out.is_empty()).then_some(out)
}

/// The words of a name as they fold, with their marks.
fn fine(name: &str) -> Vec<String> {
    words(name).map(|w| fold_word(w).fine).filter(|w| !w.is_empty()).collect()
}

fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c| matches!(class(c), Class::Space | Class::Line | Class::Dash | Class::Quote | Class::Other | Class::KanaMark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_cells_begin() {
        assert_eq!(starts("a,b,,c"), (vec![0, 2, 4, 5], None));
        assert_eq!(starts("\"a,\"\"b\",c\n"), (vec![0, 8], None));
        assert_eq!(starts("a,\"b"), (vec![0, 2], Some(2)));
        assert_eq!(starts("\"a\"b,c"), (vec![0, 5], Some(3)));
        assert_eq!(starts("a\"b,c"), (vec![0, 4], None));
        assert_eq!(starts(""), (vec![0], None));
    }

    #[test]
    fn ids_of_names() {
        assert_eq!(slug("Cảng Đà Nẵng (mới)").as_deref(), Some("cang-da-nang-moi"));
        assert_eq!(slug("Port-of Call's 2").as_deref(), Some("port-of-calls-2"));
        assert_eq!(slug("横浜港"), None);
        assert_eq!(slug("…"), None);
    }
}
