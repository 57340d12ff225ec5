//! What a plan must know of an operation: how many run at once, what runs alone, and what is made ready first.

use crate::message::message::{Message, message};
use crate::rule::edition::Limit;
use crate::rule::fact::Fact;
use crate::rule::facts::FactValue;
use std::borrow::Cow;

/// How the requests of an operation may be put in order. Which ids go into one call is said by the field that lists them.
#[derive(Debug)]
pub(crate) struct Scheduling {
    /// The limit of those that run at once.
    pub(crate) at_once: Option<AtOnce>,
    /// Values that only one running request may have; the first that a request has counts.
    pub(crate) one_at_a_time: &'static [OneAtATime],
    /// What is done before, where that takes away what is wrong.
    pub(crate) preparation: Option<Preparation>,
}

impl Scheduling {
    /// Any number at any time.
    pub(crate) const FREE: Scheduling = Scheduling { at_once: None, one_at_a_time: &[], preparation: None };
}

/// How many requests of one tenant may run at once.
#[derive(Debug)]
pub(crate) struct AtOnce {
    pub(crate) limit: &'static Limit,
    /// How many run: a plan knows it, so that no case needs to say it.
    pub(crate) in_flight: Fact,
}

/// A value that only one running request may have.
#[derive(Debug)]
pub(crate) struct OneAtATime {
    /// The slot of the body's field, or `None` for the parameter of the address.
    pub(crate) slot: Option<usize>,
    /// What the value is, so that equal ids of different things are different.
    pub(crate) name: &'static str,
    /// What two requests have that both have the value, as the object of a sentence.
    pub(crate) shared: Message,
    /// Only where this is so.
    pub(crate) only_if: Option<Fact>,
    /// What is so of the value once a request with it has ended well.
    pub(crate) uses_up: Option<Fact>,
}

/// A request that is made first, of the same parameter of the address: the image that it makes is what the other is then about.
#[derive(Debug)]
pub(crate) struct Preparation {
    /// The rules that it helps against.
    pub(crate) rules: &'static [&'static str],
    /// The id of its operation.
    pub(crate) operation: &'static str,
    /// The fields that it takes from the other's body.
    pub(crate) body: &'static [&'static str],
    /// What is known of the image that it makes.
    pub(crate) makes: &'static [(Fact, Made)],
}

/// What is known of an image that has been made.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Made {
    Flag(bool),
    Text(&'static str),
}

impl Made {
    pub(crate) fn value(self) -> FactValue<'static> {
        match self {
            Made::Flag(flag) => FactValue::Flag(flag),
            Made::Text(text) => FactValue::Text(Cow::Borrowed(text)),
        }
    }
}

/// What is said of the cases of a plan beside them: the members of its options, and what each must be, as the object of a sentence.
pub(crate) static PROGRESS: [(&str, Message); 7] = [
    ("copiesInFlight", message("an integer, 0 or more", "不小于 0 的整数")),
    (
        "after",
        message(
            "an object with lists of places of cases, by the place of the case that waits: {\"2\": [0, 1]}",
            "对象，以等待的用例的序号为键，以用例序号列表为值：{\"2\": [0, 1]}",
        ),
    ),
    (
        "priority",
        message(
            "an object with integers, by the place of the case: {\"2\": 10}",
            "对象，以用例序号为键，以整数为值：{\"2\": 10}",
        ),
    ),
    ("running", message("a list of places of cases, counted from 0: [0, 1]", "用例序号列表，从 0 开始：[0, 1]")),
    ("finished", message("a list of places of cases, counted from 0: [0, 1]", "用例序号列表，从 0 开始：[0, 1]")),
    (
        "prepared",
        message(
            "an object with image ids, by the place of the case: {\"2\": \"465076de…\"}",
            "对象，以用例序号为键，以镜像 ID 为值：{\"2\": \"465076de…\"}",
        ),
    ),
    (
        "failed",
        message(
            "an object with `now`, `later`, `after-fix` or `never`, by the place of the case: {\"3\": \"later\"}",
            "对象，以用例序号为键，以 `now`、`later`、`after-fix` 或 `never` 为值：{\"3\": \"later\"}",
        ),
    ),
];
