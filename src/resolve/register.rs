//! Numbers for the entities of a text: one for all that have one id.

use super::numbers::Numbers;
use crate::document::EntityData;
use foldhash::fast::RandomState;
use std::borrow::Borrow;
use std::hash::BuildHasher;
use std::sync::Arc;

/// The entities of a text, numbered as they come.
#[derive(Default)]
pub(super) struct Register {
    entities: Vec<Option<Arc<EntityData>>>,
    /// By their ids.
    numbers: Numbers,
    hasher: RandomState,
    /// Numbers by where entities lie in memory, as far as there is room: most are records, which lie where they lay before.
    near: Vec<u32>,
}

/// Places in [`Register::near`].
const NEAR: usize = 256;

impl Register {
    pub(super) fn clear(&mut self) {
        self.entities.clear();
        self.numbers.clear();
    }

    /// The number of an entity, given anew where its id has none.
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
            if self.entities.get(n as usize).and_then(Option::as_ref).is_some_and(|known| Arc::ptr_eq(known, data)) {
                return n;
            }
        } else {
            self.near.resize(NEAR, 0);
        }
        let hash = self.hasher.hash_one(&*data.id);
        let is = |n: usize| self.entities[n].as_ref().is_some_and(|known| known.id == data.id);
        let known = self.numbers.find(hash, is);
        let n = known.unwrap_or_else(|| {
            self.entities.push(Some(own(given)));
            self.numbers.add(hash)
        }) as u32;
        self.near[near as usize] = n;
        n
    }

    /// Hands an entity out; its id is known no more.
    pub(super) fn take(&mut self, number: u32) -> Option<Arc<EntityData>> {
        self.entities.get_mut(number as usize)?.take()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind::Kind;

    #[test]
    fn one_number_an_id() {
        let entity = |id: &'static str| Arc::new(EntityData { id: id.into(), kind: Kind::Person, names: [None, None, None], known: false });
        let mut r = Register::default();
        let (a, b) = (entity("person:a"), entity("person:b"));
        assert_eq!([r.number(&a), r.number(&b), r.number(&a), r.number(&entity("person:b"))], [0, 1, 0, 1]);
        r.clear();
        assert_eq!(r.number(&b), 0);
    }
}
