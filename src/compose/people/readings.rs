//! Whom a name can mean.

use std::ops::Deref;

/// The listed persons that a name can mean: none or one, mostly, for which no room is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Readings {
    #[default]
    None,
    One(u32),
    Several(Vec<u32>),
}

impl Readings {
    /// Adds a person, if not there yet.
    pub(super) fn add(&mut self, entity: u32) {
        if !self.contains(&entity) {
            self.push(entity);
        }
    }

    pub(crate) fn push(&mut self, entity: u32) {
        match self {
            Readings::None => *self = Readings::One(entity),
            Readings::One(first) => *self = Readings::Several(vec![*first, entity]),
            Readings::Several(all) => all.push(entity),
        }
    }

    /// The same as of the slice, at one look.
    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        matches!(self, Readings::None)
    }

    pub(crate) fn clear(&mut self) {
        *self = Readings::None;
    }
}

impl Deref for Readings {
    type Target = [u32];

    #[inline]
    fn deref(&self) -> &[u32] {
        match self {
            Readings::None => &[],
            Readings::One(entity) => std::slice::from_ref(entity),
            Readings::Several(all) => all,
        }
    }
}

impl FromIterator<u32> for Readings {
    fn from_iter<I: IntoIterator<Item = u32>>(entities: I) -> Readings {
        let mut all = Readings::None;
        entities.into_iter().for_each(|e| all.push(e));
        all
    }
}
