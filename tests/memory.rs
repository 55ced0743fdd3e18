//! What a call holds while it runs, what it leaves behind, and how often it asks for memory. Counted on the thread that calls: other tests
//! do not count.

#![cfg(feature = "builtin")]

use allocation_counter::measure;
use std::sync::LazyLock;
use thucthe::{Document, Extractor, Mention, Worker};

/// Buffers for texts of so many bytes stay for the next one, as the docs say.
const KEPT_TEXT: usize = 1 << 17;
/// What a worker, or the pool for each thread that calls, holds between two texts at most.
const HELD: i64 = 128 << 20;
/// The same where texts are like the documents of the corpus.
const ORDINARY: i64 = 12 << 20;
/// Bytes of memory a byte of text, at most: the worst texts found take a tenth less.
const WORST: usize = 640;
const WORST_EXPLAINED: usize = 900;

/// The texts that take most, made of these again and again: names of one character or two, of which much is noted each.
const DENSE: &[&str] = &[
    "2+2中中中",
    "2+2日中",
    "中",
    "日中",
    "Mỹ-",
    "FM ",
    "外相に就任したのは、加野幸司・",
    "大使中国",
    "OSA ",
    "駐日ベトナム大使",
    "Việt Nam - Nhật Bản - ",
    "Thứ trưởng Bộ Quốc phòng ",
    "ông Nguyễn Văn An và ông An, ",
];

static EXPLAINS: LazyLock<Extractor> = LazyLock::new(|| Extractor::builder().explain(true).build().unwrap_or_else(|e| panic!("{e}")));

fn again(piece: &str, bytes: usize) -> String {
    piece.repeat(bytes / piece.len())
}

/// A worker that has read a short text.
fn worker(x: &Extractor) -> Worker {
    let mut worker = x.worker();
    let _ = worker.extract("Thứ trưởng Bộ Quốc phòng Hoàng Xuân Chiến");
    worker
}

#[test]
fn memory_is_some_bytes_a_byte_of_text() {
    let (mut worst, mut explained) = ((0, ""), (0, ""));
    for (x, most, worst) in [(&Extractor::builtin(), WORST, &mut worst), (&EXPLAINS, WORST_EXPLAINED, &mut explained)] {
        for piece in DENSE {
            // Buffers double: some lengths leave more of them empty than others.
            for bytes in [37_000, 75_000] {
                let (text, mut worker) = (again(piece, bytes), worker(x));
                let peak = measure(|| drop(worker.extract(text.as_str()))).bytes_max as usize;
                let each = peak / text.len();
                assert!(each <= most, "{each} bytes a byte: {piece}");
                *worst = (*worst).max((each, *piece));
            }
        }
    }
    println!("worst {worst:?}, explained {explained:?}");
}

/// The documents of the corpus, which are full of names, in one text.
fn documents() -> String {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/documents");
    let mut paths: Vec<_> = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|f| f.path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "txt"));
    paths.sort();
    paths.iter().map(|p| std::fs::read_to_string(p).unwrap_or_else(|e| panic!("{e}"))).collect()
}

#[test]
fn documents_take_little() {
    /// Bytes of memory a byte of text, at most.
    const DOCUMENTS: usize = 64;
    let (text, mut kept) = (documents(), None);
    let mut worker = worker(&Extractor::builtin());
    let peak = measure(|| drop(worker.extract(text.as_str()))).bytes_max as usize;
    assert!(text.len() > KEPT_TEXT && peak <= DOCUMENTS * text.len(), "{peak} bytes for {}", text.len());
    let held = measure(|| {
        let mut worker = Extractor::builtin().worker();
        text.split_inclusive('\n').for_each(|line| drop(worker.extract(line)));
        let mut end = KEPT_TEXT;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        drop(worker.extract(&text[..end]));
        kept = Some(worker);
    });
    println!("{} bytes a byte; {} bytes are held behind 128 kB", peak / text.len(), held.bytes_current);
    assert!(held.bytes_current <= ORDINARY, "{} bytes", held.bytes_current);
}

/// Long texts of every sort: what grows with one is not what grows with another.
fn long_texts() -> Vec<String> {
    let bytes = 4 * KEPT_TEXT;
    let mut all: Vec<String> =
        ["x", "ế", "đ", "か\u{3099}", "防", "<", "https://", "\n", ".", "a\u{301}", "日中", "Thứ trưởng "].map(|p| again(p, bytes)).into();
    all.push(format!("ông {}", again("Nguyễn ", bytes)));
    all.push(format!("Thứ trưởng A{}", again("a", bytes)));
    all.push(format!("ông Ă{}", again("ă", bytes)));
    all.push(format!("---\n{}---\n", again("tác giả: x\n", bytes)));
    all
}

/// What a memory of words may grow by.
const LEFT: i64 = 1 << 18;

/// The longest texts for which a worker keeps its buffers.
const LONG_TEXT: usize = 1 << 21;

#[test]
fn long_texts_leave_nothing_behind_once_a_short_one_was_read() {
    for text in long_texts() {
        let mut worker = worker(Extractor::builder().build().as_ref().unwrap_or_else(|e| panic!("{e}")));
        let left = measure(|| drop(worker.extract(text.as_str()))).bytes_current;
        assert!(left <= (WORST * text.len()) as i64, "a worker holds {left} bytes behind {text:.20}");
        let freed = measure(|| drop(worker.extract("Thứ trưởng Bộ Quốc phòng Hoàng Xuân Chiến"))).bytes_current;
        assert!(left + freed <= LEFT, "a worker holds {} bytes behind a short text that follows {text:.20}", left + freed);
        let x = Extractor::builder().build().unwrap_or_else(|e| panic!("{e}"));
        let _ = x.extract("Thứ trưởng Bộ Quốc phòng Hoàng Xuân Chiến");
        let left = measure(|| drop(x.extract(text.as_str()))).bytes_current;
        assert!(left <= LEFT, "the pool holds {left} bytes behind {text:.20}");
    }
}

#[test]
fn what_stays_is_bounded_whatever_was_read() {
    for x in [&Extractor::builtin(), &EXPLAINS] {
        let mut kept = None;
        let held = measure(|| {
            let mut worker = x.worker();
            // New words fill the table and whatever else remembers some.
            let mut texts: Vec<String> = DENSE.iter().map(|p| again(p, KEPT_TEXT)).collect();
            for n in 0..8 {
                texts.push((0..KEPT_TEXT / 64).map(|k| format!("Wđ{:x} verylongwordofmanyletters{k:x}{n} ", n * KEPT_TEXT + k)).collect());
            }
            assert!(texts.iter().all(|t| t.len() <= KEPT_TEXT));
            // Whatever a longer one took goes behind the first of these.
            drop(worker.extract(again(DENSE[0], 2 * KEPT_TEXT).as_str()));
            for text in &texts {
                drop(worker.extract(text.as_str()));
            }
            kept = Some(worker);
        });
        println!("{} bytes are held", held.bytes_current);
        assert!(held.bytes_current <= HELD, "{} bytes", held.bytes_current);
        drop(kept);
    }
}

#[test]
fn buffers_of_ordinary_texts_stay() {
    let text = again("Bộ Quốc phòng Việt Nam và Nhật Bản. Hai bên trao đổi. ", KEPT_TEXT);
    let mut worker = worker(&Extractor::builtin());
    let [first, second] = [(); 2].map(|()| measure(|| drop(worker.extract(text.as_str()))).bytes_total);
    println!("{first} and {second}");
    assert!(second < first / 4, "{first} bytes for the first text, {second} for the next");
}

#[test]
fn a_worker_keeps_the_buffers_of_long_texts_while_they_come() {
    let sentence = "Bộ Quốc phòng Việt Nam và Nhật Bản. Hai bên trao đổi. ";
    let [long, half, quarter] = [8, 4, 2].map(|n| again(sentence, n * KEPT_TEXT));
    let longest = again(sentence, LONG_TEXT + sentence.len());
    let mut worker = worker(&Extractor::builtin());
    let mut total = |text: &str| measure(|| drop(worker.extract(text))).bytes_total as usize;
    let texts = [&long, &long, &half, &long, &quarter, &long];
    let asked = texts.map(|text| total(text) / text.len());
    println!("{asked:?} bytes a byte");
    let [first, second, shorter, again, _, anew] = asked;
    assert!([second, shorter, again].iter().all(|&a| a < first / 4), "{asked:?}: the buffers of the first text are there");
    assert!(anew > first / 2, "{asked:?}: a text of a quarter frees them");
    let freed = [total(&longest), total(&longest)].map(|bytes| bytes / longest.len());
    assert!(freed[1] > first / 2, "{freed:?}: nobody keeps that many");
}

/// Finding names asks for no memory of its own once there are buffers. Only a mention that has something beside it (an edition, a year,
/// further entities, other readings) takes a piece, which stays in the document, and one while it is resolved; a short form that may be
/// somebody of a list takes two in passing.
#[test]
fn hits_ask_for_no_memory() {
    /// What buffers and the document's own lists may ask for as they double.
    const DOUBLING: u64 = 8;
    for (sentence, short_forms) in [
        ("Thứ trưởng Bộ Quốc phòng Hoàng Xuân Chiến tiếp Đại sứ Nhật Bản tại Việt Nam. ", 0),
        ("加野幸司防衛審議官は外務省でホアン・スアン・チエン国防次官と会談した。", 0),
        ("加野幸司防衛審議官は第11回日越防衛政策対話に出席した。", 0),
        ("Prime Minister Fumio Kishida met Defence Minister Kihara Minoru in Japan. ", 0),
        ("Fumio Kishida spoke at the 17th ADMM and signed UNCLOS 1982. ", 0),
        ("Bộ Quốc phòng Việt Nam và Bộ Ngoại giao Nhật Bản. ", 0),
        ("ông Nguyễn Văn An và ông An, ", 1),
    ] {
        let mut worker = worker(&Extractor::builtin());
        let texts = [100, 200, 400].map(|n| sentence.repeat(n));
        let [a, b, c] = texts.each_ref().map(|text| {
            // Nothing is as long as it was before.
            let _ = worker.extract(text.as_str());
            let mut document: Option<Document<'_>> = None;
            let calls = measure(|| document = Some(worker.extract(text.as_str()))).count_total;
            let more = document.map_or(0, |d| d.mentions().iter().filter(|m| has_more(m)).count() as u64);
            println!("{calls} calls, {more} mentions with more to say: {sentence}");
            (calls, more)
        });
        for (once, twice, sentences) in [(a, b, 100), (b, c, 200)] {
            let most = once.0 + DOUBLING + 2 * (twice.1 - once.1) + 2 * short_forms * sentences;
            assert!(twice.0 <= most, "{} calls, and {} in twice the text: {sentence}", once.0, twice.0);
        }
    }
}

/// A mention says more than where it stands and whose it is.
fn has_more(m: &Mention) -> bool {
    let a = m.attributes();
    let [edition, year] = [a.edition.is_some(), a.year.is_some()];
    edition || year || a.former || a.acting || !m.also().is_empty() || m.candidates().next().is_some()
}
