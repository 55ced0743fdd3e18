//! What whole lines are like, and the text as a whole: counted while its tokens are cut, one look-up a word.

use super::fold;
use super::tokens::{Kind, Token};

/// Lines and what their words say of them; where sentences may end.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    /// First token of each line, with its traits.
    lines: Vec<(u32, u8)>,
    /// Marks that can end a sentence, by their tokens.
    pub stops: Vec<u32>,
    /// First tokens of lines that began among [known](super::known::words) words, with what lies before each and what the words there
    /// count: until all of these words are read.
    pub(super) begun: Vec<(u32, u8, Packed)>,
    pub sums: Sums,
    /// Some of the text is no prose and no token has it.
    pub masked: bool,
}

/// What is counted up to a token.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sums {
    /// Words of all lines before the one that is being read.
    pub all: Counts,
    /// Words of that line; the last of them not yet unpacked.
    line: Counts,
    packed: Packed,
    /// Its first token.
    start: u32,
    /// Kana, with the kanji behind the first of them; kanji.
    pub kana: u32,
    pub kanji: u32,
    /// There are kanji or katakana.
    pub japanese: bool,
    /// The traits of all lines.
    seen: u8,
}

/// [Lines] before a token.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Before {
    lines: usize,
    sums: Sums,
}

/// Every letter of the line is a capital.
const UPPER_LINE: u8 = 1;
/// Vietnamese without diacritics.
pub(crate) const BARE_LINE: u8 = 2;
/// English.
pub(crate) const ENGLISH_LINE: u8 = 4;
/// Vietnamese with its diacritics throughout.
pub(crate) const TONED_LINE: u8 = 8;

/// Words, by what they are like.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    pub words: u32,
    pub cased: u32,
    pub upper: u32,
    pub syllables: u32,
    pub marked: u32,
}

/// The same in one number, twelve bits each.
pub(super) type Packed = u64;

const FIELD: u32 = 12;
/// Words that are counted packed at most: as many again may come in before anybody looks.
const MOST: Packed = 1 << (FIELD - 1);

/// The flags of a word that are counted, as the bits of a small number.
const FLAGS: [u8; 4] = [fold::VIETNAMESE_MARK, fold::SYLLABLE, fold::UPPER, fold::CASED];

/// What of a word's flags is counted.
#[inline]
pub(super) fn counted(flags: u8) -> u8 {
    const OF_FLAGS: [u8; 256] = {
        let mut table = [0; 256];
        let mut flags = 0;
        while flags < table.len() {
            let mut n = 0;
            while n < FLAGS.len() {
                table[flags] |= ((flags as u8 & FLAGS[n] != 0) as u8) << n;
                n += 1;
            }
            flags += 1;
        }
        table
    };
    OF_FLAGS[usize::from(flags)]
}

/// Stands for what is [counted] of a number: nothing.
pub(super) const NUMBER: u8 = 1 << FLAGS.len();

/// What a token adds to the counts, by what of its flags is [counted]. Numbers, which come behind all words, add nothing.
pub(super) static COUNTED: [Packed; 256] = {
    let mut table = [0; 256];
    let mut n = 0;
    while n < NUMBER as usize {
        let mut field = 0;
        while field < FLAGS.len() {
            table[n] |= (n as Packed >> field & 1) << (FIELD * field as u32);
            field += 1;
        }
        table[n] |= 1 << (FIELD * FLAGS.len() as u32);
        n += 1;
    }
    table
};

impl Counts {
    fn add(&mut self, n: Packed) {
        let field = |i: u32| (n >> (FIELD * i)) as u32 & ((1 << FIELD) - 1);
        self.marked += field(0);
        self.syllables += field(1);
        self.upper += field(2);
        self.cased += field(3);
        self.words += field(4);
    }

    fn traits(&self) -> u8 {
        // Few bits are enough for a line, but not for so many times as much.
        let [words, cased, upper, syllables, marked] = [self.words, self.cased, self.upper, self.syllables, self.marked].map(u64::from);
        let mut traits = 0;
        if cased >= 3 && upper == cased {
            traits |= UPPER_LINE;
        }
        if words >= 4 && syllables * 5 >= words * 4 && marked == 0 {
            traits |= BARE_LINE;
        }
        // English words are seldom Vietnamese syllables, and Vietnamese ones are most of a Vietnamese line.
        if words >= 3 && marked * 4 <= words && syllables * 10 < words * 7 {
            traits |= ENGLISH_LINE;
        }
        if marked >= 3 && marked * 4 >= words {
            traits |= TONED_LINE;
        }
        traits
    }
}

impl Lines {
    /// Forgets the text before.
    pub(super) fn clear(&mut self) {
        let Lines { lines, stops, begun, sums, masked } = self;
        lines.clear();
        stops.clear();
        begun.clear();
        (*sums, *masked) = (Sums::default(), false);
    }

    /// What there is now.
    pub(super) fn now(&self) -> Before {
        Before { lines: self.lines.len(), sums: self.sums }
    }

    /// Forgets all that came with a token and behind it.
    pub(super) fn return_before(&mut self, token: usize, before: &Before) {
        self.lines.truncate(before.lines);
        let stops = self.stops.partition_point(|&t| (t as usize) < token);
        self.stops.truncate(stops);
        self.sums = before.sums;
    }

    /// Words of the line that is being read.
    #[inline]
    pub(super) fn count(&mut self, n: Packed) {
        self.sums.packed += n;
        if self.sums.packed >> (FIELD * 4) >= MOST {
            self.unpack();
        }
    }

    fn unpack(&mut self) {
        let Sums { line, packed, .. } = &mut self.sums;
        line.add(std::mem::take(packed));
    }

    /// A kanji or kana.
    pub(super) fn script(&mut self, kind: Kind) {
        let Sums { kana, kanji, japanese, .. } = &mut self.sums;
        match kind {
            Kind::Kanji => {
                *kanji += 1;
                *kana += u32::from(*kana > 0);
            }
            _ => *kana += 1,
        }
        *japanese |= kind != Kind::Hiragana;
    }

    /// The line that is being read ends before this token.
    pub(super) fn end(&mut self, next: usize) {
        let Sums { all, line, packed, start, seen, .. } = &mut self.sums;
        let mut line = std::mem::take(line);
        line.add(std::mem::take(packed));
        if next as u32 > *start {
            let traits = line.traits();
            *seen |= traits;
            self.lines.push((*start, traits));
        }
        all.words += line.words;
        all.cased += line.cased;
        all.upper += line.upper;
        all.syllables += line.syllables;
        all.marked += line.marked;
        *start = next as u32;
    }

    /// Each line with its traits: its tokens as a range, the last one up to `tokens`.
    fn ranges(&self, tokens: usize) -> impl Iterator<Item = (std::ops::Range<usize>, u8)> {
        let ends = self.lines.iter().skip(1).map(|l| l.0 as usize).chain([tokens]);
        self.lines.iter().zip(ends).map(|(&(start, traits), end)| (start as usize..end, traits))
    }

    /// Those that have one of some traits.
    pub(crate) fn with(&self, traits: u8, tokens: usize) -> impl Iterator<Item = (std::ops::Range<usize>, u8)> {
        let lines = if self.sums.seen & traits != 0 { self.lines.len() } else { 0 };
        self.ranges(tokens).take(lines).filter(move |line| line.1 & traits != 0)
    }

    /// The first token of a token's line, and that of the next one.
    pub(crate) fn around(&self, token: usize) -> (usize, Option<usize>) {
        let next = self.lines.partition_point(|l| l.0 as usize <= token);
        let start = |i: usize| self.lines.get(i).map(|l| l.0 as usize);
        (next.checked_sub(1).and_then(start).unwrap_or(0), start(next))
    }

    /// The first tokens of the lines.
    pub(crate) fn starts(&self) -> impl Iterator<Item = usize> {
        self.lines.iter().map(|l| l.0 as usize)
    }

    pub(crate) fn traits(&self, token: usize) -> u8 {
        let i = self.lines.partition_point(|l| l.0 as usize <= token);
        i.checked_sub(1).map_or(0, |i| self.lines[i].1)
    }

    /// The line of this token is in English.
    pub(crate) fn english(&self, token: usize) -> bool {
        self.sums.seen & ENGLISH_LINE != 0 && self.traits(token) & ENGLISH_LINE != 0
    }

    /// Some line is in English.
    pub(crate) fn any_english(&self) -> bool {
        self.sums.seen & ENGLISH_LINE != 0
    }

    /// The line of this token is in capitals.
    pub(crate) fn upper(&self, token: usize) -> bool {
        self.sums.seen & UPPER_LINE != 0 && self.traits(token) & UPPER_LINE != 0
    }

    /// The same, with the token at hand: that of a word with small letters is not.
    #[inline]
    pub(crate) fn upper_with(&self, token: usize, t: &Token) -> bool {
        (t.kind != Kind::Word || t.flags & (fold::CASED | fold::UPPER) != fold::CASED) && self.upper(token)
    }
}

#[cfg(test)]
mod tests {
    use super::super::cut::tokenize;
    use super::super::memory::Memory;
    use super::super::tokens::Tokens;
    use super::super::words::{Reading, Words};
    use super::*;

    /// What the counts of a line come to, a token at a time.
    fn counted(tokens: &[Token]) -> Counts {
        let mut c = Counts::default();
        for t in tokens {
            let count = |flag: u8| u32::from(t.kind == Kind::Word && t.flags & flag != 0);
            c.words += u32::from(t.kind == Kind::Word);
            c.cased += count(fold::CASED);
            c.upper += count(fold::UPPER);
            c.syllables += count(fold::SYLLABLE);
            c.marked += count(fold::VIETNAMESE_MARK);
        }
        c
    }

    #[test]
    fn lines_are_counted_as_they_are_read() {
        let (words, mut memory, mut masked, mut tokens) = (Words::default(), Memory::default(), Vec::new(), Tokens::default());
        let long = "Bộ trưởng nói rằng ".repeat(3_000);
        for text in
            ["", "\n", "THỨ TRƯỞNG BỘ\nThu truong bo quoc phong\n\nThe Minister said so\n防衛省の人", "một\nhai, ba\n- BỐN\n", &long, "a1 b2\n1\n<p>x</p>"]
        {
            let mut lines = Lines::default();
            for _ in 0..2 {
                tokenize(text, &mut Reading(&words, &mut memory), &mut masked, &mut tokens, &mut lines);
                let starts: Vec<usize> = (0..tokens.len()).filter(|&i| i == 0 || tokens[i].begins_line()).collect();
                assert_eq!(lines.starts().collect::<Vec<_>>(), starts, "{text:.40}");
                for (range, traits) in lines.ranges(tokens.len()) {
                    assert_eq!(traits, counted(&tokens[range]).traits(), "{text:.40}");
                }
                assert_eq!(lines.sums.all.words, counted(&tokens).words);
                assert_eq!(lines.sums.all.marked, counted(&tokens).marked);
            }
        }
    }
}
