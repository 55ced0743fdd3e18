//! The gazetteers of this repository, embedded: read and packed by the build script, see [`super::pack`].

use super::{Gazetteer, pack};

const PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/gazetteers.bin"));

/// Unpacks the embedded records. The build script wrote them, so that no finding can reach a user.
pub(crate) fn read_all() -> Gazetteer {
    let g = pack::read(PACKED);
    debug_assert!(g.is_some(), "the embedded gazetteers do not unpack");
    // Unreachable in a tested build; an empty gazetteer marks nothing, which shows at once.
    g.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_was_packed_comes_back() {
        let g = super::read_all();
        assert!(g.records.len() > 1000 && !g.rules.is_empty() && !g.words.is_empty());
        assert_eq!(super::pack::write(&g), super::PACKED);
        assert!(super::pack::read(&super::PACKED[..super::PACKED.len() - 1]).is_none());
    }
}
