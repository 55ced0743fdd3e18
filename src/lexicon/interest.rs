//! Who looks for what through a whole text, by symbol: where names may open and forms begin, and which words nobody looks for.

use super::grammar::{Grammar, Stage, Symbols};
use super::{Marks, sign};
use crate::kind::Language;
use crate::text::bits::ones;

/// Sets of tokens that somebody asks for: where the forms of a stage can begin, by its number, as far as there are enough, ...
pub(crate) const STAGES: usize = u64::BITS as usize - 2;
/// ... where a word begins that can open a name which no list holds, ...
pub(crate) const HEADS: usize = STAGES;
/// ... and where a short form of somebody does.
pub(crate) const SHORTS: usize = STAGES + 1;

/// What is asked of the symbols of a lexicon.
#[derive(Debug, Default)]
pub(crate) struct Interests {
    /// By symbol.
    pub of: Vec<Interest>,
    /// The sets that something can be in, as bits, and the symbols of all that can be in one.
    pub sets: u64,
    in_sets: Symbols,
    /// For each stage of the grammar its openings, by symbol.
    pub openings: Vec<Vec<Opening>>,
}

/// What is asked of one symbol.
#[derive(Debug)]
pub(crate) struct Interest {
    pub bit: Symbols,
    /// Which of its words are quiet, by their numbers, as bits, and by their languages: nobody looks for these, but only for what
    /// stands at a token. Most that are found are such words.
    quiet: u64,
    languages: u8,
    /// The sets of tokens in which it is, as bits.
    pub sets: u64,
}

/// How the forms of a stage begin with one symbol.
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
    pub(super) fn of(m: &Marks, loud: Symbols, grammar: &Grammar) -> Interests {
        let sought = sign::SOUGHT.iter().fold(0u64, |all, number| all | 1 << number);
        let heads = m.body_head | m.channel_head | m.text_head | m.scheme_head;
        let of = |bit: Symbols| {
            let (quiet, languages) = match bit {
                s if s & loud == 0 => (u64::MAX, u8::MAX),
                s if s & m.sign != 0 => (!sought, u8::MAX),
                // Heads of names in Vietnamese are looked for by their tokens alone.
                s if s & heads != 0 => (u64::MAX, 1 << Language::Vi as u8),
                _ => (0, 0),
            };
            // Stages that share a set find tokens in it at which nothing of theirs begins.
            let stages = grammar.stages.iter().enumerate().map(|(n, s)| (n % STAGES, s.first));
            let sets = stages.chain([(HEADS, heads), (SHORTS, m.short)]).filter(|(_, set)| set & bit != 0).fold(0, |all, (n, _)| all | 1 << n);
            Interest { bit, quiet, languages, sets }
        };
        let of: Vec<Interest> = (0..Symbols::BITS).map(|symbol| of(1 << symbol)).collect();
        let in_sets = of.iter().filter(|i| i.sets != 0).fold(0, |all, i| all | i.bit);
        let sets = of.iter().fold(0, |all, i| all | i.sets);
        Interests { of, sets, in_sets, openings: grammar.stages.iter().map(openings).collect() }
    }

    /// The sets of tokens in which something with some symbols is.
    #[inline]
    pub(crate) fn sets(&self, symbols: Symbols) -> u64 {
        let symbols = symbols & self.in_sets;
        let mut all = 0;
        if symbols != 0 {
            each(symbols, |symbol| all |= self.of[symbol].sets);
        }
        all
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

fn openings(stage: &Stage) -> Vec<Opening> {
    let mut out = vec![Opening::default(); Symbols::BITS as usize];
    for (way, edge) in stage.nodes[0].edges.iter().enumerate() {
        let (next, opening) = (&stage.nodes[edge.next as usize], &mut out[usize::from(edge.part.symbol)]);
        opening.ways |= 1 << way;
        for (languages, count) in (0..).zip(&mut opening.count) {
            *count += u8::from(stage.nodes[0].ways(languages) >> way & 1 == 1);
        }
        opening.ahead |= next.wanted;
        opening.complete |= next.accept.is_some();
    }
    out
}
