//! One walk over the chart for all that resolving looks for through the whole text.

use crate::compose::bind::Told;
use crate::compose::chart::Item;
use crate::compose::people::{Person, Sight};
use crate::kind::{Kind as EntityKind, Language};
use crate::lexicon::grammar::Symbols;
use crate::lexicon::{Marks, NONE16, NONE32, Sort, Strength};
use crate::text::tokens::Kind;

/// Pairs of countries with missions that are noted at most.
const MOST_MISSIONS: usize = 256;

/// What stands where. Lists go by the text unless they say something else.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    /// Items that can become mentions, those of one token in the order in which they came, short forms of countries last.
    pub readings: Vec<Reading>,
    /// Entities under a strong name, ascending, where some name is weak.
    pub strong: Vec<u32>,
    /// Families of mechanisms under a strong name, ascending, where some name is weak.
    pub families: Vec<u16>,
    /// Token and country of countries, nationalities and cities.
    pub lands: Vec<(u32, u16)>,
    /// Token and country of countries and nationalities, and of bodies that can be a side as a country can; each once.
    pub countries: Vec<(u32, u16)>,
    /// Countries that stand inside a sentence somewhere.
    pub inside: Vec<u16>,
    /// Token and country of `đoàn Nhật Bản`, `phía Nhật Bản`.
    pub delegations: Vec<(u32, u16)>,
    /// Items that name sides, in the order in which they came.
    pub sides: Vec<u32>,
    /// Families of mechanisms, each with the first item that names two of its sides.
    pub channels: Vec<(u16, u32)>,
    /// Countries between which the text names a mission in full, whose it is first.
    pub missions: Vec<(u16, u16)>,
    /// Tokens that phrases with sides hold, as ranges that do not touch.
    pub within_sides: Vec<(u32, u32)>,
    /// Where a short form of a country heads a phrase in Japanese, ascending.
    pub heads: Vec<u32>,
    /// Words that tell whose a title is.
    pub told: Told,
}

/// An item that can become a mention: the token at which it begins, whether it is a short form of a country, and its number, in
/// one number that sorts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Reading(u64);

impl Reading {
    /// Bits of the number of an item. As many items as this holds no memory does.
    const BITS: u32 = 31;

    fn new(i: &Item, short: bool) -> Reading {
        Reading(u64::from(i.start) << (Reading::BITS + 1) | u64::from(short) << Reading::BITS | u64::from(i.id))
    }

    /// The number of the item.
    pub(super) fn item(self) -> u32 {
        self.0 as u32 & ((1 << Reading::BITS) - 1)
    }
}

/// Symbols of what can become a mention, in the order in which one item's are asked.
fn kinds(m: &Marks) -> [(Symbols, EntityKind); 7] {
    [
        (m.title, EntityKind::Title),
        (m.ministry, EntityKind::Ministry),
        (m.mechanism, EntityKind::Mechanism),
        (m.organization, EntityKind::Organization),
        (m.agreement, EntityKind::Agreement),
        (m.initiative, EntityKind::Initiative),
        (m.place, EntityKind::Place),
    ]
}

/// Which kind an item can become.
pub(super) struct Kinds {
    in_order: [(Symbols, EntityKind); 7],
    /// By the only symbol of an item that makes it one.
    by_symbol: [Option<EntityKind>; Symbols::BITS as usize],
    any: Symbols,
}

impl Kinds {
    pub(super) fn of(m: &Marks) -> Kinds {
        let in_order = kinds(m);
        let mut by_symbol = [None; Symbols::BITS as usize];
        for (symbol, kind) in in_order.into_iter().filter(|k| k.0 != 0) {
            by_symbol[symbol.trailing_zeros() as usize] = Some(kind);
        }
        Kinds { in_order, by_symbol, any: in_order.iter().fold(0, |all, k| all | k.0) }
    }

    pub(super) fn kind(&self, symbols: Symbols) -> Option<EntityKind> {
        let symbols = symbols & self.any;
        // Most items have one of these symbols or none.
        if symbols & symbols.wrapping_sub(1) == 0 {
            return self.by_symbol.get(symbols.trailing_zeros() as usize).copied().flatten();
        }
        self.in_order.iter().find(|k| k.0 & symbols != 0).map(|k| k.1)
    }
}

/// Sets of symbols that one item after the other is held against, put together once.
struct Wanted {
    able: Symbols,
    land: Symbols,
    party: Symbols,
    delegation: Symbols,
    mission: Symbols,
    head: Symbols,
    told: Symbols,
    /// What a listed name may have to say beside what it is.
    more: Symbols,
    any: Symbols,
}

impl Wanted {
    fn of(m: &Marks) -> Wanted {
        let able = kinds(m).iter().fold(0, |all, k| all | k.0);
        let (land, party, delegation) = (m.place | m.nationality, m.party | m.nationality, m.delegation | m.nationality | m.country);
        let (mission, head, told) = (m.title | m.organization, m.ministry | m.title | m.mechanism | m.organization, m.pronoun | m.counterpart | m.sign);
        let more = land | party | delegation | told | m.sides | m.mechanism | m.compound;
        Wanted { able, land, party, delegation, mission, head, told, more, any: able | more }
    }
}

impl Survey {
    fn clear(&mut self) {
        self.readings.clear();
        self.strong.clear();
        self.families.clear();
        self.lands.clear();
        self.countries.clear();
        self.inside.clear();
        self.delegations.clear();
        self.sides.clear();
        self.channels.clear();
        self.missions.clear();
        self.within_sides.clear();
        self.heads.clear();
        self.told.clear();
    }

    /// Reads the chart. People come by their starts.
    pub(super) fn take(&mut self, s: &Sight<'_>, people: &[Person]) {
        self.clear();
        let m = &s.lx.marks;
        let wanted = Wanted::of(m);
        let compounds = s.chart.has(m.compound);
        let mut weak = false;
        for i in s.chart.all(wanted.any) {
            let able = i.symbols & wanted.able != 0;
            if able && i.strength != Strength::Never {
                self.readings.push(Reading::new(i, false));
                weak |= i.strength == Strength::Weak;
            }
            // Most listed names say nothing else.
            if i.symbols & wanted.more == 0 && i.rule == NONE32 {
                continue;
            }
            if i.symbols & (wanted.land | wanted.party) != 0 {
                self.land(s, people, i, &wanted);
            }
            if i.symbols & wanted.delegation != 0 {
                self.side(s, i);
            }
            if i.symbols & m.sides != 0 {
                self.sides.push(i.id);
            }
            if i.rule != NONE32 && i.symbols & wanted.mission != 0 && i.features.country != NONE16 {
                self.mission(s, i);
            }
            if i.symbols & m.mechanism != 0 {
                self.channel(i);
            }
            if i.symbols & wanted.told != 0 {
                self.told.note(m, i);
            }
            if compounds {
                self.compound(s, i, &wanted);
            }
        }
        self.readings.sort_unstable();
        let place = |&(token, country): &(u32, u16)| u64::from(token) << 16 | u64::from(country);
        self.lands.sort_unstable_by_key(place);
        self.countries.sort_unstable_by_key(place);
        self.countries.dedup();
        self.delegations.sort_unstable();
        if compounds {
            self.within_sides(s);
            self.heads.sort_unstable();
        }
        if weak {
            self.strong(s);
        }
    }

    /// Where countries stand.
    fn land(&mut self, s: &Sight<'_>, people: &[Person], i: &Item, wanted: &Wanted) {
        let country = i.features.country;
        // `Dato' Tan Yang Thai`: a syllable of somebody's name is no country.
        let named = || people[..people.partition_point(|p| p.start <= i.start as usize)].last().is_some_and(|p| p.end > i.start as usize);
        let city = || s.lx.entities.get(i.features.place as usize).filter(|e| matches!(e.sort, Sort::City | Sort::Capital)).map_or(NONE16, |e| e.country);
        let land = if country != NONE16 { country } else { city() };
        if land == NONE16 || named() {
            return;
        }
        if i.symbols & wanted.land != 0 {
            self.lands.push((i.start, land));
        }
        if i.symbols & wanted.party != 0 && country != NONE16 {
            self.countries.push((i.start, country));
        }
    }

    fn channel(&mut self, i: &Item) {
        let f = &i.features;
        if f.family != NONE16 && f.entity == NONE32 && f.sides().count() >= 2 && !self.channels.iter().any(|c| c.0 == f.family) {
            self.channels.push((f.family, i.id));
        }
    }

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

    /// Where short forms of countries stand, and what they can head.
    fn compound(&mut self, s: &Sight<'_>, i: &Item, wanted: &Wanted) {
        let m = &s.lx.marks;
        if i.rule != NONE32 && i.symbols & m.sides == 0 && i.symbols & wanted.head != 0 && i.languages == 1 << Language::Ja as u8 {
            // `越国防省`, `駐日大使`: at the head of the phrase, or behind the word that opens it.
            self.heads.push(i.start);
            self.heads.extend(s.chart.with(i.start as usize, m.stationed).map(|x| x.end));
        }
        if i.symbols & m.compound == 0 {
            return;
        }
        if i.symbols & m.place == 0 {
            self.readings.push(Reading::new(i, true));
        }
        // … and of a listed one.
        if s.tokens[i.start as usize].kind.is_cjk() && short_country(s, i.start as usize) == Some(i.end as usize) {
            self.heads.push(i.start);
        }
    }

    fn within_sides(&mut self, s: &Sight<'_>) {
        let all = self.sides.iter().map(|&n| &s.chart.items[n as usize]).filter(|i| i.rule != NONE32);
        self.within_sides.extend(all.map(|i| (i.start, i.end)));
        self.within_sides.sort_unstable();
        self.within_sides.dedup_by(|next, last| {
            let joins = next.0 <= last.1;
            if joins {
                last.1 = last.1.max(next.1);
            }
            joins
        });
    }

    /// Delegations, and countries inside a sentence.
    fn side(&mut self, s: &Sight<'_>, i: &Item) {
        let (m, chart) = (&s.lx.marks, s.chart);
        let (start, end) = (i.start as usize, i.end as usize);
        if i.symbols & m.delegation != 0 {
            let after = chart.with(end, m.country | m.ministry | m.nationality).filter(|n| n.features.country != NONE16).max_by_key(|n| n.end);
            self.delegations.extend(after.map(|n| (i.start, n.features.country)));
        }
        // `the Japanese side`, `ベトナム側`
        if i.symbols & (m.nationality | m.country) != 0 && i.languages & (1 << Language::Vi as u8) == 0 && chart.begins(end, m.delegation) {
            self.delegations.push((i.start, i.features.country));
        }
        if i.symbols & m.country != 0 && !s.layout.opens(start) && !self.inside.contains(&i.features.country) {
            self.inside.push(i.features.country);
        }
        // `Lào: Trung tướng …` at the beginning of a line
        if i.symbols & m.country != 0 && s.tokens.get(end).is_some_and(|t| t.kind == Kind::Colon) {
            let before = |t: usize| matches!(s.tokens[t].kind, Kind::Dash | Kind::Other) && s.tokens[t].begins_line();
            if s.tokens[start].begins_line() || start > 0 && before(start - 1) {
                self.delegations.push((i.start, i.features.country));
            }
        }
    }

    /// What goes by a strong name.
    fn strong(&mut self, s: &Sight<'_>) {
        let items = self.readings.iter().map(|r| &s.chart.items[r.item() as usize]).filter(|i| i.strength == Strength::Strong);
        for i in items {
            let f = &i.features;
            if f.entity != NONE32 && i.rule == NONE32 {
                self.strong.push(f.entity);
            }
            if i.symbols & s.lx.marks.mechanism != 0 {
                self.families.push(f.family);
                self.families.extend(s.lx.entities.get(f.entity as usize).map(|e| e.family));
            }
        }
        self.families.retain(|&f| f != NONE16);
        self.families.sort_unstable();
        self.strong.sort_unstable();
    }

    /// Whether phrases with sides hold all these tokens.
    pub(super) fn holds(&self, start: u32, end: u32) -> bool {
        let i = self.within_sides.partition_point(|r| r.1 < end);
        self.within_sides.get(i).is_some_and(|r| r.0 <= start && end <= r.1)
    }
}

/// `米国防長官`: where the short form of a country ends that an office or ministry goes on from, and no longer name of it
/// does.
pub(super) fn short_country(s: &Sight<'_>, start: usize) -> Option<usize> {
    let m = &s.lx.marks;
    let short = s.chart.with(start, m.compound).map(|i| i.end as usize).min()?;
    let head = m.title | m.ministry | m.ministry_word | m.role_full | m.role_country | m.role_portfolio;
    let whole =
        |from: usize| s.chart.with(start, m.title | m.ministry).any(|t| s.chart.with(from, head).any(|h| h.end == t.end && h.strength != Strength::Never));
    let long = s.chart.with(start, m.country).map(|i| i.end as usize).filter(|&e| e > short).max()?;
    (whole(short) && !whole(long)).then_some(short)
}
