//! See `thucthe_fuzz::text_options`.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| thucthe_fuzz::text_options(data));
