//! See `image_preflight_tests::fuzzing::forms`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| image_preflight_tests::fuzzing::forms(bytes));
