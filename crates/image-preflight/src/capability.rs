//! What can be done with an image, and where it can be copied to: for consoles that enable, disable and explain buttons.

use crate::draft::Draft;
use crate::edition::Edition;
use crate::facts::Facts;
use crate::field::FieldType;
use crate::field::ImageIds;
use crate::huawei::Region;
use crate::json::{Text, Value};
use crate::message::Locale;
use crate::operation::Operation;
use crate::report::Report;
use crate::rule::Stage;
use crate::{catalogue, huawei, jdcloud};
use serde::Serialize;

/// One thing that can be done with an image, or not.
///
/// ```
/// use image_preflight::{Facts, Verdict, capabilities, huawei::ImageFacts};
/// let facts = Facts { image: ImageFacts { full_ecs: Some(true), ..ImageFacts::default() }, ..Facts::default() };
/// let export = capabilities(&facts).into_iter().find(|capability| capability.operation().id() == "image.export").unwrap();
/// assert_eq!(export.report().verdict(), Verdict::Denied);
/// ```
#[derive(Clone, Debug)]
pub struct Capability<'a> {
    operation: &'static Operation,
    report: Report<'a>,
}

impl<'a> Capability<'a> {
    /// What is to be done.
    #[must_use]
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// What the image says about it. What depends on the rest of a request is not in it.
    #[must_use]
    pub fn report(&self) -> &Report<'a> {
        &self.report
    }
}

/// For one IMS image, everything that can be done with it: the copies, `image.export`, `image.share`, each with a report.
#[must_use]
pub fn capabilities<'a>(facts: &Facts<'a>) -> Vec<Capability<'a>> {
    capabilities_with(facts, &Edition::default())
}

/// The same under another edition.
///
/// ```
/// use image_preflight::{Edition, Facts, capabilities_with};
/// let edition = Edition::from_name("eu-west-0-2024-04").unwrap();
/// assert_eq!(capabilities_with(&Facts::default(), &edition).len(), 4);
/// ```
#[must_use]
pub fn capabilities_with<'a>(facts: &Facts<'a>, edition: &Edition) -> Vec<Capability<'a>> {
    let copies = [&huawei::CROSS_REGION_COPY, &huawei::IN_REGION_COPY];
    let evaluate = |operation: &'static Operation| Capability {
        operation,
        report: operation.report_part(Draft::default(), facts, edition.clone(), Stage::Image),
    };
    copies.into_iter().chain(catalogue::capabilities()).map(evaluate).collect()
}

/// A region that an image can be copied to, or not.
///
/// ```
/// use image_preflight::{Facts, Verdict, destinations};
/// let facts = Facts { source_region: Some("cn-north-4".into()), ..Facts::default() };
/// let here = destinations(&facts).into_iter().find(|destination| destination.region().id == "cn-north-4").unwrap();
/// assert_eq!(here.report().verdict(), Verdict::Denied);
/// ```
#[derive(Clone, Debug)]
pub struct Destination<'a> {
    region: &'static Region,
    report: Report<'a>,
}

impl<'a> Destination<'a> {
    /// The region.
    #[must_use]
    pub fn region(&self) -> &'static Region {
        self.region
    }

    /// What the image and this region say about a copy. What depends on the rest of a request is not in it.
    #[must_use]
    pub fn report(&self) -> &Report<'a> {
        &self.report
    }

    /// The region's id and name with its report, as something that serde can write, in a language.
    ///
    /// ```
    /// use image_preflight::{Facts, Locale, destinations};
    /// let json = serde_json::to_value(destinations(&Facts::default())[0].localized(Locale::ENGLISH)).unwrap();
    /// assert_eq!(json["region"], "ae-ad-1");
    /// ```
    #[must_use]
    pub fn localized(&self, locale: Locale) -> impl Serialize + '_ {
        #[derive(Serialize)]
        struct Localized<R> {
            region: &'static str,
            name: &'static str,
            report: R,
        }
        Localized { region: self.region.id, name: self.region.name.text(locale), report: self.report.localized(locale) }
    }
}

/// For one IMS image, every known region with what a copy to it would meet.
#[must_use]
pub fn destinations<'a>(facts: &Facts<'a>) -> Vec<Destination<'a>> {
    destinations_with(facts, &Edition::default())
}

/// The same under another edition.
///
/// ```
/// use image_preflight::{Edition, Facts, destinations_with, huawei};
/// assert_eq!(destinations_with(&Facts::default(), &Edition::default()).len(), huawei::regions().len());
/// ```
#[must_use]
pub fn destinations_with<'a>(facts: &Facts<'a>, edition: &Edition) -> Vec<Destination<'a>> {
    let evaluate = |region: &'static Region| {
        let mut draft = Draft::default();
        draft.set(huawei::CROSS_REGION_COPY_REGION, Value::Text(Text::plain(region.id)));
        let report = huawei::CROSS_REGION_COPY.report_part(draft, facts, edition.clone(), Stage::Destination);
        Destination { region, report }
    };
    huawei::regions().iter().map(evaluate).collect()
}

/// For images of JD Cloud in one region, every known region with what a copy to it would meet.
///
/// ```
/// use image_preflight::{Edition, Facts, Verdict, ImageIds, jd_destinations};
/// let images = ImageIds::new(["img-1"]).unwrap();
/// let found = jd_destinations("cn-north-1", &images, &Facts::default(), &Edition::default());
/// let verdicts: Vec<_> = found.iter().map(|found| (found.region().id, found.report().verdict())).collect();
/// assert_eq!(verdicts[0], ("cn-north-1", Verdict::Denied));
/// assert_eq!(verdicts[1], ("cn-south-1", Verdict::Undetermined));
/// ```
#[must_use]
pub fn jd_destinations<'a>(
    source_region: &'a str,
    images: &'a ImageIds,
    facts: &Facts<'a>,
    edition: &Edition,
) -> Vec<Destination<'a>> {
    let evaluate = |region: &'static Region| {
        let mut draft = Draft { path: Some(Value::Text(Text::plain(source_region))), ..Draft::default() };
        draft.set(jdcloud::SOURCE_IMAGE_IDS, ImageIds::value(images.as_raw()));
        draft.set(jdcloud::DESTINATION_REGION, Value::Text(Text::plain(region.id)));
        let report = jdcloud::COPY_IMAGES.report_part(draft, facts, edition.clone(), Stage::Destination);
        Destination { region, report }
    };
    jdcloud::regions().iter().map(evaluate).collect()
}
