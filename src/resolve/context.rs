//! What a text says around a mention: its date, its language, whose delegation speaks, which countries are near.

use crate::compose::chart::Chart;
use crate::compose::people::{Person, Shape, Sight};
use crate::date::Date;
use crate::input::Input;
use crate::kind::Language;
use crate::lexicon::{NONE16, Sort};
use crate::text::fold;
use crate::text::lines::Lines;
use crate::text::tokens::Kind;

/// What holds for the whole text, and where countries and delegations stand.
#[derive(Debug)]
pub(crate) struct Context {
    pub date: Option<Date>,
    /// Where the date comes from.
    pub dated: &'static str,
    pub language: Option<Language>,
    pub home: u16,
    /// The other side that the text speaks of most.
    pub partner: u16,
    /// The country of which it speaks most behind home and that one, and not in passing.
    pub third: u16,
    /// The sides that the text names together most.
    pub sides: Vec<u16>,
    /// Token and country of countries, nationalities and cities, ascending.
    pub lands: Vec<(u32, u16)>,
    /// The countries among these, each once, ascending.
    pub all_lands: Vec<u16>,
    /// They are not all the same.
    pub several_lands: bool,
    /// The same with the listed persons of a country among them.
    pub people: Vec<(u32, u16)>,
    /// The countries among these, each once, ascending.
    pub named: Vec<u16>,
    /// Token and country, ascending, home left out.
    pub foreign: Vec<(u32, u16)>,
    /// Token and country of `đoàn Nhật Bản`, `phía Nhật Bản`, ascending.
    pub delegations: Vec<(u32, u16)>,
    /// Lines that are only the heading of a delegation's list, with its country.
    pub headings: Vec<(u32, u16)>,
    /// Paragraphs that a date opens (`3/6/2019: …`), ascending.
    pub line_dates: Vec<(u32, Date)>,
}

impl Context {
    pub(crate) fn read(s: &Sight<'_>, people: &[Person], input: &Input<'_>) -> Context {
        let lx = s.lx;
        let language = input.language.or_else(|| language(s.lines));
        // `Dato' Tan Yang Thai`: a syllable of somebody's name is no country.
        let mut names: Vec<(u32, u32)> = people.iter().map(|p| (p.start as u32, p.end as u32)).collect();
        names.sort_unstable();
        let named = |token: u32| names.partition_point(|n| n.0 <= token).checked_sub(1).is_some_and(|i| token < names[i].1);
        let mut lands = lands(s);
        lands.retain(|l| !named(l.0));
        let home = match input.home {
            Some(code) => std::str::from_utf8(&code).ok().and_then(|c| lx.by_code.get(c)).copied().unwrap_or(NONE16),
            None => home(s, language, people, &lands),
        };
        let m = &lx.marks;
        let mut countries: Vec<(u32, u16)> =
            s.chart.all(m.party | m.nationality).filter(|i| i.features.country != NONE16).map(|i| (i.start, i.features.country)).collect();
        countries.retain(|c| !named(c.0));
        countries.sort_unstable();
        countries.dedup();
        // How often each is named, of those that are.
        let mut counts: Vec<(u16, u32)> = Vec::new();
        for &(_, c) in &countries {
            match counts.iter_mut().find(|n| n.0 == c) {
                Some(n) => n.1 += 1,
                None => counts.push((c, 1)),
            }
        }
        let others = || counts.iter().copied().filter(|n| n.0 != home && lx.parties[usize::from(n.0)].is_country);
        let delegations = delegations(s);
        let partner = others().max_by_key(|&(c, n)| (n, u16::MAX - c)).map_or(NONE16, |n| n.0);
        let (date, dated) = match input.date {
            Some(d) => (Some(d), "given with the text"),
            None => date(s).map_or((None, ""), |(d, from)| (Some(d), from)),
        };
        let third = others().filter(|n| n.0 != partner && n.1 > 1).max_by_key(|&(c, n)| (n, u16::MAX - c)).map_or(NONE16, |n| n.0);
        let people = nationals(s, people, &lands);
        let mut named: Vec<u16> = people.iter().map(|p| p.1).filter(|&c| lx.parties.get(usize::from(c)).is_some_and(|p| p.is_country)).collect();
        named.sort_unstable();
        named.dedup();
        let mut all_lands: Vec<u16> = lands.iter().map(|l| l.1).collect();
        all_lands.sort_unstable();
        all_lands.dedup();
        Context {
            date,
            dated,
            language,
            home,
            partner,
            third,
            sides: main_sides(s.chart, m.sides),
            headings: headings(s, &delegations),
            delegations,
            line_dates: line_dates(s),
            people,
            named,
            several_lands: all_lands.len() > 1,
            all_lands,
            lands,
            foreign: countries.into_iter().filter(|&(_, c)| c != home && lx.parties[usize::from(c)].is_country).collect(),
        }
    }

    /// The last of `list` before `token` in the same sentence.
    pub(crate) fn before_in_sentence(&self, s: &Sight<'_>, list: &[(u32, u16)], token: usize) -> Option<(u32, u16)> {
        let i = list.partition_point(|&(t, _)| (t as usize) < token);
        let &(t, c) = list.get(i.checked_sub(1)?)?;
        (s.layout.sentence(t as usize) == s.layout.sentence(token)).then_some((t, c))
    }
}

/// The country that the text means where it names none: Viet Nam for Vietnamese text and Japan for Japanese, unless it
/// speaks of other countries only.
fn home(s: &Sight<'_>, language: Option<Language>, people: &[Person], lands: &[(u32, u16)]) -> u16 {
    let lx = s.lx;
    let code = |c: &str| lx.by_code.get(c).copied().unwrap_or(NONE16);
    let (own, other) = match language {
        Some(Language::Vi) => (code("vn"), NONE16),
        Some(Language::Ja) => (code("jp"), code("vn")),
        _ => return NONE16,
    };
    let of = |c: u16| {
        let named = lands.iter().filter(|l| l.1 == c).count();
        let mut listed: Vec<u32> =
            people.iter().filter_map(|p| if let [e] = p.readings[..] { Some(e) } else { None }).filter(|&e| lx.entities[e as usize].country == c).collect();
        listed.sort_unstable();
        listed.dedup();
        // Somebody with a Vietnamese name of three syllables: Chinese names seldom have so many.
        let shaped = |p: &&Person| p.readings.is_empty() && p.shape == Shape::Vietnamese && p.end - p.start >= 3 && p.same_as.is_none();
        let vietnamese = if c == code("vn") { people.iter().filter(shaped).count() } else { 0 };
        let kanji = |p: &&Person| p.readings.is_empty() && p.shape == Shape::Japanese && p.same_as.is_none();
        let japanese = if c == code("jp") { people.iter().filter(kanji).count() } else { 0 };
        (named, listed.len() + vietnamese + japanese)
    };
    let (named, persons) = of(own);
    if other != NONE16 {
        // A Vietnamese paper in Japanese: all or nearly all of its people are Vietnamese.
        let (theirs, their_persons) = of(other);
        if persons == 0 && their_persons > 0 && theirs > 2 * named || their_persons >= 4 * persons.max(1) {
            return other;
        }
    }
    let foreign = lands.iter().filter(|l| l.1 != own && lx.parties[usize::from(l.1)].is_country).count();
    if named == 0 && persons == 0 && foreign >= 3 { NONE16 } else { own }
}

/// Countries, and where listed persons of a country stand, ascending.
fn nationals(s: &Sight<'_>, people: &[Person], lands: &[(u32, u16)]) -> Vec<(u32, u16)> {
    let country = |p: &Person| p.readings.first().map_or(NONE16, |&e| s.lx.entities[e as usize].country);
    let mut out: Vec<(u32, u16)> = people.iter().map(|p| (p.start as u32, country(p))).filter(|p| p.1 != NONE16).chain(lands.iter().copied()).collect();
    out.sort_unstable();
    out
}

fn main_sides(chart: &Chart, sides: u128) -> Vec<u16> {
    let mut counts: Vec<(Vec<u16>, u32)> = Vec::new();
    for i in chart.all(sides) {
        let mut pair: Vec<u16> = i.features.sides().collect();
        pair.sort_unstable();
        match counts.iter().position(|c| c.0 == pair) {
            Some(c) => counts[c].1 += 1,
            None if counts.len() < 64 => counts.push((pair, 1)),
            None => {}
        }
    }
    // Of two named as often a pair is likelier than a row of three.
    counts.into_iter().rev().max_by_key(|c| (c.1, c.0.len() == 2)).map(|c| c.0).unwrap_or_default()
}

fn lands(s: &Sight<'_>) -> Vec<(u32, u16)> {
    let m = &s.lx.marks;
    let mut out: Vec<(u32, u16)> = s
        .chart
        .all(m.place | m.nationality)
        .map(|i| {
            let city = s.lx.entities.get(i.features.place as usize).filter(|e| matches!(e.sort, Sort::City | Sort::Capital)).map_or(NONE16, |e| e.country);
            (i.start, if i.features.country != NONE16 { i.features.country } else { city })
        })
        .filter(|&(_, c)| c != NONE16)
        .collect();
    out.sort_unstable();
    out
}

/// Delegations whose line says nothing else: they head the lines of a list.
fn headings(s: &Sight<'_>, delegations: &[(u32, u16)]) -> Vec<(u32, u16)> {
    delegations
        .iter()
        .copied()
        .filter(|&(t, _)| {
            let t = t as usize;
            let (first, end) = s.lines.around(t);
            end.is_some_and(|end| end - first <= 8)
        })
        .collect()
}

/// Lines that begin with a date and a colon.
fn line_dates(s: &Sight<'_>) -> Vec<(u32, Date)> {
    let mut out: Vec<(u32, Date)> = Vec::new();
    for i in s.lines.starts() {
        // Over a bullet.
        let t = &s.tokens[i];
        let start = if matches!(t.kind, Kind::Dash | Kind::Other) { i + 1 } else { i };
        let Some(colon) = (start + 1..s.tokens.len().min(start + 8)).find(|&k| s.tokens[k].kind == Kind::Colon) else { continue };
        let date = date_at(s, start).or_else(|| (start + 1..colon).find_map(|k| date_at(s, k)));
        if let Some(d) = date {
            out.push((s.layout.paragraph(i), d));
        }
    }
    out
}

fn delegations(s: &Sight<'_>) -> Vec<(u32, u16)> {
    let (lx, chart) = (s.lx, s.chart);
    let m = &lx.marks;
    let mut out = Vec::new();
    for i in chart.all(m.delegation) {
        let after = chart.with(i.end as usize, m.country | m.ministry | m.nationality).filter(|n| n.features.country != NONE16).max_by_key(|n| n.end);
        if let Some(n) = after {
            out.push((i.start, n.features.country));
        }
    }
    // `the Japanese side`, `ベトナム側`
    for i in chart.all(m.nationality | m.country) {
        if chart.begins(i.end as usize, m.delegation) && i.languages & (1 << Language::Vi as u8) == 0 {
            out.push((i.start, i.features.country));
        }
    }
    // `Lào: Trung tướng …` at the beginning of a line
    for i in chart.all(m.country) {
        let (start, end) = (i.start as usize, i.end as usize);
        let opens =
            s.tokens[start].begins_line() || start > 0 && matches!(s.tokens[start - 1].kind, Kind::Dash | Kind::Other) && s.tokens[start - 1].begins_line();
        if opens && s.tokens.get(end).is_some_and(|t| t.kind == Kind::Colon) {
            out.push((i.start, i.features.country));
        }
    }
    out.sort_unstable();
    out
}

/// The main language by script and letters; none where nothing speaks for one.
fn language(lines: &Lines) -> Option<Language> {
    let (kana, latin, marked, syllables) = (lines.kana, lines.all.words, lines.all.marked, lines.all.syllables);
    if kana > 2 * latin && kana >= 2 {
        Some(Language::Ja)
    } else if marked * 5 >= latin && marked > 0 || latin >= 4 && syllables * 10 >= latin * 9 {
        Some(Language::Vi)
    } else if latin > 0 {
        Some(Language::En)
    } else if kana > 0 || lines.kanji > 0 {
        Some(Language::Ja)
    } else {
        None
    }
}

/// Bytes of the beginning of a text in which a header can stand.
const HEADER: usize = 2_048;
/// Bytes that are passed over at once where no dash is among them.
const DASHLESS: usize = 64;

/// The first date as machines write it, `2025-12-05` or `2025-12`, near the beginning of a text.
fn header_date(text: &str) -> Option<Date> {
    let b = &text.as_bytes()[..text.len().min(HEADER)];
    let digits = |from: usize, n: usize| b.get(from..from + n).is_some_and(|d| d.iter().all(u8::is_ascii_digit));
    let ends = |at: usize| b.get(at).is_none_or(|&c| !c.is_ascii_alphanumeric() && c != b'_');
    let mut free = 0;
    // Most of it holds no dash.
    let dashes = b.chunks(DASHLESS).enumerate().filter(|(_, c)| c.contains(&b'-'));
    let dashes = dashes.flat_map(|(n, c)| c.iter().enumerate().filter(|(_, c)| **c == b'-').map(move |(i, _)| n * DASHLESS + i));
    for dash in dashes {
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
    None
}

/// The date that the text gives itself: a date line or front matter, a full date near its beginning, or its latest.
fn date(s: &Sight<'_>) -> Option<(Date, &'static str)> {
    let mut latest: Option<Date> = None;
    if let Some(header) = header_date(s.text) {
        return Some((header, "from the head of the text"));
    }
    let months = s.lx.marks.month_name;
    let named = s.layout.bold().filter(|&i| s.tokens[i].is_capital() && s.chart.begins(i, months));
    for i in s.lines.numbers.iter().map(|&i| i as usize).filter(|&i| counts_a_date(s, i)).chain(named) {
        let Some(d) = date_at(s, i) else { continue };
        if latest.is_none_or(|l| l.first_day() < d.first_day()) && d.first_day() == d.last_day() {
            latest = Some(d);
        }
    }
    latest.map(|d| (d, "the latest full date in the text"))
}

/// Whether a date can begin at a number, by one look at it and the next token: most numbers count something.
fn counts_a_date(s: &Sight<'_>, i: usize) -> bool {
    let m = &s.lx.marks;
    let t = &s.tokens[i];
    let next = s.tokens.get(i + 1).map_or(Kind::Other, |n| n.kind);
    let goes_on = matches!(next, Kind::Dash | Kind::Slash | Kind::Kanji) || next == Kind::Word && s.chart.begins(i + 1, m.month | m.month_name);
    t.end - t.start <= 4 && goes_on
}

/// A date that begins at a token.
fn date_at(s: &Sight<'_>, i: usize) -> Option<Date> {
    let number = |k: usize| -> Option<u16> {
        let t = s.tokens.get(k).filter(|t| t.kind == Kind::Number && t.end - t.start <= 4)?;
        let raw = s.text.get(t.start as usize..t.end as usize)?;
        if raw.is_ascii() { raw.parse().ok() } else { fold::fold_cluster(raw).fine.parse().ok() }
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
        let era = (1..=2.min(i)).find_map(|b| s.chart.with(i - b, s.lx.marks.era).find(|x| x.end as usize == i)).map(|x| 1900 + u16::from(x.number));
        if let Some(first) = era.filter(|_| a < 100 && raw(i + 1) == "年") {
            let month = number(i + 2)? as u8;
            let day = if raw(i + 3) == "月" { number(i + 4)? as u8 } else { 0 };
            return Date::new(first + a, month, day);
        }
        if year(a) && raw(i + 1) == "年" {
            let month = number(i + 2)? as u8;
            let day = if raw(i + 3) == "月" { number(i + 4)? as u8 } else { 0 };
            return Date::new(a, month, day);
        }
        // `11/2012`
        if is(i + 1, Kind::Slash) && a <= 12 {
            if let Some(y) = number(i + 2).filter(|&y| year(y)) {
                return Date::new(y, a as u8, 0);
            }
        }
        for sep in [Kind::Slash, Kind::Dash] {
            if is(i + 1, sep) && is(i + 3, sep) {
                if let (Some(month), Some(y)) = (number(i + 2), number(i + 4)) {
                    if year(y) {
                        return Date::new(y, month as u8, a as u8);
                    }
                }
            }
        }
        // `4 tháng 12 năm 2025`
        if s.chart.begins(i + 1, s.lx.marks.month) && s.chart.begins(i + 3, s.lx.marks.year_before) {
            if let (Some(month), Some(y)) = (number(i + 2), number(i + 4)) {
                return year(y).then(|| Date::new(y, month as u8, a as u8)).flatten();
            }
        }
        // `4 December 2025`
        if let (Some(month), Some(y)) = (month_at(s, i + 1), number(i + 2)) {
            return year(y).then(|| Date::new(y, month, a as u8)).flatten();
        }
        // `7.3.2026`
        let mut parts = raw(i).split('.');
        if let (Some(d), Some(m), Some(y), None) = (parts.next(), parts.next(), parts.next(), parts.next()) {
            if let (Ok(d), Ok(m), Ok(y)) = (d.parse::<u8>(), m.parse::<u8>(), y.parse::<u16>()) {
                return year(y).then(|| Date::new(y, m, d)).flatten();
            }
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
