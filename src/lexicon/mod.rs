//! A gazetteer compiled for the run: numbers for words, surfaces with payloads, entities, tenures, rules.
//!
//! Immutable once built; nothing here reads a file.

mod build;
mod forms;
pub(crate) mod grammar;
pub(crate) mod interest;
pub(crate) mod join;
mod marks;
pub(crate) mod office;
#[cfg(feature = "builtin")]
mod pack;
pub(crate) mod phrases;
pub(crate) mod shape;
pub(crate) mod sign;
mod silent;

pub(crate) use build::build;
pub(crate) use marks::Marks;
#[cfg(feature = "builtin")]
pub(crate) use pack::Names;

use crate::date::Date;
use crate::document::{EntityData, NameSet, Text};
use crate::gazetteer::record::{At, Forms, TEMPLATES};
use crate::kind::{Kind, Language};
use crate::matcher::Matcher;
use crate::text::tokens::Kind as SignKind;
use crate::text::words::Words;
use foldhash::{HashMap, HashSet};
use grammar::{Grammar, Symbols};
use interest::Interests;
use phrases::Phrases;
use shape::Shapes;
pub(crate) use silent::{Meaning, Silent};
use std::borrow::Borrow;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// "None" for 16-bit numbers.
pub(crate) const NONE16: u16 = u16::MAX;
/// "None" for 32-bit numbers.
pub(crate) const NONE32: u32 = u32::MAX;
/// What stands behind the kind in the id of something that no list holds, which is named after its words.
pub(crate) const UNLISTED: &str = ":unlisted.";

/// What a surface stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Atom {
    /// An entity under one of its full names.
    Entity(u32),
    /// A person by family or given name.
    Short(u32),
    /// A nationality adjective.
    Nationality(u16),
    /// A country's short form for compounds.
    Compound(u16),
    /// A role word, with its field where the word names it.
    Role(u16, u16),
    Portfolio(u16),
    /// A ministry's name without a country.
    MinistryWord(u16),
    Family(u16),
    /// A word class, by its symbol, and what the word counts or 0.
    Word(u8, u8),
}

/// How much a surface proves by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Strength {
    Never,
    Weak,
    Strong,
}

/// What a surface asks of the capitals in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Case {
    Any,
    /// The capitals of the name, but for the first word of several.
    Proper,
    /// All of its capitals.
    Name,
    /// At least one capital.
    Some,
    /// Exactly as written.
    Exact,
}

impl Case {
    /// All, by their numbers.
    pub(crate) const ALL: [Case; 5] = [Case::Any, Case::Proper, Case::Name, Case::Some, Case::Exact];
}

/// One spelling of one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Surface {
    pub atom: Atom,
    /// Where its words begin in [`Runs`].
    pub start: u32,
    /// How many they are.
    count: u8,
    /// Languages as bits.
    pub languages: u8,
    pub strength: Strength,
    asks: Asks,
}

impl Surface {
    /// A spelling with no words yet.
    pub(crate) fn new(atom: Atom, languages: u8, strength: Strength, asks: Asks) -> Surface {
        Surface { atom, start: 0, count: 0, languages, strength, asks }
    }

    /// The same of these words, at most [`LONGEST_NAME`].
    pub(crate) fn of_words(self, start: u32, count: usize) -> Surface {
        Surface { start, count: count as u8, ..self }
    }

    /// How many words it has.
    pub(crate) fn len(&self) -> usize {
        self.count.into()
    }

    pub(crate) fn asks(&self) -> Asks {
        self.asks
    }

    /// What it asks of the capitals in the text.
    pub(crate) fn case(&self) -> Case {
        self.asks.case()
    }

    /// It may be typed without its diacritics (names of people and places).
    pub(crate) fn is_loose(&self) -> bool {
        self.asks.is_loose()
    }
}

/// Names of more words than this are none; checking a gazetteer tells of them, counted in characters.
pub(crate) const LONGEST_NAME: usize = 250;

/// What a surface asks of the spelling in the text, in one byte: there are many surfaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Asks(u8);

impl Asks {
    /// The bit of what may be typed without diacritics.
    pub(crate) const LOOSE: u8 = 8;

    pub(crate) const fn of(case: Case, loose: bool) -> Asks {
        Asks(case as u8 | if loose { Asks::LOOSE } else { 0 })
    }

    pub(crate) fn bits(self) -> u8 {
        self.0
    }

    pub(crate) fn of_bits(bits: u8) -> Asks {
        Asks(bits)
    }

    pub(crate) fn case(self) -> Case {
        Case::ALL.get(usize::from(self.0 & !Asks::LOOSE)).copied().unwrap_or(Case::Any)
    }

    pub(crate) fn is_loose(self) -> bool {
        self.0 & Asks::LOOSE != 0
    }
}

/// A word of a surface: its fine number, and below it its flags, as [`Token`](crate::text::tokens::Token) has both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Spelled(u32);

impl Spelled {
    pub(crate) fn of(fine: u32, flags: u8) -> Spelled {
        Spelled(fine << u8::BITS | u32::from(flags))
    }

    /// The number of its fine form, see [`Words`].
    pub(crate) fn fine(self) -> u32 {
        self.0 >> u8::BITS
    }

    pub(crate) fn flags(self) -> u8 {
        self.0 as u8
    }
}

/// The words of surfaces, one surface's behind the other's.
#[derive(Debug, Default)]
pub(crate) struct Runs(Vec<Spelled>);

impl Runs {
    pub(crate) fn of(words: Vec<Spelled>) -> Runs {
        Runs(words)
    }

    fn memory(&self) -> usize {
        self.0.capacity() * size_of::<Spelled>()
    }

    /// The words of a surface.
    #[inline]
    pub(crate) fn words(&self, s: &Surface) -> &[Spelled] {
        &self.0[s.start as usize..s.start as usize + s.len()]
    }

    /// So many words from one on.
    #[inline]
    pub(crate) fn from(&self, start: usize, count: usize) -> &[Spelled] {
        self.0.get(start..start + count).unwrap_or(&[])
    }

    /// Reads words that somebody will ask for soon: they lie far away, and those of many names come sooner than each when it is asked.
    #[inline]
    pub(crate) fn bring(&self, start: u32) {
        std::hint::black_box(self.0.get(start as usize).copied());
    }

    /// How many words each surface has in common with the one before it, whatever their diacritics and capitals.
    pub(crate) fn common(&self, list: &[Surface], words: &Words) -> Vec<u8> {
        let mut before: &[Spelled] = &[];
        let count = |s: &Surface| {
            let this = self.words(s);
            let same = |(x, y): &(&Spelled, &Spelled)| x == y || words.coarse(x.fine()) == words.coarse(y.fine());
            let count = this.iter().zip(before).take_while(same).count();
            before = this;
            // No name has more words than a byte can say.
            count as u8
        };
        list.iter().map(count).collect()
    }
}

/// A country, or a body that can be a side as a country can.
#[derive(Debug)]
pub(crate) struct Party {
    pub code: Text,
    pub entity: u32,
    pub is_country: bool,
}

#[derive(Debug)]
pub(crate) struct RoleInfo {
    pub id: Text,
    pub at: At,
    pub takes: u8,
    pub name: NameSet,
    pub bare: NameSet,
    pub is: u16,
    pub alone: bool,
    pub at_home: bool,
    pub many: bool,
}

/// A word that is a role and its field in one.
#[derive(Debug)]
pub(crate) struct RoleWordInfo {
    pub at: At,
    pub role: u16,
    pub portfolio: u16,
    pub forms: [Forms; 2],
}

/// What completes a role.
pub(crate) mod takes {
    pub(crate) const PORTFOLIO: u8 = 1;
    pub(crate) const COUNTRY: u8 = 2;
    pub(crate) const ORGANIZATION: u8 = 4;
    pub(crate) const POST: u8 = 8;
    pub(crate) const PLACE: u8 = 16;
    /// An army, which stands for its country.
    pub(crate) const ARMY: u8 = 32;
}

#[derive(Debug)]
pub(crate) struct PortfolioInfo {
    pub id: Text,
    pub at: At,
    pub name: NameSet,
    pub ministry: NameSet,
}

#[derive(Debug)]
pub(crate) struct FamilyInfo {
    pub id: Text,
    pub at: At,
    pub makes: Kind,
    pub name: NameSet,
    /// The name without sides.
    pub bare: NameSet,
    pub participant: u16,
    pub needs_parties: bool,
    pub at_home: bool,
    /// The family that the weak words mean between sides that have no record here.
    pub otherwise: u16,
}

/// What sort of a title or place an entity is, as far as rules ask.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Sort {
    #[default]
    Plain,
    /// A country.
    Country,
    /// A city.
    City,
    /// A city that can stand for its country.
    Capital,
    /// A province, prefecture or state of a country.
    Province,
    /// A rank, which says nothing of an office.
    Rank,
    /// A post that every country has.
    Post,
    /// A part played in a meeting, which is no office.
    Delegation,
}

/// An entity of the gazetteer.
#[derive(Debug)]
pub(crate) struct EntityInfo {
    pub data: Arc<EntityData>,
    pub at: At,
    pub sort: Sort,
    pub country: u16,
    pub portfolio: u16,
    pub role: u16,
    pub target: u16,
    /// Further roles under which papers print this office.
    pub roles: Box<[u16]>,
    pub organization: u32,
    pub many: bool,
    pub family: u16,
    pub year: u32,
    /// `the Philippines`: the English name inside a phrase, where it takes an article. Few do, and there are many entities.
    pub in_english: Option<Box<Text>>,
}

/// An id by the entity that has it: a pointer takes less room than a text, and there are many.
#[derive(Debug)]
pub(crate) struct Id(pub Arc<EntityData>);

impl Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0.id
    }
}

impl Borrow<Text> for Id {
    fn borrow(&self) -> &Text {
        &self.0.id
    }
}

impl Hash for Id {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.id.hash(state);
    }
}

impl PartialEq for Id {
    fn eq(&self, other: &Id) -> bool {
        self.0.id == other.0.id
    }
}

impl Eq for Id {}

/// A person's time in an office, in sortable days.
#[derive(Clone, Debug)]
pub(crate) struct TenureInfo {
    pub person: u32,
    pub office: u32,
    /// 0 where the beginning is not known.
    pub from: u32,
    /// `u32::MAX` where there is no end, or it is not known.
    pub to: u32,
    /// First and last day on which a source shows the person in the office.
    pub seen: Option<(u32, u32)>,
    pub open: bool,
    pub at: At,
    /// Beginning, end and the first day on which a source shows it, as they were written.
    pub dates: [Option<Date>; 3],
    pub acting: bool,
}

/// How well a tenure covers a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Cover {
    No,
    /// An end is not known: it may be so.
    Perhaps,
    Yes,
}

/// Sortable days by which a text may be older or newer than the days on which sources show somebody in an office: four years,
/// a usual term.
const SOME_YEARS: u32 = 4_00_00;

impl TenureInfo {
    /// The term in words: `from 2025-01-17`, `seen 2019-11, acting`.
    pub(crate) fn text(&self) -> String {
        let text = match self.dates {
            [Some(a), Some(b), _] => format!("{a} to {b}"),
            [Some(a), None, _] => format!("from {a}"),
            [None, Some(b), _] => format!("until {b}"),
            [None, None, Some(day)] => format!("seen {day}"),
            [None, None, None] => String::new(),
        };
        if self.acting { format!("{text}, acting") } else { text }
    }

    /// The first day that is known of it.
    pub(crate) fn since(&self) -> u32 {
        if self.from > 0 { self.from } else { self.seen.map_or(0, |s| s.0) }
    }

    pub(crate) fn covers(&self, date: Date) -> Cover {
        let (first, last) = (date.first_day(), date.last_day());
        let starts = if self.from > 0 {
            if self.from <= last { Cover::Yes } else { Cover::No }
        } else {
            match self.seen {
                Some((a, _)) if a <= last => Cover::Yes,
                Some((a, _)) if a > last + SOME_YEARS => Cover::No,
                _ => Cover::Perhaps,
            }
        };
        let ends = if self.to < u32::MAX {
            if self.to >= first { Cover::Yes } else { Cover::No }
        } else if self.open {
            Cover::Yes
        } else {
            match self.seen {
                Some((_, b)) if b >= first => Cover::Yes,
                Some((_, b)) if first > b + SOME_YEARS => Cover::No,
                _ => Cover::Perhaps,
            }
        };
        starts.min(ends)
    }
}

/// Everything a run needs.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    pub files: Vec<String>,
    pub words: Words,
    pub surfaces: Vec<Surface>,
    pub spelled: Runs,
    pub matcher: Matcher,
    pub grammar: Grammar,
    pub marks: Marks,
    /// What signs and words of the grammar are where the grammar asks, by [`Seen::silent`](crate::text::memory::Seen).
    pub silent: Vec<Silent>,
    /// The surfaces that are silent, ascending, ...
    pub hushed: Vec<u32>,
    /// ... and those of several words by how they begin.
    pub phrases: Phrases,
    /// Symbols that are never silent.
    pub loud: Symbols,
    pub shapes: Shapes,
    pub interests: Interests,
    pub parties: Vec<Party>,
    /// Where word classes are listed, by symbol and number; a class may have several records.
    pub classes: Vec<(u8, u8, At)>,
    /// Names of what has no record, in the order of [`TEMPLATES`].
    pub templates: [NameSet; TEMPLATES.len()],
    pub roles: Vec<RoleInfo>,
    pub role_words: Vec<RoleWordInfo>,
    pub portfolios: Vec<PortfolioInfo>,
    pub families: Vec<FamilyInfo>,
    pub entities: Vec<EntityInfo>,
    /// What documents say of each entity once more, close together: entities themselves lie far apart.
    pub data: Arc<Vec<Arc<EntityData>>>,
    pub by_id: HashMap<Id, u32>,
    /// Persons of whose short forms some are not looked for, as [too many](join::MOST_THINGS) have them.
    pub uncalled: HashSet<u32>,
    /// Some record has an id such as is made for [what no list holds](UNLISTED).
    pub unlisted: bool,
    /// Entities of a field, by country and field.
    pub offices: HashMap<(u16, u16), Vec<u32>>,
    pub by_code: HashMap<Text, u16>,
    /// Tenures sorted by person.
    pub tenures: Vec<TenureInfo>,
    /// For each entity up to the last person with tenures, and for the one behind it, where its tenures begin.
    pub by_person: Vec<u32>,
    /// Indices into `tenures`, sorted by office.
    pub by_office: Vec<u32>,
}

impl Lexicon {
    /// An entity's name in a language as it stands inside a phrase.
    pub(crate) fn within(&self, entity: u32, language: usize) -> Option<&str> {
        let e = &self.entities[entity as usize];
        let english = e.in_english.as_ref().map(|n| &***n).filter(|_| language == Language::En as usize);
        english.or(e.data.names[language].as_deref())
    }

    /// Some form begins with a sign.
    pub(crate) fn signs_are_loud(&self) -> bool {
        self.silent.get(usize::from(SignKind::Comma.sign())).is_none_or(|s| s.symbols == 0)
    }

    /// Heap that names take, in bytes.
    pub(crate) fn names_bytes(&self) -> usize {
        self.surfaces.capacity() * size_of::<Surface>() + self.spelled.memory() + self.words.memory() + self.matcher.memory()
    }

    /// The words of a surface.
    #[inline]
    pub(crate) fn words_of(&self, s: &Surface) -> &[Spelled] {
        self.spelled.words(s)
    }

    /// The words of a surface by their coarse numbers.
    pub(crate) fn coarse_of<'a>(&'a self, s: &Surface) -> impl Iterator<Item = u32> + use<'a> {
        self.words_of(s).iter().map(|w| self.words.coarse(w.fine()))
    }

    /// The title whose listed words are just these, by their coarse numbers.
    pub(crate) fn title_of_words(&self, words: &[u32]) -> Option<u32> {
        if words.contains(&0) {
            return None;
        }
        let key = |s: &Surface| self.coarse_of(s);
        let first = self.surfaces.partition_point(|s| key(s).lt(words.iter().copied()));
        let same = self.surfaces[first..].iter().take_while(|s| key(s).eq(words.iter().copied()));
        same.filter(|s| s.strength != Strength::Never).find_map(|s| match s.atom {
            Atom::Entity(e) if self.entities[e as usize].data.kind == Kind::Title && self.entities[e as usize].sort != Sort::Rank => Some(e),
            _ => None,
        })
    }

    /// The tenures of a person.
    pub(crate) fn tenures_of(&self, person: u32) -> &[TenureInfo] {
        match self.by_person.get(person as usize..person as usize + 2) {
            Some(&[first, end]) => &self.tenures[first as usize..end as usize],
            _ => &[],
        }
    }

    /// Finds out where the tenures of each person begin.
    fn sort_out_tenures(&mut self) {
        self.by_person.clear();
        for (n, t) in (0..).zip(&self.tenures) {
            self.by_person.resize(self.by_person.len().max(t.person as usize + 1), n);
        }
        self.by_person.push(self.tenures.len() as u32);
    }

    /// The tenures of an office.
    pub(crate) fn holders_of(&self, office: u32) -> impl Iterator<Item = &TenureInfo> {
        let key = |&t: &u32| self.tenures[t as usize].office;
        let a = self.by_office.partition_point(|t| key(t) < office);
        let b = self.by_office.partition_point(|t| key(t) <= office);
        self.by_office[a..b].iter().map(|&t| &self.tenures[t as usize])
    }

    /// `file:line` of a record.
    pub(crate) fn place(&self, at: At) -> String {
        format!("{}:{}", self.files.get(at.file as usize).map_or("", |f| f), at.line)
    }
}
