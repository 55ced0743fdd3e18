//! Names that nobody listed: a word that opens such a name (`Cục`, `Học viện`; `Hiệp định`, `Sáng kiến`) and the words that
//! complete it.
//!
//! Everywhere, the capitals behind the opening word complete it. Behind a role (`Vụ trưởng Vụ …`) everything up to the
//! name of the person, a comma or the end of the line does, where no word of a clause stands between.

use super::chart::{Chart, Features, Item, joined};
use super::people::vietnamese_name;
use crate::kind::Language;
use crate::lexicon::grammar::Symbols;
use crate::lexicon::{Lexicon, NONE32, Sort, Strength};
use crate::text::bits::{Bits, ones};
use crate::text::fold;
use crate::text::lines::Lines;
use crate::text::marked::Marked;
use crate::text::tokens::{Kind, Token};

/// Tokens that a name of a body has at most.
const LONGEST: usize = 18;

/// Tokens of a role at most before a word in it that opens names elsewhere.
const LONGEST_BEFORE: usize = 4;

/// What finding bodies writes down, in buffers that can be used again.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// Where roles begin and end that a body stands behind, as soon as somebody asked.
    starts: Bits,
    ends: Bits,
    /// What was found: its first token and that behind it, its languages and its kind.
    names: Vec<(usize, usize, u8, Symbols)>,
}

/// Adds an item for each name found that the chart does not hold yet: bodies, and channels, texts and schemes. They begin in capitals,
/// which are among the marked tokens.
pub(crate) fn discover(lx: &Lexicon, tokens: &[Token], lines: &Lines, marked: &Marked, chart: &mut Chart, found: &mut Found) {
    let m = &lx.marks;
    let Found { starts, ends, names } = found;
    let some = chart.has(m.role_organization);
    let mut roles = Roles { symbols: m.role_organization, some, starts, ends, is_read: !some };
    let heads = m.body_head | m.channel_head | m.text_head | m.scheme_head;
    names.clear();
    let words = chart.heads().words().iter().zip(marked.bold.words()).zip(marked.opens.words());
    for (word, ((&laid, bold), silent)) in words.enumerate() {
        for start in ones(word, laid & bold | silent) {
            if let Some(head) = chart.longest_word(start, heads, Language::Vi)
                && tokens[start].is_capital()
                && let Some(name) = begun_by(lx, tokens, lines, chart, start, head, &mut roles)
            {
                names.push(name);
            }
        }
    }
    for &(start, end, languages, kind) in &*names {
        chart.push(Item::new(start as u32, end as u32, kind, languages, Strength::Strong, Features::default()));
    }
}

/// The roles that a body stands behind.
struct Roles<'b> {
    symbols: Symbols,
    some: bool,
    starts: &'b mut Bits,
    ends: &'b mut Bits,
    is_read: bool,
}

impl Roles<'_> {
    fn read(&mut self, tokens: &[Token], chart: &Chart) {
        if !std::mem::replace(&mut self.is_read, true) {
            self.starts.reset(tokens.len());
            self.ends.reset(tokens.len());
            chart.each_of_all(self.symbols, |i| {
                self.starts.insert(i.start as usize);
                self.ends.insert(i.end as usize);
            });
        }
    }

    fn end_at(&self, at: usize) -> bool {
        self.some && self.ends.has(at)
    }

    /// Whether one that begins before a word goes on over its end.
    fn hold(&self, chart: &Chart, start: usize, end: usize) -> bool {
        let from = start.saturating_sub(LONGEST_BEFORE);
        self.some
            && self.starts.from(from) & !(u64::MAX << (start - from)) != 0
            && (from..start).any(|b| chart.laid(b, self.symbols).any(|i| i.end as usize > end))
    }
}

/// The name that a word opens which ends at `from`: with its languages and its kind.
fn begun_by(
    lx: &Lexicon,
    tokens: &[Token],
    lines: &Lines,
    chart: &Chart,
    start: usize,
    (from, languages, symbols): (usize, u8, Symbols),
    roles: &mut Roles<'_>,
) -> Option<(usize, usize, u8, Symbols)> {
    let m = &lx.marks;
    // `Phó Trưởng Ban Thường trực Ban …`: the word belongs to the role before it.
    roles.read(tokens, chart);
    // `HỘI KIẾN`: a verb; `(QUÂN) ĐỘI NHÂN DÂN`: the inside of a listed name.
    let upper = lines.upper_with(start, &tokens[start]);
    let verb = upper && chart.with(start, m.clause_word).any(|i| i.end as usize > from);
    let inside = upper
        && chart
            .begun(start, 3, m.organization | m.ministry)
            .any(|b| chart.laid(b, m.organization | m.ministry).any(|i| i.strength == Strength::Strong && i.end as usize > start));
    if verb
        || inside
        || roles.hold(chart, start, from)
        || from == start + 1 && (inside_name(lx, tokens, chart, start) || chart.laid(start, m.place).any(|i| i.end as usize > from))
    {
        return None;
    }
    let (kind, known) = if symbols & m.body_head != 0 {
        (m.organization, m.organization | m.ministry | m.mechanism | m.title | m.place)
    } else if symbols & m.channel_head != 0 {
        (m.mechanism, m.mechanism | m.family | m.organization | m.agreement | m.initiative)
    } else if symbols & m.text_head != 0 {
        (m.agreement, m.agreement | m.initiative | m.mechanism)
    } else {
        (m.initiative, m.initiative | m.agreement | m.mechanism)
    };
    let body = kind == m.organization;
    if !body && upper {
        return None;
    }
    let behind_role = body && roles.end_at(start);
    let whole = if behind_role { behind(lx, tokens, chart, start, from) } else { None };
    // `Hội nghị ADMM+`: the listed name is enough.
    if !body && chart.laid(from, kind | m.mechanism).any(|i| i.strength == Strength::Strong && i.rule == NONE32) {
        return None;
    }
    let about = !body || symbols & m.about_head != 0;
    let end = whole.or_else(|| capitals(lx, tokens, chart, start, from, about, upper))?;
    // A listed name goes on in capitals or a number only: `Đại sứ quán Nga cho`, `Học viện Quốc phòng tổ chức`.
    let listed = |i: &&Item| i.strength == Strength::Strong && (i.features.entity != NONE32 || i.rule != NONE32) && i.end as usize > from;
    let name = || chart.laid(start, m.organization).filter(listed).map(|i| i.end as usize).max();
    let small = |e: usize| tokens.get(e).is_some_and(|t| !t.is_capital() && t.kind == Kind::Word && !chart.begins(e, m.unit_number | m.and));
    if body && name().is_some_and(|e| e < end && small(e)) {
        return None;
    }
    // A listed name that is as long or longer is the better reading; one of a channel or text even where it is shorter.
    let listed =
        |i: &Item| if body || i.symbols & (kind | m.family) == 0 { i.end as usize >= end } else { i.strength == Strength::Strong && i.end as usize > from };
    if chart.laid(start, known).any(listed) {
        return None;
    }
    Some((start, end, languages, kind))
}

/// `Nguyễn Trường Sơn`: the word is a syllable of somebody's name.
fn inside_name(lx: &Lexicon, tokens: &[Token], chart: &Chart, at: usize) -> bool {
    let name = |i: usize| tokens[i].is_capital() && tokens[i].flags & fold::SYLLABLE != 0 && tokens[i].flags & fold::UPPER == 0;
    let joins = |i: usize| i > 0 && name(i - 1) && joined(&tokens[i]);
    let family = |i: usize| chart.begins(i, lx.marks.family_name);
    joins(at) && (family(at - 1) || joins(at - 1) && family(at - 2))
}

/// The whole stretch between a role and what it is the role of, and a person's name or a mark.
pub(super) fn behind(lx: &Lexicon, tokens: &[Token], chart: &Chart, start: usize, from: usize) -> Option<usize> {
    let m = &lx.marks;
    let role = m.role_portfolio | m.role_full | m.role_organization | m.honorific | m.ministry;
    let mut at = from;
    while at < tokens.len() && at < start + LONGEST {
        let t = &tokens[at];
        let word = matches!(t.kind, Kind::Word | Kind::Number | Kind::Dash);
        if !word || t.begins_line() {
            break;
        }
        if !joined(t) && at > from {
            return None;
        }
        let here = chart.perhaps_at(at);
        let begins = |symbols| here & symbols != 0 && chart.begins(at, symbols);
        if at == from
            && here & m.ministry != 0
            && let Some(ministry) = chart.longest(at, m.ministry)
        {
            // `Ban Chỉ đạo Bộ Quốc phòng về …`: whose body it is.
            at = ministry.end as usize;
            continue;
        }
        // `Thứ trưởng Thường trực Quốc phòng Singapore Chan Heng Kee`: behind a country comes somebody's name.
        let country = at > from && t.is_capital() && chart.ends(at, 4.min(at - from), m.country);
        if country && !begins(m.portfolio | m.body_tail | m.place | m.organization) {
            break;
        }
        let rank = || chart.laid(at, m.title).any(|i| lx.entities.get(i.features.entity as usize).is_some_and(|e| e.sort == Sort::Rank));
        if begins(m.person | role | m.concurrently | m.belongs)
            || at > from && here & m.title != 0 && rank()
            || here & m.and != 0 && and_leads_on(lx, chart, at)
            || here & m.family_name != 0 && vietnamese_name(lx, tokens, chart, at).is_some_and(|e| e >= at + 3)
        {
            break;
        }
        // A listed name inside may hold any word; otherwise a word of a clause says that this is no name.
        if here & (m.place | m.body_tail) != 0
            && let Some(known) = chart.with(at, m.place | m.body_tail).filter(|i| i.strength == Strength::Strong).max_by_key(|i| i.end)
        {
            at = known.end as usize;
            continue;
        }
        if t.kind == Kind::Word && t.is_capital() && t.flags & fold::SYLLABLE == 0 && t.flags & fold::UPPER == 0 {
            break;
        }
        if begins(m.clause_word) {
            return None;
        }
        at += 1;
    }
    let cut = at < start + LONGEST;
    // `cục trưởng Cục Cán bộ - thiếu tướng …`
    while at > from && tokens[at - 1].kind == Kind::Dash {
        at -= 1;
    }
    (at > from && cut).then_some(at)
}

/// `và` with a title, rank or other body behind it joins another phrase.
pub(super) fn and_leads_on(lx: &Lexicon, chart: &Chart, at: usize) -> bool {
    let m = &lx.marks;
    let other =
        m.title | m.role_portfolio | m.role_full | m.role_organization | m.role_country | m.body_head | m.honorific | m.person | m.organization | m.ministry;
    chart.with(at, m.and).any(|i| chart.begins(i.end as usize, other | m.delegation))
}

/// The end of two listed bodies or countries that `và` joins.
fn both(lx: &Lexicon, tokens: &[Token], chart: &Chart, at: usize) -> Option<usize> {
    let m = &lx.marks;
    let side = |at: usize| {
        let sides = chart.with(at, m.organization | m.ministry | m.country).filter(|i| i.strength == Strength::Strong);
        sides.max_by_key(|i| i.end).map(|i| i.end as usize).filter(|_| tokens.get(at).is_some_and(joined))
    };
    let and = chart.longest(side(at)?, m.and)?;
    side(and.end as usize)
}

/// End of the words in capitals, and of what goes on with them, from `from` on. With `about`, `về` opens what a text or
/// channel is about, in small letters too.
#[inline(never)]
fn capitals(lx: &Lexicon, tokens: &[Token], chart: &Chart, start: usize, from: usize, about: bool, upper: bool) -> Option<usize> {
    let m = &lx.marks;
    let stop = m.title | m.role_portfolio | m.role_full | m.honorific | m.person | m.name_stop;
    let mut at = from;
    let mut end = from;
    let mut capitals = 0;
    let mut opened = false;
    let next_capital = |i: usize| tokens.get(i).is_some_and(|n| n.kind == Kind::Word && n.is_capital() && joined(n));
    while at < tokens.len() && at < start + LONGEST {
        let t = &tokens[at];
        let here = chart.perhaps_at(at);
        if !joined(t) || upper && chart.begins(at, m.clause_word) {
            break;
        }
        let plain = here == 0 && !opened && !t.is_capital();
        if plain && !matches!(t.kind, Kind::Number | Kind::Dash) {
            break;
        }
        // Most is asked only where something begins.
        let longest = |symbols| if here & symbols != 0 { chart.longest_end(at, symbols) } else { None };
        if about
            && !opened
            && let Some(word) = longest(m.about)
        {
            opened = true;
            at = word;
            // `về tham gia hoạt động …`: a verb may open it.
            if let Some(verb) = chart.longest_end(at, m.clause_word) {
                at = verb;
            }
            continue;
        }
        // `TƯ` ends a name, `tư pháp` goes on with it.
        let stops = |i: Item| i.symbols & m.name_stop == 0 || !chart.with(at, m.body_tail).any(|x| x.end > i.end);
        if at > from && here & stop != 0 && chart.with(at, stop).any(stops)
            || here & m.family_name != 0 && vietnamese_name(lx, tokens, chart, at).is_some_and(|e| e >= at + 3)
        {
            break;
        }
        // `Trung tâm Chỉ huy Quốc phòng Nga Victor Kalganov`: behind a country comes somebody's name.
        let behind_country = || at > from && chart.ends(at, 4.min(at - from), m.country | m.ministry);
        if t.kind == Kind::Word && t.is_capital() && t.flags & fold::SYLLABLE == 0 && t.flags & fold::UPPER == 0 && behind_country() {
            break;
        }
        // `Bản ghi nhớ hợp tác giữa A và B`
        if about && !opened {
            let word = longest(m.body_tail).filter(|_| at == from).unwrap_or(at);
            if let Some(end) = chart.longest_end(word, m.between).and_then(|end| both(lx, tokens, chart, end)) {
                return Some(end);
            }
        }
        // `Hội Hữu nghị Việt Nam - Nhật Bản`, `Ban Chỉ đạo Bộ Quốc phòng`: a listed name is taken whole.
        let whole = m.country | m.ministry | if about { m.place | m.organization | m.party } else { 0 };
        if let Some(listed) = longest(whole) {
            at = listed;
            end = at;
            capitals += 1;
            continue;
        }
        // `tổ chức` and the like in small letters are verbs.
        let tail = longest(m.body_tail).filter(|tail| t.is_capital() || !chart.begins(at, m.clause_word) || *tail > at + 2);
        if let Some(tail) = tail.filter(|_| t.is_capital()) {
            at = tail;
            end = at;
            capitals += 1;
            continue;
        }
        if t.kind == Kind::Word && t.is_capital() {
            capitals += 1;
            at += 1;
            // The second syllable of a word is in small letters: `Trao đổi Quân y`.
            let small = |i: usize| tokens.get(i).is_some_and(|n| n.kind == Kind::Word && !n.is_capital() && n.flags & fold::SYLLABLE != 0 && joined(n));
            let free = |i: usize| !chart.begins(i, m.clause_word | m.body_tail | m.and | m.inside | m.of | m.about | m.with | m.between | m.copula);
            let closes = |i: usize| {
                next_capital(i) || chart.begins(i, m.body_tail | m.clause_word | m.and | m.province) || tokens.get(i).is_none_or(|n| n.kind != Kind::Word)
            };
            if t.flags & fold::SYLLABLE != 0 && small(at) && free(at) && closes(at + 1) {
                at += 1;
            }
            end = at;
            continue;
        }
        // `Sở Nội vụ tỉnh Hưng Yên`: a local body's name goes up to its place.
        let place = |behind: usize| chart.longest_end(behind, m.place).filter(|_| !tokens[behind].begins_line());
        if let Some(place) = longest(m.province).filter(|_| !about && capitals > 0).and_then(place) {
            return Some(place);
        }
        // `Bệnh viện dã chiến cấp 2 số 6`
        if let Some(counter) = longest(m.unit_number).filter(|&end| tokens.get(end).is_some_and(|n| n.kind == Kind::Number)) {
            at = counter + 1;
            end = at;
            capitals += 1;
            continue;
        }
        if at == from && !about {
            // The first words may be in small letters where a number follows: `Đội công binh số 1`.
            if let Some(to) = longest(m.body_tail).filter(|&to| chart.begins(to, m.unit_number) || tokens.get(to).is_some_and(|n| n.kind == Kind::Number)) {
                at = to;
                continue;
            }
        }
        if t.kind == Kind::Number && !about && (at == from || capitals > 0) {
            at += 1;
            end = at;
            capitals += 1;
            continue;
        }
        if t.kind == Kind::Dash && capitals > 0 && next_capital(at + 1) {
            at += 1;
            continue;
        }
        if let (true, Some(and)) = (capitals > 0 || opened, longest(m.and)) {
            // `và` goes on only where the name does.
            let next = and;
            let goes_on = next_capital(next) || chart.begins(next, m.body_tail) && !chart.begins(next, m.clause_word);
            if !goes_on || and_leads_on(lx, chart, at) {
                break;
            }
            at = next;
            continue;
        }
        if let Some(tail) = tail.filter(|_| capitals > 0 || opened) {
            at = tail;
            end = at;
            continue;
        }
        // `Hiệp định về quy chế quản lý biên giới`: small letters up to a word of a clause.
        let plain = opened && t.kind == Kind::Word && t.flags & fold::SYLLABLE != 0 && !chart.begins(at, m.clause_word | m.between | m.with);
        if !plain {
            break;
        }
        at += 1;
        end = at;
    }
    // Where a word is cut behind its first syllable, the name is not known.
    let cut = end > from
        && !opened
        && !chart.begins(end - 1, m.body_tail | m.country | m.place | m.ministry | m.organization)
        && tokens[end - 1].is_capital()
        && tokens[end - 1].flags & fold::SYLLABLE != 0
        && tokens.get(end).is_some_and(|t| t.kind == Kind::Word && joined(t) && !t.is_capital() && t.flags & fold::SYLLABLE != 0)
        && !chart.begins(end, m.clause_word | m.and | m.inside | m.of | m.about | m.with | m.between | m.copula | m.belongs | m.succeeds);
    if cut {
        return None;
    }
    let enough = if opened { end >= from + 3 } else { capitals > 0 };
    (enough && end > from).then_some(end)
}
