//! `rules` and `schema`: the catalogue.

use crate::args::{RulesOptions, SchemaOptions};
use crate::human::cited;
use crate::output::{BOLD, DIM, Out};
use crate::sentences::{NO_SCHEMA, say};
use crate::{Result, names, words};
use image_preflight::schema::Print;
use image_preflight::{Locale, Rule};

/// Lists the rules, or shows those selected by an id.
pub(crate) fn rules(options: &RulesOptions) -> Result<u8> {
    let locale = words::locale();
    let wanted = options.id.as_deref().unwrap_or_default();
    let exact = image_preflight::rule(wanted);
    let rules: Vec<_> = image_preflight::rules().filter(|rule| names::selects(wanted, rule.id)).collect();
    let mut out = Out::new(options.style.is_human());
    for rule in &rules {
        if !options.style.is_human() {
            out.line(&serde_json::to_string(&rule.localized(locale)).unwrap_or_default())?;
        } else if exact.is_some() {
            details(rule, locale, &mut out)?;
        } else {
            out.line(&format!("{BOLD}{}{BOLD:#}  {DIM}{}{DIM:#}", rule.id, rule.severity.as_str()))?;
            out.line(&format!("    {}", rule.holds.text(locale)))?;
        }
    }
    out.flush()?;
    Ok(0)
}

pub(crate) fn details(rule: &Rule, locale: Locale, out: &mut Out) -> Result<()> {
    out.line(&format!("{BOLD}{}{BOLD:#}  {DIM}{}{DIM:#}", rule.id, rule.severity.as_str()))?;
    out.line(rule.holds.text(locale))?;
    out.line(rule.why.text(locale))?;
    if let Some(disputed) = rule.disputed {
        out.line(disputed.text(locale))?;
    }
    for fact in rule.reads {
        out.line(&format!("  {BOLD}{}{BOLD:#}  {}", fact.pointer(), fact.how_to_obtain().text(locale)))?;
    }
    for citation in rule.citations_in(locale) {
        out.line(&format!("  {}", cited(citation, locale)))?;
        if let Some(url) = citation.url {
            out.line(&format!("  {DIM}{url}{DIM:#}"))?;
        }
    }
    out.line(&format!("  {DIM}{}{DIM:#}", rule.help_url(locale)))?;
    Ok(())
}

/// Prints a JSON Schema: of an operation's body, of another document, or of everything.
pub(crate) fn schema(options: &SchemaOptions) -> Result<u8> {
    let print = Print::default().edition(options.edition.clone()).locale(options.locale).profile(options.profile);
    let print = if options.versioned { print.versioned() } else { print };
    let schema = match options.name.as_deref() {
        None => print.all(),
        // The parser of the argument takes names of schemas only.
        Some(name) => print.document(name).ok_or_else(|| say(NO_SCHEMA, &[]))?,
    };
    let mut out = Out::new(false);
    out.line(&serde_json::to_string_pretty(&schema).unwrap_or_default())?;
    out.flush()?;
    Ok(0)
}
