//! English offices that no list holds: a role and the body or field that completes it, in front of it or behind
//! (`Director of the Foreign Ministry's Department of Asian Affairs`, `Pacific Fleet Commander`), and what such a phrase is.

use super::chart::{Chart, Features, Item, joined, sign};
use super::people::vietnamese_name;
use crate::kind::Language;
use crate::lexicon::grammar::Symbols;
use crate::lexicon::{Lexicon, Marks, NONE16, NONE32, Strength, takes};
use crate::text::fold;
use crate::text::lines::Lines;
use crate::text::tokens::{Kind, Token};

/// Words that the name of a body has at most.
const LONGEST: usize = 18;
/// Words that stand before the last word of a body's name at most.
const LONGEST_PIECE: usize = 8;
/// Words before a role that belong to it at most.
const LONGEST_LEAD: usize = 4;

pub(crate) const ENGLISH: u8 = 1 << Language::En as u8;

/// What closes a name, so that capitals right behind it are another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Closed {
    No,
    /// A word for a field: `Affairs`, `Defence`.
    Field,
    /// A word for a body, or a listed body.
    Body,
}

/// Reads names of bodies in English.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a> {
    pub lx: &'a Lexicon,
    pub tokens: &'a [Token],
    pub chart: &'a Chart<'a>,
    /// Words in capitals behind a field are a part of the name: of a text or programme, which nobody's name follows.
    pub greedy: bool,
}

impl Reader<'_> {
    fn capital(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.kind == Kind::Word && t.is_capital())
    }

    /// `4th`, `12th`: where the number ends.
    fn ordinal(&self, at: usize) -> Option<usize> {
        let number = self.tokens.get(at).is_some_and(|t| t.kind == Kind::Number);
        self.chart.longest(at + 1, self.lx.marks.edition_after).filter(|i| number && i.languages & ENGLISH != 0).map(|i| i.end as usize)
    }

    /// Somebody's name, or a title or honorific, begins here: no name of a body goes on over it.
    pub(crate) fn stops(&self, at: usize) -> bool {
        let m = &self.lx.marks;
        let person = m.person | m.honorific | m.name_stop;
        let role = m.role_portfolio | m.role_full | m.role_country | m.role_organization | m.role_post | m.role_place | m.title;
        // A role before `of` may be the beginning of a name: `Chief of Staff`.
        let listed = |i: Item| i.symbols & role != 0 && (i.strength == Strength::Strong || i.symbols & m.role_organization == 0);
        self.chart.begins(at, person)
            || self.chart.signs(self.lx, at, sign::GIVEN_NAME)
            || self.family_in_capitals(at)
            || self.chart.at(at).any(listed) && !self.chart.begins(at, m.portfolio | m.body_head)
            || vietnamese_name(self.lx, self.tokens, self.chart, at).is_some_and(|e| e >= at + 3)
    }

    /// `NAGAFUJI Hideki`: a family name in capitals, and another name behind it.
    fn family_in_capitals(&self, at: usize) -> bool {
        let Some(t) = self.tokens.get(at) else { return false };
        let m = &self.lx.marks;
        let next = |n: &Token| n.kind == Kind::Word && n.is_capital() && !upper(n) && joined(n);
        let other = m.organization | m.ministry | m.ministry_word | m.place | m.nationality | m.mechanism | m.body_head | m.body_word;
        t.kind == Kind::Word && upper(t) && t.end - t.start >= 4 && self.tokens.get(at + 1).is_some_and(next) && !self.chart.begins(at, other)
    }

    /// End of one piece of a name: a listed name, or words in capitals up to the word that says what it is, and how far such
    /// a word or name closes it: what follows in capitals is another name.
    fn piece(&self, start: usize) -> Option<(usize, Closed)> {
        let m = &self.lx.marks;
        let (mut at, mut end, mut closed) = (start, start, None::<(usize, Closed)>);
        if let Some(behind) = self.ordinal(start) {
            at = behind;
        }
        let mut words = 0;
        while at < self.tokens.len() && at < start + LONGEST_PIECE {
            let t = &self.tokens[at];
            if at > start && !joined(t) && !(t.kind == Kind::Dash && t.gap == 0) || t.begins_line() && at > start {
                break;
            }
            if t.kind == Kind::Dash && words > 0 && self.capital(at + 1) && t.gap == 0 && self.tokens[at + 1].gap == 0 {
                at += 1;
                continue;
            }
            if !self.capital(at) {
                break;
            }
            let names = m.organization | m.ministry | m.ministry_word | m.body_word | m.place | m.portfolio | m.mechanism;
            let listed = self.chart.with(at, names).filter(|i| i.strength == Strength::Strong && i.languages & ENGLISH != 0).max_by_key(|i| i.end);
            if self.stops(at) && listed.is_none_or(|l| l.end < at as u32 + 2) {
                break;
            }
            if closed.is_some_and(|(_, c)| !self.goes_on(at, c)) {
                break;
            }
            if let Some(l) = listed {
                at = l.end as usize;
                if l.symbols & (m.organization | m.ministry | m.ministry_word | m.body_word) != 0 {
                    closed = Some((at, Closed::Body));
                } else if l.symbols & (m.portfolio | m.country) != 0 {
                    closed = Some((at, Closed::Field));
                }
            } else if let Some(head) = self.chart.with(at, m.body_head).filter(|h| h.languages & ENGLISH != 0).max_by_key(|h| h.end) {
                at = head.end as usize;
                closed = Some((at, Closed::Body));
            } else {
                // `… for International Affairs Namazu`: somebody's family name.
                if words > 0 && self.alone(at) && self.chart.begins(at, m.short) && !self.chart.signs(self.lx, at, sign::FIELD) {
                    break;
                }
                if self.chart.signs(self.lx, at, sign::FIELD) {
                    closed = Some((at + 1, Closed::Field));
                } else if words > 0 && self.chart.signs(self.lx, at, sign::FIRM) {
                    closed = Some((at + 1, Closed::Body));
                }
                at += 1;
            }
            words += 1;
            end = at;
        }
        if words == 0 {
            return None;
        }
        // `Coast Guard Region 3`
        let number = self.tokens.get(end).is_some_and(|t| t.kind == Kind::Number && joined(t) && t.end - t.start <= 2);
        if number && self.tokens.get(end + 1).is_none_or(|n| n.kind != Kind::Word || !n.is_capital() || !joined(n)) {
            closed = closed.map(|(at, c)| (if at == end { end + 1 } else { at }, c));
            end += 1;
        }
        Some(match closed {
            Some((_, Closed::Field)) if self.greedy => (end, Closed::Field),
            Some(closed) => closed,
            None => (end, Closed::No),
        })
    }

    /// Whether a word in capitals behind a closed name is a part of it.
    fn goes_on(&self, at: usize, closed: Closed) -> bool {
        let m = &self.lx.marks;
        self.leads_to_head(at)
            || closed == Closed::Field
                && (self.chart.begins(at, m.portfolio)
                    || self.chart.signs(self.lx, at, sign::FIELD)
                    || (self.greedy || self.alone(at)) && !self.names_somebody(at))
    }

    /// No other word in capitals stands behind this one: a name would have two.
    fn alone(&self, at: usize) -> bool {
        !self.capital(at + 1) || !joined(&self.tokens[at + 1])
    }

    /// A name that is likely somebody's begins here.
    fn names_somebody(&self, at: usize) -> bool {
        let m = &self.lx.marks;
        self.chart.begins(at, m.person | m.honorific | m.short | m.family_name)
            || self.chart.signs(self.lx, at, sign::GIVEN_NAME)
            || self.chart.with(at, m.title).any(|i| i.features.entity != NONE32)
    }

    /// Behind a word that closes a name another one follows, with nothing but capitals between: `Command Headquarters`.
    fn leads_to_head(&self, at: usize) -> bool {
        let head = |k: usize| {
            self.chart.signs(self.lx, k, sign::FIRM)
                || self.chart.with(k, self.lx.marks.body_head | self.lx.marks.body_word).any(|h| h.languages & ENGLISH != 0)
        };
        (at..self.tokens.len().min(at + 3)).take_while(|&k| self.capital(k) && joined(&self.tokens[k]) && (head(k) || !self.stops(k))).any(head)
    }

    /// End of a name of pieces: `Department of Planning and Investment`, `Defence Ministry's Department for Asia`.
    pub(crate) fn phrase(&self, start: usize) -> Option<(usize, Closed)> {
        let m = &self.lx.marks;
        let (mut end, mut closed) = self.piece(start)?;
        while end < start + LONGEST {
            let Some(t) = self.tokens.get(end).filter(|t| joined(t) || t.kind == Kind::Possessive) else { break };
            // `Communist Party of China (CPC) Central Committee`
            let letters = |k: usize| {
                self.tokens.get(k).is_some_and(|x| x.kind == Kind::Word && upper(x)) && self.tokens.get(k + 1).is_some_and(|x| x.kind == Kind::Close)
            };
            if t.kind == Kind::Open
                && letters(end + 1)
                && self.tokens.get(end + 3).is_some_and(joined)
                && self.leads_to_head(end + 3)
                && let Some((to, shut)) = self.piece(end + 3)
            {
                (end, closed) = (to, shut);
                continue;
            }
            let next = if t.kind == Kind::Possessive {
                end + 1
            } else if let Some(of) = self.chart.with(end, m.of).filter(|i| i.languages & ENGLISH != 0).max_by_key(|i| i.end) {
                of.end as usize
            } else if let Some(about) = self.chart.with(end, m.about).find(|i| i.languages & ENGLISH != 0) {
                self.chart.longest(about.end as usize, m.article).map_or(about.end, |a| a.end) as usize
            } else if let Some(and) = self
                .chart
                .with(end, m.and)
                .find(|i| i.languages & ENGLISH != 0)
                .filter(|a| closed != Closed::Body && !self.chart.begins(a.end as usize, m.country | m.nationality))
            {
                and.end as usize
            } else {
                break;
            };
            let fresh = self.tokens.get(next).is_some_and(joined) && !self.stops(next);
            let Some((to, shut)) = self.piece(next).filter(|_| fresh) else { break };
            (end, closed) = (to, shut);
        }
        Some((end, closed))
    }
}

/// Roles that a body or field can complete.
pub(crate) fn roles(m: &Marks) -> Symbols {
    m.role_organization | m.role_portfolio | m.role_full | m.role_place | m.role_post
}

/// Adds a title for each English role that a body or field completes which no list and no rule knows with it.
pub(crate) fn discover(lx: &Lexicon, tokens: &[Token], lines: &Lines, chart: &mut Chart) {
    let m = &lx.marks;
    let mut found: Vec<(usize, usize, Features)> = Vec::new();
    let r = Reader { lx, tokens, chart, greedy: false };
    // Roles of one word stand side by side.
    let mut last = (usize::MAX, usize::MAX);
    chart.each_of_all(roles(m), |role| {
        if role.languages & ENGLISH == 0 || role.features.role == NONE16 {
            return;
        }
        let (start, end) = (role.start as usize, role.end as usize);
        if !lines.english(start) || lines.upper(start) || tokens.get(end).is_none_or(|t| !joined(t)) {
            return;
        }
        let again = last == (start, end);
        last = (start, end);
        if let Some((to, body)) = behind(&r, role) {
            let f = Features { role: role.features.role, has_body: true, organization: body, country: named(&r, end, to), ..Features::default() };
            if !again || body != NONE32 {
                found.push((start, to, f));
            }
        }
        if let Some(from) = lead(&r, role).filter(|_| !again) {
            found.push((from, end, Features { role: role.features.role, has_body: true, ..Features::default() }));
        }
    });
    for (start, end, features) in found {
        // A listed title of these words, and what a rule has made of as many, says more.
        let known = |i: Item| {
            i.end as usize > end
                || i.end as usize == end
                    && (i.strength == Strength::Strong && (i.rule != NONE32 || features.organization == NONE32) || i.features.entity != NONE32)
        };
        if !chart.with(start, m.title).any(known) {
            chart.push(Item::new(start as u32, end as u32, m.title, ENGLISH, Strength::Strong, features));
        }
    }
}

/// The country that a phrase names last.
fn named(r: &Reader<'_>, from: usize, to: usize) -> u16 {
    let m = &r.lx.marks;
    let country = |at: usize| r.chart.with(at, m.country | m.ministry | m.organization).find(|i| i.end as usize <= to && i.features.country != NONE16);
    (from..to)
        .rev()
        .find_map(country)
        .filter(|i| r.lx.parties.get(usize::from(i.features.country)).is_some_and(|p| p.is_country))
        .map_or(NONE16, |i| i.features.country)
}

/// End of what completes a role behind it, and the listed body that it is, if it is one: `Director of National Intelligence`,
/// `Senior Fellow at the Lowy Institute`.
fn behind(r: &Reader<'_>, role: &Item) -> Option<(usize, u32)> {
    let (m, lx) = (&r.lx.marks, r.lx);
    let (start, end) = (role.start as usize, role.end as usize);
    let info = lx.roles.get(usize::from(role.features.role))?;
    let english = |i: &Item| i.languages & ENGLISH != 0;
    let of = r.chart.with(end, m.of).filter(english).max_by_key(|i| i.end);
    let at = || r.chart.sign(lx, end, sign::AT).filter(|_| info.takes & takes::ORGANIZATION != 0 && info.many);
    let joint = of.or_else(at)?;
    let from = joint.end as usize;
    if !r.tokens.get(from).is_some_and(joined) || r.stops(from) || r.chart.begins(from, m.nationality) {
        return None;
    }
    // `Foreign Minister of …` has its field; `Defense Undersecretary for Policy` has more to say.
    if role.symbols & m.role_full != 0 && !r.chart.with(end, m.about).any(|i| english(&i)) {
        return None;
    }
    let (to, closed) = r.phrase(from)?;
    // `chair of Malaysian Defense Minister …`: the words go on.
    let cut = closed == Closed::No && r.capital(to) && joined(&r.tokens[to]) && !r.names_somebody(to);
    if cut || of.is_none() && closed != Closed::Body {
        return None;
    }
    // `Governor of Akita`, `Ambassador to Japan`: rules put these together.
    let plain = |i: Item| i.end as usize == to && i.symbols & (m.place | m.country) != 0;
    if r.chart.at(from).any(plain) {
        return None;
    }
    // `Minister of Defence`: the field is known.
    let fields = m.portfolio | m.ministry | m.ministry_word;
    let abroad = |at: usize| r.chart.with(at, m.of).filter(english).any(|o| r.chart.with(o.end as usize, m.country).any(|c| c.end as usize == to));
    if r.chart
        .with(from, fields)
        .any(|i| (info.takes & takes::PORTFOLIO != 0 && i.end as usize == to) || i.symbols & m.portfolio != 0 && abroad(i.end as usize))
    {
        return None;
    }
    // `member of the Politburo of …`: a listed office says whose it is.
    let about = (end..to).any(|k| r.chart.with(k, m.about).any(|i| i.languages & ENGLISH != 0));
    let office = |i: Item| i.features.entity != NONE32 && i.strength == Strength::Strong && i.end as usize > end;
    if !about && r.chart.with(start, m.title).any(office) {
        return None;
    }
    // `the Ministry of National Defence's Foreign Relations Department`
    let listed = |k: usize| r.chart.with(k, m.organization).find(|i| i.features.entity != NONE32 && i.strength == Strength::Strong);
    let whole = listed(from).filter(|i| i.end as usize == to);
    let body = (from..to).rev().find_map(|k| listed(k).filter(|i| i.end as usize == to && k > from && r.chart.begins(k - 1, m.possessive)));
    let first = listed(from).filter(|i| {
        let of = r.chart.with(i.end as usize, m.of).filter(english).max_by_key(|i| i.end);
        of.is_some_and(|o| r.chart.with(o.end as usize, m.ministry).any(|x| x.end as usize == to))
    });
    Some((to, whole.or(body).or(first).map_or(NONE32, |i| i.features.entity)))
}

/// Where the words begin that stand before a role and complete it, with somebody's name or rank behind the role: `Defense
/// Undersecretary Irineo Espino`.
fn lead(r: &Reader<'_>, role: &Item) -> Option<usize> {
    let m = &r.lx.marks;
    let (start, end) = (role.start as usize, role.end as usize);
    let named = |at: usize| {
        let name = r.capital(at) && joined(&r.tokens[at]) && !r.chart.begins(at, m.body_head | m.place | m.organization | m.ministry | m.name_stop);
        name && (r.capital(at + 1) && joined(&r.tokens[at + 1]) || r.chart.begins(at, m.person | m.title))
    };
    if !named(end) || !joined(&r.tokens[start]) {
        return None;
    }
    // What a listed person holds says more.
    let held = |i: Item| {
        let role = |office: u32| r.lx.plays(&r.lx.entities[office as usize], role.features.role);
        r.lx.tenures_of(i.features.entity).iter().any(|t| role(t.office))
    };
    if r.chart.with(end, m.person).any(held) {
        return None;
    }
    let other =
        m.nationality | m.country | m.place | m.honorific | m.name_stop | m.former | m.acting | m.incoming | m.and | m.article | m.title | m.organization;
    let mut from = start;
    while from > 0 && start - from < LONGEST_LEAD && joined(&r.tokens[from]) && r.capital(from - 1) && !r.chart.begins(from - 1, other) {
        from -= 1;
    }
    let ends = (1..=4.min(from)).any(|b| r.chart.with(from - b, m.person).any(|i| i.end as usize > from - 1));
    let opens = from == 0 || r.tokens[from].begins_line() || matches!(r.tokens[from - 1].kind, Kind::Period | Kind::Stop);
    // `Party Secretary`: the word alone is that of too many offices.
    let same = |symbol: Symbols| r.chart.with(start, symbol).any(|i| i.end as usize == end);
    let vague = same(m.role_organization) && same(m.role_portfolio) && !r.chart.begins(from, m.portfolio);
    if vague {
        return None;
    }
    (from < start && !ends && (!opens || start - from >= 2 || r.chart.begins(from, m.portfolio))).then_some(from)
}

/// What has a field to which a second one can be joined.
pub(crate) fn wide(m: &Marks) -> Symbols {
    m.role_portfolio | m.role_full | m.ministry_word
}

/// `Minister of Foreign Affairs and International Cooperation`: a second field that no list joins to the first.
pub(crate) fn wide_fields(lx: &Lexicon, tokens: &[Token], chart: &mut Chart) {
    let m = &lx.marks;
    let mut found = Vec::new();
    {
        let r = Reader { lx, tokens, chart, greedy: false };
        for i in chart.all(wide(m)).filter(|i| i.languages & ENGLISH != 0 && i.features.portfolio != NONE16) {
            let end = i.end as usize;
            let Some(and) = chart.with(end, m.and).find(|a| a.languages & ENGLISH != 0 && joined(&tokens[end])) else { continue };
            let from = and.end as usize;
            let other = m.place | m.organization | m.ministry | m.ministry_word | m.mechanism | m.nationality | m.body_head | m.body_word | m.party;
            // `Foreign Minister and …`, `Ministers of Foreign Affairs and Defence`
            let last = (i.start as usize + 1..end).any(|k| chart.with(k, m.portfolio).any(|p| p.end as usize == end));
            let many = (i.start as usize..end).any(|k| chart.begins(k, m.plural_title));
            if !last || many {
                continue;
            }
            if !r.capital(from) || !joined(&tokens[from]) || r.stops(from) || chart.begins(from, other) {
                continue;
            }
            // A field's name ends the phrase; a word of two at least where none does.
            let mut to = from;
            while r.capital(to) && (to == from || joined(&tokens[to])) && to < from + 4 && !r.stops(to) && !chart.begins(to, m.country) {
                to += 1;
            }
            let known = chart.with(from, m.portfolio).map(|p| p.end as usize).max();
            let to = known.unwrap_or(to);
            let of = chart.with(to, m.of).any(|o| chart.begins(o.end as usize, m.country));
            let behind = tokens.get(to).is_none_or(|t| !joined(t) || t.kind != Kind::Word || !t.is_capital());
            let more = chart.with(to, m.and).any(|a| a.languages & ENGLISH != 0);
            if to > from && !more && (known.is_some() || of || behind && i.symbols & m.ministry_word == 0) {
                found.push((i.start, to as u32, *i));
            }
        }
    }
    for (start, end, i) in found {
        if chart.with(start as usize, i.symbols).any(|x| x.end >= end && x.symbols & i.symbols == i.symbols) {
            continue;
        }
        chart.push(Item::new(start, end, i.symbols, i.languages, i.strength, i.features));
    }
}

/// `Supreme People's Court of Laos`, where the list has that of another country.
pub(crate) fn bodies_abroad(lx: &Lexicon, tokens: &[Token], chart: &mut Chart) {
    let m = &lx.marks;
    let mut found = Vec::new();
    chart.each_of_all(m.organization, |i| {
        if i.languages & ENGLISH == 0 || i.strength != Strength::Strong || i.features.country == NONE16 {
            return;
        }
        let end = i.end as usize;
        if !tokens.get(end).is_some_and(joined) || !lx.parties.get(usize::from(i.features.country)).is_some_and(|p| p.is_country) {
            return;
        }
        let of = chart.with(end, m.of).filter(|o| o.languages & ENGLISH != 0).max_by_key(|o| o.end);
        let Some(land) = of.and_then(|o| chart.longest(o.end as usize, m.country)) else { return };
        let inside = (i.start..i.end).any(|t| chart.with(t as usize, m.country).any(|c| c.end <= i.end && c.features.country == i.features.country));
        if land.features.country != i.features.country && !inside {
            found.push((i.start, land.end, land.features.country));
        }
    });
    found.dedup();
    for (start, end, country) in found {
        if !chart.with(start as usize, m.organization).any(|x| x.end >= end) {
            chart.push(Item::new(start, end, m.organization, ENGLISH, Strength::Strong, Features { country, ..Features::default() }));
        }
    }
}

/// The letters of a word are all capitals.
pub(crate) fn upper(t: &Token) -> bool {
    t.flags & fold::UPPER != 0
}
