//! Checks one hostile text of a shape and a size, or puts so many requests in order, for callgrind: `growth <shape> <size>`; without
//! arguments it lists the shapes with their initial sizes, with `times` it prints how long plans take. Twice the size must not take much more than twice the instructions.

use image_preflight::plan::{Plan, Start};
use image_preflight::{Edition, Locale, check};
use serde_json::{Map, Value, json};
use std::fmt::Write;
use std::hint::black_box;
use std::time::Instant;

/// A shape: its name, the initial size, and a function that creates a text of a size.
type Shape = (&'static str, usize, fn(usize) -> String);

/// Lists are small enough that twice as many elements are still checked one by one: those beyond 1000 are only counted, which is a
/// separate shape.
const SHAPES: &[Shape] = &[
    ("unknown fields", 400, |size| in_region(&members(size, |index| format!("\"field {index}\":1")))),
    ("unknown fields, beyond what is looked at", 20_000, |size| {
        in_region(&members(size, |index| format!("\"field {index}\":1")))
    }),
    ("the same field again", 400, |size| in_region(&members(size, |_| "\"name\":\"n\"".to_owned()))),
    ("the same field again, beyond what is looked at", 20_000, |size| {
        in_region(&members(size, |_| "\"name\":\"n\"".to_owned()))
    }),
    ("unknown members of a case", 400, |size| {
        format!("{{\"operation\":\"ims.in-region-copy\",{}}}", members(size, |index| format!("\"member {index}\":1")))
    }),
    ("unknown facts", 400, |size| with_facts(&members(size, |index| format!("\"fact {index}\":1")))),
    ("a long name", 100_000, |size| in_region(&format!("\"name\":\"{}\"", "x".repeat(size)))),
    ("a long name of characters that are refused", 50_000, |size| {
        in_region(&format!("\"name\":\"{}\"", "<".repeat(size)))
    }),
    ("a long name in Chinese", 50_000, |size| in_region(&format!("\"name\":\"{}\"", "镜".repeat(size)))),
    ("a long name of escapes", 20_000, |size| in_region(&format!("\"name\":\"{}\"", "\\u955c".repeat(size)))),
    ("a long name of surrogate pairs", 20_000, |size| {
        in_region(&format!("\"name\":\"{}\"", "\\ud83d\\ude42".repeat(size)))
    }),
    ("a long description of line breaks", 50_000, |size| {
        in_region(&format!("\"name\":\"n\",\"description\":\"{}\"", "\\n".repeat(size)))
    }),
    ("a long key", 100_000, |size| in_region(&format!("\"{}\":1", "k".repeat(size)))),
    ("a long key of escapes", 20_000, |size| in_region(&format!("\"{}\":1", "\\u006b".repeat(size)))),
    ("a long key of slashes", 50_000, |size| in_region(&format!("\"{}\":1", "/".repeat(size)))),
    ("a long region, near to none", 50_000, |size| {
        cross_region(&format!("\"region\":\"{}\"", "cn-south-".repeat(size)))
    }),
    ("arrays within arrays, too deep", 20_000, |size| in_region(&format!("\"name\":{}", "[".repeat(size)))),
    ("arrays within arrays, side by side", 500, |size| {
        let deep = format!("{}{}", "[".repeat(100), "]".repeat(100));
        in_region(&format!("\"name\":[{}]", list(size, |_| deep.clone())))
    }),
    ("objects within objects, side by side", 200, |size| {
        let deep = format!("{}1{}", "{\"a\":".repeat(100), "}".repeat(100));
        in_region(&format!("\"name\":[{}]", list(size, |_| deep.clone())))
    }),
    ("tags that are right", 400, |size| whole_image("tags", size, |index| format!("\"k{index}.v\""))),
    ("tags with the same key", 400, |size| whole_image("tags", size, |_| "\"key.value\"".to_owned())),
    ("tags that are wrong", 400, |size| whole_image("tags", size, |index| format!("\"k<{index}.v>\""))),
    ("tags, beyond what is looked at", 20_000, |size| whole_image("tags", size, |index| format!("\"k<{index}.v>\""))),
    ("image tags with unknown members", 200, |size| {
        whole_image("image_tags", size, |index| format!("{{\"key\":\"k{index}\",\"value\":\"v\",\"x\":1}}"))
    }),
    ("an image tag with many members", 400, |size| {
        whole_image("image_tags", 1, |_| format!("{{{}}}", members(size, |index| format!("\"m{index}\":1"))))
    }),
    ("image ids", 400, |size| copy_images(&list(size, |index| format!("\"img-{index}\"")), "")),
    ("image ids, beyond what is looked at", 20_000, |size| {
        copy_images(&list(size, |index| format!("\"img-{index}\"")), "")
    }),
    ("the same image id again", 20_000, |size| copy_images(&list(size, |_| "\"img-1\"".to_owned()), "")),
    ("facts of many images", 400, |size| {
        let images = members(size, |index| format!("\"img-{index}\":{{\"busy\":false}}"));
        copy_images("\"img-1\"", &format!("\"images\":{{{images}}}"))
    }),
    ("facts of the same image again", 400, |size| {
        let images = members(size, |_| "\"img-1\":{\"busy\":false}".to_owned());
        copy_images("\"img-1\"", &format!("\"images\":{{{images}}}"))
    }),
    ("many image objects", 400, |size| {
        copy_images("\"img-1\"", &format!("\"imageObjects\":[{}]", list(size, jd_object)))
    }),
    ("image objects, beyond what is looked at", 4000, |size| {
        copy_images("\"img-1\"", &format!("\"imageObjects\":[{}]", list(size, jd_object)))
    }),
    ("disks of an image object", 4000, |size| {
        let disks = list(size, |_| "{\"cloudDisk\":{\"encrypted\":false}}".to_owned());
        copy_images("\"img-1\"", &format!("\"imageObjects\":[{{\"imageId\":\"img-1\",\"dataDisks\":[{disks}]}}]"))
    }),
    ("an image object with many members", 10_000, |size| {
        with_facts(&format!("\"imageObject\":{{{}}}", members(size, |index| format!("\"m{index}\":\"v\""))))
    }),
    ("an image object with the same member again", 400, |size| {
        with_facts(&format!("\"imageObject\":{{{}}}", members(size, |_| "\"status\":\"active\"".to_owned())))
    }),
    ("caps of many regions", 400, |size| {
        let caps = members(size, |index| format!("\"region-{index}\":{index}"));
        format!("{{\"operation\":\"ims.in-region-copy\",\"edition\":{{\"regionCapBytes\":{{{caps}}}}}}}")
    }),
    ("limits given again", 400, |size| {
        let limits = members(size, |_| "\"concurrentCopies\":5".to_owned());
        format!("{{\"operation\":\"ims.in-region-copy\",\"edition\":{{{limits}}}}}")
    }),
    ("unknown limits", 400, |size| {
        let limits = members(size, |index| format!("\"limit {index}\":5"));
        format!("{{\"operation\":\"ims.in-region-copy\",\"edition\":{{{limits}}}}}")
    }),
    ("white space", 200_000, |size| in_region(&format!("\"name\":{}\"n\"", " \n".repeat(size)))),
    ("a number of many digits", 100_000, |size| whole_image_of(&format!("\"min_ram\":{}", "9".repeat(size)))),
    ("a number of many zeros", 100_000, |size| whole_image_of(&format!("\"min_ram\":1.{}", "0".repeat(size)))),
    ("a number with a long exponent", 100_000, |size| whole_image_of(&format!("\"min_ram\":1e{}", "0".repeat(size)))),
    ("many lines before what is no JSON", 100_000, |size| format!("{{{}!", "\n".repeat(size))),
    ("a long line before what is no JSON", 100_000, |size| format!("{{\"{}\"!", "镜".repeat(size))),
    ("many lines before findings", 100_000, |size| {
        in_region(&format!("{}\"name\":\"a<b\",\"foo\":1", "\n".repeat(size)))
    }),
];

/// A shape of a plan: its name, the initial number of requests, and a function that creates a case.
type PlanShape = (&'static str, usize, fn(usize) -> String);

/// What is put in order: requests, started and ended one by one. n log n is a little more than twice for twice the requests.
const PLANS: &[PlanShape] = &[
    ("a plan of copies", 1000, |index| copy(&format!("i{index}"), "\"fullEcs\":false,\"encrypted\":false")),
    ("a plan of copies, each after the one before", 1000, |index| {
        copy(&format!("i{index}"), "\"fullEcs\":false,\"encrypted\":false")
    }),
    ("a plan of copies of encrypted images", 500, |index| {
        copy(&format!("i{index}"), "\"fullEcs\":false,\"encrypted\":true")
    }),
    ("a plan of copies of one full-ECS image", 1000, |_| copy("i", "\"fullEcs\":true,\"encrypted\":false")),
    ("a plan of images listed in calls", 1000, |index| {
        let known = "\"visibility\":\"private\",\"rootDevice\":\"cloudDisk\",\"status\":\"ready\",\"snapshotEncrypted\":false,\
                     \"busy\":false,\"snapshots\":1";
        let facts = format!(
            "\"images\":{{\"i{index}\":{{{known}}}}},\"destinationQuota\":{{\"images\":99999,\"snapshots\":99999}}"
        );
        copy_images(&format!("\"i{index}\""), &facts)
    }),
    ("a plan of cases that wait for a fact", 1000, |index| copy(&format!("i{index}"), "\"fullEcs\":false")),
    ("a plan of cases that never start", 1000, |_| "{}".to_owned()),
];

/// Whether each request of a shape waits for the one before.
fn is_chain(name: &str) -> bool {
    name.ends_with("the one before")
}

fn main() {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [name, size] = arguments.as_slice() else {
        if arguments == ["times"] {
            return times();
        }
        for (name, size) in
            SHAPES.iter().map(|(name, size, _)| (name, size)).chain(PLANS.iter().map(|(name, size, _)| (name, size)))
        {
            println!("{size} {name}");
        }
        return;
    };
    if let Some((name, _, case)) = PLANS.iter().find(|(known, ..)| known == name) {
        let size = size.parse().expect("a number");
        let cases: Vec<_> = (0..size).map(case).collect();
        growth_of_plan(black_box(&cases), is_chain(name));
        return;
    }
    let (_, _, text) = SHAPES.iter().find(|(known, ..)| known == name).expect("a shape of this name");
    let text = text(size.parse().expect("a number"));
    growth_of(black_box(&text));
}

/// The counted function: everything that a caller does with a text, including findings and their positions.
#[inline(never)]
fn growth_of(text: &str) {
    let report = check(text);
    for locale in Locale::all() {
        black_box(report.to_json(locale));
    }
    // One of the last: that each is looked for from the start is known and takes what it takes.
    black_box(report.findings().last().and_then(|finding| finding.span(text)));
    black_box(report.clear().is_ok());
}

/// The counted function of a plan: all requests are added, given out and ended, and the plan is written as JSON before and after.
#[inline(never)]
fn growth_of_plan(cases: &[String], is_chain: bool) {
    let mut plan = Plan::new(&Edition::default());
    let mut last = None;
    for case in cases {
        let request = plan.add(case.as_str());
        if let Some(last) = last.replace(request).filter(|_| is_chain) {
            plan.depends(request, last).expect("it waits for an earlier one");
        }
    }
    black_box(serde_json::to_string(&plan.localized(Locale::ENGLISH)).map_or(0, |json| json.len()));
    while let wave = plan.wave()
        && !wave.is_empty()
    {
        for request in wave.iter().flat_map(Start::requests) {
            plan.finished(*request, Some("made")).expect("it runs");
        }
    }
    black_box(serde_json::to_string(&plan.localized(Locale::ENGLISH)).map_or(0, |json| json.len()));
}

/// Prints the curve of each plan: the fastest of a few times.
fn times() {
    const SIZES: [usize; 4] = [1250, 2500, 5000, 10_000];
    println!("| plan | {} |", SIZES.map(|size| format!("{size} ms")).join(" | "));
    for (name, _, case) in PLANS {
        let times = SIZES.map(|size| {
            let cases: Vec<_> = (0..size).map(case).collect();
            let time = || {
                let start = Instant::now();
                growth_of_plan(black_box(&cases), is_chain(name));
                start.elapsed()
            };
            let least = (0..3).map(|_| time()).min().unwrap_or_default();
            format!("{:.0}", least.as_secs_f64() * 1000.0)
        });
        println!("| {name} | {} |", times.join(" | "));
    }
}

/// A copy to another region of an image of which these facts are known.
fn copy(image: &str, facts: &str) -> String {
    format!(
        "{{\"operation\":\"ims.cross-region-copy\",\"path\":{{\"image_id\":\"{image}\"}},\"body\":{{\"name\":\"n\",\
         \"region\":\"cn-south-1\",\"project_name\":\"cn-south-1\",\"agency_name\":\"a\",\"vault_id\":\"v\"}},\"facts\":{{\
         \"sourceRegion\":\"cn-north-4\",\"image\":{{{facts},\"iso\":false,\"os\":\"linux\",\"replicated\":false,\
         \"sizeBytes\":1,\"visibility\":\"private\",\"status\":\"active\"}}}}}}"
    )
}

fn list(size: usize, element: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    for index in 0..size {
        let comma = if index > 0 { "," } else { "" };
        write!(text, "{comma}{}", element(index)).expect("a String takes it");
    }
    text
}

/// Members of an object, between its braces.
fn members(size: usize, member: impl Fn(usize) -> String) -> String {
    list(size, member)
}

fn in_region(body: &str) -> String {
    format!("{{\"operation\":\"ims.in-region-copy\",\"path\":{{\"image_id\":\"i\"}},\"body\":{{{body}}}}}")
}

fn cross_region(body: &str) -> String {
    format!("{{\"operation\":\"ims.cross-region-copy\",\"path\":{{\"image_id\":\"i\"}},\"body\":{{{body}}}}}")
}

fn with_facts(facts: &str) -> String {
    format!("{{\"operation\":\"ims.in-region-copy\",\"facts\":{{{facts}}}}}")
}

fn whole_image_of(body: &str) -> String {
    format!("{{\"operation\":\"ims.whole-image\",\"body\":{{\"name\":\"n\",{body}}}}}")
}

fn whole_image(field: &str, size: usize, tag: impl Fn(usize) -> String) -> String {
    whole_image_of(&format!("\"{field}\":[{}]", list(size, tag)))
}

fn copy_images(ids: &str, facts: &str) -> String {
    format!(
        "{{\"operation\":\"jd.copy-images\",\"path\":{{\"regionId\":\"cn-north-1\"}},\
         \"body\":{{\"sourceImageIds\":[{ids}],\"destinationRegion\":\"cn-east-2\"}},\"facts\":{{{facts}}}}}"
    )
}

fn jd_object(index: usize) -> String {
    let mut object = Map::new();
    object.insert("imageId".to_owned(), json!(format!("img-{index}")));
    object.insert("status".to_owned(), json!("ready"));
    Value::Object(object).to_string()
}
