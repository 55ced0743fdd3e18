//! Every figure that the design asks for, one row each, as ratios from one run.
//!
//! `cargo bench --features csv,rayon --bench table`; `-- --test` makes everything small and only asserts the answers.
//! Raw is the `aho-corasick` contiguous NFA, leftmost-longest, with the same names over the same text composed and
//! lower-cased beforehand. Ways take turns for seven rounds; the medians are compared. The text is made of sentences and
//! names (`benches/common`); `THUCTHE_BENCH_TEXT` names another. `THUCTHE_BENCH_DENSE` names a text dense with names.

mod common;

use common::peers::measure;
use common::{corpus, dense_text, documents, extractor, gazetteer_names, lower_names, medians, prepare, raw, resident, seconds, table};
use thucthe::{Extractor, Gazetteer};

const DENSE: &str = "Thượng tướng Hoàng Xuân Chiến, Ủy viên Trung ương Đảng, Thứ trưởng Bộ Quốc phòng và Thứ trưởng Bộ Quốc phòng Nhật Bản \
Kano Koji đồng chủ trì Đối thoại Chính sách quốc phòng Việt Nam - Nhật Bản lần thứ 11 tại Fukuoka.\n\
Deputy Minister of National Defence Hoang Xuan Chien met Japan's Vice-Minister of Defense for International Affairs Kano Koji in Tokyo.\n\
加野幸司防衛審議官は東京でベトナム国防省のホアン・スアン・チエン国防次官と会談し、日越防衛政策対話の成果を確認した。\n";

fn row(what: &str, asked: &str, found: &str) {
    println!("| {what} | {asked} | {found} |");
}

/// Names and aliases of the embedded files, prepared.
fn embedded_names() -> Vec<String> {
    let mut out: Vec<String> = gazetteer_names(None).iter().map(|(name, _)| prepare(name)).collect();
    out.sort();
    out.dedup();
    out
}

/// Texts that were made to take long, with what each is made of.
fn hostile(bytes: usize) -> Vec<(&'static str, String)> {
    let again = |s: &str| s.repeat(bytes / s.len() + 1);
    let mut all: Vec<(&str, String)> = [
        ("one token", "xyz "),
        ("no space", "ViệtNam"),
        ("commas", ","),
        ("titles", "Thứ trưởng Bộ Quốc phòng "),
        ("short titles", "Thứ trưởng "),
        ("people", "ông Nguyễn Văn An, "),
        ("pronouns", "ông Nguyễn Văn An, ông là Bộ trưởng Bộ Quốc phòng, "),
        ("abbreviations", "OSA "),
        ("channels", "Đối thoại Việt Nam - Nhật Bản "),
        ("kanji", "防衛省"),
        ("kana", "ベトナムフィリピン"),
        ("scripts by turns", "aあ日1ア"),
        ("markup", "<b>a@b.vn]("),
    ]
    .map(|(what, piece)| (what, again(piece)))
    .to_vec();
    all.push(("new words", (0..bytes / 8).map(|i| format!("W{i:x}đ ")).collect()));
    all.push(("marks", again(&format!("a{} ", "\u{301}\u{323}".repeat(50)))));
    all
}

fn main() {
    let quick = std::env::args().any(|a| a == "--test");
    let rounds = if quick { 1 } else { 7 };
    let bytes = if quick { 100_000 } else { 4_000_000 };
    let start = resident();
    let first = seconds(Extractor::builtin);
    let x = Extractor::builtin();
    // What the first call leaves for the first text is asked of that one.
    let text = seconds(|| assert!(!x.extract(DENSE).mentions().is_empty()));
    let heap = resident().zip(start).map(|(after, before)| after.saturating_sub(before) as f64 / 1e6);
    println!("| what | asked | measured |\n| --- | --- | --- |");
    row("embedded extractor, first call; memory", "10 ms; 40 MB", &format!("{:.1} ms; {:.1} MB", first * 1e3, heap.unwrap_or_default()));
    row("embedded extractor, first text of 700 bytes behind it", "", &format!("{:.1} ms", text * 1e3));

    // Tokens and matching, and the whole, by the number of names.
    let sizes: &[usize] = if quick { &[1_000, 10_000] } else { &[1_000, 10_000, 100_000, 1_000_000] };
    let asked = ["0.45", "0.40", "0.40", "0.45"];
    let mut speeds = Vec::new();
    for (&names, asked) in sizes.iter().zip(asked) {
        let before = resident();
        let csv = table(names);
        let mut built = None;
        let build = seconds(|| {
            let g = Gazetteer::from_csv("names.csv", &csv).expect("the table reads");
            built = Some(Extractor::builder().no_builtin().gazetteer(g).build().expect("it builds"));
        });
        drop(csv);
        let ours = built.expect("built");
        let held = resident().zip(before).map_or(0, |(after, before)| after.saturating_sub(before)) / names;
        let lower = lower_names(names);
        let mut automaton = None;
        let raw_build = seconds(|| automaton = Some(raw(&lower)));
        let automaton = automaton.expect("built");
        let (mut found, mut written) = (0, 0);
        for d in documents(names, 40_000) {
            let document = ours.extract(d.text.as_str());
            let at = |a: usize, b: usize| document.mentions().iter().find(|m| (m.span().start, m.span().end) == (a, b));
            let is = |i: usize, a: usize, b: usize| at(a, b).is_some_and(|m| document.entity_of(m).id() == format!("organization:x{i}"));
            written += d.names.len();
            found += d.names.iter().filter(|&&(i, a, b)| is(i, a, b)).count();
        }
        // A few become part of a longer name, which the rules find.
        assert!(found * 100 >= written * 97, "{found} of {written} names are found where they were written");
        let (name, docs) = corpus(names, bytes);
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
        if speeds.is_empty() {
            println!("| *text* | | *{name}, {} documents* |", docs.len());
        }
        speeds.push(times[0]);
        row(&format!("tokens and matching, {names} names ÷ raw"), asked, &format!("{:.2}", times[0] / times[3]));
        row(&format!("the same between the other stages, {names} names ÷ raw"), "", &format!("{:.2}", times[1] / times[3]));
        row(&format!("whole extract, {names} names ÷ raw"), if names == 10_000 { "0.60" } else { "" }, &format!("{:.2}", times[2] / times[3]));
        if names == 1_000_000 || quick {
            row(&format!("table of {names} names to extractor ÷ raw's own build"), "1.5", &format!("{:.2} ({build:.2} s)", build / raw_build));
            let own = ours.names_bytes() / names;
            row(&format!("memory a name, {names} names"), "150", &format!("{own} bytes; {held} with its record"));
        }
    }
    if let (Some(a), Some(b)) = (speeds.first(), speeds.last()) {
        row("throughput of tokens and matching, most names ÷ fewest", "0.45", &format!("{:.2}", a / b));
    }

    // Dense text, embedded gazetteer.
    let (name, dense) = dense_text().unwrap_or_else(|| ("one paragraph, repeated".into(), DENSE.repeat(8)));
    assert!(x.extract(DENSE).entities().len() >= 8, "the dense text is understood");
    let names = embedded_names();
    let automaton = raw(&names);
    let lower = prepare(&dense);
    let mut worker = x.worker();
    let times = medians(
        rounds * 5,
        &mut [&mut || seconds(|| worker.extract(dense.as_str()).mentions().len()), &mut || seconds(|| automaton.find_iter(&lower).count())],
    );
    let apart = dense.len() / worker.extract(dense.as_str()).mentions().len().max(1);
    row("*dense text*", "", &format!("*{name}, {} bytes, one mention every {apart}*", dense.len()));
    row("whole extract on dense text, embedded gazetteer ÷ raw", "2.5", &format!("{:.2}", times[0] / times[1]));

    // News with the embedded gazetteer, cold starts, threads, hostile texts.
    let (_, docs) = corpus(1_000, bytes);
    let prepared: Vec<String> = docs.iter().map(|d| prepare(d)).collect();
    let (mut warm, mut cold, mut staged) = (x.worker(), x.worker(), x.worker());
    let mut forgetful = |text: &str| {
        cold.forget();
        cold.extract(text).mentions().len()
    };
    let mut shares = [0.0; 4];
    let times = medians(
        rounds,
        &mut [
            &mut || seconds(|| docs.iter().map(|d| warm.extract(d.as_str()).mentions().len()).sum::<usize>()),
            &mut || seconds(|| docs.iter().map(|d| forgetful(d)).sum::<usize>()),
            &mut || seconds(|| docs.iter().map(|d| x.worker().extract(d.as_str()).mentions().len()).sum::<usize>()),
            &mut || seconds(|| prepared.iter().map(|p| automaton.find_iter(p).count()).sum::<usize>()),
        ],
    );
    for d in &docs {
        let times = staged.timed(d.as_str()).1;
        shares.iter_mut().zip(times).for_each(|(s, t)| *s += t.as_secs_f64());
    }
    row("whole extract on news, embedded gazetteer ÷ raw", "", &format!("{:.2}", times[0] / times[3]));
    row("rules' share of it (compose and resolve)", "", &format!("{:.2}", (shares[2] + shares[3]) / shares.iter().sum::<f64>()));
    row("speed of an empty memory for each document ÷ warm", "0.6", &format!("{:.2}", times[0] / times[1]));
    row("speed of a new worker for each document ÷ warm", "", &format!("{:.2}", times[0] / times[2]));
    let news = times[0] / docs.iter().map(String::len).sum::<usize>() as f64;

    let on = |threads: usize| rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    let (one, two) = (on(1), on(2));
    let batch = || x.extract_batch(docs.iter().map(String::as_str)).map(|d| d.mentions().len()).sum::<usize>();
    let times = medians(rounds, &mut [&mut || seconds(|| one.install(batch)), &mut || seconds(|| two.install(batch))]);
    row("batch, speed on two threads ÷ one", "1.8", &format!("{:.2}", times[0] / times[1]));

    let mut worst = ("", 0.0);
    for (what, text) in hostile(if quick { 20_000 } else { 1_000_000 }) {
        let mut worker = x.worker();
        let time = medians(if quick { 1 } else { 3 }, &mut [&mut || seconds(|| worker.extract(text.as_str()).mentions().len())])[0];
        let ratio = time / text.len() as f64 / news;
        if ratio > worst.1 {
            worst = (what, ratio);
        }
    }
    row("worst text found ÷ news, time a byte", "10", &format!("{:.1} ({})", worst.1, worst.0));

    let (count, bytes) = if quick { (1_000, 100_000) } else { (10_000, 4_000_000) };
    assert_eq!(extractor(count).extract(common::name(7).as_str()).entities().first().map(|e| e.id()), Some("organization:x7"));
    let (_, _, rows) = measure(count, bytes, rounds);
    for (r, asked) in rows[2..].iter().zip(["", "10", "1.8", "15", ""]) {
        row(&format!("{} ÷ tokens and matching", r.way), asked, &format!("{:.1}", r.seconds / rows[0].seconds));
    }
}
