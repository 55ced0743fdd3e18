//! Records as bytes, see [`crate::pack`].

use super::record::{At, Family, Forms, Gazetteer, Portfolio, Record, Role, RoleWord, Rule, Template, Tenure, Text, WordClass};
use crate::date::Date;
use crate::kind::Kind;
use crate::pack::{Pack, pack};

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

impl Pack for Forms {
    fn put(&self, out: &mut Vec<u8>) {
        (**self).put(out);
    }

    fn take(from: &mut &'static [u8]) -> Option<Forms> {
        <[Vec<Text>; 3]>::take(from).map(Forms::from)
    }
}

pack!(At { file, line, column });
pack!(Tenure { at, office, from, to, seen, ended, acting });
pack!(Record {
    kind, at, id, country, name, alias, exact, weak, never, short, adjective, compound, from, to, successor, shares, sort, portfolio, organization, parent,
    party, roles, many_holders, family, participants, year, tenures; action, sources, example, editions
});
pack!(Role { at, id, takes, name, bare, word, weak, exact, is, alone, at_home, many_holders });
pack!(RoleWord { at, role, portfolio, word, exact });
pack!(Portfolio { at, id, name, word, ministry, exact });
pack!(Family { at, id, makes, name, word, weak, participant, needs_parties });
pack!(WordClass { at, id, word, exact });
pack!(Template { at, id, name });
pack!(Rule { at, makes, forms });
pack!(Gazetteer { files, records, roles, role_words, portfolios, families, words, templates, rules });
