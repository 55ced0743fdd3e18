//! What things are on the chart: the sets of symbols that they have, numbered, so that what is asked of all of a thing's
//! symbols is looked up once.

use super::grammar::{MAX_SYMBOLS, Symbols};
use super::interest::Quiet;
use super::{Atom, EntityInfo, Lexicon, Marks, NONE16, NONE32, Sort, Surface, takes};
use crate::kind::Kind;
use crate::text::tokens::Kind as SignKind;

/// The number of a set of symbols: that of its symbol where it is but one, as a rule.
pub(crate) type Shape = u8;

/// The shapes of all that can be laid.
#[derive(Debug, Default)]
pub(crate) struct Shapes {
    /// Shapes of none or several symbols, and those of words that are quiet while others of their symbol are not: by their
    /// numbers behind those of the symbols.
    others: Vec<(Symbols, bool)>,
    surfaces: Vec<Shape>,
    entities: Vec<Figure>,
}

/// What an entity says by itself where one of its names stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Figure {
    shape: Shape,
    /// It is the place of a phrase.
    pub place: bool,
    pub ministry: bool,
    pub country: u16,
    pub portfolio: u16,
}

impl Shapes {
    pub(super) fn of(lx: &Lexicon, quiet: &Quiet) -> Shapes {
        let m = &lx.marks;
        let mut s = Shapes::default();
        for kind in SignKind::SIGNS {
            s.number(m.sign(kind));
        }
        let roles: Vec<Shape> = lx.roles.iter().map(|r| s.number(role(m, r.takes))).collect();
        s.entities = (0..).zip(&lx.entities).map(|(e, info)| s.figure(lx, e, info)).collect();
        let family = |x: u16| if lx.families[usize::from(x)].makes == Kind::Organization { m.body_word } else { m.family };
        let varies: Vec<bool> = (0..MAX_SYMBOLS).map(|symbol| quiet.varies(1 << symbol)).collect();
        let [portfolio, ministry_word, nationality, compound] = [m.portfolio, m.ministry_word, m.nationality, m.compound].map(one);
        let [role_full, short] = [m.role_full, m.short].map(one);
        let shape = |surface: &Surface| match surface.atom {
            Atom::Word(symbol, _) if !varies[usize::from(symbol)] => symbol,
            Atom::Word(symbol, _) => match quiet.is(surface, 1 << symbol) {
                true => s.other(1 << symbol, true),
                false => symbol,
            },
            Atom::Short(_) => short,
            Atom::Portfolio(_) => portfolio,
            Atom::MinistryWord(_) => ministry_word,
            Atom::Family(x) => one(family(x)),
            Atom::Nationality(_) => nationality,
            Atom::Compound(_) => compound,
            Atom::Role(r, NONE16) => roles[usize::from(r)],
            Atom::Role(..) => role_full,
            Atom::Entity(e) => s.entities[e as usize].shape,
        };
        let surfaces = lx.surfaces.iter().map(shape).collect();
        Shapes { surfaces, ..s }
    }

    fn figure(&mut self, lx: &Lexicon, e: u32, info: &EntityInfo) -> Figure {
        let m = &lx.marks;
        let kind = info.data.kind;
        let symbols = match kind {
            Kind::Place if info.sort == Sort::Country => m.place | m.country | m.party,
            Kind::Place => m.place | m.locality,
            Kind::Organization => {
                let party = lx.parties.get(usize::from(info.country)).is_some_and(|p| p.entity == e);
                m.organization | if party { m.party } else { 0 }
            }
            Kind::Title => {
                let open = info.sort != Sort::Rank && info.country == NONE16 && info.organization == NONE32;
                m.title | if open { m.title_open } else { 0 }
            }
            Kind::Ministry => m.ministry,
            Kind::Person => m.person,
            Kind::Mechanism => m.mechanism,
            Kind::Agreement => m.agreement,
            Kind::Initiative => m.initiative,
        };
        let place = kind == Kind::Place && info.sort != Sort::Country;
        let ministry = kind == Kind::Ministry;
        let country = matches!(kind, Kind::Place | Kind::Organization | Kind::Title | Kind::Ministry) && !place;
        Figure {
            shape: self.number(symbols),
            place,
            ministry,
            country: if country { info.country } else { NONE16 },
            portfolio: if ministry { info.portfolio } else { NONE16 },
        }
    }

    /// The number of a set of symbols, a new one where it has none.
    fn number(&mut self, symbols: Symbols) -> Shape {
        if symbols.is_power_of_two() { one(symbols) } else { self.other(symbols, false) }
    }

    fn other(&mut self, symbols: Symbols, quiet: bool) -> Shape {
        let known = self.others.iter().position(|&o| o == (symbols, quiet));
        let number = known.unwrap_or_else(|| {
            self.others.push((symbols, quiet));
            self.others.len() - 1
        });
        // What roles take makes 64 sets; there are few others.
        (MAX_SYMBOLS + number) as Shape
    }

    /// The shape of what is not quiet and has these symbols: one, or all those of something listed.
    #[inline]
    pub(crate) fn get(&self, symbols: Symbols) -> Shape {
        if symbols.is_power_of_two() { one(symbols) } else { self.find(symbols) }
    }

    fn find(&self, symbols: Symbols) -> Shape {
        let known = self.others.iter().position(|o| o.0 == symbols);
        debug_assert!(known.is_some(), "nothing listed has these symbols");
        (MAX_SYMBOLS + known.unwrap_or(0)) as Shape
    }

    /// The shape of a surface.
    #[inline]
    pub(crate) fn surface(&self, surface: u32) -> Shape {
        self.surfaces[surface as usize]
    }

    /// What an entity says by itself.
    #[inline]
    pub(crate) fn entity(&self, e: u32) -> Figure {
        self.entities[e as usize]
    }

    /// All shapes, by their numbers: symbols, and whether they are of quiet words.
    pub(super) fn all(&self, quiet: &Quiet) -> impl Iterator<Item = (Symbols, bool)> {
        (0..MAX_SYMBOLS).map(|symbol| (1 << symbol, quiet.all(1 << symbol))).chain(self.others.iter().copied())
    }
}

/// The shape of what has one symbol.
#[inline]
fn one(symbol: Symbols) -> Shape {
    symbol.trailing_zeros() as Shape
}

/// The symbols of a role that takes this.
fn role(m: &Marks, bits: u8) -> Symbols {
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
