//! The same names in the same text, the ways that others have.

use super::{corpus, documents, extractor, lower_names, medians, name, prepare, raw, seconds};
use aho_corasick::AhoCorasick;
use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use std::collections::BTreeSet;
use std::hint::black_box;
use unicode_normalization::UnicodeNormalization;

/// Time of a way against raw, and how many of the names that stand in the text it finds; what it marks besides.
pub struct Row {
    pub way: &'static str,
    pub seconds: f64,
    pub found: usize,
    pub besides: usize,
}

/// Composes and lowers a text and keeps for each byte where it came from, then searches: the way of most programs.
fn naive(automaton: &AhoCorasick, text: &str, hits: &mut Vec<(usize, usize)>) {
    let (mut lowered, mut from) = (String::with_capacity(text.len()), Vec::with_capacity(text.len()));
    let mut at = 0;
    // Letters with their marks, which compose with nothing outside.
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let len =
            rest[first.len_utf8()..].find(|c| unicode_normalization::char::canonical_combining_class(c) == 0).map_or(rest.len(), |n| n + first.len_utf8());
        for c in rest[..len].nfc().flat_map(char::to_lowercase) {
            let before = lowered.len();
            lowered.push(c);
            from.extend((before..lowered.len()).map(|_| at as u32));
        }
        at += len;
        rest = &rest[len..];
    }
    from.push(at as u32);
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    for m in automaton.find_iter(&lowered) {
        if !letter(lowered[..m.start()].chars().next_back()) && !letter(lowered[m.end()..].chars().next()) {
            hits.push((from[m.start()] as usize, from[m.end()] as usize));
        }
    }
}

/// Asks every way for its answers on documents with known names, then measures it on the [corpus]. What the corpus is, how many names
/// were known, and the ways.
pub fn measure(names: usize, bytes: usize, rounds: usize) -> (String, usize, Vec<Row>) {
    let made = documents(names, bytes);
    let prepared: Vec<String> = made.iter().map(|d| prepare(&d.text)).collect();
    let total: usize = made.iter().map(|d| d.names.len()).sum();
    let lower = lower_names(names);
    let ours = extractor(names);
    let automaton = raw(&lower);
    let daachorse: CharwiseDoubleArrayAhoCorasick<u32> =
        CharwiseDoubleArrayAhoCorasickBuilder::new().match_kind(MatchKind::LeftmostLongest).build(&lower).expect("names build");
    let mut flashtext = flashtext2::case_insensitive::KeywordProcessor::new();
    flashtext.add_keywords_from_iter((0..names).map(name));
    let mut longest_first = lower.clone();
    longest_first.sort_by_key(|n| std::cmp::Reverse(n.len()));
    let pattern = longest_first.iter().map(|n| regex::escape(n)).collect::<Vec<_>>().join("|");
    let regex = regex::RegexBuilder::new(&pattern).size_limit(1 << 30).build().expect("names build");

    // Answers first. A name that a way finds is counted by its place in the text that the way was given.
    let places = |text: &str, d: &super::Made, all: bool| -> BTreeSet<(usize, usize)> {
        let prefix = |at: usize| if all { at } else { prepare(&d.text[..at]).len() };
        debug_assert!(prefix(0) <= text.len());
        d.names.iter().map(|&(_, a, b)| (prefix(a), prefix(b))).collect()
    };
    let mut counts = [(0usize, 0usize); 6];
    for (d, p) in made.iter().zip(&prepared) {
        let (own, theirs) = (places(&d.text, d, true), places(p, d, false));
        let mut count = |way: usize, true_places: &BTreeSet<(usize, usize)>, hits: BTreeSet<(usize, usize)>| {
            counts[way].0 += hits.intersection(true_places).count();
            counts[way].1 += hits.difference(true_places).count();
        };
        let document = ours.extract(d.text.as_str());
        let listed = document.mentions().iter().filter(|m| document.entity_of(m).is_known()).map(|m| (m.span().start, m.span().end));
        count(0, &own, listed.collect());
        count(1, &theirs, automaton.find_iter(p).map(|m| (m.start(), m.end())).collect());
        let mut hits = Vec::new();
        naive(&automaton, &d.text, &mut hits);
        count(2, &own, hits.into_iter().collect());
        count(3, &theirs, daachorse.leftmost_find_iter(p).map(|m| (m.start(), m.end())).collect());
        count(4, &own, flashtext.extract_keywords_with_span(&d.text).map(|(_, a, b)| (a, b)).collect());
        count(5, &theirs, regex.find_iter(p).map(|m| (m.start(), m.end())).collect());
    }
    // A few become part of a longer name: `Chương trình Pelican …` is a programme.
    assert!(counts[0].0 * 100 >= total * 99, "{counts:?}: the names that were written into the text are found");
    assert!(counts[1].0 > total * 3 / 4 && counts[3] == counts[1] && counts[5] == counts[1], "{counts:?} of {total}");

    let (text, docs) = corpus(names, bytes);
    let prepared: Vec<String> = docs.iter().map(|d| prepare(d)).collect();
    let mut worker = ours.worker();
    let mut matching = || seconds(|| docs.iter().map(|d| worker.matched(d)).sum::<usize>());
    let mut whole_worker = ours.worker();
    let mut whole = || seconds(|| docs.iter().map(|d| whole_worker.extract(d.as_str()).mentions().len()).sum::<usize>());
    let mut raw_way = || seconds(|| prepared.iter().map(|p| automaton.find_iter(p).count()).sum::<usize>());
    let mut naive_way = || {
        seconds(|| {
            for d in &docs {
                let mut hits = Vec::new();
                naive(&automaton, d, &mut hits);
                black_box(hits);
            }
        })
    };
    let mut daachorse_way = || seconds(|| prepared.iter().map(|p| daachorse.leftmost_find_iter(p).count()).sum::<usize>());
    let mut flashtext_way = || seconds(|| docs.iter().map(|d| flashtext.extract_keywords(d).count()).sum::<usize>());
    let mut regex_way = || seconds(|| prepared.iter().map(|p| regex.find_iter(p).count()).sum::<usize>());
    let times = medians(rounds, &mut [&mut matching, &mut whole, &mut raw_way, &mut naive_way, &mut daachorse_way, &mut flashtext_way, &mut regex_way]);
    let ways = [
        ("thucthe, tokens and matching", 0),
        ("thucthe, the whole extract", 0),
        ("aho-corasick on prepared text", 1),
        ("NFC, lower case, map, aho-corasick", 2),
        ("daachorse charwise on prepared text", 3),
        ("flashtext2, case-insensitive", 4),
        ("regex alternation on prepared text", 5),
    ];
    let rows = ways.iter().zip(times).map(|(&(way, c), seconds)| Row { way, seconds, found: counts[c].0, besides: counts[c].1 }).collect();
    (format!("{text}, {} documents", docs.len()), total, rows)
}
