//! How far a name goes: runs of Vietnamese syllables, and of words in capitals.

use super::{LONGEST_OTHER, MOST_HYPHENS, Shape, Sight};
use crate::compose::chart::{Chart, Item, joined, sign};
use crate::compose::english::ENGLISH;
use crate::lexicon::grammar::Symbols;
use crate::lexicon::{Lexicon, Marks, Strength};
use crate::text::fold;
use crate::text::tokens::{Kind, Token};

/// Tokens of a Vietnamese name at most.
const LONGEST_VIETNAMESE: usize = 5;
/// Bytes of a character at most.
const LONGEST_LETTER: u32 = 4;

/// End of a run of Vietnamese name syllables that a family name opens, from the token `start` on.
pub(crate) fn vietnamese_name(lx: &Lexicon, tokens: &[Token], chart: &Chart, start: usize) -> Option<usize> {
    let m = &lx.marks;
    let first = tokens.get(start)?;
    if !first.is_capital() || !chart.begins(start, m.family_name) {
        return None;
    }
    // `Hàn Quốc`, `Hà Nội`: a listed name of something else.
    let other = m.place | m.organization | m.ministry | m.title | m.mechanism;
    if chart.laid(start, other).any(|i| i.end as usize >= start + 2 && i.strength == Strength::Strong) {
        return None;
    }
    let mut end = start + 1;
    while end < tokens.len() && end < start + LONGEST_VIETNAMESE {
        let t = &tokens[end];
        if t.kind != Kind::Word || !joined(t) || !t.is_capital() || t.flags & fold::INNER != 0 && t.flags & fold::UPPER == 0 {
            break;
        }
        // Most syllables are nothing else.
        let here = chart.perhaps_at(end);
        if t.flags & fold::SYLLABLE != 0 && (here == 0 || here & (m.name_stop | m.role_portfolio | m.role_full | names(m) | m.country) == 0) {
            end += 1;
            continue;
        }
        let closes = (end == start + 2 || end == start + 1 && t.flags & fold::VIETNAMESE_MARK == 0 && !chart.begins(start, m.name_stop | m.delegation))
            && only_word(lx, chart, end)
            && tokens.get(end + 1).is_none_or(|n| n.kind != Kind::Word || !n.is_capital() || !joined(n));
        // `Phạm Thị Thái Lan`: called like a country.
        if end == start + 2 && chart.signs(lx, start + 1, sign::MIDDLE_NAME) {
            let ends = |e: usize| tokens.get(e).is_none_or(|n| n.kind != Kind::Word || !n.is_capital() || !joined(n));
            if let Some(country) = chart.with(end, m.country).find(|i| i.end as usize == end + 2 && ends(end + 2)) {
                return Some(country.end as usize);
            }
        }
        // `Lại Thái Bình`: the last two syllables are a province's name as well.
        let province = end == start + 1
            && !chart.begins(start, m.delegation | m.name_stop)
            && chart.with(end, m.place).any(|i| i.end as usize == end + 2 && i.symbols & m.country == 0)
            && chart.at(end).all(|i| i.symbols & (m.place | m.family_name | m.short | m.common_word) != 0 || i.end as usize == end + 1)
            && tokens.get(end + 1).is_some_and(|n| n.kind == Kind::Word && n.is_capital() && joined(n) && n.flags & fold::SYLLABLE != 0)
            && tokens.get(end + 2).is_none_or(|n| n.kind != Kind::Word || !n.is_capital() || !joined(n));
        if province {
            return Some(end + 2);
        }
        // `Nguyen Hai Anh`: a word of the stop list is a middle name as well.
        let goes_on = |n: &Token| n.kind == Kind::Word && n.is_capital() && joined(n) && n.flags & fold::SYLLABLE != 0;
        let middle =
            end == start + 1 && !chart.begins(start, m.delegation | m.name_stop) && only_word(lx, chart, end) && tokens.get(end + 1).is_some_and(goes_on);
        if stops_name(lx, chart, end) && !closes && !(middle && t.flags & fold::VIETNAMESE_MARK == 0) {
            break;
        }
        if t.flags & fold::SYLLABLE == 0 {
            // A foreign word goes on with the name: `Cao Kim Hourn` is not Vietnamese.
            if chart.begins(end, !(m.name_particle | m.sign)) {
                break;
            }
            return None;
        }
        end += 1;
    }
    (end >= start + 2).then_some(end)
}

/// Something begins here that no name goes on over: a word of the stop list, a role, a name of two words or more.
pub(super) fn stops_name(lx: &Lexicon, chart: &Chart, at: usize) -> bool {
    let m = &lx.marks;
    chart.begins(at, m.name_stop | m.role_portfolio | m.role_full)
        || chart.laid(at, names(m)).any(|i| i.end as usize >= at + 2 && i.strength == Strength::Strong)
}

/// Names of several words that end the name of a person.
pub(super) fn names(m: &Marks) -> Symbols {
    m.place | m.ministry | m.organization | m.title | m.mechanism | m.agreement | m.initiative
}

/// `Võ Tuấn Nhân`: nothing but a single word of the stop list begins here.
pub(super) fn only_word(lx: &Lexicon, chart: &Chart, at: usize) -> bool {
    let m = &lx.marks;
    let quiet = m.name_stop
        | m.family_name
        | m.sign
        | m.body_head
        | m.delegation
        | m.photo
        | m.inside
        | m.of
        | m.clause_word
        | m.and
        | m.about
        | m.common_word
        | m.short
        | m.edition_before
        | m.between
        | m.with
        | m.generic_before
        | m.both_before
        | m.article
        | m.edition_before
        | m.ordinal;
    chart.begins(at, m.name_stop)
        && !chart.begins(at, m.photo)
        && chart.at(at).all(|i| {
            (i.symbols & !quiet == 0 || i.languages & ENGLISH == 0 && i.symbols & (m.place | m.organization | m.person) == 0) && i.end as usize == at + 1
        })
}

/// A word of one character.
#[inline]
pub(super) fn is_letter(s: &Sight<'_>, at: usize) -> bool {
    let t = &s.tokens[at];
    t.kind == Kind::Word
        && t.end - t.start <= LONGEST_LETTER
        && match *s.bytes(at) {
            [_] => true,
            // The first byte says how many there are.
            [first, _] => first >= 0xc0,
            [first, _, _] => first >= 0xe0,
            [first, _, _, _] => first >= 0xf0,
            _ => false,
        }
}

/// `AO`, `PSM`: letters behind a name that are no part of it.
pub(super) fn postnominal(s: &Sight<'_>, at: usize) -> bool {
    s.tokens.get(at).is_some_and(|t| t.flags & fold::UPPER != 0 && joined(t) && s.chart.begins(at, s.lx.marks.postnominal))
}

/// A longer run of name syllables stands here than the listed name: it is another person's.
pub(super) fn goes_on(s: &Sight<'_>, start: usize, end: usize) -> bool {
    let Some(next) = s.tokens.get(end) else { return false };
    if next.kind != Kind::Word || !joined(next) || !next.is_capital() || s.upper(end) {
        return false;
    }
    // `Nguyễn Thị Thanh Mỹ`: a syllable that is a country's name elsewhere.
    let syllable = s.chart.begins(end, s.lx.marks.common_word) && s.chart.at(end).all(|i| i.end as usize == end + 1);
    let known = !syllable && s.chart.begins(end, !(s.lx.marks.family_name | s.lx.marks.short | s.lx.marks.sign));
    !known && next.flags & fold::SYLLABLE != 0 && vietnamese_name(s.lx, s.tokens, s.chart, start).is_some_and(|e| e > end)
}

impl Sight<'_> {
    /// `Theresa May`: the name of a month that no number follows or precedes.
    pub(super) fn month_as_name(&self, at: usize) -> bool {
        let month = self.chart.begins(at, self.lx.marks.month_name);
        let number = |i: usize| self.tokens.get(i).is_some_and(|t| t.kind == Kind::Number);
        month && !number(at + 1) && !(at > 0 && number(at - 1)) && self.chart.at(at).all(|i| i.end as usize == at + 1)
    }

    /// A run of name syllables, the first a Vietnamese family name.
    pub(super) fn vietnamese(&self, start: usize) -> Option<usize> {
        let end = vietnamese_name(self.lx, self.tokens, self.chart, start)?;
        // `Lê Hải-ô` and the like go on with a hyphen: then it is no Vietnamese name.
        let hyphen = self.tokens.get(end).is_some_and(|t| t.kind == Kind::Dash && t.gap == 0);
        (!hyphen && self.tokens[start..end].iter().all(|t| t.flags & fold::SYLLABLE != 0)).then_some(end)
    }

    /// A run of capitalised name words of any shape, in a line that is not in capitals throughout.
    pub(super) fn run(&self, start: usize) -> Option<(usize, Shape)> {
        if let Some(end) = self.vietnamese(start) {
            return Some((end, Shape::Vietnamese));
        }
        let m = &self.lx.marks;
        let t = self.tokens.get(start)?;
        // `Theo Francken` is no `theo`.
        let foreign_next = || self.tokens.get(start + 1).is_some_and(|n| n.kind == Kind::Word && joined(n) && n.is_capital() && n.flags & fold::SYLLABLE == 0);
        let stops = || self.chart.begins(start, m.name_stop) && !(joined(t) && foreign_next() && !self.english(start));
        if t.kind != Kind::Word || !t.is_capital() || stops() {
            return None;
        }
        let foreign = m.place | m.ministry | m.organization | m.title | m.mechanism | m.nationality;
        let honorific = |at: usize| self.chart.laid(at, m.honorific).any(|h| h.languages & ENGLISH != 0);
        let other = |i: &Item| {
            i.symbols & foreign != 0 && i.strength == Strength::Strong
                // `General Tan Sri Mohammad …`: the name begins behind the honorific.
                || i.symbols & m.honorific != 0 && i.languages & ENGLISH != 0
                || i.symbols & m.title != 0 && honorific(i.end as usize)
        };
        // `Thứ trưởng Công Thương Hồ Thị Kim Thoa`: a field goes with the title.
        let field = || self.chart.longest_end(start, m.portfolio).is_some_and(|end| end >= start + 2);
        if self.chart.laid(start, foreign | m.honorific).any(other) || field() {
            return None;
        }
        let (mut at, mut end, mut parts, mut hyphens) = (start + 1, start + 1, 1, 0);
        while at < self.tokens.len() {
            self.chart.look(1);
            let t = &self.tokens[at];
            let word = t.kind == Kind::Word;
            if t.kind == Kind::Dash && t.gap == 0 && self.tokens.get(at + 1).is_some_and(|n| n.kind == Kind::Word && n.gap == 0) {
                if hyphens == MOST_HYPHENS {
                    break;
                }
                hyphens += 1;
                at += 2;
                end = at;
                continue;
            }
            if t.kind == Kind::Period && t.gap == 0 && is_letter(self, at - 1) && self.tokens.get(at + 1).is_some_and(|n| joined(n) && n.is_capital()) {
                at += 1;
                continue;
            }
            if !word || !joined(t) || parts >= LONGEST_OTHER {
                break;
            }
            if t.is_capital() {
                if parts >= 2 && postnominal(self, at) {
                    break;
                }
                if stops_name(self.lx, self.chart, at) && !self.month_as_name(at)
                    || t.flags & fold::SYLLABLE == 0 && self.chart.begins(at, m.country | m.nationality)
                {
                    break;
                }
                at += 1;
                end = at;
                parts += 1;
            } else if self.chart.begins(at, m.name_particle) && self.tokens.get(at + 1).is_some_and(|n| n.is_capital() && joined(n)) {
                at += 1;
            } else if self.chart.begins(at, m.name_particle)
                && self.tokens.get(at + 1).is_some_and(|n| n.kind == Kind::Dash && n.gap == 0)
                && self.tokens.get(at + 2).is_some_and(|n| n.kind == Kind::Word && n.is_capital() && n.gap == 0)
            {
                // `Bashar al-Assad`
                at += 3;
                end = at;
                parts += 1;
            } else {
                break;
            }
        }
        Some((end, Shape::Other))
    }
}
