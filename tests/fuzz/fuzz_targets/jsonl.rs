//! See `thucthe_fuzz::jsonl`.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| thucthe_fuzz::jsonl(data));
