//! Sets of tokens: a bit for each, so that many are passed over at one look.

use std::ops::Range;

/// A set of the tokens of a text, and of the place behind the last one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    /// Makes it an empty set for a text of so many tokens.
    pub(crate) fn reset(&mut self, tokens: usize) {
        self.0.clear();
        zeros(&mut self.0, tokens / 64 + 1);
    }

    pub(crate) fn words(&self) -> &[u64] {
        &self.0
    }

    pub(crate) fn words_mut(&mut self) -> &mut Vec<u64> {
        &mut self.0
    }

    #[inline]
    pub(crate) fn insert(&mut self, token: usize) {
        self.0[token / 64] |= 1 << (token % 64);
    }

    /// The same; whether it was not in before.
    #[inline]
    pub(crate) fn add(&mut self, token: usize) -> bool {
        let (word, bit) = (&mut self.0[token / 64], 1 << (token % 64));
        let new = *word & bit == 0;
        *word |= bit;
        new
    }

    #[inline]
    pub(crate) fn has(&self, token: usize) -> bool {
        self.0[token / 64] >> (token % 64) & 1 == 1
    }

    #[inline]
    pub(crate) fn fill(&mut self, tokens: Range<usize>) {
        each_mask(tokens, |word, mask| self.0[word] |= mask);
    }

    #[inline]
    pub(crate) fn any(&self, tokens: Range<usize>) -> bool {
        match within(&tokens) {
            Some((word, mask)) => self.0[word] & mask != 0,
            None => masks(tokens).any(|(word, mask)| self.0[word] & mask != 0),
        }
    }

    /// The bits of a token and of the 63 behind it.
    #[inline]
    pub(crate) fn from(&self, token: usize) -> u64 {
        let word = |at: usize| self.0.get(at).copied().unwrap_or(0);
        word(token / 64) >> (token % 64) | word(token / 64 + 1) << 1 << (63 - token % 64)
    }

    /// Makes it the same as another set.
    pub(crate) fn copy(&mut self, other: &Bits) {
        self.0.clone_from(&other.0);
    }

    /// Its tokens, in their order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> {
        self.0.iter().enumerate().flat_map(|(word, &bits)| ones(word, bits))
    }

    /// Those among some tokens in a row.
    pub(crate) fn among(&self, tokens: Range<usize>) -> impl Iterator<Item = usize> {
        masks(tokens).flat_map(|(word, mask)| ones(word, self.0[word] & mask))
    }
}

/// Words that are emptied at once: as many as most texts have.
const AT_ONCE: usize = 32;

/// Adds so many zeros to a list, a fixed number at a time: no processor guesses when a loop over each of them ends.
#[inline(never)]
pub(crate) fn zeros(to: &mut Vec<u64>, count: usize) {
    let all = to.len() + count;
    while to.len() < all {
        to.extend_from_slice(&[0; AT_ONCE]);
    }
    to.truncate(all);
}

/// The word that holds all of some tokens in a row, with the bits of these: most stretches are short.
#[inline]
fn within(tokens: &Range<usize>) -> Option<(usize, u64)> {
    let (word, last) = (tokens.start / 64, tokens.end.wrapping_sub(1));
    (tokens.start < tokens.end && last / 64 == word).then(|| (word, u64::MAX << (tokens.start % 64) & u64::MAX >> (63 - last % 64)))
}

/// Hands over the words that hold some tokens in a row, with the bits of these.
#[inline]
pub(crate) fn each_mask(tokens: Range<usize>, mut take: impl FnMut(usize, u64)) {
    match within(&tokens) {
        Some((word, mask)) => take(word, mask),
        None => masks(tokens).for_each(|(word, mask)| take(word, mask)),
    }
}

/// The same, one by one.
fn masks(tokens: Range<usize>) -> impl Iterator<Item = (usize, u64)> {
    let Range { start, end } = tokens;
    let words = if start < end { start / 64..end.div_ceil(64) } else { 0..0 };
    words.map(move |word| {
        let first = word * 64;
        let from = u64::MAX << start.saturating_sub(first);
        (word, if end - first < 64 { from & !(u64::MAX << (end - first)) } else { from })
    })
}

/// The bits that are set in one word of a set, by their tokens.
#[inline]
pub(crate) fn ones(word: usize, mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let bit = (bits != 0).then(|| bits.trailing_zeros() as usize)?;
        bits &= bits - 1;
        Some(word * 64 + bit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_of_tokens() {
        for (start, end) in [(0, 0), (0, 1), (3, 64), (63, 65), (64, 128), (5, 200), (190, 191), (7, 3)] {
            let mut bits = Bits::default();
            bits.reset(200);
            bits.fill(start..end);
            assert_eq!(bits.iter().collect::<Vec<_>>(), (start..end).collect::<Vec<_>>());
            assert_eq!(bits.any(0..201), start < end);
            assert!(!bits.any(end..201) && !bits.any(0..start.min(end)));
            assert_eq!(bits.among(64..70).collect::<Vec<_>>(), (64..70).filter(|t| (start..end).contains(t)).collect::<Vec<_>>());
        }
    }
}
