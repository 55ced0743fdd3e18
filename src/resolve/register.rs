//! Numbers for the entities of a text: mentions carry these about instead of the entities.

use super::numbers::{Numbered, Numbers};
use crate::document::{Common, Data, EntityData, Records};
use crate::kind::{Kind, Language};
use crate::lexicon::Lexicon;
use foldhash::HashMap;
use foldhash::fast::RandomState;
use std::hash::BuildHasher;
use std::sync::Arc;

/// The entities of a text, numbered as they come. What no list holds can go by one id in several spellings: the first has one number,
/// and each other one a number of its own, since a document shows the one that its text has first.
///
/// A record goes by its place in the lexicon: records and their ids lie far apart, and nobody looks at one before it is handed out.
#[derive(Default)]
pub(super) struct Register {
    entities: Vec<Known>,
    /// Numbers of the first ones of their ids, in the order of `by_id`.
    firsts: Vec<u32>,
    by_id: Numbers,
    /// Records with their numbers, in the order of `by_record`.
    records: Vec<(u32, u32)>,
    by_record: Numbers,
    /// Records with the id of something that was made and came before them, with the number of that.
    alike: HashMap<u32, u32>,
    /// The ids of things that no list holds, each with the name behind it.
    pub(super) spelled: Vec<u8>,
    /// A buffer for a word of one.
    pub(super) folded: String,
    /// The records, as documents have them, once there was a text.
    all: Option<Arc<Records>>,
    /// Entities that were made of parts.
    made: Vec<Arc<EntityData>>,
    hasher: RandomState,
    /// Numbers of what was made, by where it lies in memory, as far as there is room: most is made once and lies where it lay before.
    near: Vec<u32>,
}

/// An entity: plain numbers, which are written where they stay. What has to be dropped would be put together elsewhere first.
#[derive(Clone, Copy)]
struct Known {
    is: Data,
    /// The number of the first one with its id.
    first: u32,
}

/// Places in [`Register::near`].
const NEAR: usize = 256;

impl Register {
    pub(super) fn clear(&mut self) {
        self.entities.clear();
        self.firsts.clear();
        self.by_id.clear();
        self.records.clear();
        self.by_record.clear();
        self.alike.clear();
        self.spelled.clear();
        self.made.clear();
    }

    /// The number of a record.
    #[inline]
    pub(super) fn record(&mut self, lx: &Lexicon, record: u32) -> u32 {
        let Register { records, by_record, hasher, .. } = self;
        match by_record.find_or_add(hasher.hash_one(record), |n| records[n].0 == record) {
            Numbered::Before(known) => records[known].1,
            Numbered::Now => {
                let number = if self.alike.is_empty() { self.push_record(record, None) } else { self.put_alike(lx, record) };
                self.records.push((record, number));
                number
            }
        }
    }

    #[inline]
    fn push_record(&mut self, record: u32, first: Option<u32>) -> u32 {
        let first = first.unwrap_or(self.entities.len() as u32);
        self.push(Known { is: Data::Listed(record), first })
    }

    /// The number of a record whose id something may have that was made before.
    #[inline(never)]
    fn put_alike(&mut self, lx: &Lexicon, record: u32) -> u32 {
        let first = self.alike.get(&record).copied();
        match first {
            Some(made) if self.shared(lx, made) == Some(&lx.data[record as usize]) => made,
            _ => self.push_record(record, first),
        }
    }

    /// The number of something that was made. A record can have its id only where it is `listed`.
    pub(super) fn keep(&mut self, lx: &Lexicon, data: Arc<EntityData>, listed: bool) -> u32 {
        // The upper bits of the product hang on all of the address.
        let near = (Arc::as_ptr(&data) as usize as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56;
        if let Some(&n) = self.near.get(near as usize) {
            if matches!(self.entities.get(n as usize), Some(Known { is: Data::Made(m), .. }) if Arc::ptr_eq(&self.made[*m as usize], &data)) {
                return n;
            }
        } else {
            self.near.resize(NEAR, 0);
        }
        let n = self.put(lx, data, listed);
        self.near[near as usize] = n;
        n
    }

    /// The number of something made that is not where something lay before.
    fn put(&mut self, lx: &Lexicon, data: Arc<EntityData>, listed: bool) -> u32 {
        let spelled = std::mem::take(&mut self.spelled);
        let first = self.first_of(lx, data.id.as_bytes(), listed, &spelled);
        self.spelled = spelled;
        if self.shared(lx, first) == Some(&data) {
            return first;
        }
        self.made.push(data);
        self.push(Known { is: Data::Made(self.made.len() as u32 - 1), first })
    }

    /// What lists and documents have in common of an entity, where there is such.
    fn shared<'a>(&'a self, lx: &'a Lexicon, number: u32) -> Option<&'a Arc<EntityData>> {
        match self.entities.get(number as usize)?.is {
            Data::Listed(record) => lx.data.get(record as usize),
            Data::Made(made) => self.made.get(made as usize),
            Data::Found { .. } => None,
        }
    }

    /// The number of the first one with an id, which is the next one's where it is new. A record can have it only where it is `listed`.
    /// Ids of what no list holds stand in `spelled`.
    #[inline]
    fn first_of(&mut self, lx: &Lexicon, id: &[u8], listed: bool, spelled: &[u8]) -> u32 {
        let Register { entities, firsts, by_id, hasher, made, .. } = self;
        match by_id.find_or_add(hasher.hash_one(id), |n| entities[firsts[n] as usize].id(lx, made, spelled) == id) {
            Numbered::Before(known) => firsts[known],
            Numbered::Now => {
                let record = if listed { std::str::from_utf8(id).ok().and_then(|id| lx.by_id.get(id)) } else { None };
                let first = record.map_or(entities.len() as u32, |&record| self.first_like(record));
                self.firsts.push(first);
                first
            }
        }
    }

    /// The same of one whose id a record has.
    fn first_like(&mut self, record: u32) -> u32 {
        let Register { entities, records, by_record, hasher, alike, .. } = self;
        match by_record.find(hasher.hash_one(record), |n| records[n].0 == record) {
            Some(known) => entities[records[known].1 as usize].first,
            None => {
                alike.insert(record, entities.len() as u32);
                entities.len() as u32
            }
        }
    }

    fn push(&mut self, known: Known) -> u32 {
        self.entities.push(known);
        self.entities.len() as u32 - 1
    }

    /// The number of a thing that no list holds. Its id is the last that is spelled, from a byte on; what is spelled of a thing that has a
    /// number is taken back.
    #[inline]
    pub(super) fn thing(&mut self, lx: &Lexicon, at: usize, name: &[u8], (kind, language): (Kind, Language)) -> u32 {
        let mut spelled = std::mem::take(&mut self.spelled);
        let id = spelled.len() - at;
        let first = self.first_of(lx, &spelled[at..], lx.unlisted, &spelled);
        let again = self.entities.get(first as usize).is_some_and(|known| match known.is {
            Data::Found { at, id, name: len, language: own, .. } => own == language && spelled[at + id as usize..][..len as usize] == *name,
            _ => false,
        });
        let number = if again {
            spelled.truncate(at);
            first
        } else {
            spelled.extend_from_slice(name);
            self.push(Known { is: Data::Found { at, id: id as u32, name: name.len() as u32, language, kind }, first })
        };
        self.spelled = spelled;
        number
    }

    /// The record of an entity, where there is one.
    pub(super) fn listed(&self, number: u32) -> Option<u32> {
        if let Data::Listed(record) = self.entities[number as usize].is { Some(record) } else { None }
    }

    /// The same, be it made and have but the id of a record.
    pub(super) fn record_of(&self, lx: &Lexicon, number: u32) -> Option<u32> {
        self.listed(number).or_else(|| lx.by_id.get(self.id(lx, number)).copied())
    }

    pub(super) fn id<'a>(&'a self, lx: &'a Lexicon, number: u32) -> &'a str {
        std::str::from_utf8(self.entities[number as usize].id(lx, &self.made, &self.spelled)).unwrap_or_default()
    }

    pub(super) fn kind(&self, lx: &Lexicon, number: u32) -> Kind {
        match self.entities[number as usize].is {
            Data::Listed(record) => lx.data[record as usize].kind,
            Data::Made(made) => self.made[made as usize].kind,
            Data::Found { kind, .. } => kind,
        }
    }

    /// A list holds it, or all that it is composed of.
    pub(super) fn is_known(&self, number: u32) -> bool {
        match self.entities[number as usize].is {
            Data::Listed(_) => true,
            Data::Made(made) => self.made[made as usize].known,
            Data::Found { .. } => false,
        }
    }

    /// The number that all of one id have in common.
    pub(super) fn first(&self, number: u32) -> u32 {
        self.entities[number as usize].first
    }

    /// How many numbers there are.
    pub(super) fn len(&self) -> usize {
        self.entities.len()
    }

    /// The records, as documents have them.
    pub(super) fn records(&mut self, lx: &Lexicon) -> Arc<Records> {
        Arc::clone(self.all.get_or_insert_with(|| Arc::new(Records(Arc::clone(&lx.data)))))
    }

    /// What was made of parts and what no list holds is the document's from here on.
    pub(super) fn hand_out(&mut self, common: &mut Common) {
        std::mem::swap(&mut common.made, &mut self.made);
        common.words.extend_from_slice(&self.spelled);
    }

    /// Which entity a number stands for.
    #[inline]
    pub(super) fn data(&self, number: u32) -> Data {
        self.entities[number as usize].is
    }
}

impl Known {
    fn id<'a>(&self, lx: &'a Lexicon, all_made: &'a [Arc<EntityData>], spelled: &'a [u8]) -> &'a [u8] {
        match self.is {
            Data::Listed(record) => lx.data[record as usize].id.as_bytes(),
            Data::Made(made) => all_made[made as usize].id.as_bytes(),
            Data::Found { at, id, .. } => spelled.get(at..at + id as usize).unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entity(id: &'static str, name: &'static str) -> Arc<EntityData> {
        Arc::new(EntityData { id: id.into(), kind: Kind::Person, names: [Some(name.into()), None, None], known: true })
    }

    #[test]
    fn one_number_an_id() {
        let lx = Lexicon::default();
        let mut r = Register::default();
        let (a, b) = (entity("person:a", ""), entity("person:b", ""));
        let keep = |r: &mut Register, x: &Arc<EntityData>| r.keep(&lx, Arc::clone(x), true);
        assert_eq!([keep(&mut r, &a), keep(&mut r, &b), keep(&mut r, &a), keep(&mut r, &entity("person:b", ""))], [0, 1, 0, 1]);
        r.clear();
        assert_eq!(keep(&mut r, &b), 0);
    }

    #[test]
    fn spellings_of_one_id_share_their_first_number() {
        let (lx, mut r) = (Lexicon::default(), Register::default());
        let (a, b) = (r.keep(&lx, entity("person:a", "A"), true), r.keep(&lx, entity("person:a", "a"), true));
        assert_eq!((a, b, r.first(b)), (0, 1, 0));
        assert_eq!(r.keep(&lx, entity("person:a", "A"), true), 0);
    }

    #[test]
    fn what_has_the_id_of_a_record_shares_its_first_number() {
        let own = "[[place]]\nid = \"place:unlisted.a\"\nname = { en = \"A\" }\n[[place]]\nid = \"place:b\"\nname = { en = \"B\" }";
        let lx = crate::lexicon::build(&crate::Gazetteer::from_toml("own.toml", own).unwrap()).unwrap();
        assert!(lx.unlisted);
        let same =
            |e: usize| Arc::new(EntityData { id: lx.entities[e].data.id.clone(), kind: Kind::Place, names: lx.entities[e].data.names.clone(), known: true });
        let add = |r: &mut Register| {
            let at = r.spelled.len();
            r.spelled.extend_from_slice(b"place:unlisted.a");
            r.thing(&lx, at, "Á".as_bytes(), (Kind::Place, Language::Vi))
        };
        let mut r = Register::default();
        // A record before.
        assert_eq!([r.record(&lx, 0), add(&mut r), r.keep(&lx, same(0), true), r.record(&lx, 1), r.record(&lx, 0)], [0, 1, 0, 2, 0]);
        assert_eq!([0, 1, 2].map(|n| r.first(n)), [0, 0, 2]);
        assert_eq!((r.id(&lx, 0), r.record_of(&lx, 1), r.listed(1), r.kind(&lx, 2)), ("place:unlisted.a", Some(0), None, Kind::Place));
        // Behind something else, and behind something that is the same.
        r.clear();
        assert_eq!([add(&mut r), r.record(&lx, 0), r.keep(&lx, same(1), true), r.record(&lx, 1), r.record(&lx, 0), r.record(&lx, 1)], [0, 1, 2, 2, 1, 2]);
        assert_eq!([0, 1, 2].map(|n| r.first(n)), [0, 0, 2]);
    }
}
