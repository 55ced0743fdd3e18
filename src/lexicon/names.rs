//! The compiled names as bytes, see [`crate::pack`].

use super::build::Names;
use super::{Atom, Case, NONE32, Spelled, Strength, Surface};
use crate::document::Text;
use crate::pack::{Pack, pack};
use crate::text::words::Words;
use std::collections::HashMap;

/// Texts: their lengths, then all in one, so that they are looked at once to be known as text.
fn put_texts(list: &[Text], out: &mut Vec<u8>) {
    (list.len() as u32).put(out);
    list.iter().for_each(|t| (t.len() as u32).put(out));
    list.concat().put(out);
}

fn take_texts(from: &mut &'static [u8]) -> Option<Vec<Text>> {
    let lengths = Vec::<u32>::take(from)?;
    let Text::Borrowed(mut all) = Text::take(from)? else { return None };
    let next = |len: u32| {
        let (text, rest) = all.split_at_checked(len as usize)?;
        all = rest;
        Some(Text::Borrowed(text))
    };
    lengths.into_iter().map(next).collect()
}

/// So many numbers of `N` bytes each.
fn column<const N: usize>(from: &mut &'static [u8], count: usize) -> Option<impl Iterator<Item = [u8; N]> + use<N>> {
    let (column, rest) = from.split_at_checked(count.checked_mul(N)?)?;
    *from = rest;
    Some(column.chunks_exact(N).map(|c| c.try_into().unwrap_or([0; N])))
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

const STRENGTHS: [Strength; 3] = [Strength::Never, Strength::Weak, Strength::Strong];
const CASES: [Case; 5] = [Case::Any, Case::Proper, Case::Name, Case::Some, Case::Exact];

pack!(Spelled { coarse, fine, flags });

/// Bytes of a surface.
const ROW: usize = 10;

/// Surfaces a row each: everything but the place of the words, which follows from the order.
fn put_surfaces(list: &[Surface], out: &mut Vec<u8>) {
    (list.len() as u32).put(out);
    for s in list {
        let (tag, a, b) = s.atom.parts();
        out.push(tag);
        out.extend(a.to_le_bytes());
        out.extend(b.to_le_bytes());
        out.push(s.languages | (s.strength as u8) << 3 | u8::from(s.loose) << 5);
        out.push(s.case as u8);
        // No name has more words than a byte can say.
        out.push((s.words.1 - s.words.0) as u8);
    }
}

fn take_surfaces(from: &mut &'static [u8]) -> Option<Vec<Surface>> {
    let count = u32::take(from)? as usize;
    let (mut end, mut sound) = (0, true);
    let row = |[tag, a0, a1, a2, a3, b0, b1, traits, case, len]: [u8; ROW]| {
        let atom = Atom::of((tag, u32::from_le_bytes([a0, a1, a2, a3]), u16::from_le_bytes([b0, b1])));
        let (strength, case) = (STRENGTHS.get(usize::from(traits >> 3 & 3)), CASES.get(usize::from(case)));
        sound &= atom.is_some() && strength.is_some() && case.is_some();
        let start = end;
        end += u32::from(len);
        Surface {
            atom: atom.unwrap_or(Atom::Entity(NONE32)),
            languages: traits & 7,
            strength: *strength.unwrap_or(&Strength::Never),
            case: *case.unwrap_or(&Case::Any),
            words: (start, end),
            loose: traits >> 5 & 1 == 1,
        }
    };
    let list = column::<ROW>(from, count)?.map(row).collect();
    sound.then_some(list)
}

impl Pack for Words {
    fn put(&self, out: &mut Vec<u8>) {
        let (keys, spellings) = self.lists();
        put_texts(keys, out);
        put_texts(spellings, out);
    }

    fn take(from: &mut &'static [u8]) -> Option<Words> {
        Some(Words::from_lists(take_texts(from)?, take_texts(from)?))
    }
}

impl Pack for Names {
    fn put(&self, out: &mut Vec<u8>) {
        self.words.put(out);
        put_surfaces(&self.list, out);
        // Each distinct word once; then the names as numbers of words.
        let mut index: HashMap<(u32, u32, u8), u32> = HashMap::new();
        let mut table: Vec<Spelled> = Vec::new();
        let mut numbers = Vec::with_capacity(self.spelled.len());
        for w in &self.spelled {
            numbers.push(*index.entry((w.coarse, w.fine, w.flags)).or_insert_with(|| {
                table.push(*w);
                table.len() as u32 - 1
            }));
        }
        table.put(out);
        (numbers.len() as u32).put(out);
        // Three bytes hold more words than a build has.
        out.extend(numbers.iter().flat_map(|n| n.to_le_bytes().into_iter().take(3)));
    }

    fn take(from: &mut &'static [u8]) -> Option<Names> {
        let (words, list) = (Words::take(from)?, take_surfaces(from)?);
        let table: Vec<Spelled> = Pack::take(from)?;
        let count = u32::take(from)? as usize;
        let none = Spelled { coarse: 0, fine: 0, flags: 0 };
        let word = |[a, b, c]: [u8; 3]| *table.get(u32::from_le_bytes([a, b, c, 0]) as usize).unwrap_or(&none);
        let spelled: Vec<Spelled> = column::<3>(from, count)?.map(word).collect();
        let sound = list.last().is_none_or(|s| s.words.1 as usize == count) && spelled.iter().all(|w| w.coarse > 0);
        sound.then_some(Names { words, list, spelled })
    }
}
