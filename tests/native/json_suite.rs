//! What must be read as JSON, what must be refused, and what RFC 8259 leaves open: the classes of the well-known parsing suites,
//! with files of our own. Each text stands by itself, as a member's value and as an element.

use image_preflight::check_bytes;

/// Must be read.
const ACCEPTED: [&[u8]; 58] = [
    b"null",
    b"true",
    b"false",
    b"0",
    b"-0",
    b"1",
    b"-1",
    b"123",
    b"1.5",
    b"-0.0",
    b"0e1",
    b"0e+1",
    b"0e-1",
    b"1E9",
    b"1E+9",
    b"1e-9",
    b"1.25e10",
    b"20e1",
    b"123e65",
    b"-123123123123123123123123123123",
    b"\"\"",
    b"\"a\"",
    b"\" \"",
    b"\"\\\"\"",
    b"\"\\\\\"",
    b"\"\\/\"",
    b"\"\\b\\f\\n\\r\\t\"",
    b"\"\\u0000\"",
    b"\"\\u0041\"",
    b"\"\\u00e9\"",
    b"\"\\uABCD\"",
    b"\"\\uabcd\"",
    b"\"\\ud834\\udd1e\"",
    b"\"\\uD834\\uDD1E\"",
    b"\"\\\\u0041\"",
    b"\"\\\\a\"",
    b"\"\\uffff\"",
    b"\"\\u2028\\u2029\"",
    "\"\u{2028}\"".as_bytes(),
    "\"\u{7f}\"".as_bytes(),
    "\"é\"".as_bytes(),
    "\"测试\"".as_bytes(),
    "\"🙂\"".as_bytes(),
    "\"\u{feff}\"".as_bytes(),
    "\"\u{10ffff}\"".as_bytes(),
    "\"\u{ffff}\"".as_bytes(),
    b"[]",
    b"[ ]",
    b"[[]]",
    b"[1,null,\"\",{}]",
    b"[1\n,\t2\r]",
    b"{}",
    b"{ }",
    b"{\"\":0}",
    b"{\"a\":{\"a\":[{}]}}",
    b" 1 ",
    b"\r\n\t [ ] \r\n",
    b"{\"a b\" : [ 1 , 2 ] , \"\\u0061\\n\" : 1}",
];

/// Must be refused.
const REFUSED: [&[u8]; 127] = [
    b"",
    b" ",
    b"nul",
    b"nulll",
    b"True",
    b"FALSE",
    b"NULL",
    b"undefined",
    b"NaN",
    b"-NaN",
    b"Infinity",
    b"-Infinity",
    b"inf",
    b"01",
    b"-01",
    b"00",
    b"-",
    b"+1",
    b"++1",
    b"1.",
    b".5",
    b"-.5",
    b"1.e1",
    b"1e",
    b"1e+",
    b"1E",
    b"1e1.5",
    b"0x1",
    b"1_000",
    b"1a",
    b"1 000",
    b"--1",
    b"1+2",
    b"0.e1",
    b"0.3e",
    b"0.3e+",
    b"1eE2",
    b"1.0e",
    b"-2.",
    b"-1.0.",
    b"2.e-3",
    "１".as_bytes(),
    b"'a'",
    b"a",
    b"\"",
    b"\"a",
    b"a\"",
    b"\"\\\"",
    b"\"\\",
    b"\"\\a\"",
    b"\"\\x41\"",
    b"\"\\0\"",
    b"\"\\'\"",
    b"\"\\U0041\"",
    b"\"\\u\"",
    b"\"\\u1\"",
    b"\"\\u12\"",
    b"\"\\u123\"",
    b"\"\\u123g\"",
    b"\"\\u+123\"",
    b"\"\\u 123\"",
    "\"\\u１２３４\"".as_bytes(),
    b"\"\\\t\"",
    "\"\\é\"".as_bytes(),
    b"\"\x00\"",
    b"\"\x01\"",
    b"\"\x1f\"",
    b"\"\t\"",
    b"\"\n\"",
    b"\"\r\"",
    b"\"\x08\"",
    b"[",
    b"]",
    b"[1",
    b"[1,",
    b"[,1]",
    b"[1,,2]",
    b"[,]",
    b"[1,]",
    b"[1 2]",
    b"[1:2]",
    b"[1}",
    b"{\"a\":1]",
    b"{\"a\":{}]",
    b"{\"a\":[1}]",
    b"[{\"a\":1]}",
    b"[[1}]",
    b"{]",
    b"[\"a\"",
    b"[\"a",
    b"[1]]",
    b"[[1]",
    b"[*]",
    b"[<null>]",
    b"{",
    b"}",
    b"{\"a\"",
    b"{\"a\":",
    b"{\"a\":1",
    b"{\"a\":1,",
    b"{\"a\":1,}",
    b"{,\"a\":1}",
    b"{\"a\":1,,\"b\":2}",
    b"{\"a\" 1}",
    b"{\"a\",1}",
    b"{\"a\"::1}",
    b"{a:1}",
    b"{'a':1}",
    b"{1:1}",
    b"{null:1}",
    b"{\"a\":1 \"b\":2}",
    b"{\"a\":1;\"b\":2}",
    b"{\"a\":1}}",
    b"{}{}",
    b"1 2",
    b"[] []",
    b"\"a\" \"b\"",
    b"{}#",
    b"/**/1",
    b"1//",
    b"{\"a\":/*c*/1}",
    "\u{a0}1".as_bytes(),
    "\u{2003}1".as_bytes(),
    b"\x0c1",
    b"\x0b1",
    b"\xef\xbb\xbf1",
    b"1\x00",
];

/// No UTF-8, and so no JSON.
const NOT_UTF8: [&[u8]; 22] = [
    b"\"\xff\"",
    b"\"\xfe\"",
    b"\"\x80\"",
    b"\"\xbf\"",
    b"\"\xc0\x80\"",
    b"\"\xc1\xbf\"",
    b"\"\xc3\"",
    b"\"\xc3\x28\"",
    b"\"\xe0\x80\x80\"",
    b"\"\xe2\x82\"",
    b"\"\xe2\x28\xa1\"",
    b"\"\xed\xa0\x80\"",
    b"\"\xed\xbf\xbf\"",
    b"\"\xf0\x80\x80\x80\"",
    b"\"\xf0\x28\x8c\x28\"",
    b"\"\xf4\x90\x80\x80\"",
    b"\"\xf8\x88\x80\x80\x80\"",
    b"\"\xfc\x84\x80\x80\x80\x80\"",
    b"\xff\xfe1\x00",
    b"\xfe\xff\x001",
    b"\xe9",
    b"\"a\xffb\"",
];

/// Left open by RFC 8259, and what is done here: whether it is read.
const OPEN: [(&[u8], bool); 18] = [
    // Numbers of any size are numbers; a field says what it takes.
    (b"1e400", true),
    (b"-1e400", true),
    (b"1e-400", true),
    (b"123123e100000", true),
    (b"0.4e00669999999999999999999999999999", true),
    (b"-1e+9999999999999999999999999999999", true),
    (b"1.5e+9999", true),
    (b"100000000000000000000", true),
    (b"9223372036854775808", true),
    (b"-9223372036854775809", true),
    // Half a surrogate pair is no character.
    (b"\"\\ud800\"", false),
    (b"\"\\udc00\"", false),
    (b"\"\\ud800\\ud800\"", false),
    (b"\"\\udc00\\ud800\"", false),
    (b"\"\\ud800a\"", false),
    (b"\"\\ud800\\u0061\"", false),
    (b"\"\\ud800\\n\"", false),
    // A byte-order mark is no white space.
    (b"\xef\xbb\xbf{}", false),
];

/// What is wrong with the text as such, by the name of the problem.
fn problem(text: &[u8]) -> Option<String> {
    let report = check_bytes(text);
    let finding = report.findings().iter().find(|finding| finding.rule().id == "case.syntax")?;
    let json = serde_json::to_value(finding.localized(image_preflight::Locale::ENGLISH)).expect("a finding is JSON");
    json["params"]["problem"].as_str().map(str::to_owned)
}

fn is_read(text: &[u8]) -> bool {
    problem(text).is_none_or(|problem| problem == "not-an-object")
}

/// The text by itself, as a member's value, as an element, and deep inside.
fn places(text: &[u8]) -> [Vec<u8>; 4] {
    [
        text.to_vec(),
        [b"{\"a\":", text, b"}"].concat(),
        [b"{\"body\" : [ 0, ", text, b" ] }"].concat(),
        [&b"{\"a\":[{\"b\":["[..], text, b",1],\"c\":2}]}"].concat(),
    ]
}

fn shown(text: &[u8]) -> String {
    String::from_utf8_lossy(text).into_owned()
}

#[test]
fn what_is_json_is_read_wherever_it_stands() {
    for text in ACCEPTED {
        for whole in places(text) {
            assert!(is_read(&whole), "{}: {:?}", shown(&whole), problem(&whole));
            assert!(serde_json::from_slice::<serde::de::IgnoredAny>(&whole).is_ok(), "{}", shown(&whole));
        }
    }
}

#[test]
fn what_is_no_json_is_refused_wherever_it_stands() {
    for text in REFUSED {
        for whole in places(text) {
            // What would close the container around it, or go on in it, is evaluated by itself only.
            let is_whole = whole == text;
            let is_refused = serde_json::from_slice::<serde::de::IgnoredAny>(&whole).is_err();
            assert!(is_refused || !is_whole, "{} is JSON", shown(&whole));
            assert_eq!(is_read(&whole), !is_refused, "{}", shown(&whole));
        }
    }
    for text in NOT_UTF8 {
        for whole in places(text) {
            assert_eq!(problem(&whole).as_deref(), Some("not-utf-8"), "{}", shown(&whole));
        }
    }
}

#[test]
fn what_is_left_open_is_decided_once() {
    for (text, read) in OPEN {
        let [_, member, ..] = places(text);
        assert_eq!(is_read(text), read, "{}", shown(text));
        assert_eq!(is_read(&member), read, "{}", shown(&member));
    }
}

#[test]
fn depth_has_one_limit_for_arrays_and_objects() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[{\"a\":", "}]")] {
        let each = open.matches(['[', '{']).count();
        for depth in [1, 2, 50, 126, 127, 128, 129, 1000, 100_000] {
            let times = depth / each;
            let text = format!("{}1{}", open.repeat(times), close.repeat(times));
            assert_eq!(is_read(text.as_bytes()), times * each <= 127, "{open} {depth}");
            // Never closed: how deep it is comes before that it ends.
            let expected = if times * each > 127 { "too-deep" } else { "end-of-text" };
            assert_eq!(problem(open.repeat(times).as_bytes()).as_deref(), Some(expected), "{open} {depth}");
        }
    }
}

#[test]
fn every_beginning_of_a_text_is_refused() {
    let text = r#"{"operation":"jd.copy-images","path":{"regionId":"cn-north-1"},"body":{"a":[1.5e3,true,null,"\ud834\udd1e"]}}"#;
    assert!(is_read(text.as_bytes()));
    for end in 0..text.len() {
        assert_eq!(problem(&text.as_bytes()[..end]).as_deref(), Some("end-of-text"), "{}", &text[..end]);
    }
}
