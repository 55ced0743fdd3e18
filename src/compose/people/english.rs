//! English names that no title opens: what stands beside them, or a given name, says that they are people's.

use super::run::postnominal;
use super::told::Told;
use super::{Ground, Person, Readings, Shape, Sight};
use crate::compose::chart::{joined, sign};
use crate::compose::english::{ENGLISH, upper};
use crate::lexicon::Strength;
use crate::lexicon::grammar::Symbols;
use crate::text::bits::Bits;
use crate::text::fold;
use crate::text::lines::ENGLISH_LINE;
use crate::text::script::romaji;
use crate::text::tokens::Kind;

/// Words of a name at most.
const LONGEST: usize = 5;
/// Tokens between a name and the word behind its comma that says what somebody is, at most.
const LONGEST_ASIDE: usize = 8;
/// Letters of a half of a Korean given name at most.
const LONGEST_HALF: u32 = 6;

/// Finds the names.
pub(super) fn find(s: &Sight<'_>, out: &mut Vec<Person>, taken: &mut Bits, told: &Told) {
    for (line, _) in s.lines.with(ENGLISH_LINE, s.tokens.len()) {
        if s.lines.upper(line.start) {
            continue;
        }
        for here in s.layout.bold_set().among(line) {
            let t = &s.tokens[here];
            if t.kind != Kind::Word || !t.is_capital() || taken.has(here) || told.has(here, |r| r.inner) {
                continue;
            }
            let Some((end, shape)) = s.run(here) else { continue };
            let end = (here + 1..end).find(|&e| taken.has(e)).unwrap_or(end);
            if begins(s, here, shape) && is_name(s, here, end, shape) && shows(s, here, end, shape, taken) {
                taken.fill(here..end);
                out.push(Person { start: here, end, readings: Readings::None, same_as: None, shape, ground: Ground::Beside });
            }
        }
    }
}

/// Whether a name can begin here: no word in capitals stands right before it that could be a part of it.
fn begins(s: &Sight<'_>, here: usize, shape: Shape) -> bool {
    let m = &s.lx.marks;
    if here == 0 || !joined(&s.tokens[here]) || s.tokens[here - 1].kind != Kind::Word || !s.tokens[here - 1].is_capital() {
        return true;
    }
    let known = m.nationality | m.title | m.honorific | m.name_stop | m.counterpart;
    if ends(s, here, known) || tells(s, here, sign::PERSON) || tells(s, here, sign::SPEECH) {
        return true;
    }
    // `When Nobuo Kishi …`: the first word of a sentence.
    s.layout.opens(here - 1)
        && (s.chart.signs(s.lx, here, sign::GIVEN_NAME) || shape == Shape::Vietnamese)
        && !s.chart.signs(s.lx, here - 1, sign::GIVEN_NAME)
        && !s.chart.begins(here - 1, m.family_name)
}

/// Whether the words are nothing else: no place, body, role, field or word that closes the name of a firm.
fn is_name(s: &Sight<'_>, start: usize, end: usize, shape: Shape) -> bool {
    let m = &s.lx.marks;
    let words = (start..end).filter(|&k| s.tokens[k].kind == Kind::Word && s.tokens[k].is_capital()).count();
    if !(2..=LONGEST).contains(&words) {
        return false;
    }
    let quiet = m.family_name | m.short | m.common_word | m.name_particle | m.person | m.compound | m.postnominal | m.shy_word;
    let given = s.chart.signs(s.lx, start, sign::GIVEN_NAME);
    // `Nguyen The Phuong`: the syllables were looked at before.
    let other = m.place | m.organization | m.ministry | m.title | m.mechanism | m.nationality;
    let free = |k: usize| {
        let t = &s.tokens[k];
        let last = given && k > start;
        t.kind != Kind::Word
            || s.chart.at(k).all(|i| {
                i.symbols & !quiet == 0
                    || i.symbols == m.sign && i.number == sign::GIVEN_NAME
                    || i.strength == Strength::Weak && i.symbols & (m.organization | m.place | m.initiative | m.mechanism) != 0
                    || last && i.symbols & m.place != 0 && i.end as usize == k + 1
                    || i.bare && k > start && i.symbols & m.country == 0
                    || shape == Shape::Vietnamese && k > start && i.end as usize == k + 1 && i.symbols & other == 0
                    || i.languages & ENGLISH == 0 && i.end as usize == k + 1 && i.symbols & (m.place | m.organization) == 0
            })
    };
    if !(start..end).all(free) || (start..end).any(|k| s.tokens[k].kind == Kind::Word && upper(&s.tokens[k]) && s.tokens[k].end - s.tokens[k].start > 2) {
        return false;
    }
    // `Martin Place Hotel`, `Ngo Quyen Street`: it goes on.
    let next = |t: &crate::text::tokens::Token| t.kind == Kind::Word && t.is_capital() && joined(t) || t.kind == Kind::Dash && t.gap == 0;
    let goes_on = s.tokens.get(end).is_some_and(next) && !postnominal(s, end) && !s.chart.begins(end, m.name_stop | m.month_name);
    let not_his = |i: usize| s.chart.begins(i, m.not_a_person | m.body_head) || s.chart.signs(s.lx, i, sign::FIRM);
    if (start + 1..end).any(not_his) {
        return false;
    }
    let numbered = start > 0 && s.tokens[start - 1].kind == Kind::Number && joined(&s.tokens[start]);
    let ship = start > 0 && s.chart.signs(s.lx, start - 1, sign::SHIP);
    !goes_on && !ship && !not_his(end) && !ends(s, start, m.not_a_person) && !numbered
}

/// What shows that it is a name.
fn shows(s: &Sight<'_>, start: usize, end: usize, shape: Shape, taken: &Bits) -> bool {
    let m = &s.lx.marks;
    let words = end - start;
    let vietnamese = shape == Shape::Vietnamese && words >= 3;
    if vietnamese || s.chart.signs(s.lx, start, sign::GIVEN_NAME) || korean(s, start, end) {
        return true;
    }
    let kin = |i: usize| s.tokens.get(i).is_some_and(|t| matches!(t.kind, Kind::Comma | Kind::Period | Kind::Stop | Kind::Semicolon));
    // `researcher Hu Bo`, `said Hu Bo.`
    if tells(s, start, sign::PERSON) && near_before(s, start) || tells(s, start, sign::SPEECH) && kin(end) {
        return true;
    }
    // `the panel's top Democrat, Hu Bo,`
    if start > 0 && s.tokens[start - 1].kind == Kind::Comma && tells(s, start - 1, sign::PERSON) && kin(end) {
        return true;
    }
    // `Huong Le Thu of the Tarkan Group notes`
    let syllables = (start..end).all(|k| s.tokens[k].kind == Kind::Word && s.tokens[k].flags & fold::SYLLABLE != 0);
    let of = s.chart.with(end, m.of).any(|i| i.languages & ENGLISH != 0) || s.chart.signs(s.lx, end, sign::AT);
    if words == 3 && syllables && of && s.tokens.get(end).is_some_and(joined) {
        return true;
    }
    if described(s, end) {
        return true;
    }
    // `President Ho Chi Minh and Kenji Miyamoto`
    let romaji_all = (start..end).all(|k| s.tokens[k].kind == Kind::Word && romaji(s.raw(k)));
    let joined_to = |k: usize| s.chart.with(k, m.and).any(|i| i.end as usize == start && i.languages & ENGLISH != 0) && k > 0 && taken.has(k - 1);
    if romaji_all && start > 0 && joined_to(start - 1) {
        return true;
    }
    // `picked Seiko Noda as minister`
    if romaji_all && s.chart.with(end, m.copula).any(|i| i.languages & ENGLISH != 0) && s.tokens.get(end).is_some_and(joined) {
        return true;
    }
    // `Hu Bo warned`: only where the name looks like one too, for papers and firms say things as well.
    let speaks = s.tokens.get(end).is_some_and(|t| joined(t) && !t.is_capital())
        && (s.chart.signs(s.lx, end, sign::SPEECH) || s.chart.with(end, m.clause_word).any(|i| i.languages & ENGLISH != 0));
    let initial = (start..end).any(|k| s.tokens[k].kind == Kind::Period);
    speaks && (initial || romaji_all || shape == Shape::Vietnamese)
}

/// Nothing but a space before a name, so that the word before it tells of it.
fn near_before(s: &Sight<'_>, start: usize) -> bool {
    joined(&s.tokens[start])
}

/// `, 44,`, `, who`, `, a visiting fellow at`: a comma, and a word that says what somebody is.
fn described(s: &Sight<'_>, end: usize) -> bool {
    let m = &s.lx.marks;
    let t = |i: usize| s.tokens.get(i);
    if !t(end).is_some_and(|c| c.kind == Kind::Comma && !c.begins_line()) {
        return false;
    }
    let from = end + 1;
    let age = t(from).is_some_and(|n| n.kind == Kind::Number && n.end - n.start == 2) && t(from + 1).is_some_and(|c| c.kind == Kind::Comma);
    if age || s.chart.signs(s.lx, from, sign::SPEECH) {
        return true;
    }
    for at in from..from + LONGEST_ASIDE {
        let Some(word) = t(at).filter(|w| matches!(w.kind, Kind::Word | Kind::Possessive | Kind::Dash) && !w.begins_line()) else { return false };
        // What stands behind `of` or a verb tells of something else.
        let of = at > from && (s.chart.signs(s.lx, at, sign::AT) || s.chart.with(at, m.of | m.clause_word).any(|i| i.languages & ENGLISH != 0));
        if of && word.kind == Kind::Word && !word.is_capital() {
            return false;
        }
        if let Some(noun) = s.chart.sign(s.lx, at, sign::PERSON) {
            // `, Japan Ambassador Ito …`: a title before another name is that one's; `, the President called`: another clause.
            let behind = noun.end as usize;
            let ends = t(behind).is_none_or(|n| n.kind != Kind::Word || n.begins_line());
            let joint = s.chart.with(behind, m.of | m.with | m.and | m.inside | m.about).any(|i| i.languages & ENGLISH != 0);
            let goes_on = joint || s.chart.signs(s.lx, behind, sign::AT) || s.chart.signs(s.lx, behind, sign::SPEECH);
            return ends || goes_on && t(behind).is_some_and(|n| !n.is_capital());
        }
    }
    false
}

/// `Shin Won-sik`: a short word, and two halves with a hyphen, the second in small letters.
fn korean(s: &Sight<'_>, start: usize, end: usize) -> bool {
    let word = |k: usize| s.tokens[k].kind == Kind::Word && s.tokens[k].end - s.tokens[k].start <= LONGEST_HALF;
    end == start + 4
        && word(start)
        && word(start + 1)
        && s.tokens[start + 2].kind == Kind::Dash
        && word(start + 3)
        && !s.tokens[start + 3].is_capital()
        && (s.chart.begins(start, s.lx.marks.family_name | s.lx.marks.short) || s.chart.signs(s.lx, start, sign::GIVEN_NAME))
}

/// A word that says something of the name behind it ends right before a token.
fn tells(s: &Sight<'_>, at: usize, number: u8) -> bool {
    (1..=4.min(at)).any(|b| s.chart.sign(s.lx, at - b, number).is_some_and(|i| i.end as usize == at))
}

/// An item with one of the symbols ends right before a token.
fn ends(s: &Sight<'_>, at: usize, symbols: Symbols) -> bool {
    (1..=4.min(at))
        .any(|b| s.chart.with(at - b, symbols).any(|i| i.end as usize == at && (i.languages & ENGLISH != 0 || s.tokens[at - b].flags & fold::SYLLABLE == 0)))
}
