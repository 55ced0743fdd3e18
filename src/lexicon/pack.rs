//! A compiled lexicon as bytes, see [`crate::pack`].
//!
//! Entities are a part by themselves, which lends records their ids and canonical names.

use super::grammar::{Edge, Grammar, Node, Part, Slot, Stage};
use super::{
    Asks, Atom, Case, EntityInfo, FamilyInfo, Lexicon, Party, PortfolioInfo, RoleInfo, RoleWordInfo, Runs, Silent, Sort, Spelled, Strength, Surface, TenureInfo,
};
use crate::document::EntityData;
use crate::matcher::Matcher;
use crate::pack::{Pack, Unread, Written, pack, pack_plain};
use crate::text::words::Words;
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

pack!(EntityInfo { data, at, sort, country, portfolio, role, target, roles, organization, many, family, participants, year, in_english });
pack!(TenureInfo { person, office, from, to, seen, open, at, dates, acting });
pack!(Party { code, entity, is_country });
pack!(RoleInfo { id, at, takes, name, bare, is, alone, at_home, many });
pack!(RoleWordInfo { at, role, portfolio, forms });
pack!(PortfolioInfo { id, at, name, ministry });
pack!(FamilyInfo { id, at, makes, name, bare, participant, needs_parties, at_home, otherwise });
pack!(Silent { symbols, items });

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

/// Surfaces and their words: planes of bytes for what surfaces are, and the words that each has not in common with the one
/// before it.
struct Names {
    list: Vec<Surface>,
    runs: Runs,
    /// See [`Runs::common`].
    common: Vec<u8>,
}

/// Bytes in which surfaces differ.
const PLANES: usize = 6;
/// Runs are short, so that words are copied by so many without a look at how many there are; what is too much is overwritten
/// by the next run.
const STEP: usize = 8;

impl Names {
    fn put(list: &[Surface], runs: &Runs, words: &Words, out: &mut Written) {
        let mut distinct: Vec<Spelled> = list.iter().flat_map(|s| runs.words(s)).copied().collect();
        distinct.sort_unstable();
        distinct.dedup();
        let mut known: HashMap<Traits, u8> = HashMap::new();
        let (mut traits, mut seconds, mut rows, mut fresh) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut before: &[Spelled] = &[];
        for (s, common) in list.iter().zip(runs.common(list, words)) {
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
            fresh.extend(words[same..].iter().map(|w| distinct.partition_point(|d| d < w) as u32));
            before = words;
            // A test asks whether these bytes hold what a build has: numbers of entities and words, words of a name.
            let [low, high, ..] = a.to_le_bytes();
            rows.push([number, low, high, words.len() as u8, same as u8, common - same as u8]);
        }
        // Each word once, by how far its number is from the one before it.
        let mut last = 0;
        (distinct.len() as u32).put(out);
        for w in &distinct {
            (w.fine() - last).put(out);
            w.flags().put(out);
            last = w.fine();
        }
        traits.put(out);
        seconds.put(out);
        (rows.len() as u32).put(out);
        // Bytes that are alike stand together, so that squeezing finds them.
        (0..PLANES).for_each(|k| out.numbers.extend(rows.iter().map(|r: &[u8; PLANES]| r[k])));
        fresh.extend([0; STEP]);
        (fresh.len() as u32).put(out);
        fresh.iter().for_each(|n: &u32| out.numbers.extend(&n.to_le_bytes()[..2]));
    }

    fn take(from: &mut Unread<'_>) -> Option<Names> {
        let (mut fine, count) = (0u32, u32::take(from)? as usize);
        let mut distinct: Vec<Spelled> = Vec::with_capacity(count.min(from.numbers.len()));
        for _ in 0..count {
            fine = fine.checked_add(Pack::take(from)?)?;
            distinct.push(Spelled::of(fine, u8::take(from)?));
        }
        let traits = Vec::<Traits>::take(from)?;
        let mut seconds = Vec::<u16>::take(from)?.into_iter();
        let count = u32::take(from)? as usize;
        let mut plane = || from.bytes(count);
        let [numbers, lows, highs, lengths, sames, alike] = [plane()?, plane()?, plane()?, plane()?, plane()?, plane()?];
        let fresh = u32::take(from)?.checked_mul(2)?;
        let mut fresh = from.bytes(fresh as usize)?;
        let total: usize = lengths.iter().map(|&n| usize::from(n)).sum();
        let (mut list, mut words) = (Vec::with_capacity(count), vec![0u32; total + STEP]);
        let (mut start, mut before) = (0, 0);
        for (i, &number) in numbers.iter().enumerate() {
            let t = traits.get(usize::from(number))?;
            let b = if Atom::has_second(t.tag) { seconds.next()? } else { 0 };
            let atom = Atom::of((t.tag, u16::from_le_bytes([lows[i], highs[i]]).into(), b))?;
            let (same, end) = (usize::from(sames[i]), start + usize::from(lengths[i]));
            let own = usize::from(lengths[i].checked_sub(sames[i])?);
            if before + same > start {
                return None;
            }
            // Once at least, since no processor could guess which are none.
            let mut k = 0;
            loop {
                let step: [u32; STEP] = *words[before + k..].first_chunk()?;
                *words[start + k..].first_chunk_mut()? = step;
                k += STEP;
                if k >= same {
                    break;
                }
            }
            let mut k = 0;
            loop {
                let step: &[u8; 2 * STEP] = fresh.get(2 * k..)?.first_chunk()?;
                let step: [u32; STEP] = std::array::from_fn(|n| u16::from_le_bytes([step[2 * n], step[2 * n + 1]]).into());
                *words[start + same + k..].first_chunk_mut()? = step;
                k += STEP;
                if k >= own {
                    break;
                }
            }
            let surface = Surface::new(atom, t.languages, t.strength, Asks::of(t.case, t.loose));
            list.push(surface.of_words(start as u32, end - start));
            (fresh, before, start) = (fresh.get(2 * own..)?, start, end);
        }
        words.truncate(total);
        let words = words.into_iter().map(|n| distinct.get(n as usize).copied().unwrap_or_default()).collect();
        let common = sames.iter().zip(alike).map(|(a, b)| a.saturating_add(*b)).collect();
        (fresh.len() == 2 * STEP).then(|| Names { list, runs: Runs::of(words), common })
    }
}

impl Pack for Lexicon {
    /// Everything but the entities, and what follows from the rest, see [`Lexicon::index`].
    fn put(&self, out: &mut Written) {
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
        self.words.put(out);
        Names::put(&self.surfaces, &self.spelled, &self.words, out);
    }

    fn take(from: &mut Unread<'_>) -> Option<Lexicon> {
        let mut lx = Lexicon {
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
            words: Pack::take(from)?,
            ..Lexicon::default()
        };
        let Names { list, runs, common } = Names::take(from)?;
        lx.matcher = Matcher::build(&lx.words, &list, &runs, &common);
        (lx.surfaces, lx.spelled) = (list, runs);
        Some(lx)
    }
}
