//! See `image_preflight_tests::fuzzing::answers`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| image_preflight_tests::fuzzing::answers(bytes));
