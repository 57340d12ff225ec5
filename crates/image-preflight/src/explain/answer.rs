//! What a JSON answer says: an error in any of its forms, a job, or that a request was accepted.

use super::table;
use crate::catalogue;
use crate::check::job_form::{JobForm, Standing, at, text};
use crate::check::provider::ErrorForm;
use crate::check::refusal::AnswerKind;
use crate::message::message::Message;
use serde_json::{Map, Value};

/// How deep objects are searched in objects, and JSON in strings.
const MAX_NESTED: usize = 12;
const MAX_STRINGS: usize = 3;

/// What an answer says.
#[derive(Clone, Debug, Default)]
pub(super) struct Answer {
    pub(super) code: Option<String>,
    pub(super) message: Option<String>,
    pub(super) status: Option<u16>,
    pub(super) request_id: Option<String>,
    /// Further codes that are known.
    pub(super) others: Vec<&'static str>,
    pub(super) job: Option<Job>,
}

impl Answer {
    /// This, with what it lacks from another one.
    pub(super) fn or(self, other: Answer) -> Answer {
        Answer {
            code: self.code.or(other.code),
            message: self.message.or(other.message),
            status: self.status.or(other.status),
            request_id: self.request_id.or(other.request_id),
            others: self.others,
            job: self.job.or(other.job),
        }
    }
}

/// A job, or the request that begins one.
#[derive(Clone, Debug)]
pub(super) struct Job {
    /// How it stands; `None` for a request that was accepted.
    pub(super) standing: Option<Standing>,
    pub(super) id: Option<String>,
    pub(super) kind: Option<String>,
    pub(super) name: Option<Message>,
    /// The id of the image that it has made.
    pub(super) image: Option<String>,
    /// What the API says of a request that it accepts.
    pub(super) accepted: Message,
}

impl Job {
    pub(super) fn answer_kind(&self) -> AnswerKind {
        match self.standing {
            None => AnswerKind::Accepted,
            Some(Standing::Waiting | Standing::Running) => AnswerKind::Running,
            Some(Standing::Succeeded) => AnswerKind::Succeeded,
            Some(Standing::Failed) => AnswerKind::Failed,
        }
    }
}

/// Reads a JSON value. The outermost error whose code is known is what it says; else the outermost with a code; else one with a
/// status.
pub(super) fn read(value: &Value) -> Answer {
    let mut search = Search::default();
    let job = search.job(value, 0);
    search.visit(value, 0, 0);
    let Search { candidates, request_id } = search;
    let code_of = |candidate: &&Candidate| candidate.code.as_deref().and_then(table::known);
    let chosen = candidates
        .iter()
        .find(|candidate| code_of(candidate).is_some())
        .or_else(|| candidates.iter().find(|candidate| candidate.code.is_some()))
        .or_else(|| candidates.iter().find(|candidate| candidate.status.is_some()))
        .or_else(|| candidates.first())
        .cloned()
        .unwrap_or_default();
    let mut others: Vec<_> = candidates.iter().filter_map(|candidate| code_of(&candidate)).collect();
    others.retain(|other| chosen.code.as_deref().is_none_or(|code| !code.eq_ignore_ascii_case(other)));
    // Around an error there may be the answer's own status.
    let status = chosen.status.or_else(|| candidates.iter().find_map(|candidate| candidate.status));
    Answer { code: chosen.code, message: chosen.message, status, request_id, others, job }
}

/// The members by which SDKs, gateways and logs give the status of an answer, beside `code`.
const STATUSES: [&str; 6] = ["status", "status_code", "statusCode", "httpStatusCode", "httpStatus", "http_status"];

/// The status of an answer that refuses, as a number or in digits. A job's `status` is a word.
fn status_of(body: &Map<String, Value>) -> Option<u16> {
    let status = |value: &Value| match value {
        Value::String(digits) => digits.trim().parse().ok(),
        number => u16::try_from(number.as_u64()?).ok(),
    };
    STATUSES.iter().filter_map(|name| status(body.get(*name)?)).find(|status| (400..600).contains(status))
}

/// What a text says that is nothing but the id of a job and its name, `job_id: edc…`, as an SDK or a script prints it.
pub(super) fn read_id(text: &str) -> Answer {
    // What Java prints: `class CopyImageInRegionResponse {…}`.
    let of_class = text.strip_prefix("class ").and_then(|rest| rest.split_once('{')?.1.trim_end().strip_suffix('}'));
    let quoted = |part: &str| part.trim().trim_matches(['"', '\'', ',', ';']).trim().to_owned();
    let Some((name, id)) = of_class.unwrap_or(text).split_once([':', '=']) else { return Answer::default() };
    let (name, id) = (quoted(name), quoted(id.trim().trim_end_matches(['.', '。'])));
    let is_plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_ ".contains(&byte));
    if !is_plain(&name) || !is_plain(&id) || id.contains(' ') {
        return Answer::default();
    }
    let lower = name.to_ascii_lowercase().replace([' ', '-'], "_");
    // As text, because a map that is made here brings panics of its own.
    let json = |name: &str| ["{\"", name, "\":\"", &id, "\"}"].concat();
    let read = |name: &String| serde_json::from_str(&json(name)).map(|value| read(&value)).unwrap_or_default();
    [name, lower].iter().map(read).find(|answer| answer.job.is_some()).unwrap_or_default()
}

/// An object that may be an error.
#[derive(Clone, Debug, Default)]
struct Candidate {
    code: Option<String>,
    message: Option<String>,
    status: Option<u16>,
}

#[derive(Default)]
struct Search {
    candidates: Vec<Candidate>,
    request_id: Option<String>,
}

impl Search {
    /// The outermost job of an answer, or what it has accepted.
    fn job(&self, value: &Value, depth: usize) -> Option<Job> {
        let body = value.as_object()?;
        let here = catalogue::providers().find_map(|(form, accepted)| {
            let job = at(value, form.within).filter(|job| has_a_member(form, job));
            let standing = job.and_then(|job| form.standing(job));
            if let (Some(job), Some(standing)) = (job, standing) {
                return Some(job_of(form, job, Some(standing), accepted, form.id_again));
            }
            let begun = form.begun(value);
            let entry = begun.into_iter().find(|entry| text(entry, &[form.id]).is_some())?;
            // What has a status that nobody knows is not taken for an answer that accepts.
            value.get(form.status).is_none().then(|| job_of(form, entry, None, accepted, form.id))
        });
        let inner = || members(body).find_map(|(_, value)| self.job(value, depth + 1));
        here.or_else(|| if depth < 3 && !body.contains_key("error") { inner() } else { None })
    }

    /// Every object that may be an error, the outer ones first.
    fn visit(&mut self, value: &Value, depth: usize, strings: usize) {
        if depth > MAX_NESTED {
            return;
        }
        match value {
            Value::Object(body) => {
                let has_succeeded = catalogue::job_forms()
                    .any(|form| form.standing(value) == Some(Standing::Succeeded) && has_a_member(form, value));
                if !has_succeeded {
                    self.candidate(body);
                }
                // The error itself before what else the answer holds.
                let (first, rest): (Vec<_>, Vec<_>) = members(body).partition(|(name, _)| *name == "error");
                first.into_iter().chain(rest).for_each(|(_, value)| self.visit(value, depth + 1, strings));
            }
            Value::Array(values) => values.iter().for_each(|value| self.visit(value, depth + 1, strings)),
            Value::String(text) if strings < MAX_STRINGS && text.trim_start().starts_with(['{', '[']) => {
                if let Ok(value) = serde_json::from_str(text) {
                    self.visit(&value, depth + 1, strings + 1);
                }
            }
            _ => {}
        }
    }

    fn candidate(&mut self, body: &Map<String, Value>) {
        let member = |name: &str| body.get(name)?.as_str().filter(|text| !text.trim().is_empty()).map(str::to_owned);
        let all = |names: fn(&ErrorForm) -> &'static [&'static str]| {
            catalogue::error_forms().flat_map(names).filter_map(|name| member(name))
        };
        self.request_id = self.request_id.take().or_else(|| all(|form| form.request_id).next());
        let message = all(|form| form.message).next();
        let number = body.get("code").and_then(Value::as_u64).and_then(|number| u16::try_from(number).ok());
        let mut codes: Vec<_> = all(|form| form.code).collect();
        codes.dedup();
        // A number for `code` is a status; the code is a word beside it, if there is one.
        if number.is_some() {
            codes.extend(member("status"));
        }
        let status = number.filter(|number| (100..600).contains(number)).or_else(|| status_of(body));
        for code in codes {
            self.candidates.push(Candidate { code: Some(code), message: message.clone(), status });
        }
        if status.is_some() || message.is_some() {
            self.candidates.push(Candidate { code: None, message, status });
        }
    }
}

/// The members of an object. What gives the next one checks the tree with panics of its own: behind a pointer that the optimizer does
/// not see through, it is not inlined into functions of ours, where the search for panics would find them.
fn members(body: &Map<String, Value>) -> impl Iterator<Item = (&String, &Value)> {
    type Next<'v> = fn(&mut serde_json::map::Iter<'v>) -> Option<(&'v String, &'v Value)>;
    let next: Next<'_> = std::hint::black_box(Iterator::next);
    let mut rest = body.iter();
    std::iter::from_fn(move || next(&mut rest))
}

fn has_a_member(form: &JobForm, job: &Value) -> bool {
    form.members.iter().any(|name| at(job, &[name]).is_some())
}

fn job_of(form: &'static JobForm, job: &Value, standing: Option<Standing>, accepted: Message, id: &'static str) -> Job {
    let kind = form.kind.and_then(|kind| text(job, &[kind])).map(str::to_owned);
    let of_kind = |(known, _): &&(&str, Message)| kind.as_deref().is_some_and(|kind| kind.eq_ignore_ascii_case(known));
    let name = form.kinds.iter().find(of_kind).map(|(_, name)| *name);
    let id = text(job, &[id]).map(str::to_owned);
    let has_made = standing == Some(Standing::Succeeded);
    let image = if form.is_image { id.clone() } else { form.made(job).map(str::to_owned) };
    Job { standing, id, kind, name, image: image.filter(|_| has_made), accepted }
}
