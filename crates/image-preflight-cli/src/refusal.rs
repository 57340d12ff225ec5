//! `explain`: the meaning of an error of the cloud.

use crate::args::ExplainOptions;
use crate::file_name::FileName;
use crate::output::{BOLD, DIM, Out};
use crate::{Result, input};
use image_preflight::{explain, printable};
use std::path::Path;

/// Explains and prints. An unknown answer is printed verbatim; the exit status is then 1.
pub(crate) fn run(options: &ExplainOptions) -> Result<u8> {
    let path = Path::new(&options.answer);
    // A pipe of the shell (process substitution) is a file, too, though not a regular one.
    let is_file = options.answer == "-" || path.metadata().is_ok_and(|metadata| !metadata.is_dir());
    let answer = match options.answer.to_str() {
        _ if is_file => input::text(&FileName::of(path))?,
        Some(answer) => answer.to_owned(),
        None => return Err(format!("{} is neither a file nor UTF-8", FileName::of(path).shown())),
    };
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
        if !refusal.is_known() {
            out.line(&format!("{DIM}{}{DIM:#}", printable(refusal.raw().trim_end())))?;
        }
    } else {
        out.line(&serde_json::to_string(&refusal.localized(locale)).unwrap_or_default())?;
    }
    out.flush()?;
    Ok(u8::from(!refusal.is_known()))
}
