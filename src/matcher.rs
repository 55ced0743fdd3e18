//! Finds every name in a text, all overlaps, by the numbers of its words.
//!
//! What begins with two words is looked up where the two can begin a name. A hit is then held against what the name asks
//! for: diacritics, capitals, whole words.

mod heads;
mod tails;

use crate::kind::{Kind as EntityKind, Language};
use crate::lexicon::{Atom, Case, Lexicon, Runs, Sort, Spelled, Strength, Surface};
use crate::text::bits::ones;
use crate::text::fold::{self, fold_word, marks_agree};
use crate::text::lines::{BARE_LINE, ENGLISH_LINE, Lines, TONED_LINE};
use crate::text::tokens::{Kind, Token, gap};
use crate::text::words::{Words, mark};
use heads::Heads;
use tails::Tails;

/// A name in the text: a range of tokens and the surface that it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    pub start: u32,
    pub end: u32,
    pub surface: u32,
    /// It was typed with fewer diacritics than the name has.
    pub bare: bool,
    /// It only blocks others.
    pub blocks: bool,
    /// It begins or ends inside a run of katakana: bits of [`torn`].
    pub torn: u8,
}

/// Where a hit tears a run of katakana.
mod torn {
    pub(super) const START: u8 = 1;
    pub(super) const END: u8 = 2;
}

/// What a word can begin, and the names of those that begin something.
///
/// Most tokens begin no name. The memory of words says of each what it can be by itself or begin; a few bits for each pair
/// of neighbours say whether the two can begin a name, and only there the two are looked up among the heads of names, their
/// first two words; what follows a head is looked up among its tails, word by word.
#[derive(Debug, Default)]
pub(crate) struct Matcher {
    /// The numbers of the heads by their words.
    index: Heads,
    /// For each coarse number the surfaces of the name that is just this word, as a range.
    alone: Vec<(u32, u32)>,
    /// For each fine number where its names of one word begin in `exact`.
    exact_from: Vec<u32>,
    /// Surfaces of names of one word, by their fine numbers; whether they are strong and take any capitals.
    exact: Vec<(u32, bool)>,
    /// First words as names that ask for their spelling have them, by fine numbers.
    pairs: Pairs,
    /// First words of names that may be typed without diacritics, by coarse numbers.
    loose: Pairs,
    /// First words of all names, by coarse numbers: for lines without diacritics.
    bare: Pairs,
    /// What follows the heads.
    tails: Tails,
}

/// Words of a head.
const HEAD: usize = 2;
/// Kana that are looked at before a country for a dot.
const LONGEST_KANA: usize = 24;

/// A filter on pairs of words: a bit by chance for each that is a head. It lets some others pass, and none of these fail.
#[derive(Debug, Default)]
struct Pairs {
    bits: Vec<u64>,
}

impl Pairs {
    /// Room for these pairs, at 32 bits each or more.
    fn of(pairs: impl ExactSizeIterator<Item = (u32, u32)>) -> Self {
        let mut p = Pairs { bits: vec![0; (pairs.len() / 2).next_power_of_two()] };
        for (a, b) in pairs {
            let (word, bit) = p.place(a, b);
            p.bits[word] |= 1 << bit;
        }
        p
    }

    #[inline]
    fn place(&self, a: u32, b: u32) -> (usize, u64) {
        let h = (u64::from(a) << 32 | u64::from(b)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        ((h >> 40) as usize & self.bits.len().wrapping_sub(1), h >> 34 & 63)
    }

    #[inline]
    fn may_hold(&self, a: u32, b: u32) -> bool {
        let (word, bit) = self.place(a, b);
        self.bits.get(word).is_some_and(|w| w >> bit & 1 == 1)
    }
}

impl Matcher {
    /// Compiles surfaces, which are sorted by their coarse numbers; `words` is the highest of these, `common` is what
    /// [`Runs::common`] says of them.
    pub(crate) fn build(words: usize, list: &[Surface], spelled: &Runs, common: &[u8]) -> Self {
        let coarse = |n: u32| spelled.word(n).coarse;
        let fine = |n: u32| spelled.word(n).fine;
        let run = |i: usize| list.get(i).map_or(&[][..], |s| spelled.numbers(s));
        let mut m = Matcher { alone: vec![(0, 0); words + 1], ..Matcher::default() };
        let (mut single, mut firsts): (Vec<(u32, u32)>, Vec<[u32; HEAD]>) = (Vec::new(), Vec::new());
        let (mut strict, mut loose) = (Vec::with_capacity(list.len()), Vec::new());
        // The surfaces of one run of words stand together. `before` is how many words it has in common with the run before it.
        let (mut this, mut start, mut before) = (run(0), 0, 0);
        for end in 1..=list.len() {
            let next = run(end);
            let behind = common.get(end).map_or(0, |&n| n.into());
            if behind == this.len() && behind == next.len() && end < list.len() {
                continue;
            }
            let whole = (start as u32, end as u32);
            match *this {
                [] => {}
                [word] => {
                    m.alone[coarse(word) as usize] = whole;
                    single.extend((start..end).map(|i| (fine(run(i)[0]), i as u32)));
                }
                [a, b, ..] => {
                    let pair = (coarse(a), coarse(b));
                    if before < HEAD {
                        firsts.push([pair.0, pair.1]);
                        m.tails.head();
                    }
                    let (shared, told) = (before.max(HEAD), this.len().min(before.max(behind) + 1).max(HEAD));
                    m.tails.name(shared - HEAD, this[shared..told].iter().map(|&w| coarse(w)), whole);
                    for s in &list[start..end] {
                        let pair = if s.loose { pair } else { spelled.numbers(s).first_chunk().map_or(pair, |&[a, b]| (fine(a), fine(b))) };
                        let pairs = if s.loose { &mut loose } else { &mut strict };
                        if pairs.last() != Some(&pair) {
                            pairs.push(pair);
                        }
                    }
                }
            }
            (this, start, before) = (next, end, behind);
        }
        m.index = Heads::build(words, &firsts);
        m.pairs = Pairs::of(strict.into_iter());
        m.loose = Pairs::of(loose.into_iter());
        m.bare = Pairs::of(firsts.iter().map(|&[a, b]| (a, b)));
        m.exact_from = vec![0; single.iter().map(|s| s.0 as usize).max().map_or(0, |n| n + 2)];
        for &(fine, _) in &single {
            m.exact_from[fine as usize + 1] += 1;
        }
        (1..m.exact_from.len()).for_each(|i| m.exact_from[i] += m.exact_from[i - 1]);
        m.exact = vec![(0, false); single.len()];
        let mut next = m.exact_from.clone();
        for (fine, i) in single {
            let (place, s) = (&mut next[fine as usize], &list[i as usize]);
            m.exact[*place as usize] = (i, s.case == Case::Any && s.strength == Strength::Strong);
            *place += 1;
        }
        m
    }

    /// Heap that it takes, in bytes.
    pub(crate) fn memory(&self) -> usize {
        let filters: usize = [&self.pairs, &self.loose, &self.bare].iter().map(|p| p.bits.capacity() * size_of::<u64>()).sum();
        let exact = self.exact_from.capacity() * size_of::<u32>() + self.exact.capacity() * size_of::<(u32, bool)>();
        self.index.memory() + self.tails.memory() + self.alone.capacity() * size_of::<(u32, u32)>() + exact + filters
    }

    /// Tells the words of a lexicon what each can be or begin.
    pub(crate) fn mark(list: &[Surface], spelled: &Runs, words: &mut Words) {
        for s in list {
            match *spelled.numbers(s) {
                [] => {}
                [word] => {
                    let word = spelled.word(word);
                    words.mark_fine(word.fine, mark::ALONE);
                    words.mark_coarse(word.coarse, mark::ALONE_BARE);
                }
                [first, second, ..] => {
                    let (first, second) = (spelled.word(first), spelled.word(second));
                    words.mark_fine(second.fine, if s.loose { 0 } else { mark::SECOND });
                    words.mark_coarse(first.coarse, mark::BEGINS_BARE | if s.loose { mark::BEGINS_LOOSE } else { 0 });
                    words.mark_fine(first.fine, if s.loose { 0 } else { mark::BEGINS });
                }
            }
        }
    }

    /// Every hit in `tokens`, by their starts; whether some of them block others.
    pub(crate) fn find(&self, lx: &Lexicon, text: &str, tokens: &mut [Token], lines: &Lines, out: &mut Vec<Hit>) -> bool {
        out.clear();
        let mut blocks = false;
        for (range, traits) in lines.ranges(tokens.len()) {
            let has = |bit: u8| traits & bit != 0;
            let (bare, english, toned) = (has(BARE_LINE), has(ENGLISH_LINE), has(TONED_LINE));
            if bare || english {
                // Here a word may be another one without its diacritics, so that its spelling does not say what it is.
                let open = |t: &&mut Token| t.kind == Kind::Word && (bare || t.is_capital());
                tokens[range.clone()].iter_mut().filter(open).for_each(|t| t.silent = 0);
            }
            let mut name = Name { lx, text, tokens, bare, english, toned, start: 0, blocks: &mut blocks, out };
            for from in range.clone().step_by(BLOCK) {
                self.block(from..range.end.min(from + BLOCK), &mut name);
            }
        }
        blocks
    }

    /// The names that begin in a block of tokens.
    fn block(&self, block: std::ops::Range<usize>, name: &mut Name<'_>) {
        let (tokens, any, first) = (name.tokens, name.bare || name.english, block.start);
        let spots = begins(tokens, block, any);
        // Which pairs pass their filter is asked of all before any name is followed: the answers come from far apart in memory.
        let mut longer = 0;
        for at in ones(0, spots.pairs) {
            let Some([t, next]) = tokens.get(first + at..).and_then(|t| t.first_chunk()) else { break };
            let pass = if any {
                self.bare.may_hold(t.coarse, next.coarse)
            } else {
                t.marks & mark::BEGINS != 0 && self.pairs.may_hold(t.fine, next.fine)
                    || t.marks & mark::BEGINS_LOOSE != 0 && self.loose.may_hold(t.coarse, next.coarse)
            };
            longer |= u64::from(pass) << at;
        }
        for at in ones(0, spots.alone | longer) {
            name.start = first + at;
            if spots.alone >> at & 1 == 1 {
                self.alone(name);
            }
            if longer >> at & 1 == 1 {
                self.longer(name);
            }
        }
    }

    /// The names that are one word.
    fn alone(&self, name: &mut Name<'_>) {
        let t = &name.tokens[name.start];
        // A single word with other marks than the name's may only be meant on a line without any.
        // English prints Vietnamese family names without their marks.
        let coarse = name.bare || name.english && t.is_capital();
        if coarse && t.marks & mark::ALONE_BARE != 0 {
            name.ends(name.start + 1, self.alone[t.coarse as usize]);
        } else if !coarse && t.marks & mark::ALONE != 0 {
            let range = self.exact_from[t.fine as usize] as usize..self.exact_from[t.fine as usize + 1] as usize;
            name.is(&self.exact[range]);
        }
    }

    /// The names of two words and more that begin where `name` does.
    fn longer(&self, name: &mut Name<'_>) {
        let (lx, tokens, first) = (name.lx, name.tokens, name.start);
        let Some(head) = self.index.find(tokens[first].coarse, tokens[first + 1].coarse) else { return };
        let further = tokens[first + HEAD..].iter().map(|t| t.coarse);
        self.tails.walk(head, further, |words, whole| {
            // What follows the words that tell a name from all others is known to its surfaces alone.
            let (told, surface) = (HEAD + words, &lx.surfaces[whole.0 as usize]);
            let rest = tokens.get(first + told..first + surface.len());
            if rest.is_some_and(|rest| lx.words_of(surface).skip(told).zip(rest).all(|(w, t)| w.coarse == t.coarse)) {
                name.ends(first + surface.len(), whole);
            }
        });
    }
}

/// Tokens that are looked at together.
const BLOCK: usize = 64;

/// The tokens of a block at which names may begin, as bits.
struct Spots {
    /// Names of one word.
    alone: u64,
    /// Longer ones, as far as each word by itself can tell.
    pairs: u64,
}

/// Where names may begin, by what each word can be or begin: no processor could guess these, so that eight tokens are asked
/// at a time, without a branch. `any`: in any spelling, else in its own.
fn begins(tokens: &[Token], block: std::ops::Range<usize>, any: bool) -> Spots {
    let mut eights = [0u64; BLOCK / 8];
    for (eight, tokens) in eights.iter_mut().zip(tokens[block.clone()].chunks(8)) {
        *eight = tokens.iter().rev().fold(0, |all, t| all << 8 | u64::from(t.marks));
    }
    let with = |bits: u8| {
        const ONES: u64 = u64::MAX / 255;
        // The high bit of each byte that has some of the bits, then these bits side by side.
        let some = |eight: u64| ((eight & (ONES * u64::from(bits))) + (ONES * 0x7f)) >> 7 & ONES;
        eights.iter().rev().fold(0, |all, &eight| all << 8 | some(eight).wrapping_mul(0x0102_0408_1020_4080) >> 56)
    };
    if any {
        return Spots { alone: with(mark::ALONE | mark::ALONE_BARE), pairs: with(mark::BEGINS_BARE) };
    }
    let behind = tokens.get(block.end).is_some_and(|t| t.marks & mark::SECOND != 0);
    let second = with(mark::SECOND) >> 1 | u64::from(behind) << (block.len() - 1);
    Spots { alone: with(mark::ALONE), pairs: with(mark::BEGINS) & second | with(mark::BEGINS_LOOSE) }
}

/// A name that is being read from one token on.
struct Name<'a> {
    lx: &'a Lexicon,
    text: &'a str,
    tokens: &'a [Token],
    /// Its line has no diacritics.
    bare: bool,
    /// Its line is in English.
    english: bool,
    /// Its line has the marks of Vietnamese throughout.
    toned: bool,
    start: usize,
    blocks: &'a mut bool,
    out: &'a mut Vec<Hit>,
}

impl Name<'_> {
    /// The name can be this word alone, which is written as in these surfaces.
    fn is(&mut self, surfaces: &[(u32, bool)]) {
        let (lx, start, end) = (self.lx, self.start, self.start + 1);
        let Some(torn) = torn_by(self.tokens, start, end) else { return };
        for &(s, plain) in surfaces {
            let hit = Hit { start: start as u32, end: end as u32, surface: s, bare: false, blocks: false, torn };
            if plain && torn == 0 {
                self.out.push(hit);
                continue;
            }
            let surface = &lx.surfaces[s as usize];
            if !fits(surface, lx.words_of(surface), &self.tokens[start..end]) || torn != 0 && !may_tear(lx, surface, &self.tokens[start..end]) {
                continue;
            }
            let blocks = surface.strength == Strength::Never;
            *self.blocks |= blocks;
            self.out.push(Hit { blocks, ..hit });
        }
    }

    /// The name can end before `end`: the surfaces that fit are hits.
    fn ends(&mut self, end: usize, surfaces: (u32, u32)) {
        let (lx, start) = (self.lx, self.start);
        if surfaces.0 == surfaces.1 {
            return;
        }
        let Some(torn) = torn_by(self.tokens, start, end) else { return };
        let run = &self.tokens[start..end];
        let bare_line = self.bare;
        // Without diacritics a single small word may be any of many.
        let small = bare_line && run.len() == 1 && !run[0].is_capital() && run[0].kind == Kind::Word;
        let exact = !self.bare && !self.english && torn == 0;
        for s in surfaces.0..surfaces.1 {
            let surface = &lx.surfaces[s as usize];
            // What most names ask for: these very words, in whatever capitals.
            if exact && !surface.loose && surface.case == Case::Any && surface.strength == Strength::Strong {
                if run.iter().zip(lx.words_of(surface)).all(|(t, w)| t.fine == w.fine) {
                    self.out.push(Hit { start: start as u32, end: end as u32, surface: s, bare: false, blocks: false, torn });
                }
                continue;
            }
            let family = self.english && matches!(surface.atom, Atom::Word(w, _) if lx.marks.family_name >> w & 1 == 1);
            // … and sometimes the names of the country with theirs, inside names that the list has without: `Việt Nam People's Army`.
            let marked = self.english && run.len() >= 2 && surface.languages == 1 << Language::En as u8 && plain(lx, surface, run);
            let joint = matches!(surface.atom, Atom::Word(w, _) if lx.marks.joints >> w & 1 == 1);
            if small && !joint || !fits(surface, lx.words_of(surface), run) {
                continue;
            }
            if torn != 0 && !may_tear(lx, surface, run) {
                continue;
            }
            let agreed = if marked { Some(false) } else { agrees(lx, self.text, run, surface, bare_line && (run.len() >= 2 || joint) || family, self.toned) };
            if let Some(bare) = agreed {
                let blocks = surface.strength == Strength::Never;
                *self.blocks |= blocks;
                self.out.push(Hit { start: start as u32, end: end as u32, surface: s, bare, blocks, torn });
            }
        }
    }
}

/// Whether a name may stand inside a run of katakana, see [`mend`]: a country's, one that goes on in kanji, a short form.
fn may_tear(lx: &Lexicon, surface: &Surface, run: &[Token]) -> bool {
    match surface.atom {
        Atom::Entity(e) => lx.entities.get(e as usize).is_some_and(|e| e.sort == Sort::Country) || run.last().is_some_and(|t| t.kind == Kind::Kanji),
        Atom::Short(_) => true,
        _ => false,
    }
}

/// Nothing where the run does not stand apart from its neighbours or is torn by a line; else where it tears a run of katakana.
fn torn_by(tokens: &[Token], start: usize, end: usize) -> Option<u8> {
    let run = &tokens[start..end];
    if run[1..].iter().any(Token::begins_line)
        || run[0].gap & gap::GLUED != 0 && !(run.len() == 1 && tokens[start - 1].kind == Kind::Number && !run[0].is_capital())
    {
        return None;
    }
    // What holds for most names.
    if run[0].kind == Kind::Word && tokens.get(end).is_none_or(|t| t.kind == Kind::Word && t.gap & gap::GLUED == 0) {
        return Some(0);
    }
    let mut bits = 0;
    if let Some(next) = tokens.get(end) {
        if next.gap & gap::GLUED != 0 {
            return None;
        }
        // `Ca-na-da-oa` holds no `Ca-na-da`.
        let hyphenated = next.kind == Kind::Dash && next.gap == 0 && run.iter().any(|t| t.kind == Kind::Dash && t.gap == 0);
        if hyphenated && tokens.get(end + 1).is_some_and(|t| t.kind == Kind::Word && t.gap == 0 && !t.is_capital()) {
            return None;
        }
        // A run of katakana is one word.
        let last = &run[run.len() - 1];
        if last.kind == Kind::Katakana && next.kind == Kind::Katakana && next.gap & !gap::KANA_MARK == 0 {
            bits |= torn::END;
        }
    }
    if start > 0 && run[0].kind == Kind::Katakana && tokens[start - 1].kind == Kind::Katakana && run[0].gap & !gap::KANA_MARK == 0 {
        bits |= torn::START;
    }
    Some(bits)
}

/// Whether the words of a name have no marks where the text has some.
fn plain(lx: &Lexicon, surface: &Surface, run: &[Token]) -> bool {
    run.iter().zip(lx.words_of(surface)).all(|(t, w)| t.fine == w.fine || t.flags & fold::VIETNAMESE_MARK != 0 && w.flags & fold::MARKED == 0)
}

/// Keeps the countries that stand inside a run of katakana where the rest of it is a name with dots before them
/// (`フン・クアン・タインベトナム国防相`) or another country (`在フィリピンベトナム大使館`); drops the others.
pub(crate) fn mend(lx: &Lexicon, tokens: &[Token], hits: &mut Vec<Hit>) {
    if hits.iter().all(|h| h.torn == 0) {
        return;
    }
    let kana = |i: usize| tokens[i].kind == Kind::Katakana && tokens[i].gap & !(gap::KANA_MARK | gap::MIDDLE_DOT) == 0;
    // Where the run of katakana before a hit begins, and whether it has dots.
    let before = |h: &Hit| {
        let mut i = h.start as usize;
        let mut dots = false;
        while i > 0 && h.start as usize - i < LONGEST_KANA && kana(i) && tokens[i - 1].kind == Kind::Katakana {
            dots |= tokens[i].gap & gap::MIDDLE_DOT != 0;
            i -= 1;
        }
        (i, dots)
    };
    let kanji = |i: usize| tokens.get(i).is_some_and(|t| t.kind == Kind::Kanji);
    // Hits come by their starts.
    let from = |start: usize| &hits[hits.partition_point(|h| (h.start as usize) < start)..];
    let office = |h: &Hit| {
        let title =
            |s: &Surface| matches!(s.atom, Atom::Role(..)) || matches!(s.atom, Atom::Entity(e) if lx.entities[e as usize].data.kind == EntityKind::Title);
        from(h.end as usize).iter().take_while(|x| x.start == h.end).any(|x| title(&lx.surfaces[x.surface as usize]))
    };
    let mut ends: Vec<u32> = hits.iter().filter(|h| h.torn == torn::END && is_country(lx, h)).map(|h| h.end).collect();
    ends.sort_unstable();
    // `シャナハン長官` is not the ハン of a list.
    let short = |h: &Hit| matches!(lx.surfaces[h.surface as usize].atom, Atom::Short(_));
    let stands: Vec<bool> = hits
        .iter()
        .map(|h| {
            let (begin, dots) = before(h);
            h.torn == torn::START
                && (!short(h) || dots || ends.binary_search(&h.start).is_ok())
                && (kanji(h.end as usize - 1) || kanji(h.end as usize))
                && (dots || office(h) && !from(begin).iter().take_while(|x| x.start < h.start).any(|x| x.torn == 0 && x.end >= h.end))
        })
        .collect();
    let starts: Vec<u32> = hits.iter().zip(&stands).filter(|(h, s)| **s || h.torn == torn::START && is_country(lx, h)).map(|(h, _)| h.start).collect();
    let mut n = 0;
    hits.retain(|h| {
        n += 1;
        match h.torn {
            0 => true,
            torn::START => stands[n - 1] || is_country(lx, h) && ends.binary_search(&h.start).is_ok(),
            torn::END => starts.binary_search(&h.end).is_ok(),
            _ => false,
        }
    });
}

fn is_country(lx: &Lexicon, h: &Hit) -> bool {
    matches!(lx.surfaces[h.surface as usize].atom, Atom::Entity(e) if lx.entities.get(e as usize).is_some_and(|e| e.sort == Sort::Country))
}

/// Whether what was typed agrees with the name: `Some(true)` where marks are missing that may be.
fn agrees(lx: &Lexicon, text: &str, run: &[Token], surface: &Surface, bare_line: bool, toned_line: bool) -> Option<bool> {
    let may_lack = bare_line || surface.loose && run.len() >= 2;
    let mut bare = false;
    for (t, w) in run.iter().zip(lx.words_of(surface)) {
        if t.fine == w.fine {
            continue;
        }
        if t.kind.is_cjk() {
            // Sizes of kana may differ in full names only.
            if !(surface.loose && run.len() >= 4) {
                return None;
            }
            continue;
        }
        if !may_lack {
            return None;
        }
        bare = true;
        if t.flags & fold::MARKED != 0 {
            // `Tân Cương` is not Tần Cương where all other words have their tones.
            if toned_line {
                return None;
            }
            let typed = fold_word(text.get(t.start as usize..t.end as usize)?);
            if !marks_agree(&typed.fine, lx.words.spelling(w.fine)) {
                return None;
            }
        }
    }
    Some(bare)
}

/// Whether the capitals are those that the name asks for.
fn fits(surface: &Surface, mut words: impl ExactSizeIterator<Item = Spelled> + Clone, run: &[Token]) -> bool {
    let case = surface.case;
    // A weak name in capitals is also a word: `MOST`.
    let acronym = surface.strength == Strength::Weak && words.len() == 1 && words.clone().any(|w| w.flags & fold::UPPER != 0);
    if acronym && run[0].flags & fold::UPPER == 0 {
        return false;
    }
    let cased = |f: u8| f & fold::CASED != 0;
    let capital = |f: u8| f & fold::CAPITAL != 0;
    let mut pairs = run.iter().map(|t| t.flags).zip(words.clone().map(|w| w.flags));
    match case {
        Case::Any => true,
        Case::Exact => {
            let mask = fold::CAPITAL | fold::UPPER | fold::INNER;
            pairs.all(|(t, w)| t & mask == w & mask)
        }
        Case::Name => pairs.all(|(t, w)| !capital(w) || capital(t)),
        Case::Proper => {
            // Where only the first word has a capital, it is no ornament.
            let free = usize::from(words.skip(1).any(|w| capital(w.flags)));
            pairs.skip(free).all(|(t, w)| !capital(w) || capital(t))
        }
        Case::Some => !words.any(|w| capital(w.flags)) || run.iter().any(|t| capital(t.flags) || !cased(t.flags) && t.kind.is_cjk()),
    }
}

/// Takes out hits that a blocking phrase covers: `Chủ nhật` is no Japan.
pub(crate) fn block(lx: &Lexicon, hits: &mut Vec<Hit>) {
    let owner = |h: &Hit| match lx.surfaces[h.surface as usize].atom {
        Atom::Entity(e) | Atom::Short(e) => e,
        Atom::Nationality(p) | Atom::Compound(p) => lx.parties[usize::from(p)].entity,
        _ => u32::MAX,
    };
    let mut blocks: Vec<(u32, u32, u32)> = hits.iter().filter(|h| h.blocks).map(|h| (h.start, h.end, owner(h))).collect();
    blocks.sort_unstable();
    // Hits come by their starts; names are short, so that only blocks that begin shortly before can cover one.
    let mut first = 0;
    hits.retain(|h| {
        while blocks.get(first).is_some_and(|b| b.0 + 64 < h.start) {
            first += 1;
        }
        let mut around = blocks[first..].iter().take_while(|b| b.0 <= h.start).peekable();
        around.peek().is_none() || !h.blocks && !around.any(|b| b.1 >= h.end && b.2 == owner(h))
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::Gazetteer;
    use crate::text::memory::Memory;
    use crate::text::tokens::tokenize;
    use crate::text::words::Reading;
    use proptest::prelude::*;
    use proptest::sample::select;

    /// Few words, so that names begin, end and hold each other; some differ in marks, case or script alone.
    const WORDS: &[&str] = &["Zuk", "zuk", "ZUK", "Zúk", "Plim", "Ngụp", "ngup", "Ngúp", "hoà", "hòa", "2", "-", "+", "日", "越", "ア", "ヴ", "13", "th"];
    const BETWEEN: &[&str] = &[" ", " ", " ", " ", "", "\u{a0}", ", ", "\n", "\n\n", ". "];

    fn name() -> impl Strategy<Value = String> {
        prop::collection::vec(select(WORDS), 1..7).prop_map(|w| w.join(" "))
    }

    /// Every surface at every token: no filter, no tables.
    fn naive(lx: &Lexicon, text: &str, tokens: &[Token], lines: &Lines) -> Vec<Hit> {
        let mut out = Vec::new();
        for start in 0..tokens.len() {
            let has = |bit: u8| lines.traits(start) & bit != 0;
            let (bare, english, toned) = (has(BARE_LINE), has(ENGLISH_LINE), has(TONED_LINE));
            for (s, surface) in lx.surfaces.iter().enumerate() {
                let words = lx.words_of(surface);
                let end = start + words.len();
                if end <= tokens.len() && words.zip(&tokens[start..end]).all(|(w, t)| w.coarse == t.coarse) {
                    let mut blocks = false;
                    Name { lx, text, tokens, bare, english, toned, start, blocks: &mut blocks, out: &mut out }.ends(end, (s as u32, s as u32 + 1));
                }
            }
        }
        out
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_overlapping_hit_is_found(
            names in prop::collection::btree_set(name(), 1..40),
            texts in prop::collection::vec(prop::collection::vec((select(WORDS), select(BETWEEN)), 0..60), 4),
        ) {
            let record = |(i, n): (usize, &String)| {
                let kind = ["place", "person", "organization"][i % 3];
                format!("[[{kind}]]\nid = \"{kind}:n{i}\"\nname = {{ {} = \"{n}\" }}\n", ["en", "vi", "ja"][i % 3])
            };
            let toml: String = names.iter().enumerate().map(record).collect();
            let gazetteer = Gazetteer::from_toml("random.toml", &toml).unwrap_or_else(|e| panic!("{e}\n{toml}"));
            let lx = crate::lexicon::build(&gazetteer).unwrap_or_else(|e| panic!("{e}"));
            let (mut memory, mut masked, mut tokens, mut lines, mut hits) = (Memory::default(), Vec::new(), Vec::new(), Lines::default(), Vec::new());
            for pieces in texts {
                let text: String = pieces.into_iter().flat_map(|(w, b)| [w, b]).collect();
                tokenize(&text, &mut Reading(&lx.words, &mut memory), &mut masked, &mut tokens, &mut lines);
                lx.matcher.find(&lx, &text, &mut tokens, &lines, &mut hits);
                let key = |h: &Hit| (h.start, h.end, h.surface, h.bare, h.torn);
                prop_assert!(hits.windows(2).all(|w| w[0].start <= w[1].start));
                let mut found: Vec<_> = hits.iter().map(key).collect();
                let mut wanted: Vec<_> = naive(&lx, &text, &tokens, &lines).iter().map(key).collect();
                found.sort_unstable();
                wanted.sort_unstable();
                prop_assert_eq!(found, wanted, "{:?}\n{:?}", text, names);
            }
        }
    }
}
