//! Bytes looked at many at a time.

use wide::i8x16;

/// So many at once: a bit for each.
pub(crate) const BLOCK: usize = 64;

/// The bytes of a block that are something; what `is` says of sixteen is all ones for each that is.
#[inline]
pub(crate) fn each(block: &[u8; BLOCK], is: impl Fn(i8x16) -> i8x16) -> u64 {
    let (parts, _) = block.as_chunks::<16>();
    (0..BLOCK / 16).fold(0, |all, n| all | u64::from(is(i8x16::new(parts[n].map(|c| c as i8))).move_mask() as u16) << (16 * n))
}

/// The last bytes of a text with zeros behind them.
#[cold]
#[inline(never)]
pub(crate) fn pad<const N: usize>(rest: &[u8]) -> [u8; N] {
    let mut all = [0; N];
    all.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use wide::CmpEq;

    #[test]
    fn bytes_are_told_by_their_bits() {
        let block: [u8; BLOCK] = pad("a-b--ệ-".as_bytes());
        assert_eq!(each(&block, |c| c.cmp_eq(i8x16::splat(b'-' as i8))), 0b1_0001_1010);
        assert_eq!(each(&[b'-'; BLOCK], |c| c.cmp_eq(i8x16::splat(b'-' as i8))), u64::MAX);
    }
}
