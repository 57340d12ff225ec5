//! The numbers of the documents that sentences repeat: each is written here, and nowhere else. A sentence is a literal, so they are
//! macros: `concat!("at most ", limit!(tags), " tags")`.

macro_rules! limit {
    // GiB that may leave a region, and a region with a limit of its own.
    (cross_region_gib) => {
        128
    };
    (large_region_gib) => {
        300
    };
    // GiB of an image that is copied within its region.
    (in_region_gib) => {
        128
    };
    // GiB of a shared image that is copied within its region.
    (shared_gib) => {
        128
    };
    // GiB of an image that is exported without fast export.
    (export_gib) => {
        128
    };
    // Characters of a project's name.
    (project_name_chars) => {
        64
    };
    // Copies of one tenant at once.
    (concurrent_copies) => {
        5
    };
    (name_chars) => {
        128
    };
    (description_chars) => {
        1024
    };
    (tags) => {
        10
    };
    (tag_key_chars) => {
        36
    };
    (tag_value_chars) => {
        43
    };
}
pub(crate) use limit;
