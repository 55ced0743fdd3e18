//! What many names cost: 1 000, 10 000, 100 000 and a million of them from a table, against the raw automaton.
//!
//! `cargo bench --features csv --bench scale` prints a table; with `-- --test` it stops at ten thousand and times nothing
//! but the build. The names are made of syllables by a generator without chance: the same on every machine and every day.
//! Raw is the `aho-corasick` contiguous NFA, leftmost-longest, over the lower-cased names: no folding, ids or rules.
//! `names` is what the compiled names take, words and surfaces included; `held` is what the process keeps for all of it,
//! records and the fixed parts of the crate's own grammar among them.
//! Each size is asked for names that it must and must not find before anything is timed.

mod common;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use common::resident;
use criterion::{BenchmarkId, Criterion, Throughput};
use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Instant;
use thucthe::{Extractor, Gazetteer};

const FIRST: [&str; 40] = [
    "Bạch",
    "Cảng",
    "Dầu",
    "Đảo",
    "Hải",
    "Hòn",
    "Long",
    "Mũi",
    "Nam",
    "Phú",
    "Quý",
    "Rạng",
    "Sơn",
    "Tân",
    "Trường",
    "Vịnh",
    "Xuân",
    "Yên",
    "Thủy",
    "Lộc",
    "Amber",
    "Beacon",
    "Coral",
    "Delta",
    "Ember",
    "Falcon",
    "Granite",
    "Harbour",
    "Indigo",
    "Juniper",
    "Kelp",
    "Lantern",
    "Meridian",
    "Nimbus",
    "Orchid",
    "Pelican",
    "Quartz",
    "Raven",
    "Saffron",
    "Tidal",
];

const SUBJECTS: [&str; 4] = ["Lines", "Shipping", "Marine", "Hàng hải"];

/// A million different names at most: four words out of forty, forty, two hundred and four.
fn name(i: usize) -> String {
    // Neighbours in number are no neighbours in spelling, as in a list of the world.
    let n = i * 48_271 % 1_280_000;
    let (a, b, c, d) = (n % 40, n / 40 % 40, n / 1_600 % 200, n / 320_000);
    format!("{} {} {}{} {}", FIRST[a], FIRST[b], FIRST[c % 40].to_lowercase(), ["", "o", "en", "ar", "is"][c / 40], SUBJECTS[d])
}

fn table(count: usize) -> String {
    let mut s = String::with_capacity(count * 64);
    s.push_str("id,kind,name,language,strength,country\n");
    for i in 0..count {
        let _ = writeln!(s, "organization:x{i},organization,{},{},,", name(i), if i % 2 == 0 { "vi" } else { "en" });
    }
    s
}

/// A text in which every tenth sentence holds a name.
fn text(count: usize, bytes: usize) -> String {
    let mut s = String::with_capacity(bytes + 256);
    let mut i = 0;
    while s.len() < bytes {
        if i % 10 == 0 {
            let _ = write!(s, "Sáng nay {} mở tuyến mới ({i}). ", name(i * 7 % count));
        } else {
            let _ = write!(s, "Giá lúa năm nay nhích lên đôi chút, thương lái về tận nơi đặt cọc ({i}). ");
        }
        i += 1;
    }
    s
}

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

/// One size, measured once: what a build takes and leaves.
struct Size {
    count: usize,
    read: f64,
    build: f64,
    raw_build: f64,
    /// Bytes of the compiled names and of the whole process, a name.
    names: f64,
    held: Option<f64>,
    raw_held: f64,
    extractor: Extractor,
    raw: AhoCorasick,
}

fn timed<T>(f: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let x = f();
    (x, start.elapsed().as_secs_f64())
}

fn measure(count: usize) -> Size {
    let csv = table(count);
    let before = resident();
    let (g, read) = timed(|| Gazetteer::from_csv("names.csv", &csv).expect("the table reads"));
    assert_eq!(g.len(), count, "every name is a record");
    let (extractor, build) = timed(|| Extractor::builder().no_builtin().gazetteer(g).build().expect("it builds"));
    let held = resident().zip(before).map(|(after, before)| after.saturating_sub(before) as f64 / count as f64);
    assert_answers(&extractor, count);
    drop(csv);
    let lower: Vec<String> = (0..count).map(|i| name(i).to_lowercase()).collect();
    let (raw, raw_build) = timed(|| {
        let kind = Some(AhoCorasickKind::ContiguousNFA);
        AhoCorasick::builder().kind(kind).match_kind(MatchKind::LeftmostLongest).build(&lower).expect("names build")
    });
    let per = |bytes: usize| bytes as f64 / count as f64;
    let (names, raw_held) = (per(extractor.names_bytes()), per(raw.memory_usage()));
    Size { count, read, build, raw_build, names, held, raw_held, extractor, raw }
}

/// Speed by the length of the text, and by threads that share the extractor, each with texts of its own.
fn lengths(x: &Extractor, count: usize, lengths: &[usize]) {
    for &bytes in lengths {
        let text = text(count, bytes);
        let rounds = (1_000_000 / bytes).clamp(1, 200);
        let once = || (0..rounds).map(|_| x.extract(text.as_str()).mentions().len()).sum::<usize>();
        let alone = (0..3).map(|_| timed(|| black_box(once())).1).fold(f64::MAX, f64::min);
        let two = || std::thread::scope(|s| (0..2).for_each(|_| drop(s.spawn(once))));
        let together = if bytes > 2_000_000 { None } else { Some((0..3).map(|_| timed(two).1).fold(f64::MAX, f64::min)) };
        let mb = (rounds * text.len()) as f64 / 1e6;
        let threads = together.map_or(String::new(), |t| format!(", two threads {:.2} times as much", 2.0 * alone / t));
        println!("{:>12} a text of {bytes} bytes: {:.1} MB/s{threads}", "", mb / alone);
    }
}

fn main() {
    let quick = std::env::args().any(|a| a == "--test");
    let sizes: &[usize] = if quick { &[1_000, 10_000] } else { &[1_000, 10_000, 100_000, 1_000_000] };
    let mut c = Criterion::default().configure_from_args().sample_size(10);
    let head = ["names", "read s", "build s", "raw s", "build/raw", "names B", "held B", "raw B", "MB/s", "raw MB/s", "time/raw"];
    println!("{}", head.map(|h| format!("{h:>12}")).concat());
    for &count in sizes {
        let size = measure(count);
        let text = text(count, if quick { 20_000 } else { 200_000 });
        let lower = text.to_lowercase();
        let found = size.extractor.extract(text.as_str()).mentions().len();
        let wanted = text.matches("Sáng nay").count() - 1;
        assert!(found >= wanted, "{found} of {wanted} names");
        let best = |f: &dyn Fn() -> usize| (0..if quick { 1 } else { 5 }).map(|_| timed(|| black_box(f())).1).fold(f64::MAX, f64::min);
        let ours = best(&|| size.extractor.extract(text.as_str()).mentions().len());
        let theirs = best(&|| size.raw.find_iter(&lower).count());
        let mb = text.len() as f64 / 1e6;
        println!(
            "{:>12}{:>12.3}{:>12.3}{:>12.3}{:>12.2}{:>12.0}{:>12}{:>12.0}{:>12.1}{:>12.1}{:>12.1}",
            size.count,
            size.read,
            size.build,
            size.raw_build,
            size.build / size.raw_build,
            size.names,
            size.held.map_or("-".into(), |h| format!("{h:.0}")),
            size.raw_held,
            mb / ours,
            mb / theirs,
            ours / theirs
        );
        if size.count == 10_000 {
            lengths(&size.extractor, size.count, if quick { &[1_000, 100_000] } else { &[1_000, 10_000, 1_000_000, 50_000_000] });
        }
        let mut group = c.benchmark_group("scale");
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_with_input(BenchmarkId::new("extract", count), &text, |b, t| b.iter(|| black_box(size.extractor.extract(t.as_str()).mentions().len())));
        group.finish();
    }
    c.final_summary();
}
