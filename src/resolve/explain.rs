//! Why: the words that a mention is made of, the rule that joined them, what decided, and what lost.
//!
//! Where nobody asks, nothing of it is written: [`Why`] takes closures and runs none.

use super::choose::{Candidate, Lost, Reason};
use super::{Draft, Resolver};
use crate::compose::chart::Item;
use crate::compose::people::Person;
use crate::date::Date;
use crate::kind::Kind;
use crate::lexicon::{NONE16, NONE32, Strength, TenureInfo};
use crate::text::fold::fold_word;
use foldhash::HashMap;

/// Readings that lost, at most so many a mention.
const LOSERS: usize = 5;

/// The reasons of a mention, while it is resolved; nothing where nobody asks.
#[derive(Clone, Debug, Default)]
pub(crate) struct Why(Option<Box<Reasons>>);

#[derive(Clone, Debug, Default)]
struct Reasons {
    /// The reading on the chart that decided.
    item: Option<u32>,
    said: Vec<String>,
    lost: Vec<String>,
}

impl Why {
    /// Notes the reading that decided.
    #[inline(always)]
    pub(super) fn by(&mut self, item: impl FnOnce() -> Option<u32>) {
        self.note(|r| r.item = item());
    }

    #[inline(always)]
    pub(super) fn say(&mut self, line: impl FnOnce() -> String) {
        self.note(|r| r.said.push(line()));
    }

    #[inline(always)]
    pub(super) fn lose(&mut self, line: impl FnOnce() -> String) {
        self.note(|r| r.lost.push(line()));
    }

    /// What decided so far does so no more.
    #[inline(always)]
    pub(super) fn forget(&mut self) {
        self.note(|r| {
            r.said.clear();
            r.lost.clear();
        });
    }

    /// What was said of another mention counts for this one too.
    #[inline(always)]
    pub(super) fn follow(&mut self, other: Option<&Why>) {
        self.note(|r| r.said.extend(other.iter().flat_map(|other| &other.0).flat_map(|other| other.said.iter().cloned())));
    }

    /// One look where nobody asks: what writes stands apart, so that the code that resolves is not strewn with it.
    #[inline(always)]
    fn note(&mut self, write: impl FnOnce(&mut Reasons)) {
        #[cold]
        #[inline(never)]
        fn apart(reasons: &mut Reasons, write: impl FnOnce(&mut Reasons)) {
            write(reasons);
        }
        if let Some(reasons) = &mut self.0 {
            apart(reasons, write);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    pub(super) fn into_lines(self) -> Vec<String> {
        self.0.map_or_else(Vec::new, |r| r.said)
    }
}

impl Resolver<'_> {
    pub(super) fn why(&self, item: Option<u32>) -> Why {
        Why(self.explain.then(|| Box::new(Reasons { item, ..Reasons::default() })))
    }

    /// Words of the text in quotation marks.
    pub(super) fn quoted(&self, start: usize, end: usize) -> String {
        let words = self.surface(start, end);
        if words.contains('"') { format!("“{words}”") } else { format!("\"{words}\"") }
    }

    /// An entity's id, with the place of its record.
    pub(super) fn record(&self, entity: u32) -> String {
        let e = &self.s.lx.entities[entity as usize];
        format!("{} ({})", e.data.id, self.s.lx.place(e.at))
    }

    pub(super) fn code(&self, party: u16) -> &str {
        self.s.lx.parties.get(usize::from(party)).map_or("unknown", |p| &p.code)
    }

    /// A term of office in words.
    pub(super) fn term(&self, t: &TenureInfo) -> String {
        let lx = self.s.lx;
        format!("{} {} ({})", lx.entities[t.person as usize].data.id, held("it", t), lx.place(t.at))
    }

    /// The date that holds at a token, and where it comes from.
    pub(super) fn dated(&self, token: usize, date: Option<Date>) -> String {
        match date {
            Some(d) if Some(d) == self.cx.date => format!("date {d}: {}", self.cx.dated),
            Some(d) => format!("date {d}: it opens the line of {}", self.quoted(token, token + 1)),
            None => "date: the text has none, so that any term may count".into(),
        }
    }

    /// `country jp: the delegation ("Đoàn Nhật Bản")`.
    pub(super) fn country_line(&self, c: &super::country::Country) -> String {
        let seen = if c.seen == NONE32 { String::new() } else { format!(" ({})", self.words_at(c.seen as usize)) };
        if c.also.is_empty() {
            return format!("country {}: {}{seen}", self.code(c.party), c.why);
        }
        let all: Vec<&str> = std::iter::once(&c.party).chain(&c.also).map(|&p| self.code(p)).collect();
        format!("countries {}: {}{seen}", all.join(", "), c.why)
    }

    /// The country, delegation or nationality that begins at a token, in quotation marks.
    fn words_at(&self, at: usize) -> String {
        let m = &self.s.lx.marks;
        let chart = self.s.chart;
        let lands = m.country | m.nationality | m.ministry | m.place | m.person | m.short;
        let mut end = chart.longest(at, m.delegation | m.both | m.both_before | m.many_nations | lands).map_or(at + 1, |i| i.end as usize);
        if chart.begins(at, m.delegation) {
            end = chart.longest(end, lands).map_or(end, |i| i.end as usize);
        } else if chart.begins(end, m.delegation) {
            end = chart.longest(end, m.delegation).map_or(end, |i| i.end as usize);
        }
        self.quoted(at, end)
    }

    /// The words that an unlisted person is addressed by: a title or honorific before the name, or behind it.
    pub(super) fn address(&self, p: &Person) -> String {
        let m = &self.s.lx.marks;
        let chart = self.s.chart;
        let wanted = m.title | m.honorific;
        let before = (1..=16.min(p.start)).rev().find_map(|b| chart.with(p.start - b, wanted).find(|i| i.end as usize == p.start));
        let after = || (p.end..self.s.tokens.len().min(p.end + 3)).find_map(|at| chart.longest(at, m.title | m.honorific_after));
        match (before, before.map_or_else(after, Some)) {
            (Some(i), _) => format!("a name behind {}", self.known(&i)),
            (None, Some(i)) => format!("a name before {}", self.known(&i)),
            (None, None) => "a name beside a title or honorific".into(),
        }
    }

    /// Words in quotation marks, with what they are where they are listed, or the form that made them.
    fn known(&self, i: &Item) -> String {
        let words = self.quoted(i.start as usize, i.end as usize);
        let form = self.s.lx.grammar.forms.get(i.rule as usize);
        match (self.listed(i).filter(|_| i.rule == NONE32), form) {
            (Some(what), _) => format!("{words} {what}"),
            (None, Some((_, at))) => format!("{words} ({})", self.s.lx.place(*at)),
            (None, None) => words,
        }
    }

    /// The family name that opens an unlisted person's name.
    pub(super) fn shape(&self, p: &Person) -> String {
        let family = self.s.chart.longest(p.start, self.s.lx.marks.family_name);
        format!("the shape of a Vietnamese full name{}", family.map_or(String::new(), |i| format!(": {}", self.known(&i))))
    }

    /// The item of a listed name or short form.
    pub(super) fn name_item(&self, p: &Person, entity: u32) -> Option<u32> {
        let m = &self.s.lx.marks;
        let mut named = [m.short, m.person].into_iter().flat_map(|symbols| self.s.chart.with(p.start, symbols));
        let found = named.find(|i| i.end as usize == p.end && i.features.entity == entity);
        found.map(|i| i.id).filter(|&id| id != NONE32)
    }

    /// Writes the reasons of every mention: the words, the rule, what decided, what lost.
    pub(super) fn explain(&self, drafts: &mut [Draft], people: &[Person], lost: &[Lost]) {
        let mut by_span: HashMap<(u32, u32, Kind), usize> = HashMap::default();
        let mut owner: Vec<usize> = vec![usize::MAX; self.s.tokens.len()];
        for (n, d) in drafts.iter().enumerate() {
            let c = &d.candidate;
            by_span.insert((c.start, c.end, c.kind), n);
            owner[c.start as usize..c.end as usize].fill(n);
        }
        let mut losers: Vec<Vec<&Lost>> = vec![Vec::new(); drafts.len()];
        for l in lost {
            let to = match l.to {
                Some(span) => by_span.get(&span).copied(),
                None => owner[l.candidate.start as usize..l.candidate.end as usize].iter().copied().find(|&o| o != usize::MAX),
            };
            if let Some(n) = to {
                losers[n].push(l);
            }
        }
        for (why, mut lost) in drafts.iter_mut().filter_map(|d| d.why()?.0.as_mut()).zip(losers) {
            let mut lines = Vec::new();
            if let Some(item) = why.item.and_then(|n| self.s.chart.item(n)) {
                self.words(&item, &mut lines, 0);
                self.rules(&item, &mut lines, 0);
            }
            lines.append(&mut why.said);
            let mut out: Vec<String> = std::mem::take(&mut why.lost);
            lost.sort_by_key(|l| (l.reason as u8, u32::MAX - (l.candidate.end - l.candidate.start), l.candidate.start));
            out.extend(lost.iter().map(|l| self.loser(l, people)));
            out.dedup();
            let more = out.len().saturating_sub(LOSERS);
            lines.extend(out.into_iter().take(LOSERS).map(|l| format!("lost: {l}")));
            if more > 0 {
                lines.push(format!("lost: {more} more"));
            }
            why.said = lines;
        }
    }

    /// A line for each listed word of a phrase.
    fn words(&self, i: &Item, out: &mut Vec<String>, depth: u32) {
        if depth >= 8 {
            return;
        }
        if i.rule != NONE32 {
            for part in self.s.chart.parts_of(self.s.lx, self.s.tokens, i) {
                self.words(&part, out, depth + 1);
            }
            return;
        }
        if i.languages == 0 {
            return;
        }
        let (start, end) = (i.start as usize, i.end as usize);
        match self.listed(i) {
            Some(what) => {
                let weak = if i.strength == Strength::Weak && i.symbols & self.s.lx.marks.short == 0 { ", a weak name" } else { "" };
                // What is a name in another language as it stands lacks nothing.
                let whole = |x: Item| x.end == i.end && !x.bare && x.symbols == i.symbols && x.features == i.features;
                let bare = if i.bare && !self.s.chart.at(start).any(whole) { ", typed without diacritics" } else { "" };
                out.push(format!("{} {what}{weak}{bare}", self.quoted(start, end)));
            }
            None => {
                // A name that code put together: the word that opens or closes it, where one is listed.
                let m = &self.s.lx.marks;
                let roles = m.role_portfolio | m.role_organization;
                let is_head =
                    |x: &Item| x.rule == NONE32 && x.end <= i.end && (x.symbols & roles != 0 || self.class_of(x).is_some_and(|c| c.ends_with("-head")));
                let opens = self.s.chart.at(start).filter(is_head).max_by_key(|x| x.end);
                let head = opens.or_else(|| (start..end).rev().find_map(|at| self.s.chart.at(at).filter(is_head).max_by_key(|x| x.end)));
                let field = self.s.chart.at(start).find(|x| x.rule == NONE32 && x.end == i.end && x.symbols & m.portfolio != 0);
                if let Some((x, what)) = head.or(field).and_then(|x| Some((x, self.listed(&x)?))) {
                    out.push(format!("{} {what}", self.quoted(x.start as usize, x.end as usize)));
                }
            }
        }
    }

    /// A line for each rule that joined several things, the outermost first.
    fn rules(&self, i: &Item, out: &mut Vec<String>, depth: u32) {
        let lx = self.s.lx;
        if i.rule == NONE32 || depth >= 8 {
            return;
        }
        let parts = self.s.chart.parts_of(lx, self.s.tokens, i);
        if (depth == 0 || parts.len() > 1)
            && let Some((form, at)) = lx.grammar.forms.get(i.rule as usize)
        {
            let makes = lx.grammar.names.iter().find(|(_, s)| i.symbols >> **s & 1 == 1).map_or("", |(n, _)| n);
            out.push(format!("rule {makes}: \"{form}\" ({})", lx.place(*at)));
        }
        for part in parts {
            self.rules(&part, out, depth + 1);
        }
    }

    /// The word class of an item, if it is nothing else.
    fn class_of(&self, i: &Item) -> Option<&str> {
        let lx = self.s.lx;
        let symbol = i.symbols.trailing_zeros() as u8;
        let single = i.symbols.is_power_of_two() && lx.classes.iter().any(|(s, ..)| *s == symbol);
        lx.grammar.names.iter().find(|(_, s)| single && **s == symbol).map(|(n, _)| n.as_str())
    }

    /// What a listed word is, and the file and line of its record.
    fn listed(&self, i: &Item) -> Option<String> {
        let lx = self.s.lx;
        let f = &i.features;
        let bit = |name: &str| i.symbols & lx.grammar.bit(name) != 0;
        if let Some(class) = self.class_of(i) {
            let symbol = i.symbols.trailing_zeros() as u8;
            let places: Vec<String> = lx.classes.iter().filter(|(s, n, _)| *s == symbol && *n == i.number).map(|(.., at)| lx.place(*at)).collect();
            return Some(format!("{class} ({})", places.join(", ")));
        }
        if let Some(role) = lx.roles.get(usize::from(f.role)).filter(|_| i.symbols & (lx.marks.title | lx.marks.organization) == 0) {
            let field = lx.portfolios.get(usize::from(f.portfolio)).map_or(String::new(), |p| format!(" of {}", p.id));
            let words = squash(self.surface(i.start as usize, i.end as usize));
            let one = lx
                .role_words
                .iter()
                .find(|w| w.role == f.role && w.portfolio == f.portfolio && w.forms.iter().flat_map(|f| f.iter()).flatten().any(|form| squash(form) == words));
            return Some(format!("role {}{field} ({})", role.id, lx.place(one.map_or(role.at, |w| w.at))));
        }
        if let Some(family) = lx.families.get(usize::from(f.family)) {
            let what = if bit("body-word") { "body" } else { "family" };
            return Some(format!("{what} {} ({})", family.id, lx.place(family.at)));
        }
        let party = lx.parties.get(usize::from(f.country));
        if let Some(p) = party.filter(|_| bit("nationality") || bit("compound")) {
            let what = if bit("nationality") { "adjective" } else { "short form" };
            return Some(format!("{what} of {}", self.record(p.entity)));
        }
        if f.entity != NONE32 {
            let what = if bit("short") { "short form of " } else { "" };
            return Some(format!("{what}{}", self.record(f.entity)));
        }
        let field = lx.portfolios.get(usize::from(f.portfolio))?;
        let what = if bit("ministry-word") {
            "ministry of"
        } else if bit("portfolio") {
            "field"
        } else {
            return None;
        };
        Some(format!("{what} {} ({})", field.id, lx.place(field.at)))
    }

    /// A reading that lost, and why.
    fn loser(&self, l: &Lost, people: &[Person]) -> String {
        let lx = self.s.lx;
        let c = &l.candidate;
        let what = self.reading(c, people);
        let by = l.to.map_or("mention", |(_, _, kind)| kind.as_str());
        let why = match l.reason {
            Reason::Twin => match l.to.and_then(|_| lx.entities.get(c.entity as usize)) {
                Some(_) => "another record of the same name, behind the first".to_string(),
                None => "the same words, put together by another rule".to_string(),
            },
            Reason::Same => format!("the same words, and the kind {by} comes first"),
            Reason::Crosses => format!("crosses this {by}, which comes first"),
            Reason::Around => format!("would hold this {by}, which comes first"),
            Reason::Unsupported if self.s.chart.items.get(c.source as usize).is_some_and(|i| i.strength == Strength::Weak) => {
                "a weak name, and nothing supports it".to_string()
            }
            Reason::Unsupported => "too little to stand on".to_string(),
            Reason::Shorter => "shorter".to_string(),
            Reason::Part => "a part of the same name".to_string(),
            Reason::Inside => format!("may not stand inside this {by}"),
        };
        format!("{what}: {why}")
    }

    /// A reading in words: the listed entity, or the kind.
    fn reading(&self, c: &Candidate, people: &[Person]) -> String {
        let words = self.quoted(c.start as usize, c.end as usize);
        let entity = match c.kind {
            Kind::Person => people.get(c.source as usize).and_then(|p| p.readings.first()).copied().unwrap_or(NONE32),
            _ => self.s.chart.items.get(c.source as usize).map_or(c.entity, |i| i.features.entity),
        };
        if entity != NONE32 { format!("{words} {}", self.record(entity)) } else { format!("{} {words}", c.kind) }
    }

    /// The sides of a mechanism, and why these.
    pub(super) fn sides_line(&self, sides: &[u16], why: &str) -> String {
        let all: Vec<&str> = sides.iter().filter(|&&p| p != NONE16).map(|&p| self.code(p)).collect();
        format!("sides {}: {why}", all.join(", "))
    }
}

/// `held it from 2025-01-17`.
pub(super) fn held(what: &str, t: &TenureInfo) -> String {
    let term = t.text();
    match term.strip_prefix("seen ") {
        Some(day) => format!("was seen in {what} on {day}"),
        None => format!("held {what} {term}"),
    }
}

/// Letters and digits, folded: to compare a listed form with words of a text.
fn squash(s: &str) -> String {
    fold_word(s).coarse.chars().filter(|c| c.is_alphanumeric()).collect()
}
