//! See `image_preflight_tests::fuzzing::text`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| image_preflight_tests::fuzzing::text(bytes));
