//! The rules of `grammar.toml`, compiled: symbols as bits, the forms of one product as a trie.

use super::marks::SYMBOLIC;
use crate::gazetteer::record::{At, Text};
use crate::kind::Language;
use std::collections::HashMap;

/// A set of symbols.
pub(crate) type Symbols = u128;

/// Which place of a phrase a part fills.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    /// Its own, by what it is.
    Own,
    /// Where an ambassador serves.
    Target,
    /// A side of a mechanism.
    Party,
    /// It gives the phrase its country and nothing else: `Tổng Tham mưu trưởng Quân đội nhân dân Lào`.
    Country,
    /// It tells of the phrase, but stands before it and is no part of it: `Japanese` in `Japanese Prime Minister`.
    Before,
}

/// One part of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub symbol: u8,
    /// Bit set of languages; 0 is any.
    pub languages: u8,
    pub slot: Slot,
}

/// A part, and the node behind it.
#[derive(Debug)]
pub(crate) struct Edge {
    pub part: Part,
    /// The bit of its symbol.
    pub bit: Symbols,
    pub next: u32,
}

/// A node of the trie of forms.
#[derive(Debug, Default)]
pub(crate) struct Node {
    pub edges: Vec<Edge>,
    /// Symbols that an edge asks for.
    pub wanted: Symbols,
    /// Number of the form that ends here.
    pub accept: Option<u32>,
    /// For each set of languages the edges that do not ask for others, as bits.
    by_languages: [u64; 1 << Language::ALL.len()],
}

/// The most edges of a node.
const MAX_EDGES: usize = u64::BITS as usize;

impl Node {
    /// The edges that something in these languages can take, as bits.
    #[inline]
    pub(crate) fn ways(&self, languages: u8) -> u64 {
        self.by_languages[usize::from(languages) % self.by_languages.len()]
    }

    /// Those among some edges that ask for one of the symbols, in their order.
    #[inline]
    pub(crate) fn edges_among(&self, mut ways: u64, symbols: Symbols) -> impl Iterator<Item = &Edge> {
        std::iter::from_fn(move || {
            let edge = self.edges.get(ways.trailing_zeros() as usize)?;
            ways &= ways - 1;
            Some(edge)
        })
        .filter(move |e| symbols & e.bit != 0)
    }

    /// Adds an edge for a part; nothing where there are too many.
    pub(crate) fn add(&mut self, part: Part, next: u32) -> Option<()> {
        let way = 1 << Some(self.edges.len()).filter(|&n| n < MAX_EDGES)?;
        let bit = 1 << part.symbol;
        self.edges.push(Edge { part, bit, next });
        self.wanted |= bit;
        for (languages, ways) in (0..).zip(&mut self.by_languages) {
            if part.languages == 0 || languages == 0 || part.languages & languages != 0 {
                *ways |= way;
            }
        }
        Some(())
    }
}

/// The forms that make one thing.
#[derive(Debug)]
pub(crate) struct Stage {
    pub makes: u8,
    pub nodes: Vec<Node>,
    /// Symbols that a form can begin with.
    pub first: Symbols,
}

/// Names of symbols, and the stages in their order.
#[derive(Debug, Default)]
pub(crate) struct Grammar {
    pub names: HashMap<String, u8>,
    pub stages: Vec<Stage>,
    /// The forms as they are written, by their numbers.
    pub forms: Vec<(Text, At)>,
}

/// The most symbols there can be.
pub(crate) const MAX_SYMBOLS: usize = 128;

impl Grammar {
    /// The number of a symbol, given anew where it has none. `None` when there are too many.
    pub(crate) fn symbol(&mut self, name: &str) -> Option<u8> {
        if let Some(&s) = self.names.get(name) {
            return Some(s);
        }
        // What code asks for has its own number; all else has those behind.
        let own = SYMBOLIC.iter().position(|s| *s == name);
        let number = own.unwrap_or_else(|| SYMBOLIC.len() + self.names.values().filter(|&&s| usize::from(s) >= SYMBOLIC.len()).count());
        (number < MAX_SYMBOLS).then(|| {
            self.names.insert(name.to_string(), number as u8);
            number as u8
        })
    }

    /// The bit of a symbol; no bit where nothing has that name.
    pub(crate) fn bit(&self, name: &str) -> Symbols {
        self.names.get(name).map_or(0, |&s| 1 << s)
    }

    /// Adds one form: its optional parts are written out.
    pub(crate) fn add(&mut self, makes: u8, form: &str, at: At) -> Result<(), String> {
        let parts = self.parse(form)?;
        let optional: Vec<usize> = parts.iter().enumerate().filter(|(_, p)| p.1).map(|(i, _)| i).collect();
        if optional.len() > 6 {
            return Err("more than six optional parts".into());
        }
        let stage = match self.stages.iter().position(|s| s.makes == makes) {
            Some(i) => i,
            None => {
                self.stages.push(Stage { makes, nodes: vec![Node::default()], first: 0 });
                self.stages.len() - 1
            }
        };
        let number = self.forms.len() as u32;
        self.forms.push((form.to_string().into(), at));
        for mask in 0..1u32 << optional.len() {
            let left_out = |i: usize| optional.iter().position(|&o| o == i).is_some_and(|bit| mask >> bit & 1 == 1);
            let chosen: Vec<Part> = parts.iter().enumerate().filter(|(i, _)| !left_out(*i)).map(|(_, p)| p.0).collect();
            if chosen.is_empty() {
                return Err("every part is optional".into());
            }
            self.stages[stage].insert(&chosen, number)?;
        }
        Ok(())
    }

    fn parse(&self, form: &str) -> Result<Vec<(Part, bool)>, String> {
        let mut out = Vec::new();
        for word in form.split_whitespace() {
            let optional = word.starts_with('[') && word.ends_with(']');
            let word = word.trim_matches(['[', ']']);
            let (word, slot) = match word.split_once(':') {
                None => (word, Slot::Own),
                Some((w, "target")) => (w, Slot::Target),
                Some((w, "party")) => (w, Slot::Party),
                Some((w, "country")) => (w, Slot::Country),
                Some((w, "before")) => (w, Slot::Before),
                Some((_, s)) => return Err(format!("no place is called `{s}`")),
            };
            let (name, languages) = match word.split_once('@') {
                None => (word, 0),
                Some((n, l)) => (n, 1u8 << l.parse::<Language>().map_err(|_| format!("no language `{l}`"))? as u8),
            };
            let symbol = *self.names.get(name).ok_or_else(|| format!("nothing is called `{name}`"))?;
            out.push((Part { symbol, languages, slot }, optional));
        }
        if out.is_empty() { Err("an empty form".into()) } else { Ok(out) }
    }
}

impl Stage {
    fn insert(&mut self, parts: &[Part], form: u32) -> Result<(), String> {
        self.first |= 1 << parts[0].symbol;
        let mut at = 0usize;
        for &p in parts {
            let next = self.nodes[at].edges.iter().find(|e| e.part == p).map(|e| e.next);
            at = match next {
                Some(n) => n as usize,
                None => {
                    let n = self.nodes.len();
                    self.nodes.push(Node::default());
                    self.nodes[at].add(p, n as u32).ok_or("too many forms that go on differently")?;
                    n
                }
            };
        }
        self.nodes[at].accept.get_or_insert(form);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn optional_parts_are_written_out() {
        let mut g = Grammar::default();
        let makes = g.symbol("title").unwrap();
        for s in ["role", "of", "country"] {
            g.symbol(s).unwrap();
        }
        g.add(makes, "role [of] country@vi:target", At::default()).unwrap();
        let stage = &g.stages[0];
        assert_eq!(stage.first, g.bit("role"));
        assert_eq!(stage.nodes.iter().filter(|n| n.accept == Some(0)).count(), 2);
        assert!(g.add(makes, "role tea", At::default()).is_err());
        assert!(g.add(makes, "[role]", At::default()).is_err());
        assert!(g.add(makes, "role@xx", At::default()).is_err());
    }
}
