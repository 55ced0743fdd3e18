//! What a reading that stays comes to: the office, ministry or other thing that it means.

use super::assemble::acting_behind;
use super::bodies::Body;
use super::choose::Candidate;
use super::country::Country;
use super::explain::Why;
use super::office::{Holder, Title};
use super::{Held, Resolver};
use crate::compose::bind::Bond;
use crate::compose::chart::Item;
use crate::compose::people::{Person, Shape};
use crate::document::{Attributes, EntityData};
use crate::kind::Kind;
use crate::lexicon::{NONE16, NONE32};
use foldhash::HashMap;
use std::sync::Arc;

/// A mention before it has its place in the document. Entities go by their numbers in the [register](super::register).
pub(super) struct Draft {
    pub candidate: Candidate,
    pub entity: u32,
    /// The first bond of a title, or `NONE32`.
    pub bond: u32,
    /// The body of somebody's office, by what tells of it.
    pub body: Body,
    pub country: u16,
    /// The title says its office in full, by its words or by the body that completes it elsewhere.
    pub full: bool,
    /// What a title says is a part in a delegation, and no office.
    pub of_delegation: bool,
    /// Counted, though it has one owner: to drop nothing of it is one look and no call.
    pub beside: Option<Arc<Beside>>,
}

/// What few mentions have.
#[derive(Clone, Default)]
pub(super) struct Beside {
    pub attributes: Attributes,
    /// Further entities that the words name.
    pub also: Vec<u32>,
    pub candidates: Vec<Arc<EntityData>>,
    /// Holders for whom the same words mean another office: `hai Bộ trưởng Quốc phòng A và B`.
    pub others: Vec<(usize, Held)>,
    /// Reasons, where they are wanted.
    pub why: Why,
}

impl Beside {
    /// Nothing where there is nothing of it.
    #[inline]
    pub(super) fn of(attributes: Attributes, also: Vec<u32>, candidates: Vec<Arc<EntityData>>, why: Why) -> Option<Arc<Beside>> {
        // Most have nothing of all of it.
        let plain = attributes.edition.is_none() & attributes.year.is_none() & !attributes.former & !attributes.acting;
        if plain & also.is_empty() & candidates.is_empty() & why.is_empty() {
            return None;
        }
        Some(Arc::new(Beside { attributes, also, candidates, why, ..Beside::default() }))
    }
}

impl Draft {
    #[inline]
    pub(super) fn new(candidate: Candidate, entity: u32) -> Draft {
        Draft { candidate, entity, bond: NONE32, body: Body::NONE, country: NONE16, full: false, of_delegation: false, beside: None }
    }

    pub(super) fn start(&self) -> usize {
        self.candidate.start as usize
    }

    pub(super) fn end(&self) -> usize {
        self.candidate.end as usize
    }

    /// The text calls its holder an acting one.
    pub(super) fn is_acting(&self) -> bool {
        self.beside.as_ref().is_some_and(|beside| beside.attributes.acting)
    }

    pub(super) fn beside(&mut self) -> &mut Beside {
        Arc::make_mut(self.beside.get_or_insert_default())
    }

    /// It is known what it stands for.
    pub(super) fn settle(&mut self) {
        if let Some(beside) = &mut self.beside {
            Arc::make_mut(beside).candidates.clear();
        }
    }

    /// Its reasons, where they are wanted.
    pub(super) fn why(&mut self) -> Option<&mut Why> {
        self.beside.as_mut().map(|beside| &mut Arc::make_mut(beside).why)
    }
}

impl Resolver<'_> {
    /// What a title means; nothing where that cannot be said.
    pub(super) fn title(&self, c: Candidate, title: Title<'_>, bond: Option<&Bond>, people: &[Person], said: Option<&Draft>) -> Option<Draft> {
        let Title { start, end, items } = title;
        let item = self.s.chart.items.get(c.source as usize)?;
        let person = bond.map(|b| &people[b.person]);
        let mut why = self.why(Some(c.source));
        let former = bond.map_or_else(|| self.former_before(start), |b| b.former);
        let behind = acting_behind(self.s, start, end).is_some();
        let attributes = Attributes { former, acting: bond.is_some_and(|b| b.acting) || behind, ..Attributes::default() };
        if let Some(support) = c.support.words() {
            why.say(|| format!("a weak title: {support}"));
        }
        let readings = person.map_or(&[][..], |p| &p.readings);
        if let Some(d) = said {
            let full = (d.candidate.start as usize, d.candidate.end as usize);
            let whose = if bond.is_some() { "the office of the same person that" } else { "the only office of its role so far, which" };
            why.say(|| format!("{whose} {} names", self.quoted(full.0, full.1)));
            why.follow(d.beside.as_ref().map(|beside| &beside.why));
            let beside = Beside::of(attributes, Vec::new(), Vec::new(), why);
            return Some(Draft { beside, country: d.country, body: d.body, ..Draft::new(c, d.entity) });
        }
        let named = self.named_country(items, person.is_some());
        let whose = match named {
            Some(party) if c.entity != NONE32 => Country::one(party, "that of the listed title"),
            Some(party) => Country::one(party, "named there"),
            None => self.country_of(start, end, person),
        };
        let unlisted = |i: &Item| i.features.has_body && i.features.organization == NONE32 && i.features.entity == NONE32;
        // `Thứ trưởng phụ trách … Bộ Quốc phòng Nhật Bản`: what a list says that the holder was then.
        let holds = |i: &Item| i.features.portfolio != NONE16 && readings.iter().any(|&e| self.held_then(&i.features, e, start));
        if title.all(|i| unlisted(i) && !holds(i)) {
            why.say(|| "a role, and a body or field that no list holds".into());
            let country = if item.features.country != NONE16 { item.features.country } else { self.country_inside(start, end).unwrap_or(whose.party) };
            let beside = Beside::of(attributes, Vec::new(), Vec::new(), why);
            return Some(Draft { beside, country, ..Draft::new(c, self.discovered(Kind::Title, start, end)) });
        }
        if let Some(o) = self.completed(title, bond, people, &mut why) {
            let body = Body::of(o.entity, item.features.portfolio, o.country);
            let beside = Beside::of(attributes, Vec::new(), Vec::new(), why);
            return Some(Draft { beside, country: o.country, body, full: true, ..Draft::new(c, o.office) });
        }
        let o = self.office(
            title,
            Holder {
                readings,
                former,
                country: person.map_or(NONE16, |p| self.own_country(p)),
                foreign: person.is_some_and(|p| p.readings.is_empty() && p.shape == Shape::Other),
            },
            whose.party,
            &mut why,
        )?;
        if o.country == whose.party {
            why.say(|| self.country_line(&whose));
        }
        let mut also = Vec::new();
        if bond.is_none() {
            for &other in &whose.also {
                if let Some(x) = self.office(title, Holder::default(), other, &mut Why::default()) {
                    also.push(x.office);
                }
            }
        }
        let body = bond.map_or(Body::NONE, |_| Body::of(o.entity, item.features.portfolio, o.country));
        let beside = Beside::of(attributes, also, o.candidates, why);
        Some(Draft { beside, country: o.country, body, ..Draft::new(c, o.office) })
    }

    /// What a ministry means; `around` is the country of the mention around it.
    pub(super) fn ministry(&self, c: Candidate, around: u16, venues: &mut HashMap<u16, u16>) -> Draft {
        let lx = self.s.lx;
        let (start, end) = (c.start as usize, c.end as usize);
        let item = &self.s.chart.items[c.source as usize];
        let mut why = self.why(Some(c.source));
        let mut also = Vec::new();
        let f = &item.features;
        // `外務省` is the name of Japan's ministry and the word for everybody's.
        let word = |x: Item| x.symbols & lx.marks.ministry != 0 && x.end as usize == end && x.features.country == NONE16 && x.features.portfolio == f.portfolio;
        let open = f.country != NONE16 && f.portfolio != NONE16 && self.s.chart.at(start).any(word);
        let whose = if f.country != NONE16 && !open {
            Country::one(f.country, if item.rule == NONE32 { "that of the listed ministry" } else { "named there" })
        } else if around != NONE16 {
            Country::one(around, "the office around it")
        } else {
            match venues.get(&f.portfolio).filter(|_| self.is_venue(start)) {
                Some(&party) => Country::one(party, "the place named before"),
                None => self.country_of(start, end, None),
            }
        };
        if self.is_venue(start) {
            venues.insert(f.portfolio, whose.party);
        }
        why.say(|| self.country_line(&whose));
        let entity = if f.entity != NONE32 && (f.country != NONE16 && (!open || whose.party == f.country) || f.portfolio == NONE16) {
            why.say(|| format!("a listed ministry ({})", lx.place(lx.entities[f.entity as usize].at)));
            self.entity(f.entity)
        } else {
            let ministry = self.s.memo.ministry(lx, f.portfolio, whose.party);
            why.say(|| match ministry.record() {
                Some(e) => format!("a listed ministry: {}", self.record(e)),
                None => "no record of the ministry: named after the field and the country".into(),
            });
            for &other in &whose.also {
                let ministry = self.s.memo.ministry(lx, f.portfolio, other);
                why.say(|| format!("and so {}", ministry.record().map_or_else(|| ministry.id(lx).to_string(), |e| self.record(e))));
                also.push(self.composed(ministry));
            }
            self.composed(ministry)
        };
        Draft { beside: Beside::of(Attributes::default(), also, Vec::new(), why), country: whose.party, ..Draft::new(c, entity) }
    }

    /// What another thing means, which may stand in one of its kind or hold something: most are listed, and most of these say nothing else.
    #[inline]
    pub(super) fn thing(&self, c: &Candidate, nested: bool, holds: bool, drafts: &mut Vec<Draft>) {
        if c.entity == NONE32 || self.explain || matches!(c.kind, Kind::Mechanism | Kind::Agreement) {
            drafts.push(self.other_thing(c, nested));
            return;
        }
        // Of the others only a body can hold something whose country its own would be.
        let country = if holds && c.kind == Kind::Organization { self.s.lx.shapes.entity(c.entity).country } else { NONE16 };
        drafts.push(Draft { country, ..Draft::new(*c, self.entity(c.entity)) });
    }

    #[inline(never)]
    fn other_thing(&self, c: &Candidate, nested: bool) -> Draft {
        let lx = self.s.lx;
        let (start, end) = (c.start as usize, c.end as usize);
        let item = &self.s.chart.items[c.source as usize];
        let mut why = self.why(Some(c.source));
        let mut attributes = Attributes::default();
        let (mut also, mut country) = (Vec::new(), NONE16);
        let mut counted = self.why(None);
        if !nested && matches!(c.kind, Kind::Mechanism | Kind::Agreement) {
            attributes = self.numbers(start, end, c.kind, &mut counted);
        }
        let f = &item.features;
        let entity = if f.entity != NONE32 {
            let e = &lx.entities[f.entity as usize];
            if attributes.year.is_none() && c.kind == Kind::Agreement && e.year > 0 && self.numbers(start, end, Kind::Agreement, &mut counted).year.is_some() {
                attributes.year = Some(e.year);
            }
            country = e.country;
            why.say(|| c.support.words().map_or_else(|| "a listed name".into(), |support| format!("a listed weak name: {support}")));
            self.entity(f.entity)
        } else if f.family != NONE16 && c.kind == Kind::Organization {
            country = f.country;
            why.say(|| format!("country {}: named there", self.code(f.country)));
            self.service(f, start, &mut why)
        } else if f.family != NONE16 {
            if let Some(support) = c.support.words() {
                why.say(|| format!("a weak name of the family: {support}"));
            }
            self.mechanism(item, &mut why)
        } else if let Some(party) = self.bare_government(item) {
            country = party.party;
            why.say(|| self.country_line(&party));
            party.also.iter().for_each(|&c| also.push(self.government(c, &mut Why::default())));
            self.government(country, &mut why)
        } else if c.kind == Kind::Organization
            && f.country != NONE16
            && item.rule != NONE32
            && self.s.chart.among(start..end, lx.marks.government_of).next().is_some()
        {
            country = f.country;
            why.say(|| format!("country {}: named there", self.code(f.country)));
            self.government(f.country, &mut why)
        } else if c.kind == Kind::Place && f.country != NONE16 {
            country = f.country;
            why.say(|| "a country's short form or adjective, which counts inside such a phrase".into());
            self.entity(lx.parties[usize::from(f.country)].entity)
        } else {
            why.say(|| match item.rule {
                NONE32 => "no list holds it: a word that such names open or close with, and those beside it".into(),
                _ => "no list holds it: named after its words".into(),
            });
            self.discovered(c.kind, start, end)
        };
        why.follow(Some(&counted));
        Draft { beside: Beside::of(attributes, also, Vec::new(), why), country, ..Draft::new(*c, entity) }
    }

    /// `tại Bộ Ngoại giao`: the ministry is a meeting place.
    fn is_venue(&self, start: usize) -> bool {
        self.s.chart.ends(start, 1, self.s.lx.marks.inside)
    }
}
