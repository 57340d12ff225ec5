//! What the fuzzers do with their bytes. The corpora in `fuzz/corpus` are replayed by the ordinary tests.

use crate::{forms, invariants};
use image_preflight::{Locale, check, explain, huawei, operations};
use serde_json::{Map, Value, json};

/// What a fuzzer does with its bytes.
pub type Attack = fn(&[u8]);

/// The fuzz targets, by the names of their corpora.
pub const TARGETS: [(&str, Attack); 4] = [("text", text), ("case", case), ("answers", answers), ("forms", forms)];

/// Arbitrary bytes through the text entry point.
pub fn text(bytes: &[u8]) {
    invariants::anything_gets_an_answer(bytes);
    invariants::reads_as_serde_json_does(bytes);
}

/// A case that is made of the bytes: each chooses a name or a value, mostly one that means something.
pub fn case(bytes: &[u8]) {
    let case = Choices(bytes).case();
    invariants::anything_gets_an_answer(case.to_string().as_bytes());
    invariants::order_and_space_do_not_matter(&case);
    let _ = invariants::fixes_fix(&case);
    invariants::the_verdict_alone_agrees(&case.to_string());
    invariants::entry_points_agree(&case);
    invariants::the_packed_case_agrees(&case);
    invariants::the_schema_agrees(&case);
    more_facts_do_not_turn_a_verdict(&case);
}

/// What came of a call, and the providers' objects: the first byte says with which status.
pub fn answers(bytes: &[u8]) {
    let Some((status, rest)) = bytes.split_first() else { return };
    let text = String::from_utf8_lossy(rest);
    let status = (*status > 0).then(|| u16::from(*status) * 4);
    for locale in Locale::all() {
        let refusal = serde_json::to_value(explain(status, &text).localized(locale)).expect("a refusal is JSON");
        assert!(refusal["meaning"].is_string(), "{refusal}");
    }
    let (_, findings) = huawei::ImageFacts::from_object(&text);
    assert!(findings.iter().all(|finding| !finding.message(Locale::CHINESE).is_empty()));
    if let Ok(value) = serde_json::from_str::<Value>(&text) {
        let facts = json!({"imageObject": value, "ecsObject": value, "backupObject": value, "quotaObject": value,
            "imageObjects": value});
        for operation in operations() {
            let case = json!({"operation": operation.id(), "facts": facts, "unknown": value, "strict": value});
            invariants::anything_gets_an_answer(case.to_string().as_bytes());
        }
    }
}

/// What people hold as requests: plans, command lines, HTTP. What is no UTF-8 is refused before it comes to a form.
pub fn forms(bytes: &[u8]) {
    forms::of_text(&String::from_utf8_lossy(bytes));
}

/// Taking a fact away never turns one determined verdict into the other, where nothing is presumed.
fn more_facts_do_not_turn_a_verdict(case: &Value) {
    let mut case = case.clone();
    case["strict"] = true.into();
    let text = case.to_string();
    let report = check(&text);
    let all = report.verdict().as_str();
    // What is wrong with a fact itself goes away with it.
    if report.findings().iter().any(|finding| finding.rule().id == "case.facts") {
        return;
    }
    let Some(facts) = case["facts"].as_object() else { return };
    for name in facts.keys() {
        let mut fewer = case.clone();
        fewer["facts"].as_object_mut().map(|facts| facts.remove(name));
        let fewer = check(&fewer.to_string()).verdict().as_str();
        assert!(fewer == all || fewer == "undetermined" || all == "undetermined", "{case} without {name}");
    }
}

/// Bytes that are used up by choosing.
struct Choices<'b>(&'b [u8]);

const TEXTS: [&str; 24] = [
    "",
    " ",
    "n",
    "copy-1",
    "测试 镜像",
    " a",
    "a ",
    "a<b",
    "a\nb",
    "..",
    "a/b",
    "~",
    "\u{202e}x",
    "🙂",
    "cn-south-1",
    "cn-north-4",
    "cn-north-9",
    "cn-east-2",
    "CBR",
    "0",
    "ee55ffd9-4d2b-4d31-bd2c-c0b0e0d2a7b1",
    "private",
    "active",
    "linux",
];

const NUMBERS: [i64; 12] =
    [0, 1, -1, 4, 5, 6, 512, 128 << 30, (128 << 30) + 1, 300 << 30, (300 << 30) + 1, 9_007_199_254_740_992];

impl Choices<'_> {
    fn next(&mut self) -> usize {
        let (first, rest) = self.0.split_first().unwrap_or((&0, &[]));
        self.0 = rest;
        usize::from(*first)
    }

    fn one_of<'t>(&mut self, list: &[&'t str]) -> &'t str {
        list.get(self.next() % list.len()).copied().unwrap_or_default()
    }

    fn case(&mut self) -> Value {
        let all: Vec<_> = operations().collect();
        let operation = all[self.next() % all.len()];
        let (mut path, mut body, mut facts) = (Map::new(), Map::new(), Map::new());
        for field in operation.path() {
            path.insert(field.name().to_owned(), self.value(0));
        }
        for field in operation.body() {
            if !self.next().is_multiple_of(3) {
                body.insert(field.name().to_owned(), self.value(0));
            }
        }
        for pointer in image_preflight::facts().map(image_preflight::Fact::pointer) {
            if !self.next().is_multiple_of(3) {
                continue;
            }
            let names: Vec<_> =
                pointer.split('/').skip(2).map(|name| if name == "*" { "img-1" } else { name }).collect();
            let (last, groups) = names.split_last().expect("a fact has a name");
            let group = groups.iter().fold(&mut facts, |object, name| {
                let inner = object.entry(*name).or_insert_with(|| json!({}));
                inner.as_object_mut().expect("it has just been made")
            });
            group.insert((*last).to_owned(), self.value(0));
        }
        let mut case = json!({"operation": operation.id(), "path": path, "body": body, "facts": facts});
        if self.next() % 4 == 1 {
            let name = self.one_of(&["operation", "body", "facts", "path", "edition", "bodi", "", "a/b~c"]).to_owned();
            case[name] = self.value(0);
        }
        if self.next() % 3 == 1 && case["facts"].is_object() {
            let (name, object) = self.object();
            case["facts"][name] = object;
        }
        if self.next() % 4 == 1 {
            let fields: Vec<_> = operation.path().iter().map(|field| format!("/path/{}", field.name())).collect();
            let body = operation.body().iter().map(|field| format!("/body/{}", field.name()));
            let fields: Vec<_> =
                fields.into_iter().chain(body).chain(["/body/x".to_owned(), "/body".to_owned()]).collect();
            let unknown: Vec<_> = (0..self.next() % 4).map(|_| fields[self.next() % fields.len()].clone()).collect();
            case["unknown"] = json!(unknown);
        }
        if self.next() % 4 == 1 {
            case["strict"] = self.next().is_multiple_of(2).into();
        }
        case
    }

    /// What a provider returned, in one of the forms that people hold; sometimes one of its members is something else.
    fn object(&mut self) -> (&'static str, Value) {
        let id = self.one_of(&TEXTS);
        let ims = json!({"id": id, "name": "n", "status": "active", "visibility": "shared", "owner": "n", "protected": false,
            "created_at": "t", "updated_at": "t", "min_disk": 40, "min_ram": 0, "size": 0, "disk_format": "zvhd2",
            "container_format": "bare", "tags": [], "file": "f", "self": "s", "schema": "s",
            "virtual_env_type": "FusionCompute", "__imagetype": "private", "__os_type": "Linux", "__isregistered": "true",
            "__image_source_type": "uds", "__image_size": "5"});
        let (name, mut object) = match self.next() % 11 {
            0 => ("imageObject", ims),
            1 => ("imageObject", json!({"images": [ims, {"id": "other", "__image_size": "1"}]})),
            2 => (
                "imageObject",
                json!({"id": id, "status": "active", "properties": {"__os_type": "Linux", "__image_size": "5"}}),
            ),
            3 => (
                "imageObject",
                json!({"id": id, "imagetype": "gold", "image_size": "5", "os_type": "Windows", "whole_image": true}),
            ),
            4 => (
                "imageObject",
                json!({"id": id, "image_type": "Ironic", "os": "EulerOS", "size_bytes": 5, "kms_key_id": ""}),
            ),
            5 => (
                "imageObject",
                json!({"volume_image_metadata": {"image_id": id, "__os_type": "Linux", "__image_size": "5"}}),
            ),
            6 => ("ecsObject", json!({"server": {"id": id, "status": "ACTIVE", "metadata": {"os_type": "Windows"}}})),
            7 => (
                "backupObject",
                json!({"backup": {"id": id, "status": "available", "extend_info": {"os_images_data": []}}}),
            ),
            8 => ("quotaObject", json!({"quotas": {"resources": [{"type": "image", "used": 4, "quota": 5}]}})),
            9 => (
                "imageObjects",
                json!({"result": {"images": [{"imageId": "img-1", "status": "ready", "systemDisk": {}, "dataDisks": []}]}}),
            ),
            _ => ("imageObjects", json!([{"imageId": id, "imageSource": "private", "progress": 5}])),
        };
        if self.next() % 3 == 1
            && let Some(members) = object.as_object_mut()
        {
            let keys: Vec<_> = members.keys().cloned().collect();
            if let Some(key) = keys.get(self.next() % keys.len().max(1)) {
                members.insert(key.clone(), self.value(0));
            }
        }
        (name, object)
    }

    fn value(&mut self, depth: u32) -> Value {
        match self.next() % 16 {
            0..=6 => self.one_of(&TEXTS).into(),
            7 => json!(["img-1"]),
            8 => self.next().is_multiple_of(2).into(),
            9 | 10 => NUMBERS[self.next() % NUMBERS.len()].into(),
            11 => Value::Null,
            12 => {
                let length = (self.next() * 8).min(self.0.len());
                let (text, rest) = self.0.split_at(length);
                self.0 = rest;
                String::from_utf8_lossy(text).into()
            }
            13 => json!({"key": self.one_of(&TEXTS), "value": self.one_of(&TEXTS)}),
            14 if depth < 3 => (0..self.next() % 4).map(|_| self.value(depth + 1)).collect(),
            15 if depth < 3 => {
                let names =
                    ["capBytes", "regionCapBytes", "concurrentCopies", "extends", "cn-north-4", "os", "encrypted", "x"];
                (0..self.next() % 4)
                    .map(|_| (self.one_of(&names).to_owned(), self.value(depth + 1)))
                    .collect::<Map<_, _>>()
                    .into()
            }
            _ => (self.next() as f64 / 4.0).into(),
        }
    }
}
