//! The gazetteers of this repository, embedded: read, compiled and packed by the build script, see [`crate::pack`].

use super::Gazetteer;
use crate::lexicon::Names;
use crate::pack;

const RECORDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/records.bin"));
const NAMES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/names.bin"));

/// Unpacks the embedded records. The build script wrote them, so that no finding can reach a user.
pub(crate) fn read_all() -> Gazetteer {
    let g = pack::read(RECORDS);
    debug_assert!(g.is_some(), "the embedded gazetteers do not unpack");
    // Unreachable in a tested build; an empty gazetteer marks nothing, which shows at once.
    g.unwrap_or_default()
}

/// The compiled names of these records. Without them they are compiled anew, which takes longer.
pub(crate) fn names() -> Option<Names> {
    pack::read(NAMES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon;

    #[test]
    fn what_was_packed_comes_back() {
        let g = read_all();
        assert!(g.records.len() > 1000 && !g.rules.is_empty() && !g.words.is_empty());
        assert_eq!(pack::write(&g), RECORDS);
        assert!(pack::read::<Gazetteer>(&RECORDS[..RECORDS.len() - 1]).is_none());
    }

    #[test]
    fn packed_names_are_those_that_the_records_compile_to() {
        let fresh = lexicon::build(&read_all(), None).unwrap();
        let packed = lexicon::build(&read_all(), names()).unwrap();
        assert_eq!(fresh.surfaces.len(), packed.surfaces.len());
        let same = fresh.surfaces.iter().zip(&packed.surfaces).all(|(a, b)| {
            a.atom == b.atom && a.languages == b.languages && a.strength == b.strength && a.case == b.case && a.words == b.words && a.loose == b.loose
        });
        assert!(same);
        let spelled = |l: &lexicon::Lexicon| l.spelled.iter().map(|w| (l.words.spelling(w.fine).to_string(), w.coarse, w.flags)).collect::<Vec<_>>();
        assert_eq!(spelled(&fresh), spelled(&packed));
    }
}
