//! Full names that a text repeats: word by word, in other letters behind the name, by their last two syllables.

use super::keys::{Key, Keys};
use super::readings::Readings;
use super::short_forms::Again;
use super::{Ground, LONGEST_OTHER, Person, Shape, Sight, settle};
use crate::text::bits::Bits;
use crate::text::fold;
use crate::text::tokens::Kind;
use foldhash::HashMap;

/// Names of one first word that are held against a place at most.
const ALIKE: usize = 16;

/// Full names that were found by their title once are found everywhere.
pub(super) fn repeated(s: &Sight<'_>, out: &mut Vec<Person>, taken: &mut Bits, again: &Again, names: &mut Vec<(Key, usize)>, keys: &mut Keys) {
    if again.firsts.is_empty() {
        return;
    }
    full_names(s, out, again, keys, names);
    let full = out.len();
    for &at in &again.firsts {
        if taken.has(at) {
            continue;
        }
        let first = keys.of(s, at);
        let from = names.partition_point(|n| n.0 < first);
        for &(_, i) in names[from..].iter().take_while(|n| n.0 == first) {
            let (start, len) = (out[i].start, out[i].end - out[i].start);
            let (end, shape) = (at + len, out[i].shape);
            if end <= s.tokens.len() && !taken.any(at..end) && keys.same(s, start + 1, at + 1, len - 1) {
                taken.fill(at..end);
                out.push(Person { start: at, end, readings: Readings::None, same_as: None, shape, ground: Ground::Repeated });
                break;
            }
        }
    }
    if out.len() > full {
        settle(out);
    }
}

/// `Lâm Kiếm (Lin Jian)`: the name in other letters in brackets behind it. Whether there are some.
pub(super) fn spelled(s: &Sight<'_>, out: &mut Vec<Person>, taken: &mut Bits) -> bool {
    let mut more = Vec::new();
    // Brackets are seldom.
    for p in out.iter().filter(|p| s.tokens.get(p.end).is_some_and(|t| t.kind == Kind::Open && !t.begins_line())) {
        if p.ground == Ground::Credit || s.tokens[p.start].kind != Kind::Word {
            continue;
        }
        let open = p.end;
        let word = |i: usize| {
            let t = &s.tokens[i];
            t.kind == Kind::Word && t.is_capital() && t.flags & fold::UPPER == 0 || t.kind == Kind::Dash && t.gap == 0
        };
        let end = (open + 1..s.tokens.len().min(open + 8)).find(|&i| !word(i)).unwrap_or(open + 1);
        let words = (open + 1..end).filter(|&i| s.tokens[i].kind == Kind::Word).count();
        let other = s.lx.marks.title | s.lx.marks.place | s.lx.marks.organization | s.lx.marks.ministry | s.lx.marks.honorific;
        let known = (open + 1..end).any(|i| taken.has(i) || s.chart.begins(i, other) || s.tokens[i].begins_line());
        if (2..=LONGEST_OTHER).contains(&words) && !known && s.tokens.get(end).is_some_and(|t| t.kind == Kind::Close) {
            taken.fill(open + 1..end);
            let same_as = p.readings.is_empty().then_some(p.start);
            more.push(Person { start: open + 1, end, readings: p.readings.clone(), same_as, shape: p.shape, ground: Ground::Short });
        }
    }
    if more.is_empty() {
        return false;
    }
    out.extend(more);
    settle(out);
    true
}

/// `bà Chi Mai` behind `bà Vũ Chi Mai`: the last two syllables of a Vietnamese name that stands before.
pub(super) fn last_two(s: &Sight<'_>, out: &mut [Person], keys: &mut Keys) {
    let short = |p: &Person| p.end - p.start == 2 && p.readings.is_empty() && p.ground == Ground::Address && s.tokens[p.start].kind == Kind::Word;
    // Few names end as a short one does: most are told apart by a bit for each last word.
    let last = |p: &Person| 1u64 << (s.tokens[p.end - 1].coarse % u64::BITS);
    let ends = out.iter().filter(|p| short(p)).fold(0, |ends, p| ends | last(p));
    if ends == 0 {
        return;
    }
    let mut longer: HashMap<[Key; 2], usize> = HashMap::default();
    for i in 0..out.len() {
        let p = &out[i];
        let mut last_two = || [keys.of(s, p.end - 2), keys.of(s, p.end - 1)];
        if short(p) {
            if longer.is_empty() {
                continue;
            }
            let Some(&full) = longer.get(&last_two()) else { continue };
            let (readings, start) = (out[full].readings.clone(), out[full].start);
            let p = &mut out[i];
            (p.ground, p.shape, p.same_as) = (Ground::Short, Shape::Vietnamese, readings.is_empty().then_some(start));
            p.readings = readings;
        } else if s.tokens[p.start].kind == Kind::Word && p.end - p.start >= 3 && p.shape == Shape::Vietnamese && p.readings.len() <= 1 && ends & last(p) != 0 {
            longer.insert(last_two(), i);
        }
    }
}

/// A person whom no list holds, and not only a photo credit.
pub(super) fn can_be_repeated(p: &Person) -> bool {
    p.readings.is_empty() && p.ground != Ground::Credit
}

/// Gathers the names of people whom no list holds and who may be met again, by the key of the first word, with their places among
/// the people.
pub(super) fn full_names(s: &Sight<'_>, people: &[Person], again: &Again, keys: &mut Keys, names: &mut Vec<(Key, usize)>) {
    names.clear();
    for (i, p) in people.iter().enumerate().filter(|(_, p)| can_be_repeated(p) && again.may_be_repeated(s, p)) {
        names.push((keys.of(s, p.start), i));
    }
    names.sort_by_key(|n| n.0);
    let mut kept = 0;
    for at in 0..names.len() {
        let (first, i) = names[at];
        // Most are the only one of their first word.
        let alone = kept == 0 || names[kept - 1].0 != first;
        let (start, words) = (people[i].start, people[i].end - people[i].start);
        let mut alike = names[..kept].iter().rev().take_while(|n| n.0 == first).map(|n| &people[n.1]).enumerate();
        let mut refuses = |(n, p): (usize, &Person)| n + 1 >= ALIKE || p.end - p.start == words && keys.same(s, p.start + 1, start + 1, words - 1);
        if alone || !alike.any(&mut refuses) {
            names[kept] = (first, i);
            kept += 1;
        }
    }
    names.truncate(kept);
}
