//! Which tokens can be or begin something, as sets: one walk over the marks of all, 64 tokens at a time.

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
    /// Those of them with which such a name may open whose words are silent.
    pub opens: Bits,
    /// Dashes, commas and numbers, and some words in small letters.
    pub parts: Bits,
    /// Numbers that may be years or dates, and some words in small letters.
    pub dates: Bits,
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

/// Tokens of a row: eight times eight.
const ROW: usize = 64;

impl Marked {
    pub(crate) fn read(&mut self, tokens: &[Token]) {
        let Marked { rows, bold, opens, parts, dates } = self;
        let [bold, opens, parts, dates] = [bold, opens, parts, dates].map(Bits::words_mut);
        rows.clear();
        bold.clear();
        opens.clear();
        parts.clear();
        dates.clear();
        for from in (0..tokens.len()).step_by(ROW) {
            let rest = &tokens[from..];
            let (row, [bolds, opening, dating]) = match rest.first_chunk::<{ ROW + 1 }>() {
                Some(tokens) => row(|at| tokens[at].marks),
                None => row(|at| rest.get(at).map_or(0, |t| t.marks)),
            };
            rows.push(row);
            bold.push(bolds);
            opens.push(bolds & opening);
            parts.push(!bolds & opening);
            dates.push(!bolds & opening & dating);
        }
        // As many as any set of these tokens has.
        [bold, opens, parts, dates].into_iter().for_each(|set| set.resize(tokens.len() / ROW + 1, 0));
    }
}

/// A row, and which of its tokens are bold and which open a name or part others, by their marks and those of the token behind it.
#[inline]
fn row(mark_of: impl Fn(usize) -> u8) -> (Row, [u64; 3]) {
    // The first holds the marks of every eighth token, the second those of the ones behind these, and so on.
    let marks: [u64; 8] = std::array::from_fn(|first| (0..8).fold(0, |all, n| all | u64::from(mark_of(8 * n + first)) << (8 * n)));
    let sets = sets(marks);
    let with = |bit: u8| sets[bit.trailing_zeros() as usize];
    // The tokens whose next one goes on with a name.
    let last = u64::from(mark_of(ROW) & mark::SECOND != 0) << (ROW - 1);
    let strict = with(mark::BEGINS) & (with(mark::SECOND) >> 1 | last);
    let alone = with(mark::ALONE);
    let dates = with(mark::DATES) & (alone | !with(mark::BEGINS_BARE));
    (Row { alone, strict, loose: with(mark::BEGINS_LOOSE) }, [with(mark::BOLD), with(mark::OPENS), dates])
}

/// Turns bytes into sets: bit by bit, which of 64 bytes have it. The byte `n` of the number `m` is that of the token `8 n + m`.
///
/// All bytes are eight times eight bits each, which change places in squares of four, two and one.
#[inline]
fn sets(mut bytes: [u64; 8]) -> [u64; 8] {
    const EACH: u64 = u64::MAX / 255;
    for (side, low) in [(4, 0x0f), (2, 0x33), (1, 0x55)] {
        for at in (0..8).filter(|at| at & side == 0) {
            let (a, b) = (bytes[at], bytes[at + side]);
            let change = (a >> side ^ b) & (low * EACH);
            (bytes[at], bytes[at + side]) = (a ^ change << side, b ^ change);
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_sets() {
        let byte = |at: usize| (at * at * 37 + at / 3) as u8;
        let sets = sets(std::array::from_fn(|first| (0..8).fold(0, |all, n| all | u64::from(byte(8 * n + first)) << (8 * n))));
        for (bit, set) in sets.iter().enumerate() {
            (0..ROW).for_each(|at| assert_eq!(set >> at & 1, u64::from(byte(at) >> bit & 1), "{at} {bit}"));
        }
    }
}
