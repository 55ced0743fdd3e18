//! A matcher so plain that one can see it is right: it looks at every run of words and compares it word by word with every
//! name, and keeps the longest runs that nothing holds.

use std::collections::BTreeSet;

/// A name: the words that it is made of.
pub type Name = Vec<&'static str>;

/// A stretch of the text and the number of the name that it is.
pub type Found = (usize, usize, usize);

/// The runs of words that are names and lie in no longer run that is one.
pub fn oracle(text: &str, names: &[Name]) -> BTreeSet<Found> {
    // Words with their places, and whether a blank and nothing else stands before.
    let mut words: Vec<(usize, usize, bool)> = Vec::new();
    let mut end = 0;
    for (i, c) in text.char_indices() {
        let inside = c.is_alphabetic();
        match words.last_mut() {
            Some(w) if inside && w.1 == i => w.1 = i + c.len_utf8(),
            _ if inside => words.push((i, i + c.len_utf8(), !words.is_empty() && text[end..i].chars().all(|c| c == ' ' || c == '\u{a0}'))),
            _ => continue,
        }
        end = i + c.len_utf8();
    }
    let mut all: Vec<Found> = Vec::new();
    for first in 0..words.len() {
        for last in first..words.len() {
            if last > first && !words[last].2 {
                break;
            }
            let run: Vec<&str> = words[first..=last].iter().map(|w| &text[w.0..w.1]).collect();
            all.extend(names.iter().enumerate().filter(|(_, n)| **n == run).map(|(k, _)| (words[first].0, words[last].1, k)));
        }
    }
    // The longest come first, in the order of the text; what touches one that stays has to go.
    all.sort_by_key(|f| (std::cmp::Reverse(words.iter().filter(|w| f.0 <= w.0 && w.1 <= f.1).count()), f.0));
    let mut kept: Vec<Found> = Vec::new();
    for f in all {
        if kept.iter().all(|k| f.1 <= k.0 || k.1 <= f.0) {
            kept.push(f);
        }
    }
    kept.into_iter().collect()
}
