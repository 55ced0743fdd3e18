//! The compiled names as bytes, see [`crate::pack`].

use super::build::Names;
use super::{Atom, Case, NONE16, Spelled, Strength, Surface};
use crate::pack::{Pack, pack};
use crate::text::words::Words;
use std::collections::HashMap;

impl Pack for Atom {
    fn put(&self, out: &mut Vec<u8>) {
        let (tag, a, b) = match *self {
            Atom::Entity(e) => (0u8, e, 0),
            Atom::Short(e) => (1, e, 0),
            Atom::Nationality(p) => (2, p.into(), 0),
            Atom::Compound(p) => (3, p.into(), 0),
            Atom::Role(r, p) => (4, r.into(), u32::from(p) + 1),
            Atom::Portfolio(p) => (5, p.into(), 0),
            Atom::MinistryWord(p) => (6, p.into(), 0),
            Atom::Family(f) => (7, f.into(), 0),
            Atom::Word(w, n) => (8, u32::from(w) | u32::from(n) << 8, 0),
        };
        tag.put(out);
        a.put(out);
        if tag == 4 {
            // A role without a field is the frequent case: it takes one byte.
            (b % (u32::from(NONE16) + 1)).put(out);
        }
    }

    fn take(from: &mut &'static [u8]) -> Option<Atom> {
        let tag = u8::take(from)?;
        let a = u32::take(from)?;
        let short = u16::try_from(a).ok();
        Some(match tag {
            0 => Atom::Entity(a),
            1 => Atom::Short(a),
            2 => Atom::Nationality(short?),
            3 => Atom::Compound(short?),
            4 => {
                let field = u32::take(from)?;
                Atom::Role(short?, if field == 0 { NONE16 } else { (field - 1).try_into().ok()? })
            }
            5 => Atom::Portfolio(short?),
            6 => Atom::MinistryWord(short?),
            7 => Atom::Family(short?),
            8 => Atom::Word((a & 0xff) as u8, (a >> 8).try_into().ok()?),
            _ => return None,
        })
    }
}

impl Surface {
    /// Everything but the place of the words, which follows from the order.
    fn put_head(&self, out: &mut Vec<u8>) {
        self.atom.put(out);
        let traits = self.languages | (self.strength as u8) << 3 | u8::from(self.loose) << 5;
        traits.put(out);
        (self.case as u8).put(out);
        (self.words.1 - self.words.0).put(out);
    }

    fn take_head(from: &mut &'static [u8], start: u32) -> Option<Surface> {
        let atom = Atom::take(from)?;
        let traits = u8::take(from)?;
        let strength = *[Strength::Never, Strength::Weak, Strength::Strong].get(usize::from(traits >> 3 & 3))?;
        let case = *[Case::Any, Case::Proper, Case::Name, Case::Some, Case::Exact].get(usize::from(u8::take(from)?))?;
        let words = (start, start + u32::take(from)?);
        Some(Surface { atom, languages: traits & 7, strength, case, words, loose: traits >> 5 & 1 == 1 })
    }
}

pack!(Spelled { coarse, fine, flags });

impl Pack for Words {
    fn put(&self, out: &mut Vec<u8>) {
        let (keys, spellings) = self.lists();
        keys.to_vec().put(out);
        spellings.to_vec().put(out);
    }

    fn take(from: &mut &'static [u8]) -> Option<Words> {
        Some(Words::from_lists(Pack::take(from)?, Pack::take(from)?))
    }
}

impl Pack for Names {
    fn put(&self, out: &mut Vec<u8>) {
        self.words.put(out);
        (self.list.len() as u32).put(out);
        self.list.iter().for_each(|s| s.put_head(out));
        // Each distinct word once, the frequent ones first; then the names as numbers of words.
        let mut counts: HashMap<(u32, u32, u8), u32> = HashMap::new();
        for w in &self.spelled {
            *counts.entry((w.coarse, w.fine, w.flags)).or_default() += 1;
        }
        let mut table: Vec<((u32, u32, u8), u32)> = counts.into_iter().collect();
        table.sort_unstable_by_key(|&(w, n)| (u32::MAX - n, w));
        let index: HashMap<(u32, u32, u8), u32> = table.iter().zip(0..).map(|(&(w, _), i)| (w, i)).collect();
        table.iter().map(|&((coarse, fine, flags), _)| Spelled { coarse, fine, flags }).collect::<Vec<_>>().put(out);
        self.spelled.iter().for_each(|w| index[&(w.coarse, w.fine, w.flags)].put(out));
    }

    fn take(from: &mut &'static [u8]) -> Option<Names> {
        let words = Words::take(from)?;
        let mut list: Vec<Surface> = Vec::with_capacity(u32::take(from)? as usize);
        let mut end = 0;
        for _ in 0..list.capacity() {
            let s = Surface::take_head(from, end)?;
            end = s.words.1;
            list.push(s);
        }
        let table: Vec<Spelled> = Pack::take(from)?;
        let spelled = (0..end).map(|_| table.get(u32::take(from)? as usize).copied()).collect::<Option<Vec<Spelled>>>()?;
        Some(Names { words, list, spelled })
    }
}
