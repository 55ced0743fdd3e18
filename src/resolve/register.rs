//! Numbers for the entities of a text: mentions carry these about instead of the entities.

use super::numbers::{Numbered, Numbers};
use crate::document::{Data, EntityData};
use crate::kind::{Kind, Language};
use crate::lexicon::{Lexicon, NONE32};
use foldhash::HashMap;
use foldhash::fast::RandomState;
use std::hash::BuildHasher;
use std::hint::black_box;
use std::sync::Arc;

/// The entities of a text, numbered as they come. What no list holds can go by one id in several spellings; each of them has a
/// number, since a document shows the one that its text has first.
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
    /// Things that no list holds: the token at which the words stood first, and the number. In the order of `by_words`.
    things: Vec<(u32, u32)>,
    by_words: Numbers,
    /// A buffer to spell them in.
    pub(super) spelling: String,
    hasher: RandomState,
    /// Numbers of what was made, by where it lies in memory, as far as there is room: most is made once and lies where it lay before.
    near: Vec<u32>,
}

struct Known {
    /// Nothing that has a name for a record, and for what was handed out.
    data: Data,
    /// The record, or `NONE32`.
    record: u32,
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
        self.things.clear();
        self.by_words.clear();
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
        self.push(Known { data: Data::default(), record, first })
    }

    /// The number of a record whose id something may have that was made before.
    #[inline(never)]
    fn put_alike(&mut self, lx: &Lexicon, record: u32) -> u32 {
        let first = self.alike.get(&record).copied();
        match first.map(|n| &self.entities[n as usize].data) {
            Some(Data::Shared(made)) if *made == lx.entities[record as usize].data => first.unwrap_or_default(),
            _ => self.push_record(record, first),
        }
    }

    /// The number of something that was made.
    pub(super) fn keep(&mut self, lx: &Lexicon, data: Arc<EntityData>) -> u32 {
        // The upper bits of the product hang on all of the address.
        let near = (Arc::as_ptr(&data) as usize as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56;
        if let Some(&n) = self.near.get(near as usize) {
            if matches!(self.entities.get(n as usize), Some(Known { data: Data::Shared(known), .. }) if Arc::ptr_eq(known, &data)) {
                return n;
            }
        } else {
            self.near.resize(NEAR, 0);
        }
        let n = self.put(lx, data);
        self.near[near as usize] = n;
        n
    }

    /// The number of something made that is not where something lay before.
    fn put(&mut self, lx: &Lexicon, data: Arc<EntityData>) -> u32 {
        let first = self.first_of(lx, &data.id, true);
        let same = |k: &Known| match &k.data {
            Data::Shared(made) => *made == data,
            Data::Found { .. } => lx.entities.get(k.record as usize).is_some_and(|e| e.data == data),
        };
        if self.entities.get(first as usize).is_some_and(same) { first } else { self.push(Known { data: Data::Shared(data), record: NONE32, first }) }
    }

    /// The number of the first one with an id, which is the next one's where it is new. A record can have it only where it is `listed`.
    fn first_of(&mut self, lx: &Lexicon, id: &str, listed: bool) -> u32 {
        let Register { entities, firsts, by_id, hasher, .. } = self;
        match by_id.find_or_add(hasher.hash_one(id), |n| entities[firsts[n] as usize].id(lx) == id) {
            Numbered::Before(known) => firsts[known],
            Numbered::Now => {
                let record = if listed { lx.by_id.get(id) } else { None };
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

    /// What to look for words by.
    pub(super) fn hash(&self, words: &str) -> u64 {
        self.hasher.hash_one(words)
    }

    /// The thing that was made of the same words, if those at its token are `alike`.
    pub(super) fn thing(&self, kind: Kind, hash: u64, alike: impl Fn(usize) -> bool) -> Option<u32> {
        let is = |n: usize| self.entities[self.things[n].1 as usize].data.kind() == kind && alike(self.things[n].0 as usize);
        self.by_words.find(hash, is).map(|n| self.things[n].1)
    }

    /// Takes in a thing that is made of the words at a token, by their hash: its id, with its name from a byte on.
    pub(super) fn add_thing(&mut self, lx: &Lexicon, (at, hash): (usize, u64), kind: Kind, (words, name): (&str, usize), language: Language) -> u32 {
        let first = self.first_of(lx, &words[..name], lx.unlisted);
        let data = Data::Found { words: words.into(), name: name as u32, language, kind };
        let number = self.push(Known { data, record: NONE32, first });
        self.by_words.find_or_add(hash, |_| false);
        self.things.push((at as u32, number));
        number
    }

    /// The record of an entity, where there is one.
    pub(super) fn listed(&self, number: u32) -> Option<u32> {
        Some(self.entities[number as usize].record).filter(|&record| record != NONE32)
    }

    /// The same, be it made and have but the id of a record.
    pub(super) fn record_of(&self, lx: &Lexicon, number: u32) -> Option<u32> {
        self.listed(number).or_else(|| lx.by_id.get(self.entities[number as usize].id(lx)).copied())
    }

    pub(super) fn id<'a>(&'a self, lx: &'a Lexicon, number: u32) -> &'a str {
        self.entities[number as usize].id(lx)
    }

    pub(super) fn kind(&self, lx: &Lexicon, number: u32) -> Kind {
        let known = &self.entities[number as usize];
        lx.entities.get(known.record as usize).map_or(known.data.kind(), |e| e.data.kind)
    }

    /// A list holds it, or all that it is composed of.
    pub(super) fn is_known(&self, number: u32) -> bool {
        let known = &self.entities[number as usize];
        known.record != NONE32 || known.data.is_known()
    }

    /// The number that all of one id have in common.
    pub(super) fn first(&self, number: u32) -> u32 {
        self.entities[number as usize].first
    }

    /// How many numbers there are.
    pub(super) fn len(&self) -> usize {
        self.entities.len()
    }

    /// Asks for the memory of a record that is soon handed out. Records lie far apart, and who counts one waits for it: where
    /// several are asked for before, none waits for another.
    #[inline]
    pub(super) fn fetch(&self, lx: &Lexicon, number: u32) {
        let record = self.entities[number as usize].record;
        black_box(lx.entities.get(record as usize).map_or(0, |e| Arc::strong_count(&e.data)));
    }

    /// Hands an entity out; its id is known no more.
    #[inline]
    pub(super) fn take(&mut self, lx: &Lexicon, number: u32) -> Data {
        let known = &mut self.entities[number as usize];
        match lx.entities.get(known.record as usize) {
            Some(e) => Data::Shared(Arc::clone(&e.data)),
            None => std::mem::take(&mut known.data),
        }
    }
}

impl Known {
    fn id<'a>(&'a self, lx: &'a Lexicon) -> &'a str {
        lx.entities.get(self.record as usize).map_or(self.data.id(), |e| &e.data.id)
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
        let keep = |r: &mut Register, x: &Arc<EntityData>| r.keep(&lx, Arc::clone(x));
        assert_eq!([keep(&mut r, &a), keep(&mut r, &b), keep(&mut r, &a), keep(&mut r, &entity("person:b", ""))], [0, 1, 0, 1]);
        r.clear();
        assert_eq!(keep(&mut r, &b), 0);
    }

    #[test]
    fn spellings_of_one_id_share_their_first_number() {
        let (lx, mut r) = (Lexicon::default(), Register::default());
        let (a, b) = (r.keep(&lx, entity("person:a", "A")), r.keep(&lx, entity("person:a", "a")));
        assert_eq!((a, b, r.first(b)), (0, 1, 0));
        assert_eq!(r.keep(&lx, entity("person:a", "A")), 0);
    }

    #[test]
    fn what_has_the_id_of_a_record_shares_its_first_number() {
        let own = "[[place]]\nid = \"place:unlisted.a\"\nname = { en = \"A\" }\n[[place]]\nid = \"place:b\"\nname = { en = \"B\" }";
        let lx = crate::lexicon::build(&crate::Gazetteer::from_toml("own.toml", own).unwrap()).unwrap();
        assert!(lx.unlisted);
        let same =
            |e: usize| Arc::new(EntityData { id: lx.entities[e].data.id.clone(), kind: Kind::Place, names: lx.entities[e].data.names.clone(), known: true });
        let add = |r: &mut Register| r.add_thing(&lx, (0, 7), Kind::Place, ("place:unlisted.aÁ", 16), Language::Vi);
        let mut r = Register::default();
        // A record before.
        assert_eq!([r.record(&lx, 0), add(&mut r), r.keep(&lx, same(0)), r.record(&lx, 1), r.record(&lx, 0)], [0, 1, 0, 2, 0]);
        assert_eq!([0, 1, 2].map(|n| r.first(n)), [0, 0, 2]);
        assert_eq!((r.id(&lx, 0), r.record_of(&lx, 1), r.listed(1), r.kind(&lx, 2)), ("place:unlisted.a", Some(0), None, Kind::Place));
        // Behind something else, and behind something that is the same.
        r.clear();
        assert_eq!([add(&mut r), r.record(&lx, 0), r.keep(&lx, same(1)), r.record(&lx, 1), r.record(&lx, 0), r.record(&lx, 1)], [0, 1, 2, 2, 1, 2]);
        assert_eq!([0, 1, 2].map(|n| r.first(n)), [0, 0, 2]);
    }
}
