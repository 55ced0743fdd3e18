//! A compiled lexicon as bytes, see [`crate::pack`].
//!
//! Entities are a part by themselves, which lends records their ids and canonical names. So are names, which are many.

use super::grammar::{Edge, Grammar, Node, Part, Slot, Stage};
use super::{
    Asks, Atom, Case, EntityInfo, FamilyInfo, Lexicon, Meaning, Party, PortfolioInfo, RoleInfo, RoleWordInfo, Runs, Silent, Sort, Spelled, Strength, Surface,
    TenureInfo,
};
use crate::document::EntityData;
use crate::matcher::Matcher;
use crate::pack::{Pack, Unread, Written, open_in, pack, pack_plain, squeeze, write};
use std::collections::HashMap;
use std::sync::Arc;

pack_plain!(Sort: Plain, Country, City, Capital, Province, Rank, Post, Delegation);
pack_plain!(Slot: Own, Target, Party, Country, Before);
pack_plain!(Strength: Never, Weak, Strong);
pack_plain!(Case: Any, Proper, Name, Some, Exact);

pack!(EntityData { id, kind, names, known });

impl Pack for Arc<EntityData> {
    fn put(&self, out: &mut Written) {
        (**self).put(out);
    }

    fn take(from: &mut Unread<'_>) -> Option<Self> {
        EntityData::take(from).map(Arc::new)
    }
}

pack!(EntityInfo { data, at, sort, country, portfolio, role, target, roles, organization, many, family, year, in_english });
pack!(TenureInfo { person, office, from, to, seen, open, at, dates, acting });
pack!(Party { code, entity, is_country });
pack!(RoleInfo { id, at, takes, name, bare, is, alone, at_home, many });
pack!(RoleWordInfo { at, role, portfolio, forms });
pack!(PortfolioInfo { id, at, name, ministry });
pack!(FamilyInfo { id, at, makes, name, bare, participant, needs_parties, at_home, otherwise });
pack!(Meaning { symbols, languages, number, portfolio });
pack!(Silent { symbols, items, phrases, alone });

pack!(Part { symbol, languages, slot });
pack!(Edge { part, bit, next });
pack!(Stage { makes, nodes, first });

/// A node is written as its edges: what it knows of them is made again.
impl Pack for Node {
    fn put(&self, out: &mut Written) {
        self.edges.put(out);
        self.accept.put(out);
    }

    fn take(from: &mut Unread<'_>) -> Option<Self> {
        let mut node = Node::default();
        for e in Vec::<Edge>::take(from)? {
            node.add(e.part, e.next)?;
        }
        node.accept = Pack::take(from)?;
        Some(node)
    }
}

impl Pack for Grammar {
    fn put(&self, out: &mut Written) {
        let mut names: Vec<(String, u8)> = self.names.iter().map(|(n, s)| (n.clone(), *s)).collect();
        names.sort_unstable_by_key(|n| n.1);
        names.put(out);
        self.stages.put(out);
        self.forms.put(out);
    }

    fn take(from: &mut Unread<'_>) -> Option<Grammar> {
        let names = Vec::<(String, u8)>::take(from)?;
        Some(Grammar { names: names.into_iter().collect(), stages: Pack::take(from)?, forms: Pack::take(from)? })
    }
}

impl Atom {
    /// As a tag and two numbers.
    fn parts(self) -> (u8, u32, u16) {
        match self {
            Atom::Entity(e) => (0, e, 0),
            Atom::Short(e) => (1, e, 0),
            Atom::Nationality(p) => (2, p.into(), 0),
            Atom::Compound(p) => (3, p.into(), 0),
            Atom::Role(r, p) => (4, r.into(), p),
            Atom::Portfolio(p) => (5, p.into(), 0),
            Atom::MinistryWord(p) => (6, p.into(), 0),
            Atom::Family(f) => (7, f.into(), 0),
            Atom::Word(w, n) => (8, w.into(), n.into()),
        }
    }

    /// Whether the second number says anything.
    fn has_second(tag: u8) -> bool {
        matches!(tag, 4 | 8)
    }

    #[inline]
    fn of((tag, a, b): (u8, u32, u16)) -> Option<Atom> {
        let short = a as u16;
        Some(match tag {
            0 => Atom::Entity(a),
            1 => Atom::Short(a),
            2 => Atom::Nationality(short),
            3 => Atom::Compound(short),
            4 => Atom::Role(short, b),
            5 => Atom::Portfolio(short),
            6 => Atom::MinistryWord(short),
            7 => Atom::Family(short),
            8 => Atom::Word(a as u8, b as u8),
            _ => return None,
        })
    }
}

/// What many surfaces have in common: the tag of the atom, languages, strength, case and looseness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Traits {
    tag: u8,
    languages: u8,
    strength: Strength,
    case: Case,
    loose: bool,
}

pack!(Traits { tag, languages, strength, case, loose });

/// Surfaces and their words, as [`Names::put`] wrote them.
pub(crate) struct Names {
    list: Vec<Surface>,
    runs: Runs,
    /// See [`Runs::common`].
    common: Vec<u8>,
}

/// What all blocks of names ask for.
struct Shared {
    surfaces: u32,
    /// How many words all have.
    total: u32,
    traits: Vec<Traits>,
    /// The second numbers of atoms that have one.
    seconds: Vec<u16>,
    /// How many words follow: each once, by how far its number is from the one before it, and its flags.
    distinct: u32,
}

pack!(Shared { surfaces, total, traits, seconds, distinct });

/// Surfaces that are squeezed together: what is opened at a time fits the processor's cache, and the next is opened in the
/// same place.
const BLOCK: usize = 1 << 13;
/// Bytes in which surfaces differ.
const PLANES: usize = 6;
/// Runs are short, so that words are copied by so many without a look at how many there are; what is too much is overwritten
/// by the next run.
const STEP: usize = 8;
/// The same for the words that a run has not in common with the one before it.
const FRESH: usize = 4;

impl Names {
    /// Writes names in blocks: in each planes of bytes for what surfaces are, and the words that each has not in common with the
    /// one before it. All are squeezed already.
    #[allow(dead_code, reason = "the build script writes, the library reads")]
    pub(crate) fn put(lx: &Lexicon) -> Vec<u8> {
        let (list, runs) = (&lx.surfaces, &lx.spelled);
        let mut distinct: Vec<Spelled> = list.iter().flat_map(|s| runs.words(s)).copied().collect();
        distinct.sort_unstable();
        distinct.dedup();
        let mut known: HashMap<Traits, u8> = HashMap::new();
        let (mut traits, mut seconds, mut blocks) = (Vec::new(), Vec::new(), Vec::new());
        let common = runs.common(list, &lx.words);
        let mut before: &[Spelled] = &[];
        for (list, common) in list.chunks(BLOCK).zip(common.chunks(BLOCK)) {
            let (mut rows, mut fresh): (Vec<[u8; PLANES]>, Vec<u16>) = (Vec::new(), Vec::new());
            for (s, common) in list.iter().zip(common) {
                let (tag, a, b) = s.atom.parts();
                let t = Traits { tag, languages: s.languages, strength: s.strength, case: s.case(), loose: s.is_loose() };
                let number = *known.entry(t).or_insert_with(|| {
                    traits.push(t);
                    (traits.len() - 1) as u8
                });
                if Atom::has_second(tag) {
                    seconds.push(b);
                }
                let words = runs.words(s);
                let same = words.iter().zip(before).take_while(|(x, y)| x == y).count();
                fresh.extend(words[same..].iter().map(|w| distinct.partition_point(|d| d < w) as u16));
                before = words;
                // A test asks whether these bytes hold what a build has: numbers of entities and words, words of a name.
                let [low, high, ..] = a.to_le_bytes();
                rows.push([number, low, high, words.len() as u8, same as u8, *common]);
            }
            // Bytes that are alike stand together, so that squeezing finds them.
            let mut numbers: Vec<u8> = (0..PLANES).flat_map(|k| rows.iter().map(move |r| r[k])).collect();
            fresh.extend([0; FRESH]);
            numbers.extend(fresh.iter().flat_map(|n| n.to_le_bytes()));
            blocks.push(squeeze(&numbers));
        }
        let total = list.iter().map(|s| s.len() as u32).sum();
        let mut shared = write(&Shared { surfaces: list.len() as u32, total, traits, seconds, distinct: distinct.len() as u32 });
        let mut last = 0;
        for w in &distinct {
            (w.fine() - std::mem::replace(&mut last, w.fine()), w.flags()).put(&mut shared);
        }
        let shared = squeeze(&shared.numbers);
        std::iter::once(shared).chain(blocks).flat_map(|b| (b.len() as u32).to_le_bytes().into_iter().chain(b)).collect()
    }

    /// Takes names back; they are opened in `room`.
    pub(crate) fn take(mut from: &[u8], room: &mut Vec<u8>) -> Option<Names> {
        let mut next = || {
            let (len, rest) = from.split_first_chunk()?;
            let (block, rest) = rest.split_at_checked(u32::from_le_bytes(*len) as usize)?;
            from = rest;
            Some(block)
        };
        let mut words = Unread { numbers: open_in(next()?, room)?, text: "" };
        let shared = Shared::take(&mut words)?;
        let (mut fine, mut distinct) = (0u32, Vec::with_capacity(words.numbers.len().min(shared.distinct as usize)));
        for _ in 0..shared.distinct {
            fine = fine.checked_add(Pack::take(&mut words)?)?;
            distinct.push(Spelled::of(fine, Pack::take(&mut words)?).0);
        }
        let distinct = distinct.as_slice();
        let (count, total) = (shared.surfaces as usize, shared.total as usize);
        let mut seconds = shared.seconds.into_iter();
        let (mut list, mut common, mut words) = (Vec::with_capacity(count), Vec::with_capacity(count), vec![0u32; total + STEP]);
        let (mut start, mut before) = (0, 0);
        while list.len() < count {
            let (planes, mut fresh) = open_in(next()?, room)?.split_at_checked(PLANES * BLOCK.min(count - list.len()))?;
            let mut planes = planes.chunks_exact(planes.len() / PLANES);
            let mut plane = || planes.next();
            let [numbers, lows, highs, lengths, sames] = [plane()?, plane()?, plane()?, plane()?, plane()?];
            common.extend_from_slice(plane()?);
            for (((number, low), high), (length, same)) in numbers.iter().zip(lows).zip(highs).zip(lengths.iter().zip(sames)) {
                let t = shared.traits.get(usize::from(*number))?;
                let number = u16::from_le_bytes([*low, *high]).into();
                let atom = match t.tag {
                    // Most are full names.
                    0 => Atom::Entity(number),
                    tag => Atom::of((tag, number, if Atom::has_second(tag) { seconds.next()? } else { 0 }))?,
                };
                let own = usize::from(length.checked_sub(*same)?);
                let (length, same) = (usize::from(*length), usize::from(*same));
                if before + same > start {
                    return None;
                }
                // Once at least, since no processor could guess which are none.
                let mut k = 0;
                loop {
                    let step: [u32; STEP] = *words.get(before + k..)?.first_chunk()?;
                    *words.get_mut(start + k..)?.first_chunk_mut()? = step;
                    k += STEP;
                    if k >= same {
                        break;
                    }
                }
                let mut k = 0;
                loop {
                    let step: &[u8; 2 * FRESH] = fresh.get(2 * k..)?.first_chunk()?;
                    let step = u64::from_le_bytes(*step);
                    let step: [u32; FRESH] = std::array::from_fn(|n| distinct.get(usize::from((step >> (16 * n)) as u16)).copied().unwrap_or_default());
                    *words.get_mut(start + same + k..)?.first_chunk_mut()? = step;
                    k += FRESH;
                    if k >= own {
                        break;
                    }
                }
                let surface = Surface::new(atom, t.languages, t.strength, Asks::of(t.case, t.loose));
                list.push(surface.of_words(start as u32, length));
                (fresh, before, start) = (fresh.get(2 * own..)?, start, start + length);
            }
            if fresh.len() != 2 * FRESH {
                return None;
            }
        }
        words.truncate(total);
        (start == total && from.is_empty()).then(|| Names { list, runs: Runs::of(words.into_iter().map(Spelled).collect()), common })
    }
}

impl Pack for Lexicon {
    /// Everything but names and entities, and what follows from the rest, see [`Lexicon::index`].
    fn put(&self, out: &mut Written) {
        debug_assert!(self.uncalled.is_empty(), "the built-in list has no name that too many have");
        self.files.put(out);
        self.grammar.put(out);
        self.parties.put(out);
        self.classes.put(out);
        self.templates.to_vec().put(out);
        self.roles.put(out);
        self.role_words.put(out);
        self.portfolios.put(out);
        self.families.put(out);
        self.tenures.put(out);
        self.silent.put(out);
        // The steps between them are short.
        self.hushed.iter().scan(0, |before, &i| Some(i - std::mem::replace(before, i))).collect::<Vec<u32>>().put(out);
        self.words.put(out);
    }

    fn take(from: &mut Unread<'_>) -> Option<Lexicon> {
        Some(Lexicon {
            files: Pack::take(from)?,
            grammar: Pack::take(from)?,
            parties: Pack::take(from)?,
            classes: Pack::take(from)?,
            templates: Vec::take(from)?.try_into().ok()?,
            roles: Pack::take(from)?,
            role_words: Pack::take(from)?,
            portfolios: Pack::take(from)?,
            families: Pack::take(from)?,
            tenures: Pack::take(from)?,
            silent: Pack::take(from)?,
            hushed: Vec::<u32>::take(from)?
                .into_iter()
                .scan(0u32, |sum, step| {
                    *sum = sum.checked_add(step)?;
                    Some(*sum)
                })
                .collect(),
            words: Pack::take(from)?,
            ..Lexicon::default()
        })
    }
}

impl Lexicon {
    /// Gives a lexicon its names, and finds out what follows from them.
    pub(crate) fn set_names(&mut self, names: Names) {
        let Names { list, runs, common } = names;
        self.matcher = Matcher::build(&self.words, &list, &runs, &common, &self.hushed);
        self.matcher.mark_proper(&mut self.words);
        (self.surfaces, self.spelled) = (list, runs);
    }
}
