//! The same names in the same text, the ways that others have: what each finds, why they differ, and how long they take.

use super::names::{extractor, lower_names, name, prepare, raw};
use super::texts::{Made, assert_made, corpus, documents};
use super::{medians, seconds};
use aho_corasick::AhoCorasick;
use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use flashtext2::case_insensitive::KeywordProcessor;
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Range;
use thucthe::{Extractor, Worker};
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// A way to find names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    Matching,
    Whole,
    Raw,
    Naive,
    Daachorse,
    Flashtext,
    Regex,
}

/// All ways, in the order of the table.
pub const WAYS: [(Way, &str); 7] = [
    (Way::Matching, "thucthe, tokens and matching"),
    (Way::Whole, "thucthe, the whole extract"),
    (Way::Raw, "aho-corasick on prepared text"),
    (Way::Naive, "NFC, lower case, map, aho-corasick"),
    (Way::Daachorse, "daachorse charwise on prepared text"),
    (Way::Flashtext, "flashtext2, case-insensitive"),
    (Way::Regex, "regex alternation on prepared text"),
];

/// Why a way finds a name that was not written, or does not find one that was.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Why {
    /// Not found: it is written with the tone mark of the other style, and the way compares letters.
    Tone,
    /// Not found: it is decomposed, and the way takes no composition.
    Decomposed,
    /// Not found: it became part of a longer name, of the list or of the rules.
    Longer,
    /// Not found: the search took another of the list in its place, which begins or ends inside a word, and the way threw that away.
    Thrown,
    /// Found besides: a longer one of the list, begun or ended by words around it, or a part of one.
    Overlap,
    /// Found besides: a name of the list that the sentences hold by chance.
    Chance,
    /// Found besides: a name of the list inside a longer word.
    Inside,
}

impl Why {
    pub fn told(self) -> &'static str {
        match self {
            Why::Tone => "not found: the other tone style",
            Why::Decomposed => "not found: decomposed",
            Why::Longer => "not found: part of a longer name",
            Why::Thrown => "not found: one that ends inside a word was taken in its place, and thrown away",
            Why::Overlap => "besides: longer or shorter than what was written",
            Why::Chance => "besides: a listed name in the sentences",
            Why::Inside => "besides: inside a word",
        }
    }
}

/// What a way found of the names that were written, and for each kind of difference how often, with the first one.
#[derive(Default)]
pub struct Answers {
    pub found: usize,
    pub besides: usize,
    pub differences: BTreeMap<Why, (usize, String)>,
}

/// Every way over the same names.
pub struct Peers {
    names: usize,
    ours: Extractor,
    automaton: AhoCorasick,
    daachorse: CharwiseDoubleArrayAhoCorasick<u32>,
    flashtext: KeywordProcessor,
    regex: Regex,
    listed: HashSet<String>,
}

/// A document as given, and composed and in lower case.
pub struct Text {
    pub given: String,
    pub prepared: String,
}

impl Text {
    pub fn new(given: String) -> Text {
        Text { prepared: prepare(&given), given }
    }
}

impl Peers {
    pub fn new(names: usize) -> Peers {
        let lower = lower_names(names);
        let daachorse = CharwiseDoubleArrayAhoCorasickBuilder::new().match_kind(MatchKind::LeftmostLongest).build(&lower).expect("names build");
        let mut flashtext = KeywordProcessor::new();
        flashtext.add_keywords_from_iter((0..names).map(name));
        let mut longest_first = lower.clone();
        longest_first.sort_by_key(|n| std::cmp::Reverse(n.len()));
        let pattern = longest_first.iter().map(|n| regex::escape(n)).collect::<Vec<_>>().join("|");
        let regex = regex::RegexBuilder::new(&pattern).size_limit(1 << 30).build().expect("names build");
        Peers { names, ours: extractor(names), automaton: raw(&lower), daachorse, flashtext, regex, listed: lower.into_iter().collect() }
    }

    pub fn worker(&self) -> Worker {
        self.ours.worker()
    }

    /// How many hits a way has in a document. This is what is timed.
    pub fn count(&self, way: Way, worker: &mut Worker, text: &Text) -> usize {
        match way {
            Way::Matching => worker.matched(&text.given),
            Way::Whole => worker.extract(text.given.as_str()).mentions().len(),
            Way::Raw => self.automaton.find_iter(&text.prepared).count(),
            Way::Naive => naive(&self.automaton, &text.given).len(),
            Way::Daachorse => self.daachorse.leftmost_find_iter(&text.prepared).count(),
            Way::Flashtext => self.flashtext.extract_keywords(&text.given).count(),
            Way::Regex => self.regex.find_iter(&text.prepared).count(),
        }
    }

    /// The listed names that a way finds, by their places in the text that it searches.
    fn hits(&self, way: Way, text: &Text) -> BTreeSet<(usize, usize)> {
        match way {
            Way::Matching | Way::Whole => {
                let document = self.ours.extract(text.given.as_str());
                let listed = document.mentions().iter().filter(|m| document.entity_of(m).is_known());
                listed.map(|m| (m.span().start, m.span().end)).collect()
            }
            Way::Raw => self.automaton.find_iter(&text.prepared).map(|m| (m.start(), m.end())).collect(),
            Way::Naive => naive(&self.automaton, &text.given).into_iter().collect(),
            Way::Daachorse => self.daachorse.leftmost_find_iter(&text.prepared).map(|m| (m.start(), m.end())).collect(),
            Way::Flashtext => self.flashtext.extract_keywords_with_span(&text.given).map(|(_, a, b)| (a, b)).collect(),
            Way::Regex => self.regex.find_iter(&text.prepared).map(|m| (m.start(), m.end())).collect(),
        }
    }

    /// What each way finds in made documents. Every difference is of a kind that is known.
    pub fn answers(&self, made: &[Made]) -> Vec<Answers> {
        assert_made(made);
        let mut out: Vec<Answers> = WAYS.iter().map(|_| Answers::default()).collect();
        for d in made {
            let text = Text::new(d.text.clone());
            let given: BTreeMap<(usize, usize), usize> = d.names.iter().map(|&(i, a, b)| ((a, b), i)).collect();
            let place = |at: usize| prepare(&d.text[..at]).len();
            let prepared: BTreeMap<(usize, usize), usize> = d.names.iter().map(|&(i, a, b)| ((place(a), place(b)), i)).collect();
            for ((way, _), answers) in WAYS.iter().zip(&mut out) {
                let (searched, written) = match way {
                    Way::Raw | Way::Daachorse | Way::Regex => (&text.prepared, &prepared),
                    _ => (&text.given, &given),
                };
                self.compare(*way, searched, written, &self.hits(*way, &text), answers);
            }
        }
        let total: usize = made.iter().map(|d| d.names.len()).sum();
        let of = |way: Way| &out[WAYS.iter().position(|w| w.0 == way).expect("listed")];
        // A few become part of a longer name: `Chương trình Pelican …` is a programme.
        assert!(of(Way::Whole).found * 100 >= total * 99, "{} of {total}: the names that were written into the text are found", of(Way::Whole).found);
        for way in [Way::Daachorse, Way::Regex] {
            assert_eq!((of(way).found, of(way).besides), (of(Way::Raw).found, of(Way::Raw).besides), "{way:?} finds what the automaton finds");
        }
        assert!(of(Way::Raw).found > total * 3 / 4);
        out
    }

    /// Adds what a way found in one document.
    fn compare(&self, way: Way, text: &str, written: &BTreeMap<(usize, usize), usize>, hits: &BTreeSet<(usize, usize)>, answers: &mut Answers) {
        let crosses = |a: Range<usize>, b: &(usize, usize)| a.start < b.1 && b.0 < a.end;
        let mut differ = |why: Why, what: &str| answers.differences.entry(why).or_insert_with(|| (0, what.to_string())).0 += 1;
        for (&(a, b), &i) in written {
            let what = &text[a..b];
            if hits.contains(&(a, b)) {
                answers.found += 1;
            } else if matches!(way, Way::Matching | Way::Whole) {
                // A mention that no list holds has it inside: the rules found it.
                let document = self.ours.extract(text);
                let longer = document.mentions().iter().any(|m| m.span().start <= a && b <= m.span().end || crosses(a..b, &(m.span().start, m.span().end)));
                assert!(longer, "{way:?} does not find {what}, and nothing longer");
                differ(Why::Longer, what);
            } else if prepare(what) != prepare(&name(i)) {
                differ(Why::Tone, what);
            } else if way == Way::Flashtext && !is_nfc(what) {
                differ(Why::Decomposed, what);
            } else if hits.iter().any(|h| crosses(a..b, h)) {
                differ(Why::Longer, what);
            } else {
                let [from, to] = [a, b].map(|at| prepare(&text[..at]).len());
                let thrown = way == Way::Naive && self.automaton.find_iter(&prepare(text)).any(|m| crosses(from..to, &(m.start(), m.end())));
                assert!(thrown, "{way:?} does not find {what}");
                differ(Why::Thrown, what);
            }
        }
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        for &(a, b) in hits.iter().filter(|h| !written.contains_key(h)) {
            let what = &text[a..b];
            answers.besides += 1;
            if written.keys().any(|w| crosses(a..b, w)) {
                differ(Why::Overlap, what);
            } else if letter(text[..a].chars().next_back()) || letter(text[b..].chars().next()) {
                differ(Why::Inside, what);
            } else {
                assert!(matches!(way, Way::Matching | Way::Whole) || self.listed.contains(&prepare(what)), "{way:?} finds {what}, which is no name");
                differ(Why::Chance, what);
            }
        }
    }

    /// The text to measure on, with what it is: the [corpus], in documents.
    pub fn corpus(&self, bytes: usize) -> (String, Vec<Text>) {
        let (text, docs) = corpus(self.names, bytes);
        (format!("{text}, {} documents", docs.len()), docs.into_iter().map(Text::new).collect())
    }

    /// The median of the seconds that each way takes, in turns.
    pub fn times(&self, docs: &[Text], rounds: usize) -> Vec<f64> {
        let way = |way: Way| {
            let mut worker = self.worker();
            move || seconds(|| docs.iter().map(|d| self.count(way, &mut worker, d)).sum::<usize>())
        };
        let mut ways = WAYS.map(|(w, _)| way(w));
        let mut ways: Vec<&mut dyn FnMut() -> f64> = ways.iter_mut().map(|w| w as &mut dyn FnMut() -> f64).collect();
        medians(rounds, &mut ways)
    }
}

/// Documents with known names to ask for.
pub fn made(names: usize, bytes: usize) -> Vec<Made> {
    documents(names, bytes)
}

/// Composes and lowers a text and keeps for each byte where it came from, then searches: the way of most programs.
fn naive(automaton: &AhoCorasick, text: &str) -> Vec<(usize, usize)> {
    let mut hits = Vec::new();
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
    hits
}
