//! What a rule's check returns: satisfied, violated, or unknown with the missing facts.

use crate::message::param::{Param, Params};
use crate::rule::fact::Fact;
use crate::rule::location::At;
use crate::rule::missing::Missing;

/// What a check says. Nearly every rule is satisfied nearly always, so that is a pointer to nothing: a register holds it, and there is
/// nothing to drop.
#[derive(Debug)]
pub(crate) enum Decision<'a> {
    Satisfied,
    Objection(Box<Objection<'a>>),
}

/// Why a rule is not satisfied.
#[derive(Debug)]
pub(crate) enum Objection<'a> {
    Violated(Violation<'a>),
    /// One fact is not known: there is no list to make.
    Lacks(Fact),
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
        Objection::Violated(Violation { at, params: Params::default() }).into()
    }

    /// With one more parameter.
    #[cold]
    #[inline(never)]
    pub(crate) fn with(mut self, name: &'static str, param: Param<'a>) -> Self {
        if let Decision::Objection(objection) = &mut self
            && let Objection::Violated(violation) = &mut **objection
        {
            violation.params = std::mem::take(&mut violation.params).with(name, param);
        }
        self
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn unknown(fact: Fact) -> Self {
        Objection::Lacks(fact).into()
    }

    /// What is wanted of these, in order; there is at least one.
    #[cold]
    pub(crate) fn wants<const N: usize>(mut missing: [Option<Missing<'a>>; N]) -> Self {
        Self::wants_of(&mut missing)
    }

    #[cold]
    #[inline(never)]
    fn wants_of(missing: &mut [Option<Missing<'a>>]) -> Self {
        let mut wanted = Vec::new();
        for missing in missing {
            if let Some(missing) = missing.take() {
                wanted.push(missing);
            }
        }
        Objection::Unknown(wanted).into()
    }
}

impl<'a> From<Objection<'a>> for Decision<'a> {
    fn from(objection: Objection<'a>) -> Self {
        Decision::Objection(Box::new(objection))
    }
}
