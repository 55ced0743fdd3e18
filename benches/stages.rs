//! What a call costs: first use, and texts of three languages, sparse and dense, as a ratio to the raw automaton.
//!
//! Corpus: sentences written for this bench, repeated with changing numbers; each answer is asserted before it is timed.
//! Raw is the `aho-corasick` contiguous NFA, leftmost-longest, over the same text lower-cased beforehand, with the
//! gazetteer's own Vietnamese and English names: the most that one could get by hand, without folding, ids or rules.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use criterion::{BenchmarkId, Criterion, Throughput};
use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Instant;
use thucthe::Extractor;

const DENSE: &str = "Thượng tướng Hoàng Xuân Chiến, Ủy viên Trung ương Đảng, Thứ trưởng Bộ Quốc phòng và Thứ trưởng Bộ Quốc phòng Nhật Bản \
Kano Koji đồng chủ trì Đối thoại Chính sách quốc phòng Việt Nam - Nhật Bản lần thứ 11 tại Fukuoka. ";
const SPARSE: &str = "Sáng nay trời se lạnh, bà con ra đồng sớm hơn mọi ngày để kịp gặt nốt thửa ruộng cuối vụ. Giá lúa năm nay nhích lên đôi chút, \
thương lái về tận nơi đặt cọc, nhà nào cũng phấn khởi. Buổi chiều, đám trẻ tan trường ùa ra bờ đê thả diều, tiếng sáo vi vu khắp xóm. ";
const ENGLISH: &str = "Deputy Minister of National Defence Hoang Xuan Chien met Japan's Vice-Minister of Defense for International Affairs \
Kano Koji in Tokyo on the sidelines of the ASEAN Defence Ministers' Meeting. ";
const JAPANESE: &str = "加野幸司防衛審議官は東京でベトナム国防省のホアン・スアン・チエン国防次官と会談し、日越防衛政策対話の成果を確認した。";

/// A text of about `bytes` bytes whose sentences differ by a number.
fn text(sentences: &[&str], bytes: usize) -> String {
    let mut s = String::with_capacity(bytes + 512);
    let mut n = 0;
    while s.len() < bytes {
        s.push_str(sentences[n % sentences.len()]);
        let _ = write!(s, "({n}). ");
        n += 1;
    }
    s
}

fn raw(names: &[String]) -> AhoCorasick {
    AhoCorasick::builder().kind(Some(AhoCorasickKind::ContiguousNFA)).match_kind(MatchKind::LeftmostLongest).build(names).expect("names build")
}

/// Names and aliases of the embedded files, lower-cased.
fn names() -> Vec<String> {
    let mut out = Vec::new();
    for file in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/gazetteers")).expect("gazetteers") {
        let text = std::fs::read_to_string(file.expect("entry").path()).expect("file");
        let table: toml::Table = toml::from_str(&text).expect("TOML");
        for rows in table.values().filter_map(|v| v.as_array()) {
            for row in rows {
                for key in ["name", "alias"] {
                    for lang in ["vi", "en", "ja"] {
                        match row.get(key).and_then(|k| k.get(lang)) {
                            Some(toml::Value::String(s)) => out.push(s.to_lowercase()),
                            Some(toml::Value::Array(a)) => out.extend(a.iter().filter_map(|s| s.as_str()).map(str::to_lowercase)),
                            _ => {}
                        }
                    }
                }
            }
        }
    }
    out.retain(|n| !n.contains('{'));
    out.sort();
    out.dedup();
    out
}

fn main() {
    // The first call builds the embedded extractor: measured once, before anything is warm.
    let start = Instant::now();
    let extractor = Extractor::builtin();
    let first = start.elapsed();
    println!("first call of Extractor::builtin: {:.1} ms; names {:.1} MB", first.as_secs_f64() * 1e3, extractor.names_bytes() as f64 / 1e6);

    let names = names();
    let automaton = raw(&names);
    println!("raw automaton: {} names, {:.1} MB", names.len(), automaton.memory_usage() as f64 / 1e6);

    let mut c = Criterion::default().configure_from_args().sample_size(10);
    let cases = [
        ("vi-dense", text(&[DENSE], 100_000), 6),
        ("vi-sparse", text(&[SPARSE, SPARSE, SPARSE, SPARSE, DENSE], 100_000), 6),
        ("vi-none", text(&[SPARSE], 100_000), 0),
        ("en-dense", text(&[ENGLISH], 100_000), 5),
        ("ja-dense", text(&[JAPANESE], 100_000), 6),
    ];
    let mut group = c.benchmark_group("extract");
    for (name, text, entities) in &cases {
        let found = extractor.extract(text.as_str()).entities().len();
        assert!(found >= *entities, "{name}: {found} entities");
        let lower = text.to_lowercase();
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_with_input(BenchmarkId::new("thucthe", name), text, |b, t| b.iter(|| black_box(extractor.extract(t.as_str()).mentions().len())));
        group.bench_with_input(BenchmarkId::new("raw", name), &lower, |b, t| b.iter(|| black_box(automaton.find_iter(t.as_str()).count())));
    }
    group.finish();
    ratios(&extractor, &automaton, &cases);
    c.final_summary();
}

/// The ratios, variants in turn over several rounds, as a table of medians.
fn ratios(extractor: &Extractor, automaton: &AhoCorasick, cases: &[(&str, String, usize)]) {
    let stages = ["tokens", "match", "compose", "resolve", "rules"].map(|h| format!("{h:>9}")).concat();
    println!("\n{:<12}{:>12}{:>12}{:>10}{stages}", "text", "MB/s", "raw MB/s", "time/raw");
    for (name, text, _) in cases {
        let lower = text.to_lowercase();
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..7 {
            let t = Instant::now();
            black_box(extractor.extract(text.as_str()));
            ours.push(t.elapsed().as_secs_f64());
            let t = Instant::now();
            black_box(automaton.find_iter(&lower).count());
            theirs.push(t.elapsed().as_secs_f64());
        }
        ours.sort_by(f64::total_cmp);
        theirs.sort_by(f64::total_cmp);
        let (a, b) = (ours[3], theirs[3]);
        let mb = text.len() as f64 / 1e6;
        // Each stage against raw; the rules are the share of the run that composing and resolving take.
        let mut worker = extractor.worker();
        let mut stages: Vec<[f64; 4]> = (0..7).map(|_| worker.timed(text.as_str()).1.map(|t| t.as_secs_f64())).collect();
        stages.sort_by(|x, y| x.iter().sum::<f64>().total_cmp(&y.iter().sum()));
        let (median, whole) = (stages[3], stages[3].iter().sum::<f64>());
        let each: String = median.iter().map(|t| format!("{:>9.2}", t / b)).collect();
        println!("{name:<12}{:>12.1}{:>12.1}{:>10.2}{each}{:>9.2}", mb / a, mb / b, a / b, (median[2] + median[3]) / whole);
    }
}
