//! What follows the heads of names, word by word: a trie whose levels are lists, so that the words that can come next lie
//! side by side.

use super::group::Group;

/// The words behind all heads: each level has one word more.
#[derive(Debug, Default)]
pub(super) struct Tails {
    levels: Vec<Vec<Node>>,
}

/// A word where it can stand, with all that is asked of it: what is read together lies together.
#[derive(Debug)]
struct Node {
    /// Its coarse number; those under one node of the level above ascend.
    word: u32,
    /// Where the words behind it begin on the next level; they end where those of the next node begin.
    next: u32,
    /// The names that end here.
    group: Group,
}

impl Tails {
    /// Room for so many words at most on each level.
    pub(super) fn room(levels: impl Iterator<Item = usize>) -> Tails {
        Tails { levels: levels.map(Vec::with_capacity).collect() }
    }

    /// All names are there.
    pub(super) fn end(&mut self) {
        self.levels.iter_mut().for_each(Vec::shrink_to_fit);
    }

    /// How many words there are right behind heads.
    pub(super) fn first_words(&self) -> u32 {
        self.levels.first().map_or(0, |l| l.len() as u32)
    }

    /// Names behind the last head. They come in their order: `shared` is how many of their further words the name before has
    /// too, `words` are those that follow. Words behind those that tell them from all others can be left out.
    #[inline]
    pub(super) fn name(&mut self, shared: usize, mut words: impl Iterator<Item = u32>, group: Group) {
        let Some(mut word) = words.next() else { return };
        let mut levels = self.levels.get_mut(shared..).unwrap_or_default();
        while let [this, below @ ..] = levels {
            let (then, next) = (words.next(), below.first().map_or(0, |l| l.len() as u32));
            this.push(Node { word, next, group: if then.is_none() { group } else { Group::default() } });
            let Some(then) = then else { return };
            (word, levels) = (then, below);
        }
    }

    /// Heap that they take, in bytes.
    pub(super) fn memory(&self) -> usize {
        self.levels.iter().map(|l| l.capacity() * size_of::<Node>()).sum()
    }

    /// Calls `found` with the names that a head and the words behind it are, and how many of these that took. `below` is where
    /// the words behind the head stand.
    #[inline]
    pub(super) fn walk(&self, below: (u32, u32), mut words: impl Iterator<Item = u32>, mut found: impl FnMut(usize, Group)) {
        let (mut first, mut end) = below;
        for (depth, level) in self.levels.iter().enumerate() {
            let Some(among) = level.get(first as usize..end as usize).filter(|n| !n.is_empty()) else { return };
            let Some(word) = words.next() else { return };
            let Ok(place) = among.binary_search_by_key(&word, |n| n.word) else { return };
            let at = first as usize + place;
            let Some(node) = level.get(at) else { return };
            if !node.group.is_empty() {
                found(depth + 1, node.group);
            }
            let behind = self.levels.get(depth + 1).map_or(0, |l| l.len() as u32);
            (first, end) = (node.next, level.get(at + 1).map_or(behind, |n| n.next));
        }
    }
}
