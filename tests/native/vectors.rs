//! Every vector gets its report; every row of CONSTRAINTS.md has its vectors; the reports are byte for byte those of
//! `tests/reports`.

use image_preflight::{ClearError, Locale, Verdict, check};
use image_preflight_tests::{FILES, Vector, invariants, path, read, vectors, vectors_of};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn every_vector_gets_its_report() {
    let wrong: Vec<_> = vectors().iter().filter_map(difference).collect();
    assert!(wrong.is_empty(), "{} vectors:\n\n{}", wrong.len(), wrong.join("\n\n"));
}

fn difference(vector: &Vector) -> Option<String> {
    let report: Value = serde_json::from_str(&check(&vector.case).to_json(Locale::ENGLISH)).expect("a report is JSON");
    let found: Vec<_> = report["findings"].as_array().into_iter().flatten().collect();
    let is_same = report["verdict"] == vector.verdict.as_str()
        && report["missing"] == serde_json::json!(vector.missing)
        && report["presumed"] == serde_json::json!(vector.presumed)
        && found.len() == vector.findings.len()
        && found.iter().zip(&vector.findings).all(|(found, expected)| expected.agrees(found));
    let told = || {
        found.iter().map(|finding| {
            format!(
                "  {} {} {} {} {} {}",
                finding["outcome"],
                finding["severity"],
                finding["rule"],
                finding["at"],
                finding["params"],
                finding["missing"]
            )
        })
    };
    (!is_same).then(|| {
        let Vector { row, name, case, verdict, missing, presumed, findings, .. } = vector;
        let found = told().collect::<Vec<_>>().join("\n");
        format!(
            "{row}: {name}\n{}\nexpected {verdict} {missing:?} {presumed:?} {findings:#?}\nfound {} {} {}\n{found}",
            case.chars().take(600).collect::<String>(),
            report["verdict"],
            report["missing"],
            report["presumed"]
        )
    })
}

#[test]
fn every_row_has_vectors_on_every_side() {
    let rows: BTreeMap<String, BTreeSet<String>> = read("rows.json");
    let mut seen: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let cases = vectors().into_iter().map(|vector| (vector.row, vector.side));
    let others: Vec<Value> = ["answers", "capabilities"].map(|name| read(&format!("vectors/{name}.json"))).into();
    let others = others.iter().filter_map(Value::as_array).flatten().map(|vector| {
        let text = |name: &str| vector[name].as_str().unwrap_or_else(|| panic!("{vector} has no {name}")).to_owned();
        (text("row"), text("side"))
    });
    for (row, side) in cases.chain(others) {
        seen.entry(row).or_default().insert(side);
    }
    let none = BTreeSet::new();
    let lacking: Vec<_> = rows
        .iter()
        .flat_map(|(row, sides)| {
            sides.difference(seen.get(row).unwrap_or(&none)).map(move |side| format!("{row}: {side}"))
        })
        .collect();
    assert!(lacking.is_empty(), "rows without a vector: {lacking:#?}");
}

#[test]
fn every_rule_is_cited_by_a_vector() {
    let mut cited: BTreeSet<_> =
        vectors().into_iter().flat_map(|vector| vector.findings).map(|finding| finding.rule).collect();
    let capabilities: Vec<Value> = read("vectors/capabilities.json");
    for finding in capabilities.iter().flat_map(|vector| vector["findings"].as_array().expect("a list")) {
        cited.insert(finding["rule"].as_str().expect("a rule").to_owned());
    }
    // A thousand findings would be a long vector: bad_input.rs has them.
    let is_cited = |id: &str| id == "case.too-many-findings" || cited.contains(id);
    let uncited: Vec<_> = image_preflight::rules().map(|rule| rule.id).filter(|id| !is_cited(id)).collect();
    assert!(uncited.is_empty(), "no vector breaks {uncited:#?}");
}

/// The complete reports, in both languages. `cargo xtask bless` writes them anew.
#[test]
fn reports_are_byte_for_byte_as_they_were() {
    for file in FILES {
        for locale in Locale::all() {
            let reports: String =
                vectors_of(file).iter().map(|vector| check(&vector.case).to_json(locale) + "\n").collect();
            let path = path(&format!("reports/{file}.{}.ndjson", locale.tag()));
            if std::env::var_os("BLESS").is_some() {
                std::fs::write(&path, &reports).expect("it can be written");
            }
            let before = std::fs::read_to_string(&path).unwrap_or_default();
            assert!(before == reports, "{} differs: look at what changed, then `cargo xtask bless`", path.display());
        }
    }
}

#[test]
fn a_patch_leaves_the_case_better_than_it_was() {
    let cases = vectors().into_iter().filter_map(|vector| serde_json::from_str::<Value>(&vector.case).ok());
    let patches: usize = cases.map(|case| invariants::fixes_fix(&case).len()).sum();
    assert!(patches > 40, "only {patches} patches");
}

#[test]
fn an_allowed_case_gives_its_request_and_no_other_does() {
    for vector in vectors() {
        let report = check(&vector.case);
        let is_open = matches!(report.clear(), Err(ClearError::NotKnownYet { .. }));
        assert!(!is_open || vector.case.contains("\"unknown\""), "{}", vector.name);
        assert_eq!(report.clear().is_ok(), report.verdict() == Verdict::Allowed && !is_open, "{}", vector.name);
        if let Ok(request) = report.clear() {
            let body: Value = serde_json::from_str(request.body()).expect("a body is JSON");
            assert!(body.as_object().expect("a body is an object").values().all(|value| !value.is_null()));
            assert!(request.to_http("https://example.com").is_ok(), "{}", request.path());
            // The types are those of the default edition, which demands a vault, and the type CBR.
            let is_given =
                |name: &str, wanted: Option<&str>| wanted.map_or(!body[name].is_null(), |wanted| body[name] == *wanted);
            let is_of_csbs = is_given("instance_id", None) && !is_given("vault_id", None)
                || is_given("backup_id", None) && !is_given("whole_image_type", Some("CBR"));
            // A typed request carries every field, or there is none.
            let is_field = |at: &str| at.matches('/').count() == 2;
            let is_beyond = report.findings().iter().any(|finding| {
                let rule = finding.rule().id;
                rule.ends_with(".unknown-field") && is_field(finding.at())
                    || ["ims.whole-image.other-variant", "ims.cross-region-copy.enterprise-project"].contains(&rule)
            });
            assert_eq!(invariants::typed(&report).is_none(), is_beyond || is_of_csbs, "{}", vector.name);
        }
    }
}
