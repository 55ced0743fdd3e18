//! From phrases to entities: which readings stay, whom and what they mean, and the document made of them.

mod assemble;
mod bodies;
mod choose;
mod completed;
pub(crate) mod context;
mod country;
mod explain;
mod local;
mod mechanism;
mod numbers;
mod office;
mod person;
mod register;
mod support;
mod survey;

use crate::compose::bind::{Bond, Edges, bind};
use crate::compose::chart::{Features, Item};
use crate::compose::people::{Person, Shape, Sight};
use crate::document::{Attributes, Document, EntityData, Text};
use crate::input::Input;
use crate::kind::Kind;
use crate::lexicon::{NONE16, NONE32, Strength};
use crate::text::bits::ones;
use crate::text::fold;
use crate::text::tokens::Kind as TokenKind;
use assemble::{Places, acting_behind, assemble};
use bodies::Unlisted;
use choose::{Candidate, Lost, Rows, choose};
use context::Context;
use country::Country;
use explain::Why;
use foldhash::HashMap;
use office::Holder;
use register::Register;
use std::cell::OnceCell;
use std::sync::Arc;
use survey::{Survey, join_ranges};

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
    same_person: Vec<u32>,
    edges: Edges,
    register: Register,
    places: Places,
    drafts: Vec<Draft>,
    open: Vec<usize>,
    seats: Seats,
    unlisted: Unlisted,
}

/// All that resolving looks at.
pub(crate) struct Resolver<'a> {
    s: &'a Sight<'a>,
    cx: &'a Context,
    survey: &'a Survey,
    /// Reasons are wanted.
    explain: bool,
    unlisted: &'a Unlisted,
    bonds: &'a [Bond],
    /// Where the bonds of each person begin; they are sorted by person.
    first_bond: &'a [usize],
    /// For each person a number that persons with one entity share.
    same_person: &'a [u32],
}

/// A mention before it has its place in the document.
struct Draft {
    candidate: Candidate,
    data: Arc<EntityData>,
    beside: Option<Box<Beside>>,
    attributes: Attributes,
    country: u16,
    /// The first bond of a title, or `NONE32`.
    bond: u32,
    /// The body of somebody's office.
    organization: Option<Arc<EntityData>>,
    /// The title says its office in full, by its words or by the body that completes it elsewhere.
    full: bool,
    why: Why,
}

/// What few mentions have.
#[derive(Default)]
struct Beside {
    /// Further entities that the words name.
    also: Vec<Arc<EntityData>>,
    candidates: Vec<Arc<EntityData>>,
    /// Holders for whom the same words mean another office: `hai Bộ trưởng Quốc phòng A và B`.
    others: Vec<(usize, Held)>,
}

impl Beside {
    /// Nothing where there is nothing of it.
    fn of(candidates: Vec<Arc<EntityData>>) -> Option<Box<Beside>> {
        if candidates.is_empty() { None } else { Some(Box::new(Beside { candidates, ..Beside::default() })) }
    }

    fn also(beside: &mut Option<Box<Beside>>, data: Arc<EntityData>) {
        beside.get_or_insert_default().also.push(data);
    }
}

impl Draft {
    fn new(candidate: Candidate, data: Arc<EntityData>, why: Why) -> Draft {
        Draft { candidate, data, beside: None, attributes: Attributes::default(), country: NONE16, bond: NONE32, organization: None, full: false, why }
    }

    fn start(&self) -> usize {
        self.candidate.start as usize
    }

    fn end(&self) -> usize {
        self.candidate.end as usize
    }

    fn beside(&mut self) -> &mut Beside {
        self.beside.get_or_insert_default()
    }

    /// It is known what it stands for.
    fn settle(&mut self) {
        if let Some(beside) = &mut self.beside {
            beside.candidates.clear();
        }
    }

    /// It stands for the same thing as another one.
    fn is_same(&self, other: &Draft) -> bool {
        Arc::ptr_eq(&self.data, &other.data) || self.data.id == other.data.id
    }
}

/// Titles of one person that are looked through for a longer one at most.
const MOST_TITLES: usize = 16;

/// Bytes of letters that stand for a name at most.
const LONGEST_LETTERS: u32 = 12;

/// An office, its country and its body.
type Held = (Arc<EntityData>, u16, Option<Arc<EntityData>>);

/// Resolves the readings of a text.
pub(crate) fn resolve<'t>(s: &Sight<'_>, people: Vec<Person>, input: &Input<'t>, options: &Options, desk: &mut Desk) -> Document<'t> {
    desk.survey.take(s, &people);
    desk.context.read(s, &people, input, &desk.survey);
    let Desk {
        survey,
        context: cx,
        candidates,
        chosen,
        rows,
        titles,
        bound,
        shared,
        first_bond,
        same_person,
        edges,
        register,
        places,
        drafts,
        open,
        seats,
        unlisted,
    } = desk;
    let mut r = Resolver { s, cx, survey, explain: options.explain, unlisted, bonds: &[], first_bond: &[], same_person: &[] };
    let mut lost: Vec<Lost> = Vec::new();
    r.candidates(&people, candidates, &mut lost);
    choose(candidates, rows, chosen, options.explain.then_some(&mut lost));
    // Readings that lost are told of by the people as they were found.
    let found = if options.explain { people.clone() } else { Vec::new() };
    let mut kept = people;
    let mut stay = chosen.iter().filter(|c| c.kind == Kind::Person).map(|c| c.start as usize).peekable();
    kept.retain(|p| stay.next_if_eq(&p.start).is_some());
    titles.clear();
    titles.extend(chosen.iter().filter(|c| c.kind == Kind::Title).map(|c| (c.start as usize, c.end as usize)));
    let bonds = bind(s, &kept, titles, &survey.told, edges);
    share_out(&bonds, titles, bound, shared);
    first_bond.clear();
    let mut next = 0;
    first_bond.extend((0..=kept.len()).map(|p| {
        next += bonds[next..].iter().take_while(|b| b.person < p).count();
        next
    }));
    (r.bonds, r.first_bond) = (&bonds, first_bond);
    let people_data = r.people(&kept);
    // Of several that a name can mean, whose office it is goes by whom it was found to mean.
    for (p, data) in kept.iter_mut().zip(&people_data).filter(|(p, _)| p.readings.len() > 1) {
        if let Some(&e) = s.lx.by_id.get(&data.0.id).filter(|e| p.readings.contains(e)) {
            p.readings.clear();
            p.readings.push(e);
        }
    }
    same_person.clear();
    if !bonds.is_empty() {
        same_person.extend(people_data.iter().map(|p| register.number(&p.0)));
    }
    r.same_person = same_person;
    seats.clear();
    drafts.clear();
    drafts.reserve(chosen.len());
    open.clear();
    let mut people_data = people_data.into_iter();
    let mut title = 0;
    for &c in chosen.iter() {
        if c.kind == Kind::Person {
            let Some((data, candidates, why)) = people_data.next() else { continue };
            open.push(drafts.len());
            drafts.push(Draft { beside: Beside::of(candidates), ..Draft::new(c, data, why) });
            continue;
        }
        let number = title as u32;
        title += usize::from(c.kind == Kind::Title);
        let bond = if c.kind == Kind::Title { bound[number as usize] } else { NONE32 };
        while open.last().is_some_and(|&o| drafts[o].candidate.end < c.end || drafts[o].candidate.end <= c.start) {
            open.pop();
        }
        let outer = open.last().map(|&o| &drafts[o]);
        let mut around = outer.map_or(NONE16, |o| o.country);
        // `Ministry of Defense (MOD)`
        if c.kind == Kind::Ministry && c.start > 0 && s.tokens[c.start as usize - 1].kind == TokenKind::Open {
            let before = drafts.iter().rev().take(3).find(|d| d.candidate.kind == Kind::Ministry && d.candidate.end + 1 == c.start);
            around = before.map_or(around, |d| d.country);
        }
        let others = &shared[shared.partition_point(|x| x.0 < number)..];
        let others = others.iter().take_while(|x| x.0 == number && c.kind == Kind::Title).map(|x| &bonds[x.1 as usize]);
        let said = match bonds.get(bond as usize) {
            Some(_) if others.clone().next().is_some() => None,
            Some(b) => r.said_before(c.start as usize, c.end as usize, b, seats).or_else(|| r.said_longer(c.start as usize, c.end as usize, b, seats, drafts)),
            None if c.kind == Kind::Title => r.role_before(c.start as usize, c.end as usize, seats),
            None => None,
        };
        let nested = outer.is_some_and(|o| o.candidate.kind == c.kind);
        let Some(mut d) = r.draft(c, bond, &kept, around, nested, said.map(|i| &drafts[i]), &mut seats.venues) else { continue };
        d.candidate.start = r.behind_possessive(&d.candidate);
        for b in others {
            r.share(b, &kept, &mut d);
        }
        if let Some(b) = bonds.get(bond as usize) {
            d.bond = bond;
            r.note_full(&d, b, drafts.len(), seats);
            r.note_holder(&d, drafts, seats);
        }
        open.push(drafts.len());
        drafts.push(d);
    }
    r.named_later(drafts, &kept, seats);
    r.counterparts(&kept, drafts);
    r.local_bodies(drafts);
    r.abbreviations(drafts);
    // A possessive that is no part of a body's name stands before it now.
    sort_by_place(drafts);
    if options.explain {
        r.explain(drafts, &found, &lost);
    }
    let document = assemble(&r, input, drafts, &kept, register, places, options);
    unlisted.clear();
    document
}

/// For each title its first bond, and the bonds of others who share it.
fn share_out(bonds: &[Bond], titles: &[(usize, usize)], bound: &mut Vec<u32>, shared: &mut Vec<(u32, u32)>) {
    bound.clear();
    bound.resize(titles.len(), NONE32);
    shared.clear();
    for (n, b) in bonds.iter().enumerate().filter(|(_, b)| !b.counterpart) {
        let title = titles.partition_point(|t| t.0 < b.start);
        match bonds.get(bound[title] as usize) {
            None => bound[title] = n as u32,
            Some(first) if first.person != b.person => shared.push((title as u32, n as u32)),
            Some(_) => {}
        }
    }
    shared.sort_unstable();
}

/// The order of mentions: by start, then by end descending.
fn sort_by_place(drafts: &mut [Draft]) {
    let place = |d: &Draft| (d.candidate.start, u32::MAX - d.candidate.end);
    if !drafts.is_sorted_by_key(place) {
        drafts.sort_by_key(place);
    }
}

/// Offices that the text has given so far, by their drafts.
#[derive(Default)]
struct Seats {
    /// Those given in full, by person and role.
    by_role: HashMap<(u32, u16), usize>,
    /// Those in Japanese by person alone.
    japanese: HashMap<u32, Vec<usize>>,
    /// The one that somebody has, by role; of several none.
    holders: HashMap<u16, Option<usize>>,
    /// Countries of ministries where something takes place, by field.
    venues: HashMap<u16, u16>,
}

impl Seats {
    fn clear(&mut self) {
        self.by_role.clear();
        self.japanese.clear();
        self.holders.clear();
        self.venues.clear();
    }
}

/// Whether the words of a title say more than its role.
fn is_full(f: &Features) -> bool {
    f.portfolio != NONE16 || f.country != NONE16 || f.has_body || f.target != NONE16 || f.place != NONE32
}

impl Resolver<'_> {
    #[allow(clippy::too_many_arguments, reason = "one call, from the loop that keeps these")]
    fn draft(
        &self,
        c: Candidate,
        bond: u32,
        people: &[Person],
        around: u16,
        nested: bool,
        said: Option<&Draft>,
        venues: &mut HashMap<u16, u16>,
    ) -> Option<Draft> {
        let lx = self.s.lx;
        let (start, end) = (c.start as usize, c.end as usize);
        let bond = self.bonds.get(bond as usize);
        let person = bond.map(|b| &people[b.person]);
        let mut attributes = Attributes::default();
        let mut why = self.why(Some(c.source));
        let mut beside = None;
        let mut organization = None;
        let mut country = NONE16;
        let item = self.s.chart.items.get(c.source as usize)?;
        let data = match c.kind {
            Kind::Title => {
                if bond.is_none() && self.is_bare(start, end) && !(said.is_some() && self.the_holder(start, end)) || bond.is_some() && self.is_part(start, end)
                {
                    return None;
                }
                attributes.former = bond.map_or_else(|| self.former_before(start), |b| b.former);
                let behind = acting_behind(self.s, start, end).is_some();
                attributes.acting = bond.is_some_and(|b| b.acting) || behind;
                if let Some(support) = c.support.words() {
                    why.say(|| format!("a weak title: {support}"));
                }
                let readings = person.map_or(&[][..], |p| &p.readings);
                if let Some(d) = said {
                    let full = (d.candidate.start as usize, d.candidate.end as usize);
                    let whose = if bond.is_some() { "the office of the same person that" } else { "the only office of its role so far, which" };
                    why.say(|| format!("{whose} {} names", self.quoted(full.0, full.1)));
                    why.follow(&d.why);
                    return Some(Draft { attributes, country: d.country, organization: d.organization.clone(), ..Draft::new(c, d.data.clone(), why) });
                }
                let named = self.named_country(start, end, person.is_some());
                let whose = match named {
                    Some(party) if c.entity != NONE32 => Country::one(party, "that of the listed title"),
                    Some(party) => Country::one(party, "named there"),
                    None => self.country_of(start, end, person),
                };
                let unlisted = |i: &Item| i.features.has_body && i.features.organization == NONE32 && i.features.entity == NONE32;
                // `Thứ trưởng phụ trách … Bộ Quốc phòng Nhật Bản`: what a list says that the holder was then.
                let holds = |i: &Item| i.features.portfolio != NONE16 && readings.iter().any(|&e| self.held_then(&i.features, e, start));
                if self.title_items(start, end).all(|i| unlisted(i) && !holds(i)) {
                    why.say(|| "a role, and a body or field that no list holds".into());
                    country = if item.features.country != NONE16 { item.features.country } else { self.country_inside(start, end).unwrap_or(whose.party) };
                    self.discovered(Kind::Title, start, end)
                } else if let Some(o) = self.completed(start, end, bond, people, &mut why) {
                    let organization = self.body_of(o.entity, item.features.portfolio, o.country);
                    return Some(Draft { attributes, country: o.country, organization, full: true, ..Draft::new(c, o.data, why) });
                } else {
                    let o = self.office(
                        start,
                        end,
                        Holder {
                            readings,
                            former: attributes.former,
                            country: person.map_or(NONE16, |p| self.own_country(p)),
                            foreign: person.is_some_and(|p| p.readings.is_empty() && p.shape == Shape::Other),
                        },
                        whose.party,
                        &mut why,
                    )?;
                    if o.country == whose.party {
                        why.say(|| self.country_line(&whose));
                    }
                    beside = Beside::of(o.candidates);
                    country = o.country;
                    if bond.is_none() {
                        for &other in &whose.also {
                            if let Some(x) = self.office(start, end, Holder::default(), other, &mut Why::default()) {
                                Beside::also(&mut beside, x.data);
                            }
                        }
                    }
                    organization = bond.and_then(|_| self.body_of(o.entity, item.features.portfolio, o.country));
                    o.data
                }
            }
            Kind::Ministry => {
                let f = &item.features;
                // `外務省` is the name of Japan's ministry and the word for everybody's.
                let word = |x: Item| {
                    x.symbols & lx.marks.ministry != 0 && x.end as usize == end && x.features.country == NONE16 && x.features.portfolio == f.portfolio
                };
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
                country = whose.party;
                if f.entity != NONE32 && (f.country != NONE16 && (!open || whose.party == f.country) || f.portfolio == NONE16) {
                    why.say(|| format!("a listed ministry ({})", lx.place(lx.entities[f.entity as usize].at)));
                    lx.entities[f.entity as usize].data.clone()
                } else {
                    let (data, entity) = self.s.memo.ministry(lx, f.portfolio, whose.party);
                    why.say(|| match entity {
                        Some(e) => format!("a listed ministry: {}", self.record(e)),
                        None => "no record of the ministry: named after the field and the country".into(),
                    });
                    for &other in &whose.also {
                        let (data, entity) = self.s.memo.ministry(lx, f.portfolio, other);
                        why.say(|| format!("and so {}", entity.map_or_else(|| data.id.to_string(), |e| self.record(e))));
                        Beside::also(&mut beside, data);
                    }
                    data
                }
            }
            _ => {
                let mut counted = self.why(None);
                if !nested && matches!(c.kind, Kind::Mechanism | Kind::Agreement) {
                    attributes = self.numbers(start, end, c.kind, &mut counted);
                }
                let f = &item.features;
                let data = if f.entity != NONE32 {
                    let e = &lx.entities[f.entity as usize];
                    if attributes.year.is_none()
                        && c.kind == Kind::Agreement
                        && e.year > 0
                        && self.numbers(start, end, Kind::Agreement, &mut counted).year.is_some()
                    {
                        attributes.year = Some(e.year);
                    }
                    country = e.country;
                    why.say(|| c.support.words().map_or_else(|| "a listed name".into(), |support| format!("a listed weak name: {support}")));
                    e.data.clone()
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
                    party.also.iter().for_each(|&c| Beside::also(&mut beside, self.government(c, &mut Why::default())));
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
                    lx.entities[lx.parties[usize::from(f.country)].entity as usize].data.clone()
                } else {
                    why.say(|| match item.rule {
                        NONE32 => "no list holds it: a word that such names open or close with, and those beside it".into(),
                        _ => "no list holds it: named after its words".into(),
                    });
                    self.discovered(c.kind, start, end)
                };
                why.follow(&counted);
                data
            }
        };
        Some(Draft { beside, attributes, country, organization, ..Draft::new(c, data, why) })
    }

    /// The country that the words of a title name, or that stands before them. A word that is one country's own name for an
    /// office and the word for everybody's names none.
    pub(super) fn named_country(&self, start: usize, end: usize, held: bool) -> Option<u16> {
        let (mut word, mut weak, mut party, mut several) = (false, true, NONE16, false);
        let mut own = false;
        for i in self.title_items(start, end) {
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

    /// A bare title of someone whose office the text has given in full: the draft of that.
    fn said_before(&self, start: usize, end: usize, bond: &Bond, seats: &Seats) -> Option<usize> {
        let mut bare = self.title_items(start, end).filter(|i| i.features.role != NONE16 && !is_full(&i.features));
        bare.find_map(|i| seats.by_role.get(&(self.same_person[bond.person], i.features.role)).copied())
    }

    /// `チュン委員長` behind `チュン党中央対外委員長`: the words close a title that the same person had before.
    fn said_longer(&self, start: usize, end: usize, bond: &Bond, seats: &Seats, drafts: &[Draft]) -> Option<usize> {
        let tokens = &self.s.tokens;
        if !tokens[start].kind.is_cjk() || self.title_items(start, end).any(|i| is_full(&i.features) || i.features.entity != NONE32) {
            return None;
        }
        let words = |a: usize, b: usize| tokens[a..b].iter().map(|t| t.coarse);
        seats.japanese.get(&self.same_person[bond.person])?.iter().copied().find(|&n| {
            let (from, to) = (drafts[n].candidate.start as usize, drafts[n].candidate.end as usize);
            to - from > end - start && tokens[start].coarse != 0 && words(to - (end - start), to).eq(words(start, end))
        })
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
        let body = self.body_of(Some(t.office), NONE16, o.country);
        d.beside().others.push((b.person, (o.data.clone(), o.country, body)));
    }

    /// What a title of several holders means for one more of them, where lists know him.
    fn share(&self, b: &Bond, people: &[Person], d: &mut Draft) {
        let readings = &people[b.person].readings[..];
        let Some(&e) = readings.first() else { return };
        let country = self.s.lx.entities[e as usize].country;
        if country == NONE16 || country == d.country {
            return;
        }
        let Some(o) = self.office(b.start, b.end, Holder { readings, former: b.former, country, foreign: false }, country, &mut Why::default()) else { return };
        if o.data.id != d.data.id {
            let portfolio = self.s.chart.items[d.candidate.source as usize].features.portfolio;
            let body = self.body_of(o.entity, portfolio, o.country);
            let beside = d.beside();
            if !beside.also.iter().any(|a| a.id == o.data.id) {
                beside.also.push(o.data.clone());
            }
            beside.others.push((b.person, (o.data, o.country, body)));
        }
    }

    /// `Japan's Ministry of Defense`: the country with its `'s` is not a part of a body's name.
    fn behind_possessive(&self, c: &Candidate) -> u32 {
        let m = &self.s.lx.marks;
        if !matches!(c.kind, Kind::Ministry | Kind::Organization) || c.cjk {
            return c.start;
        }
        let country = self.s.chart.with(c.start as usize, m.country).filter(|i| i.end < c.end).map(|i| i.end).max();
        let own = country.and_then(|at| self.s.chart.longest(at as usize, m.possessive));
        own.map(|i| i.end).filter(|&start| start < c.end).unwrap_or(c.start)
    }

    /// `the Deputy Prime Minister` in a text without a home: the one of whom it has spoken, where it has spoken of one.
    fn role_before(&self, start: usize, end: usize, seats: &Seats) -> Option<usize> {
        let bare = |i: &Item| i.features.role != NONE16 && !is_full(&i.features);
        if self.cx.home != NONE16 || self.s.tokens[start].kind.is_cjk() || self.title_items(start, end).any(|i| is_full(&i.features)) {
            return None;
        }
        self.title_items(start, end).find(|i| bare(i)).and_then(|i| seats.holders.get(&i.features.role).copied().flatten())
    }

    /// Notes an office that somebody has under its role, before it joins the drafts; two offices of one role are noted as none.
    fn note_holder(&self, d: &Draft, drafts: &[Draft], seats: &mut Seats) {
        for i in self.title_items(d.start(), d.end()).filter(|i| i.features.role != NONE16) {
            let known = seats.holders.entry(i.features.role).or_insert(Some(drafts.len()));
            if known.is_some_and(|k| k != drafts.len() && !drafts[k].is_same(d)) {
                *known = None;
            }
        }
    }

    /// Bare titles of someone whose office only a later line gives in full, as headlines do.
    fn named_later(&self, drafts: &mut [Draft], people: &[Person], seats: &Seats) {
        if seats.by_role.is_empty() {
            return;
        }
        for n in 0..drafts.len() {
            let Some(bond) = self.bonds.get(drafts[n].bond as usize) else { continue };
            let Some(later) = self.said_before(drafts[n].start(), drafts[n].end(), bond, seats).filter(|&i| i > n) else { continue };
            // What a listed person held on the day is the better proof.
            let held = people[bond.person]
                .readings
                .iter()
                .any(|&e| self.s.lx.tenures_of(e).iter().any(|t| self.s.lx.entities[t.office as usize].data.id == drafts[n].data.id));
            if held {
                continue;
            }
            let (data, country, organization) = (drafts[later].data.clone(), drafts[later].country, drafts[later].organization.clone());
            let span = (drafts[later].candidate.start as usize, drafts[later].candidate.end as usize);
            let reasons = drafts[later].why.clone();
            let d = &mut drafts[n];
            (d.data, d.country, d.organization) = (data, country, organization);
            d.settle();
            d.why.forget();
            d.why.say(|| format!("the office of the same person that {} names in full", self.quoted(span.0, span.1)));
            d.why.follow(&reasons);
        }
    }

    /// `Lực lượng Dân chủ Syria (SDF)`: what the text itself says of capitals in brackets is above what a list says of them.
    /// Where the list's body may well be the one, the long name is another of its names: `Diễn đàn Á – Âu (ASEM)`.
    fn redefined(&self, drafts: &mut [Draft]) {
        let is = |i: usize, kind: TokenKind| self.s.tokens.get(i).is_some_and(|t| t.kind == kind);
        let upper = |i: usize| self.s.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Word && t.flags & fold::UPPER != 0);
        // Of the names that end before a bracket the letters stand for the innermost.
        let mut inner: HashMap<usize, usize> = HashMap::default();
        for (n, d) in drafts.iter().enumerate() {
            let open = d.candidate.end as usize;
            let bracket = is(open, TokenKind::Open) && upper(open + 1) && is(open + 2, TokenKind::Close);
            if bracket && !matches!(d.candidate.kind, Kind::Person | Kind::Place) {
                let best = inner.entry(open).or_insert(n);
                if d.candidate.start > drafts[*best].candidate.start {
                    *best = n;
                }
            }
        }
        if inner.is_empty() {
            return;
        }
        // Brackets in their order, so that what comes out does not hang on chance.
        let mut inner: Vec<(usize, usize)> = inner.into_iter().collect();
        inner.sort_unstable();
        // The mentions in these brackets.
        let mut alone: HashMap<usize, usize> = HashMap::default();
        for (n, d) in drafts.iter().enumerate().filter(|(_, d)| d.candidate.end == d.candidate.start + 1) {
            let open = d.start().checked_sub(1).filter(|&open| is(open, TokenKind::Open));
            if open.is_some_and(|open| inner.binary_search_by_key(&open, |i| i.0).is_ok()) {
                alone.insert(d.start(), n);
            }
        }
        let mut said: HashMap<String, usize> = HashMap::default();
        let mut listed: HashMap<Text, usize> = HashMap::default();
        for (open, n) in inner {
            let d = &drafts[n];
            if d.candidate.kind == Kind::Title || d.candidate.end - d.candidate.start < 3 {
                continue;
            }
            if d.data.known {
                // `Armed Forces of the Philippines (AFP)`: letters of its words, though a list knows them as another body.
                let other = alone
                    .get(&(open + 1))
                    .is_some_and(|&a| drafts[a].data.known && drafts[a].data.id != d.data.id && drafts[a].candidate.kind == d.candidate.kind);
                if other && self.initials(d.candidate.start as usize, open, open + 1) {
                    said.entry(self.surface(open + 1, open + 2).to_string()).and_modify(|m| *m = (*m).min(n)).or_insert(n);
                }
                continue;
            }
            match alone.get(&(open + 1)).copied().filter(|&a| drafts[a].data.known) {
                Some(a) if drafts[a].candidate.kind.of_one_sort(d.candidate.kind) => {
                    if self.agrees_with(d, &drafts[a]) {
                        listed.entry(d.data.id.clone()).or_insert(a);
                    } else {
                        said.entry(self.surface(open + 1, open + 2).to_string()).and_modify(|m| *m = (*m).min(n)).or_insert(n);
                    }
                }
                // The letters mean something of another sort, of which the long name speaks: `Hội nghị … (ASEAN)`.
                Some(_) => {}
                None => {
                    said.entry(self.surface(open + 1, open + 2).to_string()).and_modify(|m| *m = (*m).min(n)).or_insert(n);
                }
            }
        }
        for n in 0..drafts.len() {
            let Some(&a) = listed.get(&drafts[n].data.id) else { continue };
            let data = drafts[a].data.clone();
            let letters = self.surface(drafts[a].candidate.start as usize, drafts[a].candidate.end as usize);
            let d = &mut drafts[n];
            d.candidate.kind = data.kind;
            d.data = data;
            d.why.say(|| format!("{letters} stands in brackets behind the name"));
        }
        if said.is_empty() {
            return;
        }
        for n in 0..drafts.len() {
            let c = &drafts[n].candidate;
            let (start, end) = (c.start as usize, c.end as usize);
            let Some(&full) = (end == start + 1).then(|| said.get(self.surface(start, end))).flatten() else { continue };
            if drafts[n].data.id == drafts[full].data.id || c.kind == Kind::Person {
                continue;
            }
            let (data, kind) = (drafts[full].data.clone(), drafts[full].candidate.kind);
            let span = (drafts[full].candidate.start as usize, drafts[full].candidate.end as usize);
            let d = &mut drafts[n];
            let listed = std::mem::replace(&mut d.data, data);
            d.candidate.kind = kind;
            d.why.forget();
            d.why.by(|| None);
            d.why.say(|| format!("the abbreviation that stands in brackets behind {}", self.quoted(span.0, span.1)));
            d.why.lose(|| format!("{}: the text itself says what the letters stand for", listed.id));
        }
    }

    /// Whether a word has the first letters of the words in capitals before it.
    fn initials(&self, start: usize, end: usize, word: usize) -> bool {
        let first = |i: usize| self.surface(i, i + 1).chars().next();
        let letters: String = (start..end).filter(|&i| self.s.tokens[i].is_capital()).filter_map(first).collect();
        letters == self.surface(word, word + 1)
    }

    /// Whether an unlisted long name may be the listed body whose letters stand behind it: it names no country but that body's.
    fn agrees_with(&self, long: &Draft, letters: &Draft) -> bool {
        let Some(own) = self.s.lx.by_id.get(&letters.data.id).map(|&e| &self.s.lx.entities[e as usize]) else { return false };
        let (start, end) = (long.candidate.start, long.candidate.end);
        let mut named = self.s.chart.all(self.s.lx.marks.country).filter(|i| i.start >= start && i.end <= end && i.features.country != NONE16).peekable();
        match own.country {
            NONE16 => named.peek().is_none(),
            c => named.peek().is_some() && named.all(|i| i.features.country == c),
        }
    }

    /// Notes an office given in full under its role and the more general ones.
    fn note_full(&self, d: &Draft, bond: &Bond, index: usize, seats: &mut Seats) {
        if d.candidate.cjk {
            let list = seats.japanese.entry(self.same_person[bond.person]).or_default();
            if list.len() < MOST_TITLES {
                list.push(index);
            }
        }
        for i in self.title_items(d.candidate.start as usize, d.candidate.end as usize).filter(|i| d.full || is_full(&i.features)) {
            let mut role = i.features.role;
            for _ in 0..4 {
                let Some(info) = self.s.lx.roles.get(usize::from(role)) else { break };
                seats.by_role.entry((self.same_person[bond.person], role)).or_insert(index);
                role = info.is;
            }
        }
    }

    /// `Đối thoại … (SPD)`: capitals in brackets behind a name stand for it, there and wherever they stand again.
    fn abbreviations(&self, drafts: &mut Vec<Draft>) {
        let s = self.s;
        let kind = |i: usize| s.tokens.get(i).map(|t| t.kind);
        if !drafts.iter().any(|d| kind(d.candidate.end as usize) == Some(TokenKind::Open) && kind(d.candidate.end as usize + 2) == Some(TokenKind::Close)) {
            return;
        }
        let covered = OnceCell::new();
        let free = |i: usize, drafts: &[Draft]| {
            let covered = covered.get_or_init(|| {
                let mut covered: Vec<(u32, u32)> = drafts.iter().map(|d| (d.candidate.start, d.candidate.end)).collect();
                covered.sort_unstable();
                join_ranges(&mut covered);
                covered
            });
            covered[..covered.partition_point(|c| c.0 as usize <= i)].last().is_none_or(|c| c.1 as usize <= i) && !s.lines.upper(i)
        };
        let length = |i: usize| s.tokens[i].end - s.tokens[i].start;
        let letters = |i: usize| s.tokens[i].flags & fold::UPPER != 0 && s.tokens[i].kind == TokenKind::Word && (2..=LONGEST_LETTERS).contains(&length(i));
        let mut known: HashMap<&str, usize> = HashMap::default();
        // How long they are, as bits.
        let mut lengths = 0u32;
        for (n, d) in drafts.iter().enumerate() {
            let end = d.candidate.end as usize;
            let named = matches!(d.candidate.kind, Kind::Organization | Kind::Mechanism | Kind::Agreement | Kind::Initiative | Kind::Ministry);
            let bracket = named && end + 2 < s.tokens.len() && s.tokens[end].kind == TokenKind::Open && s.tokens[end + 2].kind == TokenKind::Close;
            if bracket && d.candidate.end - d.candidate.start >= 2 && letters(end + 1) && free(end + 1, drafts) {
                known.entry(self.surface(end + 1, end + 2)).or_insert(n);
                lengths |= 1 << length(end + 1);
            }
        }
        self.redefined(drafts);
        if known.is_empty() {
            return;
        }
        let mut more = Vec::new();
        // Letters in capitals begin with one.
        for (word, &bits) in s.layout.bold_set().words().iter().enumerate() {
            for i in ones(word, bits) {
                if !(letters(i) && lengths >> length(i) & 1 == 1) {
                    continue;
                }
                let Some(&n) = known.get(self.surface(i, i + 1)).filter(|_| free(i, drafts)) else { continue };
                let d = &drafts[n];
                let candidate = Candidate { start: i as u32, end: i as u32 + 1, ..d.candidate };
                let mut why = self.why(None);
                let full = (d.candidate.start as usize, d.candidate.end as usize);
                why.say(|| format!("the abbreviation that stands in brackets behind {}", self.quoted(full.0, full.1)));
                let attributes = self.numbers(i, i + 1, d.candidate.kind, &mut why);
                more.push(Draft { attributes, country: d.country, ..Draft::new(candidate, d.data.clone(), why) });
            }
        }
        drafts.extend(more);
    }

    /// `tại Bộ Ngoại giao`: the ministry is a meeting place.
    fn is_venue(&self, start: usize) -> bool {
        self.s.chart.ends(start, 1, self.s.lx.marks.inside)
    }
}
