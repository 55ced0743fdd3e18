//! Which tokens can be or begin something, as sets: one walk over the marks of all, eight tokens at a time.

use super::bits::Bits;
use super::tokens::Token;
use super::words::mark;

/// The tokens of a text by their [marks](mark).
#[derive(Debug, Default)]
pub(crate) struct Marked {
    /// Those at which names may begin, 64 tokens each.
    pub rows: Vec<Row>,
    /// Those in capitals, kanji or kana: where a name can begin that no list has.
    pub bold: Bits,
}

/// Those of 64 tokens at which names may begin, by what each word can be or begin, as bits.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Row {
    /// Names of one word.
    pub alone: u64,
    /// Longer ones that ask for their spelling.
    pub strict: u64,
    /// Longer ones that may be typed without diacritics.
    pub loose: u64,
}

/// Tokens of a row.
const ROW: usize = 64;

impl Marked {
    pub(crate) fn read(&mut self, tokens: &[Token]) {
        let Marked { rows, bold } = self;
        let bold = bold.words_mut();
        rows.clear();
        bold.clear();
        for from in (0..tokens.len()).step_by(ROW) {
            let rest = &tokens[from..];
            let (row, bolds) = match rest.first_chunk::<{ ROW + 1 }>() {
                Some(tokens) => row(|at| tokens[at].marks),
                None => row(|at| rest.get(at).map_or(0, |t| t.marks)),
            };
            rows.push(row);
            bold.push(bolds);
        }
        // As many as any set of these tokens has.
        bold.resize(tokens.len() / ROW + 1, 0);
    }
}

/// A row, and which of its tokens are bold, by their marks and those of the token behind it.
#[inline]
fn row(mark_of: impl Fn(usize) -> u8) -> (Row, u64) {
    const ONES: u64 = u64::MAX / 255;
    // The low bit of each byte, side by side.
    let low = |eight: u64| (eight & ONES).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    let shift = |bit: u8| bit.trailing_zeros();
    let (mut row, mut bold) = (Row::default(), 0);
    // The marks of the token behind, where they are looked for.
    let mut behind = u64::from(mark_of(ROW)) << 56;
    // Turned, which is as good as shifted: nothing falls out.
    let add = |all: u64, eight: u64| all.rotate_left(8) | low(eight);
    for first in (0..ROW).step_by(8).rev() {
        let eight = (0..8).fold(0, |all, at| all | u64::from(mark_of(first + at)) << (8 * at));
        let next = eight >> 8 | behind;
        row.alone = add(row.alone, eight >> shift(mark::ALONE));
        row.strict = add(row.strict, eight >> shift(mark::BEGINS) & next >> shift(mark::SECOND));
        row.loose = add(row.loose, eight >> shift(mark::BEGINS_LOOSE));
        bold = add(bold, eight >> shift(mark::BOLD));
        behind = eight << 56;
    }
    (row, bold)
}
