//! The chart: what begins at each token, and the engine that runs the rules over it.
//!
//! Work is bounded per token: every form is short, and at each place only so many steps are taken. A text of titles in a
//! row costs what its length says.

mod trace;

use super::english::ENGLISH;
use crate::kind::{Kind as EntityKind, Language};
use crate::lexicon::grammar::{Edge, Node, Slot, Stage, Symbols};
use crate::lexicon::interest::{self, HEADS, Interest, Interests, Opening, SHORTS, STAGES};
pub(crate) use crate::lexicon::sign;
use crate::lexicon::{Atom, Lexicon, Marks, NONE16, NONE32, Silent, Sort, Strength, takes};
use crate::matcher::Hit;
use crate::text::bits::{Bits, ones};
use crate::text::tokens::{Kind, Token, gap};
use std::ops::Range;

/// A field that holds two values at once (`Ngoại giao – Quốc phòng`).
pub(crate) const SEVERAL: u16 = u16::MAX - 1;
/// Steps that the engine takes from one token for one stage.
const STEPS: u32 = 192;

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

/// What begins at a token.
#[derive(Clone, Copy, Debug)]
struct Spot {
    /// The symbols of all that begins here.
    symbols: Symbols,
    /// The latest item.
    head: u32,
    /// The last of its [quiet](Word) words.
    word: u32,
    /// What the token itself is where it is a sign or a [silent](Silent) word.
    silent: u32,
}

/// A word of the grammar for which nobody looks through a whole text, see [`Interest`]: most that is found.
/// It is made an item where somebody asks what begins at its token.
#[derive(Clone, Copy, Debug)]
struct Word {
    token: u32,
    end: u32,
    symbol: u8,
    languages: u8,
    number: u8,
    strength: Strength,
    bare: bool,
}

impl Word {
    /// What stands before the first one.
    const NONE: Word = Word { token: NONE32, end: 0, symbol: 0, languages: 0, number: 0, strength: Strength::Never, bare: false };

    fn bit(&self) -> Symbols {
        1 << self.symbol
    }

    fn item(&self) -> Item {
        let Word { token, end, languages, number, strength, bare, .. } = *self;
        Item { bare, number, ..Item::new(token, end, self.bit(), languages, strength, Features::default()) }
    }
}

/// Items in a row that are passed over together by who looks for other symbols.
const BLOCK: usize = 16;

/// Which items begin where.
#[derive(Debug, Default)]
struct Rows {
    /// One for each kind of silent words and signs, the first for what is nothing; then one for each token at which an item
    /// begins.
    spots: Vec<Spot>,
    kinds: usize,
    /// For each token its spot.
    at: Vec<u32>,
    /// The quiet words by their tokens, behind one that is none.
    words: Vec<Word>,
    /// The symbols of each [block](BLOCK) of items.
    blocks: Vec<Symbols>,
    /// The symbols of all items.
    symbols: Symbols,
    /// The sets of tokens that [`Interests`] tell of.
    sets: Vec<Bits>,
}

impl Rows {
    fn reset(&mut self, silent: &[Silent], used: u64, tokens: &[Token]) {
        // The kinds stay: they are those of the lexicon.
        if self.kinds == 0 {
            self.kinds = silent.len();
            self.spots.extend((0..).zip(silent).map(|(silent, s)| Spot { symbols: s.symbols, head: NONE32, word: 0, silent }));
        }
        self.spots.truncate(self.kinds);
        self.at.clear();
        self.at.extend(tokens.iter().map(|t| u32::from(t.silent)));
        self.words.clear();
        self.words.push(Word::NONE);
        self.blocks.clear();
        self.symbols = 0;
        self.sets.resize_with(SHORTS + 1, Bits::default);
        ones(0, used).for_each(|set| self.sets[set].reset(tokens.len()));
    }

    /// The number of a token's spot, a new one where it has none of its own.
    #[inline]
    fn own(&mut self, token: u32) -> usize {
        let at = &mut self.at[token as usize];
        let itself = *at as usize;
        if itself < self.kinds {
            *at = self.spots.len() as u32;
            let Spot { symbols, silent, .. } = self.spots[itself];
            self.spots.push(Spot { symbols, head: NONE32, word: 0, silent });
            return self.spots.len() - 1;
        }
        itself
    }

    /// Adds an item, by its number, to those of its token: the number of the one before it there.
    fn add(&mut self, number: u32, token: u32, symbols: Symbols, interests: &Interests) -> u32 {
        self.symbols |= symbols;
        ones(0, interests.sets(symbols)).for_each(|set| self.sets[set].insert(token as usize));
        let spot = self.own(token);
        let spot = &mut self.spots[spot];
        spot.symbols |= symbols;
        std::mem::replace(&mut spot.head, number)
    }

    /// Adds a quiet word, behind those of tokens before and of its own.
    #[inline]
    fn add_word(&mut self, word: Word, interest: &Interest) {
        let spot = self.own(word.token);
        let spot = &mut self.spots[spot];
        spot.symbols |= interest.bit;
        spot.word = self.words.len() as u32;
        ones(0, interest.sets).for_each(|set| self.sets[set].insert(word.token as usize));
        self.words.push(word);
    }

    /// The next quiet word of a token with one of the symbols, from this one on to those before; `word` is set to the one before
    /// it, or to the one that is none.
    #[inline]
    fn word(&self, word: &mut usize, symbols: Symbols) -> Option<Item> {
        while *word > 0 {
            let this = &self.words[*word];
            *word = if self.words[*word - 1].token == this.token { *word - 1 } else { 0 };
            if this.bit() & symbols != 0 {
                return Some(this.item());
            }
        }
        None
    }
}

/// Adds the symbols of the next thing, or of one before, to those of its block.
#[inline]
fn join(blocks: &mut Vec<Symbols>, number: usize, symbols: Symbols) {
    match blocks.get_mut(number / BLOCK) {
        Some(block) => *block |= symbols,
        None => blocks.push(symbols),
    }
}

/// All items, by the token at which they begin.
///
/// At most tokens nothing begins, and going through the others costs nothing for them. What signs and [silent](Silent)
/// words are is said where somebody asks; nothing of them is kept.
#[derive(Debug)]
pub(crate) struct Chart<'a> {
    silent: &'a [Silent],
    /// Symbols that are never silent: only for these there is a way through the whole text.
    loud: Symbols,
    interests: &'a Interests,
    pub items: Vec<Item>,
    rows: Rows,
    /// How many items are listed, which are the first ones; what was added to them by no rule.
    listed: usize,
    added: Vec<u32>,
    /// What words count, as bits, the higher ones over the lower.
    numbers: u64,
    /// What the forms of a stage make, while it runs.
    made: Vec<Item>,
    /// How often somebody looked at a token or an item: all that compose and resolve do begins with such a look.
    #[cfg(all(test, feature = "builtin"))]
    looks: std::cell::Cell<usize>,
}

/// What a chart is drawn on: buffers that can be used again for other texts with the same lexicon.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    items: Vec<Item>,
    rows: Rows,
    added: Vec<u32>,
    made: Vec<Item>,
    #[cfg(all(test, feature = "builtin"))]
    looks: usize,
}

impl Sheet {
    /// How many items the last chart had.
    #[cfg(all(test, feature = "builtin"))]
    pub(crate) fn items(&self) -> usize {
        self.items.len()
    }

    /// How often somebody looked at the last chart.
    #[cfg(all(test, feature = "builtin"))]
    pub(crate) fn looks(&self) -> usize {
        self.looks
    }
}

impl<'a> Chart<'a> {
    /// An empty chart over these tokens. The sheet is empty until it gets the chart [back](Chart::leave).
    pub(crate) fn over(lx: &'a Lexicon, tokens: &[Token], sheet: &mut Sheet) -> Chart<'a> {
        let Sheet { mut items, mut rows, mut added, made, .. } = std::mem::take(sheet);
        items.clear();
        added.clear();
        rows.reset(&lx.silent, lx.interests.sets, tokens);
        Chart {
            silent: &lx.silent,
            loud: lx.loud,
            interests: &lx.interests,
            items,
            rows,
            listed: 0,
            added,
            numbers: 0,
            made,
            #[cfg(all(test, feature = "builtin"))]
            looks: 0.into(),
        }
    }

    /// Counts looks, where a test wants to know.
    #[inline]
    fn look(&self, _count: usize) {
        #[cfg(all(test, feature = "builtin"))]
        self.looks.set(self.looks.get() + _count);
    }

    /// Gives the buffers back.
    pub(crate) fn leave(self, sheet: &mut Sheet) {
        #[cfg(all(test, feature = "builtin"))]
        let looks = self.looks.get();
        let Chart { items, rows, added, made, .. } = self;
        *sheet = Sheet {
            items,
            rows,
            added,
            made,
            #[cfg(all(test, feature = "builtin"))]
            looks,
        };
    }

    pub(crate) fn push(&mut self, item: Item) {
        let id = self.items.len() as u32;
        join(&mut self.rows.blocks, self.items.len(), item.symbols);
        if item.rule == NONE32 {
            self.added.push(id);
        }
        let next = self.rows.add(id, item.start, item.symbols, self.interests);
        self.items.push(Item { id, next, ..item });
    }

    /// The items with one of the symbols, in the order in which they came; none of [quiet](Word) words.
    pub(crate) fn all(&self, symbols: Symbols) -> impl Iterator<Item = &Item> {
        self.found(symbols, &self.items)
    }

    /// Those of them that no rule made.
    pub(crate) fn unruled(&self, symbols: Symbols) -> impl Iterator<Item = &Item> {
        let later = self.added.iter().map(|&i| &self.items[i as usize]).filter(move |i| i.symbols & symbols != 0);
        self.found(symbols, &self.items[..self.listed]).chain(later)
    }

    fn found<'f>(&'f self, symbols: Symbols, items: &'f [Item]) -> impl Iterator<Item = &'f Item> {
        let blocks: &[Symbols] = if self.has(symbols) { &self.rows.blocks } else { &[] };
        self.look(blocks.len());
        let with_some = blocks.iter().zip(items.chunks(BLOCK)).filter(move |(all, _)| **all & symbols != 0);
        with_some.flat_map(|(_, items)| items).filter(move |i| i.symbols & symbols != 0)
    }

    /// Hands over the items that [`Chart::all`] gives.
    #[inline]
    pub(crate) fn each_of_all(&self, symbols: Symbols, mut take: impl FnMut(&Item)) {
        debug_assert!(symbols & !self.loud == 0, "silent words are not found so");
        self.look(self.rows.blocks.len());
        for (_, items) in self.rows.blocks.iter().zip(self.items.chunks(BLOCK)).filter(|(all, _)| **all & symbols != 0) {
            items.iter().filter(|i| i.symbols & symbols != 0).for_each(&mut take);
        }
    }

    /// Whether an item has one of the symbols.
    pub(crate) fn has(&self, symbols: Symbols) -> bool {
        debug_assert!(symbols & !self.loud == 0, "silent words are not found so");
        self.rows.symbols & symbols != 0
    }

    /// Whether a word of the class `sign` with a number may stand somewhere.
    pub(crate) fn has_sign(&self, number: u8) -> bool {
        debug_assert!(sign::SOUGHT.contains(&number), "quiet words are not found so");
        self.numbers >> (number % 64) & 1 == 1
    }

    /// The words of the class `sign` with a number.
    pub(crate) fn signs_of(&self, lx: &Lexicon, number: u8) -> impl Iterator<Item = &Item> {
        let symbols = if self.has_sign(number) { lx.marks.sign } else { 0 };
        self.all(symbols).filter(move |i| i.number == number)
    }

    #[inline]
    fn spot(&self, token: usize) -> &Spot {
        self.look(1);
        &self.rows.spots[self.rows.at.get(token).map_or(0, |&at| at as usize)]
    }

    /// The tokens at which a form of a stage can begin.
    fn starts(&self, stage: usize) -> &Bits {
        self.set(stage % STAGES)
    }

    /// The tokens at which a word begins that can open a name which no list holds.
    pub(crate) fn heads(&self) -> &Bits {
        self.set(HEADS)
    }

    /// The tokens at which a short form of somebody begins.
    pub(crate) fn shorts(&self) -> &Bits {
        self.set(SHORTS)
    }

    fn set(&self, number: usize) -> &Bits {
        let set = &self.rows.sets[number];
        self.look(set.words().len());
        set
    }

    /// The items that begin at a token, the latest first.
    #[inline]
    pub(crate) fn at(&self, token: usize) -> impl Iterator<Item = Item> {
        self.with(token, Symbols::MAX)
    }

    /// The longest item with one of the symbols that begins at a token.
    #[inline]
    pub(crate) fn longest(&self, token: usize, symbols: Symbols) -> Option<Item> {
        if self.begins(token, symbols) { self.longest_of(token, symbols) } else { None }
    }

    fn longest_of(&self, token: usize, symbols: Symbols) -> Option<Item> {
        self.with(token, symbols).max_by_key(|i| i.end)
    }

    /// The items with one of the symbols that begin at a token, the latest first.
    #[inline]
    pub(crate) fn with(&self, token: usize, symbols: Symbols) -> impl Iterator<Item = Item> {
        let spot = self.spot(token);
        let some = spot.symbols & symbols != 0;
        let (mut next, mut word) = if some { (spot.head, spot.word as usize) } else { (NONE32, 0) };
        let mut silent = if some { self.silent[spot.silent as usize].items.iter() } else { [].iter() };
        std::iter::from_fn(move || {
            while let Some(item) = self.items.get(next as usize) {
                next = item.next;
                if item.symbols & symbols != 0 {
                    return Some(*item);
                }
            }
            if word > 0
                && let Some(item) = self.rows.word(&mut word, symbols)
            {
                return Some(item);
            }
            silent.find(|s| s.0 & symbols != 0).map(|&word| quiet(token, word))
        })
    }

    /// The tokens of a range at which an item with one of the symbols begins. At most tokens nothing does, which is seen at one
    /// look.
    #[inline]
    pub(crate) fn among(&self, tokens: Range<usize>, symbols: Symbols) -> impl DoubleEndedIterator<Item = usize> {
        self.look(tokens.len());
        let from = tokens.start;
        let spots = self.rows.at.get(from..tokens.end.min(self.rows.at.len())).unwrap_or_default().iter().enumerate();
        spots.filter(move |(_, at)| **at != 0 && self.rows.spots[**at as usize].symbols & symbols != 0).map(move |(n, _)| from + n)
    }

    /// The same of so many tokens before one.
    #[inline]
    pub(crate) fn begun(&self, before: usize, reach: usize, symbols: Symbols) -> impl DoubleEndedIterator<Item = usize> {
        self.among(before.saturating_sub(reach)..before, symbols)
    }

    /// Whether an item with one of the symbols ends at a token and begins at most so many before it.
    #[inline]
    pub(crate) fn ends(&self, end: usize, reach: usize, symbols: Symbols) -> bool {
        self.begun(end, reach, symbols).any(|t| self.with(t, symbols).any(|i| i.end as usize == end))
    }

    /// The same without silent words and signs, in their places.
    #[inline]
    pub(crate) fn laid(&self, token: usize, symbols: Symbols) -> impl Iterator<Item = &Item> {
        let spot = self.spot(token);
        let mut next = if spot.symbols & symbols != 0 { spot.head } else { NONE32 };
        std::iter::from_fn(move || {
            loop {
                let item = self.items.get(next as usize)?;
                next = item.next;
                if item.symbols & symbols != 0 {
                    return Some(item);
                }
            }
        })
    }

    /// Hands over the items that [`Chart::with`] gives, without a copy of any that is laid.
    #[inline]
    fn each(&self, token: usize, symbols: Symbols, mut take: impl FnMut(&Item)) {
        let silent = self.each_found(token, symbols, &mut take).silent;
        if silent != 0 {
            let words = self.silent[silent as usize].items.iter();
            words.filter(|s| s.0 & symbols != 0).for_each(|&word| take(&quiet(token, word)));
        }
    }

    /// The same without silent words and signs.
    #[inline]
    fn each_found(&self, token: usize, symbols: Symbols, mut take: impl FnMut(&Item)) -> &Spot {
        let spot = self.spot(token);
        let mut next = spot.head;
        while let Some(item) = self.items.get(next as usize) {
            next = item.next;
            if item.symbols & symbols != 0 {
                take(item);
            }
        }
        let mut word = spot.word as usize;
        while word > 0
            && let Some(item) = self.rows.word(&mut word, symbols)
        {
            take(&item);
        }
        spot
    }

    /// The longest word of the class `sign` with a number that begins at a token.
    pub(crate) fn sign(&self, lx: &Lexicon, token: usize, number: u8) -> Option<Item> {
        self.with(token, lx.marks.sign).filter(|i| i.number == number).max_by_key(|i| i.end)
    }

    /// Whether such a word begins at a token.
    pub(crate) fn signs(&self, lx: &Lexicon, token: usize, number: u8) -> bool {
        self.sign(lx, token, number).is_some()
    }

    /// The symbols of all that begins at a token.
    #[inline]
    pub(crate) fn symbols_at(&self, token: usize) -> Symbols {
        self.spot(token).symbols
    }

    /// Whether an item with one of the symbols begins at a token.
    #[inline]
    pub(crate) fn begins(&self, token: usize, symbols: Symbols) -> bool {
        self.look(1);
        self.rows.at.get(token).is_some_and(|&at| at != 0 && self.rows.spots[at as usize].symbols & symbols != 0)
    }
}

/// What a [silent](Silent) word or sign at a token is.
fn quiet(token: usize, (symbols, languages, number): (Symbols, u8, u8)) -> Item {
    let start = token as u32;
    Item { number, ..Item::new(start, start + 1, symbols, languages, Strength::Strong, Features::default()) }
}

/// Puts hits on the chart, and signs where a form begins with one.
pub(crate) fn lay(lx: &Lexicon, tokens: &[Token], hits: &[Hit], chart: &mut Chart<'_>) {
    let m = &lx.marks;
    let signs = lx.signs_are_loud();
    let mut signed = 0;
    // Hits come by their starts.
    for (i, h) in hits.iter().enumerate() {
        if signs {
            lay_signs(m, tokens, signed..h.start as usize + 1, chart);
            signed = h.start as usize + 1;
        }
        let s = &lx.surfaces[h.surface as usize];
        if let Atom::Word(symbol, number) = s.atom {
            let interest = &chart.interests.of[usize::from(symbol)];
            if interest.is_quiet(number, s.languages) {
                let word = Word { token: h.start, end: h.end, symbol, languages: s.languages, number, strength: s.strength, bare: h.bare };
                chart.rows.add_word(word, interest);
                continue;
            }
            chart.numbers |= 1 << (number % 64);
        }
        let id = chart.items.len() as u32;
        chart.items.push(item(lx, h));
        let made = &mut chart.items[id as usize];
        if made.symbols & m.title != 0
            && made.languages & ENGLISH != 0
            && let Some(start) = behind_country(lx, tokens, h, &hits[hits[..i].partition_point(|x| x.start < h.start)..])
        {
            made.start = start;
        }
        made.id = id;
        made.next = chart.rows.add(id, made.start, made.symbols, chart.interests);
    }
    if signs {
        lay_signs(m, tokens, signed..tokens.len(), chart);
    }
    chart.listed = chart.items.len();
    let blocks = chart.items.chunks(BLOCK).map(|b| b.iter().fold(0, |all, i| all | i.symbols));
    chart.rows.blocks.clear();
    chart.rows.blocks.extend(blocks);
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
    let mut made = Item::new(h.start, h.end, 0, s.languages, s.strength, Features::default());
    made.bare = h.bare;
    let f = &mut made.features;
    made.symbols = match s.atom {
        Atom::Word(w, n) => {
            made.number = n;
            1 << w
        }
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
    made
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
    let mut made = std::mem::take(&mut chart.made);
    for (n, stage) in lx.grammar.stages.iter().enumerate() {
        before(1 << stage.makes, chart);
        for start in chart.starts(n).iter() {
            Walk { lx, tokens, chart, stage, steps: STEPS, start, made: &mut made }.begin(&lx.interests.openings[n]);
        }
        for item in made.drain(..) {
            chart.push(item);
        }
    }
    chart.made = made;
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

impl Path {
    fn from(begin: usize) -> Path {
        Path { begin, features: Features::default(), languages: 0, bare: false, strength: None, parts: 0, of: false, apart: false }
    }
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
    /// What the forms make that begin here.
    fn begin(&mut self, openings: &[Opening]) {
        let first = &self.stage.nodes[0];
        // What is silent begins no form.
        self.chart.each_found(self.start, first.wanted, |item| {
            let (mut ways, mut after, mut complete, mut count) = (0, 0, false, 0);
            interest::each(item.symbols & first.wanted, |symbol| {
                let o = &openings[symbol];
                ways |= o.ways;
                after |= o.ahead;
                complete |= o.complete;
                count += u32::from(o.count[usize::from(item.languages) % o.count.len()]);
            });
            if count == 0 || item.strength == Strength::Never {
                return;
            }
            let ahead = self.ahead(item);
            if complete || after & ahead != 0 {
                self.follow(first, ways & first.ways(item.languages), item, ahead, &Path::from(self.start));
            } else {
                // All these ways end where they began.
                self.steps = self.steps.saturating_sub(count);
            }
        });
    }

    /// What a path makes, and every way on from its end, if there is any.
    fn step(&mut self, node: &Node, at: usize, goes_on: bool, path: &Path) {
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
        if goes_on {
            self.chart.each(at, node.wanted, |item| {
                let ways = node.ways(item.languages);
                if ways != 0 && item.strength != Strength::Never {
                    self.follow(node, ways, item, self.ahead(item), path);
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

    /// The symbols of all that can follow an item.
    #[inline]
    fn ahead(&self, item: &Item) -> Symbols {
        let to = item.end as usize;
        if to < self.tokens.len() && !self.parted(to) { self.chart.symbols_at(to) } else { 0 }
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
