//! Which surfaces stay: one spelling of one thing is one surface, and what can begin at one token has a bound.
//!
//! No list that speaks of the world comes near these bounds; checking a gazetteer tells of what is beyond them.

use super::{Atom, Case, Spelled, Strength, Surface};
use crate::text::words::Words;
use foldhash::{HashMap, HashSet};

/// Things that a name stands for at most, whatever its diacritics and capitals: so many in full, and so many as a short form.
pub(crate) const MOST_THINGS: usize = 64;
/// Spellings of a name that are looked for for one thing, where they differ in diacritics, capitals or strength alone.
pub(crate) const MOST_SPELLINGS: usize = 8;
/// Of names that each begin with the one before so many of the shortest are looked for, and as many of the longest.
pub(crate) const MOST_NESTED: usize = 8;

/// The words of a surface among those of all.
pub(super) fn run<'a>(spelled: &'a [Spelled], s: &Surface) -> &'a [Spelled] {
    &spelled[s.start as usize..s.start as usize + s.len()]
}

/// Puts things first that are looked for under a name that they all have: those that are `known` better, then by their order. Gives the
/// others.
pub(crate) fn left_out<T>(things: &mut [T], known: impl Fn(&T) -> bool) -> &[T] {
    things.sort_by_key(|t| !known(t));
    things.get(MOST_THINGS..).unwrap_or_default()
}

/// Which of some names are amid too many that begin alike. Names come in the order of their words, each once: how many words it has,
/// and how many of them the name before has too.
pub(crate) fn amid(names: impl Iterator<Item = (usize, usize)>) -> Vec<bool> {
    let mut out = Vec::with_capacity(names.size_hint().0 + 1);
    // The last name and those that it begins with: its number and words, and how many names follow on it one by one.
    let mut open: Vec<(usize, usize, usize)> = Vec::new();
    // Behind the last one stands nothing that begins as it does.
    for (words, shared) in names.chain([(0, 0)]) {
        while let Some((number, _, behind)) = open.pop_if(|o| o.1 > shared) {
            out[number] = open.len() >= MOST_NESTED && behind >= MOST_NESTED;
            if let Some(before) = open.last_mut() {
                before.2 = before.2.max(behind + 1);
            }
        }
        open.push((out.len(), words, 0));
        out.push(false);
    }
    out.pop();
    out
}

/// How many words two names have in common from the first on, by their coarse numbers.
fn shared(a: &[Spelled], b: &[Spelled], all: &Words) -> usize {
    a.iter().zip(b).take_while(|(x, y)| x == y || all.coarse(x.fine()) == all.coarse(y.fine())).count()
}

/// Sorts surfaces by their coarse numbers. One spelling of one thing stays as one surface, in however many languages. Where too many
/// things have a name in common those that are `known` better stay; `gone` takes the others.
pub(super) fn join(list: &mut [Surface], spelled: &[Spelled], all: &Words, known: impl Fn(Atom) -> bool, gone: &mut HashSet<Atom>) -> Vec<u32> {
    let of = |list: &[Surface], s: u32| run(spelled, &list[s as usize]);
    let coarse = |s: u32| of(list, s).iter().map(|w| all.coarse(w.fine()));
    let mut order: Vec<u32> = (0..list.len() as u32).collect();
    order.sort_unstable_by(|&a, &b| coarse(a).cmp(coarse(b)).then(a.cmp(&b)));
    let mut kept: Vec<u32> = Vec::with_capacity(order.len());
    // Where the surfaces of each name end in `kept`, how many words it has, and how many of them the name before has too.
    let (mut names, mut before): (Vec<(u32, u8, u8)>, &[Spelled]) = (Vec::new(), &[]);
    let mut rest = &order[..];
    while let Some(&first) = rest.first() {
        let this = of(list, first);
        let is_this = |&&s: &&u32| of(list, s).len() == this.len() && shared(of(list, s), this, all) == this.len();
        let (group, others) = rest.split_at(rest.iter().take_while(is_this).count());
        let common = shared(this, before, all);
        if let [one] = group {
            kept.push(*one)
        } else {
            join_group(list, spelled, group, &known, &mut kept, gone)
        }
        // No name has more words than a byte can say.
        names.push((kept.len() as u32, this.len() as u8, common as u8));
        (rest, before) = (others, this);
    }
    let amid = amid(names.iter().map(|&(_, words, shared)| (words.into(), shared.into())));
    if amid.contains(&true) {
        let (mut at, mut name) = (0, 0);
        kept.retain(|&s| {
            name += usize::from(names[name].0 == at);
            at += 1;
            // Words of the grammar stay, whatever a list has beside them: no finding could tell of them.
            !amid[name] || !matches!(list[s as usize].atom, Atom::Entity(_) | Atom::Short(_))
        });
    }
    kept
}

/// Adds the surfaces of one name that stay, in their order.
fn join_group(list: &mut [Surface], spelled: &[Spelled], group: &[u32], known: &impl Fn(Atom) -> bool, kept: &mut Vec<u32>, all_gone: &mut HashSet<Atom>) {
    let start = kept.len();
    let mut twins: HashMap<(Atom, Strength, Case, &[Spelled]), u32> = HashMap::default();
    let mut things: HashMap<Atom, usize> = HashMap::default();
    // Things in their order: in full, as a short form.
    let mut in_order: [Vec<Atom>; 2] = Default::default();
    for &s in group {
        let this = &list[s as usize];
        let languages = this.languages;
        let twin = *twins.entry((this.atom, this.strength, this.case(), run(spelled, this))).or_insert(s);
        list[twin as usize].languages |= languages;
        if twin == s {
            let atom = list[s as usize].atom;
            let spellings = things.entry(atom).or_insert_with(|| {
                in_order[usize::from(matches!(atom, Atom::Short(_)))].push(atom);
                0
            });
            *spellings += 1;
            if *spellings <= MOST_SPELLINGS {
                kept.push(s);
            }
        }
    }
    let gone: HashSet<Atom> = in_order.iter_mut().flat_map(|things| left_out(things, |&a| known(a)).iter().copied()).collect();
    if !gone.is_empty() {
        let mut own = kept.split_off(start);
        own.retain(|&s| !gone.contains(&list[s as usize].atom));
        kept.append(&mut own);
        all_gone.extend(gone);
    }
}

#[cfg(test)]
mod tests {
    use super::super::Asks;
    use super::*;
    use crate::text::fold::fold_word;
    use proptest::prelude::*;

    /// Names from letters: how many words each has, and how many of them the one before has too.
    fn runs(names: &[&str]) -> Vec<(usize, usize)> {
        let before = std::iter::once("").chain(names.iter().copied());
        let shared = |(a, b): (&str, &str)| a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
        names.iter().zip(before).map(|(name, before)| (name.len(), shared((name, before)))).collect()
    }

    #[test]
    fn what_is_amid_too_many() {
        let long = "abcdefghijklmnopqrstuvwxyz";
        for count in 0..=long.len() {
            let names: Vec<&str> = (1..=count).map(|n| &long[..n]).collect();
            let gone = amid(runs(&names).into_iter());
            let wanted = |i: usize| i >= MOST_NESTED && count - 1 - i >= MOST_NESTED;
            assert_eq!(gone, (0..count).map(wanted).collect::<Vec<_>>());
        }
        // Branches of a tree: only what lies on the long one is amid many.
        let mut names: Vec<String> = (1..=20).map(|n| long[..n].to_string()).collect();
        names.extend((1..=20).map(|n| format!("{}z", &long[..n])));
        names.sort();
        let sorted: Vec<&str> = names.iter().map(|n| &**n).collect();
        let gone: Vec<&str> = sorted.iter().zip(amid(runs(&sorted).into_iter())).filter(|(_, gone)| *gone).map(|(n, _)| *n).collect();
        // With the branch at its end the long one has one name more.
        assert_eq!(gone, (9..=13).map(|n| &long[..n]).collect::<Vec<_>>());
    }

    /// Each against all before it.
    fn naive(list: &mut [Surface], spelled: &[Spelled], all: &Words) -> Vec<u32> {
        let coarse = |s: &Surface| run(spelled, s).iter().map(|w| all.coarse(w.fine())).collect::<Vec<_>>();
        let mut order: Vec<u32> = (0..list.len() as u32).collect();
        order.sort_by_key(|&s| (coarse(&list[s as usize]), s));
        let mut kept: Vec<u32> = Vec::new();
        for s in order {
            let this = list[s as usize].clone();
            let same = |o: &Surface| (o.atom, o.strength, o.case(), run(spelled, o)) == (this.atom, this.strength, this.case(), run(spelled, &this));
            match kept.iter().find(|&&k| same(&list[k as usize])) {
                Some(&k) => list[k as usize].languages |= this.languages,
                None => kept.push(s),
            }
        }
        kept
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn one_spelling_of_one_thing_is_one_surface(names in prop::collection::vec((0..4u32, prop::collection::vec((0..6usize, 0..2u8), 1..4), 0..3u8, 0..6u8), 0..30)) {
            let mut words = Words::default();
            let numbers: Vec<u32> = ["a", "á", "à", "b", "c", "ç"].map(|w| words.intern(&fold_word(w)).1).to_vec();
            let (mut list, mut spelled) = (Vec::new(), Vec::new());
            for (entity, name, language, how) in names {
                let start = spelled.len() as u32;
                spelled.extend(name.iter().map(|&(w, flags)| Spelled::of(numbers[w], flags)));
                let strength = [Strength::Never, Strength::Weak, Strength::Strong][usize::from(how % 3)];
                let atom = if entity == 3 { Atom::Short(0) } else { Atom::Entity(entity) };
                let surface = Surface::new(atom, 1 << language, strength, Asks::of(Case::ALL[usize::from(how / 3)], false));
                list.push(surface.of_words(start, name.len()));
            }
            let mut other = list.clone();
            let (joined, wanted) = (join(&mut list, &spelled, &words, |_| false, &mut HashSet::default()), naive(&mut other, &spelled, &words));
            // No thing has so many spellings here that some are left out: all that are there may be fewer than that.
            let count = |list: &[Surface], s: u32| wanted.iter().filter(|&&o| list[o as usize].atom == list[s as usize].atom).count();
            prop_assume!(wanted.iter().all(|&s| count(&other, s) <= MOST_SPELLINGS));
            prop_assert_eq!(joined, wanted);
            prop_assert_eq!(list, other);
        }
    }

    #[test]
    fn many_that_are_alike_leave_few() {
        let mut words = Words::default();
        let number = words.intern(&fold_word("zuk")).1;
        let spelled: Vec<Spelled> = (0..=u8::MAX).map(|flags| Spelled::of(number, flags)).collect();
        let surface = |atom, start| Surface::new(atom, 1, Strength::Strong, Asks::of(Case::Name, true)).of_words(start, 1);
        // One thing in many spellings, many things in one, as many short forms, and those again in another language.
        let mut list: Vec<Surface> = (0..=255).map(|flags| surface(Atom::Entity(7), flags)).collect();
        list.extend((0..200_000).map(|i| surface(Atom::Entity(i), 0)));
        list.extend((0..200_000).map(|i| surface(Atom::Short(i), 0)));
        list.extend((0..200_000).map(|i| Surface { languages: 2, ..surface(Atom::Entity(i), 0) }));
        let mut gone = HashSet::default();
        let kept = join(&mut list, &spelled, &words, |a| matches!(a, Atom::Entity(i) | Atom::Short(i) if i % 1_000 == 999), &mut gone);
        let of = |atom: fn(Atom) -> Option<u32>| -> Vec<u32> { kept.iter().filter_map(|&s| atom(list[s as usize].atom)).collect() };
        // All that are known better; behind them the first.
        let known = (999..).step_by(1_000).take(MOST_THINGS).collect::<Vec<_>>();
        assert_eq!(of(|a| if let Atom::Entity(i) = a { Some(i) } else { None }), known);
        assert_eq!(of(|a| if let Atom::Short(i) = a { Some(i) } else { None }), known);
        assert_eq!(gone.len(), 2 * (200_000 - MOST_THINGS));
        assert!(kept.iter().all(|&s| list[s as usize].languages == if matches!(list[s as usize].atom, Atom::Short(_)) { 1 } else { 3 }));
        let kept = join(&mut list, &spelled, &words, |_| false, &mut HashSet::default());
        let entities: Vec<u32> = kept.iter().filter_map(|&s| if let Atom::Entity(i) = list[s as usize].atom { Some(i) } else { None }).collect();
        assert_eq!(entities.len(), MOST_SPELLINGS + MOST_THINGS - 1);
    }
}
