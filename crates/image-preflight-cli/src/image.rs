//! `capabilities` and `destinations`: what can be done with an image, and where it can be copied to.

use crate::args::ImageOptions;
use crate::config::Configs;
use crate::human::{self, verdict_words};
use crate::output::{self, BOLD, DIM, Out, shown};
use crate::sentences::{self, say};
use crate::{Result, assemble, words};
use image_preflight::{Edition, Facts, Finding, Locale, Missing, Outcome, Report, Severity};

/// Prints what can be done with an image.
pub(crate) fn capabilities(options: &ImageOptions, configs: &mut Configs) -> Result<u8> {
    with_facts(options, configs, |facts, edition| {
        let mut out = Out::new(options.style.is_human());
        for capability in image_preflight::capabilities_with(facts, edition) {
            let operation = capability.operation();
            if options.style.is_human() {
                let locale = words::locale();
                row(operation.title().text(locale), operation.id(), capability.report(), locale, &mut out)?;
            } else {
                out.line(&capability.report().to_json(words::locale()))?;
            }
        }
        out.flush()
    })
}

/// Prints where an image can be copied to.
pub(crate) fn destinations(options: &ImageOptions, configs: &mut Configs) -> Result<u8> {
    with_facts(options, configs, |facts, edition| {
        let mut out = Out::new(options.style.is_human());
        let locale = words::locale();
        for destination in image_preflight::destinations_with(facts, edition) {
            let region = destination.region();
            if options.style.is_human() {
                row(region.name.text(locale), region.id, destination.report(), locale, &mut out)?;
            } else {
                out.line(&serde_json::to_string(&destination.localized(locale)).unwrap_or_default())?;
            }
        }
        out.flush()
    })
}

fn with_facts(
    options: &ImageOptions,
    configs: &mut Configs,
    print: impl FnOnce(&Facts<'_>, &Edition) -> Result<()>,
) -> Result<u8> {
    let (edition, is_strict) = options.documents.of_file(&configs.of_file(None)?);
    let capabilities = image_preflight::capabilities(&Facts::default());
    let provider = capabilities.first().map(|capability| capability.operation().provider());
    let image_object = provider.ok_or_else(|| say(sentences::NO_CAPABILITY, &[]))?.image_object;
    let json = assemble::facts(&options.known, image_object, options.of_several.as_deref())?;
    let (facts, findings) = Facts::from_json(&json);
    let sentence = |finding: &Finding<'_>| {
        say(sentences::AT, &[("at", &finding.at()), ("sentence", &finding.message(words::locale()))])
    };
    let is_error = |finding: &&Finding<'_>| finding.severity() == Severity::Error;
    if let Some(finding) = findings.iter().find(is_error) {
        return Err(sentence(finding));
    }
    for finding in &findings {
        output::warning(&sentence(finding));
    }
    let facts = if is_strict { facts.strict() } else { facts };
    print(&facts, &edition)?;
    Ok(0)
}

/// A line for the verdict, then one for each reason.
fn row(title: &str, id: &str, report: &Report<'_>, locale: Locale, out: &mut Out) -> Result<()> {
    let (mark, style, word) = verdict_words(report.verdict());
    out.line(&format!("{style}{mark} {}{style:#}  {BOLD}{title}{BOLD:#}  {DIM}{id}{DIM:#}", word.text(locale)))?;
    for finding in report.findings().iter().filter(|finding| finding.outcome() == Outcome::Violated) {
        out.line(&format!("      {}", finding.message(locale)))?;
    }
    let missing: Vec<_> = report.missing().iter().map(|missing| missing.pointer()).collect();
    if !missing.is_empty() {
        out.line(&format!("      {DIM}{}{DIM:#}", shown(&missing.join(", "))))?;
    }
    let presumed: Vec<_> = report.presumed().iter().map(Missing::pointer).collect();
    if let Some(sentence) = human::presumed(&presumed, locale) {
        out.line(&format!("      {DIM}{}{DIM:#}", shown(&sentence)))?;
    }
    Ok(())
}
