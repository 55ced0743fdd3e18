//! See `thucthe_fuzz::csv`.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| thucthe_fuzz::csv(data));
