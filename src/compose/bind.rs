//! Which titles are whose: before the name, behind it in apposition, after a copula, in brackets.

mod before;
mod behind;
mod careers;
mod edges;
mod rolls;

use super::chart::{Chart, Item, near, sign};
use super::people::{Person, Sight};
use crate::lexicon::grammar::Symbols;
use crate::lexicon::{self, Marks, Strength};
use crate::text::bits::Bits;
use crate::text::tokens::{Kind, gap};
use edges::Edges;
use std::cell::Cell;

/// A title that belongs to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bond {
    /// Index into the persons.
    pub person: usize,
    /// Span of the title in tokens, which is one of the text's titles.
    pub start: usize,
    pub end: usize,
    pub former: bool,
    pub acting: bool,
    /// The title stands behind the name.
    pub behind: bool,
    /// It is another's title; this person holds the like in his own country.
    pub counterpart: bool,
}

/// Titles in one chain at most.
const CHAIN: usize = 12;
/// Tokens of a word that ends before another at most.
const LONGEST_WORD: usize = 6;
/// Tokens of a bracket between an office and a name at most.
const LONGEST_BRACKET: usize = 40;
/// Tokens in which all fits that can stand between an office and a name: honorifics, a bracket, somebody's age and home, a verb.
const REACH: usize = 127;
/// Honorifics in a row at most.
const HONORIFICS: usize = 4;
/// The same before a name that is not in Japanese script: honorifics, and what stands before these.
const REACH_BEFORE: usize = HONORIFICS * LONGEST_WORD + LONGEST_JOINT;
/// Tokens between an office and such a name with its honorifics at most: a comma, a word or letters in brackets.
const LONGEST_JOINT: usize = LONGEST_WORD + 1;

/// Binds the titles of a text to its persons: bonds by person. Both come in their order, none inside another; `titles` holds
/// spans.
pub(crate) fn bind<'b>(s: &Sight<'_>, people: &[Person], titles: &[(usize, usize)], told: &Told, buffers: &'b mut Buffers) -> &'b [Bond] {
    if people.is_empty() || titles.is_empty() {
        return &[];
    }
    let Buffers { edges, before, taken, all, statuses } = buffers;
    edges.read(s.tokens.len(), people, titles);
    let mut outer = Vec::new();
    if s.chart.preceded {
        for (n, &(start, end)) in titles.iter().enumerate() {
            let begins = s.chart.laid(start, s.lx.marks.title).filter(|i| i.end as usize == end).map(|i| i.outer as usize).min();
            outer.extend(begins.filter(|&o| o < start).map(|o| (o, n)));
        }
        outer.sort_unstable();
        edges.led.reset(s.tokens.len());
        outer.iter().for_each(|o: &(usize, usize)| edges.led.insert(o.0));
    }
    statuses.clear();
    statuses.resize(titles.len(), Cell::new(None));
    let personnel = s.chart.has(s.lx.marks.personnel);
    let b = Binder { s, people, titles, told, edges, outer, personnel, begun: Cell::new((usize::MAX, 0)), statuses };
    before.clear();
    for (i, p) in people.iter().enumerate() {
        let reach = if s.tokens[p.start].kind.is_cjk() { REACH } else { REACH_BEFORE };
        if within(&edges.title_ends.at, p.start.saturating_sub(reach), reach) {
            b.before(i, before);
        }
    }
    // Titles that stand before a name are that person's, whoever stands before them.
    taken.clear();
    taken.resize(titles.len(), None);
    for bond in &*before {
        taken[b.titles_before(bond.start)] = Some(bond.person);
    }
    all.clear();
    let mut before = &before[..];
    for (i, p) in people.iter().enumerate() {
        let from = all.len();
        while let Some((bond, rest)) = before.split_first().filter(|(b, _)| b.person == i) {
            all.push(*bond);
            before = rest;
        }
        if within(&edges.titles.at, p.end, REACH) || !b.outer.is_empty() && within(&edges.led, p.end, REACH) {
            b.behind(i, taken, from, all);
        }
    }
    b.rolls(all);
    all
}

/// Whether one of some edges is at a token or at most so many behind it, up to [`REACH`]: two words of bits.
#[inline]
fn within(edges: &Bits, from: usize, reach: usize) -> bool {
    let far = if reach < 64 { 0 } else { edges.from(from + 64) << (REACH - reach) };
    (edges.from(from) << 63usize.saturating_sub(reach)) | far != 0
}

/// Words of a text that tell whose a title is, wherever they stand.
#[derive(Debug, Default)]
pub(crate) struct Told {
    /// Where the text says that brackets hold the offices of before: `カッコ内は前職`.
    former_in_brackets: Option<usize>,
    /// Pronouns and counterparts, by their items.
    pronouns: Vec<u32>,
    counterparts: Vec<u32>,
    /// Words for a career, as spans.
    careers: Vec<(usize, usize)>,
}

impl Told {
    pub(crate) fn clear(&mut self) {
        self.former_in_brackets = None;
        self.pronouns.clear();
        self.counterparts.clear();
        self.careers.clear();
    }

    /// Whether words of the class `sign` on a chart can tell anything: most texts have none of these.
    pub(crate) fn asks_for_signs(chart: &Chart<'_>) -> bool {
        [sign::BRACKETS_FORMER, sign::CAREER, sign::COMES_INTO].into_iter().any(|number| chart.has_sign(number))
    }

    /// Takes an item into account. They come in the order in which they came onto the chart.
    #[inline]
    pub(crate) fn note(&mut self, m: &Marks, i: &Item) {
        if i.symbols & m.pronoun != 0 && i.strength == Strength::Strong {
            self.pronouns.push(i.id);
        }
        if i.symbols & m.counterpart != 0 {
            self.counterparts.push(i.id);
        }
        if i.symbols & m.sign != 0 {
            let start = i.start as usize;
            match i.number {
                sign::BRACKETS_FORMER => self.former_in_brackets = Some(self.former_in_brackets.map_or(start, |first| first.min(start))),
                sign::CAREER | sign::COMES_INTO => self.careers.push((start, i.end as usize)),
                _ => {}
            }
        }
    }
}

/// What binding titles writes down, in buffers that can be used again.
#[derive(Default)]
pub(crate) struct Buffers {
    edges: Edges,
    /// The titles before names.
    before: Vec<Bond>,
    /// Whose of these each title is.
    taken: Vec<Option<usize>>,
    /// All bonds.
    all: Vec<Bond>,
    /// What stands before each title, once somebody has asked.
    statuses: Vec<Cell<Option<Status>>>,
}

/// Status words before a title: start of the whole, former, acting.
type Status = (usize, bool, bool);

struct Binder<'a> {
    s: &'a Sight<'a>,
    people: &'a [Person],
    titles: &'a [(usize, usize)],
    told: &'a Told,
    edges: &'a Edges,
    /// Titles by the token at which the words begin that stand before them and tell of them, ascending.
    outer: Vec<(usize, usize)>,
    /// The text lists who comes into which office.
    personnel: bool,
    /// The token before which somebody looked last, and the symbols of all that may begin so near that it can end there.
    begun: Cell<(usize, Symbols)>,
    statuses: &'a [Cell<Option<Status>>],
}

impl Binder<'_> {
    fn chart(&self) -> &Chart<'_> {
        self.s.chart
    }

    fn english(&self, token: usize) -> bool {
        self.s.english && self.s.lines.english(token)
    }

    fn title_ending(&self, at: usize) -> Option<(usize, usize)> {
        let ends = &self.edges.title_ends;
        if ends.at.has(at) { self.titles.get(ends.before(at, self.titles, |t| t.1)).copied() } else { None }
    }

    fn title_at(&self, at: usize) -> Option<(usize, usize)> {
        if at > self.s.tokens.len() {
            return None;
        }
        if self.edges.titles.at.has(at) {
            return self.titles.get(self.titles_before(at)).copied();
        }
        if self.outer.is_empty() || !self.edges.led.has(at) {
            return None;
        }
        let i = self.outer.partition_point(|o| o.0 <= at).checked_sub(1)?;
        (self.outer[i].0 == at).then(|| self.titles[self.outer[i].1])
    }

    fn person_at(&self, at: usize) -> Option<usize> {
        if at <= self.s.tokens.len() && self.edges.people.at.has(at) { Some(self.people_before(at)) } else { None }
    }

    fn person_ending(&self, at: usize) -> Option<usize> {
        let ends = &self.edges.people_ends;
        if ends.at.has(at) { Some(ends.before(at, self.people, |p| p.end)) } else { None }
    }

    /// How many titles begin before a token.
    fn titles_before(&self, at: usize) -> usize {
        self.edges.titles.before(at, self.titles, |t| t.0)
    }

    /// How many persons begin before a token.
    fn people_before(&self, at: usize) -> usize {
        self.edges.people.before(at, self.people, |p| p.start)
    }

    /// An item with one of the symbols that ends right before `at`.
    fn item_ending(&self, at: usize, symbols: Symbols) -> Option<Item> {
        if self.begun_before(at) & symbols == 0 {
            return None;
        }
        (at.saturating_sub(LONGEST_WORD)..at)
            .find_map(|t| self.chart().with(t, symbols).filter(|i| i.end as usize == at && i.strength != Strength::Never).last())
    }

    /// The symbols of all that may begin so near before a token that it can end there. Most is asked of one token several times, and
    /// most of it does not even begin.
    fn begun_before(&self, at: usize) -> Symbols {
        let (last, symbols) = self.begun.get();
        if last == at {
            return symbols;
        }
        let begun = |back: usize| self.chart().perhaps_at(at - back);
        let symbols = match at {
            // Without a loop, whose end would be guessed.
            LONGEST_WORD.. => begun(1) | begun(2) | begun(3) | begun(4) | begun(5) | begun(LONGEST_WORD),
            _ => (1..=at).fold(0, |all, back| all | begun(back)),
        };
        self.begun.set((at, symbols));
        symbols
    }

    /// The longest word of the class `sign` with a number at a token.
    fn sign_at(&self, at: usize, number: u8) -> Option<Item> {
        if self.chart().begins(at, self.s.lx.marks.sign) { self.chart().sign(self.s.lx, at, number) } else { None }
    }

    /// A word of the class `sign` with a number that ends right before `at`.
    fn sign_ending(&self, at: usize, number: u8) -> Option<Item> {
        let sign = self.s.lx.marks.sign;
        if self.begun_before(at) & sign == 0 {
            return None;
        }
        (at.saturating_sub(LONGEST_WORD)..at).find_map(|t| self.chart().with(t, sign).find(|i| i.number == number && i.end as usize == at))
    }

    fn item_at(&self, at: usize, symbols: Symbols) -> Option<Item> {
        self.chart().longest(at, symbols)
    }

    /// The longest word of a class at a token behind which a title begins, else the longest: `giữ chức Vụ trưởng`, where
    /// `giữ chức vụ` is in the class as well.
    fn word_leading(&self, at: usize, symbols: Symbols) -> Option<Item> {
        self.chart().with(at, symbols).max_by_key(|i| (self.title_at(self.status_at(i.end as usize).0).is_some(), i.end))
    }

    /// What stands right before a title.
    fn status_before(&self, start: usize) -> Status {
        if !self.edges.titles.at.has(start) {
            return self.read_status_before(start);
        }
        let known = &self.statuses[self.titles_before(start)];
        let status = known.get().unwrap_or_else(|| self.read_status_before(start));
        known.set(Some(status));
        status
    }

    fn read_status_before(&self, start: usize) -> Status {
        let m = &self.s.lx.marks;
        let before = || self.chart().laid(start, m.title).map(|i| i.outer as usize).min();
        let outer = if self.chart().preceded { before() } else { None };
        let (mut at, mut former, mut acting) = (outer.unwrap_or(start), false, false);
        for _ in 0..3 {
            // `免・領事局長`
            let dot = at > 0 && self.s.tokens[at].gap == gap::MIDDLE_DOT && self.item_ending(at, m.leaves_office).is_some();
            if at == 0 || !near(&self.s.tokens[at]) && !dot {
                break;
            }
            // `then-Prime Minister`
            let dash = self.s.tokens[at - 1].kind == Kind::Dash && self.s.tokens[at].gap == 0;
            let end = if dash && at > 1 { at - 1 } else { at };
            let status = m.former | m.acting | m.incoming | m.many_nations | m.leaves_office;
            let Some(i) = self.item_ending(end, status).filter(|i| !self.inside_word(i)) else { break };
            if i.symbols & m.many_nations != 0 {
                break;
            }
            former |= i.symbols & (m.former | m.leaves_office) != 0;
            acting |= i.symbols & m.acting != 0;
            at = i.start as usize;
        }
        (at, former, acting)
    }

    /// `chính quyền`, `ban đầu`: the item is the last syllable of a longer word.
    fn inside_word(&self, item: &Item) -> bool {
        let start = item.start as usize;
        let whole = self.s.lx.marks.whole_word;
        self.chart().begun(start, 2, whole).any(|t| self.chart().with(t, whole).any(|w| w.end >= item.end))
    }

    fn title_items(&self, start: usize, end: usize) -> impl Iterator<Item = &Item> {
        self.chart().laid(start, self.s.lx.marks.title).filter(move |i| i.end as usize == end)
    }

    fn is_rank(&self, start: usize, end: usize) -> bool {
        let rank = |e: u32| self.s.lx.entities.get(e as usize).is_some_and(|e| e.sort == lexicon::Sort::Rank);
        self.title_items(start, end).any(|i| rank(i.features.entity))
    }

    /// Two titles that one person will not hold at once: they name different countries.
    fn differs(&self, a: (usize, usize), b: (usize, usize)) -> bool {
        let country = |t: (usize, usize)| self.chart().laid(t.0, self.s.lx.marks.title).filter(|i| i.end as usize == t.1).map(|i| i.features.country).min();
        match (country(a), country(b)) {
            (Some(x), Some(y)) => x != y && x != lexicon::NONE16 && y != lexicon::NONE16,
            _ => false,
        }
    }

    /// A title of another country than the person's, or than those of his other titles, is not his.
    fn foreign(&self, person: usize, title: (usize, usize), his: &[Bond]) -> bool {
        let lx = self.s.lx;
        let none = crate::lexicon::NONE16;
        let country = |t: (usize, usize)| {
            // Whether no words stand before it that tell of it; whether it may be the word for everybody's office, which says no
            // country, with its field or without; whether it is nothing else.
            let (mut bare, mut word, mut full, mut open, mut named) = (true, false, false, true, none);
            for i in self.title_items(t.0, t.1) {
                let is_word = i.features.country == none && i.features.role != lexicon::NONE16;
                bare &= i.outer == i.start;
                word |= is_word;
                full |= is_word && i.features.portfolio != none;
                open &= is_word || i.strength == Strength::Weak && i.features.entity != lexicon::NONE32;
                if named == none {
                    named = i.features.country;
                }
                if named == none {
                    named = lx.entities.get(i.features.entity as usize).map_or(none, |e| e.country);
                }
            }
            (named != none && !(bare && full) && !(word && open)).then_some(named)
        };
        let Some(theirs) = country(title) else { return false };
        // Words that are his country's office too.
        let mine = self.people[person].readings.first().map_or(none, |&e| lx.entities[e as usize].country);
        let of = |i: &Item| lx.entities.get(i.features.entity as usize).is_some_and(|e| e.country == mine && mine != none);
        if self.title_items(title.0, title.1).any(of) {
            return false;
        }
        let own = self.people[person].readings.first().map(|&e| lx.entities[e as usize].country).filter(|&c| c != none);
        // `Ủy viên Trung ương Đảng`: his country has such an office as well.
        let of = |i: &Item| lx.entities.get(i.features.entity as usize).map_or(none, |e| e.country);
        if own.is_some_and(|c| self.title_items(title.0, title.1).any(|i| of(i) == c)) {
            return false;
        }
        let others = his.iter().filter_map(|b| country((b.start, b.end)));
        own.into_iter().chain(others).any(|c| c != theirs && lx.parties[usize::from(c)].is_country && lx.parties[usize::from(theirs)].is_country)
    }

    /// Status words from `at` on: where the title behind them begins, former, acting.
    fn status_at(&self, mut at: usize) -> Status {
        let m = &self.s.lx.marks;
        let (mut former, mut acting) = (false, false);
        for _ in 0..3 {
            if self.title_at(at).is_some() {
                break;
            }
            let Some(i) = self.item_at(at, m.former | m.acting | m.incoming | m.article) else { break };
            former |= i.symbols & m.former != 0;
            acting |= i.symbols & m.acting != 0;
            at = i.end as usize;
        }
        (at, former, acting)
    }
}
