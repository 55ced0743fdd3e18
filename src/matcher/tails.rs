//! What follows the heads of names, word by word: a trie whose levels are lists, so that the words that can come next lie
//! side by side.

/// The names behind all heads. Level 0 has the heads themselves, each further level one word more.
#[derive(Debug, Default)]
pub(super) struct Tails {
    levels: Vec<Vec<Node>>,
}

/// A word where it can stand, with all that is asked of it: what is read together lies together.
#[derive(Debug)]
struct Node {
    /// Its coarse number; those under one node of the level above ascend.
    word: u32,
    /// Surfaces of the name that ends here, as a range.
    whole: (u32, u32),
    /// Where the words behind it begin on the next level; they end where those of the next node begin.
    next: u32,
}

impl Tails {
    /// One more head: its number is the count of those before it.
    pub(super) fn head(&mut self) {
        self.push(0, 0);
    }

    /// A name behind the last head, and its surfaces. Names come in their order: `shared` is how many of its further words the
    /// name before has too, `words` are those that follow. Words behind those that tell it from all others can be left out.
    pub(super) fn name(&mut self, shared: usize, words: impl Iterator<Item = u32>, whole: (u32, u32)) {
        let mut level = shared;
        for word in words {
            level += 1;
            self.push(level, word);
        }
        if let Some(n) = self.levels.get_mut(level).and_then(|l| l.last_mut()) {
            n.whole = whole;
        }
    }

    #[inline]
    fn push(&mut self, level: usize, word: u32) {
        if self.levels.len() <= level + 1 {
            self.levels.resize_with(level + 2, Vec::new);
        }
        let next = self.levels[level + 1].len() as u32;
        self.levels[level].push(Node { word, whole: (0, 0), next });
    }

    /// Heap that they take, in bytes.
    pub(super) fn memory(&self) -> usize {
        self.levels.iter().map(|l| l.capacity() * size_of::<Node>()).sum()
    }

    /// Calls `found` with the surfaces of each name that a head and the words behind it are, and how many words that took.
    #[inline]
    pub(super) fn walk(&self, head: usize, mut words: impl Iterator<Item = u32>, mut found: impl FnMut(usize, (u32, u32))) {
        let mut at = head;
        for (depth, level) in self.levels.iter().enumerate() {
            let Some(node) = level.get(at) else { return };
            if node.whole.0 < node.whole.1 {
                found(depth, node.whole);
            }
            let Some(below) = self.levels.get(depth + 1) else { return };
            let (first, end) = (node.next as usize, level.get(at + 1).map_or(below.len(), |n| n.next as usize));
            if first == end {
                return;
            }
            let Some(word) = words.next() else { return };
            match below[first..end].binary_search_by_key(&word, |n| n.word) {
                Ok(place) => at = first + place,
                Err(_) => return,
            }
        }
    }
}
