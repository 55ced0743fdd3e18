//! Who looks for what through a whole text, by shape: where names may open and forms begin, and which words nobody looks for.

use super::grammar::{Grammar, Stage, Symbols};
use super::shape::Shapes;
use super::{Marks, sign};
use crate::kind::Language;
use crate::text::bits::ones;

/// Sets of tokens that somebody asks for: where the forms of a stage can begin, by its number, as far as there are enough, ...
pub(crate) const STAGES: usize = u64::BITS as usize - 2;
/// ... where a word begins that can open a name which no list holds, ...
pub(crate) const HEADS: usize = STAGES;
/// ... and where a short form of somebody does.
pub(crate) const SHORTS: usize = STAGES + 1;

/// What is asked of the shapes of a lexicon.
#[derive(Debug, Default)]
pub(crate) struct Interests {
    /// By [`Shape`](super::shape::Shape).
    pub of: Vec<Interest>,
    /// The sets that something can be in, as bits.
    pub sets: u64,
    /// For each stage of the grammar its openings, by shape.
    pub openings: Vec<Vec<Opening>>,
}

/// What is asked of one shape.
#[derive(Debug)]
pub(crate) struct Interest {
    pub symbols: Symbols,
    /// Which of its words are quiet, by their numbers, as bits, and by their languages: nobody looks for these, but only for what
    /// stands at a token. Most that are found are such words.
    quiet: u64,
    languages: u8,
    /// The sets of tokens in which it is, as bits.
    pub sets: u64,
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
    pub(super) fn of(m: &Marks, loud: Symbols, grammar: &Grammar, shapes: &Shapes) -> Interests {
        let sought = sign::SOUGHT.iter().fold(0u64, |all, number| all | 1 << number);
        let heads = m.body_head | m.channel_head | m.text_head | m.scheme_head;
        let of = |symbols: Symbols| {
            // Words have one symbol.
            let (quiet, languages) = match symbols {
                s if !s.is_power_of_two() => (0, 0),
                s if s & loud == 0 => (u64::MAX, u8::MAX),
                s if s & m.sign != 0 => (!sought, u8::MAX),
                // Heads of names in Vietnamese are looked for by their tokens alone.
                s if s & heads != 0 => (u64::MAX, 1 << Language::Vi as u8),
                _ => (0, 0),
            };
            // Stages that share a set find tokens in it at which nothing of theirs begins.
            let stages = grammar.stages.iter().enumerate().map(|(n, s)| (n % STAGES, s.first));
            let sets = stages.chain([(HEADS, heads), (SHORTS, m.short)]).filter(|(_, set)| set & symbols != 0).fold(0, |all, (n, _)| all | 1 << n);
            Interest { symbols, quiet, languages, sets }
        };
        let of: Vec<Interest> = shapes.all().map(of).collect();
        let sets = of.iter().fold(0, |all, i| all | i.sets);
        Interests { of, sets, openings: grammar.stages.iter().map(|s| shapes.all().map(|symbols| Opening::of(s, symbols)).collect()).collect() }
    }
}

impl Interest {
    /// Whether a word of the symbol is quiet.
    #[inline]
    pub(crate) fn is_quiet(&self, number: u8, languages: u8) -> bool {
        self.quiet >> (number % 64) & 1 == 1 && languages & !self.languages == 0
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
