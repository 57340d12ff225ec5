//! `editions`: the editions of the documents, and how they differ.

use crate::args::EditionsOptions;
use crate::output::{BOLD, DIM, Out};
use crate::{Result, words};
use image_preflight::{Edition, Locale};
use serde_json::{Value, json};

pub(crate) fn run(options: &EditionsOptions) -> Result<u8> {
    let locale = words::locale();
    let is_human = options.style.is_human();
    let mut out = Out::new(is_human);
    match options.diff.as_deref() {
        Some([from, to]) if is_human => {
            out.line(&format!("{BOLD}{from} → {to}{BOLD:#}"))?;
            differences(from, to, locale, &mut out)?;
        }
        Some([from, to]) => {
            let differences = as_json(from, to, locale);
            out.line(&json!({"from": from.name(), "to": to.name(), "differences": differences}).to_string())?;
        }
        _ => {
            for edition in Edition::names().filter_map(Edition::from_name) {
                list(&edition, is_human, locale, &mut out)?;
            }
        }
    }
    out.flush()?;
    Ok(0)
}

/// An edition, and how it differs from the default one.
fn list(edition: &Edition, is_human: bool, locale: Locale, out: &mut Out) -> Result<()> {
    let default = Edition::default();
    let aliases = Edition::aliases().filter(|(_, name)| *name == edition.name()).map(|(alias, _)| alias);
    let aliases: Vec<_> = aliases.collect();
    if is_human {
        let also = if aliases.is_empty() { String::new() } else { format!("  {DIM}{}{DIM:#}", aliases.join(", ")) };
        out.line(&format!("{BOLD}{edition}{BOLD:#}{also}"))?;
        out.line(&format!("  {}", edition.source(locale)))?;
        return differences(&default, edition, locale, out);
    }
    let statements: Vec<Value> = edition
        .statements()
        .map(|statement| json!({"title": statement.title().text(locale), "value": statement.value(locale)}))
        .collect();
    let line = json!({
        "name": edition.name(), "aliases": aliases, "source": edition.source(locale), "statements": statements,
        "differences": as_json(&default, edition, locale)
    });
    out.line(&line.to_string())
}

fn differences(from: &Edition, to: &Edition, locale: Locale, out: &mut Out) -> Result<()> {
    for difference in from.differences(to) {
        out.line(&format!("  - {}", difference.text(locale)))?;
    }
    Ok(())
}

fn as_json(from: &Edition, to: &Edition, locale: Locale) -> Vec<Value> {
    let value = |difference: &image_preflight::Difference| {
        let (from, to) = (difference.from().value(locale), difference.to().value(locale));
        json!({"title": difference.title().text(locale), "from": from, "to": to})
    };
    from.differences(to).iter().map(value).collect()
}
