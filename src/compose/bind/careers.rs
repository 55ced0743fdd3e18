//! What a Japanese sentence tells of somebody's career: `小暮氏は…外務次官、国連大使を歴任した`, `…を経て防衛政策局長に就任した`.

use super::{Binder, Bond};
use crate::compose::chart::{Item, sign};
use crate::text::tokens::{Kind, gap};
use foldhash::{HashMap, HashSet};

/// Titles of one list at most.
const LONGEST_LIST: usize = 12;
/// Tokens of a bracket behind a title at most.
const LONGEST_BRACKET: usize = 24;

impl Binder<'_> {
    /// Adds the bonds of titles that a word for a career closes and that are nobody's yet.
    pub(super) fn careers(&self, bonds: &[Bond], out: &mut Vec<Bond>) {
        let m = &self.s.lx.marks;
        let taken: HashSet<usize> = bonds.iter().map(|b| b.start).collect();
        // Sentences that tell of a career, with whom they tell it of.
        let mut told: HashMap<u32, (usize, usize)> = HashMap::default();
        let enters = |i: &&Item| matches!(i.number, sign::CAREER | sign::COMES_INTO);
        let words = self.chart().all(m.sign).filter(enters).map(|i| (i.start as usize, i.end as usize));
        let mut words: Vec<(usize, usize)> = words.collect();
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
                out.push(Bond { person, start, end, former: former || past, acting, behind: true, counterpart: false });
            }
        }
        // `…を経て2024年から防衛政策局長。`: the office that closes such a sentence.
        let given: HashSet<usize> = out.iter().map(|b| b.start).collect();
        for &(start, end) in self.titles.iter().filter(|t| !taken.contains(&t.0) && !given.contains(&t.0)) {
            let sentence = self.s.layout.sentence(start);
            let closes = self.s.tokens.get(end).is_none_or(|t| t.begins_line() || t.kind == Kind::Stop);
            let of = told.get(&sentence).filter(|t| t.1 <= start && closes);
            // `…の職業外交官で、元外務次官。`
            if of.is_none() && closes && self.status_before(start).1 && self.s.tokens[start].kind.is_cjk() {
                out.extend(self.told_of(start).map(|person| Bond { person, start, end, former: true, acting: false, behind: true, counterpart: false }));
                continue;
            }
            if let Some(&(person, _)) = of {
                let (_, former, acting) = self.status_before(start);
                out.push(Bond { person, start, end, former, acting, behind: true, counterpart: false });
            }
        }
    }

    /// The titles in a row that end before a token and are nobody's, the last first.
    fn list_before(&self, mut at: usize, taken: &HashSet<usize>) -> Vec<(usize, usize)> {
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
            let Some((start, end)) = self.title_ending(at).filter(|t| !taken.contains(&t.0)) else { break };
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
        let before = self.people.partition_point(|p| p.start < title);
        let here = (0..before).rev().take_while(|&p| self.s.layout.sentence(self.people[p].start) == sentence);
        let mut any = false;
        for person in here {
            any = true;
            if self.is_subject(person) {
                return Some(person);
            }
        }
        if any { None } else { self.subject(title) }
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
