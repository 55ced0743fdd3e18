//! Which pairs of words can begin a name: a filter in front of the heads.

/// A bit by chance for each pair that is a head. It lets some others pass, and none of these fail.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    bits: Vec<u64>,
}

/// The most words of bits.
const MOST: usize = 1 << 24;

impl Pairs {
    /// Room for so many pairs, at 16 bits each or more: what is asked a word should stay in the first cache.
    pub(super) fn room(pairs: usize) -> Self {
        Pairs { bits: vec![0; (pairs / 4).next_power_of_two().min(MOST)] }
    }

    /// Lets a pair pass.
    #[inline]
    pub(super) fn add(&mut self, [a, b]: [u32; 2]) {
        let (word, bit) = self.place(a, b);
        self.bits[word] |= 1 << bit;
    }

    #[inline]
    fn place(&self, a: u32, b: u32) -> (usize, u64) {
        let h = hash(a, b);
        ((h >> 40) as usize & self.bits.len().wrapping_sub(1), h >> 26 & 63)
    }

    /// Whether the pair may be one of these: without a branch, since no processor could guess.
    #[inline]
    pub(super) fn may_hold(&self, a: u32, b: u32) -> bool {
        let (word, bit) = self.place(a, b);
        self.bits.get(word).is_some_and(|w| w >> bit & 1 == 1)
    }

    /// Heap that it takes, in bytes.
    pub(super) fn memory(&self) -> usize {
        self.bits.capacity() * size_of::<u64>()
    }
}

/// Two words in one number, of which the high bits are the best.
#[inline]
pub(super) fn hash(a: u32, b: u32) -> u64 {
    (u64::from(a) << 32 | u64::from(b)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
