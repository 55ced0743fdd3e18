//! Numbers found by a hash: what they stand for is in a list beside it.

use std::hint::select_unpredictable;

/// A hash table of numbers. A search begins with a [look](Slots::look) at one group of places, so that those of many can be read before
/// any number is followed: they come from far apart in memory, and none waits for another.
#[derive(Debug, Default)]
pub(super) struct Slots {
    /// For each place a number from 1 in the low bits, a piece of its hash above it; 0 where there is none. No search need look at
    /// what is another one. What finds no room in its group is in the next that has some.
    groups: Vec<[u32; GROUP]>,
    /// The bits of a number in `groups`.
    number: u32,
}

/// Places that are looked at together: which of them holds what is sought nobody could guess.
const GROUP: usize = 4;
/// A look does not tell.
const UNTOLD: u32 = u32::MAX;

impl Slots {
    /// Room for so many numbers below a bound: a third of the places stays free.
    pub(super) fn room(count: usize, bound: usize) -> Slots {
        Slots { groups: vec![[0; GROUP]; (count + count / 2) / GROUP + 1], number: (bound + 1).next_power_of_two() as u32 - 1 }
    }

    /// Adds a number that is not there yet; there is room.
    pub(super) fn push(&mut self, hash: u64, number: usize) {
        let mut at = self.place(hash);
        loop {
            // Groups fill from the front; how far nobody could guess.
            let taken = self.groups[at].map(|slot| usize::from(slot != 0)).iter().sum::<usize>();
            if let Some(free) = self.groups[at].get_mut(taken) {
                *free = piece(hash) & !self.number | (number as u32 + 1);
                return;
            }
            at = self.behind(at);
        }
    }

    /// The group where a search begins.
    #[inline]
    fn place(&self, hash: u64) -> usize {
        (((hash >> u32::BITS) * self.groups.len() as u64) >> u32::BITS) as usize
    }

    #[inline]
    fn behind(&self, at: usize) -> usize {
        if at + 1 < self.groups.len() { at + 1 } else { 0 }
    }

    /// What the group where a search begins says of a hash: a number from 1, 0 where there is none, [`UNTOLD`]. There is no branch.
    #[inline]
    pub(super) fn look(&self, hash: u64) -> u32 {
        let Some(group) = self.groups.get(self.place(hash)) else { return 0 };
        let is = group.map(|slot| self.may_be(slot, hash));
        let bits = (0..).zip(is).fold(0, |bits, (n, is)| bits | u32::from(is) << n);
        let first = group[bits.trailing_zeros() as usize % GROUP] & self.number;
        let none = if group[GROUP - 1] == 0 { 0 } else { UNTOLD };
        select_unpredictable(bits != 0, first, none)
    }

    /// Whether a slot holds a number with such a hash, by the piece of it: seldom another, or none.
    #[inline]
    fn may_be(&self, slot: u32, hash: u64) -> bool {
        (slot ^ piece(hash)) & !self.number == 0
    }

    /// The number with this hash that `is` what is sought, by what a look said.
    #[inline]
    pub(super) fn find(&self, hash: u64, first: u32, is: impl Fn(usize) -> bool) -> Option<usize> {
        let n = (first as usize).checked_sub(1)?;
        if is(n) { Some(n) } else { self.search(hash, is) }
    }

    /// The same where the look did not tell: the group is full, or what it holds is another one. Of what is asked for little is not there.
    #[cold]
    fn search(&self, hash: u64, is: impl Fn(usize) -> bool) -> Option<usize> {
        let mut at = self.place(hash);
        loop {
            let group = self.groups.get(at)?;
            for &slot in group {
                let n = ((slot & self.number) as usize).wrapping_sub(1);
                if self.may_be(slot, hash) && is(n) {
                    return Some(n);
                }
            }
            if group[GROUP - 1] == 0 {
                return None;
            }
            at = self.behind(at);
        }
    }

    /// Heap that it takes, in bytes.
    pub(super) fn memory(&self) -> usize {
        size_of::<[u32; GROUP]>() * self.groups.capacity()
    }
}

/// What of a hash stands beside a number. The bits above it say where.
#[inline]
fn piece(hash: u64) -> u32 {
    (hash >> 12) as u32
}
