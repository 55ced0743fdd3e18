//! Offices that are put together: their ids, taken apart, and their names, made from templates.

use super::{EntityInfo, Lexicon, NONE16, NONE32};
use crate::document::{EntityData, NameSet, Text};
use crate::gazetteer::record::TEMPLATES;
use crate::kind::{Kind, Language};
use std::cell::RefCell;
use std::collections::HashSet;
use std::hash::Hash;
use std::sync::Arc;

/// The ids that a composed office can be made of.
pub(crate) struct OfficeId<'a> {
    pub portfolios: &'a HashSet<&'a str>,
    pub roles: &'a HashSet<&'a str>,
}

/// `title:<cc>-[<portfolio>-]<role>` or `title:<cc>-<role>-to-<target>`, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ParsedOffice<'a> {
    pub country: &'a str,
    pub portfolio: Option<&'a str>,
    pub role: &'a str,
    pub target: Option<&'a str>,
}

pub(crate) fn parse_office<'a>(id: &'a str, known: &OfficeId<'_>) -> Option<ParsedOffice<'a>> {
    let (country, rest) = id.strip_prefix("title:")?.split_once('-')?;
    if country.len() != 2 {
        return None;
    }
    if let Some((role, target)) = rest.split_once("-to-") {
        return known.roles.contains(role).then_some(ParsedOffice { country, portfolio: None, role, target: Some(target) });
    }
    if known.roles.contains(rest) {
        return Some(ParsedOffice { country, portfolio: None, role: rest, target: None });
    }
    rest.match_indices('-').find_map(|(i, _)| {
        let (portfolio, role) = (&rest[..i], &rest[i + 1..]);
        (known.portfolios.contains(portfolio) && known.roles.contains(role)).then_some(ParsedOffice { country, portfolio: Some(portfolio), role, target: None })
    })
}

/// What an office is composed of; fields that say nothing are `NONE16` or `NONE32`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct OfficeKey {
    pub role: u16,
    pub portfolio: u16,
    pub country: u16,
    pub target: u16,
    pub organization: u32,
    /// Where a consul serves, if that is no country.
    pub place: u32,
}

impl Default for OfficeKey {
    fn default() -> Self {
        OfficeKey { role: NONE16, portfolio: NONE16, country: NONE16, target: NONE16, organization: NONE32, place: NONE32 }
    }
}

/// Fills a template. A placeholder without a value goes, with the ` of ` or space before it; `None` where the language
/// has no value for one that the name cannot do without.
pub(crate) fn fill(template: &str, values: &[(&str, Option<&str>, bool)]) -> Option<String> {
    let mut out = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, hole)) = rest.split_once('{') {
        out.push_str(before);
        let (key, after) = hole.split_once('}').unwrap_or((hole, ""));
        rest = after;
        match values.iter().find(|v| v.0 == key) {
            Some((_, Some(value), _)) => out.push_str(value),
            Some((_, None, true)) => {
                let lead = [" of ", " to ", " in ", " tại ", " - ", "在", "駐", " "].into_iter().find(|l| out.ends_with(l));
                out.truncate(out.len() - lead.map_or(0, str::len));
            }
            Some((_, None, false)) => return None,
            None => {
                out.push('{');
                out.push_str(key);
                out.push('}');
            }
        }
    }
    out.push_str(rest);
    Some(out)
}

/// An entity that was composed: the record that has its id, or what was made of its parts.
#[derive(Clone, Debug)]
pub(crate) enum Composed {
    Listed(u32),
    Made(Arc<EntityData>),
}

impl Composed {
    pub(crate) fn record(&self) -> Option<u32> {
        match self {
            Composed::Listed(record) => Some(*record),
            Composed::Made(_) => None,
        }
    }

    pub(crate) fn id<'a>(&'a self, lx: &'a Lexicon) -> &'a Text {
        match self {
            Composed::Listed(record) => &lx.entities[*record as usize].data.id,
            Composed::Made(data) => &data.id,
        }
    }
}

/// Offices and ministries composed before: their names are made once and shared. What is in it changes no answer.
#[derive(Debug, Default)]
pub(crate) struct Memo {
    offices: RefCell<foldhash::HashMap<OfficeKey, Composed>>,
    ministries: RefCell<foldhash::HashMap<(u16, u16), Composed>>,
    mechanisms: RefCell<foldhash::HashMap<MechanismKey, Composed>>,
    posts: RefCell<foldhash::HashMap<PostKey, Composed>>,
}

/// What a mechanism is composed of: its family, under a weak name or not, its sides, and those that its words name.
pub(crate) type MechanismKey = (u16, bool, [u16; 4], [u16; 4]);

/// What a post of every country is composed of: its record, whose it is, and the entity where it is held.
pub(crate) type PostKey = (u32, u16, u32);

/// Entries of each map of a [`Memo`] at most.
const MEMO: usize = 4_096;

fn remembered<K: Hash + Eq>(memo: &RefCell<foldhash::HashMap<K, Composed>>, key: K, make: impl FnOnce() -> Composed) -> Composed {
    if let Some(known) = memo.borrow().get(&key) {
        return known.clone();
    }
    let made = make();
    let mut memo = memo.borrow_mut();
    if memo.len() >= MEMO {
        memo.clear();
    }
    memo.insert(key, made.clone());
    made
}

impl Memo {
    /// See [`Lexicon::office`].
    pub(crate) fn office(&self, lx: &Lexicon, key: OfficeKey) -> Composed {
        remembered(&self.offices, key, || lx.office(key))
    }

    /// What `make` makes of a key, which says all that it asks for.
    pub(crate) fn mechanism(&self, key: MechanismKey, make: impl FnOnce() -> Composed) -> Composed {
        remembered(&self.mechanisms, key, make)
    }

    /// The same of a post.
    pub(crate) fn post(&self, key: PostKey, make: impl FnOnce() -> Composed) -> Composed {
        remembered(&self.posts, key, make)
    }

    /// See [`Lexicon::ministry`].
    pub(crate) fn ministry(&self, lx: &Lexicon, portfolio: u16, country: u16) -> Composed {
        remembered(&self.ministries, (portfolio, country), || lx.ministry(portfolio, country))
    }
}

/// Whether the name of a body has an article in front of it inside a phrase: it is no abbreviation and no single word.
fn takes_article(name: &str) -> bool {
    let first = name.split([' ', '-']).next().unwrap_or_default();
    name.contains(' ') && !name.starts_with("the ") && !name.starts_with("The ") && (first.len() < 2 || first != first.to_uppercase())
}

impl Lexicon {
    /// The template for the names of what has no record; empty where no gazetteer has one.
    pub(crate) fn template(&self, id: &str) -> &NameSet {
        static NONE: NameSet = [None, None, None];
        TEMPLATES.iter().position(|t| *t == id).map_or(&NONE, |i| &self.templates[i])
    }

    /// The id of a composed office.
    pub(crate) fn office_id(&self, key: OfficeKey) -> String {
        let mut id = String::from("title:");
        if let Some(o) = self.entities.get(key.organization as usize) {
            let slug = o.data.id.split_once(':').map_or(&*o.data.id, |(_, s)| s);
            id.push_str(slug);
            id.push('-');
        } else if let Some(c) = self.parties.get(usize::from(key.country)) {
            id.push_str(&c.code);
            id.push('-');
        }
        if let Some(p) = self.portfolios.get(usize::from(key.portfolio)) {
            id.push_str(&p.id);
            id.push('-');
        }
        id.push_str(self.roles.get(usize::from(key.role)).map_or("office", |r| &r.id));
        if let Some(t) = self.parties.get(usize::from(key.target)) {
            id.push_str("-to-");
            id.push_str(&t.code);
        } else if let Some(p) = self.entities.get(key.place as usize) {
            id.push_str("-in-");
            id.push_str(p.data.id.split_once(':').map_or(&*p.data.id, |(_, s)| s));
        }
        id
    }

    /// The names of a composed office in each language that has its parts.
    pub(crate) fn office_names(&self, key: OfficeKey) -> NameSet {
        let role = &self.roles[usize::from(key.role)];
        let party = |p: u16, l: usize| self.parties.get(usize::from(p)).and_then(|p| self.within(p.entity, l));
        Language::ALL.map(|l| {
            let l = l as usize;
            let portfolio = self.portfolios.get(usize::from(key.portfolio));
            let organization = self.entities.get(key.organization as usize);
            let bare = key.portfolio == NONE16 && key.country == NONE16 && key.organization == NONE32 && key.place == NONE32;
            if bare {
                return role.bare[l].clone();
            }
            let template = role.name[l].as_deref()?;
            let needs_field = template.contains("{portfolio}") || template.contains("{ministry}");
            let needs_body = template.contains("{organization}") || template.contains("{place}");
            let body = organization.and_then(|o| o.data.names[l].as_deref());
            // `the Philippine Coast Guard`, but `ASEAN` and `Kyoto`.
            let the = body.filter(|b| {
                l == Language::En as usize
                    && template.contains("{organization}")
                    && organization.is_some_and(|o| o.data.kind == Kind::Organization)
                    && takes_article(b)
            });
            let the = the.map(|b| format!("the {b}"));
            let body = the.as_deref().or(body);
            // A role of which only the country is known: the bare word and the country.
            let lacks_field = needs_field && portfolio.is_none() && organization.is_none() && role.bare[l].is_some();
            let template = if lacks_field || needs_body && body.is_none() { self.template("office")[l].as_deref()? } else { template };
            let field = portfolio.and_then(|p| p.name[l].as_deref());
            let ministry = portfolio.and_then(|p| p.ministry[l].as_deref());
            let missing_country = key.country != NONE16 && party(key.country, l).is_none();
            if missing_country {
                return None;
            }
            fill(
                template,
                &[
                    ("role", role.bare[l].as_deref(), false),
                    ("portfolio", field, false),
                    ("ministry", ministry, false),
                    ("organization", body, false),
                    ("place", body, false),
                    ("target", party(key.target, l).or_else(|| self.entities.get(key.place as usize).and_then(|e| e.data.names[l].as_deref())), true),
                    ("country", party(key.country, l), true),
                ],
            )
            .map(Into::into)
        })
    }

    /// The office of a key: the record's where there is one, else a composed one.
    fn office(&self, key: OfficeKey) -> Composed {
        let id = self.office_id(key);
        if let Some(&e) = self.by_id.get(id.as_str()) {
            return Composed::Listed(e);
        }
        let data = EntityData { id: id.into(), kind: Kind::Title, names: self.office_names(key), known: true };
        Composed::Made(Arc::new(data))
    }

    /// The ministry of a portfolio in a country.
    fn ministry(&self, portfolio: u16, country: u16) -> Composed {
        let p = &self.portfolios[usize::from(portfolio)];
        let party = self.parties.get(usize::from(country));
        let id = match party {
            Some(c) => format!("ministry:{}-{}", c.code, p.id),
            None => format!("ministry:{}", p.id),
        };
        if let Some(&e) = self.by_id.get(id.as_str()) {
            return Composed::Listed(e);
        }
        let template = self.template("ministry");
        let names = Language::ALL.map(|l| {
            let l = l as usize;
            let country = party.and_then(|c| self.within(c.entity, l));
            fill(template[l].as_deref()?, &[("ministry", p.ministry[l].as_deref(), false), ("country", country, party.is_none())]).map(Into::into)
        });
        Composed::Made(Arc::new(EntityData { id: id.into(), kind: Kind::Ministry, names, known: true }))
    }

    /// Whether an office can be meant by a role word: its own role, one that it is a kind of, or one that papers use.
    pub(crate) fn plays(&self, office: &EntityInfo, role: u16) -> bool {
        if office.roles.contains(&role) {
            return true;
        }
        let mut r = office.role;
        for _ in 0..4 {
            if r == role {
                return r != NONE16;
            }
            match self.roles.get(usize::from(r)) {
                Some(info) => r = info.is,
                None => return false,
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn office_ids() {
        let portfolios = HashSet::from(["foreign-affairs", "defence"]);
        let roles = HashSet::from(["minister", "deputy-minister", "permanent-deputy-minister", "prime-minister", "ambassador"]);
        let known = OfficeId { portfolios: &portfolios, roles: &roles };
        let p = parse_office("title:vn-foreign-affairs-permanent-deputy-minister", &known).unwrap();
        assert_eq!((p.country, p.portfolio, p.role), ("vn", Some("foreign-affairs"), "permanent-deputy-minister"));
        let p = parse_office("title:vn-ambassador-to-jp", &known).unwrap();
        assert_eq!((p.role, p.target), ("ambassador", Some("jp")));
        assert!(parse_office("title:jp-prime-minister", &known).is_some());
        assert!(parse_office("title:jp-tea-minister", &known).is_none());
    }

    #[test]
    fn templates() {
        let v = [("portfolio", Some("Defence"), false), ("country", None, true)];
        assert_eq!(fill("Minister of {portfolio} of {country}", &v).as_deref(), Some("Minister of Defence"));
        assert_eq!(fill("{country}{portfolio}", &v).as_deref(), Some("Defence"));
        assert_eq!(fill("{portfolio}", &[("portfolio", None, false)]), None);
    }
}
