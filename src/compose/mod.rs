//! From hits to phrases: one chart, filled by the rules of `grammar.toml`, then persons and who holds what.

pub(crate) mod bind;
pub(crate) mod bodies;
pub(crate) mod chart;
pub(crate) mod endings;
mod ends;
pub(crate) mod english;
pub(crate) mod fields;
pub(crate) mod people;
pub(crate) mod posts;
