//! Generated bodies, for the schemas and the core to agree on: valid, nearly valid and wild.

use image_preflight::{Severity, check, operation, schema};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::strategy::{Union, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Map, Value, json};

/// How a body was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Every field as its documents want it.
    Valid,
    /// A valid one with one to three things changed, mostly at an edge.
    Nearly,
    /// Any JSON in any field, and under any other name.
    Wild,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 3] = [Kind::Valid, Kind::Nearly, Kind::Wild];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Kind::Valid => "valid",
            Kind::Nearly => "nearly valid",
            Kind::Wild => "wild",
        }
    }
}

/// What the core says of a body's shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// No error of shape.
    Holds,
    /// Errors, one of which a schema can say.
    Broken,
    /// Errors that no schema can say: [`schema::BEYOND`].
    Beyond,
}

impl Shape {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Shape::Holds => "holds",
            Shape::Broken => "broken",
            Shape::Beyond => "beyond",
        }
    }
}

/// A case with nothing but a body.
#[must_use]
pub fn case(operation: &str, body: &Value) -> Value {
    let path = match operation {
        "ims.whole-image" => json!({}),
        "jd.copy-images" => json!({"regionId": "cn-north-1"}),
        _ => json!({"image_id": "465076de-dc36-4aec-80f5-ef9d8009428f"}),
    };
    json!({"operation": operation, "path": path, "body": body})
}

/// What the core says of a body's shape, with no facts.
#[must_use]
pub fn shape(operation: &str, body: &Value) -> Shape {
    let case = case(operation, body).to_string();
    let report = check(&case);
    let is_of_shape = |finding: &&image_preflight::Finding<'_>| {
        finding.severity() == Severity::Error && finding.kind().is_some() && finding.at().starts_with("/body")
    };
    let is_beyond = |finding: &image_preflight::Finding<'_>| {
        let kind = finding.kind().unwrap_or_default();
        let is_listed = schema::BEYOND.iter().any(|(rule, of, _)| (*rule, *of) == (finding.rule().id, kind));
        // A memory that is wrong by itself is a schema's business.
        is_listed && (kind != "out-of-range" || finding.param("maximum").is_some_and(|maximum| is_less(maximum)))
    };
    let errors: Vec<_> = report.findings().iter().filter(is_of_shape).collect();
    match errors.as_slice() {
        [] => Shape::Holds,
        errors if errors.iter().all(|finding| is_beyond(finding)) => Shape::Beyond,
        _ => Shape::Broken,
    }
}

fn is_less(maximum: &image_preflight::Param<'_>) -> bool {
    matches!(maximum, image_preflight::Param::Integer(limit) if *limit < (1 << 53) - 1)
}

/// Bodies of an operation, the same ones for the same seed.
pub fn bodies(operation: &str, kind: Kind, seed: u8) -> impl Iterator<Item = Value> + use<> {
    let strategy = strategy(operation, kind);
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[seed ^ kind as u8; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    std::iter::repeat_with(move || strategy.new_tree(&mut runner).expect("nothing is filtered").current())
}

/// Valid bodies of an operation: [`Kind::Valid`] as a strategy.
pub fn valid_body(operation: &str) -> BoxedStrategy<Value> {
    strategy(operation, Kind::Valid)
}

fn strategy(operation: &str, kind: Kind) -> BoxedStrategy<Value> {
    match kind {
        Kind::Valid => valid(operation).prop_map(Value::Object).boxed(),
        Kind::Nearly => {
            let names = names(operation);
            let change = Union::new(names.into_iter().map(|name| (Just(name), edge(name)).boxed()));
            (valid(operation), vec(change, 1..4))
                .prop_map(|(mut body, changes)| {
                    for (name, change) in changes {
                        match change {
                            Some(value) => _ = body.insert(name.to_owned(), value),
                            None => _ = body.remove(name),
                        }
                    }
                    Value::Object(body)
                })
                .boxed()
        }
        Kind::Wild => {
            let name = prop_oneof![4 => select(names(operation)).prop_map(str::to_owned), 1 => "\\PC{0,12}"];
            let members = vec((name, any_json()), 0..8);
            let body = prop_oneof![1 => valid(operation), 1 => Just(Map::new())];
            (body, members)
                .prop_map(|(mut body, members)| {
                    body.extend(members);
                    Value::Object(body)
                })
                .boxed()
        }
    }
}

fn names(id: &str) -> Vec<&'static str> {
    operation(id).expect("an operation").body().iter().map(image_preflight::Field::name).collect()
}

/// A body as the documents want it; null or blank where that means that nothing is given.
fn valid(operation: &str) -> BoxedStrategy<Map<String, Value>> {
    let fields: Vec<(&'static str, bool, BoxedStrategy<Value>)> = match operation {
        "ims.cross-region-copy" => vec![
            ("name", true, ims_name()),
            ("description", false, ims_description()),
            ("region", true, id()),
            ("project_name", true, id()),
            ("agency_name", true, id()),
            ("vault_id", false, or_blank(id())),
        ],
        "ims.in-region-copy" => vec![
            ("name", true, ims_name()),
            ("description", false, ims_description()),
            ("cmk_id", false, or_blank(id())),
            ("enterprise_project_id", false, project()),
        ],
        "jd.copy-images" => vec![
            ("sourceImageIds", true, vec(id(), 1..=10).prop_map(Value::from).boxed()),
            ("destinationRegion", true, id()),
            ("name", false, text_of("-0-9A-Z_a-z.中𠮷", 1, 32)),
            ("description", false, text_of("\\PC", 0, 256)),
            ("regionId", false, or_blank(Just(json!("cn-north-1")).boxed())),
        ],
        _ => return prop_oneof![whole_image(true), whole_image(false)].boxed(),
    };
    object(fields)
}

fn whole_image(of_server: bool) -> BoxedStrategy<Map<String, Value>> {
    let (own, other) = if of_server {
        ([("instance_id", id()), ("vault_id", id())], [("backup_id", nothing()), ("whole_image_type", or_null(cbr()))])
    } else {
        ([("backup_id", id()), ("whole_image_type", cbr())], [("instance_id", nothing()), ("vault_id", or_blank(id()))])
    };
    let mut fields = vec![
        ("name", true, ims_name()),
        ("description", false, ims_description()),
        ("min_ram", false, (0_i64..5000).prop_map(Value::from).boxed()),
        ("max_ram", false, prop_oneof![5000_i64..9000, Just((1 << 53) - 1)].prop_map(Value::from).boxed()),
        ("enterprise_project_id", false, project()),
    ];
    fields.extend(own.map(|(name, strategy)| (name, true, strategy)));
    fields.extend(other.map(|(name, strategy)| (name, false, strategy)));
    let tags = prop_oneof![tags().prop_map(|tags| ("tags", tags)), image_tags().prop_map(|tags| ("image_tags", tags))];
    (object(fields), proptest::option::of(tags))
        .prop_map(|(mut body, tags)| {
            body.extend(tags.map(|(name, tags)| (name.to_owned(), tags)));
            body
        })
        .boxed()
}

/// Each mandatory field, and any of the others, which may be null.
fn object(fields: Vec<(&'static str, bool, BoxedStrategy<Value>)>) -> BoxedStrategy<Map<String, Value>> {
    let field = |(name, is_mandatory, strategy): (&'static str, bool, BoxedStrategy<Value>)| {
        if is_mandatory {
            strategy.prop_map(move |value| Some((name.to_owned(), value))).boxed()
        } else {
            proptest::option::of(or_null(strategy).prop_map(move |value| (name.to_owned(), value))).boxed()
        }
    };
    let fields: Vec<_> = fields.into_iter().map(field).collect();
    fields.prop_map(|members| members.into_iter().flatten().collect()).boxed()
}

fn or_null(strategy: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    prop_oneof![6 => strategy, 1 => Just(Value::Null)].boxed()
}

fn or_blank(strategy: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    prop_oneof![4 => strategy, 1 => select(vec!["", " ", "   ", "\t", "\n", "\u{a0}", "\u{3000} "]).prop_map(Value::from)].boxed()
}

fn nothing() -> BoxedStrategy<Value> {
    select(vec![Value::Null, json!(""), json!("  "), json!("\u{2003}\r\n")]).boxed()
}

fn cbr() -> BoxedStrategy<Value> {
    Just(json!("CBR")).boxed()
}

fn project() -> BoxedStrategy<Value> {
    let uuid = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";
    prop_oneof![select(vec!["", " ", "\u{3000}", "0"]).prop_map(Value::from), uuid.prop_map(Value::from)].boxed()
}

fn id() -> BoxedStrategy<Value> {
    prop_oneof![
        3 => "[0-9a-z]{8}-[0-9a-z]{4}",
        1 => select(vec!["cn-south-1", "cn-east-2", " x", "x\n", "\tx", "六", "\u{200b}", "…"]).prop_map(str::to_owned),
    ]
    .prop_map(Value::from)
    .boxed()
}

/// A text of a class's characters, often as long or as short as it may be.
fn text_of(class: &'static str, shortest: usize, longest: usize) -> BoxedStrategy<Value> {
    let of = |from: usize, to: usize| {
        let class = if class.starts_with('\\') { class.to_owned() } else { format!("[{class}]") };
        proptest::string::string_regex(&format!("{class}{{{from},{to}}}")).expect("a class")
    };
    prop_oneof![6 => of(shortest, longest.min(12)), 1 => of(shortest, shortest), 1 => of(longest, longest)]
        .prop_map(Value::from)
        .boxed()
}

fn ims_name() -> BoxedStrategy<Value> {
    prop_oneof![
        4 => text_of("-0-9A-Z_a-z.中𠮷\u{f900}\u{323af}", 1, 128),
        1 => "[a-z][ a-z中]{0,20}[a-z𠮷]".prop_map(Value::from),
    ]
    .boxed()
}

fn ims_description() -> BoxedStrategy<Value> {
    text_of("^\r\n<>", 0, 1024)
}

fn tag_key() -> BoxedStrategy<String> {
    prop_oneof![6 => "[-0-9A-Z_a-z中𠮷]{1,8}", 1 => "[a-z中]{36}"].boxed()
}

fn tag_value() -> BoxedStrategy<String> {
    prop_oneof![6 => "[-0-9A-Z_a-z.中𠮷]{0,8}", 1 => "[a-z.中]{43}"].boxed()
}

fn tags() -> BoxedStrategy<Value> {
    let tag = (tag_key(), proptest::option::of(tag_value()))
        .prop_map(|(key, value)| value.map_or(key.clone(), |value| format!("{key}.{value}")));
    vec(tag, 0..=10).prop_map(Value::from).boxed()
}

fn image_tags() -> BoxedStrategy<Value> {
    let tag = (tag_key(), tag_value()).prop_map(|(key, value)| json!({"key": key, "value": value}));
    vec(tag, 0..=10).prop_map(Value::from).boxed()
}

/// Texts at an edge of some rule or of some reader.
const TEXTS: &[&str] = &[
    "",
    " ",
    "  ",
    "0",
    "00",
    "CBR",
    "cbr",
    "CBR\n",
    " CBR",
    ".",
    "..",
    "a",
    " a",
    "a ",
    "a\n",
    "\na",
    "a\nb",
    "a\r",
    "a<b",
    "a>b",
    "a\tb",
    "a/b",
    "a.b",
    "a b",
    "a。b",
    "あ",
    "한",
    "中",
    "\u{3000}",
    "\u{e9}",
    "e\u{301}",
    "\u{1f642}",
    "\u{0}",
    "\u{2028}",
    "\u{85}",
    "\u{feff}",
    "a\u{ad}",
    "\u{2fff}",
    "\u{3006}",
    "\u{fa6e}",
    "\u{fada}",
    "\u{2a6e0}",
    "\u{323b0}",
    "\u{10000}",
    "\u{10ffff}",
    "9b27efab-4a17-4c06-bfa2-3e0cf021d3c3",
    "9B27EFAB-4A17-4C06-BFA2-3E0CF021D3C3",
    "9b27efab4a174c06bfa23e0cf021d3c3",
    // Hyphens where none belongs: as many as in a UUID, and as long as one.
    "9b27efab4-a17-4c06-bfa2-3e0cf021d3c3",
    "9b27efa-b4a17-4c06-bfa2-3e0cf021d3c3",
    "-9b27efab4a17-4c06-bfa2-3e0cf021d3c3",
    "9b27efab-4a17-4c06-bfa23-e0cf021d3c3",
    "9b27efab-4a17-4c06-bfa2-3e0cf021d3c3\n",
    "{9b27efab-4a17-4c06-bfa2-3e0cf021d3c3}",
    "cn-south-1",
    "cn-north-1",
];

/// Texts for patterns: each edge, every character that begins or ends a range or stands beside one, and long ones.
#[must_use]
pub fn texts() -> Vec<String> {
    let edges = HAN.iter().flat_map(|(first, last)| [first - 1, *first, *last, last + 1]).filter_map(char::from_u32);
    let ascii = (0..0x180).filter_map(char::from_u32);
    let alone = edges.chain(ascii).map(String::from);
    let texts = TEXTS.iter().map(|text| (*text).to_owned());
    let all: Vec<_> = texts.chain(alone).collect();
    let within = all.iter().flat_map(|text| [format!("a{text}b"), format!("a{text}"), format!("k.{text}")]);
    let long = [35, 36, 37, 43, 44, 128, 129].into_iter().flat_map(|times| ["k", "中", "𠮷"].map(|c| c.repeat(times)));
    let tagged = [43, 44].map(|times| format!("k.{}", "v".repeat(times)));
    all.clone().into_iter().chain(within).chain(long).chain(tagged).collect()
}

/// The edges of what is a Chinese character, as Unicode's own table of scripts has them.
const HAN: [(u32, u32); 21] = [
    (0x2e80, 0x2e99),
    (0x2e9b, 0x2ef3),
    (0x2f00, 0x2fd5),
    (0x3005, 0x3005),
    (0x3007, 0x3007),
    (0x3021, 0x3029),
    (0x3038, 0x303b),
    (0x3400, 0x4dbf),
    (0x4e00, 0x9fff),
    (0xf900, 0xfa6d),
    (0xfa70, 0xfad9),
    (0x16fe2, 0x16fe3),
    (0x16ff0, 0x16ff6),
    (0x20000, 0x2a6df),
    (0x2a700, 0x2b81e),
    (0x2b820, 0x2cead),
    (0x2ceb0, 0x2ebe0),
    (0x2ebf0, 0x2ee5d),
    (0x2f800, 0x2fa1d),
    (0x30000, 0x3134a),
    (0x31350, 0x33479),
];

/// A value at an edge; `None` takes the field out.
fn edge(name: &'static str) -> BoxedStrategy<Option<Value>> {
    let long = select(vec![32, 33, 36, 37, 43, 44, 127, 128, 129, 256, 257, 1024, 1025]);
    let of = select(vec!["a", "中", "𠮷", "🙂", "é", " ", ".", "\u{200d}"]);
    let numbers = vec![
        json!(0),
        json!(-1),
        json!(1),
        json!(1.0),
        json!(-0.0),
        json!(1.5),
        json!(1e3),
        json!(1e300),
        json!(6000),
        json!(9_007_199_254_740_991_i64),
        json!(9_007_199_254_740_992_i64),
        json!(-9_007_199_254_740_991_i64),
        json!(u64::MAX),
        json!(0.1),
    ];
    let tag = |key: &str, value: &str| json!({"key": key, "value": value});
    let key = "k".repeat(36);
    let lists = vec![
        json!([]),
        json!([""]),
        json!([" "]),
        json!(["a"]),
        json!(["a", "a"]),
        json!(["a", "b", "a"]),
        json!([null]),
        json!([1]),
        json!(["a.b", "a.c"]),
        json!([".b"]),
        json!(["a."]),
        json!(["a.b.c"]),
        json!(["a b"]),
        json!(["中.文"]),
        json!(["a\n"]),
        json!(["a.b\n"]),
        json!([format!("{key}.v")]),
        json!([format!("{key}k.v")]),
        json!([format!("k.{}", "v".repeat(43))]),
        json!([format!("k.{}", "v".repeat(44))]),
        json!([format!("{}.v", "中".repeat(36))]),
        json!((0..10).collect::<Vec<_>>()),
        json!((0..10).map(|n| format!("k{n}")).collect::<Vec<_>>()),
        json!((0..11).map(|n| format!("k{n}")).collect::<Vec<_>>()),
        json!([tag("a", "b")]),
        json!([tag("a", "b"), tag("a", "c")]),
        json!([tag("a", "b"), tag("a", "b")]),
        json!([tag("", "b")]),
        json!([tag(" ", "b")]),
        json!([tag("a", "")]),
        json!([tag("a", " ")]),
        json!([tag("a.b", "c")]),
        json!([tag(&key, "v")]),
        json!([tag(&format!("{key}k"), "v")]),
        json!([tag("k", &"v".repeat(43))]),
        json!([tag("k", &"v".repeat(44))]),
        json!([tag("a\n", "b")]),
        json!([tag("a", "b\n")]),
        json!([{"key": "a"}]),
        json!([{"value": "b"}]),
        json!([{"key": "a", "value": null}]),
        json!([{"key": 1, "value": "b"}]),
        json!([{"key": "a", "value": "b", "more": 1}]),
        json!([{"key": "a", "value": "b", "more": 1}, {"key": "a", "value": "b"}]),
        json!((0..10).map(|n| tag(&n.to_string(), "v")).collect::<Vec<_>>()),
        json!((0..11).map(|n| tag(&n.to_string(), "v")).collect::<Vec<_>>()),
    ];
    let others = vec![Value::Null, json!(true), json!({}), json!({"a": 1})];
    let suited = match name {
        "tags" | "image_tags" | "sourceImageIds" => select(lists.clone()).prop_map(Some).boxed(),
        "min_ram" | "max_ram" => select(numbers.clone()).prop_map(Some).boxed(),
        _ => prop_oneof![
            2 => select(TEXTS).prop_map(|text| Some(text.into())),
            1 => (of.clone(), long.clone()).prop_map(|(part, times): (&str, usize)| Some(part.repeat(times).into())),
        ]
        .boxed(),
    };
    let any = prop_oneof![
        3 => select(TEXTS).prop_map(|text| Some(text.into())),
        2 => (of, long).prop_map(|(part, times)| Some(part.repeat(times).into())),
        1 => select(numbers).prop_map(Some),
        2 => select(lists).prop_map(Some),
        1 => select(others).prop_map(Some),
        1 => "\\PC{0,50}".prop_map(|text| Some(text.into())),
        1 => Just(None),
    ];
    prop_oneof![2 => suited, 1 => any].boxed()
}

/// Any JSON, up to a few levels deep. Numbers are such that every reader takes them alike.
fn any_json() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1e6..1e6).prop_map(Value::from),
        "\\PC{0,20}".prop_map(Value::from),
        subsequence(vec!["a", "中", " ", ".", "\n", "0"], 0..6).prop_map(|parts| parts.concat().into()),
    ];
    leaf.prop_recursive(3, 24, 6, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::from),
            vec(("[a-zA-Z_]{0,8}", inner), 0..6).prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
    .boxed()
}
