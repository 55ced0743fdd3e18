//! Numbers for the entities of a text: mentions carry these about instead of the entities.

use super::numbers::{Numbered, Numbers};
use crate::document::{Data, EntityData};
use crate::kind::{Kind, Language};
use foldhash::fast::RandomState;
use std::borrow::Borrow;
use std::hash::BuildHasher;
use std::sync::Arc;

/// The entities of a text, numbered as they come. What no list holds can go by one id in several spellings; each of them has a
/// number, since a document shows the one that its text has first.
#[derive(Default)]
pub(super) struct Register {
    entities: Vec<Known>,
    /// Numbers of the first ones of their ids, in the order of `by_id`.
    firsts: Vec<u32>,
    by_id: Numbers,
    /// Things that no list holds: the token at which the words stood first, and the number. In the order of `by_words`.
    things: Vec<(u32, u32)>,
    by_words: Numbers,
    /// A buffer to spell them in.
    pub(super) spelling: String,
    hasher: RandomState,
    /// Numbers by where entities lie in memory, as far as there is room: most are records, which lie where they lay before.
    near: Vec<u32>,
}

struct Known {
    /// Nothing that has a name, once it was handed out.
    data: Data,
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
        self.things.clear();
        self.by_words.clear();
    }

    /// The number of an entity.
    #[inline]
    pub(super) fn number(&mut self, data: &Arc<EntityData>) -> u32 {
        self.number_of(data, Arc::clone)
    }

    /// The same of one that nobody else needs here.
    pub(super) fn keep(&mut self, data: Arc<EntityData>) -> u32 {
        self.number_of(data, |data| data)
    }

    #[inline]
    fn number_of<D: Borrow<Arc<EntityData>>>(&mut self, given: D, own: impl FnOnce(D) -> Arc<EntityData>) -> u32 {
        let data = given.borrow();
        // The upper bits of the product hang on all of the address.
        let near = (Arc::as_ptr(data) as usize as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56;
        if let Some(&n) = self.near.get(near as usize) {
            if matches!(self.entities.get(n as usize), Some(Known { data: Data::Shared(known), .. }) if Arc::ptr_eq(known, data)) {
                return n;
            }
        } else {
            self.near.resize(NEAR, 0);
        }
        let n = self.put(given, own);
        self.near[near as usize] = n;
        n
    }

    /// The number of an entity that is not where one lay before.
    fn put<D: Borrow<Arc<EntityData>>>(&mut self, given: D, own: impl FnOnce(D) -> Arc<EntityData>) -> u32 {
        let data = given.borrow();
        let first = self.first_of(&data.id);
        match self.entities.get(first as usize) {
            Some(Known { data: Data::Shared(known), .. }) if known == data => first,
            _ => self.push(Data::Shared(own(given)), first),
        }
    }

    /// The number of the first one with an id, which is the next one's where it is new.
    fn first_of(&mut self, id: &str) -> u32 {
        let Register { entities, firsts, by_id, hasher, .. } = self;
        let hash = hasher.hash_one(id);
        let is = |n: usize| entities[firsts[n] as usize].data.id() == id;
        match by_id.find_or_add(hash, is) {
            Numbered::Before(known) => firsts[known],
            Numbered::Now => {
                firsts.push(entities.len() as u32);
                entities.len() as u32
            }
        }
    }

    fn push(&mut self, data: Data, first: u32) -> u32 {
        self.entities.push(Known { data, first });
        self.entities.len() as u32 - 1
    }

    /// What to look for words by.
    pub(super) fn hash(&self, words: &str) -> u64 {
        self.hasher.hash_one(words)
    }

    /// The thing that was made of the same words, if those at its token are `alike`.
    pub(super) fn thing(&self, kind: Kind, hash: u64, alike: impl Fn(usize) -> bool) -> Option<u32> {
        let is = |n: usize| self.data(self.things[n].1).kind() == kind && alike(self.things[n].0 as usize);
        self.by_words.find(hash, is).map(|n| self.things[n].1)
    }

    /// Takes in a thing that is made of the words at a token: its id, with its name from a byte on.
    pub(super) fn add_thing(&mut self, hash: u64, at: usize, kind: Kind, words: &str, name: usize, language: Language) -> u32 {
        let first = self.first_of(&words[..name]);
        let number = self.push(Data::Found { words: words.into(), name: name as u32, language, kind }, first);
        self.by_words.find_or_add(hash, |_| false);
        self.things.push((at as u32, number));
        number
    }

    pub(super) fn data(&self, number: u32) -> &Data {
        &self.entities[number as usize].data
    }

    /// The number that all of one id have in common.
    pub(super) fn first(&self, number: u32) -> u32 {
        self.entities[number as usize].first
    }

    /// How many numbers there are.
    pub(super) fn len(&self) -> usize {
        self.entities.len()
    }

    /// Hands an entity out; its id is known no more.
    #[inline]
    pub(super) fn take(&mut self, number: u32) -> Data {
        std::mem::take(&mut self.entities[number as usize].data)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_an_id() {
        let entity = |id: &'static str| Arc::new(EntityData { id: id.into(), kind: Kind::Person, names: [None, None, None], known: false });
        let mut r = Register::default();
        let (a, b) = (entity("person:a"), entity("person:b"));
        assert_eq!([r.number(&a), r.number(&b), r.number(&a), r.number(&entity("person:b"))], [0, 1, 0, 1]);
        r.clear();
        assert_eq!(r.number(&b), 0);
    }

    #[test]
    fn spellings_of_one_id_share_their_first_number() {
        let entity = |name: &'static str| EntityData { id: "person:a".into(), kind: Kind::Person, names: [Some(name.into()), None, None], known: false };
        let mut r = Register::default();
        let (a, b) = (r.keep(Arc::new(entity("A"))), r.keep(Arc::new(entity("a"))));
        assert_eq!((a, b, r.first(b)), (0, 1, 0));
        assert_eq!(r.keep(Arc::new(entity("A"))), 0);
    }
}
