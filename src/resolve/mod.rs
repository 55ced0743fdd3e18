//! From phrases to entities: which readings stay, whom and what they mean, and the document made of them.

mod abbreviations;
mod assemble;
mod bodies;
mod choose;
mod completed;
pub(crate) mod context;
mod country;
mod draft;
mod explain;
mod local;
mod mechanism;
mod numbers;
mod office;
mod person;
mod register;
mod seats;
mod support;
mod survey;

use crate::compose::bind::{Bond, Buffers, bind};
use crate::compose::chart::{Chart, Features, Item};
use crate::compose::people::{Person, Sight};
use crate::document::{Common, Document, EntityData};
use crate::input::Input;
use crate::kind::Kind;
use crate::lexicon::office::Composed;
use crate::lexicon::{NONE16, NONE32, Sort, Strength};
use crate::text::bits::Bits;
use crate::text::tokens::Kind as TokenKind;
use assemble::{Places, assemble};
use bodies::Body;
use choose::{Candidate, Lost, Rows, choose};
use context::Context;
use draft::Draft;
use explain::Why;
use foldhash::HashMap;
use office::{Holder, Title};
use person::Whom;
use register::Register;
use seats::{Seats, is_full, says_role};
use std::cell::RefCell;
use std::sync::Arc;
use survey::Survey;

/// What the caller wants to see.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Options {
    explain: bool,
    /// A bit for each kind.
    kinds: u8,
}

impl Options {
    const ALL_KINDS: u8 = Options::bits(&Kind::ALL);

    pub(crate) const fn new(explain: bool, kinds: &[Kind]) -> Options {
        Options { explain, kinds: Options::bits(kinds) }
    }

    const fn bits(kinds: &[Kind]) -> u8 {
        match kinds {
            [kind, others @ ..] => 1 << *kind as u8 | Options::bits(others),
            [] => 0,
        }
    }

    fn wants(self, kind: Kind) -> bool {
        self.kinds >> kind as u8 & 1 == 1
    }
}

/// Buffers that one call leaves to the next.
#[derive(Default)]
pub(crate) struct Desk {
    survey: Survey,
    context: Context,
    candidates: Vec<Candidate>,
    chosen: Vec<Candidate>,
    rows: Rows,
    /// Spans of the titles that stay.
    titles: Vec<(usize, usize)>,
    /// For each of these the first bond, or `NONE32`.
    bound: Vec<u32>,
    /// Titles that others hold too, with the bonds of these, ascending.
    shared: Vec<(u32, u32)>,
    first_bond: Vec<usize>,
    whom: Vec<Whom>,
    same_person: Vec<u32>,
    binding: Buffers,
    register: RefCell<Register>,
    places: Places,
    drafts: Vec<Draft>,
    open: Vec<u32>,
    seats: Seats,
    /// Tokens of mentions, where letters in brackets stand.
    covered: Bits,
    /// Mentions with letters in brackets behind them.
    with_letters: Vec<usize>,
    /// Items of a title: room for them, but none between two texts.
    items: Vec<&'static Item>,
    /// What the last document has in common with its entities: the next one has its room, if that one is gone.
    last: Option<Arc<Common>>,
}

/// All that resolving looks at.
pub(crate) struct Resolver<'a> {
    s: &'a Sight<'a>,
    cx: &'a Context,
    survey: &'a Survey,
    /// Reasons are wanted.
    explain: bool,
    register: &'a RefCell<Register>,
    bonds: &'a [Bond],
    /// Where the bonds of each person begin, which are sorted by person; nothing where there are none.
    first_bond: &'a [usize],
    /// For each person a number that persons with one entity share, where there are bonds.
    same_person: &'a [u32],
}

/// A list that is halved sooner than walked holds so many at most.
const SHORT_LIST: usize = 64;

/// An office by its number in the register, its country and its body.
type Held = (u32, u16, Body);

/// Resolves the readings of a text.
pub(crate) fn resolve<'t>(s: &Sight<'_>, people: &mut Vec<Person>, input: &Input<'t>, options: &Options, desk: &mut Desk) -> Document<'t> {
    desk.survey.take(s, people);
    desk.context.read(s, people, input, &desk.survey);
    let Desk {
        survey,
        context,
        candidates,
        chosen,
        rows,
        titles,
        bound,
        shared,
        first_bond,
        whom,
        same_person,
        binding,
        register,
        places,
        drafts,
        open,
        seats,
        covered,
        with_letters,
        items: room,
        last,
    } = desk;
    let mut r = Resolver { s, cx: context, survey, explain: options.explain, register, bonds: &[], first_bond: &[], same_person: &[] };
    let mut lost: Vec<Lost> = Vec::new();
    r.candidates(people, candidates, &mut lost);
    choose(candidates, rows, chosen, options.explain.then_some(&mut lost));
    // Readings that lost are told of by the people as they were found.
    let found = if options.explain { people.clone() } else { Vec::new() };
    staying(people, chosen, titles);
    let bonds = bind(s, people, titles, &survey.told, binding);
    share_out(bonds, titles, bound, shared);
    first_bond.clear();
    if !bonds.is_empty() {
        for (n, b) in bonds.iter().enumerate() {
            while first_bond.len() <= b.person {
                first_bond.push(n);
            }
        }
        first_bond.resize(people.len() + 1, bonds.len());
    }
    (r.bonds, r.first_bond) = (bonds, first_bond);
    r.people(people, whom);
    r.settle(people, whom);
    same_person.clear();
    if !bonds.is_empty() {
        same_person.extend(whom.iter().map(|w| register.borrow().first(w.entity)));
    }
    r.same_person = same_person;
    seats.clear();
    drafts.clear();
    drafts.reserve(chosen.len());
    open.clear();
    let mut whom = whom.drain(..);
    let mut next_title = 0..;
    let mut items: Vec<&Item> = std::mem::take(room);
    // Mentions are in their places as long as no word is taken off the front of one.
    let mut in_place = true;
    let countries = s.chart.has(s.lx.marks.country);
    for (n, c) in chosen.iter().enumerate() {
        while open.last().is_some_and(|&o| drafts[o as usize].candidate.end < c.end || drafts[o as usize].candidate.end <= c.start) {
            open.pop();
        }
        let here = drafts.len();
        // Only where the next one begins inside it is it around anything.
        let holds = chosen.get(n + 1).is_some_and(|next| next.start < c.end);
        match c.kind {
            Kind::Person => {
                let Some(Whom { entity, beside }) = whom.next() else { continue };
                // Most have nothing beside them, and are written where they stay.
                drafts.push(Draft::new(*c, entity));
                if beside.is_some() {
                    drafts[here].beside = beside;
                }
            }
            Kind::Title => {
                let Some(title) = next_title.next() else { continue };
                let others = &shared[shared.partition_point(|x| x.0 < title)..];
                let others = others.iter().take_while(|x| x.0 == title).map(|x| &bonds[x.1 as usize]);
                r.titled(*c, (bound[title as usize], others), people, &mut items, drafts, seats);
            }
            Kind::Ministry => {
                let mut around = open.last().map_or(NONE16, |&o| drafts[o as usize].country);
                // `Ministry of Defense (MOD)`
                if c.start > 0 && s.tokens[c.start as usize - 1].kind == TokenKind::Open {
                    let before = drafts.iter().rev().take(3).find(|d| d.candidate.kind == Kind::Ministry && d.candidate.end + 1 == c.start);
                    around = before.map_or(around, |d| d.country);
                }
                drafts.push(r.ministry(*c, around, &mut seats.venues));
            }
            _ => {
                let nested = open.last().is_some_and(|&o| drafts[o as usize].candidate.kind == c.kind);
                r.thing(c, nested, holds, drafts);
            }
        }
        // A country, its `'s`, and something behind them.
        let long = (c.end >= c.start + 3) & matches!(c.kind, Kind::Ministry | Kind::Organization) & !c.cjk;
        if countries & long && s.chart.begins(c.start as usize, s.lx.marks.country) {
            let start = r.behind_possessive(c);
            in_place &= start == c.start;
            drafts[here].candidate.start = start;
        }
        if holds && drafts.len() > here {
            open.push(here as u32);
        }
    }
    drop(whom);
    // None is left that could not outlive the text; their room is.
    *room = items.into_iter().map_while(|_| None).collect();
    r.named_later(drafts, people, seats);
    r.counterparts(people, drafts);
    r.local_bodies(drafts);
    if !in_place {
        // A possessive that is no part of a body's name stands before it now.
        put_in_place(drafts);
    }
    r.abbreviations(drafts, covered, with_letters);
    if options.explain {
        r.explain(drafts, &found, &lost);
    }
    assemble(&r, input, drafts, people, places, last, options)
}

/// Puts drafts in their places again. Few have left them, and not for a place far away.
fn put_in_place(drafts: &mut [Draft]) {
    let place = |d: &Draft| (d.candidate.start, u32::MAX - d.candidate.end);
    for n in 1..drafts.len() {
        let mut to = n;
        while to > 0 && place(&drafts[to - 1]) > place(&drafts[to]) {
            drafts.swap(to - 1, to);
            to -= 1;
        }
    }
}

/// Keeps the people that stay, and gathers the spans of the titles that do.
fn staying(people: &mut Vec<Person>, chosen: &[Candidate], titles: &mut Vec<(usize, usize)>) {
    titles.clear();
    let mut staying = 0;
    for c in chosen {
        staying += usize::from(c.kind == Kind::Person);
        if c.kind == Kind::Title {
            titles.push((c.start as usize, c.end as usize));
        }
    }
    if staying < people.len() {
        let mut stay = chosen.iter().filter(|c| c.kind == Kind::Person).map(|c| c.start as usize).peekable();
        people.retain(|p| stay.next_if_eq(&p.start).is_some());
    }
}

/// For each title its first bond, and the bonds of others who share it.
fn share_out(bonds: &[Bond], titles: &[(usize, usize)], bound: &mut Vec<u32>, shared: &mut Vec<(u32, u32)>) {
    bound.clear();
    bound.resize(titles.len(), NONE32);
    shared.clear();
    // Bonds go by their persons, and most titles stand beside these.
    let mut title = 0;
    for (n, b) in bonds.iter().enumerate().filter(|(_, b)| !b.counterpart) {
        title = parted_near(titles, title, |t| t.0 < b.start);
        match bonds.get(bound[title] as usize) {
            None => bound[title] = n as u32,
            Some(first) if first.person != b.person => shared.push((title as u32, n as u32)),
            Some(_) => {}
        }
    }
    shared.sort_unstable();
}

/// Where a list is parted, as `partition_point` has it, sought in steps that grow from a place near by.
fn parted_near<T>(list: &[T], near: usize, before: impl Fn(&T) -> bool) -> usize {
    if list.len() <= SHORT_LIST {
        return list.partition_point(before);
    }
    let (mut low, mut high) = (near, near);
    let mut step = 1;
    while low > 0 && !before(&list[low - 1]) {
        low = low.saturating_sub(step);
        step *= 2;
    }
    step = 1;
    while high < list.len() && before(&list[high]) {
        high = list.len().min(high + step);
        step *= 2;
    }
    low + list[low..high].partition_point(before)
}

impl<'a> Resolver<'a> {
    /// The number of a record in this text.
    #[inline]
    fn entity(&self, record: u32) -> u32 {
        self.register.borrow_mut().record(self.s.lx, record)
    }

    /// The same of one that was made; a record can have its id only where it is `listed`.
    fn keep(&self, data: Arc<EntityData>, listed: bool) -> u32 {
        self.register.borrow_mut().keep(self.s.lx, data, listed)
    }

    /// The same of one that may be either, and is made where no record has its id.
    fn composed(&self, composed: Composed) -> u32 {
        match composed {
            Composed::Listed(record) => self.entity(record),
            Composed::Made(data) => self.keep(data, false),
        }
    }

    /// Lists hold it, or all that it is composed of.
    fn is_known(&self, entity: u32) -> bool {
        self.register.borrow().is_known(entity)
    }

    /// The record with its id, where there is one.
    fn record_of(&self, entity: u32) -> Option<u32> {
        self.register.borrow().record_of(self.s.lx, entity)
    }

    /// Whether two numbers stand for things with one id.
    fn is_same(&self, a: u32, b: u32) -> bool {
        let register = self.register.borrow();
        register.first(a) == register.first(b)
    }

    /// Adds what a title comes to. Its bonds are the number of the first, and those of its further holders; `items` is a buffer.
    fn titled<'b>(
        &self,
        c: Candidate,
        (first, others): (u32, impl Iterator<Item = &'b Bond> + Clone),
        people: &[Person],
        items: &mut Vec<&'a Item>,
        drafts: &mut Vec<Draft>,
        seats: &mut Seats,
    ) {
        let (start, end, bond) = (c.start as usize, c.end as usize, self.bonds.get(first as usize));
        items.clear();
        let chart: &'a Chart<'_> = self.s.chart;
        items.extend(chart.laid(start, self.s.lx.marks.title).filter(|i| i.end as usize == end));
        let title = Title { start, end, items };
        // A bare one that nobody goes with says too little, unless the text has spoken of the one holder.
        let bare = bond.is_none() && self.is_bare(title);
        if bare && !self.the_holder(title) || bond.is_some() && self.is_part(title) {
            return;
        }
        let says_role = bond.is_some() && title.any(says_role);
        let said = match bond {
            Some(_) if others.clone().next().is_some() => None,
            Some(b) => {
                let before = if says_role { self.said_before(items.iter().copied(), b, seats) } else { None };
                before.or_else(|| self.said_longer(title, b, seats, drafts))
            }
            None => self.role_before(title, seats),
        };
        if bare && said.is_none() {
            return;
        }
        let Some(mut d) = self.title(c, title, bond, people, said.map(|i| &drafts[i])) else { return };
        for b in others {
            self.share(b, people, &mut d);
        }
        if let Some(b) = bond {
            d.bond = first;
            d.of_delegation = title.any(|i| self.is_delegation(i.features.entity));
            if says_role {
                seats.bare.push(drafts.len());
            }
            self.note_full(&d, items, b, drafts.len(), seats);
            self.note_holder(&d, items, drafts, seats);
        }
        drafts.push(d);
    }

    /// A part in a delegation, as a list has it.
    fn is_delegation(&self, entity: u32) -> bool {
        self.s.lx.entities.get(entity as usize).is_some_and(|e| e.sort == Sort::Delegation)
    }

    /// The country that the words of a title name, or that stands before them. A word that is one country's own name for an
    /// office and the word for everybody's names none.
    pub(super) fn named_country(&self, items: &[&Item], held: bool) -> Option<u16> {
        let (mut word, mut weak, mut party, mut several) = (false, true, NONE16, false);
        let mut own = false;
        for i in items {
            let country = i.features.country;
            if country == NONE16 {
                word |= i.features.role != NONE16;
                own |= i.features.role != NONE16 && i.features.portfolio != NONE16 && i.strength == Strength::Strong;
                continue;
            }
            if i.outer < i.start {
                return Some(country);
            }
            weak &= i.strength == Strength::Weak && i.features.entity != NONE32;
            several |= party != NONE16 && party != country;
            party = if party == NONE16 { country } else { party };
        }
        // `習近平国家主席`: whose the weak word is the holder says.
        // `Ủy viên Trung ương Đảng`: more than one Party has them, and whose it is the holder says.
        let open = own || held && (word && weak || several);
        (party != NONE16 && !open).then_some(party)
    }

    /// The last country that the words of a title name.
    fn country_inside(&self, start: usize, end: usize) -> Option<u16> {
        let country = self.s.lx.marks.country;
        let named = |t: usize| self.s.chart.with(t, country).find(|i| i.end as usize <= end).map(|i| i.features.country);
        self.s.chart.among(start..end, country).rev().find_map(named)
    }

    /// What titles of somebody mean for his counterparts.
    fn counterparts(&self, people: &[Person], drafts: &mut [Draft]) {
        if !self.bonds.iter().any(|b| b.counterpart) {
            return;
        }
        let titles = drafts.iter().enumerate().filter(|(_, d)| d.candidate.kind == Kind::Title);
        let titles: HashMap<(usize, usize), usize> = titles.map(|(n, d)| ((d.start(), d.end()), n)).collect();
        for b in self.bonds.iter().filter(|b| b.counterpart) {
            if let Some(&n) = titles.get(&(b.start, b.end)) {
                self.counterpart(b, people, &mut drafts[n]);
            }
        }
    }

    /// What a title of somebody means for his counterpart, where a term of his says so.
    fn counterpart(&self, b: &Bond, people: &[Person], d: &mut Draft) {
        let readings = &people[b.person].readings[..];
        let Some(&e) = readings.first() else { return };
        let country = self.s.lx.entities[e as usize].country;
        if country == NONE16 || country == d.country {
            return;
        }
        let holder = Holder { readings, country, ..Holder::default() };
        let role = |f: &Features| Features { entity: NONE32, country, organization: NONE32, ..*f };
        let plays = self.title_items(b.start, b.end).map(|i| role(&i.features)).collect::<Vec<Features>>();
        let date = self.date_at(b.start);
        let office = |t: &&crate::lexicon::TenureInfo| {
            plays.iter().any(|f| self.can_mean(f, t).is_some()) && date.is_some_and(|d| t.covers(d) == crate::lexicon::Cover::Yes) && !holder.former
        };
        let Some(t) = self.s.lx.tenures_of(e).iter().find(office) else { return };
        let o = &self.s.lx.entities[t.office as usize];
        let body = Body::of(Some(t.office), NONE16, o.country);
        d.beside().others.push((b.person, (self.entity(t.office), o.country, body)));
    }

    /// What a title of several holders means for one more of them, where lists know him.
    fn share(&self, b: &Bond, people: &[Person], d: &mut Draft) {
        let readings = &people[b.person].readings[..];
        let Some(&e) = readings.first() else { return };
        let country = self.s.lx.entities[e as usize].country;
        if country == NONE16 || country == d.country {
            return;
        }
        let items: Vec<&Item> = self.title_items(b.start, b.end).collect();
        let title = Title { start: b.start, end: b.end, items: &items };
        let Some(o) = self.office(title, Holder { readings, former: b.former, country, foreign: false }, country, &mut Why::default()) else { return };
        if !self.is_same(o.office, d.entity) {
            let portfolio = self.s.chart.items[d.candidate.source as usize].features.portfolio;
            let body = Body::of(o.entity, portfolio, o.country);
            let beside = d.beside();
            if !beside.also.iter().any(|&a| self.is_same(a, o.office)) {
                beside.also.push(o.office);
            }
            beside.others.push((b.person, (o.office, o.country, body)));
        }
    }

    /// `Japan's Ministry of Defense`: the country with its `'s` is not a part of a body's name.
    fn behind_possessive(&self, c: &Candidate) -> u32 {
        let m = &self.s.lx.marks;
        let country = self.s.chart.with(c.start as usize, m.country).filter(|i| i.end < c.end).map(|i| i.end).max();
        let own = country.and_then(|at| self.s.chart.longest_end(at as usize, m.possessive));
        own.map(|end| end as u32).filter(|&start| start < c.end).unwrap_or(c.start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_from_everywhere() {
        let list: Vec<usize> = [1, 1, 2, 5, 5, 5, 8, 9, 9, 12, 30].into_iter().chain((0..SHORT_LIST).map(|n| 31 + n / 3)).collect();
        for (near, n) in (0..=list.len()).flat_map(|near| (0..60).map(move |n| (near, n))) {
            assert_eq!(parted_near(&list, near, |&x| x <= n), list.partition_point(|&x| x <= n), "{near} {n}");
        }
    }

    #[test]
    fn drafts_are_put_in_place() {
        let draft = |(start, end, entity)| Draft::new(Candidate { start, end, ..Candidate::of(Kind::Place) }, entity);
        let mut drafts: Vec<Draft> = [(2, 5, 0), (0, 2, 1), (1, 2, 2), (2, 3, 3), (4, 5, 4), (2, 5, 5)].map(draft).into();
        put_in_place(&mut drafts);
        assert_eq!(drafts.iter().map(|d| d.entity).collect::<Vec<_>>(), [1, 2, 0, 5, 3, 4]);
    }
}
