//! The eight kinds of entity.

use serde::Serialize;
use std::fmt;
use std::str::FromStr;

/// What sort of thing an entity is.
///
/// ```
/// use thucthe::Kind;
/// assert_eq!("ministry".parse::<Kind>(), Ok(Kind::Ministry));
/// assert_eq!(Kind::Person.as_str(), "person");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Kind {
    /// A named individual: the name alone, no title or honorific.
    Person,
    /// An office, position, rank or Party position.
    Title,
    /// A ministry or a government body of its level.
    Ministry,
    /// A standing or recurring channel between parties, or the named level of a partnership.
    Mechanism,
    /// Any other body.
    Organization,
    /// A treaty, convention, declaration, code or memorandum.
    Agreement,
    /// A named policy, vision, programme or scheme.
    Initiative,
    /// A country, city, sea or region.
    Place,
}

impl Kind {
    /// All kinds, in their order of rank.
    pub const ALL: [Kind; 8] = [Kind::Person, Kind::Title, Kind::Ministry, Kind::Mechanism, Kind::Organization, Kind::Agreement, Kind::Initiative, Kind::Place];

    /// The word used in ids, files and output.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Kind::Person => "person",
            Kind::Title => "title",
            Kind::Ministry => "ministry",
            Kind::Mechanism => "mechanism",
            Kind::Organization => "organization",
            Kind::Agreement => "agreement",
            Kind::Initiative => "initiative",
            Kind::Place => "place",
        }
    }

    /// Whether two kinds may be one thing: ministries are bodies too.
    pub(crate) fn of_one_sort(self, other: Kind) -> bool {
        let body = |k: Kind| if k == Kind::Ministry { Kind::Organization } else { k };
        body(self) == body(other)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The word names no kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such kind: one of person, title, ministry, mechanism, organization, agreement, initiative, place")]
pub struct UnknownKind;

impl FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(s: &str) -> Result<Self, UnknownKind> {
        Kind::ALL.into_iter().find(|k| k.as_str() == s).ok_or(UnknownKind)
    }
}

/// A language of names: the index into a record's names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Language {
    /// Vietnamese.
    Vi,
    /// English.
    En,
    /// Japanese.
    Ja,
}

impl Language {
    /// All languages, Vietnamese first.
    pub const ALL: [Language; 3] = [Language::Vi, Language::En, Language::Ja];

    /// The two-letter code.
    ///
    /// ```
    /// assert_eq!(thucthe::Language::Vi.as_str(), "vi");
    /// ```
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Language::Vi => "vi",
            Language::En => "en",
            Language::Ja => "ja",
        }
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(s: &str) -> Result<Self, UnknownLanguage> {
        Language::ALL.into_iter().find(|l| l.as_str() == s).ok_or(UnknownLanguage)
    }
}

/// The word names no language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such language: one of vi, en, ja")]
pub struct UnknownLanguage;
