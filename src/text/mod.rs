//! Text becomes tokens: words cut by script, folded once each, every one knowing its place in the original.
//!
//! Nothing here knows an entry of a gazetteer. The matcher sees numbers, the grammar sees tokens; both get their
//! original offsets from [`tokens::Token`], so no offset map is needed.

pub(crate) mod bits;
pub(crate) mod bytes;
mod clusters;
pub(crate) mod cut;
pub(crate) mod fold;
pub(crate) mod index;
mod known;
mod latin;
pub(crate) mod layout;
pub(crate) mod lines;
pub(crate) mod marked;
pub(crate) mod mask;
pub(crate) mod memory;
pub(crate) mod offsets;
pub(crate) mod script;
pub(crate) mod tokens;
pub(crate) mod vietnamese;
pub(crate) mod words;
