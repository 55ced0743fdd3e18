//! Names that a lexicon leaves out, since too many are like them.

use super::Check;
use super::names::Fold;
use crate::gazetteer::record::Record;
use crate::lexicon::Spelled;
use crate::lexicon::join::{MOST_NESTED, MOST_SPELLINGS, MOST_THINGS, amid, left_out};

/// A name of a record.
struct Borne<'g> {
    /// Its words whatever their diacritics and capitals.
    words: Box<[u32]>,
    record: usize,
    /// Its words with them, and which list it stands in.
    spelling: (Box<[Spelled]>, u8),
    form: &'g str,
}

/// The names of a record that are looked for everywhere, each with the number of its list.
fn names(r: &Record) -> impl Iterator<Item = (&str, u8)> {
    // A canonical name that is listed again as weak or of a fixed case counts as that.
    let canonical = r.name.iter().enumerate().filter_map(|(l, n)| n.as_ref().filter(|n| !r.weak[l].contains(n) && !r.exact[l].contains(n)));
    let lists = [&r.alias, &r.exact, &r.weak, &r.never].into_iter().zip(0..);
    canonical.map(|n| (&**n, 0)).chain(lists.flat_map(|(forms, list)| forms.iter().flatten().map(move |f| (&**f, list))))
}

pub(super) fn check(c: &mut Check<'_>, fold: &mut Fold) {
    let g = c.g;
    let mut all: Vec<Borne<'_>> = Vec::new();
    for (record, r) in g.records.iter().enumerate() {
        for (form, list) in names(r) {
            let tokens = fold.cut(form);
            let words = tokens.iter().map(|t| t.coarse).collect();
            all.push(Borne { words, record, spelling: (tokens.iter().map(|t| Spelled::of(t.fine, t.flags)).collect(), list), form });
        }
    }
    all.retain(|b| !b.words.is_empty());
    all.sort_by(|a, b| (&a.words, a.record, &a.spelling).cmp(&(&b.words, b.record, &b.spelling)));
    all.dedup_by(|b, a| (&a.words, a.record, &a.spelling) == (&b.words, b.record, &b.spelling));
    for name in all.chunk_by(|a, b| a.words == b.words) {
        let mut bearers: Vec<&[Borne<'_>]> = name.chunk_by(|a, b| a.record == b.record).collect();
        for own in bearers.iter().filter(|own| own.len() > MOST_SPELLINGS) {
            let what = format!("listed in {} spellings that differ in diacritics and capitals alone", own.len());
            say(c, &own[0], "G023", &what, format!("leave {MOST_SPELLINGS}; more are not looked for"));
        }
        let what = format!("not looked for, since {} records have it", bearers.len());
        for own in left_out(&mut bearers, |own| !g.records[own[0].record].tenures.is_empty()) {
            say(c, &own[0], "G023", &what, format!("leave it to {MOST_THINGS} records, whatever its diacritics and capitals"));
        }
    }
    nested(c, &all);
}

/// Names that begin with many others, and with which many begin.
fn nested(c: &mut Check<'_>, all: &[Borne<'_>]) {
    let mut before: &[u32] = &[];
    let runs = all.chunk_by(|a, b| a.words == b.words).map(|name| {
        let words = &name[0].words;
        let shared = words.iter().zip(std::mem::replace(&mut before, words)).take_while(|(a, b)| a == b).count();
        (words.len(), shared)
    });
    let gone = amid(runs);
    for (name, _) in all.chunk_by(|a, b| a.words == b.words).zip(gone).filter(|(_, gone)| *gone) {
        let what = format!("not looked for, since more than {} names stand one in the beginning of the other, and it is amid them", 2 * MOST_NESTED);
        say(c, &name[0], "G024", &what, format!("leave the {MOST_NESTED} shortest and the {MOST_NESTED} longest"));
    }
}

fn say(c: &mut Check<'_>, name: &Borne<'_>, code: &'static str, what: &str, remedy: String) {
    let r = &c.g.records[name.record];
    c.say_of(r.at, ("", name.form), code, format!("`{}` of `{}` is {what}", name.form, r.id), remedy);
}
