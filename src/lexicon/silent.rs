//! Words that nobody looks for: `và`, `của`, `tại`, `trên cơ sở` say something only beside a name, a title or a rule that asks
//! for them.
//!
//! Every sentence is full of them, so that they are not found, laid and passed over again like names. Their tokens carry a
//! number, by which the chart knows what they are at the moment at which somebody asks, and which phrases they can begin. So are
//! fields (`kinh tế`), which stand everywhere and count beside a role or a ministry.

use super::grammar::{Grammar, Symbols};
use super::interest::{Quiet, heads, opens};
use super::sign::SOUGHT;
use super::{Atom, Marks, NONE16, Runs, Spelled, Strength, Surface};
use crate::matcher::{MOST_HUSHED, fits_alone};
use crate::text::script::{Class, class};
use crate::text::tokens::Kind;
use crate::text::words::{CASES, MOST_SILENT, Words};
use std::collections::HashMap;

/// One of the things that a sign or a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Meaning {
    pub symbols: Symbols,
    pub languages: u8,
    /// What it counts, or 0.
    pub number: u8,
    /// The field that it stands for, or `NONE16`.
    pub portfolio: u16,
}

/// What a sign or a word of the grammar is.
#[derive(Debug, Default)]
pub(crate) struct Silent {
    /// The symbols of all that it is by itself.
    pub symbols: Symbols,
    /// Each of these, the last first.
    pub items: Vec<Meaning>,
    /// The number from 1 of the phrases that it can begin, or 0.
    pub phrases: u16,
    /// What the same word is where it begins none.
    pub alone: u16,
}

impl Marks {
    /// Symbols that somebody looks for through a whole text: what they stand for is laid wherever it stands.
    pub(crate) fn loud(&self, grammar: &Grammar) -> Symbols {
        self.sought() | grammar.stages.iter().fold(0, |all, s| all | s.first | 1 << s.makes)
    }

    /// Those of them that code looks for, whatever forms begin with.
    pub(super) fn sought(&self) -> Symbols {
        let kinds = self.person | self.title | self.ministry | self.organization | self.mechanism | self.agreement | self.initiative | self.place;
        let named = self.short | self.country | self.nationality | self.party | self.compound | self.sides | self.ministry_word;
        let roles = self.role_portfolio | self.role_country | self.role_organization | self.role_post | self.role_place | self.role_full | self.title_open;
        let heads = self.body_head | self.channel_head | self.text_head | self.scheme_head | self.family | self.body_word;
        let words = self.honorific
            | self.counterpart
            | self.delegation
            | self.helper
            | self.photo
            | self.pronoun
            | self.sign
            | self.office_tail
            | self.personnel
            | self.government_of
            | self.leaves_office
            | self.whole_word;
        kinds | named | roles | heads | words
    }

    /// Those with which only such forms begin as make something for others: in most texts nobody takes it.
    pub(super) fn parts(&self, grammar: &Grammar) -> Symbols {
        let first = |taken: bool| grammar.stages.iter().filter(|s| (1 << s.makes & self.taken() != 0) == taken).fold(0, |all, s| all | s.first);
        first(true) & !first(false) & !self.sought()
    }

    /// The symbols of what is made for other forms only.
    pub(super) fn taken(&self) -> Symbols {
        self.fields | self.rung
    }

    /// The symbols of a sign.
    pub(crate) fn sign(&self, kind: Kind) -> Symbols {
        match kind {
            Kind::Comma => self.comma,
            Kind::Dash => self.dash,
            Kind::Open => self.open,
            Kind::Close => self.close,
            Kind::Colon => self.colon,
            Kind::Slash => self.slash | self.dash,
            Kind::Possessive => self.possessive,
            Kind::Plus => self.plus,
            Kind::Number => self.number,
            _ => 0,
        }
    }
}

/// What a word is on its own, and the number of the phrases that it can begin.
type Said = (Vec<Meaning>, u16);

/// Numbers what is silent, and tells the words of it: the kinds, of which the signs come first, in their order; the surfaces that
/// are silent, ascending.
pub(super) fn silence(grammar: &Grammar, marks: &Marks, loud: Symbols, list: &[Surface], spelled: &Runs, words: &mut Words) -> (Vec<Silent>, Vec<u32>) {
    let mut kinds = vec![Silent::default()];
    // Where a form begins with a sign, signs are looked for as names are.
    let signs = Kind::SIGNS.map(|k| marks.sign(k));
    let silent = signs.iter().all(|s| s & loud == 0);
    let sign = |symbols| Silent { symbols, items: vec![Meaning { symbols, languages: 0, number: 0, portfolio: NONE16 }], ..Silent::default() };
    kinds.extend(signs.map(|symbols| if silent { sign(symbols) } else { Silent::default() }));
    let gathered = Gathered::of(grammar, marks, loud, list, spelled, words);
    let mut known: HashMap<Said, u16> = HashMap::from([((Vec::new(), 0), 0)]);
    let mut told = Vec::new();
    for w in &gathered.words {
        let mut number = |said: Said| {
            let next = kinds.len();
            *known.entry(said).or_insert_with_key(|(items, phrases)| {
                kinds.push(Silent { symbols: items.iter().fold(0, |all, i| all | i.symbols), items: items.clone(), phrases: *phrases, alone: 0 });
                next as u16
            })
        };
        let told_of = |flags: u8| {
            let item = |&i: &u32| {
                let s = &list[i as usize];
                let (symbols, number, portfolio) = match s.atom {
                    Atom::Word(symbol, number) => (1 << symbol, number, NONE16),
                    Atom::Portfolio(p) => (marks.portfolio, 0, p),
                    _ => return None,
                };
                let fits = fits_alone(s, spelled.words(s).first().map_or(0, |w| w.flags()), flags);
                fits.then_some(Meaning { symbols, languages: s.languages, number, portfolio })
            };
            let items: Vec<_> = w.single.iter().rev().filter_map(item).collect();
            (number((items.clone(), w.phrases)), number((items, 0)))
        };
        told.push((w.fine, CASES.map(told_of)));
    }
    // Sixteen bits hold more kinds of words than a grammar has.
    if kinds.len().max(told.len()) > MOST_SILENT {
        kinds.truncate(1 + Kind::SIGNS.len());
        return (kinds, Vec::new());
    }
    for (fine, cases) in told {
        cases.iter().for_each(|&(number, alone)| kinds[usize::from(number)].alone = alone);
        words.silence(fine, cases.map(|(number, _)| number));
    }
    (kinds, gathered.surfaces)
}

/// A fine form with what is silent of its names.
struct Word {
    fine: u32,
    /// Names of just this word, ascending.
    single: Vec<u32>,
    /// The number of the phrases that begin with it.
    phrases: u16,
}

/// All that is silent.
struct Gathered {
    words: Vec<Word>,
    surfaces: Vec<u32>,
}

impl Gathered {
    fn of(grammar: &Grammar, marks: &Marks, loud: Symbols, list: &[Surface], spelled: &Runs, words: &Words) -> Gathered {
        let begins = |symbols: Symbols| grammar.stages.iter().any(|s| s.first & symbols != 0);
        // Of the class `sign` only some are looked for, where no form begins with it, and few of those that open names.
        let (few, heads) = (!begins(marks.sign), heads(marks));
        let heads = if begins(heads) { 0 } else { heads };
        let latin = |w: &Spelled| words.spelling(w.fine()).chars().next().is_some_and(|c| class(c) == Class::Letter);
        let plain = |s: &Surface| s.strength == Strength::Strong && !s.is_loose() && spelled.words(s).first().is_some_and(latin);
        let parts = marks.parts(grammar);
        let silent = |s: &Surface| {
            let (symbol, number) = match s.atom {
                Atom::Word(symbol, number) => (symbol, number),
                Atom::Portfolio(_) => return marks.portfolio & parts != 0 && plain(s),
                _ => return false,
            };
            let sought = loud >> symbol & 1 == 1 && (marks.sign >> symbol & 1 == 0 || !few || SOUGHT.contains(&number));
            (!sought || opens(s, 1 << symbol & heads)) && plain(s)
        };
        let first = |i: &u32| spelled.words(&list[*i as usize]).first().map_or(0, |w| w.fine());
        let of_length = |fits: fn(usize) -> bool| (0..list.len() as u32).filter(move |&i| fits(list[i as usize].len()));
        let mut single: Vec<u32> = of_length(|n| n == 1).collect();
        single.sort_by_key(first);
        let quiet = Quiet::of(marks, loud, grammar);
        let mut surfaces = Vec::new();
        let mut of: HashMap<u32, Word> = HashMap::new();
        for same in single.chunk_by(|a, b| first(a) == first(b)) {
            // Quiet words are handed over before silent ones, the last first.
            let laid = |&i: &u32| !silent(&list[i as usize]) && quiet.has(&list[i as usize]);
            let before = same.iter().copied().find(laid).unwrap_or(u32::MAX);
            let single: Vec<u32> = same.iter().copied().filter(|&i| i < before && silent(&list[i as usize])).collect();
            surfaces.extend_from_slice(&single);
            if !single.is_empty() {
                of.insert(first(&same[0]), Word { fine: first(&same[0]), single, phrases: 0 });
            }
        }
        let longer: Vec<u32> = of_length(|n| n >= 2).collect();
        let coarse = |i: u32| spelled.words(&list[i as usize]).iter().map(|w| words.coarse(w.fine()));
        let mut groups = 0u16;
        for same in longer.chunk_by(|&a, &b| coarse(a).eq(coarse(b))) {
            // The matcher finds the names of the same words together, and knows of so many which are silent.
            for &i in same.iter().take(MOST_HUSHED).filter(|&&i| silent(&list[i as usize])) {
                if groups == u16::MAX {
                    break;
                }
                surfaces.push(i);
                let fine = first(&i);
                let word = of.entry(fine).or_insert_with(|| Word { fine, single: Vec::new(), phrases: 0 });
                if word.phrases == 0 {
                    groups += 1;
                    word.phrases = groups;
                }
            }
        }
        surfaces.sort_unstable();
        let mut words: Vec<Word> = of.into_values().collect();
        words.sort_unstable_by_key(|w| w.fine);
        Gathered { words, surfaces }
    }
}
