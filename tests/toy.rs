//! Behaviour that must not depend on the shipped lists: it is shown on an invented country, with a gazetteer that nobody
//! else edits.

#![cfg(feature = "builtin")]

use thucthe::{Document, Extractor, Gazetteer, Input, Kind};

fn read(name: &str, text: &str) -> Gazetteer {
    Gazetteer::from_toml(name, text).unwrap_or_else(|e| panic!("{e}"))
}

fn toy() -> Gazetteer {
    let mut all = Gazetteer::default();
    for (name, text) in [
        ("places.toml", include_str!("data/toy/places.toml")),
        ("people.toml", include_str!("data/toy/people.toml")),
        ("bodies.toml", include_str!("data/toy/bodies.toml")),
    ] {
        all.merge(read(name, text)).unwrap_or_else(|e| panic!("{e}"));
    }
    all
}

fn later() -> Gazetteer {
    read("later.toml", include_str!("data/toy/later.toml"))
}

fn over(gazetteers: impl IntoIterator<Item = Gazetteer>) -> Extractor {
    let builder = gazetteers.into_iter().fold(Extractor::builder().no_builtin(), |b, g| b.gazetteer(g));
    builder.build().unwrap_or_else(|e| panic!("{e}"))
}

/// The marks as `text=id`, outermost and nested, in order.
fn marks(d: &Document<'_>) -> Vec<String> {
    d.mentions().iter().map(|m| format!("{}={}", d.text_of(m), d.entity_of(m).id())).collect()
}

fn found(extractor: &Extractor, text: &str) -> Vec<String> {
    marks(&extractor.extract(text))
}

fn found_on(extractor: &Extractor, text: &str, date: &str) -> Vec<String> {
    marks(&extractor.extract(Input::new(text).date(date.parse().unwrap_or_else(|e| panic!("{e}")))))
}

#[test]
fn the_toy_is_sound_and_alone() {
    assert!(toy().check().iter().all(|f| f.code == "G009"), "{:?}", toy().check());
    let x = over([toy()]);
    assert_eq!(found(&x, "Kelavia, Nhật Bản, ASEAN, Tokyo"), ["Kelavia=place:xa"]);
}

#[test]
fn names_in_three_languages_are_one() {
    let x = over([toy()]);
    assert_eq!(
        found(&x, "Kê La; Kelavia; ケラビア; Cộng hòa Kê La; Cộng hoà Kê La; ケラヴィア共和国"),
        ["Kê La=place:xa", "Kelavia=place:xa", "ケラビア=place:xa", "Cộng hòa Kê La=place:xa", "Cộng hoà Kê La=place:xa", "ケラヴィア共和国=place:xa",]
    );
}

#[test]
fn a_weak_name_waits_for_the_full_one() {
    let x = over([toy()]);
    assert_eq!(found(&x, "They walked along the Shore."), [""; 0]);
    assert_eq!(found(&x, "They left Long Shore. The Shore was empty."), ["Long Shore=place:long-shore", "Shore=place:long-shore"]);
}

#[test]
fn a_never_blocks_what_it_covers_and_no_more() {
    let x = over([toy()]);
    assert_eq!(found(&x, "gà Kê La và Kê La"), ["Kê La=place:xa"]);
    assert_eq!(found(&x, "a Tide Watch clock of the Tide Watch"), ["Tide Watch=organization:tide-watch"]);
    assert_eq!(found(&x, "Kelavia Street is in Kelavia"), ["Kelavia=place:xa"]);
    assert_eq!(found(&x, "Nước Lặng Lẽ, Nước Lặng"), ["Nước Lặng=place:quiet-water"]);
    // It speaks for its own record only: another one in the same words stays.
    let hen = read("hen.toml", "[[organization]]\nid = \"organization:hen\"\nname = { vi = \"Gà Kê La\" }\n");
    assert_eq!(found(&over([toy(), hen]), "Gà Kê La"), ["Gà Kê La=organization:hen"]);
}

#[test]
fn an_exact_name_wants_its_case() {
    let x = over([toy()]);
    assert_eq!(found(&x, "KIT, Kit, kit; RL, Rl, rl; HC, hc"), ["KIT=place:kit-island", "RL=organization:river-league", "HC=agreement:harbour-code"]);
}

#[test]
fn places_and_people_want_their_capitals() {
    let x = over([toy()]);
    assert_eq!(found(&x, "the anvil of the smith, quiet water, kelavia"), [""; 0]);
    assert_eq!(found(&x, "ANVIL, QUIET WATER, KELAVIA"), ["ANVIL=place:anvil", "QUIET WATER=place:quiet-water", "KELAVIA=place:xa"]);
    assert_eq!(found(&x, "orlan teska spoke"), [""; 0]);
    assert_eq!(found(&x, "ORLAN TESKA SPOKE"), ["ORLAN TESKA=person:orlan-teska"]);
}

#[test]
fn names_are_whole_words() {
    let x = over([toy()]);
    assert_eq!(found(&x, "Kelavias, preKelavia, Kelavia's, Kelavia-born"), ["Kelavia=place:xa", "Kelavia=place:xa"]);
    // A run of katakana is a word as well.
    assert_eq!(found(&x, "モンドビアン、新モンドビア"), ["モンドビア=place:xb"]);
}

#[test]
fn marks_that_were_typed_count() {
    let x = over([toy()]);
    assert_eq!(found(&x, "Võ Bạch Đoài"), ["Võ Bạch Đoài=person:vo-bach-doai"]);
    assert_eq!(found(&x, "Vo Bach Doai, Võ Bach Đoài"), ["Vo Bach Doai=person:vo-bach-doai", "Võ Bach Đoài=person:vo-bach-doai"]);
    let wrong = found(&x, "Võ Bách Đoài và Vỏ Bạch Đoài");
    assert!(wrong.iter().all(|m| !m.ends_with("=person:vo-bach-doai")), "{wrong:?}");
}

#[test]
fn the_date_chooses_the_office() {
    let x = over([toy()]);
    assert_eq!(found_on(&x, "Deputy Minister of Defence Vo Bach Doai", "2012-06-01")[0], "Deputy Minister of Defence=title:xa-defence-deputy-minister");
    assert_eq!(found_on(&x, "Minister of Defence Vo Bach Doai", "2018-06-01")[0], "Minister of Defence=title:xa-defence-minister");
    let on = |date: &str| found_on(&x, "Orlan Teska, Keeper of the Seal", date);
    assert_eq!(on("2021-06-01"), ["Orlan Teska=person:orlan-teska", "Keeper of the Seal=title:keeper-of-the-seal"]);
}

#[test]
fn the_holder_answers_to_the_office_in_his_time() {
    let x = over([toy()]);
    let by = |text: &str, date: &str| {
        let d = x.extract(Input::new(text).date(date.parse().unwrap_or_else(|e| panic!("{e}"))));
        d.appointments().iter().map(|a| (d.entities()[a.person].id().to_string(), d.entities()[a.office].id().to_string())).collect::<Vec<_>>()
    };
    // A family name behind the office is its holder's.
    assert_eq!(by("Prime Minister Teska spoke.", "2014-03-01"), [("person:orlan-teska".into(), "title:xa-prime-minister".into())]);
    assert_eq!(by("Prime Minister Lindqvale spoke.", "2014-03-01"), [("person:mara-lindqvale".into(), "title:xb-prime-minister".into())]);
}

#[test]
fn former_and_acting_are_said() {
    let x = over([toy()]);
    let d = x.extract(Input::new("former Prime Minister Orlan Teska").date("2022-01-01".parse().unwrap_or_else(|e| panic!("{e}"))));
    let a = &d.appointments()[0];
    assert!(a.former && !a.acting);
    assert_eq!(d.entities()[a.office].id(), "title:xa-prime-minister");
    let d = x.extract("acting Prime Minister Orlan Teska");
    assert!(d.appointments()[0].acting && !d.appointments()[0].former);
}

#[test]
fn an_appointment_names_body_and_country() {
    let x = over([toy()]);
    let d = x.extract(Input::new("Minister of Defence Vo Bach Doai").date("2018-06-01".parse().unwrap_or_else(|e| panic!("{e}"))));
    let a = &d.appointments()[0];
    assert_eq!(a.country.as_deref(), Some("xa"));
    assert_eq!(a.organization.as_deref(), Some("ministry:xa-defence"));
    let words: Vec<&str> = a.mentions.iter().map(|&m| d.text_of(&d.mentions()[m])).collect();
    assert_eq!(words, ["Vo Bach Doai", "Minister of Defence"]);
}

#[test]
fn offices_are_composed() {
    // No record says so: role, field and country do.
    let x = over([toy()]);
    assert_eq!(found(&x, "Minister of Finance of Mondovia"), ["Minister of Finance of Mondovia=title:xb-finance-minister", "Mondovia=place:xb"]);
    assert_eq!(
        found(&x, "Thứ trưởng Bộ Ngoại giao Môn Đô"),
        ["Thứ trưởng Bộ Ngoại giao Môn Đô=title:xb-foreign-affairs-deputy-minister", "Bộ Ngoại giao Môn Đô=ministry:xb-foreign-affairs", "Môn Đô=place:xb",]
    );
    assert_eq!(found(&x, "モンドビア国防相"), ["モンドビア国防相=title:xb-defence-minister", "モンドビア=place:xb"]);
    assert_eq!(found(&x, "Bộ Ngoại giao Kê La"), ["Bộ Ngoại giao Kê La=ministry:xa-foreign-affairs", "Kê La=place:xa"]);
}

#[test]
fn composed_things_are_known_and_named() {
    let x = over([toy()]);
    let d = x.extract("Bộ trưởng Bộ Tài chính Môn Đô");
    let office = d.entities().iter().find(|e| e.id() == "title:xb-finance-minister").unwrap_or_else(|| panic!("{:?}", marks(&d)));
    assert!(office.is_known());
    assert_eq!(office.name(thucthe::Language::En), Some("Minister of Finance of Mondovia"));
    assert_eq!(office.name(thucthe::Language::Vi), Some("Bộ trưởng Bộ Tài chính Môn Đô"));
}

#[test]
fn an_own_family_takes_its_sides() {
    let x = over([toy()]);
    // Listed in one order, found in both and in every language; the pair that no record knows is composed alike.
    for text in
        ["Kelavia-Mondovia Bridge Talks", "Mondovia - Kelavia Bridge Talks", "Hội đàm Nhịp Cầu Môn Đô - Kê La", "ケラビア・モンドビア架橋会談", "計門架橋会談"]
    {
        assert_eq!(found(&x, text)[0], format!("{text}=mechanism:bridge-talks.xa-xb"));
    }
    assert_eq!(
        found(&x, "Hội đàm Nhịp Cầu Kê La - Tây Rin"),
        ["Hội đàm Nhịp Cầu Kê La - Tây Rin=mechanism:bridge-talks.xa-xc", "Kê La=place:xa", "Tây Rin=place:xc"]
    );
    let d = x.extract("Hội đàm Nhịp Cầu Kê La - Môn Đô lần thứ 6");
    assert_eq!(d.mentions()[0].attributes().edition, Some(6));
}

#[test]
fn an_unknown_person_keeps_one_id() {
    let x = over([toy()]);
    let a = x.extract("Bộ trưởng Quốc phòng Kê La Đinh Thảo Uyên phát biểu.");
    let b = x.extract("Tiễn khách có ông Đinh Thảo Uyên.");
    let id = |d: &Document<'_>| d.entities().iter().find(|e| e.kind() == Kind::Person).map(|e| (e.id().to_string(), e.is_known()));
    assert_eq!(id(&a), Some(("person:unlisted.dinh-thao-uyen".to_string(), false)));
    assert_eq!(id(&a), id(&b));
}

#[test]
fn kinds_can_be_chosen() {
    let only = |kinds: &[Kind]| {
        let x = Extractor::builder().no_builtin().gazetteer(toy()).kinds(kinds).build().unwrap_or_else(|e| panic!("{e}"));
        found(&x, "Minister of Defence of Kelavia Orlan Teska at the Lantern Forum in Port Kel")
    };
    assert_eq!(only(&[Kind::Person, Kind::Mechanism]), ["Orlan Teska=person:orlan-teska", "Lantern Forum=mechanism:lantern-forum"]);
    assert_eq!(only(&[Kind::Place]), ["Kelavia=place:xa", "Port Kel=place:port-kel"]);
    assert_eq!(only(&[]), [""; 0]);
}

#[test]
fn reasons_are_given_when_asked_for() {
    let text = Input::new("Minister of Defence Vo Bach Doai").date("2018-06-01".parse().unwrap_or_else(|e| panic!("{e}")));
    let silent = over([toy()]);
    assert!(silent.extract(text).mentions().iter().all(|m| m.evidence().is_empty()));
    let x = Extractor::builder().no_builtin().gazetteer(toy()).explain(true).build().unwrap_or_else(|e| panic!("{e}"));
    let d = x.extract(text);
    assert!(d.mentions().iter().all(|m| !m.evidence().is_empty()), "{:?}", marks(&d));
    assert!(d.mentions().iter().flat_map(|m| m.evidence()).any(|e| e.contains("people.toml:")), "no evidence names its file and line");
}

#[test]
fn a_later_list_extends_overrides_and_removes() {
    let text = "Port Kel, Kelhaven, Anvil, Lamp Guild, Candle Guild, Far Gate, Pell Adrian";
    let before = found(&over([toy()]), text);
    assert_eq!(before[..3], ["Port Kel=place:port-kel", "Anvil=place:anvil", "Lamp Guild=organization:lamp-guild"]);
    let after = found(&over([toy(), later()]), text);
    assert_eq!(
        after,
        [
            "Port Kel=place:port-kel",
            "Kelhaven=place:port-kel",
            "Candle Guild=organization:lamp-guild",
            "Far Gate=place:far-gate",
            "Pell Adrian=person:pell-adrian",
        ]
    );
}

#[test]
fn an_extension_brings_tenures() {
    let held = |x: &Extractor| found_on(x, "Minister of Defence Tovi Orrest", "2007-01-01")[0].clone();
    assert_eq!(held(&over([toy(), later()])), "Minister of Defence=title:xb-defence-minister");
}

#[test]
fn a_removed_record_takes_its_words_along() {
    let list = read("away.toml", "[[person]]\nid = \"person:hoshi-ren\"\naction = \"remove\"\n");
    assert_eq!(found(&over([toy()]), "星蓮"), ["星蓮=person:hoshi-ren"]);
    assert_eq!(found(&over([toy(), list]), "星蓮"), [""; 0]);
}

#[test]
fn an_override_forgets_the_old_names() {
    let list = read("new.toml", "[[place]]\nid = \"place:xb\"\naction = \"override\"\ncountry = \"xb\"\ntype = \"country\"\nname = { en = \"Great Mondo\" }\n");
    assert_eq!(found(&over([toy(), list]), "Mondovia is now Great Mondo"), ["Great Mondo=place:xb"]);
}

#[test]
fn merging_counts() {
    let mut g = toy();
    let (all, more) = (g.len(), later().len());
    g.merge(later()).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!((all, more, g.len()), (toy().len(), 6, all + 2 - 1));
}

#[test]
fn the_home_country_is_the_callers() {
    let x = over([toy()]);
    let home = |code: &str| marks(&x.extract(Input::new("Bộ Quốc phòng ra thông báo.").home(code)));
    assert_eq!(home("xa"), ["Bộ Quốc phòng=ministry:xa-defence"]);
    assert_eq!(home("xb"), ["Bộ Quốc phòng=ministry:xb-defence"]);
}

#[test]
fn an_own_record_stands_beside_the_shipped_ones() {
    let builder = Extractor::builder().gazetteer(toy());
    let x = builder.build().unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(found(&x, "Kelavia and Viet Nam"), ["Kelavia=place:xa", "Viet Nam=place:vn"]);
}

#[test]
fn a_long_name_is_found_whole() {
    // Longer than any line of a book, in words and in kanji.
    let words = ["Zorn", "of", "the", "Nine", "Hills", "and"].iter().cycle().take(47).copied().collect::<Vec<_>>().join(" ");
    let kanji = "甲乙丙丁戊己".repeat(40);
    let list = format!("[[agreement]]\nid = \"agreement:long\"\nname = {{ en = \"{words}\", ja = \"{kanji}\" }}\n");
    let g = read("long.toml", &list);
    assert!(g.check().is_empty(), "{:?}", g.check());
    let x = over([g]);
    let text = format!("They signed the {words}. 署名した{kanji}は有効。");
    assert_eq!(found(&x, &text), [format!("{words}=agreement:long"), format!("{kanji}=agreement:long")]);
    // One word of it changed, and it is something else.
    assert_eq!(found(&x, &text.replace("Nine", "Ten").replace('甲', "乙")), [""; 0]);
}
