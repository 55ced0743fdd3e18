//! Every figure that the design asks for, one row each, as ratios from one run, and whether it is met.
//!
//! `cargo bench --features csv,rayon --bench table`; `-- --test` makes everything small and only asserts the answers: its
//! figures say nothing. Raw is the `aho-corasick` contiguous NFA, leftmost-longest, with the same names over the same text
//! composed and lower-cased beforehand. Ways take turns for seven rounds, hostile texts and news for five; the medians are
//! compared. The text is made of sentences and names (`benches/common`); `THUCTHE_BENCH_TEXT` names another.
//! `THUCTHE_BENCH_DENSE` names a text dense with names.
//!
//! This is a report of single ratios, whose two sides have to take turns, and not a series that Criterion could
//! follow: `stages`, `scale` and `peers` are that.

mod common;

use common::hostile;
use common::names::{embedded_names, extractor, lower_names, name, prepare, raw, table};
use common::peers::{Peers, WAYS, Way, made};
use common::texts::{PARAGRAPH, corpus, dense, documents};
use common::{medians, peak, resident, seconds};
use std::process::Command;
use std::sync::LazyLock;
use thucthe::{Extractor, Gazetteer};

/// What is asked of a figure.
#[derive(Clone, Copy)]
enum Asked {
    Nothing,
    AtMost(f64),
    AtLeast(f64),
}
use Asked::{AtLeast, AtMost, Nothing};

/// Everything is small and asked for its answers alone: no figure is held against anything.
static QUICK: LazyLock<bool> = LazyLock::new(|| std::env::args().any(|a| a == "--test"));

/// One figure, with what more there is to say of it.
fn row(what: &str, asked: Asked, figure: f64, unit: &str) {
    let (asked, verdict) = match asked {
        Nothing => (String::new(), ""),
        AtMost(most) => (format!("≤ {most}"), if figure <= most { "met" } else { "not met" }),
        AtLeast(least) => (format!("≥ {least}"), if figure >= least { "met" } else { "not met" }),
    };
    let verdict = if *QUICK { "" } else { verdict };
    let digits = if figure < 10.0 { 2 } else { 1 };
    println!("| {what} | {asked} | {figure:.digits$}{unit} | {verdict} |");
}

fn note(what: &str, text: &str) {
    println!("| *{what}* | | *{text}* | |");
}

/// The embedded extractor for the first time in this process, and once more.
fn first_call() -> Extractor {
    let start = resident();
    let first = seconds(Extractor::builtin);
    let x = Extractor::builtin();
    // What the first call leaves for the first text is asked of that one.
    let text = seconds(|| assert!(!x.extract(PARAGRAPH).mentions().is_empty()));
    let held = resident().zip(start).map(|(after, before)| after.saturating_sub(before) as f64 / 1e6);
    row("embedded extractor, first call of the process", AtMost(10.0), first * 1e3, " ms");
    let again = || seconds(|| Extractor::builder().build().expect("the embedded gazetteers compile"));
    row("the same work again, median of nine", AtMost(10.0), medians(9, &mut [&mut { again }])[0] * 1e3, " ms");
    row("embedded extractor, first text of 700 bytes behind the first call", Nothing, text * 1e3, " ms");
    match held {
        Some(held) => row("embedded extractor, memory that it keeps", AtMost(40.0), held, " MB"),
        None => note("memory", "this system does not tell"),
    }
    x
}

/// Tokens and matching, and the whole, with so many names against raw. What a byte took, in seconds over all of the text.
fn names(count: usize, asked: f64, last: bool, bytes: usize, rounds: usize) -> f64 {
    let csv = table(count);
    let build = || {
        let g = Gazetteer::from_csv("names.csv", &csv).expect("the table reads");
        Extractor::builder().no_builtin().gazetteer(g).build().expect("it builds")
    };
    let before = resident();
    let ours = build();
    let held = resident().zip(before).map(|(after, before)| after.saturating_sub(before) as f64 / count as f64);
    let lower = lower_names(count);
    let automaton = raw(&lower);
    let builds = last.then(|| medians(3, &mut [&mut || seconds(build), &mut || seconds(|| raw(&lower))]));
    drop(csv);
    let (mut found, mut written) = (0, 0);
    for d in documents(count, 40_000) {
        let document = ours.extract(d.text.as_str());
        let at = |a: usize, b: usize| document.mentions().iter().find(|m| (m.span().start, m.span().end) == (a, b));
        let is = |i: usize, a: usize, b: usize| at(a, b).is_some_and(|m| document.entity_of(m).id() == format!("organization:x{i}"));
        written += d.names.len();
        found += d.names.iter().filter(|&&(i, a, b)| is(i, a, b)).count();
    }
    // A few become part of a longer name, which the rules find.
    assert!(found * 100 >= written * 97, "{found} of {written} names are found where they were written");
    let (_, docs) = corpus(count, bytes);
    let prepared: Vec<String> = docs.iter().map(|d| prepare(d)).collect();
    let (mut one, mut two, mut staged) = (ours.worker(), ours.worker(), ours.worker());
    let times = medians(
        rounds,
        &mut [
            &mut || seconds(|| docs.iter().map(|d| one.matched(d)).sum::<usize>()),
            &mut || docs.iter().map(|d| staged.timed(d.as_str()).1).map(|t| (t[0] + t[1]).as_secs_f64()).sum(),
            &mut || seconds(|| docs.iter().map(|d| two.extract(d.as_str()).mentions().len()).sum::<usize>()),
            &mut || seconds(|| prepared.iter().map(|p| automaton.find_iter(p).count()).sum::<usize>()),
        ],
    );
    row(&format!("tokens and matching, {count} names ÷ raw"), AtMost(asked), times[0] / times[3], "");
    row(&format!("the same between the other stages, {count} names ÷ raw"), Nothing, times[1] / times[3], "");
    row(&format!("whole extract, {count} names ÷ raw"), if count == 10_000 { AtMost(0.6) } else { Nothing }, times[2] / times[3], "");
    if let Some(builds) = builds {
        let shown = format!(" ({:.2} s)", builds[0]);
        row(&format!("table of {count} names to extractor ÷ raw's own build, median of three"), AtMost(1.5), builds[0] / builds[1], &shown);
        row(&format!("memory a name, {count} names, records aside"), AtMost(150.0), (ours.names_bytes() / count) as f64, " bytes");
        if let Some(held) = held {
            row("the same with its record", Nothing, held, " bytes");
        }
    }
    times[0]
}

/// News with the embedded gazetteer: against raw, cold starts, threads.
fn news(x: &Extractor, docs: &[String], rounds: usize) {
    let automaton = raw(&embedded_names());
    let prepared: Vec<String> = docs.iter().map(|d| prepare(d)).collect();
    let (mut warm, mut cold, mut staged) = (x.worker(), x.worker(), x.worker());
    let mut forgetful = |text: &str| {
        cold.forget();
        cold.extract(text).mentions().len()
    };
    let times = medians(
        rounds,
        &mut [
            &mut || seconds(|| docs.iter().map(|d| warm.extract(d.as_str()).mentions().len()).sum::<usize>()),
            &mut || seconds(|| docs.iter().map(|d| forgetful(d)).sum::<usize>()),
            &mut || seconds(|| docs.iter().map(|d| x.worker().extract(d.as_str()).mentions().len()).sum::<usize>()),
            &mut || seconds(|| prepared.iter().map(|p| automaton.find_iter(p).count()).sum::<usize>()),
        ],
    );
    let mut shares = [0.0; 4];
    for d in docs {
        let times = staged.timed(d.as_str()).1;
        shares.iter_mut().zip(times).for_each(|(s, t)| *s += t.as_secs_f64());
    }
    row("whole extract on news, embedded gazetteer ÷ raw", Nothing, times[0] / times[3], "");
    row("rules' share of it (compose and resolve)", Nothing, (shares[2] + shares[3]) / shares.iter().sum::<f64>(), "");
    row("speed of an empty memory for each document ÷ warm", AtLeast(0.6), times[0] / times[1], "");
    row("speed of a new worker for each document ÷ warm", Nothing, times[0] / times[2], "");

    let on = |threads: usize| rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    let (one, two) = (on(1), on(2));
    let batch = || x.extract_batch(docs.iter().map(String::as_str)).map(|d| d.mentions().len()).sum::<usize>();
    let times = medians(rounds, &mut [&mut || seconds(|| one.install(batch)), &mut || seconds(|| two.install(batch))]);
    row("batch, speed on two threads ÷ one", AtLeast(1.8), times[0] / times[1], "");
}

/// A text with many names and the embedded gazetteer.
fn full(x: &Extractor, rounds: usize) {
    let (name, dense) = dense("vi");
    assert!(x.extract(PARAGRAPH).entities().len() >= 8, "the dense text is understood");
    let automaton = raw(&embedded_names());
    let lower = prepare(&dense);
    let mut worker = x.worker();
    let times = medians(
        rounds * 5,
        &mut [&mut || seconds(|| worker.extract(dense.as_str()).mentions().len()), &mut || seconds(|| automaton.find_iter(&lower).count())],
    );
    let apart = dense.len() / worker.extract(dense.as_str()).mentions().len().max(1);
    note("dense text", &format!("{name}, {} bytes, one mention every {apart}", dense.len()));
    row("whole extract on dense text, embedded gazetteer ÷ raw", AtMost(2.5), times[0] / times[1], "");
}

/// One hostile text.
struct Hostile {
    what: &'static str,
    /// Time a byte of an eighth of the text and of the whole, against news in the same rounds. Without the whole where the
    /// eighth takes too long for it.
    eighth: f64,
    whole: Option<f64>,
    /// Bytes of memory a byte of text, at most at one time.
    memory: Option<f64>,
}

impl Hostile {
    fn ratio(&self) -> f64 {
        self.whole.unwrap_or(self.eighth)
    }
}

/// An eighth that takes so many times as long as news is not followed by the whole: it would take hours if it is quadratic.
const HOPELESS: f64 = 100.0;

/// The time of each hostile text beside news, in turns; the memory in a process of its own each.
fn hostile(x: &Extractor, docs: &[String], bytes: usize, rounds: usize) -> Vec<Hostile> {
    let size: usize = docs.iter().map(String::len).sum();
    let mut reader = x.worker();
    let mut ratio = |text: &str, rounds: usize| {
        let mut worker = x.worker();
        let times = medians(
            rounds,
            &mut [&mut || seconds(|| docs.iter().map(|d| reader.extract(d.as_str()).mentions().len()).sum::<usize>()), &mut || {
                seconds(|| worker.extract(text).mentions().len())
            }],
        );
        times[1] / text.len() as f64 / (times[0] / size as f64)
    };
    let (eighths, texts) = (hostile::texts(bytes / 8), hostile::texts(bytes));
    let mut all = Vec::new();
    for (i, ((what, eighth), (_, text))) in eighths.iter().zip(&texts).enumerate() {
        // Once is enough to see that something is hopeless.
        let once = ratio(eighth, 1);
        let hopeless = once > HOPELESS;
        let eighth = if hopeless { once } else { ratio(eighth, rounds) };
        let whole = (!hopeless).then(|| ratio(text, rounds));
        let memory = if hopeless { None } else { memory_of(i, bytes) };
        all.push(Hostile { what, eighth, whole, memory });
    }
    all.sort_by(|a, b| b.ratio().total_cmp(&a.ratio()));
    all
}

/// The memory that a text takes in a new process, where nothing that was freed before hides any of it.
fn memory_of(text: usize, bytes: usize) -> Option<f64> {
    let out = Command::new(std::env::current_exe().ok()?).args(["--memory", &text.to_string(), &bytes.to_string()]).output().ok()?;
    String::from_utf8(out.stdout).ok()?.trim().parse().ok()
}

/// What that process does: prints the bytes of memory a byte of the text.
fn print_memory(text: usize, bytes: usize) {
    let x = Extractor::builtin();
    assert!(!x.extract(PARAGRAPH).mentions().is_empty());
    let text = hostile::texts(bytes).swap_remove(text).1;
    peak();
    let before = resident();
    let document = x.extract(text.as_str());
    if let Some((most, before)) = peak().zip(before) {
        println!("{}", most.saturating_sub(before) as f64 / text.len() as f64);
    }
    drop(document);
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some([_, text, bytes]) = arguments.iter().position(|a| a == "--memory").and_then(|at| arguments.get(at..at + 3)) {
        return print_memory(text.parse().expect("a number"), bytes.parse().expect("a number"));
    }
    let quick = *QUICK;
    let rounds = if quick { 1 } else { 7 };
    let bytes = if quick { 100_000 } else { 4_000_000 };
    println!("| what | asked | measured | |\n| --- | --- | --- | --- |");
    let x = first_call();

    // Tokens and matching, and the whole, by the number of names.
    let sizes: &[usize] = if quick { &[1_000, 10_000] } else { &[1_000, 10_000, 100_000, 1_000_000] };
    let (text, docs) = corpus(1_000, bytes);
    note("text", &format!("{text}, {} documents", docs.len()));
    let speeds: Vec<f64> =
        sizes.iter().zip([0.45, 0.4, 0.4, 0.45]).map(|(&count, asked)| names(count, asked, Some(&count) == sizes.last(), bytes, rounds)).collect();
    if let (Some(a), Some(b)) = (speeds.first(), speeds.last()) {
        row("throughput of tokens and matching, most names ÷ fewest", AtLeast(0.45), a / b, "");
    }
    full(&x, rounds);
    news(&x, &docs, rounds);

    // A smaller part of the news is read beside each hostile text.
    let part = &docs[..docs.len().div_ceil(4)];
    let found = hostile(&x, part, if quick { 20_000 } else { 1_000_000 }, if quick { 1 } else { 5 });
    if let Some(worst) = found.first() {
        row("worst text found ÷ news, time a byte", AtMost(10.0), worst.ratio(), &format!(" ({})", worst.what));
    }
    if let Some((memory, what)) = found.iter().filter_map(|h| Some((h.memory?, h.what))).max_by(|a, b| a.0.total_cmp(&b.0)) {
        row("worst text found, bytes of memory a byte", Nothing, memory, &format!(" ({what})"));
    }

    let (count, bytes) = if quick { (1_000, 100_000) } else { (10_000, 4_000_000) };
    assert_eq!(extractor(count).extract(name(7).as_str()).entities().first().map(|e| e.id()), Some("organization:x7"));
    let peers = Peers::new(count);
    peers.answers(&made(count, bytes));
    let times = peers.times(&peers.corpus(bytes).1, rounds);
    for ((way, label), time) in WAYS.iter().zip(&times).skip(2) {
        let asked = match way {
            Way::Naive => AtLeast(10.0),
            Way::Daachorse => AtLeast(1.8),
            Way::Flashtext => AtLeast(15.0),
            _ => Nothing,
        };
        row(&format!("{label} ÷ tokens and matching"), asked, time / times[0], "");
    }

    println!("\n| hostile text | time a byte ÷ news | of an eighth of it | memory, bytes a byte |\n| --- | ---: | ---: | ---: |");
    for h in &found {
        let whole = h.whole.map_or("not run: the eighth took too long".into(), |r| format!("{r:.1}"));
        println!("| {} | {whole} | {:.1} | {} |", h.what, h.eighth, h.memory.map_or(String::new(), |m| format!("{m:.0}")));
    }
}
