//! Times that cannot be: two holders of an office for one, days to come, days long past.

use super::Check;
use crate::date::Date;
use crate::gazetteer::record::{Record, Tenure};
use crate::kind::Kind;
use crate::lexicon::office::parse_office;
use std::collections::BTreeMap;
use std::time::{SystemTime, UNIX_EPOCH};

/// Dates before this year are slips of the pen, or at least worth a look.
const FIRST_YEAR: u16 = 1900;

pub(super) fn check(c: &mut Check<'_>) {
    let today = today();
    for r in &c.g.records {
        record(c, r, today);
    }
    overlaps(c);
}

/// Today as [`Date::first_day`] counts; a day that never comes where there is no clock.
fn today() -> u32 {
    // The one target of Rust on which asking for the time is a panic.
    if cfg!(all(target_arch = "wasm32", target_os = "unknown")) {
        return u32::MAX;
    }
    let Ok(since) = SystemTime::now().duration_since(UNIX_EPOCH) else { return u32::MAX };
    let (y, m, d) = civil(since.as_secs() / 86_400);
    y * 10_000 + m * 100 + d
}

/// Year, month and day of a number of days since 1970, in the Gregorian calendar; years begin in March on the way, so
/// that the day that a leap year adds is the last.
fn civil(days: u64) -> (u32, u32, u32) {
    let days = days + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let in_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * in_year + 2) / 153;
    let (m, d) = (if month < 10 { month + 3 } else { month - 9 }, in_year - (153 * month + 2) / 5 + 1);
    ((year + era * 400 + u64::from(m <= 2)) as u32, m as u32, d as u32)
}

fn record(c: &mut Check<'_>, r: &Record, today: u32) {
    let ahead = |d: Date| d.first_day() > today;
    for (field, date) in [("from", r.from), ("to", r.to)] {
        let Some(d) = date else { continue };
        // A law may say today when a ministry will begin, and some are older than 1900.
        if ahead(d) || d.year() < FIRST_YEAR {
            c.say_of(r.at, (field, ""), "W002", format!("`{field}` of `{}` is {d}", r.id), "look at it again; leave it if it is right");
        }
    }
    for e in &r.editions {
        let Some(d) = e.date else { continue };
        if d.year() < FIRST_YEAR {
            c.say_of(e.at, ("date", ""), "G018", format!("an edition of `{}` in {d}", r.id), "mend the date");
        } else if ahead(d) {
            c.say_of(e.at, ("date", ""), "W002", format!("an edition of `{}` is to be on {d}", r.id), "look at it again; leave it if it is right");
        }
    }
    for t in &r.tenures {
        let planned = [("from", t.from), ("to", t.to)].into_iter().filter_map(|(field, d)| Some((field, d?, false)));
        for (field, d, seen) in planned.chain(t.seen.iter().map(|&d| ("seen", d, true))) {
            if d.year() < FIRST_YEAR || seen && ahead(d) {
                c.say_of(t.at, (field, ""), "G018", format!("`{}` in `{}` on {d}", r.id, t.office), "mend the date");
            } else if ahead(d) {
                c.say_of(t.at, (field, ""), "W002", format!("`{}` in `{}`: {d} is still to come", r.id, t.office), "look at it again; leave it if it is right");
            }
        }
    }
}

/// The first and last day on which someone held an office for certain: from the end of the month or year of a beginning
/// to the start of that of an end, and an end that is not known as early as it can be. None where no day is certain.
fn certain(t: &Tenure) -> Option<(u32, u32)> {
    let seen = t.seen.iter().copied();
    let first_seen = seen.clone().map(Date::last_day).min();
    let last_seen = seen.map(Date::first_day).max();
    let start = t.from.map(Date::last_day).into_iter().chain(first_seen).min().or(t.to.map(Date::first_day))?;
    let end = match (t.to, t.from, t.ended) {
        (Some(to), ..) => to.first_day(),
        (None, Some(_), false) => u32::MAX,
        _ => last_seen.unwrap_or(start),
    };
    (start <= end).then_some((start, end))
}

/// Whether two times have more in common than a day of change. A time of one day counts where it lies inside the other.
fn overlap(a: (u32, u32), b: (u32, u32)) -> bool {
    let (start, end) = (a.0.max(b.0), a.1.min(b.1));
    let inside = |day: u32, (s, e): (u32, u32)| s < day && day < e;
    start < end || start == end && (inside(start, a) || inside(start, b))
}

/// Someone's time in an office, with the days that are certain.
type Held<'g> = (&'g Record, &'g Tenure, (u32, u32));

fn overlaps(c: &mut Check<'_>) {
    let g = c.g;
    let mut by_office: BTreeMap<&str, Vec<Held<'_>>> = BTreeMap::new();
    for r in &g.records {
        for t in r.tenures.iter().filter(|t| !t.acting) {
            if let Some(days) = certain(t) {
                by_office.entry(&t.office).or_default().push((r, t, days));
            }
        }
    }
    for (office, mut list) in by_office {
        if !for_one(c, office) {
            continue;
        }
        list.sort_by_key(|&(_, t, days)| (days, t.at.file, t.at.line));
        for (i, &(r, t, days)) in list.iter().enumerate() {
            for &(other, u, other_days) in &list[..i] {
                if !overlap(days, other_days) {
                    continue;
                }
                let place = c.place(u.at);
                if r.id == other.id {
                    c.say(t.at, "W004", format!("`{}` is in `{office}` twice at one time, see {place}", r.id), "join the two tenures");
                } else {
                    let day = if days.0 > other_days.0 { t.from.or(t.seen.first().copied()) } else { None };
                    let since = day.map_or(String::new(), |d| format!(" since {d}"));
                    c.say(
                        t.at,
                        "G017",
                        format!("`{}` is in `{office}`{since} while `{}` is, see {place}", r.id, other.id),
                        "end the earlier tenure on the day the later one begins, or say `acting`, `ended` or `holders = \"many\"`",
                    );
                }
            }
        }
    }
}

/// Whether one person at a time holds the office.
fn for_one(c: &Check<'_>, office: &str) -> bool {
    let role = parse_office(office, &c.offices()).and_then(|p| c.roles.get(p.role));
    if role.is_some_and(|&r| c.g.roles[r].many_holders) {
        return false;
    }
    match c.records.get(office).map(|&i| &c.g.records[i]) {
        Some(r) => r.kind == Kind::Title && !r.many_holders && !matches!(r.sort.as_deref(), Some("rank" | "post")),
        None => role.is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted() {
        for (days, want) in [(0, (1970, 1, 1)), (59, (1970, 3, 1)), (11_016, (2000, 2, 29)), (11_017, (2000, 3, 1)), (20_454, (2026, 1, 1))] {
            assert_eq!(civil(days), want, "{days}");
        }
    }

    #[test]
    fn what_overlaps() {
        for (a, b, want) in [
            ((1, 5), (5, 9), false),
            ((1, 6), (5, 9), true),
            ((3, 3), (1, 5), true),
            ((5, 5), (1, 5), false),
            ((1, u32::MAX), (7, u32::MAX), true),
            ((4, 4), (4, 4), false),
        ] {
            assert_eq!(overlap(a, b), want, "{a:?} {b:?}");
            assert_eq!(overlap(b, a), want, "{b:?} {a:?}");
        }
    }
}
