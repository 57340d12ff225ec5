//! A verdict without a report.

use crate::check::operation::Operation;
use crate::check::report::Report;
use crate::finding::verdict::Verdict;

/// A verdict, and the operation that was evaluated; `None` when the case names none that is known.
///
/// ```
/// let found = image_preflight::verdict(r#"{"operation": "ims.whole-image"}"#);
/// assert_eq!(found.operation.map(|operation| operation.id()), Some("ims.whole-image"));
/// assert_eq!(found.verdict, image_preflight::Verdict::Denied);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CaseVerdict {
    /// The operation.
    pub operation: Option<&'static Operation>,
    /// What a report would say.
    pub verdict: Verdict,
}

impl CaseVerdict {
    pub(crate) fn of(report: &Report<'_>) -> Self {
        CaseVerdict { operation: report.operation(), verdict: report.verdict() }
    }
}
