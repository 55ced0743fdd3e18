//! The document, put together from drafts.

use super::register::Register;
use super::{Draft, Options, Resolver};
use crate::compose::bind::Bond;
use crate::compose::people::{Person, Sight};
use crate::document::{Appointment, Document, Entity, EntityData, Extra, Indices, Mention};
use crate::input::Input;
use crate::kind::Kind;
use crate::lexicon::{NONE32, Sort};
use crate::span::Span;
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
    s.chart.longest(end, s.lx.marks.acting).filter(|_| japanese).map(|i| i.end as usize)
}

/// End of a span; a quotation that opens inside it is closed inside it.
fn closing_quote(s: &Sight<'_>, start: usize, end: usize) -> usize {
    let last = s.tokens[end - 1].end as usize;
    let opened = || s.tokens[start + 1..end].iter().filter(|t| t.gap & gap::QUOTE != 0).count();
    match s.text[last..].chars().next() {
        Some(c) if c != ' ' && class(c) == Class::Quote && opened() % 2 == 1 => last + c.len_utf8(),
        _ => last,
    }
}

/// Where entities and mentions came to stand; buffers for the next document.
#[derive(Default)]
pub(super) struct Places {
    /// For each number of the register how many mentions it has, and its place among the entities, or `NONE32`.
    entities: Vec<(u32, u32)>,
    /// The numbers of what the drafts stand for, one after the other: of each its own, then those beside.
    numbers: Vec<u32>,
    placed: Vec<Placed>,
    /// The like offices of others, by person and start.
    others: Vec<((usize, usize), Held)>,
    open: Vec<u32>,
    /// The first token of each draft.
    starts: Vec<u32>,
    /// Appointments by person, office and whether it is acting.
    pairs: HashMap<(u32, u32, bool), usize>,
}

/// A person or title in its place.
struct Placed {
    start: u32,
    end: u32,
    kind: Kind,
    mention: usize,
    held: Held,
}

/// An office, its country and its body.
struct Held {
    office: u32,
    country: u16,
    organization: Option<Arc<EntityData>>,
}

impl Places {
    /// Counts the mentions of an entity, so that room for them is made once.
    fn count(&mut self, register: &mut Register, data: &Arc<EntityData>) {
        let number = register.number(data);
        if number as usize >= self.entities.len() {
            self.entities.resize(number as usize + 1, (0, NONE32));
        }
        self.entities[number as usize].0 += 1;
        self.numbers.push(number);
    }

    /// The place of an entity that a mention names; `once` where it may have named it already.
    fn name(&mut self, list: &mut Vec<Entity>, register: &mut Register, number: u32, mention: usize, once: bool) -> u32 {
        let (count, place) = &mut self.entities[number as usize];
        match list.get_mut(*place as usize) {
            Some(known) if once && known.mentions().last() == Some(&mention) => {}
            Some(known) => known.mentions.push(mention),
            None => {
                let next = list.len() as u32;
                list.extend(register.take(number).map(|data| Entity { data, mentions: Indices::new(mention, *count as usize) }));
                *place = next;
            }
        }
        *place
    }
}

/// Puts drafts in their places: indices, parents, entities, appointments.
pub(super) fn assemble<'t>(
    r: &Resolver<'_>,
    input: &Input<'t>,
    drafts: &mut Vec<Draft>,
    people: &[Person],
    register: &mut Register,
    places: &mut Places,
    options: &Options,
) -> Document<'t> {
    let s = r.s;
    if options.kinds != Options::ALL_KINDS {
        drafts.retain(|d| options.wants(d.candidate.kind));
    }
    places.entities.clear();
    places.numbers.clear();
    places.placed.clear();
    places.others.clear();
    places.open.clear();
    for d in drafts.iter() {
        places.count(register, &d.data);
        if let Some(b) = &d.beside {
            b.also.iter().chain(b.others.iter().map(|o| &o.1.0)).for_each(|a| places.count(register, a));
        }
    }
    let mut mentions: Vec<Mention> = Vec::with_capacity(drafts.len());
    let mut entities: Vec<Entity> = Vec::with_capacity(places.entities.iter().filter(|e| e.0 > 0).count());
    places.starts.clear();
    places.starts.extend(drafts.iter().map(|d| d.candidate.start));
    let mut next = 0;
    // Where the last mention ended that ends before this one.
    let mut before = 0;
    // What is held for this text alone goes with it.
    for (n, draft) in drafts.drain(..).enumerate() {
        let number = places.numbers[next];
        next += 1;
        let c = draft.candidate;
        let here = mentions.len();
        let (first, last) = (c.start as usize, c.end as usize);
        let mut span = Span { start: s.tokens[first].start as usize, end: s.tokens[last - 1].end as usize };
        while let Some(&o) = places.open.last().filter(|&&o| !mentions[o as usize].span.holds(span)) {
            before = before.max(mentions[o as usize].span.end);
            places.open.pop();
        }
        // A word or sign beside it goes with it, unless it is another mention's or outside the mention around.
        let around = places.open.last().map_or(Span { start: 0, end: usize::MAX }, |&o| mentions[o as usize].span);
        let mut end = closing_quote(s, first, last);
        if draft.attributes.acting && c.kind == Kind::Title {
            let start = s.tokens[acting_word(s, first)].start as usize;
            if start >= around.start.max(before) {
                span.start = start;
            }
            let free = |behind: &usize| places.starts[n + 1..].iter().map(|&x| x as usize).find(|&x| x >= last).is_none_or(|x| x >= *behind);
            end = acting_behind(s, first, last).filter(free).map_or(end, |behind| s.tokens[behind - 1].end as usize);
        }
        if end <= around.end {
            span.end = end;
        }
        let entity = places.name(&mut entities, register, number, here, false);
        let (mut also, mut candidates) = (Vec::new(), Vec::new());
        if let Some(beside) = draft.beside {
            let beside = *beside;
            candidates = beside.candidates;
            for _ in &beside.also {
                let other = places.numbers[next];
                next += 1;
                if other != number {
                    also.push(places.name(&mut entities, register, other, here, false) as usize);
                }
            }
            for (person, (_, country, organization)) in beside.others {
                let other = places.numbers[next];
                next += 1;
                if c.kind == Kind::Title {
                    // The like office of a counterpart goes back to this mention.
                    let office = places.name(&mut entities, register, other, here, true);
                    places.others.push(((person, c.start as usize), Held { office, country, organization }));
                }
            }
        }
        if matches!(c.kind, Kind::Person | Kind::Title) {
            let held = Held { office: entity, country: draft.country, organization: draft.organization };
            places.placed.push(Placed { start: c.start, end: c.end, kind: c.kind, mention: here, held });
        }
        let extra = Extra::of(also, candidates, draft.why.into_lines());
        let parent = places.open.last().copied().unwrap_or(NONE32);
        mentions.push(Mention { span, kind: c.kind, entity, parent, attributes: draft.attributes, extra });
        places.open.push(here as u32);
    }
    register.clear();
    // The last of one person and start counts.
    places.others.sort_by_key(|o| o.0);
    let mut d = Document { text: Cow::Borrowed(input.text), language: r.cx.language, date: r.cx.date, mentions, entities, appointments: Vec::new() };
    if !r.bonds.is_empty() {
        appoint(r, people, places, &mut d);
    }
    d
}

/// Who holds what, by the bonds.
fn appoint(r: &Resolver<'_>, people: &[Person], places: &mut Places, d: &mut Document<'_>) {
    let (s, title) = (r.s, r.s.lx.marks.title);
    let Places { placed, others, pairs, .. } = places;
    pairs.clear();
    let delegation = |e: u32| s.lx.entities.get(e as usize).is_some_and(|e| e.sort == Sort::Delegation);
    let part = |b: &Bond| s.chart.with(b.start, title).any(|i| i.end as usize == b.end && delegation(i.features.entity));
    let at = |start: usize, end: usize, kind: Kind| {
        let from = placed.partition_point(|p| p.start as usize <= start);
        placed[..from].iter().rev().take_while(|p| p.start as usize == start).find(|p| p.end as usize == end && p.kind == kind)
    };
    for b in r.bonds.iter().filter(|b| !part(b)) {
        let office = at(b.start, b.end, Kind::Title);
        let key = (b.person, b.start);
        let own = others[..others.partition_point(|o| o.0 <= key)].last().filter(|o| o.0 == key).map(|o| &o.1);
        let Some(held) = own.or_else(|| office.filter(|_| !b.counterpart).map(|o| &o.held)) else { continue };
        let Some(person) = at(people[b.person].start, people[b.person].end, Kind::Person) else { continue };
        let mentions = [Some(person.mention), office.map(|o| o.mention)];
        // Who has left an office has left it, though the text calls him by it too.
        let next = d.appointments.len();
        let known = *pairs.entry((person.held.office, held.office, b.acting)).or_insert(next);
        if let Some(a) = d.appointments.get_mut(known) {
            a.mentions.extend(mentions.into_iter().flatten());
            a.former |= b.former;
            continue;
        }
        d.appointments.push(Appointment {
            person: person.held.office as usize,
            office: held.office as usize,
            organization: held.organization.as_ref().map(|o| o.id.clone()),
            country: s.lx.parties.get(usize::from(held.country)).filter(|p| p.is_country).map(|p| p.code.clone()),
            former: b.former,
            acting: b.acting,
            mentions: mentions.into_iter().flatten().collect(),
        });
    }
}
