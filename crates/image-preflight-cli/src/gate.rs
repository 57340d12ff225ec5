//! What of a report counts: rules that are selected, ignored or overridden, what a case ignores itself, and a baseline.

use crate::baseline::Baseline;
use crate::judged::{Ignored, Judged, Shown, Why};
use crate::place::Source;
use crate::sentences::{self, say};
use crate::{names, parts};
use image_preflight::{Finding, Report, Severity};
use serde::Deserialize;

/// Which rules count. An element is the id of a rule, or the beginning of the ids of several.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rules {
    /// If there are any, only these count.
    pub(crate) select: Vec<String>,
    pub(crate) ignore: Vec<String>,
    pub(crate) overridden: Vec<String>,
}

/// A rule that a case ignores, with its reason.
#[derive(Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub(crate) struct OwnIgnore {
    rule: String,
    reason: String,
}

impl OwnIgnore {
    pub(crate) fn rule(&self) -> &str {
        &self.rule
    }
}

impl Rules {
    /// What counts of a report.
    pub(crate) fn judge<'j, 'a>(
        &self,
        report: &'j Report<'a>,
        own: &[OwnIgnore],
        mut baseline: Option<&mut Baseline>,
        source: &Source<'_>,
    ) -> Judged<'j, 'a> {
        if self.select.is_empty()
            && self.ignore.is_empty()
            && self.overridden.is_empty()
            && own.is_empty()
            && baseline.is_none()
        {
            return Judged::whole(report);
        }
        let (mut findings, mut ignored) = (Vec::new(), Vec::new());
        for finding in report.findings() {
            match self.why_ignored(finding, own, baseline.as_deref_mut(), source) {
                Some(why) => ignored.push(Ignored { finding, why }),
                None => findings.push(Shown {
                    finding,
                    is_overridden: is_one_of(finding, &self.overridden) && can_be_ignored(finding),
                }),
            }
        }
        Judged::new(report, findings, ignored)
    }

    fn why_ignored(
        &self,
        finding: &Finding<'_>,
        own: &[OwnIgnore],
        baseline: Option<&mut Baseline>,
        source: &Source<'_>,
    ) -> Option<Why> {
        if !can_be_ignored(finding) {
            return None;
        }
        if !self.select.is_empty() && !is_one_of(finding, &self.select) || is_one_of(finding, &self.ignore) {
            return Some(Why::Option);
        }
        if let Some(own) = own.iter().find(|own| own.rule == finding.rule().id) {
            return Some(Why::Case { reason: own.reason.clone() });
        }
        baseline.is_some_and(|baseline| baseline.takes(finding, source)).then_some(Why::Baseline)
    }
}

/// Whether a finding can be ignored at all: what makes a case invalid cannot.
pub(crate) fn can_be_ignored(finding: &Finding<'_>) -> bool {
    finding.severity() != Severity::Error || !finding.rule().id.starts_with("case.")
}

fn is_one_of(finding: &Finding<'_>, rules: &[String]) -> bool {
    rules.iter().any(|wanted| names::selects(wanted, finding.rule().id))
}

/// What the member `ignore` of a case ignores. The error is a sentence about that member.
pub(crate) fn own_ignores(case: &str) -> Result<Vec<OwnIgnore>, String> {
    // Nearly no case has one, and then its members need not be looked at.
    if !case.contains("\"ignore\"") {
        return Ok(Vec::new());
    }
    let mut found = None;
    let all = parts::members(case.as_bytes(), |name, value| {
        if name == "ignore" {
            found = Some(value.to_owned());
        }
        Ok(())
    });
    let (Ok(()), Some(value)) = (all, found) else { return Ok(Vec::new()) };
    let mut own: Vec<OwnIgnore> = serde_json::from_str(&value).map_err(|_| say(sentences::IGNORE_FORM, &[]))?;
    for own in &mut own {
        own.rule = names::parse_rule(&own.rule).map_err(|why| say(sentences::IGNORE, &[("why", &why)]))?;
        if own.reason.trim().is_empty() {
            return Err(say(sentences::NO_REASON, &[("rule", &own.rule)]));
        }
    }
    Ok(own)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file_name::FileName;
    use image_preflight::Verdict;
    use std::path::Path;

    const CASE: &str = r#"{"operation":"ims.in-region-copy","path":{"image_id":"i"},
        "body":{"name":" n","enterprise_project_id":"mine"},
        "ignore":[{"rule":"ims.in-region-copy.name","reason":"an old name"}]}"#;

    fn judged(rules: &Rules, own: &[OwnIgnore]) -> (Verdict, usize, usize) {
        let report = image_preflight::check(CASE);
        let file = FileName::of(Path::new("f"));
        let judged = rules.judge(&report, own, None, &Source::whole(&file, CASE));
        assert_eq!(judged.findings.len() + judged.ignored.len(), report.findings().len());
        (judged.verdict, judged.findings.len(), judged.missing().len())
    }

    #[test]
    fn a_verdict_is_of_what_counts() {
        let rules = |select: &[&str], ignore: &[&str], overridden: &[&str]| {
            let owned = |list: &[&str]| list.iter().map(|rule| (*rule).to_owned()).collect();
            Rules { select: owned(select), ignore: owned(ignore), overridden: owned(overridden) }
        };
        let all = judged(&Rules::default(), &[]);
        assert_eq!((all.0, all.2), (Verdict::Denied, 0));
        let id = "ims.in-region-copy.enterprise_project_id";
        assert_eq!(judged(&rules(&[id], &[], &[]), &[]), (Verdict::Denied, 1, 0));
        assert_eq!(judged(&rules(&["image."], &[], &[]), &[]), (Verdict::Allowed, 0, 0));
        assert_eq!(judged(&rules(&[id], &[id], &[]), &[]), (Verdict::Allowed, 0, 0));
        assert_eq!(judged(&rules(&[id], &[], &[id]), &[]), (Verdict::Allowed, 1, 0));
        let own = own_ignores(CASE).expect("a list");
        let left = judged(&rules(&[], &[id], &[]), &own);
        assert_eq!((left.0, left.1 < all.1, left.2 > 0), (Verdict::Undetermined, true, true));
    }

    /// `region` is a rule, and `region-differs` another one.
    #[test]
    fn a_rule_that_is_named_is_that_rule_alone() {
        let ids: Vec<_> = image_preflight::rules().map(|rule| rule.id).collect();
        let mut nested = 0;
        for (wanted, id) in ids.iter().flat_map(|wanted| ids.iter().map(move |id| (*wanted, *id))) {
            assert_eq!(names::selects(wanted, id), wanted == id, "{wanted} {id}");
            nested += usize::from(wanted != id && id.starts_with(wanted));
        }
        assert!(nested > 2, "{nested}");
        assert!(names::selects("ims.cross-region-copy.", ids[0]) || !ids[0].starts_with("ims.cross-region-copy."));
        let case = r#"{"operation":"ims.cross-region-copy","path":{"image_id":"i"},"body":{"name":"n","region":"cn-north-4",
            "project_name":"cn-north-4","agency_name":"a"},"facts":{"sourceRegion":"cn-north-4"}}"#;
        let report = image_preflight::check(case);
        let file = FileName::of(Path::new("f"));
        let named = |rule: &str| {
            let named = vec![rule.to_owned()];
            [Rules { ignore: named.clone(), ..Rules::default() }, Rules { overridden: named, ..Rules::default() }]
        };
        for rules in named("ims.cross-region-copy.region") {
            assert_eq!(rules.judge(&report, &[], None, &Source::whole(&file, case)).verdict, Verdict::Denied);
        }
        for rules in named("ims.cross-region-copy.region-differs") {
            assert_eq!(rules.judge(&report, &[], None, &Source::whole(&file, case)).verdict, Verdict::Undetermined);
        }
    }

    #[test]
    fn what_is_ignored_is_a_rule_with_a_reason() {
        for (ignore, word) in [
            ("[{\"rule\":\"size-cap\",\"reason\":\"r\"}]", "did you mean"),
            ("[{\"rule\":\"ims.in-region-copy.name\",\"reason\":\" \"}]", "reason"),
            ("[{\"rule\":\"ims.in-region-copy.name\"}]", "`rule` and `reason`"),
            ("\"ims.in-region-copy.name\"", "`rule` and `reason`"),
        ] {
            let sentence = own_ignores(&format!("{{\"ignore\":{ignore}}}")).expect_err(ignore);
            assert!(sentence.contains(word), "{sentence}");
        }
        assert_eq!(own_ignores("{\"body\":{\"ignore\":1}}"), Ok(Vec::new()));
        assert_eq!(own_ignores("{\"ignore\""), Ok(Vec::new()));
    }

    /// What makes a case invalid counts, whatever is ignored.
    #[test]
    fn what_makes_a_case_invalid_is_never_ignored() {
        let report = image_preflight::check("{");
        let file = FileName::of(Path::new("f"));
        let rules = Rules { ignore: vec!["case.".to_owned()], ..Rules::default() };
        let judged = rules.judge(&report, &[], None, &Source::whole(&file, "{"));
        assert_eq!((judged.verdict, judged.findings.len()), (Verdict::Invalid, 1));
    }
}
