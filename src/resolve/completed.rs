//! `警察庁の楠長官`, `愛知県の大村知事`: in Japanese the body stands before the name, and the bare word for its head behind it.

use super::Resolver;
use super::explain::Why;
use super::office::{Office, Title};
use crate::compose::bind::Bond;
use crate::compose::chart::Item;
use crate::compose::people::Person;
use crate::document::EntityData;
use crate::kind::{Kind, Language};
use crate::lexicon::office::OfficeKey;
use crate::lexicon::{NONE16, NONE32, Sort, Strength, takes};
use std::sync::Arc;

/// Tokens of a body's name before somebody's at most.
const REACH: usize = 20;

impl Resolver<'_> {
    /// The office of a bare title behind a name that the body before the name completes.
    pub(super) fn completed(&self, title: Title<'_>, bond: Option<&Bond>, people: &[Person], why: &mut Why) -> Option<Office> {
        let (s, lx, Title { start, end, items }) = (self.s, self.s.lx, title);
        let m = &lx.marks;
        let bond = bond.filter(|b| b.behind && s.tokens[start].kind.is_cjk())?;
        let p = &people[bond.person];
        // Or a listed title of all such bodies: `人民委員会委員長`.
        let general = |i: &Item| lx.entities.get(i.features.entity as usize).is_some_and(|e| e.many && e.sort == Sort::Plain && e.organization == NONE32);
        let bare = |i: &Item| i.outer == i.start && (i.features.role != NONE16 && !super::is_full(&i.features) && i.features.entity == NONE32 || general(i));
        if s.tokens[p.start].begins_line() || !title.all(bare) {
            return None;
        }
        // What a listed person held says more.
        let held = p.readings.iter().flat_map(|&e| lx.tenures_of(e)).any(|t| title.any(|i| self.office_matches(&i.features, t)));
        if held {
            return None;
        }
        let of = (1..=2.min(p.start)).map(|b| p.start - b).find(|&a| s.chart.with(a, m.of).any(|i| i.end as usize == p.start));
        let close = of.unwrap_or(p.start);
        let sorts = m.organization | m.ministry | m.place;
        let body = (1..=REACH.min(close))
            .rev()
            .map(|b| close - b)
            .find_map(|a| s.chart.with(a, sorts).find(|i| i.end as usize == close && i.strength == Strength::Strong && i.symbols & m.country == 0))?;
        let from = body.start as usize;
        // The words put together may be listed: `警察庁長官`, `対外局長`.
        for glued in [start, start + 1] {
            let overlaps = glued > start && glued < end && s.tokens[close - 1].coarse == s.tokens[start].coarse;
            if glued > start && !overlaps {
                continue;
            }
            let words: Vec<u32> = s.tokens[from..close].iter().chain(&s.tokens[glued..end]).map(|t| t.coarse).collect();
            if let Some(e) = lx.title_of_words(&words) {
                let info = &lx.entities[e as usize];
                why.say(|| format!("with the body before the name: {}", self.record(e)));
                return Some(Office { office: self.entity(e), entity: Some(e), country: info.country, candidates: Vec::new() });
            }
        }
        let f = &body.features;
        if title.any(general) {
            let local = body.symbols & m.place != 0;
            why.say(|| format!("the place before the name: {}", self.quoted(from, close)));
            let office = self.put_together(from, close, start, end);
            return local.then_some(Office { office, entity: None, country: f.country, candidates: Vec::new() });
        }
        let item = items.iter().max_by_key(|i| {
            let takes = lx.roles[usize::from(i.features.role)].takes;
            let fits = if body.symbols & m.place != 0 { takes & takes::PLACE } else { takes & takes::ORGANIZATION };
            (fits != 0, u16::MAX - i.features.role)
        })?;
        let takes = lx.roles[usize::from(item.features.role)].takes;
        let key = OfficeKey { role: item.features.role, ..OfficeKey::default() };
        let country = if f.country != NONE16 || body.symbols & m.place != 0 { f.country } else { self.country_of(from, close, None).party };
        if body.symbols & m.ministry != 0 {
            if takes & takes::PORTFOLIO == 0 || f.portfolio == NONE16 {
                return None;
            }
            let office = s.memo.office(lx, OfficeKey { portfolio: f.portfolio, country, ..key });
            why.say(|| format!("the ministry before the name: {}", self.quoted(from, close)));
            return Some(Office { entity: office.record(), office: self.composed(office), country, candidates: Vec::new() });
        }
        let place = body.symbols & m.place != 0;
        if takes & if place { takes::PLACE } else { takes::ORGANIZATION } == 0 {
            return None;
        }
        let listed = if place { f.place } else { f.entity };
        let plain = lx.entities.get(listed as usize).is_some_and(|e| !matches!(e.sort, Sort::Country) && e.data.names[Language::Ja as usize].is_some());
        why.say(|| format!("the body before the name: {}", self.quoted(from, close)));
        if listed != NONE32 && plain && !place {
            let office = s.memo.office(lx, OfficeKey { organization: listed, ..key });
            return Some(Office { entity: office.record(), office: self.composed(office), country, candidates: Vec::new() });
        }
        Some(Office { office: self.put_together(from, close, start, end), entity: None, country, candidates: Vec::new() })
    }

    /// An office that no list holds, named by the body's words and the head's: `対外局` and `局長` are `対外局長`.
    fn put_together(&self, from: usize, close: usize, start: usize, end: usize) -> u32 {
        let same = end > start + 1 && self.s.tokens[close - 1].coarse == self.s.tokens[start].coarse && self.s.tokens[start].coarse != 0;
        let head = if same { start + 1 } else { start };
        let mut names = [None, None, None];
        names[Language::Ja as usize] = Some(format!("{}{}", self.surface(from, close), self.surface(head, end)).into());
        let id = format!("{}{}", self.unlisted(Kind::Title, from, close).0, self.unlisted(Kind::Title, head, end).0.trim_start_matches("title:unlisted."));
        self.keep(Arc::new(EntityData { id: id.into(), kind: Kind::Title, names, known: false }), self.s.lx.unlisted)
    }
}
