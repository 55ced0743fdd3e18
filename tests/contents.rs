//! The page on what is in the box is what its generator writes.

#[path = "../examples/contents.rs"]
#[allow(dead_code, reason = "the part that a command line asks for")]
mod contents;

#[test]
fn the_page_is_fresh() {
    let (counted, fresh, committed) = contents::fresh_and_committed().unwrap_or_else(|e| panic!("{e}"));
    let differ = fresh.lines().zip(committed.lines()).find(|(a, b)| a != b);
    assert!(fresh == committed, "src/docs/contents.md is stale: cargo run --example contents\nfirst other line: {differ:?}");
    println!("{}", counted.totals());
    assert!(counted.broken().is_empty(), "{:#?}", counted.broken());
}
