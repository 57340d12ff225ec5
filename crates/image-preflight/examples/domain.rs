//! A library's own domain types around typed requests: a copy that has been planned is stored, read back, and started when enough is
//! known. Nothing of it can hold a request that breaks the documents' rules of its fields.
//!
//! `cargo run --example domain`

use image_preflight::huawei::{CrossRegionCopy, Facts, ImageFacts};
use image_preflight::{ClearedRequest, Report, Request, Verdict};
use serde::{Deserialize, Serialize};

/// A copy that somebody asked for.
#[derive(Serialize, Deserialize)]
struct PlannedCopy {
    ticket: String,
    request: CrossRegionCopy,
    facts: Facts<'static>,
}

/// Why a copy is not started.
#[derive(Debug, thiserror::Error)]
enum NotStarted {
    #[error("{ticket}: the cloud would refuse it")]
    Refused { ticket: String, report: Box<Report<'static>> },
    #[error("{ticket}: still to be found out: {}", facts.join(", "))]
    Waiting { ticket: String, facts: Vec<String> },
}

impl PlannedCopy {
    fn start(&self) -> Result<ClearedRequest, NotStarted> {
        let ticket = self.ticket.clone();
        let facts = self.facts.clone().into();
        let report = Request::check(&self.request, &facts);
        match report.verdict() {
            Verdict::Undetermined => {
                let facts = report.missing().iter().map(|missing| missing.pointer()).collect();
                Err(NotStarted::Waiting { ticket, facts })
            }
            _ => report.clear().map_err(|_| NotStarted::Refused { ticket, report: Box::new(report.into_owned()) }),
        }
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let request = CrossRegionCopy::builder()
        .image_id("7ca2f6b1")
        .name("copy")
        .region("cn-east-3")
        .project_name("cn-east-3")
        .agency_name("ims_copy")
        .build()?;
    let mut copy = PlannedCopy { ticket: "OPS-1".to_owned(), request, facts: Facts::default() };

    let waiting = copy.start().expect_err("nothing is known of the image");
    println!("{waiting}");
    assert!(matches!(&waiting, NotStarted::Waiting { facts, .. } if facts[0] == "/facts/sourceRegion"));

    // What IMS says of the image, as it says it.
    let (image, findings) = ImageFacts::from_object(
        r#"{"id": "7ca2f6b1", "__imagetype": "private", "status": "active", "virtual_env_type": "FusionCompute",
            "__image_size": "3221225472", "__whole_image": "false", "__system__cmkid": "c3a1d7e2"}"#,
    );
    assert!(findings.iter().all(|finding| finding.severity() != image_preflight::Severity::Error));
    let image: ImageFacts<'static> = serde_json::from_value(serde_json::to_value(&image)?)?;
    copy.facts =
        Facts { source_region: Some("cn-north-4".into()), copies_in_flight: Some(0), image, ..Facts::default() };
    // It is stored, and read back by another process.
    let copy: PlannedCopy = serde_json::from_str(&serde_json::to_string(&copy)?)?;
    let refused = copy.start().expect_err("the image is encrypted");
    println!("{refused}");
    let NotStarted::Refused { report, .. } = &refused else { panic!("{refused}") };
    assert!(report.findings().iter().any(|finding| finding.rule().id == "ims.cross-region-copy.not-encrypted"));

    // A request that breaks a rule of its fields is not read back.
    let broken = serde_json::to_string(&copy)?.replace("\"name\":\"copy\"", "\"name\":\"a<b\"");
    let error = serde_json::from_str::<PlannedCopy>(&broken).err().map(|error| error.to_string()).unwrap_or_default();
    println!("{error}");
    assert!(error.contains("`name`"), "{error}");
    Ok(())
}

#[test]
fn it_runs() {
    main().expect("every assertion holds");
}
