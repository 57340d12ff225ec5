//! Reports as JSON, and the commands of the full module.

use crate::{ABSENT, INPUT, code, more, plan, whole_code, with_words};
use image_preflight::{Locale, Report, check_bytes, rule, verdict_bytes};
use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;

/// The number of the language for the tag in the input, for [`run`](crate::run).
#[wasm_bindgen]
#[must_use]
pub fn locale(length: usize) -> u32 {
    let buffer = INPUT.take();
    let tag = buffer.get(..length).and_then(|tag| std::str::from_utf8(tag).ok()).unwrap_or_default();
    let wanted = Locale::from_tag(tag);
    let index = Locale::all().position(|locale| locale == wanted).unwrap_or_default();
    INPUT.set(buffer);
    u32::try_from(index).unwrap_or_default()
}

fn nth_locale(index: u32) -> Locale {
    Locale::all().nth(usize::try_from(index).unwrap_or_default()).unwrap_or_default()
}

/// The report as JSON without citations, or the code of its verdict if there are no findings.
pub(crate) fn report(report: &Report<'_>, locale: u32) -> Result<String, usize> {
    whole_code(report).map_or_else(|| Ok(report.to_brief_json(nth_locale(locale))), Err)
}

/// The answer to any other command than that of every module.
pub(crate) fn answer(command: u32, bytes: &[u8], locale: u32) -> Result<String, usize> {
    let language = nth_locale(locale);
    let text = || std::str::from_utf8(bytes).unwrap_or_default();
    match command {
        0 => Err(code(verdict_bytes(bytes))),
        1 => Ok(with_words(|words| batch(bytes, words, locale))),
        9 => report(&check_bytes(bytes), locale),
        11 => Ok(check_bytes(bytes).to_json(language)),
        12 => Ok(citations(text(), language)),
        16.. => plan::answer(command, text(), language).ok_or(ABSENT),
        _ => more::answer(command, text(), language).ok_or(ABSENT),
    }
}

/// The citations of a rule, documents in the reader's language first.
fn citations(id: &str, locale: Locale) -> String {
    json(&rule(id).map(|rule| rule.citations_in(locale).collect::<Vec<_>>()))
}

/// Only strings, numbers and lists occur, which serde_json never rejects.
pub(crate) fn json(of: &impl Serialize) -> String {
    serde_json::to_string(of).unwrap_or_default()
}

/// Checks a case per line. The first word is their number; the others are their codes, or 0 for a case with findings, whose report is
/// in the returned JSON array. Lines beyond the capacity of the words are dropped.
pub(crate) fn batch(text: &[u8], words: &mut [u32], locale: u32) -> String {
    let mut out = String::from("[");
    let lines = text.split(|byte| *byte == b'\n').filter(|line| !line.iter().all(u8::is_ascii_whitespace));
    let Some((count, codes)) = words.split_first_mut() else { return out };
    *count = 0;
    for (line, code) in lines.zip(codes) {
        *count += 1;
        *code = match report(&check_bytes(line), locale) {
            Ok(report) => {
                out.push_str(if out.len() > 1 { "," } else { "" });
                out.push_str(&report);
                0
            }
            Err(code) => u32::try_from(code).unwrap_or_default(),
        };
    }
    out.push(']');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CODE, OUTPUT, run, words};

    fn call(command: u32, text: &str) -> String {
        let mut buffer = INPUT.take();
        buffer.clear();
        buffer.extend_from_slice(text.as_bytes());
        INPUT.set(buffer);
        let length = run(command, text.len(), 0);
        let answer = OUTPUT.take();
        assert_eq!(answer.len(), length);
        answer
    }

    #[test]
    fn an_answer_is_the_librarys() {
        let case = r#"{"operation": "ims.whole-image"}"#;
        assert!(!call(9, case).contains("citations") && call(12, "case.operation").contains("README"));
        assert_eq!(call(12, "none.such"), "null");
        assert_eq!(call(11, case), image_preflight::check(case).to_json(Locale::ENGLISH));
        assert!(call(10, "").contains("ims.whole-image"));
        let _ = words(8192);
        let allowed = r#"{"operation": "ims.in-region-copy", "path": {"image_id": "i"}, "body": {"name": "n"}, "facts":
            {"image": {"fullEcs": false, "iso": false, "status": "active", "os": "linux", "visibility": "private"},
            "destinationQuota": {"images": 1}}}"#
            .replace('\n', "");
        let reports: Vec<serde_json::Value> =
            serde_json::from_str(&call(1, &format!("{case}\n\n{allowed}\n[]\n"))).expect("a JSON array");
        assert_eq!(reports.len(), 2);
        let no_findings = u32::try_from(CODE | 1 << 8).expect("it is short");
        assert_eq!(with_words(|words| words.get(..4).map(<[u32]>::to_vec)), Some(vec![3, 0, no_findings, 0]));
        assert_eq!(batch(b"{}\n{}", &mut [0, 0], 0).matches("case.operation").count(), 1);
        assert!(call(2, r#"{"facts": {}}"#).contains("image.share"));
        assert!(call(3, r#"{"facts": {}}"#).contains("cn-north-4"));
        assert!(call(4, r#"{"__image_size": "1"}"#).contains(r#""sizeBytes":1"#));
        assert!(call(5, r#"{"answer": "IMG.0142"}"#).contains("region-differs"));
        assert!(call(6, "").contains("size-cap"));
        assert!(call(7, r#"{"case": "{}"}"#).contains("case.operation"));
        let unknown_region = call(2, r#"{"facts": {"sourceRegion": "mars-1"}}"#);
        assert!(unknown_region.contains(r#""problems":[]"#) && unknown_region.contains(r#""answer":[{"#));
        assert_eq!(run(99, 0, 0), ABSENT);
    }

    #[test]
    fn plans_and_jobs_are_the_librarys() {
        assert!(call(16, r#"{"cases": ["{}"], "options": {}}"#).contains(r#""state":"invalid""#));
        assert!(call(16, r#"{"cases": [], "options": {"running": [0]}}"#).contains(r#"{"problem":"#));
        let begun = r#"{"operation": "ims.in-region-copy", "answer": "{\"job_id\": \"j\"}", "parameters": {}}"#;
        assert!(call(17, begun).contains("/v1/cloudimages/job/j"));
        assert!(call(18, "{}").contains(r#"{"problem":"#));
        assert_eq!(run(19, 0, 0), ABSENT);
    }

    #[test]
    fn an_edition_and_a_status_are_used() {
        use image_preflight::{Edition, Facts, capabilities_with, destinations_with, explain};
        let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("it is JSON");
        let facts = r#"{"sourceRegion": "cn-north-4", "image": {"fullEcs": true, "sizeBytes": 200000000000}}"#;
        let known = Facts::from_json(facts).0;
        let mut answers = std::collections::HashSet::new();
        for name in Edition::names() {
            let edition = Edition::from_name(name).expect("it is one of them");
            let asked = format!(r#"{{"facts": {facts}, "edition": "{name}"}}"#);
            let reports = capabilities_with(&known, &edition);
            let reports: Vec<_> = reports.iter().map(|of| value(&of.report().to_json(Locale::ENGLISH))).collect();
            let answer = call(2, &asked);
            assert_eq!(value(&answer)["answer"], serde_json::json!(reports), "{name}");
            let regions = destinations_with(&known, &edition);
            let regions: Vec<_> = regions.iter().map(|of| of.localized(Locale::ENGLISH)).collect();
            assert_eq!(value(&call(3, &asked))["answer"], serde_json::json!(regions), "{name}");
            answers.insert(answer);
        }
        assert!(answers.len() > 2, "editions differ");
        assert!(value(&call(2, r#"{"facts": {}, "edition": "none"}"#))["answer"].is_null());
        for status in [400, 403, 409, 500, 503] {
            let expected = explain(Some(status), "what no document has");
            let asked = format!(r#"{{"status": {status}, "answer": "what no document has"}}"#);
            assert_eq!(value(&call(5, &asked)), serde_json::json!(expected.localized(Locale::ENGLISH)), "{status}");
        }
        assert_ne!(call(5, r#"{"status": 403, "answer": "x"}"#), call(5, r#"{"answer": "x"}"#));
    }
}
