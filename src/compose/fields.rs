//! Titles and ministries that no list holds as they stand: a role with another field, two that share one, whoever serves or is in
//! charge.

use super::bodies::{and_leads_on, behind};
use super::chart::{Chart, Features, Item, joined, sign};
use super::people::vietnamese_name;
use crate::kind::Language;
use crate::lexicon::{Lexicon, NONE16, NONE32, Sort, Strength, takes};
use crate::text::fold;
use crate::text::lines::Lines;
use crate::text::tokens::{Kind, Token};

/// Tokens of what somebody is in charge of at most.
const LONGEST_CHARGE: usize = 12;

/// Adds a title for a role with a field that no list holds: `Bộ trưởng Tư pháp và Nội vụ`, `Vụ trưởng Hợp tác quốc tế`.
pub(crate) fn discover(lx: &Lexicon, tokens: &[Token], chart: &mut Chart) {
    let m = &lx.marks;
    let mut found = Vec::new();
    let vi = 1u8 << Language::Vi as u8;
    chart.each_of_all(m.role_portfolio | m.role_organization, |i| {
        if i.strength != Strength::Strong || i.languages & vi == 0 {
            return;
        }
        let at = i.end as usize;
        let Some(t) = tokens.get(at) else { return };
        let known = m.ministry | m.country | m.person | m.short | m.role_portfolio | m.role_organization | m.title | m.body_head | m.place | m.name_stop;
        if t.kind != Kind::Word || !t.is_capital() || !joined(t) || t.flags & fold::SYLLABLE == 0 || chart.begins(at, known) {
            return;
        }
        if chart.begins(at, m.organization) && chart.with(at, m.organization).any(|x| x.strength == Strength::Strong) {
            return;
        }
        // A listed field that nothing goes on from is enough.
        let listed = chart.longest(at, m.portfolio).map_or(at, |p| p.end as usize);
        let goes_on = listed == at || chart.begins(listed, m.and) && tokens.get(listed + 1).is_some_and(|n| n.is_capital() && n.flags & fold::SYLLABLE != 0);
        if !goes_on || vietnamese_name(lx, tokens, chart, at).is_some() {
            return;
        }
        let Some(end) = behind(lx, tokens, chart, i.start as usize, at) else { return };
        let named = (at..end).filter(|&k| tokens[k].kind == Kind::Word).count() >= 2 && end > listed;
        // The name of the minister must follow, or a mark: else the field may be anything.
        if named {
            found.push((i.start, end as u32, i.languages, i.features.role));
        }
    });
    for (start, end, languages, role) in found {
        let features = Features { role, has_body: true, ..Features::default() };
        chart.push(Item::new(start, end, m.title, languages, Strength::Strong, features));
    }
}

/// `Phó Trợ lý Ngoại trưởng Mỹ`: somebody who serves the holder of an office holds another one.
pub(crate) fn helpers(lx: &Lexicon, tokens: &[Token], chart: &mut Chart) {
    let m = &lx.marks;
    let mut found = Vec::new();
    for i in chart.all(m.helper) {
        let at = i.end as usize;
        let Some(title) = chart.longest(at, m.title).filter(|t| t.strength == Strength::Strong && tokens.get(at).is_some_and(|t| !t.begins_line())) else {
            continue;
        };
        // A listed role that is as long says the same and more.
        let listed = chart.with(i.start as usize, m.title).any(|t| t.end >= title.end);
        let office = lx.roles.get(usize::from(title.features.role)).is_some_and(|r| r.takes & (takes::PORTFOLIO | takes::COUNTRY) != 0);
        if !listed && office {
            found.push((i.start, title.end, i.languages, title.features.role));
        }
    }
    for (start, end, languages, role) in found {
        let features = Features { role, has_body: true, ..Features::default() };
        chart.push(Item::new(start, end, m.title, languages, Strength::Strong, features));
    }
}

/// `Bộ trưởng và Thứ trưởng Bộ Quốc phòng Nhật Bản`: the ministry behind the second is the first one's too.
pub(crate) fn shared_fields(lx: &Lexicon, tokens: &[Token], chart: &mut Chart) {
    let m = &lx.marks;
    let vi = 1u8 << Language::Vi as u8;
    let of_ministry = |i: &Item| lx.roles.get(usize::from(i.features.role)).is_some_and(|r| r.takes & takes::PORTFOLIO != 0);
    let mut found: Vec<(u32, u32, Features)> = Vec::new();
    chart.each_of_all(m.title, |i| {
        if i.languages & vi == 0 || i.features.portfolio != NONE16 || i.features.has_body {
            return;
        }
        let mut at = i.end as usize;
        match tokens.get(at) {
            Some(t) if t.kind == Kind::Comma && !t.begins_line() => at += 1,
            Some(t) if !t.begins_line() => match chart.longest(at, m.and) {
                Some(and) => at = and.end as usize,
                None => return,
            },
            _ => return,
        }
        if !of_ministry(i) {
            return;
        }
        // `cùng các Thứ trưởng …`
        if let Some(many) = chart.longest(at, m.generic_before) {
            at = many.end as usize;
        }
        let full = |x: &Item| x.features.portfolio != NONE16 && x.features.role != i.features.role && of_ministry(x) && x.strength == Strength::Strong;
        let Some(next) = chart.with(at, m.title).filter(full).max_by_key(|x| x.end).filter(|_| tokens.get(at).is_some_and(|t| !t.begins_line())) else {
            return;
        };
        let (portfolio, country, has_ministry) = (next.features.portfolio, next.features.country, next.features.has_ministry);
        found.push((i.start, i.end, Features { portfolio, country, has_ministry, ..i.features }));
    });
    for (start, end, features) in found {
        chart.push(Item::new(start, end, m.title, vi, Strength::Strong, features));
    }
}

/// `Chính phủ` alone: whose it is the text tells. Titles are made before, so that none is made with it.
pub(crate) fn governments(lx: &Lexicon, tokens: &[Token], lines: &Lines, chart: &mut Chart) {
    let m = &lx.marks;
    let vi = 1u8 << Language::Vi as u8;
    let mut found = Vec::new();
    chart.each_of_all(m.government_of, |i| {
        if i.languages & vi == 0 {
            return;
        }
        let (start, end) = (i.start as usize, i.end as usize);
        let more = m.organization | m.ministry | m.title | m.agreement | m.initiative | m.mechanism;
        let longer = chart.with(start, more).any(|x| x.end > i.end);
        // `Chính phủ nhân dân`, `Chính phủ điện tử`: not the government.
        let word = tokens.get(end).is_some_and(|n| n.kind == Kind::Word && joined(n) && !n.is_capital());
        let goes_on = word && !chart.begins(end, m.clause_word | m.and | m.of | m.both | m.this_country | m.many_nations | m.inside | m.about);
        if tokens[start].is_capital() && !lines.upper(start) && !longer && !goes_on {
            found.push((i.start, i.end, i.languages));
        }
    });
    for (start, end, languages) in found {
        chart.push(Item::new(start, end, m.organization, languages, Strength::Strong, Features::default()));
    }
}

/// `Thứ trưởng phụ trách các vấn đề quốc tế Bộ Quốc phòng Nhật Bản`: what somebody is in charge of goes with the office, up to
/// a name, a mark or a word of a clause, and with it the ministry behind.
pub(crate) fn in_charge(lx: &Lexicon, tokens: &[Token], chart: &mut Chart) {
    let m = &lx.marks;
    let mut titles: Vec<u32> = Vec::new();
    chart.each_of_all(m.title, |i| {
        if i.strength == Strength::Strong && chart.signs(lx, i.end as usize, sign::IN_CHARGE) {
            titles.push(i.id);
        }
    });
    let mut found: Vec<(u32, u32, u8, Features)> = Vec::new();
    for title in titles.iter().map(|&id| &chart.items[id as usize]) {
        let f = &title.features;
        let rank = lx.entities.get(f.entity as usize).is_some_and(|e| e.sort == Sort::Rank);
        let Some(word) = chart.sign(lx, title.end as usize, sign::IN_CHARGE).filter(|i| !rank && joined(&tokens[i.start as usize])) else { continue };
        let from = word.end as usize;
        let mut at = from;
        while at < tokens.len() && at < from + LONGEST_CHARGE && joined(&tokens[at]) {
            let t = &tokens[at];
            let dash = t.kind == Kind::Dash && at > from && tokens.get(at + 1).is_some_and(|n| n.kind == Kind::Word && joined(n));
            let foreign = t.is_capital() && t.flags & (fold::SYLLABLE | fold::UPPER) == 0;
            if let Some(place) = chart.with(at, m.place).filter(|i| i.strength == Strength::Strong).max_by_key(|i| i.end) {
                at = place.end as usize;
                continue;
            }
            let topic = chart.longest(at, m.portfolio | m.body_tail).filter(|i| i.end as usize > at + 1).map(|i| i.end as usize);
            if let Some(end) = topic {
                at = end;
                continue;
            }
            if !(t.kind == Kind::Word || dash)
                || foreign
                || chart.begins(at, m.person | m.ministry | m.title | m.clause_word | m.of | m.honorific | m.body_head)
                || and_leads_on(lx, chart, at)
                || vietnamese_name(lx, tokens, chart, at).is_some()
            {
                break;
            }
            at += 1;
        }
        while at > from && tokens[at - 1].kind == Kind::Dash {
            at -= 1;
        }
        if at == from || at >= from + LONGEST_CHARGE {
            continue;
        }
        // `phụ trách đối ngoại của Bộ …`, `phụ trách phía Đông, Bộ …`
        let behind = chart.longest(at, m.of).map_or(at, |i| i.end as usize);
        let behind = if tokens.get(behind).is_some_and(|t| t.kind == Kind::Comma) { behind + 1 } else { behind };
        let ministry = chart.with(behind, m.ministry).filter(|i| tokens[i.start as usize].is_capital() && !tokens[i.start as usize].begins_line());
        let ministry = ministry.max_by_key(|i| i.end).filter(|x| f.portfolio == NONE16 || x.features.portfolio == f.portfolio);
        let mut features = Features { entity: NONE32, has_body: true, ..*f };
        let mut end = at;
        if let Some(x) = ministry {
            end = x.end as usize;
            features.portfolio = x.features.portfolio;
            features.has_ministry = true;
            if features.country == NONE16 {
                features.country = x.features.country;
            }
        } else if let Some(body) =
            chart.with(behind, m.organization).filter(|i| behind > at && i.features.entity != NONE32 && i.strength == Strength::Strong).max_by_key(|i| i.end)
        {
            end = body.end as usize;
        } else if let Some(country) = chart.longest(at, m.of).and_then(|i| chart.longest(i.end as usize, m.country)).filter(|_| f.country == NONE16) {
            end = country.end as usize;
            features.country = country.features.country;
        }
        if chart.with(title.start as usize, m.title).all(|i| (i.end as usize) < end) {
            found.push((title.start, end as u32, title.languages, features));
        }
    }
    for (start, end, languages, features) in found {
        chart.push(Item::new(start, end, m.title, languages, Strength::Strong, features));
    }
}

/// `các Bộ Công an, Kế hoạch và Đầu tư, Công Thương`: fields in a row behind one word for ministry.
pub(crate) fn ministries_in_a_row(lx: &Lexicon, tokens: &[Token], chart: &mut Chart) {
    let m = &lx.marks;
    let mut found: Vec<(u32, u32, u8, u16)> = Vec::new();
    let many = m.generic_before | m.both_before;
    let plural = |at: usize| at > 0 && chart.begins(at - 1, many) && chart.with(at - 1, many).any(|x| x.end as usize == at);
    chart.each_of_all(m.ministry, |i| {
        if !plural(i.start as usize) {
            return;
        }
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
    });
    for (start, end, languages, portfolio) in found {
        chart.push(Item::new(start, end, m.ministry, languages, Strength::Strong, Features { portfolio, has_ministry: true, ..Features::default() }));
    }
}

/// `Bộ Ngoại giao và Thương mại Brunei`: a second field that no list joins to the first.
pub(crate) fn wide_ministries(lx: &Lexicon, tokens: &[Token], chart: &mut Chart) {
    let m = &lx.marks;
    let mut found = Vec::new();
    for i in chart.all(m.ministry_word).filter(|i| i.languages & (1 << Language::Vi as u8) != 0) {
        let Some(and) = chart.longest(i.end as usize, m.and).filter(|a| tokens.get(a.end as usize).is_some_and(|t| t.is_capital() && joined(t))) else {
            continue;
        };
        let mut at = and.end as usize;
        if chart.begins(
            at,
            m.ministry
                | m.title
                | m.person
                | m.role_portfolio
                | m.role_organization
                | m.role_full
                | m.role_country
                | m.role_post
                | m.role_place
                | m.country
                | m.organization
                | m.body_head,
        ) || vietnamese_name(lx, tokens, chart, at).is_some()
        {
            continue;
        }
        while at < tokens.len() && at < and.end as usize + 8 && joined(&tokens[at]) && !chart.begins(at, m.country | m.clause_word) {
            at += 1;
        }
        if let Some(country) = chart.longest(at, m.country).filter(|_| at > and.end as usize && at < tokens.len() && joined(&tokens[at])) {
            found.push((i.start, country.end, i.features.portfolio, country.features.country));
        }
    }
    for (start, end, portfolio, country) in found {
        let features = Features { portfolio, country, has_ministry: true, ..Features::default() };
        chart.push(Item::new(start, end, m.ministry, 1 << Language::Vi as u8, Strength::Strong, features));
    }
}
