//! Words that nobody looks for: `và`, `của`, `tại` say something only beside a name, a title or a rule that asks for them.
//!
//! Every sentence is full of them, so that they are not found, laid and passed over again like names. Their tokens carry a
//! number, by which the chart knows what they are at the moment at which somebody asks.

use super::grammar::{Grammar, Symbols};
use super::sign::SOUGHT;
use super::{Atom, Case, Marks, Runs, Strength, Surface};
use crate::text::tokens::Kind;
use crate::text::words::Words;
use std::collections::HashMap;

/// What a sign or a word of the grammar is.
#[derive(Debug, Default)]
pub(crate) struct Silent {
    /// The symbols of all that it is.
    pub symbols: Symbols,
    /// Each with its languages and with what it counts, the last first.
    pub items: Vec<(Symbols, u8, u8)>,
}

impl Marks {
    /// Symbols that somebody looks for through a whole text: what they stand for is laid wherever it stands.
    pub(crate) fn loud(&self, grammar: &Grammar) -> Symbols {
        let began = grammar.stages.iter().fold(0, |all, s| all | s.first | 1 << s.makes);
        let kinds = self.person | self.title | self.ministry | self.organization | self.mechanism | self.agreement | self.initiative | self.place;
        let named = self.short | self.country | self.nationality | self.party | self.compound | self.sides | self.ministry_word | self.portfolio;
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
        began | kinds | named | roles | heads | words
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

/// Numbers what is silent, and tells the words of it. The signs come first, in their order.
pub(super) fn silence(grammar: &Grammar, marks: &Marks, loud: Symbols, list: &[Surface], spelled: &Runs, words: &mut Words) -> Vec<Silent> {
    let signs = Kind::SIGNS.map(|k| marks.sign(k));
    let mut out = vec![Silent::default()];
    // Where a form begins with a sign, signs are looked for as names are.
    let silent = signs.iter().all(|s| s & loud == 0);
    out.extend(signs.map(|symbols| if silent { Silent { symbols, items: vec![(symbols, 0, 0)] } } else { Silent::default() }));
    let mut single: Vec<(u32, u32)> = (0u32..).zip(list).filter_map(|(i, s)| Some((spelled.words(s).first().filter(|_| s.len() == 1)?.fine(), i))).collect();
    single.sort_unstable();
    // Of the class `sign` only some are looked for, where no form begins with it.
    let few = grammar.stages.iter().all(|s| s.first & marks.sign == 0);
    let mut known: HashMap<Vec<(Symbols, u8, u8)>, u16> = HashMap::new();
    for group in single.chunk_by(|a, b| a.0 == b.0) {
        let item = |&(_, i): &(u32, u32)| {
            let s = &list[i as usize];
            let Atom::Word(symbol, number) = s.atom else { return None };
            let sought = loud >> symbol & 1 == 1 && (marks.sign >> symbol & 1 == 0 || !few || SOUGHT.contains(&number));
            let plain = s.case() == Case::Any && s.strength == Strength::Strong && !sought;
            plain.then_some((1 << symbol, s.languages, number))
        };
        let Some(items) = group.iter().rev().map(item).collect::<Option<Vec<_>>>() else { continue };
        let next = out.len();
        let number = *known.entry(items).or_insert_with_key(|items| {
            out.push(Silent { symbols: items.iter().fold(0, |all, i| all | i.0), items: items.clone() });
            next as u16
        });
        // Sixteen bits hold more kinds of words than a grammar has.
        if next < usize::from(u16::MAX) {
            words.silence(group[0].0, number);
        }
    }
    out
}
