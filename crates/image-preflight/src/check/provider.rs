//! The API that operations belong to.

use crate::check::refusal::DocumentedError;
use crate::message::message::Message;

/// A provider's API.
///
/// ```
/// let provider = image_preflight::operation("jd.copy-images").unwrap().provider();
/// assert_eq!(provider.endpoint, "vm.jdcloud-api.com");
/// ```
#[derive(Debug)]
pub struct Provider {
    /// What the API is called.
    pub name: Message,
    /// The host that requests go to; `{region}` is in the place of a region's id.
    pub endpoint: &'static str,
    /// The header that says who asks.
    pub auth_header: &'static str,
    /// The documented errors, by code.
    pub(crate) errors: &'static [DocumentedError],
    /// What HTTP statuses mean where no code is documented.
    pub(crate) statuses: &'static [DocumentedError],
}
