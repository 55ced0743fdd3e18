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

/// Rows of `N` bytes each, as planes: the first byte of all, then the second. Bytes that are alike stand together, so that
/// squeezing finds them.
fn put_planes<const N: usize>(rows: &[[u8; N]], out: &mut Vec<u8>) {
    (rows.len() as u32).put(out);
    for k in 0..N {
        out.extend(rows.iter().map(|r| r[k]));
    }
}

fn take_planes<const N: usize>(from: &mut &'static [u8]) -> Option<impl ExactSizeIterator<Item = [u8; N]> + use<N>> {
    let count = u32::take(from)? as usize;
    let (bytes, rest) = from.split_at_checked(count.checked_mul(N)?)?;
    *from = rest;
    let planes: [&[u8]; N] = std::array::from_fn(|k| &bytes[k * count..(k + 1) * count]);
    Some((0..count).map(move |i| planes.map(|p| p[i])))
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

/// Surfaces, a row each: everything but the place of the words, which follows from the order.
fn put_surfaces(list: &[Surface], out: &mut Vec<u8>) {
    let row = |s: &Surface| -> [u8; ROW] {
        let (tag, a, b) = s.atom.parts();
        let ([a0, a1, a2, a3], [b0, b1]) = (a.to_le_bytes(), b.to_le_bytes());
        let traits = s.languages | (s.strength as u8) << 3 | u8::from(s.loose) << 5;
        // No name has more words than a byte can say.
        [tag, a0, a1, a2, a3, b0, b1, traits, s.case as u8, (s.words.1 - s.words.0) as u8]
    };
    put_planes(&list.iter().map(row).collect::<Vec<_>>(), out);
}

fn take_surfaces(from: &mut &'static [u8]) -> Option<Vec<Surface>> {
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
    let list = take_planes::<ROW>(from)?.map(row).collect();
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
        // Three bytes hold more words than a build has.
        let row = |n: &u32| -> [u8; 3] {
            let [a, b, c, _] = n.to_le_bytes();
            [a, b, c]
        };
        put_planes(&numbers.iter().map(row).collect::<Vec<_>>(), out);
    }

    fn take(from: &mut &'static [u8]) -> Option<Names> {
        let (words, list) = (Words::take(from)?, take_surfaces(from)?);
        let table: Vec<Spelled> = Pack::take(from)?;
        let none = Spelled { coarse: 0, fine: 0, flags: 0 };
        let word = |[a, b, c]: [u8; 3]| *table.get(u32::from_le_bytes([a, b, c, 0]) as usize).unwrap_or(&none);
        let spelled: Vec<Spelled> = take_planes::<3>(from)?.map(word).collect();
        let sound = list.last().is_none_or(|s| s.words.1 as usize == spelled.len()) && spelled.iter().all(|w| w.coarse > 0);
        sound.then_some(Names { words, list, spelled })
    }
}
