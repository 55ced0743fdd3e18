//! Distinct texts and their numbers, each from the other.

use super::memory::{Key, LAST, OWN, SLOT_BYTES, key};
use std::borrow::Cow;
use std::hash::BuildHasher;

/// Texts with numbers from 1 on, in the order in which they came.
///
/// All stand in one text, so that those that a build embeds stay where they are, and a list of a million names makes no
/// million strings.
#[derive(Debug, Default)]
pub(crate) struct Index {
    all: Cow<'static, str>,
    /// Where each ends in `all`.
    ends: Vec<u32>,
    /// What tells each from all others, if it is [short](Short): a text that is sought is compared with this alone.
    shorts: Vec<Short>,
    /// Numbers where their hashes say, or in the next free place behind; 0 is a free place, as half of them are at least.
    /// Above the number stand bits of the hash, which tell most others apart.
    places: Vec<u32>,
    seeds: Seeds,
}

/// What makes hashes other ones in every process: nobody can choose names that meet.
#[derive(Debug)]
struct Seeds {
    short: [u64; 2],
    long: foldhash::fast::RandomState,
}

impl Default for Seeds {
    fn default() -> Self {
        let long = foldhash::fast::RandomState::default();
        Seeds { short: [0u8, 1].map(|n| long.hash_one(n)), long }
    }
}

/// A text as two numbers: its bytes and how many they are. Most words are short enough for that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Short(Key);

impl Short {
    /// None is this.
    const LONG: Short = Short([u64::MAX; 2]);

    pub(super) fn of(text: &str) -> Option<Short> {
        (text.len() <= SLOT_BYTES).then(|| Short::with(key(text), text.len()))
    }

    /// The text of so many bytes that has this key.
    #[inline]
    pub(crate) fn with(key: Key, len: usize) -> Short {
        Short([key[0], key[1] | (len as u64) << LAST])
    }

    /// Its bytes with zeros behind them, and how many they are.
    #[inline]
    pub(super) fn bytes(self) -> (u128, usize) {
        let Short([first, last]) = self;
        (u128::from(first) | u128::from(last & OWN) << u64::BITS, (last >> LAST) as usize)
    }

    /// The text of such bytes.
    #[inline]
    pub(super) fn of_bytes(bytes: u128, len: usize) -> Short {
        Short::with([bytes as u64, (bytes >> u64::BITS) as u64], len)
    }

    /// Writes it in place of another text.
    pub(super) fn write(self, out: &mut String) {
        let (bytes, len) = self.bytes();
        out.clear();
        out.push_str(bytes.to_le_bytes().get(..len).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or_default());
    }
}

impl Seeds {
    fn hash(&self, text: &str) -> u64 {
        match Short::of(text) {
            Some(short) => self.hash_short(short),
            None => self.long.hash_one(text),
        }
    }

    /// One multiplication mixes two numbers.
    #[inline]
    fn hash_short(&self, Short([a, b]): Short) -> u64 {
        let product = u128::from(a ^ self.short[0]) * u128::from(b ^ self.short[1]);
        product as u64 ^ (product >> u64::BITS) as u64
    }
}

/// The bits of a place that are the number.
const NUMBER: u32 = (1 << 24) - 1;

impl Index {
    /// Texts, the first number first, by the places where they end in `all`.
    #[cfg(feature = "builtin")]
    fn of(all: &'static str, ends: Vec<u32>) -> Index {
        let mut start = 0;
        let shorts = ends.iter().map(|&end| {
            let text = all.get(std::mem::replace(&mut start, end as usize)..end as usize).unwrap_or_default();
            Short::of(text).unwrap_or(Short::LONG)
        });
        let shorts = shorts.collect();
        let mut index = Index { all: Cow::Borrowed(all), ends, shorts, ..Index::default() };
        index.place_all();
        index
    }

    /// Forgets all texts, and keeps the room that they took.
    pub(crate) fn clear(&mut self) {
        if self.ends.is_empty() {
            return;
        }
        self.all.to_mut().clear();
        self.ends.clear();
        self.shorts.clear();
        self.places.fill(0);
    }

    /// How many there are, which is the highest number.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Heap that it takes, in bytes.
    pub(crate) fn memory(&self) -> usize {
        let all = if let Cow::Owned(all) = &self.all { all.capacity() } else { 0 };
        all + (self.ends.capacity() + self.places.capacity()) * size_of::<u32>() + self.shorts.capacity() * size_of::<Short>()
    }

    /// The text of a number; nothing for numbers that have none.
    pub(crate) fn text(&self, number: u32) -> &str {
        let range = match number as usize {
            0 => None,
            1 => self.ends.first().map(|&end| (0, end)),
            n => self.ends.get(n - 2..n).map(|ends| (ends[0], ends[1])),
        };
        range.and_then(|(a, b)| self.all.get(a as usize..b as usize)).unwrap_or_default()
    }

    /// The text of a number with zeros behind it, and its length, if that is eight bytes at most.
    #[inline]
    pub(crate) fn few_bytes(&self, number: u32) -> Option<([u8; 8], usize)> {
        let Short([first, last]) = self.shorts.get(number.wrapping_sub(1) as usize)?;
        let len = (last >> LAST) as usize;
        (len <= 8).then(|| (first.to_le_bytes(), len))
    }

    /// The place of a hash, and the bits of it that are kept.
    #[inline]
    fn place(&self, hash: u64) -> (usize, u32) {
        (hash as usize & self.places.len().wrapping_sub(1), (hash >> 32) as u32 & !NUMBER)
    }

    /// The number of a text, 0 where it has none.
    pub(crate) fn find(&self, text: &str) -> u32 {
        match Short::of(text) {
            Some(short) => self.find_short(short),
            None => self.find_by(self.seeds.long.hash_one(text), |number| self.text(number) == text),
        }
    }

    /// The same for a short text.
    #[inline]
    pub(crate) fn find_short(&self, short: Short) -> u32 {
        self.find_by(self.seeds.hash_short(short), |number| self.shorts.get(number.wrapping_sub(1) as usize) == Some(&short))
    }

    #[inline]
    fn find_by(&self, hash: u64, is: impl Fn(u32) -> bool) -> u32 {
        let (mut at, bits) = self.place(hash);
        while let Some(&place) = self.places.get(at).filter(|&&p| p != 0) {
            if place & !NUMBER == bits && is(place & NUMBER) {
                return place & NUMBER;
            }
            at = (at + 1) & (self.places.len() - 1);
        }
        0
    }

    /// The number of a text, given anew where it has none; 0 where no number is left.
    pub(crate) fn number(&mut self, text: &str) -> u32 {
        let known = self.find(text);
        if known > 0 || self.is_full() {
            return known;
        }
        self.all.to_mut().push_str(text);
        self.ends.push(self.all.len() as u32);
        self.shorts.push(Short::of(text).unwrap_or(Short::LONG));
        let number = self.ends.len() as u32;
        if self.places.len() < 2 * self.len() {
            self.place_all();
        } else {
            self.put(self.seeds.hash(text), number);
        }
        number
    }

    /// No further text gets a number.
    pub(crate) fn is_full(&self) -> bool {
        self.ends.len() >= NUMBER as usize || self.all.len() > (u32::MAX / 2) as usize
    }

    fn place_all(&mut self) {
        self.places = vec![0; (2 * self.len()).next_power_of_two()];
        for number in 1..=self.len() as u32 {
            let hash = match self.shorts[number as usize - 1] {
                Short::LONG => self.seeds.hash(self.text(number)),
                short => self.seeds.hash_short(short),
            };
            self.put(hash, number);
        }
    }

    fn put(&mut self, hash: u64, number: u32) {
        let (mut at, bits) = self.place(hash);
        while self.places[at] != 0 {
            at = (at + 1) & (self.places.len() - 1);
        }
        self.places[at] = bits | number;
    }
}

#[cfg(feature = "builtin")]
mod packed {
    use super::Index;
    use crate::pack::{Pack, Unread, Written};

    impl Pack for Index {
        fn put(&self, out: &mut Written) {
            let mut start = 0;
            let lengths: Vec<u32> = self.ends.iter().map(|&end| end - std::mem::replace(&mut start, end)).collect();
            lengths.put(out);
            out.text.push_str(&self.all);
        }

        fn take(from: &mut Unread<'_>) -> Option<Index> {
            let mut ends = Vec::<u32>::take(from)?;
            let mut end = 0u32;
            for e in &mut ends {
                end = end.checked_add(*e)?;
                *e = end;
            }
            Some(Index::of(from.text(end as usize)?, ends))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_have_numbers_and_numbers_texts() {
        let mut index = Index::default();
        assert_eq!((index.find(""), index.text(0), index.text(1)), (0, "", ""));
        let texts: Vec<String> = (0..5_000).map(|n| format!("{}ệ{n}", "x".repeat(n % 5))).collect();
        for (t, n) in texts.iter().zip(1..) {
            assert_eq!(index.find(t), 0);
            assert_eq!(index.number(t), n);
            assert_eq!(index.number(t), n);
        }
        for (t, n) in texts.iter().zip(1..) {
            assert_eq!((index.find(t), index.text(n)), (n, t.as_str()));
        }
        assert_eq!((index.find("ệ"), index.find("ệ5000"), index.text(5_001), index.text(u32::MAX)), (0, 0, "", ""));
        assert_eq!((index.number(""), index.find(""), index.text(5_001)), (5_001, 5_001, ""));
    }

    #[cfg(feature = "builtin")]
    #[test]
    fn they_are_packed_and_taken_back() {
        let mut index = Index::default();
        ["bộ", "bo", "", "防"].iter().for_each(|t| assert!(index.number(t) > 0));
        let written = crate::pack::write(&index);
        let text: &'static str = Box::leak(written.text.into_boxed_str());
        let taken: Index = crate::pack::read(crate::pack::Unread { numbers: &written.numbers, text }).unwrap();
        assert_eq!((taken.len(), taken.find("bộ"), taken.find("防"), taken.text(2)), (4, 1, 4, "bo"));
        assert!(crate::pack::read::<Index>(crate::pack::Unread { numbers: &written.numbers, text: &text[..4] }).is_none());
    }
}
