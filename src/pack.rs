//! Values as bytes: what a build embeds, so that nothing is parsed or compiled when an extractor starts.
//!
//! Only a build writes it and only the same build's library reads it; it is no file format.

use std::borrow::Cow;

/// A text that is borrowed from the embedded data or owned.
type Text = Cow<'static, str>;

/// A value that can be written down and taken back.
pub(crate) trait Pack: Sized {
    fn put(&self, out: &mut Vec<u8>);
    fn take(from: &mut &'static [u8]) -> Option<Self>;
}

impl Pack for u32 {
    fn put(&self, out: &mut Vec<u8>) {
        let mut n = *self;
        while n >= 0x80 {
            out.push(n as u8 | 0x80);
            n >>= 7;
        }
        out.push(n as u8);
    }

    fn take(from: &mut &'static [u8]) -> Option<u32> {
        // Most numbers are small.
        if let Some((&b, rest)) = from.split_first().filter(|(b, _)| **b < 0x80) {
            *from = rest;
            return Some(b.into());
        }
        let mut n = 0u32;
        for shift in [0, 7, 14, 21, 28] {
            let (&b, rest) = from.split_first()?;
            *from = rest;
            n |= u32::from(b & 0x7f) << shift;
            if b < 0x80 {
                return Some(n);
            }
        }
        None
    }
}

impl Pack for bool {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }

    fn take(from: &mut &'static [u8]) -> Option<bool> {
        Some(u32::take(from)? == 1)
    }
}

impl Pack for Text {
    fn put(&self, out: &mut Vec<u8>) {
        (self.len() as u32).put(out);
        out.extend_from_slice(self.as_bytes());
    }

    fn take(from: &mut &'static [u8]) -> Option<Text> {
        let len = u32::take(from)? as usize;
        let (head, rest) = from.split_at_checked(len)?;
        *from = rest;
        std::str::from_utf8(head).ok().map(Text::Borrowed)
    }
}

impl Pack for String {
    fn put(&self, out: &mut Vec<u8>) {
        Text::Owned(self.clone()).put(out);
    }

    fn take(from: &mut &'static [u8]) -> Option<String> {
        Text::take(from).map(Text::into_owned)
    }
}

impl<T: Pack> Pack for Vec<T> {
    fn put(&self, out: &mut Vec<u8>) {
        (self.len() as u32).put(out);
        self.iter().for_each(|x| x.put(out));
    }

    fn take(from: &mut &'static [u8]) -> Option<Vec<T>> {
        let len = u32::take(from)? as usize;
        // No more room than the bytes that are left can fill.
        let mut out = Vec::with_capacity(len.min(from.len()));
        for _ in 0..len {
            out.push(T::take(from)?);
        }
        Some(out)
    }
}

impl<T: Pack> Pack for Option<T> {
    fn put(&self, out: &mut Vec<u8>) {
        self.is_some().put(out);
        if let Some(x) = self {
            x.put(out);
        }
    }

    fn take(from: &mut &'static [u8]) -> Option<Option<T>> {
        Some(if bool::take(from)? { Some(T::take(from)?) } else { None })
    }
}

impl<T: Pack> Pack for [T; 3] {
    fn put(&self, out: &mut Vec<u8>) {
        self.iter().for_each(|x| x.put(out));
    }

    fn take(from: &mut &'static [u8]) -> Option<[T; 3]> {
        Some([T::take(from)?, T::take(from)?, T::take(from)?])
    }
}

impl<A: Pack, B: Pack> Pack for (A, B) {
    fn put(&self, out: &mut Vec<u8>) {
        self.0.put(out);
        self.1.put(out);
    }

    fn take(from: &mut &'static [u8]) -> Option<(A, B)> {
        Some((A::take(from)?, B::take(from)?))
    }
}

impl Pack for u8 {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(*self);
    }

    fn take(from: &mut &'static [u8]) -> Option<u8> {
        let (&b, rest) = from.split_first()?;
        *from = rest;
        Some(b)
    }
}

impl Pack for u16 {
    fn put(&self, out: &mut Vec<u8>) {
        u32::from(*self).put(out);
    }

    fn take(from: &mut &'static [u8]) -> Option<u16> {
        u32::take(from)?.try_into().ok()
    }
}

/// Writes and takes the fields of a struct in one order; fields behind `..` are left empty.
macro_rules! pack {
    ($type:ident { $($field:ident),* $(; $($empty:ident),*)? }) => {
        impl Pack for $type {
            fn put(&self, out: &mut Vec<u8>) {
                $(self.$field.put(out);)*
            }

            fn take(from: &mut &'static [u8]) -> Option<Self> {
                Some($type { $($field: Pack::take(from)?,)* $($($empty: Default::default(),)*)? })
            }
        }
    };
}
pub(crate) use pack;

/// A value as bytes.
#[allow(dead_code, reason = "the build script writes, the library reads")]
pub(crate) fn write(value: &impl Pack) -> Vec<u8> {
    let mut out = Vec::new();
    value.put(&mut out);
    out
}

/// The value that [`write`] wrote; nothing where the bytes are others.
#[allow(dead_code, reason = "the build script writes, the library reads")]
pub(crate) fn read<T: Pack>(mut bytes: &'static [u8]) -> Option<T> {
    let value = T::take(&mut bytes)?;
    bytes.is_empty().then_some(value)
}

/// Bytes that hold text, made small. The library opens them in a millisecond, which unpacks more than it reads.
#[allow(dead_code, reason = "the build script squeezes, the library opens")]
pub(crate) fn squeeze(bytes: &[u8]) -> Vec<u8> {
    lz4_flex::compress_prepend_size(bytes)
}

/// What [`squeeze`] squeezed; nothing where the bytes are others.
#[allow(dead_code, reason = "the build script squeezes, the library opens")]
pub(crate) fn open(bytes: &[u8]) -> Option<Vec<u8>> {
    lz4_flex::decompress_size_prepended(bytes).ok()
}
