//! One title for several names (`các Thứ trưởng A, B và C`; `bà A và ông B giữ chức …`), and titles of somebody whom a
//! pronoun stands for (`Ông từng giữ chức …`).

use super::{Binder, Bond, REACH, within};
use crate::compose::chart::sign;
use crate::text::tokens::Kind;
use foldhash::HashSet;

/// Names of one list at most.
const LONGEST_LIST: usize = 64;
/// Bonds before a counterpart among which his colleague's office is looked for.
const FARTHEST: usize = 64;
/// Tokens of an entry of a list at most.
const LONGEST_ENTRY: usize = 40;
/// Mentions of the only person of a text so far at most.
const NAMED_ALONE: usize = 16;
/// Tokens of a bracket behind a name of a list at most.
const LONGEST_BRACKET: usize = 16;

impl Binder<'_> {
    /// Adds the bonds of all lists and pronouns; bonds stay sorted by person.
    pub(super) fn rolls(&self, bonds: &mut Vec<Bond>) {
        let mut more = Vec::new();
        for &title in self.titles {
            self.list(title, &mut more);
        }
        self.joint(bonds, &mut more);
        self.given(bonds, &mut more);
        self.became(&mut more);
        self.careers(bonds, &mut more);
        self.pronouns(&mut more);
        if !more.is_empty() {
            let mut known: HashSet<(usize, usize)> = bonds.iter().map(|b| (b.person, b.start)).collect();
            bonds.extend(more.into_iter().filter(|b| known.insert((b.person, b.start))));
            bonds.sort_by_key(|b| b.person);
        }
        if !self.told.counterparts.is_empty() {
            self.counterparts(bonds);
        }
    }

    /// `Defence Minister A and his Japanese counterpart, B`: B, where a list knows him, holds A's office in his own country.
    fn counterparts(&self, bonds: &mut Vec<Bond>) {
        let m = &self.s.lx.marks;
        let tokens = self.s.tokens;
        let mut more = Vec::new();
        for i in self.told.counterparts.iter().map(|&n| &self.s.chart.items[n as usize]) {
            let mut at = i.end as usize;
            if tokens.get(at).is_some_and(|t| t.kind == Kind::Comma) {
                at += 1;
            }
            for _ in 0..3 {
                let rank = self.title_at(at).filter(|t| self.is_rank(t.0, t.1)).map(|t| t.1);
                match rank.or_else(|| self.item_at(at, m.honorific).map(|h| h.end as usize)) {
                    Some(end) => at = end,
                    None => break,
                }
            }
            let Some(person) = self.person_at(at).filter(|&p| self.people[p].readings.len() == 1) else { continue };
            // Who is named before him in the sentence, and what he was called where the text last said it.
            let first = self.people_before(i.start as usize);
            let sentence = |p: usize| self.s.layout.sentence(self.people[p].start) == self.s.layout.sentence(i.start as usize);
            let Some(other) = first.checked_sub(1).filter(|&p| sentence(p)) else { continue };
            let one = |p: usize| match (&self.people[p].readings[..], &self.people[other].readings[..]) {
                ([a], [b]) => a == b,
                ([], []) => p == other || self.people[other].same_as == Some(self.people[p].start),
                _ => false,
            };
            let office = |b: &&Bond| b.person <= other && b.start < i.start as usize && one(b.person) && !b.former && !self.is_rank(b.start, b.end);
            let until = bonds.partition_point(|b| b.person <= other);
            let from = until.saturating_sub(FARTHEST);
            if let Some(b) = bonds[from..until].iter().rev().find(office) {
                more.push(Bond { person, former: false, acting: false, counterpart: true, ..*b });
            }
        }
        bonds.extend(more);
        bonds.sort_by_key(|b| b.person);
    }

    /// `9 Phó Thủ tướng: A, B và C`, `deputy ministers A and B`.
    fn list(&self, (start, end): (usize, usize), out: &mut Vec<Bond>) {
        let m = &self.s.lx.marks;
        let tokens = self.s.tokens;
        if !within(&self.edges.people.at, end, REACH) {
            return;
        }
        let counted =
            start > 0 && tokens[start - 1].kind == Kind::Number && tokens[start - 1].end - tokens[start - 1].start <= 2 && !tokens[start].begins_line();
        let plural = self.chart().among(start..end, m.plural_title).next().is_some();
        let colon = tokens.get(end).is_some_and(|t| t.kind == Kind::Colon && !t.begins_line());
        // `Các đồng chí Ủy viên …: A, …; B, …`
        let comrades = colon && self.item_ending(start, m.honorific).is_some_and(|i| self.chart().begins(i.start as usize, m.generic_before));
        // `miễn nhiệm chức vụ Phó Thủ tướng đối với ông A và ông B`
        let towards = self.sign_at(end, sign::TOWARDS).filter(|_| !tokens[end].begins_line());
        let taken = towards.filter(|_| self.sign_ending(start, sign::TAKEN_FROM).is_some());
        if !counted && !plural && !comrades && taken.is_none() && self.item_ending(start, m.generic_before | m.both_before).is_none() {
            return;
        }
        let mut at = taken.map_or(end, |i| i.end as usize);
        // `gồm các ông`, `:`
        for _ in 0..4 {
            if tokens.get(at).is_some_and(|t| t.kind == Kind::Colon) {
                at += 1;
            } else if let Some(i) = self.item_at(at, m.including | m.generic_before | m.honorific | m.country) {
                at = i.end as usize;
            } else {
                break;
            }
        }
        let mut names = Vec::new();
        while names.len() < LONGEST_LIST {
            // `các thứ trưởng: thượng tướng A, thượng tướng B`
            let behind_rank = self.title_at(at).filter(|t| names.is_empty() || self.is_rank(t.0, t.1)).map(|t| t.1).filter(|&e| self.person_at(e).is_some());
            let Some(p) = self.person_at(behind_rank.unwrap_or(at)) else { break };
            names.push(p);
            at = self.next_name(self.people[p].end);
            if colon && (at == usize::MAX || self.title_at(at).is_some_and(|t| self.person_at(t.1).is_none())) {
                at = self.next_entry(self.people[p].end);
            }
        }
        if names.len() > 1 || taken.is_some() {
            let (_, former, acting) = self.status_before(start);
            let former = former || taken.is_some();
            out.extend(names.into_iter().map(|person| Bond { person, start, end, former, acting, behind: false, counterpart: false }));
        }
    }

    /// Behind the semicolon that ends an entry of a list: `A, Bộ trưởng Tài chính; B, …`.
    fn next_entry(&self, at: usize) -> usize {
        let tokens = self.s.tokens;
        let ahead = (at..tokens.len().min(at + LONGEST_ENTRY)).take_while(|&i| !tokens[i].begins_line() && tokens[i].kind != Kind::Period);
        let behind = ahead.into_iter().find(|&i| tokens[i].kind == Kind::Semicolon).map_or(usize::MAX, |i| i + 1);
        self.item_at(behind, self.s.lx.marks.honorific).map_or(behind, |i| i.end as usize)
    }

    /// Where the next name of a list would begin behind one that ends before `at`.
    fn next_name(&self, mut at: usize) -> usize {
        let m = &self.s.lx.marks;
        let tokens = self.s.tokens;
        if tokens.get(at).is_some_and(|t| t.kind == Kind::Open) {
            at = (at + 1..tokens.len().min(at + LONGEST_BRACKET)).find(|&i| tokens[i].kind == Kind::Close).map_or(at, |i| i + 1);
        }
        let mut parted = false;
        for _ in 0..4 {
            if tokens.get(at).is_some_and(|t| matches!(t.kind, Kind::Comma | Kind::Semicolon) && !t.begins_line()) {
                parted = true;
                at += 1;
            } else if let Some(i) = self.item_at(at, m.and) {
                parted = true;
                at = i.end as usize;
            } else if let Some(i) = self.item_at(at, m.honorific | m.generic_before).filter(|_| parted) {
                at = i.end as usize;
            } else {
                break;
            }
        }
        if parted { at } else { usize::MAX }
    }

    /// `bổ nhiệm bà A và ông B giữ chức …`: the office behind a verb is that of all names joined before it.
    fn joint(&self, bonds: &[Bond], out: &mut Vec<Bond>) {
        let m = &self.s.lx.marks;
        for b in bonds.iter().filter(|b| b.behind) {
            let end = self.people[b.person].end;
            let verb = self.item_at(end, m.takes_office | m.former_copula).is_some_and(|i| i.end as usize <= b.start);
            if !verb {
                continue;
            }
            let mut last = b.person;
            for _ in 0..LONGEST_LIST {
                let Some(before) = last.checked_sub(1).filter(|&p| self.next_name(self.people[p].end) == self.people[last].start) else { break };
                out.push(Bond { person: before, ..*b });
                last = before;
            }
        }
    }

    /// `副首相に三好氏と小暮氏が就いた`: the office before a name is that of all who are joined to him, too.
    fn given(&self, bonds: &[Bond], out: &mut Vec<Bond>) {
        let m = &self.s.lx.marks;
        let tokens = self.s.tokens;
        for b in bonds.iter().filter(|b| !b.behind && tokens[b.start].kind.is_cjk()) {
            let status = self.item_at(b.end, m.acting).map_or(b.end, |i| i.end as usize);
            let to = self.item_at(status, m.post_to).is_some_and(|i| i.end as usize == self.people[b.person].start);
            let mut last = b.person;
            for _ in 0..LONGEST_LIST {
                let Some(after) = self.item_at(self.people[last].end, m.honorific_after).filter(|_| to) else { break };
                let mut at = after.end as usize;
                // `小暮氏（女性）と三好氏`
                if tokens.get(at).is_some_and(|t| t.kind == Kind::Open) {
                    at = (at + 1..tokens.len().min(at + LONGEST_BRACKET)).find(|&i| tokens[i].kind == Kind::Close).map_or(at, |i| i + 1);
                }
                let comma = tokens.get(at).is_some_and(|t| t.kind == Kind::Comma).then_some(at + 1);
                let Some(next) = comma.or_else(|| self.item_at(at, m.and).map(|i| i.end as usize)) else { break };
                let Some(person) = self.person_at(next).filter(|&p| self.item_at(self.people[p].end, m.honorific_after).is_some()) else { break };
                out.push(Bond { person, ..*b });
                last = person;
            }
        }
    }

    /// `副首相に就任したのは、三好悠・前総裁と、小暮健・前書記。`: all whom the rest of the sentence names, up to the next such office.
    fn became(&self, out: &mut Vec<Bond>) {
        let s = self.s;
        let mut offices = self.titles.iter().filter_map(|&(start, end)| Some((start, end, self.sign_at(end, sign::BECAME)?))).peekable();
        while let Some((start, end, word)) = offices.next() {
            let until = offices.peek().map_or(usize::MAX, |next| next.0);
            let from = self.people_before(word.end as usize);
            let (_, former, acting) = self.status_before(start);
            let of_it = |&p: &usize| {
                let at = self.people[p].start;
                at < until && s.layout.sentence(at) == s.layout.sentence(start)
            };
            let named = (from..self.people.len()).take_while(of_it);
            out.extend(named.take(LONGEST_LIST).map(|person| Bond { person, start, end, former, acting, behind: false, counterpart: false }));
        }
    }

    /// `Ông là …`, `Trước đó, ông từng giữ chức …`: the first person of the sentence before, or of this one.
    fn pronouns(&self, out: &mut Vec<Bond>) {
        let m = &self.s.lx.marks;
        let s = self.s;
        for i in self.told.pronouns.iter().map(|&n| &s.chart.items[n as usize]) {
            let (start, at) = (i.start as usize, i.end as usize);
            // Behind most there is a name.
            let Some(verb) = self.item_at(at, m.copula | m.former_copula) else { continue };
            if self.person_at(at).is_some() {
                continue;
            }
            let mut next = verb.end as usize;
            while let Some(more) = self.item_at(next, m.copula) {
                next = more.end as usize;
            }
            let (title, former, acting) = self.status_at(next);
            let Some((from, to)) = self.title_at(title).filter(|&(_, e)| !self.leads_to_person(e)) else { continue };
            let Some(person) = self.subject(start) else { continue };
            let once = verb.symbols & m.former_copula != 0 || self.item_at(s.layout.sentence_start(start), m.once_clause).is_some();
            out.push(Bond { person, start: from, end: to, former: former || once, acting, behind: true, counterpart: false });
        }
    }

    /// Whom a pronoun at a token stands for, as far as sentences tell.
    pub(super) fn subject(&self, at: usize) -> Option<usize> {
        let s = self.s;
        let before = self.people_before(at);
        let nearest = before.checked_sub(1)?;
        let sentence = s.layout.sentence(self.people[nearest].start);
        let same_paragraph = s.layout.paragraph(self.people[nearest].start) == s.layout.paragraph(at);
        if !same_paragraph || s.layout.sentence(at) > sentence + 1 {
            // An obituary: so far the text has named nobody else.
            let words = |p: usize| s.tokens[self.people[p].start..self.people[p].end].iter().map(|t| t.fine);
            let one = |p: usize| self.people[p].readings == self.people[0].readings && words(p).eq(words(0));
            return (before <= NAMED_ALONE && (0..before).all(one)).then_some(nearest);
        }
        // The first of that sentence: its subject more often than not.
        let start = s.layout.sentence_start(self.people[nearest].start);
        Some(self.people_before(start))
    }
}
