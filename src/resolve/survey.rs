//! One walk over the chart for all that resolving looks for through the whole text.

use crate::compose::bind::Told;
use crate::compose::chart::Item;
use crate::compose::people::{Person, Sight};
use crate::kind::{Kind as EntityKind, Language};
use crate::lexicon::grammar::Symbols;
use crate::lexicon::{Lexicon, NONE16, NONE32, Sort, Strength};
use crate::text::bits::Bits;
use crate::text::tokens::Kind;
use std::cell::OnceCell;

/// Pairs of countries with missions that are noted at most.
const MOST_MISSIONS: usize = 256;

/// What stands where. Lists go by the text unless they say something else.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    /// Items that can become mentions.
    pub readings: Readings,
    /// Those that are only short forms of countries.
    short: Vec<u32>,
    /// What items of the lexicon's shapes are, once there was a text.
    pub classes: Classes,
    /// Entities under a strong name, ascending, once somebody has asked.
    strong: OnceCell<Vec<u32>>,
    /// Families of mechanisms under a strong name, by their numbers.
    pub families: Bits,
    /// Token and country of countries, nationalities and cities.
    pub lands: Vec<(u32, u16)>,
    /// Token and country of countries and nationalities, and of bodies that can be a side as a country can; each once.
    pub countries: Vec<(u32, u16)>,
    /// Countries that stand inside a sentence somewhere, by their numbers.
    inside: Bits,
    /// Token and country of `đoàn Nhật Bản`, `phía Nhật Bản`.
    pub delegations: Vec<(u32, u16)>,
    /// Items that name sides, in the order in which they came.
    pub sides: Vec<u32>,
    /// Families of mechanisms, each with the first item that names two of its sides.
    pub channels: Vec<(u16, u32)>,
    /// Countries between which the text names a mission in full, whose it is first.
    pub missions: Vec<(u16, u16)>,
    /// Tokens that phrases with sides hold, where there are short forms of countries.
    within_sides: Bits,
    /// Where such a form heads a phrase in Japanese.
    heads: Bits,
    /// Where a listed phrase goes on from one.
    shortened: Bits,
    /// There are short forms of countries.
    compounds: bool,
    /// Tokens inside long words that are none of the names in them, but for the first of each word.
    within_words: Bits,
    /// There are such words.
    long_words: bool,
    /// Tokens of people.
    people: Bits,
    /// Words that tell whose a title is.
    pub told: Told,
}

/// Items that can become mentions, by the tokens at which they begin; those of one token go in the order in which they came. Each is a
/// number, with the token above the item.
#[derive(Debug, Default)]
pub(crate) struct Readings {
    /// Those that came by their tokens: names are laid so, and most readings are names.
    laid: Vec<u64>,
    /// What comes behind all of these is this at least.
    least: u64,
    /// The others, which rules made later.
    made: Vec<u64>,
    /// Both together, once all have come.
    pub all: Vec<u64>,
}

impl Readings {
    /// What is only a short form of a country comes behind all else that begins at its token.
    const SHORT: u64 = 1 << 31;

    fn clear(&mut self) {
        self.laid.clear();
        self.least = 0;
        self.made.clear();
        self.all.clear();
    }

    #[inline]
    fn add(&mut self, token: u32, item: u64) {
        let reading = u64::from(token) << 32 | item;
        // What came last is kept apart: it would be asked of the list while it is still being written there.
        if reading >= self.least {
            self.least = reading + 1;
            self.laid.push(reading);
        } else {
            self.made.push(reading);
        }
    }

    /// All have come.
    fn order(&mut self) {
        let Readings { laid, made, all, .. } = self;
        // Each stage of the grammar made its own in their order: such runs are found, and laid together.
        made.sort();
        let (mut a, mut b) = (&laid[..], &made[..]);
        all.reserve(a.len() + b.len());
        while let ([x, ..], [y, ..]) = (a, b) {
            // Which is less is anybody's guess.
            let first = x < y;
            all.push(*x.min(y));
            (a, b) = (&a[usize::from(first)..], &b[usize::from(!first)..]);
        }
        all.extend_from_slice(a);
        all.extend_from_slice(b);
    }

    /// The item of one.
    #[inline]
    pub(super) fn item(reading: u64) -> usize {
        (reading & (Readings::SHORT - 1)) as usize
    }

    /// It is only a short form of a country.
    #[inline]
    pub(super) fn is_short(reading: u64) -> bool {
        reading & Readings::SHORT != 0
    }
}

/// What the symbols of an item say, as bits; those of kinds come first, in the order in which one item's count.
mod class {
    pub(super) const TITLE: u32 = 1;
    pub(super) const MINISTRY: u32 = 1 << 1;
    pub(super) const MECHANISM: u32 = 1 << 2;
    pub(super) const ORGANIZATION: u32 = 1 << 3;
    pub(super) const AGREEMENT: u32 = 1 << 4;
    pub(super) const INITIATIVE: u32 = 1 << 5;
    pub(super) const PLACE: u32 = 1 << 6;
    pub(super) const KINDS: u32 = (1 << 7) - 1;
    pub(super) const NATIONALITY: u32 = 1 << 7;
    pub(super) const PARTY: u32 = 1 << 8;
    pub(super) const COUNTRY: u32 = 1 << 9;
    pub(super) const DELEGATION: u32 = 1 << 10;
    pub(super) const SIDES: u32 = 1 << 11;
    pub(super) const COMPOUND: u32 = 1 << 12;
    pub(super) const TOLD: u32 = 1 << 13;
    pub(super) const WHOLE_WORD: u32 = 1 << 14;
    /// What says something more.
    pub(super) const RARE: u32 = PLACE | NATIONALITY | PARTY | COUNTRY | DELEGATION | SIDES | COMPOUND | MECHANISM | TOLD | WHOLE_WORD;
    /// What says something more where a rule made it.
    pub(super) const MADE: u32 = TITLE | MINISTRY | MECHANISM | ORGANIZATION;
}

const KINDS: [EntityKind; 7] = [
    EntityKind::Title,
    EntityKind::Ministry,
    EntityKind::Mechanism,
    EntityKind::Organization,
    EntityKind::Agreement,
    EntityKind::Initiative,
    EntityKind::Place,
];

/// Classes by shape: an item has few symbols and is asked for many.
#[derive(Debug, Default)]
pub(crate) struct Classes {
    by_shape: Vec<u32>,
    /// The first kind of each.
    kind_of: Vec<Option<EntityKind>>,
    /// The symbols of what has a kind, and of what says something more.
    kinds: Symbols,
    rare: Symbols,
}

impl Classes {
    /// Fills them in.
    fn read(&mut self, lx: &Lexicon) {
        let m = &lx.marks;
        let classes = [
            (m.title, class::TITLE),
            (m.ministry, class::MINISTRY),
            (m.mechanism, class::MECHANISM),
            (m.organization, class::ORGANIZATION),
            (m.agreement, class::AGREEMENT),
            (m.initiative, class::INITIATIVE),
            (m.place, class::PLACE),
            (m.nationality, class::NATIONALITY),
            (m.party, class::PARTY),
            (m.country, class::COUNTRY),
            (m.delegation, class::DELEGATION),
            (m.sides, class::SIDES),
            (m.compound, class::COMPOUND),
            (m.pronoun | m.counterpart | m.sign, class::TOLD),
            (m.whole_word, class::WHOLE_WORD),
        ];
        let of = |some: u32| classes.iter().filter(|c| c.1 & some != 0).fold(0, |all, (symbol, _)| all | symbol);
        (self.kinds, self.rare) = (of(class::KINDS), of(class::RARE));
        let class = |shape: Symbols| classes.iter().filter(|(symbol, _)| symbol & shape != 0).fold(0, |all, (_, class)| all | class);
        self.by_shape = lx.interests.of.iter().map(|i| class(i.symbols)).collect();
        self.kind_of = self.by_shape.iter().map(|class| KINDS.get((class & class::KINDS).trailing_zeros() as usize).copied()).collect();
    }

    #[inline]
    fn of(&self, i: &Item) -> u32 {
        self.by_shape[usize::from(i.shape)]
    }

    /// The first kind of an item's class.
    #[inline]
    pub(super) fn kind(&self, i: &Item) -> Option<EntityKind> {
        self.kind_of[usize::from(i.shape)]
    }
}

/// The place of a party in a set of them; what is none has the one behind the last.
#[inline]
fn of_party(lx: &Lexicon, party: u16) -> usize {
    usize::from(party).min(lx.parties.len())
}

impl Survey {
    fn clear(&mut self) {
        self.strong.take();
        self.lands.clear();
        self.countries.clear();
        self.delegations.clear();
        self.sides.clear();
        self.channels.clear();
        self.missions.clear();
        self.short.clear();
        self.told.clear();
    }

    /// Reads the chart.
    pub(super) fn take(&mut self, s: &Sight<'_>, people: &[Person]) {
        self.clear();
        self.readings.clear();
        self.families.reset(s.lx.families.len());
        self.inside.reset(s.lx.parties.len());
        let m = &s.lx.marks;
        self.long_words = s.chart.has(m.whole_word);
        if self.long_words {
            self.within_words.reset(s.tokens.len());
        }
        if self.classes.kinds == 0 {
            self.classes.read(s.lx);
        }
        // Who asks for people asks where a country may stand.
        if s.chart.has(m.place | m.nationality | m.party) {
            self.people.reset(s.tokens.len());
            people.iter().for_each(|p| self.people.fill(p.start..p.end));
        }
        let compounds = s.chart.has(m.compound);
        self.compounds = compounds;
        if compounds {
            self.shortened.reset(s.tokens.len());
            self.within_sides.reset(s.tokens.len());
            self.heads.reset(s.tokens.len());
        }
        s.chart.each_of_all(s.chart.present(self.classes.kinds), |i| {
            if i.strength != Strength::Never {
                self.readings.add(i.start, u64::from(i.id));
            }
            // Little that a rule made says anything here: that is asked at once.
            if (i.rule != NONE32) & (compounds | (i.features.country != NONE16)) {
                let class = self.classes.of(i);
                if class & class::MADE != 0 {
                    self.made(s, i, class, compounds);
                }
            }
        });
        let rare = if Told::asks_for_signs(s.chart) { self.classes.rare } else { self.classes.rare & !m.sign };
        s.chart.each_of_all(s.chart.present(rare), |i| self.rare(s, i, self.classes.of(i), compounds));
        let place = |&(token, country): &(u32, u16)| u64::from(token) << 16 | u64::from(country);
        self.lands.sort_unstable_by_key(place);
        self.countries.sort_unstable_by_key(place);
        self.countries.dedup();
        self.delegations.sort_unstable();
        // They count where a phrase is made with them.
        for i in self.short.iter().map(|&n| &s.chart.items[n as usize]) {
            if self.heads.has(i.start as usize) || (i.start..i.end).all(|token| self.within_sides.has(token as usize)) {
                self.readings.add(i.start, u64::from(i.id) | Readings::SHORT);
            }
        }
        self.readings.order();
    }

    /// The text has a strong name of an entity. Few texts have a weak one for which that is asked.
    pub(super) fn is_named(&self, items: &[Item], entity: u32) -> bool {
        let named = || {
            let items = self.readings.all.iter().filter(|&&r| !Readings::is_short(r)).map(|&r| &items[Readings::item(r)]);
            let strong = items.filter(|i| i.strength == Strength::Strong && i.rule == NONE32 && i.features.entity != NONE32);
            let mut all: Vec<u32> = strong.map(|i| i.features.entity).collect();
            all.sort_unstable();
            all
        };
        self.strong.get_or_init(named).binary_search(&entity).is_ok()
    }

    /// A token stands inside a long word, and not at its beginning.
    #[inline]
    pub(super) fn is_within_word(&self, token: usize) -> bool {
        self.long_words && self.within_words.has(token)
    }

    /// The end of the [short form](short_country) of a country from which a phrase in Japanese goes on.
    #[inline]
    pub(super) fn short_country(&self, s: &Sight<'_>, start: usize) -> Option<usize> {
        if self.compounds && self.shortened.has(start) { short_country(s, start) } else { None }
    }

    /// A country stands inside a sentence somewhere.
    pub(super) fn is_inside(&self, lx: &Lexicon, country: u16) -> bool {
        self.inside.has(of_party(lx, country))
    }

    /// What says something beside what it is itself.
    #[inline]
    fn rare(&mut self, s: &Sight<'_>, i: &Item, class: u32, compounds: bool) {
        if class & (class::PLACE | class::NATIONALITY | class::PARTY) != 0 {
            self.land(s, i, class);
        }
        if class & (class::DELEGATION | class::NATIONALITY | class::COUNTRY) != 0 {
            self.side(s, i, class);
        }
        if class & class::SIDES != 0 {
            self.sides.push(i.id);
            if compounds && i.rule != NONE32 {
                self.within_sides.fill(i.start as usize..i.end as usize);
            }
        }
        if class & class::MECHANISM != 0 {
            self.channel(s, i);
        }
        if class & class::COMPOUND != 0 {
            self.short(s, i, class);
        }
        if class & class::TOLD != 0 {
            self.told.note(&s.lx.marks, i);
        }
        if class & class::WHOLE_WORD != 0 {
            self.within_words.fill(i.start as usize + 1..i.end as usize);
        }
    }

    /// Where countries stand.
    #[inline]
    fn land(&mut self, s: &Sight<'_>, i: &Item, class: u32) {
        let country = i.features.country;
        let city = || s.lx.entities.get(i.features.place as usize).filter(|e| matches!(e.sort, Sort::City | Sort::Capital)).map_or(NONE16, |e| e.country);
        let land = if country != NONE16 { country } else { city() };
        // `Dato' Tan Yang Thai`: a syllable of somebody's name is no country.
        if land == NONE16 || self.people.has(i.start as usize) {
            return;
        }
        if class & (class::PLACE | class::NATIONALITY) != 0 {
            self.lands.push((i.start, land));
        }
        if class & (class::PARTY | class::NATIONALITY) != 0 && country != NONE16 {
            self.countries.push((i.start, country));
        }
    }

    #[inline]
    fn channel(&mut self, s: &Sight<'_>, i: &Item) {
        let f = &i.features;
        if i.strength == Strength::Strong {
            let listed = s.lx.entities.get(f.entity as usize).map_or(NONE16, |e| e.family);
            [f.family, listed].into_iter().filter(|&f| f != NONE16).for_each(|f| self.families.insert(usize::from(f)));
        }
        if f.family != NONE16 && f.entity == NONE32 && f.parties[1] != NONE16 && !self.channels.iter().any(|c| c.0 == f.family) {
            self.channels.push((f.family, i.id));
        }
    }

    /// What a rule made: missions, and the heads of phrases in Japanese.
    #[inline]
    fn made(&mut self, s: &Sight<'_>, i: &Item, class: u32, compounds: bool) {
        if class & (class::TITLE | class::ORGANIZATION) != 0 && i.features.country != NONE16 {
            self.mission(s, i);
        }
        if compounds && class & class::SIDES == 0 && i.languages == 1 << Language::Ja as u8 {
            // `越国防省`, `駐日大使`: at the head of the phrase, or behind the word that opens it.
            self.heads.insert(i.start as usize);
            s.chart.with(i.start as usize, s.lx.marks.stationed).for_each(|x| self.heads.insert(x.end as usize));
        }
    }

    #[inline]
    fn mission(&mut self, s: &Sight<'_>, i: &Item) {
        let f = &i.features;
        let (role, family) = (s.lx.roles.get(usize::from(f.role)), s.lx.families.get(usize::from(f.family)));
        if !role.map_or_else(|| family.is_some_and(|x| x.at_home), |r| r.at_home) {
            return;
        }
        let capital = || s.lx.entities.get(f.place as usize).filter(|e| e.sort == Sort::Capital).map_or(NONE16, |e| e.country);
        let target = if f.target != NONE16 { f.target } else { capital() };
        if target != NONE16 && target != f.country && !self.missions.contains(&(f.country, target)) && self.missions.len() < MOST_MISSIONS {
            self.missions.push((f.country, target));
        }
    }

    /// A short form of a country.
    fn short(&mut self, s: &Sight<'_>, i: &Item, class: u32) {
        if class & class::KINDS == 0 {
            self.short.push(i.id);
        }
        // It heads a listed phrase.
        let start = i.start as usize;
        if let Some(end) = short_country(s, start).filter(|_| s.tokens[start].kind.is_cjk()) {
            self.shortened.insert(start);
            if end == i.end as usize {
                self.heads.insert(start);
            }
        }
    }

    /// Delegations, and countries inside a sentence.
    #[inline]
    fn side(&mut self, s: &Sight<'_>, i: &Item, class: u32) {
        let (m, chart) = (&s.lx.marks, s.chart);
        let (start, end) = (i.start as usize, i.end as usize);
        if class & class::DELEGATION != 0 {
            let after = chart.with(end, m.country | m.ministry | m.nationality).filter(|n| n.features.country != NONE16).max_by_key(|n| n.end);
            self.delegations.extend(after.map(|n| (i.start, n.features.country)));
        }
        // `the Japanese side`, `ベトナム側`
        if class & (class::NATIONALITY | class::COUNTRY) != 0 && i.languages & (1 << Language::Vi as u8) == 0 && chart.begins(end, m.delegation) {
            self.delegations.push((i.start, i.features.country));
        }
        if class & class::COUNTRY != 0 && !s.layout.opens(start) {
            self.inside.insert(of_party(s.lx, i.features.country));
        }
        // `Lào: Trung tướng …` at the beginning of a line
        if class & class::COUNTRY != 0 && s.tokens.get(end).is_some_and(|t| t.kind == Kind::Colon) {
            let before = |t: usize| matches!(s.tokens[t].kind, Kind::Dash | Kind::Other) && s.tokens[t].begins_line();
            if s.tokens[start].begins_line() || start > 0 && before(start - 1) {
                self.delegations.push((i.start, i.features.country));
            }
        }
    }
}

/// `米国防長官`: where the short form of a country ends that an office or ministry goes on from, and no longer name of it
/// does.
fn short_country(s: &Sight<'_>, start: usize) -> Option<usize> {
    let m = &s.lx.marks;
    let short = s.chart.laid(start, m.compound).map(|i| i.end as usize).min()?;
    let long = s.chart.laid(start, m.country).map(|i| i.end as usize).filter(|&e| e > short).max()?;
    let head = m.title | m.ministry | m.ministry_word | m.role_full | m.role_country | m.role_portfolio;
    let goes_on = |from: usize, end: u32| s.chart.with(from, head).any(|h| h.end == end && h.strength != Strength::Never);
    let whole = |from: usize| s.chart.laid(start, m.title | m.ministry).any(|t| t.end as usize > from && goes_on(from, t.end));
    (whole(short) && !whole(long)).then_some(short)
}
