//! Bodies that nobody listed: a word that opens such a name (`Cục`, `Vụ`, `Học viện`) and the words that complete it.
//!
//! Everywhere, the capitals behind the opening word complete it. Behind a role (`Vụ trưởng Vụ …`) everything up to the
//! name of the person, a comma or the end of the line does, where no word of a clause stands between.

use super::chart::{Chart, Features, Item, joined};
use super::people::vietnamese_name;
use crate::lexicon::grammar::Symbols;
use crate::lexicon::{Lexicon, Strength};
use crate::text::fold;
use crate::text::tokens::{Kind, Token};

/// Tokens that a name of a body has at most.
const LONGEST: usize = 14;

/// Adds an item for each body found that the chart does not hold yet.
pub(crate) fn discover(lx: &Lexicon, tokens: &[Token], chart: &mut Chart) {
    let m = &lx.marks;
    let organization: Symbols = m.organization;
    let role = m.role_organization;
    let mut behind_role = vec![false; tokens.len() + 1];
    for i in chart.items.iter().filter(|i| i.symbols & role != 0) {
        behind_role[i.end as usize] = true;
    }
    let mut found = Vec::new();
    for start in 0..tokens.len() {
        if !tokens[start].is_capital() {
            continue;
        }
        let Some(head) = chart.longest(start, m.body_head) else { continue };
        let (from, languages) = (head.end as usize, head.languages);
        let whole = behind_role[start].then(|| behind(lx, tokens, chart, start, from)).flatten();
        let Some(end) = whole.or_else(|| capitals(lx, tokens, chart, start, from)) else { continue };
        // A listed name that is as long or longer is the better reading.
        if chart.at(start).any(|i| i.symbols & (organization | m.ministry | m.mechanism | m.title | m.place) != 0 && i.end as usize >= end) {
            continue;
        }
        found.push((start, end, languages));
    }
    for (start, end, languages) in found {
        chart.push(Item::new(start as u32, end as u32, organization, languages, Strength::Strong, Features::default()));
    }
}

/// Adds a title for a role with a field that no list holds: `Bộ trưởng Tư pháp và Nội vụ`, `Vụ trưởng Hợp tác quốc tế`.
pub(crate) fn discover_fields(lx: &Lexicon, tokens: &[Token], chart: &mut Chart) {
    let m = &lx.marks;
    let mut found = Vec::new();
    for i in chart.items.iter().filter(|i| i.symbols & (m.role_portfolio | m.role_organization) != 0 && i.strength == Strength::Strong) {
        let at = i.end as usize;
        let Some(t) = tokens.get(at) else { continue };
        let known = m.ministry | m.country | m.person | m.short | m.role_portfolio | m.role_organization | m.title | m.body_head | m.place | m.name_stop;
        if t.kind != Kind::Word || !t.is_capital() || !joined(t) || t.flags & fold::SYLLABLE == 0 || chart.begins(at, known) {
            continue;
        }
        if chart.at(at).any(|x| x.symbols & m.organization != 0 && x.strength == Strength::Strong) {
            continue;
        }
        // A listed field that nothing goes on from is enough.
        let listed = chart.longest(at, m.portfolio).map_or(at, |p| p.end as usize);
        let goes_on = listed == at || chart.begins(listed, m.and) && tokens.get(listed + 1).is_some_and(|n| n.is_capital() && n.flags & fold::SYLLABLE != 0);
        if !goes_on || vietnamese_name(lx, tokens, chart, at).is_some() {
            continue;
        }
        let Some(end) = behind(lx, tokens, chart, i.start as usize, at) else { continue };
        let named = (at..end).filter(|&k| tokens[k].kind == Kind::Word).count() >= 2 && end > listed;
        // The name of the minister must follow, or a mark: else the field may be anything.
        if named {
            found.push((i.start, end as u32, i.languages, i.features.role));
        }
    }
    for (start, end, languages, role) in found {
        let features = Features { role, has_body: true, ..Features::default() };
        chart.push(Item::new(start, end, m.title, languages, Strength::Strong, features));
    }
}

/// `các Bộ Công an, Kế hoạch và Đầu tư, Công Thương`: fields in a row behind one word for ministry.
pub(crate) fn ministries_in_a_row(lx: &Lexicon, tokens: &[Token], chart: &mut Chart) {
    let m = &lx.marks;
    let mut found: Vec<(u32, u32, u8, u16)> = Vec::new();
    let plural = |start: usize| start > 0 && chart.at(start - 1).any(|x| x.symbols & (m.generic_before | m.both_before) != 0 && x.end as usize == start);
    for i in chart.items.iter().filter(|i| i.symbols & m.ministry != 0 && plural(i.start as usize)) {
        let mut at = i.end as usize;
        for _ in 0..16 {
            let next = match tokens.get(at) {
                Some(t) if t.kind == Kind::Comma => at + 1,
                Some(_) => match chart.longest(at, m.and) {
                    Some(and) => and.end as usize,
                    None => break,
                },
                None => break,
            };
            let Some(field) = chart.longest(next, m.portfolio).filter(|f| tokens[f.start as usize].is_capital()) else { break };
            found.push((field.start, field.end, field.languages, field.features.portfolio));
            at = field.end as usize;
        }
    }
    for (start, end, languages, portfolio) in found {
        chart.push(Item::new(start, end, m.ministry, languages, Strength::Strong, Features { portfolio, has_ministry: true, ..Features::default() }));
    }
}

/// The whole stretch between a role and what it is the role of, and a person's name or a mark.
fn behind(lx: &Lexicon, tokens: &[Token], chart: &Chart, start: usize, from: usize) -> Option<usize> {
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
        if at == from
            && let Some(ministry) = chart.longest(at, m.ministry)
        {
            // `Ban Chỉ đạo Bộ Quốc phòng về …`: whose body it is.
            at = ministry.end as usize;
            continue;
        }
        if chart.begins(at, m.person | role | m.concurrently | m.belongs)
            || and_leads_on(lx, chart, at)
            || vietnamese_name(lx, tokens, chart, at).is_some_and(|e| e >= at + 3)
        {
            break;
        }
        // A listed name inside may hold any word; otherwise a word of a clause says that this is no name.
        if let Some(known) = chart.at(at).filter(|i| i.symbols & (m.place | m.body_tail) != 0 && i.strength == Strength::Strong).max_by_key(|i| i.end) {
            at = known.end as usize;
            continue;
        }
        if t.kind == Kind::Word && t.is_capital() && t.flags & fold::SYLLABLE == 0 && t.flags & fold::UPPER == 0 {
            break;
        }
        if chart.begins(at, m.clause_word) {
            return None;
        }
        at += 1;
    }
    (at > from && at < start + LONGEST).then_some(at)
}

/// `và` with a title, rank or other body behind it joins another phrase.
fn and_leads_on(lx: &Lexicon, chart: &Chart, at: usize) -> bool {
    let m = &lx.marks;
    let other = m.title | m.role_portfolio | m.role_full | m.role_organization | m.role_country | m.body_head | m.honorific | m.person;
    chart.at(at).any(|i| i.symbols & m.and != 0 && chart.begins(i.end as usize, other))
}

fn capitals(lx: &Lexicon, tokens: &[Token], chart: &Chart, start: usize, from: usize) -> Option<usize> {
    let m = &lx.marks;
    let stop = m.title | m.role_portfolio | m.role_full | m.honorific | m.ministry | m.person | m.name_stop;
    let mut at = from;
    let mut end = from;
    let mut capitals = 0;
    while at < tokens.len() && at < start + LONGEST {
        let t = &tokens[at];
        if !joined(t) {
            break;
        }
        if at > from && chart.begins(at, stop) || vietnamese_name(lx, tokens, chart, at).is_some_and(|e| e >= at + 3) {
            break;
        }
        // `Hội Hữu nghị Việt Nam - Nhật Bản`, `Ban Chỉ đạo Bộ Quốc phòng`: a listed name is taken whole.
        if let Some(listed) = chart.longest(at, m.country | m.ministry) {
            at = listed.end as usize;
            end = at;
            capitals += 1;
            continue;
        }
        if t.kind == Kind::Word && t.is_capital() {
            capitals += 1;
            at += 1;
            end = at;
            continue;
        }
        let next_capital = |i: usize| tokens.get(i).is_some_and(|n| n.kind == Kind::Word && n.is_capital() && joined(n));
        if t.kind == Kind::Number && (at == from || capitals > 0) {
            at += 1;
            end = at;
            capitals += 1;
            continue;
        }
        if t.kind == Kind::Dash && capitals > 0 && next_capital(at + 1) {
            at += 1;
            continue;
        }
        if capitals == 0 {
            break;
        }
        match chart.longest(at, m.body_tail) {
            Some(tail) if chart.begins(at, m.and) => {
                // `và` goes on only where the name does.
                if !next_capital(at + 1) && chart.longest(at + 1, m.body_tail).is_none() || and_leads_on(lx, chart, at) {
                    break;
                }
                at = tail.end as usize;
            }
            Some(tail) => {
                at = tail.end as usize;
                end = at;
            }
            None => break,
        }
    }
    (capitals > 0 && end > from).then_some(end)
}
