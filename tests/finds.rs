//! Whatever fuzzing found once must not come back: `tests/fuzz/finds/<target>/*` and the seeds, through their targets.

#![cfg(feature = "builtin")]

#[path = "fuzz/src/lib.rs"]
#[allow(dead_code, reason = "the oracle's own types are for its other users")]
mod targets;

use std::path::Path;

/// Inputs in `finds`: what was found once stays there, so that they only get more.
const FINDS: usize = 3;

#[test]
fn nothing_comes_back() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz");
    let mut finds = 0;
    for (name, target) in targets::TARGETS {
        let mut seeds = 0;
        for (folder, count) in [("finds", &mut finds), ("seeds", &mut seeds)] {
            for file in std::fs::read_dir(fuzz.join(folder).join(name)).into_iter().flatten().flatten() {
                let input = std::fs::read(file.path()).unwrap_or_else(|e| panic!("{e}"));
                println!("{folder}/{name}/{}", file.file_name().to_string_lossy());
                target(&input);
                *count += 1;
            }
        }
        assert!(seeds > 0, "{name} has no seeds");
        // What is hard on the way in, whatever the target.
        for odd in [
            "",
            "\0",
            "\u{feff}",
            "{\"text\": \"\\ud800\"}",
            "{\"text\": \"a\\u0000b\", \"date\": \"2025-13-40\"}",
            "[[person]]",
            "id\n\"",
            "\u{301}\u{3099}ー",
        ] {
            target(odd.as_bytes());
            target(&[odd.as_bytes(), &[0xff, 0xfe]].concat());
        }
    }
    assert!(finds >= FINDS, "{finds} finds, and there were {FINDS}");
}
