//! The same 10 000 names in the same text, beside what others offer in Rust: a table of ratios from one run.
//!
//! `cargo bench --features csv --bench peers`. Names are the gazetteers', text is made by `benches/common`: a name every 200 bytes, a
//! tenth of the documents decomposed. Every way is asked for its answers on that before it is timed, on the same or on the file that
//! `THUCTHE_BENCH_TEXT` names.
//!
//! Hits differ where the ways do. All others compare letters: a name in the other tone style (`Thuỷ` for `Thủy`) is
//! none to them. `flashtext2` takes no composition either, so that it finds nothing in decomposed documents. Searches on
//! prepared text (composed and lower-cased beforehand, for nothing) know no places in the text as given.

mod common;

use common::peers::measure;

fn main() {
    let quick = std::env::args().any(|a| a == "--test");
    let (names, bytes, rounds) = if quick { (1_000, 100_000, 1) } else { (10_000, 4_000_000, 7) };
    let (text, total, rows) = measure(names, bytes, rounds);
    let raw = rows[2].seconds;
    println!("{names} names; timed on {text}, medians of {rounds} rounds; {total} names written into made text\n");
    println!("| way | time ÷ raw | names found | marked besides |");
    println!("| --- | ---: | ---: | ---: |");
    for r in &rows {
        println!("| {} | {:.2} | {} | {} |", r.way, r.seconds / raw, r.found, r.besides);
    }
}
