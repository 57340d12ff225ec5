//! The independent model: the rules as plain tables, written from CONSTRAINTS.md and the documents, and brute force. It shares
//! no code with the core, and takes the editions from `editions.rs`, which is typed from the documents: an edition that the core has
//! lost is a failure, and never the default. Over the whole abstract world (every fact unknown or of each of its classes, every variant of the body,
//! every edition) it says which rules are violated, which cannot be decided, what the verdict is, and which facts can still turn
//! it; the core must say the same.
//!
//! The exactness law needs no word about unknown facts in the tables: a rule is violated when it is broken in every completion
//! of what is unknown, undecided when completions disagree, and so is the verdict.
//!
//! A fact of other documents than the operation's own is presumed: while it is unknown, the completions are those in which it is
//! good. It is told as presumed when another value of it would turn a completion that is allowed into one that is denied. Under
//! `strict` there is no such fact. A field of the request whose value is not known yet is unknown like a fact.

use image_preflight::{Facts, Outcome, Report, check};
use image_preflight_tests::editions::{self, ROWS};
use std::collections::{BTreeMap, BTreeSet};

const GIB: u64 = 1 << 30;

/// What a fact can be.
#[derive(Clone, Copy, Debug, PartialEq)]
enum V {
    No,
    Yes,
    Number(u64),
    Word(&'static str),
}

/// A fact: the group that it stands in, its name, and a value of each class. In the groups `/body` and `/path` it is the value of a
/// field.
struct Fact {
    group: &'static str,
    name: &'static str,
    values: Vec<V>,
    /// The values that are presumed while it is unknown: all of them, but for a fact that is presumed to be good.
    good: Vec<usize>,
}

impl Fact {
    /// The same, presumed to have one of these values.
    fn presumed(self, good: &[usize]) -> Self {
        Fact { good: good.to_vec(), ..self }
    }

    fn is_presumed(&self) -> bool {
        self.good.len() < self.values.len()
    }

    fn is_field(&self) -> bool {
        self.group.starts_with('/')
    }

    fn pointer(&self) -> String {
        if self.is_field() {
            format!("{}/{}", self.group, self.name)
        } else if self.group.is_empty() {
            format!("/facts/{}", self.name)
        } else {
            format!("/facts/{}/{}", self.group, self.name)
        }
    }
}

fn of(group: &'static str, name: &'static str, values: Vec<V>) -> Fact {
    Fact { group, name, good: (0..values.len()).collect(), values }
}

fn flag(group: &'static str, name: &'static str) -> Fact {
    of(group, name, vec![V::No, V::Yes])
}

fn words(group: &'static str, name: &'static str, words: &[&'static str]) -> Fact {
    of(group, name, words.iter().map(|word| V::Word(word)).collect())
}

fn numbers(group: &'static str, name: &'static str, numbers: &[u64]) -> Fact {
    of(group, name, numbers.iter().map(|number| V::Number(*number)).collect())
}

/// The quota of images of the region that receives one, known to do: where it is no matter.
fn enough_quota() -> Fact {
    numbers("destinationQuota", "images", &[1])
}

/// A world in which everything is known.
struct World<'w> {
    facts: &'w [Fact],
    choice: &'w [usize],
}

impl World<'_> {
    fn get(&self, pointer: &str) -> V {
        let (group, name) = pointer.rsplit_once('/').unwrap_or(("", pointer));
        let index = self.facts.iter().position(|fact| (fact.group, fact.name) == (group, name));
        let index = index.unwrap_or_else(|| panic!("{pointer} is no fact of this world"));
        self.facts[index].values[self.choice[index]]
    }

    fn is(&self, pointer: &str) -> bool {
        self.get(pointer) == V::Yes
    }

    fn word(&self, pointer: &str) -> &'static str {
        let V::Word(word) = self.get(pointer) else { panic!("{pointer} is no word") };
        word
    }

    fn number(&self, pointer: &str) -> u64 {
        let V::Number(number) = self.get(pointer) else { panic!("{pointer} is no number") };
        number
    }
}

/// What a broken rule matters.
#[derive(Clone, Copy, PartialEq)]
enum Weight {
    Error,
    Other,
    /// A warning or an advice that leaves alone what is not known.
    Silent,
}
use Weight::{Error, Other, Silent};

/// A row of the tables: in which worlds a rule is broken.
struct Row<'t> {
    rule: &'static str,
    /// Which of the images it is about, where there is one row for each.
    image: Option<usize>,
    weight: Weight,
    broken: Box<dyn Fn(&World<'_>) -> bool + Sync + 't>,
    /// A region, where it is or at another site of which the rule need not be asked as long as the fact is not known: another rule
    /// refuses that whatever this one says.
    moot: Option<(&'static str, &'t str)>,
}

fn row<'t>(rule: &'static str, weight: Weight, broken: impl Fn(&World<'_>) -> bool + Sync + 't) -> Row<'t> {
    Row { rule, image: None, weight, broken: Box::new(broken), moot: None }
}

/// A test of a world by its facts: the value of one, where it is known.
type OfFacts = dyn Fn(&dyn Fn(&str) -> Option<V>) -> bool + Sync;

/// One enumeration: a request, the facts about it, and the rows of its table.
struct Table<'t> {
    /// The case up to its path: everything but the closing brace.
    case: String,
    path: String,
    body: String,
    facts: Vec<Fact>,
    /// Facts that the operation never reads: an advice says so of each that is given.
    unread: Vec<&'static str>,
    rows: Vec<Row<'t>>,
    /// Findings of its shape, whatever the facts: rule, place and weight.
    shape: Vec<(&'static str, &'static str, Weight)>,
    /// An advice on every request that is allowed.
    when_allowed: Option<&'static str>,
    /// Where it is no request: what is done with an image, and the edition.
    capability: Option<(&'t str, &'t str)>,
    /// Worlds that the small world cannot show: by fact, the value known or `None`.
    beyond: Box<OfFacts>,
}

impl<'t> Table<'t> {
    fn new(operation: &str, edition: &str, path: &str, body: &str, facts: Vec<Fact>, rows: Vec<Row<'t>>) -> Self {
        let case = format!(r#"{{"operation":"{operation}","edition":{edition}"#);
        let (path, body) = (path.to_owned(), body.to_owned());
        let (unread, shape, when_allowed) = (Vec::new(), Vec::new(), None);
        Table {
            case,
            path,
            body,
            facts,
            unread,
            rows,
            shape,
            when_allowed,
            capability: None,
            beyond: Box::new(|_| false),
        }
    }

    /// Goes through every world, and says what was compared.
    fn enumerate(&self) -> Count {
        // What has one class only is known.
        let radices: Vec<_> =
            self.facts.iter().map(|fact| fact.values.len() + usize::from(fact.values.len() > 1)).collect();
        let is_unknown = |fact: usize, digit: usize| digit == self.facts[fact].values.len();
        let count = radices.iter().product();
        let bits: Vec<_> = (0..self.rows.len()).map(|row| 1_u64 << row).collect();
        let errors: u64 = self.rows.iter().zip(&bits).filter(|(row, _)| row.weight == Error).map(|(_, bit)| bit).sum();
        // Of each world: the rows broken in all of its completions and in some, the verdicts of its completions (1 allowed, 2
        // denied), the facts that turn it, and those that are presumed. What is unknown has the greatest digit, so that completions
        // come first. Twice: with what is presumed, and without.
        let is_any_presumed = self.facts.iter().any(Fact::is_presumed);
        let of_mode = |is_strict| Mode {
            is_strict,
            all: vec![0_u64; count],
            some: vec![0_u64; count],
            verdicts: vec![0_u8; count],
            turning: vec![0_u32; count],
            presumed: vec![0_u32; count],
        };
        let mut modes = vec![of_mode(false)];
        modes.extend(is_any_presumed.then(|| of_mode(true)));
        let mut digits = vec![0; radices.len()];
        let mut counted = Count::default();
        for world in 0..count {
            let unknown: Vec<_> = (0..radices.len()).filter(|fact| is_unknown(*fact, digits[*fact])).collect();
            // The same world with one fact filled in.
            let weight = |fact: usize| radices[..fact].iter().product::<usize>();
            let with = |fact: usize, value: usize| world - (radices[fact] - 1 - value) * weight(fact);
            for mode in &mut modes {
                let Mode { is_strict, all, some, verdicts, turning, presumed } = mode;
                let usual = |fact: usize| {
                    let Fact { good, values, .. } = &self.facts[fact];
                    if *is_strict { (0..values.len()).collect() } else { good.clone() }
                };
                match unknown.as_slice() {
                    [] => {
                        let known = World { facts: &self.facts, choice: &digits };
                        let mut denied = self.shape.iter().any(|(_, _, weight)| *weight == Error);
                        all[world] = 0;
                        for (row, bit) in self.rows.iter().zip(&bits) {
                            if (row.broken)(&known) {
                                all[world] |= bit;
                                some[world] |= bit;
                            }
                        }
                        denied |= some[world] & errors != 0;
                        verdicts[world] = if denied { 2 } else { 1 };
                    }
                    [first, rest @ ..] => {
                        all[world] = u64::MAX;
                        for value in usual(*first) {
                            let other = with(*first, value);
                            let moot = self.moot(*first, value);
                            all[world] &= all[other] | moot;
                            some[world] |= some[other] & !moot;
                            verdicts[world] |= verdicts[other];
                            turning[world] |= turning[other] & !(1 << first);
                            presumed[world] |= presumed[other] & !(1 << first);
                        }
                        let of_second = |bits: &[u32], second: usize| {
                            usual(second).into_iter().any(|value| bits[with(second, value)] & 1 << first != 0)
                        };
                        let turns = match rest {
                            [] => verdicts[world] == 3,
                            [second, ..] => of_second(turning, *second),
                        };
                        turning[world] |= u32::from(turns) << first;
                        let is_presumed = match rest {
                            [] => {
                                let good = usual(*first);
                                let mut others =
                                    (0..self.facts[*first].values.len()).filter(|value| !good.contains(value));
                                verdicts[world] & 1 != 0 && others.any(|value| verdicts[with(*first, value)] == 2)
                            }
                            [second, ..] => of_second(presumed, *second),
                        };
                        presumed[world] |= u32::from(is_presumed) << first;
                    }
                }
            }
            let value = |pointer: &str| {
                let index = self.facts.iter().position(|fact| fact.pointer().ends_with(pointer))?;
                self.facts[index].values.get(digits[index]).copied()
            };
            if (self.beyond)(&value) {
                counted.left_out += 1;
            } else {
                for mode in &modes {
                    self.compare(
                        &digits,
                        &Expected {
                            is_strict: mode.is_strict,
                            all: mode.all[world],
                            some: mode.some[world],
                            verdicts: mode.verdicts[world],
                            turning: mode.turning[world],
                            presumed: mode.presumed[world],
                        },
                    );
                    counted.worlds += 1;
                    match mode.verdicts[world] {
                        1 => counted.allowed += 1,
                        2 => counted.denied += 1,
                        _ => counted.undetermined += 1,
                    }
                }
                // What is presumed is missing under `strict`.
                if let [usual, strict] = modes.as_slice()
                    && usual.verdicts[world] != 2
                {
                    assert_eq!(usual.presumed[world] & !strict.turning[world], 0, "{}", self.facts_text(&digits));
                }
            }
            for (digit, radix) in digits.iter_mut().zip(&radices) {
                *digit += 1;
                if *digit < *radix {
                    break;
                }
                *digit = 0;
            }
        }
        counted
    }

    /// The rows that need not be asked where a fact turns out to have this value.
    fn moot(&self, fact: usize, value: usize) -> u64 {
        let Fact { name, values, .. } = &self.facts[fact];
        let is_moot = |row: &Row<'_>| {
            row.moot.is_some_and(|(of, with)| {
                of == *name && matches!(values[value], V::Word(word) if word == with || are_apart(word, with))
            })
        };
        (0..).zip(&self.rows).filter(|(_, row)| is_moot(row)).map(|(index, _)| 1 << index).sum()
    }

    fn compare(&self, digits: &[usize], expected: &Expected) {
        let facts = self.facts_text(digits);
        let Some((capability, edition)) = self.capability else {
            let text = self.text(digits, &facts, expected.is_strict);
            return self.compare_report(&text, &check(&text), digits, expected);
        };
        let (known, wrong) = Facts::from_json(&facts);
        assert!(wrong.is_empty(), "{facts}");
        let known = if expected.is_strict { known.strict() } else { known };
        let edition = editions::named(edition);
        let reports = image_preflight::capabilities_with(&known, &edition);
        let report = reports
            .iter()
            .map(image_preflight::Capability::report)
            .find(|report| report.operation().is_some_and(|operation| operation.id() == capability));
        let report = report.unwrap_or_else(|| panic!("there is no {capability}"));
        self.compare_report(&format!("{capability} {facts}"), report, digits, expected);
    }

    /// The case: fields whose values are known stand in it, and pointers to the others.
    fn text(&self, digits: &[usize], facts: &str, is_strict: bool) -> String {
        let (mut path, mut body, mut unknown) = (self.path.clone(), self.body.clone(), Vec::new());
        for (fact, digit) in self.facts.iter().zip(digits).filter(|(fact, _)| fact.is_field()) {
            let Some(value) = fact.values.get(*digit) else {
                unknown.push(format!("\"{}\"", fact.pointer()));
                continue;
            };
            let V::Word(word) = value else { panic!("a field is a word here") };
            let object = if fact.group == "/path" { &mut path } else { &mut body };
            let comma = if object.len() > 2 { "," } else { "" };
            object.pop();
            object.push_str(&format!("{comma}\"{}\":\"{word}\"}}", fact.name));
        }
        let unknown = if unknown.is_empty() { String::new() } else { format!(",\"unknown\":[{}]", unknown.join(",")) };
        let strict = if is_strict { ",\"strict\":true" } else { "" };
        format!("{},\"path\":{path},\"body\":{body},\"facts\":{facts}{unknown}{strict}}}", self.case)
    }

    fn pointers(&self, is_one: impl Fn(&usize) -> bool) -> Vec<String> {
        let mut pointers: Vec<_> =
            (0..self.facts.len()).filter(is_one).map(|fact| self.facts[fact].pointer()).collect();
        pointers.sort();
        pointers
    }

    fn compare_report(&self, text: &str, report: &Report<'_>, digits: &[usize], expected: &Expected) {
        let Expected { all, some, verdicts, turning, presumed, .. } = *expected;
        let verdict = match verdicts {
            1 => "allowed",
            2 => "denied",
            _ => "undetermined",
        };
        assert_eq!(report.verdict().as_str(), verdict, "{text}");
        let missing = self.pointers(|fact| verdicts == 3 && turning & 1 << fact != 0);
        let told = |list: Vec<String>| list.into_iter().collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>();
        assert_eq!(told(report.missing().iter().map(|missing| missing.pointer()).collect()), missing, "{text}");
        let presumed = self.pointers(|fact| verdicts != 2 && presumed & 1 << fact != 0);
        let found = told(report.presumed().iter().map(image_preflight::Missing::pointer).collect());
        assert_eq!(found, presumed, "presumed: {text}");
        let mut expected: Vec<(&str, Outcome, Option<usize>)> =
            self.shape.iter().map(|(rule, ..)| (*rule, Outcome::Violated, None)).collect();
        expected.extend(self.when_allowed.filter(|_| verdicts == 1).map(|rule| (rule, Outcome::Violated, None)));
        for (fact, digit) in self.facts.iter().zip(digits) {
            let is_unlisted = fact.name == "sourceRegion" && fact.values.get(*digit) == Some(&V::Word(UNLISTED));
            if *digit < fact.values.len() && self.unread.contains(&fact.name) || is_unlisted {
                expected.push(("case.facts", Outcome::Violated, None));
            }
        }
        for (index, row) in self.rows.iter().enumerate() {
            match (all >> index & 1 == 1, some >> index & 1 == 1) {
                (true, true) => expected.push((row.rule, Outcome::Violated, row.image)),
                (false, true) if row.weight != Silent => expected.push((row.rule, Outcome::Unknown, row.image)),
                // Moot in every completion, or broken in none: nothing is to be said of it.
                _ => {}
            }
        }
        expected.sort_by_key(|(rule, _, image)| (*rule, *image));
        let image = |at: &str| at.strip_prefix("/body/sourceImageIds/").and_then(|index| index.parse().ok());
        let mut found: Vec<_> = report
            .findings()
            .iter()
            .map(|finding| (finding.rule().id, finding.outcome(), image(finding.at())))
            .collect();
        found.sort_by_key(|(rule, _, image)| (*rule, *image));
        assert_eq!(found, expected, "{text}");
        for (rule, at, _) in &self.shape {
            assert!(
                report.findings().iter().any(|finding| (finding.rule().id, finding.at()) == (*rule, *at)),
                "{text}"
            );
        }
    }

    fn facts_text(&self, digits: &[usize]) -> String {
        let mut groups = BTreeMap::<&str, String>::new();
        for (fact, digit) in self.facts.iter().zip(digits).filter(|(fact, _)| !fact.is_field()) {
            let Some(value) = fact.values.get(*digit) else { continue };
            let members = groups.entry(fact.group).or_default();
            let comma = if members.is_empty() { "" } else { "," };
            let value = match value {
                V::No => "false".to_owned(),
                V::Yes => "true".to_owned(),
                V::Number(number) => number.to_string(),
                V::Word(word) => format!("\"{word}\""),
            };
            members.push_str(&format!("{comma}\"{}\":{value}", fact.name));
        }
        let mut images = String::new();
        let mut facts = groups.remove("").unwrap_or_default();
        for (group, members) in groups {
            let (list, name) = match group.strip_prefix("images/") {
                Some(id) => (&mut images, id),
                None => (&mut facts, group),
            };
            let comma = if list.is_empty() { "" } else { "," };
            list.push_str(&format!("{comma}\"{name}\":{{{members}}}"));
        }
        if !images.is_empty() {
            let comma = if facts.is_empty() { "" } else { "," };
            facts.push_str(&format!("{comma}\"images\":{{{images}}}"));
        }
        format!("{{{facts}}}")
    }
}

/// What is known of the completions of every world: with what is presumed, or without.
struct Mode {
    is_strict: bool,
    all: Vec<u64>,
    some: Vec<u64>,
    verdicts: Vec<u8>,
    turning: Vec<u32>,
    presumed: Vec<u32>,
}

/// What the core must say of a world.
struct Expected {
    is_strict: bool,
    all: u64,
    some: u64,
    verdicts: u8,
    turning: u32,
    presumed: u32,
}

/// What was compared. The worlds are fixed, so the tests know each number exactly.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Count {
    tables: usize,
    worlds: usize,
    left_out: usize,
    allowed: usize,
    denied: usize,
    undetermined: usize,
}

impl Count {
    fn and(self, other: Count) -> Count {
        Count {
            tables: self.tables + other.tables,
            worlds: self.worlds + other.worlds,
            left_out: self.left_out + other.left_out,
            allowed: self.allowed + other.allowed,
            denied: self.denied + other.denied,
            undetermined: self.undetermined + other.undetermined,
        }
    }
}

/// Goes through the tables on all processors.
fn enumerate(tables: &[Table<'_>]) -> Count {
    let next = std::sync::atomic::AtomicUsize::new(0);
    let count = std::sync::Mutex::new(Count::default());
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(table) = tables.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
                    let of_table = Count { tables: 1, ..table.enumerate() };
                    let mut count = count.lock().expect("no thread has panicked");
                    *count = count.and(of_table);
                }
            });
        }
    });
    let count = count.into_inner().expect("no thread has panicked");
    println!("{count:?}");
    count
}

/// What an edition says, from the table of the documents.
#[derive(Clone)]
struct Edition {
    /// As it stands in a case.
    json: String,
    /// The sources with a cap of their own, in GiB.
    caps: Vec<(&'static str, u64)>,
    cap: u64,
    copies: u64,
    windows_across: bool,
    windows_within: bool,
    cap_within: Option<u64>,
    full_ecs_across: bool,
    across_offered: bool,
    others_within: bool,
    windows_whole: bool,
    cbr: bool,
    csbs: bool,
    jd_same_region: bool,
    jd_shared: bool,
}

/// Every edition of the documents, and two of a caller's own, which combine every limit in both orders of keys.
fn editions() -> Vec<Edition> {
    let of = |row: &editions::Row| Edition {
        json: format!("\"{}\"", row.name),
        caps: row.large_regions.value().to_vec(),
        cap: row.cap.value(),
        copies: row.copies.value(),
        windows_across: row.windows_across.value(),
        windows_within: row.windows_within.value(),
        cap_within: row.cap_within.value(),
        full_ecs_across: row.full_ecs_across.value(),
        across_offered: row.across_offered.value(),
        others_within: row.others_within.value(),
        windows_whole: row.windows_whole.value(),
        cbr: row.cbr.value(),
        csbs: row.csbs.value(),
        jd_same_region: row.jd_same_region.value(),
        jd_shared: row.jd_shared.value(),
    };
    let usual = of(editions::row("default"));
    let international = of(editions::row("international-2024-04"));
    let own = [
        // A cap for all regions, and over it one for a single region.
        Edition {
            json: r#"{"regionCapBytes":{"cn-south-1":137438953472},"concurrentCopies":4,"capBytes":322122547200}"#.to_owned(),
            caps: vec![("cn-south-1", 128)],
            cap: 300,
            copies: 4,
            ..usual
        },
        Edition {
            json: r#"{"capBytes":137438953472,"inRegionCapBytes":137438953472,"regionCapBytes":{"cn-north-4":322122547200},"extends":"international-2024-04"}"#.to_owned(),
            caps: vec![("cn-north-4", 300)],
            cap: 128,
            cap_within: Some(128),
            ..international
        },
    ];
    ROWS.iter().map(of).chain(own).collect()
}

impl Edition {
    fn cap_from(&self, region: &str) -> u64 {
        self.caps.iter().find(|(own, _)| *own == region).map_or(self.cap, |(_, cap)| *cap) * GIB
    }
}

/// What each operation's tables hold. A world more or less is a change of the model: look at it, then type the new numbers.
const CROSS_COUNT: Count =
    Count { tables: 159, worlds: 7_722_894, left_out: 0, allowed: 15_160, denied: 7_393_220, undetermined: 314_514 };
const WITHIN_COUNT: Count =
    Count { tables: 60, worlds: 1_170_288, left_out: 0, allowed: 29_592, denied: 935_712, undetermined: 204_984 };
const WHOLE_COUNT: Count =
    Count { tables: 264, worlds: 2_694_384, left_out: 0, allowed: 721_188, denied: 1_614_780, undetermined: 358_416 };
const JD_COUNT: Count =
    Count { tables: 48, worlds: 2_239_488, left_out: 124_416, allowed: 645, denied: 2_188_416, undetermined: 50_427 };
const CAPABILITY_COUNT: Count =
    Count { tables: 20, worlds: 583_200, left_out: 0, allowed: 13_068, denied: 495_072, undetermined: 75_060 };

/// Just under each cap, at it, and just over it.
const SIZES: [u64; 6] = [128 * GIB - 1, 128 * GIB, 128 * GIB + 1, 300 * GIB - 1, 300 * GIB, 300 * GIB + 1];

#[test]
fn of_the_cross_region_copy() {
    let found = enumerate(&cross_tables(&editions()));
    assert_eq!(found, CROSS_COUNT);
}

/// The sites of the regions here: regions of different sites never copy to one another (the European FAQ and the partner clouds).
fn site(region: &str) -> &'static str {
    match region {
        "eu-west-0" => "eu-west-0",
        "eu-west-101" => "Europe",
        UNLISTED => "any",
        _ => "main",
    }
}

/// A region that no list has: it may belong to any site. That it is in no list is a warning.
const UNLISTED: &str = "region-9";

fn are_apart(one: &str, other: &str) -> bool {
    site(one) != site(other) && site(one) != "any" && site(other) != "any"
}

/// What of a copy to another region no table varies that does not say so.
fn settled() -> Vec<Fact> {
    vec![of("image", "replicated", vec![V::No]), enough_quota()]
}

fn cross_tables(editions: &[Edition]) -> Vec<Table<'_>> {
    let mut tables = Vec::new();
    let table = |edition: &Edition, body: &str, facts: Vec<Fact>, rows| Table {
        when_allowed: Some("ims.cross-region-copy.same-type"),
        ..Table::new("ims.cross-region-copy", &edition.json, r#"{"image_id":"i"}"#, body, facts, rows)
    };
    let rows = |edition, destination, has_vault| -> Vec<Row<'_>> {
        CROSS.iter().filter_map(|name| row_of_cross(name, edition, destination, has_vault)).collect()
    };
    let body = |destination: &str, project: &str, has_vault: bool| {
        let vault = if has_vault { r#","vault_id":"v""# } else { "" };
        format!(r#"{{"name":"n","region":"{destination}","project_name":"{project}","agency_name":"a"{vault}}}"#)
    };
    for edition in editions {
        for destination in ["cn-south-1", "cn-north-9"] {
            for has_vault in [false, true] {
                let mut facts = vec![
                    words(
                        "",
                        "sourceRegion",
                        &["cn-south-1", "cn-north-4", "cn-north-9", "ap-southeast-1", "eu-west-101"],
                    ),
                    numbers("", "copiesInFlight", &[0, edition.copies - 1, edition.copies]),
                    flag("image", "fullEcs"),
                    flag("image", "iso"),
                    flag("image", "encrypted"),
                    numbers("image", "sizeBytes", &SIZES),
                    words("image", "visibility", &["private", "public"]),
                    words("image", "status", &["active", "saving"]),
                    words("image", "os", &["linux", "windows"]),
                ];
                facts.extend(settled());
                facts.push(words("vault", "region", &[destination]));
                tables.push(table(
                    edition,
                    &body(destination, "p", has_vault),
                    facts,
                    rows(edition, destination, has_vault),
                ));
            }
        }
        // What is presumed, and what decides together with it.
        for destination in ["cn-south-1", "cn-north-9", "eu-west-0"] {
            for has_vault in [false, true] {
                let facts = vec![
                    words(
                        "",
                        "sourceRegion",
                        &["cn-south-1", "cn-north-4", "cn-north-9", UNLISTED, "eu-west-0", "eu-west-101"],
                    ),
                    numbers("", "copiesInFlight", &[0]),
                    flag("image", "fullEcs"),
                    of("image", "iso", vec![V::No]),
                    flag("image", "encrypted"),
                    numbers("image", "sizeBytes", &SIZES),
                    words("image", "visibility", &["private"]),
                    words("image", "status", &["active"]),
                    words("image", "os", &["linux"]),
                    flag("image", "replicated").presumed(&[0]),
                    numbers("destinationQuota", "images", &[0, 1]).presumed(&[1]),
                    Fact { good: vec![0], ..words("vault", "region", &[destination, "cn-east-4"]) },
                ];
                tables.push(table(
                    edition,
                    &body(destination, "p", has_vault),
                    facts,
                    rows(edition, destination, has_vault),
                ));
            }
        }
        // Fields whose values are not known yet: the destination against the source, against the project, against the vault. Each
        // by itself: that no destination is left between two of them the core does not say (it says that the destination is
        // missing).
        let regions = &["cn-south-1", "cn-north-4", "eu-west-0", UNLISTED][..];
        let others = &["cn-south-1", "cn-north-4", "cn-east-3", "eu-west-0"][..];
        let of_source = (regions, regions, &["p"][..], false);
        let of_project = (&["cn-east-3"][..], others, &["cn-south-1_p", "cn-north-4", "p"][..], false);
        let of_vault = (&["cn-east-3"][..], others, &["p"][..], true);
        for (sources, destinations, projects, has_vault) in [of_source, of_project, of_vault] {
            let mut facts = vec![
                words("", "sourceRegion", sources),
                words("/body", "region", destinations),
                words("/body", "project_name", projects),
                words("/body", "name", &["n", " n"]),
                numbers("", "copiesInFlight", &[0]),
                flag("image", "fullEcs"),
                of("image", "iso", vec![V::No]),
                flag("image", "encrypted"),
                numbers("image", "sizeBytes", &[1]),
                words("image", "visibility", &["private"]),
                words("image", "status", &["active"]),
                words("image", "os", &["linux"]),
                words("vault", "region", &["cn-north-4"]),
            ];
            facts.extend(settled());
            let body = format!(r#"{{"agency_name":"a"{}}}"#, if has_vault { r#","vault_id":"v""# } else { "" });
            let rows = CROSS.iter().filter_map(|name| row_of_cross(name, edition, "", has_vault)).chain([
                row("ims.cross-region-copy.name", Error, |world| world.word("/body/name") == " n"),
                row("ims.cross-region-copy.region", Silent, |world| world.word("/body/region") == UNLISTED),
            ]);
            tables.push(table(edition, &body, facts, rows.collect()));
        }
    }
    // The other words of the same facts, with what else they could meet.
    let usual = &editions[0];
    // Each with and without an enterprise project, which is not sent.
    for has_project in [false, true] {
        let destination = "sa-brazil-1";
        let mut facts = vec![
            words("", "sourceRegion", &["la-south-2", "sa-brazil-1", "cn-north-4", "eu-west-101"]),
            numbers("", "copiesInFlight", &[0]),
            flag("image", "fullEcs"),
            of("image", "iso", vec![V::No]),
            of("image", "encrypted", vec![V::No]),
            numbers("image", "sizeBytes", &[1]),
            words("image", "visibility", &["private"]),
            words("image", "status", &["active"]),
            words("image", "os", &["linux"]),
            words("vault", "region", &[destination]),
        ];
        facts.extend(settled());
        let mut body = body(destination, "p", true);
        if has_project {
            body = body.replacen('{', r#"{"enterprise_project_id":"0","#, 1);
        }
        let mut rows = rows(usual, destination, true);
        rows.push(row("ims.cross-region-copy.enterprise-project", Silent, move |_| has_project));
        tables.push(table(usual, &body, facts, rows));
    }
    let mut facts = vec![
        words("", "sourceRegion", &["cn-south-1", "cn-east-3", "cn-east-2", "cn-north-1", "eu-west-0"]),
        numbers("", "copiesInFlight", &[0]),
        flag("image", "fullEcs"),
        flag("image", "iso"),
        flag("image", "encrypted"),
        numbers("image", "sizeBytes", &SIZES),
        words("image", "visibility", &["private", "public", "shared", "market"]),
        words("image", "status", &["active", "ACTIVE", "queued", "killed"]),
        words("image", "os", &["linux", "windows", "other"]),
        words("vault", "region", &["cn-south-1"]),
    ];
    facts.extend(settled());
    tables.push(table(usual, &body("cn-south-1", "p", false), facts, rows(usual, "cn-south-1", false)));
    tables
}

const CROSS: [&str; 19] = [
    "regions-without-copies",
    "offered",
    "region-differs",
    "not-encrypted",
    "size-cap",
    "concurrent-limit",
    "not-iso",
    "private-image",
    "image-active",
    "vault-for-full-ecs",
    "not-windows",
    "full-ecs-refused",
    "project-of-destination",
    "same-site",
    "full-ecs-regions",
    "full-ecs-once",
    "vault-in-destination",
    "image-quota",
    "backup-billed",
];

/// The guide of 2022: between these a full-ECS image is copied.
const FULL_ECS_REGIONS: [&str; 5] = ["cn-north-1", "cn-east-3", "cn-east-2", "cn-north-4", "cn-south-1"];

/// The rows of a destination; where it is empty, the destination is a field of the world.
fn row_of_cross<'t>(name: &str, edition: &'t Edition, fixed: &'t str, has_vault: bool) -> Option<Row<'t>> {
    let destination = move |world: &World<'_>| if fixed.is_empty() { world.word("/body/region") } else { fixed };
    let is_there = move |world: &World<'_>| world.word("sourceRegion") == destination(world);
    Some(match name {
        // Where the cloud has no such operation, whatever is asked.
        "offered" if !edition.across_offered => row("ims.cross-region-copy.offered", Error, |_| true),
        "region-differs" => row("ims.cross-region-copy.region-differs", Error, is_there),
        "not-encrypted" => row("ims.cross-region-copy.not-encrypted", Error, |world| world.is("image/encrypted")),
        // Within one region the copy is refused whatever the size.
        "size-cap" => Row {
            moot: Some(("sourceRegion", fixed)),
            ..row("ims.cross-region-copy.size-cap", Error, |world| {
                world.number("image/sizeBytes") > edition.cap_from(world.word("sourceRegion"))
            })
        },
        "concurrent-limit" => row("ims.cross-region-copy.concurrent-limit", Error, |world| {
            world.number("copiesInFlight") + 1 > edition.copies
        }),
        "not-iso" => row("ims.cross-region-copy.not-iso", Error, |world| world.is("image/iso")),
        "private-image" => {
            row("ims.cross-region-copy.private-image", Error, |world| world.word("image/visibility") != "private")
        }
        "image-active" => row("ims.cross-region-copy.image-active", Error, |world| {
            !world.word("image/status").eq_ignore_ascii_case("active")
        }),
        "vault-for-full-ecs" => {
            row("ims.cross-region-copy.vault-for-full-ecs", Error, move |world| world.is("image/fullEcs") && !has_vault)
        }
        "not-windows" if !edition.windows_across => {
            row("ims.cross-region-copy.not-windows", Error, |world| world.word("image/os") == "windows")
        }
        "full-ecs-refused" if !edition.full_ecs_across => {
            row("ims.cross-region-copy.full-ecs-refused", Error, |world| world.is("image/fullEcs"))
        }
        // [IAM25]: a project is named like its region, or begins with its id and `_`; the other names here say nothing.
        "project-of-destination" if fixed.is_empty() => {
            row("ims.cross-region-copy.project-of-destination", Error, move |world| {
                let of = match world.word("/body/project_name") {
                    "cn-south-1_p" => "cn-south-1",
                    "cn-north-4" => "cn-north-4",
                    _ => return false,
                };
                of != destination(world)
            })
        }
        "same-site" => row("ims.cross-region-copy.same-site", Error, move |world| {
            are_apart(world.word("sourceRegion"), destination(world))
        }),
        "full-ecs-regions" => row("ims.cross-region-copy.full-ecs-regions", Silent, move |world| {
            let is_listed = |region| FULL_ECS_REGIONS.contains(&region);
            world.is("image/fullEcs") && !(is_listed(destination(world)) && is_listed(world.word("sourceRegion")))
        }),
        // The guide of 2022: between some regions, those of Latin America, no system or data disk image is copied.
        "regions-without-copies" => row("ims.cross-region-copy.regions-without-copies", Silent, move |world| {
            let is_listed = |region| ["la-south-2", "sa-brazil-1"].contains(&region);
            let is_apart = is_listed(destination(world)) && is_listed(world.word("sourceRegion")) && !is_there(world);
            is_apart && !world.is("image/fullEcs")
        }),
        "full-ecs-once" => row("ims.cross-region-copy.full-ecs-once", Error, |world| {
            world.is("image/fullEcs") && world.is("image/replicated")
        }),
        "vault-in-destination" => row("ims.cross-region-copy.vault-in-destination", Error, move |world| {
            has_vault && world.word("vault/region") != destination(world)
        }),
        "image-quota" => {
            row("ims.cross-region-copy.image-quota", Error, |world| world.number("destinationQuota/images") < 1)
        }
        "backup-billed" => row("ims.cross-region-copy.backup-billed", Silent, |world| world.is("image/fullEcs")),
        _ => return None,
    })
}

#[test]
fn of_the_in_region_copy() {
    let found = enumerate(&within_tables(&editions()));
    assert_eq!(found, WITHIN_COUNT);
}

fn within_tables(editions: &[Edition]) -> Vec<Table<'_>> {
    let rows = |of: &Edition, has_key: bool, has_project: bool| {
        let is_shared = |world: &World<'_>| world.word("image/visibility") == "shared";
        let mut rows = vec![
            row("ims.in-region-copy.not-full-ecs", Error, |world| world.is("image/fullEcs")),
            row("ims.in-region-copy.not-iso", Error, |world| world.is("image/iso")),
            row("ims.in-region-copy.image-active", Error, |world| {
                !world.word("image/status").eq_ignore_ascii_case("active")
            }),
            row("ims.in-region-copy.shared-accepted", Error, move |world| {
                is_shared(world) && !world.is("image/shareAccepted")
            }),
            row("ims.in-region-copy.shared-size-cap", Error, move |world| {
                is_shared(world) && world.number("image/sizeBytes") > 128 * GIB
            }),
            row("ims.in-region-copy.shared-not-encrypted", Error, move |world| {
                is_shared(world) && (has_key || world.is("image/encrypted"))
            }),
            row("ims.in-region-copy.bare-metal-not-encrypted", Error, move |world| {
                has_key && world.is("image/bareMetal")
            }),
            row("ims.in-region-copy.image-quota", Error, |world| world.number("destinationQuota/images") < 1),
            row("ims.in-region-copy.enterprise-project", Silent, move |world| has_project && is_shared(world)),
            row("ims.in-region-copy.kms-permission", Silent, |world| world.is("image/encrypted")),
        ];
        if !of.windows_within {
            rows.push(row("ims.in-region-copy.not-windows", Error, |world| world.word("image/os") == "windows"));
        }
        if !of.others_within {
            rows.push(row("ims.in-region-copy.private-image", Error, |world| {
                world.word("image/visibility") != "private"
            }));
        }
        if let Some(cap) = of.cap_within {
            rows.push(row("ims.in-region-copy.size-cap", Error, move |world| {
                world.number("image/sizeBytes") > cap * GIB
            }));
        }
        rows
    };
    let all = |of: &Edition| {
        let facts = vec![
            flag("image", "fullEcs"),
            flag("image", "iso"),
            flag("image", "encrypted"),
            flag("image", "fromSharedBackup"),
            numbers("image", "sizeBytes", &SIZES),
            words("image", "visibility", &["private", "public", "shared", "market"]),
            words("image", "status", &["active", "ACTIVE", "saving", "killed"]),
            words("image", "os", &["linux", "windows", "other"]),
            self::of("image", "shareAccepted", vec![V::Yes]),
            self::of("image", "bareMetal", vec![V::No]),
            enough_quota(),
        ];
        (facts, r#"{"name":"n"}"#, rows(of, false, false))
    };
    // What is presumed, and what shared images and keys demand.
    let shared = |of: &Edition, has_key: bool, has_project: bool| {
        let facts = vec![
            self::of("image", "fullEcs", vec![V::No]),
            self::of("image", "iso", vec![V::No]),
            flag("image", "encrypted"),
            numbers("image", "sizeBytes", &SIZES),
            words("image", "visibility", &["private", "shared"]),
            words("image", "status", &["active", "saving"]),
            words("image", "os", &["linux"]),
            flag("image", "shareAccepted").presumed(&[1]),
            flag("image", "bareMetal"),
            numbers("destinationQuota", "images", &[0, 1]).presumed(&[1]),
        ];
        let body = match (has_key, has_project) {
            (false, false) => r#"{"name":"n"}"#,
            (true, false) => r#"{"name":"n","cmk_id":"k"}"#,
            (false, true) => r#"{"name":"n","enterprise_project_id":"0"}"#,
            (true, true) => r#"{"name":"n","cmk_id":"k","enterprise_project_id":"0"}"#,
        };
        (facts, body, rows(of, has_key, has_project))
    };
    let mut tables = Vec::new();
    for of in editions {
        let of_shared =
            [(false, false), (true, false), (false, true), (true, true)].map(|(key, project)| shared(of, key, project));
        for (facts, body, rows) in [all(of)].into_iter().chain(of_shared) {
            let mut table = Table::new("ims.in-region-copy", &of.json, r#"{"image_id":"i"}"#, body, facts, rows);
            table.unread = vec!["fromSharedBackup"];
            tables.push(table);
        }
    }
    tables
}

#[test]
fn of_the_whole_image() {
    let found = enumerate(&whole_tables(&editions()));
    assert_eq!(found, WHOLE_COUNT);
}

fn whole_tables(editions: &[Edition]) -> Vec<Table<'_>> {
    /// The same facts of a server that is stopped.
    fn fewer(facts: Vec<Fact>) -> Vec<Fact> {
        let state = |fact: Fact| if fact.name == "state" { words("ecs", "state", &["stopped"]) } else { fact };
        facts.into_iter().map(state).collect()
    }
    /// Findings: rule and place.
    type Shape = &'static [(&'static str, &'static str, Weight)];
    /// A body: whether it is from a server, from a backup, and what is wrong with it.
    const BODIES: [(&str, bool, bool, Shape); 11] = [
        (
            r#"{"name":"n","backup_id":"b","whole_image_type":"cbr"}"#,
            false,
            true,
            &[("ims.whole-image.whole_image_type", "/body/whole_image_type", Error)],
        ),
        (r#"{"name":"n","instance_id":"i","vault_id":"v"}"#, true, false, &[]),
        (r#"{"name":"n","backup_id":"b","whole_image_type":"CBR"}"#, false, true, &[]),
        (r#"{"name":"n","instance_id":"i"}"#, true, false, &[("ims.whole-image.vault_id", "/body/vault_id", Error)]),
        (
            r#"{"name":"n","backup_id":"b"}"#,
            false,
            true,
            &[("ims.whole-image.whole_image_type", "/body/whole_image_type", Error)],
        ),
        (r#"{"instance_id":"i","vault_id":"v"}"#, true, false, &[("ims.whole-image.name", "/body/name", Error)]),
        (
            r#"{"name":"n","backup_id":"b","whole_image_type":"CBR","min_ram":2,"max_ram":1}"#,
            false,
            true,
            // No document says that it is refused.
            &[("ims.whole-image.min_ram", "/body/min_ram", Other)],
        ),
        (
            r#"{"name":"n","instance_id":"i","vault_id":"v","tags":["a.b"],"image_tags":[{"key":"a","value":"b"}]}"#,
            true,
            false,
            &[("ims.whole-image.image_tags", "/body/image_tags", Error)],
        ),
        (
            r#"{"name":"n","instance_id":"i","vault_id":"v","whole_image_type":"CBR"}"#,
            true,
            false,
            &[("ims.whole-image.other-variant", "/body/whole_image_type", Other)],
        ),
        (
            r#"{"name":"n","backup_id":"b","whole_image_type":"CBR","vault_id":"v"}"#,
            false,
            true,
            &[("ims.whole-image.other-variant", "/body/vault_id", Other)],
        ),
        // What is left blank is absent.
        (
            r#"{"name":"n","backup_id":"b","whole_image_type":"CBR","vault_id":" ","tags":[],"image_tags":[{"key":"a","value":"b"}]}"#,
            false,
            true,
            &[],
        ),
    ];
    let mut tables = Vec::new();
    for edition in editions {
        for (body, is_server, is_backup, shape) in BODIES {
            let on = move |world: &World<'_>, system| is_server && world.word("ecs/os") == system;
            let rows = || {
                vec![
                    row("ims.whole-image.source-configured", Other, move |world| {
                        is_server && !world.is("ecs/configured") || is_backup && !world.is("backup/configured")
                    }),
                    row("ims.whole-image.no-spanned-volume", Other, move |world| {
                        on(world, "windows") && world.is("ecs/spannedVolume")
                    }),
                    row("ims.whole-image.no-multi-disk-lvm", Other, move |world| {
                        on(world, "linux") && world.is("ecs/multiDiskVolume")
                    }),
                    row("ims.whole-image.san-policy", Other, move |world| {
                        on(world, "windows") && world.word("ecs/sanPolicy") != "OnlineAll"
                    }),
                    row("ims.whole-image.backup-single-use", Error, move |world| is_backup && world.is("backup/used")),
                    // It stands among the constraints on backups and speaks of servers.
                    row("ims.whole-image.keep-stopped", Other, |world| world.word("ecs/state") == "stopped"),
                    row("ims.whole-image.ecs-state", Error, move |world| {
                        is_server && world.word("ecs/state") == "BUILD"
                    }),
                    row("ims.whole-image.no-dss-disk", Error, move |world| is_server && world.is("ecs/dssDisk")),
                    row("ims.whole-image.backup-available", Error, move |world| {
                        is_backup && world.word("backup/status") != "available"
                    }),
                    row("ims.whole-image.image-quota", Error, |world| world.number("destinationQuota/images") < 1),
                    row("ims.whole-image.shared-backup-image", Other, move |world| {
                        is_backup && world.is("backup/shared")
                    }),
                    row("ims.whole-image.not-windows", Error, move |world| {
                        !edition.windows_whole && on(world, "windows")
                    }),
                ]
            };
            let of_volumes = vec![
                words("ecs", "os", &["linux", "windows", "other"]),
                words("ecs", "state", &["running", "stopped", "BUILD"]).presumed(&[0, 1]),
                flag("ecs", "configured"),
                flag("ecs", "spannedVolume"),
                flag("ecs", "multiDiskVolume"),
                words("ecs", "sanPolicy", &["OnlineAll", "OfflineShared", "OfflineAll"]),
                of("ecs", "dssDisk", vec![V::No]),
                flag("backup", "used"),
                flag("backup", "shared"),
                flag("backup", "configured"),
                words("backup", "status", &["available"]),
                enough_quota(),
            ];
            let of_what_is_presumed = vec![
                words("ecs", "os", &["other"]),
                words("ecs", "state", &["running", "stopped", "BUILD"]).presumed(&[0, 1]),
                of("ecs", "configured", vec![V::Yes]),
                of("ecs", "spannedVolume", vec![V::No]),
                of("ecs", "multiDiskVolume", vec![V::No]),
                words("ecs", "sanPolicy", &["OnlineAll"]),
                flag("ecs", "dssDisk").presumed(&[0]),
                flag("backup", "used"),
                of("backup", "shared", vec![V::No]),
                flag("backup", "configured"),
                words("backup", "status", &["available", "protecting"]).presumed(&[0]),
                numbers("destinationQuota", "images", &[0, 1]).presumed(&[1]),
            ];
            // What is said of volumes no edition changes.
            let of_volumes = if edition.json == editions[0].json { of_volumes } else { fewer(of_volumes) };
            for facts in [of_volumes, of_what_is_presumed] {
                let mut table = Table::new("ims.whole-image", &edition.json, "{}", body, facts, rows());
                table.shape = shape_under(edition, body, shape);
                tables.push(table);
            }
        }
    }
    tables
}

/// What is wrong with a body under an edition: with CSBS the vault and the type may be left out; a service that the cloud has no
/// backups of is no type.
fn shape_under(
    edition: &Edition,
    body: &str,
    shape: &[(&'static str, &'static str, Weight)],
) -> Vec<(&'static str, &'static str, Weight)> {
    const TYPE: &str = "ims.whole-image.whole_image_type";
    let is_absent = !body.contains("\"whole_image_type\"");
    let is_optional = |rule: &str| edition.csbs && is_absent && [TYPE, "ims.whole-image.vault_id"].contains(&rule);
    let mut shape: Vec<_> = shape.iter().copied().filter(|(rule, ..)| !is_optional(rule)).collect();
    if !edition.cbr && body.contains("\"CBR\"") {
        shape.push((TYPE, "/body/whole_image_type", Error));
    }
    shape
}

#[test]
fn of_jd_clouds_copy() {
    let found = enumerate(&jd_tables(&editions()));
    assert_eq!(found, JD_COUNT);
}

fn jd_tables(editions: &[Edition]) -> Vec<Table<'_>> {
    let mut tables = Vec::new();
    for edition in editions {
        for destination in ["cn-east-2", "cn-north-1"] {
            for ids in [r#"["a"]"#, r#"["a","b"]"#] {
                tables.push(jd_table(edition, destination, ids, ids.contains('b')));
            }
        }
    }
    tables
}

fn jd_table<'t>(edition: &'t Edition, destination: &'t str, ids: &str, has_two: bool) -> Table<'t> {
    let images: &[(&str, usize)] = if has_two { &[("a", 0), ("b", 1)] } else { &[("a", 0)] };
    let mut rows = vec![
        row("jd.copy-images.image-quota", Error, move |world| {
            world.number("destinationQuota/images") < if has_two { 2 } else { 1 }
        }),
        row("jd.copy-images.snapshot-quota", Error, move |world| {
            let needed = images.iter().map(|(id, _)| world.number(&format!("images/{id}/snapshots")));
            world.number("destinationQuota/snapshots") < needed.sum()
        }),
    ];
    if !edition.jd_same_region {
        rows.push(row("jd.copy-images.region-differs", Error, move |_| destination == "cn-north-1"));
    }
    for (id, index) in images {
        let own = |name: &str| format!("images/{id}/{name}");
        let mut of_image = |rule, broken: Box<dyn Fn(&World<'_>) -> bool + Sync>| {
            rows.push(Row { rule, image: Some(*index), weight: Error, broken, moot: None });
        };
        let (visibility, root, status) = (own("visibility"), own("rootDevice"), own("status"));
        let (encrypted, busy) = (own("snapshotEncrypted"), own("busy"));
        let shared_too = edition.jd_shared;
        of_image(
            "jd.copy-images.private-image",
            Box::new(move |world| {
                let found = world.word(&visibility);
                found != "private" && !(shared_too && found == "shared")
            }),
        );
        of_image("jd.copy-images.cloud-disk-system-image", Box::new(move |world| world.word(&root) != "cloudDisk"));
        of_image("jd.copy-images.ready", Box::new(move |world| world.word(&status) != "ready"));
        of_image("jd.copy-images.no-encrypted-snapshot", Box::new(move |world| world.is(&encrypted)));
        of_image("jd.copy-images.not-busy", Box::new(move |world| world.is(&busy)));
    }
    let mut facts = vec![
        numbers("destinationQuota", "images", &[0, 1, 2]),
        numbers(
            "destinationQuota",
            "snapshots",
            if has_two { &[0, 1, 2, 3, 4, 5, 1001, 5000] } else { &[0, 1, 2, 3, 4, 5000] },
        ),
        numbers("images/a", "snapshots", &[1, 3, 1000]),
        words("images/a", "visibility", &["private", "shared", "public"]),
        words("images/a", "status", &["ready", "pending"]),
    ];
    if has_two {
        // The rows of each image stand alone; what the second adds is told by those that stand together.
        facts.extend([
            words("images/a", "rootDevice", &["cloudDisk"]),
            of("images/a", "snapshotEncrypted", vec![V::No]),
            of("images/a", "busy", vec![V::No]),
            numbers("images/b", "snapshots", &[1, 2, 1000]),
            words("images/b", "visibility", &["private", "thirdparty"]),
            words("images/b", "rootDevice", &["cloudDisk"]),
            words("images/b", "status", &["ready"]),
            of("images/b", "snapshotEncrypted", vec![V::No]),
            flag("images/b", "busy"),
        ]);
    } else {
        facts.extend([
            words("images/a", "rootDevice", &["cloudDisk", "localDisk"]),
            flag("images/a", "snapshotEncrypted"),
            flag("images/a", "busy"),
        ]);
    }
    let body = format!(r#"{{"sourceImageIds":{ids},"destinationRegion":"{destination}"}}"#);
    let mut table = Table::new("jd.copy-images", &edition.json, r#"{"regionId":"cn-north-1"}"#, &body, facts, rows);
    // Numbers have no end, the small world's have: where the quota is known to do for any image of it, and how many snapshots
    // one needs is not known, the law cannot be seen.
    table.beyond = Box::new(move |value| {
        let number = |pointer| match value(pointer) {
            Some(V::Number(number)) => Some(number),
            _ => None,
        };
        let a = number("images/a/snapshots");
        let b = if has_two { number("images/b/snapshots") } else { Some(0) };
        number("Quota/snapshots")
            .is_some_and(|quota| (a.is_none() || b.is_none()) && quota >= a.unwrap_or(1000) + b.unwrap_or(1000))
    });
    table
}

#[test]
fn of_what_can_be_done_with_an_image() {
    let found = enumerate(&capability_tables());
    assert_eq!(found, CAPABILITY_COUNT);
}

fn capability_tables() -> Vec<Table<'static>> {
    let mut tables = Vec::new();
    for edition in &ROWS {
        for capability in ["image.export", "image.share"] {
            let facts = vec![
                flag("image", "fullEcs"),
                flag("image", "iso"),
                flag("image", "fromSharedBackup"),
                words("image", "visibility", &["private", "public", "shared", "market"]),
                words("image", "status", &["active", "saving"]),
                flag("image", "encrypted"),
                numbers("image", "sizeBytes", &SIZES[..3]),
                flag("image", "marketplace").presumed(&[0]),
            ];
            let rows = if capability == "image.export" {
                vec![
                    row("image.export.not-full-ecs", Error, |world| world.is("image/fullEcs")),
                    row("image.export.not-iso", Error, |world| world.is("image/iso")),
                    row("image.export.not-public", Error, |world| world.word("image/visibility") != "private"),
                    row("image.export.size-cap", Error, |world| world.number("image/sizeBytes") > 128 * GIB),
                    row("image.export.not-marketplace", Error, |world| world.is("image/marketplace")),
                    row("image.export.image-active", Error, |world| world.word("image/status") != "active"),
                ]
            } else {
                vec![
                    // Only full-ECS images are made from backups.
                    row("image.share.not-from-shared-backup", Error, |world| {
                        world.is("image/fullEcs") && world.is("image/fromSharedBackup")
                    }),
                    row("image.share.private-image", Error, |world| world.word("image/visibility") != "private"),
                    row("image.share.not-encrypted", Error, move |world| {
                        !edition.encrypted_shared.value() && world.is("image/encrypted")
                    }),
                    row("image.share.full-ecs-refused", Error, move |world| {
                        !edition.full_ecs_shared.value() && world.is("image/fullEcs")
                    }),
                ]
            };
            let mut table = Table::new(capability, "null", "{}", "{}", facts, rows);
            table.capability = Some((capability, edition.name));
            tables.push(table);
        }
    }
    tables
}

/// The tables have a row for every rule that the core has for these operations, beside those of fields: a rule that nobody has
/// modelled is not compared. And every row is a rule.
#[test]
fn every_rule_is_modelled() {
    let editions = editions();
    let tables = [
        cross_tables(&editions),
        within_tables(&editions),
        whole_tables(&editions),
        jd_tables(&editions),
        capability_tables(),
    ];
    let modelled: BTreeSet<_> = tables
        .iter()
        .flatten()
        .flat_map(|table| {
            let rows = table.rows.iter().map(|row| row.rule).chain(table.shape.iter().map(|(rule, ..)| *rule));
            rows.chain(table.when_allowed)
        })
        .collect();
    let fields: BTreeSet<_> = image_preflight::operations()
        .flat_map(|operation| operation.body().iter().chain(operation.path()).map(|field| field.rule().id))
        .collect();
    let is_of_reading = |id: &str| id.ends_with("-field") || id.starts_with("case.") || fields.contains(id);
    let rules: BTreeSet<_> = image_preflight::rules().map(|rule| rule.id).filter(|id| !is_of_reading(id)).collect();
    let modelled: BTreeSet<_> = modelled.into_iter().filter(|id| !is_of_reading(id)).collect();
    assert_eq!(modelled, rules);
}
