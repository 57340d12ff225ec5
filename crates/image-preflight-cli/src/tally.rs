//! The count of verdicts, and the exit status that follows from it.

use crate::COULD_NOT_RUN;
use crate::judged::Judged;
use clap::ValueEnum;
use image_preflight::{Fact, Missing, Verdict};

/// The number of cases by verdict.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) allowed: u64,
    pub(crate) denied: u64,
    pub(crate) undetermined: u64,
    pub(crate) invalid: u64,
    /// The number of findings that are ignored.
    pub(crate) ignored: u64,
    /// The number of warnings.
    warnings: u64,
    /// The facts that one or more verdicts presume, in the order of a report.
    presumed: Vec<Fact>,
}

/// What makes a run fail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// A case that is denied
    Denied,
    /// A case that is denied (status 1) or undetermined (status 3)
    #[default]
    Undetermined,
    /// The same, and any warning (status 1)
    Warning,
    /// Nothing but what could not be read or is invalid (status 2)
    Never,
}

impl FailOn {
    /// The status of a run with one case of this verdict, with warnings or without.
    pub(crate) fn status(self, verdict: Verdict, has_warning: bool) -> u8 {
        match (verdict, self) {
            (Verdict::Invalid, _) => COULD_NOT_RUN,
            (_, FailOn::Never) => 0,
            (Verdict::Denied, _) => 1,
            (_, FailOn::Warning) if has_warning => 1,
            (Verdict::Undetermined, FailOn::Undetermined | FailOn::Warning) => 3,
            _ => 0,
        }
    }
}

impl Tally {
    pub(crate) fn count(&mut self, judged: &Judged<'_, '_>) {
        match judged.verdict {
            Verdict::Allowed => self.allowed += 1,
            Verdict::Denied => self.denied += 1,
            Verdict::Undetermined => self.undetermined += 1,
            Verdict::Invalid => self.invalid += 1,
        }
        self.ignored += judged.ignored.len() as u64;
        self.warnings += judged.warnings() as u64;
        for fact in judged.report.presumed().iter().filter_map(Missing::fact) {
            if let Err(place) = self.presumed.binary_search(&fact) {
                self.presumed.insert(place, fact);
            }
        }
    }

    /// Whether nothing was checked.
    pub(crate) fn is_empty(&self) -> bool {
        self.allowed + self.denied + self.undetermined + self.invalid == 0
    }

    /// Pointers of the facts that one or more verdicts presume to be in order.
    pub(crate) fn presumed(&self) -> Vec<&'static str> {
        self.presumed.iter().map(|fact| fact.pointer()).collect()
    }

    pub(crate) fn status(&self, fail_on: FailOn) -> u8 {
        let counts = [
            (self.invalid, Verdict::Invalid),
            (self.denied, Verdict::Denied),
            (self.undetermined, Verdict::Undetermined),
            (1, Verdict::Allowed),
        ];
        let found = counts.into_iter().filter(|(count, _)| *count > 0);
        let mut statuses = found.map(|(_, verdict)| fail_on.status(verdict, self.warnings > 0));
        statuses.find(|status| *status > 0).unwrap_or(0)
    }
}
