//! What a text says around a mention: its date, its language, whose delegation speaks, which countries are near.

use super::survey::Survey;
use crate::compose::people::{Person, Shape, Sight};
use crate::date::Date;
use crate::input::Input;
use crate::kind::Language;
use crate::lexicon::NONE16;
use crate::text::bits::ones;
use crate::text::bytes::{BLOCK, each, pad};
use crate::text::fold;
use crate::text::lines::Lines;
use crate::text::tokens::{Kind, Token};
use crate::text::words::mark;
use foldhash::HashMap;
use std::cell::{OnceCell, RefCell};
use wide::{CmpEq, i8x16};

/// Different rows of sides that are counted at most.
const MOST_SIDES: usize = 64;
/// Tokens before the colon behind a date that opens a line at most.
const LONGEST_OPENING: usize = 8;
/// Bytes of a year, and of a month as machines write it.
const YEAR: u32 = 4;
const MONTH: u32 = 2;
/// Tokens from the first number of a date to its year at most: `August 5-7, 2025`.
const FARTHEST_YEAR: usize = 4;

/// What holds for the whole text, and where countries and delegations stand.
#[derive(Debug, Default)]
pub(crate) struct Context {
    pub date: Option<Date>,
    /// Where the date comes from.
    pub dated: &'static str,
    pub language: Option<Language>,
    pub home: u16,
    /// Viet Nam and Japan, where lists have them.
    pub vn: u16,
    pub jp: u16,
    own: Option<(u16, u16)>,
    /// The other side that the text speaks of most.
    pub partner: u16,
    /// The country of which it speaks most behind home and that one, and not in passing.
    pub third: u16,
    /// The sides that the text names together most.
    pub sides: Vec<u16>,
    /// The countries, nationalities and cities of the text are not all of one country.
    pub several_lands: bool,
    /// Token and country of countries, nationalities, cities and listed persons of a country, ascending.
    pub people: Vec<(u32, u16)>,
    /// The countries among these, each once, ascending.
    named: OnceCell<Vec<u16>>,
    /// The countries of the text's countries, nationalities and cities, each once, ascending.
    lands: OnceCell<Vec<u16>>,
    /// What the ministries of these call their field, by the field, once somebody has asked.
    pub own_words: RefCell<HashMap<u16, Vec<(u16, String)>>>,
    /// Token and country, ascending, home left out.
    pub foreign: Vec<(u32, u16)>,
    /// Lines that are only the heading of a delegation's list, with its country.
    pub headings: Vec<(u32, u16)>,
    /// Paragraphs that a date opens (`3/6/2019: …`), ascending.
    pub line_dates: Vec<(u32, Date)>,
    /// Numbers at which a date can be: a year stands at most so far behind. They go by the text.
    numbers: Vec<u32>,
    /// How often countries are named.
    counts: Vec<(u16, u32)>,
}

impl Context {
    /// Reads another text; the lists of the last one are used again.
    pub(super) fn read(&mut self, s: &Sight<'_>, people: &[Person], input: &Input<'_>, survey: &Survey) {
        let lx = s.lx;
        let code = |c: &str| lx.by_code.get(c).copied().unwrap_or(NONE16);
        self.language = input.language.or_else(|| language(s.lines));
        // They are those of the lexicon, and stay.
        (self.vn, self.jp) = *self.own.get_or_insert_with(|| (code("vn"), code("jp")));
        self.home = match input.home {
            Some(c) => std::str::from_utf8(&c).map_or(NONE16, code),
            None => self.home(s, people, &survey.lands),
        };
        let home = self.home;
        // How often each is named, of those that are.
        self.counts.clear();
        for &(_, c) in &survey.countries {
            match self.counts.iter_mut().find(|n| n.0 == c) {
                Some(n) => n.1 += 1,
                None => self.counts.push((c, 1)),
            }
        }
        let is_country = |c: u16| lx.parties[usize::from(c)].is_country;
        let others = || self.counts.iter().copied().filter(|n| n.0 != home && is_country(n.0));
        let partner = others().max_by_key(|&(c, n)| (n, u16::MAX - c)).map_or(NONE16, |n| n.0);
        let third = others().filter(|n| n.0 != partner && n.1 > 1).max_by_key(|&(c, n)| (n, u16::MAX - c)).map_or(NONE16, |n| n.0);
        (self.partner, self.third) = (partner, third);
        self.numbers(s);
        (self.date, self.dated) = match input.date {
            Some(d) => (Some(d), "given with the text"),
            None => date(s, &self.numbers).map_or((None, ""), |(d, from)| (Some(d), from)),
        };
        self.nationals(s, people, &survey.lands);
        (self.named, self.lands) = (OnceCell::new(), OnceCell::new());
        self.own_words.get_mut().clear();
        self.several_lands = survey.lands.iter().any(|l| l.1 != survey.lands[0].1);
        self.main_sides(s, &survey.sides);
        self.foreign.clear();
        self.foreign.extend(survey.countries.iter().copied().filter(|c| c.1 != home && is_country(c.1)));
        // Delegations whose line says nothing else head the lines of a list.
        self.headings.clear();
        self.headings.extend(survey.delegations.iter().copied().filter(|d| {
            let (first, end) = s.lines.around(d.0 as usize);
            end.is_some_and(|end| end - first <= 8)
        }));
        self.line_dates(s);
    }

    /// The countries of which the text speaks by themselves, a city or somebody of theirs, each once, ascending.
    pub(super) fn named(&self, s: &Sight<'_>) -> &[u16] {
        self.named.get_or_init(|| distinct(self.people.iter().map(|p| p.1).filter(|&c| s.lx.parties.get(usize::from(c)).is_some_and(|p| p.is_country))))
    }

    /// The same without people.
    pub(super) fn lands(&self, survey: &Survey) -> &[u16] {
        self.lands.get_or_init(|| distinct(survey.lands.iter().map(|l| l.1)))
    }

    /// The country that the text means where it names none: Viet Nam for Vietnamese text and Japan for Japanese, unless it
    /// speaks of other countries only.
    fn home(&self, s: &Sight<'_>, people: &[Person], lands: &[(u32, u16)]) -> u16 {
        let lx = s.lx;
        let own = match self.language {
            Some(Language::Vi) => self.vn,
            Some(Language::Ja) => self.jp,
            _ => return NONE16,
        };
        let named = |c: u16| lands.iter().filter(|l| l.1 == c).count();
        let persons = |c: u16| {
            let mut listed: Vec<u32> =
                people.iter().filter_map(|p| if let [e] = p.readings[..] { Some(e) } else { None }).filter(|&e| lx.entities[e as usize].country == c).collect();
            listed.sort_unstable();
            listed.dedup();
            // Somebody with a Vietnamese name of three syllables: Chinese names seldom have so many.
            let shaped = |p: &&Person| p.readings.is_empty() && p.shape == Shape::Vietnamese && p.end - p.start >= 3 && p.same_as.is_none();
            let vietnamese = if c == self.vn { people.iter().filter(shaped).count() } else { 0 };
            let kanji = |p: &&Person| p.readings.is_empty() && p.shape == Shape::Japanese && p.same_as.is_none();
            let japanese = if c == self.jp { people.iter().filter(kanji).count() } else { 0 };
            listed.len() + vietnamese + japanese
        };
        if self.language == Some(Language::Ja) && self.vn != NONE16 {
            // A Vietnamese paper in Japanese: all or nearly all of its people are Vietnamese.
            let (theirs, their_persons, persons) = (named(self.vn), persons(self.vn), persons(own));
            if persons == 0 && their_persons > 0 && theirs > 2 * named(own) || their_persons >= 4 * persons.max(1) {
                return self.vn;
            }
        }
        let foreign = || lands.iter().filter(|l| l.1 != own && lx.parties[usize::from(l.1)].is_country).count();
        if foreign() >= 3 && named(own) == 0 && persons(own) == 0 { NONE16 } else { own }
    }

    /// Countries, and where listed persons of a country stand.
    fn nationals(&mut self, s: &Sight<'_>, people: &[Person], lands: &[(u32, u16)]) {
        let country = |p: &Person| p.readings.first().map_or(NONE16, |&e| s.lx.entities[e as usize].country);
        let mut lands = lands.iter().copied().peekable();
        self.people.clear();
        for p in people.iter().map(|p| (p.start as u32, country(p))).filter(|p| p.1 != NONE16) {
            while let Some(land) = lands.next_if(|&l| l < p) {
                self.people.push(land);
            }
            self.people.push(p);
        }
        self.people.extend(lands);
    }

    /// The sides that stand together most.
    fn main_sides(&mut self, s: &Sight<'_>, items: &[u32]) {
        self.sides.clear();
        let mut counts: Vec<([u16; 4], u32)> = Vec::new();
        for &i in items {
            let mut sides = s.chart.items[i as usize].features.parties;
            sides.sort_unstable();
            match counts.iter().position(|c| c.0 == sides) {
                Some(c) => counts[c].1 += 1,
                None if counts.len() < MOST_SIDES => counts.push((sides, 1)),
                None => {}
            }
        }
        let named = |sides: [u16; 4]| sides.into_iter().filter(|&p| p != NONE16);
        // Of two named as often a pair is likelier than a row of three.
        if let Some((most, _)) = counts.into_iter().rev().max_by_key(|c| (c.1, named(c.0).count() == 2)) {
            self.sides.extend(named(most));
        }
    }

    /// Numbers at which a date can be: most are of none, as a date has a year of four digits, or is written in kanji.
    fn numbers(&mut self, s: &Sight<'_>) {
        self.numbers.clear();
        let is_number = |&i: &usize| s.tokens[i].kind == Kind::Number;
        if s.lines.sums.kanji + s.lines.sums.kana > 0 {
            self.numbers.extend(s.layout.parts().iter().filter(is_number).map(|i| i as u32));
            return;
        }
        let (mut next, parts) = (0, s.layout.parts());
        for (word, &bits) in s.layout.dates().words().iter().enumerate() {
            for i in ones(word, bits) {
                let t = &s.tokens[i];
                // A year alone is no date: of a date a number stands one or two before its year, or two behind it.
                let beside = (i < 2) | (parts.from(i.saturating_sub(2)) & 0b10011 != 0);
                if beside & (t.end - t.start == YEAR) & (t.kind == Kind::Number) || pointed(s, t).is_some() {
                    let first = next.max(i.saturating_sub(FARTHEST_YEAR));
                    next = i + 1;
                    self.numbers.extend((first..next).filter(is_number).map(|i| i as u32));
                }
            }
        }
    }

    /// Lines that begin with a date and a colon.
    fn line_dates(&mut self, s: &Sight<'_>) {
        self.line_dates.clear();
        let mut numbers = self.numbers.iter().map(|&n| n as usize).peekable();
        for i in s.lines.starts() {
            // There is no date without such a number.
            while numbers.next_if(|&n| n < i).is_some() {}
            match numbers.peek() {
                Some(&n) if n > i + LONGEST_OPENING => continue,
                Some(_) => {}
                None => break,
            }
            // Over a bullet.
            let t = &s.tokens[i];
            let start = if matches!(t.kind, Kind::Dash | Kind::Other) { i + 1 } else { i };
            let ahead = start + 1..s.tokens.len().min(start + LONGEST_OPENING);
            let Some(colon) = ahead.into_iter().find(|&k| s.tokens[k].kind == Kind::Colon) else { continue };
            if let Some(d) = (start..colon).find_map(|k| date_at(s, k)) {
                self.line_dates.push((s.layout.paragraph(i), d));
            }
        }
    }

    /// The last of `list` before `token` in the same sentence.
    pub(crate) fn before_in_sentence(&self, s: &Sight<'_>, list: &[(u32, u16)], token: usize) -> Option<(u32, u16)> {
        let i = list.partition_point(|&(t, _)| (t as usize) < token);
        let &(t, c) = list.get(i.checked_sub(1)?)?;
        (s.layout.sentence(t as usize) == s.layout.sentence(token)).then_some((t, c))
    }
}

fn distinct(countries: impl Iterator<Item = u16>) -> Vec<u16> {
    let mut all: Vec<u16> = countries.collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The main language by script and letters; none where nothing speaks for one.
fn language(lines: &Lines) -> Option<Language> {
    let sums = &lines.sums;
    let [kana, kanji, latin, marked, syllables] = [sums.kana, sums.kanji, sums.all.words, sums.all.marked, sums.all.syllables].map(u64::from);
    if kana > 2 * latin && kana >= 2 {
        Some(Language::Ja)
    } else if marked * 5 >= latin && marked > 0 || latin >= 4 && syllables * 10 >= latin * 9 {
        Some(Language::Vi)
    } else if latin > 0 {
        Some(Language::En)
    } else if kana > 0 || kanji > 0 {
        Some(Language::Ja)
    } else {
        None
    }
}

/// Bytes of the beginning of a text in which a header can stand.
const HEADER: usize = 2_048;

/// Whether a date as machines write it can stand near the beginning of a text: two numbers as long as a year and a month with a dash
/// between, if tokens have all of the text.
fn may_have_header(s: &Sight<'_>) -> bool {
    if s.lines.masked {
        return true;
    }
    let parts = s.layout.parts();
    for (word, (&bits, tokens)) in parts.words().iter().zip(s.tokens.chunks(64)).enumerate() {
        if tokens[0].start as usize >= HEADER {
            break;
        }
        for i in ones(word, bits & parts.from(64 * word + 1) & parts.from(64 * word + 2)) {
            let [a, dash, b] = [0, 1, 2].map(|n| &s.tokens[i + n]);
            let as_long = (a.end - a.start >= YEAR) & (b.end - b.start >= MONTH);
            if as_long & (dash.kind == Kind::Dash) & (a.end == dash.start) & (dash.end == b.start) {
                return true;
            }
        }
    }
    false
}

/// The first date as machines write it, `2025-12-05` or `2025-12`, near the beginning of a text.
fn header_date(text: &str) -> Option<Date> {
    let b = &text.as_bytes()[..text.len().min(HEADER)];
    let digits = |from: usize, n: usize| b.get(from..from + n).is_some_and(|d| d.iter().all(u8::is_ascii_digit));
    let ends = |at: usize| b.get(at).is_none_or(|&c| !c.is_ascii_alphanumeric() && c != b'_');
    let mut free = 0;
    for (n, part) in b.chunks(BLOCK).enumerate() {
        let block = part.first_chunk().copied().unwrap_or_else(|| pad(part));
        for dash in ones(n, each(&block, |c| c.cmp_eq(i8x16::splat(b'-' as i8)))) {
            let Some(start) = dash.checked_sub(4) else { continue };
            if start < free || !digits(start, 4) || !digits(dash + 1, 2) || start > 0 && !ends(start - 1) {
                continue;
            }
            let day = b.get(dash + 3) == Some(&b'-') && digits(dash + 4, 2) && ends(dash + 6);
            free = if day { dash + 6 } else { dash + 3 };
            if !ends(free) {
                free = 0;
                continue;
            }
            if let Some(date) = text.get(start..free).and_then(|d| d.parse().ok()) {
                return Some(date);
            }
        }
    }
    None
}

/// The date that the text gives itself: a date line or front matter, a full date near its beginning, or its latest.
fn date(s: &Sight<'_>, numbers: &[u32]) -> Option<(Date, &'static str)> {
    let mut latest: Option<Date> = None;
    if may_have_header(s)
        && let Some(header) = header_date(s.text)
    {
        return Some((header, "from the head of the text"));
    }
    // `December 4, 2025`, `May, 02/2019`
    let months = s.lx.marks.month_name;
    let named = |i: usize| {
        let month = i.checked_sub(if i > 1 && s.tokens[i - 1].kind == Kind::Comma { 2 } else { 1 })?;
        let t = &s.tokens[month];
        (t.is_capital() && t.marks & mark::BOLD != 0 && s.chart.begins(month, months)).then_some(month)
    };
    // Full dates that are the latest are one, whatever their order.
    for &i in numbers {
        let i = i as usize;
        for at in [counts_a_date(s, i).then_some(i), named(i)].into_iter().flatten() {
            let full = date_at(s, at).filter(|d| d.first_day() == d.last_day());
            latest = latest.into_iter().chain(full).max_by_key(|d| d.first_day());
        }
    }
    latest.map(|d| (d, "the latest full date in the text"))
}

/// Whether a date can begin at a number, by one look at it and the next token: most numbers count something.
fn counts_a_date(s: &Sight<'_>, i: usize) -> bool {
    let m = &s.lx.marks;
    let t = &s.tokens[i];
    let kind = |i: usize| s.tokens.get(i).map_or(Kind::Other, |n| n.kind);
    // A year has four bytes.
    let year = |t: &Token| t.end - t.start == 4;
    let of_numbers = |sign: Kind| kind(i + 2) == Kind::Number && (year(t) || year(&s.tokens[i + 2]) || kind(i + 3) == sign);
    let month = || s.chart.begins(i + 1, m.month | m.month_name);
    pointed(s, t).is_some()
        || t.end - t.start <= 4
            && match kind(i + 1) {
                Kind::Kanji => true,
                sign @ (Kind::Dash | Kind::Slash) => of_numbers(sign) || month(),
                Kind::Word => month(),
                _ => false,
            }
}

/// Bytes of a date with full stops inside, which is one token.
const POINTED: std::ops::RangeInclusive<u32> = 8..=10;

/// `7.3.2026`, `2026.03.07`. Few numbers are as long.
#[inline]
fn pointed(s: &Sight<'_>, t: &Token) -> Option<Date> {
    if POINTED.contains(&(t.end - t.start)) && t.kind == Kind::Number { read_pointed(s.text.get(t.start as usize..t.end as usize)?) } else { None }
}

#[inline(never)]
fn read_pointed(raw: &str) -> Option<Date> {
    let mut parts = raw.split('.').map(|part| part.parse::<u16>().ok());
    let (Some(a), Some(month), Some(b), None) = (parts.next()?, parts.next()?, parts.next()?, parts.next()) else { return None };
    let [year, day] = if a < 100 { [b, a] } else { [a, b] };
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    ((1900..2100).contains(&year) && month > 0 && day > 0).then(|| Date::new(year, month, day)).flatten()
}

/// A date that begins at a token.
fn date_at(s: &Sight<'_>, i: usize) -> Option<Date> {
    if let Some(date) = s.tokens.get(i).and_then(|t| pointed(s, t)) {
        return Some(date);
    }
    let number = |k: usize| -> Option<u16> {
        let t = s.tokens.get(k).filter(|t| t.kind == Kind::Number && t.end - t.start <= 4)?;
        let raw = s.text.get(t.start as usize..t.end as usize)?;
        let digit = |n: u16, b: u8| b.is_ascii_digit().then(|| 10 * n + u16::from(b - b'0'));
        // Few are in wide digits.
        raw.bytes().try_fold(0, digit).or_else(|| if raw.is_ascii() { None } else { fold::fold_cluster(raw).fine.parse().ok() })
    };
    let raw = |k: usize| s.tokens.get(k).and_then(|t| s.text.get(t.start as usize..t.end as usize)).unwrap_or_default();
    let is = |k: usize, kind: Kind| s.tokens.get(k).is_some_and(|t| t.kind == kind && t.gap == 0);
    let year = |n: u16| (1900..2100).contains(&n);
    if let Some(a) = number(i) {
        if year(a) && is(i + 1, Kind::Dash) {
            let month = number(i + 2)? as u8;
            let day = if is(i + 3, Kind::Dash) { number(i + 4).unwrap_or(0) as u8 } else { 0 };
            return Date::new(a, month, day);
        }
        if year(a) && is(i + 1, Kind::Slash) && is(i + 3, Kind::Slash) {
            return Date::new(a, number(i + 2)? as u8, number(i + 4)? as u8);
        }
        // `令和6年7月19日`
        let era = |t: usize| s.chart.with(t, s.lx.marks.era).find(|x| x.end as usize == i).map(|x| 1900 + u16::from(x.number));
        let in_years = raw(i + 1) == "年";
        if let Some(first) = (a < 100 && in_years).then(|| s.chart.begun(i, 2, s.lx.marks.era).rev().find_map(era)).flatten() {
            let month = number(i + 2)? as u8;
            let day = if raw(i + 3) == "月" { number(i + 4)? as u8 } else { 0 };
            return Date::new(first + a, month, day);
        }
        if year(a) && in_years {
            let month = number(i + 2)? as u8;
            let day = if raw(i + 3) == "月" { number(i + 4)? as u8 } else { 0 };
            return Date::new(a, month, day);
        }
        // `11/2012`
        if is(i + 1, Kind::Slash)
            && a <= 12
            && let Some(y) = number(i + 2).filter(|&y| year(y))
        {
            return Date::new(y, a as u8, 0);
        }
        for sep in [Kind::Slash, Kind::Dash] {
            if is(i + 1, sep)
                && is(i + 3, sep)
                && let (Some(month), Some(y)) = (number(i + 2), number(i + 4))
                && year(y)
            {
                return Date::new(y, month as u8, a as u8);
            }
        }
        // `4 tháng 12 năm 2025`
        if s.chart.begins(i + 1, s.lx.marks.month)
            && s.chart.begins(i + 3, s.lx.marks.year_before)
            && let (Some(month), Some(y)) = (number(i + 2), number(i + 4))
        {
            return year(y).then(|| Date::new(y, month as u8, a as u8)).flatten();
        }
        // `4 December 2025`
        if let (Some(month), Some(y)) = (month_at(s, i + 1), number(i + 2)) {
            return year(y).then(|| Date::new(y, month, a as u8)).flatten();
        }
        return None;
    }
    let month = month_at(s, i)?;
    // `May, 02/2019`
    if is(i + 1, Kind::Comma) && is(i + 3, Kind::Slash) {
        let day = number(i + 2)? as u8;
        return number(i + 4).filter(|&y| year(y)).and_then(|y| Date::new(y, month, day));
    }
    // `December 4, 2025`
    let day = number(i + 1)? as u8;
    // `August 5-7, 2025`
    let i = if is(i + 2, Kind::Dash) && number(i + 3).is_some_and(|last| last <= 31) { i + 2 } else { i };
    let y = number(i + 2).or_else(|| is(i + 2, Kind::Comma).then(|| number(i + 3)).flatten())?;
    year(y).then(|| Date::new(y, month, day)).flatten()
}

fn month_at(s: &Sight<'_>, i: usize) -> Option<u8> {
    s.chart.longest(i, s.lx.marks.month_name).map(|item| item.number)
}

#[cfg(test)]
mod tests {
    use super::header_date;

    #[test]
    fn dates_of_machines() {
        for (text, want) in [
            ("date: 2025-12-05", Some("2025-12-05")),
            ("2025-12", Some("2025-12")),
            ("2025-12-", Some("2025-12")),
            ("2025-12-045", Some("2025-12")),
            ("2025-12-3456-78 2019-09-01", Some("2025-12")),
            ("12025-12-05 x2025-12-05 _2025-12-05 2025-123", None),
            ("2025-13-40 rồi 2025-01-02", Some("2025-01-02")),
            ("é2025-01-02é", Some("2025-01-02")),
            ("", None),
            ("-", None),
        ] {
            assert_eq!(header_date(text), want.and_then(|d| d.parse().ok()), "{text}");
        }
        let far = " ".repeat(super::HEADER - 7) + "2025-12-05";
        assert_eq!(header_date(&far), "2025-12".parse().ok());
    }
}
