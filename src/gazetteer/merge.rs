//! One gazetteer behind another: extend, override, remove, each on purpose.

use super::Gazetteer;
use super::places::Places;
use super::record::{Action, Forms, Record, Text};
use crate::error::Finding;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

pub(crate) fn merge(base: &mut Gazetteer, mut later: Gazetteer) -> Vec<Finding> {
    let offset = base.files.len() as u32;
    base.texts.resize(base.files.len(), Arc::from(""));
    base.files.append(&mut later.files);
    base.texts.append(&mut later.texts);
    let mut wrong = Vec::new();
    // Into nothing, new records go as they are: a long list is not copied, and reading it found ids used twice.
    if base.records.is_empty() && later.records.iter().all(|r| r.action == Action::Add) {
        later.records.iter_mut().for_each(|r| shift(r, offset));
        base.records = std::mem::take(&mut later.records);
    }
    // Nothing to look up where nothing comes.
    let known = if later.records.is_empty() { &[][..] } else { &base.records[..] };
    let mut index: HashMap<Text, usize> = known.iter().enumerate().map(|(i, r)| (r.id.clone(), i)).collect();
    let mut gone = vec![false; base.records.len()];
    for mut r in later.records {
        shift(&mut r, offset);
        let here = index.get(&r.id).copied();
        match (r.action, here) {
            (Action::Add, None) => {
                index.insert(r.id.clone(), base.records.len());
                gone.push(false);
                base.records.push(r);
            }
            (Action::Override, Some(i)) => {
                // It is a record like any other now, which may be merged into something else.
                r.action = Action::Add;
                base.records[i] = r;
            }
            (Action::Extend, Some(i)) => extend(&mut base.records[i], r),
            (Action::Remove, Some(i)) => gone[i] = true,
            (Action::Add, Some(_)) => {
                wrong.push((r.at, "G006", format!("`{}` is there already", r.id), "say `action = \"extend\"` or `\"override\"`, or choose another id"));
            }
            (_, None) => wrong.push((r.at, "G009", format!("no `{}` to change", r.id), "mend the id, or leave `action` out")),
        }
    }
    let mut at = 0;
    base.records.retain(|_| {
        at += 1;
        !gone[at - 1]
    });
    macro_rules! append {
        ($($list:ident),*) => {$(
            for mut x in later.$list {
                x.at.file += offset;
                base.$list.push(x);
            }
        )*};
    }
    for rule in &mut later.rules {
        for (_, at) in &mut rule.forms {
            at.file += offset;
        }
    }
    append!(roles, role_words, portfolios, families, words, templates, rules);
    let places = Places::new(base);
    wrong.into_iter().map(|(at, code, message, remedy)| places.finding(at, ("id", ""), code, message, remedy.into())).collect()
}

/// Numbers the file of a record anew.
fn shift(r: &mut Record, offset: u32) {
    let inner = r.tenures.iter_mut().map(|t| &mut t.at).chain(r.editions.iter_mut().map(|e| &mut e.at));
    inner.chain([&mut r.at]).for_each(|at| at.file += offset);
}

fn extend(base: &mut Record, r: Record) {
    let join = |a: &mut Forms, b: Forms| {
        for (a, mut b) in a.iter_mut().zip(b) {
            let mut known: HashSet<Text> = a.iter().cloned().collect();
            b.retain(|form| known.insert(form.clone()));
            a.append(&mut b);
        }
    };
    join(&mut base.alias, r.alias);
    join(&mut base.exact, r.exact);
    join(&mut base.weak, r.weak);
    join(&mut base.never, r.never);
    join(&mut base.short, r.short);
    join(&mut base.adjective, r.adjective);
    join(&mut base.compound, r.compound);
    for (a, b) in base.name.iter_mut().zip(r.name) {
        if a.is_none() {
            *a = b;
        }
    }
    base.tenures.extend(r.tenures);
    base.editions.extend(r.editions);
    base.sources.extend(r.sources);
    base.shares.extend(r.shares);
}
