//! What a rule's check returns: satisfied, violated, or unknown with the missing facts.

use crate::message::param::{Param, Params};
use crate::rule::fact::Fact;
use crate::rule::location::At;
use crate::rule::missing::Missing;

/// What a check says.
#[derive(Debug)]
pub(crate) enum Decision<'a> {
    Satisfied,
    Violated(Box<Violation<'a>>),
    Unknown(Vec<Missing<'a>>),
}

/// A broken rule: where, and with which parameters.
#[derive(Debug)]
pub(crate) struct Violation<'a> {
    pub(crate) at: At,
    pub(crate) params: Params<'a>,
}

/// They are made out of line, so that a check that is satisfied stays short.
impl<'a> Decision<'a> {
    #[cold]
    #[inline(never)]
    pub(crate) fn violated(at: At) -> Self {
        Decision::Violated(Box::new(Violation { at, params: Params::default() }))
    }

    /// With one more parameter.
    #[cold]
    #[inline(never)]
    pub(crate) fn with(mut self, name: &'static str, param: Param<'a>) -> Self {
        if let Decision::Violated(violation) = &mut self {
            violation.params = std::mem::take(&mut violation.params).with(name, param);
        }
        self
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn unknown(fact: Fact) -> Self {
        Decision::Unknown(vec![Missing::of(fact)])
    }

    /// What is wanted of these, in order; there is at least one.
    #[cold]
    #[inline(never)]
    pub(crate) fn wants<const N: usize>(missing: [Option<Missing<'a>>; N]) -> Self {
        Decision::Unknown(missing.into_iter().flatten().collect())
    }
}
