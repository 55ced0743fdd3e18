//! Names of persons: listed ones, runs of name syllables behind a title or honorific, short forms.

mod english;
mod japanese;
mod keys;
mod readings;
mod repeated;
mod run;
mod short_forms;
mod told;

use super::chart::{Chart, Item, joined, near, sign};
use crate::lexicon::office::Memo;
use crate::lexicon::{Lexicon, Strength};
use crate::text::bits::{Bits, ones};
use crate::text::fold;
use crate::text::layout::Layout;
use crate::text::lines::Lines;
use crate::text::tokens::{Kind, Token, gap};
use japanese::Around;
use keys::{Key, Keys};
use readings::Readings;
use repeated::{last_two, repeated, spelled};
pub(crate) use run::vietnamese_name;
use run::{goes_on, is_letter, postnominal};
use short_forms::Again;
use told::Told;

/// The shape of a name, as far as it tells where someone comes from and what the short form is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Vietnamese,
    /// In kanji, and a Japanese family name opens it.
    Japanese,
    Other,
}

/// Why a person was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ground {
    /// A gazetteer holds the full name.
    Listed,
    /// A title or honorific stands before it.
    Address,
    /// The name has the shape of a Vietnamese full name.
    Shape,
    /// It follows a photo credit.
    Credit,
    /// What stands beside it in English says that it is a name, or a given name opens it.
    Beside,
    /// The same full name was seen elsewhere in the text.
    Repeated,
    /// A short form of a person named elsewhere, or of a listed one.
    Short,
}

/// A person in the text.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub start: usize,
    pub end: usize,
    /// The entity where a gazetteer holds it: one, or several that the name can mean.
    pub readings: Readings,
    /// First token of the earlier person that a short form goes back to.
    pub same_as: Option<usize>,
    pub shape: Shape,
    pub ground: Ground,
}

/// Parts of another name at most.
const LONGEST_OTHER: usize = 5;
/// Hyphens that join words to one name at most.
const MOST_HYPHENS: usize = 8;

/// What finding people needs to see.
pub(crate) struct Sight<'a> {
    pub lx: &'a Lexicon,
    pub text: &'a str,
    pub tokens: &'a [Token],
    pub chart: &'a Chart<'a>,
    pub lines: &'a Lines,
    pub layout: &'a Layout,
    pub memo: &'a Memo,
    /// Some line is in English.
    pub english: bool,
}

impl<'s> Sight<'s> {
    fn raw(&self, i: usize) -> &'s str {
        let t = &self.tokens[i];
        self.text.get(t.start as usize..t.end as usize).unwrap_or_default()
    }

    fn bytes(&self, i: usize) -> &'s [u8] {
        let t = &self.tokens[i];
        self.text.as_bytes().get(t.start as usize..t.end as usize).unwrap_or_default()
    }

    /// The line of a token is in capitals.
    fn upper(&self, at: usize) -> bool {
        self.lines.upper_with(at, &self.tokens[at])
    }

    /// The line of a token is in English: no Vietnamese marks but in names, and not Japanese.
    fn english(&self, at: usize) -> bool {
        !self.tokens[at].kind.is_cjk() && self.english && self.lines.english(at)
    }
}

/// What finding people writes down, in buffers that can be used again.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    told: Told,
    /// Somebody's name holds the token.
    taken: Bits,
    again: Again,
    covered: Covered,
    /// Full names that can be repeated, by the keys of their first words.
    names: Vec<(Key, usize)>,
    keys: Keys,
    around: Around,
    /// The persons.
    found: Vec<Person>,
}

/// Finds the persons of a text. They stay in the notes until the next one.
pub(crate) fn find<'n>(s: &Sight<'_>, notes: &'n mut Notes) -> &'n mut Vec<Person> {
    let mut out = std::mem::take(&mut notes.found);
    out.clear();
    seek(s, &mut out, notes);
    notes.found = out;
    &mut notes.found
}

fn seek(s: &Sight<'_>, out: &mut Vec<Person>, notes: &mut Notes) {
    let Notes { told, taken, again, covered, names, keys, around, .. } = notes;
    taken.reset(s.tokens.len());
    told.read(s);
    listed(s, out, taken, told);
    covered.is_read = false;
    titled_or_shaped(s, out, taken, told, covered);
    if s.english {
        english::find(s, out, taken, told);
    }
    // Nobody else asks for them.
    if s.lines.sums.japanese || s.lines.sums.kana > 0 {
        around.read(s);
    }
    if s.lines.sums.japanese {
        japanese::names(s, out, taken, around, false);
        japanese::entries(s, out, taken, around);
    }
    settle(out);
    keys.reset();
    again.look(s, out, taken, told);
    repeated(s, out, taken, again, names, keys);
    if spelled(s, out, taken) {
        again.look(s, out, taken, told);
    }
    last_two(s, out, keys);
    short_forms::find(s, out, taken, told, keys, again, around);
    if s.lines.sums.japanese {
        // A name without a dot is somebody's short form first.
        japanese::names(s, out, taken, around, true);
        settle(out);
        japanese::readings(s, out, taken);
    }
    settle(out);
}

/// Brings people into the order of the text, where they are not.
#[inline(never)]
fn settle(people: &mut [Person]) {
    if !people.is_sorted_by_key(|p| p.start) {
        people.sort_by_key(|p| p.start);
    }
}

/// Takes tokens for a name; whether none of them was taken.
#[inline]
fn claim(taken: &mut Bits, start: usize, end: usize) -> bool {
    let free = !taken.any(start..end);
    if free {
        taken.fill(start..end);
    }
    free
}

/// Full names that a list holds, the longest first.
fn listed(s: &Sight<'_>, out: &mut Vec<Person>, taken: &mut Bits, told: &Told) {
    for i in told.listed.iter().map(|&(_, id)| &s.chart.items[id as usize]) {
        let (start, end) = (i.start as usize, i.end as usize);
        // All that the same words can mean come one behind the other.
        if let Some(p) = out.last_mut().filter(|p| (p.start, p.end) == (start, end)) {
            p.readings.add(i.features.entity);
            continue;
        }
        if start > 0 && joined(&s.tokens[start]) && s.chart.begins(start - 1, s.lx.marks.sign) && s.chart.signs(s.lx, start - 1, sign::SHIP) {
            continue;
        }
        if i.strength == Strength::Weak && !told.has(start, |r| r.addressed) || goes_on(s, start, end) || !claim(taken, start, end) {
            continue;
        }
        let vietnamese = s.lx.parties.get(usize::from(s.lx.entities[i.features.entity as usize].country)).is_some_and(|p| &*p.code == "vn");
        let shape = if vietnamese { Shape::Vietnamese } else { Shape::Other };
        out.push(Person { start, end, readings: Readings::One(i.features.entity), same_as: None, shape, ground: Ground::Listed });
    }
}

/// Names of two words and more behind a title or honorific, in photo credits, or of Vietnamese shape.
fn titled_or_shaped(s: &Sight<'_>, out: &mut Vec<Person>, taken: &mut Bits, told: &Told, in_place: &mut Covered) {
    let mut at = 0;
    let bold = s.layout.bold_set().words();
    for (word, (&here, row)) in bold.iter().zip(&told.rows).enumerate() {
        // Without any of these, whatever a run of capitals is, nothing says that it is a name.
        let free = here & !row.inner & !taken.words()[word];
        let tells = free & (row.addressed | row.apposed | row.heads | row.credits);
        // A family name says so where the name may have three words and more.
        let next = bold.get(word + 1).copied().unwrap_or(0);
        let threes = free & !tells & (here >> 1 | next << 63) & (here >> 2 | next << 62);
        // Which of them are asked further is not guessed.
        let asked = ones(word, tells | threes).fold(0, |all, at| {
            let told = (tells >> (at % 64) & 1 == 1) | s.chart.may_begin(at, s.lx.marks.family_name);
            all | u64::from(told & may_go_on(s, at)) << (at % 64)
        });
        for here in ones(word, asked) {
            if here < at {
                continue;
            }
            if let Some((end, shape, ground)) = told_name(s, here, taken, told, in_place)
                && claim(taken, here, end)
            {
                let readings = with_initials(s, here, end);
                let ground = if readings.is_empty() { ground } else { Ground::Short };
                out.push(Person { start: here, end, readings, same_as: None, shape, ground });
                at = end;
            }
        }
    }
}

/// A name that begins at a token, if something tells that it is one.
#[inline(never)]
fn told_name(s: &Sight<'_>, here: usize, taken: &Bits, told: &Told, in_place: &mut Covered) -> Option<(usize, Shape, Ground)> {
    let m = &s.lx.marks;
    let first = &s.tokens[here];
    let in_set = |set: u64| set >> (here % 64) & 1 == 1;
    let row = &told.rows[here / 64];
    let addressed = in_set(row.addressed);
    if !first.is_capital() || addressed && first.begins_line() {
        return None;
    }
    // `PGS.TS Lê Minh Phượng`: the letters before a name are no part of it.
    let letters = first.flags & fold::UPPER != 0 && first.end - first.start >= 2;
    let behind = |i: Item| told.has(i.end as usize, |r| r.addressed) && s.tokens.get(i.end as usize).is_some_and(|t| t.is_capital());
    if letters && s.chart.with(here, m.honorific).any(behind) {
        return None;
    }
    let credit = in_set(row.credits)
        && (here > 0 && s.chart.with(here - 1, m.photo).any(|i| i.end as usize == here) && near(first)
            || here > 1 && s.tokens[here - 1].kind == Kind::Colon && s.chart.begins(here - 2, m.photo));
    let (apposed, heads) = (in_set(row.apposed), in_set(row.heads));
    // Where nothing else tells, only its shape can.
    let alone = !(credit || apposed || heads || addressed);
    let (end, shape) = if alone { s.vietnamese(here).map(|end| (end, Shape::Vietnamese)) } else { s.run(here) }?;
    let end = if taken.any(here + 1..end) { (here + 1..end).find(|&e| taken.has(e)).unwrap_or(end) } else { end };
    let words = end - here;
    if words < 2 {
        return None;
    }
    let no_title = || !s.chart.begins(here, m.honorific | m.title | m.role_portfolio | m.role_full);
    let leads = || heads && leads_to_title(s, end) || apposed && s.tokens.get(end).is_some_and(|t| t.kind == Kind::Comma);
    let ground = if addressed && near(first) || leads() && no_title() {
        Ground::Address
    } else if credit {
        Ground::Credit
    } else if shape == Shape::Vietnamese
        && (3..=4).contains(&words)
        && (s.tokens[here..end].iter().any(|t| t.flags & fold::VIETNAMESE_MARK != 0) || !s.lines.english(here))
        && !(here > 0 && s.tokens[here - 1].kind == Kind::Number)
        && !s.chart.ends(here, 4, m.not_a_person)
        && !in_place.has(s, here)
    {
        Ground::Shape
    } else {
        return None;
    };
    (!s.upper(here)).then_some((end, shape, ground))
}

/// A name of two words and more may begin at a token, by what stands behind it.
#[inline]
fn may_go_on(s: &Sight<'_>, at: usize) -> bool {
    let next = s.tokens.get(at + 1).unwrap_or(&Token::NONE);
    let more = next.is_capital() | s.chart.may_begin(at + 1, s.lx.marks.name_particle);
    (next.kind == Kind::Word) & joined(next) & more | matches!(next.kind, Kind::Dash | Kind::Period) & (next.gap == 0)
}

/// `V. Putin`: the listed persons of that family name whose own name begins so.
fn with_initials(s: &Sight<'_>, start: usize, end: usize) -> Readings {
    let letter = |i: usize| is_letter(s, i);
    if !letter(start) || !(start + 1..end - 1).all(|i| letter(i) || s.tokens[i].kind == Kind::Period) {
        return Readings::None;
    }
    let Some(first) = s.raw(start).chars().next() else { return Readings::None };
    let begins = |name: &str| name.chars().next().is_some_and(|c| c.to_lowercase().eq(first.to_lowercase()));
    let named = |e: u32| s.lx.entities.get(e as usize).is_some_and(|e| e.data.names.iter().flatten().any(|n| begins(n)));
    let mut out: Vec<u32> = s.chart.shorts_at(end - 1).filter(|s| s.0 == end).map(|s| s.1).filter(|&e| named(e)).collect();
    out.sort_unstable();
    out.dedup();
    out.into_iter().collect()
}

/// Where a name begins that a comma parts from the English title before it, and a mark from what follows.
pub(crate) fn named_behind_comma(s: &Sight<'_>, start: usize, end: usize) -> Option<usize> {
    let m = &s.lx.marks;
    let t = |i: usize| s.tokens.get(i);
    if end < start + 2 || !t(end).is_some_and(|c| c.kind == Kind::Comma && !c.begins_line()) || !s.english(start) {
        return None;
    }
    let mut first = end + 1;
    while let Some(i) = s.chart.longest(first, m.honorific) {
        first = i.end as usize;
    }
    let name = |i: usize| t(i).is_some_and(|w| w.kind == Kind::Word && w.is_capital() && !w.begins_line());
    let (mut at, mut words) = (first, 0);
    while at < first + LONGEST_OTHER * 2 {
        let dash = t(at).is_some_and(|d| d.kind == Kind::Dash && d.gap == 0) && t(at + 1).is_some_and(|w| w.kind == Kind::Word && w.gap == 0);
        let point = at > first && t(at).is_some_and(|p| p.kind == Kind::Period && p.gap == 0) && s.raw(at - 1).chars().count() == 1;
        if dash {
            at += 2;
        } else if point {
            at += 1;
        } else if name(at) && !(words >= 2 && postnominal(s, at)) {
            at += 1;
            words += 1;
        } else {
            break;
        }
    }
    while postnominal(s, at) {
        at += 1;
    }
    let closed = t(at).is_none_or(|c| matches!(c.kind, Kind::Comma | Kind::Semicolon | Kind::Period | Kind::Close) || c.begins_line());
    let other = m.title | m.role_full | m.role_portfolio | m.role_organization | m.place | m.ministry | m.organization | m.mechanism | m.name_stop;
    let known = s.chart.with(first, other).any(|i| i.strength == Strength::Strong);
    ((2..=LONGEST_OTHER).contains(&words) && closed && !known).then_some(first)
}

/// A dash or comma and an office stand at a token: `Sakai Nobuyuki – Vụ trưởng …`.
fn leads_to_title(s: &Sight<'_>, at: usize) -> bool {
    let m = &s.lx.marks;
    let separated = s.tokens.get(at).is_some_and(|t| matches!(t.kind, Kind::Dash | Kind::Comma) && !t.begins_line());
    let title = |i: usize| s.chart.begins(i, m.title);
    separated && (title(at + 1) || s.chart.with(at + 1, m.former | m.acting | m.incoming).any(|i| title(i.end as usize)))
}

/// Tokens inside a longer name of another kind, as soon as somebody asked.
#[derive(Debug, Default)]
struct Covered {
    bits: Bits,
    is_read: bool,
}

impl Covered {
    fn has(&mut self, s: &Sight<'_>, token: usize) -> bool {
        if !std::mem::replace(&mut self.is_read, true) {
            let m = &s.lx.marks;
            self.bits.reset(s.tokens.len());
            s.chart.each_of_all(m.place | m.organization | m.mechanism | m.ministry, |i| {
                if i.end >= i.start + 2 && i.strength == Strength::Strong {
                    self.bits.fill(i.start as usize..i.end as usize);
                }
            });
        }
        self.bits.has(token)
    }
}

/// A single capitalised word behind a title or honorific that is nothing else.
fn lone_name(s: &Sight<'_>, at: usize) -> bool {
    let m = &s.lx.marks;
    let t = &s.tokens[at];
    if t.flags & fold::UPPER != 0 || t.end - t.start < 3 || t.gap & gap::QUOTE != 0 {
        return false;
    }
    if s.chart.begins(at, !(m.family_name | m.sign | m.common_word | m.name_particle)) {
        return false;
    }
    // `Giám đốc Nghiên cứu`: the first syllable of a word, not a name.
    let word = || {
        t.flags & fold::SYLLABLE != 0
            && s.tokens.get(at + 1).is_some_and(|n| n.kind == Kind::Word && joined(n) && !n.is_capital() && n.flags & fold::SYLLABLE != 0)
            && !s.chart.begins(at + 1, m.clause_word | m.and | m.inside | m.of | m.about | m.with | m.between | m.copula | m.former_copula | m.succeeds)
    };
    // `Bộ trưởng Quốc phòng Việt – Mỹ`
    let side = || s.tokens.get(at + 1).is_some_and(|n| n.kind == Kind::Dash) && s.chart.begins(at + 2, m.country | m.compound);
    !word() && !side() && !s.upper(at)
}

/// Behind a short bracket that begins at a token, in the same line.
pub(crate) fn behind_bracket(s: &Sight<'_>, at: usize) -> Option<usize> {
    let kind = |k: usize, kind: Kind| s.tokens.get(k).is_some_and(|t| t.kind == kind && !t.begins_line());
    if !kind(at, Kind::Open) {
        return None;
    }
    (at + 2..=at + 4).find(|&k| kind(k, Kind::Close)).map(|k| k + 1).filter(|&k| s.tokens.get(k).is_some_and(|t| !t.begins_line()))
}
