//! Dates as precise as their source.

use serde::{Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// A day, a month or a year.
///
/// ```
/// use thucthe::Date;
/// let day: Date = "2025-12-05".parse().unwrap();
/// let month: Date = "2025-12".parse().unwrap();
/// assert!(month.first_day() <= day.first_day() && day.last_day() <= month.last_day());
/// assert!("2025-02-30".parse::<Date>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

/// The text is no date of the form `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no date: write YYYY, YYYY-MM or YYYY-MM-DD")]
pub struct InvalidDate;

fn days_in(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

impl Date {
    /// A date from its parts; month and day may be 0 for unknown.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Date> {
        let ok = (1000..=9999).contains(&year) && month <= 12 && (day == 0 || month > 0 && day <= days_in(year, month));
        ok.then_some(Date { year, month, day })
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> u16 {
        self.year
    }

    /// The first day that the date can mean, as a number that sorts.
    #[must_use]
    pub fn first_day(self) -> u32 {
        u32::from(self.year) * 10_000 + u32::from(self.month.max(1)) * 100 + u32::from(self.day.max(1))
    }

    /// The last day that the date can mean, as a number that sorts.
    #[must_use]
    pub fn last_day(self) -> u32 {
        let month = if self.month == 0 { 12 } else { self.month };
        let day = if self.day == 0 { days_in(self.year, month) } else { self.day };
        u32::from(self.year) * 10_000 + u32::from(month) * 100 + u32::from(day)
    }
}

impl FromStr for Date {
    type Err = InvalidDate;

    fn from_str(s: &str) -> Result<Date, InvalidDate> {
        let mut parts = s.split('-');
        let mut number = |len: usize| -> Result<Option<u16>, InvalidDate> {
            match parts.next() {
                None => Ok(None),
                Some(p) if p.len() == len && p.bytes().all(|b| b.is_ascii_digit()) => p.parse().map(Some).map_err(|_| InvalidDate),
                Some(_) => Err(InvalidDate),
            }
        };
        let (year, month, day) = (number(4)?.ok_or(InvalidDate)?, number(2)?, number(2)?);
        if parts.next().is_some() || month == Some(0) || day == Some(0) {
            return Err(InvalidDate);
        }
        Date::new(year, month.unwrap_or(0) as u8, day.unwrap_or(0) as u8).ok_or(InvalidDate)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if self.month > 0 {
            write!(f, "-{:02}", self.month)?;
        }
        if self.day > 0 {
            write!(f, "-{:02}", self.day)?;
        }
        Ok(())
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_prints() {
        for s in ["2025", "2025-12", "2025-12-05", "2024-02-29"] {
            assert_eq!(s.parse::<Date>().map(|d| d.to_string()), Ok(s.to_string()));
        }
        for s in ["", "25", "2025-13", "2025-00", "2025-2-3", "2023-02-29", "2025-12-05-01", "2025-12-0x"] {
            assert!(s.parse::<Date>().is_err(), "{s}");
        }
    }
}
