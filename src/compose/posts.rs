//! Offices in Japanese that no list holds: the body stands before the word for its head (`国際協力局長`, `第4軍区司令官`),
//! and before the body the ministry or country that it belongs to.

use super::chart::{Chart, Features, Item, sign};
use super::ends::{Ends, REACH};
use crate::kind::Language;
use crate::lexicon::grammar::Symbols;
use crate::lexicon::{Lexicon, Marks, NONE16, Sort, Strength};
use crate::text::fold;
use crate::text::tokens::{Kind, Token, gap};

/// Tokens of a body's name before the word for its head at most.
const LONGEST: usize = 24;
/// Tokens of a word for a head at most.
const LONGEST_TAIL: usize = 8;
/// Tokens of a place's name before the word that closes it at most.
const LONGEST_PLACE: usize = 8;
/// Tokens before a listed office that make it another one at least.
const LONGER: usize = 4;

/// What the word for the head says of the words before it, by its number in the gazetteer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// A body must end there.
    Body,
    /// So many of its own characters close the body's name.
    Closed(usize),
    /// Whatever stands there is words of a field: no body of its own.
    Words,
    /// Whatever stands there is a unit.
    Unit,
}

impl Before {
    fn of(number: u8) -> Before {
        match number {
            0 => Before::Body,
            8 => Before::Words,
            9 => Before::Unit,
            n => Before::Closed(usize::from(n)),
        }
    }
}

/// Adds an item for each office found that the chart does not hold yet, and one for its body.
pub(crate) fn discover(lx: &Lexicon, tokens: &[Token], chart: &mut Chart) {
    let m = &lx.marks;
    let mut found: Vec<Item> = Vec::new();
    // `副局長` and `総局長` say more than `局長`.
    let words = m.office_tail | m.role_country | m.role_full | m.role_place | m.role_post | m.role_portfolio;
    let mut ends = Ends::of(chart, ended(m), words);
    for tail in chart.all(m.office_tail) {
        let (start, end) = (tail.start as usize, tail.end as usize);
        if ends.is_inside((start, end), LONGEST_TAIL) || runs_on(lx, tokens, chart, end) {
            continue;
        }
        office(lx, tokens, chart, &mut ends, tail, &mut found);
    }
    for item in found {
        chart.push(item);
    }
}

/// `財務担当副首相`: a title with the field before it that its holder is in charge of.
pub(crate) fn in_charge(lx: &Lexicon, tokens: &[Token], chart: &mut Chart) {
    let m = &lx.marks;
    let ja = 1u8 << Language::Ja as u8;
    let mut found: Vec<Item> = Vec::new();
    let mut ends = Ends::of(chart, ended(m), 0);
    for word in chart.signs_of(lx, sign::FIELD_HOLDER) {
        let (start, end) = (word.start as usize, word.end as usize);
        let title = |i: &Item| i.strength == Strength::Strong && i.languages & ja != 0 && i.features.role != NONE16 && tokens[end].gap == 0;
        let Some(title) = tokens.get(end).and_then(|_| chart.with(end, m.title).filter(title).max_by_key(|i| i.end)) else { continue };
        let Some(from) = run(lx, tokens, chart, &mut ends, start, start).filter(|&f| f + 2 <= start) else { continue };
        let features = Features { role: title.features.role, country: title.features.country, ..Features::default() };
        found.push(Item::new(from as u32, title.end, m.title, ja, Strength::Strong, features));
    }
    for item in found {
        chart.push(item);
    }
}

/// Adds an item for each place found that the chart does not hold: kanji or katakana up to a word that such names end in.
pub(crate) fn places(lx: &Lexicon, tokens: &[Token], chart: &mut Chart) {
    let m = &lx.marks;
    let any = m.place | m.organization | m.ministry | m.title | m.person | m.mechanism | m.agreement | m.initiative | m.portfolio | m.country | m.name_stop;
    let ja = 1u8 << Language::Ja as u8;
    let mut found: Vec<Item> = Vec::new();
    let mut ends = Ends::of(chart, ended(m), 0);
    for tail in chart.signs_of(lx, sign::PLACE_TAIL) {
        let (start, end) = (tail.start as usize, tail.end as usize);
        let glued = |i: usize| tokens.get(i).is_some_and(|t| matches!(t.kind, Kind::Kanji | Kind::Katakana) && t.gap == 0);
        let Some(kind) = start.checked_sub(1).map(|b| tokens[b].kind).filter(|k| matches!(k, Kind::Kanji | Kind::Katakana)) else { continue };
        if glued(end) || tokens[start].gap != 0 {
            continue;
        }
        let mut from = start;
        while from > 0 && start - from < LONGEST_PLACE && tokens[from - 1].kind == kind && (from == start || tokens[from].gap == 0) {
            if from < start && ends.any(from, m.place | m.country | m.organization) {
                break;
            }
            from -= 1;
        }
        // What stands before would go on with it.
        let open = from > 0 && glued(from) && matches!(tokens[from - 1].kind, Kind::Kanji | Kind::Katakana);
        let cut = open && !ends.any(from, m.place | m.country | m.organization);
        let short = start - from < if kind == Kind::Kanji { 2 } else { 3 };
        let known = (from..end).any(|i| chart.with(i, any).any(|x| x.end as usize > start || x.end as usize >= i + 2 && x.symbols & m.place == 0));
        if !cut && !short && !known {
            found.push(Item::new(from as u32, end as u32, m.place, ja, Strength::Strong, Features::default()));
        }
    }
    for item in found {
        chart.push(item);
    }
}

/// `局長級会合`, `会長職`: the word goes on, and no name or small word begins behind it.
fn runs_on(lx: &Lexicon, tokens: &[Token], chart: &Chart, end: usize) -> bool {
    let m = &lx.marks;
    let Some(next) = tokens.get(end) else { return false };
    let glued = matches!(next.kind, Kind::Kanji | Kind::Katakana) && next.gap == 0;
    glued && !chart.begins(end, m.person | m.surname | m.concurrently | m.acting | m.honorific_after | m.family_name | m.and)
}

/// Whatever is asked for at the end of what stands before.
fn ended(m: &Marks) -> Symbols {
    m.place | m.country | m.organization | m.ministry | m.compound | m.title | m.person | m.sides | m.honorific_after
}

fn office<'a>(lx: &Lexicon, tokens: &[Token], chart: &'a Chart, ends: &mut Ends<'a>, tail: &Item, found: &mut Vec<Item>) {
    let m = &lx.marks;
    let (start, end) = (tail.start as usize, tail.end as usize);
    let before = Before::of(tail.number);
    // Where the body's name ends.
    let close = if let Before::Closed(n) = before { start + n } else { start };
    let ja = 1u8 << Language::Ja as u8;
    let title = |s| chart.with(s, m.title).find(|i| i.end as usize == end && i.strength == Strength::Strong && i.languages & ja != 0 && s < start);
    let listed = if ends.any(end, m.title) { chart.begun(end, REACH, m.title).find_map(title) } else { None };
    // `政策立案総括審議官`: words before a listed head that are more than a name.
    let mut longer = |title: Item| {
        let from = run(lx, tokens, chart, ends, start, start).filter(|_| before == Before::Words && tokens[title.start as usize].gap == 0)?;
        (from + LONGER <= title.start as usize).then_some(from)
    };
    if let Some(from) = listed.and_then(&mut longer) {
        let features = Features { has_body: true, ..Features::default() };
        found.push(Item::new(from as u32, end as u32, m.title, ja, Strength::Strong, features));
        return;
    }
    if let Some(title) = listed {
        let owned = with_owner(lx, tokens, chart, ends, &title);
        // `外務省北東アジア局`, where the list has the head only.
        let first = owned.as_ref().map_or(title.start, |i| i.start);
        let closed = matches!(before, Before::Closed(_)) && !ends.any(close, m.organization | m.ministry);
        if closed && close > title.start as usize + 2 {
            found.push(Item::new(first, close as u32, m.organization, ja, Strength::Strong, Features::default()));
        }
        found.extend(owned);
        return;
    }
    let body = ends.begin(close, m.organization | m.ministry);
    let from = match (body, before) {
        (Some(b), _) => b,
        (None, Before::Body) => return,
        (None, _) => match run(lx, tokens, chart, ends, start, close) {
            Some(from) if close - from >= shortest(lx, chart, before, from) => from,
            _ => return,
        },
    };
    // The word alone behind a ministry is the ministry's own affair: rules know it.
    let whole = owner(lx, chart, ends, from).map_or(from, |i| i.start as usize);
    if tokens[whole].kind == Kind::Number {
        return;
    }
    let country = chart.with(whole, m.ministry | m.organization | m.country).map(|i| i.features.country).find(|&c| c != NONE16).unwrap_or(NONE16);
    let role = chart.at(start).chain(chart.at(close)).find(|i| i.end as usize == end && i.features.role != NONE16).map_or(NONE16, |i| i.features.role);
    let features = Features { role, country, has_body: true, ..Features::default() };
    found.push(Item::new(whole as u32, end as u32, m.title, ja, Strength::Strong, features));
    let named = matches!(before, Before::Closed(_) | Before::Unit);
    if body.is_none() && named {
        let ministry = chart.with(whole, m.ministry).any(|i| i.end as usize == from);
        let first = if ministry { whole } else { from };
        found.push(Item::new(first as u32, close as u32, m.organization, ja, Strength::Strong, Features { country, ..Features::default() }));
    }
}

/// Characters of a body's name at least. What no body closes may be somebody's name, unless it is long or a word that
/// bodies are called after begins it.
fn shortest(lx: &Lexicon, chart: &Chart, before: Before, from: usize) -> usize {
    let m = &lx.marks;
    let field = m.portfolio | m.place | m.organization | m.ministry | m.compound;
    match before {
        Before::Closed(n) => n + 2,
        Before::Words if !chart.with(from, field).any(|i| i.strength != Strength::Never) => 6,
        _ => 2,
    }
}

/// `外務省` before `北東アジア局長`, `第3` before `海軍管区司令官`: a listed office with whose it is.
fn with_owner<'a>(lx: &Lexicon, tokens: &[Token], chart: &'a Chart, ends: &mut Ends<'a>, title: &Item) -> Option<Item> {
    let m = &lx.marks;
    let start = title.start as usize;
    let info = lx.entities.get(title.features.entity as usize)?;
    if info.sort == Sort::Rank || start == 0 || tokens[start].gap != 0 {
        return None;
    }
    let ja = 1u8 << Language::Ja as u8;
    let new = |from: usize, features: Features| Some(Item::new(from as u32, title.end, m.title, ja, Strength::Strong, features));
    if let Some(o) = owner(lx, chart, ends, start).filter(|o| o.symbols & (m.ministry | m.country) != 0) {
        let word = chart.with(o.start as usize, m.ministry).any(|i| i.end == o.end && i.features.country == NONE16);
        let agrees = info.country == NONE16 || o.features.country == NONE16 || o.features.country == info.country || word;
        return if agrees && info.country != NONE16 && o.symbols & m.ministry != 0 { new(o.start as usize, title.features) } else { None };
    }
    // One of several units that share the listed words.
    let number = (info.many && tokens[start - 1].kind == Kind::Number).then(|| start - 1)?;
    let ordinal = number > 0 && tokens[number].gap == 0 && chart.begins(number - 1, m.edition_before);
    new(if ordinal { number - 1 } else { number }, Features { country: info.country, role: info.role, has_body: true, ..Features::default() })
}

/// What stands right before a body's name and tells whose it is.
fn owner<'a>(lx: &Lexicon, chart: &'a Chart, ends: &mut Ends<'a>, at: usize) -> Option<Item> {
    let m = &lx.marks;
    let any = m.ministry | m.country | m.organization | m.compound;
    let whose = |i: &Item| i.end as usize == at && i.strength == Strength::Strong && (i.symbols & m.compound == 0 || i.symbols & m.country != 0);
    if ends.any(at, any) { chart.begun(at, REACH, any).find_map(|s| chart.with(s, any).find(whose)) } else { None }
}

/// Kanji, kana of places and foreign words, and numbers right before `close`, up to a listed name, a mark or a small word.
fn run<'a>(lx: &Lexicon, tokens: &[Token], chart: &'a Chart, ends: &mut Ends<'a>, start: usize, close: usize) -> Option<usize> {
    let m = &lx.marks;
    let part =
        |i: usize| matches!(tokens[i].kind, Kind::Kanji | Kind::Katakana | Kind::Number) || tokens[i].kind == Kind::Word && tokens[i].flags & fold::UPPER != 0;
    let other = m.ministry | m.organization | m.title | m.person | m.country | m.sides | m.honorific_after;
    let mut from = close;
    while from > 0 && close - from < LONGEST && part(from - 1) && (from == close || tokens[from].gap & !gap::MIDDLE_DOT == 0) {
        if from < close.min(start) && ends.any(from, other) || from == start && ends.any(from, other & !m.ministry) {
            break;
        }
        from -= 1;
    }
    if close - from >= LONGEST {
        return None;
    }
    // `レ・ホアイ・チュン国防局長`: katakana with dots at the head are a name, unless a list knows them.
    let mut at = from;
    if tokens[at].kind == Kind::Katakana {
        let end = ends_of_kana(tokens, at, close);
        let known = chart.with(at, m.place | m.organization | m.country).any(|i| i.end as usize <= end && i.end as usize > at);
        let dots = (at + 1..=end).any(|i| tokens[i].gap & gap::MIDDLE_DOT != 0);
        if !known || dots && chart.begins(at, m.family_name) {
            at = end;
        }
        if at >= close {
            return None;
        }
    }
    // `三好真理領事部長`: somebody's name before the office.
    if !chart.with(at, m.place).any(|i| i.end as usize >= at + 2)
        && let Some(surname) = chart.longest(at, m.surname)
    {
        at = behind_name(lx, chart, surname.end as usize, close)?;
    }
    // `前`, `元`, `新` before the office are no part of it.
    while at < close
        && let Some(status) = chart.with(at, m.former | m.incoming | m.leaves_office).find(|i| i.end as usize == at + 1)
        && !chart.with(at, m.body_head | m.place | m.portfolio).any(|i| i.end > status.end)
    {
        at = status.end as usize;
    }
    Some(at)
}

fn ends_of_kana(tokens: &[Token], at: usize, close: usize) -> usize {
    (at..close).find(|&i| tokens[i].kind != Kind::Katakana).unwrap_or(close)
}

/// Where the given name ends behind a surname: where a word that bodies are called after begins, else after two characters.
fn behind_name(lx: &Lexicon, chart: &Chart, surname: usize, close: usize) -> Option<usize> {
    let m = &lx.marks;
    let field = m.portfolio | m.place | m.organization | m.ministry | m.country | m.compound | m.title;
    let known = |at: &usize| chart.with(*at, field).any(|i| i.end as usize >= *at + 2 && i.strength != Strength::Never);
    [2, 1, 3].map(|n| surname + n).into_iter().filter(|&at| at + 2 <= close).find(known).or_else(|| (surname + 4 <= close).then_some(surname + 2))
}
