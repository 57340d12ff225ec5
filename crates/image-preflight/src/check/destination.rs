//! The answers of `capabilities` and `destinations`: an operation or a region, with its report.

use crate::check::operation::Operation;
use crate::check::report::Report;
use crate::field::region::Region;
use crate::message::locale::Locale;
use serde::Serialize;

/// One thing that can be done with an image, or not.
///
/// ```
/// use image_preflight::{Facts, Verdict, capabilities, huawei};
/// let image = huawei::ImageFacts { full_ecs: Some(true), ..Default::default() };
/// let facts = Facts::from(huawei::Facts { image, ..Default::default() });
/// let export = capabilities(&facts).into_iter().find(|capability| capability.operation().id() == "image.export").unwrap();
/// assert_eq!(export.report().verdict(), Verdict::Denied);
/// ```
#[derive(Clone, Debug)]
pub struct Capability<'a> {
    pub(crate) operation: &'static Operation,
    pub(crate) report: Report<'a>,
}

impl<'a> Capability<'a> {
    /// The operation.
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

/// A region that an image can be copied to, or not.
///
/// ```
/// use image_preflight::{Facts, Verdict, destinations, huawei};
/// let facts = Facts::from(huawei::Facts { source_region: Some("cn-north-4".into()), ..Default::default() });
/// let here = destinations(&facts).into_iter().find(|destination| destination.region().id == "cn-north-4").unwrap();
/// assert_eq!(here.report().verdict(), Verdict::Denied);
/// ```
#[derive(Clone, Debug)]
pub struct Destination<'a> {
    pub(crate) region: &'static Region,
    pub(crate) report: Report<'a>,
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
