//! The same 10 000 names in the same text, beside what others offer in Rust.
//!
//! `cargo bench --features csv --bench peers` prints a table of ratios from one run, ways in turn, and then has Criterion measure
//! each way; `-- --test` is small. Names are the gazetteers', text is made by `benches/common`: a name every 200 bytes, a
//! tenth of the documents decomposed. Every way is asked for its answers on that before it is timed, on the same or on the file that
//! `THUCTHE_BENCH_TEXT` names.
//!
//! `-- --write FOLDER` also writes there what `benches/peers/peers.py` reads: the names, the documents and the figures.
//!
//! Hits differ where the ways do; each difference is printed by its kind, and none is of another kind. All others compare
//! letters: a name in the other tone style (`Thuỷ` for `Thủy`) is none to them. `flashtext2` takes no composition either, so
//! that it finds no name with diacritics in decomposed documents. Searches on prepared text (composed and lower-cased
//! beforehand, for nothing) know no places in the text as given.

mod common;

use common::names::name;
use common::peers::{Answers, Peers, Text, WAYS, Why, made};
use common::texts::Made;
use criterion::{Criterion, Throughput};
use std::path::Path;

/// What Python reads: a name a line; a document a line, with the places of its names in characters if they are known;
/// and for each way its megabytes a second.
fn write(folder: &Path, names: usize, made: &[Made], docs: &[Text], times: &[f64]) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join("names.txt"), (0..names).map(|i| name(i) + "\n").collect::<String>())?;
    let mut lines = String::new();
    for d in docs {
        let place = |at: usize| d.given[..at].chars().count();
        let written = made.iter().find(|m| m.text == d.given).map(|m| m.names.iter().map(|&(i, a, b)| (i, place(a), place(b))).collect::<Vec<_>>());
        lines += &serde_json::json!({ "text": d.given, "names": written }).to_string();
        lines.push('\n');
    }
    std::fs::write(folder.join("text.jsonl"), lines)?;
    let bytes: usize = docs.iter().map(|d| d.given.len()).sum();
    let speeds: serde_json::Map<_, _> = WAYS.iter().zip(times).map(|((_, way), t)| (way.to_string(), (bytes as f64 / 1e6 / t).into())).collect();
    std::fs::write(folder.join("rust.json"), serde_json::Value::Object(speeds).to_string())
}

fn differences(answers: &[Answers]) {
    println!("\n| way | difference | names | the first |");
    println!("| --- | --- | ---: | --- |");
    for ((_, way), a) in WAYS.iter().zip(answers).skip(1) {
        for (why, (count, first)) in &a.differences {
            println!("| {way} | {} | {count} | {} |", Why::told(*why), first.replace('\n', " "));
        }
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let quick = arguments.iter().any(|a| a == "--test");
    let (names, bytes, rounds) = if quick { (1_000, 100_000, 1) } else { (10_000, 4_000_000, 7) };
    let peers = Peers::new(names);
    let made = made(names, bytes);
    let total: usize = made.iter().map(|d| d.names.len()).sum();
    let answers = peers.answers(&made);
    let (text, docs) = peers.corpus(bytes);
    let times = peers.times(&docs, rounds);
    let raw = times[2];
    println!("{names} names; timed on {text}, medians of {rounds} rounds; {total} names written into made text\n");
    println!("| way | time ÷ raw | names found | marked besides |");
    println!("| --- | ---: | ---: | ---: |");
    for (((_, way), time), a) in WAYS.iter().zip(&times).zip(&answers) {
        println!("| {way} | {:.2} | {} | {} |", time / raw, a.found, a.besides);
    }
    differences(&answers);

    if let Some(at) = arguments.iter().position(|a| a == "--write") {
        let folder = arguments.get(at + 1).expect("--write names a folder");
        return write(Path::new(folder), names, &made, &docs, &times).expect("the folder can be written to");
    }
    // A part of the text is enough for Criterion, which repeats it.
    let part = &docs[..docs.len().min(100)];
    let mut c = Criterion::default().configure_from_args().sample_size(10);
    let mut group = c.benchmark_group("peers");
    group.throughput(Throughput::Bytes(part.iter().map(|d| d.given.len() as u64).sum()));
    for (way, label) in WAYS {
        let mut worker = peers.worker();
        group.bench_function(label, |b| b.iter(|| part.iter().map(|d| peers.count(way, &mut worker, d)).sum::<usize>()));
    }
    group.finish();
    c.final_summary();
}
