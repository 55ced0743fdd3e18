//! Which of all the readings stay: one total order, and what may stand inside what.
//!
//! Order: a listed person first; then by length in tokens, the longer first; then by kind, in the order of [`Kind::ALL`];
//! then by start. A reading stays unless it crosses one that stays already, or stands
//! inside one that may not hold it.

use crate::compose::people::{Ground, Person};
use crate::kind::Kind;

/// A reading of a stretch of tokens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    pub start: u32,
    pub end: u32,
    pub kind: Kind,
    /// The first of its items on the chart, or the index of its person.
    pub source: u32,
    /// A listed person's full name: nothing takes its place.
    pub first: bool,
    /// A gazetteer holds the thing under this very name.
    pub listed: bool,
    /// A mechanism that can stand inside another one's name.
    pub apart: bool,
    /// It is written in kanji or kana.
    pub cjk: bool,
    /// Its record, or `u32::MAX`.
    pub entity: u32,
    pub support: Support,
}

/// What a name has to stand on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Support {
    /// It needs nothing.
    Itself,
    InFull,
    WordsAround,
    Capitals,
    Holder,
    Sides,
    TwoCountries,
    ForeignPaper,
}

impl Support {
    /// The same in words, where there is something.
    pub(super) fn words(self) -> Option<&'static str> {
        Some(match self {
            Support::Itself => return None,
            Support::InFull => "the text names it in full elsewhere",
            Support::WordsAround => "the words around say whose it is",
            Support::Capitals => "capitals inside a sentence, or a byline",
            Support::Holder => "a name stands beside it",
            Support::Sides => "its sides are named",
            Support::TwoCountries => "the text speaks of two countries",
            Support::ForeignPaper => "a word of a foreign paper",
        })
    }
}

impl Candidate {
    /// A reading of this kind that says nothing yet.
    pub(super) fn of(kind: Kind) -> Candidate {
        Candidate { start: 0, end: 0, kind, source: 0, first: false, listed: false, apart: false, cjk: false, entity: u32::MAX, support: Support::Itself }
    }

    /// Another one stands inside it and is shorter.
    fn holds(&self, other: &Candidate) -> bool {
        self.start <= other.start && other.end <= self.end && (self.start, self.end) != (other.start, other.end)
    }

    /// The person with this number.
    pub(super) fn person(number: usize, p: &Person) -> Candidate {
        let (start, end, source) = (p.start as u32, p.end as u32, number as u32);
        Candidate { start, end, source, first: p.ground == Ground::Listed, listed: !p.readings.is_empty(), ..Candidate::of(Kind::Person) }
    }
}

/// Why a reading lost, the more telling reasons first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    /// Another reading of the same words and kind.
    Twin,
    /// The same words, of a kind that comes later.
    Same,
    Crosses,
    /// It would hold one that comes first.
    Around,
    /// It has not enough to stand on.
    Unsupported,
    /// A shorter reading from the same word on.
    Shorter,
    /// A part of one name.
    Part,
    /// One that stays may not hold it.
    Inside,
}

/// A reading that lost, and the one that it lost to, if it was one.
#[derive(Clone, Debug)]
pub(crate) struct Lost {
    pub candidate: Candidate,
    pub to: Option<(u32, u32, Kind)>,
    pub reason: Reason,
}

impl Lost {
    pub(crate) fn to(candidate: &Candidate, winner: &Candidate, reason: Reason) -> Lost {
        Lost { candidate: *candidate, to: Some((winner.start, winner.end, winner.kind)), reason }
    }
}

/// Why a mention that stays holds another one not.
fn refusal(outer: &Candidate, inner: &Candidate) -> Reason {
    if (outer.start, outer.end) == (inner.start, inner.end) {
        Reason::Same
    } else if outer.kind == inner.kind && outer.start == inner.start {
        Reason::Shorter
    } else if outer.kind == inner.kind && (inner.entity != u32::MAX && outer.entity == inner.entity || outer.kind == Kind::Mechanism) {
        Reason::Part
    } else if outer.start <= inner.start && inner.end <= outer.end {
        Reason::Inside
    } else if inner.start <= outer.start && outer.end <= inner.end {
        Reason::Around
    } else {
        Reason::Crosses
    }
}

/// What a mention of each kind may hold, and what of that only where a list holds it: kinds as bits.
const HELD: [(u8, u8); Kind::ALL.len()] = {
    let mut all = [(0, 0); Kind::ALL.len()];
    let mut n = 0;
    while n < all.len() {
        all[Kind::ALL[n] as usize] = held(Kind::ALL[n]);
        n += 1;
    }
    all
};

const fn held(outer: Kind) -> (u8, u8) {
    const fn bits(kinds: &[Kind]) -> u8 {
        match kinds {
            [kind, others @ ..] => 1 << *kind as u8 | bits(others),
            [] => 0,
        }
    }
    match outer {
        Kind::Person | Kind::Place => (0, 0),
        Kind::Title => (bits(&[Kind::Ministry, Kind::Organization, Kind::Place]), bits(&[Kind::Mechanism])),
        Kind::Ministry => (bits(&[Kind::Place]), 0),
        Kind::Organization => (bits(&[Kind::Place, Kind::Ministry]), bits(&[Kind::Organization])),
        Kind::Mechanism => (bits(&[Kind::Place]), bits(&[Kind::Organization, Kind::Mechanism])),
        Kind::Agreement => (bits(&[Kind::Place, Kind::Mechanism]), bits(&[Kind::Organization])),
        Kind::Initiative => (bits(&[Kind::Place]), bits(&[Kind::Organization, Kind::Initiative])),
    }
}

/// Whether a mention may hold another.
#[inline]
fn may_hold(outer: &Candidate, inner: &Candidate) -> bool {
    let (any, listed) = HELD[outer.kind as usize];
    let kinds = any | if inner.listed { listed } else { 0 };
    if kinds >> inner.kind as u8 & 1 == 0 {
        return false;
    }
    // In Japanese script a body opens the names of its parts: `ベトナム海軍第4管区`, but not `海上自衛隊`.
    if outer.kind == Kind::Organization && inner.kind == Kind::Organization && inner.cjk && outer.cjk {
        return inner.start == outer.start && inner.entity != outer.entity;
    }
    // A shorter name of the same thing, or the beginning of a name of its kind, is no part of it.
    if outer.kind == inner.kind && (outer.start == inner.start || inner.entity != u32::MAX && outer.entity == inner.entity) {
        return false;
    }
    match outer.kind {
        // A mechanism inside another stands behind `of` or is an abbreviation; two of a family are one name, not two.
        Kind::Mechanism => inner.kind != Kind::Mechanism || inner.apart,
        // `Hiệp định Đối tác Toàn diện và Tiến bộ …`: the head of an agreement opens its own name, of which this is the beginning.
        Kind::Agreement => inner.kind != Kind::Mechanism || inner.end == outer.end || inner.apart || outer.cjk || inner.start > outer.start + 2,
        // In Japanese script the name of a body opens the title that it completes.
        Kind::Title => inner.kind != Kind::Organization || !inner.cjk || inner.start == outer.start,
        _ => true,
    }
}

/// Buffers of [`choose`].
#[derive(Default)]
pub(crate) struct Rows {
    /// Readings by the order of choice, each with its number in the lower bits.
    order: Vec<u64>,
    /// For each token the index of the smallest chosen candidate that holds it.
    owner: Vec<u32>,
}

/// Keeps the candidates that stand together, sorted by start, then by end descending. They come by their starts. `lost` takes
/// each other one, where reasons are wanted, with one that it lost to.
pub(crate) fn choose(candidates: &[Candidate], rows: &mut Rows, chosen: &mut Vec<Candidate>, mut lost: Option<&mut Vec<Lost>>) {
    chosen.clear();
    chosen.reserve(candidates.len());
    let mut rest = candidates;
    // Only readings that share a word have anything to say to each other, and most share none.
    while let [first, others @ ..] = rest {
        let mut end = first.end;
        if others.first().is_none_or(|next| next.start >= end) {
            chosen.push(*first);
            rest = others;
            continue;
        }
        let shares = |c: &&Candidate| {
            let shares = c.start < end;
            end = end.max(if shares { c.end } else { 0 });
            shares
        };
        let (here, others) = rest.split_at(1 + others.iter().take_while(shares).count());
        rest = others;
        match here {
            [a, b] => choose_of_two(a, b, chosen, lost.as_deref_mut()),
            _ => choose_of(here, end, rows, chosen, lost.as_deref_mut()),
        }
    }
}

/// Tokens of a reading at most that are told from longer ones: no form is so long.
const LONGEST: u32 = (1 << 20) - 1;

/// The place of a reading in the order of choice, as one number: a listed person's full name, length, kind, start. Of one span and
/// kind there is one reading only. Readings come by their starts, so that their numbers, in the lower bits, stand for these.
fn rank(c: &Candidate, number: u32) -> u64 {
    let longer = LONGEST - (c.end - c.start).min(LONGEST);
    u64::from(!c.first) << 60 | u64::from(longer) << 40 | u64::from(c.kind as u8) << 32 | u64::from(number)
}

/// The same of two that share a word.
fn choose_of_two(a: &Candidate, b: &Candidate, chosen: &mut Vec<Candidate>, lost: Option<&mut Vec<Lost>>) {
    let (outer, inner) = if rank(a, 0) < rank(b, 1) { (a, b) } else { (b, a) };
    chosen.push(*outer);
    if outer.holds(inner) && may_hold(outer, inner) {
        chosen.push(*inner);
    } else if let Some(lost) = lost {
        lost.push(Lost::to(inner, outer, refusal(outer, inner)));
    }
}

/// What can stand inside a mention of each kind at all, be it in one that stands inside it, and what of that only where a list
/// holds it.
const REACHED: [(u8, u8); Kind::ALL.len()] = {
    let mut all = HELD;
    // No chain of kinds is longer than there are kinds.
    let mut round = 0;
    while round < all.len() {
        let mut outer = 0;
        while outer < all.len() {
            let mut inner = 0;
            while inner < all.len() {
                if (HELD[outer].0 | HELD[outer].1) >> inner & 1 == 1 {
                    all[outer] = (all[outer].0 | all[inner].0, all[outer].1 | all[inner].1);
                }
                inner += 1;
            }
            outer += 1;
        }
        round += 1;
    }
    all
};

/// Whether a mention can hold another one inside its span, be it in one that it holds.
#[inline]
fn can_reach(outer: &Candidate, inner: &Candidate) -> bool {
    let (any, listed) = REACHED[outer.kind as usize];
    let kinds = any | if inner.listed { listed } else { 0 };
    // What could stand between two of one kind, beginning where both do, is a body in Japanese only.
    let beginning = outer.start == inner.start && (outer.end == inner.end || outer.kind == inner.kind && !outer.cjk);
    kinds >> inner.kind as u8 & 1 == 1 && !beginning && (outer.kind != Kind::Mechanism || inner.kind != Kind::Mechanism || inner.apart)
}

/// The same of readings that stand on one stretch of tokens, up to `end`.
fn choose_of(candidates: &[Candidate], end: u32, rows: &mut Rows, chosen: &mut Vec<Candidate>, mut lost: Option<&mut Vec<Lost>>) {
    let (begin, before) = (candidates[0].start, chosen.len());
    let Rows { order, owner } = rows;
    let of = |o: u64| &candidates[o as u32 as usize];
    order.clear();
    let mut first = u64::MAX;
    for (n, c) in (0..).zip(candidates) {
        first = first.min(rank(c, n));
    }
    let top = of(first);
    // Most often it holds all of its stretch: what can never stand inside it goes before there is anything to sort.
    let holds_all = (top.start, top.end) == (begin, end) && lost.is_none();
    if holds_all {
        chosen.push(*top);
    }
    for (n, c) in (0..).zip(candidates) {
        if !holds_all || can_reach(top, c) {
            order.push(rank(c, n));
        }
    }
    if holds_all && order.len() < 2 {
        chosen.extend(order.first().map(|&o| of(o)).filter(|c| may_hold(top, c)));
        return;
    }
    order.sort_unstable();
    // Only a listed person's full name stays before something longer that could hold it, and comes first.
    let persons = order.first().is_some_and(|&o| of(o).first);
    // For each token the index of the smallest chosen candidate that holds it. Longer ones come first, so that a later
    // one, where it fits, is the smaller.
    owner.clear();
    owner.resize((end - begin) as usize, if holds_all { before as u32 } else { u32::MAX });
    for c in order.iter().map(|&o| of(o)) {
        let span = &mut owner[(c.start - begin) as usize..(c.end - begin) as usize];
        let (Some(&holder), Some(&last)) = (span.first(), span.last()) else { continue };
        if last != holder || persons && span.iter().any(|&o| o != holder) {
            if let Some(lost) = &mut lost {
                let inner = |o: &&u32| chosen.get(**o as usize).is_some_and(|h: &Candidate| !(h.start <= c.start && c.end <= h.end));
                lost.extend(span.iter().find(inner).and_then(|&o| chosen.get(o as usize)).map(|h| Lost::to(c, h, refusal(h, c))));
            }
            continue;
        }
        if let Some(h) = chosen.get(holder as usize) {
            // The first-placed ones are not always longer: one may end inside this one.
            if !h.holds(c) || !may_hold(h, c) {
                if let Some(lost) = &mut lost {
                    lost.push(Lost::to(c, h, refusal(h, c)));
                }
                continue;
            }
        }
        span.fill(chosen.len() as u32);
        chosen.push(*c);
    }
    chosen[before..].sort_unstable_by_key(|c| (c.start, u32::MAX - c.end));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn c(start: u32, end: u32, kind: Kind) -> Candidate {
        Candidate { start, end, listed: true, ..Candidate::of(kind) }
    }

    #[test]
    fn nothing_crosses_and_order_does_not_matter() {
        let all = vec![c(0, 6, Kind::Title), c(2, 6, Kind::Ministry), c(4, 6, Kind::Place), c(0, 4, Kind::Title), c(5, 8, Kind::Person), c(1, 2, Kind::Title)];
        let want = vec![(0, 6, Kind::Title), (2, 6, Kind::Ministry), (4, 6, Kind::Place)];
        let mut back = all.clone();
        back.reverse();
        for mut list in [all, back] {
            list.sort_by_key(|c| c.start);
            let mut got = Vec::new();
            choose(&list, &mut Rows::default(), &mut got, None);
            assert_eq!(got.iter().map(|c| (c.start, c.end, c.kind)).collect::<Vec<_>>(), want);
        }
    }

    #[test]
    fn a_person_holds_nothing() {
        let mut lost = Vec::new();
        let mut p = c(0, 3, Kind::Person);
        p.first = true;
        let mut got = Vec::new();
        choose(&[p, c(1, 2, Kind::Place), c(2, 6, Kind::Title)], &mut Rows::default(), &mut got, Some(&mut lost));
        assert_eq!(got.len(), 1);
        assert_eq!(lost.iter().map(|l| (l.candidate.kind, l.reason)).collect::<Vec<_>>(), [(Kind::Title, Reason::Crosses), (Kind::Place, Reason::Inside)]);
    }

    #[test]
    fn what_goes_before_the_sorting_would_never_stay() {
        let mut seed = 1u64;
        let mut next = |below: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % below
        };
        for _ in 0..20_000 {
            let (tokens, cjk) = (3 + next(8) as u32, next(256));
            let mut all = vec![c(0, tokens, Kind::ALL[1 + next(7) as usize])];
            for _ in 0..next(10) {
                let start = next(u64::from(tokens)) as u32;
                let end = start + 1 + next(u64::from(tokens - start)) as u32;
                let kind = Kind::ALL[1 + next(7) as usize];
                if !all.iter().any(|o| (o.start, o.end, o.kind) == (start, end, kind)) {
                    let entity = if next(2) == 0 { next(3) as u32 } else { u32::MAX };
                    all.push(Candidate { listed: next(2) == 0, apart: kind == Kind::Mechanism && next(2) == 0, entity, ..c(start, end, kind) });
                }
            }
            all.iter_mut().for_each(|c| c.cjk = cjk >> (c.start % 8) & 1 == 1);
            all.sort_by_key(|c| c.start);
            let (mut short, mut long, mut lost) = (Vec::new(), Vec::new(), Vec::new());
            choose(&all, &mut Rows::default(), &mut short, None);
            choose(&all, &mut Rows::default(), &mut long, Some(&mut lost));
            let spans = |list: &[Candidate]| list.iter().map(|c| (c.start, c.end, c.kind)).collect::<Vec<_>>();
            assert_eq!(spans(&short), spans(&long), "{all:?}");
        }
    }
}
