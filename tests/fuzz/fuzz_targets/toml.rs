//! See `thucthe_fuzz::toml`.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| thucthe_fuzz::toml(data));
