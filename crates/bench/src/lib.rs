//! The benchmarks: one workload, and everything that is measured on it.
#![allow(clippy::indexing_slicing, reason = "a benchmark may stop")]

#[cfg(feature = "peers")]
pub mod contenders;
#[cfg(feature = "peers")]
pub mod rules;
#[cfg(feature = "peers")]
pub mod typed;
pub mod workload;
