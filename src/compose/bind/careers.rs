//! What a Japanese sentence tells of somebody's career: `小暮氏は…外務次官、国連大使を歴任した`, `…を経て防衛政策局長に就任した`.

use super::{Binder, Bond};
use crate::compose::chart::sign;
use crate::text::tokens::{Kind, gap};
use foldhash::HashMap;

/// Sentences between a name and what is told of it at most.
const SENTENCES: u32 = 3;
/// Titles of one list at most.
const LONGEST_LIST: usize = 12;
/// Tokens behind an office in which the verb is looked for at most.
const LONGEST_LOOK: usize = 64;
/// Persons of a sentence that are asked at most.
const MOST_PEOPLE: usize = 16;
/// Tokens of a bracket behind a title at most.
const LONGEST_BRACKET: usize = 24;

impl Binder<'_> {
    /// Adds the bonds of titles that a word for a career closes and that are nobody's yet.
    pub(super) fn careers(&self, bonds: &[Bond], out: &mut Vec<Bond>) {
        let m = &self.s.lx.marks;
        if self.told.careers.is_empty() && !self.titles.iter().any(|t| self.s.tokens[t.0].kind.is_cjk()) {
            return;
        }
        let title = |start: usize| self.titles_before(start);
        let mut taken = vec![false; self.titles.len()];
        bonds.iter().for_each(|b| taken[title(b.start)] = true);
        // Sentences that tell of a career, with whom they tell it of.
        let mut told: HashMap<u32, (usize, usize)> = HashMap::default();
        let mut words = self.told.careers.clone();
        words.sort_unstable();
        words.dedup_by_key(|w| w.0);
        for (at, end) in words {
            let past = self.chart().signs(self.s.lx, at, sign::CAREER);
            let list = self.list_before(at, &taken);
            let Some(&(first, _)) = list.last() else { continue };
            let Some(person) = self.told_of(first) else { continue };
            told.entry(self.s.layout.sentence(first)).or_insert((person, end));
            for &(start, end) in &list {
                let (_, former, acting) = self.status_before(start);
                taken[title(start)] = true;
                out.push(Bond { person, start, end, former: former || past, acting, behind: true, counterpart: false });
            }
        }
        // `三好少将が政治委員に、小暮氏が総局長に昇格した`: the verb stands behind the last of them.
        let enters = |at: usize| {
            let sentence = self.s.layout.sentence(at);
            let ahead = (at..self.s.tokens.len().min(at + LONGEST_LOOK)).take_while(|&i| self.s.layout.sentence(i) == sentence);
            ahead.into_iter().any(|i| self.chart().signs(self.s.lx, i, sign::COMES_INTO))
        };
        for &(start, end) in self.titles.iter().filter(|t| self.s.tokens[t.0].kind.is_cjk()) {
            let to = self.item_at(end, m.post_to).map(|i| i.end as usize).filter(|&i| self.s.tokens.get(i).is_some_and(|t| t.kind == Kind::Comma));
            if to.is_none() || taken[title(start)] {
                continue;
            }
            let last = self.people_before(start).checked_sub(1);
            let same = last.filter(|&p| self.s.layout.sentence(self.people[p].start) == self.s.layout.sentence(start) && self.is_subject(p));
            if let Some(person) = same.filter(|_| enters(end)) {
                let (_, former, acting) = self.status_before(start);
                taken[title(start)] = true;
                out.push(Bond { person, start, end, former, acting, behind: true, counterpart: false });
            }
        }
        // `…を経て2024年から防衛政策局長。`: the office that closes such a sentence.
        for (&(start, end), _) in self.titles.iter().zip(&taken).filter(|(t, taken)| !**taken && self.s.tokens[t.0].kind.is_cjk()) {
            if !self.s.tokens.get(end).is_none_or(|t| t.begins_line() || t.kind == Kind::Stop) {
                continue;
            }
            let of = told.get(&self.s.layout.sentence(start)).filter(|t| t.1 <= start).map(|t| t.0);
            let (_, former, acting) = self.status_before(start);
            // `…の職業外交官で、元外務次官。`
            let person = of.or_else(|| former.then(|| self.told_of(start)).flatten());
            out.extend(person.map(|person| Bond { person, start, end, former, acting, behind: true, counterpart: false }));
        }
    }

    /// `…は外務次官、国連大使を歴任した`: titles in a row up to a word for a career begin behind one that ends here.
    pub(super) fn closes_career(&self, mut at: usize) -> bool {
        let m = &self.s.lx.marks;
        let tokens = self.s.tokens;
        for _ in 0..LONGEST_LIST {
            if self.chart().signs(self.s.lx, at, sign::CAREER) {
                return true;
            }
            let Some(t) = tokens.get(at).filter(|t| !t.begins_line()) else { return false };
            if t.kind == Kind::Comma {
                at += 1;
            } else if let Some(and) = self.item_at(at, m.and | m.concurrently) {
                at = and.end as usize;
            } else if t.gap & gap::MIDDLE_DOT == 0 {
                return false;
            }
            match self.title_at(self.status_at(at).0) {
                Some((_, end)) => at = end,
                None => return false,
            }
        }
        false
    }

    /// The titles in a row that end before a token and are nobody's, the last first.
    fn list_before(&self, mut at: usize, taken: &[bool]) -> Vec<(usize, usize)> {
        let m = &self.s.lx.marks;
        let tokens = self.s.tokens;
        let mut out = Vec::new();
        while out.len() < LONGEST_LIST {
            // `国連大使（ベトナム国連代表部大使）、…`
            if at > 0 && tokens[at - 1].kind == Kind::Close {
                let open = (1..=LONGEST_BRACKET.min(at - 1)).map(|b| at - 1 - b).find(|&i| tokens[i].kind == Kind::Open);
                match open.filter(|&i| !tokens[i + 1..at].iter().any(|t| t.begins_line())) {
                    Some(open) => at = open,
                    None => break,
                }
            }
            let Some((start, end)) = self.title_ending(at).filter(|t| !taken[self.titles_before(t.0)]) else { break };
            if !tokens[start].kind.is_cjk() && !tokens[end - 1].kind.is_cjk() || self.person_ending(start).is_some() {
                break;
            }
            out.push((start, end));
            at = self.status_before(start).0;
            if at == 0 || tokens[at].begins_line() {
                break;
            }
            if tokens[at - 1].kind == Kind::Comma {
                at -= 1;
            } else if let Some(and) = self.item_ending(at, m.and | m.concurrently) {
                at = and.start as usize;
            } else if tokens[at].gap & gap::MIDDLE_DOT == 0 {
                break;
            }
        }
        out
    }

    /// Whom the words before a title in its sentence are about: the nearest person with a particle behind; else the first
    /// person of the sentence before.
    fn told_of(&self, title: usize) -> Option<usize> {
        let sentence = self.s.layout.sentence(title);
        let before = self.people_before(title);
        let here = (0..before).rev().take(MOST_PEOPLE).take_while(|&p| self.s.layout.sentence(self.people[p].start) == sentence);
        let mut any = false;
        for person in here {
            any = true;
            if self.is_subject(person) {
                return Some(person);
            }
        }
        if any { None } else { self.told_before(title) }
    }

    /// The first person of the nearest sentence before that names one, in the same paragraph.
    fn told_before(&self, at: usize) -> Option<usize> {
        let layout = self.s.layout;
        let nearest = self.people_before(at).checked_sub(1)?;
        let sentence = layout.sentence(self.people[nearest].start);
        let near = layout.paragraph(self.people[nearest].start) == layout.paragraph(at) && layout.sentence(at) <= sentence + SENTENCES;
        near.then(|| (0..=nearest).rev().take(MOST_PEOPLE).take_while(|&p| layout.sentence(self.people[p].start) == sentence).last()).flatten()
    }

    /// `は`, `が` or `を` stands behind a name, over honorifics, titles and brackets.
    fn is_subject(&self, person: usize) -> bool {
        let m = &self.s.lx.marks;
        let tokens = self.s.tokens;
        let mut at = self.people[person].end;
        for _ in 0..6 {
            if tokens.get(at).is_none_or(|t| t.begins_line()) {
                return false;
            }
            if self.chart().signs(self.s.lx, at, sign::SUBJECT) {
                return true;
            }
            if tokens[at].kind == Kind::Open {
                match (at + 1..tokens.len().min(at + LONGEST_BRACKET)).find(|&i| tokens[i].kind == Kind::Close) {
                    Some(close) => at = close + 1,
                    None => return false,
                }
            } else if let Some(i) = self.item_at(at, m.honorific_after | m.concurrently | m.acting) {
                at = i.end as usize;
            } else if let Some((_, end)) = self.title_at(self.status_at(at).0) {
                at = end;
            } else {
                return false;
            }
        }
        false
    }
}
