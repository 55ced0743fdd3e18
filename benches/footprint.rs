//! What the built-in gazetteers take: bytes in the program, time of the first call, memory that it holds after.
//!
//! Memory is what the program asked its allocator for, counted from before the first call. The limits are promises; the
//! bench fails where one is broken. The first call of a process cannot be repeated in it and is printed as it was; the limit
//! holds for the least time of the same work again, which nothing else that runs can make shorter.
//!
//! A report with limits, and no series that Criterion could follow: most of it is no time, and the rest happens once.

use peak_alloc::PeakAlloc;
use std::process::ExitCode;
use std::time::Instant;
use thucthe::{Extractor, Gazetteer};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// What the build script wrote for the library to embed.
const PARTS: [&str; 7] = ["lexicon.bin", "lexicon.txt", "names.bin", "entities.bin", "entities.txt", "records.bin", "records.txt"];

const TEXT: &str = "Thứ trưởng Bộ Quốc phòng Hoàng Xuân Chiến và Thứ trưởng Bộ Quốc phòng Nhật Bản Kano Koji đồng chủ trì Đối thoại.";

/// One figure and the most that it may be.
fn line(what: &str, is: f64, unit: &str, most: Option<f64>) -> bool {
    let holds = most.is_none_or(|m| is < m);
    let limit = most.map_or(String::new(), |m| format!("under {m} {unit}{}", if holds { "" } else { ": NO" }));
    println!("{what:<44}{is:>9.2} {unit:<4}{limit}");
    holds
}

/// Milliseconds of making the built-in extractor.
fn build() -> f64 {
    let start = Instant::now();
    let extractor = Extractor::builder().build().expect("the built-in gazetteers compile");
    let time = start.elapsed();
    assert!(extractor.names_bytes() > 0);
    time.as_secs_f64() * 1e3
}

fn main() -> ExitCode {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let start = Instant::now();
    let extractor = Extractor::builtin();
    let first = start.elapsed();
    let (held, peak) = (MEMORY.current_usage().saturating_sub(before), MEMORY.peak_usage().saturating_sub(before));

    let mut embedded = 0;
    let mut fine = true;
    for part in PARTS {
        match std::fs::metadata(std::path::Path::new(env!("OUT_DIR")).join(part)) {
            Ok(m) => {
                embedded += m.len();
                line(&format!("embedded: {part}"), m.len() as f64 / 1e6, "MB", None);
            }
            Err(e) => {
                println!("{part}: {e}");
                fine = false;
            }
        }
    }
    fine &= line("embedded in all", embedded as f64 / 1e6, "MB", Some(2.0));
    line("first call of Extractor::builtin", first.as_secs_f64() * 1e3, "ms", None);
    fine &= line("heap held after it", held as f64 / 1e6, "MB", Some(40.0));
    line("heap at most during it", peak as f64 / 1e6, "MB", None);

    let found = extractor.extract(TEXT).entities().len();
    assert!(found >= 4, "{found} entities");
    fine &= line("heap held after the first text", MEMORY.current_usage().saturating_sub(before) as f64 / 1e6, "MB", Some(40.0));

    let mut again: Vec<f64> = (0..25).map(|_| build()).collect();
    again.sort_by(f64::total_cmp);
    line("the same work again, median of 25", again[12], "ms", None);
    fine &= line("the same work again, best of 25", again[0], "ms", Some(10.0));

    let start = Instant::now();
    let records = Gazetteer::builtin().len();
    line(&format!("Gazetteer::builtin, {records} records with names"), start.elapsed().as_secs_f64() * 1e3, "ms", None);
    if fine { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
