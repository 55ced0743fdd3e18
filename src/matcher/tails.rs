//! What follows the heads of names, word by word: a trie in one list, in the order of the names, so that what mostly comes next
//! lies behind a word.

use super::group::Group;
use super::pairs::hash;
use super::slots::Slots;
use std::hint::select_unpredictable;

/// The words behind all heads.
#[derive(Debug, Default)]
pub(super) struct Tails {
    nodes: Vec<Node>,
    /// The nodes by those above them and their words, but for those right behind a node that is above them.
    slots: Slots,
    /// While they are built: the head of the last name and its nodes, by [`Node::above`], ...
    path: Vec<u32>,
    /// ... and how many nodes are to be in `slots`.
    apart: usize,
}

/// A word where it can stand, with all that is asked of it: what is read together lies together.
#[derive(Debug)]
struct Node {
    /// Its coarse number.
    word: u32,
    /// The node before it, or its head: see [`behind`].
    above: u32,
    /// The names that end here, and where the words of the first stand.
    group: Group,
    start: u32,
}

/// How what follows a head names that: no node has such a number.
#[inline]
fn behind(head: u32) -> u32 {
    !head
}

/// Whether a node does not stand right behind the one above it.
#[inline]
fn is_apart(above: u32, n: usize) -> bool {
    above as usize + 1 != n
}

impl Tails {
    /// Room for so many words at most.
    pub(super) fn room(words: usize) -> Tails {
        Tails { nodes: Vec::with_capacity(words), ..Tails::default() }
    }

    /// All names are there.
    pub(super) fn end(&mut self) {
        self.nodes.shrink_to_fit();
        self.path = Vec::new();
        self.slots = Slots::room(self.apart, self.nodes.len());
        for (n, node) in self.nodes.iter().enumerate().filter(|(n, node)| is_apart(node.above, *n)) {
            self.slots.push(hash(node.above, node.word), n);
        }
    }

    /// Names behind a head; where the words of the first stand. They come in their order: `shared` is how many of their further words
    /// the name before has too, `words` are those that follow. Words behind those that tell them from all others can be left out.
    #[inline]
    pub(super) fn name(&mut self, head: u32, shared: usize, words: impl Iterator<Item = u32>, (group, start): (Group, u32)) {
        if shared == 0 {
            self.path.clear();
            self.path.push(behind(head));
        }
        self.path.truncate(shared + 1);
        for word in words {
            let Some(&above) = self.path.last() else { return };
            self.apart += usize::from(is_apart(above, self.nodes.len()));
            self.path.push(self.nodes.len() as u32);
            self.nodes.push(Node { word, above, group: Group::default(), start: 0 });
        }
        if let Some(last) = self.nodes.last_mut() {
            (last.group, last.start) = (group, start);
        }
    }

    /// Heap that they take, in bytes.
    pub(super) fn memory(&self) -> usize {
        self.nodes.capacity() * size_of::<Node>() + self.slots.memory()
    }

    /// What stands where a word behind a head is sought first.
    #[inline]
    pub(super) fn look(&self, head: u32, word: u32) -> u32 {
        self.slots.look(hash(behind(head), word))
    }

    /// The number of a word behind a head, by what stands where it is sought first.
    #[inline]
    pub(super) fn find(&self, head: u32, word: u32, first: u32) -> Option<usize> {
        self.sought(behind(head), word, first)
    }

    #[inline]
    fn sought(&self, above: u32, word: u32, first: u32) -> Option<usize> {
        self.slots.find(hash(above, word), first, |n| self.nodes.get(n).is_some_and(|node| node.above == above && node.word == word))
    }

    /// What stands where a word behind a node is sought first, and whether there can be any behind it, if it `may` go on.
    #[inline]
    pub(super) fn look_behind(&self, node: u32, word: u32, may: bool) -> (u32, bool) {
        // Who has none right behind it has none at all.
        let next = self.nodes.get(node as usize + 1);
        let goes_on = may & next.is_some_and(|next| next.above == node);
        let further = goes_on & next.is_some_and(|next| next.word != word);
        (self.slots.look(select_unpredictable(further, hash(node, word), 0)), goes_on)
    }

    /// The number of a word behind a node that has some, by what stands where it is sought first.
    #[inline]
    pub(super) fn find_behind(&self, node: u32, word: u32, first: u32) -> Option<usize> {
        let next = node as usize + 1;
        if self.nodes.get(next).is_some_and(|next| next.word == word) { Some(next) } else { self.sought(node, word, first) }
    }

    /// The names that end at a node, and where the words of the first stand.
    #[inline]
    pub(super) fn names(&self, node: u32) -> (Group, u32) {
        self.nodes.get(node as usize).map_or((Group::default(), 0), |n| (n.group, n.start))
    }

    /// The nodes that a word behind a head and those behind it are.
    pub(super) fn walk(&self, node: usize, mut words: impl Iterator<Item = u32>) -> impl Iterator<Item = u32> {
        std::iter::successors(Some(node as u32), move |&node| {
            let word = words.next()?;
            let (first, goes_on) = self.look_behind(node, word, true);
            let below = if goes_on { self.find_behind(node, word, first) } else { None };
            below.map(|n| n as u32)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn words_behind_heads_are_found_and_nothing_else() {
        // Runs of words behind three heads, in their order, with all that they begin with: some words lead to many, most to one.
        let mut runs: BTreeSet<Vec<u32>> = BTreeSet::new();
        for n in 0..900u32 {
            let run = [n % 3, n % 7 * (n % 11), n % 5, n / 100].map(|word| word + 1);
            runs.extend((2..=run.len()).map(|len| run[..len].to_vec()));
        }
        let (mut tails, mut before) = (Tails::room(4 * runs.len()), Vec::new());
        for run in &runs {
            let shared = run.iter().zip(&before).take_while(|(a, b)| a == b).count().max(1);
            tails.name(run[0] - 1, shared - 1, run[shared..].iter().copied(), (Group::default(), run.iter().sum()));
            before.clone_from(run);
        }
        tails.end();
        let sought = |[head, first, second, third]: [u32; 4]| {
            let node = tails.find(head - 1, first, tails.look(head - 1, first));
            node.map_or(Vec::new(), |node| tails.walk(node, [second, third].into_iter()).map(|node| tails.names(node).1).collect())
        };
        for run in (1..5).flat_map(|a| (1..64).flat_map(move |b| (1..7).flat_map(move |c| (1..11).map(move |d| [a, b, c, d])))) {
            let wanted: Vec<u32> = (2..=run.len()).map(|len| &run[..len]).take_while(|r| runs.contains(*r)).map(|r| r.iter().sum()).collect();
            assert_eq!(sought(run), wanted, "{run:?}");
        }
    }
}
