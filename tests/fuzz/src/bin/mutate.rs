//! Fuzzing without a fuzzer: seeds are cut, joined and spoilt by chance for as long as one likes.
//!
//! `cargo run --release --bin mutate -- SECONDS [TARGET]...` from `tests/fuzz`. Whatever makes a target panic, or takes it
//! longer than ten seconds, is written to `finds/` under the target's name. Where there is such a find, the exit status is 1.

#[path = "../chance.rs"]
mod chance;

use chance::{Chance, ODD};
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use thucthe_fuzz::TARGETS;

fn files(folder: PathBuf) -> Vec<Vec<u8>> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()).collect();
    paths.sort();
    paths.iter().filter_map(|p| std::fs::read(p).ok()).collect()
}

fn spoilt(seeds: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::new();
    for _ in 0..=chance.below(4) {
        let seed = &seeds[chance.below(seeds.len())];
        let a = chance.below(seed.len() + 1);
        let len = chance.below(600).min(seed.len() - a);
        out.extend_from_slice(&seed[a..a + len]);
    }
    for _ in 0..chance.below(12) {
        let at = chance.below(out.len() + 1);
        match chance.below(6) {
            0 if at < out.len() => out[at] = chance.next() as u8,
            1 if at < out.len() => {
                out.remove(at);
            }
            2 => {
                let end = (at + chance.below(40)).min(out.len());
                let again: Vec<u8> = out[at..end].repeat(1 + chance.below(20));
                out.splice(at..at, again);
            }
            3 => {
                let c = char::from_u32(chance.below(0x3_0000) as u32).unwrap_or(' ');
                out.splice(at..at, c.to_string().into_bytes());
            }
            _ => {
                let odd = ODD[chance.below(ODD.len())];
                out.splice(at..at, odd.bytes());
            }
        }
    }
    out
}

fn main() -> std::io::Result<ExitCode> {
    let mut arguments = std::env::args().skip(1);
    let seconds = arguments.next().and_then(|s| s.parse().ok()).unwrap_or(60);
    let wanted: Vec<String> = arguments.collect();
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let targets: Vec<_> = TARGETS.iter().filter(|t| wanted.is_empty() || wanted.iter().any(|w| w == t.0)).collect();
    let common: Vec<Vec<u8>> = [files(here.join("../corpus/documents")), files(here.join("../corpus")), files(here.join("../../gazetteers"))].concat();
    let mut chance = Chance(Instant::now().elapsed().as_nanos() as u64 ^ u64::from(std::process::id()) << 32 | 1);
    std::panic::set_hook(Box::new(|_| {}));
    let start = Instant::now();
    let mut counts = vec![(0usize, 0usize); targets.len()];
    while start.elapsed() < Duration::from_secs(seconds) {
        for (target, count) in targets.iter().zip(&mut counts) {
            let mut seeds = files(here.join("seeds").join(target.0));
            seeds.extend(common.iter().cloned());
            for _ in 0..200 {
                let input = spoilt(&seeds, &mut chance);
                let begun = Instant::now();
                let fine = std::panic::catch_unwind(|| (target.1)(&input)).is_ok() && begun.elapsed() < Duration::from_secs(10);
                count.0 += 1;
                if !fine {
                    count.1 += 1;
                    let folder = here.join("finds").join(target.0);
                    std::fs::create_dir_all(&folder)?;
                    let name = input.iter().fold(0xcbf2_9ce4_8422_2325u64, |h, &b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3));
                    std::fs::File::create(folder.join(format!("{name:016x}")))?.write_all(&input)?;
                }
            }
        }
    }
    for (target, (runs, finds)) in targets.iter().zip(&counts) {
        println!("{}: {runs} runs, {finds} finds", target.0);
    }
    Ok(if counts.iter().all(|(_, finds)| *finds == 0) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
