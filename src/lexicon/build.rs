//! From records to a lexicon.

use super::forms::{other_order, short_forms, variants};
use super::grammar::Grammar;
use super::interest::{Interests, Quiet};
use super::join::{join, run};
use super::marks::EVERYWHERE;
use super::office::{OfficeId, OfficeKey, parse_office};
use super::phrases::Phrases;
use super::shape::Shapes;
use super::{
    Asks, Atom, Case, EntityInfo, FamilyInfo, Id, LONGEST_NAME, Lexicon, Marks, NONE16, NONE32, Party, PortfolioInfo, RoleInfo, RoleWordInfo, Runs, Sort,
    Spelled, Strength, Surface, TenureInfo, UNLISTED, takes,
};
use crate::document::{EntityData, NameSet};
use crate::error::{Error, Finding};
use crate::gazetteer::Gazetteer;
use crate::gazetteer::record::{At, FREQUENT, Forms, Names as NamesOf, Record, TEMPLATES};
use crate::kind::{Kind, Language};
use crate::matcher::Matcher;
use crate::text::cut::tokenize_name;
use crate::text::memory::Memory;
use crate::text::tokens::Tokens;
use crate::text::words::{Words, Writing};

use foldhash::HashMap;
use std::collections::HashSet;
use std::sync::Arc;

fn name_set(names: &NamesOf) -> NameSet {
    names.clone()
}

/// Gathers surfaces: cuts each form with the code that cuts texts.
#[derive(Default)]
struct Surfaces {
    words: Words,
    memory: Memory,
    list: Vec<Surface>,
    /// Words of all surfaces, one surface's behind the other's.
    spelled: Vec<Spelled>,
    tokens: Tokens,
}

#[derive(Clone, Copy)]
struct How {
    strength: Strength,
    case: Case,
    loose: bool,
}

impl Surfaces {
    fn add(&mut self, atom: Atom, form: &str, language: usize, how: How) {
        self.add_one(atom, form, language, how);
        for form in variants(form, language == Language::Ja as usize) {
            self.add_one(atom, &form, language, how);
        }
    }

    fn add_one(&mut self, atom: Atom, form: &str, language: usize, how: How) {
        tokenize_name(form, &mut Writing(&mut self.words, &mut self.memory), &mut self.tokens);
        if self.tokens.is_empty() || self.tokens.len() > LONGEST_NAME || self.tokens.iter().any(|t| t.coarse == 0) {
            return;
        }
        let case = match how.case {
            // A single word in capitals or with one inside must at least begin with one.
            Case::Some if self.tokens.len() == 1 => Case::Name,
            c => c,
        };
        let start = self.spelled.len() as u32;
        self.spelled.extend(self.tokens.iter().map(|t| Spelled::of(t.fine, t.flags)));
        let surface = Surface::new(atom, 1 << language, how.strength, Asks::of(case, how.loose));
        self.list.push(surface.of_words(start, self.tokens.len()));
    }

    fn add_all(&mut self, atom: Atom, forms: &Forms, how: How) {
        for (l, list) in forms.iter().enumerate() {
            for form in list {
                self.add(atom, form, l, how);
            }
        }
    }
}

const STRONG: How = How { strength: Strength::Strong, case: Case::Any, loose: false };
const EXACT: How = How { strength: Strength::Strong, case: Case::Exact, loose: false };

/// Compiles a gazetteer.
pub(crate) fn build(g: &Gazetteer) -> Result<Lexicon, Error> {
    let grammar = compile_grammar(g)?;
    let mut lx = Lexicon {
        files: g.files.clone(),
        grammar,
        templates: templates(g),
        entities: Vec::with_capacity(g.records.len() + 256),
        by_id: HashMap::with_capacity_and_hasher(g.records.len() + 256, Default::default()),
        ..Lexicon::default()
    };
    entities(g, &mut lx);
    fields_and_roles(g, &mut lx);
    references(g, &mut lx);
    names(g, &mut lx)?;
    tenures(g, &mut lx);
    let loud = Marks.loud(&lx.grammar);
    (lx.silent, lx.hushed) = super::silent::silence(&lx.grammar, &Marks, loud, &lx.surfaces, &lx.spelled, &mut lx.words);
    Matcher::mark(&lx.surfaces, &lx.spelled, &lx.hushed, &mut lx.words);
    lx.words.settle();
    lx.matcher = Matcher::build(&lx.words, &lx.surfaces, &lx.spelled, &lx.spelled.common(&lx.surfaces, &lx.words), &lx.hushed);
    lx.matcher.mark_proper(&mut lx.words);
    lx.index();
    Ok(lx)
}

impl Lexicon {
    /// What follows from the rest and takes less to make than to keep: a build embeds none of it.
    pub(crate) fn index(&mut self) {
        self.loud = self.marks.loud(&self.grammar);
        let quiet = Quiet::of(&self.marks, self.loud, &self.grammar);
        self.shapes = Shapes::of(self, &quiet);
        self.phrases = Phrases::of(self);
        self.interests = Interests::of(&self.marks, &self.grammar, &self.shapes, &quiet);
        for (i, p) in self.parties.iter().enumerate() {
            self.by_code.entry(p.code.clone()).or_insert(i as u16);
        }
        self.by_id.reserve(self.entities.len());
        let mut data = Vec::with_capacity(self.entities.len());
        for (i, e) in self.entities.iter().enumerate() {
            self.by_id.insert(Id(Arc::clone(&e.data)), i as u32);
            data.push(Arc::clone(&e.data));
            self.unlisted |= e.data.id.get(e.data.kind.as_str().len()..).is_some_and(|behind_kind| behind_kind.starts_with(UNLISTED));
            if e.country != NONE16 && e.portfolio != NONE16 {
                self.offices.entry((e.country, e.portfolio)).or_default().push(i as u32);
            }
        }
        self.data = Arc::new(data);
        self.sort_out_tenures();
        self.by_office = (0..self.tenures.len() as u32).collect();
        self.by_office.sort_by_key(|&t| self.tenures[t as usize].office);
    }
}

/// The templates of names; of two for one thing, the later one.
fn templates(g: &Gazetteer) -> [NameSet; TEMPLATES.len()] {
    let mut out: [NameSet; TEMPLATES.len()] = Default::default();
    for t in &g.templates {
        if let Some(i) = TEMPLATES.iter().position(|id| **id == *t.id) {
            out[i] = t.name.clone();
        }
    }
    out
}

/// Cuts every name of a gazetteer.
fn names(g: &Gazetteer, lx: &mut Lexicon) -> Result<(), Error> {
    let mut s = Surfaces::default();
    for w in &g.words {
        if let Some(&symbol) = lx.grammar.names.get(&*w.id) {
            let atom = Atom::Word(symbol, w.number.and_then(|n| n.try_into().ok()).unwrap_or(0));
            s.add_all(atom, &w.word, STRONG);
            s.add_all(atom, &w.exact, EXACT);
        }
    }
    grammar_surfaces(g, &mut s);
    for (i, r) in g.records.iter().enumerate() {
        record_surfaces(r, i as u32, lx, &mut s);
    }
    heads_of_bodies(g, &mut s);
    if s.words.is_full() || s.spelled.len() > u32::MAX as usize {
        return Err(Error::limit("the names have more words than there are numbers for"));
    }
    // A person with a tenure can be told from others of the name.
    let known = |a: Atom| matches!(a, Atom::Entity(i) | Atom::Short(i) if g.records.get(i as usize).is_some_and(|r| !r.tenures.is_empty()));
    let mut gone = HashSet::default();
    let order = join(&mut s.list, &s.spelled, &s.words, known, &mut gone);
    lx.uncalled = gone.into_iter().filter_map(|a| if let Atom::Short(e) = a { Some(e) } else { None }).collect();
    let mut words = Vec::with_capacity(order.iter().map(|&i| s.list[i as usize].len()).sum());
    lx.surfaces.reserve_exact(order.len());
    for i in order {
        let surface = &s.list[i as usize];
        let start = words.len() as u32;
        words.extend_from_slice(run(&s.spelled, surface));
        lx.surfaces.push(surface.clone().of_words(start, surface.len()));
    }
    lx.words = s.words;
    let frequent = g.words.iter().filter(|w| w.id == FREQUENT).flat_map(|w| w.word.iter().chain(w.exact.iter()).flatten());
    lx.words.set_frequent(frequent.flat_map(|word| [word, " "]).collect());
    lx.spelled = Runs::of(words);
    Ok(())
}

/// The role that heads of bodies have whatever they are called.
const CHIEF: &str = "body-chief";

/// `Head of the Foreign Relations Department` where the list has `Director of` it, unless it has that as another office.
fn heads_of_bodies(g: &Gazetteer, s: &mut Surfaces) {
    let en = Language::En as usize;
    let chief = |r: &&crate::gazetteer::record::Role| *r.id == *CHIEF || r.is.as_deref() == Some(CHIEF);
    let mut words: Vec<&str> = g.roles.iter().filter(chief).flat_map(|r| r.word[en].iter().chain(&r.weak[en])).map(|w| &**w).collect();
    // The longest first: `Director General of` is no `Director` of something.
    words.sort_unstable_by_key(|w| (usize::MAX - w.len(), *w));
    words.dedup();
    if words.is_empty() {
        return;
    }
    let titles = || g.records.iter().enumerate().filter(|(_, r)| r.kind == Kind::Title);
    let forms = |r: &Record| -> Vec<String> { r.name[en].iter().chain(&r.alias[en]).chain(&r.weak[en]).map(|f| f.to_lowercase()).collect() };
    let mut listed: HashSet<String> = titles().flat_map(|(_, r)| forms(r)).collect();
    for (i, r) in titles().filter(|(_, r)| !r.many_holders) {
        for form in r.name[en].iter().chain(&r.alias[en]) {
            let Some(rest) = words.iter().find_map(|w| form.strip_prefix(w)?.strip_prefix(" of ")) else { continue };
            for word in &words {
                let other = format!("{word} of {rest}");
                if listed.insert(other.to_lowercase()) {
                    s.add(Atom::Entity(i as u32), &other, en, STRONG);
                }
            }
        }
    }
}

/// Fields, roles and families.
fn grammar_surfaces(g: &Gazetteer, s: &mut Surfaces) {
    for (i, p) in g.portfolios.iter().enumerate() {
        let i = i as u16;
        s.add_all(Atom::Portfolio(i), &p.word, STRONG);
        s.add_all(Atom::MinistryWord(i), &p.ministry, STRONG);
        s.add_all(Atom::MinistryWord(i), &p.exact, EXACT);
    }
    let role_index: HashMap<&str, u16> = g.roles.iter().enumerate().map(|(i, r)| (&*r.id, i as u16)).collect();
    for (i, r) in g.roles.iter().enumerate() {
        let i = i as u16;
        let weak = How { strength: Strength::Weak, ..STRONG };
        for (forms, how) in [(&r.word, STRONG), (&r.weak, weak), (&r.exact, EXACT)] {
            for (l, list) in forms.iter().enumerate() {
                for form in list {
                    if form.contains("{portfolio}") {
                        for (pi, p) in g.portfolios.iter().enumerate() {
                            for word in &p.word[l] {
                                s.add(Atom::Role(i, pi as u16), &form.replace("{portfolio}", word), l, how);
                            }
                        }
                    } else {
                        s.add(Atom::Role(i, NONE16), form, l, how);
                    }
                }
            }
        }
    }
    for w in &g.role_words {
        let portfolio = g.portfolios.iter().position(|p| p.id == w.portfolio).map_or(NONE16, |p| p as u16);
        if let Some(&role) = role_index.get(&*w.role) {
            s.add_all(Atom::Role(role, portfolio), &w.word, STRONG);
            s.add_all(Atom::Role(role, portfolio), &w.exact, EXACT);
        }
    }
    for (i, f) in g.families.iter().enumerate() {
        s.add_all(Atom::Family(i as u16), &f.word, STRONG);
        s.add_all(Atom::Family(i as u16), &f.weak, How { strength: Strength::Weak, ..STRONG });
    }
}

fn compile_grammar(g: &Gazetteer) -> Result<Grammar, Error> {
    let mut grammar = Grammar::default();
    let mut findings = Vec::new();
    let mut say = |at: At, message: String, remedy: &str| {
        findings.push(Finding {
            file: g.files.get(at.file as usize).cloned().unwrap_or_default(),
            line: at.line as usize,
            column: at.column as usize,
            code: "G013",
            message,
            remedy: remedy.to_string(),
            excerpt: String::new(),
        });
    };
    for name in EVERYWHERE {
        grammar.symbol(name);
    }
    for w in g.words.iter().filter(|w| w.id != FREQUENT) {
        if grammar.symbol(&w.id).is_none() {
            say(w.at, format!("no room for the word class `{}`", w.id), "join word classes");
        }
    }
    for r in &g.rules {
        let Some(makes) = grammar.symbol(&r.makes) else {
            say(r.at, format!("no room for `{}`", r.makes), "join rules");
            continue;
        };
        for (form, at) in &r.forms {
            if let Err(e) = grammar.add(makes, form, *at) {
                say(*at, format!("`{form}`: {e}"), "use a kind, a word class, or a part that the head of grammar.toml names");
            }
        }
    }
    if findings.is_empty() { Ok(grammar) } else { Err(Error::data(findings)) }
}

fn sort_of(r: &Record) -> Sort {
    match (r.kind, r.sort.as_deref()) {
        (Kind::Place, Some("country")) => Sort::Country,
        (Kind::Place, Some("capital")) => Sort::Capital,
        (Kind::Place, Some("city")) => Sort::City,
        (Kind::Place, Some("province" | "prefecture" | "state" | "county" | "district")) => Sort::Province,
        (Kind::Title, Some("rank")) => Sort::Rank,
        (Kind::Title, Some("post")) => Sort::Post,
        (Kind::Title, Some("delegation")) => Sort::Delegation,
        _ => Sort::Plain,
    }
}

fn entities(g: &Gazetteer, lx: &mut Lexicon) {
    for (i, r) in g.records.iter().enumerate() {
        let data = Arc::new(EntityData { id: r.id.clone(), kind: r.kind, names: name_set(&r.name), known: true });
        lx.by_id.insert(Id(Arc::clone(&data)), i as u32);
        lx.entities.push(EntityInfo {
            data,
            at: r.at,
            sort: sort_of(r),
            country: NONE16,
            portfolio: NONE16,
            role: NONE16,
            target: NONE16,
            roles: Box::default(),
            organization: NONE32,
            many: r.many_holders,
            family: NONE16,
            year: r.year.unwrap_or(0),
            in_english: r.name[Language::En as usize].as_deref().filter(|_| r.article).map(|n| Box::new(format!("the {n}").into())),
        });
        let is_country = r.kind == Kind::Place && r.sort.as_deref() == Some("country");
        let code = match (&r.country, r.party) {
            (Some(c), false) if is_country => Some(c.clone()),
            (_, true) => r.id.split_once(':').map(|(_, slug)| slug.to_string().into()),
            _ => None,
        };
        if let Some(code) = code {
            lx.by_code.entry(code.clone()).or_insert(lx.parties.len() as u16);
            lx.parties.push(Party { code, entity: i as u32, is_country });
        }
    }
}

fn fields_and_roles(g: &Gazetteer, lx: &mut Lexicon) {
    for p in &g.portfolios {
        let ministry = [0, 1, 2].map(|l| p.ministry[l].first().cloned());
        lx.portfolios.push(PortfolioInfo { id: p.id.clone(), at: p.at, name: name_set(&p.name), ministry });
    }
    let role_index: HashMap<&str, u16> = g.roles.iter().enumerate().map(|(i, r)| (&*r.id, i as u16)).collect();
    for r in &g.roles {
        let mut takes_bits = 0;
        for t in &r.takes {
            takes_bits |= match &**t {
                "portfolio" => takes::PORTFOLIO,
                "country" => takes::COUNTRY,
                "organization" => takes::ORGANIZATION,
                "post" => takes::POST,
                "place" => takes::PLACE,
                "army" => takes::ARMY,
                _ => 0,
            };
        }
        lx.roles.push(RoleInfo {
            id: r.id.clone(),
            at: r.at,
            takes: takes_bits,
            name: name_set(&r.name),
            bare: name_set(&r.bare),
            is: r.is.as_deref().and_then(|x| role_index.get(x)).copied().unwrap_or(NONE16),
            alone: r.alone,
            at_home: r.at_home,
            many: r.many_holders,
        });
    }
    for w in &g.role_words {
        let portfolio = g.portfolios.iter().position(|p| p.id == w.portfolio).map_or(NONE16, |p| p as u16);
        if let Some(&role) = role_index.get(&*w.role) {
            lx.role_words.push(RoleWordInfo { at: w.at, role, portfolio, forms: [w.word.clone(), w.exact.clone()] });
        }
    }
    for w in &g.words {
        let number = w.number.and_then(|n| n.try_into().ok()).unwrap_or(0);
        lx.classes.extend(lx.grammar.names.get(&*w.id).map(|&symbol| (symbol, number, w.at)));
    }
    for f in &g.families {
        let bare = [0, 1, 2].map(|l| f.word[l].first().cloned());
        lx.families.push(FamilyInfo {
            id: f.id.clone(),
            at: f.at,
            makes: f.makes,
            name: name_set(&f.name),
            bare,
            participant: f.participant.as_deref().and_then(|c| lx.by_code.get(c)).copied().unwrap_or(NONE16),
            needs_parties: f.needs_parties,
            at_home: f.at_home,
            otherwise: f.otherwise.as_deref().and_then(|id| g.families.iter().position(|x| *x.id == *id)).map_or(NONE16, |n| n as u16),
        });
    }
}

/// Fills in what entities say of each other, by number.
fn references(g: &Gazetteer, lx: &mut Lexicon) {
    let portfolios: HashSet<&str> = g.portfolios.iter().map(|p| &*p.id).collect();
    let roles: HashSet<&str> = g.roles.iter().map(|r| &*r.id).collect();
    let known = OfficeId { portfolios: &portfolios, roles: &roles };
    for (i, r) in g.records.iter().enumerate() {
        let code = |c: &str| lx.by_code.get(c).copied().unwrap_or(NONE16);
        let role = |id: &str| g.roles.iter().position(|x| x.id == id).map_or(NONE16, |p| p as u16);
        let portfolio = |id: &str| g.portfolios.iter().position(|x| x.id == id).map_or(NONE16, |p| p as u16);
        let parsed = (r.kind == Kind::Title).then(|| parse_office(&r.id, &known)).flatten();
        let own = match r.country.as_deref() {
            Some(c) => code(c),
            None if r.party => code(r.id.split_once(':').map_or("", |(_, s)| s)),
            None => parsed.map_or(NONE16, |p| code(p.country)),
        };
        let field = r.portfolio.as_deref().or(parsed.and_then(|p| p.portfolio)).map_or(NONE16, portfolio);
        let own_role = parsed.map_or(NONE16, |p| role(p.role));
        let target = parsed.and_then(|p| p.target).map_or(NONE16, code);
        let family = match r.kind {
            Kind::Mechanism | Kind::Agreement => {
                let slug = r.id.split_once(':').and_then(|(_, s)| s.rsplit_once('.')).map(|(f, _)| f);
                slug.and_then(|s| g.families.iter().position(|f| f.id == s)).map_or(NONE16, |p| p as u16)
            }
            _ => NONE16,
        };
        let also: Box<[u16]> = r.roles.iter().map(|x| role(x)).filter(|&x| x != NONE16).collect();
        let organization = r.organization.as_deref().or(r.parent.as_deref()).and_then(|o| lx.by_id.get(o)).copied().unwrap_or(NONE32);
        let e = &mut lx.entities[i];
        e.country = own;
        e.portfolio = field;
        e.role = own_role;
        e.target = target;
        e.family = family;
        e.roles = also;
        e.organization = organization;
    }
}

fn record_surfaces(r: &Record, index: u32, lx: &Lexicon, s: &mut Surfaces) {
    let atom = Atom::Entity(index);
    let entity = &lx.entities[index as usize];
    let (case, loose) = match r.kind {
        Kind::Person => (Case::Name, true),
        Kind::Place => (Case::Proper, true),
        Kind::Title | Kind::Ministry => (Case::Any, false),
        _ => (Case::Some, false),
    };
    let how = |strength| How { strength, case, loose };
    // What the canonical name of a rank or post says, others say too; common words are listed as weak.
    for (l, name) in r.name.iter().enumerate() {
        // One that is listed again as weak or of a fixed case counts as that.
        if let Some(n) = name.as_ref().filter(|n| !r.weak[l].contains(n) && !r.exact[l].contains(n)) {
            s.add(atom, n, l, how(Strength::Strong));
        }
    }
    s.add_all(atom, &r.alias, how(Strength::Strong));
    s.add_all(atom, &r.exact, EXACT);
    s.add_all(atom, &r.weak, how(Strength::Weak));
    s.add_all(atom, &r.never, How { strength: Strength::Never, case: Case::Any, loose: false });
    if entity.country != NONE16 && entity.sort == Sort::Country {
        s.add_all(Atom::Nationality(entity.country), &r.adjective, How { strength: Strength::Strong, case: Case::Name, loose: false });
        s.add_all(Atom::Compound(entity.country), &r.compound, How { strength: Strength::Strong, case: Case::Name, loose: false });
    }
    if r.kind == Kind::Person {
        let family = r.family.as_deref();
        if let (Some(f), Some(country)) = (family, r.country.as_deref()) {
            for l in [0, 1] {
                for name in r.name[l].iter().chain(&r.alias[l]) {
                    if matches!(country, "jp" | "kr" | "kp" | "cn" | "tw" | "hu")
                        && let Some(other) = other_order(name, f)
                    {
                        s.add(atom, &other, l, how(Strength::Strong));
                    }
                }
            }
        }
        let short = Atom::Short(index);
        let weak = How { strength: Strength::Weak, case: Case::Name, loose: false };
        if r.short.iter().any(|l| !l.is_empty()) {
            s.add_all(short, &r.short, weak);
        }
        let derived = short_forms(r.country.as_deref().unwrap_or(""), [0, 1, 2].map(|l| r.name[l].as_deref()), family);
        for (l, list) in derived.iter().enumerate() {
            if r.short[l].is_empty() {
                for form in list {
                    s.add(short, form, l, weak);
                }
            }
        }
    }
}

fn tenures(g: &Gazetteer, lx: &mut Lexicon) {
    let portfolios: HashSet<&str> = g.portfolios.iter().map(|p| &*p.id).collect();
    let roles: HashSet<&str> = g.roles.iter().map(|r| &*r.id).collect();
    let known = OfficeId { portfolios: &portfolios, roles: &roles };
    for (i, r) in g.records.iter().enumerate() {
        for t in &r.tenures {
            let office = match lx.by_id.get(&*t.office) {
                Some(&o) => o,
                None => match composed(&t.office, &known, g, lx, t.at) {
                    Some(o) => o,
                    None => continue,
                },
            };
            lx.tenures.push(TenureInfo {
                person: i as u32,
                office,
                from: t.from.map_or(0, |d| d.first_day()),
                to: t.to.map_or(u32::MAX, |d| d.last_day()),
                seen: t.seen.iter().map(|d| d.first_day()).min().zip(t.seen.iter().map(|d| d.last_day()).max()),
                open: t.to.is_none() && !t.ended && t.from.is_some(),
                at: t.at,
                dates: [t.from, t.to, t.seen.first().copied()],
                acting: t.acting,
            });
        }
    }
    lx.sort_out_tenures();
    promotions(lx);
}

/// Who rises to a higher post of the same word (deputy minister, then permanent deputy minister) leaves the lower one,
/// though papers go on calling him by the shorter word.
fn promotions(lx: &mut Lexicon) {
    for i in 0..lx.tenures.len() {
        let (person, office) = (lx.tenures[i].person, &lx.entities[lx.tenures[i].office as usize]);
        let since = lx.tenures[i].since();
        let risen = lx
            .tenures_of(person)
            .iter()
            .filter(|t| {
                let o = &lx.entities[t.office as usize];
                o.role != office.role
                    && o.country == office.country
                    && o.portfolio == office.portfolio
                    && t.since() > since
                    && is_kind_of(lx, o.role, office.role)
            })
            .map(TenureInfo::since)
            .min();
        if let Some(day) = risen {
            let t = &mut lx.tenures[i];
            if t.to > day {
                t.to = day - 1;
            }
        }
    }
}

fn is_kind_of(lx: &Lexicon, mut role: u16, general: u16) -> bool {
    for _ in 0..4 {
        match lx.roles.get(usize::from(role)) {
            Some(r) if r.is == general && general != NONE16 => return true,
            Some(r) => role = r.is,
            None => return false,
        }
    }
    false
}

/// An office without a record, made from its id.
fn composed(id: &str, known: &OfficeId<'_>, g: &Gazetteer, lx: &mut Lexicon, at: At) -> Option<u32> {
    let p = parse_office(id, known)?;
    let role = g.roles.iter().position(|r| r.id == p.role)? as u16;
    let portfolio = p.portfolio.and_then(|f| g.portfolios.iter().position(|x| x.id == f)).map_or(NONE16, |i| i as u16);
    let country = lx.by_code.get(p.country).copied()?;
    let target = p.target.and_then(|t| lx.by_code.get(t)).copied().unwrap_or(NONE16);
    let key = OfficeKey { role, portfolio, country, target, organization: NONE32, place: NONE32 };
    let data = Arc::new(EntityData { id: id.to_string().into(), kind: Kind::Title, names: lx.office_names(key), known: true });
    let index = lx.entities.len() as u32;
    lx.by_id.insert(Id(Arc::clone(&data)), index);
    lx.entities.push(EntityInfo {
        data,
        at,
        sort: Sort::Plain,
        country,
        portfolio,
        role,
        target,
        roles: Box::default(),
        organization: NONE32,
        many: lx.roles[usize::from(role)].many,
        family: NONE16,
        year: 0,
        in_english: None,
    });
    Some(index)
}
