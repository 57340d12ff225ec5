//! The documented errors of IMS: its error codes, those of the API gateway in front of it, and the HTTP statuses of its documents.
//!
//! Sources: the table of error codes in the Chinese API reference of December 2022 (199 codes), that of Open Telekom Cloud of April
//! 2026 (five more), and the API gateway's own table. The statuses are in every document.

pub(crate) mod gateway;
pub(crate) mod img_0001;
pub(crate) mod img_0105;
pub(crate) mod operations;
pub(crate) mod statuses;
pub(crate) mod table;
