//! What a phrase was made of. Nothing of it is kept while the rules run; who asks has the form walked once more.

use super::walk::{Path, STEPS, Walk};
use super::{Chart, Item, WORDS};
use crate::lexicon::grammar::{Edge, Slot};
use crate::lexicon::{Lexicon, NONE32};
use crate::text::tokens::Token;

impl Chart<'_> {
    /// The items that a rule joined to this one, from left to right; none for what no rule made.
    pub(crate) fn parts_of(&self, lx: &Lexicon, tokens: &[Token], whole: &Item) -> Vec<Item> {
        let mut parts = Vec::new();
        if whole.rule == NONE32 {
            return parts;
        }
        let Some(stage) = lx.grammar.stages.iter().find(|s| whole.symbols >> s.makes & 1 == 1) else { return parts };
        let start = whole.outer as usize;
        let mut made = Vec::new();
        let walk = Walk { lx, tokens, chart: self, stage, steps: STEPS, start, made: &mut made };
        Tracer { walk, whole }.step(0, start, Path::from(start), &mut parts);
        parts
    }
}

struct Tracer<'a> {
    walk: Walk<'a>,
    whole: &'a Item,
}

impl Tracer<'_> {
    /// The steps of [`Walk::step`] in their order, up to the form that made the item.
    fn step(&mut self, node: usize, at: usize, path: Path, parts: &mut Vec<Item>) -> bool {
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
        for item in self.walk.chart.at(at) {
            // Only what was there before the stage ran.
            let later = (w.id..WORDS).contains(&item.id) || item.rule != NONE32 && item.symbols == w.symbols;
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
                let begin = if part.slot == Slot::Before { item.end as usize } else { path.begin };
                let mut next_path = Path { begin, languages: path.languages | item.languages, bare: path.bare || item.bare, ..path };
                if !self.walk.join(&mut next_path.features, &item, part) {
                    continue;
                }
                parts.push(item);
                if self.step(*next as usize, item.end as usize, next_path, parts) {
                    return true;
                }
                parts.pop();
            }
        }
        false
    }
}
