//! What a phrase was made of. Nothing of it is kept while the rules run; who asks has the form walked once more.

use super::{Chart, Features, Item, Path, STEPS, Walk};
use crate::lexicon::grammar::{Edge, Slot};
use crate::lexicon::{Lexicon, NONE32};
use crate::text::tokens::Token;

impl Chart {
    /// The items that begin at a token, the latest first, with their numbers.
    fn numbered(&self, token: usize) -> impl Iterator<Item = (u32, &Item)> {
        let mut i = self.spot(token).map_or(NONE32, |s| s.head);
        std::iter::from_fn(move || {
            let (number, item) = (i, self.items.get(i as usize)?);
            i = item.next;
            Some((number, item))
        })
    }

    /// The number of an item of this chart.
    pub(crate) fn number_of(&self, item: &Item) -> Option<u32> {
        self.numbered(item.start as usize).find(|(_, i)| std::ptr::eq(*i, item)).map(|(n, _)| n)
    }

    /// The numbers of the items that a rule joined to this one, from left to right; none for what no rule made.
    pub(crate) fn parts_of(&self, lx: &Lexicon, tokens: &[Token], number: u32) -> Vec<u32> {
        let mut parts = Vec::new();
        let Some(whole) = self.items.get(number as usize).filter(|i| i.rule != NONE32) else { return parts };
        let Some(stage) = lx.grammar.stages.iter().find(|s| whole.symbols >> s.makes & 1 == 1) else { return parts };
        let start = whole.outer as usize;
        let mut made = Vec::new();
        let walk = Walk { lx, tokens, chart: self, stage, steps: STEPS, start, made: &mut made };
        let path = Path { begin: start, features: Features::default(), languages: 0, bare: false, strength: None, parts: 0, of: false, apart: false };
        Tracer { walk, number, whole }.step(0, start, path, &mut parts);
        parts
    }
}

struct Tracer<'a> {
    walk: Walk<'a>,
    number: u32,
    whole: &'a Item,
}

impl Tracer<'_> {
    /// The steps of [`Walk::step`] in their order, up to the form that made the item.
    fn step(&mut self, node: usize, at: usize, path: Path, parts: &mut Vec<u32>) -> bool {
        let (stage, tokens) = (self.walk.stage, self.walk.tokens);
        let node = &stage.nodes[node];
        let w = self.whole;
        if node.accept == Some(w.rule)
            && at == w.end as usize
            && path.begin == w.start as usize
            && path.features == w.features
            && path.languages == w.languages
            && path.bare == w.bare
        {
            return true;
        }
        if at >= tokens.len() || at > self.walk.start && self.walk.parted(at) {
            return false;
        }
        for (n, item) in self.walk.chart.numbered(at) {
            // Only what was there before the stage ran.
            let later = n >= self.number || item.rule != NONE32 && item.symbols == w.symbols;
            if later || item.end > w.end || item.strength == crate::lexicon::Strength::Never {
                continue;
            }
            for Edge { part, bit, next } in &node.edges {
                if item.symbols & bit == 0 || part.languages != 0 && item.languages != 0 && item.languages & part.languages == 0 {
                    continue;
                }
                if self.walk.steps == 0 {
                    return false;
                }
                self.walk.steps -= 1;
                let Some(features) = self.walk.join(path.features, item, part.slot, *bit) else { continue };
                let begin = if part.slot == Slot::Before { item.end as usize } else { path.begin };
                let next_path = Path { begin, features, languages: path.languages | item.languages, bare: path.bare || item.bare, ..path };
                parts.push(n);
                if self.step(*next as usize, item.end as usize, next_path, parts) {
                    return true;
                }
                parts.pop();
            }
        }
        false
    }
}
