//! The symbols that code asks for by name.

use super::grammar::Symbols;
use std::ops::Deref;

/// Defines [`Symbolic`], and with it the symbols that have a number whatever the gazetteers say.
macro_rules! symbolic {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// The bits of the symbols that code asks for by name.
        #[derive(Clone, Copy, Debug)]
        pub(crate) struct Symbolic {
            $($(#[$doc])* pub $name: Symbols,)*
            /// Words that join names, in whatever spelling the line has.
            pub joints: Symbols,
        }

        /// The names of these symbols, by their numbers.
        pub(crate) const SYMBOLIC: &[&str] = &[$($text),*];

        impl Symbolic {
            const ALL: Symbolic = {
                // Numbers are called as the fields are.
                #[allow(non_camel_case_types)]
                #[derive(Clone, Copy)]
                enum Number {
                    $($name),*
                }
                use Number::*;
                const fn set(numbers: &[Number]) -> Symbols {
                    let (mut bits, mut at) = (0, 0);
                    while at < numbers.len() {
                        bits |= 1 << numbers[at] as u8;
                        at += 1;
                    }
                    bits
                }
                Symbolic {
                    joints: set(&[inside, of, and, with, between, level, honorific, family_name, former, acting]),
                    $($name: set(&[$name]),)*
                }
            };
        }
    };
}

symbolic! {
    person = "person",
    title = "title",
    ministry = "ministry",
    mechanism = "mechanism",
    organization = "organization",
    agreement = "agreement",
    initiative = "initiative",
    place = "place",
    short = "short",
    country = "country",
    nationality = "nationality",
    compound = "compound",
    party = "party",
    role_portfolio = "role.portfolio",
    role_country = "role.country",
    role_organization = "role.organization",
    role_post = "role.post",
    role_place = "role.place",
    role_army = "role.army",
    role_full = "role.full",
    portfolio = "portfolio",
    ministry_word = "ministry-word",
    family = "family",
    body_word = "body-word",
    /// A place that is no country.
    locality = "locality",
    title_open = "title.open",
    comma = "comma",
    dash = "dash",
    open = "open",
    close = "close",
    colon = "colon",
    slash = "slash",
    possessive = "possessive",
    plus = "plus",
    number = "number",
    // So far every gazetteer knows them; the others are word classes, which a grammar has or has not. Those that are asked for
    // most are in the lower half.
    family_name = "family-name",
    name_stop = "name-stop",
    honorific = "honorific",
    clause_word = "clause-word",
    body_tail = "body-tail",
    and = "and",
    of = "of",
    about = "about",
    with = "with",
    between = "between",
    inside = "in",
    former = "former",
    acting = "acting",
    incoming = "incoming",
    article = "article",
    copula = "copula",
    delegation = "delegation",
    /// Words that tell of English names and leave them what they are.
    sign = "sign",
    common_word = "common-word",
    name_particle = "name-particle",
    body_head = "body-head",
    /// Words that open or close the name of a mechanism, an agreement, an initiative.
    channel_head = "channel-head",
    text_head = "text-head",
    scheme_head = "scheme-head",
    surname = "surname",
    honorific_after = "honorific-after",
    concurrently = "concurrently",
    photo = "photo",
    postnominal = "postnominal",
    // All others.
    sides = "sides",
    both = "both",
    both_before = "both-before",
    many_nations = "many-nations",
    edition_before = "edition-before",
    edition_after = "edition-after",
    first_edition = "first-edition",
    former_copula = "former-copula",
    succeeds = "succeeds",
    object_of = "object-of",
    acts_for = "acts-for",
    shy_word = "shy-word",
    about_head = "about-head",
    unit_number = "unit-number",
    government_of = "government-of",
    ordinal = "ordinal",
    month_name = "month-name",
    aside = "aside",
    once_clause = "once-clause",
    pronoun = "pronoun",
    takes_office = "takes-office",
    including = "including",
    plural_title = "plural-title",
    once_behind = "once-behind",
    once_before = "once-before",
    once = "once",
    post_to = "post-to",
    whole_word = "whole-word",
    not_holder = "not-holder",
    counterpart = "counterpart",
    helper = "helper",
    province = "province",
    not_a_person = "not-a-person",
    year_before = "year-before",
    generic_before = "generic-before",
    stationed = "stationed",
    abroad = "abroad",
    this_country = "this-country",
    not_a_ministry = "not-a-ministry",
    belongs = "belongs",
    fields = "fields",
    rung = "rung",
    month = "month",
    lone_body = "lone-body",
    local_body = "local-body",
    office_tail = "office-tail",
    leaves_office = "leaves-office",
    personnel = "personnel",
    era = "era",
    level = "level",
    name_end_stop = "name-end-stop",
}

/// The symbols that code asks for by name: [the same](Symbolic) in every lexicon, so that what is asked of a token is a number in
/// the code and need not be put together.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Marks;

impl Deref for Marks {
    type Target = Symbolic;

    #[inline(always)]
    fn deref(&self) -> &Symbolic {
        &Symbolic::ALL
    }
}

/// The names of the symbols that every gazetteer knows: those up to the last sign.
pub(super) const EVERYWHERE: &[&str] = SYMBOLIC.split_at(Symbolic::ALL.number.trailing_zeros() as usize + 1).0;

#[cfg(test)]
mod tests {
    use super::super::grammar::Grammar;
    use super::*;

    #[test]
    fn numbers_do_not_depend_on_the_grammar() {
        let mut grammar = Grammar::default();
        grammar.symbol("tea").unwrap();
        for name in SYMBOLIC.iter().rev() {
            grammar.symbol(name).unwrap();
        }
        grammar.symbol("milk").unwrap();
        assert_eq!(grammar.names.len(), SYMBOLIC.len() + 2, "a name comes twice");
        assert_eq!((grammar.bit("title"), grammar.bit("in"), grammar.bit("role.full")), (Marks.title, Marks.inside, Marks.role_full));
        assert_eq!((grammar.bit("tea"), grammar.bit("milk")), (1 << SYMBOLIC.len(), 2 << SYMBOLIC.len()));
    }
}
