//! The heads of names, their first two words, looked up by both.

/// All heads in their order: where those of a first word stand, and their second words, which ascend.
#[derive(Debug, Default)]
pub(super) struct Heads {
    /// For each coarse number of a first word where its heads begin; the number behind it says where they end.
    from: Vec<u32>,
    /// The coarse numbers of the second words.
    seconds: Vec<u32>,
}

impl Heads {
    /// Heads by their coarse numbers, of which `words` is the highest. They are sorted, and none is there twice.
    pub(super) fn build(words: usize, heads: &[[u32; 2]]) -> Heads {
        let mut from = Vec::with_capacity(words + 2);
        for (n, &[first, _]) in heads.iter().enumerate() {
            if from.len() <= first as usize {
                from.resize(first as usize + 1, n as u32);
            }
        }
        from.resize(words + 2, heads.len() as u32);
        Heads { from, seconds: heads.iter().map(|h| h[1]).collect() }
    }

    /// The number of the head that two words are.
    pub(super) fn find(&self, a: u32, b: u32) -> Option<usize> {
        let (start, end) = (*self.from.get(a as usize)? as usize, *self.from.get(a as usize + 1)? as usize);
        let found = self.seconds.get(start..end)?.binary_search(&b).ok()?;
        Some(start + found)
    }

    /// Heap that it takes, in bytes.
    pub(super) fn memory(&self) -> usize {
        size_of::<u32>() * (self.from.capacity() + self.seconds.capacity())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_found_and_nothing_else() {
        // Some words begin nothing, some begin a lot.
        let heads: Vec<[u32; 2]> = (1..3_000).filter(|a| a % 5 > 0).flat_map(|a| (0..a % 13 % 4).map(move |b| [a, a % 7 + 1 + 9 * b])).collect();
        assert!(heads.is_sorted());
        let built = Heads::build(3_000, &heads);
        for (n, h) in heads.iter().enumerate() {
            assert_eq!(built.find(h[0], h[1]), Some(n));
        }
        for [a, b] in [[0, 0], [1, 1], [1, 2], [3_000, 5], [5, 3_000], [2_999, 40], [9_999, 1], [7, 9_999], [u32::MAX, 1], [1, u32::MAX]] {
            assert_eq!(built.find(a, b), heads.iter().position(|&h| h == [a, b]));
        }
        assert_eq!(Heads::build(0, &[]).find(0, 0), None);
        assert_eq!(Heads::default().find(1, 1), None);
    }
}
