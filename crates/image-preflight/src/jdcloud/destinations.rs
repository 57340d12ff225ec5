//! The regions that JD Cloud's images can be copied to, each with a report.

use crate::check::destination::Destination;
use crate::field::region::Region;
use crate::field::typed::FieldType;
use crate::jdcloud::fields::ImageIds;
use crate::jdcloud::{copy_images, region};
use crate::json::{Text, Value};
use crate::rule::draft::Draft;
use crate::rule::edition::Edition;
use crate::rule::facts::Facts;
use crate::rule::stage::Stage;

/// For images of JD Cloud in one region, every known region with what a copy to it would meet.
///
/// ```
/// use image_preflight::{Edition, Facts, Verdict, jdcloud};
/// let images = jdcloud::ImageIds::new(["img-1"]).unwrap();
/// let found = jdcloud::destinations("cn-north-1", &images, &Facts::default(), &Edition::default());
/// let verdicts: Vec<_> = found.iter().map(|found| (found.region().id, found.report().verdict())).collect();
/// assert_eq!(verdicts[0], ("cn-north-1", Verdict::Denied));
/// assert_eq!(verdicts[1], ("cn-south-1", Verdict::Undetermined));
/// ```
#[must_use]
pub fn destinations<'a>(
    source_region: &'a str,
    images: &'a ImageIds,
    facts: &Facts<'a>,
    edition: &Edition,
) -> Vec<Destination<'a>> {
    let evaluate = |region: &'static Region| {
        let mut draft = Draft { path: Some(Value::Text(Text::plain(source_region))), ..Draft::default() };
        draft.set(copy_images::SOURCE_IMAGE_IDS, ImageIds::value(images.as_raw()));
        draft.set(copy_images::DESTINATION_REGION, Value::Text(Text::plain(region.id)));
        let report = copy_images::OPERATION.report_part(draft, facts, edition.clone(), Stage::Destination);
        Destination { region, report }
    };
    region::regions().iter().map(evaluate).collect()
}
