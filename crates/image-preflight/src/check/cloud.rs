//! A cloud: everything that the engine takes from its folder.

use crate::check::operation::Operation;
use crate::check::provider::Provider;
use crate::field::region::Region;
use crate::finding::fact_reader::FactMember;
use crate::message::message::Message;
use crate::rule::edition::{Document, Limit};

/// What the engine knows of a cloud: the catalogue lists one of each folder.
#[derive(Clone, Copy)]
pub(crate) struct Cloud {
    pub(crate) provider: &'static Provider,
    /// The operations that a case may name.
    pub(crate) operations: &'static [&'static Operation],
    /// What else can be done with an image, evaluated by the image alone.
    pub(crate) capabilities: &'static [&'static Operation],
    /// What the editions of its documents disagree about, and these editions.
    pub(crate) limits: &'static [&'static Limit],
    pub(crate) editions: &'static [Document],
    /// The documents of the default edition.
    pub(crate) default_source: Message,
    /// Its members of `facts` in a case.
    pub(crate) facts: &'static [FactMember],
    /// The schemas of its answers, by the names under which they are published.
    #[cfg(feature = "schemars")]
    pub(crate) answers: &'static [(&'static str, MakeSchema)],
    pub(crate) regions: &'static [Region],
    /// Its sentences that are in no rule, fact or region.
    pub(crate) messages: &'static [&'static [Message]],
}

/// What makes a schema, and notes its definitions.
#[cfg(feature = "schemars")]
pub(crate) type MakeSchema = fn(&mut schemars::SchemaGenerator) -> schemars::Schema;
