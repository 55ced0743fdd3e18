//! Short forms: `ông Chiến`, `Thủ tướng Kishida`, `チン首相`, a bare `Duterte`. They go back to a full name of the text, or to
//! a listed person.

use super::japanese::{country_title_behind_dot, status_before_title, title_begins};
use super::keys::Keys;
use super::{Ground, Person, Shape, Sight, stops_name};
use crate::compose::chart::{Item, joined, near};
use crate::compose::english::ENGLISH;
use crate::text::fold;
use crate::text::tokens::{Kind, gap};
use foldhash::{HashMap, HashSet};

/// Letters that a foreign name has at least which stands alone in Vietnamese text.
const SHORTEST_ALONE: u32 = 4;

/// Full names that one short form can mean. Those of listed persons are kept by person too: a text can name the same few
/// people as often as it likes.
#[derive(Default)]
struct Called {
    /// Some of them are asked for before the others.
    sooner: bool,
    all: Vec<usize>,
    first_unlisted: Option<usize>,
    listed: HashMap<u32, Vec<usize>>,
}

impl Called {
    fn add(&mut self, i: usize, readings: &[u32]) {
        if self.all.last() == Some(&i) {
            return;
        }
        self.all.push(i);
        match readings {
            [e] => self.listed.entry(*e).or_default().push(i),
            _ => self.first_unlisted = self.first_unlisted.or(Some(i)),
        }
    }
}

/// The full names of a text by what they are called for short.
#[derive(Default)]
struct Index {
    by_short: HashMap<Vec<u32>, Called>,
    /// By the family name of names that may be Chinese: asked where nobody else is called so.
    by_family: HashMap<Vec<u32>, Called>,
    by_entity: HashMap<u32, Called>,
    /// First words of all these.
    firsts: HashSet<u32>,
}

impl Index {
    fn of<'t>(s: &Sight<'t>, people: &[Person], words: &mut Keys<'t>) -> Index {
        let mut index = Index::default();
        let later = |p: &Person| p.ground == Ground::Beside || p.readings.is_empty() && s.english(p.start);
        let all = || people.iter().enumerate();
        // In English somebody whom no list holds is called so where nobody else is.
        for (i, p) in all().filter(|(_, p)| !later(p)).chain(all().filter(|(_, p)| later(p))) {
            if let [e] = p.readings[..] {
                index.by_entity.entry(e).or_default().add(i, &p.readings);
            }
            if p.readings.len() <= 1 && p.end - p.start >= 2 {
                if p.shape == Shape::Vietnamese && p.readings.is_empty() && s.tokens[p.start].kind == Kind::Word {
                    let key = words.all(s, p.start, p.start + 1);
                    index.firsts.extend(key.first());
                    index.by_family.entry(key).or_default().add(i, &p.readings);
                }
                for key in keys(s, p, words) {
                    index.firsts.extend(key.first());
                    let called = index.by_short.entry(key).or_default();
                    if !later(p) || !called.sooner {
                        called.sooner |= !later(p);
                        called.add(i, &p.readings);
                    }
                }
            }
        }
        index
    }

    /// The persons of the text that a short form can mean: for each the mention before it that is nearest, else the last
    /// behind it where a short form may run ahead of the name. The nearest of all comes last. Of persons that no list
    /// holds there is one at most beside it: that there are others is all that matters.
    fn persons(&self, people: &[Person], key: Option<&[u32]>, readings: &[u32], at: usize, ahead: bool) -> Vec<usize> {
        let mut lists: Vec<&Called> = key.and_then(|k| self.by_short.get(k)).into_iter().chain(readings.iter().filter_map(|e| self.by_entity.get(e))).collect();
        if lists.is_empty() && readings.is_empty() {
            lists.extend(key.and_then(|k| self.by_family.get(k)));
        }
        let before = |list: &[usize]| list.partition_point(|&i| people[i].start < at).checked_sub(1).map(|n| list[n]);
        let none_before = lists.iter().all(|c| before(&c.all).is_none());
        if none_before && !ahead {
            return Vec::new();
        }
        let last = |list: &[usize]| if none_before { list.last().copied() } else { before(list) };
        let Some(nearest) = lists.iter().filter_map(|c| last(&c.all)).max() else { return Vec::new() };
        if people[nearest].readings.is_empty() {
            return vec![nearest];
        }
        let unlisted = lists.iter().filter_map(|c| c.first_unlisted).find(|&i| none_before || people[i].start < at);
        if let Some(i) = unlisted {
            return vec![i, nearest];
        }
        let mut each: HashMap<u32, usize> = HashMap::default();
        for (&e, list) in lists.iter().flat_map(|c| &c.listed) {
            if let Some(i) = last(list) {
                let known = each.entry(e).or_insert(i);
                *known = i.max(*known);
            }
        }
        let mut out: Vec<usize> = each.into_values().collect();
        out.sort_unstable();
        out
    }
}

/// What a full name is called for short, as keys.
fn keys<'t>(s: &Sight<'t>, p: &Person, words: &mut Keys<'t>) -> Vec<Vec<u32>> {
    let listed = !p.readings.is_empty();
    match s.tokens[p.start].kind {
        // The part behind the last dot; the first one to three kanji. Listed names have their short forms from the list.
        // `趙顕` for one whom the list has in katakana: the first kanji too.
        Kind::Kanji if listed && p.readings.iter().all(|&e| s.lx.by_code.get("jp").is_none_or(|&jp| s.lx.entities[e as usize].country != jp)) => {
            vec![words.all(s, p.start, p.start + 1)]
        }
        Kind::Katakana | Kind::Kanji | Kind::Hiragana if listed => Vec::new(),
        Kind::Katakana => {
            let last = (p.start..p.end).rev().find(|&i| s.tokens[i].gap & gap::MIDDLE_DOT != 0).unwrap_or(p.start);
            vec![words.all(s, last, p.end)]
        }
        Kind::Kanji => (1..=3.min(p.end - p.start - 1)).map(|n| words.all(s, p.start, p.start + n)).collect(),
        _ => {
            let parts = parts(s, p.start, p.end);
            let (Some(&first), Some(&last)) = (parts.first(), parts.last()) else { return Vec::new() };
            let (first, last) = (words.all(s, first.0, first.1), words.all(s, last.0, last.1));
            let syllables = s.tokens[p.start..p.end].iter().all(|t| t.flags & fold::SYLLABLE != 0);
            match (p.shape, listed) {
                (Shape::Vietnamese, _) => vec![last],
                // `Tập Cận Bình`: a Chinese name in Vietnamese.
                (Shape::Other, true) if syllables => vec![first],
                (Shape::Other | Shape::Japanese, _) => vec![first, last],
            }
        }
    }
}

/// The parts of a name: words, and words that hyphens join.
fn parts(s: &Sight<'_>, start: usize, end: usize) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut at = start;
    while at < end {
        let to = part_end(s, at).min(end);
        if s.tokens[at].kind == Kind::Word {
            out.push((at, to));
        }
        at = to.max(at + 1);
    }
    out
}

/// End of a word and of those that hyphens join to it.
fn part_end(s: &Sight<'_>, at: usize) -> usize {
    let mut end = at + 1;
    let glued = |i: usize, kind: Kind| s.tokens.get(i).is_some_and(|t| t.kind == kind && t.gap == 0);
    while glued(end, Kind::Dash) && glued(end + 1, Kind::Word) {
        end += 2;
    }
    end
}

/// Finds the short forms; `out` holds the full names, sorted.
pub(super) fn find(s: &Sight<'_>, out: &mut Vec<Person>, taken: &mut [bool], addressed: &[bool], titled: &[bool]) {
    let m = &s.lx.marks;
    let mut words = Keys::default();
    let index = Index::of(s, out, &mut words);
    let full = out.len();
    let mut short = s.chart.spots(m.short).peekable();
    let mut bold = s.layout.bold().peekable();
    while let Some(at) = short.peek().into_iter().chain(bold.peek()).min().copied() {
        short.next_if_eq(&at);
        bold.next_if_eq(&at);
        if taken[at] {
            continue;
        }
        let t = &s.tokens[at];
        let japanese = t.kind.is_cjk();
        let word = t.kind == Kind::Word && t.is_capital();
        let supported_word = word && addressed[at] && near(t);
        let foreign_word = word && t.flags & fold::SYLLABLE == 0 && t.end - t.start >= SHORTEST_ALONE;
        let listed = s.chart.begins(at, m.short);
        if !listed
            && !(if japanese { !index.by_short.is_empty() || s.chart.begins(at, m.surname) } else { supported_word || foreign_word || word && s.english(at) })
        {
            continue;
        }
        // Nobody of the text is called so, nor does anything else speak for a name.
        if !listed && !japanese && !supported_word && !words.find(s, at).is_some_and(|w| index.firsts.contains(&w)) {
            continue;
        }
        let items: Vec<Item> = s.chart.with(at, m.short).collect();
        // In Japanese script a short form of somebody of the text, up to the title behind it.
        let address = |e: usize| title_begins(s, e) || status_before_title(s, e).is_some() || s.chart.begins(e, m.honorific_after);
        let run = if japanese && items.is_empty() { (at + 1..=(at + 8).min(s.tokens.len())).find(|&e| address(e)) } else { None };
        // `深山長官` is not somebody called 山.
        let inside = japanese && t.kind == Kind::Kanji && at > 0 && t.gap == 0 && s.tokens[at - 1].kind == Kind::Kanji && !taken[at - 1] && !ends_here(s, at);
        if inside || japanese && items.is_empty() && run.is_none() {
            if !inside && let Some(end) = lone_surname(s, at, taken) {
                taken[at..end].fill(true);
                out.push(Person { start: at, end, readings: Vec::new(), same_as: None, shape: Shape::Japanese, ground: Ground::Address });
            }
            continue;
        }
        let hyphens = if japanese { at + 1 } else { part_end(s, at) };
        let end = items.iter().map(|i| i.end as usize).max().or(run).unwrap_or(hyphens);
        if taken[at..end].iter().any(|&t| t) {
            continue;
        }
        // Behind a title in Vietnamese and English, before one in Japanese.
        let title_next = japanese && status_before_title(s, end).is_some()
            || s.chart.at(end).any(|i| i.symbols & (m.title | m.honorific_after) != 0) && s.tokens.get(end).is_some_and(joined)
            || japanese && country_title_behind_dot(s, end);
        let supported = if japanese { title_next } else { supported_word };
        let goes_on = !japanese
            && s.tokens
                .get(end)
                .is_some_and(|t| t.kind == Kind::Word && joined(t) && t.is_capital() && !stops_name(s.lx, s.chart, end) && !s.chart.begins(end, m.country));
        if goes_on && !s.lines.upper(at) && !title_case(s, at) || !japanese && begins_word(s, at) {
            continue;
        }
        let mut readings: Vec<u32> = Vec::new();
        for i in &items {
            if i.end as usize == end && !readings.contains(&i.features.entity) {
                readings.push(i.features.entity);
            }
        }
        let syllable = t.flags & fold::SYLLABLE != 0 && end == at + 1;
        // English headlines run ahead: `Suga, Phuc Agree on …`.
        let headline = s.english(at) && !s.chart.begins(at, m.common_word) && t.end - t.start >= 3;
        let ahead = if japanese { supported } else { !syllable || titled[at] && supported || headline };
        let key = words.find_all(s, at, end);
        let known = index.persons(&out[..full], key.as_deref(), &readings, at, ahead);
        if japanese && items.is_empty() && known.is_empty() {
            if let Some(end) = lone_surname(s, at, taken) {
                taken[at..end].fill(true);
                out.push(Person { start: at, end, readings: Vec::new(), same_as: None, shape: Shape::Japanese, ground: Ground::Address });
            }
            continue;
        }
        // English calls people by a bare name once they are known; so does Vietnamese with foreign names.
        let verb = s.tokens.get(end).is_some_and(|n| joined(n) && !n.is_capital()) && s.chart.begins(end, m.clause_word);
        let opens_sentence = s.layout.opens(at) && !verb && common(s, at, end);
        // `Nguyen Khac Giang` is not the Giang of the text.
        let stop = at > 0 && s.chart.begins(at - 1, m.name_stop) && s.layout.opens(at - 1);
        let longer = at > 0 && !japanese && joined(t) && s.tokens[at - 1].kind == Kind::Word && s.tokens[at - 1].is_capital() && !supported && !stop;
        let quiet = s.chart.at(at).all(|i| i.symbols & !(m.short | m.family_name | m.sign | m.common_word | m.name_particle | m.person | m.compound) == 0);
        let bare = !japanese && !opens_sentence && !longer && quiet && (s.english(at) || foreign_word);
        let person = match known[..] {
            // `Thứ trưởng Nga`: whose office it is.
            [] if s.chart.begins(at, m.country) => None,
            // `các thành viên Đoàn`: the delegation, and nobody of that name.
            [] if syllable && s.chart.begins(at, m.delegation) => None,
            [] if supported && !readings.is_empty() && (titled[at] || title_next || !syllable) => Some((readings, None, Shape::Other, Ground::Short)),
            [] if supported && items.is_empty() && super::lone_name(s, at) => {
                Some((Vec::new(), None, if syllable { Shape::Vietnamese } else { Shape::Other }, Ground::Address))
            }
            [] => None,
            [.., nearest] if supported || bare => {
                let listed: Vec<u32> = known.iter().filter_map(|&i| out[i].readings.first().copied()).collect();
                let p = &out[nearest];
                // Others of the name, whom the text does not name, count where the office is theirs.
                let others = if titled[at] || title_next { readings.clone() } else { Vec::new() };
                if p.readings.is_empty() {
                    Some((others, Some(p.start), p.shape, Ground::Short))
                } else if listed.len() == known.len() {
                    // Two listed persons of one name: the office says which, else both stay possible.
                    let mut all = listed;
                    for o in others {
                        if !all.contains(&o) {
                            all.push(o);
                        }
                    }
                    Some((all, None, Shape::Other, Ground::Short))
                } else {
                    let mut all = p.readings.clone();
                    all.extend(others.into_iter().filter(|o| !p.readings.contains(o)));
                    Some((all, None, Shape::Other, Ground::Short))
                }
            }
            _ => None,
        };
        if let Some((readings, same_as, shape, ground)) = person {
            let end = if ground == Ground::Address { at + 1 } else { end };
            taken[at..end].fill(true);
            out.push(Person { start: at, end, readings, same_as, shape, ground });
        }
    }
}

/// A word that is also a word of every day, which a sentence may open with; in English only an English one, and none that a
/// verb in the past follows (`Giang hoped`).
fn common(s: &Sight<'_>, at: usize, end: usize) -> bool {
    let english = s.english(at);
    let past = s.tokens.get(end).is_some_and(|t| t.kind == Kind::Word && joined(t) && !t.is_capital()) && s.raw(end).ends_with("ed");
    s.chart.with(at, s.lx.marks.common_word).any(|i| !english || i.languages & ENGLISH != 0) && !(english && past)
}

/// Tokens on each side that show how a headline is written.
const HEADLINE: usize = 12;

/// An English headline in which every longer word has a capital: one behind a name is no part of it.
fn title_case(s: &Sight<'_>, at: usize) -> bool {
    if !s.english(at) || s.tokens.get(at + 1).is_some_and(|t| s.chart.begins(at + 1, s.lx.marks.family_name) && t.flags & fold::SYLLABLE != 0) {
        return false;
    }
    let line = s.layout.paragraph(at);
    let near = (at.saturating_sub(HEADLINE)..s.tokens.len().min(at + HEADLINE)).filter(|&i| s.layout.paragraph(i) == line);
    let (mut words, mut capitals) = (0, 0);
    for t in near.map(|i| &s.tokens[i]).filter(|t| t.kind == Kind::Word && t.end - t.start > 3) {
        words += 1;
        capitals += usize::from(t.is_capital());
    }
    words >= 3 && capitals == words
}

/// Something listed ends right before a token.
fn ends_here(s: &Sight<'_>, at: usize) -> bool {
    let m = &s.lx.marks;
    let any = m.place | m.organization | m.ministry | m.title | m.mechanism | m.country | m.compound | m.former | m.incoming | m.and | m.honorific_after;
    (1..=16.min(at)).any(|b| s.chart.with(at - b, any).any(|i| i.end as usize == at))
}

/// A Japanese family name of which the text says no more, with an office or honorific right behind it.
fn lone_surname(s: &Sight<'_>, at: usize, taken: &[bool]) -> Option<usize> {
    let m = &s.lx.marks;
    let end = s.chart.longest(at, m.surname)?.end as usize;
    let close = s.tokens.get(end).is_some_and(|t| t.gap == 0);
    let address = title_begins(s, end) || status_before_title(s, end).is_some() || s.chart.begins(end, m.honorific_after);
    let other = s.chart.with(at, m.place | m.organization | m.ministry | m.title | m.mechanism).any(|i| i.end as usize >= end);
    let inside = at > 0 && s.tokens[at].gap == 0 && s.tokens[at - 1].kind == Kind::Kanji && !ends_here(s, at);
    (close && address && !other && !inside && !taken[at..end].iter().any(|&t| t)).then_some(end)
}

/// `Thủ tướng Chính phủ`: a longer name of something else begins with the syllable.
fn begins_word(s: &Sight<'_>, at: usize) -> bool {
    let m = &s.lx.marks;
    let names = m.organization | m.ministry | m.place | m.mechanism | m.agreement | m.initiative | m.government_of | m.portfolio | m.body_tail;
    s.chart.with(at, names).any(|i| i.end as usize >= at + 2)
}
