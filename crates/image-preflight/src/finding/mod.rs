//! Findings, and the rules of a case as such.

pub(crate) mod case_rules;
pub(crate) mod fact_objects;
pub(crate) mod fact_reader;
pub(crate) mod fact_rows;
pub(crate) mod finding;
pub(crate) mod findings;
pub(crate) mod fix;
pub(crate) mod implicit_rules;
pub(crate) mod members;
pub(crate) mod object_reader;
pub(crate) mod repeated;
pub(crate) mod subject;
pub(crate) mod syntax;
pub(crate) mod verdict;
