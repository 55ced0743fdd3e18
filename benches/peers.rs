//! The same 10 000 names in the same text, beside what others offer in Rust: a table of ratios from one run.
//!
//! `cargo bench --features csv --bench peers`. Text and names are made by `benches/common`: a name every 200 bytes, a tenth
//! of the documents decomposed. Every way is asked for its answers before it is timed.
//!
//! Hits differ where the ways do. All others compare letters: a name in the other tone style (`Thuỷ` for `Thủy`) is
//! none to them. `flashtext2` takes no composition either, so that it finds nothing in decomposed documents. Searches on
//! prepared text (composed and lower-cased beforehand, for nothing) know no places in the text as given.

mod common;

use common::peers::measure;

fn main() {
    let quick = std::env::args().any(|a| a == "--test");
    let (names, bytes, rounds) = if quick { (1_000, 100_000, 1) } else { (10_000, 4_000_000, 7) };
    let (total, rows) = measure(names, bytes, rounds);
    let raw = rows[2].seconds;
    println!("{names} names, {:.1} MB, {total} of them in the text, medians of {rounds} rounds\n", bytes as f64 / 1e6);
    println!("| way | time ÷ raw | MB/s | names found | marked besides |");
    println!("| --- | ---: | ---: | ---: | ---: |");
    for r in &rows {
        println!("| {} | {:.2} | {:.0} | {} | {} |", r.way, r.seconds / raw, bytes as f64 / 1e6 / r.seconds, r.found, r.besides);
    }
}
