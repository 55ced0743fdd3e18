//! The chart: what begins at each token, and the engine that runs the rules over it.
//!
//! Work is bounded per token: every form is short, and at each place only so many steps are taken. A text of titles in a
//! row costs what its length says.

mod trace;

use crate::kind::{Kind as EntityKind, Language};
use crate::lexicon::grammar::{Edge, Slot, Stage, Symbols};
use crate::lexicon::{Atom, Lexicon, Marks, NONE16, NONE32, Silent, Sort, Strength, takes};
use crate::matcher::Hit;
use crate::text::layout::ones;
use crate::text::tokens::{Kind, Token, gap};

/// A field that holds two values at once (`Ngoại giao – Quốc phòng`).
pub(crate) const SEVERAL: u16 = u16::MAX - 1;
/// Steps that the engine takes from one token for one stage.
const STEPS: u32 = 192;

/// What words of the class `sign` tell, by their numbers: classes that no form of the grammar asks for.
pub(crate) mod sign {
    /// A given name.
    pub(crate) const GIVEN_NAME: u8 = 1;
    /// What somebody is: `analyst`, `wife`.
    pub(crate) const PERSON: u8 = 2;
    /// A verb of speaking, and what opens a clause on somebody.
    pub(crate) const SPEECH: u8 = 3;
    /// It closes the name of a firm, paper or place.
    pub(crate) const FIRM: u8 = 4;
    /// It closes the name of a field or force.
    pub(crate) const FIELD: u8 = 5;
    /// Between what somebody is and the body where.
    pub(crate) const AT: u8 = 6;
    /// A word for man or woman before a name that may be a country's too.
    pub(crate) const CALLED: u8 = 7;
    /// A middle name.
    pub(crate) const MIDDLE_NAME: u8 = 8;
    /// Between a rank and a name: whose rank it is.
    pub(crate) const SERVICE: u8 = 9;
    /// Behind an office: what follows completes it.
    pub(crate) const IN_CHARGE: u8 = 10;
    /// The office behind it is taken from those named.
    pub(crate) const TAKEN_FROM: u8 = 11;
    /// Between such an office and the names.
    pub(crate) const TOWARDS: u8 = 12;
    /// Behind an office that is no predicate, in Japanese.
    pub(crate) const ENDS_PREDICATE: u8 = 13;
    /// Behind an office that is one.
    pub(crate) const MAKES_PREDICATE: u8 = 14;
    /// It says that brackets hold the offices of before.
    pub(crate) const BRACKETS_FORMER: u8 = 15;
    /// The same as [`MAKES_PREDICATE`], of somebody who comes into the office.
    pub(crate) const COMES_INTO: u8 = 16;
    /// Behind offices that somebody has left, in Japanese.
    pub(crate) const CAREER: u8 = 17;
    /// Behind a name in Japanese whose career the sentence tells.
    pub(crate) const SUBJECT: u8 = 18;
    /// Closes the name of a place that no list holds.
    pub(crate) const PLACE_TAIL: u8 = 19;
    /// Between an office in Japanese and the names of all who come into it.
    pub(crate) const BECAME: u8 = 20;
    /// A possessive pronoun of a body.
    pub(crate) const ITS: u8 = 24;
    /// Letters before the name of a ship.
    pub(crate) const SHIP: u8 = 21;
    /// Behind a name in Japanese whom somebody gives an office.
    pub(crate) const OBJECT: u8 = 23;
    /// Between a field and the title of who is in charge of it.
    pub(crate) const FIELD_HOLDER: u8 = 22;
}

/// What a phrase says, as far as its words say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Features {
    /// The entity that the head names by itself.
    pub entity: u32,
    pub organization: u32,
    pub place: u32,
    pub role: u16,
    pub portfolio: u16,
    pub country: u16,
    pub target: u16,
    pub family: u16,
    pub parties: [u16; 4],
    /// The phrase holds a ministry.
    pub has_ministry: bool,
    /// The phrase holds a body, listed or not.
    pub has_body: bool,
}

impl Default for Features {
    fn default() -> Self {
        Features {
            entity: NONE32,
            organization: NONE32,
            place: NONE32,
            role: NONE16,
            portfolio: NONE16,
            country: NONE16,
            target: NONE16,
            family: NONE16,
            parties: [NONE16; 4],
            has_ministry: false,
            has_body: false,
        }
    }
}

impl Features {
    pub(crate) fn sides(&self) -> impl Iterator<Item = u16> {
        self.parties.into_iter().filter(|&p| p != NONE16)
    }

    fn add_side(&mut self, p: u16) -> bool {
        if p == NONE16 || self.parties.contains(&p) {
            return p != NONE16;
        }
        match self.parties.iter().position(|&x| x == NONE16) {
            Some(i) => {
                self.parties[i] = p;
                true
            }
            None => false,
        }
    }
}

/// Something that begins at a token.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item {
    pub start: u32,
    pub end: u32,
    /// Where the words begin that stand before it and tell of it; else `start`.
    pub outer: u32,
    pub symbols: Symbols,
    /// Languages of the words, as bits; 0 for marks.
    pub languages: u8,
    /// The weakest link: an item made of a weak surface alone needs support.
    pub strength: Strength,
    pub features: Features,
    /// The number of the form that made it, where one did.
    pub rule: u32,
    pub bare: bool,
    /// What a word counts, or 0.
    pub number: u8,
    /// Its place among the items, or `NONE32` where it is not laid.
    pub id: u32,
    next: u32,
}

impl Item {
    pub(crate) fn new(start: u32, end: u32, symbols: Symbols, languages: u8, strength: Strength, features: Features) -> Item {
        Item { start, end, outer: start, symbols, languages, strength, features, rule: NONE32, bare: false, number: 0, id: NONE32, next: NONE32 }
    }
}

/// A token at which something begins.
#[derive(Debug)]
struct Spot {
    /// The symbols of all items that begin here.
    symbols: Symbols,
    /// The latest of them.
    head: u32,
}

/// All items, by the token at which they begin.
///
/// At most tokens nothing begins. These cost one look at a small number, and going through the others costs nothing for
/// them. What signs and [silent](Silent) words are is said where somebody asks; nothing of them is kept.
#[derive(Debug)]
pub(crate) struct Chart<'a> {
    tokens: &'a [Token],
    silent: &'a [Silent],
    /// Symbols that are never silent: only for these there is a way through the whole text.
    loud: Symbols,
    pub items: Vec<Item>,
    spots: Vec<Spot>,
    /// For each token its spot, or `NONE32`.
    at: Vec<u32>,
    /// A bit for each token that is a spot.
    begun: Vec<u64>,
    /// The symbols of all items.
    symbols: Symbols,
}

/// What a chart is drawn on: buffers that can be used again.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    items: Vec<Item>,
    spots: Vec<Spot>,
    at: Vec<u32>,
    begun: Vec<u64>,
}

impl Sheet {
    /// How many items the last chart had.
    #[cfg(all(test, feature = "builtin"))]
    pub(crate) fn items(&self) -> usize {
        self.items.len()
    }
}

impl<'a> Chart<'a> {
    /// An empty chart over these tokens. The sheet is empty until it gets the chart [back](Chart::leave).
    pub(crate) fn over(lx: &'a Lexicon, tokens: &'a [Token], sheet: &mut Sheet) -> Chart<'a> {
        let Sheet { mut items, mut spots, mut at, mut begun } = std::mem::take(sheet);
        items.clear();
        spots.clear();
        at.clear();
        at.resize(tokens.len() + 1, NONE32);
        begun.clear();
        begun.resize(tokens.len() / 64 + 1, 0);
        Chart { tokens, silent: &lx.silent, loud: lx.loud, items, spots, at, begun, symbols: 0 }
    }

    /// Gives the buffers back.
    pub(crate) fn leave(self, sheet: &mut Sheet) {
        *sheet = Sheet { items: self.items, spots: self.spots, at: self.at, begun: self.begun };
    }

    pub(crate) fn push(&mut self, mut item: Item) {
        let (start, number) = (item.start as usize, self.items.len() as u32);
        item.id = number;
        self.symbols |= item.symbols;
        match self.spots.get_mut(self.at[start] as usize) {
            Some(spot) => {
                item.next = spot.head;
                spot.head = number;
                spot.symbols |= item.symbols;
            }
            None => {
                self.at[start] = self.spots.len() as u32;
                self.begun[start / 64] |= 1 << (start % 64);
                self.spots.push(Spot { symbols: item.symbols, head: number });
            }
        }
        self.items.push(item);
    }

    /// The items with one of the symbols, in the order in which they came.
    pub(crate) fn all(&self, symbols: Symbols) -> impl Iterator<Item = &Item> {
        let items: &[Item] = if self.has(symbols) { &self.items } else { &[] };
        items.iter().filter(move |i| i.symbols & symbols != 0)
    }

    /// Whether an item has one of the symbols.
    pub(crate) fn has(&self, symbols: Symbols) -> bool {
        debug_assert!(symbols & !self.loud == 0, "silent words are not found so");
        self.symbols & symbols != 0
    }

    #[inline]
    fn spot(&self, token: usize) -> Option<&Spot> {
        self.spots.get(*self.at.get(token)? as usize)
    }

    #[inline]
    fn silent(&self, token: usize) -> Option<&'a Silent> {
        self.silent.get(usize::from(self.tokens.get(token)?.silent))
    }

    /// The tokens at which one of the symbols begins, in their order.
    pub(crate) fn spots(&self, symbols: Symbols) -> impl Iterator<Item = usize> {
        let begun: &[u64] = if self.has(symbols) { &self.begun } else { &[] };
        ones(begun).filter(move |&token| self.spot(token).is_some_and(|s| s.symbols & symbols != 0))
    }

    /// The items that begin at a token, the latest first.
    #[inline]
    pub(crate) fn at(&self, token: usize) -> impl Iterator<Item = Item> {
        self.with(token, Symbols::MAX)
    }

    /// The longest item with one of the symbols that begins at a token.
    pub(crate) fn longest(&self, token: usize, symbols: Symbols) -> Option<Item> {
        self.with(token, symbols).max_by_key(|i| i.end)
    }

    /// The items with one of the symbols that begin at a token, the latest first.
    #[inline]
    pub(crate) fn with(&self, token: usize, symbols: Symbols) -> impl Iterator<Item = Item> {
        let mut i = self.spot(token).filter(|s| s.symbols & symbols != 0).map_or(NONE32, |s| s.head);
        let mut silent = self.silent(token).filter(|s| s.symbols & symbols != 0).map_or(&[][..], |s| &s.items).iter();
        std::iter::from_fn(move || {
            while let Some(item) = self.items.get(i as usize) {
                i = item.next;
                if item.symbols & symbols != 0 {
                    return Some(*item);
                }
            }
            let &(symbols, languages, number) = silent.find(|s| s.0 & symbols != 0)?;
            let start = token as u32;
            Some(Item { number, ..Item::new(start, start + 1, symbols, languages, Strength::Strong, Features::default()) })
        })
    }

    /// The longest word of the class `sign` with a number that begins at a token.
    pub(crate) fn sign(&self, lx: &Lexicon, token: usize, number: u8) -> Option<Item> {
        self.with(token, lx.marks.sign).filter(|i| i.number == number).max_by_key(|i| i.end)
    }

    /// Whether such a word begins at a token.
    pub(crate) fn signs(&self, lx: &Lexicon, token: usize, number: u8) -> bool {
        self.sign(lx, token, number).is_some()
    }

    /// Whether an item with one of the symbols begins at a token.
    #[inline]
    pub(crate) fn begins(&self, token: usize, symbols: Symbols) -> bool {
        self.spot(token).is_some_and(|s| s.symbols & symbols != 0) || self.silent(token).is_some_and(|s| s.symbols & symbols != 0)
    }
}

/// Puts hits on the chart, and signs where a form begins with one.
pub(crate) fn lay(lx: &Lexicon, tokens: &[Token], mut hits: &[Hit], chart: &mut Chart<'_>) {
    let m = &lx.marks;
    let mut signs = (0..tokens.len()).filter(|_| lx.signs_are_loud()).filter(|&i| m.sign(tokens[i].kind) != 0).peekable();
    let lay_sign = |i: usize, chart: &mut Chart<'_>| {
        chart.push(Item::new(i as u32, i as u32 + 1, m.sign(tokens[i].kind), 0, Strength::Strong, Features::default()));
    };
    // Hits come by their starts.
    while let Some(first) = hits.first() {
        let (here, others) = hits.split_at(hits.iter().take_while(|h| h.start == first.start).count());
        while let Some(i) = signs.next_if(|&i| i <= first.start as usize) {
            lay_sign(i, chart);
        }
        for h in here {
            let mut made = item(lx, h);
            if let Some(start) = behind_country(lx, tokens, &made, here) {
                made.start = start;
            }
            chart.push(made);
        }
        hits = others;
    }
    signs.for_each(|i| lay_sign(i, chart));
}

/// `Japan's Defense Minister`: in English the country before a title is not a part of it, listed with it or not.
fn behind_country(lx: &Lexicon, tokens: &[Token], title: &Item, hits: &[Hit]) -> Option<u32> {
    let m = &lx.marks;
    if title.symbols & m.title == 0 || title.languages & (1 << Language::En as u8) == 0 {
        return None;
    }
    let country = |h: &&Hit| match lx.surfaces[h.surface as usize].atom {
        Atom::Nationality(_) => true,
        Atom::Entity(e) => lx.entities[e as usize].sort == Sort::Country,
        _ => false,
    };
    let within = || hits.iter().take_while(|h| h.start == title.start).filter(|h| h.end < title.end);
    // `U.S. Army Chief of Staff`: there it is a part of the body's name.
    if within().any(|h| item(lx, h).symbols & (m.organization | m.ministry) != 0) {
        return None;
    }
    let end = within().filter(country).map(|h| h.end).max()?;
    let possessive = tokens[end as usize].kind == Kind::Possessive;
    Some(end + u32::from(possessive)).filter(|&start| start < title.end)
}

/// What a hit is on the chart.
fn item(lx: &Lexicon, h: &Hit) -> Item {
    let m = &lx.marks;
    let s = &lx.surfaces[h.surface as usize];
    let mut f = Features::default();
    let symbols = match s.atom {
        Atom::Word(w, _) => 1 << w,
        Atom::Portfolio(p) => {
            f.portfolio = p;
            m.portfolio
        }
        Atom::MinistryWord(p) => {
            f.portfolio = p;
            f.has_ministry = true;
            m.ministry_word
        }
        Atom::Family(x) => {
            f.family = x;
            if lx.families[usize::from(x)].makes == EntityKind::Organization { m.body_word } else { m.family }
        }
        Atom::Nationality(c) => {
            f.country = c;
            m.nationality
        }
        Atom::Compound(c) => {
            f.country = c;
            m.compound
        }
        Atom::Role(r, p) => {
            f.role = r;
            f.portfolio = p;
            role(m, lx.roles[usize::from(r)].takes, p != NONE16)
        }
        Atom::Short(e) => {
            f.entity = e;
            m.short
        }
        Atom::Entity(e) => {
            f.entity = e;
            let info = &lx.entities[e as usize];
            match info.data.kind {
                EntityKind::Place if info.sort == Sort::Country => {
                    f.country = info.country;
                    m.place | m.country | m.party
                }
                EntityKind::Place => {
                    f.place = e;
                    m.place | m.locality
                }
                EntityKind::Organization => {
                    f.country = info.country;
                    let party = lx.parties.get(usize::from(info.country)).is_some_and(|p| p.entity == e);
                    m.organization | if party { m.party } else { 0 }
                }
                EntityKind::Title => {
                    f.country = info.country;
                    let open = info.sort != Sort::Rank && info.country == NONE16 && info.organization == NONE32;
                    m.title | if open { m.title_open } else { 0 }
                }
                EntityKind::Ministry => {
                    f.country = info.country;
                    f.portfolio = info.portfolio;
                    f.has_ministry = true;
                    m.ministry
                }
                EntityKind::Person => m.person,
                EntityKind::Mechanism => m.mechanism,
                EntityKind::Agreement => m.agreement,
                EntityKind::Initiative => m.initiative,
            }
        }
    };
    let number = if let Atom::Word(_, n) = s.atom { n } else { 0 };
    Item { bare: h.bare, number, ..Item::new(h.start, h.end, symbols, s.languages, s.strength, f) }
}

/// The symbols of a role that takes this, or that is complete with its field.
fn role(m: &Marks, bits: u8, full: bool) -> Symbols {
    if full {
        return m.role_full;
    }
    [
        (takes::PORTFOLIO, m.role_portfolio),
        (takes::COUNTRY, m.role_country),
        (takes::ORGANIZATION, m.role_organization),
        (takes::POST, m.role_post),
        (takes::PLACE, m.role_place),
        (takes::ARMY, m.role_army),
    ]
    .into_iter()
    .filter(|(t, _)| bits & t != 0)
    .fold(0, |all, (_, s)| all | s)
}

/// Runs the stages of the grammar in their order. `before` is called ahead of each with the bit of what it makes.
pub(crate) fn run(lx: &Lexicon, tokens: &[Token], chart: &mut Chart<'_>, mut before: impl FnMut(Symbols, &mut Chart<'_>)) {
    for stage in &lx.grammar.stages {
        before(1 << stage.makes, chart);
        let mut made = Vec::new();
        for start in chart.spots(stage.first) {
            let mut walk = Walk { lx, tokens, chart, stage, steps: STEPS, start, made: &mut made };
            walk.step(
                0,
                start,
                Path { begin: start, features: Features::default(), languages: 0, bare: false, strength: None, parts: 0, of: false, apart: false },
            );
        }
        for item in made {
            chart.push(item);
        }
    }
}

#[derive(Clone, Copy)]
struct Path {
    /// Where the phrase begins, behind what only tells of it.
    begin: usize,
    features: Features,
    languages: u8,
    bare: bool,
    strength: Option<Strength>,
    parts: u8,
    /// The last part is の.
    of: bool,
    /// の stands between a body and the word for its head.
    apart: bool,
}

struct Walk<'a> {
    lx: &'a Lexicon,
    tokens: &'a [Token],
    chart: &'a Chart<'a>,
    stage: &'a Stage,
    steps: u32,
    start: usize,
    made: &'a mut Vec<Item>,
}

impl Walk<'_> {
    fn step(&mut self, node: usize, at: usize, path: Path) {
        let node = &self.stage.nodes[node];
        if let Some(rule) = node.accept {
            self.made.push(Item {
                start: path.begin as u32,
                end: at as u32,
                outer: self.start as u32,
                symbols: 1 << self.stage.makes,
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
        if node.edges.is_empty() || at >= self.tokens.len() || at > self.start && self.parted(at) {
            return;
        }
        for item in self.chart.with(at, node.wanted) {
            if item.strength == Strength::Never {
                continue;
            }
            for Edge { part, bit, next } in &node.edges {
                if item.symbols & bit == 0 || part.languages != 0 && item.languages != 0 && item.languages & part.languages == 0 {
                    continue;
                }
                if self.steps == 0 {
                    return;
                }
                self.steps -= 1;
                if let Some(features) = self.join(path.features, &item, part.slot, *bit) {
                    let path = Path {
                        begin: if part.slot == Slot::Before { item.end as usize } else { path.begin },
                        features,
                        languages: path.languages | item.languages,
                        bare: path.bare || item.bare,
                        strength: Some(path.strength.map_or(item.strength, |s| s.min(item.strength))),
                        parts: path.parts + 1,
                        of: *bit == self.lx.marks.of && item.languages == 1 << Language::Ja as u8,
                        apart: path.apart || path.of && *bit == self.lx.marks.role_organization,
                    };
                    self.step(*next as usize, item.end as usize, path);
                }
            }
        }
    }

    /// A phrase does not go on over a line, nor over a space between two Japanese words that a ・ joins as equals.
    fn parted(&self, at: usize) -> bool {
        self.tokens[at].begins_line()
    }

    /// The features of a path with one more part, or nothing where they contradict each other.
    fn join(&self, mut f: Features, item: &Item, slot: Slot, bit: Symbols) -> Option<Features> {
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

/// Whether only a space, or nothing, lies before a token: no line, no quotation mark, no other character.
pub(crate) fn joined(t: &Token) -> bool {
    t.gap & !(gap::SPACE) == 0
}

/// Whether only space or quotation marks lie before a token.
pub(crate) fn near(t: &Token) -> bool {
    t.gap & !(gap::SPACE | gap::QUOTE) == 0
}
