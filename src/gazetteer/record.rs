//! What a gazetteer can say, as plain values. Every record knows where it was written.

use crate::date::Date;
use crate::kind::Kind;
use std::borrow::Cow;
use std::sync::Arc;

/// A place in a gazetteer file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct At {
    pub file: u32,
    pub line: u32,
    pub column: u32,
}

/// A text: borrowed from the embedded data, or owned.
pub(crate) type Text = Cow<'static, str>;
/// One text a language: canonical names.
pub(crate) type Names = [Option<Text>; 3];
/// Some texts a language: surfaces. Most records leave most of their lists empty, and a long list of names has a million
/// records, so that an empty one takes one word of memory and no more.
#[derive(Clone, Debug, Default)]
pub(crate) struct Forms(Option<Box<[Vec<Text>; 3]>>);

static NO_FORMS: [Vec<Text>; 3] = [Vec::new(), Vec::new(), Vec::new()];

impl std::ops::Deref for Forms {
    type Target = [Vec<Text>; 3];

    fn deref(&self) -> &Self::Target {
        self.0.as_deref().unwrap_or(&NO_FORMS)
    }
}

impl std::ops::DerefMut for Forms {
    fn deref_mut(&mut self) -> &mut Self::Target {
        self.0.get_or_insert_default()
    }
}

impl From<[Vec<Text>; 3]> for Forms {
    fn from(lists: [Vec<Text>; 3]) -> Forms {
        Forms(lists.iter().any(|l| !l.is_empty()).then(|| Box::new(lists)))
    }
}

impl<'a> IntoIterator for &'a Forms {
    type Item = &'a Vec<Text>;
    type IntoIter = std::slice::Iter<'a, Vec<Text>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Forms {
    type Item = Vec<Text>;
    type IntoIter = std::array::IntoIter<Vec<Text>, 3>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.map_or_else(Default::default, |lists| *lists).into_iter()
    }
}

/// What a record does to one of the same id in a gazetteer merged before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Action {
    /// It is new; another of its id is a mistake.
    #[default]
    Add,
    /// It adds surfaces and tenures.
    Extend,
    /// It takes the other's place.
    Override,
    /// It takes the other out.
    Remove,
}

/// A record of one of the eight kinds.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    pub kind: Kind,
    pub at: At,
    pub action: Action,
    pub id: Text,
    /// ISO 3166 alpha-2, or a body that can stand in for a country (`asean`, `eu`, `un`).
    pub country: Option<Text>,
    pub name: Names,
    /// Surfaces that mark wherever they stand.
    pub alias: Forms,
    /// Surfaces that mark in exactly this case.
    pub exact: Forms,
    /// Surfaces that mark with support only.
    pub weak: Forms,
    /// Phrases that contain a surface without meaning it.
    pub never: Forms,
    /// How a person is addressed behind a title.
    pub short: Forms,
    /// Nationality words.
    pub adjective: Forms,
    /// Short forms that count inside a compound only.
    pub compound: Forms,
    /// English says `the` before the name.
    pub article: bool,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub successor: Option<Text>,
    /// Ids of records that have a strong name in common with this one, on purpose.
    pub shares: Vec<Text>,
    /// Not in the embedded form, as examples and editions are not.
    pub sources: Vec<Text>,
    pub example: Option<Text>,
    /// `country`, `capital`, `rank`, `office`, …: a word from the kind's own list.
    pub sort: Option<Text>,
    pub portfolio: Option<Text>,
    pub organization: Option<Text>,
    pub parent: Option<Text>,
    /// The body can be a side of a mechanism, as a country can.
    pub party: bool,
    /// Role words under which papers print an office.
    pub roles: Vec<Text>,
    /// More than one person can hold the office at a time.
    pub many_holders: bool,
    /// The family name of a person, in the English form.
    pub family: Option<Text>,
    pub participants: Vec<Text>,
    pub year: Option<u32>,
    pub tenures: Vec<Tenure>,
    pub editions: Vec<Edition>,
}

impl Record {
    /// A record of which only the id is known.
    pub(crate) fn new(kind: Kind, at: At, id: Text) -> Record {
        Record {
            kind,
            at,
            action: Action::Add,
            id,
            country: None,
            name: Names::default(),
            alias: Forms::default(),
            exact: Forms::default(),
            weak: Forms::default(),
            never: Forms::default(),
            short: Forms::default(),
            adjective: Forms::default(),
            compound: Forms::default(),
            article: false,
            from: None,
            to: None,
            successor: None,
            shares: Vec::new(),
            sources: Vec::new(),
            example: None,
            sort: None,
            portfolio: None,
            organization: None,
            parent: None,
            party: false,
            roles: Vec::new(),
            many_holders: false,
            family: None,
            participants: Vec::new(),
            year: None,
            tenures: Vec::new(),
            editions: Vec::new(),
        }
    }
}

/// A person's time in an office.
#[derive(Clone, Debug)]
pub(crate) struct Tenure {
    pub at: At,
    pub office: Text,
    pub from: Option<Date>,
    pub to: Option<Date>,
    /// Days on which a source shows the person in the office.
    pub seen: Vec<Date>,
    /// The end is past, but its day is not known.
    pub ended: bool,
    pub acting: bool,
}

/// One meeting of a mechanism.
#[derive(Clone, Debug)]
#[allow(dead_code, reason = "read and checked; the rules that use the dates of editions come with the rule layer")]
pub(crate) struct Edition {
    pub at: At,
    pub number: Option<u32>,
    pub date: Option<Date>,
    pub place: Option<Text>,
    pub source: Option<Text>,
}

/// The generic word of an office, and how offices of it are named.
#[derive(Clone, Debug)]
pub(crate) struct Role {
    pub at: At,
    pub id: Text,
    /// What completes it: `portfolio`, `country`, `organization`, `post`, `none`.
    pub takes: Vec<Text>,
    /// Templates of the office's canonical name, with `{ministry}`, `{portfolio}`, `{country}`, `{organization}`, `{target}`.
    pub name: Names,
    /// The word alone.
    pub bare: Names,
    /// Surfaces; those with `{portfolio}` are written out for every portfolio.
    pub word: Forms,
    /// Surfaces that need support where they stand alone.
    pub weak: Forms,
    pub exact: Forms,
    /// A more general role that this one is a kind of.
    pub is: Option<Text>,
    /// It means someone even where nothing completes it (`Thủ tướng`).
    pub alone: bool,
    /// A foreign holder serves at home where no other place is named.
    pub at_home: bool,
    pub many_holders: bool,
}

/// A surface that is a role and its portfolio in one (`Ngoại trưởng`).
#[derive(Clone, Debug)]
pub(crate) struct RoleWord {
    pub at: At,
    pub role: Text,
    pub portfolio: Text,
    pub word: Forms,
    pub exact: Forms,
}

/// A ministry's field.
#[derive(Clone, Debug)]
pub(crate) struct Portfolio {
    pub at: At,
    pub id: Text,
    pub name: Names,
    pub word: Forms,
    /// The ministry's name without a country.
    pub ministry: Forms,
    pub exact: Forms,
}

/// A name pattern with open participants: a mechanism's, or with `makes` an agreement's.
#[derive(Clone, Debug)]
pub(crate) struct Family {
    pub at: At,
    pub id: Text,
    pub makes: Kind,
    pub name: Names,
    pub word: Forms,
    pub weak: Forms,
    /// A participant that is always there (`asean`).
    pub participant: Option<Text>,
    /// Words that name it in a lower-case run of text only with participants, a level or an edition.
    pub needs_parties: bool,
    /// Where the place of a foreign mission is not named, it is home; a capital stands for its country.
    pub at_home: bool,
    /// The family that the weak words mean between sides that have no record here.
    pub otherwise: Option<Text>,
}

/// Words with a job in the grammar: `former`, `honorific`, `and`, …
#[derive(Clone, Debug)]
pub(crate) struct WordClass {
    pub at: At,
    pub id: Text,
    /// What the words count, where they do: an ordinal, a month.
    pub number: Option<u32>,
    pub word: Forms,
    /// Only in exactly this case.
    pub exact: Forms,
}

/// The word class that is none: words that most texts have. They have no job, and no rule can name them.
pub(crate) const FREQUENT: &str = "frequent";

/// What has its name by a template.
pub(crate) const TEMPLATES: &[&str] = &["ministry", "office", "post", "government"];

/// How the name of something without a record is put together: a ministry's, an office's, a post's, a government's.
#[derive(Clone, Debug)]
pub(crate) struct Template {
    pub at: At,
    pub id: Text,
    pub name: Names,
}

/// How a phrase is put together.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub at: At,
    pub makes: Text,
    pub forms: Vec<(Text, At)>,
}

/// Records of entities, and the words and rules that join them, read from TOML.
///
/// A gazetteer is checked when it is read; what is wrong comes out all at once. Several merge into one, in the order in
/// which they are given to [`ExtractorBuilder::gazetteer`](crate::ExtractorBuilder::gazetteer).
///
/// ```
/// let own = thucthe::Gazetteer::from_toml("ships.toml", r#"
///     [[organization]]
///     id = "organization:blue-ocean"
///     name = { vi = "Hãng Biển Xanh", en = "Blue Ocean Lines" }
/// "#)?;
/// assert_eq!(own.len(), 1);
/// # Ok::<(), thucthe::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    /// Names of the files, by the number that records carry.
    pub(crate) files: Vec<String>,
    /// Their texts, for findings that look across records; empty where there is none or it is not kept.
    pub(crate) texts: Vec<Arc<str>>,
    pub(crate) records: Vec<Record>,
    pub(crate) roles: Vec<Role>,
    pub(crate) role_words: Vec<RoleWord>,
    pub(crate) portfolios: Vec<Portfolio>,
    pub(crate) families: Vec<Family>,
    pub(crate) words: Vec<WordClass>,
    pub(crate) templates: Vec<Template>,
    pub(crate) rules: Vec<Rule>,
}
