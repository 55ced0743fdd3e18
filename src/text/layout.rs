//! Sentences and paragraphs, as numbers beside the tokens.

use super::fold;
use super::tokens::{Kind, Token, gap};

/// For each token the number of its sentence and of its paragraph.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    pub sentence: Vec<u32>,
    pub paragraph: Vec<u32>,
    /// There are kanji or katakana.
    pub japanese: bool,
}

impl Layout {
    pub(crate) fn read(&mut self, tokens: &[Token]) {
        self.sentence.clear();
        self.paragraph.clear();
        self.japanese = false;
        let (mut s, mut p) = (0, 0);
        for (i, t) in tokens.iter().enumerate() {
            if i > 0 {
                if t.begins_line() {
                    s += 1;
                    p += 1;
                } else if ends_sentence(tokens, i - 1) {
                    s += 1;
                }
            }
            self.japanese |= matches!(t.kind, Kind::Kanji | Kind::Katakana);
            self.sentence.push(s);
            self.paragraph.push(p);
        }
    }

    /// The first token of a token's paragraph.
    pub(crate) fn first_of_paragraph(&self, i: usize) -> usize {
        let here = self.paragraph[i];
        self.paragraph[..i].partition_point(|&p| p < here)
    }

    /// Whether a token is the first of its sentence.
    pub(crate) fn opens(&self, i: usize) -> bool {
        i == 0 || self.sentence[i] != self.sentence[i - 1]
    }
}

/// A full stop ends a sentence unless it stands behind an initial or abbreviation, or inside a number or name.
fn ends_sentence(tokens: &[Token], i: usize) -> bool {
    let t = &tokens[i];
    let next = tokens.get(i + 1);
    match t.kind {
        Kind::Stop => true,
        Kind::Period => {
            let spaced = next.is_none_or(|n| n.gap & (gap::SPACE | gap::QUOTE | gap::LINE) != 0);
            let before = i.checked_sub(1).map(|b| &tokens[b]);
            let initial = before.is_some_and(|b| b.kind == Kind::Word && b.end - b.start <= 2 && b.flags & fold::CAPITAL != 0 && b.end == t.start);
            spaced && !initial && next.is_none_or(|n| n.flags & fold::CASED == 0 || n.is_capital())
        }
        _ => false,
    }
}
