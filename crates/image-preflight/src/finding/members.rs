//! The members of a case.

use crate::json::{Key, Text};
use crate::rule::location::Section;

/// The members of a case, in the order in which they are mostly written.
pub(crate) static MEMBERS: [Key; 9] = [
    Key::new("operation"),
    Key::new("path"),
    Key::new("body"),
    Key::new("facts"),
    Key::new("edition"),
    Key::new("unknown"),
    Key::new("strict"),
    // Editors write it into a file; it says nothing about the case.
    Key::new("$schema"),
    // What a gate ignores of the report, and why; the report has it all the same.
    Key::new("ignore"),
];

pub(crate) const OPERATION_SLOT: usize = 0;

pub(crate) const PATH_SLOT: usize = 1;

pub(crate) const BODY_SLOT: usize = 2;

pub(crate) const FACTS_SLOT: usize = 3;

pub(crate) const EDITION_SLOT: usize = 4;

pub(crate) const UNKNOWN_SLOT: usize = 5;

pub(crate) const STRICT_SLOT: usize = 6;

/// This member and those after it are not read.
pub(crate) const SCHEMA_SLOT: usize = 7;

/// The parts of a case that its members are.
pub(crate) static SECTIONS: [Section; SCHEMA_SLOT] = [
    Section::Operation,
    Section::Path,
    Section::Body,
    Section::Facts,
    Section::Edition,
    Section::Unknown,
    Section::Strict,
];

/// The part of a case that a member of this name is.
pub(crate) fn section(name: Text<'_>) -> Option<Section> {
    MEMBERS.iter().zip(SECTIONS).find_map(|(key, section)| name.is(key.name).then_some(section))
}
