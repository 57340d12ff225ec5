//! What can be done with an image, and where it can be copied to: for consoles that enable, disable and explain buttons.

use crate::check::destination::Capability;
use crate::check::operation::Operation;
use crate::huawei::{cross_region_copy, image_capabilities, in_region_copy};
use crate::rule::draft::Draft;
use crate::rule::edition::Edition;
use crate::rule::facts::Facts;
use crate::rule::stage::Stage;

/// For one IMS image, everything that can be done with it: the copies, `image.export`, `image.share`, each with a report.
#[must_use]
pub fn capabilities<'a>(facts: &Facts<'a>) -> Vec<Capability<'a>> {
    capabilities_with(facts, &Edition::default())
}

/// The same under another edition.
///
/// ```
/// use image_preflight::{Edition, Facts, capabilities_with};
/// let edition = Edition::from_name("eu-west-0-2024-03").unwrap();
/// assert_eq!(capabilities_with(&Facts::default(), &edition).len(), 4);
/// ```
#[must_use]
pub fn capabilities_with<'a>(facts: &Facts<'a>, edition: &Edition) -> Vec<Capability<'a>> {
    let copies = [&cross_region_copy::OPERATION, &in_region_copy::OPERATION];
    let evaluate = |operation: &'static Operation| Capability {
        operation,
        report: operation.report_part(Draft::default(), facts, edition.clone(), Stage::Image),
    };
    copies.into_iter().chain([&image_capabilities::EXPORT, &image_capabilities::SHARE]).map(evaluate).collect()
}
