//! Records as bytes, see [`crate::pack`].

use super::record::{At, Family, Forms, Gazetteer, Portfolio, Record, Role, RoleWord, Rule, Template, Tenure, Text, WordClass};
use crate::date::Date;
use crate::document::EntityData;
use crate::kind::Kind;
use crate::pack::{Pack, Unread, Written, pack, pack_plain};

impl Pack for Date {
    fn put(&self, out: &mut Written) {
        // Its day, month and year as the digits of one number, zeros for what is unknown.
        let text = self.to_string();
        let parts = text.split('-').map(|p| p.parse().unwrap_or(0)).chain([0, 0]);
        parts.take(3).fold(0u32, |n, part| n * 100 + part).put(out);
    }

    fn take(from: &mut Unread<'_>) -> Option<Date> {
        let n = u32::take(from)?;
        Date::new((n / 10_000).try_into().ok()?, (n / 100 % 100) as u8, (n % 100) as u8)
    }
}

pack_plain!(Kind: Person, Title, Ministry, Mechanism, Organization, Agreement, Initiative, Place);

impl Pack for Forms {
    fn put(&self, out: &mut Written) {
        // Most are empty.
        let any = self.iter().any(|l| !l.is_empty());
        any.put(out);
        if any {
            (**self).put(out);
        }
    }

    fn take(from: &mut Unread<'_>) -> Option<Forms> {
        if bool::take(from)? { <[Vec<Text>; 3]>::take(from).map(Forms::from) } else { Some(Forms::default()) }
    }
}

/// What the lexicon's entity does not say of a record.
pub(crate) struct Rest(Record);

impl Rest {
    #[allow(dead_code, reason = "the build script writes, the library reads")]
    pub(crate) fn of(r: &Record) -> Rest {
        Rest(r.clone())
    }

    /// The record, whose entity is this one.
    #[allow(dead_code, reason = "the build script writes, the library reads")]
    pub(crate) fn join(self, entity: &EntityData, at: At) -> Record {
        Record { kind: entity.kind, at, id: entity.id.clone(), name: entity.names.clone(), ..self.0 }
    }
}

/// The fields of [`Rest`], but for those that are not embedded.
macro_rules! rest {
    ($($field:ident),*) => {
        impl Pack for Rest {
            fn put(&self, out: &mut Written) {
                $(self.0.$field.put(out);)*
            }

            fn take(from: &mut Unread<'_>) -> Option<Rest> {
                let mut r = Record::new(Kind::Person, At::default(), Text::default());
                $(r.$field = Pack::take(from)?;)*
                Some(Rest(r))
            }
        }
    };
}
rest!(
    country,
    alias,
    exact,
    weak,
    never,
    short,
    adjective,
    compound,
    article,
    from,
    to,
    successor,
    shares,
    sort,
    portfolio,
    organization,
    parent,
    party,
    roles,
    many_holders,
    family,
    participants,
    year,
    tenures
);

pack!(At { file, line, column });
pack!(Tenure { at, office, from, to, seen, ended, acting });
pack!(Role { at, id, takes, name, bare, word, weak, exact, is, alone, at_home, many_holders });
pack!(RoleWord { at, role, portfolio, word, exact });
pack!(Portfolio { at, id, name, word, ministry, exact });
pack!(Family { at, id, makes, name, word, weak, participant, needs_parties, at_home, otherwise });
pack!(WordClass { at, id, number, word, exact });
pack!(Template { at, id, name });
pack!(Rule { at, makes, forms });
pack!(Gazetteer { files, roles, role_words, portfolios, families, words, templates, rules; texts, records });
