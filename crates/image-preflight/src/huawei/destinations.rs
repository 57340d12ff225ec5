//! The regions that an IMS image can be copied to, each with a report.

use crate::check::destination::Destination;
use crate::field::region::Region;
use crate::huawei::facts::SOURCE_REGION;
use crate::huawei::region::site;
use crate::huawei::{cross_region_copy, region};
use crate::json::{Text, Value};
use crate::rule::draft::Draft;
use crate::rule::edition::Edition;
use crate::rule::facts::Facts;
use crate::rule::stage::Stage;

/// For one IMS image, every known region of the same cloud site with what a copy to it would meet. While the source region is not
/// known, or is in no list, that is every known region.
#[must_use]
pub fn destinations<'a>(facts: &Facts<'a>) -> Vec<Destination<'a>> {
    destinations_with(facts, &Edition::default())
}

/// The same under another edition.
///
/// ```
/// use image_preflight::{Edition, Facts, destinations_with, huawei};
/// assert_eq!(destinations_with(&Facts::default(), &Edition::default()).len(), huawei::regions().len());
/// let facts = Facts::from(huawei::Facts { source_region: Some("eu-de".into()), ..Default::default() });
/// let found: Vec<_> = destinations_with(&facts, &Edition::default()).iter().map(|found| found.region().id).collect();
/// assert_eq!(found, ["eu-ch2", "eu-de", "eu-nl"]);
/// ```
#[must_use]
pub fn destinations_with<'a>(facts: &Facts<'a>, edition: &Edition) -> Vec<Destination<'a>> {
    let evaluate = |region: &'static Region| {
        let mut draft = Draft::default();
        draft.set(cross_region_copy::REGION, Value::Text(Text::plain(region.id)));
        let report = cross_region_copy::OPERATION.report_part(draft, facts, edition.clone(), Stage::Destination);
        Destination { region, report }
    };
    let source = facts.value(SOURCE_REGION).text().and_then(site);
    let is_of_site = |region: &&'static Region| source.is_none() || site(region.id) == source;
    region::regions().iter().filter(is_of_site).map(evaluate).collect()
}
