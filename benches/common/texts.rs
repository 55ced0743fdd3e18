//! Texts to measure on: sparse ones, dense ones, those of files.

use super::names::{gazetteer_names, name};
use std::sync::LazyLock;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Sentences written for the benches, as newspapers have them, of every subject but diplomacy; they name nobody.
static SENTENCES: LazyLock<Vec<&str>> = LazyLock::new(|| include_str!("sentences.txt").lines().collect());

/// Numbers without chance, well mixed.
pub struct Mixed(u64);

impl Mixed {
    pub fn new(seed: u64) -> Self {
        Mixed(seed)
    }

    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }

    /// One of so many things, of which each is as much rarer as it comes later: as often one of the first two as one of the next two,
    /// the next four, the next eight.
    pub fn rank(&mut self, n: usize) -> usize {
        let most = 2 << self.below(n.max(2).ilog2() as usize);
        self.below(most.min(n))
    }
}

/// A document, and where its names stand: their numbers and bytes.
pub struct Made {
    pub text: String,
    pub names: Vec<(usize, usize, usize)>,
}

/// A word or name in the other style of tone marks.
fn spelled(text: String, old: bool) -> String {
    let turn = |word: &str| match word.char_indices().nth_back(1) {
        Some((at, _)) if old => word[..at].to_string() + &word[at..].replace("òa", "oà").replace("ủy", "uỷ").replace("Ủy", "Uỷ"),
        _ => word.to_string(),
    };
    text.split(' ').map(turn).collect::<Vec<_>>().join(" ")
}

/// Sentences that one document is made of: with so many, two words in five are new to it, as in newspapers.
const POOL: usize = 10;

/// Words of the sentences that get a capital which they do not have there, in a thousand.
const RAISED: usize = 35;

/// Documents of about `bytes` bytes in all, 5 kB each: a name every 200 bytes, 15 % of all words with a capital, a tenth of
/// the documents decomposed, tone marks in both styles (which of them a document has shows in one word of 500, as in the
/// language). Words are as frequent as they are in the sentences, which come up
/// by a law of their rank; a document comes back to its own few, the beginning of one with the end of another. Names are the
/// rarer the later they are in the list, as names in the news are.
pub fn documents(names: usize, bytes: usize) -> Vec<Made> {
    let mut mixed = Mixed::new(7);
    let mut out: Vec<Made> = Vec::new();
    let mut total = 0;
    while total < bytes {
        let mut d = Made { text: String::new(), names: Vec::new() };
        let decomposed = out.len() % 10 == 9;
        let old = mixed.below(2) == 0;
        // The first sentences are the frequent ones.
        let pool: [&str; POOL] = std::array::from_fn(|_| {
            let a = mixed.below(SENTENCES.len());
            SENTENCES[mixed.below(a + 1)]
        });
        let put = |d: &mut Made, s: &str| if decomposed { d.text.extend(s.nfd()) } else { d.text.push_str(s) };
        let mut next_name = 100;
        while d.text.len() < 5_000 {
            let [x, y] = [(); 2].map(|()| pool[mixed.below(POOL)].split(' ').collect::<Vec<&str>>());
            for (n, word) in x[..x.len() / 2].iter().chain(&y[y.len() / 2..]).enumerate() {
                if d.text.len() >= next_name && n > 0 {
                    next_name += 200;
                    let i = mixed.rank(names);
                    let start = d.text.len();
                    put(&mut d, &spelled(name(i), mixed.below(2) == 0));
                    d.names.push((i, start, d.text.len()));
                    d.text.push(' ');
                }
                let word = spelled(word.to_string(), old);
                let capital = mixed.below(1_000) < RAISED;
                let first = word.chars().next().map_or(0, char::len_utf8);
                let word = if capital { word[..first].to_uppercase() + &word[first..] } else { word };
                put(&mut d, &word);
                d.text.push(' ');
            }
            if mixed.below(6) == 0 {
                d.text.push('\n');
            }
        }
        total += d.text.len();
        out.push(d);
    }
    out
}

/// Asserts what is said of made documents.
pub fn assert_made(made: &[Made]) {
    let total = |f: &dyn Fn(&Made) -> usize| made.iter().map(f).sum::<usize>() as f64;
    let words = total(&|d| d.text.split_whitespace().count());
    let capitals = total(&|d| d.text.split_whitespace().filter(|w| w.chars().any(char::is_alphabetic) && w.starts_with(char::is_uppercase)).count());
    let apart = total(&|d| d.text.len()) / total(&|d| d.names.len());
    let decomposed = total(&|d| usize::from(!is_nfc(&d.text))) / made.len() as f64;
    let with = |spelled: &[&str]| total(&|d| usize::from(spelled.iter().any(|s| d.text.split_whitespace().any(|w| w.to_lowercase().ends_with(s)))));
    assert!((13.5..16.5).contains(&(capitals / words * 100.0)), "{capitals} of {words} words have a capital");
    assert!((190.0..210.0).contains(&apart), "a name every {apart} bytes");
    assert!((0.05..0.15).contains(&decomposed), "{decomposed} of the documents are decomposed");
    assert!(with(&["òa", "ủy"]) > 0.0 && with(&["oà", "uỷ"]) > 0.0, "tone marks in both styles");
}

/// The documents to measure on: those of the file that `THUCTHE_BENCH_TEXT` names, else made ones. With the corpus's name.
pub fn corpus(names: usize, bytes: usize) -> (String, Vec<String>) {
    match std::env::var_os("THUCTHE_BENCH_TEXT") {
        Some(path) => {
            let text = std::fs::read_to_string(&path).expect("THUCTHE_BENCH_TEXT names a text");
            let mut docs = vec![String::new()];
            for line in text.lines() {
                if (line.is_empty() || line.starts_with('#')) && docs.last().is_some_and(|d| d.len() > 2_000) {
                    if docs.iter().map(String::len).sum::<usize>() >= bytes {
                        break;
                    }
                    docs.push(String::new());
                }
                if let Some(d) = docs.last_mut() {
                    d.push_str(line);
                    d.push('\n');
                }
            }
            (path.to_string_lossy().into_owned(), docs)
        }
        None => ("own sentences".into(), documents(names, bytes).into_iter().map(|d| d.text).collect()),
    }
}

/// Text of a language with few names in it, with what it is: the [corpus] for Vietnamese; else own sentences, of which
/// every second one has a name of the gazetteers before it.
pub fn sparse(language: &str, bytes: usize) -> (String, Vec<String>) {
    let (sentences, before) = match language {
        "en" => (include_str!("sentences-en.txt"), ": "),
        "ja" => (include_str!("sentences-ja.txt"), "では、"),
        _ => return corpus(1_000, bytes),
    };
    let sentences: Vec<&str> = sentences.lines().collect();
    let names: Vec<String> = gazetteer_names(None).into_iter().filter(|(_, l)| *l == language).map(|(name, _)| name).collect();
    let mut mixed = Mixed::new(11);
    let mut out = Vec::new();
    while out.iter().map(String::len).sum::<usize>() < bytes {
        let mut text = String::new();
        while text.len() < 5_000 {
            let [x, y] = [(); 2].map(|()| sentences[mixed.below(sentences.len())]);
            text.extend([x, " ", names[mixed.below(names.len())].as_str(), before, y, "\n"]);
        }
        out.push(text);
    }
    ("own sentences".into(), out)
}

/// Text of a language that is full of names, with what it is. Vietnamese: the file that `THUCTHE_BENCH_DENSE` names, else
/// the test documents, each paragraph with two plain sentences behind it, so that a mention comes up every seventy
/// bytes or so. English and Japanese: the test documents as they are. Where they are not there, as in a crate that was
/// downloaded, prose that was written for the benches.
pub fn dense(language: &str) -> (String, String) {
    if let (Some(path), "vi") = (std::env::var_os("THUCTHE_BENCH_DENSE"), language) {
        let text = std::fs::read_to_string(&path).expect("THUCTHE_BENCH_DENSE names a text");
        return (path.to_string_lossy().into_owned(), text);
    }
    const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus/documents");
    let files = std::fs::read_dir(FOLDER).into_iter().flatten().flatten().map(|f| f.path());
    let mut files: Vec<_> = files.filter(|p| p.to_string_lossy().contains(&format!("/{language}-")) && p.extension().is_some_and(|e| e == "txt")).collect();
    files.sort();
    let (mut text, mut sentences) = (String::new(), SENTENCES.iter().cycle());
    for line in files.iter().filter_map(|p| std::fs::read_to_string(p).ok()).flat_map(|t| t.lines().map(str::to_string).collect::<Vec<_>>()) {
        if text.len() >= DENSE_BYTES {
            break;
        }
        text.extend([&line, "\n"]);
        for plain in sentences.by_ref().take(if line.is_empty() && language == "vi" { 2 } else { 0 }) {
            text.extend([plain, "\n"]);
        }
    }
    match text.is_empty() {
        true => ("own prose".into(), diplomacy(language).repeat(8)),
        false if language == "vi" => ("test documents and sentences by turns".into(), text),
        false => ("test documents".into(), text),
    }
}

/// Bytes of such a text.
const DENSE_BYTES: usize = 40_000;

/// Prose on diplomacy, written for the benches.
pub fn diplomacy(language: &str) -> &'static str {
    match language {
        "en" => include_str!("diplomacy-en.txt"),
        "ja" => include_str!("diplomacy-ja.txt"),
        _ => PARAGRAPH,
    }
}

/// A Vietnamese, an English and a Japanese sentence full of names.
pub const PARAGRAPH: &str = "Thượng tướng Hoàng Xuân Chiến, Ủy viên Trung ương Đảng, Thứ trưởng Bộ Quốc phòng và Thứ trưởng Bộ Quốc phòng Nhật Bản \
Kano Koji đồng chủ trì Đối thoại Chính sách quốc phòng Việt Nam - Nhật Bản lần thứ 11 tại Fukuoka.\n\
Deputy Minister of National Defence Hoang Xuan Chien met Japan's Vice-Minister of Defense for International Affairs Kano Koji in Tokyo.\n\
加野幸司防衛審議官は東京でベトナム国防省のホアン・スアン・チエン国防次官と会談し、日越防衛政策対話の成果を確認した。\n";
