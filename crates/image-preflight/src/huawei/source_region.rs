//! What there is to say of the region that an image is in.

use crate::finding::case_rules;
use crate::finding::findings::Findings;
use crate::huawei::facts::SOURCE_REGION;
use crate::huawei::region::{KNOWN, region};
use crate::message::param::{Param, Params};
use crate::message::violation_kind::ViolationKind;
use crate::rule::facts::Facts;
use crate::rule::location::At;
use std::borrow::Cow;

/// A partner cloud's region is a legal value, so one that is not listed is only a warning.
pub(crate) fn check_source_region<'a>(facts: &Facts<'a>, out: &mut Findings<'a>) {
    if let Some(id) = facts.value(SOURCE_REGION).text().filter(|id| region(id).is_none()) {
        warn_of_region(id, out);
    }
}

#[cold]
#[inline(never)]
fn warn_of_region(id: &str, out: &mut Findings<'_>) {
    let params = Params::default().with("actual", Param::UserText(Cow::Owned(id.to_owned())));
    let params = KNOWN.unlisted_params(params, KNOWN.near(id));
    out.warn(&case_rules::FACTS, At::fact(SOURCE_REGION), ViolationKind::Unlisted, params);
}
