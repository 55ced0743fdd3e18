//! What the benches share: names, texts made of own sentences, and medians of interleaved rounds.
//!
//! Everything is made without chance: the same on every machine and every day. `THUCTHE_BENCH_TEXT` names a large file of
//! your own to measure on instead; it is cut into documents at blank lines and lines that begin with `#`.

#![allow(dead_code, reason = "each bench uses a part of it")]

pub mod hostile;
pub mod names;
pub mod peers;
pub mod texts;

use std::time::Instant;

/// The median of each way over rounds in which the ways take turns.
pub fn medians(rounds: usize, ways: &mut [&mut dyn FnMut() -> f64]) -> Vec<f64> {
    let mut times: Vec<Vec<f64>> = ways.iter().map(|_| Vec::new()).collect();
    for _ in 0..rounds {
        for (way, times) in ways.iter_mut().zip(&mut times) {
            times.push(way());
        }
    }
    times
        .into_iter()
        .map(|mut t| {
            t.sort_by(f64::total_cmp);
            t[t.len() / 2]
        })
        .collect()
}

/// Seconds that something takes.
pub fn seconds<T>(f: impl FnOnce() -> T) -> f64 {
    let start = Instant::now();
    std::hint::black_box(f());
    start.elapsed().as_secs_f64()
}

/// Memory of the process that is in use, where the system tells it without unsafe code.
pub fn resident() -> Option<usize> {
    memory("VmRSS:")
}

fn memory(what: &str) -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with(what))?;
    Some(line.split_whitespace().nth(1)?.parse::<usize>().ok()? * 1024)
}

/// The most memory that the process had in use since it was last asked.
pub fn peak() -> Option<usize> {
    let most = memory("VmHWM:");
    // The system counts anew from here; where it does not let us, what comes is too much and not too little.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    most
}
