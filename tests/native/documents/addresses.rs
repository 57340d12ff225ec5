//! Addresses: what a caller gives as an id stays one segment of the path, and comes back from it unchanged.

use image_preflight::{ClearError, Operation, check, operations};
use image_preflight_tests::editions::ROWS;
use proptest::prelude::*;
use serde_json::{Value, json};
use url::Url;

/// RFC 3986, 2.3: the characters that are never encoded. 66 of them, and no other byte stays as it is.
const UNRESERVED: &[u8; 66] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

/// The operations whose address has a parameter: operation, parameter, template.
fn parameters() -> Vec<(&'static Operation, &'static str)> {
    let of = |operation: &'static Operation| operation.path().iter().map(move |field| (operation, field.name()));
    operations().flat_map(of).collect()
}

fn body(operation: &str) -> Value {
    match operation {
        "ims.cross-region-copy" => {
            json!({"name": "n", "region": "cn-south-1", "project_name": "p", "agency_name": "a"})
        }
        "ims.in-region-copy" => json!({"name": "n"}),
        "jd.copy-images" => json!({"sourceImageIds": ["img-1"], "destinationRegion": "cn-east-2"}),
        other => panic!("{other} has a parameter in its address, and no body here"),
    }
}

/// Percent-decoding (RFC 3986, 2.1), which takes nothing that is malformed.
fn decoded(segment: &str) -> String {
    let mut bytes = segment.bytes();
    let mut decoded = Vec::new();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            decoded.push(byte);
            continue;
        }
        let mut digit = || {
            let digit = bytes.next().map(char::from).unwrap_or_else(|| panic!("{segment} ends within an escape"));
            digit.to_digit(16).unwrap_or_else(|| panic!("{segment} has an escape with {digit:?}"))
        };
        let (high, low) = (digit(), digit());
        decoded.push(u8::try_from(high * 16 + low).expect("two digits are a byte"));
    }
    String::from_utf8(decoded).unwrap_or_else(|error| panic!("{segment}: {error}"))
}

/// What the encoding of an id must be, byte by byte.
fn encoded(id: &str) -> String {
    let of = |byte: u8| if UNRESERVED.contains(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    id.bytes().map(of).collect()
}

/// Whether an id names nothing, or another place: there is no address for it.
fn has_no_address(id: &str) -> bool {
    id.trim().is_empty() || id == "." || id == ".."
}

/// The law, of one id in one address. Says whether there was an address.
fn holds(operation: &Operation, parameter: &str, edition: &str, template: &str, id: &str) -> bool {
    let case =
        json!({"operation": operation.id(), "path": {parameter: id}, "body": body(operation.id()), "edition": edition});
    let case = case.to_string();
    let report = check(&case);
    let rules: Vec<_> = report.findings().iter().map(|finding| finding.rule().id).collect();
    let cleared = report.clear_overriding(&rules);
    if has_no_address(id) {
        assert!(matches!(cleared, Err(ClearError::NoRequest { .. })), "{id:?}: {cleared:?}");
        return false;
    }
    let cleared = cleared.unwrap_or_else(|error| panic!("{id:?}: {error}"));
    let path = cleared.path();
    let (segments, wanted): (Vec<_>, Vec<_>) = (path.split('/').collect(), template.split('/').collect());
    assert_eq!(segments.len(), wanted.len(), "{id:?}: {path}");
    for (segment, wanted) in segments.iter().zip(&wanted) {
        if *wanted == format!("{{{parameter}}}") {
            assert_eq!(decoded(segment), id, "{path}");
            assert_eq!(*segment, encoded(id), "{path}");
        } else {
            assert_eq!(segment, wanted, "{path}");
        }
    }
    // WHATWG's parser folds `.` and `..`, in any spelling, and cuts at `?` and `#`.
    let url = Url::parse(&format!("https://ims.example.com{path}")).unwrap_or_else(|error| panic!("{path}: {error}"));
    assert_eq!(url.path(), path, "{id:?}");
    assert_eq!((url.query(), url.fragment(), url.host_str()), (None, None, Some("ims.example.com")), "{id:?}");
    assert_eq!(url.path_segments().expect("it has a path").count(), wanted.len() - 1, "{id:?}");
    true
}

/// The template of an operation under an edition, from the table of the documents.
fn template(operation: &str, edition: &image_preflight_tests::editions::Row) -> &'static str {
    match operation {
        "ims.cross-region-copy" => edition.across_path.value(),
        "ims.in-region-copy" => edition.within_path.value(),
        "jd.copy-images" => edition.jd_path.value(),
        other => panic!("{other} has no parameter in its address"),
    }
}

fn holds_everywhere(id: &str) {
    for edition in &ROWS {
        for (operation, parameter) in parameters() {
            holds(operation, parameter, edition.name, template(operation.id(), edition), id);
        }
    }
}

#[test]
fn every_address_with_a_parameter_is_tried() {
    let names: Vec<_> = parameters().iter().map(|(operation, name)| (operation.id(), *name)).collect();
    let expected =
        [("ims.cross-region-copy", "image_id"), ("ims.in-region-copy", "image_id"), ("jd.copy-images", "regionId")];
    assert_eq!(names, expected);
}

/// Every ASCII character alone, every pair of them, and each beside a letter.
#[test]
fn an_id_of_any_ascii_characters_is_one_segment() {
    let ascii = || (0..128_u8).map(char::from);
    let (mut with_address, mut without) = (0, 0);
    for (operation, parameter) in parameters() {
        let template = template(operation.id(), &ROWS[0]);
        let pairs = ascii().flat_map(|first| ascii().map(move |second| format!("{first}{second}")));
        let alone = ascii().flat_map(|c| [c.to_string(), format!("a{c}"), format!("{c}a"), format!("a{c}b")]);
        for id in pairs.chain(alone) {
            match holds(operation, parameter, "default", template, &id) {
                true => with_address += 1,
                false => without += 1,
            }
        }
    }
    // Blank (tab, line feed, vertical tab, form feed, return, space: 36 pairs and 6 alone), `.` and `..`.
    assert_eq!(without, parameters().len() * (36 + 6 + 2));
    assert_eq!(with_address + without, parameters().len() * (128 * 128 + 4 * 128));
}

#[test]
fn an_id_that_looks_like_another_address_is_one_segment() {
    for id in [
        "%2e%2e",
        "%2E%2E",
        ".%2e",
        "%2e.",
        "%2e",
        "%2F",
        "%2f..%2f",
        "%",
        "%%",
        "%zz",
        "%c0%ae",
        "../x",
        "x/../..",
        "a/b",
        "/",
        "//",
        "\\",
        "..\\..",
        ".",
        "..",
        "...",
        "a?b=c",
        "a#b",
        "a;b",
        "a:b",
        "@host",
        "//host/",
        "a b",
        " a",
        "a ",
        "+",
        "a+b",
        "~",
        "-._~",
        "\u{2e2e}",
        "．．",
        "／",
        "%EF%BC%8F",
        "镜像",
        "😀",
        "𠮷",
        "\u{10ffff}",
        "\u{feff}",
        "\u{202e}x",
        "e\u{301}",
        "\u{85}",
        "\u{2028}",
    ] {
        holds_everywhere(id);
    }
}

proptest! {
    #![proptest_config(image_preflight_tests::cases::config(1000))]

    #[test]
    fn an_id_of_any_characters_is_one_segment(id in any::<String>()) {
        holds_everywhere(&id);
    }

    #[test]
    fn an_id_of_escapes_and_dots_is_one_segment(
        id in prop::collection::vec(prop::sample::select(vec!["%", "2e", "2E", "2F", "5c", ".", "..", "/", "a", "镜", "😀", " "]), 1..8)
    ) {
        holds_everywhere(&id.concat());
    }
}
