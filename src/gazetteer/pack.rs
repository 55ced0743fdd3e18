//! Records as bytes: what a build embeds, so that no TOML is parsed when an extractor starts.
//!
//! Only a build writes it and only the same build's library reads it; it is no file format.

use super::record::{Action, At, Family, Gazetteer, Portfolio, Record, Role, RoleWord, Rule, Tenure, Text, WordClass};
use crate::date::Date;
use crate::kind::Kind;

/// A value that can be written down and taken back.
trait Pack: Sized {
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
        let len = u32::take(from)?;
        (0..len).map(|_| T::take(from)).collect()
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

impl Pack for Date {
    fn put(&self, out: &mut Vec<u8>) {
        Text::Owned(self.to_string()).put(out);
    }

    fn take(from: &mut &'static [u8]) -> Option<Date> {
        Text::take(from)?.parse().ok()
    }
}

impl Pack for Kind {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(Kind::ALL.iter().position(|k| k == self).unwrap_or(0) as u8);
    }

    fn take(from: &mut &'static [u8]) -> Option<Kind> {
        Kind::ALL.get(u32::take(from)? as usize).copied()
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

pack!(At { file, line, column });
pack!(Tenure { at, office, from, to, seen, ended, acting; source });
pack!(Record {
    kind, at, id, country, name, alias, exact, weak, never, short, adjective, compound, from, to, successor, sort, portfolio, organization, parent,
    party, roles, many_holders, family, participants, year, tenures; action, sources, example, editions
});
pack!(Role { at, id, takes, name, bare, word, weak, exact, is, alone, at_home, many_holders });
pack!(RoleWord { at, role, portfolio, word, exact });
pack!(Portfolio { at, id, name, word, ministry, exact });
pack!(Family { at, id, makes, name, word, weak, participant, needs_parties });
pack!(WordClass { at, id, word, exact });
pack!(Rule { at, makes, forms });
pack!(Gazetteer { files, records, roles, role_words, portfolios, families, words, rules });

/// A gazetteer as bytes. Records that extend or remove others must have been merged before.
#[allow(dead_code, reason = "the build script writes, the library reads")]
pub(crate) fn write(g: &Gazetteer) -> Vec<u8> {
    debug_assert!(g.records.iter().all(|r| r.action == Action::Add));
    let mut out = Vec::new();
    g.put(&mut out);
    out
}

/// The gazetteer that [`write`] wrote; nothing where the bytes are others.
#[allow(dead_code, reason = "the build script writes, the library reads")]
pub(crate) fn read(mut bytes: &'static [u8]) -> Option<Gazetteer> {
    let g = Gazetteer::take(&mut bytes)?;
    bytes.is_empty().then_some(g)
}
