//! The gazetteers of this repository, embedded.

use super::Gazetteer;

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../gazetteers/", $name)))),*]
    };
}

/// Name and text of each file, in the order of reading.
pub(crate) const FILES: &[(&str, &str)] = files![
    "grammar.toml",
    "words.toml",
    "portfolios.toml",
    "roles.toml",
    "countries.toml",
    "places.toml",
    "ministries.toml",
    "organizations.toml",
    "ranks.toml",
    "titles.toml",
    "families.toml",
    "mechanisms.toml",
    "agreements.toml",
    "initiatives.toml",
    "people-vn.toml",
    "people-jp.toml",
    "people-others.toml",
];

/// Reads the embedded files. They are checked by the tests, so that a finding cannot reach a user.
pub(crate) fn read_all() -> Gazetteer {
    match Gazetteer::from_sources(FILES) {
        Ok(g) => g,
        // Unreachable in a tested build; an empty gazetteer marks nothing, which shows at once.
        Err(e) => {
            debug_assert!(false, "{e}");
            Gazetteer::default()
        }
    }
}
