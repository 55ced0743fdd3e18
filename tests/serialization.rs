//! What a document looks like when it is written out: other programs read these keys and offsets.

#![cfg(feature = "builtin")]

use serde_json::{Map, Value};
use thucthe::{Document, Extractor, Input, Unit};

/// Characters of one to four bytes, of one and two UTF-16 units, decomposed ones and a flag stand before the entities.
const TEXT: &str = "🇻🇳 é—👩‍👩‍👧: Thứ trưởng Bộ Quốc phòng Hoàng Xuân Chiến (ホアン・スアン・チエン国防次官) dự Đối thoại Chính sách quốc phòng \
                    Việt Nam - Nhật Bản lần thứ 11. 𠮷 Quo\u{302}\u{301}c 加野幸司防衛審議官 và cựu Thủ tướng Nhật Bản Kishida Fumio. Ông Trần Hữu Phúc Khang; \
                    Bộ Quốc phòng hai nước.";

fn document() -> Document<'static> {
    Extractor::builtin().extract(Input::new(TEXT).date("2025-12-04".parse().unwrap_or_else(|e| panic!("{e}"))))
}

fn json(v: &impl serde::Serialize) -> Value {
    serde_json::to_value(v).unwrap_or_else(|e| panic!("{e}"))
}

fn keys(v: &Value) -> Vec<&str> {
    v.as_object().map(|o| o.keys().map(String::as_str).collect()).unwrap_or_default()
}

fn rows<'v>(v: &'v Value, key: &str) -> &'v [Value] {
    v[key].as_array().unwrap_or_else(|| panic!("`{key}` is no list"))
}

fn object(v: &Value) -> &Map<String, Value> {
    v.as_object().unwrap_or_else(|| panic!("{v} is no object"))
}

#[test]
fn keys_stand_in_the_order_of_the_contract() {
    // As text, since a map may sort its keys.
    let written = serde_json::to_string(&document()).unwrap_or_else(|e| panic!("{e}"));
    let in_order = |part: &str, keys: &[&str]| {
        let at: Vec<Option<usize>> = keys.iter().map(|k| part.find(&format!("\"{k}\":"))).collect();
        assert!(at.iter().all(Option::is_some) && at.windows(2).all(|w| w[0] < w[1]), "{keys:?} at {at:?} in {part}");
    };
    in_order(&written, &["language", "date", "mentions", "entities", "appointments"]);
    in_order(
        &written[written.find("\"mentions\":").unwrap_or_default()..],
        &["start", "end", "text", "kind", "id", "name", "known", "parent", "attributes", "also", "candidates", "evidence"],
    );
    in_order(&written[written.find("\"entities\":").unwrap_or_default()..], &["id", "kind", "name", "known", "mentions"]);
    in_order(
        &written[written.find("\"appointments\":").unwrap_or_default()..],
        &["person", "person_name", "office", "office_name", "organization", "country", "former", "acting", "mentions"],
    );
}

#[test]
fn every_part_has_its_keys_and_no_more() {
    let d = json(&document());
    let mut top = keys(&d);
    top.sort_unstable();
    assert_eq!(top, ["appointments", "date", "entities", "language", "mentions"]);
    assert_eq!((&d["language"], &d["date"]), (&Value::from("vi"), &Value::from("2025-12-04")));
    for m in rows(&d, "mentions") {
        assert_eq!(object(m).len(), 12, "{m}");
        assert!(m["start"].is_u64() && m["end"].is_u64() && m["text"].is_string() && m["known"].is_boolean(), "{m}");
        assert!(m["parent"].is_null() || m["parent"].is_u64(), "{m}");
        assert!(["also", "candidates", "evidence"].iter().all(|k| m[*k].is_array()), "{m}");
    }
    for e in rows(&d, "entities") {
        assert_eq!(object(e).len(), 5, "{e}");
        assert!(!rows(e, "mentions").is_empty(), "{e}");
    }
    for a in rows(&d, "appointments") {
        assert_eq!(object(a).len(), 9, "{a}");
        assert!(a["former"].is_boolean() && a["acting"].is_boolean(), "{a}");
        assert!(a["organization"].is_null() || a["organization"].is_string(), "{a}");
    }
}

#[test]
fn parts_speak_of_each_other_rightly() {
    let d = json(&document());
    let (mentions, entities) = (rows(&d, "mentions"), rows(&d, "entities"));
    for (i, e) in entities.iter().enumerate() {
        for m in rows(e, "mentions") {
            let m = &mentions[m.as_u64().unwrap_or(u64::MAX) as usize];
            let named = m["id"] == e["id"] || rows(m, "also").contains(&e["id"]);
            assert!(named, "entity {i} {} is not named by {m}", e["id"]);
        }
    }
    for m in mentions {
        let e = entities.iter().find(|e| e["id"] == m["id"]).unwrap_or_else(|| panic!("{m} is of no entity"));
        assert_eq!((&e["name"], &e["kind"], &e["known"]), (&m["name"], &m["kind"], &m["known"]));
    }
    let chien = rows(&d, "appointments").iter().find(|a| a["person"] == "person:hoang-xuan-chien").unwrap_or_else(|| panic!("no appointment"));
    assert_eq!(chien["office"], "title:vn-defence-deputy-minister");
    assert_eq!(chien["person_name"]["ja"], "ホアン・スアン・チエン");
    assert_eq!(chien["country"], "vn");
    assert_eq!(chien["organization"], "ministry:vn-defence");
    let words: Vec<&Value> = rows(chien, "mentions").iter().map(|m| &mentions[m.as_u64().unwrap_or(u64::MAX) as usize]["id"]).collect();
    assert_eq!(words[..2], [&chien["person"], &chien["office"]], "person and office by turns");
}

#[test]
fn names_are_by_language_and_only_where_there_is_one() {
    let d = json(&document());
    let office = rows(&d, "entities").iter().find(|e| e["id"] == "title:jp-defence-vice-minister-international-affairs").unwrap_or_else(|| panic!("no office"));
    assert_eq!(office["name"]["ja"], "防衛審議官");
    assert_eq!(office["name"]["en"], "Vice-Minister of Defense for International Affairs");
    for e in rows(&d, "entities") {
        assert!(keys(&e["name"]).iter().all(|k| ["vi", "en", "ja"].contains(k)), "{e}");
        assert!(object(&e["name"]).values().all(|n| n.as_str().is_some_and(|n| !n.is_empty())), "{e}");
    }
    let unlisted = rows(&d, "entities").iter().find(|e| e["known"] == false).unwrap_or_else(|| panic!("everybody is listed"));
    assert_eq!(object(&unlisted["name"]).values().collect::<Vec<_>>(), ["Trần Hữu Phúc Khang"]);
}

#[test]
fn attributes_are_there_only_where_there_is_something_to_say() {
    let d = json(&document());
    let of = |words: &str| rows(&d, "mentions").iter().find(|m| m["text"] == words).map(|m| m["attributes"].clone()).unwrap_or_else(|| panic!("no `{words}`"));
    assert_eq!(of("Đối thoại Chính sách quốc phòng Việt Nam - Nhật Bản"), serde_json::json!({"edition": 11}));
    assert_eq!(of("Thủ tướng Nhật Bản"), serde_json::json!({"former": true}));
    assert_eq!(of("Hoàng Xuân Chiến"), serde_json::json!({}));
}

#[test]
fn a_mark_of_two_lists_the_other() {
    let d = json(&document());
    let both = rows(&d, "mentions").iter().find(|m| !rows(m, "also").is_empty()).unwrap_or_else(|| panic!("no mark means both"));
    let mut ids = vec![both["id"].as_str().unwrap_or_default(), both["also"][0].as_str().unwrap_or_default()];
    ids.sort_unstable();
    assert_eq!((both["text"].as_str(), ids), (Some("Bộ Quốc phòng"), vec!["ministry:jp-defence", "ministry:vn-defence"]));
}

#[test]
fn offsets_cut_the_words_out_in_every_unit() {
    let d = document();
    let chars: Vec<char> = TEXT.chars().collect();
    let units: Vec<u16> = TEXT.encode_utf16().collect();
    let views = [json(&d.with_offsets(Unit::Bytes)), json(&d.with_offsets(Unit::Chars)), json(&d.with_offsets(Unit::Utf16))];
    assert_eq!(views[0], json(&d), "bytes are the default");
    let mut apart = 0;
    for i in 0..d.mentions().len() {
        let at = |v: &Value| {
            let m = &rows(v, "mentions")[i];
            let n = |k: &str| m[k].as_u64().unwrap_or(u64::MAX) as usize;
            n("start")..n("end")
        };
        let words = d.text_of(&d.mentions()[i]);
        assert_eq!(&TEXT[at(&views[0])], words);
        assert_eq!(chars[at(&views[1])].iter().collect::<String>(), words);
        assert_eq!(String::from_utf16_lossy(&units[at(&views[2])]), words);
        apart += usize::from(at(&views[1]) != at(&views[2]) && at(&views[0]) != at(&views[1]));
    }
    assert_eq!(apart, d.mentions().len(), "the text does not tell the units apart");
}

#[test]
fn units_change_nothing_but_offsets() {
    let d = document();
    let without = |u: Unit| {
        let mut v = json(&d.with_offsets(u));
        for m in v["mentions"].as_array_mut().unwrap_or_else(|| panic!("no mentions")) {
            m["start"] = Value::Null;
            m["end"] = Value::Null;
        }
        v
    };
    assert_eq!(without(Unit::Bytes), without(Unit::Chars));
    assert_eq!(without(Unit::Bytes), without(Unit::Utf16));
}

#[test]
fn an_owned_document_is_the_same() {
    let borrowed = json(&document());
    let owned: Document<'static> = {
        let text = TEXT.to_string();
        let input = Input::new(&text).date("2025-12-04".parse().unwrap_or_else(|e| panic!("{e}")));
        Extractor::builtin().extract(input).into_owned()
    };
    assert_eq!(json(&owned), borrowed);
}

#[test]
fn an_empty_text_has_all_parts() {
    let d = json(&Extractor::builtin().extract(""));
    assert_eq!(d, serde_json::json!({"language": null, "date": null, "mentions": [], "entities": [], "appointments": []}));
}
