//! The gazetteers of this repository, embedded: read, compiled and packed by the build script, see [`crate::pack`].

use super::Gazetteer;
use super::pack::Spellings;
use crate::lexicon::Names;
use crate::pack::{self, Pack};
use std::sync::OnceLock;

/// Bytes of the build, opened once a program: what is unpacked from them borrows its texts.
struct Part {
    squeezed: &'static [u8],
    open: OnceLock<Vec<u8>>,
}

impl Part {
    const fn new(squeezed: &'static [u8]) -> Part {
        Part { squeezed, open: OnceLock::new() }
    }

    fn bytes(&'static self) -> &'static [u8] {
        self.open.get_or_init(|| pack::open(self.squeezed).unwrap_or_default())
    }

    /// The build script wrote them, so that no fault can reach a user. What is empty marks nothing, which shows at once.
    fn read<T: Pack + Default>(&'static self) -> T {
        let value = pack::read(self.bytes());
        debug_assert!(value.is_some(), "the embedded gazetteers do not unpack");
        value.unwrap_or_default()
    }
}

static RECORDS: Part = Part::new(include_bytes!(concat!(env!("OUT_DIR"), "/records.bin")));
static SPELLINGS: Part = Part::new(include_bytes!(concat!(env!("OUT_DIR"), "/spellings.bin")));
static NAMES: Part = Part::new(include_bytes!(concat!(env!("OUT_DIR"), "/names.bin")));

/// The embedded records with all their names.
pub(crate) fn read_all() -> Gazetteer {
    let mut g = read_records();
    for (r, spellings) in g.records.iter_mut().zip(SPELLINGS.read::<Vec<Spellings>>()) {
        spellings.give(r);
    }
    g
}

/// The embedded records with their canonical names alone: enough where [`names`] stands for the others.
pub(crate) fn read_records() -> Gazetteer {
    RECORDS.read()
}

/// The compiled names of these records. Without them they are compiled anew, which takes longer.
pub(crate) fn names() -> Option<Names> {
    pack::read(NAMES.bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon;

    #[test]
    fn what_was_packed_comes_back() {
        let g = read_all();
        assert!(g.records.len() > 1000 && !g.rules.is_empty() && !g.words.is_empty());
        assert_eq!(pack::squeeze(&pack::write(&g)), RECORDS.squeezed);
        assert_eq!(pack::squeeze(&pack::write(&g.records.iter().map(Spellings::of).collect::<Vec<_>>())), SPELLINGS.squeezed);
        let bytes = RECORDS.open.get().unwrap();
        assert!(pack::read::<Gazetteer>(&bytes[..bytes.len() - 1]).is_none());
        assert!(pack::open(&RECORDS.squeezed[..RECORDS.squeezed.len() - 1]).is_none());
    }

    #[test]
    fn packed_names_are_those_that_the_records_compile_to() {
        let fresh = lexicon::build(&read_all(), None).unwrap();
        // The records that come with them need no other names than the canonical ones.
        let packed = lexicon::build(&read_records(), names()).unwrap();
        assert_eq!(fresh.surfaces.len(), packed.surfaces.len());
        let same = fresh.surfaces.iter().zip(&packed.surfaces).all(|(a, b)| {
            a.atom == b.atom && a.languages == b.languages && a.strength == b.strength && a.case == b.case && a.words == b.words && a.loose == b.loose
        });
        assert!(same);
        let spelled = |l: &lexicon::Lexicon| l.spelled.iter().map(|w| (l.words.spelling(w.fine).to_string(), w.coarse, w.flags)).collect::<Vec<_>>();
        assert_eq!(spelled(&fresh), spelled(&packed));
    }
}
