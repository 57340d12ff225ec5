//! `explain`: what a refusal means.

use crate::args::ExplainOptions;
use crate::output::{BOLD, DIM, Out};
use crate::{Result, input};
use image_preflight::{explain, printable};
use std::path::Path;

/// Explains and prints. An answer that is not understood is given as it came; that is status 1.
pub(crate) fn run(options: &ExplainOptions) -> Result<u8> {
    let path = Path::new(&options.answer);
    let answer = if options.answer == "-" || path.is_file() { input::text(path)? } else { options.answer.clone() };
    let refusal = explain(options.status, &answer);
    let locale = options.style.locale;
    let mut out = Out::new(options.style.is_plain()?.is_human());
    if options.style.is_human() {
        let code = refusal.code().map(|code| format!("{BOLD}{}{BOLD:#}  ", printable(code))).unwrap_or_default();
        out.line(&format!("{code}{}", refusal.meaning(locale)))?;
        if let Some(retry) = refusal.retry() {
            out.line(retry.advice().text(locale))?;
        }
        for rule in refusal.rules() {
            out.line(&format!("  {BOLD}{}{BOLD:#}  {}", rule.id, rule.holds.text(locale)))?;
        }
        if !refusal.is_understood() {
            out.line(&format!("{DIM}{}{DIM:#}", printable(refusal.verbatim().trim_end())))?;
        }
    } else {
        out.line(&serde_json::to_string(&refusal.localized(locale)).unwrap_or_default())?;
    }
    out.flush()?;
    Ok(u8::from(!refusal.is_understood()))
}
