//! Where in its file a record says what a finding is about: the file's text is looked at again.

use super::read::Source;
use super::record::{At, Gazetteer};
use crate::error::Finding;
use std::cell::OnceCell;

/// The files of a gazetteer, opened when a finding asks for a line.
pub(crate) struct Places<'g> {
    g: &'g Gazetteer,
    sources: OnceCell<Vec<Source<'g>>>,
}

impl<'g> Places<'g> {
    pub(crate) fn new(g: &'g Gazetteer) -> Self {
        Places { g, sources: OnceCell::new() }
    }

    /// A finding at the line that says `key = … "text"`, in the record or tenure that begins at `at`. Either may be empty;
    /// where there is no such line, or no text of the file is at hand, it stays where the record begins.
    pub(crate) fn finding(&self, at: At, (key, text): (&str, &str), code: &'static str, message: String, remedy: String) -> Finding {
        let source = self.source(at);
        let at = source.and_then(|s| inside(s, at, key, text)).unwrap_or(at);
        Finding {
            file: self.g.files.get(at.file as usize).cloned().unwrap_or_default(),
            line: at.line as usize,
            column: at.column as usize,
            code,
            message,
            remedy,
            excerpt: source.map_or_else(String::new, |s| s.excerpt(at.line)),
        }
    }

    fn source(&self, at: At) -> Option<&Source<'g>> {
        let open = || {
            let texts = self.g.texts.iter().map(|t| &**t).chain(std::iter::repeat(""));
            self.g.files.iter().zip(texts).enumerate().map(|(i, (name, text))| Source::new(name, text, i as u32)).collect()
        };
        self.sources.get_or_init(open).get(at.file as usize).filter(|s| !s.text.is_empty())
    }
}

/// The place of a value in the table that begins at `at` and ends before the next one.
fn inside(source: &Source<'_>, at: At, key: &str, text: &str) -> Option<At> {
    let start = source.start(at.line);
    let after = source.start(at.line + 1);
    let rest = source.text.get(start..)?;
    let end = source.text.get(after..)?.split_inclusive('\n').take_while(|l| !l.trim_start().starts_with("[[")).map(str::len).sum::<usize>();
    let table = rest.get(..after - start + end)?;
    let value = if key.is_empty() {
        0
    } else {
        let mut byte = 0;
        table.split_inclusive('\n').find_map(|line| {
            let begin = byte;
            byte += line.len();
            let after_key = line.trim_start().strip_prefix(key)?.trim_start().strip_prefix('=')?;
            let value = after_key.trim_start();
            Some(begin + line.len() - value.len())
        })?
    };
    let found =
        if text.is_empty() { (!key.is_empty()).then_some(0) } else { ['"', '\''].iter().filter_map(|q| table[value..].find(&format!("{q}{text}{q}"))).min() };
    found.map(|f| source.at(start + value + f))
}
