//! Offices that a text has given: a bare title of somebody is the one that it gave him in full.

use super::Resolver;
use super::draft::Draft;
use super::office::Title;
use crate::compose::bind::Bond;
use crate::compose::chart::{Features, Item};
use crate::compose::people::Person;
use crate::lexicon::{NONE16, NONE32};
use foldhash::HashMap;

/// Titles of one person that are looked through for a longer one at most.
const MOST_TITLES: usize = 16;

/// Offices that the text has given so far, by their drafts.
#[derive(Default)]
pub(super) struct Seats {
    /// Those given in full, by person and role.
    pub(super) by_role: HashMap<(u32, u16), usize>,
    /// Those in Japanese by person alone.
    pub(super) japanese: HashMap<u32, Vec<usize>>,
    /// The one that somebody has, by role; of several none.
    pub(super) holders: HashMap<u16, Option<usize>>,
    /// Countries of ministries where something takes place, by field.
    pub(super) venues: HashMap<u16, u16>,
    /// Those of somebody that words give which say no more than a role.
    pub(super) bare: Vec<usize>,
}

impl Seats {
    pub(super) fn clear(&mut self) {
        self.by_role.clear();
        self.japanese.clear();
        self.holders.clear();
        self.venues.clear();
        self.bare.clear();
    }
}

/// Whether the words of a title say more than its role.
pub(super) fn is_full(f: &Features) -> bool {
    f.portfolio != NONE16 || f.country != NONE16 || f.has_body || f.target != NONE16 || f.place != NONE32
}

/// Whether the words of a title say a role and no more.
pub(super) fn says_role(i: &Item) -> bool {
    i.features.role != NONE16 && !is_full(&i.features)
}

impl Resolver<'_> {
    /// Notes an office given in full under its role and the more general ones.
    pub(super) fn note_full(&self, d: &Draft, items: &[&Item], bond: &Bond, index: usize, seats: &mut Seats) {
        if d.candidate.cjk {
            let list = seats.japanese.entry(self.same_person[bond.person]).or_default();
            if list.len() < MOST_TITLES {
                list.push(index);
            }
        }
        for i in items.iter().filter(|i| d.full || is_full(&i.features)) {
            let mut role = i.features.role;
            for _ in 0..4 {
                let Some(info) = self.s.lx.roles.get(usize::from(role)) else { break };
                seats.by_role.entry((self.same_person[bond.person], role)).or_insert(index);
                role = info.is;
            }
        }
    }

    /// Notes an office that somebody has under its role, before it joins the drafts; two offices of one role are noted as none.
    pub(super) fn note_holder(&self, d: &Draft, items: &[&Item], drafts: &[Draft], seats: &mut Seats) {
        for i in items.iter().filter(|i| i.features.role != NONE16) {
            let known = seats.holders.entry(i.features.role).or_insert(Some(drafts.len()));
            if known.is_some_and(|k| k != drafts.len() && !self.is_same(drafts[k].entity, d.entity)) {
                *known = None;
            }
        }
    }

    /// A bare title of someone whose office the text has given in full: the draft of that.
    pub(super) fn said_before<'i>(&self, items: impl Iterator<Item = &'i Item>, bond: &Bond, seats: &Seats) -> Option<usize> {
        let mut bare = items.filter(|i| says_role(i));
        bare.find_map(|i| seats.by_role.get(&(self.same_person[bond.person], i.features.role)).copied())
    }

    /// `チュン委員長` behind `チュン党中央対外委員長`: the words close a title that the same person had before.
    pub(super) fn said_longer(&self, title: Title<'_>, bond: &Bond, seats: &Seats, drafts: &[Draft]) -> Option<usize> {
        let (tokens, Title { start, end, .. }) = (&self.s.tokens, title);
        if !tokens[start].kind.is_cjk() || title.any(|i| is_full(&i.features) || i.features.entity != NONE32) {
            return None;
        }
        let words = |a: usize, b: usize| tokens[a..b].iter().map(|t| t.coarse);
        seats.japanese.get(&self.same_person[bond.person])?.iter().copied().find(|&n| {
            let (from, to) = (drafts[n].candidate.start as usize, drafts[n].candidate.end as usize);
            to - from > end - start && tokens[start].coarse != 0 && words(to - (end - start), to).eq(words(start, end))
        })
    }

    /// `the Deputy Prime Minister` in a text without a home: the one of whom it has spoken, where it has spoken of one.
    pub(super) fn role_before(&self, title: Title<'_>, seats: &Seats) -> Option<usize> {
        if self.cx.home != NONE16 || self.s.tokens[title.start].kind.is_cjk() || title.any(|i| is_full(&i.features)) {
            return None;
        }
        title.items.iter().find(|i| says_role(i)).and_then(|i| seats.holders.get(&i.features.role).copied().flatten())
    }

    /// Bare titles of someone whose office only a later line gives in full, as headlines do.
    pub(super) fn named_later(&self, drafts: &mut [Draft], people: &[Person], seats: &Seats) {
        if seats.by_role.is_empty() {
            return;
        }
        for &n in &seats.bare {
            let Some(bond) = self.bonds.get(drafts[n].bond as usize) else { continue };
            let Some(later) = self.said_before(self.title_items(drafts[n].start(), drafts[n].end()), bond, seats).filter(|&i| i > n) else { continue };
            // What a listed person held on the day is the better proof.
            let office = self.record_of(drafts[n].entity);
            let held = people[bond.person].readings.iter().any(|&e| self.s.lx.tenures_of(e).iter().any(|t| Some(t.office) == office));
            if held {
                continue;
            }
            let (entity, country, body) = (drafts[later].entity, drafts[later].country, drafts[later].body);
            let span = (drafts[later].candidate.start as usize, drafts[later].candidate.end as usize);
            let reasons = drafts[later].why().cloned();
            let d = &mut drafts[n];
            (d.entity, d.country, d.body) = (entity, country, body);
            d.settle();
            if let Some(why) = d.why() {
                why.forget();
                why.say(|| format!("the office of the same person that {} names in full", self.quoted(span.0, span.1)));
                why.follow(reasons.as_ref());
            }
        }
    }
}
