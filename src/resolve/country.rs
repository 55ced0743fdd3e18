//! Whose ministry, whose office, where no country is named.

use super::Resolver;
use crate::compose::chart::Item;
use crate::compose::people::{Person, Shape};
use crate::kind::{Kind, Language};
use crate::lexicon::grammar::Symbols;
use crate::lexicon::{NONE16, NONE32, Sort};
use crate::text::fold;
use crate::text::script::romaji;
use crate::text::tokens::Kind as TokenKind;

/// Ministries of a country at least of which lists have all.
const ALL_MINISTRIES: usize = 10;

/// Tokens between a delegation and who leads it at most.
const LONGEST_LEAD: usize = 10;

/// A country and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Country {
    pub party: u16,
    /// The other side, where both are meant.
    pub also: Vec<u16>,
    pub why: &'static str,
    /// The token at which the words stand that say so; `NONE32` where none do.
    pub seen: u32,
}

impl Country {
    pub(super) fn one(party: u16, why: &'static str) -> Self {
        Country { party, also: Vec::new(), why, seen: NONE32 }
    }

    fn seen(self, token: u32) -> Self {
        Country { seen: token, ..self }
    }
}

impl Resolver<'_> {
    /// The country of a ministry or title that names none; the span in tokens. Where what is told has no such ministry, and home
    /// has, it is home.
    pub(crate) fn country_of(&self, start: usize, end: usize, person: Option<&Person>) -> Country {
        let (s, lx) = (self.s, self.s.lx);
        let told = self.told_country(start, end, person);
        if self.cx.home == NONE16 || told.party == self.cx.home || told.party == NONE16 || !told.also.is_empty() {
            return told;
        }
        let kinds = lx.marks.title | lx.marks.ministry;
        let Some(field) = s.chart.with(start, kinds).filter(|i| i.end as usize == end).map(|i| i.features.portfolio).find(|&p| p != NONE16) else {
            return told;
        };
        let has = |party: u16, field: u16| {
            let all = lx.offices.get(&(party, field)).map_or(&[][..], |list| list);
            all.iter().any(|&e| lx.entities[e as usize].data.kind == Kind::Ministry)
        };
        if has(told.party, field) || !has(self.cx.home, field) {
            return told;
        }
        // Only where all ministries are listed does a missing one say something.
        let mut listed = (0..lx.portfolios.len()).filter(|&p| has(told.party, p as u16));
        if listed.nth(ALL_MINISTRIES - 1).is_some() {
            return Country::one(self.cx.home, "home, which has such a ministry");
        }
        told
    }

    /// What the surroundings tell of the country.
    fn told_country(&self, start: usize, end: usize, person: Option<&Person>) -> Country {
        let s = self.s;
        let lx = s.lx;
        if let Some(p) = person
            && let Some(&e) = p.readings.first()
        {
            let c = lx.entities[e as usize].country;
            if c != NONE16 {
                return Country::one(c, "the person's country");
            }
        }
        if let Some(told) = self.told_beside(start, end, person) {
            return told;
        }
        // A word that the press of home has no use for at home; `国防` in a Vietnamese paper is another matter.
        let (vn, jp) = (self.cx.vn, self.cx.jp);
        let own = |language: Language, country: u16| (1 << language as u8, country != NONE16 && country == self.cx.home);
        let foreign_words = [own(Language::Vi, vn), own(Language::Ja, jp)];
        let abroad = s.chart.begins(start, lx.marks.abroad)
            && (self.cx.home == NONE16
                || s.chart.with(start, lx.marks.abroad).any(|i| foreign_words.iter().any(|&(bit, home)| home && i.languages & bit != 0)));
        if let Some(p) = person.filter(|p| p.readings.is_empty()) {
            // What Japanese does not say of Japan a Vietnamese may well be.
            let other_home = vn != self.cx.home && self.cx.home != NONE16;
            if p.shape == Shape::Vietnamese && (!abroad || other_home) && vn != NONE16 {
                return Country::one(vn, "the shape of the name");
            }
        }
        if let Some(p) = person.filter(|p| p.readings.is_empty() && p.shape == Shape::Japanese && jp != NONE16)
            && (!abroad || p.end - p.start >= 4)
        {
            return Country::one(jp, "the shape of the name");
        }
        if let Some((t, c)) = self.cx.before_in_sentence(s, &self.survey.delegations, start).filter(|&(_, c)| !abroad || c != self.cx.home) {
            return Country::one(c, "the delegation").seen(t);
        }
        // A line of a list under a heading: `II. PHÍA NHẬT BẢN`
        let list = !self.cx.headings.is_empty()
            && s.tokens.get(s.lines.around(start).0).is_some_and(|f| matches!(f.kind, TokenKind::Number | TokenKind::Dash | TokenKind::Other));
        if list {
            let i = self.cx.headings.partition_point(|&(t, _)| (t as usize) < start);
            if let Some(&(t, c)) = i.checked_sub(1).and_then(|i| self.cx.headings.get(i)) {
                return Country::one(c, "the heading of the list").seen(t);
            }
        }
        if person.is_some_and(|p| self.looks_japanese(p)) && self.cx.named(s).binary_search(&jp).is_ok() {
            return Country::one(jp, "the shape of the name");
        }
        if let Some((t, c)) = self.led_by(start, end).filter(|_| person.is_none()) {
            return Country::one(c, "who is named to lead it").seen(t);
        }
        if let Some(c) = self.own_words(start, end) {
            return Country::one(c, "the words are those of that country's own ministry, of those of which the text speaks");
        }
        if let Some(p) = person {
            // Somebody with a foreign name: the country named last before, in the sentence or else in the paragraph.
            if p.shape == Shape::Other {
                let foreign = &self.cx.foreign;
                let i = foreign.partition_point(|&(t, _)| (t as usize) < start);
                if let Some(&(t, c)) = i.checked_sub(1).and_then(|i| foreign.get(i))
                    && s.layout.paragraph(t as usize) == s.layout.paragraph(start)
                {
                    return Country::one(c, "the country named before").seen(t);
                }
                if let Some(&(t, c)) = foreign.get(i)
                    && s.layout.sentence(t as usize) == s.layout.sentence(start)
                {
                    return Country::one(c, "the country named in the sentence").seen(t);
                }
                if self.cx.partner != NONE16 {
                    return Country::one(self.cx.partner, "the other side of the text");
                }
            }
        }
        if abroad {
            // A word that home has no use for: the foreign country named last before, or next, else the text's other side.
            let foreign = &self.cx.foreign;
            let i = foreign.partition_point(|&(t, _)| (t as usize) < start);
            let same = |t: u32| s.layout.paragraph(t as usize) == s.layout.paragraph(start);
            let near = i.checked_sub(1).and_then(|i| foreign.get(i)).filter(|n| same(n.0)).or_else(|| foreign.get(i).filter(|n| same(n.0)));
            return match near {
                Some(&(_, c)) => Country::one(c, "a word that is not used of home; the country named beside it"),
                None => Country::one(self.cx.partner, "a word that is not used of home"),
            };
        }
        if self.cx.home == NONE16 {
            // English text has no home: the country named last before, else first behind, else the text's.
            if let Some((t, c)) = self.cx.before_in_sentence(s, &self.cx.people, start) {
                return Country::one(c, "the country, or someone of it, named before").seen(t);
            }
            let i = self.cx.people.partition_point(|&(t, _)| (t as usize) < end);
            if let Some(&(t, c)) = self.cx.people.get(i).filter(|&&(t, _)| s.layout.sentence(t as usize) == s.layout.sentence(start)) {
                return Country::one(c, "the country, or someone of it, named behind").seen(t);
            }
            let before = self.cx.people.partition_point(|&(t, _)| (t as usize) < start);
            if let Some(&(t, c)) = before.checked_sub(1).and_then(|i| self.cx.people.get(i)) {
                return Country::one(c, "the country, or someone of it, named before").seen(t);
            }
            return Country::one(self.cx.partner, "the country of the text");
        }
        Country::one(self.cx.home, "home")
    }

    /// What the words right behind it say, or `hai` before it.
    fn told_beside(&self, start: usize, end: usize, person: Option<&Person>) -> Option<Country> {
        let (s, lx) = (self.s, self.s.lx);
        let m = &lx.marks;
        // Most of what can say something begins behind it, and behind most nothing of that does.
        let says = m.this_country | m.many_nations | m.both | m.and | m.inside | m.place;
        if s.chart.perhaps_at(end) & says == 0 && s.tokens.get(end).is_none_or(|t| t.kind != TokenKind::Comma) {
            return self.both_before(start);
        }
        if s.chart.begins(end, lx.marks.this_country) && s.tokens.get(end).is_some_and(|t| !t.begins_line()) {
            let i = self.survey.lands.partition_point(|&(t, _)| (t as usize) < start);
            if let Some(&(t, c)) = i.checked_sub(1).and_then(|i| self.survey.lands.get(i)) {
                return Some(Country::one(c, "the country named last").seen(t));
            }
        }
        if let Some(both) = self.both_sides(start, end) {
            return Some(both);
        }
        if let Some(joined) = self.next_of_two(start, end).filter(|_| person.is_none()) {
            return Some(joined);
        }
        // `the Ministry of Defense in Ichigaya, Tokyo`
        let inside = person.is_none() && s.chart.begins(end, lx.marks.inside) && s.tokens.get(end).is_some_and(|t| !t.begins_line());
        if let Some(city_from) = inside.then(|| s.chart.longest_end(end, lx.marks.inside)).flatten() {
            let near = (city_from..s.tokens.len().min(city_from + 4)).take_while(|&t| s.layout.sentence(t) == s.layout.sentence(start));
            let city =
                |t: usize| s.chart.at(t).find_map(|x| lx.entities.get(x.features.place as usize).filter(|e| matches!(e.sort, Sort::City | Sort::Capital)));
            if let Some((t, c)) = near.filter_map(|t| Some((t, city(t)?.country))).find(|&(_, c)| c != NONE16) {
                return Some(Country::one(c, "the city behind it").seen(t as u32));
            }
        }
        // `Bộ Ngoại giao Tokyo`
        let city = |i: &Item| lx.entities.get(i.features.place as usize).is_some_and(|e| matches!(e.sort, Sort::City | Sort::Capital));
        let place = s.chart.begins(end, lx.marks.place).then(|| s.chart.with(end, lx.marks.place).find(city)).flatten();
        if let Some(place) = place {
            let c = lx.entities[place.features.place as usize].country;
            if c != NONE16 && s.tokens.get(end).is_some_and(|t| !t.begins_line()) {
                return Some(Country::one(c, "the city behind it").seen(end as u32));
            }
        }
        None
    }

    /// Whose citizen somebody is, as far as lists or the name in Japanese script say.
    pub(super) fn own_country(&self, p: &Person) -> u16 {
        let lx = self.s.lx;
        match (p.readings.first(), p.shape) {
            (Some(&e), _) => lx.entities[e as usize].country,
            (None, Shape::Japanese) => self.cx.jp,
            (None, Shape::Vietnamese) if self.s.tokens[p.start].kind.is_cjk() || self.english(p.start) && p.end >= p.start + 3 => self.cx.vn,
            _ => NONE16,
        }
    }

    /// `A delegation of the Ministry of National Defence led by Lieutenant General A`: the country of a listed person behind the verb.
    fn led_by(&self, start: usize, end: usize) -> Option<(u32, u16)> {
        let s = self.s;
        let verb =
            self.english(start) && self.cx.home == NONE16 && s.tokens.get(end).is_some_and(|t| !t.is_capital()) && s.chart.begins(end, s.lx.marks.clause_word);
        if !verb || s.chart.begun(start, 4, s.lx.marks.delegation).next().is_none() {
            return None;
        }
        let i = self.cx.people.partition_point(|p| (p.0 as usize) < end);
        let &(t, c) = self.cx.people.get(i)?;
        (t as usize <= end + LONGEST_LEAD && s.layout.sentence(t as usize) == s.layout.sentence(start) && !s.chart.begins(t as usize, s.lx.marks.place))
            .then_some((t, c))
    }

    /// `Ministry of National Defence` in a text on Viet Nam and Japan: of the countries of which an English text speaks, the one
    /// whose ministry calls its field so.
    fn own_words(&self, start: usize, end: usize) -> Option<u16> {
        let (s, lx) = (self.s, self.s.lx);
        let m = &lx.marks;
        if self.cx.home != NONE16 || s.tokens[start].kind.is_cjk() || self.cx.named(s).len() < 2 {
            return None;
        }
        let field = (start..end).rev().find_map(|t| s.chart.with(t, m.portfolio).filter(|i| i.end as usize <= end).max_by_key(|i| i.end))?;
        let plain = |w: &str| w.to_lowercase().replace("defense", "defence");
        // `Minister of National Defence` has the whole field, `Defence Minister` may have a part of it.
        let from = (start..field.start as usize + 1).find(|&t| s.chart.with(t, m.portfolio).any(|i| i.end == field.end))?;
        let of =
            from > start && s.chart.with(from - 1, m.of).next().is_some() || from > start + 1 && s.chart.with(from - 2, m.of).any(|i| i.end as usize == from);
        if !of {
            return None;
        }
        let words = plain(self.surface(from, field.end as usize));
        let own = |c: u16| -> Option<String> {
            let e = lx.by_id.get(&*format!("ministry:{}-{}", lx.parties[usize::from(c)].code, lx.portfolios.get(usize::from(field.features.portfolio))?.id))?;
            let name = plain(lx.entities[*e as usize].data.names[Language::En as usize].as_deref()?);
            Some(name.split(" of ").nth(1)?.to_string())
        };
        let mut all = self.cx.own_words.borrow_mut();
        let named =
            all.entry(field.features.portfolio).or_insert_with(|| self.cx.named(s).iter().filter_map(|&c| Some((c, own(c)?))).collect::<Vec<(u16, String)>>());
        let mut same = named.iter().filter(|(_, n)| *n == words);
        match (same.next(), same.next()) {
            (Some(&(c, _)), None) if named.len() >= 2 => Some(c),
            _ => None,
        }
    }

    /// A name in Latin letters whose words all have the shape of Japanese ones.
    fn looks_japanese(&self, p: &Person) -> bool {
        let word = |i: usize| self.s.text.get(self.s.tokens[i].start as usize..self.s.tokens[i].end as usize).unwrap_or_default();
        p.readings.is_empty()
            && p.end - p.start >= 2
            && (p.start..p.end).all(|i| self.s.tokens[i].kind == TokenKind::Word && self.s.tokens[i].flags & fold::VIETNAMESE_MARK == 0 && romaji(word(i)))
    }

    /// `Bộ Quốc phòng hai nước`, `hai Bộ Ngoại giao`, and the first of two that are coordinated so.
    pub(crate) fn both_sides(&self, start: usize, end: usize) -> Option<Country> {
        let s = self.s;
        let m = &s.lx.marks;
        // `Bộ Quốc phòng các nước Lào, Campuchia và Philippines`
        if let Some(behind) = s.chart.longest_end(end, m.many_nations) {
            let mut list: Vec<u16> = Vec::new();
            let mut at = behind;
            while let Some(c) = s.chart.longest(at, m.country).filter(|_| list.len() < 16) {
                list.push(c.features.country);
                at = c.end as usize;
                match s.tokens.get(at) {
                    Some(t) if t.kind == TokenKind::Comma => at += 1,
                    _ => match s.chart.longest_end(at, m.and) {
                        Some(behind) => at = behind,
                        None => break,
                    },
                }
            }
            if let Some((&party, rest)) = list.split_first() {
                return Some(Country { party, also: rest.to_vec(), why: "the countries named behind it", seen: end as u32 });
            }
        }
        let mut at = end;
        for _ in 0..3 {
            if s.tokens.get(at).is_some_and(|t| t.begins_line()) {
                break;
            }
            if s.chart.begins(at, m.both) {
                return self.two_sides(at);
            }
            // `Bộ Ngoại giao và Bộ Quốc phòng hai bên`
            let comma = s.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Comma);
            if !comma && !s.chart.begins(at, m.and) {
                break;
            }
            let Some(and) = s.chart.with(at, if comma { Symbols::MAX } else { m.and }).next() else { break };
            let Some(next) = s.chart.longest(and.end as usize, m.ministry).filter(|i| i.features.country == NONE16) else { break };
            at = next.end as usize;
        }
        self.both_before(start)
    }

    /// `hai Bộ Ngoại giao`
    fn both_before(&self, start: usize) -> Option<Country> {
        let (chart, word) = (self.s.chart, self.s.lx.marks.both_before);
        let before = chart.begun(start, 3, word).rev().find(|&t| chart.with(t, word).any(|i| i.end as usize == start));
        before.and_then(|t| self.two_sides(t))
    }

    /// `Bộ trưởng Ngoại giao và Bộ trưởng Quốc phòng Nhật Bản`: two fields of one kind, and the country behind the second.
    fn next_of_two(&self, start: usize, end: usize) -> Option<Country> {
        let s = self.s;
        let m = &s.lx.marks;
        let kinds = m.title | m.ministry;
        let field = |i: &Item| i.features.portfolio != NONE16 && i.features.country == NONE16 && !i.features.has_body;
        let behind = s.chart.longest_end(end, m.and).filter(|_| !s.tokens[end].begins_line())?;
        let this = s.chart.with(start, kinds).filter(|i| i.end as usize == end).find(field)?;
        let mut next = s.chart.with(behind, this.symbols & kinds).filter(|i| i.features.role == this.features.role && i.rule != NONE32);
        let other = next.find(|i| i.features.country != NONE16 && !matches!(i.features.portfolio, p if p == NONE16 || p == this.features.portfolio))?;
        Some(Country::one(other.features.country, "the country behind the second of two").seen(other.start))
    }

    fn two_sides(&self, at: usize) -> Option<Country> {
        let lx = self.s.lx;
        let mut sides: Vec<u16> = [self.cx.home, self.cx.partner].into_iter().filter(|&c| c != NONE16).collect();
        if sides.len() < 2 {
            sides = self.cx.sides.iter().copied().filter(|&c| lx.parties[usize::from(c)].is_country).collect();
        }
        let first = *sides.first()?;
        Some(Country { party: first, also: sides[1..].to_vec(), why: "both sides", seen: at as u32 })
    }
}
