//! Error codes: of every code that FACTS.md lists, the rules that would have caught it, and whether trying again helps; the statuses of
//! the documents' "Returned Values"; every row of JD Cloud's table. Typed from the documents.

use image_preflight::{Locale, Retry, Rule, error_codes, explain, operations, rules};
use serde_json::json;
use std::collections::BTreeSet;

use Retry::{AfterFix, Later, No};

const ACROSS_NAME: &[&str] = &["ims.cross-region-copy.name", "ims.in-region-copy.name", "ims.whole-image.name"];
const DESCRIPTION: &[&str] =
    &["ims.cross-region-copy.description", "ims.in-region-copy.description", "ims.whole-image.description"];
const TAGS: &[&str] = &["ims.whole-image.tags", "ims.whole-image.image_tags"];
const CBR_ONLY: &[&str] = &["ims.whole-image.whole_image_type", "ims.whole-image.backup_id"];
const BOTH_VAULTS: &[&str] = &["ims.whole-image.vault_id", "ims.cross-region-copy.vault_id"];
const IMAGE_ID: &[&str] = &["ims.cross-region-copy.image_id", "ims.in-region-copy.image_id"];
const ACTIVE: &[&str] = &["ims.cross-region-copy.image-active", "ims.in-region-copy.image-active"];
const ACTIVE_OR_EXPORTED: &[&str] =
    &["ims.cross-region-copy.image-active", "ims.in-region-copy.image-active", "image.export.image-active"];
const QUOTA: &[&str] =
    &["ims.cross-region-copy.image-quota", "ims.in-region-copy.image-quota", "ims.whole-image.image-quota"];
const CMK: &[&str] = &["ims.in-region-copy.cmk_id"];
const SERVER: &[&str] = &["ims.whole-image.instance_id"];
const BACKUP: &[&str] = &["ims.whole-image.backup_id"];
const AGENCY: &[&str] = &["ims.cross-region-copy.agency_name"];

/// FACTS.md, "IMS: error codes and the rule that would have caught them", row by row.
const IMS: &[(&str, &[&str], Retry)] = &[
    ("IMG.0142", &["ims.cross-region-copy.region-differs"], No),
    ("IMG.0143", &["ims.cross-region-copy.not-encrypted"], No),
    ("IMG.0146", &["ims.cross-region-copy.size-cap"], No),
    ("IMG.0149", &["ims.cross-region-copy.concurrent-limit"], Later),
    ("IMG.0060", &[], Later),
    ("IMG.0147", &["ims.cross-region-copy.region"], No),
    ("IMG.0145", &["ims.cross-region-copy.project_name", "ims.cross-region-copy.project-of-destination"], No),
    ("IMG.0104", &["ims.cross-region-copy.project_name"], No),
    ("IMG.0151", AGENCY, No),
    ("IMG.0179", AGENCY, No),
    (
        "IMG.0130",
        &["ims.in-region-copy.not-full-ecs", "image.export.not-full-ecs", "ims.cross-region-copy.full-ecs-refused"],
        No,
    ),
    ("IMG.0128", &["image.export.not-full-ecs"], No),
    ("IMG.0080", &["image.export.not-full-ecs"], No),
    ("IMG.0077", &["image.export.not-public"], No),
    ("IMG.0078", &["image.export.not-marketplace"], No),
    ("IMG.0089", &["image.share.private-image"], No),
    ("IMG.0098", &["image.share.not-encrypted"], No),
    ("IMG.0107", &["image.share.private-image"], No),
    ("IMG.0160", &["image.export.size-cap"], No),
    ("IMG.0135", &["image.share.not-from-shared-backup", "image.share.full-ecs-refused"], No),
    ("IMG.0167", &["ims.cross-region-copy.not-iso", "ims.in-region-copy.not-iso", "image.export.not-iso"], No),
    ("IMG.0152", &[], Later),
    ("IMG.0150", &[], No),
    ("IMG.0002", ACROSS_NAME, No),
    ("IMG.0003", ACROSS_NAME, No),
    ("IMG.0062", ACROSS_NAME, No),
    ("IMG.0013", ACROSS_NAME, No),
    ("IMG.0009", ACROSS_NAME, No),
    ("IMG.0004", DESCRIPTION, No),
    ("IMG.0054", DESCRIPTION, No),
    ("IMG.0115", TAGS, No),
    ("IMG.0116", TAGS, No),
    ("IMG.0134", &["ims.whole-image.backup-single-use"], No),
    ("IMG.0029", &["ims.whole-image.backup-single-use"], No),
    // "Backup state": of the backup, and of the server that is being backed up.
    ("IMG.0132", &["ims.whole-image.backup-available"], Later),
    ("IMG.0032", &["ims.whole-image.backup-available"], Later),
    ("IMG.0136", &["ims.whole-image.backup-available", "ims.whole-image.instance_id"], Later),
    ("IMG.0190", CBR_ONLY, No),
    ("IMG.0198", CBR_ONLY, No),
    ("IMG.0180", CBR_ONLY, No),
    // Vaults. Those of a server (how many, which) belong to the full-ECS image alone, replication to the copy alone.
    ("IMG.0182", BOTH_VAULTS, AfterFix),
    (
        "IMG.0184",
        &["ims.whole-image.vault_id", "ims.cross-region-copy.vault_id", "ims.cross-region-copy.vault-in-destination"],
        AfterFix,
    ),
    ("IMG.0185", &["ims.whole-image.vault_id"], AfterFix),
    ("IMG.0188", BOTH_VAULTS, AfterFix),
    ("IMG.0189", &["ims.cross-region-copy.vault_id"], AfterFix),
    ("IMG.0193", BOTH_VAULTS, AfterFix),
    ("IMG.0183", &["ims.whole-image.vault_id"], AfterFix),
    // "By state": the server can be stopped or started; it is busy for a while; its disk stays of its kind.
    ("IMG.0126", &["ims.whole-image.ecs-state"], AfterFix),
    ("IMG.0010", SERVER, Later),
    ("IMG.0153", &["ims.whole-image.no-dss-disk"], No),
    ("IMG.0005", SERVER, No),
    ("IMG.0012", SERVER, No),
    ("IMG.0019", BACKUP, No),
    ("IMG.0020", BACKUP, No),
    // "By state": missing, id wrong; unavailable; in a state that passes; being exported.
    ("IMG.0027", IMAGE_ID, No),
    ("IMG.0144", IMAGE_ID, No),
    ("IMG.0066", IMAGE_ID, No),
    ("IMG.0046", ACTIVE_OR_EXPORTED, Later),
    ("IMG.0148", ACTIVE, Later),
    // "By kind": a key can be enabled or permitted; one that does not exist or is the image's own must be replaced; the source's that is gone, and a bare-metal image, cannot be changed.
    ("IMG.0095", CMK, No),
    ("IMG.0096", CMK, No),
    ("IMG.0097", CMK, AfterFix),
    ("IMG.0099", CMK, AfterFix),
    ("IMG.0100", CMK, AfterFix),
    ("IMG.0101", CMK, No),
    ("IMG.0102", CMK, AfterFix),
    ("IMG.0103", CMK, AfterFix),
    ("IMG.0187", CMK, Later),
    ("IMG.0118", &["ims.in-region-copy.bare-metal-not-encrypted"], No),
    ("IMG.0155", &["ims.in-region-copy.enterprise_project_id", "ims.whole-image.enterprise_project_id"], No),
    ("IMG.0015", QUOTA, AfterFix),
    ("IMG.0196", &["ims.in-region-copy.shared-accepted"], No),
    ("IMG.0197", &["ims.in-region-copy.shared-not-encrypted"], No),
    ("IMG.0001", &["case.syntax", "case.body"], No),
    ("IMG.0007", &["case.body"], No),
];

/// Where the product is finer than the table's "no": what is to be fixed is not in the request, which may then be sent as it is.
const FINER: [(&str, Retry); 3] = [("IMG.0151", AfterFix), ("IMG.0179", AfterFix), ("IMG.0196", AfterFix)];

#[test]
fn every_code_of_ims_has_the_rules_and_the_retry_of_the_documents() {
    assert_eq!(IMS.len(), 75);
    for (code, rules, retry) in IMS {
        let retry = FINER.iter().find(|(finer, _)| finer == code).map_or(*retry, |(_, finer)| *finer);
        // By itself, in a body, and in a failed job.
        for answer in [
            (*code).to_owned(),
            json!({"error": {"code": code, "message": "m"}}).to_string(),
            json!({"status": "FAIL", "error_code": code, "fail_reason": "m", "entities": {}}).to_string(),
        ] {
            for status in [None, Some(400)] {
                let refusal = explain(status, &answer);
                assert!(refusal.is_known(), "{answer}");
                assert_eq!(refusal.rules().map(|rule| rule.id).collect::<Vec<_>>(), *rules, "{answer}");
                assert_eq!(
                    (refusal.retry(), refusal.code(), refusal.status()),
                    (Some(retry), Some(*code), Some(400)),
                    "{answer}"
                );
            }
        }
    }
    let codes: BTreeSet<_> = IMS.iter().map(|(code, ..)| *code).collect();
    assert_eq!(codes.len(), IMS.len());
    assert!(FINER.iter().all(|(code, _)| codes.contains(code)));
}

/// The whole table of [Z22]: IMG.0001 to IMG.0198 without a gap, and IMG.0212; and the five that [OTC26] has besides.
fn all_codes() -> BTreeSet<String> {
    let numbers = (1..=198).chain([212, 238, 239, 241, 242, 1075]);
    numbers.map(|number| format!("IMG.{number:04}")).collect()
}

/// The codes in what a rule says of itself.
fn codes_of(rule: &Rule) -> BTreeSet<&'static str> {
    let mut texts = vec![rule.holds, rule.why, rule.violated, rule.fix];
    texts.extend(rule.disputed);
    texts
        .into_iter()
        .flat_map(|message| [message.en, message.zh])
        .flat_map(|text| text.match_indices("IMG.").filter_map(|(at, _)| text.get(at..at + "IMG.0000".len())))
        .collect()
}

/// A rule names a code as what its violation is answered with; the table of codes must say the same.
#[test]
fn a_rule_names_only_codes_whose_row_names_the_rule() {
    let mut named = 0;
    for rule in rules() {
        for code in codes_of(rule) {
            let row = error_codes().find(|error| error.code == code).expect(code);
            assert!(row.rules.contains(&rule.id), "{} names {code}, whose row names {:?}", rule.id, row.rules);
            named += 1;
        }
    }
    assert!(named > 50, "only {named} were found");
}

/// The gateway's table.
const GATEWAY: [&str; 35] = [
    "0101", "0103", "0104", "0105", "0106", "0201", "0301", "0302", "0303", "0304", "0305", "0306", "0307", "0308",
    "0310", "0311", "0401", "0402", "0404", "0501", "0502", "0601", "0602", "0605", "0606", "0607", "0608", "0609",
    "0610", "0611", "0612", "0613", "0705", "0801", "0802",
];

#[test]
fn the_whole_table_is_known_each_code_once_in_both_languages() {
    let listed = || error_codes().filter(|error| error.code.starts_with("IMG."));
    let codes: BTreeSet<_> = listed().map(|error| error.code.to_owned()).collect();
    assert_eq!((codes.len(), listed().count()), (204, 204));
    assert_eq!(codes, all_codes());
    let gateway: BTreeSet<_> = error_codes().filter_map(|error| error.code.strip_prefix("APIGW.")).collect();
    assert_eq!(gateway, BTreeSet::from(GATEWAY));
    for (code, status, retry) in [
        ("0101", 404, No),
        ("0301", 401, AfterFix),
        ("0302", 403, AfterFix),
        ("0303", 401, AfterFix),
        ("0305", 401, AfterFix),
        ("0307", 401, AfterFix),
        ("0308", 429, Later),
        ("0601", 500, Later),
        ("0613", 503, Later),
    ] {
        let code = format!("APIGW.{code}");
        let found = explain(None, &code);
        assert_eq!((found.status(), found.retry()), (Some(status), Some(retry)), "{code}");
    }
    for error in error_codes() {
        let [english, chinese] = [error.meaning.text(Locale::ENGLISH), error.meaning.text(Locale::CHINESE)];
        assert!(english.ends_with('.') && english.is_ascii(), "{}: {english}", error.code);
        assert!(
            chinese.ends_with('。') && !chinese.contains(['.', ',', ':', ';', '(', ')']),
            "{}: {chinese}",
            error.code
        );
        assert!(
            chinese.chars().any(|character| ('\u{4e00}'..'\u{9fff}').contains(&character)),
            "{}: {chinese}",
            error.code
        );
        for id in error.rules {
            assert!(image_preflight::rule(id).is_some(), "{} names {id}", error.code);
        }
        let refusal = explain(None, error.code);
        assert!(refusal.is_known() && refusal.retry().is_some(), "{}", error.code);
    }
    // What one code means, no other does by the same words, but for those that are one thing under two numbers.
    let mut meanings: Vec<_> = listed().map(|error| error.meaning.text(Locale::ENGLISH)).collect();
    meanings.sort_unstable();
    meanings.dedup();
    assert_eq!(meanings.len(), 204);
}

/// Codes of other operations say which: a few of each kind, typed from the documents.
#[test]
fn a_code_names_the_operations_that_it_belongs_to() {
    for (code, operation) in [
        ("IMG.0073", "ExportImage"),
        ("IMG.0057", "CreateImage"),
        ("IMG.0076", "BatchAddMembers"),
        ("IMG.0049", "KooGallery"),
        ("IMG.0090", "GlanceDeleteImage"),
        ("IMG.0169", "UpdateImage"),
        ("IMG.0158", "ImportImageQuick"),
        ("IMG.0126", "ims.whole-image"),
        ("IMG.0142", "ims.cross-region-copy"),
        ("IMG.0197", "ims.in-region-copy"),
    ] {
        assert!(explain(None, code).operations().contains(&operation), "{code}");
    }
    for operation in operations().filter(|operation| operation.id().starts_with("ims.")) {
        let listed: Vec<_> = operation.refusals().filter(|refusal| !refusal.code.is_empty()).collect();
        // Those of its own rules are among them, and none of another operation alone; the gateway's are not.
        for (code, rules, _) in IMS {
            if rules.iter().any(|id| id.starts_with(&format!("{}.", operation.id()))) {
                assert!(listed.iter().any(|refusal| refusal.code == *code), "{} lacks {code}", operation.id());
            }
        }
        for refusal in &listed {
            let belongs = refusal.operations.is_empty() || refusal.operations.contains(&operation.id());
            assert!(belongs && refusal.code.starts_with("IMG."), "{} lists {}", operation.id(), refusal.code);
        }
        let codes: BTreeSet<_> = listed.iter().map(|refusal| refusal.code).collect();
        assert_eq!(listed.len(), codes.len(), "{} lists a code twice", operation.id());
        assert!(!codes.contains("IMG.0073") && !codes.contains("IMG.0049"), "{}", operation.id());
        let statuses: Vec<_> =
            operation.refusals().filter(|refusal| refusal.code.is_empty()).map(|refusal| refusal.status).collect();
        assert_eq!(statuses, [400, 401, 403, 404, 500, 503], "{}", operation.id());
    }
}

/// 000 and 001, "Returned Values": the statuses, whatever comes with them.
#[test]
fn every_status_of_the_documents_is_understood() {
    for (status, retry) in [
        (400, No),
        (401, AfterFix),
        (403, AfterFix),
        (404, No),
        (409, Later),
        (429, Later),
        (500, Later),
        (502, Later),
        (503, Later),
        (504, Later),
    ] {
        for answer in ["", "<html>", "{}", r#"{"message":"m"}"#] {
            let refusal = explain(Some(status), answer);
            assert_eq!(
                (refusal.is_known(), refusal.retry(), refusal.rules().count()),
                (true, Some(retry), 0),
                "{status}"
            );
        }
    }
    for status in [200, 301, 402, 405, 418] {
        assert!(!explain(Some(status), "").is_known(), "{status}");
    }
}

/// 003, "返回码": status, code, message, and what would have caught it.
const JD: [(u16, &str, &str, &[&str], Retry); 12] = [
    (
        400,
        "INVALID_ARGUMENT",
        "Invalid region 'xx'",
        &["jd.copy-images.regionId", "jd.copy-images.destinationRegion", "jd.copy-images.region-differs"],
        No,
    ),
    (400, "FAILED_PRECONDITION", "Only support cloudDisk image", &["jd.copy-images.cloud-disk-system-image"], No),
    (400, "FAILED_PRECONDITION", "Invalid image status 'xx'", &["jd.copy-images.ready"], Later),
    (400, "FAILED_PRECONDITION", "Can't use this image", &["jd.copy-images.private-image"], No),
    (400, "FAILED_PRECONDITION", "Conflict with underlay image task 'xx'", &["jd.copy-images.not-busy"], Later),
    (400, "FAILED_PRECONDITION", "The image 'xx' is busy", &["jd.copy-images.not-busy"], Later),
    (
        400,
        "FAILED_PRECONDITION",
        "Copy encrypted snapshot 'xx' is not support.",
        &["jd.copy-images.no-encrypted-snapshot"],
        No,
    ),
    (429, "QUOTA_EXCEEDED", "Image quota limit exceeded", &["jd.copy-images.image-quota"], AfterFix),
    (429, "QUOTA_EXCEEDED", "Snapshot quota limit exceeded", &["jd.copy-images.snapshot-quota"], AfterFix),
    (404, "NOT_FOUND", "Image 'xx' not found", &["jd.copy-images.sourceImageIds"], No),
    (500, "INTERNAL", "Internal server error", &[], Later),
    (500, "UNKNOWN", "Unknown server error", &[], Later),
];

fn jd_answer(status: u16, code: &str, message: &str) -> String {
    json!({"requestId": "r-1", "error": {"code": status, "status": code, "message": message}}).to_string()
}

#[test]
fn every_row_of_jd_clouds_table_is_understood_by_its_message() {
    let operation = image_preflight::operation("jd.copy-images").expect("there is one");
    let listed: Vec<_> =
        operation.refusals().map(|row| (row.status, row.code, row.message, row.rules, row.retry)).collect();
    assert_eq!(listed, JD);
    let mut meanings = BTreeSet::new();
    for (status, code, message, rules, retry) in JD {
        for named in ["img-m5s0****29", "xx", "a 'b' c", "镜像", ""] {
            let message = message.replace("xx", named);
            // As it stands, with other quotes, and without its full stop.
            for message in [message.clone(), message.replace('\'', "\""), message.trim_end_matches('.').to_owned()] {
                let answer = jd_answer(status, code, &message);
                let refusal = explain(None, &answer);
                assert_eq!(refusal.rules().map(|rule| rule.id).collect::<Vec<_>>(), rules, "{answer}");
                assert_eq!(
                    (refusal.retry(), refusal.status(), refusal.code()),
                    (Some(retry), Some(status), Some(code)),
                    "{answer}"
                );
                assert_eq!(
                    (refusal.message(), refusal.request_id()),
                    (Some(message.as_str()), Some("r-1")),
                    "{answer}"
                );
                meanings.insert(refusal.meaning(Locale::ENGLISH));
            }
        }
    }
    assert_eq!(meanings.len(), JD.len(), "each row has a meaning of its own");
}

/// A code that the table lists more than once has a row's meaning and rules by its whole message only: not by how it begins, nor by
/// how it ends. For any other message it has the meaning of the code, and no rule.
#[test]
fn a_message_that_is_nearly_a_documented_one_has_no_rule() {
    let mut compared = 0;
    for (status, code, template, ..) in JD {
        if JD.iter().filter(|(_, other, ..)| *other == code).count() == 1 {
            // The code decides by itself; but where it has a meaning for any other message, the rules are not those of such a one.
            let answer = jd_answer(status, code, "anything");
            let refusal = explain(None, &answer);
            assert!(refusal.is_known(), "{code}");
            let is_of_others = error_codes().any(|row| row.code == code && row.message.is_empty());
            assert_eq!(is_of_others, code == "INVALID_ARGUMENT", "{code}");
            assert!(!is_of_others || refusal.rules().next().is_none(), "{code}");
            continue;
        }
        let whole = template.trim_end_matches('.').replace("xx", "img-1");
        let (before, after) = template.trim_end_matches('.').split_once("xx").unwrap_or((template, ""));
        let mut near = vec![
            format!("{whole} now"),
            format!("{whole}, or so"),
            format!("Then: {whole}"),
            whole[..whole.len() - 1].to_owned(),
            whole[1..].to_owned(),
            format!("{before}img-1"),
            before.to_owned(),
            String::new(),
        ];
        if !after.is_empty() {
            // What stands behind the name counts.
            near.extend([
                format!("{before}img-1' is ready"),
                format!("img-1{after}"),
                format!("{before}img-1{after} again"),
            ]);
            // The name may not be shared by what stands before and behind it.
            near.push(format!("{before}{}", &after[1..]));
        }
        near.retain(|message| message != template);
        for message in near {
            let answer = jd_answer(status, code, &message);
            let refusal = explain(None, &answer);
            let general = explain(None, code);
            assert_eq!(refusal.meaning(Locale::ENGLISH), general.meaning(Locale::ENGLISH), "{answer}");
            let has_message = !message.trim().is_empty();
            assert_eq!(refusal.rules().count() == 0, has_message, "{answer}");
            assert_eq!((refusal.raw(), refusal.retry()), (answer.as_str(), general.retry()));
            compared += 1;
        }
    }
    // Eight rows share a code. Half of them name something: four more each; the other half begin with the whole: one fewer.
    assert_eq!(compared, 8 * 8 + 4 * 4 - 4);
}
