//! Sentences and paragraphs, as numbers that each token can be asked for.

use super::bits::{Bits, ones};
use super::fold;
use super::lines::Lines;
use super::tokens::{Kind, Token, gap};
use super::words::mark;

/// The sentences and paragraphs of a text.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    sentences: Starts,
    paragraphs: Starts,
    /// A bit for each token in capitals, kanji or kana: where a name can begin.
    bold: Bits,
}

/// Where stretches of tokens begin: a bit for each token that begins one, and how many do before each word of bits. Most
/// tokens begin nothing and cost nothing.
#[derive(Debug, Default)]
struct Starts {
    bits: Bits,
    before: Vec<u32>,
}

impl Starts {
    /// Counts what was inserted.
    fn count(&mut self) {
        let mut sum = 0;
        self.before.clear();
        self.before.extend(self.bits.words().iter().map(|w| {
            let before = sum;
            sum += w.count_ones();
            before
        }));
    }

    /// How many begin up to a token.
    fn number(&self, token: usize) -> u32 {
        self.before[token / 64] + (self.bits.words()[token / 64] << (63 - token % 64)).count_ones()
    }
}

impl Starts {
    /// The last token up to this one that begins a stretch; the first token of all begins one too. However long the stretch is,
    /// it is not walked.
    fn start(&self, token: usize) -> usize {
        let number = self.number(token);
        let word = self.before.partition_point(|&before| before < number).saturating_sub(1);
        let nth = number.saturating_sub(self.before[word]) as usize;
        nth.checked_sub(1).and_then(|n| ones(word, self.bits.words()[word]).nth(n)).unwrap_or(0)
    }
}

impl Layout {
    pub(crate) fn read(&mut self, tokens: &[Token], lines: &Lines) {
        self.sentences.bits.reset(tokens.len());
        self.paragraphs.bits.reset(tokens.len());
        // The first token begins nothing that another one could be apart from.
        for start in lines.starts().skip(1) {
            self.sentences.bits.insert(start);
            self.paragraphs.bits.insert(start);
        }
        for &stop in &lines.stops {
            let next = stop as usize + 1;
            if next < tokens.len() && ends_sentence(tokens, stop as usize) {
                self.sentences.bits.insert(next);
            }
        }
        let bold = self.bold.words_mut();
        bold.clear();
        bold.extend(tokens.chunks(64).map(bolds));
        // As many as any set of these tokens has.
        bold.resize(tokens.len() / 64 + 1, 0);
        self.sentences.count();
        self.paragraphs.count();
    }

    /// The number of a token's sentence.
    pub(crate) fn sentence(&self, token: usize) -> u32 {
        self.sentences.number(token)
    }

    /// The first token of a token's sentence.
    pub(crate) fn sentence_start(&self, token: usize) -> usize {
        self.sentences.start(token)
    }

    /// The number of a token's paragraph.
    pub(crate) fn paragraph(&self, token: usize) -> u32 {
        self.paragraphs.number(token)
    }

    /// The tokens in capitals, kanji or kana.
    pub(crate) fn bold_set(&self) -> &Bits {
        &self.bold
    }

    /// Whether a token is the first of its sentence.
    pub(crate) fn opens(&self, token: usize) -> bool {
        token == 0 || self.sentences.bits.has(token)
    }
}

/// A bit for each of 64 tokens or fewer that is in capitals, kanji or kana. Every token of a text comes by here, so that steps
/// count: the bit stays where the mark has it, and the others are turned past it, eight tokens in a row.
fn bolds(tokens: &[Token]) -> u64 {
    let bit = |t: &Token| u64::from(t.marks & mark::BOLD);
    let row = |tokens: &[Token]| tokens.iter().rev().fold(0, |bits, t| bits << 1 | bit(t));
    let eights = tokens.chunks_exact(8);
    let last = row(eights.remainder());
    eights.rev().fold(last, |bits, eight| bits.rotate_left(8) | row(eight)).rotate_right(mark::BOLD.trailing_zeros())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_begin_where_their_numbers_change() {
        let begins = [3, 4, 63, 64, 65, 200, 511, 512];
        let mut starts = Starts::default();
        starts.bits.reset(600);
        begins.iter().for_each(|&t| starts.bits.insert(t));
        starts.count();
        for token in 0..600 {
            let first = (0..=token).rev().find(|&t| t == 0 || starts.number(t - 1) != starts.number(token));
            assert_eq!(Some(starts.start(token)), first, "{token}");
        }
    }
}
