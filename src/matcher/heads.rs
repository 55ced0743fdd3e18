//! The heads of names, their first two words, in an automaton of the `aho-corasick` crate that is walked as a trie.

use crate::error::Error;
use aho_corasick::automaton::{Automaton, StateID};
use aho_corasick::nfa::contiguous::{self, NFA};
use aho_corasick::nfa::noncontiguous;
use aho_corasick::{Anchored, MatchKind};

/// The automaton, and what stands for words in it.
#[derive(Debug)]
pub(super) struct Heads {
    automaton: NFA,
    /// For each coarse number the number of its letter, from 1; 0 where no head has the word.
    letters: Vec<u32>,
    /// For each coarse number of a first word the state of the automaton behind it.
    behind: Vec<StateID>,
}

/// Letters of one byte, and further bytes of longer ones.
const SHORT: u32 = 32;
const DIGITS: u32 = 64;

/// The bytes of a letter, as many as its number asks for; no letter begins another. While it is built the automaton looks
/// through the bytes behind a state from the lowest on, so that these are kept low.
fn code(letter: u32) -> impl Iterator<Item = u8> {
    let long = letter >= SHORT + SHORT * DIGITS;
    let (lead, digits) = match letter {
        n if n < SHORT => (n, 0),
        n if !long => (SHORT + (n - SHORT) / DIGITS, 1),
        // Of such numbers there are more than an automaton has states.
        n => (DIGITS + (n - SHORT - SHORT * DIGITS) / DIGITS.pow(3) % (256 - DIGITS), 3),
    };
    let rest = if long { letter - SHORT - SHORT * DIGITS } else { letter.wrapping_sub(SHORT) };
    std::iter::once(lead as u8).chain((0..digits).rev().map(move |d| (rest / DIGITS.pow(d) % DIGITS) as u8))
}

/// A letter for each coarse number: the words that are in many heads get the short ones.
fn letters(words: usize, heads: &[[u32; 2]]) -> Vec<u32> {
    let mut counts = vec![0u32; words + 1];
    for &w in heads.iter().flatten() {
        counts[w as usize] += 1;
    }
    let mut order: Vec<u32> = (0..=words as u32).filter(|&w| counts[w as usize] > 0).collect();
    order.sort_unstable_by_key(|&w| (u32::MAX - counts[w as usize], w));
    let mut out = vec![0; words + 1];
    for (w, letter) in order.into_iter().zip(1..) {
        out[w as usize] = letter;
    }
    out
}

/// The state behind one more letter, on the path that began at the root.
fn walk(automaton: &NFA, mut state: StateID, letter: u32) -> Option<StateID> {
    for byte in code(letter) {
        state = automaton.next_state(Anchored::Yes, state, byte);
        if automaton.is_dead(state) {
            return None;
        }
    }
    Some(state)
}

impl Heads {
    /// Compiles heads by their coarse numbers, of which `words` is the highest.
    pub(super) fn build(words: usize, heads: &[[u32; 2]]) -> Result<Heads, Error> {
        let letters = letters(words, heads);
        let coded = heads.iter().map(|h| h.iter().flat_map(|&w| code(letters[w as usize])).collect::<Vec<u8>>());
        let limit = |e: aho_corasick::BuildError| Error::limit(e.to_string());
        // The form on the way need not be fast: dense states behind the first would take more time and room than all else.
        let sparse = noncontiguous::Builder::new().match_kind(MatchKind::Standard).prefilter(false).dense_depth(1).build(coded).map_err(limit)?;
        let automaton = contiguous::Builder::new().match_kind(MatchKind::Standard).dense_depth(1).build_from_noncontiguous(&sparse).map_err(limit)?;
        let dead = StateID::ZERO;
        let mut behind = vec![dead; words + 1];
        if let Ok(root) = automaton.start_state(Anchored::Yes) {
            for &[first, _] in heads {
                let state = &mut behind[first as usize];
                if *state == dead {
                    *state = walk(&automaton, root, letters[first as usize]).unwrap_or(dead);
                }
            }
        }
        Ok(Heads { automaton, letters, behind })
    }

    /// The number of the head that two words are.
    pub(super) fn find(&self, a: u32, b: u32) -> Option<usize> {
        let letter = *self.letters.get(b as usize).filter(|&&l| l > 0)?;
        let state = walk(&self.automaton, *self.behind.get(a as usize)?, letter)?;
        // All heads are of two words, so that none ends inside another.
        self.automaton.is_match(state).then(|| self.automaton.match_pattern(state, 0).as_usize())
    }

    /// Heap that the automaton takes, in bytes.
    pub(super) fn memory(&self) -> usize {
        self.automaton.memory_usage()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_letter_begins_another() {
        let few = [0, 1, 31, 32, 33, 95, 96, 2_079, 2_080, 2_081, 2_143, 2_144, 6_175, 6_176, 264_223, 264_224, 1_000_000];
        let codes: Vec<Vec<u8>> = few.into_iter().chain(2_000..9_000).map(|n| code(n).collect()).collect();
        let mut sorted = codes.clone();
        sorted.sort();
        sorted.dedup();
        assert!(sorted.windows(2).all(|w| !w[1].starts_with(&w[0])));
        assert!(codes.iter().all(|c| c[1..].iter().all(|&b| u32::from(b) < DIGITS)));
    }

    #[test]
    fn heads_are_found_and_nothing_else() {
        let heads: Vec<[u32; 2]> = (1..3_000).flat_map(|a| [[a, a % 7 + 1], [a, a % 11 + 20]]).collect();
        let built = Heads::build(3_000, &heads).unwrap_or_else(|e| panic!("{e}"));
        for (n, h) in heads.iter().enumerate() {
            assert_eq!(built.find(h[0], h[1]), Some(n));
        }
        for [a, b] in [[0, 0], [1, 1], [3_000, 5], [5, 3_000], [9_999, 1], [7, 9_999]] {
            assert_eq!(built.find(a, b), heads.iter().position(|&h| h == [a, b]));
        }
    }
}
