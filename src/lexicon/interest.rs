//! Who looks for what through a whole text, by shape: where names may open and forms begin, and which words nobody looks for.

use super::grammar::{Grammar, MAX_SYMBOLS, Stage, Symbols};
use super::shape::Shapes;
use super::{Atom, Marks, Surface, sign};
use crate::kind::Language;
use crate::text::bits::ones;

/// Sets of tokens that somebody asks for: where a word begins that can open a name which no list holds, ...
pub(crate) const HEADS: usize = 0;
/// ... and where a short form of somebody does.
pub(crate) const SHORTS: usize = 1;

/// What is asked of the shapes of a lexicon.
#[derive(Debug, Default)]
pub(crate) struct Interests {
    /// By [`Shape`](super::shape::Shape).
    pub of: Vec<Interest>,
    /// The sets that something can be in, as bits.
    pub sets: u64,
    /// For each stage of the grammar.
    pub openings: Vec<Openings>,
    /// What a part of a form adds to a phrase, by its symbol: bits of [`adds`].
    pub adds: Vec<u8>,
}

/// What is asked of one shape.
#[derive(Debug)]
pub(crate) struct Interest {
    pub symbols: Symbols,
    /// The sets of tokens in which it is, as bits.
    pub sets: u64,
    /// Nobody looks for such words through a whole text, but only for what stands at a token. Most that are found are such.
    pub quiet: bool,
}

/// Which words are [quiet](Interest).
pub(super) struct Quiet {
    loud: Symbols,
    sign: Symbols,
    sought: u64,
    heads: Symbols,
    short: Symbols,
    /// See [`Marks::parts`].
    parts: Symbols,
}

impl Quiet {
    pub(super) fn of(m: &Marks, loud: Symbols, grammar: &Grammar) -> Quiet {
        let asked = grammar.stages.iter().flat_map(|s| &s.nodes).any(|n| n.wanted & m.short != 0);
        Quiet {
            loud,
            sign: m.sign,
            sought: sign::SOUGHT.iter().fold(0, |all, number| all | 1 << number),
            heads: heads(m),
            // There are hundreds of people of one family name.
            short: if asked { 0 } else { m.short },
            parts: m.parts(grammar),
        }
    }

    /// Whether all words with a symbol are.
    pub(super) fn all(&self, symbol: Symbols) -> bool {
        self.unsought(symbol) || symbol & self.parts != 0
    }

    /// Whether all are, and no form begins with them.
    fn unsought(&self, symbol: Symbols) -> bool {
        symbol & (!self.loud | self.short) != 0
    }

    /// Whether some words with a symbol are, and others are not.
    pub(super) fn varies(&self, symbol: Symbols) -> bool {
        !self.all(symbol) && symbol & (self.sign | self.heads) != 0
    }

    /// Whether a surface is one, and no form begins with it.
    pub(super) fn has(&self, s: &Surface) -> bool {
        match s.atom {
            Atom::Word(symbol, _) => self.unsought(1 << symbol) || self.is(s, 1 << symbol),
            Atom::Short(_) => self.unsought(self.short),
            _ => false,
        }
    }

    /// Whether a word with such a symbol is.
    pub(super) fn is(&self, s: &Surface, symbol: Symbols) -> bool {
        let number = if let Atom::Word(_, number) = s.atom { number } else { 0 };
        symbol & self.sign != 0 && self.sought >> (number % 64) & 1 == 0 || opens(s, symbol & self.heads)
    }
}

/// Words that can open a name which no list holds.
pub(crate) fn heads(m: &Marks) -> Symbols {
    m.body_head | m.channel_head | m.text_head | m.scheme_head
}

/// Whether a word with such a symbol of [`heads`] is one that is looked for by its tokens alone: in Vietnamese they all are.
pub(crate) fn opens(s: &Surface, symbol: Symbols) -> bool {
    symbol != 0 && s.languages & !(1 << Language::Vi as u8) == 0
}

/// What parts add to a phrase.
pub(crate) mod adds {
    /// A word of the grammar: nothing.
    pub(crate) const NOTHING: u8 = 1;
    /// Fields or a rung: nothing, whatever they say.
    pub(crate) const FIELDS: u8 = 2;
    pub(crate) const ORGANIZATION: u8 = 4;
    pub(crate) const MECHANISM: u8 = 8;
    pub(crate) const MINISTRY: u8 = 16;
    /// A country, or any place.
    pub(crate) const COUNTRY: u8 = 32;
    /// A place, as far as it is no country by its name.
    pub(crate) const PLACE: u8 = 64;
    pub(crate) const PORTFOLIO: u8 = 128;
}

fn adds(m: &Marks, grammar: &Grammar, symbol: Symbols) -> u8 {
    let made = grammar.stages.iter().fold(0, |all, s| all | 1 << s.makes);
    let kinds = m.person | m.title | m.ministry | m.organization | m.mechanism | m.agreement | m.initiative | m.place;
    let named = m.short | m.country | m.nationality | m.party | m.compound | m.locality | m.title_open | m.ministry_word | m.portfolio;
    let roles = m.role_portfolio | m.role_country | m.role_organization | m.role_post | m.role_place | m.role_army | m.role_full;
    let says = made | kinds | named | roles | m.family | m.body_word | m.sides | m.taken();
    [
        (!says, adds::NOTHING),
        (m.taken(), adds::FIELDS),
        (m.organization, adds::ORGANIZATION),
        (m.mechanism, adds::MECHANISM),
        (m.ministry, adds::MINISTRY),
        (m.country | m.place | m.locality, adds::COUNTRY),
        (m.place | m.locality, adds::PLACE),
        (m.portfolio, adds::PORTFOLIO),
    ]
    .into_iter()
    .filter(|(of, _)| of & symbol != 0)
    .fold(0, |all, (_, bit)| all | bit)
}

/// The symbols for which all forms ask that take what is made.
fn beside(grammar: &Grammar, made: Symbols) -> Symbols {
    let mut common = Symbols::MAX;
    for stage in &grammar.stages {
        // Each node comes behind the one that leads to it.
        let mut paths = vec![0; stage.nodes.len()];
        for (n, node) in stage.nodes.iter().enumerate() {
            let path = paths[n];
            if node.accept.is_some() && path & made != 0 {
                common &= path & !made;
            }
            node.edges.iter().for_each(|e| paths[e.next as usize] = path | e.bit);
        }
    }
    common
}

/// How the forms of a stage begin.
#[derive(Debug)]
pub(crate) struct Openings {
    /// By shape.
    pub of: Vec<Opening>,
    /// The symbols of quiet words that one can begin with, ...
    pub quiet: Symbols,
    /// ... and all others.
    pub first: Symbols,
    /// Only forms take what it makes, and all of these ask for something with each of these symbols too, which is no phrase itself.
    pub asked: Option<Symbols>,
}

/// How the forms of a stage begin with one shape.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Opening {
    /// Edges of the first node, as bits; how many of them something in some languages can take.
    pub ways: u64,
    pub count: [u8; 1 << Language::ALL.len()],
    /// Symbols one of which must follow, unless a form is complete.
    pub ahead: Symbols,
    pub complete: bool,
}

impl Interests {
    pub(super) fn of(m: &Marks, grammar: &Grammar, shapes: &Shapes, quiet: &Quiet) -> Interests {
        let of = |(symbols, quiet): (Symbols, bool)| {
            let sets = [(HEADS, heads(m)), (SHORTS, m.short)].into_iter().filter(|(_, set)| set & symbols != 0).fold(0, |all, (n, _)| all | 1 << n);
            Interest { symbols, sets, quiet }
        };
        let of: Vec<Interest> = shapes.all(quiet).map(of).collect();
        let sets = of.iter().fold(0, |all, i| all | i.sets);
        let first = |s: &Stage, quiet: bool| of.iter().filter(|i| i.quiet == quiet).fold(0, |all, i| all | i.symbols & s.first);
        // What is on the chart as soon as the names and words of a text are.
        let laid = (0..MAX_SYMBOLS).map(|symbol| 1 << symbol).filter(|&symbol| m.sought() & symbol != 0 && !quiet.all(symbol) && !quiet.varies(symbol));
        let laid = laid.fold(0, |all, symbol| all | symbol) & !grammar.stages.iter().fold(0, |all, s| all | 1 << s.makes);
        let openings = |s: &Stage| Openings {
            of: of.iter().map(|i| Opening::of(s, i.symbols)).collect(),
            quiet: first(s, true),
            first: first(s, false),
            asked: Some(1 << s.makes).filter(|made| made & m.taken() != 0).map(|made| beside(grammar, made) & laid).filter(|&asked| asked != 0),
        };
        let adds = (0..MAX_SYMBOLS).map(|symbol| adds(m, grammar, 1 << symbol)).collect();
        Interests { sets, openings: grammar.stages.iter().map(openings).collect(), adds, of }
    }
}

/// Hands over some symbols, by their numbers.
#[inline]
pub(crate) fn each(symbols: Symbols, mut take: impl FnMut(usize)) {
    for (first, half) in [(0, symbols as u64), (1, (symbols >> u64::BITS) as u64)] {
        ones(first, half).for_each(&mut take);
    }
}

impl Opening {
    fn of(stage: &Stage, symbols: Symbols) -> Opening {
        let (mut out, first) = (Opening::default(), &stage.nodes[0]);
        for (way, edge) in first.edges.iter().enumerate().filter(|(_, e)| e.bit & symbols != 0) {
            let next = &stage.nodes[edge.next as usize];
            out.ways |= 1 << way;
            for (languages, count) in (0..).zip(&mut out.count) {
                *count += u8::from(first.ways(languages) >> way & 1 == 1);
            }
            out.ahead |= next.wanted;
            out.complete |= next.accept.is_some();
        }
        out
    }
}
