//! Who each person is.

use super::Resolver;
use super::draft::Beside;
use crate::compose::bind::Bond;
use crate::compose::chart::Item;
use crate::compose::people::{Ground, Person};
use crate::document::Attributes;
use crate::kind::Kind;
use crate::lexicon::{Cover, NONE16, NONE32, TenureInfo};
use crate::text::fold;
use foldhash::{HashMap, HashSet};
use std::borrow::Cow;
use std::cell::Cell;
use std::sync::Arc;

/// Who a person is, who else it may be, and why.
pub(super) struct Whom {
    pub entity: u32,
    pub beside: Option<Arc<Beside>>,
}

impl Resolver<'_> {
    /// Who each person is.
    pub(super) fn people(&self, people: &[Person], out: &mut Vec<Whom>) {
        let lx = self.s.lx;
        out.clear();
        out.reserve(people.len());
        // Whom the text names in full, before a short form or behind it, as headlines have it.
        let listed = |p: &Person| if let ([e], Ground::Listed) = (&p.readings[..], p.ground) { Some(*e) } else { None };
        let mut named: HashSet<u32> = HashSet::default();
        if people.iter().any(|p| p.ground == Ground::Short) {
            named.extend(people.iter().filter_map(listed));
        }
        let key = |p: &Person, words: &mut Vec<u32>| {
            words.clear();
            words.extend(self.s.tokens[p.start..p.end].iter().map(|t| t.fine));
        };
        let mut words: Vec<u32> = Vec::new();
        let mut named_so: HashMap<Vec<u32>, u32> = HashMap::default();
        // What is told beside names that can mean several, by these.
        let mut told: HashMap<Vec<u32>, Arc<Beside>> = HashMap::default();
        let mut several: Vec<u32> = Vec::new();
        let mut ranked: Vec<((bool, bool, Cover, bool), u32)> = Vec::new();
        // What the titles of a person can be, by the titles.
        let mut titles: Vec<&Item> = Vec::new();
        let one_title = |a: &&Item, b: &&Item| (a.start, a.end) == (b.start, b.end);
        for (i, p) in people.iter().enumerate() {
            // Most names are in no list: they stand for themselves, or for a longer one before.
            if p.readings.is_empty() && !self.explain {
                out.push(Whom { entity: self.nobody(p, people, out), beside: None });
                continue;
            }
            titles.clear();
            if p.ground == Ground::Short || p.readings.len() > 1 || p.same_as.is_some() {
                titles.extend(self.bonds_of(i).iter().flat_map(|b| self.title_items(b.start, b.end)));
            }
            let find_term = |e: u32| -> Option<(Cover, &TenureInfo)> {
                titles
                    .chunk_by(one_title)
                    .flat_map(|items| lx.tenures_of(e).iter().map(move |t| (items, t)))
                    .filter(|(items, t)| items.iter().any(|item| self.office_matches(&item.features, t)))
                    .map(|(_, t)| (self.cx.date.map_or(Cover::Perhaps, |d| t.covers(d)), t))
                    .max_by_key(|(cover, _)| *cover)
            };
            // Most names mean one, for whom it is asked several times.
            let last = Cell::new((NONE32, None));
            let term = |e: u32| {
                if last.get().0 != e {
                    last.set((e, find_term(e)));
                }
                last.get().1
            };
            let held = |e: u32| term(e).map_or(Cover::No, |(cover, _)| cover);
            // The title beside it was this person's, or had been.
            let began = |e: u32| lx.tenures_of(e).iter().any(|t| self.cx.date.is_none_or(|d| t.since() > 0 && t.since() <= d.last_day()));
            let ever = |e: u32| began(e) && term(e).is_some();
            let one = |e: u32| match p.ground {
                Ground::Short => {
                    self.short_is_sure(e, p, &named, held(e)).or_else(|| ever(e).then_some("a short form, and the title beside it had been this person's"))
                }
                _ => Some("the only listed person of this name"),
            };
            let mut why = self.why(None);
            // Somebody of the text, unless the office was a listed namesake's.
            let short_for_some = p.ground == Ground::Short && p.readings.len() > 1;
            if short_for_some {
                key(p, &mut words);
            }
            let readings: Cow<'_, [u32]> = if let Some(at) = p.same_as {
                let of_text = people.partition_point(|q| q.start < at);
                let said = self.share_role(of_text, i);
                p.readings.iter().copied().filter(|&e| !said && held(e) > Cover::No).collect()
            } else if let Some(&e) = short_for_some.then(|| named_so.get(&words[..])).flatten() {
                // A name that the text has used for one of several goes on meaning him, unless an office says otherwise.
                let other = p.readings.iter().any(|&x| x != e && held(x) > Cover::No);
                if other { Cow::Borrowed(&p.readings) } else { Cow::Owned(vec![e]) }
            } else {
                Cow::Borrowed(&p.readings)
            };
            several.clear();
            let entity = match readings[..] {
                [e] if one(e).is_some() => {
                    why.by(|| self.name_item(p, e));
                    why.say(|| one(e).unwrap_or_default().to_string());
                    if let Some((_, t)) = (self.explain && p.ground == Ground::Short).then(|| term(e)).flatten() {
                        why.say(|| self.term(t));
                    }
                    self.entity(e)
                }
                [] => {
                    let (start, end) = antecedent(p, people).map_or((p.start, p.end), |n| (people[n].start, people[n].end));
                    why.say(|| match p.ground {
                        Ground::Address => self.address(p),
                        Ground::Shape => self.shape(p),
                        Ground::Credit => "a photo credit".to_string(),
                        Ground::Beside => "a name in English, by what stands beside it or by its given name".to_string(),
                        Ground::Repeated => "the same name elsewhere in the text".to_string(),
                        _ => format!("a short form of {}", self.quoted(start, end)),
                    });
                    why.say(|| "no list holds the name".into());
                    self.nobody(p, people, out)
                }
                _ => {
                    // Whose full name stands in the text, who held the office on the day, who had held it.
                    let claim = |e: u32| {
                        let (term, named) = (term(e), named.contains(&e));
                        let (held, ever) = (term.map_or(Cover::No, |t| t.0), term.is_some() && began(e));
                        (held > Cover::No || named && ever, named, held, ever)
                    };
                    ranked.clear();
                    ranked.extend(readings.iter().map(|&e| (claim(e), e)));
                    ranked.sort_by_key(|&(c, e)| (std::cmp::Reverse(c), e));
                    let sure = ranked[0].0 > (false, false, Cover::No, false) && ranked.get(1).is_none_or(|second| second.0 < ranked[0].0);
                    let rest = if sure { &ranked[1..] } else { &ranked[..] };
                    for &((_, _, cover, _), e) in rest {
                        why.lose(|| {
                            let held = if cover == Cover::No { "held no such office then" } else { "may have held such an office" };
                            format!("{}: {held}", self.record(e))
                        });
                    }
                    if sure {
                        let e = ranked[0].1;
                        why.by(|| self.name_item(p, e));
                        why.say(|| {
                            let best = ranked[0].0;
                            match best {
                                (false, true, ..) => "of several of the name, the one whom the text names in full",
                                (false, _, Cover::No, _) => "of several of the name, the one who had held the office",
                                _ => "of several of the name, the one who held the office",
                            }
                            .into()
                        });
                        if let Some((_, t)) = self.explain.then(|| term(e)).flatten() {
                            why.say(|| self.term(t));
                        }
                        self.entity(e)
                    } else {
                        let many = if p.readings.len() > 1 {
                            "several listed persons have this name, and nothing tells which"
                        } else {
                            "a short form of a listed person, and nothing shows that it is he"
                        };
                        why.say(|| many.into());
                        several.extend(ranked.iter().map(|r| r.1));
                        self.discovered(Kind::Person, p.start, p.end)
                    }
                }
            };
            // Nobody else is made here but after his words.
            let meant = if p.ground == Ground::Short { self.register.borrow().listed(entity) } else { None };
            if let Some(e) = meant {
                key(p, &mut words);
                match named_so.get_mut(&words[..]) {
                    Some(known) => *known = e,
                    None => drop(named_so.insert(words.clone(), e)),
                }
                named.insert(e);
            }
            let candidates = || several.iter().map(|&e| lx.data[e as usize].clone()).collect();
            let beside = match told.get(&several[..]) {
                Some(same) if !self.explain => Some(Arc::clone(same)),
                _ => Beside::of(Attributes::default(), Vec::new(), candidates(), why),
            };
            if let Some(beside) = beside.as_ref().filter(|_| !several.is_empty() && !self.explain) {
                told.entry(several.clone()).or_insert_with(|| Arc::clone(beside));
            }
            out.push(Whom { entity, beside });
        }
    }

    /// Of several that a name can mean, whose office it is goes by whom it was found to mean.
    pub(super) fn settle(&self, people: &mut [Person], whom: &[Whom]) {
        for (p, w) in people.iter_mut().zip(whom).filter(|(p, _)| p.readings.len() > 1) {
            if let Some(e) = self.record_of(w.entity).filter(|e| p.readings.contains(e)) {
                p.readings.clear();
                p.readings.push(e);
            }
        }
    }

    /// Somebody whom no list holds. What was made for the full name stands for the short one too.
    fn nobody(&self, p: &Person, people: &[Person], whom: &[Whom]) -> u32 {
        let Some(n) = antecedent(p, people) else { return self.discovered(Kind::Person, p.start, p.end) };
        let full = &people[n];
        let made = whom.get(n).filter(|_| full.readings.is_empty() && full.same_as.is_none()).map(|w| w.entity);
        made.unwrap_or_else(|| self.discovered(Kind::Person, full.start, full.end))
    }

    fn bonds_of(&self, person: usize) -> &[Bond] {
        match self.first_bond[..] {
            [] => &[],
            _ => &self.bonds[self.first_bond[person]..self.first_bond[person + 1]],
        }
    }

    /// Two persons whose titles are of one role: `Thứ trưởng Bộ Công Thương Phan Thị Thắng`, `Thứ trưởng Thắng`.
    fn share_role(&self, a: usize, b: usize) -> bool {
        let roles = |p: usize| self.bonds_of(p).iter().flat_map(|b| self.title_items(b.start, b.end)).map(|i| i.features.role);
        a < b && roles(b).any(|r| r != NONE16 && roles(a).any(|x| x == r))
    }

    /// A short form of one listed person: sure where the full name stands in the text, an office fits, or the name is a
    /// foreigner's family name, which Vietnamese syllables are not.
    fn short_is_sure(&self, e: u32, p: &Person, named: &HashSet<u32>, held: Cover) -> Option<&'static str> {
        let lx = self.s.lx;
        let foreign = || self.foreign_word(p) && lx.tenures_of(e).iter().any(|t| self.cx.date.is_none_or(|d| t.covers(d) > Cover::No));
        if named.contains(&e) {
            Some("a short form, and the full name stands in the text")
        } else if held > Cover::No {
            Some("a short form, and the title beside it was this person's")
        } else {
            foreign().then_some("a short form: a foreign family name, of someone in office on the date")
        }
    }

    /// The name is a word in Latin letters that is no Vietnamese syllable.
    fn foreign_word(&self, p: &Person) -> bool {
        let t = &self.s.tokens[p.start];
        t.flags & fold::SYLLABLE == 0 && !t.kind.is_cjk()
    }
}

/// The earlier person to whom a short form goes back.
fn antecedent(p: &Person, people: &[Person]) -> Option<usize> {
    let at = p.same_as?;
    let n = people.partition_point(|q| q.start < at);
    people.get(n).filter(|q| q.start == at).map(|_| n)
}
