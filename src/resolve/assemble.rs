//! The document, put together from drafts.

use super::bodies::Body;
use super::draft::{Beside, Draft};
use super::register::Register;
use super::{Options, Resolver, parted_near};
use crate::compose::bind::Bond;
use crate::compose::people::{Person, Sight};
use crate::document::{Appointment, Common, Document, Entity, Extra, Mention};
use crate::input::Input;
use crate::kind::Kind;
use crate::lexicon::NONE32;
use crate::text::script::{Class, class};
use crate::text::tokens::gap;
use foldhash::HashMap;
use std::borrow::Cow;
use std::sync::Arc;

/// `quyền` belongs to the title.
fn acting_word(s: &Sight<'_>, start: usize) -> usize {
    let acting = s.lx.marks.acting;
    let before = |b: usize| s.chart.with(start - b, acting).any(|i| i.end as usize == start);
    (1..=2.min(start)).find(|&b| before(b)).map_or(start, |b| start - b)
}

/// `外相代行`: end of the word behind a title. It is Japanese too: the `Q.` of `所長Q. Son` is the name's.
pub(super) fn acting_behind(s: &Sight<'_>, start: usize, end: usize) -> Option<usize> {
    let japanese = s.tokens[start].kind.is_cjk() && s.tokens.get(end).is_some_and(|t| t.kind.is_cjk());
    if japanese { s.chart.longest_end(end, s.lx.marks.acting) } else { None }
}

/// End of a span; a quotation that opens inside it is closed inside it.
#[inline]
fn closing_quote(s: &Sight<'_>, start: usize, end: usize, behind: u32) -> u32 {
    // No quotation mark lies before most of what stands behind a mention.
    match s.tokens.get(end) {
        Some(t) if t.gap & gap::QUOTE == 0 => behind,
        _ => behind + quote_behind(s, start, end, behind),
    }
}

/// Bytes of the quotation mark that closes a span behind it, where it does.
#[inline(never)]
fn quote_behind(s: &Sight<'_>, start: usize, end: usize, behind: u32) -> u32 {
    let opened = || s.tokens[start + 1..end].iter().filter(|t| t.gap & gap::QUOTE != 0).count();
    match s.text[behind as usize..].chars().next() {
        Some(c) if class(c) == Class::Quote && opened() % 2 == 1 => c.len_utf8() as u32,
        _ => 0,
    }
}

/// Where entities and mentions came to stand; buffers for the next document.
#[derive(Default)]
pub(super) struct Places {
    /// For each number of the register its place among the entities, or `NONE32`.
    of: Vec<u32>,
    /// One more than there are numbers; those behind `count` are nothing yet.
    entities: Vec<Named>,
    count: u32,
    /// Entities by their places, with the mentions that name them.
    named: Vec<(u32, u32)>,
    /// The like offices of others, by person and start.
    others: Vec<((usize, usize), Seat)>,
    /// Mentions that others begin inside.
    open: Vec<u32>,
    /// Where the last mention ended that ends before this one.
    before: u32,
    /// What several mentions have in common, by where what they were made of lies in memory.
    extras: HashMap<usize, Option<Arc<Extra>>>,
    /// Appointments by person, office and whether it is acting.
    pairs: HashMap<(u32, u32, bool), usize>,
}

/// Where a mention stands: bytes, and the mention around it.
struct Place {
    start: u32,
    end: u32,
    parent: u32,
}

/// An entity in its place: which mention names it last, and how many do.
#[derive(Clone, Copy, Default)]
struct Named {
    number: u32,
    last: u32,
    count: u32,
    /// Where the next of them goes among those of all entities.
    next: u32,
}

/// An office by its place, its country and its body.
#[derive(Clone, Copy)]
struct Seat {
    office: u32,
    country: u16,
    body: Body,
}

impl Places {
    /// Forgets the last text; room is made at once for so many mentions and numbers.
    fn reset(&mut self, mentions: usize, numbers: usize) {
        self.of.clear();
        self.of.resize(numbers, NONE32);
        self.entities.clear();
        self.entities.resize(numbers + 1, Named::default());
        self.count = 0;
        self.named.clear();
        self.named.reserve(mentions);
        self.others.clear();
        self.open.clear();
        self.before = 0;
    }

    /// Where a mention stands whose last word ends there and that may stand inside another one. A word or sign beside it goes with
    /// it, unless it is another mention's or outside the mention around.
    #[inline(never)]
    fn set(&mut self, s: &Sight<'_>, draft: &Draft, others: &[Draft], mentions: &[Mention], ends: u32, place: &mut Place) {
        let (first, last) = (draft.start(), draft.end());
        let mut around = (0, u32::MAX);
        while let Some(&o) = self.open.last() {
            let outer = &mentions[o as usize];
            if outer.start <= place.start && ends <= outer.end {
                (place.parent, around) = (o, (outer.start, outer.end));
                break;
            }
            self.before = self.before.max(outer.end);
            self.open.pop();
        }
        if draft.is_acting() && draft.candidate.kind == Kind::Title {
            let word = s.tokens[acting_word(s, first)].start;
            if word >= self.before.max(around.0) {
                place.start = word;
            }
            let free = |behind: &usize| others.iter().map(Draft::start).find(|&x| x >= last).is_none_or(|x| x >= *behind);
            place.end = acting_behind(s, first, last).filter(free).map_or(place.end, |behind| s.tokens[behind - 1].end);
        }
        if place.end > around.1 {
            place.end = ends;
        }
    }

    /// The place of an entity that a mention names, by its number and the first one of its id. Every other one was named before: the
    /// same is done for both, and the number of one that is not new goes where the next new one puts its own.
    #[inline]
    fn name(&mut self, number: u32, first: u32, mention: u32) -> u32 {
        let next = self.count;
        self.entities[next as usize].number = number;
        let place = self.of[first as usize].min(next);
        self.of[first as usize] = place;
        self.count += u32::from(place == next);
        let entity = &mut self.entities[place as usize];
        entity.last = mention;
        entity.count += 1;
        self.named.push((place, mention));
        place
    }

    /// The same of one that the mention may have named already.
    fn name_once(&mut self, number: u32, first: u32, mention: u32) -> u32 {
        let place = self.of[first as usize];
        match self.entities.get(place as usize) {
            Some(known) if known.last == mention => place,
            _ => self.name(number, first, mention),
        }
    }

    /// Gathers the mentions of each entity, in their places.
    fn gather(&mut self, named: &mut Vec<usize>) {
        let entities = &mut self.entities[..self.count as usize];
        let mut from = 0;
        for e in &mut *entities {
            e.next = from;
            from += e.count;
        }
        named.resize(self.named.len(), 0);
        for &(place, mention) in &self.named {
            let e = &mut entities[place as usize];
            named[e.next as usize] = mention as usize;
            e.next += 1;
        }
    }

    /// The entities in their places, when their mentions are gathered.
    fn entities(&self, register: &Register, common: &Arc<Common>) -> Vec<Entity> {
        let entity = |e: &Named| Entity { common: Arc::clone(common), data: register.data(e.number), from: e.next - e.count, count: e.count };
        self.entities[..self.count as usize].iter().map(entity).collect()
    }
}

/// Puts drafts in their places: indices, parents, entities, appointments.
pub(super) fn assemble<'t>(
    r: &Resolver<'_>,
    input: &Input<'t>,
    drafts: &mut Vec<Draft>,
    people: &[Person],
    places: &mut Places,
    last: &mut Option<Arc<Common>>,
    options: &Options,
) -> Document<'t> {
    let s = r.s;
    if options.kinds != Options::ALL_KINDS {
        drafts.retain(|d| options.wants(d.candidate.kind));
    }
    let register = &mut *r.register.borrow_mut();
    places.reset(drafts.len(), register.len());
    let common = match last.as_mut().and_then(Arc::get_mut) {
        Some(free) => free,
        None => Arc::make_mut(last.insert(Arc::new(Common::over(register.records(s.lx))))),
    };
    common.clear();
    let mentions = &mut common.mentions;
    mentions.reserve(drafts.len());
    let (mut rest, mut here) = (&mut drafts[..], 0);
    while let [draft, others @ ..] = rest {
        let c = &draft.candidate;
        let (first, last) = (c.start as usize, c.end as usize);
        let (start, end) = (s.tokens[first].start, s.tokens[last - 1].end);
        let mut place = Place { start, end: closing_quote(s, first, last, end), parent: NONE32 };
        // Most stand alone, with no word beside them that goes with them.
        if !places.open.is_empty() || draft.beside.is_some() {
            places.set(s, draft, others, mentions, end, &mut place);
        }
        let entity = places.name(draft.entity, register.first(draft.entity), here);
        // Only where the next one begins inside it is it around anything.
        if others.first().is_some_and(|next| next.candidate.start < c.end) {
            places.open.push(here);
        } else {
            places.before = places.before.max(place.end);
        }
        let (kind, Place { start, end, parent }) = (c.kind, place);
        mentions.push(Mention { start, end, entity, parent, kind, extra: None });
        if draft.beside.is_some() {
            mentions[here as usize].extra = extra(draft, here, places, register);
        }
        (rest, here) = (others, here + 1);
    }
    let appointments = if r.bonds.is_empty() { Vec::new() } else { appoint(r, people, drafts, places, mentions) };
    places.gather(&mut common.named);
    register.hand_out(common);
    let is_small = common.is_small();
    let entities = last.as_ref().map_or_else(Vec::new, |common| places.entities(register, common));
    if !is_small {
        *last = None;
    }
    // What is held for this text alone goes with it.
    drafts.clear();
    places.extras.clear();
    register.clear();
    Document { text: Cow::Borrowed(input.text), language: r.cx.language, date: r.cx.date, entities, appointments }
}

/// What few mentions have: further entities, candidates, reasons.
#[inline(never)]
fn extra(draft: &mut Draft, here: u32, places: &mut Places, register: &Register) -> Option<Arc<Extra>> {
    let beside = draft.beside.take()?;
    // A name may have many mentions that say the same, and they share it. All that mentions are made of was there before the first of
    // them, so that no place in memory stands for two.
    let at = Arc::as_ptr(&beside) as usize;
    if (Arc::strong_count(&beside) > 1 || places.extras.contains_key(&at)) && beside.also.is_empty() && beside.others.is_empty() {
        let whole = || {
            let Beside { attributes, candidates, why, .. } = Beside::clone(&beside);
            Extra { attributes, also: Vec::new(), candidates, evidence: why.into_lines() }.shared()
        };
        return places.extras.entry(at).or_insert_with(whole).clone();
    }
    let Beside { attributes, also, candidates, others, why } = Arc::unwrap_or_clone(beside);
    let own = register.first(draft.entity);
    let others_named: Vec<u32> = also.into_iter().filter(|&a| register.first(a) != own).collect();
    let also = others_named.into_iter().map(|a| places.name(a, register.first(a), here) as usize).collect();
    if draft.candidate.kind == Kind::Title {
        for (person, (office, country, body)) in others {
            // The like office of a counterpart goes back to this mention.
            let office = places.name_once(office, register.first(office), here);
            places.others.push(((person, draft.start()), Seat { office, country, body }));
        }
    }
    Extra { attributes, also, candidates, evidence: why.into_lines() }.shared()
}

/// Who holds what, by the bonds. The mentions are those of the drafts, one by one.
fn appoint(r: &Resolver<'_>, people: &[Person], drafts: &[Draft], places: &mut Places, all: &[Mention]) -> Vec<Appointment> {
    let mut appointments: Vec<Appointment> = Vec::new();
    let (s, title) = (r.s, r.s.lx.marks.title);
    let Places { others, pairs, .. } = places;
    pairs.clear();
    // The last of one person and start counts.
    others.sort_by_key(|o| o.0);
    let part = |b: &Bond| s.chart.laid(b.start, title).any(|i| i.end as usize == b.end && r.is_delegation(i.features.entity));
    // The last draft that begins at a token and is so. Bonds go by their persons, and most titles stand beside these.
    let mut near = 0;
    let mut at = |start: usize, is: &dyn Fn(&Draft) -> bool| {
        near = parted_near(drafts, near, |d| d.start() <= start);
        (0..near).rev().take_while(|&n| drafts[n].start() == start).find(|&n| is(&drafts[n]))
    };
    for b in r.bonds {
        let office = at(b.start, &|d| d.end() == b.end && d.candidate.kind == Kind::Title);
        let key = (b.person, b.start);
        let own = others[..others.partition_point(|o| o.0 <= key)].last().filter(|o| o.0 == key).map(|o| o.1);
        let his = office.filter(|_| !b.counterpart);
        let said = his.map(|n| Seat { office: all[n].entity, country: drafts[n].country, body: drafts[n].body });
        let Some(seat) = own.or(said) else { continue };
        if his.map_or_else(|| part(b), |n| drafts[n].of_delegation) {
            continue;
        }
        let Some(mention) = at(people[b.person].start, &|d| d.candidate.kind == Kind::Person) else { continue };
        let person = all[mention].entity;
        let both = [mention, office.unwrap_or(0)];
        let mentions = if office.is_some() { &both[..] } else { &both[..1] };
        // Who has left an office has left it, though the text calls him by it too.
        let next = appointments.len();
        let known = *pairs.entry((person, seat.office, b.acting)).or_insert(next);
        if let Some(a) = appointments.get_mut(known) {
            a.mentions.extend(mentions);
            a.former |= b.former;
            continue;
        }
        // Many are told of again, and again.
        let mut listed = Vec::with_capacity(4);
        listed.extend(mentions);
        appointments.push(Appointment {
            person: person as usize,
            office: seat.office as usize,
            organization: r.id_of(seat.body),
            country: s.lx.parties.get(usize::from(seat.country)).filter(|p| p.is_country).map(|p| p.code.clone()),
            former: b.former,
            acting: b.acting,
            mentions: listed,
        });
    }
    appointments
}
