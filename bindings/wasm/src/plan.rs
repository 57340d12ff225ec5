//! The commands about plans and jobs. Only one module has them: they would make the default one over a quarter larger.

use crate::full::json;
use crate::more::{object, text_of, value};
use image_preflight::job::{Job, JobDocument};
use image_preflight::plan::{Plan, PlanOptions};
use image_preflight::{Edition, Locale};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// The answer to a command; `None` if there is no such command.
pub(crate) fn answer(command: u32, text: &str, locale: Locale) -> Option<String> {
    match command {
        16 => Some(json(&planned(text, locale))),
        17 => Some(json(&begun(text, locale))),
        18 => Some(json(&followed(text, locale))),
        _ => None,
    }
}

/// Cases, each as JSON text, and what is said of them.
#[derive(Deserialize)]
struct Cases {
    cases: Vec<String>,
    edition: Option<String>,
    options: PlanOptions,
}

/// What was asked for, or what is wrong with the question.
fn answered(answer: Result<Value, String>) -> Value {
    match answer {
        Ok(answer) => object([("answer", answer)]),
        Err(problem) => object([("problem", problem.into())]),
    }
}

fn planned(text: &str, locale: Locale) -> Value {
    let plan = serde_json::from_str(text).map_err(text_of).and_then(|Cases { cases, edition, options }| {
        let edition = edition.map_or_else(|| Ok(Edition::default()), |name| name.parse()).map_err(text_of)?;
        Plan::of(cases, &edition, &options).map_err(text_of)
    });
    answered(plan.map(|plan| value(plan.localized(locale))))
}

/// The answer to a request, and the parameters of the addresses to ask.
#[derive(Deserialize)]
struct Begun {
    operation: String,
    status: Option<u16>,
    answer: String,
    parameters: BTreeMap<String, String>,
}

fn begun(text: &str, locale: Locale) -> Value {
    let begun = serde_json::from_str(text).map_err(text_of).and_then(|begun: Begun| {
        let operation = image_preflight::operation(&begun.operation);
        let operation = operation.ok_or_else(|| ["unknown operation ", &begun.operation].concat())?;
        Ok(value(Job::begin_localized(operation, begun.status, &begun.answer, &begun.parameters, locale)))
    });
    answered(begun)
}

/// A job, the answer to its query if there is one, and parameters of the addresses to ask.
#[derive(Deserialize)]
struct Followed {
    job: JobDocument,
    status: Option<u16>,
    answer: Option<String>,
    parameters: BTreeMap<String, String>,
}

fn followed(text: &str, locale: Locale) -> Value {
    let job = serde_json::from_str(text).map_err(text_of).and_then(|followed: Followed| {
        let mut job = Job::restored(&followed.job).map_err(text_of)?;
        followed.parameters.into_iter().for_each(|(name, value)| job.set(name, value));
        if let Some(answer) = &followed.answer {
            job.answered(followed.status, answer);
        }
        Ok(value(job.to_document(locale)))
    });
    answered(job)
}
