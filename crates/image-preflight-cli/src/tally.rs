//! The count of verdicts, and the exit status that follows from it.

use crate::COULD_NOT_RUN;
use image_preflight::{Fact, Missing, Report, Verdict};

/// The number of cases by verdict.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) allowed: u64,
    pub(crate) denied: u64,
    pub(crate) undetermined: u64,
    pub(crate) invalid: u64,
    /// The facts that one or more verdicts presume, in the order of a report.
    presumed: Vec<Fact>,
}

impl Tally {
    pub(crate) fn count(&mut self, report: &Report<'_>) {
        match report.verdict() {
            Verdict::Allowed => self.allowed += 1,
            Verdict::Denied => self.denied += 1,
            Verdict::Undetermined => self.undetermined += 1,
            Verdict::Invalid => self.invalid += 1,
        }
        for fact in report.presumed().iter().filter_map(Missing::fact) {
            if let Err(place) = self.presumed.binary_search(&fact) {
                self.presumed.insert(place, fact);
            }
        }
    }

    /// Pointers of the facts that one or more verdicts presume to be in order.
    pub(crate) fn presumed(&self) -> Vec<&'static str> {
        self.presumed.iter().map(|fact| fact.pointer()).collect()
    }

    pub(crate) fn status(&self) -> u8 {
        match self {
            Tally { invalid: 1.., .. } => COULD_NOT_RUN,
            Tally { denied: 1.., .. } => 1,
            Tally { undetermined: 1.., .. } => 3,
            _ => 0,
        }
    }
}
