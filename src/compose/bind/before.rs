//! Titles before a name: `Bộ trưởng Quốc phòng A`, chains of them, the old post in brackets.

use super::{Binder, Bond, CHAIN, HONORIFICS, LONGEST_BRACKET, LONGEST_JOINT, LONGEST_WORD, within};
use crate::compose::chart::{Item, near, sign};
use crate::compose::people::{behind_bracket, named_behind_comma};
use crate::lexicon;
use crate::text::tokens::{Kind, gap};

impl Binder<'_> {
    pub(super) fn before(&self, person: usize, out: &mut Vec<Bond>) {
        let m = &self.s.lx.marks;
        let p = &self.people[person];
        let mut at = self.honorifics_before(p.start);
        let (mut once, mut stands_in) = (false, false);
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
        // Most names have no office so near.
        let cjk = self.s.tokens[at].kind.is_cjk();
        if !cjk && !within(&self.edges.title_ends.at, at.saturating_sub(LONGEST_JOINT), LONGEST_JOINT) {
            return;
        }
        if at == p.start && cjk {
            // `前首相の岸田文雄氏`, `外相に茂木敏充氏`
            let named = self.chart().begins(p.end, m.honorific_after) || self.title_at(p.end).is_some();
            // `政治総局主任を務めた故小暮悠大将`
            let late = self.item_ending(at, m.once_before).filter(|i| self.item_ending(i.start as usize, m.once | m.of).is_some());
            if let Some(late) = late {
                at = late.start as usize;
            }
            if let Some(of) = self.item_ending(at, m.of | m.once | if named { m.post_to } else { 0 }) {
                at = of.start as usize;
                once = of.symbols & m.once != 0;
                // `外相代行に三好氏`
                if let Some(acting) = self.item_ending(at, m.acting).filter(|i| self.title_ending(i.start as usize).is_some()) {
                    at = acting.start as usize;
                    stands_in = true;
                }
            }
        }
        // `国際交渉を担う防衛審議官、小暮悠氏は`
        if at == p.start && at > 1 && self.s.tokens[at].kind.is_cjk() && self.s.tokens[at - 1].kind == Kind::Comma {
            let named = self.chart().begins(p.end, m.honorific_after);
            let title = self.title_ending(at - 1).filter(|t| {
                let (outer, former, _) = self.status_before(t.0);
                named && !former && self.person_ending(outer).is_none()
            });
            at -= usize::from(title.is_some_and(|(start, end)| self.holds(person, start, end)));
        }
        if at == p.start && at > 0 && self.s.tokens[at].kind.is_cjk() && self.s.tokens[at - 1].kind == Kind::Close {
            at = self.over_old_post(person, at, out);
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
        // `Thứ trưởng Bộ Quốc phòng là Thượng tướng A`, `khi Chủ tịch nước là ông B`
        if let Some(is) = self.named_by_copula(at).or_else(|| {
            let title = self.title_ending(at)?;
            self.named_by_copula(title.0).filter(|_| self.is_rank(title.0, title.1))
        }) {
            let (start, end) = is;
            let (outer, former, acting) = self.status_before(start);
            if !self.not_holder(outer) && self.item_ending(outer, m.object_of | m.of | m.with).is_none() && !self.belongs_to_earlier(outer) {
                out.push(Bond { person, start, end, former, acting, behind: false, counterpart: false });
            }
        }
        // `Rear Admiral (ret.) Michael McDevitt`
        if at == p.start && at > 2 && self.s.tokens[at - 1].kind == Kind::Close {
            let rank = |open: &usize| self.title_ending(*open).is_some_and(|t| self.is_rank(t.0, t.1) && behind_bracket(self.s, *open) == Some(at));
            if let Some(open) = (3..=5.min(at)).map(|b| at - b).find(rank) {
                at = open;
            }
        }
        // `- Foreign Minister: Motegi Toshimitsu`: a list of offices and their holders.
        if at > 1 && self.s.tokens[at - 1].kind == Kind::Colon && self.title_ending(at - 1).is_some_and(|t| self.opens_line(t.0)) {
            at -= 1;
        }
        // `Phó Đô đốc Hải quân Phạm Hoài Nam`
        let rank_before = self.title_ending(at).is_none() && self.edges.title_ends.at.any(at.saturating_sub(LONGEST_WORD)..at);
        let service = if rank_before { self.sign_ending(at, sign::SERVICE).map(|i| i.start as usize) } else { None };
        if let Some(rank) = service.filter(|&i| near(&self.s.tokens[i]) && self.title_ending(i).is_some_and(|t| self.is_rank(t.0, t.1))) {
            at = rank;
        }
        let mut first = true;
        let mut last = None;
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
            let rank_behind = || last.is_some_and(|(start, end)| self.is_rank(start, end));
            if comma && (self.of_another(person, (start, end), outer, rank_behind()) || self.given_to_earlier(outer)) {
                break;
            }
            last = Some((start, end));
            out.push(Bond { person, start, end, former: former || once, acting: acting || stands_in && first, behind: false, counterpart: false });
            first = false;
            at = outer;
            if at == 0 {
                break;
            }
            // `統合幕僚長（航空幕僚長）空将・小暮悠`
            if self.s.tokens[at].kind.is_cjk() && self.s.tokens[at - 1].kind == Kind::Close && !self.s.tokens[at].begins_line() {
                let open = self.over_old_post(person, at, out);
                if open == at {
                    break;
                }
                at = open;
                comma = false;
                continue;
            }
            // `新首相に党中央組織委員長の三好氏を選出した`
            if self.s.tokens[at].kind.is_cjk() && self.is_given(person) {
                let to = self.item_ending(at, m.post_to).map(|i| i.start as usize).filter(|&i| self.title_ending(i).is_some());
                if let Some(to) = to {
                    at = to;
                    comma = false;
                    continue;
                }
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

    /// `防衛政策局長（官房長）三好悠介`: behind the new office the old one in brackets; where the new one ends.
    fn over_old_post(&self, person: usize, at: usize, out: &mut Vec<Bond>) -> usize {
        let tokens = self.s.tokens;
        let mut back = (1..=LONGEST_BRACKET.min(at - 1)).map(|b| at - 1 - b).take_while(|&i| !tokens[i + 1].begins_line());
        let Some(open) = back.find(|&i| tokens[i].kind == Kind::Open) else { return at };
        let leaves = self.item_ending(open, self.s.lx.marks.leaves_office).is_some();
        if !leaves && self.title_ending(open).is_none() {
            return at;
        }
        if let Some((start, end)) = self.title_ending(at - 1).filter(|t| t.0 > open) {
            let former = !self.is_rank(start, end);
            out.push(Bond { person, start, end, former, acting: false, behind: false, counterpart: false });
        }
        open
    }

    /// The title that a copula before a token joins to what stands there.
    fn named_by_copula(&self, at: usize) -> Option<(usize, usize)> {
        let m = &self.s.lx.marks;
        let before = at.checked_sub(1).filter(|&i| self.chart().begins(i, m.copula))?;
        let is = self.item_ending(at, m.copula).filter(|i| i.start as usize == before && !self.s.tokens[before].kind.is_cjk())?;
        self.title_ending(is.start as usize).filter(|_| near(&self.s.tokens[is.start as usize]) && !self.english(at))
    }

    /// `を` stands behind a name, over an honorific and a bracket.
    fn is_given(&self, person: usize) -> bool {
        let (m, tokens) = (&self.s.lx.marks, self.s.tokens);
        let end = self.people[person].end;
        let mut at = self.item_at(end, m.honorific_after).map_or(end, |i| i.end as usize);
        if tokens.get(at).is_some_and(|t| t.kind == Kind::Open) {
            at = (at + 1..tokens.len().min(at + LONGEST_BRACKET)).find(|&i| tokens[i].kind == Kind::Close).map_or(at, |i| i + 1);
        }
        self.chart().signs(self.s.lx, at, sign::OBJECT)
    }

    /// Words that say that who follows does not hold the office: `ứng cử viên Tổng thống`, `phu nhân Thủ tướng`.
    fn not_holder(&self, at: usize) -> bool {
        self.item_ending(at, self.s.lx.marks.not_holder).is_some()
    }

    /// A listed person who has held an office that these words can mean.
    fn holds(&self, person: usize, start: usize, end: usize) -> bool {
        let (s, lx) = (self.s, self.s.lx);
        let mut items = s.chart.laid(start, lx.marks.title).filter(|i| i.end as usize == end);
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
        // `tiếp Đại sứ, Bộ trưởng Sơn thăm …`
        let open = |i: &Item| i.features.entity == lexicon::NONE32 && i.features.role != lexicon::NONE16 || i.symbols & m.title_open != 0;
        let bare = |i: &Item| open(i) && i.features.country == lexicon::NONE16 && i.features.portfolio == lexicon::NONE16;
        if word.symbols & m.object_of != 0 && !rank_behind && self.title_items(start, end).all(|i| bare(i) && !i.features.has_body) {
            return true;
        }
        let listed = !self.people[person].readings.is_empty();
        let acts_for = word.symbols & m.acts_for != 0;
        alone && (listed || acts_for || !rank_behind)
    }

    /// `Ông A làm Bộ trưởng Ngoại giao, ông B …`: a verb between somebody's name and the title says whose it is.
    fn given_to_earlier(&self, outer: usize) -> bool {
        let m = &self.s.lx.marks;
        let Some(verb) = self.item_ending(outer, m.copula | m.former_copula | m.takes_office) else { return false };
        let mut at = verb.start as usize;
        // Over more of the verb, and small words: `được bầu giữ chức`, `tiếp tục làm`.
        for _ in 0..4 {
            if self.person_ending(at).is_some() {
                return true;
            }
            let t = at.checked_sub(1).map(|i| &self.s.tokens[i]);
            if !t.is_some_and(|t| t.kind == Kind::Word && !t.is_capital()) || self.s.tokens[at].begins_line() {
                return false;
            }
            at -= 1;
        }
        false
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

    /// `当時の石破茂首相`
    pub(super) fn then_before(&self, at: usize) -> bool {
        self.s.tokens[at].kind.is_cjk() && self.item_ending(at, self.s.lx.marks.once_before).is_some()
    }

    /// Nothing but a bullet or number stands before a token in its line.
    fn opens_line(&self, at: usize) -> bool {
        let t = |i: usize| &self.s.tokens[i];
        t(at).begins_line() || at > 0 && matches!(t(at - 1).kind, Kind::Dash | Kind::Other | Kind::Number) && t(at - 1).begins_line()
    }

    /// Goes back over honorifics.
    pub(super) fn honorifics_before(&self, mut at: usize) -> usize {
        let m = &self.s.lx.marks;
        for _ in 0..HONORIFICS {
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
}
