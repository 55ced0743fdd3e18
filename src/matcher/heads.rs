//! The heads of names, their first two words, looked up by both.

use super::group::Group;
use super::pairs::hash;
use super::slots::Slots;
use crate::text::words::Words;

/// All heads in their order, and a hash table of them.
#[derive(Debug, Default)]
pub(super) struct Heads {
    list: Vec<Head>,
    slots: Slots,
}

/// A head with all that is asked of it: half a line of the cache.
#[derive(Debug, Default)]
#[repr(align(32))]
pub(super) struct Head {
    /// Its words by their fine numbers, as the first of the names that begin so has them.
    fine: [u32; 2],
    /// The names that are just these words have them otherwise.
    mixed: bool,
    /// All names that begin so are [silent](crate::lexicon::Silent) where their first word is.
    pub hushed: bool,
    /// So are those that are just these words, and no more.
    pub hushed_alone: bool,
    /// The names that are just these words, and where the words of the first stand.
    pub group: Group,
    pub start: u32,
    /// A bit by chance for each word behind it: see [`Head::goes_on`].
    further: u32,
}

impl Head {
    /// All names that are just this head spell it so.
    #[inline]
    pub(super) fn is_spelled(&self, fine: [u32; 2]) -> bool {
        self.fine == fine && !self.mixed
    }

    /// Whether a word, by its coarse number, may stand behind it in a name: seldom where none does.
    #[inline]
    fn goes_on(&self, word: u32) -> bool {
        self.further >> chance(word) & 1 == 1
    }

    /// Whether a name may be just this head or go on with a word behind it, and whether it may go on; `silent` is its first word.
    #[inline]
    pub(super) fn tells(&self, behind: u32, silent: bool) -> (bool, bool) {
        let is = !self.group.is_empty() & (self.group.rest() == 0) & !(silent & self.hushed_alone);
        let goes_on = self.goes_on(behind) & !(silent & self.hushed);
        (is | goes_on, goes_on & (self.group.rest() == 0))
    }

    /// A name that is just this head spells it so.
    pub(super) fn spell(&mut self, fine: [u32; 2]) {
        self.mixed |= self.fine != fine;
    }

    /// A word stands behind it.
    pub(super) fn lead_to(&mut self, word: u32) {
        self.further |= 1 << chance(word);
    }
}

/// A bit of 32 for a word.
#[inline]
fn chance(word: u32) -> u32 {
    word.wrapping_mul(0x9e37_79b1) >> 27
}

impl Heads {
    /// Room for so many heads.
    pub(super) fn room(count: usize) -> Heads {
        Heads { list: Vec::with_capacity(count), slots: Slots::room(count, count) }
    }

    /// Adds one more head, of words that no other has, and the fine numbers with which they came first.
    pub(super) fn push(&mut self, [a, b]: [u32; 2], fine: [u32; 2]) {
        self.slots.push(hash(a, b), self.list.len());
        self.list.push(Head { fine, ..Head::default() });
    }

    /// The head that was added last, with its number.
    pub(super) fn last(&mut self) -> Option<(u32, &mut Head)> {
        let number = self.list.len().checked_sub(1)? as u32;
        Some((number, self.list.last_mut()?))
    }

    /// What stands where a head of these words is sought first.
    #[inline]
    pub(super) fn look(&self, [a, b]: [u32; 2]) -> u32 {
        self.slots.look(hash(a, b))
    }

    /// The number of the head that two words are, by their coarse and their fine numbers and what stands where it is sought first.
    #[inline]
    pub(super) fn find(&self, words: [u32; 2], fine: [u32; 2], first: u32, all: &Words) -> Option<usize> {
        let [a, b] = words;
        // Words of the same spelling are the same.
        let is = |h: &Head| h.fine == fine || h.fine.map(|f| all.coarse(f)) == words;
        self.slots.find(hash(a, b), first, |n| self.list.get(n).is_some_and(is))
    }

    /// A head by its number.
    #[inline]
    pub(super) fn get(&self, n: usize) -> Option<&Head> {
        self.list.get(n)
    }

    /// Heap that it takes, in bytes.
    pub(super) fn memory(&self) -> usize {
        size_of::<Head>() * self.list.capacity() + self.slots.memory()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::fold_word;

    #[test]
    fn heads_are_found_and_nothing_else() {
        let mut words = Words::default();
        for n in 1..3_100 {
            assert_eq!(words.intern(&fold_word(&format!("w{n}"))), (n, n));
        }
        let built = |heads: &[[u32; 2]]| {
            let mut built = Heads::room(heads.len());
            heads.iter().for_each(|&h| built.push(h, h));
            built
        };
        let find = |table: &Heads, h: [u32; 2]| {
            let found = table.find(h, h, table.look(h), &words);
            assert_eq!(table.find(h, [0; 2], table.look(h), &words), found, "in another spelling");
            found
        };
        // Some words begin nothing, some begin a lot.
        let heads: Vec<[u32; 2]> = (1..3_000).filter(|a| a % 5 > 0).flat_map(|a| (0..a % 13 % 4).map(move |b| [a, a % 7 + 1 + 9 * b])).collect();
        let table = built(&heads);
        for (n, h) in heads.iter().enumerate() {
            assert_eq!(find(&table, *h), Some(n));
        }
        for h in [[1, 1], [1, 2], [3_000, 5], [5, 3_000], [2_999, 40], [3_001, 1], [7, 3_009]] {
            assert_eq!(find(&table, h), heads.iter().position(|&x| x == h));
        }
        assert_eq!(find(&built(&[]), [0, 0]), None);
        assert_eq!(find(&built(&[[7, 8]]), [7, 8]), Some(0));
        assert_eq!(find(&Heads::default(), [1, 1]), None);
    }
}
