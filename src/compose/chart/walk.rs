//! The engine that runs the rules over the chart.

use super::lay::item;
use super::rows::Spot;
use super::{Chart, Features, Item, SEVERAL};
use crate::kind::Language;
use crate::lexicon::grammar::{Edge, Node, Slot, Stage, Symbols};
use crate::lexicon::interest::{Opening, Openings};
use crate::lexicon::{Lexicon, NONE16, NONE32, Strength};
use crate::text::bits::Bits;
use crate::text::tokens::Token;

/// Steps that the engine takes from one token for one stage.
pub(super) const STEPS: u32 = 192;

/// Runs the stages of the grammar in their order. `before` is called ahead of each with the bit of what it makes.
pub(crate) fn run(lx: &Lexicon, tokens: &[Token], chart: &mut Chart<'_>, mut before: impl FnMut(Symbols, &mut Chart<'_>)) {
    let mut made = std::mem::take(&mut chart.made);
    for (n, stage) in lx.grammar.stages.iter().enumerate() {
        before(1 << stage.makes, chart);
        Walk { lx, tokens, chart, stage, steps: 0, start: 0, made: &mut made }.begin(chart.starts(n), &lx.interests.openings[n]);
        for item in made.drain(..) {
            chart.push(item);
        }
    }
    chart.made = made;
}

#[derive(Clone, Copy)]
pub(super) struct Path {
    /// Where the phrase begins, behind what only tells of it.
    pub(super) begin: usize,
    pub(super) features: Features,
    pub(super) languages: u8,
    pub(super) bare: bool,
    pub(super) strength: Option<Strength>,
    pub(super) parts: u8,
    /// The last part is の.
    pub(super) of: bool,
    /// の stands between a body and the word for its head.
    pub(super) apart: bool,
}

impl Path {
    pub(super) fn from(begin: usize) -> Path {
        Path { begin, features: Features::default(), languages: 0, bare: false, strength: None, parts: 0, of: false, apart: false }
    }
}

pub(super) struct Walk<'a> {
    pub(super) lx: &'a Lexicon,
    pub(super) tokens: &'a [Token],
    pub(super) chart: &'a Chart<'a>,
    pub(super) stage: &'a Stage,
    pub(super) steps: u32,
    pub(super) start: usize,
    pub(super) made: &'a mut Vec<Item>,
}

impl Walk<'_> {
    /// What the forms make that begin at some tokens, by the openings of the stage.
    fn begin(&mut self, starts: &Bits, openings: &Openings) {
        let (chart, first) = (self.chart, &self.stage.nodes[0]);
        for start in starts.iter() {
            (self.start, self.steps) = (start, STEPS);
            // What is silent begins no form.
            let Spot { head: mut next, word, .. } = *chart.spot(start);
            while let Some(item) = chart.items.get(next as usize) {
                next = item.next;
                let opening = &openings.of[usize::from(item.shape)];
                if let Some((ways, ahead)) = self.opens(first, opening, item.languages, item.strength, item.end) {
                    self.follow(first, ways, item, ahead, &Path::from(start));
                }
            }
            // Few stages ask for words that are quiet.
            for (_, word) in chart.words(if openings.quiet { word } else { 0 }) {
                let (opening, s) = (&openings.of[usize::from(word.shape)], &self.lx.surfaces[word.surface as usize]);
                if let Some((ways, ahead)) = self.opens(first, opening, s.languages, s.strength, word.end) {
                    self.follow(first, ways, &item(self.lx, word), ahead, &Path::from(start));
                }
            }
        }
    }

    /// The ways from the first node on which something goes, if one goes on behind it or is complete there; what follows.
    #[inline]
    fn opens(&mut self, first: &Node, opening: &Opening, languages: u8, strength: Strength, end: u32) -> Option<(u64, Symbols)> {
        let ways = opening.ways & first.ways(languages);
        if ways == 0 || strength == Strength::Never {
            return None;
        }
        let ahead = self.ahead(end as usize);
        if opening.complete || opening.ahead & ahead != 0 {
            return Some((ways, ahead));
        }
        // All these ways end where they began.
        self.steps = self.steps.saturating_sub(u32::from(opening.count[usize::from(languages) % opening.count.len()]));
        None
    }

    /// What a path makes, and every way on from its end, if there is any.
    fn step(&mut self, node: &Node, at: usize, goes_on: bool, path: &Path) {
        if let Some(rule) = node.accept {
            self.made.push(Item {
                start: path.begin as u32,
                end: at as u32,
                outer: self.start as u32,
                symbols: 1 << self.stage.makes,
                shape: self.stage.makes,
                languages: path.languages,
                // `党の代表`: with の between, a weak word for a head stays weak.
                strength: if path.parts > 1 && !path.apart { Strength::Strong } else { path.strength.unwrap_or(Strength::Strong) },
                features: path.features,
                rule,
                bare: path.bare,
                number: 0,
                id: NONE32,
                next: NONE32,
            });
        }
        if goes_on {
            self.chart.each(at, node.wanted, |item| {
                let ways = node.ways(item.languages);
                if ways != 0 && item.strength != Strength::Never {
                    self.follow(node, ways, item, self.ahead(item.end as usize), path);
                }
            });
        }
    }

    /// Goes on with an item at the end of a path, on some [ways](Node::ways).
    fn follow(&mut self, node: &Node, ways: u64, item: &Item, ahead: Symbols, path: &Path) {
        let to = item.end as usize;
        for Edge { part, bit, next } in node.edges_among(ways, item.symbols) {
            if self.steps == 0 {
                return;
            }
            self.steps -= 1;
            // Most ways end where they began.
            let next = &self.stage.nodes[*next as usize];
            let goes_on = ahead & next.wanted != 0;
            if next.accept.is_none() && !goes_on {
                continue;
            }
            if let Some(features) = self.join(path.features, item, part.slot, *bit) {
                let path = Path {
                    begin: if part.slot == Slot::Before { to } else { path.begin },
                    features,
                    languages: path.languages | item.languages,
                    bare: path.bare || item.bare,
                    strength: Some(path.strength.map_or(item.strength, |s| s.min(item.strength))),
                    parts: path.parts + 1,
                    of: *bit == self.lx.marks.of && item.languages == 1 << Language::Ja as u8,
                    apart: path.apart || path.of && *bit == self.lx.marks.role_organization,
                };
                self.step(next, to, goes_on, &path);
            }
        }
    }

    /// The symbols of all that can follow what ends at a token.
    #[inline]
    fn ahead(&self, to: usize) -> Symbols {
        if to < self.tokens.len() && !self.parted(to) { self.chart.symbols_at(to) } else { 0 }
    }

    /// A phrase does not go on over a line, nor over a space between two Japanese words that a ・ joins as equals.
    pub(super) fn parted(&self, at: usize) -> bool {
        self.tokens[at].begins_line()
    }

    /// The features of a path with one more part, or nothing where they contradict each other.
    pub(super) fn join(&self, mut f: Features, item: &Item, slot: Slot, bit: Symbols) -> Option<Features> {
        let m = &self.lx.marks;
        let add = &item.features;
        match slot {
            Slot::Party => {
                let side = if add.country != NONE16 { add.country } else { return None };
                return f.add_side(side).then_some(f);
            }
            Slot::Target => {
                f.target = add.country;
                f.place = add.place;
                return Some(f);
            }
            Slot::Country => {
                f.country = Some(add.country).filter(|&c| c != NONE16 && (f.country == NONE16 || f.country == c))?;
                return Some(f);
            }
            Slot::Own | Slot::Before => {}
        }
        if bit & (m.fields | m.rung) != 0 {
            return Some(f);
        }
        // `Director, Policy Division, Bureau of Defense Policy, Ministry of Defense`: the office is that of the first.
        if f.role != NONE16 && f.has_body && bit & (m.organization | m.ministry) != 0 {
            // `General Staff Department, People's Liberation Army`: the first is not that of another country.
            let other = unite16(f.country, add.country).is_none();
            let organization = if other { NONE32 } else { f.organization };
            return Some(Features { country: if add.country != NONE16 { add.country } else { f.country }, organization, ..f });
        }
        if bit & m.organization != 0 {
            // A body that nobody listed has no entity; the resolver finds it by its place.
            f.organization = add.entity;
            f.has_body = true;
            return unite16(f.country, add.country).map(|c| Features { country: c, ..f });
        }
        if bit & m.mechanism != 0 {
            return Some(Features { entity: NONE32, has_body: f.has_body || f.role != NONE16, ..f });
        }
        if add.entity != NONE32 && bit & (m.country | m.place | m.locality) == 0 {
            if f.entity != NONE32 && f.entity != add.entity {
                return None;
            }
            f.entity = add.entity;
        }
        if bit & m.ministry != 0 {
            f.entity = NONE32;
            f.has_ministry = true;
            // A ministry with a name of its own stands for its portfolio; without one, for itself.
            if add.portfolio == NONE16 {
                f.organization = add.entity;
            }
        }
        if bit & (m.place | m.locality) != 0 && add.place != NONE32 {
            f.place = add.place;
            f.organization = add.place;
            f.has_body = true;
        }
        f.role = unite16(f.role, add.role)?;
        f.portfolio = match unite16(f.portfolio, add.portfolio) {
            Some(p) => p,
            None if bit & m.portfolio != 0 => SEVERAL,
            None => return None,
        };
        f.country = unite16(f.country, add.country)?;
        f.family = unite16(f.family, add.family)?;
        f.has_ministry |= add.has_ministry;
        for p in add.sides() {
            f.add_side(p);
        }
        Some(f)
    }
}

fn unite16(a: u16, b: u16) -> Option<u16> {
    match (a, b) {
        (a, NONE16) => Some(a),
        (NONE16, b) => Some(b),
        (a, b) => (a == b).then_some(a),
    }
}

