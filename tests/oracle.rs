//! A second opinion: a matcher so plain that one can see it is right, held against the extractor on random lists of
//! places and random texts made of their words.
//!
//! The oracle looks at every run of words, compares it word by word with every name, and keeps the longest runs that
//! nothing holds. It knows no automaton, no numbers for words and no order of records.

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngSeed};
use std::collections::BTreeSet;
use thucthe::{Extractor, Gazetteer};

/// Words that mean nothing to the grammar. Some begin others, some differ in marks, but none has only a part of the marks
/// of another: such a one may be meant by it.
const WORDS: &[&str] = &["Zuk", "Zukka", "Vẩm", "Vấm", "Đoẹt", "Doét", "Plim", "Ngụp", "Xoèn", "Khuỵm", "Bluq"];
/// What stands between words: blanks join a name, everything else but a dash parts it.
const BETWEEN: &[&str] = &[" ", " ", " ", " ", " ", "  ", "\u{a0}", ", ", "; ", ". ", "\n"];

/// A name: the words that it is made of.
type Name = Vec<&'static str>;

fn name() -> impl Strategy<Value = Name> {
    prop::collection::vec(select(WORDS), 1..4)
}

fn list() -> impl Strategy<Value = Vec<Name>> {
    prop::collection::btree_set(name(), 1..14).prop_map(|s| s.into_iter().collect())
}

fn gazetteer(names: &[Name]) -> Gazetteer {
    let toml: String = names.iter().enumerate().map(|(i, n)| format!("[[place]]\nid = \"place:n{i}\"\nname = {{ en = \"{}\" }}\n", n.join(" "))).collect();
    Gazetteer::from_toml("random.toml", &toml).unwrap_or_else(|e| panic!("{e}"))
}

/// A stretch of the text and the number of the name that it is.
type Found = (usize, usize, usize);

/// The runs of words that are names and lie in no longer run that is one.
fn oracle(text: &str, names: &[Name]) -> BTreeSet<Found> {
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

fn config() -> Config {
    let default = Config::default();
    let rng_seed = match default.rng_seed {
        RngSeed::Random => RngSeed::Fixed(4_122_025),
        given => given,
    };
    Config { cases: 48, rng_seed, failure_persistence: None, ..default }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_outermost_marks_are_the_oracles(
        names in list(),
        texts in prop::collection::vec(prop::collection::vec((select(WORDS), select(BETWEEN)), 1..40), 8),
    ) {
        let extractor = Extractor::builder().no_builtin().gazetteer(gazetteer(&names)).build().unwrap_or_else(|e| panic!("{e}"));
        for pieces in texts {
            let text: String = pieces.into_iter().flat_map(|(w, b)| [w, b]).collect();
            let d = extractor.extract(text.as_str());
            let outermost: BTreeSet<Found> = d
                .mentions()
                .iter()
                .filter(|m| m.parent().is_none())
                .map(|m| {
                    let number = d.entity_of(m).id().trim_start_matches("place:n");
                    (m.span().start, m.span().end, number.parse().unwrap_or(usize::MAX))
                })
                .collect();
            prop_assert_eq!(&outermost, &oracle(&text, &names), "\n{:?}\n{:?}", text, names);
        }
    }
}

#[test]
fn the_oracle_can_see() {
    // The oracle is code as well: a few answers that one can check by eye.
    let names: Vec<Name> = vec![vec!["Zuk"], vec!["Zuk", "Plim"], vec!["Plim", "Bluq", "Zuk"]];
    assert_eq!(oracle("Zuk Plim. Zuk", &names), BTreeSet::from([(0, 8, 1), (10, 13, 0)]));
    assert_eq!(oracle("Zuk, Plim", &names), BTreeSet::from([(0, 3, 0)]));
    // The longer one wins though it begins later.
    assert_eq!(oracle("Zuk Plim Bluq Zuk", &names), BTreeSet::from([(0, 3, 0), (4, 17, 2)]));
    assert_eq!(oracle("Zukka Doét", &names), BTreeSet::new());
}
