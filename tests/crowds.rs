//! Lists in which too much is alike: what a place of a text is asked about has a bound, and a finding tells of what is beyond it.
//!
//! Nothing asks for the time: what is held and what comes out says what was done. Work that is quadratic does not come back.

#![cfg(feature = "builtin")]

use thucthe::{Entry, Extractor, Finding, Gazetteer, Kind, Language};

const MANY: usize = 100_000;
/// Things of one name that are looked for, as the guide to the format says.
const THINGS: usize = 64;
/// Spellings of one name of one thing.
const SPELLINGS: usize = 8;
/// Names that begin alike, one in the beginning of the other.
const NESTED: usize = 16;

fn list(entries: impl IntoIterator<Item = Entry>) -> Gazetteer {
    Gazetteer::from_entries(entries).unwrap_or_else(|e| panic!("{e}"))
}

fn extractor(own: &Gazetteer) -> Extractor {
    Extractor::builder().no_builtin().gazetteer(own.clone()).build().unwrap_or_else(|e| panic!("{e}"))
}

fn of_code<'f>(found: &'f [Finding], code: &str) -> Vec<&'f Finding> {
    found.iter().filter(|f| f.code == code).collect()
}

/// Hits and candidates in so many mentions of a name.
fn asked(x: &Extractor, name: &str, mentions: usize) -> (usize, usize) {
    let text = format!("Ông {name}. ").repeat(mentions);
    let mut worker = x.worker();
    let hits = worker.matched(&text);
    let document = worker.extract(&*text);
    assert_eq!(document.mentions().iter().filter(|m| document.text_of(m) == name).count(), mentions);
    (hits, document.mentions().iter().map(|m| m.candidates().count()).sum())
}

#[test]
fn a_hundred_thousand_records_of_one_name() {
    for (kind, count) in [(Kind::Person, MANY), (Kind::Organization, MANY / 10)] {
        let name = "Ostrevik Brandal Lumen";
        let of = |count: usize| list((0..count).map(|i| Entry::new(kind, &format!("n{i}")).name(Language::En, name)));
        let (few, many) = (of(THINGS), of(count));
        assert!(of_code(&few.check(), "G023").is_empty());
        let (x, y) = (extractor(&few), extractor(&many));
        assert_eq!(x.names_bytes(), y.names_bytes(), "names that are not looked for are not held");
        assert_eq!(asked(&x, name, 20), asked(&y, name, 20), "nor do they cost anything");
        let (once, twice) = (asked(&y, name, 20), asked(&y, name, 40));
        assert_eq!((2 * once.0, 2 * once.1), twice);
        let found = many.check();
        let left = of_code(&found, "G023");
        assert_eq!(left.len(), count - THINGS);
        assert!(left.iter().all(|f| f.file.ends_with("crowds.rs") && f.line > 0 && f.message.contains(name) && !f.remedy.is_empty()));
        assert!(found.len() < count + THINGS * THINGS, "not one for each pair");
    }
}

#[test]
fn who_is_known_better_is_looked_for_first() {
    let source = "https://example.org/";
    let person = |i: usize| {
        let p = Entry::new(Kind::Person, &format!("an-{i}")).country("vn").name(Language::Vi, "Ngô Xuân Ưng");
        if i == 150 { p.tenure("title:vn-defence-minister", "2020".parse::<thucthe::Date>().ok(), None, source) } else { p }
    };
    let land = Entry::new(Kind::Place, "vn").country("vn").sort("country").name(Language::Vi, "Việt Nam");
    let own = list(std::iter::once(land).chain((0..200).map(person)));
    let left: Vec<String> = of_code(&own.check(), "G023").iter().map(|f| f.message.clone()).collect();
    assert!(left.len() == 200 - THINGS && !left.iter().any(|m| m.contains("person:an-150`")), "{left:?}");
    let x = extractor(&own);
    for text in ["Bộ trưởng Quốc phòng Việt Nam Ngô Xuân Ưng", "Bộ trưởng Quốc phòng Việt Nam Ưng"] {
        let document = x.extract(text);
        assert!(document.entities().iter().any(|e| e.id() == "person:an-150"), "{text}: {:?}", document.entities().iter().map(|e| e.id()).collect::<Vec<_>>());
    }
}

#[test]
fn a_short_form_goes_back_to_the_name_in_the_text_however_many_it_can_mean() {
    const FAMILIES: [&str; 10] = ["Ngô", "Lê", "Lý", "Đỗ", "Hồ", "Vũ", "Bùi", "Phan", "Đặng", "Trần"];
    const MIDDLES: [&str; 30] = [
        "Xuân", "Văn", "Thị", "Minh", "Hải", "Bá", "Công", "Đình", "Đức", "Gia", "Hoàng", "Hữu", "Khắc", "Kim", "Mạnh", "Ngọc", "Nhật", "Phú", "Quang", "Quốc",
        "Sỹ", "Tấn", "Thành", "Thế", "Tiến", "Trọng", "Tuấn", "Viết", "Vĩnh", "Huy",
    ];
    let name = |i: usize| format!("{} {} Ưng", FAMILIES[i % 10], MIDDLES[i / 10]);
    let own = list((0..300).map(|i| Entry::new(Kind::Person, &format!("ung-{i}")).country("vn").name(Language::Vi, name(i))));
    assert!(of_code(&own.check(), "G023").is_empty(), "full names differ");
    let x = extractor(&own);
    for i in [0, 63, 64, 150, 299] {
        let text = format!("Ông {} đến. Ông Ưng phát biểu.", name(i));
        let document = x.extract(&*text);
        let ids: Vec<&str> = document.mentions().iter().map(|m| document.entity_of(m).id()).collect();
        assert_eq!(ids, [format!("person:ung-{i}"), format!("person:ung-{i}")], "{text}");
        assert!(x.worker().matched("Ưng") <= THINGS + 1);
    }
}

/// Names of so many words that fold alike: each word small, with a capital or in capitals, in either tone style, composed or not.
fn alike(i: usize, words: usize) -> String {
    const WAYS: [&str; 5] = ["hoà", "Hòa", "HOÀ", "ho\u{300}a", "Ｈòa"];
    let mut rest = i;
    let word = |_| {
        let way = WAYS[rest % WAYS.len()];
        rest /= WAYS.len();
        way
    };
    (0..words).map(word).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_hundred_thousand_aliases_that_fold_alike() {
    let of = |count: usize| {
        let record = Entry::new(Kind::Place, "alike").name(Language::Vi, alike(0, 8));
        list([(0..count).fold(record, |r, i| r.name(Language::Vi, alike(i, 8)))])
    };
    let (few, many) = (of(1), of(MANY));
    let (x, y) = (extractor(&few), extractor(&many));
    assert!(y.names_bytes() < x.names_bytes() + (1 << 10), "{} and {} bytes", x.names_bytes(), y.names_bytes());
    let text = "Hòa Hoà Hòa Hoà Hòa Hoà Hòa Hoà. ".repeat(50);
    assert!(y.worker().matched(&text) <= 50 * SPELLINGS);
    let places = |x: &Extractor| x.extract(&*text).mentions().iter().map(|m| m.span()).collect::<Vec<_>>();
    assert_eq!(places(&x), places(&y));
    let found = many.check();
    assert_eq!(of_code(&found, "G023").len(), 1, "{:.2000?}", found);
    // The same of many records, each with a spelling of its own.
    let own = list((0..MANY / 10).map(|i| Entry::new(Kind::Place, &format!("p{i}")).name(Language::Vi, alike(i, 8))));
    assert!(extractor(&own).worker().matched(&text) <= 50 * THINGS);
    assert_eq!(of_code(&own.check(), "G023").len(), MANY / 10 - THINGS);
}

#[test]
fn a_record_is_extended_by_many_names() {
    let names = |from: usize| (from..from + MANY).fold(Entry::new(Kind::Place, "p"), |r, i| r.name(Language::En, format!("Reef {i:x}")));
    let mut own = list([names(0)]);
    assert!(own.merge(list([names(MANY / 2).extends()])).is_ok());
    let x = extractor(&own);
    let text = format!("Reef 0, Reef {:x}, Reef {:x}.", MANY, MANY + MANY / 2 - 1);
    assert_eq!(x.extract(&*text).mentions().len(), 3);
}

/// A word for each number.
fn word(i: usize) -> String {
    let letter = |n: usize| char::from(b'a' + (n % 26) as u8);
    format!("Q{}{}x", letter(i / 26), letter(i))
}

/// Names that are all prefixes of one.
fn prefixes(count: usize) -> Gazetteer {
    let name = |words: usize| (0..words).map(word).collect::<Vec<_>>().join(" ");
    list((1..=count).map(|n| Entry::new(Kind::Place, &format!("p{n}")).name(Language::En, name(n))))
}

#[test]
fn names_that_share_every_prefix() {
    let sane = prefixes(NESTED);
    assert!(sane.check().is_empty(), "{:?}", sane.check());
    let text = |names: usize, words: usize| ((0..words).map(word).collect::<Vec<_>>().join(" ") + ". ").repeat(names);
    // Each of the sane list is found, whichever the text has.
    let x = extractor(&sane);
    for n in 1..=NESTED {
        let text = text(1, n);
        assert_eq!(x.worker().matched(&text), n);
        let document = x.extract(&*text);
        assert_eq!(document.entities().iter().map(|e| e.id()).collect::<Vec<_>>(), [format!("place:p{n}")]);
    }
    let mad = prefixes(250);
    let found = mad.check();
    assert_eq!(of_code(&found, "G024").len(), 250 - NESTED);
    let x = extractor(&mad);
    let hits = |names: usize| x.worker().matched(&text(names, 250));
    assert_eq!(hits(20), 20 * NESTED);
    assert_eq!(hits(40), 40 * NESTED);
    // The shortest and the longest are there.
    for n in [1, 8, 243, 250] {
        let text = text(1, n);
        let document = x.extract(&*text);
        assert_eq!(document.entities().iter().map(|e| e.id()).collect::<Vec<_>>(), [format!("place:p{n}")]);
    }
}

#[test]
fn words_of_the_grammar_stay_amid_names() {
    let phrase = (0..20).map(word).collect::<Vec<_>>().join(" ");
    let grammar =
        Gazetteer::from_toml("own.toml", &format!("[[word]]\nid = \"clause-word\"\nword = {{ en = [\"{phrase}\"] }}\n")).unwrap_or_else(|e| panic!("{e}"));
    let text = (0..60).map(word).collect::<Vec<_>>().join(" ");
    let with = |own: &[&Gazetteer]| {
        let builder = own.iter().fold(Extractor::builder().no_builtin(), |b, g| b.gazetteer((*g).clone()));
        builder.build().unwrap_or_else(|e| panic!("{e}")).worker().matched(&text)
    };
    let names = prefixes(60);
    assert_eq!((with(&[&grammar]), with(&[&names]), with(&[&grammar, &names])), (1, NESTED, NESTED + 1));
}

#[test]
fn names_of_one_word_again_and_again() {
    // Every token begins all names: `zuk`, `zuk zuk`, …
    let name = |words: usize| vec!["Zuk"; words].join(" ");
    let own = list((1..=200).map(|n| Entry::new(Kind::Place, &format!("p{n}")).name(Language::En, name(n))));
    let x = extractor(&own);
    let work = |words: usize| {
        let text = name(words);
        let document = x.extract(&*text);
        (x.worker().matched(&text), document.mentions().len())
    };
    let (once, twice) = (work(2_000), work(4_000));
    assert!(once.0 <= 2_000 * NESTED && twice.0 <= 2 * once.0 + 200 * NESTED, "{once:?} {twice:?}");
    assert!(twice.1 <= 2 * once.1 + 16, "{once:?} {twice:?}");
}
