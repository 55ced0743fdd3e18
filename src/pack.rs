//! Values as bytes and text: what a build embeds, so that nothing is parsed or compiled when an extractor starts.
//!
//! Only a build writes it and only the same build's library reads it; it is no file format. Texts stand apart from numbers:
//! they are embedded as they are, and whoever takes values back borrows them, so that no byte of them is looked at or copied
//! before somebody asks for it. Numbers are squeezed, since unpacking them leaves none of their bytes behind.

use std::borrow::Cow;

/// A text that is borrowed from the embedded data or owned.
type Text = Cow<'static, str>;

/// Values that were written down.
#[derive(Debug, Default)]
pub(crate) struct Written {
    pub numbers: Vec<u8>,
    pub text: String,
}

/// Values that are not yet taken back.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unread<'a> {
    pub numbers: &'a [u8],
    pub text: &'static str,
}

impl<'a> Unread<'a> {
    /// The next bytes.
    pub(crate) fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (head, rest) = self.numbers.split_at_checked(count)?;
        self.numbers = rest;
        Some(head)
    }

    /// The next bytes of the text.
    pub(crate) fn text(&mut self, count: usize) -> Option<&'static str> {
        let (head, rest) = self.text.split_at_checked(count)?;
        self.text = rest;
        Some(head)
    }
}

/// A value that can be written down and taken back.
pub(crate) trait Pack: Sized {
    fn put(&self, out: &mut Written);
    fn take(from: &mut Unread<'_>) -> Option<Self>;
}

impl Pack for u8 {
    fn put(&self, out: &mut Written) {
        out.numbers.push(*self);
    }

    #[inline]
    fn take(from: &mut Unread<'_>) -> Option<u8> {
        let (&b, rest) = from.numbers.split_first()?;
        from.numbers = rest;
        Some(b)
    }
}

impl Pack for u32 {
    fn put(&self, out: &mut Written) {
        let mut n = *self;
        while n >= 0x80 {
            out.numbers.push(n as u8 | 0x80);
            n >>= 7;
        }
        out.numbers.push(n as u8);
    }

    #[inline]
    fn take(from: &mut Unread<'_>) -> Option<u32> {
        // Most numbers are small.
        let first = u8::take(from)?;
        if first < 0x80 { Some(first.into()) } else { take_long(first, from) }
    }
}

/// A number whose first byte is not its last.
#[cold]
fn take_long(first: u8, from: &mut Unread<'_>) -> Option<u32> {
    let mut n = u32::from(first & 0x7f);
    for shift in [7, 14, 21, 28] {
        let b = u8::take(from)?;
        n |= u32::from(b & 0x7f) << shift;
        if b < 0x80 {
            return Some(n);
        }
    }
    None
}

impl Pack for u16 {
    /// The highest number stands for none where such numbers are used, so that it comes first.
    fn put(&self, out: &mut Written) {
        u32::from(self.wrapping_add(1)).put(out);
    }

    #[inline]
    fn take(from: &mut Unread<'_>) -> Option<u16> {
        let n: u16 = u32::take(from)?.try_into().ok()?;
        Some(n.wrapping_sub(1))
    }
}

impl Pack for u128 {
    fn put(&self, out: &mut Written) {
        out.numbers.extend(self.to_le_bytes());
    }

    #[inline]
    fn take(from: &mut Unread<'_>) -> Option<u128> {
        Some(u128::from_le_bytes(from.bytes(16)?.try_into().ok()?))
    }
}

impl Pack for bool {
    fn put(&self, out: &mut Written) {
        u8::from(*self).put(out);
    }

    #[inline]
    fn take(from: &mut Unread<'_>) -> Option<bool> {
        Some(u8::take(from)? == 1)
    }
}

impl Pack for Text {
    fn put(&self, out: &mut Written) {
        (self.len() as u32).put(out);
        out.text.push_str(self);
    }

    #[inline]
    fn take(from: &mut Unread<'_>) -> Option<Text> {
        let len = u32::take(from)?;
        from.text(len as usize).map(Text::Borrowed)
    }
}

impl Pack for String {
    fn put(&self, out: &mut Written) {
        Text::Owned(self.clone()).put(out);
    }

    #[inline]
    fn take(from: &mut Unread<'_>) -> Option<String> {
        Text::take(from).map(Text::into_owned)
    }
}

impl<T: Pack> Pack for Vec<T> {
    fn put(&self, out: &mut Written) {
        (self.len() as u32).put(out);
        self.iter().for_each(|x| x.put(out));
    }

    #[inline]
    fn take(from: &mut Unread<'_>) -> Option<Vec<T>> {
        let len = u32::take(from)? as usize;
        // No more room than the bytes that are left can fill.
        let mut out = Vec::with_capacity(len.min(from.numbers.len()));
        for _ in 0..len {
            out.push(T::take(from)?);
        }
        Some(out)
    }
}

impl<T: Pack> Pack for Box<[T]> {
    fn put(&self, out: &mut Written) {
        (self.len() as u32).put(out);
        self.iter().for_each(|x| x.put(out));
    }

    #[inline]
    fn take(from: &mut Unread<'_>) -> Option<Box<[T]>> {
        Vec::take(from).map(Vec::into_boxed_slice)
    }
}

impl<T: Pack> Pack for Box<T> {
    fn put(&self, out: &mut Written) {
        (**self).put(out);
    }

    #[inline]
    fn take(from: &mut Unread<'_>) -> Option<Box<T>> {
        T::take(from).map(Box::new)
    }
}

impl<T: Pack> Pack for Option<T> {
    fn put(&self, out: &mut Written) {
        self.is_some().put(out);
        if let Some(x) = self {
            x.put(out);
        }
    }

    #[inline]
    fn take(from: &mut Unread<'_>) -> Option<Option<T>> {
        Some(if bool::take(from)? { Some(T::take(from)?) } else { None })
    }
}

impl<T: Pack> Pack for [T; 2] {
    fn put(&self, out: &mut Written) {
        self.iter().for_each(|x| x.put(out));
    }

    #[inline]
    fn take(from: &mut Unread<'_>) -> Option<[T; 2]> {
        Some([T::take(from)?, T::take(from)?])
    }
}

impl<T: Pack> Pack for [T; 3] {
    fn put(&self, out: &mut Written) {
        self.iter().for_each(|x| x.put(out));
    }

    #[inline]
    fn take(from: &mut Unread<'_>) -> Option<[T; 3]> {
        Some([T::take(from)?, T::take(from)?, T::take(from)?])
    }
}

impl<A: Pack, B: Pack> Pack for (A, B) {
    fn put(&self, out: &mut Written) {
        self.0.put(out);
        self.1.put(out);
    }

    #[inline]
    fn take(from: &mut Unread<'_>) -> Option<(A, B)> {
        Some((A::take(from)?, B::take(from)?))
    }
}

impl<A: Pack, B: Pack, C: Pack> Pack for (A, B, C) {
    fn put(&self, out: &mut Written) {
        self.0.put(out);
        self.1.put(out);
        self.2.put(out);
    }

    #[inline]
    fn take(from: &mut Unread<'_>) -> Option<(A, B, C)> {
        Some((A::take(from)?, B::take(from)?, C::take(from)?))
    }
}

/// Writes and takes the fields of a struct in one order; fields behind `;` are left empty.
macro_rules! pack {
    ($type:ident { $($field:ident),* $(; $($empty:ident),*)? }) => {
        impl Pack for $type {
            fn put(&self, out: &mut crate::pack::Written) {
                $(self.$field.put(out);)*
            }

            fn take(from: &mut crate::pack::Unread<'_>) -> Option<Self> {
                Some($type { $($field: Pack::take(from)?,)* $($($empty: Default::default(),)*)? })
            }
        }
    };
}
pub(crate) use pack;

/// Writes and takes a value that is one of a few, by its place among them.
macro_rules! pack_plain {
    ($type:ident: $($value:ident),*) => {
        impl Pack for $type {
            fn put(&self, out: &mut crate::pack::Written) {
                let place = [$($type::$value),*].iter().position(|x| x == self);
                out.numbers.push(place.map_or(u8::MAX, |p| p as u8));
            }

            fn take(from: &mut crate::pack::Unread<'_>) -> Option<Self> {
                [$($type::$value),*].get(usize::from(u8::take(from)?)).copied()
            }
        }
    };
}
pub(crate) use pack_plain;

/// A value, written down.
#[allow(dead_code, reason = "the build script writes, the library reads")]
pub(crate) fn write(value: &impl Pack) -> Written {
    let mut out = Written::default();
    value.put(&mut out);
    out
}

/// The value that [`write`] wrote; nothing where there is something else.
#[allow(dead_code, reason = "the build script writes, the library reads")]
pub(crate) fn read<T: Pack>(mut from: Unread<'_>) -> Option<T> {
    let value = T::take(&mut from)?;
    (from.numbers.is_empty() && from.text.is_empty()).then_some(value)
}

/// Bytes, made small.
#[allow(dead_code, reason = "the build script squeezes, the library opens")]
pub(crate) fn squeeze(bytes: &[u8]) -> Vec<u8> {
    lz4_flex::compress_prepend_size(bytes)
}

/// What [`squeeze`] squeezed; nothing where the bytes are others.
#[allow(dead_code, reason = "the build script squeezes, the library opens")]
pub(crate) fn open(bytes: &[u8]) -> Option<Vec<u8>> {
    lz4_flex::decompress_size_prepended(bytes).ok()
}

/// The same in a place that is used again: memory that a program touches for the first time costs more than the work.
#[allow(dead_code, reason = "the build script squeezes, the library opens")]
pub(crate) fn open_in<'a>(bytes: &[u8], room: &'a mut Vec<u8>) -> Option<&'a [u8]> {
    let (size, bytes) = lz4_flex::block::uncompressed_size(bytes).ok()?;
    if room.len() < size {
        *room = vec![0; size];
    }
    let place = room.get_mut(..size)?;
    let opened = lz4_flex::block::decompress_into(bytes, place).ok()?;
    (opened == size).then_some(place)
}
