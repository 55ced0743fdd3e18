//! One walk over the chart for all that resolving looks for through the whole text.

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
    /// Items that can become mentions; those of one token in the order in which they came, short forms of countries last.
    pub readings: Vec<u32>,
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
}

/// Symbols of what can become a mention, in the order in which one item's are asked.
pub(super) fn kinds(m: &Marks) -> [(Symbols, EntityKind); 7] {
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

/// Adds to a list that goes by tokens, and at one token by countries.
fn insert(list: &mut Vec<(u32, u16)>, new: (u32, u16)) {
    let behind = list.iter().rev().take_while(|&&old| old > new).count();
    list.insert(list.len() - behind, new);
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
    }

    /// Reads the chart. People come by their starts.
    pub(super) fn take(&mut self, s: &Sight<'_>, people: &[Person]) {
        self.clear();
        let m = &s.lx.marks;
        let able = kinds(m).iter().fold(0, |all, k| all | k.0);
        let wanted = able | m.nationality | m.party | m.country | m.delegation | m.sides | m.compound;
        let mut weak = false;
        let mut next = 0;
        for token in s.chart.spots(wanted) {
            let first = self.readings.len();
            // `Dato' Tan Yang Thai`: a syllable of somebody's name is no country.
            while people.get(next).is_some_and(|p| p.end <= token) {
                next += 1;
            }
            let named = people.get(next).is_some_and(|p| p.start <= token);
            for i in s.chart.with(token, wanted) {
                if i.symbols & able != 0 && i.strength != Strength::Never || i.symbols & m.compound != 0 && i.symbols & m.place == 0 {
                    self.readings.push(i.id);
                    weak |= i.strength == Strength::Weak;
                }
                if !named {
                    self.land(s, &i);
                }
                self.rest(s, &i);
            }
            if self.readings.len() > first + 1 {
                let last = |&n: &u32| (s.chart.items[n as usize].symbols & able == 0, n);
                self.readings[first..].sort_unstable_by_key(last);
            }
        }
        self.sides.sort_unstable();
        self.delegations.sort_unstable();
        self.heads.sort_unstable();
        if weak {
            self.strong(s);
        }
    }

    /// Where countries stand.
    fn land(&mut self, s: &Sight<'_>, i: &Item) {
        let m = &s.lx.marks;
        let country = i.features.country;
        if i.symbols & (m.place | m.nationality) != 0 {
            let city = || s.lx.entities.get(i.features.place as usize).filter(|e| matches!(e.sort, Sort::City | Sort::Capital)).map_or(NONE16, |e| e.country);
            let land = if country != NONE16 { country } else { city() };
            if land != NONE16 {
                insert(&mut self.lands, (i.start, land));
            }
        }
        if i.symbols & (m.party | m.nationality) != 0 && country != NONE16 && !self.countries.iter().rev().take_while(|c| c.0 == i.start).any(|c| c.1 == country)
        {
            insert(&mut self.countries, (i.start, country));
        }
    }

    fn rest(&mut self, s: &Sight<'_>, i: &Item) {
        let m = &s.lx.marks;
        let f = &i.features;
        if i.symbols & (m.delegation | m.nationality | m.country) != 0 {
            self.delegation(s, i);
        }
        if i.symbols & m.country != 0 && !s.layout.opens(i.start as usize) && !self.inside.contains(&f.country) {
            self.inside.push(f.country);
        }
        if i.symbols & m.sides != 0 {
            self.sides.push(i.id);
        }
        if i.symbols & m.mechanism != 0 && f.family != NONE16 && f.entity == NONE32 && f.sides().count() >= 2 {
            match self.channels.iter_mut().find(|c| c.0 == f.family) {
                Some(first) => first.1 = first.1.min(i.id),
                None => self.channels.push((f.family, i.id)),
            }
        }
        if i.symbols & (m.title | m.organization) != 0 && i.rule != NONE32 && f.country != NONE16 {
            let (role, family) = (s.lx.roles.get(usize::from(f.role)), s.lx.families.get(usize::from(f.family)));
            let mission = role.map_or_else(|| family.is_some_and(|x| x.at_home), |r| r.at_home);
            let capital = || s.lx.entities.get(f.place as usize).filter(|e| e.sort == Sort::Capital).map_or(NONE16, |e| e.country);
            let target = if f.target != NONE16 { f.target } else if mission { capital() } else { NONE16 };
            if mission && target != NONE16 && target != f.country && !self.missions.contains(&(f.country, target)) && self.missions.len() < MOST_MISSIONS {
                self.missions.push((f.country, target));
            }
        }
        if !s.chart.has(m.compound) {
            return;
        }
        if i.rule != NONE32 && i.symbols & m.sides != 0 {
            match self.within_sides.last_mut() {
                Some(last) if i.start <= last.1 => last.1 = last.1.max(i.end),
                _ => self.within_sides.push((i.start, i.end)),
            }
        } else if i.rule != NONE32 && i.symbols & (m.ministry | m.title | m.mechanism | m.organization) != 0 && i.languages == 1 << Language::Ja as u8 {
            // `越国防省`, `駐日大使`: at the head of the phrase, or behind the word that opens it.
            self.heads.push(i.start);
            self.heads.extend(s.chart.with(i.start as usize, m.stationed).map(|x| x.end));
        }
        // … and of a listed one.
        if i.symbols & m.compound != 0 && s.tokens[i.start as usize].kind.is_cjk() && short_country(s, i.start as usize) == Some(i.end as usize) {
            self.heads.push(i.start);
        }
    }

    fn delegation(&mut self, s: &Sight<'_>, i: &Item) {
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
        let items = self.readings.iter().map(|&n| &s.chart.items[n as usize]).filter(|i| i.strength == Strength::Strong);
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
    let whole = |from: usize| s.chart.with(start, m.title | m.ministry).any(|t| s.chart.with(from, head).any(|h| h.end == t.end && h.strength != Strength::Never));
    let long = s.chart.with(start, m.country).map(|i| i.end as usize).filter(|&e| e > short).max()?;
    (whole(short) && !whole(long)).then_some(short)
}
