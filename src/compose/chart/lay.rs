//! What hits are on the chart.

use super::rows::Word;
use super::{Chart, Features, Item, Sheet};
use crate::compose::english::ENGLISH;
use crate::lexicon::shape::Shape;
use crate::lexicon::{Atom, Lexicon, Marks, NONE32, Sort, Strength};
use crate::matcher::Hit;
use crate::text::tokens::{Kind, Token};
use std::ops::Range;

/// Puts hits on the chart, and signs where a form begins with one.
pub(crate) fn lay(lx: &Lexicon, tokens: &[Token], hits: &[Hit], chart: &mut Chart<'_>) {
    if lx.signs_are_loud() {
        let mut signed = 0;
        for hits in hits.chunk_by(|a, b| a.start == b.start) {
            let next = hits[0].start as usize + 1;
            lay_signs(&lx.marks, tokens, signed..next, chart);
            lay_hits(lx, tokens, hits, chart);
            signed = next;
        }
        lay_signs(&lx.marks, tokens, signed..tokens.len(), chart);
    } else {
        lay_hits(lx, tokens, hits, chart);
    }
    let Sheet { groups, items, .. } = &mut **chart;
    groups.fill(items);
}

/// Puts hits on the chart, which come by their starts.
fn lay_hits(lx: &Lexicon, tokens: &[Token], hits: &[Hit], chart: &mut Chart<'_>) {
    let Sheet { rows, items, numbers, preceded, .. } = &mut **chart;
    let (mut token, mut spot, mut sets) = (NONE32, 0, 0);
    for h in hits {
        if h.start != token {
            rows.enter(sets, token);
            (token, spot, sets) = (h.start, rows.own(h.start), 0);
        }
        let shape = lx.shapes.surface(h.surface);
        let interest = &lx.interests.of[usize::from(shape)];
        let here = &mut rows.spots[spot];
        if interest.quiet {
            here.word = rows.words.len() as u32;
            rows.words.push(Word::of(lx, h, shape));
        } else {
            let id = items.len() as u32;
            let item = lay_item(lx, h, shape, here.head, items);
            *numbers |= 1 << (item.number % 64);
            if item.languages & ENGLISH != 0
                && item.symbols & lx.marks.title != 0
                && let Some(start) = behind_country(lx, tokens, h, hits)
            {
                item.start = start;
                *preceded = true;
                item.next = rows.add(id, start, interest);
                continue;
            }
            here.head = id;
        }
        here.add(interest.symbols);
        sets |= interest.sets;
    }
    rows.enter(sets, token);
}

/// Makes a hit an item, before another one of its token.
#[inline]
fn lay_item<'i>(lx: &Lexicon, h: &Hit, shape: Shape, next: u32, items: &'i mut Vec<Item>) -> &'i mut Item {
    let id = items.len();
    items.push(Item::NONE);
    let item = &mut items[id];
    fill(item, lx, &Word::of(lx, h, shape));
    (item.id, item.next) = (id as u32, next);
    item
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
#[inline(never)]
fn behind_country(lx: &Lexicon, tokens: &[Token], title: &Hit, hits: &[Hit]) -> Option<u32> {
    let m = &lx.marks;
    let hits = &hits[hits.partition_point(|x| x.start < title.start)..];
    let country = |h: &&Hit| match lx.surfaces[h.surface as usize].atom {
        Atom::Nationality(_) => true,
        Atom::Entity(e) => lx.entities[e as usize].sort == Sort::Country,
        _ => false,
    };
    let within = || hits.iter().take_while(|h| h.start == title.start).filter(|h| h.end < title.end);
    // `U.S. Army Chief of Staff`: there it is a part of the body's name.
    if within().any(|h| lx.interests.of[usize::from(lx.shapes.surface(h.surface))].symbols & (m.organization | m.ministry) != 0) {
        return None;
    }
    let end = within().filter(country).map(|h| h.end).max()?;
    let possessive = tokens[end as usize].kind == Kind::Possessive;
    Some(end + u32::from(possessive)).filter(|&start| start < title.end)
}

/// What a word is on the chart.
#[inline]
pub(super) fn item(lx: &Lexicon, w: &Word) -> Item {
    let mut item = Item::NONE;
    fill(&mut item, lx, w);
    item
}

/// Makes an item that is nothing what a word is.
#[inline(always)]
fn fill(item: &mut Item, lx: &Lexicon, w: &Word) {
    let s = &lx.surfaces[w.surface as usize];
    (item.start, item.end, item.outer) = (w.start, w.end, w.start);
    (item.shape, item.symbols) = (w.shape, lx.interests.of[usize::from(w.shape)].symbols);
    (item.languages, item.strength, item.bare) = (w.languages, s.strength, w.bare);
    let f = &mut item.features;
    match s.atom {
        Atom::Word(_, n) => item.number = n,
        Atom::Portfolio(p) => f.portfolio = p,
        Atom::MinistryWord(p) => {
            f.portfolio = p;
            f.has_ministry = true;
        }
        Atom::Family(x) => f.family = x,
        Atom::Nationality(c) | Atom::Compound(c) => f.country = c,
        Atom::Role(r, p) => {
            f.role = r;
            f.portfolio = p;
        }
        Atom::Short(e) => f.entity = e,
        Atom::Entity(e) => {
            let figure = lx.shapes.entity(e);
            f.entity = e;
            f.place = if figure.place { e } else { NONE32 };
            f.has_ministry = figure.ministry;
            f.country = figure.country;
            f.portfolio = figure.portfolio;
        }
    }
}
