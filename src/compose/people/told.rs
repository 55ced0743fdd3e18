//! What titles, honorifics and lines tell of where the names of people are, and what other names tell of where they are not.

use super::{Sight, named_behind_comma};
use crate::compose::chart::{Item, joined, sign};
use crate::compose::english::ENGLISH;
use crate::lexicon::{NONE16, NONE32, Sort, Strength};
use crate::text::bits::{each_mask, ones};
use crate::text::fold;
use crate::text::tokens::{Kind, Token};

/// Parts of a name before a comma and an office at most.
const LONGEST_APPOSED: usize = 5;
/// Tokens of what stands before the name at the head of an entry, at most.
const LONGEST_BULLET: usize = 6;

/// Tokens of a word for the status of an office at most.
const LONGEST_STATUS: usize = 5;

/// What puts longer names before shorter ones, then earlier ones before later ones; then the entity.
type Rank = (u64, u32);

/// What is told of tokens, in buffers that can be used again.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// Sets of tokens, 64 tokens each.
    pub rows: Vec<Row>,
    /// Full names that a list holds, by their numbers among the items, the longest first.
    pub listed: Vec<(Rank, u32)>,
    /// Titles behind which a bracket or comma stands, in the same way.
    parted: Vec<u32>,
}

/// Sets of 64 tokens.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Row {
    /// A title or honorific ends right before the token.
    pub addressed: u64,
    /// A title does.
    pub titled: u64,
    /// A name may begin there that a comma and an office follow inside a sentence: `…, and Stefanie Beck, Deputy Minister of …`.
    pub apposed: u64,
    /// A token opens a line, or stands behind its bullet, number or `Lào:`, and in the line a dash or comma may lead to an office.
    pub heads: u64,
    /// A name may begin there that a photo credit tells of.
    pub credits: u64,
    /// A longer listed name of another kind runs on over it.
    pub inner: u64,
    /// An office begins there, ...
    offices: u64,
    /// ... or it and what stands before it, and a comma may part it from a name before that.
    named: u64,
}

impl Told {
    pub(super) fn read(&mut self, s: &Sight<'_>) {
        let m = &s.lx.marks;
        self.rows.clear();
        self.rows.resize(s.tokens.len() / 64 + 1, Row::default());
        self.listed.clear();
        self.parted.clear();
        s.chart.each_unruled(m.place | m.organization | m.mechanism | m.ministry | m.title, |i| {
            if i.end >= i.start + 2 && i.strength == Strength::Strong && i.features.entity != NONE32 {
                // Most are of two words.
                let (row, bit) = self.row(i.start as usize + 1);
                row.inner |= bit;
                if i.end > i.start + 2 {
                    each_mask(i.start as usize + 2..i.end as usize, |row, mask| self.rows[row].inner |= mask);
                }
            }
        });
        // `Datin Paduka`: its first word is an honorific as well, and no name follows that. In other languages none is such.
        let some_english = s.chart.has_english(m.honorific);
        s.chart.each_of_all(m.honorific, |i| {
            if !(some_english && begins_honorific(s, i)) {
                self.address(i.end as usize);
            }
        });
        let mut longer = false;
        s.chart.each_of_all(m.title, |i| {
            let next = s.tokens.get(i.end as usize);
            longer |= is_longer(i);
            if next.is_some_and(|t| matches!(t.kind, Kind::Open | Kind::Comma)) {
                self.parted.push(i.id);
            }
            let (row, bit) = self.row(i.start as usize);
            if row.offices & bit == 0 {
                row.offices |= bit;
                self.heads_of_entry(s, i.start as usize);
            }
            let (row, bit) = self.row(i.outer as usize);
            if row.named & bit == 0 && may_be_named_before(s, i, next) {
                row.named |= bit;
                self.apposed_to(s, i.outer as usize);
            }
            self.behind(s, i, next);
        });
        if longer {
            self.without_shorter(s);
        }
        self.behind_marks(s);
        s.chart.each_of_all(m.person | m.counterpart | m.photo, |i| {
            let end = i.end as usize;
            if i.symbols & m.person != 0 && i.strength != Strength::Never {
                self.listed.push(((u64::from(u32::MAX - (i.end - i.start)) << u32::BITS | u64::from(i.start), i.features.entity), i.id));
            }
            // `người đồng cấp Mỹ Rex Tillerson`
            if i.symbols & m.counterpart != 0 {
                self.address(end);
                s.chart.with(end, m.country | m.nationality).for_each(|country| self.address(country.end as usize));
            }
            if i.symbols & m.photo != 0 {
                for at in [end, s.tokens.len().min(i.start as usize + 2)] {
                    let (row, bit) = self.row(at);
                    row.credits |= bit;
                }
            }
        });
        self.listed.sort_unstable();
    }

    /// The row of a token, and its bit there.
    #[inline]
    fn row(&mut self, token: usize) -> (&mut Row, u64) {
        (&mut self.rows[token / 64], 1 << (token % 64))
    }

    #[inline]
    fn address(&mut self, token: usize) {
        let (row, bit) = self.row(token);
        row.addressed |= bit;
    }

    /// The same for a title.
    #[inline]
    fn entitle(&mut self, token: usize) {
        let (row, bit) = self.row(token);
        row.addressed |= bit;
        row.titled |= bit;
    }

    /// Whether a token is in one of the sets.
    #[inline]
    pub(super) fn has(&self, token: usize, set: impl Fn(&Row) -> u64) -> bool {
        set(&self.rows[token / 64]) >> (token % 64) & 1 == 1
    }

    /// Adds the token right before which a title ends.
    #[inline]
    fn behind(&mut self, s: &Sight<'_>, i: &Item, next: Option<&Token>) {
        let end = i.end as usize;
        if i.strength != Strength::Never {
            self.entitle(end);
        }
        // `Giám đốc Cục Điều tra Liên bang (FBI) Christopher Wray`
        let closes = |k: usize| s.tokens.get(k).is_some_and(|t| t.kind == Kind::Close);
        if next.is_some_and(|t| t.kind == Kind::Open) && closes(end + 2) && s.tokens[end + 1].flags & fold::UPPER != 0 {
            self.entitle(end + 3);
        }
    }

    /// `Deputy Minister for Harbour Policy A`: a shorter title inside ends before no name.
    fn without_shorter(&mut self, s: &Sight<'_>) {
        for i in s.chart.all(s.lx.marks.title).filter(|i| is_longer(i)) {
            each_mask(i.start as usize + 1..i.end as usize, |row, mask| {
                let row = &mut self.rows[row];
                row.addressed &= !mask;
                row.titled &= !mask;
            });
        }
    }

    /// Adds the tokens that a comma or bracket parts from a title.
    fn behind_marks(&mut self, s: &Sight<'_>) {
        for n in 0..self.parted.len() {
            let i = &s.chart.items[self.parted[n] as usize];
            match s.tokens.get(i.end as usize).map(|t| t.kind) {
                // `Rear Admiral (ret.) Michael McDevitt`, `Captain (Navy) Sato Kenji`
                Some(Kind::Open) if is_rank(s, i) => {
                    if let Some(behind) = super::behind_bracket(s, i.end as usize) {
                        self.entitle(behind);
                    }
                }
                // `the Ambassador to Indonesia, Penny Williams PSM;`
                Some(Kind::Comma) if i.strength == Strength::Strong => {
                    if let Some(name) = named_behind_comma(s, i.start as usize, i.end as usize) {
                        self.address(name);
                    }
                }
                _ => {}
            }
        }
    }

    /// Adds the name before a comma, words for the status of an office, and the office.
    #[inline]
    fn apposed_to(&mut self, s: &Sight<'_>, office: usize) {
        let m = &s.lx.marks;
        let status = m.former | m.acting | m.incoming | m.article;
        let mut at = office;
        let ends = |at: usize| s.chart.begun(at, 3, status).rev().find(|&b| s.chart.with(b, status).any(|i| i.end as usize == at));
        while let Some(before) = ends(at) {
            at = before;
        }
        if at >= 3 && s.tokens[at - 1].kind == Kind::Comma && !s.tokens[at].begins_line() && !s.upper(at) {
            self.apposed_before(s, at - 1);
        }
    }

    /// The same for the comma.
    fn apposed_before(&mut self, s: &Sight<'_>, comma: usize) {
        let m = &s.lx.marks;
        let name = |i: usize| {
            let t = &s.tokens[i];
            t.kind == Kind::Word && t.is_capital() && (t.flags & fold::UPPER == 0 || t.end - t.start <= 2)
        };
        let mut first = comma;
        while first > 0 && comma - first < LONGEST_APPOSED && name(first - 1) && (first == comma || joined(&s.tokens[first])) {
            first -= 1;
        }
        // `Representative Mike Gallagher, chairman of …`
        while comma - first > 2 && (s.chart.begins(first, m.honorific | m.title | m.name_stop) || s.chart.signs(s.lx, first, sign::PERSON)) {
            first += 1;
        }
        let heads = m.body_head | m.channel_head | m.text_head | m.scheme_head | m.place | m.organization;
        if comma - first >= 2 && !(first..comma).any(|i| s.chart.begins(i, heads)) {
            let (row, bit) = self.row(first);
            row.apposed |= bit;
        }
    }

    /// Adds the tokens that head the entry in which an office begins, as far as names can begin there, where a dash or comma is
    /// right before the office or before a word for its status.
    #[inline]
    fn heads_of_entry(&mut self, s: &Sight<'_>, at: usize) {
        let m = &s.lx.marks;
        let from = at.saturating_sub(1 + LONGEST_STATUS);
        let before = s.layout.parts().from(from) & ((1 << (at - from)) - 1);
        for mark in ones(0, before).map(|n| from + n).filter(|&mark| matches!(s.tokens[mark].kind, Kind::Dash | Kind::Comma)) {
            if !s.tokens[mark].begins_line() && (mark + 1 == at || s.chart.begins(mark + 1, m.former | m.acting | m.incoming)) {
                self.heads_before(s, mark);
            }
        }
    }

    /// The same for the dash or comma.
    fn heads_before(&mut self, s: &Sight<'_>, mark: usize) {
        let (start, _) = s.lines.around(mark);
        let bold = s.layout.bold_set().from(start) >> 1 & ((1 << LONGEST_BULLET) - 1);
        let bullets = ones(0, bold).map(|n| start + 1 + n).filter(|&at| is_bullet(&s.tokens[at - 1]));
        for head in bullets.chain([start]) {
            let (row, bit) = self.row(head);
            row.heads |= bit;
        }
    }
}

/// A longer honorific in English begins where this one does.
fn begins_honorific(s: &Sight<'_>, i: &Item) -> bool {
    let honorifics = || s.chart.laid(i.start as usize, s.lx.marks.honorific);
    honorifics().any(|l| l.end > i.end) && honorifics().max_by_key(|l| l.end).is_some_and(|l| l.languages & ENGLISH != 0)
}

/// A comma may part the office from a name before it; `next` stands behind the office.
#[inline]
fn may_be_named_before(s: &Sight<'_>, title: &Item, next: Option<&Token>) -> bool {
    let f = &title.features;
    let full = f.portfolio != NONE16 || f.has_body || title.end >= title.start + 2;
    // A name right behind it would be the holder's.
    let other = || next.is_some_and(|n| n.kind == Kind::Word && joined(n) && n.is_capital() || n.kind.is_cjk());
    title.strength == Strength::Strong && full && !other() && !is_rank(s, title)
}

fn is_bullet(t: &Token) -> bool {
    matches!(t.kind, Kind::Dash | Kind::Colon | Kind::Period | Kind::Other | Kind::Number)
}

fn is_rank(s: &Sight<'_>, title: &Item) -> bool {
    s.lx.entities.get(title.features.entity as usize).is_some_and(|e| e.sort == Sort::Rank)
}

/// A title in English that holds another one.
fn is_longer(i: &Item) -> bool {
    i.languages == ENGLISH && i.rule == NONE32 && i.features.has_body
}
