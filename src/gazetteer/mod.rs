//! Lists of entities and words: read, checked, merged.

pub(crate) mod check;
mod entry;
mod merge;
#[cfg(feature = "builtin")]
mod pack;
pub(crate) mod places;
pub(crate) mod read;
pub(crate) mod record;
#[cfg(feature = "csv")]
mod table;

#[cfg(feature = "builtin")]
pub(crate) mod builtin;

use crate::error::{Error, Finding};
use crate::extractor::Extractor;
use read::{Source, read};

pub use entry::Entry;
pub use record::Gazetteer;
use std::path::Path;
use std::sync::Arc;

impl Gazetteer {
    /// Reads records from a string. `name` stands for the file in findings and evidence.
    ///
    /// # Errors
    /// Everything that is wrong, with its place: see [`Error::findings`].
    pub fn from_toml(name: &str, text: &str) -> Result<Gazetteer, Error> {
        Gazetteer::from_sources(&[(name, text, Format::Toml)])
    }

    /// Reads a table of names from a string, one name a row: the feature `csv`.
    ///
    /// The first row names the columns, in any order: `kind`, `name` and `language` must be there, `id`, `strength` and
    /// `country` may. The guide to the format tells what goes into them.
    ///
    /// # Errors
    /// Everything that is wrong, with line and column: see [`Error::findings`].
    ///
    /// ```
    /// let ports = thucthe::Gazetteer::from_csv("ports.csv", "\
    /// kind,name,language,strength
    /// place,Long Reef,en,
    /// place,Short Reef,en,
    /// organization,\"Reef, Sand and Sons\",en,
    /// ")?;
    /// assert_eq!(ports.len(), 3);
    /// # Ok::<(), thucthe::Error>(())
    /// ```
    #[cfg(feature = "csv")]
    pub fn from_csv(name: &str, text: &str) -> Result<Gazetteer, Error> {
        Gazetteer::from_sources(&[(name, text, Format::Csv)])
    }

    /// Reads a TOML file, or every `*.toml` in a folder and its folders, in the order of their names. With the feature
    /// `csv` it reads `*.csv` as well.
    ///
    /// # Errors
    /// A path that cannot be read, or everything that is wrong in the files.
    ///
    /// ```no_run
    /// let own = thucthe::Gazetteer::from_path("lists")?;
    /// # Ok::<(), thucthe::Error>(())
    /// ```
    pub fn from_path(path: impl AsRef<Path>) -> Result<Gazetteer, Error> {
        let path = path.as_ref();
        let mut files = Vec::new();
        collect(path, &mut files)?;
        let sources: Vec<(&str, &str, Format)> = files.iter().map(|(n, t, f)| (n.as_str(), t.as_str(), *f)).collect();
        Gazetteer::from_sources(&sources)
    }

    /// The gazetteers that come with this crate.
    ///
    /// ```
    /// # #[cfg(feature = "builtin")]
    /// assert!(thucthe::Gazetteer::builtin().len() > 100);
    /// ```
    #[cfg(feature = "builtin")]
    #[must_use]
    pub fn builtin() -> Gazetteer {
        builtin::read_all()
    }

    /// How many records of entities there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there is no record of an entity.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Adds a later gazetteer. A record of an id that is there already must say what it means with
    /// `action = "extend"`, `"override"` or `"remove"`.
    ///
    /// # Errors
    /// Ids that are there twice without a stated action, and actions on ids that are not there.
    pub fn merge(&mut self, later: Gazetteer) -> Result<(), Error> {
        let findings = merge::merge(self, later);
        if findings.is_empty() { Ok(()) } else { Err(Error::data(findings)) }
    }

    /// What is wrong or doubtful across records: references to nothing, ids used twice, names that no text can hold or
    /// that two records claim, two holders of an office for one, days that cannot be.
    ///
    /// Errors and warnings come together, by file and line; [`Finding::severity`] tells them apart. A list that leans on
    /// another is checked behind it, merged. What lies in the future is asked of the clock.
    ///
    /// ```
    /// let own = thucthe::Gazetteer::from_toml("x.toml", r#"
    ///     [[ministry]]
    ///     id = "ministry:xx-tea"
    ///     portfolio = "tea"
    ///     name = { en = "Ministry of Tea" }
    /// "#)?;
    /// assert_eq!(own.check()[0].code, "G009");
    /// # Ok::<(), thucthe::Error>(())
    /// ```
    #[must_use]
    pub fn check(&self) -> Vec<Finding> {
        check::check(self)
    }

    /// Everything that is wrong with a list, in one run: what reading it says, what merging it behind this gazetteer says,
    /// what [`check`](Gazetteer::check) says of it, and which of its examples do not come back.
    ///
    /// This gazetteer is what the list leans on: [`Gazetteer::builtin`], or `Gazetteer::default()` for a list that stands
    /// alone. A name that ends with `.csv` is that of a table.
    ///
    /// ```
    /// use thucthe::Gazetteer;
    /// let found = Gazetteer::default().review("x.toml", r#"
    ///     [[ministry]]
    ///     id = "ministry:xx-tea"
    ///     portfolio = "tea"
    ///     name = { en = "Ministry of Tea" }
    ///     colour = "green"
    /// "#);
    /// let codes: Vec<(&str, usize)> = found.iter().map(|f| (f.code, f.line)).collect();
    /// assert_eq!(codes, [("G009", 4), ("G002", 6)]);
    /// ```
    #[must_use]
    pub fn review(&self, name: &str, text: &str) -> Vec<Finding> {
        let format = Format::of(Path::new(name)).unwrap_or(Format::Toml);
        self.review_sources(&[(name, text, format)])
    }

    /// The same for a file, or for everything in a folder that [`Gazetteer::from_path`] would read.
    ///
    /// # Errors
    /// A path that cannot be read.
    pub fn review_path(&self, path: impl AsRef<Path>) -> Result<Vec<Finding>, Error> {
        let mut files = Vec::new();
        collect(path.as_ref(), &mut files)?;
        let sources: Vec<(&str, &str, Format)> = files.iter().map(|(n, t, f)| (n.as_str(), t.as_str(), *f)).collect();
        Ok(self.review_sources(&sources))
    }

    fn review_sources(&self, sources: &[(&str, &str, Format)]) -> Vec<Finding> {
        let (own, mut findings) = Gazetteer::read_sources(sources);
        let examples = own.records.iter().any(|r| r.example.is_some()).then(|| own.clone());
        // Without rules of its own it is a list as an extractor takes it; with them it is whole already.
        let whole = !self.rules.is_empty();
        let mut all = self.clone();
        findings.extend(merge::merge(&mut all, own));
        findings.extend(all.check().into_iter().filter(|f| sources.iter().any(|(name, ..)| f.file == *name)));
        if let Some(own) = examples {
            match if whole { Extractor::whole(&all) } else { Extractor::builder().no_builtin().gazetteer(all).build() } {
                Ok(extractor) => findings.extend(extractor.verify(&own)),
                Err(e) => findings.extend(e.findings().iter().filter(|f| f.code == "G013").cloned()),
            }
        }
        findings.sort_by(|a, b| (&a.file, a.line, a.column, a.code, &a.message).cmp(&(&b.file, b.line, b.column, b.code, &b.message)));
        // Reading tells of an id that is used twice, and so do merging and checking.
        findings.dedup_by(|a, b| (&a.file, a.line, a.code) == (&b.file, b.line, b.code) && (a.code == "G006" || a.message == b.message));
        findings
    }

    fn from_sources(sources: &[(&str, &str, Format)]) -> Result<Gazetteer, Error> {
        let (g, findings) = Gazetteer::read_sources(sources);
        if findings.is_empty() { Ok(g) } else { Err(Error::data(findings)) }
    }

    /// What can be read, and all that is wrong.
    fn read_sources(sources: &[(&str, &str, Format)]) -> (Gazetteer, Vec<Finding>) {
        let (mut g, mut findings) = (Gazetteer::default(), Vec::new());
        for (i, (name, text, format)) in sources.iter().enumerate() {
            g.files.push((*name).to_string());
            let source = Source::new(name, text, i as u32);
            // A table may be long, and its findings know their cells.
            g.texts.push(Arc::from(if matches!(format, Format::Toml) { *text } else { "" }));
            match format {
                Format::Toml => read(&source, &mut g, &mut findings),
                #[cfg(feature = "csv")]
                Format::Csv => table::read(&source, &mut g, &mut findings),
                #[cfg(not(feature = "csv"))]
                Format::Csv => {
                    let at = source.at(0);
                    findings.push(read::finding(&source, at, "G001", "a table, which this build does not read", "turn on the feature `csv`"));
                }
            }
        }
        findings.extend(check::duplicates(&g));
        (g, findings)
    }
}

/// How a file is written.
#[derive(Clone, Copy)]
enum Format {
    Toml,
    Csv,
}

impl Format {
    /// What the end of a name says.
    fn of(path: &Path) -> Option<Format> {
        let extension = path.extension()?;
        if extension.eq_ignore_ascii_case("toml") { Some(Format::Toml) } else { extension.eq_ignore_ascii_case("csv").then_some(Format::Csv) }
    }

    /// Whether a folder is searched for it. A table that is named is a finding where no table is read; one that only lies
    /// there may be anything.
    fn wanted(self) -> bool {
        matches!(self, Format::Toml) || cfg!(feature = "csv")
    }
}

fn collect(path: &Path, out: &mut Vec<(String, String, Format)>) -> Result<(), Error> {
    let fail = |source| Error::io(path.to_path_buf(), source);
    if path.is_dir() {
        let mut inside = Vec::new();
        for entry in std::fs::read_dir(path).map_err(fail)? {
            inside.push(entry.map_err(fail)?.path());
        }
        inside.sort();
        for p in inside {
            if p.is_dir() || Format::of(&p).is_some_and(Format::wanted) {
                collect(&p, out)?;
            }
        }
    } else {
        let text = std::fs::read_to_string(path).map_err(fail)?;
        out.push((path.display().to_string(), text, Format::of(path).unwrap_or(Format::Toml)));
    }
    Ok(())
}
