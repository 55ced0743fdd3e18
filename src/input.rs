//! What one call of the extractor is given.

use crate::date::Date;
use crate::kind::Language;

/// A text and what is known about it. A `&str` is one already.
///
/// ```
/// use thucthe::{Input, Language};
/// let input = Input::new("Thủ tướng phát biểu").date("2025-12-05".parse().unwrap()).language(Language::Vi);
/// assert_eq!(input.text(), "Thủ tướng phát biểu");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Input<'t> {
    pub(crate) text: &'t str,
    pub(crate) date: Option<Date>,
    pub(crate) language: Option<Language>,
    pub(crate) home: Option<[u8; 2]>,
}

impl<'t> Input<'t> {
    /// The text alone; what else there is to know is taken from it.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        Input { text, date: None, language: None, home: None }
    }

    /// The reference date: who held an office is asked for this day. Without it, the front matter, a date line or a full
    /// date in the text decides.
    #[must_use]
    pub fn date(mut self, date: Date) -> Self {
        self.date = Some(date);
        self
    }

    /// The main language of the text. Without it, scripts and letters decide.
    #[must_use]
    pub fn language(mut self, language: Language) -> Self {
        self.language = Some(language);
        self
    }

    /// The country that is meant where none is named, as ISO 3166 alpha-2. Without it: Viet Nam for Vietnamese text,
    /// Japan for Japanese. A word of another length is no code and is left out of account.
    ///
    /// ```
    /// let input = thucthe::Input::new("Bộ Quốc phòng").home("la");
    /// # let _ = input;
    /// ```
    #[must_use]
    pub fn home(mut self, country: &str) -> Self {
        if let [a, b] = *country.as_bytes() {
            self.home = Some([a.to_ascii_lowercase(), b.to_ascii_lowercase()]);
        }
        self
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.text
    }
}

impl<'t> From<&'t str> for Input<'t> {
    fn from(text: &'t str) -> Self {
        Input::new(text)
    }
}

impl<'t> From<&'t String> for Input<'t> {
    fn from(text: &'t String) -> Self {
        Input::new(text)
    }
}
