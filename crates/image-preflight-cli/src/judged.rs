//! A report as the gate of a pipeline sees it: without the findings that are ignored, and with those that are overridden.

use image_preflight::{Finding, Missing, Outcome, Report, Severity, Verdict};

/// A report, and what counts of it.
pub(crate) struct Judged<'j, 'a> {
    pub(crate) report: &'j Report<'a>,
    /// The findings to show, in order.
    pub(crate) findings: Vec<Shown<'j, 'a>>,
    /// Those that are not shown.
    pub(crate) ignored: Vec<Ignored<'j, 'a>>,
    /// The verdict on what counts.
    pub(crate) verdict: Verdict,
}

/// A finding that is shown.
pub(crate) struct Shown<'j, 'a> {
    pub(crate) finding: &'j Finding<'a>,
    /// Whether it is shown as a warning at most, and denies nothing.
    pub(crate) is_overridden: bool,
}

/// A finding that is not shown.
pub(crate) struct Ignored<'j, 'a> {
    pub(crate) finding: &'j Finding<'a>,
    pub(crate) why: Why,
}

/// Why a finding is not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// `--ignore` or `--select`, on the command line or in the configuration.
    Option,
    /// The case says so.
    Case { reason: String },
    /// It is in the baseline.
    Baseline,
}

impl Why {
    pub(crate) fn as_str(&self) -> &'static str {
        match self {
            Why::Option => "option",
            Why::Case { .. } => "case",
            Why::Baseline => "baseline",
        }
    }
}

impl Shown<'_, '_> {
    pub(crate) fn severity(&self) -> Severity {
        match self.finding.severity() {
            Severity::Error if self.is_overridden => Severity::Warning,
            severity => severity,
        }
    }

    /// What decides comes first: what is violated before what is unknown, and the most severe of it.
    pub(crate) fn rank(&self) -> (Severity, bool) {
        (self.severity(), self.finding.outcome() == Outcome::Unknown)
    }

    fn is_warning(&self) -> bool {
        self.finding.outcome() == Outcome::Violated && self.severity() == Severity::Warning
    }

    fn counts(&self, outcome: Outcome) -> bool {
        self.severity() == Severity::Error && self.finding.outcome() == outcome
    }
}

impl<'j, 'a> Judged<'j, 'a> {
    /// A report of which everything counts.
    pub(crate) fn whole(report: &'j Report<'a>) -> Self {
        let shown = |finding| Shown { finding, is_overridden: false };
        Judged {
            report,
            findings: report.findings().iter().map(shown).collect(),
            ignored: Vec::new(),
            verdict: report.verdict(),
        }
    }

    /// A report of which these findings count.
    pub(crate) fn new(report: &'j Report<'a>, findings: Vec<Shown<'j, 'a>>, ignored: Vec<Ignored<'j, 'a>>) -> Self {
        let mut judged = Judged { report, findings, ignored, verdict: report.verdict() };
        if judged.verdict != Verdict::Invalid && !judged.is_whole() {
            let any = |outcome| judged.findings.iter().any(|shown| shown.counts(outcome));
            judged.verdict = match (any(Outcome::Violated), any(Outcome::Unknown)) {
                (true, _) => Verdict::Denied,
                (_, true) => Verdict::Undetermined,
                _ => Verdict::Allowed,
            };
        }
        judged
    }

    fn is_whole(&self) -> bool {
        self.ignored.is_empty() && !self.findings.iter().any(|shown| shown.is_overridden)
    }

    /// The facts that could still turn the verdict, in order.
    pub(crate) fn missing(&self) -> Vec<&'j Missing<'a>> {
        if self.is_whole() {
            return self.report.missing();
        }
        if self.verdict != Verdict::Undetermined {
            return Vec::new();
        }
        let unknown = self.findings.iter().filter(|shown| shown.counts(Outcome::Unknown));
        let mut missing: Vec<_> = unknown.flat_map(|shown| shown.finding.missing()).collect();
        missing.sort();
        missing.dedup();
        missing
    }

    /// How many warnings there are.
    pub(crate) fn warnings(&self) -> usize {
        self.findings.iter().filter(|shown| shown.is_warning()).count()
    }

    /// The findings to show a person: what is violated, and what could still turn the verdict.
    pub(crate) fn decisive(&self) -> impl Iterator<Item = &Shown<'j, 'a>> {
        let is_open = self.verdict == Verdict::Undetermined;
        self.findings.iter().filter(move |shown| {
            shown.finding.outcome() == Outcome::Violated || is_open && shown.counts(Outcome::Unknown)
        })
    }
}
