//! Short forms: `ông Chiến`, `Thủ tướng Kishida`, `チン首相`, a bare `Duterte`. They go back to a full name of the text, or to
//! a listed person.

use super::japanese::{Around, country_title_behind_dot, status_before_title};
use super::keys::{Key, Keys, Sieve};
use super::repeated::can_be_repeated;
use super::run::stops_name;
use super::told::Told;
use super::{Ground, MOST_HYPHENS, Person, Readings, Shape, Sight};
use crate::compose::chart::{joined, near};
use crate::compose::english::ENGLISH;
use crate::lexicon::NONE32;
use crate::text::bits::{Bits, ones};
use crate::text::fold;
use crate::text::tokens::{Kind, Token, gap};
use std::cmp::Ordering;

/// Letters that a foreign name has at least which stands alone in Vietnamese text.
const SHORTEST_ALONE: u32 = 4;

/// Full names, by their places among the people, by what they are called: a key. In a text that names listed persons, all are
/// kept by person too: it can name the same few people as often as it likes.
#[derive(Debug, Default)]
struct Called {
    all: Vec<(Key, usize)>,
    each: Vec<Each>,
}

/// The same with the listed person, or `NONE32`, beside what it is called.
type Each = ((Key, u32), usize);

impl Called {
    fn add(&mut self, key: Key, i: usize, readings: &[u32], some_listed: bool) {
        self.all.push((key, i));
        if some_listed {
            self.each.push(((key, if let [e] = readings { *e } else { NONE32 }), i));
        }
    }

    fn clear(&mut self) {
        self.all.clear();
        self.each.clear();
    }

    /// Sorts what was added: names that are called the same stay in their order.
    fn settle(&mut self) {
        self.all.sort_by_key(|n| n.0);
        self.all.dedup();
        self.each.sort_by_key(|n| n.0);
        self.each.dedup();
    }

    /// All that are called so, where there are some.
    fn group(&self, key: Key) -> Option<Group<'_>> {
        let all = run(&self.all, |n| n.0.cmp(&key));
        (!all.is_empty()).then_some(Group { all, key, of: self })
    }
}

/// The names that are called the same.
#[derive(Clone, Copy)]
struct Group<'a> {
    all: &'a [(Key, usize)],
    key: Key,
    of: &'a Called,
}

impl<'a> Group<'a> {
    /// The same by person.
    fn each(self) -> &'a [Each] {
        run(&self.of.each, |n| n.0.0.cmp(&self.key))
    }

    fn first_unlisted(self) -> Option<usize> {
        run(self.each(), |n| n.0.1.cmp(&NONE32)).first().map(|n| n.1)
    }

    /// The listed persons, each with its names.
    fn listed(self) -> impl Iterator<Item = (u32, &'a [Each])> {
        let mut rest = self.each();
        std::iter::from_fn(move || {
            let e = rest.first()?.0.1;
            let (own, others) = rest.split_at(rest.partition_point(|n| n.0.1 <= e));
            rest = others;
            (e != NONE32).then_some((e, own))
        })
    }
}

/// The elements of a sorted list that are equal to something.
fn run<T>(list: &[T], order: impl Fn(&T) -> Ordering) -> &[T] {
    let from = &list[list.partition_point(|n| order(n) == Ordering::Less)..];
    &from[..from.partition_point(|n| order(n) == Ordering::Equal)]
}

/// The full names of a text by what they are called for short.
#[derive(Debug, Default)]
struct Index {
    by_short: Called,
    /// By the family name of names that may be Chinese: asked where nobody else is called so.
    by_family: Called,
    by_entity: Called,
    is_read: bool,
}

impl Index {
    /// Reads the names that can be meant by what is `met`, where somebody asks first: in most texts nobody does.
    fn read(&mut self, s: &Sight<'_>, people: &[Person], met: &Sieve, words: &mut Keys) {
        if std::mem::replace(&mut self.is_read, true) {
            return;
        }
        let index = self;
        [&mut index.by_short, &mut index.by_family, &mut index.by_entity].into_iter().for_each(Called::clear);
        let is_met = |at: usize| met.bits(s, at) & MET != 0;
        let some_listed = people.iter().any(|p| p.readings.len() == 1);
        // In English somebody whom no list holds is called so where nobody else is.
        let later = |p: &Person| p.ground == Ground::Beside || s.english && p.readings.is_empty() && s.english(p.start);
        let some_later = people.iter().any(later);
        for is_later in if some_later { &[false, true][..] } else { &[false] } {
            let is_later = *is_later;
            let sooner = index.by_short.all.len();
            for (i, p) in people.iter().enumerate().filter(|(_, p)| later(p) == is_later) {
                if let [e] = p.readings[..] {
                    index.by_entity.add(Key::from(e), i, &p.readings, some_listed);
                }
                if !is_called(p) {
                    continue;
                }
                if is_of_family(s, p) && is_met(p.start) {
                    let family = words.of(s, p.start);
                    index.by_family.add(family, i, &p.readings, some_listed);
                }
                each_called(s, p, |start, end| {
                    if !is_met(start) {
                        return;
                    }
                    let key = words.all_as_one(s, start, end);
                    if !is_later || run(&index.by_short.all[..sooner], |n| n.0.cmp(&key)).is_empty() {
                        index.by_short.add(key, i, &p.readings, some_listed);
                    }
                });
            }
            index.by_short.settle();
        }
        index.by_family.settle();
        index.by_entity.settle();
    }

    /// The persons of the text that a short form can mean: for each the mention before it that is nearest, else the last
    /// behind it where a short form may run ahead of the name. The nearest of all comes last. Of persons that no list
    /// holds there is one at most beside it: that there are others is all that matters.
    fn persons(&self, people: &[Person], key: Option<Key>, readings: &[u32], at: usize, ahead: bool, out: &mut Vec<usize>) {
        let called = key.and_then(|k| self.by_short.group(k));
        let called = called.or_else(|| key.filter(|_| readings.is_empty()).and_then(|k| self.by_family.group(k)));
        let groups = || called.into_iter().chain(readings.iter().filter_map(|&e| self.by_entity.group(Key::from(e))));
        let last = |until: usize| {
            let own = called.and_then(|g| last_before(g.all, people, until));
            readings.iter().filter_map(|&e| last_before(self.by_entity.group(Key::from(e))?.all, people, until)).fold(own, |a, b| a.max(Some(b)))
        };
        let before = last(at);
        let none_before = before.is_none();
        let until = if none_before { usize::MAX } else { at };
        let Some(nearest) = (if none_before && ahead { last(until) } else { before }) else { return };
        if people[nearest].readings.is_empty() {
            out.push(nearest);
            return;
        }
        let unlisted = groups().filter_map(|g| g.first_unlisted()).find(|&i| none_before || people[i].start < at);
        if let Some(i) = unlisted {
            out.extend([i, nearest]);
            return;
        }
        let mut each: Vec<(u32, usize)> =
            groups().flat_map(|g| g.listed()).filter_map(|(e, names)| last_before(names, people, until).map(|i| (e, i))).collect();
        // Of each person the last.
        each.sort_unstable_by_key(|&(e, i)| (e, usize::MAX - i));
        each.dedup_by_key(|n| n.0);
        out.extend(each.into_iter().map(|n| n.1));
        out.sort_unstable();
    }
}

/// The last of some names that stands before a token.
fn last_before<K>(names: &[(K, usize)], people: &[Person], at: usize) -> Option<usize> {
    names.partition_point(|n| people[n.1].start < at).checked_sub(1).map(|n| names[n].1)
}

/// Short forms can go back to somebody.
fn is_called(p: &Person) -> bool {
    p.readings.len() <= 1 && p.end - p.start >= 2
}

/// A name that may be Chinese: its first word may be what somebody is called.
fn is_of_family(s: &Sight<'_>, p: &Person) -> bool {
    p.shape == Shape::Vietnamese && p.readings.is_empty() && s.tokens[p.start].kind == Kind::Word
}

/// Hands over what a full name is called for short: from which token to which.
#[inline]
fn each_called(s: &Sight<'_>, p: &Person, mut take: impl FnMut(usize, usize)) {
    let listed = !p.readings.is_empty();
    match s.tokens[p.start].kind {
        // The part behind the last dot; the first one to three kanji. Listed names have their short forms from the list.
        // `趙顕` for one whom the list has in katakana: the first kanji too.
        Kind::Kanji if listed && p.readings.iter().all(|&e| s.lx.by_code.get("jp").is_none_or(|&jp| s.lx.entities[e as usize].country != jp)) => {
            take(p.start, p.start + 1);
        }
        Kind::Katakana | Kind::Kanji | Kind::Hiragana if listed => {}
        Kind::Katakana => {
            let last = (p.start..p.end).rev().find(|&i| s.tokens[i].gap & gap::MIDDLE_DOT != 0).unwrap_or(p.start);
            take(last, p.end);
        }
        Kind::Kanji => (p.start + 1..p.end).take(3).for_each(|end| take(p.start, end)),
        _ => {
            let Some((first, last)) = outer_parts(s, p) else { return };
            let syllables = || s.tokens[p.start..p.end].iter().all(|t| t.flags & fold::SYLLABLE != 0);
            // `Tập Cận Bình`: a Chinese name in Vietnamese.
            let (by_first, by_last) = match p.shape {
                Shape::Vietnamese => (false, true),
                // The list has more persons with the short form than a text is asked for.
                Shape::Other if p.readings.iter().any(|e| s.lx.uncalled.contains(e)) => (true, true),
                Shape::Other if listed && syllables() => (true, false),
                Shape::Other | Shape::Japanese => (true, true),
            };
            for (by, (start, end)) in [(by_first, first), (by_last, last)] {
                if by {
                    take(start, end);
                }
            }
        }
    }
}

/// Some tokens in a row: the first, and that behind the last.
type Part = (usize, usize);

/// The first and the last word of a name, each with those that hyphens join to it.
#[inline]
fn outer_parts(s: &Sight<'_>, p: &Person) -> Option<(Part, Part)> {
    let tokens = &s.tokens[p.start..p.end];
    let (first, last) = (tokens.first()?, tokens.last()?);
    let is_dash = |t: Option<&Token>| t.is_some_and(|t| t.kind == Kind::Dash);
    // Most names have no hyphen at either end.
    if first.kind == Kind::Word && last.kind == Kind::Word && !is_dash(tokens.get(1)) && !is_dash(tokens.iter().nth_back(1)) {
        return Some(((p.start, p.start + 1), (p.end - 1, p.end)));
    }
    parts_with_hyphens(s, p)
}

/// The same of any name.
fn parts_with_hyphens(s: &Sight<'_>, p: &Person) -> Option<(Part, Part)> {
    let (mut parts, mut at) = (None, p.start);
    while at < p.end {
        let to = part_end(s, at).min(p.end);
        if s.tokens[at].kind == Kind::Word {
            parts = Some((parts.map_or((at, to), |(first, _)| first), (at, to)));
        }
        at = to.max(at + 1);
    }
    parts
}

/// End of a word and of those that hyphens join to it.
fn part_end(s: &Sight<'_>, at: usize) -> usize {
    let mut end = at + 1;
    let glued = |i: usize, kind: Kind| s.tokens.get(i).is_some_and(|t| t.kind == kind && t.gap == 0);
    while glued(end, Kind::Dash) && glued(end + 1, Kind::Word) && end - at < 2 * MOST_HYPHENS {
        s.chart.look(1);
        end += 2;
    }
    end
}

/// Where people are likely named again, in buffers that can be used again.
#[derive(Debug, Default)]
pub(super) struct Again {
    /// Words that may be the first ones of full names, before what may be a second one.
    pub firsts: Vec<usize>,
    /// Where somebody can be called by a short form.
    places: Vec<Place>,
    /// The words of full names by which they are found.
    sieve: Sieve,
    /// Tokens with a word that may be one of them, as far as they were found now; behind them those of other texts.
    alike: Vec<u32>,
    /// Those of them where somebody of the text may be called so.
    echoes: Bits,
    index: Index,
    /// The persons that a short form can mean.
    known: Vec<usize>,
}

/// A token at which somebody can be called by a short form.
#[derive(Clone, Copy, Debug)]
struct Place {
    at: usize,
    /// Somebody of the text may be called so.
    echo: bool,
}

/// A word is the first one of a name that can be repeated, ...
const FIRST: u8 = 1;
/// ... or what somebody is called, ...
const CALLED: u8 = 2;
/// ... and stands somewhere else too.
const MET: u8 = 4;
/// The same of a first word.
const FIRST_MET: u8 = 8;
/// A word comes second in a name that can be repeated.
const SECOND: u8 = 16;

impl Again {
    /// Looks for them, in one walk over the tokens in capitals, kanji or kana that are nobody's yet.
    ///
    /// In Latin letters nobody is called by a short form without a title or honorific, but in English and where the name is a foreign
    /// one; and only where somebody of the text is called so, or a list says who is.
    pub(super) fn look(&mut self, s: &Sight<'_>, people: &[Person], taken: &Bits, told: &Told) {
        let Again { firsts, places, sieve, alike, echoes, index, .. } = self;
        firsts.clear();
        places.clear();
        index.is_read = false;
        let m = &s.lx.marks;
        *sieve = Sieve::default();
        let mut some_lone = false;
        for p in people {
            if can_be_repeated(p) {
                sieve.add(s, p.start, FIRST);
                sieve.add(s, p.end.min(p.start + 2) - 1, SECOND);
                some_lone |= p.end < p.start + 2;
            }
            if is_called(p) {
                each_called(s, p, |start, _| sieve.add(s, start, CALLED));
                if is_of_family(s, p) {
                    sieve.add(s, p.start, CALLED);
                }
            }
        }
        let all_bold = s.lines.sums.japanese || s.lines.sums.kana > 0;
        let all = if all_bold { u64::MAX } else { 0 };
        let some_cjk = all_bold && people.iter().any(|p| s.tokens[p.start].kind.is_cjk());
        echoes.reset(s.tokens.len());
        if !people.is_empty() {
            // Most words are told apart by one look-up, and whether they are is not guessed: the place of a word that is told apart is
            // taken by the next.
            alike.resize(alike.len().max(s.tokens.len() + 1), 0);
            let mut count = 0;
            for (n, (&bold, &taken)) in s.layout.bold_set().words().iter().zip(taken.words()).enumerate() {
                for at in ones(n, bold & !taken) {
                    alike[count] = at as u32;
                    count += usize::from(sieve.may_hold(&s.tokens[at]));
                }
            }
            for at in alike[..count].iter().map(|&at| at as usize) {
                let bits = sieve.bits(s, at);
                if bits & FIRST != 0 && (some_lone || at + 1 < s.tokens.len() && sieve.bits(s, at + 1) & SECOND != 0) {
                    firsts.push(at);
                    sieve.mark(&s.tokens[at], FIRST_MET);
                }
                if bits & CALLED != 0 {
                    echoes.insert(at);
                }
            }
        }
        // A lexicon without persons has none.
        let shorts = s.chart.shorts().words();
        let sets = s.layout.bold_set().words().iter().zip(taken.words()).zip(echoes.words()).zip(&told.rows);
        for (n, (((&bold, &taken), &echoes), row)) in sets.enumerate() {
            let shorts = shorts.get(n).copied().unwrap_or(0);
            for at in ones(n, (echoes | bold & (row.addressed | all) | shorts) & !taken) {
                let among = |bits: u64| bits >> (at % 64) & 1 == 1;
                let t = &s.tokens[at];
                let called = if t.kind == Kind::Word {
                    among(bold & row.addressed) || among(echoes | shorts) && (is_foreign(t) || s.english(at))
                } else {
                    t.kind.is_cjk() && (some_cjk || s.chart.begins(at, m.surname | m.short)) || among(shorts) && s.english(at)
                };
                if called {
                    let echo = among(echoes | !bold);
                    if echo {
                        sieve.mark(t, MET);
                    }
                    places.push(Place { at, echo });
                }
            }
        }
    }

    /// A name begins with a word that may be met again.
    pub(super) fn may_be_repeated(&self, s: &Sight<'_>, p: &Person) -> bool {
        self.sieve.bits(s, p.start) & FIRST_MET != 0
    }
}

/// A word in capitals that is no Vietnamese syllable, and long enough to stand alone for a name.
fn is_foreign(t: &Token) -> bool {
    t.kind == Kind::Word && t.is_capital() && t.flags & fold::SYLLABLE == 0 && t.end - t.start >= SHORTEST_ALONE
}

/// Finds the short forms; `out` holds the full names, sorted.
pub(super) fn find(s: &Sight<'_>, out: &mut Vec<Person>, taken: &mut Bits, told: &Told, words: &mut Keys, again: &mut Again, around: &Around) {
    let m = &s.lx.marks;
    let full = out.len();
    let Again { index, places, sieve, known, .. } = again;
    for &Place { at, echo } in &*places {
        if taken.has(at) {
            continue;
        }
        let t = &s.tokens[at];
        let japanese = t.kind.is_cjk();
        let listed = s.chart.begins(at, m.short);
        let supported_word = t.kind == Kind::Word && t.is_capital() && told.has(at, |r| r.addressed) && near(t);
        // Where nobody is known who is called so, a name by itself is all that there can be.
        let known_or_lone = japanese || listed || echo || supported_word && super::lone_name(s, at);
        if !known_or_lone {
            continue;
        }
        let foreign_word = is_foreign(t);
        let titled = || told.has(at, |r| r.titled);
        // In Japanese script a short form of somebody of the text, up to the title behind it.
        let run = if japanese && !listed { around.all().among(at + 1..s.tokens.len().min(at + 9)).next() } else { None };
        // `深山長官` is not somebody called 山.
        let inside =
            || japanese && t.kind == Kind::Kanji && at > 0 && t.gap == 0 && s.tokens[at - 1].kind == Kind::Kanji && !taken.has(at - 1) && !ends_here(s, at);
        if japanese && !listed && run.is_none() {
            if let Some(end) = lone_surname(s, at, taken, around).filter(|_| !inside()) {
                taken.fill(at..end);
                out.push(Person { start: at, end, readings: Readings::None, same_as: None, shape: Shape::Japanese, ground: Ground::Address });
            }
            continue;
        }
        let hyphens = if japanese { at + 1 } else { part_end(s, at) };
        let short = if listed { s.chart.shorts_at(at).map(|(end, _)| end).max() } else { None };
        let end = short.or(run).unwrap_or(hyphens);
        if taken.any(at..end) {
            continue;
        }
        // Behind a title in Vietnamese and English, before one in Japanese.
        let title_next = || {
            japanese && status_before_title(s, end).is_some()
                || s.chart.begins(end, m.title | m.honorific_after) && s.tokens.get(end).is_some_and(joined)
                || japanese && country_title_behind_dot(s, end)
        };
        let supported = if japanese { title_next() } else { supported_word };
        let goes_on = !japanese
            && s.tokens
                .get(end)
                .is_some_and(|t| t.kind == Kind::Word && joined(t) && t.is_capital() && !stops_name(s.lx, s.chart, end) && !s.chart.begins(end, m.country));
        if goes_on && !s.upper(at) && !title_case(s, at) || !japanese && begins_word(s, at) {
            continue;
        }
        // English calls people by a bare name once they are known; so does Vietnamese with foreign names.
        let quiet = || !s.chart.begins(at, !(m.short | m.family_name | m.sign | m.common_word | m.name_particle | m.person | m.compound));
        let english = || s.english(at);
        let bare = !japanese && !supported && (foreign_word || english()) && !follows_name(s, at) && quiet() && !opens_sentence(s, at, end);
        if !supported && !bare && (listed || !japanese) {
            continue;
        }
        let mut readings = Readings::None;
        if listed {
            for (last, entity) in s.chart.shorts_at(at) {
                if last == end {
                    readings.add(entity);
                }
            }
        }
        let syllable = t.flags & fold::SYLLABLE != 0 && end == at + 1;
        // English headlines run ahead: `Suga, Phuc Agree on …`.
        let headline = || english() && !s.chart.begins(at, m.common_word) && t.end - t.start >= 3;
        let ahead = if japanese { supported } else { !syllable || titled() && supported || headline() };
        known.clear();
        if echo || !readings.is_empty() {
            index.read(s, &out[..full], sieve, words);
            let key = if echo { words.find_all_as_one(s, at, end) } else { None };
            index.persons(&out[..full], key, &readings, at, ahead, known);
        }
        if japanese && !listed && known.is_empty() {
            if let Some(end) = lone_surname(s, at, taken, around) {
                taken.fill(at..end);
                out.push(Person { start: at, end, readings: Readings::None, same_as: None, shape: Shape::Japanese, ground: Ground::Address });
            }
            continue;
        }
        if inside() {
            continue;
        }
        let person = match known[..] {
            // `Thứ trưởng Nga`: whose office it is.
            [] if s.chart.begins(at, m.country) => None,
            // `các thành viên Đoàn`: the delegation, and nobody of that name.
            [] if syllable && s.chart.begins(at, m.delegation) => None,
            [] if supported && !readings.is_empty() && (titled() || title_next() || !syllable) => Some((readings, None, Shape::Other, Ground::Short)),
            [] if supported && !listed && super::lone_name(s, at) => {
                Some((Readings::None, None, if syllable { Shape::Vietnamese } else { Shape::Other }, Ground::Address))
            }
            [] => None,
            [.., nearest] if supported || bare => {
                let p = &out[nearest];
                // Others of the name, whom the text does not name, count where the office is theirs.
                let others = if titled() || title_next() { readings.clone() } else { Readings::None };
                if p.readings.is_empty() {
                    Some((others, Some(p.start), p.shape, Ground::Short))
                } else if known.iter().all(|&i| !out[i].readings.is_empty()) {
                    // Two listed persons of one name: the office says which, else both stay possible.
                    let mut all: Readings = known.iter().filter_map(|&i| out[i].readings.first().copied()).collect();
                    others.iter().for_each(|&o| all.add(o));
                    Some((all, None, Shape::Other, Ground::Short))
                } else {
                    let mut all = p.readings.clone();
                    others.iter().for_each(|&o| all.add(o));
                    Some((all, None, Shape::Other, Ground::Short))
                }
            }
            _ => None,
        };
        if let Some((readings, same_as, shape, ground)) = person {
            let end = if ground == Ground::Address { at + 1 } else { end };
            taken.fill(at..end);
            out.push(Person { start: at, end, readings, same_as, shape, ground });
        }
    }
}

/// The first word of a sentence, which is one of every day as well, and no verb behind it says that it is a name.
fn opens_sentence(s: &Sight<'_>, at: usize, end: usize) -> bool {
    let verb = || s.tokens.get(end).is_some_and(|n| joined(n) && !n.is_capital()) && s.chart.begins(end, s.lx.marks.clause_word);
    s.layout.opens(at) && common(s, at, end) && !verb()
}

/// A word in capitals stands right before, as in `Nguyen Khac Giang`, who is not the Giang of the text.
fn follows_name(s: &Sight<'_>, at: usize) -> bool {
    let stop = || s.chart.begins(at - 1, s.lx.marks.name_stop) && s.layout.opens(at - 1);
    at > 0 && joined(&s.tokens[at]) && s.tokens[at - 1].kind == Kind::Word && s.tokens[at - 1].is_capital() && !stop()
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
    s.chart.ends(at, 16, any)
}

/// A Japanese family name of which the text says no more, with an office or honorific right behind it.
fn lone_surname(s: &Sight<'_>, at: usize, taken: &Bits, around: &Around) -> Option<usize> {
    let m = &s.lx.marks;
    let end = s.chart.longest(at, m.surname)?.end as usize;
    let close = s.tokens.get(end).is_some_and(|t| t.gap == 0);
    if !close || !around.all().has(end) || taken.any(at..end) {
        return None;
    }
    let other = s.chart.with(at, m.place | m.organization | m.ministry | m.title | m.mechanism).any(|i| i.end as usize >= end);
    let inside = || at > 0 && s.tokens[at].gap == 0 && s.tokens[at - 1].kind == Kind::Kanji && !ends_here(s, at);
    (!other && !inside()).then_some(end)
}

/// `Thủ tướng Chính phủ`: a longer name of something else begins with the syllable.
fn begins_word(s: &Sight<'_>, at: usize) -> bool {
    let m = &s.lx.marks;
    let names = m.organization | m.ministry | m.place | m.mechanism | m.agreement | m.initiative | m.government_of | m.portfolio | m.body_tail;
    s.chart.longest_end(at, names).is_some_and(|end| end >= at + 2)
}
