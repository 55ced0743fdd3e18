//! The document, put together from drafts.

use super::register::Register;
use super::{Draft, Options, Resolver};
use crate::compose::bind::Bond;
use crate::compose::people::{Person, Sight};
use crate::document::{Appointment, Document, Entity, EntityData, Extra, Indices, Mention, Text};
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

/// End of a span; a quotation that opens inside it is closed inside it.
fn closing_quote(s: &Sight<'_>, start: usize, end: usize) -> usize {
    let last = s.tokens[end - 1].end as usize;
    let opened = s.tokens[start + 1..end].iter().filter(|t| t.gap & gap::QUOTE != 0).count();
    if opened % 2 == 1 {
        if let Some(c) = s.text[last..].chars().next().filter(|&c| class(c) == Class::Quote) {
            return last + c.len_utf8();
        }
    }
    last
}

/// Entities in the order in which the text names them.
struct Entities<'a> {
    list: Vec<Entity>,
    register: &'a mut Register,
    /// Place in the list by number of the register, or `NONE32`.
    places: Vec<u32>,
}

impl Entities<'_> {
    /// The place of an entity that a mention names; `once` where it may have named it already.
    fn name(&mut self, data: &Arc<EntityData>, mention: usize, once: bool) -> u32 {
        let number = self.register.number(data) as usize;
        if number >= self.places.len() {
            self.places.resize(number + 1, NONE32);
        }
        match self.list.get_mut(self.places[number] as usize) {
            Some(known) if once && known.mentions().last() == Some(&mention) => {}
            Some(known) => known.mentions.push(mention),
            None => {
                self.places[number] = self.list.len() as u32;
                self.list.push(Entity { data: data.clone(), mentions: Indices::One(mention) });
            }
        }
        self.places[number]
    }
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
    organization: Option<Text>,
}

/// Puts drafts in their places: indices, parents, entities, appointments.
pub(super) fn assemble<'t>(
    r: &Resolver<'_>,
    input: &Input<'t>,
    drafts: &mut Vec<Draft>,
    people: &[Person],
    register: &mut Register,
    options: &Options,
) -> Document<'t> {
    let s = r.s;
    let mut mentions: Vec<Mention> = Vec::with_capacity(drafts.len());
    let mut entities = Entities { list: Vec::with_capacity(drafts.len() / 2), places: vec![NONE32; register.len()], register };
    let mut placed: Vec<Placed> = Vec::with_capacity(2 * people.len());
    // The like offices of others, by person and start.
    let mut others: Vec<((usize, usize), Held)> = Vec::new();
    let mut open: Vec<u32> = Vec::new();
    for draft in drafts.drain(..).filter(|x| options.kinds.contains(&x.candidate.kind)) {
        let c = &draft.candidate;
        let mut first = c.start as usize;
        if draft.attributes.acting && c.kind == Kind::Title {
            first = acting_word(s, first);
        }
        let mut end = closing_quote(s, c.start as usize, c.end as usize);
        if draft.attributes.acting && c.kind == Kind::Title && c.cjk {
            // `外相代行`
            end = s.chart.longest(c.end as usize, s.lx.marks.acting).map_or(end, |i| s.tokens[i.end as usize - 1].end as usize);
        }
        let span = Span { start: s.tokens[first].start as usize, end };
        while open.last().is_some_and(|&o| !mentions[o as usize].span.holds(span)) {
            open.pop();
        }
        let here = mentions.len();
        let e = entities.name(&draft.data, here, false);
        let mut extra = Extra::default();
        for a in draft.also.iter().filter(|a| a.id != draft.data.id) {
            extra.also.push(entities.name(a, here, false) as usize);
        }
        if c.kind == Kind::Title {
            for (person, (data, country, organization)) in draft.others {
                // The like office of a counterpart goes back to this mention.
                let office = entities.name(&data, here, true);
                others.push(((person, c.start as usize), Held { office, country, organization }));
            }
        }
        if matches!(c.kind, Kind::Person | Kind::Title) {
            let held = Held { office: e, country: draft.country, organization: draft.organization };
            placed.push(Placed { start: c.start, end: c.end, kind: c.kind, mention: here, held });
        }
        extra.candidates = draft.candidates;
        extra.evidence = draft.why.into_lines();
        let parent = open.last().copied().unwrap_or(NONE32);
        mentions.push(Mention { span, kind: c.kind, entity: e, parent, attributes: draft.attributes, extra: extra.boxed() });
        open.push(here as u32);
    }
    // The last of one person and start counts.
    others.sort_by_key(|o| o.0);
    let mut d = Document {
        text: Cow::Borrowed(input.text),
        language: r.cx.language,
        date: r.cx.date,
        mentions,
        entities: entities.list,
        appointments: Vec::new(),
    };
    appoint(r, people, &placed, &others, &mut d);
    d
}

/// Who holds what, by the bonds.
fn appoint(r: &Resolver<'_>, people: &[Person], placed: &[Placed], others: &[((usize, usize), Held)], d: &mut Document<'_>) {
    let (s, title) = (r.s, r.s.lx.marks.title);
    let delegation = |e: u32| s.lx.entities.get(e as usize).is_some_and(|e| e.sort == Sort::Delegation);
    let part = |b: &Bond| s.chart.with(b.start, title).any(|i| i.end as usize == b.end && delegation(i.features.entity));
    let at = |start: usize, end: usize, kind: Kind| {
        let from = placed.partition_point(|p| p.start as usize <= start);
        placed[..from].iter().rev().take_while(|p| p.start as usize == start).find(|p| p.end as usize == end && p.kind == kind)
    };
    let mut pairs: HashMap<(u32, u32, bool), usize> = HashMap::default();
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
            organization: held.organization.clone(),
            country: s.lx.parties.get(usize::from(held.country)).filter(|p| p.is_country).map(|p| p.code.clone()),
            former: b.former,
            acting: b.acting,
            mentions: mentions.into_iter().flatten().collect(),
        });
    }
}
