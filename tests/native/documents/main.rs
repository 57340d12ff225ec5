//! The product against the documents, by a second hand: what is compared here is typed from the seeds, FACTS.md, CONSTRAINTS.md and
//! CONTRACT.md, and never taken from the product's own tables.

mod addresses;
mod answers;
mod citations;
mod editions;
mod error_codes;
mod fields;
mod precedence;
mod problems;
mod sentences;
mod style;
