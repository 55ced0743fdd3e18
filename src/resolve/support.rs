//! Which readings of the chart have enough to stand on.

use super::choose::{Candidate, Lost, Reason, Support};
use super::office::Title;
use super::survey::Readings;
use super::{Resolver, parted_near};
use crate::compose::chart::{Features, Item, joined, sign};
use crate::compose::people::{Person, behind_bracket};
use crate::kind::{Kind, Language};
use crate::lexicon::{NONE16, NONE32, Strength, TenureInfo, takes};
use crate::text::fold;
use crate::text::tokens::{Kind as TokenKind, Token, gap};

/// A mechanism's name in lower case of this many words needs nothing more.
const LONG_NAME: u32 = 5;
/// Tokens between a title and a name behind it, over a comma or bracket, at most.
const FARTHEST_NAME: usize = 6;

/// The people of a text, and the number of one of them who stands near.
type Near<'p> = (&'p [Person], usize);

impl Resolver<'_> {
    /// Every reading that may become a mention, by their starts. `lost` takes the others, where reasons are wanted.
    pub(super) fn candidates(&self, people: &[Person], out: &mut Vec<Candidate>, lost: &mut Vec<Lost>) {
        out.clear();
        let (tokens, items, classes) = (self.s.tokens, &self.s.chart.items[..], &self.survey.classes);
        // Where the next person begins.
        let begins = |n: usize| people.get(n).map_or(usize::MAX, |p| p.start);
        let (mut next_person, mut person) = (0, begins(0));
        for &reading in &self.survey.readings.all {
            let (i, short) = (&items[Readings::item(reading)], Readings::is_short(reading));
            let token = i.start as usize;
            while person <= token {
                out.push(Candidate::person(next_person, &people[next_person]));
                next_person += 1;
                person = begins(next_person);
            }
            let first = &tokens[token];
            let kind = if short { Kind::Place } else { classes.kind(i).map_or(Kind::Place, |kind| self.makes(i, kind)) };
            // The one of the same span and kind, which stays, but for a better source.
            let twin = if out.last().is_some_and(|last| last.start == i.start) { twin(out, i, kind) } else { None };
            let may_be_better = |old: &Candidate| {
                let listed = i.features.entity != NONE32 || short;
                listed && !old.listed || kind == Kind::Organization && first.kind.is_cjk() || self.explain
            };
            if twin.is_some_and(|n| !may_be_better(&out[n])) {
                continue;
            }
            // Most are listed under names of their own, and need no look around.
            let alone = !short && self.stands_alone(i, kind, first);
            if alone && twin.is_none() {
                // Written where it stays: to be moved it would have to be read before it is written in full.
                out.push(self.read_as(i, kind, first, i.features.entity != NONE32, Support::Itself));
                continue;
            }
            let c = if short {
                Candidate { start: i.start, end: i.end, source: i.id, listed: true, ..Candidate::of(Kind::Place) }
            } else if alone {
                self.read_as(i, kind, first, i.features.entity != NONE32, Support::Itself)
            } else {
                let Some(c) = self.doubtful(i, kind, first, (people, next_person), lost) else { continue };
                c
            };
            match twin {
                Some(n) => self.instead(&mut out[n], c, lost),
                None => out.push(c),
            }
        }
        for (n, p) in people.iter().enumerate().skip(next_person) {
            out.push(Candidate::person(n, p));
        }
    }

    /// What an item is read as.
    #[inline]
    fn read_as(&self, i: &Item, kind: Kind, first: &Token, listed: bool, support: Support) -> Candidate {
        Candidate {
            start: i.start,
            end: i.end,
            kind,
            source: i.id,
            first: false,
            listed,
            entity: i.features.entity,
            apart: kind == Kind::Mechanism && self.apart(i),
            cjk: first.kind.is_cjk(),
            support,
        }
    }

    /// A strong name that no word around it can take anything from: what [`Resolver::stands`] says of most names, at one look.
    #[inline]
    fn stands_alone(&self, i: &Item, kind: Kind, first: &Token) -> bool {
        let (m, chart) = (&self.s.lx.marks, self.s.chart);
        let start = i.start as usize;
        let part_of_word = || self.survey.is_within_word(start);
        let listed = i.features.entity != NONE32;
        i.strength == Strength::Strong
            && match kind {
                Kind::Organization => {
                    let word = || !listed && i.features.country == NONE16 && chart.begins(start, m.government_of);
                    first.is_capital() && !part_of_word() && !word()
                }
                Kind::Title => (i.rule == NONE32 || !self.s.english && !first.kind.is_cjk()) && !part_of_word(),
                Kind::Initiative => listed,
                Kind::Mechanism | Kind::Agreement => listed || i.features.family != NONE16 && !i.features.parties[..2].contains(&NONE16),
                Kind::Ministry => start == 0 || !chart.begins(start - 1, m.not_a_ministry),
                Kind::Place => {
                    let quiet = first.flags & fold::UPPER == 0 && !first.kind.is_cjk() && !i.bare;
                    quiet && (i.end > i.start + 1 || !chart.begins(start, m.common_word)) && (start == 0 || !chart.begins(start - 1, m.sign))
                }
                Kind::Person => false,
            }
    }

    /// A reading that stands if the words around it say so.
    #[inline(never)]
    fn doubtful(&self, i: &Item, kind: Kind, first: &Token, people: Near<'_>, lost: &mut Vec<Lost>) -> Option<Candidate> {
        let support = self.stands(i, kind, people);
        if support.is_none() && !self.explain {
            return None;
        }
        let listed = i.features.entity != NONE32 && (kind != Kind::Organization || i.strength == Strength::Strong);
        let c = self.read_as(i, kind, first, listed, support.unwrap_or(Support::Itself));
        if support.is_none() {
            lost.push(Lost { candidate: c, to: None, reason: Reason::Unsupported });
            return None;
        }
        Some(c)
    }

    /// A reading in the place of another one of its span and kind, where it is the better one.
    #[inline(never)]
    fn instead(&self, old: &mut Candidate, c: Candidate, lost: &mut Vec<Lost>) {
        // A listed entity is the better source of two readings of one span.
        let (mut better, shared) = (c.listed && !old.listed, c.kind == Kind::Organization && c.cjk);
        if shared && self.is_theirs(&c) != self.is_theirs(old) {
            better = self.is_theirs(&c);
        }
        if self.explain && c.kind != Kind::Title && c.entity != NONE32 && old.entity != NONE32 && c.entity != old.entity {
            let (winner, loser) = if better { (&c, &*old) } else { (&*old, &c) };
            lost.push(Lost::to(loser, winner, Reason::Twin));
        }
        if better {
            *old = c;
        }
    }

    /// What an item is: a family says what it makes, a channel or a text.
    #[inline]
    fn makes(&self, i: &Item, kind: Kind) -> Kind {
        let family = if kind == Kind::Mechanism && i.features.entity == NONE32 { i.features.family } else { NONE16 };
        if family == NONE16 { kind } else { self.s.lx.families[usize::from(family)].makes }
    }

    /// A mechanism that can stand inside another one's name: behind `of`, or an abbreviation.
    fn apart(&self, i: &Item) -> bool {
        let (start, m) = (i.start as usize, &self.s.lx.marks);
        let family = self.s.lx.entities.get(i.features.entity as usize).map_or(i.features.family, |e| e.family);
        let upper = || self.s.tokens[start].flags & fold::UPPER != 0 && i.end - i.start <= 2;
        let of = || self.s.chart.ends(start, 3, m.of);
        family == NONE16 && (upper() || of())
    }

    /// The line of this token is in English. Most texts have no such line.
    pub(super) fn english(&self, token: usize) -> bool {
        self.s.english && self.s.lines.english(token)
    }

    /// A name begins at a token, or behind a bracket or a comma there.
    fn leads_to_name(&self, (people, near): Near<'_>, at: usize) -> bool {
        let behind = &people[parted_near(people, near, |p| p.start < at)..];
        behind.iter().take_while(|p| p.start <= at + FARTHEST_NAME).any(|p| p.start == at || self.over_bracket(p) == Some(at) || self.over_comma(p) == Some(at))
    }

    /// `Captain (Navy) Sato Kenji`: where the bracket opens.
    fn over_bracket(&self, p: &Person) -> Option<usize> {
        let close = p.start > 0 && self.s.tokens[p.start - 1].kind == TokenKind::Close;
        (3..=5.min(p.start)).filter(|_| close).map(|b| p.start - b).find(|&at| behind_bracket(self.s, at) == Some(p.start))
    }

    /// `its Commander, Major General Bui Van Long`, `its Chairman, Mr. Nozaki Takao`: where the comma stands.
    fn over_comma(&self, p: &Person) -> Option<usize> {
        let (s, lx) = (self.s, self.s.lx);
        let m = &lx.marks;
        let rank = |i: &Item| lx.entities.get(i.features.entity as usize).is_some_and(|e| e.sort == crate::lexicon::Sort::Rank);
        let address = |i: Item| i.end as usize == p.start && (i.symbols & m.honorific != 0 || rank(&i));
        let first = (1..=5.min(p.start)).rev().map(|b| p.start - b).find(|&at| s.chart.with(at, m.title | m.honorific).any(address))?;
        let comma = first.checked_sub(1)?;
        (s.tokens[comma].kind == TokenKind::Comma && self.english(comma) && comma > 0 && its(s, comma)).then_some(comma)
    }

    /// A name in kanji or kana ends at a token.
    fn ends_name(&self, (people, near): Near<'_>, at: usize) -> bool {
        let last = parted_near(people, near, |p| p.start < at).checked_sub(1);
        last.is_some_and(|p| people[p].end == at && self.s.tokens[people[p].start].kind.is_cjk())
    }

    /// A dot, and letters before it without a space: `SGGP.VN`.
    fn ends_address(&self, start: usize) -> bool {
        let t = &self.s.tokens;
        start >= 2
            && t[start].flags & fold::UPPER != 0
            && t[start].gap == 0
            && t[start - 1].kind == TokenKind::Period
            && t[start - 1].gap == 0
            && t[start - 2].kind == TokenKind::Word
            && t[start - 2].end - t[start - 2].start >= 2
    }

    /// Capitals right before a word, or `of` behind it, belong to it.
    fn part_of_phrase(&self, start: usize, end: usize) -> bool {
        let (s, m) = (self.s, &self.s.lx.marks);
        let before =
            start > 0 && joined(&s.tokens[start]) && s.tokens[start - 1].is_capital() && !s.layout.opens(start - 1) && !s.chart.begins(start - 1, m.name_stop);
        before && !s.chart.ends(start, 4, m.country | m.nationality | m.title) || s.tokens.get(end).is_some_and(|t| joined(t) && s.chart.begins(end, m.of))
    }

    /// In English: the end of another title, or a part of another office.
    fn is_part_of_title(&self, i: &Item) -> bool {
        let (start, end) = (i.start as usize, i.end as usize);
        // `First Secretary, Embassy of Japan`: the role is the end of another one.
        let ends = i.rule != NONE32 && self.ends_another(start, end);
        // `Party Secretary`, `Secretary of DFAT`
        let part = || i.strength != Strength::Strong && i.features.entity == NONE32 && self.part_of_phrase(start, end);
        (ends || part()) && self.english(start)
    }

    /// A listed title that begins before this one reaches into it.
    fn ends_another(&self, start: usize, end: usize) -> bool {
        let title = self.s.lx.marks.title;
        let other = |i: &Item| i.features.entity != NONE32 && i.strength == Strength::Strong && i.end as usize > start && (i.end as usize) < end;
        (start.saturating_sub(3)..start).any(|t| self.s.chart.laid(t, title).any(other))
    }

    /// What a reading has to stand on; `None` where it has too little.
    fn stands(&self, i: &Item, kind: Kind, people: Near<'_>) -> Option<Support> {
        let s = self.s;
        let m = &s.lx.marks;
        let (start, end) = (i.start as usize, i.end as usize);
        let strong = i.strength == Strength::Strong;
        let or = |is: &dyn Fn() -> bool, support: Support| if strong { Some(Support::Itself) } else { is().then_some(support) };
        let named = || self.survey.is_named(&s.chart.items, i.features.entity);
        // A longer word that begins before it reaches so far.
        let whole_to = |end: usize| {
            let reaches = |t: usize| s.chart.with(t, m.whole_word).any(|w| w.end as usize >= end);
            self.survey.is_within_word(start) && s.chart.begun(start, 3, m.whole_word).any(reaches)
        };
        match kind {
            Kind::Place if s.tokens[start].kind.is_cjk() && self.survey.short_country(s, start).is_some_and(|c| c < end) => None,
            Kind::Place if end - start == 1 && s.chart.begins(start, m.common_word) && !self.in_sides(start) && !self.is_country_word(i) => None,
            // `Chị Nga`, `Ông Đức`: somebody is called so.
            Kind::Place if end - start == 1 && s.chart.begins(start, m.common_word) && self.called(start) => None,
            // `Le Thanh Do` is not in Chengdu.
            Kind::Place if i.bare && start > 0 && joined(&s.tokens[start]) && s.tokens[start - 1].is_capital() && s.chart.begins(start - 1, m.family_name) => {
                None
            }
            // `USS Ronald Reagan`, `JS Ise`
            Kind::Place if start > 0 && s.chart.begins(start - 1, m.sign) && s.chart.signs(s.lx, start - 1, sign::SHIP) && joined(&s.tokens[start]) => None,
            // `TTH.VN`: the end of an address.
            Kind::Place if self.ends_address(start) => None,
            Kind::Ministry if (!s.tokens[start].is_capital() || s.lines.upper(start)) && start > 0 => {
                (!s.chart.begins(start - 1, m.not_a_ministry)).then_some(Support::Itself)
            }
            // `liên Chính phủ`
            Kind::Organization if whole_to(start + 1) => None,
            // `các tỉnh ủy`: any of them.
            Kind::Organization if !s.tokens[start].is_capital() && s.chart.with(start, m.lone_body).any(|x| x.end == i.end) => None,
            // `Thủ tướng Chính phủ`: a part of the title.
            Kind::Organization if self.bare_word(i) && self.ends_title(start, end) => None,
            Kind::Organization if strong || named() && !self.glued(start, end) => or(&|| true, Support::InFull),
            Kind::Organization if s.tokens[start].kind.is_cjk() && self.body_around(start, end, i.features.country) => Some(Support::WordsAround),
            Kind::Organization => self.weak_body(start, end).then_some(Support::Capitals),
            Kind::Title if whole_to(end) => None,
            Kind::Title if self.s.english && self.is_part_of_title(i) => None,
            // `共産党書記` of `共産党書記長`
            Kind::Title if i.rule != NONE32 && s.tokens[start].kind.is_cjk() && self.goes_on_as_title(start, end) => None,
            Kind::Title => {
                // `艦長の大久保2佐`
                let of = || s.tokens[start].kind.is_cjk() && s.chart.longest_end(end, m.of).is_some_and(|behind| self.leads_to_name(people, behind));
                or(&|| self.leads_to_name(people, end) || of() || self.ends_name(people, start), Support::Holder)
            }
            Kind::Mechanism | Kind::Agreement if i.features.family != NONE16 && i.features.entity == NONE32 => {
                let sides = i.features.sides().count();
                let capital = s.tokens[start..end].iter().any(|t| t.is_capital() || t.kind.is_cjk());
                let family = &s.lx.families[usize::from(i.features.family)];
                // `a comprehensive strategic partnership`: in English three words in small letters are enough where there are two sides.
                let small = end - start >= 3 && self.english(start) && kind == Kind::Mechanism && !family.needs_parties && self.speaks_of_two();
                let enough = sides >= 2 || capital && !family.needs_parties || small || i.end - i.start >= LONG_NAME;
                if strong {
                    enough.then_some(Support::Itself)
                } else if sides >= 1 {
                    Some(Support::Sides)
                } else if self.survey.families.has(usize::from(i.features.family)) {
                    Some(Support::InFull)
                } else {
                    self.speaks_of_two().then_some(Support::TwoCountries)
                }
            }
            // `東海` is a region at home, and the sea for a Vietnamese paper.
            Kind::Place if !strong && s.tokens[start].kind.is_cjk() && self.abroad() => Some(Support::ForeignPaper),
            _ => or(&named, Support::InFull),
        }
    }

    /// A country's name that is also a word or a syllable of names: at the beginning of a sentence it takes the country
    /// elsewhere in the text, or a small word behind it; behind a syllable in capitals it is somebody's name.
    fn is_country_word(&self, i: &Item) -> bool {
        let s = self.s;
        let m = &s.lx.marks;
        let (start, end) = (i.start as usize, i.end as usize);
        let t = &s.tokens[start];
        // `Mỹ Đình`, `Đức Cơ`: the first syllable of some place; `Anh Nguyễn Văn Nam`.
        let next = s.tokens.get(end).filter(|n| n.kind == TokenKind::Word && joined(n) && n.is_capital() && n.flags & fold::SYLLABLE != 0);
        if next.is_some() && t.flags & fold::UPPER == 0 {
            let quiet = m.family_name | m.short | m.common_word | m.name_particle;
            let unknown = s.chart.at(end).all(|x| x.symbols & !quiet == 0);
            let holder = s.chart.begins(end, m.person) || s.chart.begun(start, 6, m.title).any(|t| s.chart.with(t, m.title).any(|x| x.end as usize >= start));
            let family = s.chart.begins(end, m.family_name) && s.chart.begins(start, m.honorific);
            if unknown && !holder && (family || !s.chart.begins(end, m.family_name)) {
                return false;
            }
        }
        if s.layout.opens(start) {
            let elsewhere = self.survey.is_inside(s.lx, i.features.country);
            let small = s.tokens.get(end).is_some_and(|n| n.kind == TokenKind::Word && joined(n) && !n.is_capital());
            return small && (elsewhere || !s.chart.begins(start, m.shy_word)) || elsewhere && !s.chart.begins(start, m.shy_word);
        }
        let before = &s.tokens[start - 1];
        let name = before.kind == TokenKind::Word && before.is_capital() && before.flags & fold::UPPER == 0 && before.flags & fold::SYLLABLE != 0 && joined(t);
        let known =
            |b: usize| s.chart.at(start - b).any(|x| x.end as usize == start && x.symbols & !(m.family_name | m.short | m.common_word | m.compound) != 0);
        !name || (1..=6.min(start)).any(known)
    }

    /// A word for man or woman stands before a name: `Bà Mỹ`; and not the other country of `Anh Mỹ`.
    fn called(&self, start: usize) -> bool {
        let s = self.s;
        start > 0 && joined(&s.tokens[start]) && s.chart.sign(s.lx, start - 1, sign::CALLED).is_some_and(|i| i.end as usize == start)
    }

    /// The word for government, alone.
    pub(super) fn bare_word(&self, i: &Item) -> bool {
        let m = &self.s.lx.marks;
        let (start, government) = (i.start as usize, m.government_of);
        let open = i.features.entity == NONE32 && i.features.country == NONE16 && self.s.chart.begins(start, government);
        open && self.s.chart.with(start, government).any(|x| x.end == i.end)
    }

    /// A listed or composed title that begins before `start` ends at `end`.
    fn ends_title(&self, start: usize, end: usize) -> bool {
        let title = self.s.lx.marks.title;
        self.s.chart.begun(start, 8, title).any(|at| self.s.chart.with(at, title).any(|t| t.end as usize == end && t.strength == Strength::Strong))
    }

    /// The text speaks of two countries at least: a channel between them may go by its short name.
    fn speaks_of_two(&self) -> bool {
        self.cx.several_lands
    }

    /// Whose a body is whose name others share: that of the title it opens, the country right before it, a foreign paper's own.
    fn whose_body(&self, start: usize, end: usize) -> u16 {
        let (s, lx) = (self.s, self.s.lx);
        let m = &lx.marks;
        let title = s.chart.with(start, m.title).filter(|t| t.end as usize > end && t.strength == Strength::Strong);
        let office = title.filter_map(|t| lx.entities.get(t.features.entity as usize)).map(|e| e.country).find(|&c| c != NONE16);
        let of = (1..=2.min(start)).map(|b| start - b).find(|&a| s.chart.with(a, m.of).any(|i| i.end as usize == start)).unwrap_or(start);
        let country = |t: usize| s.chart.with(t, m.country).find(|i| i.end as usize == of).map(|i| i.features.country);
        let before = || s.chart.begun(of, 12, m.country).find_map(country);
        let abroad = self.cx.jp != NONE16 && self.cx.jp != self.cx.home;
        office.or_else(before).unwrap_or(if abroad { self.cx.home } else { NONE16 })
    }

    /// A text in Japanese whose home is another country.
    fn abroad(&self) -> bool {
        self.cx.home != NONE16 && self.cx.jp != NONE16 && self.cx.jp != self.cx.home
    }

    fn is_theirs(&self, c: &Candidate) -> bool {
        let country = self.s.lx.entities.get(c.entity as usize).map_or(NONE16, |e| e.country);
        country != NONE16 && self.whose_body(c.start as usize, c.end as usize) == country
    }

    /// A body under a weak name in Japanese: of the country that the words around name, or of the foreign one named last
    /// before in the paragraph.
    fn body_around(&self, start: usize, end: usize, country: u16) -> bool {
        let whose = self.whose_body(start, end);
        if whose != NONE16 || country == NONE16 {
            return whose == country && country != NONE16;
        }
        let n = self.cx.foreign.partition_point(|&(t, _)| (t as usize) < start);
        let near = n.checked_sub(1).map(|n| self.cx.foreign[n]).filter(|f| self.s.layout.paragraph(f.0 as usize) == self.s.layout.paragraph(start));
        near.is_some_and(|f| f.1 == country)
    }

    /// A longer title begins inside this one and ends behind it, with no space between.
    fn goes_on_as_title(&self, start: usize, end: usize) -> bool {
        let s = self.s;
        let glued = s.tokens.get(end).is_some_and(|t| t.kind == TokenKind::Kanji && t.gap == 0);
        let title = |i: &Item| i.end as usize > end && i.rule == NONE32 && i.strength != Strength::Never;
        glued && (start + 1..end).any(|k| s.chart.laid(k, s.lx.marks.title).any(title))
    }

    /// Kanji stand right before or behind a name of one or two: `共同` in `共同声明`.
    fn glued(&self, start: usize, end: usize) -> bool {
        let kanji = |i: usize| self.s.tokens[i].kind == TokenKind::Kanji;
        let next = end < self.s.tokens.len() && kanji(end) && self.s.tokens[end].gap == 0;
        end - start <= 2 && kanji(start) && (next || start > 0 && kanji(start - 1) && self.s.tokens[start].gap == 0)
    }

    fn in_sides(&self, token: usize) -> bool {
        let m = &self.s.lx.marks;
        self.s.chart.begins(token, m.sides)
    }

    /// A body under a name that others share: capitalised inside a sentence, or in a byline.
    fn weak_body(&self, start: usize, end: usize) -> bool {
        let s = self.s;
        if s.tokens[start].kind.is_cjk() {
            // `【ハノイ時事】`, `(共同)`, `【ハノイ時事＝小暮悠】`
            let close = s.tokens.get(end).is_some_and(|t| t.kind == TokenKind::Close || t.gap & gap::KANA_MARK != 0);
            return close && (1..=8.min(start)).any(|b| s.tokens[start - b].kind == TokenKind::Open);
        }
        if !s.tokens[start].is_capital() || s.lines.upper(start) {
            return false;
        }
        let byline = start > 0 && matches!(s.tokens[start - 1].kind, TokenKind::Open | TokenKind::Slash | TokenKind::Colon);
        byline || end - start >= 2 && !s.layout.opens(start) && s.tokens[start].gap & gap::QUOTE == 0
    }

    /// A title that says too little by itself: a role without its complement, or one of many.
    pub(crate) fn is_bare(&self, title: Title<'_>) -> bool {
        let (s, Title { start, end, items }) = (self.s, title);
        let lx = s.lx;
        let m = &lx.marks;
        // `10 ngoại trưởng`, but not the end of a date.
        let number = |i: usize| s.tokens[i].kind == TokenKind::Number && s.tokens[i].end - s.tokens[i].start <= 2;
        let date = |i: usize| matches!(s.tokens[i].kind, TokenKind::Dash | TokenKind::Slash | TokenKind::Period);
        let counted = start > 0 && number(start - 1) && !(start > 1 && date(start - 2)) && !s.tokens[start].begins_line() && !s.tokens[start].kind.is_cjk();
        let plural = || self.english(start) && s.chart.among(start..end, m.plural_title).next().is_some();
        let many = || s.chart.longest_end(end, m.many_nations).is_some_and(|behind| !s.chart.begins(behind, m.country));
        let bloc = || {
            let party = s.chart.laid(end, m.party).any(|i| i.symbols & m.country == 0);
            party && s.tokens.get(end).is_some_and(|t| t.gap & !gap::SPACE == 0)
        };
        // `外務次官級`
        if s.tokens[start].kind.is_cjk() && s.chart.begins(end, m.level) {
            return true;
        }
        let role = title.all(|i| i.features.role != NONE16);
        if role && (counted || plural() || many() || bloc()) {
            return true;
        }
        let generic = || s.chart.ends(start, 2, m.generic_before);
        // A word that is one office for sure and another perhaps is the sure one.
        let surest = items.iter().map(|i| i.strength).max();
        items.iter().filter(|i| Some(i.strength) == surest).all(|i| {
            let f = &i.features;
            if f.entity != NONE32 {
                return i.strength == Strength::Weak || lx.entities[f.entity as usize].sort == crate::lexicon::Sort::Post && !s.tokens[start].is_capital();
            }
            if f.role == NONE16 {
                return false;
            }
            let role = &lx.roles[usize::from(f.role)];
            // `các nước thành viên ASEAN`: a part of a body in small letters is no office.
            if role.takes & (takes::PORTFOLIO | takes::COUNTRY | takes::POST | takes::PLACE) == 0
                && role.many
                && !s.tokens[start].is_capital()
                && !s.tokens[start].kind.is_cjk()
            {
                return true;
            }
            let complete = f.country != NONE16 || f.organization != NONE32 || f.has_body || f.target != NONE16 || f.place != NONE32;
            if f.portfolio != NONE16 {
                return !complete && generic();
            }
            let needs = role.takes & takes::COUNTRY == 0 || !role.alone;
            if complete {
                return role.takes & takes::PORTFOLIO != 0 && !f.has_body;
            }
            needs || generic() || !s.tokens[start].is_capital() && !s.tokens[start].kind.is_cjk()
        })
    }

    /// `the prime minister` in small letters, in English: the one holder of whom the text has spoken.
    pub(crate) fn the_holder(&self, title: Title<'_>) -> bool {
        let (s, lx, start) = (self.s, self.s.lx, title.start);
        let the =
            start > 0 && s.chart.with(start - 1, lx.marks.edition_before).any(|i| i.end as usize == start && i.languages & (1 << Language::En as u8) != 0);
        let alone = |i: &Item| lx.roles.get(usize::from(i.features.role)).is_some_and(|r| r.alone) && i.features.entity == NONE32;
        the && self.english(start) && !s.tokens[start].is_capital() && title.all(alone)
    }

    /// `thành viên`, `chỉ huy trưởng`: a role of a body in small letters, without the body.
    pub(crate) fn is_part(&self, title: Title<'_>) -> bool {
        let start = title.start;
        let t = &self.s.tokens[start];
        let small = t.flags & fold::CASED != 0 && !t.is_capital() && !self.english(start);
        small
            && title.all(|i| {
                let f = &i.features;
                let role = self.s.lx.roles.get(usize::from(f.role));
                role.is_some_and(|r| r.takes & (takes::PORTFOLIO | takes::COUNTRY | takes::POST) == 0) && !f.has_body && f.country == NONE16
            })
    }

    /// `cựu`, `nguyên` before a title that no name goes with.
    pub(crate) fn former_before(&self, start: usize) -> bool {
        self.s.chart.ends(start, 2, self.s.lx.marks.former)
    }

    /// Whether the words of a title can mean the office of a tenure.
    pub(crate) fn office_matches(&self, f: &Features, t: &TenureInfo) -> bool {
        self.can_mean(f, t).is_some()
    }
}

/// The number of the reading of this span and kind, among the last ones, which begin where it does.
#[inline]
fn twin(all: &[Candidate], i: &Item, kind: Kind) -> Option<usize> {
    let mut same_start = all.iter().enumerate().rev().take_while(|(_, o)| o.start == i.start);
    same_start.find(|(_, o)| o.end == i.end && o.kind == kind).map(|(n, _)| n)
}

/// A possessive pronoun stands a few words before a comma: `its Commander,`.
fn its(s: &crate::compose::people::Sight<'_>, comma: usize) -> bool {
    (2..=4.min(comma)).any(|b| s.chart.signs(s.lx, comma - b, sign::ITS))
}
