//! Finds every name in a text, all overlaps, by the numbers of its words.
//!
//! What begins with two words is looked up where the two can begin a name. A hit is then held against what the name asks
//! for: diacritics, capitals, whole words.

pub(crate) mod checks;
mod group;
mod heads;
mod pairs;
mod slots;
mod spots;
mod tails;

use crate::kind::Language;
use crate::lexicon::interest::{heads as openings, opens};
use crate::lexicon::{Atom, Lexicon, Marks, Runs, Spelled, Strength, Surface};
use crate::text::lines::{BARE_LINE, ENGLISH_LINE, Lines, TONED_LINE};
use crate::text::marked::Marked;
use crate::text::tokens::{Kind, Token, Tokens};
use crate::text::words::{Words, mark};
use checks::{agrees, fits, fits_surface, may_tear, plain, torn_by};
pub(crate) use checks::{is_apart, stands};
use group::{Group, Single};
pub(crate) use group::{MOST_HUSHED, fits_alone};
use heads::{Head, Heads};
use pairs::Pairs;
use spots::{PADDING, PART, Spots};
use std::ops::Range;
use tails::Tails;

/// A name in the text: a range of tokens and the surface that it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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

/// What is among the hits of a text.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Found {
    /// Some block others: see [`checks::block`].
    pub blocks: bool,
    /// Some tear a run of katakana: see [`checks::mend`].
    pub torn: bool,
}

/// What a word can begin, and the names of those that begin something.
///
/// Most tokens begin no name. The memory of words says of each what it can be by itself or begin; a few bits for each pair
/// of neighbours say whether the two can begin a name, and only there the two are looked up among the heads of names, their
/// first two words; what follows a head is looked up among its tails, word by word. What a name asks for was worked out when
/// the list was compiled, as far as it can be said in a number beside the place where the name is found.
#[derive(Debug, Default)]
pub(crate) struct Matcher {
    /// The first two words of names, by their coarse numbers.
    heads: Heads,
    /// For each coarse number the surfaces of the name that is just this word, as a range.
    alone: Vec<(u32, u32)>,
    /// For each fine number where its names of one word begin in `exact`.
    exact_from: Vec<u32>,
    /// Names of one word, by their fine numbers.
    exact: Vec<Single>,
    /// First words as names that ask for their spelling have them, by fine numbers.
    strict: Pairs,
    /// First words of names that may be typed without diacritics, by coarse numbers.
    loose: Pairs,
    /// What follows the heads.
    tails: Tails,
}

/// Words of a head.
const HEAD: usize = 2;

/// Whether numbers that are asked for in ascending order are in an ascending list.
fn each_of(list: &[u32]) -> impl FnMut(u32) -> bool {
    let mut rest = list.iter().copied().peekable();
    move |number| {
        while rest.next_if(|&n| n < number).is_some() {}
        rest.peek() == Some(&number)
    }
}

impl Matcher {
    /// Compiles surfaces, which are sorted by their coarse numbers; `common` is what [`Runs::common`] says of them, `hushed` are the
    /// [silent](crate::lexicon::Silent) ones.
    pub(crate) fn build(words: &Words, list: &[Surface], spelled: &Runs, common: &[u8], hushed: &[u32]) -> Self {
        // How many names begin with a pair of words that the one before has not, and how many words all have behind these;
        // how many names are one word.
        let (mut heads, mut further, mut singles) = (0, 0, 0);
        for (s, &common) in list.iter().zip(common) {
            heads += usize::from(usize::from(common) < HEAD && s.len() >= HEAD);
            further += s.len().saturating_sub(HEAD);
            singles += usize::from(s.len() == 1);
        }
        let mut m = Matcher {
            heads: Heads::room(heads),
            tails: Tails::room(further),
            alone: vec![(0, 0); words.len() + 1],
            strict: Pairs::room(heads),
            loose: Pairs::room(heads),
            ..Matcher::default()
        };
        let coarse = |w: &Spelled| words.coarse(w.fine());
        let mut single: Vec<(u32, u32)> = Vec::with_capacity(singles);
        let mut is_hushed = each_of(hushed);
        // The surfaces of one run of words stand together. `before` is how many words it has in common with the run before it;
        // `told` are the first words that were told last, and whether they may lack their diacritics.
        let (mut start, mut before, mut told) = (0, 0, ([Spelled::default(); HEAD], false));
        while let Some(s) = list.get(start) {
            let (this, mut end) = (spelled.words(s), start + 1);
            let behind = loop {
                let shared = common.get(end).map_or(0, |&n| usize::from(n));
                if shared != this.len() || list.get(end).is_none_or(|s| s.len() != this.len()) {
                    break shared;
                }
                end += 1;
            };
            match *this {
                [] => {}
                [word] => {
                    if let Some(alone) = m.alone.get_mut(coarse(&word) as usize) {
                        *alone = (start as u32, end as u32);
                    }
                    single.extend((start..end).map(|i| (spelled.words(&list[i]).first().map_or(0, |w| w.fine()), i as u32)));
                }
                [a, b, ..] => {
                    if before < HEAD {
                        m.heads.push([coarse(&a), coarse(&b)], [a.fine(), b.fine()]);
                    }
                    let Some((number, head)) = m.heads.last() else { break };
                    head.hushed |= before < HEAD;
                    let mut hushed = 0;
                    let mut tell = |i: usize, s: &Surface, [a, b]: [Spelled; HEAD]| {
                        let silent = is_hushed(i as u32);
                        hushed |= u32::from(silent) << (i - start).min(MOST_HUSHED);
                        head.hushed &= silent;
                        // Silent ones are sought where their first word is not, whatever its spelling.
                        let loose = s.is_loose() || silent;
                        // Most begin as the one before.
                        if told != ([a, b], loose) {
                            told = ([a, b], loose);
                            if loose { m.loose.add([coarse(&a), coarse(&b)]) } else { m.strict.add([a.fine(), b.fine()]) }
                        }
                    };
                    tell(start, s, [a, b]);
                    for (i, s) in (start + 1..end).zip(&list[start + 1..end]) {
                        if let [a, b, ..] = *spelled.words(s) {
                            tell(i, s, [a, b]);
                        }
                    }
                    // As many words as tell this name from all others.
                    let needed = this.len().min(before.max(behind) + 1).max(HEAD);
                    let group = Group::of(start, &list[start..end], spelled, this.len() - needed, hushed);
                    if let Some(third) = this.get(HEAD) {
                        head.lead_to(coarse(third));
                    }
                    if needed == HEAD {
                        (head.group, head.start) = (group, s.start);
                        head.hushed_alone = group.hushed().count_ones() as usize == end - start;
                        list[start..end].iter().filter_map(|s| spelled.words(s).first_chunk()).for_each(|&[a, b]| head.spell([a.fine(), b.fine()]));
                    } else {
                        let shared = before.max(HEAD);
                        m.tails.name(number, shared - HEAD, this[shared..needed].iter().map(coarse), (group, s.start));
                    }
                }
            }
            (start, before) = (end, behind);
        }
        m.tails.end();
        m.exact_from = vec![0; single.iter().map(|s| s.0 as usize).max().map_or(0, |n| n + 2)];
        for &(fine, _) in &single {
            m.exact_from[fine as usize + 1] += 1;
        }
        (1..m.exact_from.len()).for_each(|i| m.exact_from[i] += m.exact_from[i - 1]);
        m.exact = vec![Single::default(); single.len()];
        let mut next = m.exact_from.clone();
        let mut is_hushed = each_of(hushed);
        for (fine, i) in single {
            let (place, s) = (&mut next[fine as usize], &list[i as usize]);
            m.exact[*place as usize] = Single::of(i, s, spelled.words(s).first().map_or(0, |w| w.flags()), is_hushed(i));
            *place += 1;
        }
        m
    }

    /// Heap that it takes, in bytes.
    pub(crate) fn memory(&self) -> usize {
        let exact = self.exact_from.capacity() * size_of::<u32>() + self.exact.capacity() * size_of::<Single>();
        let filters = self.strict.memory() + self.loose.memory();
        self.heads.memory() + self.tails.memory() + self.alone.capacity() * size_of::<(u32, u32)>() + exact + filters
    }

    /// Tells the words of a lexicon what each can be or begin.
    pub(crate) fn mark(list: &[Surface], spelled: &Runs, hushed: &[u32], words: &mut Words) {
        let mut is_hushed = each_of(hushed);
        for (i, s) in (0..).zip(list) {
            let hushed = is_hushed(i);
            if hushed
                && let (Atom::Word(symbol, _), Some(word)) = (s.atom, spelled.words(s).first())
                && opens(s, 1 << symbol & openings(&Marks))
            {
                words.mark_fine(word.fine(), mark::OPENS);
            }
            match *spelled.words(s) {
                [] => {}
                [word] => {
                    words.mark_fine(word.fine(), if hushed { 0 } else { mark::ALONE });
                    words.mark_coarse(words.coarse(word.fine()), mark::ALONE_BARE);
                }
                [first, ..] if hushed => words.mark_coarse(words.coarse(first.fine()), mark::BEGINS_BARE),
                [first, second, ..] => {
                    words.mark_fine(second.fine(), if s.is_loose() { 0 } else { mark::SECOND });
                    words.mark_coarse(words.coarse(first.fine()), mark::BEGINS_BARE | if s.is_loose() { mark::BEGINS_LOOSE } else { 0 });
                    words.mark_fine(first.fine(), if s.is_loose() { 0 } else { mark::BEGINS });
                }
            }
        }
    }

    /// Tells words which of them are names by themselves in capitals only: `Minh`, but not `minh`.
    pub(crate) fn mark_proper(&self, words: &mut Words) {
        for (fine, range) in (0..).zip(self.exact_from.windows(2)) {
            let names = self.exact.get(range[0] as usize..range[1] as usize).unwrap_or_default();
            if !names.is_empty() && names.iter().all(|s| s.is_proper()) {
                words.mark_proper(fine, mark::ALONE);
            }
        }
    }

    /// Every hit in `tokens`, by their starts.
    pub(crate) fn find(&self, lx: &Lexicon, text: &str, tokens: &mut Tokens, lines: &Lines, marked: &Marked, search: &mut Search) -> Found {
        search.hits.clear();
        let (count, odd) = (tokens.len(), BARE_LINE | ENGLISH_LINE);
        for (range, traits) in lines.with(odd, count) {
            // Here a word may be another one without its diacritics, so that its spelling does not say what it is.
            // Longer names that begin with other words are all sought here.
            let open = |t: &Token| traits & BARE_LINE != 0 || t.is_capital();
            for t in tokens[range].iter_mut().filter(|t| t.silent != 0 && t.kind == Kind::Word) {
                t.silent = if open(t) { 0 } else { lx.silent.get(usize::from(t.silent)).map_or(0, |s| s.alone) };
            }
        }
        let (padded, Search { hits, spots }) = (tokens.padded(PADDING), search);
        let (tokens, out) = (&padded[..count], std::mem::take(hits));
        let mut name = Name { lx, text, tokens, padded, lines, marked, bare: false, english: false, start: 0, found: Found::default(), out };
        // Lines whose words are what they are spelled are read together.
        let mut from = 0;
        for (range, traits) in lines.with(odd, count) {
            self.stretch(from..range.start, spots, &mut name);
            from = range.end;
            (name.bare, name.english) = (traits & BARE_LINE != 0, traits & ENGLISH_LINE != 0);
            self.in_any_spelling(range, &mut name);
            (name.bare, name.english) = (false, false);
        }
        self.stretch(from..count, spots, &mut name);
        *hits = name.out;
        name.found
    }

    /// The names that begin among some tokens, each in its own spelling.
    fn stretch(&self, tokens: Range<usize>, spots: &mut Spots, name: &mut Name<'_>) {
        let mut from = tokens.start;
        while from < tokens.end {
            let end = tokens.end.min((from / PART + 1) * PART);
            self.spots(from..end, name, spots);
            self.heads(name, spots);
            self.steps(name, spots);
            self.names(spots, name);
            from = end;
        }
    }

    /// The names that begin where they may. What most of them ask is answered here, all else out of the way.
    #[inline(never)]
    fn names(&self, spots: &Spots, name: &mut Name<'_>) {
        let Spots { alone, longer, heads, tails, steps, .. } = spots;
        let mut singles = alone.tokens().iter().peekable();
        for ((&at, &n), &tail) in longer.tokens().iter().zip(heads).zip(tails) {
            while let Some(&single) = singles.next_if(|&&single| single <= at) {
                self.single(single, name);
            }
            let Some(head) = self.heads.get(n as usize) else { continue };
            let Some([t, next, third]) = name.padded[at as usize..].first_chunk() else { break };
            name.start = at as usize;
            let group = head.group;
            match group.meets([t, next]) {
                Some(meets) if is_apart(t, third) => {
                    let hushed = if t.silent == 0 { 0 } else { group.hushed() };
                    if meets && head.is_spelled([t.fine, next.fine]) {
                        group.told(name.lx, hushed).for_each(|s| name.hit(HEAD, s, false, false));
                    } else if meets {
                        name.are_spelled([t.fine, next.fine], group.told(name.lx, hushed), head);
                    }
                }
                _ => name.further(HEAD, (group, head.start)),
            }
            let mut tail = tail;
            while let Some(step) = steps.get((tail as usize).wrapping_sub(1)) {
                name.further((step.at - at) as usize + 1, self.tails.names(step.node));
                tail = step.next;
            }
        }
        singles.for_each(|&single| self.single(single, name));
    }

    /// The names of one word that begin at a token.
    #[inline]
    fn single(&self, at: u32, name: &mut Name<'_>) {
        name.start = at as usize;
        let Some([t, next]) = name.padded[at as usize..].first_chunk() else { return };
        let singles = self.singles(t.fine);
        if is_apart(t, next) { name.is(t, singles) } else { name.is_torn(singles) }
    }

    /// The names that begin among tokens whose spelling does not say what they are.
    fn in_any_spelling(&self, tokens: Range<usize>, name: &mut Name<'_>) {
        for at in tokens {
            let (t, marks) = (&name.tokens[at], name.tokens[at].marks);
            name.start = at;
            // A single word with other marks than the name's may only be meant on a line without any.
            // English prints Vietnamese family names without their marks.
            let coarse = name.bare || name.english && t.is_capital();
            if coarse && marks & mark::ALONE_BARE != 0 {
                let (first, end) = self.alone[t.coarse as usize];
                name.ends(at + 1, first..end);
            } else if !coarse && marks & mark::ALONE != 0 {
                name.is_torn(self.singles(t.fine));
            }
            if marks & mark::BEGINS_BARE != 0
                && let Some(next) = name.tokens.get(at + 1).filter(|t| !t.begins_line())
                && let pair = [t.coarse, next.coarse]
                && let Some(n) = self.heads.find(pair, [t.fine, next.fine], self.heads.look(pair), &name.lx.words)
                && let Some(head) = self.heads.get(n)
            {
                if !head.group.is_empty() {
                    name.are(HEAD, head.group, head.start);
                }
                if let (n, Some(third)) = (n as u32, name.tokens.get(at + HEAD).filter(|t| !t.begins_line()))
                    && let Some(node) = self.tails.find(n, third.coarse, self.tails.look(n, third.coarse))
                {
                    let further = name.tokens[at + HEAD + 1..].iter().take_while(|t| !t.begins_line()).map(|t| t.coarse);
                    for (words, node) in (HEAD + 1..).zip(self.tails.walk(node, further)) {
                        name.further(words, self.tails.names(node));
                    }
                }
            }
        }
    }

    /// The names that are one word of this fine form.
    #[inline]
    fn singles(&self, fine: u32) -> &[Single] {
        let from = self.exact_from.get(fine as usize..).and_then(|f| f.first_chunk());
        from.and_then(|&[from, end]| self.exact.get(from as usize..end as usize)).unwrap_or(&[])
    }
}

/// What a search finds, and its buffers.
#[derive(Default)]
pub(crate) struct Search {
    pub hits: Vec<Hit>,
    spots: Spots,
}

/// A name that is being read from one token on.
struct Name<'a> {
    lx: &'a Lexicon,
    text: &'a str,
    tokens: &'a [Token],
    /// The same with [`PADDING`] behind them.
    padded: &'a [Token],
    lines: &'a Lines,
    marked: &'a Marked,
    /// Its line has no diacritics.
    bare: bool,
    /// Its line is in English.
    english: bool,
    start: usize,
    found: Found,
    out: Vec<Hit>,
}

impl Name<'_> {
    /// Its line may have words in another spelling than names.
    fn any(&self) -> bool {
        self.bare || self.english
    }

    /// Its line has the marks of Vietnamese throughout.
    fn toned(&self) -> bool {
        self.lines.traits(self.start) & TONED_LINE != 0
    }

    /// Which surfaces of a group nobody looks for here, as bits.
    #[inline]
    fn hushed(&self, group: Group) -> u32 {
        if self.any() || self.tokens[self.start].silent == 0 { 0 } else { group.hushed() }
    }

    /// A hit of so many words that tears nothing.
    #[inline]
    fn hit(&mut self, words: usize, surface: u32, bare: bool, blocks: bool) {
        self.found.blocks |= blocks;
        self.out.push(Hit { start: self.start as u32, end: (self.start + words) as u32, surface, bare, blocks, torn: 0 });
    }

    /// A hit that may block others or tear a run of katakana.
    fn push(&mut self, hit: Hit) {
        self.found.blocks |= hit.blocks;
        self.found.torn |= hit.torn != 0;
        self.out.push(hit);
    }

    /// The name can be this word alone, which is spelled as in these surfaces and stands apart from its neighbours.
    #[inline]
    fn is(&mut self, t: &Token, surfaces: &[Single]) {
        for s in surfaces {
            if s.fits(t) {
                self.hit(1, s.surface, false, s.blocks);
            }
        }
    }

    /// The name can be one of two words which have what they need of capitals, but for its spelling.
    #[inline(never)]
    fn are_spelled(&mut self, fine: [u32; HEAD], surfaces: impl Iterator<Item = u32>, head: &Head) {
        let (lx, run) = (self.lx, &self.tokens[self.start..self.start + HEAD]);
        for s in surfaces {
            // The surfaces of a group stand in a row, and so do their words.
            let words = lx.spelled.from((head.start + (s - head.group.first()) * HEAD as u32) as usize, HEAD);
            let exact = words.iter().map(|w| w.fine()).eq(fine);
            let bare = match exact {
                true => Some(false),
                false if head.group.is_loose() => agrees(lx, self.text, run, &lx.surfaces[s as usize], false, || self.toned()),
                false => None,
            };
            if let Some(bare) = bare {
                self.hit(HEAD, s, bare, false);
            }
        }
    }

    /// The same where the word may not stand apart.
    #[inline(never)]
    fn is_torn(&mut self, surfaces: &[Single]) {
        let (lx, start, end) = (self.lx, self.start, self.start + 1);
        let Some(torn) = torn_by(self.tokens, start, end) else { return };
        let run = &self.tokens[start..end];
        for s in surfaces.iter().filter(|s| s.fits(&run[0])) {
            if torn == 0 || may_tear(lx, &lx.surfaces[s.surface as usize], run) {
                self.push(Hit { start: start as u32, end: end as u32, surface: s.surface, bare: false, blocks: s.blocks, torn });
            }
        }
    }

    /// The name can be one of a group behind a head, if there is any.
    #[inline]
    fn further(&mut self, told: usize, (group, words): (Group, u32)) {
        if !group.is_empty() {
            self.are(told, group, words);
        }
    }

    /// The name can be one of a group, `told` of whose words were met; where the words of the first surface stand.
    #[inline(never)]
    fn are(&mut self, told: usize, group: Group, words: u32) {
        let (lx, tokens, start) = (self.lx, self.tokens, self.start);
        let (len, any) = (told + group.rest(), self.any());
        let (end, hushed) = (start + len, self.hushed(group));
        if hushed.count_ones() as usize == group.surfaces(lx).len() {
            return;
        }
        let Some(run) = tokens.get(start..end).filter(|r| !r[told..].iter().any(Token::begins_line)) else { return };
        let first = words as usize;
        let words = lx.spelled.from(first, len);
        // What follows the words that tell a name from all others is known to itself alone. Where the spelling is asked for, it
        // says the same and more.
        let as_spelled = !any && !group.is_odd();
        if (group.is_loose() || !as_spelled) && !run.iter().zip(words).skip(told).all(|(t, w)| t.coarse == lx.words.coarse(w.fine())) {
            return;
        }
        if !as_spelled || !is_apart(&run[0], tokens.get(end).unwrap_or(&Token::NONE)) {
            return self.ends(end, group.told(lx, hushed));
        }
        for s in group.told(lx, hushed) {
            // The surfaces of a group stand in a row, and so do their words.
            let words = lx.spelled.from(first + (s - group.first()) as usize * len, len);
            let exact = run.iter().zip(words).all(|(t, w)| t.fine == w.fine());
            if !exact && !group.is_loose() || !fits(group.case(), words, run) {
                continue;
            }
            let bare = if exact { Some(false) } else { agrees(lx, self.text, run, &lx.surfaces[s as usize], false, || self.toned()) };
            if let Some(bare) = bare {
                self.hit(len, s, bare, false);
            }
        }
    }

    /// The name can end before `end`: the surfaces that fit are hits. Nothing that was worked out beforehand is used here.
    fn ends(&mut self, end: usize, surfaces: impl Iterator<Item = u32>) {
        let (lx, start) = (self.lx, self.start);
        let Some(torn) = torn_by(self.tokens, start, end) else { return };
        let run = &self.tokens[start..end];
        let bare_line = self.bare;
        // Without diacritics a single small word may be any of many.
        let small = bare_line && run.len() == 1 && !run[0].is_capital() && run[0].kind == Kind::Word;
        for s in surfaces {
            let surface = &lx.surfaces[s as usize];
            let family = self.english && matches!(surface.atom, Atom::Word(w, _) if lx.marks.family_name >> w & 1 == 1);
            // … and sometimes the names of the country with theirs, inside names that the list has without: `Việt Nam People's Army`.
            let marked = self.english && run.len() >= 2 && surface.languages == 1 << Language::En as u8 && plain(lx, surface, run);
            let joint = matches!(surface.atom, Atom::Word(w, _) if lx.marks.joints >> w & 1 == 1);
            if small && !joint || !fits_surface(surface, lx.words_of(surface), run) {
                continue;
            }
            if torn != 0 && !may_tear(lx, surface, run) {
                continue;
            }
            let may_lack = bare_line && (run.len() >= 2 || joint) || family;
            let agreed = if marked { Some(false) } else { agrees(lx, self.text, run, surface, may_lack, || self.toned()) };
            if let Some(bare) = agreed {
                let blocks = surface.strength == Strength::Never;
                self.push(Hit { start: start as u32, end: end as u32, surface: s, bare, blocks, torn });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::Gazetteer;
    use crate::text::cut::tokenize;
    use crate::text::memory::Memory;
    use crate::text::words::Reading;
    use proptest::prelude::*;
    use proptest::sample::select;

    /// Few words, so that names begin, end and hold each other; some differ in marks, case or script alone.
    const WORDS: &[&str] = &["Zuk", "zuk", "ZUK", "Zúk", "Plim", "Ngụp", "ngup", "Ngúp", "hoà", "hòa", "2", "-", "+", "日", "越", "ア", "ヴ", "13", "th"];
    const BETWEEN: &[&str] = &[" ", " ", " ", " ", "", "\u{a0}", ", ", "\n", "\n\n", ". "];

    fn name() -> impl Strategy<Value = String> {
        prop::collection::vec(select(WORDS), 1..7).prop_map(|w| w.join(" "))
    }

    fn text(words: Range<usize>) -> impl Strategy<Value = Vec<(&'static str, &'static str)>> {
        prop::collection::vec((select(WORDS), select(BETWEEN)), words)
    }

    /// Every surface at every token: no filter, no tables.
    fn naive(lx: &Lexicon, text: &str, tokens: &[Token], lines: &Lines) -> Vec<Hit> {
        let (marked, found, out) = (&Marked::default(), Found::default(), Vec::new());
        let mut name = Name { lx, text, tokens, padded: tokens, lines, marked, bare: false, english: false, start: 0, found, out };
        for start in 0..tokens.len() {
            let has = |bit: u8| lines.traits(start) & bit != 0;
            (name.bare, name.english, name.start) = (has(BARE_LINE), has(ENGLISH_LINE), start);
            for (s, surface) in lx.surfaces.iter().enumerate() {
                let end = start + surface.len();
                if end <= tokens.len() && lx.coarse_of(surface).zip(&tokens[start..end]).all(|(w, t)| w == t.coarse) {
                    name.ends(end, s as u32..s as u32 + 1);
                }
            }
        }
        name.out
    }

    /// Names that are silent, at the tokens that say so.
    fn silent(lx: &Lexicon, tokens: &[Token]) -> Vec<Hit> {
        let mut out = Vec::new();
        for (start, t) in tokens.iter().enumerate().filter(|(_, t)| t.kind == Kind::Word && t.silent != 0) {
            let is = &lx.silent[usize::from(t.silent)];
            let (before, phrases) = (out.len(), lx.phrases.at(tokens, start, is.phrases, u128::MAX));
            let mut found = |surface: u32, end: u32| out.push(Hit { start: start as u32, end, surface, ..Hit::default() });
            let single = |s: &Surface| s.len() == 1 && lx.words_of(s).iter().all(|w| w.fine() == t.fine && fits_alone(s, w.flags(), t.flags));
            lx.hushed.iter().filter(|&&i| single(&lx.surfaces[i as usize])).for_each(|&i| found(i, start as u32 + 1));
            assert_eq!(out.len() - before, is.items.len(), "as many as the chart hands over");
            out.extend(phrases.iter().filter_map(|p| Some(Hit { start: start as u32, end: p.end(lx, tokens, start)?, surface: p.surface, ..Hit::default() })));
        }
        out
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1_024, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_overlapping_hit_is_found(
            names in prop::collection::btree_set(name(), 1..40),
            texts in prop::collection::vec(prop_oneof![3 => text(0..60), 1 => text(100..400)], 4),
        ) {
            let record = |(i, n): (usize, &String)| {
                if i % 5 > 2 {
                    let list = ["word", "exact"][i % 2];
                    return format!("[[word]]\nid = \"clause-word\"\n{list} = {{ {} = [\"{n}\"] }}\n", ["en", "vi", "ja"][i % 3]);
                }
                let kind = ["place", "person", "organization"][i % 3];
                format!("[[{kind}]]\nid = \"{kind}:n{i}\"\nname = {{ {} = \"{n}\" }}\n", ["en", "vi", "ja"][i % 3])
            };
            let toml: String = names.iter().enumerate().map(record).collect();
            let gazetteer = Gazetteer::from_toml("random.toml", &toml).unwrap_or_else(|e| panic!("{e}\n{toml}"));
            let lx = crate::lexicon::build(&gazetteer).unwrap_or_else(|e| panic!("{e}"));
            let (mut memory, mut masked, mut tokens, mut lines, mut search) = (Memory::default(), Vec::new(), Tokens::default(), Lines::default(), Search::default());
            let mut marked = Marked::default();
            for pieces in texts {
                let text: String = pieces.into_iter().flat_map(|(w, b)| [w, b]).collect();
                tokenize(&text, &mut Reading(&lx.words, &mut memory), &mut masked, &mut tokens, &mut lines);
                marked.read(&tokens);
                lx.matcher.find(&lx, &text, &mut tokens, &lines, &marked, &mut search);
                let hits = &search.hits;
                let key = |h: &Hit| (h.start, h.end, h.surface, h.bare, h.torn);
                prop_assert!(hits.windows(2).all(|w| w[0].start <= w[1].start));
                let mut found: Vec<_> = hits.iter().chain(&silent(&lx, &tokens)).map(key).collect();
                let mut wanted: Vec<_> = naive(&lx, &text, &tokens, &lines).iter().map(key).collect();
                found.sort_unstable();
                wanted.sort_unstable();
                prop_assert_eq!(found, wanted, "{:?}\n{:?}", text, names);
            }
        }
    }
}
