//! Numbers for the things of one text, found by their hashes.

/// Places of an empty table.
const FEWEST: usize = 64;

/// Numbers from 0 on, by the hashes of what they stand for, which are as good as chance.
#[derive(Default)]
pub(super) struct Numbers {
    /// The hash behind each number.
    hashes: Vec<u64>,
    /// Each number, one higher, where its hash says or in the next free place behind; half of them are free at least.
    places: Vec<u32>,
}

/// Whether a thing has had a number, and which.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Numbered {
    Before(usize),
    Now,
}

impl Numbers {
    /// Forgets all; room is left for as many again.
    pub(super) fn clear(&mut self) {
        self.places.truncate((4 * self.hashes.len()).next_power_of_two().max(FEWEST));
        self.places.fill(0);
        self.hashes.clear();
    }

    /// The number of a thing; of those with one hash, `is` says which is the one.
    #[inline]
    pub(super) fn find(&self, hash: u64, is: impl Fn(usize) -> bool) -> Option<usize> {
        let mask = self.places.len().wrapping_sub(1);
        let mut at = hash as usize & mask;
        while let Some(number) = self.places.get(at).and_then(|p| p.checked_sub(1)) {
            if self.hashes[number as usize] == hash && is(number as usize) {
                return Some(number as usize);
            }
            at = (at + 1) & mask;
        }
        None
    }

    /// The same; what has none is given the next one.
    #[inline]
    pub(super) fn find_or_add(&mut self, hash: u64, is: impl Fn(usize) -> bool) -> Numbered {
        if 2 * self.hashes.len() >= self.places.len() {
            self.grow();
        }
        let mask = self.places.len().wrapping_sub(1);
        let mut at = hash as usize & mask;
        while let Some(number) = self.places[at].checked_sub(1).map(|n| n as usize) {
            if self.hashes[number] == hash && is(number) {
                return Numbered::Before(number);
            }
            at = (at + 1) & mask;
        }
        self.hashes.push(hash);
        self.places[at] = self.hashes.len() as u32;
        Numbered::Now
    }

    #[inline(never)]
    fn grow(&mut self) {
        let places = (4 * self.hashes.len()).next_power_of_two().max(FEWEST);
        self.places.clear();
        self.places.resize(places, 0);
        for (&hash, number) in self.hashes.iter().zip(1..) {
            let mut at = hash as usize & (places - 1);
            while self.places[at] != 0 {
                at = (at + 1) & (places - 1);
            }
            self.places[at] = number;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_of_one_hash_have_their_own_numbers() {
        let mut numbers = Numbers::default();
        for round in [5, 700, 3] {
            let things: Vec<u64> = (0..round).collect();
            let hash = |n: u64| n / 2 * 64;
            for &n in &things {
                assert_eq!(numbers.find(hash(n), |at| things[at] == n), None);
                assert_eq!(numbers.find_or_add(hash(n), |at| things[at] == n), Numbered::Now);
                assert_eq!(numbers.find_or_add(hash(n), |at| things[at] == n), Numbered::Before(n as usize));
            }
            assert!(things.iter().all(|&n| numbers.find(hash(n), |at| things[at] == n) == Some(n as usize)));
            numbers.clear();
        }
    }
}
