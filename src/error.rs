//! The one error of this crate.

use std::fmt;
use std::path::PathBuf;

/// What can go wrong outside of texts: data and configuration.
///
/// Extraction itself never fails. An error is opaque; ask it what it is, print it, or walk its
/// [`source`](std::error::Error::source) chain.
///
/// ```
/// let error = thucthe::Gazetteer::from_toml("mine.toml", "[[place]]\nid = \"jp\"").unwrap_err();
/// assert!(error.is_data());
/// assert_eq!(error.findings().len(), 2);
/// ```
pub struct Error(Box<Inner>);

#[derive(Debug, thiserror::Error)]
enum Inner {
    #[error("{}", summary(.0))]
    Data(Vec<Finding>),
    #[error("cannot read {}", path.display())]
    Io { path: PathBuf, source: std::io::Error },
    #[error("{0}")]
    Limit(String),
}

impl Error {
    pub(crate) fn data(mut findings: Vec<Finding>) -> Self {
        findings.sort_by(|a, b| (&a.file, a.line, a.column, a.code).cmp(&(&b.file, b.line, b.column, b.code)));
        Error(Box::new(Inner::Data(findings)))
    }

    pub(crate) fn io(path: PathBuf, source: std::io::Error) -> Self {
        Error(Box::new(Inner::Io { path, source }))
    }

    pub(crate) fn limit(message: impl Into<String>) -> Self {
        Error(Box::new(Inner::Limit(message.into())))
    }

    /// Something is wrong in a gazetteer: see [`findings`](Error::findings).
    #[must_use]
    pub fn is_data(&self) -> bool {
        matches!(*self.0, Inner::Data(_))
    }

    /// A file or folder could not be read.
    #[must_use]
    pub fn is_io(&self) -> bool {
        matches!(*self.0, Inner::Io { .. })
    }

    /// The data is larger than the crate takes.
    #[must_use]
    pub fn is_limit(&self) -> bool {
        matches!(*self.0, Inner::Limit(_))
    }

    /// Everything found wrong, by file and line; empty unless [`is_data`](Error::is_data).
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        match &*self.0 {
            Inner::Data(f) => f,
            _ => &[],
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source()
    }
}

/// One thing wrong in a gazetteer, with its place and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// The file, as it was named when it was read.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// A short code that stays the same when the wording changes, such as `G004`.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub remedy: String,
    /// The line of the file that it stands in.
    pub excerpt: String,
}

/// How much a [`Finding`] weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Severity {
    /// Doubtful: someone should look at it, and may leave it.
    Warning,
    /// Wrong: results suffer, or the file is not read at all.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Severity::Warning => "warning",
            Severity::Error => "error",
        })
    }
}

impl Finding {
    /// How much it weighs, which its code says: `W` opens the codes of warnings, `G` those of errors.
    ///
    /// ```
    /// use thucthe::{Gazetteer, Severity};
    /// let own = Gazetteer::from_toml("own.toml", r#"
    ///     [[ministry]]
    ///     id = "ministry:xx-tea"
    ///     from = "1869"
    ///     name = { en = "Ministry of Tea" }
    /// "#)?;
    /// let found = own.check();
    /// assert_eq!((found[0].code, found[0].severity()), ("W002", Severity::Warning));
    /// # Ok::<(), thucthe::Error>(())
    /// ```
    #[must_use]
    pub fn severity(&self) -> Severity {
        // One place for both: a code can never say one thing and the finding another.
        if self.code.starts_with('W') { Severity::Warning } else { Severity::Error }
    }

    /// Whether it is no more than a warning.
    #[must_use]
    pub fn is_warning(&self) -> bool {
        self.severity() == Severity::Warning
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {} {}; {}", self.file, self.line, self.column, self.code, self.message, self.remedy)
    }
}

fn summary(findings: &[Finding]) -> String {
    use fmt::Write;
    let mut s = format!("{} {} in the gazetteer", findings.len(), if findings.len() == 1 { "finding" } else { "findings" });
    for f in findings {
        let _ = write!(s, "\n{f}");
    }
    s
}
