//! What each stage takes: tokens, matching, composing, resolving and the whole, for Vietnamese, English and Japanese text, sparse
//! and dense.
//!
//! `cargo bench --features csv --bench stages` has Criterion measure each stage on each text, then prints a table of ratios to the raw
//! automaton, ways in turn. `-- --test` runs everything once. Texts are those of `benches/common`: sparse Vietnamese is the
//! corpus, or the file that `THUCTHE_BENCH_TEXT` names; dense text is that of the test documents. Raw is the `aho-corasick`
//! contiguous NFA, leftmost-longest, over the same text composed and lower-cased beforehand, with the gazetteer's own names:
//! the most that one could get by hand, without folding, ids or rules. The first call of the process is measured once, before
//! anything is warm; every other time behind answers that were asked for.

mod common;

use aho_corasick::AhoCorasick;
use common::names::{embedded_names, prepare, raw};
use common::texts::{dense, sparse};
use common::{medians, seconds};
use criterion::{BenchmarkId, Criterion, Throughput};
use std::hint::black_box;
use std::time::Duration;
use thucthe::{Extractor, Kind, Worker};

const STAGES: [&str; 4] = ["tokens", "match", "compose", "resolve"];

/// A text in documents, with what it is.
struct Text {
    label: String,
    what: String,
    docs: Vec<String>,
    prepared: Vec<String>,
}

impl Text {
    fn new(language: &str, density: &str, (what, docs): (String, Vec<String>)) -> Text {
        let prepared = docs.iter().map(|d| prepare(d)).collect();
        Text { label: format!("{language}-{density}"), what, docs, prepared }
    }

    fn bytes(&self) -> usize {
        self.docs.iter().map(String::len).sum()
    }

    /// The time of one stage in all documents.
    fn stage(&self, worker: &mut Worker, stage: usize) -> Duration {
        self.docs.iter().map(|d| black_box(worker.timed(d.as_str())).1[stage]).sum()
    }

    fn whole(&self, worker: &mut Worker) -> usize {
        self.docs.iter().map(|d| worker.extract(d.as_str()).mentions().len()).sum()
    }

    fn raw(&self, automaton: &AhoCorasick) -> usize {
        self.prepared.iter().map(|d| automaton.find_iter(d).count()).sum()
    }
}

/// The names that were put into sparse text are found, and all that dense text is about.
fn assert_answers(extractor: &Extractor, text: &Text) {
    let (mut mentions, mut kinds) = (0, Vec::new());
    for d in &text.docs {
        let document = extractor.extract(d.as_str());
        mentions += document.mentions().len();
        kinds.extend(document.entities().iter().map(|e| e.kind()));
    }
    let apart = text.bytes() / mentions.max(1);
    if text.label.ends_with("dense") {
        assert!(apart < 120, "{}: a mention every {apart} bytes", text.label);
        for kind in [Kind::Person, Kind::Title, Kind::Ministry, Kind::Mechanism, Kind::Place] {
            assert!(kinds.contains(&kind), "{}: no {kind:?}", text.label);
        }
    } else if std::env::var_os("THUCTHE_BENCH_TEXT").is_none() {
        assert!((60..1_000).contains(&apart), "{}: a mention every {apart} bytes", text.label);
    }
    println!("{}: {}, {} documents, {} bytes, a mention every {apart}", text.label, text.what, text.docs.len(), text.bytes());
}

fn main() {
    let quick = std::env::args().any(|a| a == "--test");
    let first = seconds(Extractor::builtin);
    let extractor = Extractor::builtin();
    println!("first call of Extractor::builtin: {:.1} ms; names {:.1} MB", first * 1e3, extractor.names_bytes() as f64 / 1e6);
    let names = embedded_names();
    let automaton = raw(&names);
    println!("raw automaton: {} names, {:.1} MB", names.len(), automaton.memory_usage() as f64 / 1e6);

    let bytes = if quick { 20_000 } else { 400_000 };
    let texts: Vec<Text> = ["vi", "en", "ja"]
        .into_iter()
        .flat_map(|language| {
            let (what, text) = dense(language);
            [Text::new(language, "sparse", sparse(language, bytes)), Text::new(language, "dense", (what, vec![text]))]
        })
        .collect();
    texts.iter().for_each(|text| assert_answers(&extractor, text));

    let (warm, measure) = (Duration::from_millis(500), Duration::from_secs(2));
    let mut c = Criterion::default().configure_from_args().sample_size(10).warm_up_time(warm).measurement_time(measure);
    let mut worker = extractor.worker();
    for (i, stage) in STAGES.iter().enumerate() {
        let mut group = c.benchmark_group(*stage);
        for text in &texts {
            group.throughput(Throughput::Bytes(text.bytes() as u64));
            group.bench_with_input(BenchmarkId::from_parameter(&text.label), text, |b, t| {
                b.iter_custom(|times| (0..times).map(|_| t.stage(&mut worker, i)).sum());
            });
        }
        group.finish();
    }
    let mut group = c.benchmark_group("whole");
    for text in &texts {
        group.throughput(Throughput::Bytes(text.bytes() as u64));
        group.bench_with_input(BenchmarkId::new("thucthe", &text.label), text, |b, t| b.iter(|| t.whole(&mut worker)));
        group.bench_with_input(BenchmarkId::new("raw", &text.label), text, |b, t| b.iter(|| t.raw(&automaton)));
    }
    group.finish();
    ratios(&extractor, &automaton, &texts, if quick { 1 } else { 7 });
    c.final_summary();
}

/// The ratios, ways in turn over several rounds, as a table of medians.
fn ratios(extractor: &Extractor, automaton: &AhoCorasick, texts: &[Text], rounds: usize) {
    println!("\nTime ÷ raw; rules is the share of the whole that composing and resolving take.\n");
    println!("| text | raw, MB/s | whole | {} | rules |", STAGES.join(" | "));
    println!("| --- |{}", " ---: |".repeat(STAGES.len() + 3));
    for text in texts {
        let mut workers = [(); 5].map(|()| extractor.worker());
        let [whole, stages @ ..] = &mut workers;
        let mut run_whole = || seconds(|| text.whole(whole));
        let mut run_raw = || seconds(|| text.raw(automaton));
        let mut each: Vec<_> = stages.iter_mut().enumerate().map(|(i, w)| move || text.stage(w, i).as_secs_f64()).collect();
        let mut ways: Vec<&mut dyn FnMut() -> f64> = vec![&mut run_whole, &mut run_raw];
        ways.extend(each.iter_mut().map(|way| way as &mut dyn FnMut() -> f64));
        let times = medians(rounds, &mut ways);
        let (raw, stages) = (times[1], &times[2..]);
        let shown: String = stages.iter().map(|t| format!("{:.2} | ", t / raw)).collect();
        let rules = (stages[2] + stages[3]) / stages.iter().sum::<f64>();
        println!("| {} | {:.0} | {:.2} | {shown}{rules:.2} |", text.label, text.bytes() as f64 / 1e6 / raw, times[0] / raw);
    }
}
