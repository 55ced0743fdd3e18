//! Who is in a text on diplomacy and defence, in which office, of which ministry, in which mechanism.

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

pub use date::{Date, InvalidDate};
pub use document::{Appointment, Attributes, Document, Entity, Mention, Unit};
pub use error::{Error, Finding};
pub use extractor::{Extractor, ExtractorBuilder};
pub use gazetteer::Gazetteer;
pub use input::Input;
pub use kind::{Kind, Language, UnknownKind, UnknownLanguage};
pub use span::Span;
