//! Names: too long, without letters, too common, claimed by two records, or missing in a language.

use super::{Check, crowd};
use crate::gazetteer::record::Record;
use crate::kind::{Kind, Language};
use crate::lexicon::join::MOST_THINGS;
use crate::lexicon::office::parse_office;
use crate::text::cut::tokenize_name;
use crate::text::memory::Memory;
use crate::text::script::{Class, class};
use crate::text::tokens::Tokens;
use crate::text::words::{Words, Writing};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Characters of a name at most.
const LONGEST: usize = 250;

/// A kind and type has a language by custom if it has this many records and this share of them a name in it. An English list of
/// one's own is then no heap of warnings.
const CUSTOM: (usize, usize) = (20, 90);

/// Successors that lead from one record to another at most.
const STEPS: usize = 16;

pub(super) fn check(c: &mut Check<'_>) {
    spelling(c);
    let mut fold = Fold::default();
    common(c, &mut fold);
    shared(c, &mut fold);
    crowd::check(c, &mut fold);
    languages(c);
}

/// Cuts names as a lexicon does, so that two names are one here when they are one there.
#[derive(Default)]
pub(super) struct Fold {
    words: Words,
    memory: Memory,
    tokens: Tokens,
}

impl Fold {
    /// The words of a name, as numbers.
    fn key(&mut self, form: &str) -> Box<[u32]> {
        self.cut(form).iter().map(|t| t.fine).collect()
    }

    pub(super) fn cut(&mut self, form: &str) -> &Tokens {
        tokenize_name(form, &mut Writing(&mut self.words, &mut self.memory), &mut self.tokens);
        &self.tokens
    }
}

/// Names that mark wherever they stand, whether in any case.
fn strong(r: &Record) -> impl Iterator<Item = (&str, bool)> {
    // A canonical name that is listed again as weak or of a fixed case counts as that.
    let names = r.name.iter().enumerate().filter_map(|(l, n)| n.as_ref().filter(|n| !r.weak[l].contains(n) && !r.exact[l].contains(n)));
    let any = names.chain(r.alias.iter().flatten()).map(|f| (&**f, true));
    any.chain(r.exact.iter().flatten().map(|f| (&**f, false)))
}

/// Every name that a text is searched for.
fn all(r: &Record) -> impl Iterator<Item = &str> {
    let lists = [&r.alias, &r.exact, &r.weak, &r.never, &r.short, &r.adjective, &r.compound];
    r.name.iter().flatten().chain(lists.into_iter().flatten().flatten()).map(|f| &**f)
}

fn spelling(c: &mut Check<'_>) {
    let g = c.g;
    for r in &g.records {
        for form in all(r) {
            let mut letters = form.chars().filter(|&ch| !matches!(class(ch), Class::Space | Class::Invisible));
            if form.chars().count() > LONGEST {
                c.say_of(r.at, ("", form), "G015", format!("a name of `{}` has more than {LONGEST} characters", r.id), "shorten it");
            }
            if !form.chars().any(|ch| matches!(class(ch), Class::Letter | Class::Digit | Class::Kanji | Class::Hiragana | Class::Katakana)) {
                c.say_of(r.at, ("", form), "G008", format!("`{form}` of `{}` has no letter that could be found", r.id), "write a name or leave it out");
            }
            // A kanji alone can be a name (`越`), and so can a marked vowel (`Ý`, `Á`); a bare letter is an initial, a
            // grade or the number of a list, and no support makes it more.
            if let (Some('a'..='z' | 'A'..='Z'), None) = (letters.next(), letters.next()) {
                c.say_of(r.at, ("", form), "G020", format!("`{form}` of `{}` is one letter", r.id), "write a longer name or leave it out");
            }
        }
    }
}

/// Strong names that are common words.
fn common(c: &mut Check<'_>, fold: &mut Fold) {
    let g = c.g;
    let mut words: HashMap<Box<[u32]>, &str> = HashMap::new();
    for w in g.words.iter().filter(|w| matches!(&*w.id, "common-word" | "clause-word")) {
        for form in w.word.iter().flatten() {
            words.insert(fold.key(form), &w.id);
        }
    }
    for r in &g.records {
        // The class `common-word` is there for countries and cities: the matcher asks more of them.
        let place = r.kind == Kind::Place && matches!(r.sort.as_deref(), Some("country" | "capital" | "city"));
        let mut said = HashSet::new();
        for (form, _) in strong(r).filter(|(_, any)| *any) {
            if let Some(&class) = words.get(&fold.key(form)).filter(|&&class| !(place && class == "common-word"))
                && said.insert(form)
            {
                c.say_of(
                    r.at,
                    ("", form),
                    "G019",
                    format!("`{form}` of `{}` is a word of the class `{class}`", r.id),
                    "make it `weak`, or `exact` if the case tells",
                );
            }
        }
    }
}

/// A record's hold on a name.
#[derive(PartialEq)]
struct Claim<'g> {
    record: usize,
    /// As it is written, where the case counts: nothing where it marks in any case.
    form: Option<&'g str>,
}

/// Two records of one kind under one strong name, without a word on why.
fn shared(c: &mut Check<'_>, fold: &mut Fold) {
    let g = c.g;
    let mut claims: HashMap<(Kind, Box<[u32]>), Vec<Claim<'_>>> = HashMap::new();
    let mut pairs: BTreeMap<(usize, usize), Vec<&str>> = BTreeMap::new();
    let mut said: HashSet<(usize, usize, &str)> = HashSet::new();
    for (record, r) in g.records.iter().enumerate() {
        for (form, any) in strong(r) {
            let key = fold.key(form);
            if key.is_empty() {
                continue;
            }
            let claim = Claim { record, form: if any { None } else { Some(form) } };
            let held = claims.entry((r.kind, key)).or_default();
            // Who has a name in common with more than these is told so once, and not for each of them.
            let full = held.len() >= MOST_THINGS;
            for other in held.iter().filter(|o| o.record != record && (!full || r.shares.contains(&g.records[o.record].id))) {
                // Two names of fixed case are one only if they are written alike.
                let one = claim.form.is_none() || other.form.is_none() || other.form == claim.form;
                if one && said.insert((other.record, record, form)) {
                    pairs.entry((other.record, record)).or_default().push(form);
                }
            }
            if !full && !held.contains(&claim) {
                held.push(claim);
            }
        }
    }
    let mut used: HashSet<(usize, usize)> = HashSet::new();
    for (&(a, b), forms) in &pairs {
        let (x, y) = (&g.records[a], &g.records[b]);
        let stated = [(a, b), (b, a)].into_iter().filter(|&(p, q)| g.records[p].shares.contains(&g.records[q].id)).collect::<Vec<_>>();
        used.extend(&stated);
        if stated.is_empty() && !follows(c, x, y) && !follows(c, y, x) && !elsewhere(c, x, y) {
            let list = forms.iter().map(|f| format!("`{f}`")).collect::<Vec<_>>().join(", ");
            let (message, first) = (format!("`{}` has {list} in common with `{}`", y.id, x.id), c.place(x.at));
            c.say_of(
                y.at,
                ("", forms[0]),
                "G016",
                format!("{message} at {first}"),
                format!("make the less likely one `weak`, or say `successor` or `shares = [\"{}\"]`", x.id),
            );
        }
    }
    for (i, r) in g.records.iter().enumerate() {
        for id in &r.shares {
            if c.records.get(&**id).is_some_and(|&other| !used.contains(&(i, other))) {
                c.say_of(r.at, ("shares", id), "W003", format!("`{}` shares no strong name with `{id}`", r.id), "take the id out of `shares`");
            }
        }
    }
}

/// Whether `later` came after `earlier`, at once or over others.
fn follows(c: &Check<'_>, earlier: &Record, later: &Record) -> bool {
    let mut at = earlier;
    for _ in 0..STEPS {
        match at.successor.as_deref() {
            Some(id) if id == &*later.id => return true,
            Some(id) => match c.records.get(id) {
                Some(&i) => at = &c.g.records[i],
                None => return false,
            },
            None => return false,
        }
    }
    false
}

/// Ministries and offices of two countries may be called the same: the text says which country it speaks of.
fn elsewhere(c: &Check<'_>, x: &Record, y: &Record) -> bool {
    let country = |r: &Record| match r.kind {
        Kind::Ministry => r.country.as_deref().map(str::to_string),
        Kind::Title => r.country.as_deref().or_else(|| parse_office(&r.id, &c.offices()).map(|p| p.country)).map(str::to_string),
        _ => None,
    };
    matches!((country(x), country(y)), (Some(a), Some(b)) if a != b)
}

/// Canonical names that a record lacks in a language in which others of its kind and type have them.
fn languages(c: &mut Check<'_>) {
    let g = c.g;
    // Types apart: a kind's ranks are not named as its offices are.
    let mut groups: BTreeMap<(Kind, &str), Vec<&Record>> = BTreeMap::new();
    for r in &g.records {
        groups.entry((r.kind, r.sort.as_deref().unwrap_or(""))).or_default().push(r);
    }
    for group in groups.values() {
        for language in Language::ALL {
            let l = language as usize;
            let named = group.iter().filter(|r| r.name[l].is_some()).count();
            if group.len() < CUSTOM.0 || named * 100 < group.len() * CUSTOM.1 {
                continue;
            }
            for r in group.iter().filter(|r| r.name[l].is_none()) {
                let (share, code) = (named * 100 / group.len(), language.as_str());
                c.say_of(
                    r.at,
                    ("name", ""),
                    "W001",
                    format!("`{}` has no canonical name in `{code}`, as {share} in 100 of its kind and type have", r.id),
                    format!("add `{code} = …` to `name`"),
                );
            }
        }
    }
}
