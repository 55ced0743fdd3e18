//! What comes out: mentions in place, the entities they stand for, and who holds which office.

use crate::date::Date;
use crate::kind::{Kind, Language};
use crate::span::Span;
use crate::text::offsets::Converter;
use serde::ser::{SerializeMap, SerializeSeq, SerializeStruct};
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// The unit in which offsets are written out. Inside the crate they are bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unit {
    /// UTF-8 bytes.
    #[default]
    Bytes,
    /// Unicode scalar values, as Python counts.
    Chars,
    /// UTF-16 code units, as JavaScript and Java count.
    Utf16,
}

/// The names of an entity by language.
pub(crate) type NameSet = [Option<Text>; 3];

/// A text that is borrowed from the embedded data or owned.
pub(crate) type Text = Cow<'static, str>;

/// What is known of an entity. Shared, never changed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct EntityData {
    pub id: Text,
    pub kind: Kind,
    pub names: NameSet,
    pub known: bool,
}

/// The records of a lexicon. Each worker hands out one of its own, so that threads do not wait for each other to count it.
pub(crate) struct Records(pub Arc<Vec<Arc<EntityData>>>);

impl fmt::Debug for Records {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Records").finish_non_exhaustive()
    }
}

/// What the entities of a document have in common, and its mentions. Each entity holds it, and says in plain numbers what of it is its
/// own: there is little to drop. Where nobody holds it any more, the next document of the same worker has its room.
#[derive(Clone)]
pub(crate) struct Common {
    pub all: Arc<Records>,
    /// What was made of parts.
    pub made: Vec<Arc<EntityData>>,
    /// The ids of what no list holds, each with the name behind it, as bytes: each is looked at as a text where it is asked for.
    pub words: Vec<u8>,
    /// Indices of mentions, those of an entity in a row.
    pub named: Vec<usize>,
    pub mentions: Vec<Mention>,
}

impl fmt::Debug for Common {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Common").finish_non_exhaustive()
    }
}

/// Mentions, and bytes of words, for which a worker keeps room at most.
const MOST_KEPT: (usize, usize) = (1 << 10, 1 << 16);

impl Common {
    pub(crate) fn over(all: Arc<Records>) -> Common {
        Common { all, made: Vec::new(), words: Vec::new(), named: Vec::new(), mentions: Vec::new() }
    }

    /// Forgets a document that nobody holds any more.
    pub(crate) fn clear(&mut self) {
        self.made.clear();
        self.words.clear();
        self.named.clear();
        self.mentions.clear();
    }

    /// Its room is worth keeping.
    pub(crate) fn is_small(&self) -> bool {
        self.mentions.capacity() <= MOST_KEPT.0 && self.words.capacity() <= MOST_KEPT.1
    }
}

/// Which entity it is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Data {
    /// A record, by its place among all of them. Records lie far apart in memory: none is looked at before somebody asks what it says.
    Listed(u32),
    /// By its place among what was made of parts.
    Made(u32),
    /// What no list holds, named after its words: where its id begins among those of all such, how long it is, and how long the name
    /// behind it.
    Found { at: usize, id: u32, name: u32, language: Language, kind: Kind },
}

struct Names<'a>(&'a Entity);

impl Serialize for Names<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut map = s.serialize_map(None)?;
        for l in Language::ALL {
            if let Some(n) = self.0.name(l) {
                map.serialize_entry(l.as_str(), n)?;
            }
        }
        map.end()
    }
}

/// A person, office, ministry, mechanism or other thing that a document names, under its one id.
///
/// ```
/// # #[cfg(feature = "builtin")] {
/// let document = thucthe::Extractor::builtin().extract("Bộ Ngoại giao Nhật Bản");
/// let ministry = &document.entities()[0];
/// assert_eq!(ministry.id(), "ministry:jp-foreign-affairs");
/// assert_eq!(ministry.name(thucthe::Language::Ja), Some("外務省"));
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Entity {
    pub(crate) common: Arc<Common>,
    pub(crate) data: Data,
    /// Its mentions among all.
    pub(crate) from: u32,
    pub(crate) count: u32,
}

impl Entity {
    /// What is known of it, but for what no list holds.
    fn known(&self) -> Option<&EntityData> {
        match self.data {
            Data::Listed(record) => self.common.all.0.get(record as usize),
            Data::Made(made) => self.common.made.get(made as usize),
            Data::Found { .. } => None,
        }
        .map(|data| &**data)
    }

    /// Some of the words of what no list holds.
    fn words(&self, from: usize, len: u32) -> Option<&str> {
        std::str::from_utf8(self.common.words.get(from..from + len as usize)?).ok()
    }

    /// The stable id, such as `person:kano-koji`.
    #[must_use]
    pub fn id(&self) -> &str {
        match self.data {
            Data::Found { at, id, .. } => self.words(at, id).unwrap_or_default(),
            _ => self.known().map_or("", |data| &data.id),
        }
    }

    /// The kind.
    #[must_use]
    pub fn kind(&self) -> Kind {
        if let Data::Found { kind, .. } = self.data { kind } else { self.known().map_or(Kind::Place, |data| data.kind) }
    }

    /// The canonical name in a language, where there is one.
    #[must_use]
    pub fn name(&self, language: Language) -> Option<&str> {
        match self.data {
            Data::Found { at, id, name, language: own, .. } if own == language => self.words(at + id as usize, name),
            _ => self.known()?.names[language as usize].as_deref(),
        }
    }

    /// Whether a gazetteer holds it (or all that it is composed of); false for what the rules discovered.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.known().is_some_and(|data| data.known)
    }

    /// Indices of the mentions that stand for it, ascending.
    #[must_use]
    pub fn mentions(&self) -> &[usize] {
        self.common.named.get(self.from as usize..(self.from + self.count) as usize).unwrap_or_default()
    }
}

/// What a mention says beside the entity.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Attributes {
    /// The number of a meeting: `lần thứ 11`, `第11回`, `ADMM-17`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edition: Option<u32>,
    /// The year of a convention or version: `UNCLOS 1982`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<u32>,
    /// The text calls the office a past one.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub former: bool,
    /// The text calls the holder an acting one.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub acting: bool,
}

impl Attributes {
    /// What most mentions have.
    const NONE: Attributes = Attributes { edition: None, year: None, former: false, acting: false };
}

/// A place in the text that stands for an entity.
#[derive(Clone, Debug)]
pub struct Mention {
    /// Byte offsets: longer texts are not read.
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) entity: u32,
    /// `u32::MAX` for none.
    pub(crate) parent: u32,
    pub(crate) kind: Kind,
    /// Counted, so that to drop nothing of it is one look and no call.
    pub(crate) extra: Option<Arc<Extra>>,
}

/// What few mentions have.
#[derive(Clone, Debug, Default)]
pub(crate) struct Extra {
    pub attributes: Attributes,
    pub also: Vec<usize>,
    pub candidates: Vec<Arc<EntityData>>,
    pub evidence: Vec<String>,
}

impl Extra {
    /// Nothing where there is nothing of it.
    pub(crate) fn shared(self) -> Option<Arc<Extra>> {
        let empty = self.attributes == Attributes::NONE && self.also.is_empty() && self.candidates.is_empty() && self.evidence.is_empty();
        (!empty).then(|| Arc::new(self))
    }
}

impl Mention {
    /// Where it stands: byte offsets into the text as given.
    #[must_use]
    pub fn span(&self) -> Span {
        Span { start: self.start as usize, end: self.end as usize }
    }

    /// The kind.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Index of its entity in [`Document::entities`].
    #[must_use]
    pub fn entity(&self) -> usize {
        self.entity as usize
    }

    /// Index of the smallest mention that holds this one.
    #[must_use]
    pub fn parent(&self) -> Option<usize> {
        (self.parent < u32::MAX).then_some(self.parent as usize)
    }

    /// Edition, year, former, acting.
    #[must_use]
    pub fn attributes(&self) -> &Attributes {
        self.extra.as_ref().map_or(&Attributes::NONE, |x| &x.attributes)
    }

    /// Further entities that the same words name: `Bộ Quốc phòng hai nước` is two ministries. Indices of
    /// [`Document::entities`].
    #[must_use]
    pub fn also(&self) -> &[usize] {
        self.extra.as_ref().map_or(&[], |x| &x.also)
    }

    /// Ids of the other readings of an ambiguous mention, best first.
    pub fn candidates(&self) -> impl Iterator<Item = &str> {
        self.extra.iter().flat_map(|x| &x.candidates).map(|c| &*c.id)
    }

    /// Why: one reason a line. Empty unless the extractor was built to explain.
    #[must_use]
    pub fn evidence(&self) -> &[String] {
        self.extra.as_ref().map_or(&[], |x| &x.evidence)
    }
}

/// The text gives this person this office or rank.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Appointment {
    /// Index of the person in [`Document::entities`].
    pub person: usize,
    /// Index of the office or rank in [`Document::entities`].
    pub office: usize,
    /// Id of the ministry or body that the office belongs to, where there is one.
    pub organization: Option<Cow<'static, str>>,
    /// Country of the office, as ISO 3166 alpha-2 in lower case.
    pub country: Option<Cow<'static, str>>,
    /// The text says that it is past.
    pub former: bool,
    /// The text says that it is acting.
    pub acting: bool,
    /// Indices of the mentions that say so: person and office by turns.
    pub mentions: Vec<usize>,
}

/// Everything found in one text.
///
/// Its entities look their records up in those of the extractor, which are not freed while a document is kept.
///
/// ```
/// # #[cfg(feature = "builtin")] {
/// let document = thucthe::Extractor::builtin().extract("Thủ tướng Nhật Bản Kishida Fumio");
/// let texts: Vec<&str> = document.mentions().iter().map(|m| document.text_of(m)).collect();
/// assert_eq!(texts, ["Thủ tướng Nhật Bản", "Nhật Bản", "Kishida Fumio"]);
/// # }
/// ```
#[derive(Clone)]
pub struct Document<'t> {
    pub(crate) text: Cow<'t, str>,
    pub(crate) language: Option<Language>,
    pub(crate) date: Option<Date>,
    /// They hold the mentions too: there are no others.
    pub(crate) entities: Vec<Entity>,
    pub(crate) appointments: Vec<Appointment>,
}

impl fmt::Debug for Document<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Document")
            .field("text", &self.text)
            .field("language", &self.language)
            .field("date", &self.date)
            .field("mentions", &self.mentions())
            .field("entities", &self.entities)
            .field("appointments", &self.appointments)
            .finish()
    }
}

impl<'t> Document<'t> {
    /// The text as given.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The main language, where script or letters show it.
    #[must_use]
    pub fn language(&self) -> Option<Language> {
        self.language
    }

    /// The reference date that offices were asked for.
    #[must_use]
    pub fn date(&self) -> Option<Date> {
        self.date
    }

    /// The mentions, by start, then by end descending. No two cross.
    #[must_use]
    pub fn mentions(&self) -> &[Mention] {
        self.entities.first().map_or(&[], |e| &e.common.mentions)
    }

    /// The entities, in the order in which the text first names them.
    #[must_use]
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// Who holds what, each pair once.
    #[must_use]
    pub fn appointments(&self) -> &[Appointment] {
        &self.appointments
    }

    /// The words of a mention.
    #[must_use]
    pub fn text_of(&self, mention: &Mention) -> &str {
        self.text.get(mention.span().range()).unwrap_or_default()
    }

    /// The entity of a mention.
    ///
    /// # Panics
    /// If the mention is of another document with more entities.
    #[must_use]
    pub fn entity_of(&self, mention: &Mention) -> &Entity {
        &self.entities[mention.entity()]
    }

    /// The same document with a text of its own.
    #[must_use]
    pub fn into_owned(self) -> Document<'static> {
        Document {
            text: Cow::Owned(self.text.into_owned()),
            language: self.language,
            date: self.date,
            entities: self.entities,
            appointments: self.appointments,
        }
    }

    /// A view that serialises with offsets in another unit.
    #[must_use]
    pub fn with_offsets(&self, unit: Unit) -> impl Serialize + '_ {
        View { document: self, unit }
    }
}

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        View { document: self, unit: Unit::Bytes }.serialize(s)
    }
}

struct View<'a> {
    document: &'a Document<'a>,
    unit: Unit,
}

impl Serialize for View<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let d = self.document;
        let mut out = s.serialize_struct("Document", 5)?;
        out.serialize_field("language", &d.language)?;
        out.serialize_field("date", &d.date)?;
        out.serialize_field("mentions", &Mentions(self))?;
        out.serialize_field("entities", &Entities(d))?;
        out.serialize_field("appointments", &Appointments(d))?;
        out.end()
    }
}

struct Mentions<'a>(&'a View<'a>);

impl Serialize for Mentions<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let d = self.0.document;
        // Starts ascend, ends do not: a converter each keeps both passes short.
        let mut starts = Converter::new(&d.text, self.0.unit);
        let mut seq = s.serialize_seq(Some(d.mentions().len()))?;
        for m in d.mentions() {
            let start = starts.at(m.start as usize);
            let end = start + Converter::new(d.text_of(m), self.0.unit).at(m.span().len());
            seq.serialize_element(&OneMention { d, m, start, end })?;
        }
        seq.end()
    }
}

struct OneMention<'a> {
    d: &'a Document<'a>,
    m: &'a Mention,
    start: usize,
    end: usize,
}

impl Serialize for OneMention<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let (d, m) = (self.d, self.m);
        let entity = d.entity_of(m);
        let mut out = s.serialize_struct("Mention", 11)?;
        out.serialize_field("start", &self.start)?;
        out.serialize_field("end", &self.end)?;
        out.serialize_field("text", d.text_of(m))?;
        out.serialize_field("kind", &m.kind)?;
        out.serialize_field("id", entity.id())?;
        out.serialize_field("name", &Names(entity))?;
        out.serialize_field("known", &entity.is_known())?;
        out.serialize_field("parent", &m.parent())?;
        out.serialize_field("attributes", m.attributes())?;
        out.serialize_field("also", &m.also().iter().map(|&e| d.entities[e].id()).collect::<Vec<_>>())?;
        out.serialize_field("candidates", &m.candidates().collect::<Vec<_>>())?;
        out.serialize_field("evidence", m.evidence())?;
        out.end()
    }
}

struct Entities<'a>(&'a Document<'a>);

impl Serialize for Entities<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_seq(self.0.entities.iter().map(OneEntity))
    }
}

struct OneEntity<'a>(&'a Entity);

impl Serialize for OneEntity<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let e = self.0;
        let mut out = s.serialize_struct("Entity", 5)?;
        out.serialize_field("id", e.id())?;
        out.serialize_field("kind", &e.kind())?;
        out.serialize_field("name", &Names(e))?;
        out.serialize_field("known", &e.is_known())?;
        out.serialize_field("mentions", e.mentions())?;
        out.end()
    }
}

struct Appointments<'a>(&'a Document<'a>);

impl Serialize for Appointments<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_seq(self.0.appointments.iter().map(|a| OneAppointment(self.0, a)))
    }
}

struct OneAppointment<'a>(&'a Document<'a>, &'a Appointment);

impl Serialize for OneAppointment<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let OneAppointment(d, a) = self;
        let mut out = s.serialize_struct("Appointment", 9)?;
        out.serialize_field("person", d.entities[a.person].id())?;
        out.serialize_field("person_name", &Names(&d.entities[a.person]))?;
        out.serialize_field("office", d.entities[a.office].id())?;
        out.serialize_field("office_name", &Names(&d.entities[a.office]))?;
        out.serialize_field("organization", &a.organization)?;
        out.serialize_field("country", &a.country)?;
        out.serialize_field("former", &a.former)?;
        out.serialize_field("acting", &a.acting)?;
        out.serialize_field("mentions", &a.mentions)?;
        out.end()
    }
}
