//! Which titles are whose: before the name, behind it in apposition, after a copula, in brackets.

mod rolls;

use super::chart::{Chart, Item, near};
use super::people::{Person, Sight, named_behind_comma};
use crate::lexicon::grammar::Symbols;
use crate::lexicon::{self, Strength};
use crate::text::tokens::{Kind, gap};
use foldhash::HashMap;

/// A title that belongs to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bond {
    /// Index into the persons.
    pub person: usize,
    /// Span of the title in tokens.
    pub start: usize,
    pub end: usize,
    pub former: bool,
    pub acting: bool,
    /// The title stands behind the name.
    pub behind: bool,
}

/// Titles in one chain at most.
const CHAIN: usize = 12;

/// Binds the titles of a text to its persons. `titles` holds the spans of the titles, none inside another.
pub(crate) fn bind(s: &Sight<'_>, people: &[Person], titles: &[(usize, usize)]) -> Vec<Bond> {
    let mut outer: HashMap<usize, usize> = HashMap::default();
    for (n, &(start, end)) in titles.iter().enumerate() {
        let begins = s.chart.with(start, s.lx.marks.title).filter(|i| i.end as usize == end).map(|i| i.outer as usize).min();
        if let Some(o) = begins.filter(|&o| o < start) {
            outer.insert(o, n);
        }
    }
    let former_in_brackets = s.chart.all(s.lx.marks.brackets_former).map(|i| i.start as usize).min();
    let b = Binder { s, people, titles, outer, former_in_brackets };
    let mut out: Vec<Bond> = Vec::new();
    for i in 0..people.len() {
        b.before(i, &mut out);
    }
    // Titles that stand before a name are that person's, whoever stands before them.
    let taken: HashMap<usize, usize> = out.iter().map(|b| (b.start, b.person)).collect();
    let mut all: Vec<Bond> = Vec::with_capacity(out.len() * 2);
    let mut before = out.into_iter().peekable();
    for i in 0..people.len() {
        let from = all.len();
        while let Some(bond) = before.next_if(|b| b.person == i) {
            all.push(bond);
        }
        b.behind(i, &taken, from, &mut all);
    }
    b.rolls(&mut all);
    all
}

struct Binder<'a> {
    s: &'a Sight<'a>,
    people: &'a [Person],
    titles: &'a [(usize, usize)],
    /// Titles by the token at which the words begin that stand before them and tell of them.
    outer: HashMap<usize, usize>,
    /// Where the text says that brackets hold the offices of before: `カッコ内は前職`.
    former_in_brackets: Option<usize>,
}

impl Binder<'_> {
    fn chart(&self) -> &Chart<'_> {
        self.s.chart
    }

    fn title_ending(&self, at: usize) -> Option<(usize, usize)> {
        // Titles do not overlap, so their ends ascend as their starts do.
        let i = self.titles.partition_point(|t| t.1 < at);
        self.titles.get(i).copied().filter(|t| t.1 == at)
    }

    fn title_at(&self, at: usize) -> Option<(usize, usize)> {
        let i = self.titles.partition_point(|t| t.0 < at);
        self.titles.get(i).copied().filter(|t| t.0 == at).or_else(|| self.outer.get(&at).map(|&n| self.titles[n]))
    }

    fn person_at(&self, at: usize) -> Option<usize> {
        let i = self.people.partition_point(|p| p.start < at);
        (self.people.get(i)?.start == at).then_some(i)
    }

    fn person_ending(&self, at: usize) -> Option<usize> {
        let i = self.people.partition_point(|p| p.end < at);
        self.people.get(i).filter(|p| p.end == at).map(|_| i)
    }

    /// An item with one of the symbols that ends right before `at`.
    fn item_ending(&self, at: usize, symbols: Symbols) -> Option<Item> {
        (1..=6.min(at))
            .rev()
            .find_map(|back| self.chart().with(at - back, symbols).filter(|i| i.end as usize == at && i.strength != Strength::Never).max_by_key(|i| i.end))
    }

    fn item_at(&self, at: usize, symbols: Symbols) -> Option<Item> {
        self.chart().longest(at, symbols)
    }

    /// Status words right before a title: start of the whole, former, acting.
    fn status_before(&self, start: usize) -> (usize, bool, bool) {
        let m = &self.s.lx.marks;
        let before = self.chart().with(start, m.title).map(|i| i.outer as usize).min();
        let (mut at, mut former, mut acting) = (before.unwrap_or(start), false, false);
        for _ in 0..3 {
            if at == 0 || !near(&self.s.tokens[at]) {
                break;
            }
            // `then-Prime Minister`
            let dash = self.s.tokens[at - 1].kind == Kind::Dash && self.s.tokens[at].gap == 0;
            let end = if dash && at > 1 { at - 1 } else { at };
            let Some(i) = self.item_ending(end, m.former | m.acting | m.incoming | m.many_nations).filter(|i| !self.inside_word(i)) else { break };
            if i.symbols & m.many_nations != 0 {
                break;
            }
            former |= i.symbols & m.former != 0;
            acting |= i.symbols & m.acting != 0;
            at = i.start as usize;
        }
        (at, former, acting)
    }

    /// `chính quyền`, `ban đầu`: the item is the last syllable of a longer word.
    fn inside_word(&self, item: &Item) -> bool {
        let start = item.start as usize;
        (1..=2.min(start)).any(|b| self.chart().with(start - b, self.s.lx.marks.whole_word).any(|w| w.end >= item.end))
    }

    /// Words that say that who follows does not hold the office: `ứng cử viên Tổng thống`, `phu nhân Thủ tướng`.
    fn not_holder(&self, at: usize) -> bool {
        self.item_ending(at, self.s.lx.marks.not_holder).is_some()
    }

    /// A listed person who has held an office that these words can mean.
    fn holds(&self, person: usize, start: usize, end: usize) -> bool {
        let (s, lx) = (self.s, self.s.lx);
        let mut items = s.chart.with(start, lx.marks.title).filter(|i| i.end as usize == end);
        items.any(|i| {
            self.people[person]
                .readings
                .iter()
                .flat_map(|&e| lx.tenures_of(e))
                .any(|t| t.office == i.features.entity || lx.plays(&lx.entities[t.office as usize], i.features.role))
        })
    }

    /// `Thay mặt Thủ tướng, Bộ trưởng Quốc phòng A …`, `Sau khi gặp Thủ tướng, ông B …`: a title before the comma that a word
    /// makes the object of its clause is another's, unless a list says that this person held it or only a rank stands between.
    fn of_another(&self, person: usize, (start, end): (usize, usize), outer: usize, rank_behind: bool) -> bool {
        let m = &self.s.lx.marks;
        let Some(word) = self.item_ending(outer, m.object_of | m.acts_for) else { return false };
        if self.holds(person, start, end) {
            return false;
        }
        let alone = self.title_items(start, end).any(|i| self.s.lx.roles.get(usize::from(i.features.role)).is_some_and(|r| r.alone));
        let listed = !self.people[person].readings.is_empty();
        let acts_for = word.symbols & m.acts_for != 0;
        alone && (listed || acts_for || !rank_behind)
    }

    fn title_items(&self, start: usize, end: usize) -> impl Iterator<Item = Item> {
        self.chart().with(start, self.s.lx.marks.title).filter(move |i| i.end as usize == end)
    }

    fn is_rank(&self, start: usize, end: usize) -> bool {
        let rank = |e: u32| self.s.lx.entities.get(e as usize).is_some_and(|e| e.sort == lexicon::Sort::Rank);
        self.title_items(start, end).any(|i| rank(i.features.entity))
    }

    /// Goes back over honorifics.
    fn honorifics_before(&self, mut at: usize) -> usize {
        let m = &self.s.lx.marks;
        for _ in 0..4 {
            // `Ngoại trưởng Anh David Lammy`: behind an office `Anh` is Britain.
            if at == 0 || self.s.tokens[at].begins_line() || self.title_ending(at).is_some() {
                break;
            }
            match self.item_ending(at, m.honorific) {
                Some(i) => at = i.start as usize,
                // `H.E. Mr.`: the full stop of an abbreviation that the list has without one.
                None if self.s.tokens[at - 1].kind == Kind::Period && self.item_ending(at - 1, m.honorific).is_some() => at -= 1,
                None => break,
            }
        }
        at
    }

    fn before(&self, person: usize, out: &mut Vec<Bond>) {
        let m = &self.s.lx.marks;
        let p = &self.people[person];
        let mut at = self.honorifics_before(p.start);
        let mut once = false;
        let mut comma = false;
        // `the Ambassador to Indonesia, Penny Williams PSM;`
        let apposed = at >= 2
            && self.s.tokens[at - 1].kind == Kind::Comma
            && self
                .title_ending(at - 1)
                .is_some_and(|t| named_behind_comma(self.s, t.0, t.1) == Some(p.start) && !self.belongs_to_earlier(self.status_before(t.0).0));
        if at > 0 && self.s.tokens[at - 1].kind == Kind::Comma && (at < p.start || apposed) {
            // `…, Chủ tịch Nhóm nghị sĩ …, bà Trương Thị Mai`
            at -= 1;
            comma = true;
        }
        if at == p.start && self.s.tokens[at].kind.is_cjk() {
            // `前首相の岸田文雄氏`, `外相に茂木敏充氏`
            let named = self.chart().begins(p.end, m.honorific_after) || self.title_at(p.end).is_some();
            if let Some(of) = self.item_ending(at, m.of | m.once | if named { m.post_to } else { 0 }) {
                at = of.start as usize;
                once = of.symbols & m.once != 0;
            }
        }
        // `Giám đốc Cục Điều tra Liên bang (FBI) Christopher Wray`
        if at >= 3
            && at == p.start
            && self.s.tokens[at - 1].kind == Kind::Close
            && self.s.tokens[at - 3].kind == Kind::Open
            && self.title_ending(at - 3).is_some()
        {
            at -= 3;
        }
        // `- Foreign Minister: Motegi Toshimitsu`: a list of offices and their holders.
        if at > 1 && self.s.tokens[at - 1].kind == Kind::Colon && self.title_ending(at - 1).is_some_and(|t| self.opens_line(t.0)) {
            at -= 1;
        }
        let mut first = true;
        let mut last_rank = false;
        for _ in 0..CHAIN {
            if at == 0 || self.s.tokens.get(at).is_some_and(|t| t.gap & (gap::LINE | gap::PARAGRAPH) != 0) {
                break;
            }
            let Some((start, end)) = self.title_ending(at) else { break };
            let (outer, former, acting) = self.status_before(start);
            // Behind another person's name and a comma, or in a chain that begins so, titles are that person's.
            let apart = self.s.tokens.get(end).is_some_and(|t| t.kind == Kind::Comma);
            // `国防相にA上将、外相にB`
            let glued = apart && self.s.tokens[outer].kind.is_cjk() && self.person_ending(outer).is_some();
            if glued || (!first || apart) && self.belongs_to_earlier(outer) || self.not_holder(outer) && !self.holds(person, start, end) {
                break;
            }
            if comma && self.of_another(person, (start, end), outer, last_rank) {
                break;
            }
            last_rank = self.is_rank(start, end);
            out.push(Bond { person, start, end, former: former || once, acting, behind: false });
            first = false;
            at = outer;
            if at == 0 {
                break;
            }
            // A separator, and another title before it.
            let sep = &self.s.tokens[at - 1];
            comma = sep.kind == Kind::Comma;
            if matches!(sep.kind, Kind::Comma | Kind::Dash) {
                at -= 1;
            } else if let Some(i) = self.item_ending(at, m.concurrently) {
                at = i.start as usize;
            } else if let Some(i) = self.item_ending(at, m.and) {
                let before = i.start as usize;
                if self.title_ending(before).is_none_or(|t| self.differs(t, (start, end))) {
                    break;
                }
                at = before;
            } else if self.s.tokens[at].gap & gap::MIDDLE_DOT == 0 && !self.s.tokens[at].kind.is_cjk() && self.title_ending(at).is_none() {
                break;
            }
        }
    }

    /// Nothing but a bullet or number stands before a token in its line.
    fn opens_line(&self, at: usize) -> bool {
        let t = |i: usize| &self.s.tokens[i];
        t(at).begins_line() || at > 0 && matches!(t(at - 1).kind, Kind::Dash | Kind::Other | Kind::Number) && t(at - 1).begins_line()
    }

    /// Two titles that one person will not hold at once: they name different countries.
    fn differs(&self, a: (usize, usize), b: (usize, usize)) -> bool {
        let country = |t: (usize, usize)| self.chart().with(t.0, self.s.lx.marks.title).filter(|i| i.end as usize == t.1).map(|i| i.features.country).min();
        match (country(a), country(b)) {
            (Some(x), Some(y)) => x != y && x != lexicon::NONE16 && y != lexicon::NONE16,
            _ => false,
        }
    }

    /// A title of another country than the person's, or than those of his other titles, is not his.
    fn foreign(&self, person: usize, title: (usize, usize), his: &[Bond]) -> bool {
        let lx = self.s.lx;
        let none = crate::lexicon::NONE16;
        let country = |t: (usize, usize)| {
            let items = || self.chart().with(t.0, lx.marks.title).filter(|i| i.end as usize == t.1);
            // The word for everybody's office says no country.
            let word = |i: Item| i.features.country == none && i.features.role != lexicon::NONE16;
            if items().all(|i| i.outer == i.start) && items().any(|i| word(i) && i.features.portfolio != none) {
                return None;
            }
            let weak = |i: Item| i.strength == Strength::Weak && i.features.entity != lexicon::NONE32;
            if items().any(word) && items().all(|i| word(i) || weak(i)) {
                return None;
            }
            items()
                .map(|i| if i.features.country != none { i.features.country } else { lx.entities.get(i.features.entity as usize).map_or(none, |e| e.country) })
                .find(|&c| c != none)
        };
        let Some(theirs) = country(title) else { return false };
        let own = self.people[person].readings.first().map(|&e| lx.entities[e as usize].country).filter(|&c| c != none);
        let others = his.iter().filter_map(|b| country((b.start, b.end)));
        own.into_iter().chain(others).any(|c| c != theirs && lx.parties[usize::from(c)].is_country && lx.parties[usize::from(theirs)].is_country)
    }

    /// Whether a chain of titles to the left of `at` hangs on a person's name by a comma.
    fn belongs_to_earlier(&self, mut at: usize) -> bool {
        for _ in 0..CHAIN {
            if at == 0 || self.s.tokens[at - 1].kind != Kind::Comma {
                return false;
            }
            let before = at - 1;
            if self.person_ending(before).is_some() {
                return true;
            }
            match self.title_ending(before) {
                Some((start, _)) => at = self.status_before(start).0,
                None => return false,
            }
        }
        false
    }

    /// `out[from..]` holds what the person has already.
    fn behind(&self, person: usize, taken: &HashMap<usize, usize>, from: usize, out: &mut Vec<Bond>) {
        let m = &self.s.lx.marks;
        let tokens = self.s.tokens;
        let p = &self.people[person];
        let mut at = p.end;
        // A reading or other spelling in brackets belongs to the name.
        if tokens.get(at).is_some_and(|t| t.kind == Kind::Open) {
            if let Some(close) = (at + 1..tokens.len().min(at + 12)).find(|&i| tokens[i].kind == Kind::Close) {
                if self.title_at(at + 1).is_none() && self.status_at(at + 1).0 == at + 1 {
                    at = close + 1;
                }
            }
        }
        // `加野氏は…`
        if let Some(i) = self.item_at(at, m.honorific_after).filter(|_| tokens[at].kind.is_cjk()) {
            at = i.end as usize;
            if tokens.get(at).is_none_or(|t| t.kind == Kind::Comma) {
                return;
            }
        }
        let mut former_from_here = false;
        let mut first = true;
        let mut topic = false;
        let replaced = self.item_ending(self.honorifics_before(p.start), m.succeeds).is_some();
        for _ in 0..CHAIN {
            let Some(t) = tokens.get(at) else { break };
            if t.begins_line() {
                break;
            }
            let mut next = at;
            let mut linked = false;
            // Japanese titles follow the name at once; English ones in small letters do (`elected Takaichi prime minister`).
            let small = !t.is_capital() && near(t) && self.s.lines.english(at) && self.title_at(at).is_some();
            let direct = first && (t.kind.is_cjk() || small);
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
            if let Some(i) = self.item_at(next, m.concurrently) {
                next = i.end as usize;
                linked = true;
            } else if self.item_at(next, m.succeeds).is_some() {
                break;
            } else if let Some(i) = self.item_at(next, m.former_copula) {
                next = i.end as usize;
                former_from_here = true;
                linked = true;
            } else if replaced && self.item_at(next, m.copula | m.takes_office).is_some() {
                // `A thay ông B làm …`: the office goes to A.
                break;
            } else if let Some(i) = self.item_at(next, m.copula) {
                topic = tokens[next].kind.is_cjk();
                next = i.end as usize;
                former_from_here = false;
                linked = true;
                // `được bổ nhiệm giữ chức`
                while let Some(more) = self.item_at(next, m.copula) {
                    next = more.end as usize;
                }
            } else if !first && !linked {
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
            let (title, former, acting) = self.status_at(next);
            let Some((start, end)) = self.title_at(title) else { break };
            // `小泉氏は外相に伝えた`, and not `小泉氏は外相に就任した`
            let object = topic && self.item_at(end, m.ends_predicate).is_some() && self.item_at(end, m.makes_predicate).is_none();
            if object || apposition && self.opens_clause(person, start, end) {
                break;
            }
            if tokens[start].begins_line() || !direct && self.leads_to_person(end) || self.foreign(person, (start, end), &out[from..]) {
                break;
            }
            if taken.get(&start).is_none_or(|&p| p == person) {
                let then = direct && (self.then_before(p.start) || self.then_behind(end))
                    || t.kind == Kind::Open && self.former_in_brackets.is_some_and(|from| from < at);
                out.push(Bond { person, start, end, former: former || former_from_here || then, acting, behind: true });
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
        let sentence = self.s.layout.sentence(self.people[person].start);
        let mut next_person = person + 1;
        let mut passive = false;
        let mut i = at;
        let mut last = at + 14;
        while i < last.min(self.s.tokens.len()) {
            if self.s.layout.sentence(i) != sentence {
                return None;
            }
            if let Some(word) = self.item_at(i, m.succeeds) {
                // `A được bổ nhiệm thay bà B giữ chức …`: whom A replaces stands between.
                let before = self.people.get(next_person).filter(|p| self.honorifics_before(p.start) == word.end as usize)?;
                i = before.end;
                next_person += 1;
                last = i + 2;
                passive = true;
                continue;
            }
            if self.people.get(next_person).is_some_and(|p| i >= p.start) {
                return None;
            }
            passive |= i == at || self.item_at(i, m.passive).is_some();
            if let Some(verb) = self.item_at(i, m.takes_office).filter(|_| passive) {
                let office = verb.end as usize;
                return self.title_at(self.status_at(office).0).map(|_| office);
            }
            i += 1;
        }
        None
    }

    /// `… cho đồng chí A, Chủ tịch nước nêu rõ`: the sole holder's title opens the next clause, unless it is known to be this
    /// person's.
    fn opens_clause(&self, person: usize, start: usize, end: usize) -> bool {
        let (s, lx) = (self.s, self.s.lx);
        let items = || s.chart.with(start, lx.marks.title).filter(|i| i.end as usize == end);
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

    /// `当時の石破茂首相`
    fn then_before(&self, at: usize) -> bool {
        self.s.tokens[at].kind.is_cjk() && self.item_ending(at, self.s.lx.marks.once_before).is_some()
    }

    /// `森健良外務審議官(当時)`
    fn then_behind(&self, at: usize) -> bool {
        let open = self.s.tokens.get(at).is_some_and(|t| t.kind == Kind::Open);
        open && self.item_at(at + 1, self.s.lx.marks.once_behind).is_some()
    }

    /// Status words from `at` on: where the title behind them begins, former, acting.
    fn status_at(&self, mut at: usize) -> (usize, bool, bool) {
        let m = &self.s.lx.marks;
        let (mut former, mut acting) = (false, false);
        for _ in 0..3 {
            if self.title_at(at).is_some() {
                break;
            }
            let Some(i) = self.item_at(at, m.former | m.acting | m.incoming | m.article) else { break };
            former |= i.symbols & m.former != 0;
            acting |= i.symbols & m.acting != 0;
            at = i.end as usize;
        }
        (at, former, acting)
    }

    /// A name follows right here: the title before it is that person's.
    fn leads_to_person(&self, mut at: usize) -> bool {
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
            match self.item_at(at, m.honorific | given) {
                Some(i) => at = i.end as usize,
                None => return false,
            }
        }
        false
    }
}
