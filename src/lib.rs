//! Who is in a text on diplomacy and defence, in which office, of which ministry, in which mechanism.
//!
//! `thucthe` (thực thể, "entity") reads Vietnamese, Japanese and English text and gives every person, title, ministry,
//! mechanism, organization, agreement, initiative and place in it one id, whatever a paper calls it, with its exact place
//! in the text, its names in three languages, and who holds which office on the day of the text.
//!
//! ```
//! # #[cfg(feature = "builtin")] {
//! use thucthe::{Extractor, Input, Language};
//!
//! let extractor = Extractor::builtin();
//! let day = "2025-12-04".parse().unwrap();
//! for text in ["Thứ trưởng Quốc phòng Kano Koji", "Cố vấn Bộ Quốc phòng Kano Koji", "加野幸司防衛審議官"] {
//!     let document = extractor.extract(Input::new(text).date(day));
//!     let held = &document.appointments()[0];
//!     assert_eq!(document.entities()[held.person].id(), "person:kano-koji");
//!     assert_eq!(document.entities()[held.office].name(Language::Ja), Some("防衛審議官"));
//! }
//! # }
//! ```
//!
//! Five types do all the work: an [`Extractor`] is built once and shared; an [`Input`] carries a text and what is known of
//! it; a [`Document`] holds [`Mention`]s in place, the entities they stand for, and [`Appointment`]s; a [`Gazetteer`] is a
//! list of your own.
//!
//! Texts may be hostile: extraction returns for every `&str`, in time and memory linear in its length. Gazetteers are
//! checked when they are read, and are trusted then.
//!
//! There is no statistical model here. What no list and no rule knows is not marked; a doubtful link is left general, or
//! becomes [`candidates`](Mention::candidates).
//!
//! # Features
//! `builtin` (default) embeds the gazetteers of this crate. Without it, [`Extractor::builder`] takes your own.
//!
//! `rayon` adds `Extractor::extract_batch`, which works on many texts at once.
//!
//! `csv` reads tables of names. It brings in the crate `csv`, since the quoting of tables is older than any rule for it.
//!
//! # Guide
//! [How it is made and why](guide::design), [the gazetteer format](guide::gazetteer_format),
//! [how the rules see a sentence](guide::grammar), [adding a language](guide::new_language),
//! [what is in the box](guide::contents), [what others do](guide::peers), [what a call costs](guide::speed).

mod compose;
mod date;
mod document;
mod error;
mod extractor;
mod gazetteer;
mod input;
mod kind;
mod lexicon;
mod matcher;
#[cfg(feature = "builtin")]
mod pack;
mod resolve;
mod span;
mod text;

pub mod guide;

pub use date::{Date, InvalidDate};
pub use document::{Appointment, Attributes, Document, Entity, Mention, Unit};
pub use error::{Error, Finding, Severity};
pub use extractor::{Extractor, ExtractorBuilder, Worker};
pub use gazetteer::{Entry, Gazetteer};
pub use input::Input;
pub use kind::{Kind, Language, UnknownKind, UnknownLanguage};
pub use span::Span;

#[cfg(all(doctest, feature = "builtin"))]
#[doc = include_str!("../README.md")]
struct Readme;
