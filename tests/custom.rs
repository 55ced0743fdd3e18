//! The example of one's own lists does what it says, and draws its findings under the right letter.

#![cfg(feature = "builtin")]

#[path = "../examples/custom_gazetteer.rs"]
mod custom;

#[test]
fn the_tour_shows_what_it_promises() {
    let tour = custom::tour().unwrap_or_else(|e| panic!("{e}"));
    let part = |from: &str, to: &str| {
        let rest = tour.split_once(from).unwrap_or_else(|| panic!("no {from} in\n{tour}")).1;
        rest.split_once(to).map_or(rest, |(p, _)| p).to_string()
    };
    let alone = part("== alone", "== merged");
    assert!(alone.contains(", 0 findings"), "{alone}");
    for seen in ["person:lim-mei-ling is title:blue-ocean-fleet-director", "白鷺汽船", "BOL", "place:long-reef"] {
        assert!(alone.contains(seen), "no {seen} in\n{alone}");
    }
    assert_eq!(alone.matches("Blue Ocean\n").count(), 1, "the weak name counts once, the misleading phrase does not\n{alone}");

    assert_eq!(alone.contains("南砂港") && alone.contains("LSD"), cfg!(feature = "csv"), "{alone}");

    let (before, after) = (part("before\n", "after\n"), part("after\n", "== faults"));
    if cfg!(feature = "builtin") {
        assert!(before.contains("organization:co-aeon") && !after.contains("organization:co-aeon"), "removed\n{before}{after}");
        assert!(!before.contains("Port of Haiphong") && after.contains("Port of Haiphong"), "extended\n{before}{after}");
        assert!(!before.contains("VIMC Lines") && after.contains("VIMC Lines"), "overridden\n{before}{after}");
    }

    let faults = part("== faults", "== end");
    // The mark stands under `fr`, eight characters of two columns and the rest of one before it.
    assert!(faults.contains(&format!("\n  | {}{}{}^\n", " ".repeat(15), "\u{3000}".repeat(8), " ".repeat(3))), "{faults}");
    assert_eq!(faults.contains("faulty.csv:2:2") && faults.contains("G021"), cfg!(feature = "csv"), "{faults}");
    for code in ["G002", "G005", "G007", "G009", "G012", "G016", "G020", "warning[W002]"] {
        assert!(faults.contains(code), "no {code} in\n{faults}");
    }
}
