//! What hits are on the chart.

use super::rows::Word;
use super::{Chart, Features, Item};
use crate::compose::english::ENGLISH;
use crate::kind::Kind as EntityKind;
use crate::lexicon::shape::one;
use crate::lexicon::{Atom, Lexicon, Marks, NONE16, NONE32, Sort, Strength, Surface};
use crate::matcher::Hit;
use crate::text::tokens::{Kind, Token};
use std::ops::Range;

/// Puts hits on the chart, and signs where a form begins with one.
pub(crate) fn lay(lx: &Lexicon, tokens: &[Token], hits: &[Hit], chart: &mut Chart<'_>) {
    let m = &lx.marks;
    let signs = lx.signs_are_loud();
    let mut signed = 0;
    // Hits come by their starts.
    for hits in hits.chunk_by(|a, b| a.start == b.start) {
        let start = hits[0].start;
        if signs {
            lay_signs(m, tokens, signed..start as usize + 1, chart);
            signed = start as usize + 1;
        }
        // What they say of their token, all together.
        let spot = chart.rows.own(start);
        let (mut symbols, mut head, mut last, mut sets) = (spot.symbols, spot.head, spot.word, 0);
        for h in hits {
            let s = &lx.surfaces[h.surface as usize];
            if let Atom::Word(symbol, number) = s.atom {
                let interest = &chart.interests.of[usize::from(symbol)];
                if interest.is_quiet(number, s.languages) {
                    symbols |= interest.symbols;
                    sets |= interest.sets;
                    last = chart.rows.keep(Word { token: start, end: h.end, symbol, languages: s.languages, number, strength: s.strength, bare: h.bare });
                    continue;
                }
                chart.numbers |= 1 << (number % 64);
            }
            let mut item = item(lx, h, s);
            if item.symbols & m.title != 0
                && item.languages & ENGLISH != 0
                && let Some(start) = behind_country(lx, tokens, h, hits)
            {
                item.start = start;
                chart.push(item);
                continue;
            }
            let interest = &chart.interests.of[usize::from(item.shape)];
            symbols |= interest.symbols;
            sets |= interest.sets;
            item.id = chart.items.len() as u32;
            item.next = std::mem::replace(&mut head, item.id);
            chart.groups.add(chart.items.len(), interest.symbols, false);
            chart.items.push(item);
        }
        let spot = chart.rows.own(start);
        (spot.symbols, spot.head, spot.word) = (symbols, head, last);
        chart.rows.enter(sets, start);
    }
    if signs {
        lay_signs(m, tokens, signed..tokens.len(), chart);
    }
}

fn lay_signs(m: &Marks, among: &[Token], tokens: Range<usize>, chart: &mut Chart<'_>) {
    for i in tokens {
        let symbols = m.sign(among[i].kind);
        if symbols != 0 {
            chart.push(Item::new(i as u32, i as u32 + 1, symbols, 0, Strength::Strong, Features::default()));
        }
    }
}

/// `Japan's Defense Minister`: in English the country before a title is not a part of it, listed with it or not.
/// `hits` are those from its first token on.
fn behind_country(lx: &Lexicon, tokens: &[Token], title: &Hit, hits: &[Hit]) -> Option<u32> {
    let m = &lx.marks;
    let country = |h: &&Hit| match lx.surfaces[h.surface as usize].atom {
        Atom::Nationality(_) => true,
        Atom::Entity(e) => lx.entities[e as usize].sort == Sort::Country,
        _ => false,
    };
    let within = || hits.iter().take_while(|h| h.start == title.start).filter(|h| h.end < title.end);
    // `U.S. Army Chief of Staff`: there it is a part of the body's name.
    if within().any(|h| item(lx, h, &lx.surfaces[h.surface as usize]).symbols & (m.organization | m.ministry) != 0) {
        return None;
    }
    let end = within().filter(country).map(|h| h.end).max()?;
    let possessive = tokens[end as usize].kind == Kind::Possessive;
    Some(end + u32::from(possessive)).filter(|&start| start < title.end)
}

/// What a hit is on the chart.
#[inline]
fn item(lx: &Lexicon, h: &Hit, s: &Surface) -> Item {
    let m = &lx.marks;
    let mut f = Features::default();
    let mut number = 0;
    let shape = match s.atom {
        Atom::Word(symbol, n) => {
            number = n;
            symbol
        }
        Atom::Portfolio(p) => {
            f.portfolio = p;
            one(m.portfolio)
        }
        Atom::MinistryWord(p) => {
            f.portfolio = p;
            f.has_ministry = true;
            one(m.ministry_word)
        }
        Atom::Family(x) => {
            f.family = x;
            one(if lx.families[usize::from(x)].makes == EntityKind::Organization { m.body_word } else { m.family })
        }
        Atom::Nationality(c) => {
            f.country = c;
            one(m.nationality)
        }
        Atom::Compound(c) => {
            f.country = c;
            one(m.compound)
        }
        Atom::Role(r, p) => {
            f.role = r;
            f.portfolio = p;
            if p == NONE16 { lx.shapes.role(r) } else { one(m.role_full) }
        }
        Atom::Short(e) => {
            f.entity = e;
            one(m.short)
        }
        Atom::Entity(e) => {
            let figure = lx.shapes.entity(e);
            f.entity = e;
            f.place = if figure.place { e } else { NONE32 };
            f.has_ministry = figure.ministry;
            f.country = figure.country;
            f.portfolio = figure.portfolio;
            figure.shape
        }
    };
    let symbols = lx.interests.of[usize::from(shape)].symbols;
    Item { shape, number, bare: h.bare, ..Item::new(h.start, h.end, symbols, s.languages, s.strength, f) }
}
