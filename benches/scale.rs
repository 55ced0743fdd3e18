//! What many names and long texts cost: 1 000, 10 000, 100 000 and a million names from a table, with texts of 1 kB to 50 MB,
//! against the raw automaton.
//!
//! `cargo bench --features csv --bench scale` prints a table of builds and one of speeds, and has Criterion measure each number
//! of names with each length of text. `-- --test` stops at ten thousand names and 100 kB and runs each once. Names and
//! texts are those of `benches/common`, or the file that `THUCTHE_BENCH_TEXT` names; a longer text than that is it again and again.
//! Raw is the `aho-corasick` contiguous NFA, leftmost-longest, with the same names over the same text composed and
//! lower-cased beforehand.
//! `names` is what the compiled names take, words and surfaces included; `held` is what the process keeps for all of it,
//! records and the fixed parts of the crate's own grammar among them. `first text` is that of a kilobyte right behind the build.
//! Each size is asked for names that it must and must not find before it is timed; the first call of the embedded
//! extractor and the first text cannot be.

mod common;

use aho_corasick::AhoCorasick;
use common::names::{lower_names, name, prepare, raw, table};
use common::texts::corpus;
use common::{medians, resident, seconds};
use criterion::{BenchmarkId, Criterion, SamplingMode, Throughput};
use std::time::{Duration, Instant};
use thucthe::{Extractor, Gazetteer};

/// The answers that hold for any number of names.
fn assert_answers(x: &Extractor, count: usize) {
    for i in [0, 1, count / 2, count - 1] {
        let n = name(i);
        for spelled in [n.clone(), n.to_uppercase(), format!("ở {n}, rồi")] {
            let d = x.extract(spelled.as_str());
            let found: Vec<&str> = d.entities().iter().map(|e| e.id()).collect();
            assert!(found.contains(&format!("organization:x{i}").as_str()), "{spelled}: {found:?}");
        }
    }
    let other = x.extract("Amber Beacon coralx Lines");
    assert!(!other.entities().iter().any(|e| e.id().starts_with("organization:x")), "a name that is on no list");
}

/// A number of names, built once.
struct Size {
    count: usize,
    extractor: Extractor,
    raw: AhoCorasick,
}

fn timed<T>(f: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let x = f();
    (x, start.elapsed().as_secs_f64())
}

/// Builds, and prints what that takes and leaves.
fn build(count: usize) -> Size {
    let csv = table(count);
    let before = resident();
    let (g, read) = timed(|| Gazetteer::from_csv("names.csv", &csv).expect("the table reads"));
    assert_eq!(g.len(), count, "every name is a record");
    let (extractor, build) = timed(|| Extractor::builder().no_builtin().gazetteer(g).build().expect("it builds"));
    let held = resident().zip(before).map(|(after, before)| after.saturating_sub(before) as f64 / count as f64);
    drop(csv);
    let text = text(count, 1_000);
    let first = seconds(|| extractor.extract(text.as_str()).mentions().len());
    assert_answers(&extractor, count);
    let lower = lower_names(count);
    let (raw, raw_build) = timed(|| raw(&lower));
    let per = |bytes: usize| bytes as f64 / count as f64;
    println!(
        "| {count} | {:.2} ms | {:.2} ms | {:.2} | {:.0} B | {} | {:.0} B | {:.3} ms |",
        read * 1e3,
        build * 1e3,
        (read + build) / raw_build,
        per(extractor.names_bytes()),
        held.map_or(String::new(), |h| format!("{h:.0} B")),
        per(raw.memory_usage()),
        first * 1e3
    );
    Size { count, extractor, raw }
}

/// One text of so many bytes.
fn text(count: usize, bytes: usize) -> String {
    let (_, docs) = corpus(count, bytes.min(4_000_000));
    let mut text = String::with_capacity(bytes + docs.iter().map(String::len).max().unwrap_or(0));
    for d in docs.iter().cycle() {
        if text.len() >= bytes {
            break;
        }
        text.push_str(d);
    }
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
    text
}

/// The ratio to raw in turns, and what two threads that share the extractor do in the time of one.
fn speeds(size: &Size, text: &str, rounds: usize) {
    let prepared = prepare(text);
    let repeat = (500_000 / text.len()).clamp(1, 500);
    let (mut worker, mut other) = (size.extractor.worker(), size.extractor.worker());
    let mut whole = || seconds(|| (0..repeat).map(|_| worker.extract(text).mentions().len()).sum::<usize>());
    let mut matching = || seconds(|| (0..repeat).map(|_| other.matched(text)).sum::<usize>());
    let mut theirs = || seconds(|| (0..repeat).map(|_| size.raw.find_iter(&prepared).count()).sum::<usize>());
    let shared = || (0..repeat).map(|_| size.extractor.extract(text).mentions().len()).sum::<usize>();
    let mut one = || seconds(shared);
    let mut two = || seconds(|| std::thread::scope(|s| (0..2).for_each(|_| drop(s.spawn(shared)))));
    let times = medians(rounds, &mut [&mut matching, &mut whole, &mut theirs, &mut one, &mut two]);
    println!(
        "| {} | {} | {:.1} | {:.1} | {:.2} | {:.2} | {:.2} |",
        size.count,
        text.len(),
        (repeat * text.len()) as f64 / 1e6 / times[1],
        (repeat * text.len()) as f64 / 1e6 / times[2],
        times[0] / times[2],
        times[1] / times[2],
        2.0 * times[3] / times[4]
    );
}

fn main() {
    let quick = std::env::args().any(|a| a == "--test");
    let counts: &[usize] = if quick { &[1_000, 10_000] } else { &[1_000, 10_000, 100_000, 1_000_000] };
    let first = seconds(Extractor::builtin);
    println!("first call of Extractor::builtin: {:.1} ms\n", first * 1e3);
    println!("| names | read | build | both ÷ raw's build | names, each | held, each | raw, each | first text |");
    println!("| ---: |{}", " ---: |".repeat(7));
    let sizes: Vec<Size> = counts.iter().map(|&count| build(count)).collect();
    println!("\n| names | bytes | MB/s | raw, MB/s | tokens and matching ÷ raw | whole ÷ raw | two threads ÷ one |");
    println!("| ---: |{}", " ---: |".repeat(6));
    let texts: Vec<Vec<String>> = sizes
        .iter()
        .map(|size| {
            // All lengths where they are cheap to make; the ends and a middle with many names.
            let lengths: &[usize] = match size.count {
                _ if quick => &[1_000, 100_000],
                ..=10_000 => &[1_000, 10_000, 100_000, 1_000_000, 50_000_000],
                _ => &[1_000, 1_000_000, 50_000_000],
            };
            lengths.iter().map(|&bytes| text(size.count, bytes)).collect()
        })
        .collect();
    for (size, texts) in sizes.iter().zip(&texts) {
        texts.iter().for_each(|text| speeds(size, text, if quick { 1 } else { 5 }));
    }

    let (warm, measure) = (Duration::from_millis(500), Duration::from_secs(2));
    let mut c = Criterion::default().configure_from_args().sample_size(10).warm_up_time(warm).measurement_time(measure);
    let mut group = c.benchmark_group("scale");
    // A text of 50 MB takes a second: as often as there are samples, and no oftener.
    group.sampling_mode(SamplingMode::Flat);
    for (size, texts) in sizes.iter().zip(&texts) {
        for text in texts {
            group.throughput(Throughput::Bytes(text.len() as u64));
            let mut worker = size.extractor.worker();
            let id = BenchmarkId::new(format!("extract, {} names", size.count), text.len());
            group.bench_with_input(id, text, |b, t| b.iter(|| worker.extract(t.as_str()).mentions().len()));
        }
    }
    group.finish();
    c.final_summary();
}
