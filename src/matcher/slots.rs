//! Numbers found by a hash: what they stand for is in a list beside it.

/// A hash table of numbers. A search begins with a [look](Slots::look) at one place, so that the places of many can be read before
/// any of them is asked for: they come from far apart in memory, and none waits for another.
#[derive(Debug, Default)]
pub(super) struct Slots {
    /// For each place of the table a number from 1 in the low bits, a piece of its hash above it; 0 where there is none. No search
    /// need look at what is another one.
    list: Vec<u32>,
    /// The bits of a number in `list`.
    number: u32,
}

impl Slots {
    /// Room for so many numbers below a bound: a third of the places stays free.
    pub(super) fn room(count: usize, bound: usize) -> Slots {
        Slots { list: vec![0; count + count / 2 + 1], number: (bound + 1).next_power_of_two() as u32 - 1 }
    }

    /// Adds a number that is not there yet; there is room.
    pub(super) fn push(&mut self, hash: u64, number: usize) {
        let mut at = self.place(hash);
        while self.list[at] != 0 {
            at = self.behind(at);
        }
        self.list[at] = piece(hash) & !self.number | (number as u32 + 1);
    }

    /// Where a search begins.
    #[inline]
    fn place(&self, hash: u64) -> usize {
        (((hash >> u32::BITS) * self.list.len() as u64) >> u32::BITS) as usize
    }

    #[inline]
    fn behind(&self, at: usize) -> usize {
        if at + 1 < self.list.len() { at + 1 } else { 0 }
    }

    /// What stands where a search begins: nothing is to be found where that is 0.
    #[inline]
    pub(super) fn look(&self, hash: u64) -> u32 {
        self.list.get(self.place(hash)).copied().unwrap_or(0)
    }

    /// The number with this hash that `is` what is sought, by what stands where the search begins.
    #[inline]
    pub(super) fn find(&self, hash: u64, first: u32, is: impl Fn(usize) -> bool) -> Option<usize> {
        let (mut at, mut slot) = (self.place(hash), first);
        loop {
            if (slot ^ piece(hash)) & !self.number == 0 {
                let n = ((slot & self.number) as usize).wrapping_sub(1);
                if is(n) {
                    return Some(n);
                }
            }
            if slot == 0 {
                return None;
            }
            at = self.behind(at);
            slot = *self.list.get(at)?;
        }
    }

    /// Heap that it takes, in bytes.
    pub(super) fn memory(&self) -> usize {
        size_of::<u32>() * self.list.capacity()
    }
}

/// What of a hash stands beside a number. The bits above it say where.
#[inline]
fn piece(hash: u64) -> u32 {
    (hash >> 12) as u32
}
