//! Bytes to characters and UTF-16 units.

use crate::document::Unit;

/// Turns ascending byte offsets into another unit in one pass over the text.
pub(crate) struct Converter<'t> {
    text: &'t str,
    unit: Unit,
    byte: usize,
    count: usize,
}

impl<'t> Converter<'t> {
    pub(crate) fn new(text: &'t str, unit: Unit) -> Self {
        Converter { text, unit, byte: 0, count: 0 }
    }

    /// The offset in the wanted unit. Going back is allowed and starts over.
    pub(crate) fn at(&mut self, byte: usize) -> usize {
        if self.unit == Unit::Bytes {
            return byte;
        }
        if byte < self.byte {
            (self.byte, self.count) = (0, 0);
        }
        let stretch = &self.text[self.byte..byte];
        self.count += match self.unit {
            Unit::Bytes => stretch.len(),
            Unit::Chars => stretch.chars().count(),
            Unit::Utf16 => stretch.chars().map(char::len_utf16).sum(),
        };
        self.byte = byte;
        self.count
    }
}
