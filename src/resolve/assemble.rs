//! The document, put together from drafts.

use super::context::Context;
use super::person::PersonData;
use super::{Draft, Options};
use crate::compose::bind::Bond;
use crate::compose::people::{Person, Sight};
use crate::document::{Appointment, Document, Entity, EntityData, Mention, Text};
use crate::input::Input;
use crate::kind::Kind;
use crate::lexicon::Sort;
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
    let opened = s.tokens[start + 1..end].iter().filter(|t| t.gap & gap::QUOTE != 0).count();
    let next = s.text[last..].chars().next();
    if opened % 2 == 1 {
        if let Some(c) = next.filter(|&c| class(c) == Class::Quote) {
            return last + c.len_utf8();
        }
    }
    last
}

/// Puts drafts in their places: indices, parents, entities, appointments.
#[allow(clippy::too_many_arguments, reason = "the last step sees the results of all others")]
pub(super) fn assemble<'t>(
    input: &Input<'t>,
    cx: &Context,
    drafts: Vec<Draft>,
    people: &[Person],
    people_data: &[PersonData],
    bonds: &[Bond],
    s: &Sight<'_>,
    options: &Options,
) -> Document<'t> {
    let mut d = Document {
        text: Cow::Borrowed(input.text),
        language: cx.language,
        date: cx.date,
        mentions: Vec::with_capacity(drafts.len()),
        entities: Vec::new(),
        appointments: Vec::new(),
    };
    let mut index: HashMap<Text, usize> = HashMap::default();
    let entity = |entities: &mut Vec<Entity>, index: &mut HashMap<Text, usize>, data: &Arc<EntityData>| -> usize {
        *index.entry(data.id.clone()).or_insert_with(|| {
            entities.push(Entity { data: data.clone(), mentions: Vec::new() });
            entities.len() - 1
        })
    };
    let mut by_span: HashMap<(u32, u32, Kind), usize> = HashMap::default();
    let mut open: Vec<usize> = Vec::new();
    let mut offices: HashMap<(usize, usize), (usize, u16, Option<Text>)> = HashMap::default();
    let mut others: HashMap<(usize, usize), (usize, u16, Option<Text>)> = HashMap::default();
    let drafts: Vec<Draft> = drafts.into_iter().filter(|x| options.kinds.contains(&x.candidate.kind)).collect();
    let starts: Vec<u32> = drafts.iter().map(|x| x.candidate.start).collect();
    // Where the last mention ended that ends before this one.
    let mut before = 0;
    for (n, draft) in drafts.into_iter().enumerate() {
        let c = &draft.candidate;
        let (first, last) = (c.start as usize, c.end as usize);
        let mut span = Span { start: s.tokens[first].start as usize, end: s.tokens[last - 1].end as usize };
        while let Some(&o) = open.last().filter(|&&o| !d.mentions[o].span.holds(span)) {
            before = before.max(d.mentions[o].span.end);
            open.pop();
        }
        // A word or sign beside it goes with it, unless it is another mention's or outside the mention around.
        let around = open.last().map_or(Span { start: 0, end: usize::MAX }, |&o| d.mentions[o].span);
        let mut end = closing_quote(s, first, last);
        if draft.attributes.acting && c.kind == Kind::Title {
            let start = s.tokens[acting_word(s, first)].start as usize;
            if start >= around.start.max(before) {
                span.start = start;
            }
            let free = |behind: &usize| starts[n + 1..].iter().map(|&x| x as usize).find(|&x| x >= last).is_none_or(|x| x >= *behind);
            end = acting_behind(s, first, last).filter(free).map_or(end, |behind| s.tokens[behind - 1].end as usize);
        }
        if end <= around.end {
            span.end = end;
        }
        let here = d.mentions.len();
        let e = entity(&mut d.entities, &mut index, &draft.data);
        d.entities[e].mentions.push(here);
        let mut also = Vec::new();
        for a in &draft.also {
            let x = entity(&mut d.entities, &mut index, a);
            if x != e {
                d.entities[x].mentions.push(here);
                also.push(x);
            }
        }
        by_span.insert((c.start, c.end, c.kind), here);
        if c.kind == Kind::Title {
            offices.insert((c.start as usize, c.end as usize), (e, draft.country, draft.organization.clone()));
            for (person, (data, country, organization)) in &draft.others {
                let x = entity(&mut d.entities, &mut index, data);
                // The like office of a counterpart goes back to this mention.
                if d.entities[x].mentions.last() != Some(&here) {
                    d.entities[x].mentions.push(here);
                }
                others.insert((*person, c.start as usize), (x, *country, organization.clone()));
            }
        }
        d.mentions.push(Mention {
            span,
            kind: c.kind,
            entity: e,
            parent: open.last().copied(),
            attributes: draft.attributes,
            also,
            candidates: draft.candidates,
            evidence: draft.why.into_lines(),
        });
        open.push(here);
    }
    let part = |b: &Bond| {
        s.chart.at(b.start).any(|i| i.end as usize == b.end && s.lx.entities.get(i.features.entity as usize).is_some_and(|e| e.sort == Sort::Delegation))
    };
    let mut pairs: HashMap<(usize, usize, bool), usize> = HashMap::default();
    for b in bonds.iter().filter(|b| !part(b)) {
        let p = &people[b.person];
        let Some((office, country, organization)) = others.get(&(b.person, b.start)).or_else(|| offices.get(&(b.start, b.end)).filter(|_| !b.counterpart))
        else {
            continue;
        };
        let Some(&person) = index.get(&people_data[b.person].0.id) else { continue };
        let places = [by_span.get(&(p.start as u32, p.end as u32, Kind::Person)), by_span.get(&(b.start as u32, b.end as u32, Kind::Title))];
        let mentions: Vec<usize> = places.into_iter().flatten().copied().collect();
        // Who has left an office has left it, though the text calls him by it too.
        let pair = (person, *office, b.acting);
        if let Some(&a) = pairs.get(&pair) {
            let a: &mut Appointment = &mut d.appointments[a];
            a.mentions.extend(mentions);
            a.former |= b.former;
            continue;
        }
        pairs.insert(pair, d.appointments.len());
        d.appointments.push(Appointment {
            person,
            office: *office,
            organization: organization.clone(),
            country: s.lx.parties.get(usize::from(*country)).filter(|p| p.is_country).map(|p| p.code.clone()),
            former: b.former,
            acting: b.acting,
            mentions,
        });
    }
    d
}
