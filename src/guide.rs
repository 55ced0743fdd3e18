//! Pages to read: they are compiled with the crate, so that what they show is true.

#![cfg_attr(not(feature = "builtin"), allow(rustdoc::broken_intra_doc_links))]

macro_rules! page {
    ($name:ident, $file:literal) => {
        #[cfg_attr(any(feature = "builtin", not(doctest)), doc = include_str!($file))]
        #[cfg_attr(all(doctest, not(feature = "builtin")), doc = "A page whose examples need the gazetteers of this crate.")]
        pub mod $name {}
    };
}

page!(contents, "docs/contents.md");
page!(design, "docs/design.md");
page!(gazetteer_format, "docs/gazetteer_format.md");
page!(grammar, "docs/grammar.md");
page!(new_language, "docs/new_language.md");
page!(peers, "docs/peers.md");
page!(speed, "docs/speed.md");
