//! Bodies that nobody listed: a word that opens such a name (`Cục`, `Vụ`, `Học viện`) and the capitals behind it.

use super::chart::{Chart, Features, Item, joined};
use super::people::vietnamese_name;
use crate::lexicon::grammar::Symbols;
use crate::lexicon::{Lexicon, NONE32, Strength};
use crate::text::tokens::{Kind, Token};

/// Tokens that a name of a body has at most.
const LONGEST: usize = 14;

/// Adds an item for each body found that the chart does not hold yet.
pub(crate) fn discover(lx: &Lexicon, tokens: &[Token], chart: &mut Chart) {
    let m = &lx.marks;
    let organization: Symbols = m.organization;
    let mut found = Vec::new();
    for start in 0..tokens.len() {
        if !tokens[start].is_capital() {
            continue;
        }
        let Some(head) = chart.longest(start, m.body_head) else { continue };
        let languages = head.languages;
        let Some(end) = extent(lx, tokens, chart, start, head.end as usize) else { continue };
        // A listed name that is as long or longer is the better reading.
        if chart.at(start).any(|i| i.symbols & (organization | m.ministry | m.mechanism | m.title | m.place) != 0 && i.end as usize >= end) {
            continue;
        }
        found.push((start, end, languages));
    }
    for (start, end, languages) in found {
        chart.push(Item::made(start, end, organization, languages, Features::default(), Strength::Strong));
    }
}

fn extent(lx: &Lexicon, tokens: &[Token], chart: &Chart, start: usize, from: usize) -> Option<usize> {
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
        if let Some(country) = chart.longest(at, m.country) {
            // `Đại sứ quán Việt Nam`, `Hội Hữu nghị Việt Nam - Nhật Bản`
            at = country.end as usize;
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
        if t.kind == Kind::Number && at == from {
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
                if !next_capital(at + 1) && chart.longest(at + 1, m.body_tail).is_none() {
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

impl Item {
    /// An item that code made.
    pub(crate) fn made(start: usize, end: usize, symbols: Symbols, languages: u8, features: Features, strength: Strength) -> Item {
        Item::new(start as u32, end as u32, symbols, languages, strength, features, NONE32)
    }
}
