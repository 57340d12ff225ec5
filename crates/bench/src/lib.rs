//! The benchmarks: one workload, and everything that is measured on it.
#![allow(clippy::indexing_slicing, reason = "a benchmark may stop")]

pub mod contenders;
pub mod rules;
pub mod typed;
pub mod workload;
