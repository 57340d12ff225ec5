//! What the engine takes from this folder.

use crate::check::cloud::Cloud;
use crate::finding::fact_reader::{Entry, FactMember};
use crate::jdcloud::editions::{EDITIONS, LIMITS};
use crate::jdcloud::facts::{IMAGE, QUOTA};
use crate::jdcloud::image::read_objects;
use crate::jdcloud::provider::VM;
use crate::jdcloud::region::REGIONS;
use crate::jdcloud::{copy_images, fields};

/// JD Cloud.
pub(crate) const JDCLOUD: Cloud = Cloud {
    provider: &VM,
    operations: &[&copy_images::OPERATION],
    capabilities: &[],
    limits: LIMITS,
    editions: EDITIONS,
    facts: &[
        FactMember::new("images", Entry::Records(&IMAGE), "JD Cloud's images, by id, as the caller says they are."),
        FactMember::new(
            "imageObjects",
            Entry::Objects(read_objects),
            "JD Cloud's images, as its own objects say they are; what `images` says wins.",
        ),
        FactMember::new("destinationQuota", Entry::Group(&QUOTA), "What is left in the destination region."),
    ],
    check_facts: |_, _| {},
    regions: &REGIONS,
    messages: &[&fields::MESSAGES, &copy_images::MESSAGES],
};
