//! Titles behind a name: in apposition, in brackets, behind a copula or a verb that gives an office.

use super::{Binder, Bond, CHAIN};
use crate::compose::chart::{near, sign};
use crate::compose::people::Person;
use crate::text::tokens::{Kind, gap};

impl Binder<'_> {
    /// `out[from..]` holds what the person has already.
    pub(super) fn behind(&self, person: usize, taken: &[Option<usize>], from: usize, out: &mut Vec<Bond>) {
        let m = &self.s.lx.marks;
        let tokens = self.s.tokens;
        let p = &self.people[person];
        let mut at = p.end;
        // A reading or other spelling in brackets belongs to the name.
        if tokens.get(at).is_some_and(|t| t.kind == Kind::Open)
            && let Some(close) = (at + 1..tokens.len().min(at + 12)).find(|&i| tokens[i].kind == Kind::Close)
            && self.title_at(at + 1).is_none()
            && self.status_at(at + 1).0 == at + 1
        {
            at = close + 1;
        }
        // `加野氏は…`
        let honorific = tokens.get(at).filter(|t| t.kind.is_cjk()).and_then(|_| self.item_at(at, m.honorific_after));
        if let Some(i) = honorific {
            at = i.end as usize;
            if tokens.get(at).is_none_or(|t| t.kind == Kind::Comma) {
                return;
            }
        }
        let mut former_from_here = false;
        let mut first = true;
        let mut topic = false;
        let replaced = || self.item_ending(self.honorifics_before(p.start), m.succeeds).is_some();
        let links = m.concurrently | m.succeeds | m.former_copula | m.copula | m.takes_office;
        for _ in 0..CHAIN {
            let Some(t) = tokens.get(at) else { break };
            if t.begins_line() {
                break;
            }
            let mut next = at;
            let mut linked = false;
            // Japanese titles follow the name at once; English ones in small letters do (`elected Takaichi prime minister`).
            let small = !t.is_capital() && near(t) && self.title_at(at).is_some() && self.english(at);
            // `三好悠介・NHK解説委員`
            let latin = tokens[p.start].kind.is_cjk() && matches!(t.kind, Kind::Word | Kind::Number) && (t.gap == 0 || t.gap & gap::MIDDLE_DOT != 0);
            let direct = first && (t.kind.is_cjk() || small || latin);
            // `チエン国防次官(上級中将)`
            let bracket = t.kind == Kind::Open && tokens[at - 1].kind.is_cjk();
            if matches!(t.kind, Kind::Comma) || first && matches!(t.kind, Kind::Open | Kind::Dash) || bracket {
                next += 1;
                linked = true;
                if let Some(behind) = self.behind_aside(next) {
                    next = behind;
                }
            }
            let apposition = linked;
            if self.chart().begins(next, links) {
                if let Some(i) = self.item_at(next, m.concurrently) {
                    next = i.end as usize;
                    linked = true;
                } else if self.item_at(next, m.succeeds).is_some() {
                    // `A thay ông B làm …`: the office behind is A's.
                    let Some(office) = self.verb_ahead(next, person) else { break };
                    next = office;
                    former_from_here = false;
                    linked = true;
                } else if let Some(i) = self.word_leading(next, m.former_copula) {
                    next = i.end as usize;
                    former_from_here = true;
                    linked = true;
                } else if self.chart().begins(next, m.copula | m.takes_office) && replaced() {
                    // `A thay ông B làm …`: the office goes to A.
                    break;
                } else if let Some(i) = self.word_leading(next, m.copula) {
                    topic = tokens[next].kind.is_cjk();
                    next = i.end as usize;
                    former_from_here = false;
                    linked = true;
                    // `được bổ nhiệm giữ chức`
                    while let Some(more) = self.word_leading(next, m.copula) {
                        next = more.end as usize;
                    }
                }
            }
            if !first && !linked {
                if let Some(i) = self.item_at(next, m.and) {
                    next = i.end as usize;
                    linked = true;
                } else if t.gap & gap::MIDDLE_DOT != 0 {
                    linked = true;
                }
            }
            if !linked || self.title_at(self.status_at(next).0).is_none() {
                // `ông A, Thứ trưởng …, được Thủ tướng bổ nhiệm giữ chức …`
                if let Some(verb) = self.verb_ahead(at, person) {
                    next = verb;
                    former_from_here = false;
                    linked = true;
                }
            }
            if !linked && !direct {
                break;
            }
            // `小暮氏は、元外務次官として`
            if topic && tokens.get(next).is_some_and(|t| t.kind == Kind::Comma) && self.status_at(next + 1).1 {
                next += 1;
            }
            let (title, former, acting) = self.status_at(next);
            let Some((start, end)) = self.title_at(title) else { break };
            // `小泉氏は外相に伝えた`, and not `小泉氏は外相に就任した`
            let object = topic
                && self.chart().signs(self.s.lx, end, sign::ENDS_PREDICATE)
                && !self.chart().signs(self.s.lx, end, sign::MAKES_PREDICATE)
                && !self.chart().signs(self.s.lx, end, sign::COMES_INTO);
            // `commander of the 4th Military Region's training centre`
            let part = tokens.get(end).is_some_and(|t| t.kind == Kind::Possessive);
            if object || part || apposition && self.opens_clause(person, start, end) {
                break;
            }
            if tokens[start].begins_line() || !direct && self.leads_to_person(end) || self.foreign(person, (start, end), &out[from..]) {
                break;
            }
            if taken[self.titles_before(start)].is_none_or(|p| p == person) {
                let then = direct && (self.then_before(p.start) && !self.is_rank(start, end) || self.then_behind(end))
                    || t.kind == Kind::Open && self.old_post(p, at, (start, end), &out[from..]);
                let left = topic && self.closes_career(end);
                out.push(Bond { person, start, end, former: former || former_from_here || then || left, acting, behind: true, counterpart: false });
            }
            first = false;
            at = end;
        }
    }

    /// `, 61 tuổi, quê Nghệ An, nguyên Bộ trưởng …`: behind what a text says of somebody's age and home.
    fn behind_aside(&self, mut at: usize) -> Option<usize> {
        let tokens = self.s.tokens;
        let begun = at;
        for _ in 0..3 {
            let age = tokens.get(at).is_some_and(|t| t.kind == Kind::Number) && tokens.get(at + 1).is_some_and(|t| t.kind == Kind::Comma);
            let aside = age || (at..at + 2).any(|i| self.chart().begins(i, self.s.lx.marks.aside));
            if !aside {
                break;
            }
            let comma = (at..tokens.len().min(at + 9)).take_while(|&i| !tokens[i].begins_line()).find(|&i| tokens[i].kind == Kind::Comma)?;
            at = comma + 1;
        }
        (at > begun).then_some(at)
    }

    /// Where the office begins that a verb ahead gives to this person, with no other person and no end of sentence between.
    fn verb_ahead(&self, at: usize, person: usize) -> Option<usize> {
        let m = &self.s.lx.marks;
        let mut next_person = person + 1;
        let mut verbs = m.takes_office;
        let mut i = at;
        let mut last = at + 14;
        // No office begins behind the last title.
        let end = self.titles.last()?.0;
        loop {
            let from = i;
            // Most sentences have no such verb.
            i = self.chart().among(from..last.min(end), m.succeeds | verbs).next()?;
            let next = self.people.get(next_person).map_or(usize::MAX, |p| p.start);
            if from < i && next < i || self.s.layout.sentence(i) != self.s.layout.sentence(self.people[person].start) {
                return None;
            }
            let named = next <= i;
            if let Some(word) = self.item_at(i, m.succeeds) {
                // `A được bổ nhiệm thay bà B giữ chức …`: whom A replaces stands between.
                let before = self.people.get(next_person).filter(|p| self.honorifics_before(p.start) == word.end as usize)?;
                i = before.end;
                next_person += 1;
                last = i + 2;
                verbs = m.takes_office | m.copula;
                continue;
            }
            if named {
                return None;
            }
            if let Some(verb) = self.word_leading(i, verbs) {
                let office = verb.end as usize;
                return self.title_at(self.status_at(office).0).map(|_| office);
            }
            i += 1;
        }
    }

    /// `… cho đồng chí A, Chủ tịch nước nêu rõ`: the sole holder's title opens the next clause, unless it is known to be this
    /// person's.
    fn opens_clause(&self, person: usize, start: usize, end: usize) -> bool {
        let (s, lx) = (self.s, self.s.lx);
        let items = || s.chart.laid(start, lx.marks.title).filter(|i| i.end as usize == end);
        let alone = items().any(|i| lx.roles.get(usize::from(i.features.role)).is_some_and(|r| r.alone));
        let verb = s.tokens.get(end).is_some_and(|t| t.kind == Kind::Word && !t.is_capital()) && s.chart.begins(end, lx.marks.clause_word);
        if !alone || !verb {
            return false;
        }
        let his = self.people[person]
            .readings
            .iter()
            .flat_map(|&e| lx.tenures_of(e))
            .any(|t| items().any(|i| lx.plays(&lx.entities[t.office as usize], i.features.role)));
        !his
    }

    /// Whether a bracket behind a name holds what somebody was before.
    fn old_post(&self, p: &Person, at: usize, title: (usize, usize), his: &[Bond]) -> bool {
        if self.is_rank(title.0, title.1) {
            return false;
        }
        let leaves = self.item_ending(p.start, self.s.lx.marks.leaves_office).is_some();
        let listed = self.personnel && self.s.tokens[p.start].kind.is_cjk() && his.iter().any(|b| !b.behind && !self.is_rank(b.start, b.end));
        leaves || listed || self.told.former_in_brackets.is_some_and(|from| from < at)
    }

    /// `森健良外務審議官(当時)`
    fn then_behind(&self, at: usize) -> bool {
        let open = self.s.tokens.get(at).is_some_and(|t| t.kind == Kind::Open);
        open && self.item_at(at + 1, self.s.lx.marks.once_behind).is_some()
    }

    /// A name follows right here: the title before it is that person's.
    pub(super) fn leads_to_person(&self, mut at: usize) -> bool {
        let m = &self.s.lx.marks;
        for _ in 0..3 {
            if self.s.tokens.get(at).is_none_or(|t| t.begins_line()) {
                return false;
            }
            if self.person_at(at).is_some() {
                return true;
            }
            // `国防相にザン上将、外相にソン次官`
            let given = if self.s.tokens[at].kind.is_cjk() { m.post_to } else { 0 };
            let is = self.item_at(at, m.copula).filter(|i| i.end == i.start + 1 && !self.s.tokens[at].kind.is_cjk() && !self.english(at));
            let rank = self.title_at(at).filter(|t| self.is_rank(t.0, t.1)).map(|t| t.1);
            match self.item_at(at, m.honorific | given).or(is).map(|i| i.end as usize).or(rank) {
                Some(end) => at = end,
                None => return false,
            }
        }
        false
    }
}
