//! See `thucthe_fuzz::differential`.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| thucthe_fuzz::differential(data));
