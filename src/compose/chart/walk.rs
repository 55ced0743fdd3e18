//! The engine that runs the rules over the chart.

use super::lay::item;
use super::{Chart, Features, Item, SEVERAL, silence};
use crate::kind::Language;
use crate::lexicon::grammar::{Edge, Node, Part, Slot, Stage, Symbols};
use crate::lexicon::interest::{Opening, Openings, adds};
use crate::lexicon::{Lexicon, NONE16, NONE32, Strength};
use crate::text::tokens::Token;

/// Steps that the engine takes from one token for one stage.
pub(super) const STEPS: u32 = 192;

/// Runs the stages of the grammar in their order. `before` is called ahead of each with the bit of what it makes.
pub(crate) fn run(lx: &Lexicon, tokens: &[Token], chart: &mut Chart<'_>, mut before: impl FnMut(Symbols, &mut Chart<'_>)) {
    let (mut made, mut starts) = (std::mem::take(&mut chart.made), std::mem::take(&mut chart.starts));
    for (stage, openings) in lx.grammar.stages.iter().zip(&lx.interests.openings) {
        before(1 << stage.makes, chart);
        // Most texts have nothing with which a form of some stages begins, or nobody to take what it makes.
        if (chart.has(openings.first) || openings.quiet != 0) && openings.asked.is_none_or(|asked| chart.has(asked)) {
            Walk { lx, tokens, chart, stage, steps: 0, start: 0, made: &mut made }.begin(openings, &mut starts);
            chart.take(&mut made, stage.makes);
        }
    }
    (chart.made, chart.starts) = (made, starts);
}

#[derive(Clone, Copy)]
pub(super) struct Path {
    /// Where the phrase begins, behind what only tells of it.
    pub(super) begin: usize,
    pub(super) features: Features,
    pub(super) languages: u8,
    pub(super) bare: bool,
    pub(super) strength: Strength,
    pub(super) parts: u8,
    /// The last part is の.
    pub(super) of: bool,
    /// の stands between a body and the word for its head.
    pub(super) apart: bool,
}

impl Path {
    pub(super) fn from(begin: usize) -> Path {
        Path { begin, features: Features::default(), languages: 0, bare: false, strength: Strength::Strong, parts: 0, of: false, apart: false }
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
    /// What the forms of the stage make, by its openings.
    fn begin(&mut self, openings: &Openings, starts: &mut Vec<u32>) {
        self.find_starts(openings, starts);
        let (chart, first) = (self.chart, &self.stage.nodes[0]);
        let mut done = NONE32;
        for &start in &*starts {
            if std::mem::replace(&mut done, start) == start {
                continue;
            }
            (self.start, self.steps) = (start as usize, STEPS);
            let path = Path::from(self.start);
            let spot = chart.spot(self.start);
            let mut next = spot.head;
            while let Some(item) = chart.items.get(next as usize) {
                next = item.next;
                let opening = &openings.of[usize::from(item.shape)];
                match self.opens(opening, item.languages, item.strength, item.end) {
                    Some((ways, ahead)) => self.follow(first, ways, item, ahead, &path),
                    None => self.ends(opening, item.languages, item.strength),
                }
            }
            // Few stages ask for words that are quiet.
            if openings.quiet == 0 {
                continue;
            }
            for (_, word) in chart.words_with(self.start, spot, openings.quiet) {
                let (opening, s) = (&openings.of[usize::from(word.shape)], &self.lx.surfaces[word.surface as usize]);
                match self.opens(opening, s.languages, s.strength, word.end) {
                    Some((ways, ahead)) => self.follow(first, ways, &item(self.lx, &word), ahead, &path),
                    None => self.ends(opening, s.languages, s.strength),
                }
            }
            for word in chart.silent(spot.silent, openings.quiet) {
                let opening = &openings.of[usize::from(self.lx.shapes.get(word.symbols))];
                match self.opens(opening, word.languages, Strength::Strong, start + 1) {
                    Some((ways, ahead)) => self.follow(first, ways, &silence(self.start, word), ahead, &path),
                    None => self.ends(opening, word.languages, Strength::Strong),
                }
            }
        }
    }

    /// The tokens at which some way may go on behind its first part or is complete there, in their order: with most that a form can
    /// begin with none does, and with which is not guessed.
    fn find_starts(&self, openings: &Openings, starts: &mut Vec<u32>) {
        starts.clear();
        self.chart.each_of_all(self.chart.present(openings.first), |i| {
            let opening = &openings.of[usize::from(i.shape)];
            let may_open = opening.complete | (opening.ahead & self.chart.perhaps_at(i.end as usize) != 0);
            let opens = may_open & (opening.ways & self.stage.nodes[0].ways(i.languages) != 0);
            starts.push(i.start);
            starts.truncate(starts.len() - usize::from(!opens));
        });
        // Whether something goes on there is asked when it is followed.
        if openings.quiet != 0 {
            self.chart.each_perhaps(openings.quiet, |token| starts.push(token));
        }
        if !starts.is_sorted() {
            starts.sort_unstable();
        }
    }

    /// The ways from the first node on which something goes, if one goes on behind it or is complete there; what follows.
    #[inline]
    fn opens(&self, opening: &Opening, languages: u8, strength: Strength, end: u32) -> Option<(u64, Symbols)> {
        let ways = opening.ways & self.stage.nodes[0].ways(languages);
        if ways == 0 || strength == Strength::Never {
            return None;
        }
        // Mostly nothing stands there that is asked for, which is seen without a look at the token.
        if !opening.complete && opening.ahead & self.chart.perhaps_at(end as usize) == 0 {
            return None;
        }
        let ahead = self.ahead(end as usize);
        (opening.complete || opening.ahead & ahead != 0).then_some((ways, ahead))
    }

    /// Takes the steps of ways that end where they began.
    fn ends(&mut self, opening: &Opening, languages: u8, strength: Strength) {
        if strength != Strength::Never {
            self.steps = self.steps.saturating_sub(u32::from(opening.count[usize::from(languages) % opening.count.len()]));
        }
    }

    /// What a path makes that is a whole form.
    fn accept(&mut self, rule: u32, end: usize, path: &Path) {
        // `党の代表`: with の between, a weak word for a head stays weak.
        let strength = if path.parts > 1 && !path.apart { Strength::Strong } else { path.strength };
        let made = Item::new(path.begin as u32, end as u32, 1 << self.stage.makes, path.languages, strength, path.features);
        self.made.push(Item { outer: self.start as u32, rule, bare: path.bare, ..made });
    }

    /// Every way on from the end of a path.
    fn go_on(&mut self, node: &Node, at: usize, path: &Path) {
        self.chart.each(at, node.wanted, |item| {
            let ways = node.ways(item.languages);
            if ways != 0 && item.strength != Strength::Never {
                self.follow(node, ways, item, self.ahead(item.end as usize), path);
            }
        });
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
            let mut longer = *path;
            if !self.join(&mut longer.features, item, part) {
                continue;
            }
            longer.of = *bit == self.lx.marks.of && item.languages == 1 << Language::Ja as u8;
            longer.apart |= path.of && *bit == self.lx.marks.role_organization;
            if part.slot == Slot::Before {
                longer.begin = to;
            }
            longer.languages |= item.languages;
            longer.bare |= item.bare;
            longer.strength = path.strength.min(item.strength);
            longer.parts += 1;
            if let Some(rule) = next.accept {
                self.accept(rule, to, &longer);
            }
            if goes_on {
                self.go_on(next, to, &longer);
            }
        }
    }

    /// The symbols of all that can follow what ends at a token, and perhaps of more.
    #[inline]
    fn ahead(&self, to: usize) -> Symbols {
        if to < self.tokens.len() && !self.parted(to) { self.chart.perhaps_at(to) } else { 0 }
    }

    /// A phrase does not go on over a line, nor over a space between two Japanese words that a ・ joins as equals.
    pub(super) fn parted(&self, at: usize) -> bool {
        self.tokens[at].begins_line()
    }

    /// Adds a part to the features of a path, unless they contradict each other. What they are then is of no use.
    #[inline]
    pub(super) fn join(&self, f: &mut Features, item: &Item, part: &Part) -> bool {
        let adds = self.lx.interests.adds[usize::from(part.symbol)];
        let own = matches!(part.slot, Slot::Own | Slot::Before);
        own && adds & (adds::NOTHING | adds::FIELDS) != 0 || join(f, &item.features, part.slot, adds).is_some()
    }
}

fn join(f: &mut Features, add: &Features, slot: Slot, adds: u8) -> Option<()> {
    match slot {
        Slot::Party => return (add.country != NONE16 && f.add_side(add.country)).then_some(()),
        Slot::Target => {
            f.target = add.country;
            f.place = add.place;
            return Some(());
        }
        Slot::Country => {
            f.country = Some(add.country).filter(|&c| c != NONE16 && (f.country == NONE16 || f.country == c))?;
            return Some(());
        }
        Slot::Own | Slot::Before => {}
    }
    // `Director, Policy Division, Bureau of Defense Policy, Ministry of Defense`: the office is that of the first.
    if f.role != NONE16 && f.has_body && adds & (adds::ORGANIZATION | adds::MINISTRY) != 0 {
        // `General Staff Department, People's Liberation Army`: the first is not that of another country.
        if unite16(f.country, add.country).is_none() {
            f.organization = NONE32;
        }
        if add.country != NONE16 {
            f.country = add.country;
        }
        return Some(());
    }
    if adds & adds::ORGANIZATION != 0 {
        // A body that nobody listed has no entity; the resolver finds it by its place.
        f.organization = add.entity;
        f.has_body = true;
        f.country = unite16(f.country, add.country)?;
        return Some(());
    }
    if adds & adds::MECHANISM != 0 {
        f.entity = NONE32;
        f.has_body |= f.role != NONE16;
        return Some(());
    }
    if add.entity != NONE32 && adds & adds::COUNTRY == 0 {
        if f.entity != NONE32 && f.entity != add.entity {
            return None;
        }
        f.entity = add.entity;
    }
    if adds & adds::MINISTRY != 0 {
        f.entity = NONE32;
        f.has_ministry = true;
        // A ministry with a name of its own stands for its portfolio; without one, for itself.
        if add.portfolio == NONE16 {
            f.organization = add.entity;
        }
    }
    if adds & adds::PLACE != 0 && add.place != NONE32 {
        f.place = add.place;
        f.organization = add.place;
        f.has_body = true;
    }
    f.role = unite16(f.role, add.role)?;
    f.portfolio = match unite16(f.portfolio, add.portfolio) {
        Some(p) => p,
        None if adds & adds::PORTFOLIO != 0 => SEVERAL,
        None => return None,
    };
    f.country = unite16(f.country, add.country)?;
    f.family = unite16(f.family, add.family)?;
    f.has_ministry |= add.has_ministry;
    for p in add.sides() {
        f.add_side(p);
    }
    Some(())
}

fn unite16(a: u16, b: u16) -> Option<u16> {
    match (a, b) {
        (a, NONE16) => Some(a),
        (NONE16, b) => Some(b),
        (a, b) => (a == b).then_some(a),
    }
}
