//! A document as it comes in with `--input jsonl`, one a line. Fuzzing reads lines with it too.

use serde::Deserialize;
use thucthe::{Date, Input, Language};

/// A text and what is known of it.
pub struct Job {
    /// What it is called where it goes out.
    pub source: String,
    pub text: String,
    pub date: Option<Date>,
    pub language: Option<Language>,
}

impl Job {
    /// What a line of JSON says.
    ///
    /// # Errors
    /// What is wrong with the line: it is no JSON, or half a pair of surrogates (`"\ud800"`) stands in it, which no text can hold; it has
    /// no text; its date or language is none.
    pub fn read(line: &str) -> Result<Job, String> {
        #[derive(Deserialize)]
        struct Line {
            #[serde(default)]
            source: String,
            text: String,
            date: Option<String>,
            language: Option<String>,
        }
        let Line { source, text, date, language } = serde_json::from_str(line).map_err(|e| e.to_string())?;
        let date = date.map(|d| d.parse()).transpose().map_err(|e| format!("date: {e}"))?;
        let language = language.map(|l| l.parse()).transpose().map_err(|e| format!("language: {e}"))?;
        Ok(Job { source, text, date, language })
    }

    /// What is given to the extractor.
    pub fn input(&self) -> Input<'_> {
        let mut input = Input::new(&self.text);
        if let Some(d) = self.date {
            input = input.date(d);
        }
        if let Some(l) = self.language {
            input = input.language(l);
        }
        input
    }
}
