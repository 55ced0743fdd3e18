//! Which office a title means: what this person held at that date and these words can mean; else what they compose.

use super::Resolver;
use super::explain::{Why, held};
use crate::compose::chart::{Features, Item, SEVERAL, sign};
use crate::date::Date;
use crate::document::EntityData;
use crate::lexicon::office::{Composed, OfficeKey};
use crate::lexicon::{Cover, NONE16, NONE32, Sort, Strength, TenureInfo, takes};
use crate::text::tokens::Kind as TokenKind;
use std::sync::Arc;

/// Countries on each side that are looked at for one whose office nobody listed holds.
const NEARBY: usize = 16;

/// Tokens between a local office and the place that it is of, at most.
const LONGEST_WAY: usize = 40;

/// What a title came to.
pub(crate) struct Office {
    /// Its number in the register.
    pub office: u32,
    /// The record, where there is one.
    pub entity: Option<u32>,
    pub country: u16,
    pub candidates: Vec<Arc<EntityData>>,
}

fn covers(date: Option<Date>, t: &TenureInfo, former: bool) -> Cover {
    let Some(date) = date else { return Cover::Perhaps };
    if former {
        // A past office ended before the date, or at least began before it.
        return if t.from <= date.last_day() { Cover::Yes } else { Cover::No };
    }
    t.covers(date)
}

/// How the holder of a title is known.
#[derive(Clone, Copy)]
pub(crate) struct Holder<'a> {
    /// Listed persons that the name can mean.
    pub readings: &'a [u32],
    pub former: bool,
    /// The holder's own country, where the name says it.
    pub country: u16,
    /// Nobody whom a list holds, and no Vietnamese name.
    pub foreign: bool,
}

impl Default for Holder<'_> {
    fn default() -> Self {
        Holder { readings: &[], former: false, country: NONE16, foreign: false }
    }
}

/// The words of a title, and what they can be: every item of the title kind with just this span, the latest first.
#[derive(Clone, Copy)]
pub(crate) struct Title<'i> {
    pub start: usize,
    pub end: usize,
    pub items: &'i [&'i Item],
}

impl Title<'_> {
    /// Whether all that the words can be is so.
    pub(super) fn all(&self, is: impl Fn(&Item) -> bool) -> bool {
        self.items.iter().all(|i| is(i))
    }

    pub(super) fn any(&self, is: impl Fn(&Item) -> bool) -> bool {
        self.items.iter().any(|i| is(i))
    }
}

impl Resolver<'_> {
    /// The items of a [`Title`].
    pub(crate) fn title_items(&self, start: usize, end: usize) -> impl Iterator<Item = &Item> {
        let title = self.s.lx.marks.title;
        self.s.chart.laid(start, title).filter(move |i| i.end as usize == end)
    }

    /// The date that holds at a token: the one that opens its line, or the text's.
    pub(crate) fn date_at(&self, token: usize) -> Option<Date> {
        let p = self.s.layout.paragraph(token);
        self.cx.line_dates.binary_search_by_key(&p, |d| d.0).ok().map(|i| self.cx.line_dates[i].1).or(self.cx.date)
    }

    /// Resolves a title with the country that its words or its surroundings give.
    pub(crate) fn office(&self, title: Title<'_>, holder: Holder<'_>, country: u16, why: &mut Why) -> Option<Office> {
        let (lx, Title { start, end, items }) = (self.s.lx, title);
        // 1. What the person held.
        let mut best: Option<(&TenureInfo, Cover, bool, &Item)> = None;
        let date = self.date_at(start);
        let (mut office, mut several) = (NONE32, false);
        // Most names mean one person.
        let only = if let [person] = *holder.readings { lx.tenures_of(person) } else { &[] };
        for &item in if holder.readings.is_empty() { &[] } else { items } {
            for &person in holder.readings {
                for t in if holder.readings.len() > 1 { lx.tenures_of(person) } else { only } {
                    let Some(own) = self.can_mean(&item.features, t) else { continue };
                    several |= office != NONE32 && office != t.office;
                    office = t.office;
                    let cover = covers(date, t, holder.former);
                    let better = match best {
                        None => true,
                        // Of two that cover the date the later one is what he holds now.
                        Some((b, c, o, _)) => (cover, t.since(), own) > (c, b.since(), o),
                    };
                    if better {
                        best = Some((t, cover, own, item));
                    }
                }
            }
        }
        if let Some((t, cover, _, item)) = best {
            let exact = item.features.entity != NONE32;
            // Without a date, and with several offices that the words can mean, none is sure.
            let sure = date.is_some() || !several || exact;
            if sure && (cover > Cover::No || exact) {
                let e = &lx.entities[t.office as usize];
                why.by(|| (item.id != NONE32).then_some(item.id));
                why.say(|| self.term(t));
                why.say(|| self.dated(start, date));
                if cover == Cover::No {
                    why.say(|| "the term does not cover the date, but the words are the name of that office alone".into());
                }
                self.other_terms(title, holder, Some(t), why);
                return Some(Office { office: self.entity(t.office), entity: Some(t.office), country: e.country, candidates: Vec::new() });
            }
        }
        self.other_terms(title, holder, None, why);
        // 2. What the words say: a listed title, else a composed one.
        // Of several the one that the country before it names, then that of the holder's country, that of the country, a strong
        // one, the first.
        let mut listed: [Option<&Item>; 5] = [None; 5];
        let mut composed = None;
        for &item in items {
            if let Some(e) = lx.entities.get(item.features.entity as usize) {
                let own = holder.country != NONE16 && e.country == holder.country;
                let of = country != NONE16 && e.country == country;
                let is = [item.outer < item.start, own, of, item.strength == Strength::Strong, true];
                listed.iter_mut().zip(is).filter(|(first, is)| *is && first.is_none()).for_each(|(first, _)| *first = Some(item));
            }
            let f = &item.features;
            let rank = (item.strength, f.country != NONE16, f.portfolio != NONE16, f.organization != NONE32, u16::MAX - f.role);
            if f.role != NONE16 && composed.is_none_or(|(best, _)| rank >= best) {
                composed = Some((rank, item));
            }
        }
        let listed = listed.into_iter().flatten().next();
        let composed = composed.map(|c| c.1);
        let foreign = country != NONE16
            && listed.is_some_and(|l| lx.entities[l.features.entity as usize].country != country && lx.entities[l.features.entity as usize].country != NONE16);
        // `Tư lệnh Vùng Cảnh sát biển 2`: the body with its number says more than a title of all such bodies.
        let numbered = self.s.tokens[start..end].iter().any(|t| t.kind == TokenKind::Number)
            && composed.is_some_and(|c| c.features.organization != NONE32)
            && listed.is_some_and(|l| lx.entities[l.features.entity as usize].many);
        if let Some(item) = listed.filter(|_| !(numbered || foreign && composed.is_some())) {
            let e = &lx.entities[item.features.entity as usize];
            why.by(|| (item.id != NONE32).then_some(item.id));
            if let Some(post) = self.posted(item) {
                why.say(|| format!("a listed title ({}), with the country and place beside it", lx.place(e.at)));
                return Some(Office { office: self.composed(post), entity: None, country: item.features.country, candidates: Vec::new() });
            }
            why.say(|| format!("a listed title ({})", lx.place(e.at)));
            let others = if self.explain { items } else { &[] };
            for i in others.iter().filter(|i| i.features.entity != NONE32 && i.features.entity != item.features.entity) {
                why.lose(|| format!("{}: another title of these words, behind the first", self.record(i.features.entity)));
            }
            let country = if e.country != NONE16 { e.country } else { country };
            return Some(Office { office: self.entity(item.features.entity), entity: Some(item.features.entity), country, candidates: Vec::new() });
        }
        let item = composed?;
        why.by(|| (item.id != NONE32).then_some(item.id));
        if let Some(l) = listed {
            why.lose(|| format!("{}: an office of another country", self.record(l.features.entity)));
        }
        let mut f = item.features;
        let role = &lx.roles[usize::from(f.role)];
        // `オーストラリア大使　小島悠介`: nobody is another country's envoy; he serves there.
        if role.takes & takes::POST != 0
            && self.s.tokens[start].kind.is_cjk()
            && (f.target, f.place) == (NONE16, NONE32)
            && (holder.country != NONE16 && f.country != NONE16 && holder.country != f.country)
        {
            (f.target, f.country) = (f.country, holder.country);
        }
        // `Ambassador Olivier Brochet` in an English text on France and Viet Nam
        let posted = role.takes & takes::POST != 0 && f.country == NONE16 && f.place == NONE32;
        // Somebody listed who holds another office then is no ambassador of whom the text tells nothing else.
        let elsewhere = holder.readings.iter().flat_map(|&p| lx.tenures_of(p)).any(|t| date.is_none_or(|d| t.covers(d) == Cover::Yes));
        let unnamed = posted && !elsewhere && self.named_country(items, true).is_none();
        if unnamed && self.cx.home == NONE16 && self.english(start) && (holder.country != NONE16 || holder.foreign) {
            let own = self.sender(f.target, holder);
            if own != f.target && own != NONE16 {
                why.say(|| format!("sent by {}: whose name it is, and of which countries the text speaks", self.code(own)));
                f.country = own;
            }
        }
        let f = &f;
        let country = if f.country != NONE16 { f.country } else { country };
        if f.portfolio == SEVERAL && !holder.readings.is_empty() {
            let office = self.discovered(crate::kind::Kind::Title, start, end);
            why.say(|| "a role of several fields at once: an office that no list holds".into());
            return Some(Office { office, entity: None, country, candidates: Vec::new() });
        }
        // A role that something else than a country completes says nothing with a country alone.
        let lacks = |bit: u8, there: bool| role.takes & bit != 0 && !there;
        let bare = role.takes & takes::COUNTRY == 0
            && (lacks(takes::PORTFOLIO, f.portfolio != NONE16 || f.organization != NONE32)
                || lacks(takes::ORGANIZATION | takes::PLACE, f.organization != NONE32)
                || lacks(takes::POST, f.country != NONE16 || f.target != NONE16 || f.place != NONE32));
        // `Governor Satake Norihisa` in a sentence on Akita prefecture
        let seat = (bare && role.takes & takes::PLACE != 0 && f.organization == NONE32).then(|| self.place_near(start, end)).flatten();
        if let Some((at, p)) = seat {
            why.say(|| format!("{} is named beside it ({})", lx.entities[p as usize].data.id, self.quoted(at, at + 1)));
        }
        let its = (bare && role.takes & takes::ORGANIZATION != 0 && seat.is_none()).then(|| self.its_body(start)).flatten();
        if let Some(b) = its {
            why.say(|| format!("of {}, which the sentence names before", lx.entities[b as usize].data.id));
        }
        let seat = seat.or(its.map(|b| (start, b)));
        let bare = bare && seat.is_none();
        let (target, place) = if role.takes & takes::POST != 0 { self.seat(f, country, role.at_home, start, why) } else { (f.target, NONE32) };
        // Nobody is a country's envoy to itself.
        let home = if self.cx.home == target { NONE16 } else { self.cx.home };
        let country = if target != NONE16 && target == country && f.country == NONE16 { home } else { country };
        let country = if f.country == NONE16 && !bare && holder.foreign && !holder.former { self.free_country(start, f, country, date) } else { country };
        let key = OfficeKey {
            role: f.role,
            portfolio: if f.portfolio == SEVERAL { NONE16 } else { f.portfolio },
            country: if bare || f.portfolio == SEVERAL { NONE16 } else { country },
            target: if bare { NONE16 } else { target },
            organization: match seat {
                Some((_, p)) => p,
                None if role.takes & takes::POST != 0 => NONE32,
                None => f.organization,
            },
            place,
        };
        let mut office = self.s.memo.office(lx, key);
        // `Tham mưu trưởng Liên quân` of Japan: the only listed office there that papers call so.
        if office.record().is_none() && f.portfolio == NONE16 && !bare && target == NONE16 && f.organization == NONE32 && place == NONE32 {
            let all = lx.offices.get(&(country, NONE16)).map_or(&[][..], |list| list);
            let mut plays = all.iter().copied().filter(|&o| lx.entities[o as usize].sort != Sort::Rank && lx.plays(&lx.entities[o as usize], f.role));
            if let (Some(one), None) = (plays.next(), plays.next()) {
                office = Composed::Listed(one);
            }
        }
        let entity = office.record();
        if let Some(&p) = holder.readings.first() {
            why.say(|| format!("no term of {} fits these words and the date", lx.entities[p as usize].data.id));
            why.say(|| self.dated(start, date));
        }
        why.say(|| match entity {
            // An office without a record that a term names stands where the term does.
            Some(e) if lx.holders_of(e).any(|t| t.at == lx.entities[e as usize].at) => format!("an office with listed holders: {}", self.record(e)),
            Some(e) => format!("a listed office: {}", self.record(e)),
            None => format!("no record of the office: named after the role ({})", lx.place(role.at)),
        });
        let others = if holder.readings.is_empty() { self.other_offices(f, country, entity) } else { Vec::new() };
        for &o in &others {
            why.lose(|| format!("{}: papers print it so too, but no holder is named here", self.record(o)));
        }
        let mut candidates = Vec::new();
        for o in others {
            candidates.push(lx.entities[o as usize].data.clone());
        }
        if role.alone
            && holder.readings.is_empty()
            && let (Some(date), Some(e)) = (date, entity.filter(|&e| !lx.entities[e as usize].many))
        {
            for t in lx.holders_of(e).filter(|t| t.covers(date) == Cover::Yes) {
                why.say(|| format!("its holder on {date}: {} ({})", lx.entities[t.person as usize].data.id, lx.place(t.at)));
            }
        }
        Some(Office { office: self.composed(office), entity, country, candidates })
    }

    /// Whose envoy somebody is in a text on two countries: his own country's; of one with a foreign name in a text on Viet Nam
    /// and another country, or with the seat named, the other one's.
    fn sender(&self, target: u16, holder: Holder<'_>) -> u16 {
        if holder.country != NONE16 {
            return holder.country;
        }
        let main = [self.cx.partner, self.cx.third];
        let from = if target != NONE16 { target } else { self.cx.vn };
        let two = |c: u16| main.contains(&c);
        if !two(from) || target != NONE16 && self.cx.lands(self.survey).iter().any(|&c| !two(c)) {
            return NONE16;
        }
        main.into_iter().find(|&c| c != from).unwrap_or(NONE16)
    }

    /// A province or city in the sentence of an English local office that names none: the last before it, else the one that
    /// `of` joins to the name behind it.
    fn place_near(&self, start: usize, end: usize) -> Option<(usize, u32)> {
        let s = self.s;
        let m = &s.lx.marks;
        if !self.english(start) {
            return None;
        }
        let sentence = s.layout.sentence(start);
        let local = |at: usize| {
            let i = s.chart.longest(at, m.locality)?;
            let e = s.lx.entities.get(i.features.place as usize)?;
            let named = s.chart.with(i.end as usize, m.province).any(|p| p.languages & (1 << crate::kind::Language::En as u8) != 0);
            let whole = s.chart.with(at, m.province).next().is_some() || (at + 1..i.end as usize).any(|k| s.chart.begins(k, m.province));
            (named || whole || matches!(e.sort, Sort::City | Sort::Province)).then_some((at, i.features.place))
        };
        let before = (0..start).rev().take(LONGEST_WAY).take_while(|&t| s.layout.sentence(t) == sentence).find_map(local);
        let behind = || {
            let of = (end..s.tokens.len().min(end + 8)).take_while(|&t| s.layout.sentence(t) == sentence).find(|&t| s.chart.begins(t, m.of))?;
            local(s.chart.longest_end(of, m.of)?)
        };
        before.or_else(behind)
    }

    /// The country of an office of somebody whom no list holds: not one whose office a listed person holds on the day; then the
    /// one named last before in the paragraph of which that is not so, else none.
    fn free_country(&self, start: usize, f: &Features, country: u16, date: Option<Date>) -> u16 {
        let lx = self.s.lx;
        let Some(date) = date.filter(|_| self.cx.home == NONE16 && country != NONE16) else { return country };
        let key = |country: u16| OfficeKey { role: f.role, portfolio: f.portfolio, country, organization: f.organization, ..OfficeKey::default() };
        let taken = |country: u16| {
            let entity = self.s.memo.office(lx, key(country)).record();
            let one = |e: u32| !lx.entities[e as usize].many && lx.holders_of(e).any(|t| t.covers(date) == Cover::Yes);
            entity.is_some_and(one)
        };
        if f.portfolio == SEVERAL || !taken(country) {
            return country;
        }
        let people = &self.cx.people;
        let at = people.partition_point(|p| (p.0 as usize) < start);
        let paragraph = self.s.layout.paragraph(start);
        let near = |p: &&(u32, u16)| self.s.layout.paragraph(p.0 as usize) == paragraph && lx.parties[usize::from(p.1)].is_country;
        let before = people[..at].iter().rev().take(NEARBY).filter(near);
        let behind = people[at..].iter().take(NEARBY).filter(near);
        before.chain(behind).map(|p| p.1).find(|&c| !taken(c)).unwrap_or(NONE16)
    }

    /// `Coast Guard Region 1 … its Commander`: the listed body named last in the sentence before a possessive pronoun.
    fn its_body(&self, start: usize) -> Option<u32> {
        let s = self.s;
        if start == 0 || !self.english(start) || !s.chart.signs(s.lx, start - 1, sign::ITS) {
            return None;
        }
        let sentence = s.layout.sentence(start);
        let body = |at: usize| {
            let listed = |i: &Item| i.features.entity != NONE32 && i.strength == Strength::Strong && i.end as usize > at + 1 && i.end as usize <= start;
            s.chart.with(at, s.lx.marks.organization).filter(listed).max_by_key(|i| i.end).map(|i| i.features.entity)
        };
        (0..start).rev().take(LONGEST_WAY).take_while(|&t| s.layout.sentence(t) == sentence).find_map(body)
    }

    /// The terms of the person that the words can mean and that did not decide.
    fn other_terms(&self, title: Title<'_>, holder: Holder<'_>, chosen: Option<&TenureInfo>, why: &mut Why) {
        if !self.explain {
            return;
        }
        let lx = self.s.lx;
        let date = self.date_at(title.start);
        let mut seen: Vec<&TenureInfo> = chosen.into_iter().collect();
        for t in holder.readings.iter().flat_map(|&p| lx.tenures_of(p)) {
            if seen.iter().any(|s| std::ptr::eq(*s, t)) || chosen.is_some_and(|c| c.office == t.office) || !title.any(|i| self.office_matches(&i.features, t)) {
                continue;
            }
            seen.push(t);
            why.lose(|| {
                let reason = match (date, covers(date, t, holder.former), chosen) {
                    (Some(d), Cover::No, _) => format!("not on {d}"),
                    (Some(_), Cover::Perhaps, _) => "its end is not known".into(),
                    (Some(_), Cover::Yes, Some(c)) if c.since() > t.since() => "the other term began later".into(),
                    (Some(_), Cover::Yes, _) => "the words are the other office's own".into(),
                    (None, _, _) => "no date tells which of several".into(),
                };
                format!("{}: {} ({}), {reason}", lx.entities[t.office as usize].data.id, held("it", t), lx.place(t.at))
            });
        }
    }

    /// Whether the words of a title can mean the office of a tenure; `Some(true)` where they are its own words.
    pub(crate) fn can_mean(&self, f: &Features, t: &TenureInfo) -> Option<bool> {
        let lx = self.s.lx;
        if f.entity != NONE32 {
            return (f.entity == t.office).then_some(true);
        }
        let office = &lx.entities[t.office as usize];
        if f.role == NONE16 || !lx.plays(office, f.role) {
            return None;
        }
        let same16 = |a: u16, b: u16| a == NONE16 || b == NONE16 || a == b;
        if !same16(f.portfolio, office.portfolio) || !same16(f.country, office.country) || !same16(f.target, office.target) {
            return None;
        }
        if f.organization != NONE32 && office.organization != NONE32 && f.organization != office.organization {
            return None;
        }
        if f.organization != NONE32 && office.organization == NONE32 && lx.roles[usize::from(f.role)].takes & takes::ORGANIZATION != 0 {
            return None;
        }
        Some(office.role == f.role)
    }

    /// Whether somebody held an office on the day that the words can mean.
    pub(crate) fn held_then(&self, f: &Features, person: u32, token: usize) -> bool {
        let date = self.date_at(token);
        self.s.lx.tenures_of(person).iter().any(|t| self.can_mean(f, t).is_some() && covers(date, t, false) > Cover::No)
    }

    /// Offices of other names that the same words can mean in this country.
    fn other_offices(&self, f: &Features, country: u16, chosen: Option<u32>) -> Vec<u32> {
        let lx = self.s.lx;
        if f.portfolio == NONE16 || country == NONE16 {
            return Vec::new();
        }
        let office = |i: u32| &lx.entities[i as usize];
        let all = lx.offices.get(&(country, f.portfolio)).map_or(&[][..], |list| list);
        let meant = |&i: &u32| Some(i) != chosen && office(i).sort != Sort::Rank && office(i).role != f.role && lx.plays(office(i), f.role);
        all.iter().copied().filter(meant).take(8).collect()
    }
}
