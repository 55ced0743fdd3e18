//! How far a list alone goes with a language that the code does not know: an invented one in Latin letters, whose words
//! stand in the places of the English ones. Roles, fields, ministries, connectives and a family of talks come from
//! `tests/data/new_language/veska.toml`; not a line of code is about them.
//!
//! What takes code (scripts without spaces, the shape of names, dates) stands in the guide to a new language.

#![cfg(feature = "builtin")]

use std::sync::LazyLock;
use thucthe::{Document, Extractor, Gazetteer, Input};

static VESKAN: LazyLock<Extractor> = LazyLock::new(|| Extractor::builder().no_builtin().gazetteer(gazetteer()).build().unwrap_or_else(|e| panic!("{e}")));

fn gazetteer() -> Gazetteer {
    Gazetteer::from_toml("veska.toml", include_str!("data/new_language/veska.toml")).unwrap_or_else(|e| panic!("{e}"))
}

fn read(text: &str) -> Document<'_> {
    VESKAN.extract(Input::new(text).date("2024-05-01".parse().unwrap_or_else(|e| panic!("{e}"))))
}

/// The marks as `text=id`, outermost and nested, in order.
fn found(text: &str) -> Vec<String> {
    let d = read(text);
    d.mentions().iter().map(|m| format!("{}={}", d.text_of(m), d.entity_of(m).id())).collect()
}

/// Who holds what, as `person=office`, with what the text says of it.
fn holds(text: &str) -> Vec<String> {
    let d = read(text);
    let id = |e: usize| d.entities()[e].id();
    let status = |former, acting| [(former, " former"), (acting, " acting")].into_iter().filter(|(is, _)| *is).map(|(_, s)| s).collect::<String>();
    d.appointments().iter().map(|a| format!("{}={}{}", id(a.person), id(a.office), status(a.former, a.acting))).collect()
}

#[test]
fn the_list_is_sound() {
    let findings = gazetteer().check();
    assert!(findings.is_empty(), "{findings:?}");
}

#[test]
fn ministries() {
    assert_eq!(found("La Minveska Obrona dru Veskara reketa."), ["Minveska Obrona dru Veskara=ministry:xv-veskan-defence", "Veskara=place:xv"]);
    // No record is of this one: field and country make it.
    assert_eq!(found("La Minveska Zunanja dru Wolmara reketa."), ["Minveska Zunanja dru Wolmara=ministry:xw-veskan-foreign", "Wolmara=place:xw"]);
    assert_eq!(found("La Wolmarin Minveska Zunanja reketa.")[0], "Wolmarin Minveska Zunanja=ministry:xw-veskan-foreign");
}

#[test]
fn titles_before_names() {
    let text = "Velmar Obrona dru Veskara Taro Oskelin reketa.";
    assert_eq!(found(text), ["Velmar Obrona dru Veskara=title:xv-veskan-defence-veskan-minister", "Veskara=place:xv", "Taro Oskelin=person:taro-oskelin"]);
    assert_eq!(holds(text), ["person:taro-oskelin=title:xv-veskan-defence-veskan-minister"]);
    // A title that takes in a ministry, and someone whom no list holds.
    let text = "Podvelmar dru Minveska Zunanja dru Wolmara sero Ilvan Drashek reketa.";
    assert_eq!(
        found(text),
        [
            "Podvelmar dru Minveska Zunanja dru Wolmara=title:xw-veskan-foreign-veskan-deputy",
            "Minveska Zunanja dru Wolmara=ministry:xw-veskan-foreign",
            "Wolmara=place:xw",
            "Ilvan Drashek=person:unlisted.ilvan-drashek",
        ]
    );
    assert_eq!(holds(text), ["person:unlisted.ilvan-drashek=title:xw-veskan-foreign-veskan-deputy"]);
}

#[test]
fn titles_behind_names() {
    for text in ["Taro Oskelin, Velmar Obrona dru Veskara, reketa.", "Taro Oskelin ista Velmar Obrona dru Veskara.", "Taro Oskelin (Velmar Obrona) reketa."] {
        assert_eq!(holds(text), ["person:taro-oskelin=title:xv-veskan-defence-veskan-minister"], "{text}");
    }
    assert_eq!(holds("Sero Ilvan Drashek, Pravelmar dru Wolmara, reketa."), ["person:unlisted.ilvan-drashek=title:xw-veskan-premier"]);
}

#[test]
fn a_holder_makes_the_title_whole() {
    // The title names neither field nor country; who held which office on that day is known.
    assert_eq!(found("Velmar Taro Oskelin reketa.")[0], "Velmar=title:xv-veskan-defence-veskan-minister");
    // His family name alone is his behind the office.
    for title in ["Velmar dru Minveska Obrona", "Velmar Obrona dru Veskara"] {
        let marks = found(&format!("{title} Oskelin reketa."));
        assert_eq!(
            (marks[0].clone(), marks.last().map(String::as_str)),
            (format!("{title}=title:xv-veskan-defence-veskan-minister"), Some("Oskelin=person:taro-oskelin"))
        );
    }
}

#[test]
fn envoys() {
    assert_eq!(
        found("Legatur dru Veskara ni Wolmara Ilvan Drashek reketa."),
        ["Legatur dru Veskara ni Wolmara=title:xv-veskan-envoy-to-xw", "Veskara=place:xv", "Wolmara=place:xw", "Ilvan Drashek=person:unlisted.ilvan-drashek"]
    );
}

#[test]
fn former_and_acting() {
    assert_eq!(holds("Eksa Velmar Obrona dru Veskara Taro Oskelin reketa."), ["person:taro-oskelin=title:xv-veskan-defence-veskan-minister former"]);
    assert_eq!(holds("Tempa Pravelmar dru Wolmara Ilvan Drashek reketa."), ["person:unlisted.ilvan-drashek=title:xw-veskan-premier acting"]);
}

#[test]
fn talks_with_two_sides() {
    // Sides before the name are the English order, sides behind it the order of the list's own rule.
    for text in ["Razgovor Obrona Veskara - Wolmara", "Veskara-Wolmara Razgovor Obrona", "Razgovor Obrona Wolmara om Veskara"] {
        let marks = found(&format!("La {text} dru 2024."));
        assert_eq!(marks[0], format!("{text}=mechanism:veskan-talks.xv-xw"));
        assert_eq!(marks.len(), 3, "{marks:?}");
    }
}

#[test]
fn names_come_from_the_templates() {
    let d = read("Podvelmar dru Minveska Zunanja dru Wolmara");
    let office = d.entity_of(&d.mentions()[0]);
    assert_eq!(office.name(thucthe::Language::En), Some("Podvelmar Zunanja dru Wolmara"));
    assert!(office.is_known());
}

#[test]
fn everyday_words_stay_unmarked() {
    assert_eq!(found("La velo dru la obrona om la razgovor ista ni dom."), [""; 0]);
    assert_eq!(found("Tokyo, Hà Nội, 日本, Kishida Fumio"), [""; 0]);
}
