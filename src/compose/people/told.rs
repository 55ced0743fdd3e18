//! What titles, honorifics and lines tell of where the names of people are, and what other names tell of where they are not.

use super::{Sight, named_behind_comma};
use crate::compose::chart::{Item, joined, sign};
use crate::compose::english::ENGLISH;
use crate::lexicon::{NONE16, NONE32, Sort, Strength};
use crate::text::bits::{Bits, ones};
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

/// Sets of tokens, in buffers that can be used again.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// A title or honorific ends right before the token.
    pub addressed: Bits,
    /// A title does.
    pub titled: Bits,
    /// A name may begin there that a comma and an office follow inside a sentence: `…, and Stefanie Beck, Deputy Minister of …`.
    pub apposed: Bits,
    /// A token opens a line, or stands behind its bullet, number or `Lào:`, and in the line a dash or comma may lead to an office.
    pub heads: Bits,
    /// A name may begin there that a photo credit tells of.
    pub credits: Bits,
    /// A longer listed name of another kind runs on over it.
    pub inner: Bits,
    /// Full names that a list holds, by their numbers among the items, the longest first.
    pub listed: Vec<(Rank, u32)>,
    /// Titles behind which a bracket or comma stands, in the same way.
    parted: Vec<u32>,
}

impl Told {
    pub(super) fn read(&mut self, s: &Sight<'_>) {
        let m = &s.lx.marks;
        for set in [&mut self.addressed, &mut self.titled, &mut self.apposed, &mut self.heads, &mut self.credits, &mut self.inner] {
            set.reset(s.tokens.len());
        }
        self.listed.clear();
        self.parted.clear();
        let names = m.place | m.organization | m.mechanism | m.ministry | m.title;
        s.chart.unruled(names).for_each(|i| {
            if i.end >= i.start + 2 && i.strength == Strength::Strong && i.features.entity != NONE32 {
                self.inner.fill(i.start as usize + 1..i.end as usize);
            }
        });
        let (mut longer, mut last) = (false, NONE32);
        s.chart.each_of_all(m.title | m.honorific, |i| {
            let next = s.tokens.get(i.end as usize);
            if i.symbols & m.title != 0 {
                longer |= is_longer(i);
                if next.is_some_and(|t| matches!(t.kind, Kind::Open | Kind::Comma)) {
                    self.parted.push(i.id);
                }
                self.apposed_to(s, i, next);
                // Those that begin at one token mostly come one behind the other.
                if std::mem::replace(&mut last, i.start) != i.start {
                    self.heads_of_entry(s, i.start as usize);
                }
            }
            self.behind(s, i, next);
        });
        if longer {
            self.without_shorter(s);
        }
        self.behind_marks(s);
        s.chart.each_of_all(m.person, |i| {
            if i.strength != Strength::Never {
                self.listed.push(((u64::from(u32::MAX - (i.end - i.start)) << u32::BITS | u64::from(i.start), i.features.entity), i.id));
            }
        });
        self.listed.sort_unstable();
        // `người đồng cấp Mỹ Rex Tillerson`
        for i in s.chart.all(m.counterpart) {
            let end = i.end as usize;
            self.addressed.insert(end);
            for country in s.chart.with(end, m.country | m.nationality) {
                self.addressed.insert(country.end as usize);
            }
        }
        for photo in s.chart.all(m.photo) {
            self.credits.insert(photo.end as usize);
            self.credits.insert(s.tokens.len().min(photo.start as usize + 2));
        }
    }

    /// Adds the token right before which a title or honorific ends.
    #[inline]
    fn behind(&mut self, s: &Sight<'_>, i: &Item, next: Option<&Token>) {
        let m = &s.lx.marks;
        let (end, title, honorific) = (i.end as usize, i.symbols & m.title != 0, i.symbols & m.honorific != 0);
        // `Datin Paduka`: its first word is an honorific as well.
        let honorifics = || s.chart.laid(i.start as usize, m.honorific);
        if honorific && honorifics().any(|l| l.end > i.end) && honorifics().max_by_key(|l| l.end).is_some_and(|l| l.languages & ENGLISH != 0) {
            return;
        }
        if title && i.strength != Strength::Never {
            self.addressed.insert(end);
            self.titled.insert(end);
        }
        if honorific {
            self.addressed.insert(end);
        }
        // `Giám đốc Cục Điều tra Liên bang (FBI) Christopher Wray`
        let closes = |k: usize| s.tokens.get(k).is_some_and(|t| t.kind == Kind::Close);
        if title && next.is_some_and(|t| t.kind == Kind::Open) && closes(end + 2) && s.tokens[end + 1].flags & fold::UPPER != 0 {
            self.addressed.insert(end + 3);
            self.titled.insert(end + 3);
        }
    }

    /// `Deputy Minister for Harbour Policy A`: a shorter title inside ends before no name.
    fn without_shorter(&mut self, s: &Sight<'_>) {
        for i in s.chart.all(s.lx.marks.title).filter(|i| is_longer(i)) {
            self.addressed.clear(i.start as usize + 1..i.end as usize);
            self.titled.clear(i.start as usize + 1..i.end as usize);
        }
    }

    /// Adds the tokens that a comma or bracket parts from a title.
    fn behind_marks(&mut self, s: &Sight<'_>) {
        for i in self.parted.iter().map(|&id| &s.chart.items[id as usize]) {
            match s.tokens.get(i.end as usize).map(|t| t.kind) {
                // `Rear Admiral (ret.) Michael McDevitt`, `Captain (Navy) Sato Kenji`
                Some(Kind::Open) if is_rank(s, i) => {
                    if let Some(behind) = super::behind_bracket(s, i.end as usize) {
                        self.addressed.insert(behind);
                        self.titled.insert(behind);
                    }
                }
                // `the Ambassador to Indonesia, Penny Williams PSM;`
                Some(Kind::Comma) if i.strength == Strength::Strong => {
                    if let Some(name) = named_behind_comma(s, i.start as usize, i.end as usize) {
                        self.addressed.insert(name);
                    }
                }
                _ => {}
            }
        }
    }

    /// Adds the name before a comma and an office; `next` stands behind the office.
    #[inline]
    fn apposed_to(&mut self, s: &Sight<'_>, title: &Item, next: Option<&Token>) {
        let m = &s.lx.marks;
        let f = &title.features;
        let full = f.portfolio != NONE16 || f.has_body || title.end >= title.start + 2;
        // A name right behind it would be the holder's.
        let other = || next.is_some_and(|n| n.kind == Kind::Word && joined(n) && n.is_capital() || n.kind.is_cjk());
        if title.strength != Strength::Strong || !full || other() {
            return;
        }
        let status = m.former | m.acting | m.incoming | m.article;
        let mut at = title.outer as usize;
        let ends = |at: usize| s.chart.begun(at, 3, status).rev().find(|&b| s.chart.with(b, status).any(|i| i.end as usize == at));
        while let Some(before) = ends(at) {
            at = before;
        }
        if at >= 3 && s.tokens[at - 1].kind == Kind::Comma && !s.tokens[at].begins_line() && !is_rank(s, title) && !s.upper(at) {
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
            self.apposed.insert(first);
        }
    }

    /// Adds the tokens that head the entry in which an office begins, as far as names can begin there, where a dash or comma is
    /// right before the office or before a word for its status.
    #[inline]
    fn heads_of_entry(&mut self, s: &Sight<'_>, at: usize) {
        let m = &s.lx.marks;
        let from = at.saturating_sub(1 + LONGEST_STATUS);
        for (mark, t) in (from..).zip(&s.tokens[from..at]) {
            let parts = matches!(t.kind, Kind::Dash | Kind::Comma);
            if !parts || t.begins_line() || mark + 1 < at && !s.chart.begins(mark + 1, m.former | m.acting | m.incoming) {
                continue;
            }
            let (start, _) = s.lines.around(mark);
            self.heads.insert(start);
            let behind = s.layout.bold_set().from(start) >> 1 & ((1 << LONGEST_BULLET) - 1);
            ones(0, behind).map(|n| start + 1 + n).filter(|&at| is_bullet(&s.tokens[at - 1])).for_each(|at| self.heads.insert(at));
        }
    }
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
