//! Sentences and paragraphs, as numbers that each token can be asked for.

use super::bits::{Bits, ones};
use super::fold;
use super::lines::Lines;
use super::marked::Marked;
use super::tokens::{Kind, Token, gap};

/// The sentences and paragraphs of a text.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    sentences: Starts,
    paragraphs: Starts,
    marked: Marked,
}

/// Where stretches of tokens begin: a bit for each token that begins one, and how many do before each word of bits. Most
/// tokens begin nothing and cost nothing.
#[derive(Debug, Default)]
struct Starts {
    bits: Bits,
    before: Vec<u32>,
}

impl Starts {
    fn reset(&mut self, tokens: usize) {
        self.bits.reset(tokens);
        self.before.clear();
        self.before.resize(self.bits.words().len(), 0);
    }

    /// A stretch begins at a token. Until all have come, `before` holds how many begin in each word.
    #[inline]
    fn insert(&mut self, token: usize) {
        self.before[token / 64] += u32::from(self.bits.add(token));
    }

    /// All have come.
    fn count(&mut self) {
        let mut sum = 0;
        for before in &mut self.before {
            sum += std::mem::replace(before, sum);
        }
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
        let Layout { paragraphs, sentences, marked } = self;
        paragraphs.reset(tokens.len());
        // The first token begins nothing that another one could be apart from.
        lines.starts().skip(1).for_each(|start| paragraphs.insert(start));
        sentences.bits.copy(&paragraphs.bits);
        sentences.before.clone_from(&paragraphs.before);
        for &stop in &lines.stops {
            let next = stop as usize + 1;
            if tokens.get(next).is_some_and(|n| ends_sentence(tokens, stop as usize, n)) {
                sentences.insert(next);
            }
        }
        marked.read(tokens);
        sentences.count();
        paragraphs.count();
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
        &self.marked.bold
    }

    /// Dashes, commas and numbers, and some words in small letters.
    pub(crate) fn parts(&self) -> &Bits {
        &self.marked.parts
    }

    /// Numbers that may be years or dates, and some words in small letters.
    pub(crate) fn dates(&self) -> &Bits {
        &self.marked.dates
    }

    /// Which tokens can be or begin something.
    pub(crate) fn marked(&self) -> &Marked {
        &self.marked
    }

    /// Whether a token is the first of its sentence.
    pub(crate) fn opens(&self, token: usize) -> bool {
        token == 0 || self.sentences.bits.has(token)
    }
}

/// A full stop ends a sentence unless it stands behind an initial or abbreviation, or inside a number or name.
fn ends_sentence(tokens: &[Token], i: usize, next: &Token) -> bool {
    let t = &tokens[i];
    let initial = |b: &Token| b.kind == Kind::Word && b.end - b.start <= 2 && b.flags & fold::CAPITAL != 0 && b.end == t.start;
    match t.kind {
        Kind::Stop => true,
        Kind::Period => {
            let spaced = next.gap & (gap::SPACE | gap::QUOTE | gap::LINE) != 0;
            spaced && (next.flags & fold::CASED == 0 || next.is_capital()) && !i.checked_sub(1).is_some_and(|b| initial(&tokens[b]))
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
        starts.reset(600);
        begins.iter().for_each(|&t| starts.insert(t));
        starts.count();
        for token in 0..600 {
            let first = (0..=token).rev().find(|&t| t == 0 || starts.number(t - 1) != starts.number(token));
            assert_eq!(Some(starts.start(token)), first, "{token}");
        }
    }
}
