//! The workload: cases of the five requests in realistic shares, the same ones for the same seed.

use serde_json::{Map, Value, json};

/// The number of cases.
pub const COUNT: usize = 10_000;
const SEED: u64 = 0x1ba9_e0f1;

/// A case and its expected result.
#[derive(Clone, Debug)]
pub struct Sample {
    /// Which of the five requests it is, as an index for dispatch.
    pub request: Request,
    /// The case, its members in the documented order.
    pub case: Value,
    /// The injected violation, if any; every other case is allowed.
    pub violation: Option<&'static str>,
}

/// The five requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Request {
    /// `ims.cross-region-copy`.
    CrossRegionCopy,
    /// `ims.in-region-copy`.
    InRegionCopy,
    /// `ims.whole-image`, from a server.
    WholeImageFromEcs,
    /// `ims.whole-image`, from a backup.
    WholeImageFromBackup,
    /// `jd.copy-images`.
    CopyImages,
}

/// The layouts of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// No white space, keys in the documented order.
    Compact,
    /// As Python's `json.dumps` writes it: a space after commas and colons, `\u` escapes.
    Python,
    /// No white space, keys in any order.
    Shuffled,
}

impl Layout {
    /// Every layout.
    pub const ALL: [Layout; 3] = [Layout::Compact, Layout::Python, Layout::Shuffled];
}

/// The workload, in a layout.
#[must_use]
pub fn texts(samples: &[Sample], layout: Layout) -> Vec<String> {
    let mut random = Random(SEED ^ 1);
    samples.iter().map(|sample| written(&sample.case, layout, &mut random)).collect()
}

/// Every case of the workload.
pub fn samples() -> impl Iterator<Item = Sample> {
    let mut random = Random(SEED);
    (0..COUNT).map(move |_| sample(&mut random))
}

/// SplitMix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap_or_default() % limit
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    fn hex(&mut self, digits: usize) -> String {
        (0..digits).map(|_| char::from(b"0123456789abcdef"[self.below(16)])).collect()
    }

    fn uuid(&mut self) -> String {
        [8, 4, 4, 4, 12].map(|digits| self.hex(digits)).join("-")
    }

    fn name(&mut self) -> String {
        let stem =
            self.pick(&["web-server", "db_backup", "生产环境-应用", "测试镜像 v2", "nightly.build", "golden-image"]);
        format!("{stem}-{}", self.hex(6))
    }

    fn description(&mut self) -> &'static str {
        self.pick(&[
            "Copied for the new region",
            "每周备份，保留四份",
            "approved by ops, see ticket 4711",
            "用于灾备演练的镜像",
            "baseline (hardened)",
        ])
    }
}

fn sample(random: &mut Random) -> Sample {
    let request = match random.below(100) {
        0..35 => Request::CrossRegionCopy,
        35..55 => Request::InRegionCopy,
        55..70 => Request::WholeImageFromEcs,
        70..80 => Request::WholeImageFromBackup,
        _ => Request::CopyImages,
    };
    let mut case = match request {
        Request::CrossRegionCopy => cross_region_copy(random),
        Request::InRegionCopy => in_region_copy(random),
        Request::WholeImageFromEcs => whole_image_from_ecs(random),
        Request::WholeImageFromBackup => whole_image_from_backup(random),
        Request::CopyImages => copy_images(random),
    };
    let mut violation = None;
    if !random.chance(80) {
        let of = violations(request);
        let (name, put_in) = of[random.below(of.len())];
        put_in(&mut case);
        violation = Some(name);
    }
    Sample { request, case, violation }
}

const LARGE: [&str; 4] = ["cn-south-1", "cn-east-3", "cn-east-2", "cn-north-4"];

fn image(random: &mut Random) -> Value {
    let bytes = (1 + random.below(100) as u64) << 30;
    json!({
        "fullEcs": false, "iso": false, "encrypted": false, "sizeBytes": bytes, "visibility": "private", "status": "active",
        "os": "linux"
    })
}

fn cross_region_copy(random: &mut Random) -> Value {
    let mut body = Map::from_iter([("name".to_owned(), json!(random.name()))]);
    if random.chance(60) {
        body.insert("description".to_owned(), json!(random.description()));
    }
    let region = random.pick(&["ap-southeast-1", "af-south-1", "cn-southwest-2"]);
    body.insert("region".to_owned(), json!(region));
    body.insert("project_name".to_owned(), json!(region));
    body.insert("agency_name".to_owned(), json!("ims_admin_agency"));
    json!({
        "operation": "ims.cross-region-copy",
        "path": {"image_id": random.uuid()},
        "body": body,
        "facts": {"sourceRegion": random.pick(&LARGE), "image": image(random), "copiesInFlight": random.below(5),
            "destinationQuota": {"images": 10}}
    })
}

fn in_region_copy(random: &mut Random) -> Value {
    let mut body = Map::from_iter([("name".to_owned(), json!(random.name()))]);
    body.insert("description".to_owned(), json!(random.description()));
    if random.chance(50) {
        body.insert("cmk_id".to_owned(), json!(random.uuid()));
    }
    let mut image = image(random);
    image["bareMetal"] = json!(false);
    let project = if random.chance(50) { "0".to_owned() } else { random.uuid() };
    body.insert("enterprise_project_id".to_owned(), json!(project));
    json!({
        "operation": "ims.in-region-copy",
        "path": {"image_id": random.uuid()},
        "body": body,
        "facts": {"image": image, "destinationQuota": {"images": 10}}
    })
}

fn whole_image_from_ecs(random: &mut Random) -> Value {
    let mut body = Map::from_iter([("name".to_owned(), json!(random.name()))]);
    body.insert("description".to_owned(), json!(random.description()));
    body.insert("image_tags".to_owned(), json!([{"key": "team", "value": random.pick(&["web", "数据库"])}]));
    body.insert("instance_id".to_owned(), json!(random.uuid()));
    body.insert("vault_id".to_owned(), json!(random.uuid()));
    json!({
        "operation": "ims.whole-image",
        "body": body,
        "facts": {
            "ecs": {"os": "linux", "state": "running", "configured": true, "multiDiskVolume": false, "dssDisk": false},
            "destinationQuota": {"images": 10}
        }
    })
}

fn whole_image_from_backup(random: &mut Random) -> Value {
    let mut body = Map::from_iter([("name".to_owned(), json!(random.name()))]);
    body.insert("description".to_owned(), json!(random.description()));
    body.insert("tags".to_owned(), json!(["team.web", format!("ticket.{}", random.hex(4))]));
    body.insert("backup_id".to_owned(), json!(random.uuid()));
    body.insert("whole_image_type".to_owned(), json!("CBR"));
    body.insert("min_ram".to_owned(), json!(1024));
    body.insert("max_ram".to_owned(), json!(1024 * (1 + random.below(64))));
    json!({
        "operation": "ims.whole-image",
        "body": body,
        "facts": {
            "ecs": {"os": "linux", "state": "running"},
            "backup": {"used": false, "shared": false, "configured": true, "status": "available"},
            "destinationQuota": {"images": 10}
        }
    })
}

fn copy_images(random: &mut Random) -> Value {
    let ids: Vec<_> = (0..=random.below(2)).map(|_| format!("img-{}", random.hex(10))).collect();
    let known = json!({
        "visibility": "private", "rootDevice": "cloudDisk", "status": "ready", "snapshotEncrypted": false, "busy": false,
        "snapshots": 1
    });
    let images: Map<_, _> = ids.iter().map(|id| (id.clone(), known.clone())).collect();
    let mut body = Map::from_iter([("sourceImageIds".to_owned(), json!(ids))]);
    body.insert("destinationRegion".to_owned(), json!(random.pick(&["cn-east-2", "cn-south-1"])));
    if random.chance(50) {
        body.insert("name".to_owned(), json!(format!("副本-{}", random.hex(6))));
    }
    json!({
        "operation": "jd.copy-images",
        "path": {"regionId": "cn-north-1"},
        "body": body,
        "facts": {"images": images, "destinationQuota": {"images": 10, "snapshots": 20}}
    })
}

type PutIn = fn(&mut Value);

/// The violations of a request.
fn violations(request: Request) -> &'static [(&'static str, PutIn)] {
    const NAMES: [(&str, PutIn); 4] = [
        ("name-too-long", |case| case["body"]["name"] = "很长的名称".repeat(30).into()),
        ("name-character", |case| case["body"]["name"] = "a/b".into()),
        ("name-outer-space", |case| case["body"]["name"] = " web".into()),
        ("description-line-break", |case| case["body"]["description"] = "line 1\nline 2".into()),
    ];
    const CROSS: [(&str, PutIn); 16] = [
        NAMES[0],
        NAMES[1],
        NAMES[2],
        NAMES[3],
        ("description-too-long", |case| case["body"]["description"] = "x".repeat(1025).into()),
        ("region-missing", |case| remove(case, "region")),
        ("project-missing", |case| remove(case, "project_name")),
        ("agency-blank", |case| case["body"]["agency_name"] = "  ".into()),
        ("same-region", |case| case["body"]["region"] = case["facts"]["sourceRegion"].clone()),
        ("encrypted", |case| case["facts"]["image"]["encrypted"] = true.into()),
        ("too-large", |case| case["facts"]["image"]["sizeBytes"] = 322_122_547_201_u64.into()),
        ("iso", |case| case["facts"]["image"]["iso"] = true.into()),
        ("public", |case| case["facts"]["image"]["visibility"] = "public".into()),
        ("not-active", |case| case["facts"]["image"]["status"] = "saving".into()),
        ("too-many-copies", |case| case["facts"]["copiesInFlight"] = 5.into()),
        ("no-vault", |case| case["facts"]["image"]["fullEcs"] = true.into()),
    ];
    const IN_REGION: [(&str, PutIn); 7] = [
        NAMES[0],
        NAMES[1],
        NAMES[2],
        NAMES[3],
        ("full-ecs", |case| case["facts"]["image"]["fullEcs"] = true.into()),
        ("windows", |case| case["facts"]["image"]["os"] = "windows".into()),
        ("project-id", |case| case["body"]["enterprise_project_id"] = "mine".into()),
    ];
    const FROM_ECS: [(&str, PutIn); 7] = [
        NAMES[0],
        NAMES[1],
        NAMES[2],
        NAMES[3],
        ("both-sources", |case| case["body"]["backup_id"] = "9b27efab".into()),
        ("vault-missing", |case| remove(case, "vault_id")),
        ("tag-key", |case| case["body"]["image_tags"][0]["key"] = "a.b".into()),
    ];
    const FROM_BACKUP: [(&str, PutIn); 6] = [
        NAMES[1],
        NAMES[3],
        ("backup-used", |case| case["facts"]["backup"]["used"] = true.into()),
        ("type", |case| case["body"]["whole_image_type"] = "CSBS".into()),
        ("memory", |case| case["body"]["min_ram"] = (-1).into()),
        ("tags", |case| case["body"]["tags"] = json!(["team.web", "team.db"])),
    ];
    const JD: [(&str, PutIn); 8] = [
        ("jd-same-region", |case| case["body"]["destinationRegion"] = "cn-north-1".into()),
        ("jd-blank-id", |case| case["body"]["sourceImageIds"][0] = "".into()),
        ("jd-too-many", |case| {
            let ids: Vec<_> = (0..11).map(|index| format!("img-{index}")).collect();
            let known = first_image(case).clone();
            case["facts"]["images"] = ids.iter().map(|id| (id.clone(), known.clone())).collect::<Map<_, _>>().into();
            case["body"]["sourceImageIds"] = json!(ids);
        }),
        ("jd-busy", |case| first_image(case)["busy"] = true.into()),
        ("jd-encrypted", |case| first_image(case)["snapshotEncrypted"] = true.into()),
        ("jd-local-disk", |case| first_image(case)["rootDevice"] = "localDisk".into()),
        ("jd-not-ready", |case| first_image(case)["status"] = "pending".into()),
        ("jd-quota", |case| case["facts"]["destinationQuota"]["images"] = 0.into()),
    ];
    match request {
        Request::CrossRegionCopy => &CROSS,
        Request::InRegionCopy => &IN_REGION,
        Request::WholeImageFromEcs => &FROM_ECS,
        Request::WholeImageFromBackup => &FROM_BACKUP,
        Request::CopyImages => &JD,
    }
}

fn remove(case: &mut Value, name: &str) {
    if let Some(body) = case["body"].as_object_mut() {
        body.shift_remove(name);
    }
}

fn first_image(case: &mut Value) -> &mut Value {
    let images = case["facts"]["images"].as_object_mut().expect("there are images");
    images.values_mut().next().expect("there is one")
}

fn written(value: &Value, layout: Layout, random: &mut Random) -> String {
    let mut out = String::new();
    write(value, layout, random, &mut out);
    out
}

fn write(value: &Value, layout: Layout, random: &mut Random, out: &mut String) {
    let (comma, colon) = if layout == Layout::Python { (", ", ": ") } else { (",", ":") };
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            if layout == Layout::Shuffled {
                for last in (1..members.len()).rev() {
                    members.swap(last, random.below(last + 1));
                }
            }
            out.push('{');
            for (index, (name, value)) in members.into_iter().enumerate() {
                out.push_str(if index == 0 { "" } else { comma });
                out.push_str(&format!("\"{name}\"{colon}"));
                write(value, layout, random, out);
            }
            out.push('}');
        }
        Value::Array(list) => {
            out.push('[');
            for (index, value) in list.iter().enumerate() {
                out.push_str(if index == 0 { "" } else { comma });
                write(value, layout, random, out);
            }
            out.push(']');
        }
        Value::String(text) if layout == Layout::Python => {
            for c in value.to_string().chars() {
                let mut units = [0; 2];
                match c {
                    c if c.is_ascii() => out.push(c),
                    c => c.encode_utf16(&mut units).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}"))),
                }
            }
            debug_assert!(!text.contains('\u{7f}'));
        }
        other => out.push_str(&other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::samples;
    use image_preflight::{Verdict, check};

    #[test]
    fn a_case_with_a_violation_is_denied_and_every_other_one_allowed() {
        for sample in samples() {
            let wanted = if sample.violation.is_none() { Verdict::Allowed } else { Verdict::Denied };
            assert_eq!(check(&sample.case.to_string()).verdict(), wanted, "{:?} {}", sample.violation, sample.case);
        }
    }
}
