//! The memory of words: what each raw word came to, so that it is folded once and not at each occurrence.

use super::fold::Folded;
use super::tokens::{Kind, gap};
use super::words::{Map, mark};

/// Raw words of at most this many bytes have a slot in a [`Memory`].
pub(super) const SLOT_BYTES: usize = KEY_BYTES - 1;
/// Bytes of a key. The last is never a word's own.
pub(super) const KEY_BYTES: usize = size_of::<Key>();
/// Bytes that are looked at to know a word: its own, and those of a sign behind it.
pub(super) const WINDOW: usize = SLOT_BYTES + 2;
/// Slots of a new memory, at least and at most: a short text must not pay for a large table.
const FIRST_SLOTS: (usize, usize) = (1 << 5, 1 << 12);
/// Bytes of text to two slots of a new memory: three slots in four are free when the text is read, if every other word is new.
const BYTES_A_PAIR: usize = 6;
/// Slots at most: two megabytes.
pub(super) const MOST_SLOTS: usize = 1 << 16;
/// Words without a slot that are remembered.
pub(super) const LONG_WORDS: usize = 1 << 12;
/// Longer words are folded again each time.
const LONGEST_REMEMBERED: usize = 64;

/// The bytes of a short word, zeros behind them: no word ends in one, so that no two have the same.
pub(super) type Key = [u64; 2];

/// What a word came to: everything of a token but its place. A token takes it over as it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen {
    /// Number of the coarse key, 0 where no name has it.
    pub coarse: u32,
    /// Number of the fine form, 0 where no name has it.
    pub fine: u32,
    pub kind: Kind,
    /// Case and syllable flags of [`super::fold`].
    pub flags: u8,
    /// What lies before it: see [`gap`]. In the memory, a space.
    pub gap: u8,
    /// What the word can be or begin: see [`super::words::mark`].
    pub marks: u8,
    /// What it is to the grammar where it is a sign or nothing but words of the grammar: a number that is looked up where
    /// the grammar asks, so that nobody need find and keep every `và`. 0 for none.
    pub silent: u16,
    /// What of a word's flags is [counted](super::lines::counted), or that it is a number.
    pub(super) class: u8,
}

impl Seen {
    /// Where it does not stand by itself it says nothing unasked: it is found or not, as any other name.
    pub(super) fn part(&mut self) {
        if self.kind == Kind::Word && self.silent != 0 {
            self.silent = 0;
            self.marks |= mark::ALONE | mark::BEGINS_LOOSE;
        }
    }

    /// Nothing that a name could hold.
    pub(super) const OTHER: Seen = Seen { coarse: 0, fine: 0, kind: Kind::Other, flags: 0, gap: gap::SPACE, marks: 0, silent: 0, class: 0 };
}

/// A word and what it came to, in one line of the processor's cache.
#[derive(Clone, Copy, Debug)]
#[repr(align(32))]
pub(super) struct Slot {
    /// The last byte is [`OTHER`] where it is neither a word nor a number, so that nobody who seeks one finds it.
    key: Key,
    pub seen: Seen,
}

impl Slot {
    fn new(key: Key, seen: Seen) -> Slot {
        let other = if matches!(seen.kind, Kind::Word | Kind::Number) { 0 } else { OTHER };
        Slot { key: [key[0], key[1] | other], seen }
    }

    #[inline]
    fn is(&self, key: Key) -> bool {
        (self.key[0] ^ key[0]) | ((self.key[1] ^ key[1]) & OWN) == 0
    }

    /// It is a word or number, and this one.
    #[inline]
    pub(super) fn is_word_or_number(&self, key: Key) -> bool {
        (self.key[0] ^ key[0]) | (self.key[1] ^ key[1]) == 0
    }

    fn key(&self) -> Key {
        [self.key[0], self.key[1] & OWN]
    }
}

/// Where the last byte stands in the second half of a key, and the bits before it.
pub(super) const LAST: u32 = u64::BITS - u8::BITS;
pub(super) const OWN: u64 = u64::MAX >> u8::BITS;
/// What is in the last byte where a slot is neither a word nor a number.
const OTHER: u64 = !OWN;

/// No word has this key.
const EMPTY: Key = [0, OTHER];

/// What each raw word came to. It only saves time: with or without it the answers are the same.
///
/// A table of fixed size with four places for each word, side by side: nothing is ever searched far, whatever words a text is
/// made of to meet each other there. It begins small and grows as words come in.
#[derive(Debug)]
pub(crate) struct Memory {
    pub(super) slots: Vec<Slot>,
    /// Slots at most.
    most: usize,
    used: usize,
    /// Which of two slots goes next where all four are taken.
    turn: usize,
    pub(super) long: Map<Seen>,
    /// What the signs came to, once they were asked for.
    pub(super) signs: Option<Signs>,
    /// Where words are folded.
    pub(super) folded: Folded,
}

/// The signs that names can hold, and what tokens they are.
pub(super) const SIGNS: [(&str, Kind); 12] = [
    ("-", Kind::Dash),
    (",", Kind::Comma),
    (".", Kind::Period),
    (":", Kind::Colon),
    (";", Kind::Semicolon),
    ("!", Kind::Stop),
    ("(", Kind::Open),
    (")", Kind::Close),
    ("/", Kind::Slash),
    ("+", Kind::Plus),
    ("&", Kind::Ampersand),
    ("'s", Kind::Possessive),
];

/// What they came to, by their places; behind them, what all signs are that no name holds.
pub(super) type Signs = [Seen; SIGNS.len() + 1];

/// Their places among [`SIGNS`].
pub(super) mod sign {
    pub(in crate::text) const DASH: usize = 0;
    pub(in crate::text) const COMMA: usize = 1;
    pub(in crate::text) const PERIOD: usize = 2;
    pub(in crate::text) const COLON: usize = 3;
    pub(in crate::text) const SEMICOLON: usize = 4;
    pub(in crate::text) const STOP: usize = 5;
    pub(in crate::text) const OPEN: usize = 6;
    pub(in crate::text) const CLOSE: usize = 7;
    pub(in crate::text) const SLASH: usize = 8;
    pub(in crate::text) const PLUS: usize = 9;
    pub(in crate::text) const AMPERSAND: usize = 10;
    pub(in crate::text) const POSSESSIVE: usize = 11;

    const NONE: u8 = u8::MAX;

    /// Signs that are one byte and stand for themselves whatever follows.
    const BYTES: [u8; 256] = {
        let mut table = [NONE; 256];
        let signs = [
            (b'-', DASH),
            (b',', COMMA),
            (b'.', PERIOD),
            (b':', COLON),
            (b';', SEMICOLON),
            (b'!', STOP),
            (b'?', STOP),
            (b'(', OPEN),
            (b'[', OPEN),
            (b'{', OPEN),
            (b')', CLOSE),
            (b']', CLOSE),
            (b'}', CLOSE),
            (b'/', SLASH),
            (b'+', PLUS),
        ];
        let mut i = 0;
        while i < signs.len() {
            table[signs[i].0 as usize] = signs[i].1 as u8;
            i += 1;
        }
        table
    };

    /// The place of such a sign.
    pub(in crate::text) const fn of_byte(c: u8) -> Option<usize> {
        match BYTES[c as usize] {
            NONE => None,
            sign => Some(sign as usize),
        }
    }
}

/// The first bytes of a stretch as a key.
#[inline]
pub(super) fn load(b: &[u8; WINDOW]) -> Key {
    let half = |from: usize| b[from..].first_chunk().map_or(0, |c| u64::from_le_bytes(*c));
    [half(0), half(8)]
}

/// A short word as a key: its first bytes and its last ones, laid over each other.
pub(super) fn key(word: &str) -> Key {
    let b = word.as_bytes();
    if let (Some(first), Some(last)) = (b.first_chunk(), b.last_chunk()) {
        let (first, last) = (u64::from_le_bytes(*first), u64::from_le_bytes(*last));
        let over = KEY_BYTES - b.len().min(KEY_BYTES);
        return [first, last.checked_shr(8 * over as u32).unwrap_or(0)];
    }
    if let (Some(first), Some(last)) = (b.first_chunk(), b.last_chunk()) {
        let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
        return [u64::from(first) | u64::from(last) << (8 * (b.len() - 4)), 0];
    }
    [b.iter().rev().fold(0, |key, &c| key << 8 | u64::from(c)), 0]
}

/// Not zero where a byte comes before `FIRST`; the lowest bit that is set is the high bit of the first such byte.
#[inline]
fn end_of<const FIRST: u8>(x: u64) -> u64 {
    const ONES: u64 = u64::MAX / 255;
    // What is borrowed for a lesser byte goes up, where nobody looks.
    x.wrapping_sub(ONES * u64::from(FIRST)) & !x & (ONES << 7)
}

/// Bytes that can go on with a word or hide inside one, though they are no letters: apostrophes and control characters.
pub(super) const HIDDEN: [bool; 256] = {
    let mut table = [false; 256];
    let mut c = 0;
    while c < 32 {
        table[c] = !(c as u8).is_ascii_whitespace();
        c += 1;
    }
    table[b'\'' as usize] = true;
    table[b'`' as usize] = true;
    table[0x7f] = true;
    table
};

/// All bits of the bytes before that of the lowest bit that is set.
#[inline]
fn before(end: u64) -> u64 {
    (end ^ end.wrapping_sub(1)) >> 8
}

/// Bytes from `FIRST` on at the beginning of a key: how many, and the key of these alone. Where nothing else is in the key, it is
/// too long for a slot.
#[inline]
fn run_of<const FIRST: u8>(key: Key) -> (usize, Key) {
    // Most words end in the first half.
    let end = end_of::<FIRST>(key[0]);
    if end != 0 {
        return (end.trailing_zeros() as usize / 8, [key[0] & before(end), 0]);
    }
    match end_of::<FIRST>(key[1]) {
        0 => (KEY_BYTES, key),
        end => (8 + end.trailing_zeros() as usize / 8, [key[0], key[1] & before(end)]),
    }
}

/// Letters and bytes of other characters. The few signs among and behind the letters do not end a word here, but no remembered
/// word has any of them where a text has it otherwise.
#[inline]
pub(super) fn run_of_letters(key: Key) -> (usize, Key) {
    run_of::<b'A'>(key)
}

/// Not zero where a byte is no digit; the lowest bit that is set is the high bit of the first such byte.
#[inline]
fn end_of_number(x: u64) -> u64 {
    const ONES: u64 = u64::MAX / 255;
    let x = x ^ (ONES * b'0' as u64);
    // What is carried from a greater byte goes up, where nobody looks.
    (x.wrapping_add(ONES * (0x80 - 10)) | x) & (ONES << 7)
}

/// A number at the beginning of a window: how many bytes, and the key of these alone. Nothing where it is long, or where
/// digits of other scripts may go on with it.
#[inline]
pub(super) fn run_of_digits(b: &[u8; WINDOW]) -> Option<(usize, Key)> {
    let digits = load(b)[0];
    let end = end_of_number(digits);
    let len = end.trailing_zeros() as usize / 8;
    match b[len] {
        b'.' | b',' if b[len + 1].is_ascii_digit() => long_number(b),
        _ if end == 0 => long_number(b),
        next => (next.is_ascii() && len > 0).then_some((len, [digits & before(end), 0])),
    }
}

/// The same for numbers of more than seven digits, and those with full stops and commas inside.
#[inline(never)]
fn long_number(b: &[u8; WINDOW]) -> Option<(usize, Key)> {
    let digit = |i: usize| b[i].is_ascii_digit();
    let mut len = 0;
    while len < KEY_BYTES && (digit(len) || len > 0 && matches!(b[len], b'.' | b',') && digit(len + 1)) {
        len += 1;
    }
    let key = load(b);
    let bits = |bytes: usize| 1u64.checked_shl(8 * bytes as u32).map_or(u64::MAX, |bit| bit - 1);
    (len > 0 && len < KEY_BYTES && b[len].is_ascii()).then(|| (len, [key[0] & bits(len.min(8)), key[1] & bits(len.saturating_sub(8))]))
}

/// Where a word's own slot is among so many, a power of two.
#[inline]
pub(super) fn place(key: Key, slots: usize) -> usize {
    hash(key) & slots.saturating_sub(1)
}

/// A number whose low bits are the place of a word's own slot.
#[inline]
pub(super) fn hash(key: Key) -> usize {
    // Multiplication carries to the left: the high bits depend on all of the word.
    key[0].wrapping_add(key[1] << 3).wrapping_mul(0x9e37_79b9_7f4a_7c15).swap_bytes() as usize
}

/// The places that a word can have, its own first. All words that can have one of them can have all.
#[inline]
fn places(own: usize) -> [usize; 4] {
    [own, own ^ 1, own ^ 2, own ^ 3]
}

/// The slot of a word, wherever it is.
fn find(slots: &[Slot], key: Key) -> Option<&Slot> {
    places(place(key, slots.len())).into_iter().filter_map(|p| slots.get(p)).find(|s| s.is(key))
}

/// Brings a word or number to its own slot from another that it can have, if it is in one: what was there takes that. The words that a
/// text repeats are mostly where they are sought first. The halves of its key come by themselves, in registers.
#[cold]
#[inline(never)]
pub(super) fn bring(slots: &mut [Slot], own: usize, (first, last): (u64, u64)) -> bool {
    // A word takes its own slot where that is free, and none is ever freed.
    if slots.get(own).is_none_or(|slot| slot.key == EMPTY) {
        return false;
    }
    let from = places(own).into_iter().find(|&p| slots.get(p).is_some_and(|slot| slot.is_word_or_number([first, last])));
    from.inspect(|&from| slots.swap(own, from)).is_some()
}

impl Default for Memory {
    fn default() -> Self {
        Memory::with_slots(MOST_SLOTS)
    }
}

impl Memory {
    /// A memory of so many slots at most.
    pub(crate) fn with_slots(most: usize) -> Self {
        Memory { slots: Vec::new(), most, used: 0, turn: 0, long: Map::default(), signs: None, folded: Folded::default() }
    }

    /// What a raw word came to, if it is remembered.
    pub(super) fn recall(&self, raw: &str) -> Option<Seen> {
        if raw.len() > SLOT_BYTES {
            return self.long.get(raw).copied();
        }
        self.recall_key(key(raw))
    }

    /// The same for a short word by its key.
    pub(super) fn recall_key(&self, key: Key) -> Option<Seen> {
        find(&self.slots, key).map(|slot| slot.seen)
    }

    /// The slot of a word, if that is its own.
    #[inline]
    pub(super) fn own(&self, key: Key) -> Option<&Slot> {
        self.slots.get(place(key, self.slots.len())).filter(|slot| slot.is(key))
    }

    /// Remembers what a raw word came to.
    pub(super) fn remember(&mut self, raw: &str, seen: Seen) {
        if raw.len() <= SLOT_BYTES {
            self.insert(key(raw), seen);
        } else if self.long.len() < LONG_WORDS && raw.len() <= LONGEST_REMEMBERED {
            self.long.insert(raw.to_string().into(), seen);
        }
    }

    #[inline]
    pub(super) fn insert(&mut self, key: Key, seen: Seen) {
        // A table for a text or two may be five eighths full; one that stays should let each word have its own slot.
        let eighths = if self.slots.len() > FIRST_SLOTS.1 { 2 } else { 5 };
        if self.used * 8 >= self.slots.len() * eighths && self.slots.len() < self.most {
            self.grow(self.slots.len() * 4);
        }
        let own = place(key, self.slots.len());
        match self.slots.get_mut(own).filter(|slot| slot.key == EMPTY) {
            Some(slot) => {
                *slot = Slot::new(key, seen);
                self.used += 1;
            }
            None => self.put(Slot::new(key, seen)),
        }
    }

    pub(super) fn grow(&mut self, slots: usize) {
        let empty = Slot { key: EMPTY, seen: Seen::OTHER };
        let old = std::mem::replace(&mut self.slots, vec![empty; slots.clamp(FIRST_SLOTS.0.min(self.most), self.most)]);
        self.used = 0;
        for s in old.into_iter().filter(|s| s.key != EMPTY) {
            self.put(s);
        }
    }

    /// Nothing was read yet, and there may be a table of full size.
    pub(super) fn is_new(&self) -> bool {
        self.slots.is_empty() && self.most == MOST_SLOTS
    }

    /// Begins with the slots and signs of another memory.
    pub(super) fn start(&mut self, other: &Memory) {
        (self.slots, self.used, self.signs) = (other.slots.clone(), other.used, other.signs);
    }

    /// A text of so many bytes will be read: a memory that has nothing in it makes room for its words at once.
    pub(super) fn make_room(&mut self, bytes: usize) {
        if self.slots.is_empty() {
            self.grow((2 * (bytes / BYTES_A_PAIR).next_power_of_two()).min(FIRST_SLOTS.1));
        }
    }

    /// Frees what long words were folded in; all else is bounded.
    pub(crate) fn shrink(&mut self) {
        self.folded = Folded::default();
    }

    fn put(&mut self, slot: Slot) {
        let own = place(slot.key(), self.slots.len());
        let free = places(own).into_iter().find(|&p| self.slots.get(p).is_some_and(|s| s.key == EMPTY));
        let at = match free {
            Some(place) => {
                self.used += 1;
                place
            }
            // A new word takes one of two slots from another.
            None => {
                self.turn ^= 1;
                own ^ self.turn
            }
        };
        self.slots[at] = slot;
    }
}

#[cfg(test)]
mod tests {
    use super::super::cut::{tests::lexicon, tokenize};
    use super::super::lines::Lines;
    use super::super::tokens::Tokens;
    use super::super::words::Reading;
    use super::*;

    #[test]
    fn memory_stays_small_and_is_never_searched_far() {
        let words = lexicon();
        let mut memory = Memory::default();
        let read = |text: &str, memory: &mut Memory| {
            let (mut masked, mut out, mut lines) = (Vec::new(), Tokens::default(), Lines::default());
            tokenize(text, &mut Reading(&words, memory), &mut masked, &mut out, &mut lines);
        };
        read("Thứ trưởng Bộ Quốc phòng", &mut memory);
        assert!(memory.slots.len() * size_of::<Slot>() <= 1 << 13, "a short text pays for {} slots", memory.slots.len());
        // Half a million words that nobody has seen, long ones among them.
        for n in 0..5_000 {
            let text: String = (0..100).map(|k| format!("x{:x} verylongwordofmanyletters{:x} ", n * 100 + k, n * 100 + k)).collect();
            read(&text, &mut memory);
        }
        assert_eq!(memory.slots.len(), MOST_SLOTS);
        assert!(memory.long.len() <= LONG_WORDS);
        assert_eq!(size_of::<Slot>(), 32, "two slots to a line of the cache");
    }

    /// Words that are made to meet: they share the four places that each of them can have, whatever their number.
    #[test]
    fn words_that_meet_take_no_more_places_than_one() {
        let words = lexicon();
        let (mut memory, mut masked, mut out, mut lines) = (Memory::default(), Vec::new(), Tokens::default(), Lines::default());
        memory.grow(MOST_SLOTS);
        let word = |n: u32| (0..6).map(|i| char::from(b'a' + (n >> (4 * i) & 15) as u8)).collect::<String>();
        let meeting: Vec<String> = (0..1_500_000).map(word).filter(|w| place(key(w), MOST_SLOTS) / 4 == 3).collect();
        assert!(meeting.len() > 50);
        let text = (meeting.join(" ") + " ").repeat(4);
        for _ in 0..3 {
            tokenize(&text, &mut Reading(&words, &mut memory), &mut masked, &mut out, &mut lines);
            let taken: Vec<usize> = (0..memory.slots.len()).filter(|&p| memory.slots[p].key != EMPTY).collect();
            assert!(taken.iter().all(|p| p / 4 == 3), "{taken:?}");
            assert!(memory.long.is_empty() && memory.slots.len() == MOST_SLOTS);
        }
        // Whatever the table has room for, a word is sought in four places.
        for size in [2, 4, 128, MOST_SLOTS] {
            assert!((0..size).all(|own| places(own).iter().all(|p| p / 4 == own / 4)));
        }
    }

    #[test]
    fn a_new_memory_knows_frequent_words_where_a_text_is_long_enough_to_pay_for_them() {
        let mut words = lexicon();
        words.set_frequent("và của 国 ".into());
        for (text, known) in [("một ".repeat(1000), true), ("một ".into(), false)] {
            let (mut memory, mut masked, mut out, mut lines) = (Memory::default(), Vec::new(), Tokens::default(), Lines::default());
            tokenize(&text, &mut Reading(&words, &mut memory), &mut masked, &mut out, &mut lines);
            assert!(memory.recall("một").is_some());
            for word in ["và", "của", "国"] {
                assert_eq!(memory.recall(word).is_some(), known, "{word}");
            }
        }
    }
}
