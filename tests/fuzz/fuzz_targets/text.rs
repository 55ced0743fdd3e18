//! See `thucthe_fuzz::text`.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| thucthe_fuzz::text(data));
