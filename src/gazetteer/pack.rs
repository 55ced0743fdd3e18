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
        // Most are empty.
        let any = self.iter().any(|l| !l.is_empty());
        any.put(out);
        if any {
            (**self).put(out);
        }
    }

    fn take(from: &mut &'static [u8]) -> Option<Forms> {
        if bool::take(from)? { <[Vec<Text>; 3]>::take(from).map(Forms::from) } else { Some(Forms::default()) }
    }
}

/// The names of a record beside its canonical ones. They are packed apart from it: an extractor whose names are compiled
/// already never looks at them.
#[derive(Default)]
pub(crate) struct Spellings {
    alias: Forms,
    exact: Forms,
    weak: Forms,
    never: Forms,
    short: Forms,
    adjective: Forms,
    compound: Forms,
}

impl Spellings {
    #[allow(dead_code, reason = "the build script writes, the library reads")]
    pub(crate) fn of(r: &Record) -> Spellings {
        let r = r.clone();
        Spellings { alias: r.alias, exact: r.exact, weak: r.weak, never: r.never, short: r.short, adjective: r.adjective, compound: r.compound }
    }

    #[allow(dead_code, reason = "the build script writes, the library reads")]
    pub(crate) fn give(self, r: &mut Record) {
        let Spellings { alias, exact, weak, never, short, adjective, compound } = self;
        (r.alias, r.exact, r.weak, r.never, r.short, r.adjective, r.compound) = (alias, exact, weak, never, short, adjective, compound);
    }
}

pack!(Spellings { alias, exact, weak, never, short, adjective, compound });

pack!(At { file, line, column });
pack!(Tenure { at, office, from, to, seen, ended, acting });
pack!(Record {
    kind, at, id, country, name, from, to, successor, shares, sort, portfolio, organization, parent, party, roles, many_holders, family, participants, year, article,
    tenures; alias, exact, weak, never, short, adjective, compound, action, sources, example, editions
});
pack!(Role { at, id, takes, name, bare, word, weak, exact, is, alone, at_home, many_holders });
pack!(RoleWord { at, role, portfolio, word, exact });
pack!(Portfolio { at, id, name, word, ministry, exact });
pack!(Family { at, id, makes, name, word, weak, participant, needs_parties, at_home, otherwise });
pack!(WordClass { at, id, number, word, exact });
pack!(Template { at, id, name });
pack!(Rule { at, makes, forms });
pack!(Gazetteer { files, records, roles, role_words, portfolios, families, words, templates, rules; texts });
