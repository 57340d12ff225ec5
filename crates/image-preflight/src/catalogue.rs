//! The catalogue: every provider's operations, every rule, every sentence.

use crate::check::operation::Operation;
use crate::check::report;
use crate::field::field;
use crate::finding::case_rules;
use crate::message::message::Message;
use crate::message::suggest;
use crate::message::violation_kind::ViolationKind;
use crate::rule::fact;
use crate::rule::rule::{Rule, if_reference};
use crate::{explain, huawei, jdcloud};

/// The operations that a case may name. A provider is a line here.
pub fn operations() -> impl Iterator<Item = &'static Operation> {
    huawei::provider::OPERATIONS.into_iter().chain(jdcloud::provider::OPERATIONS)
}

/// What can be done with an image beside them, evaluated by the image alone.
pub(crate) fn capabilities() -> impl Iterator<Item = &'static Operation> {
    if_reference(&huawei::provider::CAPABILITIES).iter().copied()
}

/// The operation of this id (`ims.in-region-copy`) or of the provider's own name (`CopyImageInRegion`).
///
/// ```
/// assert_eq!(image_preflight::operation("copyImages").unwrap().id(), "jd.copy-images");
/// ```
#[must_use]
pub fn operation(name: &str) -> Option<&'static Operation> {
    operations().find(|operation| operation.id == name || operation.api_name == name)
}

/// Every rule: of a case as such, then of each operation, then of what else can be done with an image.
///
/// ```
/// let ids: Vec<_> = image_preflight::rules().map(|rule| rule.id).collect();
/// assert!(ids.contains(&"jd.copy-images.snapshot-quota"));
/// ```
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    case_rules::RULES.into_iter().chain(operations().chain(capabilities()).flat_map(Operation::rules))
}

/// The rule of this id, or of this alias.
///
/// ```
/// assert_eq!(image_preflight::rule("image.copy-in-region").unwrap().id, "ims.in-region-copy.not-full-ecs");
/// ```
#[must_use]
pub fn rule(id: &str) -> Option<&'static Rule> {
    rules().find(|rule| rule.id == id).or_else(|| rules().find(|rule| rule.aliases.contains(&id)))
}

/// The names of operations that are near to one that is not known: ids, or the provider's own names.
pub(crate) fn near_operations(name: &str) -> Vec<&'static str> {
    let known = operations().flat_map(|operation| [operation.id, operation.api_name]);
    suggest::closest(name, known, suggest::MAX_SUGGESTED)
}

/// Every sentence that a report, the catalogue or a refusal can speak.
pub fn all_messages() -> impl Iterator<Item = Message> {
    let of_rules =
        rules().flat_map(|rule| [rule.holds, rule.why, rule.violated, rule.fix].into_iter().chain(rule.disputed));
    let of_facts = fact::Fact::ALL.into_iter().flat_map(|fact| [fact.description(), fact.how_to_obtain()]);
    let of_kinds = ViolationKind::ALL.into_iter().flat_map(|kind| [kind.message(), kind.fix()]);
    let titles = operations().chain(capabilities()).map(|operation| operation.title);
    of_rules
        .chain(of_facts)
        .chain(of_kinds)
        .chain(titles)
        .chain(field::all_messages())
        .chain(case_rules::MESSAGES)
        .chain(crate::finding::implicit_rules::MESSAGES)
        .chain(huawei::provider::all_messages())
        .chain(jdcloud::provider::all_messages())
        .chain(explain::all_messages())
        .chain(report::all_messages())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_two_rules_have_the_same_id_or_alias() {
        let mut seen = HashSet::new();
        for rule in rules() {
            for id in rule.aliases.iter().chain([&rule.id]) {
                assert!(seen.insert(*id), "{id} comes twice");
            }
        }
    }

    #[test]
    fn a_rule_belongs_to_its_operation_and_says_why() {
        for operation in operations().chain(capabilities()) {
            for rule in operation.rules() {
                assert!(rule.id.starts_with(operation.id), "{}", rule.id);
                assert_ne!(rule.holds, Rule::DEFAULT.holds, "{}", rule.id);
                assert_ne!(rule.why, Rule::DEFAULT.why, "{}", rule.id);
            }
        }
    }

    #[test]
    fn the_way_out_of_a_rule_is_an_operation() {
        for way_out in rules().filter_map(|rule| rule.way_out) {
            assert!(operation(way_out).is_some(), "{way_out}");
        }
    }

    #[test]
    fn english_and_chinese_are_what_they_say() {
        let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        for words in all_messages() {
            assert!(!words.en.chars().any(is_han), "{}", words.en);
            let is_name = words.en == words.zh;
            assert!(is_name || words.zh.chars().any(is_han), "{}", words.zh);
        }
    }

    #[test]
    fn both_languages_have_the_same_placeholders() {
        let names = |text: &str| {
            let names =
                text.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name.to_owned()));
            names.collect::<HashSet<_>>()
        };
        for words in all_messages() {
            assert_eq!(names(words.en), names(words.zh), "{}", words.en);
        }
    }
}
