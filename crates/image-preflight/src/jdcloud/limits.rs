//! The numbers of the documents that sentences repeat: each is written here, and nowhere else. A sentence is a literal, so they are
//! macros: `concat!("at most ", limit!(images), " images")`.

macro_rules! limit {
    // Images of one call.
    (images) => {
        10
    };
    (name_chars) => {
        32
    };
    (description_chars) => {
        256
    };
}
pub(crate) use limit;
