//! Names that nobody listed in English and Japanese: there the word that says what it is closes the name
//! (`Military Training Cooperation Programme`, `防衛政策局`), and the words that complete it stand before.

use super::chart::{Chart, Features, Item, joined};
use super::english::{ENGLISH, Reader};
use crate::kind::Language;
use crate::lexicon::grammar::Symbols;
use crate::lexicon::{Lexicon, NONE16, NONE32, Strength};
use crate::text::fold;
use crate::text::lines::Lines;
use crate::text::tokens::{Kind, Token};

/// Words that a name has before its last one at most.
const LONGEST: usize = 8;
/// Kanji and kana that a name has before its last word at most.
const LONGEST_JAPANESE: usize = 16;

/// Tokens of a listed name at most that reaches into another one.
const REACH: usize = 64;

/// Kanji of a role or of a word that is none at most.
const LONGEST_ROLE: usize = 4;

/// Adds an item for each name found that the chart does not hold yet.
pub(crate) fn discover(lx: &Lexicon, tokens: &[Token], lines: &Lines, chart: &mut Chart) {
    let m = &lx.marks;
    let heads = m.body_head | m.channel_head | m.text_head | m.scheme_head;
    let (en, ja) = (1u8 << Language::En as u8, 1u8 << Language::Ja as u8);
    let mut found = Vec::new();
    chart.each_of_all(heads, |head| {
        if head.languages & (en | ja) == 0 {
            return;
        }
        let (start, end) = (head.start as usize, head.end as usize);
        let kind = if head.symbols & m.body_head != 0 {
            m.organization
        } else if head.symbols & m.channel_head != 0 {
            m.mechanism
        } else if head.symbols & m.text_head != 0 {
            m.agreement
        } else {
            m.initiative
        };
        let span = if head.languages & ja != 0 {
            japanese(lx, tokens, chart, start, end).map(|from| (from, end))
        } else if tokens[start].is_capital() && !lines.upper(start) {
            english(lx, tokens, chart, start, end)
        } else {
            None
        };
        let Some((from, to)) = span else { return };
        // A listed name that covers the last word is the better reading.
        let known = m.organization | m.ministry | m.mechanism | m.agreement | m.initiative | m.title | m.place | m.person | m.family | m.body_word;
        // `General Department of Defence Industry` is longer than `Department of Defence`.
        let longer = |i: Item| {
            i.symbols & m.ministry != 0 && i.rule != NONE32 && (i.end as usize) < to && tokens[i.end as usize].is_capital() && head.languages & en != 0
        };
        // `Joint Committee on Defence Industry Cooperation` is not any joint committee.
        let about =
            |i: &Item| kind == m.mechanism && i.symbols & (m.family | m.mechanism) != 0 && i.features.family != NONE16 && i.end as usize == end && to > end;
        let listed = (from..end)
            .any(|k| chart.at(k).any(|i| i.symbols & known != 0 && i.strength == Strength::Strong && i.end as usize > start && !longer(i) && !about(&i)));
        if !listed {
            found.push((from, to, head.languages, kind));
        }
    });
    for (start, end, languages, kind) in found {
        // The ministry's name is cut out of a longer one: `Department of Defence Production`.
        let reaches = |i: &Item| (i.start as usize) < end && i.end as usize > start && (i.end as usize) < end;
        // Names are short, so that only those that begin shortly before can reach into it.
        let around = if languages & en != 0 { start.saturating_sub(REACH)..end } else { 0..0 };
        let inside = around.flat_map(|t| chart.with(t, m.ministry | m.ministry_word)).filter(|i| reaches(i) && tokens[i.end as usize].is_capital());
        for id in inside.map(|i| i.id).collect::<Vec<u32>>() {
            if let Some(i) = chart.items.get_mut(id as usize) {
                i.strength = Strength::Never;
            }
        }
        chart.push(Item::new(start as u32, end as u32, kind, languages, Strength::Strong, Features::default()));
    }
}

/// Words in capitals before the last one, and what `of`, `on` or `for` adds behind it.
fn english(lx: &Lexicon, tokens: &[Token], chart: &Chart, start: usize, end: usize) -> Option<(usize, usize)> {
    let m = &lx.marks;
    let capital = |i: usize| tokens[i].kind == Kind::Word && tokens[i].is_capital();
    let other = m.person | m.title | m.role_portfolio | m.role_full | m.role_country | m.honorific | m.nationality | m.name_stop;
    let mut from = start;
    let mut capitals = 0;
    let mut at = start;
    while at > 0 && start - at < LONGEST && joined(&tokens[at]) {
        let before = at - 1;
        let hyphen = |i: usize| tokens[i].kind == Kind::Dash && tokens[i].gap == 0 && tokens[at].gap == 0;
        let joint = |i: usize| chart.with(i, m.and | m.of).any(|x| x.end as usize == at);
        if ends_here(chart, before, at, other) {
            break;
        }
        if capital(before) {
            at = before;
            from = at;
            capitals += 1;
        } else if before > 0 && capital(before - 1) && (hyphen(before) || capitals > 0 && joint(before)) {
            at = before;
        } else {
            break;
        }
    }
    // `Joint Vision Statement`: another word in capitals closes the name.
    if tokens.get(end).is_some_and(|t| t.kind == Kind::Word && joined(t) && t.is_capital() && !chart.begins(end, other)) {
        return None;
    }
    // `Memorandum of Understanding on Defence Cooperation`, `Institute for Defence Studies`, `the Lao People's Army`
    let r = Reader { lx, tokens, chart, greedy: true };
    let mut to = end;
    while to < end + LONGEST {
        let english = |i: &Item| i.languages & ENGLISH != 0;
        let about = chart.with(to, m.of | m.about).filter(english).max_by_key(|i| i.end).filter(|_| joined(&tokens[to]));
        let own = tokens.get(to).is_some_and(|t| t.kind == Kind::Possessive) && to > end;
        let Some(next) = about.map(|i| i.end as usize).or(own.then_some(to + 1)) else { break };
        if next >= tokens.len() || !joined(&tokens[next]) || r.stops(next) {
            break;
        }
        let Some((further, _)) = r.phrase(next) else { break };
        capitals += (next..further).filter(|&k| capital(k)).count();
        to = further;
    }
    // One word before it may be the first of a sentence, or whose it is.
    let country = chart.with(from, m.country | m.place).any(|i| i.end as usize >= start);
    (capitals >= 1 && to > start && (from < start || to > end) && !country && (start - from >= 2 || to > end || !opens(tokens, from))).then_some((from, to))
}

fn opens(tokens: &[Token], at: usize) -> bool {
    at == 0 || tokens[at].begins_line() || matches!(tokens[at - 1].kind, Kind::Period | Kind::Stop)
}

/// An item with one of the symbols ends right before `end`, with its last token at `last`.
fn ends_here(chart: &Chart, last: usize, end: usize, symbols: Symbols) -> bool {
    (0..=4.min(last)).any(|b| chart.with(last - b, symbols).any(|i| i.end as usize == end))
}

/// Kanji and kana right before the last word, up to a listed name, a mark or a small word.
fn japanese(lx: &Lexicon, tokens: &[Token], chart: &Chart, start: usize, end: usize) -> Option<usize> {
    let m = &lx.marks;
    // `事務局次長`, `当局`: the last word is part of a longer one.
    let role = m.role_portfolio | m.role_organization | m.role_full | m.role_country | m.role_place;
    let longer = |i: Item| i.symbols & (role | m.name_stop) != 0 && i.end as usize >= end && (i.start as usize) < end;
    if (0..=LONGEST_ROLE.min(start)).any(|b| chart.at(start - b).any(longer)) {
        return None;
    }
    let name = |i: usize| {
        matches!(tokens[i].kind, Kind::Kanji | Kind::Katakana)
            || tokens[i].kind == Kind::Number
            || tokens[i].kind == Kind::Word && tokens[i].flags & fold::UPPER != 0
    };
    let other = m.ministry | m.organization | m.title | m.person | m.country | m.sides;
    let mut from = start;
    while from > 0 && start - from < LONGEST_JAPANESE && tokens[from].gap == 0 && name(from - 1) && !ends_here(chart, from - 1, from, other) {
        from -= 1;
    }
    // `元第三管区海上保安本部`
    if start > from + 2 && chart.with(from, m.former | m.incoming).any(|i| i.end as usize == from + 1) && !chart.begins(from, m.place) {
        from += 1;
    }
    // `白川勝第七管区海上保安本部`: behind somebody's name the name of a body begins with a word that bodies are called after.
    if let Some(surname) = chart.longest(from, m.surname).filter(|_| !chart.begins(from, m.place | m.organization)) {
        let field = m.portfolio | m.place | m.organization | m.ministry | m.country | m.edition_before;
        let known =
            |at: &usize| chart.with(*at, field).any(|i| (i.end as usize >= *at + 2 || i.symbols & m.edition_before != 0) && i.strength != Strength::Never);
        from = [2, 1, 3].map(|n| surname.end as usize + n).into_iter().filter(|&at| at + 2 <= start).find(known).unwrap_or(from);
    }
    let length = start - from;
    let kinds = tokens[from..start].iter().filter(|t| matches!(t.kind, Kind::Kanji | Kind::Katakana)).count();
    (length >= 2 && kinds >= 2 && tokens[from].kind != Kind::Number).then_some(from)
}
