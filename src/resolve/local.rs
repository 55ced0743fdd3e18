//! Local bodies and their offices that leave out the place: `Chủ tịch UBND tỉnh`.

use super::{Draft, Resolver};
use crate::kind::Kind;
use crate::lexicon::{NONE16, NONE32, Sort, Strength};
use foldhash::HashMap;
use std::cell::OnceCell;

/// Tokens of a local body or its office at most.
const LONGEST_LOCAL: usize = 12;

impl Resolver<'_> {
    /// `Chủ tịch UBND tỉnh` in a text that names one `Chủ tịch UBND tỉnh Thừa Thiên Huế`.
    pub(super) fn local_bodies(&self, drafts: &mut [Draft]) {
        let s = self.s;
        // Without a place there is none that could be left out.
        if !s.chart.has(s.lx.marks.place) {
            return;
        }
        let key = |start: usize, end: usize| -> Vec<u32> { s.tokens[start..end].iter().map(|t| t.fine).collect() };
        let local = |d: &Draft| matches!(d.candidate.kind, Kind::Title | Kind::Organization) && d.end() <= d.start() + LONGEST_LOCAL;
        let mut longer: HashMap<(Kind, Vec<u32>), Option<usize>> = HashMap::default();
        for (n, d) in drafts.iter().enumerate().filter(|(_, d)| local(d) && !self.is_known(d.entity)) {
            let (start, end) = (d.start(), d.end());
            // Up to the place that ends it.
            let place = s.lx.marks.place;
            for at in s.chart.among(start + 2..end, place).filter(|&at| s.chart.with(at, place).any(|i| i.end as usize == end)) {
                if s.tokens[start..at].iter().all(|t| t.fine != 0) {
                    let known = longer.entry((d.candidate.kind, key(start, at))).or_insert(Some(n));
                    if known.is_some_and(|k| !self.is_same(drafts[k].entity, d.entity)) {
                        *known = None;
                    }
                }
            }
        }
        // Most texts have no local body, with its place or without.
        let bodies = s.lx.marks.local_body;
        if longer.is_empty() && bodies & !s.lx.loud == 0 && !s.chart.has(bodies) {
            return;
        }
        let own = OnceCell::new();
        for n in 0..drafts.len() {
            let d = &drafts[n];
            if !local(d) {
                continue;
            }
            let (start, end) = (d.start(), d.end());
            // Most are listed, which is seen before words are put together to look for.
            let sought = || self.register.borrow().listed(d.entity).is_none() || self.is_general(d);
            let full = if !longer.is_empty() && sought() { longer.get(&(d.candidate.kind, key(start, end))) } else { None };
            let Some(&full) = full else {
                let Some(whole) = self.place_word(start, end).filter(|_| self.is_general(&drafts[n])) else { continue };
                let is_province = |p: u32| s.lx.entities[p as usize].sort == Sort::Province;
                if let Some(place) = own.get_or_init(|| self.own_place()).filter(|&p| is_province(p) == whole) {
                    let d = &mut drafts[n];
                    d.entity = self.discovered_at(d.candidate.kind, start, end, place);
                    d.settle();
                    d.why()
                        .into_iter()
                        .for_each(|why| why.say(|| format!("of {}: the province of which the text speaks", s.lx.entities[place as usize].data.id)));
                }
                continue;
            };
            let Some(full) = full.filter(|_| self.is_general(&drafts[n])) else { continue };
            let (entity, country, span) = (drafts[full].entity, drafts[full].country, (drafts[full].start(), drafts[full].end()));
            let d = &mut drafts[n];
            (d.entity, d.country) = (entity, country);
            d.settle();
            d.why().into_iter().for_each(|why| why.say(|| format!("the only one of these words in the text: {}", self.quoted(span.0, span.1))));
        }
    }

    /// No list holds it, or every place has one.
    fn is_general(&self, d: &Draft) -> bool {
        let entity = self.record_of(d.entity).map(|e| &self.s.lx.entities[e as usize]);
        entity.is_none_or(|e| e.many && !matches!(e.sort, Sort::Rank | Sort::Delegation))
    }

    /// The province or city of home of which the text speaks most, where it stands out.
    fn own_place(&self) -> Option<u32> {
        let (s, lx) = (self.s, self.s.lx);
        let mut counts: HashMap<u32, u32> = HashMap::default();
        for i in s.chart.all(lx.marks.place).filter(|i| i.features.place != NONE32 && i.strength == Strength::Strong) {
            let e = &lx.entities[i.features.place as usize];
            if !matches!(e.sort, Sort::Province | Sort::City | Sort::Capital) || e.country != self.cx.home || self.cx.home == NONE16 {
                continue;
            }
            *counts.entry(i.features.place).or_default() += 1;
        }
        let mut counts: Vec<(u32, u32)> = counts.into_iter().collect();
        counts.sort_by_key(|c| (std::cmp::Reverse(c.1), c.0));
        match counts[..] {
            [(one, n), (_, second), ..] => (n >= 2 * second && n >= 2).then_some(one),
            [(one, n)] => (n >= 2).then_some(one),
            [] => None,
        }
    }

    /// `Chủ tịch UBND tỉnh`: the words end with what a place is; whether that is one word, as of a province.
    fn place_word(&self, start: usize, end: usize) -> Option<bool> {
        let (s, m) = (self.s, &self.s.lx.marks);
        let mut begun = s.chart.among(start + 1..end, m.province).rev();
        let word = begun.find_map(|t| s.chart.with(t, m.province).find(|i| i.end as usize == end))?;
        s.chart.among(start..end, m.local_body).next().map(|_| word.end == word.start + 1)
    }
}
