//! The chart: what begins at each token, and the engine that runs the rules over it.
//!
//! Work is bounded per token: every form is short, and at each place only so many steps are taken. A text of titles in a
//! row costs what its length says.

mod begun;
mod groups;
mod lay;
mod rows;
mod trace;
mod walk;

use crate::kind::Language;
use crate::lexicon::grammar::Symbols;
use crate::lexicon::interest::{HEADS, SHORTS};
use crate::lexicon::phrases::Phrase;
use crate::lexicon::shape::Shape;
pub(crate) use crate::lexicon::sign;
use crate::lexicon::{Atom, Lexicon, Meaning, NONE16, NONE32, Strength};
use crate::text::bits::Bits;
use crate::text::tokens::{Token, gap};
use begun::{Begun, Words};
use groups::Groups;
use lay::item;
pub(crate) use lay::lay;
use rows::{Rows, Spot, Word};
use std::ops::{Deref, DerefMut, Range};
pub(crate) use walk::run;

/// A field that holds two values at once (`Ngoại giao – Quốc phòng`).
pub(crate) const SEVERAL: u16 = u16::MAX - 1;

/// Numbers of quiet words begin behind this one.
const WORDS: u32 = 1 << 31;
/// The number of a phrase that is silent.
const SILENT: u32 = u32::MAX;

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
        Features::NONE
    }
}

impl Features {
    /// Those of a phrase that says nothing.
    const NONE: Features = Features {
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
    };

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
    /// The number of its symbols, where it is laid.
    pub shape: Shape,
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
    /// Its place among the items, or among the quiet words behind [`WORDS`]; `NONE32` for what is silent.
    pub id: u32,
    next: u32,
}

impl Item {
    /// Nothing.
    const NONE: Item = Item {
        start: 0,
        end: 0,
        outer: 0,
        symbols: 0,
        shape: 0,
        languages: 0,
        strength: Strength::Never,
        features: Features::NONE,
        rule: NONE32,
        bare: false,
        number: 0,
        id: NONE32,
        next: NONE32,
    };

    pub(crate) fn new(start: u32, end: u32, symbols: Symbols, languages: u8, strength: Strength, features: Features) -> Item {
        Item { start, end, outer: start, symbols, languages, strength, features, ..Item::NONE }
    }
}

/// All items, by the token at which they begin.
///
/// At most tokens nothing begins, and going through the others costs nothing for them. What signs and [silent](Silent)
/// words are is said where somebody asks; nothing of them is kept.
#[derive(Debug)]
pub(crate) struct Chart<'a> {
    lx: &'a Lexicon,
    tokens: &'a [Token],
    sheet: Sheet,
}

/// What a chart is drawn on: buffers that can be used again for other texts with the same lexicon.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    pub items: Vec<Item>,
    rows: Rows,
    groups: Groups,
    /// What words count, as bits, the higher ones over the lower.
    numbers: u64,
    /// Before some item stand words that tell of it: in most texts before none.
    pub preceded: bool,
    /// What the forms of a stage make, and where they begin, while it runs.
    made: Vec<Item>,
    starts: Vec<u32>,
    /// How often somebody looked at a token or an item: all that compose and resolve do begins with such a look.
    #[cfg(all(test, feature = "builtin"))]
    looks: std::cell::Cell<usize>,
}

impl Deref for Chart<'_> {
    type Target = Sheet;

    #[inline(always)]
    fn deref(&self) -> &Sheet {
        &self.sheet
    }
}

impl DerefMut for Chart<'_> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut Sheet {
        &mut self.sheet
    }
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
        self.looks.get()
    }
}

impl<'a> Chart<'a> {
    /// An empty chart over these tokens. The sheet is empty until it gets the chart [back](Chart::leave).
    pub(crate) fn over(lx: &'a Lexicon, tokens: &'a [Token], sheet: &mut Sheet) -> Chart<'a> {
        let mut sheet = std::mem::take(sheet);
        sheet.items.clear();
        sheet.groups.clear();
        sheet.rows.reset(lx, tokens);
        (sheet.numbers, sheet.preceded) = (0, false);
        #[cfg(all(test, feature = "builtin"))]
        sheet.looks.set(0);
        Chart { lx, tokens, sheet }
    }

    /// Counts looks, where a test wants to know: at the chart, and at what the rules walk beside it.
    #[inline]
    pub(crate) fn look(&self, _count: usize) {
        #[cfg(all(test, feature = "builtin"))]
        self.looks.set(self.looks.get() + _count);
    }

    /// Gives the buffers back.
    pub(crate) fn leave(self, sheet: &mut Sheet) {
        *sheet = self.sheet;
    }

    pub(crate) fn push(&mut self, item: Item) {
        let Chart { lx, sheet, .. } = self;
        let id = sheet.items.len();
        sheet.items.push(item);
        let item = &mut sheet.items[id];
        (item.id, item.shape) = (id as u32, lx.shapes.get(item.symbols));
        sheet.groups.add(id, item);
        item.next = sheet.rows.add(id as u32, item.start, &lx.interests.of[usize::from(item.shape)]);
    }

    /// Pushes all that a stage has made, which is of one shape.
    fn take(&mut self, made: &mut Vec<Item>, shape: Shape) {
        if made.is_empty() {
            return;
        }
        let Chart { lx, sheet, .. } = self;
        let (first, interest) = (sheet.items.len(), &lx.interests.of[usize::from(shape)]);
        sheet.items.append(made);
        for (id, item) in sheet.items.iter_mut().enumerate().skip(first) {
            (item.id, item.shape) = (id as u32, shape);
            sheet.groups.add(id, item);
            sheet.preceded |= item.outer < item.start;
            item.next = sheet.rows.add(id as u32, item.start, interest);
        }
    }

    /// The item with a number.
    pub(crate) fn item(&self, id: u32) -> Option<Item> {
        match id.checked_sub(WORDS) {
            None => self.items.get(id as usize).copied(),
            Some(number) => self.rows.words.get(number as usize).map(|word| self.quiet(number, word)),
        }
    }

    /// The items with one of the symbols, in the order in which they came; none of [quiet](crate::lexicon::interest::Interest) words.
    pub(crate) fn all(&self, symbols: Symbols) -> impl Iterator<Item = &Item> {
        debug_assert!(symbols & !self.lx.loud == 0, "silent words are not found so");
        self.look(self.groups.len());
        self.groups.with(symbols).map(|i| &self.items[i])
    }

    /// Hands over the items that [`Chart::all`] gives. Of symbols that are not known before the text is, only those that are
    /// [present](Chart::present) should be asked for.
    #[inline]
    pub(crate) fn each_of_all(&self, symbols: Symbols, mut take: impl FnMut(&Item)) {
        debug_assert!(symbols & !self.lx.loud == 0, "silent words are not found so");
        self.look(self.groups.len());
        self.groups.each_with(symbols, |i| take(&self.items[i]));
    }

    /// Hands over those of them that no rule made.
    #[inline]
    pub(crate) fn each_unruled(&self, symbols: Symbols, mut take: impl FnMut(&Item)) {
        debug_assert!(symbols & !self.lx.loud == 0, "silent words are not found so");
        self.look(self.groups.len());
        self.groups.each_unruled(symbols, |i| take(&self.items[i]));
    }

    /// Whether an item has one of the symbols.
    pub(crate) fn has(&self, symbols: Symbols) -> bool {
        debug_assert!(symbols & !self.lx.loud == 0, "silent words are not found so");
        self.present(symbols) != 0
    }

    /// Those of some symbols that an item has.
    pub(crate) fn present(&self, symbols: Symbols) -> Symbols {
        self.groups.symbols & symbols
    }

    /// Whether one in English has.
    pub(crate) fn has_english(&self, symbols: Symbols) -> bool {
        debug_assert!(symbols & !self.lx.loud == 0, "silent words are not found so");
        self.groups.english & symbols != 0
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
        if self.may_begin(token, symbols) { self.longest_of(token, symbols, |_| true) } else { None }
    }

    /// The longest one in a language, by what it says as a word: where it ends, its languages and its symbols.
    pub(crate) fn longest_word(&self, token: usize, symbols: Symbols, language: Language) -> Option<(usize, u8, Symbols)> {
        let spot = self.spot(token);
        let mut longest: Option<(usize, u8, Symbols)> = None;
        // Most tokens at which a phrase may begin are not followed by its second word.
        let phrases = self.lx.phrases.at(self.tokens, token, spot.phrases, symbols);
        let laid = spot.may_have(symbols);
        if !laid && phrases.is_empty() {
            return None;
        }
        let mut take = |end: usize, languages: u8, symbols: Symbols| {
            if languages >> language as u8 & 1 == 1 && longest.is_none_or(|l| end >= l.0) {
                longest = Some((end, languages, symbols));
            }
        };
        let items = self.chain(if laid { spot.head } else { NONE32 });
        items.filter(|i| i.symbols & symbols != 0).for_each(|i| take(i.end as usize, i.languages, i.symbols));
        let words = Words { chart: self, token, symbols, next: spot.word as usize, number: 0, phrases };
        words.for_each(|(_, word)| take(word.end as usize, word.languages, self.symbols_of(&word)));
        if laid && longest.is_none_or(|l| l.0 <= token + 1) {
            let silent = self.silent(spot.silent, symbols);
            silent.filter(|s| s.languages >> language as u8 & 1 == 1).for_each(|s| longest = Some((token + 1, s.languages, s.symbols)));
        }
        longest
    }

    /// Where the longest one ends.
    #[inline]
    pub(crate) fn longest_end(&self, token: usize, symbols: Symbols) -> Option<usize> {
        if self.may_begin(token, symbols) { self.longest_end_of(token, symbols) } else { None }
    }

    fn longest_end_of(&self, token: usize, symbols: Symbols) -> Option<usize> {
        let spot = self.spot(token);
        let items = self.chain(if spot.may_have(symbols) { spot.head } else { NONE32 });
        let laid = items.filter(|i| i.symbols & symbols != 0).fold(0, |end, i| end.max(i.end));
        let end = self.words_with(token, spot, symbols).fold(laid, |end, (_, word)| end.max(word.end));
        // What is left is a word that is silent.
        if end > 0 { Some(end as usize) } else { self.silent(spot.silent, symbols).next().map(|_| token + 1) }
    }

    /// The same of those that count what fits. It is made, or copied, when it is found.
    fn longest_of(&self, token: usize, symbols: Symbols, fits: impl Fn(u8) -> bool) -> Option<Item> {
        let spot = self.spot(token);
        let (mut end, mut laid, mut quiet) = (0, None, None);
        for item in self.chain(spot.head).filter(|i| i.symbols & symbols != 0 && fits(i.number)) {
            if item.end >= end {
                (end, laid) = (item.end, Some(item));
            }
        }
        for (number, word) in self.words_with(token, spot, symbols).filter(|(_, w)| fits(w.number(self.lx))) {
            if word.end >= end {
                (end, quiet) = (word.end, Some((number, word)));
            }
        }
        let silent = || self.lx.silent[usize::from(spot.silent)].items.iter().rfind(|s| s.symbols & symbols != 0 && fits(s.number));
        match if end as usize <= token + 1 { silent() } else { None } {
            Some(word) => Some(silence(token, word)),
            None => quiet.map(|(number, word)| self.quiet(number, &word)).or(laid.copied()),
        }
    }

    /// The items with one of the symbols that begin at a token, the latest first.
    #[inline]
    pub(crate) fn with(&self, token: usize, symbols: Symbols) -> Begun<'_> {
        let spot = self.spot(token);
        let over = spot.perhaps & symbols == 0;
        let spot = if over { &Spot::NONE } else { spot };
        Begun {
            over,
            laid: spot.head,
            silent: spot.silent,
            said: 0,
            words: Words { chart: self, token, symbols, next: spot.word as usize, number: spot.phrases, phrases: &[] },
        }
    }

    /// An item and those of its token before it.
    #[inline]
    fn chain(&self, head: u32) -> impl Iterator<Item = &Item> {
        let mut next = head;
        std::iter::from_fn(move || {
            let item = self.items.get(next as usize)?;
            next = item.next;
            Some(item)
        })
    }

    /// The tokens of a range at which an item with one of the symbols begins. Mostly none does, which is seen without asking token by
    /// token.
    #[inline]
    pub(crate) fn among(&self, tokens: Range<usize>, symbols: Symbols) -> impl DoubleEndedIterator<Item = usize> {
        self.look(tokens.len());
        let from = tokens.start;
        let spots = self.rows.at.get(from..tokens.end.min(self.rows.at.len())).unwrap_or_default();
        let all = spots.iter().fold(0, |all, &at| all | self.rows.spots[at as usize].perhaps);
        let spots = if all & symbols == 0 { &[] } else { spots };
        let begins = move |n: usize, at: u32| self.begins_at(from + n, &self.rows.spots[at as usize], symbols);
        spots.iter().enumerate().filter(move |(n, at)| begins(*n, **at)).map(move |(n, _)| from + n)
    }

    /// Hands over the tokens at which an item with one of the symbols may begin.
    #[inline]
    fn each_perhaps(&self, symbols: Symbols, mut take: impl FnMut(u32)) {
        self.look(self.rows.at.len());
        for (token, &at) in (0..).zip(&self.rows.at) {
            if self.rows.spots[at as usize].perhaps & symbols != 0 {
                take(token);
            }
        }
    }

    /// Those of so many tokens before one at which an item with one of the symbols begins.
    #[inline]
    pub(crate) fn begun(&self, before: usize, reach: usize, symbols: Symbols) -> impl DoubleEndedIterator<Item = usize> {
        self.among(before.saturating_sub(reach)..before, symbols)
    }

    /// Whether an item with one of the symbols ends at a token and begins at most so many before it.
    #[inline]
    pub(crate) fn ends(&self, end: usize, reach: usize, symbols: Symbols) -> bool {
        // What ends there mostly begins near.
        self.begun(end, reach, symbols).rev().any(|t| self.with(t, symbols).any(|i| i.end as usize == end))
    }

    /// The same without quiet and silent words and signs, in their places.
    #[inline]
    pub(crate) fn laid(&self, token: usize, symbols: Symbols) -> impl Iterator<Item = &Item> {
        let spot = self.spot(token);
        self.chain(if spot.may_have(symbols) { spot.head } else { NONE32 }).filter(move |i| i.symbols & symbols != 0)
    }

    /// The short forms of somebody that begin at a token, the latest first: where each ends, and whose it is.
    #[inline]
    pub(crate) fn shorts_at(&self, token: usize) -> impl Iterator<Item = (usize, u32)> {
        let short = self.lx.marks.short;
        let word = if self.may_begin(token, short) { self.spot(token).word } else { 0 };
        let whose = |word: &Word| if let Atom::Short(e) = self.lx.surfaces[word.surface as usize].atom { e } else { NONE32 };
        let quiet = self.words(word).filter(move |(_, word)| self.symbols_of(word) & short != 0).map(move |(_, word)| (word.end as usize, whose(word)));
        // Where a form of the grammar asks for them they are laid.
        self.laid(token, short).map(|i| (i.end as usize, i.features.entity)).chain(quiet)
    }

    /// The quiet words of a token from one on to those before, each with its number.
    #[inline]
    fn words(&self, from: u32) -> impl Iterator<Item = (u32, &Word)> {
        let mut next = from as usize;
        std::iter::from_fn(move || {
            let number = Some(next).filter(|&word| word > 0)?;
            next = self.rows.before(number);
            Some((number as u32, &self.rows.words[number]))
        })
    }

    /// The symbols of a quiet word.
    #[inline]
    fn symbols_of(&self, word: &Word) -> Symbols {
        self.lx.interests.of[usize::from(word.shape)].symbols
    }

    /// The quiet words of a token with one of the symbols.
    #[inline]
    fn words_with(&self, token: usize, spot: &Spot, symbols: Symbols) -> Words<'_> {
        Words { chart: self, token, symbols, next: spot.word as usize, number: spot.phrases, phrases: &[] }
    }

    /// The item that a quiet word is, or a phrase that is silent.
    fn quiet(&self, number: u32, word: &Word) -> Item {
        let id = if number == SILENT { NONE32 } else { WORDS + number };
        Item { id, ..item(self.lx, word) }
    }

    /// What a silent word or sign of a number is, of some symbols.
    #[inline]
    fn silent(&self, number: u16, symbols: Symbols) -> impl Iterator<Item = &'a Meaning> {
        self.lx.silent[usize::from(number)].items.iter().filter(move |s| s.symbols & symbols != 0)
    }

    /// Hands over the items that [`Chart::with`] gives, without a copy of any that is laid.
    #[inline]
    fn each(&self, token: usize, symbols: Symbols, mut take: impl FnMut(&Item)) {
        let spot = self.spot(token);
        let here = spot.may_have(symbols);
        self.chain(if here { spot.head } else { NONE32 }).filter(|i| i.symbols & symbols != 0).for_each(&mut take);
        self.words_with(token, spot, symbols).for_each(|(number, word)| take(&self.quiet(number, &word)));
        if here && spot.silent != 0 {
            self.silent(spot.silent, symbols).for_each(|word| take(&silence(token, word)));
        }
    }

    /// The longest word of the class `sign` with a number that begins at a token.
    pub(crate) fn sign(&self, lx: &Lexicon, token: usize, number: u8) -> Option<Item> {
        if self.may_begin(token, lx.marks.sign) { self.longest_of(token, lx.marks.sign, |n| n == number) } else { None }
    }

    /// Whether such a word begins at a token.
    pub(crate) fn signs(&self, lx: &Lexicon, token: usize, number: u8) -> bool {
        self.sign(lx, token, number).is_some()
    }

    /// The symbols of all that begins at a token, with those of all phrases that its word can begin: who asks on for what it may be need
    /// not know whether the phrase stands there.
    #[inline]
    pub(crate) fn perhaps_at(&self, token: usize) -> Symbols {
        self.spot(token).perhaps
    }

    /// Those of some symbols that phrases of a number have that stand at a token.
    #[inline(never)]
    fn symbols_of_phrases(&self, token: usize, number: u16, symbols: Symbols) -> Symbols {
        let (lx, tokens) = (self.lx, self.tokens);
        let asked = |p: &&Phrase| p.symbols() & symbols != 0 && p.end(lx, tokens, token).is_some();
        lx.phrases.at(tokens, token, number, symbols).iter().filter(asked).fold(0, |all, p| all | p.symbols())
    }

    /// Whether an item with one of the symbols begins at a token. There are hundreds of places that ask, most once a text: in each of
    /// them it would be read anew into the cache of instructions.
    #[inline(never)]
    pub(crate) fn begins(&self, token: usize, symbols: Symbols) -> bool {
        self.begins_at(token, self.spot(token), symbols)
    }

    #[inline]
    fn begins_at(&self, token: usize, spot: &Spot, symbols: Symbols) -> bool {
        spot.perhaps & symbols != 0 && (spot.phrases == 0 || self.begins_beside_phrases(token, spot, symbols))
    }

    /// The same where a phrase that is silent may be all that has one of them.
    #[inline(never)]
    fn begins_beside_phrases(&self, token: usize, spot: &Spot, symbols: Symbols) -> bool {
        self.lx.phrases.symbols(spot.phrases) & symbols == 0
            || spot.may_have(symbols)
                && (self.lx.silent[usize::from(spot.silent)].symbols & symbols != 0
                    || self.chain(spot.head).any(|i| i.symbols & symbols != 0)
                    || self.words(spot.word).any(|(_, word)| self.symbols_of(word) & symbols != 0))
            || self.symbols_of_phrases(token, spot.phrases, symbols) != 0
    }

    /// The same, but that it may only be so.
    #[inline]
    pub(crate) fn may_begin(&self, token: usize, symbols: Symbols) -> bool {
        self.spot(token).perhaps & symbols != 0
    }
}

/// What a [silent](Silent) word or sign at a token is.
fn silence(token: usize, is: &Meaning) -> Item {
    let (start, features) = (token as u32, Features { portfolio: is.portfolio, ..Features::NONE });
    Item { number: is.number, ..Item::new(start, start + 1, is.symbols, is.languages, Strength::Strong, features) }
}

/// Whether only a space, or nothing, lies before a token: no line, no quotation mark, no other character.
pub(crate) fn joined(t: &Token) -> bool {
    t.gap & !(gap::SPACE) == 0
}

/// Whether only space or quotation marks lie before a token.
pub(crate) fn near(t: &Token) -> bool {
    t.gap & !(gap::SPACE | gap::QUOTE) == 0
}
