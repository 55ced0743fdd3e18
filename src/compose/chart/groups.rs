//! Which items have which symbols.

use super::Item;
use crate::compose::english::ENGLISH;
use crate::lexicon::NONE32;
use crate::lexicon::grammar::{MAX_SYMBOLS, Symbols};
use crate::lexicon::interest::each;
use crate::lexicon::shape::Shape;
use crate::text::bits::ones;

/// Items of a group, which have a bit each.
const ITEMS: usize = u64::BITS as usize;
/// What a group has bits for: each symbol, and what no rule made.
const WIDTH: usize = MAX_SYMBOLS + 1;
const UNRULED: usize = MAX_SYMBOLS;

/// For each group of items in a row and each symbol those that have it, as bits.
#[derive(Debug, Default)]
pub(super) struct Groups {
    bits: Vec<u64>,
    /// The symbols of all items, ...
    pub symbols: Symbols,
    /// ... and of those in English.
    pub english: Symbols,
}

impl Groups {
    pub(super) fn clear(&mut self) {
        self.bits.clear();
        (self.symbols, self.english) = (0, 0);
    }

    /// How many groups there are.
    pub(super) fn len(&self) -> usize {
        self.bits.len() / WIDTH
    }

    /// Adds the next item.
    #[inline]
    pub(super) fn add(&mut self, number: usize, item: &Item) {
        let &Item { shape, symbols, .. } = item;
        self.symbols |= symbols;
        if item.languages & ENGLISH != 0 {
            self.english |= symbols;
        }
        let from = number / ITEMS * WIDTH;
        if from == self.bits.len() {
            self.bits.extend_from_slice(&[0; WIDTH]);
        }
        let (group, n) = (&mut self.bits[from..from + WIDTH], number % ITEMS);
        enter(group, n, shape, symbols);
        group[UNRULED] = group[UNRULED] & !(1 << n) | u64::from(item.rule == NONE32) << n;
    }

    /// Tells of items that no rule made instead of those told of so far.
    pub(super) fn fill(&mut self, items: &[Item]) {
        self.clear();
        (0..items.len().div_ceil(ITEMS)).for_each(|_| self.bits.extend_from_slice(&[0; WIDTH]));
        let (mut all, mut english) = (0, 0);
        for (group, items) in self.bits.chunks_exact_mut(WIDTH).zip(items.chunks(ITEMS)) {
            for (n, item) in items.iter().enumerate() {
                all |= item.symbols;
                if item.languages & ENGLISH != 0 {
                    english |= item.symbols;
                }
                enter(group, n, item.shape, item.symbols);
            }
            group[UNRULED] = u64::MAX;
        }
        (self.symbols, self.english) = (all, english);
    }

    /// The numbers of the items with one of the symbols, ascending.
    #[inline]
    pub(super) fn with(&self, symbols: Symbols) -> impl Iterator<Item = usize> {
        let symbols = symbols & self.symbols;
        let bits: &[u64] = if symbols == 0 { &[] } else { &self.bits };
        bits.as_chunks().0.iter().enumerate().flat_map(move |(n, group)| ones(n, any_of(group, symbols)))
    }

    /// Hands over the same. Symbols that are told when this is compiled are found without a loop over them.
    #[inline]
    pub(super) fn each_with(&self, symbols: Symbols, mut take: impl FnMut(usize)) {
        for (n, group) in self.bits.as_chunks().0.iter().enumerate() {
            for item in ones(n, any_of(group, symbols)) {
                take(item);
            }
        }
    }

    /// Those of them that no rule made.
    #[inline]
    pub(super) fn each_unruled(&self, symbols: Symbols, mut take: impl FnMut(usize)) {
        for (n, group) in self.bits.as_chunks().0.iter().enumerate() {
            for item in ones(n, any_of(group, symbols) & group[UNRULED]) {
                take(item);
            }
        }
    }
}

/// Those of a group with one of the symbols.
#[inline]
fn any_of(group: &[u64; WIDTH], symbols: Symbols) -> u64 {
    let mut with = 0;
    each(symbols, |symbol| with |= group[symbol]);
    with
}

/// Notes an item in its group.
#[inline]
fn enter(group: &mut [u64], n: usize, shape: Shape, symbols: Symbols) {
    match group[..MAX_SYMBOLS].get_mut(usize::from(shape)) {
        Some(with) => *with |= 1 << n,
        None => each(symbols, |symbol| group[symbol] |= 1 << n),
    }
}
