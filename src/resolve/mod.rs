//! From phrases to entities: which readings stay, whom and what they mean, and the document made of them.

mod choose;
pub(crate) mod context;
mod country;
mod mechanism;
mod office;
mod support;

use crate::compose::bind::{Bond, bind};
use crate::compose::chart::{Features, Item};
use crate::compose::people::{Ground, Person, Sight};
use crate::document::{Appointment, Attributes, Document, Entity, EntityData, Mention, Text};
use crate::input::Input;
use crate::kind::{Kind, Language};
use crate::lexicon::office::fill;
use crate::lexicon::{Cover, NONE16, NONE32, Sort};
use crate::span::Span;
use crate::text::fold::{self, fold_cluster, fold_word};
use crate::text::script::{Class, class};
use crate::text::tokens::{Kind as TokenKind, gap};
use choose::{Candidate, choose};
use context::Context;
use country::Country;
use office::Holder;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// What the caller wants to see.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    pub explain: bool,
    pub kinds: Vec<Kind>,
}

/// All that resolving looks at.
pub(crate) struct Resolver<'a> {
    pub s: &'a Sight<'a>,
    pub cx: &'a Context,
    pub family_sides: Vec<(u16, Vec<u16>)>,
    /// For each person a number that persons with one entity share.
    pub same_person: Vec<usize>,
    /// Where the bonds of each person begin; they are sorted by person.
    pub first_bond: Vec<usize>,
}

/// A mention before it has its place in the document.
struct Draft {
    candidate: Candidate,
    data: Arc<EntityData>,
    also: Vec<Arc<EntityData>>,
    candidates: Vec<Arc<EntityData>>,
    attributes: Attributes,
    country: u16,
    organization: Option<Text>,
    evidence: Vec<String>,
}

/// Resolves the readings of a text.
pub(crate) fn resolve<'t>(s: &Sight<'_>, people: Vec<Person>, input: &Input<'t>, options: &Options) -> Document<'t> {
    let cx = Context::read(s, &people, input);
    let family_sides = Resolver::gather_family_sides(&s.chart.items, s.lx.marks.mechanism);
    let mut r = Resolver { s, cx: &cx, family_sides, same_person: Vec::new(), first_bond: Vec::new() };
    let candidates = r.candidates(&people);
    let chosen = choose(candidates, s.tokens.len());
    let kept: Vec<Person> = chosen.iter().filter(|c| c.kind == Kind::Person).map(|c| people[c.source as usize].clone()).collect();
    let titles: Vec<(usize, usize)> = chosen.iter().filter(|c| c.kind == Kind::Title).map(|c| (c.start as usize, c.end as usize)).collect();
    let bonds = bind(s, &kept, &titles);
    let bound: HashMap<(usize, usize), &Bond> = bonds.iter().rev().map(|b| ((b.start, b.end), b)).collect();
    r.first_bond = (0..=kept.len()).map(|p| bonds.partition_point(|b| b.person < p)).collect();
    let people_data = r.people(&kept, &bonds);
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    for p in &people_data {
        let next = numbers.len();
        r.same_person.push(*numbers.entry(&p.0.id).or_insert(next));
    }
    let mut drafts: Vec<Draft> = Vec::with_capacity(chosen.len());
    let mut full = FullTitles::new();
    let mut open: Vec<usize> = Vec::new();
    let mut venues: HashMap<u16, u16> = HashMap::new();
    let mut next_person = 0;
    for c in chosen {
        let draft = if c.kind == Kind::Person {
            next_person += 1;
            let (data, candidates, evidence) = people_data[next_person - 1].clone();
            Some(Draft { candidate: c, data, also: Vec::new(), candidates, attributes: Attributes::default(), country: NONE16, organization: None, evidence })
        } else {
            let bond = bound.get(&(c.start as usize, c.end as usize)).copied();
            while open.last().is_some_and(|&o| drafts[o].candidate.end < c.end || drafts[o].candidate.end <= c.start) {
                open.pop();
            }
            let around = open.last().map_or(NONE16, |&o| drafts[o].country);
            // `Ministry of Defense (MOD)`
            let opened = c.start > 0 && s.tokens[c.start as usize - 1].kind == TokenKind::Open;
            let bracketed = drafts
                .iter()
                .rev()
                .take(3)
                .find(|d| opened && c.kind == Kind::Ministry && d.candidate.kind == Kind::Ministry && d.candidate.end + 1 == c.start);
            let around = bracketed.map_or(around, |d| d.country);
            let said = bond.and_then(|b| r.said_before(c.start as usize, c.end as usize, b, &full)).map(|i| &drafts[i]);
            let nested = open.last().is_some_and(|&o| drafts[o].candidate.kind == c.kind);
            r.draft(c, bond, &kept, around, nested, said, &mut venues)
        };
        if let Some(d) = draft {
            if let Some(b) = bound.get(&(d.candidate.start as usize, d.candidate.end as usize)).filter(|_| d.candidate.kind == Kind::Title) {
                r.note_full(&d, b, drafts.len(), &mut full);
            }
            open.push(drafts.len());
            drafts.push(d);
        }
    }
    r.abbreviations(&mut drafts);
    assemble(input, &cx, drafts, &kept, &people_data, &bonds, s, options)
}

/// Drafts of offices given in full, by person and role.
type FullTitles = HashMap<(usize, u16), usize>;

/// Whether the words of a title say more than its role.
fn is_full(f: &Features) -> bool {
    f.portfolio != NONE16 || f.country != NONE16 || f.has_body || f.target != NONE16 || f.place != NONE32
}

type PersonData = (Arc<EntityData>, Vec<Arc<EntityData>>, Vec<String>);

impl Resolver<'_> {
    fn surface(&self, start: usize, end: usize) -> &str {
        let (a, b) = (self.s.tokens[start].start as usize, self.s.tokens[end - 1].end as usize);
        self.s.text.get(a..b).unwrap_or_default()
    }

    /// An id for something that no list holds, from its folded words.
    fn unlisted(&self, kind: Kind, start: usize, end: usize) -> String {
        let mut id = format!("{kind}:unlisted.");
        for (n, t) in self.s.tokens[start..end].iter().enumerate() {
            let raw = self.s.text.get(t.start as usize..t.end as usize).unwrap_or_default();
            let folded = if t.kind == TokenKind::Word { fold_word(raw) } else { fold_cluster(raw) };
            if n > 0 && !t.kind.is_cjk() {
                id.push('-');
            }
            for c in folded.coarse.chars() {
                if c.is_ascii_alphanumeric() {
                    id.push(c);
                } else if c.is_alphanumeric() {
                    id.push_str(&format!("u{:x}", c as u32));
                }
            }
        }
        id
    }

    /// The language that a surface's name goes under.
    fn language_of(&self, start: usize, end: usize) -> Language {
        let t = &self.s.tokens[start..end];
        if t.iter().any(|t| t.kind.is_cjk()) {
            Language::Ja
        } else if t.iter().any(|t| t.flags & fold::VIETNAMESE_MARK != 0) {
            Language::Vi
        } else {
            self.cx.language.unwrap_or(Language::En)
        }
    }

    fn discovered(&self, kind: Kind, start: usize, end: usize) -> Arc<EntityData> {
        let mut names: [Option<Text>; 3] = [None, None, None];
        names[self.language_of(start, end) as usize] = Some(self.surface(start, end).to_string().into());
        Arc::new(EntityData { id: self.unlisted(kind, start, end).into(), kind, names, known: false })
    }

    /// Who each person is.
    fn people(&self, people: &[Person], bonds: &[Bond]) -> Vec<PersonData> {
        let lx = self.s.lx;
        let mut out: Vec<PersonData> = Vec::with_capacity(people.len());
        let mut named: HashSet<u32> = HashSet::new();
        for (i, p) in people.iter().enumerate() {
            let held = |e: u32| -> Cover {
                bonds[self.first_bond[i]..self.first_bond[i + 1]]
                    .iter()
                    .flat_map(|b| lx.tenures_of(e).iter().map(move |t| (b, t)))
                    .filter(|(b, t)| self.title_items(b.start, b.end).any(|item| self.office_matches(&item.features, t)))
                    .map(|(_, t)| self.cx.date.map_or(Cover::Perhaps, |d| t.covers(d)))
                    .max()
                    .unwrap_or(Cover::No)
            };
            let data = match p.readings[..] {
                [e] if p.ground != Ground::Short || self.short_is_sure(e, p, &named, held(e)) => {
                    let info = &lx.entities[e as usize];
                    (info.data.clone(), Vec::new(), vec![format!("listed at {}", lx.place(info.at))])
                }
                [] => {
                    let antecedent = p.same_as.and_then(|at| people.get(people.partition_point(|q| q.start < at)).filter(|q| q.start == at));
                    let (start, end) = match antecedent {
                        Some(q) => (q.start, q.end),
                        None => (p.start, p.end),
                    };
                    let why = match p.ground {
                        Ground::Address => "a name behind a title or honorific",
                        Ground::Shape => "the shape of a Vietnamese full name",
                        Ground::Credit => "a photo credit",
                        Ground::Repeated => "the same name elsewhere in the text",
                        _ => "a short form of a name elsewhere in the text",
                    };
                    (self.discovered(Kind::Person, start, end), Vec::new(), vec![why.to_string()])
                }
                _ => {
                    let mut ranked: Vec<(Cover, u32)> = p.readings.iter().map(|&e| (held(e), e)).collect();
                    ranked.sort_by_key(|&(c, e)| (std::cmp::Reverse(c), e));
                    let all: Vec<Arc<EntityData>> = ranked.iter().map(|&(_, e)| lx.entities[e as usize].data.clone()).collect();
                    let sure = ranked[0].0 > Cover::No && ranked.get(1).is_none_or(|second| second.0 < ranked[0].0);
                    if sure {
                        let e = &lx.entities[ranked[0].1 as usize];
                        (e.data.clone(), Vec::new(), vec![format!("of several of the name, the one who held the office ({})", lx.place(e.at))])
                    } else {
                        (self.discovered(Kind::Person, p.start, p.end), all, vec!["several listed persons have this name".into()])
                    }
                }
            };
            if let ([e], Ground::Listed) = (&p.readings[..], p.ground) {
                named.insert(*e);
            }
            out.push(data);
        }
        out
    }

    /// A short form of one listed person: sure where the full name stands in the text, an office fits, or the name is a
    /// foreigner's family name, which Vietnamese syllables are not.
    fn short_is_sure(&self, e: u32, p: &Person, named: &HashSet<u32>, held: Cover) -> bool {
        let lx = self.s.lx;
        named.contains(&e)
            || held > Cover::No
            || self.s.tokens[p.start].flags & fold::SYLLABLE == 0
                && !self.s.tokens[p.start].kind.is_cjk()
                && lx.tenures_of(e).iter().any(|t| self.cx.date.is_none_or(|d| t.covers(d) > Cover::No))
    }

    #[allow(clippy::too_many_arguments, reason = "one call, from the loop that keeps these")]
    fn draft(
        &self,
        c: Candidate,
        bond: Option<&Bond>,
        people: &[Person],
        around: u16,
        nested: bool,
        said: Option<&Draft>,
        venues: &mut HashMap<u16, u16>,
    ) -> Option<Draft> {
        let lx = self.s.lx;
        let (start, end) = (c.start as usize, c.end as usize);
        let person = bond.map(|b| &people[b.person]);
        let mut attributes = Attributes::default();
        let mut evidence = Vec::new();
        let mut also = Vec::new();
        let mut candidates = Vec::new();
        let mut organization = None;
        let mut country = NONE16;
        let item = self.s.chart.items.get(c.source as usize)?;
        let data = match c.kind {
            Kind::Title => {
                if bond.is_none() && self.is_bare(start, end) || bond.is_some() && self.is_part(start, end) {
                    return None;
                }
                attributes.former = bond.map_or_else(|| self.former_before(start), |b| b.former);
                let behind = self.s.tokens[start].kind.is_cjk() && self.s.chart.begins(end, lx.marks.acting);
                attributes.acting = bond.is_some_and(|b| b.acting) || behind;
                let named = self.named_country(start, end);
                let whose = match named {
                    Some(party) => Country { party, also: Vec::new(), why: "named there" },
                    None => self.country_of(start, end, person),
                };
                let readings = person.map_or(&[][..], |p| &p.readings);
                if let Some(d) = said {
                    let mut evidence = vec!["the same person's office, named in full elsewhere".to_string()];
                    evidence.extend(d.evidence.iter().cloned());
                    let (data, country, organization) = (d.data.clone(), d.country, d.organization.clone());
                    return Some(Draft { candidate: c, data, also, candidates, attributes, country, organization, evidence });
                }
                if self.title_items(start, end).all(|i| i.features.has_body && i.features.organization == NONE32 && i.features.role != NONE16) {
                    evidence.push("a role and a body that no list holds".into());
                    country = whose.party;
                    self.discovered(Kind::Title, start, end)
                } else {
                    let o = self.office(start, end, Holder { readings, former: attributes.former }, whose.party)?;
                    evidence = o.evidence;
                    evidence.push(format!("country: {}", whose.why));
                    candidates = o.candidates;
                    country = o.country;
                    if bond.is_none() {
                        for &other in &whose.also {
                            if let Some(x) = self.office(start, end, Holder::default(), other) {
                                also.push(x.data);
                            }
                        }
                    }
                    organization = self.body_of(o.entity, item.features.portfolio, o.country);
                    o.data
                }
            }
            Kind::Ministry => {
                let f = &item.features;
                // `外務省` is the name of Japan's ministry and the word for everybody's.
                let word = |x: &Item| {
                    x.symbols & lx.marks.ministry != 0 && x.end as usize == end && x.features.country == NONE16 && x.features.portfolio == f.portfolio
                };
                let open = f.country != NONE16 && f.portfolio != NONE16 && self.s.chart.at(start).any(word);
                let whose = if f.country != NONE16 && !open {
                    Country { party: f.country, also: Vec::new(), why: "named there" }
                } else if around != NONE16 {
                    Country { party: around, also: Vec::new(), why: "the office around it" }
                } else {
                    match venues.get(&f.portfolio).filter(|_| self.is_venue(start)) {
                        Some(&party) => Country { party, also: Vec::new(), why: "the place named before" },
                        None => self.country_of(start, end, None),
                    }
                };
                if self.is_venue(start) {
                    venues.insert(f.portfolio, whose.party);
                }
                evidence.push(format!("country: {}", whose.why));
                country = whose.party;
                if f.entity != NONE32 && (f.country != NONE16 && (!open || whose.party == f.country) || f.portfolio == NONE16) {
                    evidence.push(format!("listed at {}", lx.place(lx.entities[f.entity as usize].at)));
                    lx.entities[f.entity as usize].data.clone()
                } else {
                    for &other in &whose.also {
                        also.push(lx.ministry(f.portfolio, other).0);
                    }
                    lx.ministry(f.portfolio, whose.party).0
                }
            }
            _ => {
                if !nested {
                    attributes = self.numbers(start, end, c.kind);
                }
                let f = &item.features;
                if f.entity != NONE32 {
                    let e = &lx.entities[f.entity as usize];
                    if attributes.year.is_none() && c.kind == Kind::Agreement && e.year > 0 && self.numbers(start, end, Kind::Agreement).year.is_some() {
                        attributes.year = Some(e.year);
                    }
                    country = e.country;
                    evidence.push(format!("listed at {}", lx.place(e.at)));
                    e.data.clone()
                } else if f.family != NONE16 && c.kind == Kind::Organization {
                    country = f.country;
                    self.service(f)
                } else if f.family != NONE16 {
                    self.mechanism(item, &mut evidence)
                } else if c.kind == Kind::Organization && f.country != NONE16 && item.rule != NONE32 {
                    country = f.country;
                    self.government(f.country)
                } else if c.kind == Kind::Place && f.country != NONE16 {
                    country = f.country;
                    lx.entities[lx.parties[usize::from(f.country)].entity as usize].data.clone()
                } else {
                    evidence.push("a word that opens such a name, and capitals".into());
                    self.discovered(c.kind, start, end)
                }
            }
        };
        Some(Draft { candidate: c, data, also, candidates, attributes, country, organization, evidence })
    }

    /// The country that the words of a title name, or that stands before them. A word that is one country's own name for an
    /// office and the word for everybody's names none.
    fn named_country(&self, start: usize, end: usize) -> Option<u16> {
        let named = |i: &&Item| i.features.country != NONE16;
        if let Some(before) = self.title_items(start, end).filter(named).find(|i| i.outer < i.start) {
            return Some(before.features.country);
        }
        if self.title_items(start, end).any(|i| i.features.country == NONE16 && i.features.portfolio != NONE16 && i.features.role != NONE16) {
            return None;
        }
        self.title_items(start, end).find(named).map(|i| i.features.country)
    }

    /// A bare title of someone whose office the text has given in full: the draft of that.
    fn said_before(&self, start: usize, end: usize, bond: &Bond, full: &FullTitles) -> Option<usize> {
        let bare = self.title_items(start, end).find(|i| i.features.role != NONE16 && !is_full(&i.features))?;
        full.get(&(self.same_person[bond.person], bare.features.role)).copied()
    }

    /// Notes an office given in full under its role and the more general ones.
    fn note_full(&self, d: &Draft, bond: &Bond, index: usize, full: &mut FullTitles) {
        for i in self.title_items(d.candidate.start as usize, d.candidate.end as usize).filter(|i| is_full(&i.features)) {
            let mut role = i.features.role;
            for _ in 0..4 {
                let Some(info) = self.s.lx.roles.get(usize::from(role)) else { break };
                full.entry((self.same_person[bond.person], role)).or_insert(index);
                role = info.is;
            }
        }
    }

    /// The id of the ministry or body that an office belongs to.
    fn body_of(&self, office: Option<u32>, portfolio: u16, country: u16) -> Option<Text> {
        let lx = self.s.lx;
        let (portfolio, country, body) = match office.map(|o| &lx.entities[o as usize]) {
            Some(e) => (e.portfolio, e.country, e.organization),
            None => (portfolio, country, NONE32),
        };
        if let Some(b) = lx.entities.get(body as usize) {
            return Some(b.data.id.clone());
        }
        (usize::from(portfolio) < lx.portfolios.len()).then(|| lx.ministry(portfolio, country).0.id.clone())
    }

    /// A service or mission that every country has: `Hải quân Hàn Quốc`, `Đại sứ quán Việt Nam tại Nhật Bản`.
    fn service(&self, f: &Features) -> Arc<EntityData> {
        let lx = self.s.lx;
        let family = &lx.families[usize::from(f.family)];
        let own = lx.parties.get(usize::from(f.country));
        let target = lx.parties.get(usize::from(f.target)).map(|p| p.entity).or((f.place != NONE32).then_some(f.place));
        let slug = |entity: u32| lx.entities[entity as usize].data.id.split_once(':').map_or("", |(_, s)| s);
        let mut id = String::from("organization:");
        if let Some(c) = own {
            id.push_str(&c.code);
            id.push('-');
        }
        id.push_str(&family.id);
        if let Some(t) = target {
            id.push_str("-in-");
            id.push_str(slug(t));
        }
        if let Some(&e) = lx.by_id.get(id.as_str()) {
            return lx.entities[e as usize].data.clone();
        }
        let name = |entity: u32, l: usize| lx.entities[entity as usize].data.names[l].as_deref();
        let names = Language::ALL.map(|l| {
            let l = l as usize;
            let a = own.map(|c| name(c.entity, l));
            fill(family.name[l].as_deref()?, &[("target", target.and_then(|t| name(t, l)), true), ("a", a.flatten(), a.is_none())]).map(Into::into)
        });
        Arc::new(EntityData { id: id.into(), kind: Kind::Organization, names, known: true })
    }

    fn government(&self, country: u16) -> Arc<EntityData> {
        let lx = self.s.lx;
        let party = &lx.parties[usize::from(country)];
        let id = format!("organization:{}-government", party.code);
        if let Some(&e) = lx.by_id.get(id.as_str()) {
            return lx.entities[e as usize].data.clone();
        }
        let names = Language::ALL.map(|l| {
            let name = lx.entities[party.entity as usize].data.names[l as usize].as_deref()?;
            Some(
                match l {
                    Language::Vi => format!("Chính phủ {name}"),
                    Language::En => format!("Government of {name}"),
                    Language::Ja => format!("{name}政府"),
                }
                .into(),
            )
        });
        Arc::new(EntityData { id: id.into(), kind: Kind::Organization, names, known: true })
    }

    /// `Đối thoại … (SPD)`: capitals in brackets behind a name stand for it, there and wherever they stand again.
    fn abbreviations(&self, drafts: &mut Vec<Draft>) {
        let s = self.s;
        let mut covered = vec![false; s.tokens.len()];
        for d in drafts.iter() {
            covered[d.candidate.start as usize..d.candidate.end as usize].fill(true);
        }
        let short = |i: usize| {
            let t = &s.tokens[i];
            t.kind == TokenKind::Word && t.flags & fold::UPPER != 0 && (2..=12).contains(&(t.end - t.start)) && !covered[i] && !s.lines.upper(i)
        };
        let mut known: HashMap<&str, usize> = HashMap::new();
        for (n, d) in drafts.iter().enumerate() {
            let end = d.candidate.end as usize;
            let named = matches!(d.candidate.kind, Kind::Organization | Kind::Mechanism | Kind::Agreement | Kind::Initiative | Kind::Ministry);
            let bracket = named && end + 2 < s.tokens.len() && s.tokens[end].kind == TokenKind::Open && s.tokens[end + 2].kind == TokenKind::Close;
            if bracket && short(end + 1) && d.candidate.end - d.candidate.start >= 2 {
                known.entry(self.surface(end + 1, end + 2)).or_insert(n);
            }
        }
        if known.is_empty() {
            return;
        }
        let mut more = Vec::new();
        for i in 0..s.tokens.len() {
            if !short(i) {
                continue;
            }
            let Some(&n) = known.get(self.surface(i, i + 1)) else { continue };
            let d = &drafts[n];
            let candidate = Candidate { start: i as u32, end: i as u32 + 1, ..d.candidate.clone() };
            let attributes = self.numbers(i, i + 1, d.candidate.kind);
            let evidence = vec!["the abbreviation that stands in brackets behind the name".to_string()];
            more.push(Draft {
                candidate,
                data: d.data.clone(),
                also: Vec::new(),
                candidates: Vec::new(),
                attributes,
                country: d.country,
                organization: None,
                evidence,
            });
        }
        drafts.extend(more);
        drafts.sort_by_key(|d| (d.candidate.start, u32::MAX - d.candidate.end));
    }

    /// `tại Bộ Ngoại giao`: the ministry is a meeting place.
    fn is_venue(&self, start: usize) -> bool {
        let inside = self.s.lx.marks.inside;
        start > 0 && self.s.chart.at(start - 1).any(|x| x.symbols & inside != 0 && x.end as usize == start)
    }
}

/// `quyền` belongs to the title.
fn acting_word(s: &Sight<'_>, start: usize) -> usize {
    let acting = s.lx.marks.acting;
    let before = |b: usize| s.chart.at(start - b).any(|i| i.symbols & acting != 0 && i.end as usize == start);
    (1..=2.min(start)).find(|&b| before(b)).map_or(start, |b| start - b)
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
fn assemble<'t>(
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
        mentions: Vec::new(),
        entities: Vec::new(),
        appointments: Vec::new(),
    };
    let mut index: HashMap<Text, usize> = HashMap::new();
    let entity = |entities: &mut Vec<Entity>, index: &mut HashMap<Text, usize>, data: &Arc<EntityData>| -> usize {
        *index.entry(data.id.clone()).or_insert_with(|| {
            entities.push(Entity { data: data.clone(), mentions: Vec::new() });
            entities.len() - 1
        })
    };
    let mut by_span: HashMap<(u32, u32, Kind), usize> = HashMap::new();
    let mut open: Vec<usize> = Vec::new();
    let mut offices: HashMap<(usize, usize), (usize, u16, Option<Text>)> = HashMap::new();
    for draft in drafts.into_iter().filter(|x| options.kinds.contains(&x.candidate.kind)) {
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
        while open.last().is_some_and(|&o| !d.mentions[o].span.holds(span)) {
            open.pop();
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
        }
        d.mentions.push(Mention {
            span,
            kind: c.kind,
            entity: e,
            parent: open.last().copied(),
            attributes: draft.attributes,
            also,
            candidates: draft.candidates,
            evidence: if options.explain { draft.evidence } else { Vec::new() },
        });
        open.push(here);
    }
    let part = |b: &Bond| {
        s.chart.at(b.start).any(|i| i.end as usize == b.end && s.lx.entities.get(i.features.entity as usize).is_some_and(|e| e.sort == Sort::Delegation))
    };
    let mut pairs: HashMap<(usize, usize, bool), usize> = HashMap::new();
    for b in bonds.iter().filter(|b| !part(b)) {
        let p = &people[b.person];
        let Some((office, country, organization)) = offices.get(&(b.start, b.end)) else { continue };
        let Some(&person) = index.get(&people_data[b.person].0.id) else { continue };
        let places = [by_span.get(&(p.start as u32, p.end as u32, Kind::Person)), by_span.get(&(b.start as u32, b.end as u32, Kind::Title))];
        let mentions: Vec<usize> = places.into_iter().flatten().copied().collect();
        let pair = (person, *office, b.former);
        if let Some(&a) = pairs.get(&pair) {
            let a: &mut Appointment = &mut d.appointments[a];
            a.mentions.extend(mentions);
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
