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
    /// While they are built: the head of the last name and its nodes, by [`Node::above`].
    path: Vec<u32>,
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

impl Tails {
    /// Room for so many words at most.
    pub(super) fn room(words: usize) -> Tails {
        Tails { nodes: Vec::with_capacity(words), ..Tails::default() }
    }

    /// All names are there.
    pub(super) fn end(&mut self) {
        self.nodes.shrink_to_fit();
        self.path = Vec::new();
        let sought = |n: usize, node: &Node| node.above as usize + 1 != n;
        let count = self.nodes.iter().enumerate().filter(|(n, node)| sought(*n, node)).count();
        self.slots = Slots::room(count, self.nodes.len());
        for (n, node) in self.nodes.iter().enumerate().filter(|(n, node)| sought(*n, node)) {
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

    /// What stands where a word behind a head is sought first, if it `may` be there, which no processor could guess: what is read in
    /// vain is always the same.
    #[inline]
    pub(super) fn look(&self, head: u32, word: u32, may: bool) -> u32 {
        self.slots.look(select_unpredictable(may, hash(behind(head), word), 0))
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

    /// The node of a word behind a node.
    #[inline]
    fn below(&self, n: usize, word: u32) -> Option<usize> {
        let above = n as u32;
        // Who has none behind it has none at all.
        let next = self.nodes.get(n + 1).filter(|next| next.above == above)?;
        if next.word == word {
            return Some(n + 1);
        }
        self.sought(above, word, self.slots.look(hash(above, word)))
    }

    /// Calls `found` with the names that end at a node or behind it, where the words of the first stand, and how many words behind the
    /// node that took.
    #[inline]
    pub(super) fn walk(&self, node: usize, mut words: impl Iterator<Item = u32>, mut found: impl FnMut(usize, Group, u32)) {
        let (mut at, mut depth) = (node, 0);
        while let Some(node) = self.nodes.get(at) {
            if !node.group.is_empty() {
                found(depth, node.group, node.start);
            }
            let Some(below) = words.next().and_then(|word| self.below(at, word)) else { return };
            (at, depth) = (below, depth + 1);
        }
    }
}
