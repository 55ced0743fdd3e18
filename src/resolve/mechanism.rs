//! Which mechanism: its sides, its edition.

use super::Resolver;
use super::explain::Why;
use crate::compose::chart::{Features, Item};
use crate::document::{Attributes, EntityData};
use crate::kind::{Kind, Language};
use crate::lexicon::office::{Composed, fill};
use crate::lexicon::{FamilyInfo, NONE16, Strength};
use crate::text::fold;
use crate::text::tokens::{Kind as TokenKind, Token, gap};
use std::sync::Arc;

/// Editions above this are a footnote's number or a year.
const HIGHEST_EDITION: u32 = 200;

/// Countries and people of a sentence or paragraph on each side that are counted for a channel without sides.
const MOST_NAMED: usize = 64;
/// Tokens before such a channel in which its sides are looked for.
const LONGEST_LOOK: usize = 512;
/// Tokens of a clause that are looked through for its country.
const LONGEST_CLAUSE: usize = 24;
/// Countries and people that are looked at before and behind a mechanism without sides.
const NEARBY: usize = 16;

impl Resolver<'_> {
    /// The mechanism (or agreement) of a family phrase.
    pub(super) fn mechanism(&self, item: &Item, why: &mut Why) -> u32 {
        let sides = self.sides_of(item, why);
        // Reasons are written where it is made.
        if self.explain || sides.len() > item.features.parties.len() {
            return self.composed(self.make_mechanism(item, &sides, why));
        }
        let mut key = [NONE16; 4];
        key[..sides.len()].copy_from_slice(&sides);
        let key = (item.features.family, item.strength == Strength::Weak, key, item.features.parties);
        self.composed(self.s.memo.mechanism(key, || self.make_mechanism(item, &sides, &mut Why::default())))
    }

    fn make_mechanism(&self, item: &Item, sides: &[u16], why: &mut Why) -> Composed {
        let lx = self.s.lx;
        let f = &item.features;
        let family = &lx.families[usize::from(f.family)];
        let mut codes: Vec<&str> = sides.iter().map(|&p| &*lx.parties[usize::from(p)].code).collect();
        codes.sort_unstable();
        let kind = family.makes;
        let named = |f: &FamilyInfo| if codes.len() < 2 { format!("{kind}:{}", f.id) } else { format!("{kind}:{}.{}", f.id, codes.join("-")) };
        // `2+2` is the meeting of the ministers, but for the few pairs whose deputies have one.
        let other = lx.families.get(usize::from(family.otherwise));
        let family = other.filter(|_| item.strength == Strength::Weak && codes.len() >= 2 && !lx.by_id.contains_key(&*named(family))).unwrap_or(family);
        let id = named(family);
        if let Some(&e) = lx.by_id.get(id.as_str()) {
            why.say(|| format!("a listed {kind}: {}", self.record(e)));
            return Composed::Listed(e);
        }
        why.say(|| format!("no record of the {kind}: named after the family ({})", lx.place(family.at)));
        let names = Language::ALL.map(|l| {
            let l = l as usize;
            let Some(template) = family.name[l].as_deref().filter(|_| sides.len() >= 2) else { return family.bare[l].clone() };
            let party = |p: u16| lx.entities[lx.parties[usize::from(p)].entity as usize].data.names[l].as_deref();
            // The home side of the language leads, as its press writes.
            let lead = if l == Language::Ja as usize { "jp" } else { "vn" };
            let mut order = sides.to_vec();
            order.sort_by_key(|&p| (*lx.parties[usize::from(p)].code != *lead, self.order_in_text(f, p)));
            let joined = |list: &[u16]| list.iter().filter_map(|&p| party(p)).collect::<Vec<_>>().join(if l == 0 { " - " } else { "-" });
            fill(template, &[("a", party(order[0]), false), ("b", Some(joined(&order[1..])).as_deref().filter(|s| !s.is_empty()), false)]).map(Into::into)
        });
        Composed::Made(Arc::new(EntityData { id: id.into(), kind, names, known: true }))
    }

    fn order_in_text(&self, f: &Features, p: u16) -> usize {
        f.parties.iter().position(|&x| x == p).unwrap_or(usize::MAX)
    }

    /// The sides of a mechanism: named in the phrase, right behind it, earlier for the same family, or the text's own.
    fn sides_of(&self, item: &Item, why: &mut Why) -> Vec<u16> {
        let s = self.s;
        let lx = s.lx;
        let m = &lx.marks;
        let mut sides: Vec<u16> = item.features.sides().collect();
        let always = lx.families[usize::from(item.features.family)].participant;
        if always != NONE16 && !sides.contains(&always) {
            sides.insert(0, always);
        }
        if sides.len() >= 2 {
            why.say(|| {
                self.sides_line(&sides, if item.features.sides().count() >= 2 { "named in the phrase" } else { "one is always there, the other named" })
            });
            return sides;
        }
        let add = |list: &mut Vec<u16>, p: u16| {
            if p != NONE16 && !list.contains(&p) {
                list.push(p);
            }
        };
        // Behind it, over an edition or a bracket: `giữa A và B`, `với B`.
        let mut at = item.end as usize;
        for _ in 0..12 {
            let Some(t) = s.tokens.get(at) else { break };
            if t.begins_line() || matches!(t.kind, TokenKind::Period | TokenKind::Stop | TokenKind::Comma | TokenKind::Semicolon) {
                break;
            }
            if let Some(x) = s.chart.longest(at, m.sides) {
                for p in x.features.sides() {
                    add(&mut sides, p);
                }
                why.say(|| self.sides_line(&sides, &format!("named behind it ({})", self.quoted(at, x.end as usize))));
                return sides;
            }
            if let Some(behind) = s.chart.longest_end(at, m.with) {
                let behind = s.chart.longest_end(behind, m.article).unwrap_or(behind);
                if let Some(p) = s.chart.longest(behind, m.party) {
                    add(&mut sides, self.cx.home);
                    add(&mut sides, p.features.country);
                    why.say(|| self.sides_line(&sides, &format!("home, and the other named behind it ({})", self.quoted(at, p.end as usize))));
                    return sides;
                }
            }
            let passes = s.chart.with(at, m.edition_before | m.first_edition | m.between).map(|i| i.end as usize).max();
            at = match passes {
                Some(end) => end,
                None if matches!(t.kind, TokenKind::Number | TokenKind::Open | TokenKind::Close | TokenKind::Word) => at + 1,
                None => break,
            };
        }
        if let Some(near) = self.sides_near(item, &sides) {
            why.say(|| self.sides_line(&near, "those of which the sentence or paragraph speaks"));
            return near;
        }
        if let Some(known) = self.family_sides(item.features.family) {
            why.say(|| self.sides_line(&known, "those that the text names elsewhere for the family"));
            return known;
        }
        let ours = self.cx.sides.is_empty() || self.cx.sides.contains(&self.cx.home);
        if let Some((token, other)) = self.only_foreign(item.start as usize).filter(|_| sides.is_empty() && ours && self.cx.home != NONE16) {
            let sides = vec![self.cx.home, other];
            why.say(|| self.sides_line(&sides, &format!("home, and the only other country nearby ({})", self.quoted(token, token + 1))));
            return sides;
        }
        // In a text without a home they are of use only where the country of which it speaks most is one of them.
        let about = self.cx.home != NONE16 || self.cx.partner == NONE16 || self.cx.sides.contains(&self.cx.partner);
        if about && self.cx.sides.len() >= 2 && sides.iter().all(|p| self.cx.sides.contains(p)) {
            why.say(|| self.sides_line(&self.cx.sides, "those that the text names together most"));
            return self.cx.sides.clone();
        }
        if sides.len() == 1 && sides[0] != self.cx.home {
            add(&mut sides, self.cx.home);
        } else if self.cx.partner != NONE16 {
            add(&mut sides, if self.cx.home == NONE16 { self.cx.third } else { self.cx.home });
            add(&mut sides, self.cx.partner);
        }
        why.say(|| match sides.len() {
            0 | 1 => "sides: the text names too few".into(),
            _ => self.sides_line(&sides, "home and the other side of the text"),
        });
        sides
    }

    /// The only foreign country, or country of somebody, that the sentence names; else the paragraph before the token.
    /// Japanese names the sides in one word with the channel, where no list of countries sees them.
    fn only_foreign(&self, token: usize) -> Option<(usize, u16)> {
        if self.cx.language == Some(Language::Ja) {
            return None;
        }
        let (lx, layout, list) = (self.s.lx, self.s.layout, &self.cx.people);
        let at = list.partition_point(|&(t, _)| (t as usize) < token);
        let foreign = |&&(_, c): &&(u32, u16)| c != self.cx.home && lx.parties[usize::from(c)].is_country;
        let sentence = |p: &&(u32, u16)| layout.sentence(p.0 as usize) == layout.sentence(token);
        let before = list[..at].iter().rev().take(NEARBY);
        let behind = list[at..].iter().take(NEARBY);
        match only(before.clone().take_while(sentence).chain(behind.take_while(sentence)).filter(foreign)) {
            Ok(Some(found)) => return Some(found),
            // Several in the sentence: the only one of the clause before.
            Err(()) => {
                let clause = |t: u32| !self.s.tokens[t as usize..token].iter().any(|t| matches!(t.kind, TokenKind::Comma | TokenKind::Semicolon));
                let near = list[..at].iter().rev().take(NEARBY).take_while(|p| (p.0 as usize) + LONGEST_CLAUSE > token && clause(p.0));
                return only(near.filter(foreign)).ok().flatten();
            }
            Ok(None) => {}
        }
        let paragraph = |p: &&(u32, u16)| layout.paragraph(p.0 as usize) == layout.paragraph(token);
        only(before.take_while(paragraph).filter(foreign)).ok().flatten()
    }

    /// Two sides of which the sentence or the paragraph speaks, in a text without a home: those for which a list has the channel,
    /// or the sentence's two where the text's main ones have none.
    fn sides_near(&self, item: &Item, named: &[u16]) -> Option<Vec<u16>> {
        let (s, lx) = (self.s, self.s.lx);
        if self.cx.home != NONE16 || named.len() > 1 {
            return None;
        }
        let family = &lx.families[usize::from(item.features.family)];
        let at = item.start as usize;
        let country = |c: u16| lx.parties.get(usize::from(c)).is_some_and(|p| p.is_country);
        let people = &self.cx.people;
        let distinct = |unit: &dyn Fn(usize) -> u32, until: usize| {
            // No more of them than a sentence of people has: a text can be one paragraph.
            let here = people.partition_point(|p| (p.0 as usize) < at);
            let near = &people[here.saturating_sub(MOST_NAMED)..people.len().min(here + MOST_NAMED)];
            let unit_here = unit(at);
            let near = &near[near.partition_point(|p| unit(p.0 as usize) < unit_here)..];
            let near = &near[..near.partition_point(|p| unit(p.0 as usize) <= unit_here && (p.0 as usize) < until)];
            let mut list: Vec<u16> = named.to_vec();
            for &(_, c) in near.iter().filter(|p| country(p.1)) {
                if !list.contains(&c) {
                    list.push(c);
                }
            }
            list
        };
        let sentence = distinct(&|t| s.layout.sentence(t), s.tokens.len());
        let mut pairs: Vec<Vec<u16>> = Vec::new();
        match sentence[..] {
            [a, b] => pairs.push(vec![a, b]),
            [a] => pairs.extend([self.cx.partner, self.cx.third].into_iter().find(|&p| p != NONE16 && p != a).map(|p| vec![a, p])),
            _ => {}
        }
        // A paragraph is a line.
        let first = s.lines.around(at).0.max(at.saturating_sub(LONGEST_LOOK));
        let before = (first..at).rev().find_map(|t| s.chart.longest(t, s.lx.marks.sides));
        pairs.extend(before.map(|i| i.features.sides().collect::<Vec<u16>>()).filter(|p| p.len() == 2 && named.iter().all(|n| p.contains(n))));
        pairs.extend(Some(distinct(&|t| s.layout.paragraph(t), at)).filter(|p| p.len() == 2));
        let main = [self.cx.partner, self.cx.third];
        pairs.extend((!main.contains(&NONE16) && named.iter().all(|n| main.contains(n))).then(|| main.to_vec()));
        let listed = |pair: &[u16]| {
            let mut codes: Vec<&str> = pair.iter().map(|&p| &*lx.parties[usize::from(p)].code).collect();
            codes.sort_unstable();
            lx.by_id.contains_key(&*format!("{}:{}.{}", family.makes, family.id, codes.join("-")))
        };
        let known = pairs.iter().find(|p| listed(p)).cloned();
        let others = || self.family_sides(item.features.family).is_some_and(|k| listed(&k)) || listed(&self.cx.sides);
        known.or_else(|| (sentence.len() == 2 && !others()).then_some(sentence))
    }

    /// Edition and year around a mechanism or agreement.
    pub(crate) fn numbers(&self, start: usize, end: usize, kind: Kind, why: &mut Why) -> Attributes {
        let mut a = Attributes::default();
        match kind {
            Kind::Mechanism => {
                let found = self.edition_behind(end).or_else(|| self.edition_before(start).map(|(n, from)| (n, from, start)));
                if let Some((n, from, to)) = found {
                    why.say(|| format!("edition {n}: {}", self.quoted(from, to)));
                    a.edition = Some(n);
                }
            }
            Kind::Agreement => {
                let before = || start.checked_sub(1).and_then(|b| Some((self.number(b)?, b))).filter(|(n, _)| (1900..2100).contains(n));
                if let Some((n, at)) = self.year_behind(end).or_else(before) {
                    why.say(|| format!("year {n}: {}", self.quoted(at, at + 1)));
                    a.year = Some(n);
                }
            }
            _ => {}
        }
        a
    }

    /// What a number counts. Most tokens are none.
    #[inline]
    fn number(&self, at: usize) -> Option<u32> {
        self.s.tokens.get(at).filter(|t| t.kind == TokenKind::Number).and_then(|t| self.value(t))
    }

    #[inline(never)]
    fn value(&self, t: &Token) -> Option<u32> {
        let raw = self.s.text.get(t.start as usize..t.end as usize)?;
        if raw.is_ascii() { raw.parse().ok() } else { fold::fold_cluster(raw).fine.parse().ok() }
    }

    fn ordinal(&self, at: usize) -> Option<(u32, usize)> {
        let ordinal = self.s.lx.marks.ordinal;
        let word = self.s.chart.longest(at, ordinal).map(|i| (u32::from(i.number), i.end as usize));
        // `mười hai`, `十一`
        let sum = |(n, end): (u32, usize)| match self.s.chart.longest(end, ordinal).filter(|_| n % 10 == 0) {
            Some(unit) if unit.number < 10 => (n + u32::from(unit.number), unit.end as usize),
            _ => (n, end),
        };
        word.map(sum).or_else(|| {
            let t = self.s.tokens.get(at).filter(|t| t.kind == TokenKind::Word && t.flags & fold::UPPER != 0)?;
            Some((roman(self.s.text.get(t.start as usize..t.end as usize)?)?, at + 1))
        })
    }

    /// The edition behind a token, and where its words begin and end.
    fn edition_behind(&self, end: usize) -> Option<(u32, usize, usize)> {
        let s = self.s;
        let m = &s.lx.marks;
        let mut at = end;
        // Over an abbreviation in brackets.
        if s.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Open) {
            at = (at + 1..s.tokens.len().min(at + 8)).find(|&i| s.tokens[i].kind == TokenKind::Close)? + 1;
        }
        let t = s.tokens.get(at).filter(|t| !t.begins_line())?;
        if t.kind == TokenKind::Dash && t.gap == 0 && s.tokens.get(at + 1).is_some_and(|n| n.gap == 0) {
            return self.number(at + 1).filter(|&n| n > 0 && n < HIGHEST_EDITION).map(|n| (n, at + 1, at + 2));
        }
        let before = s.chart.longest_end(at, m.edition_before);
        if let Some(first) = s.chart.longest_end(at, m.first_edition).filter(|&first| before.is_none_or(|before| before <= first)) {
            return Some((1, at, first));
        }
        let before = before?;
        self.number(before).filter(|&n| n > 0 && n < HIGHEST_EDITION).map(|n| (n, before + 1)).or_else(|| self.ordinal(before)).map(|(n, to)| (n, at, to))
    }

    /// The edition before a token, and where its words begin.
    fn edition_before(&self, start: usize) -> Option<(u32, usize)> {
        let s = self.s;
        let m = &s.lx.marks;
        for back in 1..=4.min(start) {
            let at = start - back;
            if s.tokens[at + 1].begins_line() {
                break;
            }
            // `the 13th`, `第11回`
            if let Some(n) = self.number(at) {
                // `Kỳ họp lần thứ 26 Ủy ban …`, and not the edition of a channel before it.
                let mut begun = s.chart.begun(at, 3, m.edition_before).rev();
                let word = begun.find(|&t| s.chart.with(t, m.edition_before).any(|i| i.end as usize == at));
                let free = |w: usize| !s.chart.ends(w, LONGEST_CLAUSE, m.mechanism);
                if let Some(w) = word.filter(|&w| back == 1 && n > 0 && n < HIGHEST_EDITION && free(w)) {
                    return Some((n, w));
                }
                let suffix = s.chart.longest_end(at + 1, m.edition_after);
                if suffix == Some(start) && n < HIGHEST_EDITION && n > 0 {
                    return Some((n, at));
                }
            }
            let counts = m.ordinal | m.first_edition;
            if !s.chart.begins(at, counts) {
                continue;
            }
            for i in s.chart.with(at, counts) {
                // `第十一回`: all of the number, not its last digit.
                let inside = at > 0 && s.tokens[at].kind.is_cjk() && s.chart.begins(at - 1, m.ordinal);
                let counted = (i.symbols & m.ordinal != 0 && !inside).then(|| self.ordinal(at)).flatten();
                if let Some((n, _)) = counted.filter(|&(_, to)| s.chart.longest_end(to, m.edition_after) == Some(start)) {
                    return Some((n, at));
                }
                if i.symbols & m.first_edition != 0 && i.end as usize + 2 >= start && i.end as usize <= start {
                    return Some((1, at));
                }
                let english = i.languages == 1 << Language::En as u8;
                if english && i.end as usize == start && i.symbols & m.ordinal != 0 {
                    return Some((u32::from(i.number), at));
                }
            }
        }
        None
    }

    /// The year behind a token, and where it stands.
    fn year_behind(&self, end: usize) -> Option<(u32, usize)> {
        let s = self.s;
        let at = s.chart.longest_end(end, s.lx.marks.year_before).unwrap_or(end);
        if s.tokens.get(end)?.gap & (gap::LINE | gap::PARAGRAPH) != 0 {
            return None;
        }
        self.number(at).filter(|n| (1900..2100).contains(n)).map(|n| (n, at))
    }

    /// Where phrases of a family name their sides, those are the family's sides for the whole text.
    fn family_sides(&self, family: u16) -> Option<Vec<u16>> {
        self.survey.channels.iter().find(|c| c.0 == family).map(|&(_, i)| self.s.chart.items[i as usize].features.sides().collect())
    }
}

/// The first of some, if all others are of its country.
fn only<'a>(mut found: impl Iterator<Item = &'a (u32, u16)>) -> Result<Option<(usize, u16)>, ()> {
    let Some(&(token, country)) = found.next() else { return Ok(None) };
    if found.all(|&(_, c)| c == country) { Ok(Some((token as usize, country))) } else { Err(()) }
}

/// A Roman numeral up to 39.
fn roman(s: &str) -> Option<u32> {
    let mut total = 0;
    let mut last = 0;
    for c in s.chars().rev() {
        let v = match c {
            'I' => 1,
            'V' => 5,
            'X' => 10,
            _ => return None,
        };
        if v < last {
            total -= v;
        } else {
            total += v;
            last = v;
        }
    }
    (total > 0).then_some(total)
}

#[cfg(test)]
mod tests {
    #[test]
    fn roman_numerals() {
        for (s, n) in [("I", 1), ("IV", 4), ("XIII", 13), ("XIV", 14)] {
            assert_eq!(super::roman(s), Some(n));
        }
        assert_eq!(super::roman("IC"), None);
        assert_eq!(super::roman(""), None);
    }
}
