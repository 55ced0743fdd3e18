//! `Đối thoại … (SPD)`: letters in brackets behind a name, and where they stand again.

use super::Resolver;
use super::choose::Candidate;
use super::draft::{Beside, Draft};
use crate::kind::Kind;
use crate::lexicon::NONE16;
use crate::text::bits::{Bits, ones};
use crate::text::fold;
use crate::text::tokens::Kind as TokenKind;

/// Bytes of letters that stand for a name at most.
const LONGEST_LETTERS: u32 = 12;

impl Resolver<'_> {
    /// `Đối thoại … (SPD)`: capitals in brackets behind a name stand for it, there and wherever they stand again.
    /// Drafts go by the text, and what is added does too.
    #[inline(never)]
    pub(super) fn abbreviations(&self, drafts: &mut Vec<Draft>, covered: &mut Bits, with_letters: &mut Vec<usize>) {
        let s = self.s;
        with_letters.clear();
        for (n, d) in drafts.iter().enumerate() {
            if self.has_letters_behind(d) {
                with_letters.push(n);
            }
        }
        if with_letters.is_empty() {
            return;
        }
        // Tokens of mentions.
        covered.reset(s.tokens.len());
        drafts.iter().for_each(|d| covered.fill(d.start()..d.end()));
        let free = |i: usize| !covered.has(i) && !s.lines.upper(i);
        let length = |i: usize| s.tokens[i].end - s.tokens[i].start;
        let letters = |i: usize| s.tokens[i].flags & fold::UPPER != 0 && s.tokens[i].kind == TokenKind::Word && (2..=LONGEST_LETTERS).contains(&length(i));
        let mut known: Vec<(&str, usize)> = Vec::new();
        // How long they are, as bits.
        let mut lengths = 0u32;
        for &n in with_letters.iter() {
            let (kind, start, end) = (drafts[n].candidate.kind, drafts[n].start(), drafts[n].end());
            if kind != Kind::Title && end - start >= 2 && letters(end + 1) && free(end + 1) {
                known.push((self.surface(end + 1, end + 2), n));
                lengths |= 1 << length(end + 1);
            }
        }
        self.redefined(drafts, with_letters);
        if known.is_empty() {
            return;
        }
        // The first of the same letters counts.
        known.sort_unstable();
        known.dedup_by_key(|k| k.0);
        let mut more = Vec::new();
        // Letters in capitals begin with one.
        for (word, (&bits, &covered)) in s.layout.bold_set().words().iter().zip(covered.words()).enumerate() {
            for i in ones(word, bits & !covered) {
                if lengths >> length(i).min(LONGEST_LETTERS + 1) & 1 == 0 || !letters(i) {
                    continue;
                }
                let Ok(n) = known.binary_search_by_key(&self.surface(i, i + 1), |k| k.0) else { continue };
                if !free(i) {
                    continue;
                }
                let d = &drafts[known[n].1];
                let candidate = Candidate { start: i as u32, end: i as u32 + 1, ..d.candidate };
                let mut why = self.why(None);
                let full = (d.candidate.start as usize, d.candidate.end as usize);
                why.say(|| format!("the abbreviation that stands in brackets behind {}", self.quoted(full.0, full.1)));
                let attributes = self.numbers(i, i + 1, d.candidate.kind, &mut why);
                let beside = Beside::of(attributes, Vec::new(), Vec::new(), why);
                more.push(Draft { beside, country: d.country, ..Draft::new(candidate, d.entity) });
            }
        }
        put_among(drafts, more);
    }

    /// `Lực lượng Dân chủ Syria (SDF)`: what the text itself says of capitals in brackets is above what a list says of them.
    /// Where the list's body may well be the one, the long name is another of its names: `Diễn đàn Á – Âu (ASEM)`.
    /// `with_letters` are those with letters in brackets behind them.
    fn redefined(&self, drafts: &mut [Draft], with_letters: &[usize]) {
        let is_word = |open: usize| self.s.tokens.get(open + 1).is_some_and(|t| t.kind == TokenKind::Word);
        let mut inner: Vec<(usize, usize)> = with_letters.iter().map(|&n| (drafts[n].end(), n)).filter(|i| is_word(i.0)).collect();
        if inner.is_empty() {
            return;
        }
        // Brackets in their order. Of the names that end before one the letters stand for the innermost, and of these for the first.
        inner.sort_unstable_by_key(|&(open, n)| (open, usize::MAX - drafts[n].start(), n));
        inner.dedup_by_key(|i| i.0);
        // The mention of the letters alone: of those that begin there it is the shortest.
        let alone = |drafts: &[Draft], open: usize| {
            let last = drafts.partition_point(|d| d.start() <= open + 1).checked_sub(1)?;
            (drafts[last].start() == open + 1 && drafts[last].end() == open + 2 && self.is_known(drafts[last].entity)).then_some(last)
        };
        let id = |d: &Draft| self.register.borrow().first(d.entity);
        let mut said: Vec<(&str, usize)> = Vec::new();
        let mut listed: Vec<(u32, usize)> = Vec::new();
        for (open, n) in inner {
            let d = &drafts[n];
            if d.candidate.kind == Kind::Title || d.candidate.end - d.candidate.start < 3 {
                continue;
            }
            if self.is_known(d.entity) {
                // `Armed Forces of the Philippines (AFP)`: letters of its words, though a list knows them as another body.
                let other = alone(drafts, open).is_some_and(|a| !self.is_same(drafts[a].entity, d.entity) && drafts[a].candidate.kind == d.candidate.kind);
                if other && self.initials(d.candidate.start as usize, open, open + 1) {
                    said.push((self.surface(open + 1, open + 2), n));
                }
                continue;
            }
            match alone(drafts, open) {
                // The letters mean something of another sort, of which the long name speaks: `Hội nghị … (ASEAN)`.
                Some(a) if !drafts[a].candidate.kind.of_one_sort(d.candidate.kind) => {}
                Some(a) if self.agrees_with(d, &drafts[a]) => listed.push((id(d), a)),
                _ => said.push((self.surface(open + 1, open + 2), n)),
            }
        }
        // The first of each counts.
        said.sort_unstable();
        said.dedup_by_key(|s| s.0);
        listed.sort_by_key(|l| l.0);
        listed.dedup_by_key(|l| l.0);
        let renamed = if listed.is_empty() { 0 } else { drafts.len() };
        for n in 0..renamed {
            let Ok(a) = listed.binary_search_by_key(&id(&drafts[n]), |l| l.0) else { continue };
            let a = listed[a].1;
            let (entity, kind) = (drafts[a].entity, self.register.borrow().kind(self.s.lx, drafts[a].entity));
            let letters = self.surface(drafts[a].candidate.start as usize, drafts[a].candidate.end as usize);
            let d = &mut drafts[n];
            d.candidate.kind = kind;
            d.entity = entity;
            d.why().into_iter().for_each(|why| why.say(|| format!("{letters} stands in brackets behind the name")));
        }
        if said.is_empty() {
            return;
        }
        for n in 0..drafts.len() {
            let c = &drafts[n].candidate;
            let (start, end) = (c.start as usize, c.end as usize);
            if end > start + 1 {
                continue;
            }
            let Ok(full) = said.binary_search_by_key(&self.surface(start, end), |s| s.0) else { continue };
            let full = said[full].1;
            if self.is_same(drafts[n].entity, drafts[full].entity) || c.kind == Kind::Person {
                continue;
            }
            let (entity, kind) = (drafts[full].entity, drafts[full].candidate.kind);
            let span = (drafts[full].candidate.start as usize, drafts[full].candidate.end as usize);
            let d = &mut drafts[n];
            let listed = std::mem::replace(&mut d.entity, entity);
            d.candidate.kind = kind;
            if let Some(why) = d.why() {
                why.forget();
                why.by(|| None);
                why.say(|| format!("the abbreviation that stands in brackets behind {}", self.quoted(span.0, span.1)));
                why.lose(|| format!("{}: the text itself says what the letters stand for", self.register.borrow().id(self.s.lx, listed)));
            }
        }
    }

    /// Letters in capitals stand in brackets behind the name of a body or the like.
    #[inline]
    fn has_letters_behind(&self, d: &Draft) -> bool {
        let behind = self.s.tokens.get(d.end()..).unwrap_or_default();
        // Most mentions have no bracket behind them.
        behind.first().is_some_and(|t| t.kind == TokenKind::Open)
            && matches!(behind, [_, letters, close, ..] if letters.flags & fold::UPPER != 0 && close.kind == TokenKind::Close)
            && !matches!(d.candidate.kind, Kind::Person | Kind::Place)
    }

    /// Whether a word has the first letters of the words in capitals before it.
    fn initials(&self, start: usize, end: usize, word: usize) -> bool {
        let first = |i: usize| self.surface(i, i + 1).chars().next();
        let letters: String = (start..end).filter(|&i| self.s.tokens[i].is_capital()).filter_map(first).collect();
        letters == self.surface(word, word + 1)
    }

    /// Whether an unlisted long name may be the listed body whose letters stand behind it: it names no country but that body's.
    fn agrees_with(&self, long: &Draft, letters: &Draft) -> bool {
        let Some(own) = self.record_of(letters.entity).map(|e| &self.s.lx.entities[e as usize]) else { return false };
        let (chart, country, end) = (self.s.chart, self.s.lx.marks.country, long.candidate.end);
        let inside = chart.among(long.candidate.start as usize..end as usize, country).flat_map(|t| chart.laid(t, country));
        let mut named = inside.filter(|i| i.end <= end && i.features.country != NONE16).peekable();
        match own.country {
            NONE16 => named.peek().is_none(),
            c => named.peek().is_some() && named.all(|i| i.features.country == c),
        }
    }
}

/// Puts drafts in their places among others. Both go by the text, and no two share a word.
fn put_among(drafts: &mut Vec<Draft>, mut more: Vec<Draft>) {
    let mut from = drafts.len();
    drafts.extend(more.iter().map(|d| Draft::new(d.candidate, d.entity)));
    let mut to = drafts.len();
    while let Some(last) = more.last_mut() {
        to -= 1;
        if from > 0 && drafts[from - 1].start() > last.start() {
            from -= 1;
            drafts.swap(from, to);
        } else {
            std::mem::swap(&mut drafts[to], last);
            more.pop();
        }
    }
}
