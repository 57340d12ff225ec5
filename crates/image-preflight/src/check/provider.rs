//! The API that operations belong to.

#[cfg(feature = "reference")]
use crate::check::job_form::JobForm;
use crate::check::refusal::DocumentedError;
use crate::finding::findings::Findings;
use crate::message::message::Message;
use crate::rule::facts::Facts;

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
    /// One of its regions, for examples.
    pub example_region: &'static str,
    /// The header that says who asks.
    pub auth_header: &'static str,
    /// The HTTP method of its operations.
    pub method: &'static str,
    /// Where a request carries its fields.
    pub parameters: Parameters,
    /// The member of `facts` that takes what the provider says of an image.
    pub image_object: ImageObject,
    /// What an answer means that takes a request.
    pub accepted: Message,
    /// The names of the schemas of an answer that takes a request, and of one that refuses it.
    pub answer_schemas: [&'static str; 2],
    /// The body of an answer that refuses a request, with `{status}`, `{code}` and `{message}` in it.
    pub error_example: &'static str,
    #[cfg(feature = "reference")]
    pub(crate) error_form: ErrorForm,
    /// How to follow what a request has begun.
    #[cfg(feature = "reference")]
    pub(crate) job_form: &'static JobForm,
    /// Checks the facts of a request.
    pub(crate) check_facts: for<'a> fn(&Facts<'a>, &mut Findings<'a>),
    /// The documented errors, by code: tables, one after the other.
    pub(crate) errors: &'static [&'static [DocumentedError]],
    /// Those of a gateway in front of the API, which any of its operations can meet.
    pub(crate) gateway_errors: &'static [DocumentedError],
    /// What HTTP statuses mean where no code is documented.
    pub(crate) statuses: &'static [DocumentedError],
}

impl Provider {
    /// What any request can be refused with, by a gateway in front of the API or by the API itself, beside the errors of operations.
    ///
    /// ```
    /// let provider = image_preflight::operation("ims.in-region-copy").unwrap().provider();
    /// assert!(provider.gateway_errors().iter().any(|error| error.code == "APIGW.0301"));
    /// ```
    #[must_use]
    pub fn gateway_errors(&self) -> &'static [DocumentedError] {
        self.gateway_errors
    }
}

/// Where a request carries its fields.
///
/// ```
/// use image_preflight::Parameters;
/// assert_eq!(image_preflight::operation("copyImages").unwrap().provider().parameters, Parameters::Body);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parameters {
    /// In a JSON body.
    Body,
    /// In the query of the URI, as RPC-style APIs take them.
    Query,
}

/// The member of `facts` that takes what a provider says of an image.
///
/// ```
/// let member = image_preflight::operation("copyImages").unwrap().provider().image_object;
/// assert_eq!((member.name, member.is_list), ("imageObjects", true));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImageObject {
    /// Its name.
    pub name: &'static str,
    /// Whether it takes a list of objects.
    pub is_list: bool,
    /// The members of an answer, each in the one before, in which it has its images; empty where the answer itself has them.
    pub within: &'static [&'static str],
    /// The member that lists the images of an answer.
    pub images: &'static str,
    /// The member that has the only image of an answer, where that is not the object itself or what contains it.
    pub image: Option<&'static str>,
    /// The member of an image that is its id.
    pub id: &'static str,
    /// The parameter of an address that is the id of an image, where addresses name one.
    pub named_by: Option<&'static str>,
}

/// Where a body that refuses a request has what it says: in the members of these names, of the body or of an object in it.
#[cfg(feature = "reference")]
#[derive(Debug)]
pub(crate) struct ErrorForm {
    pub(crate) code: &'static [&'static str],
    pub(crate) message: &'static [&'static str],
    pub(crate) request_id: &'static [&'static str],
}
