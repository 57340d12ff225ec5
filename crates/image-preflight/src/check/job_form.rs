//! What following a job must know of an API: where its answers have what they say.

use crate::message::message::Message;
use serde_json::Value;

/// How an API answers about what it has begun. Paths are names of members, each in the one before.
#[derive(Debug)]
pub(crate) struct JobForm {
    /// The list in an answer that takes a request, with one entry for each job; empty where the answer is the only one.
    pub(crate) begun: &'static [&'static str],
    /// The member of an entry that is the id to ask with, and the one that names the image which is copied.
    pub(crate) id: &'static str,
    pub(crate) source: Option<&'static str>,
    /// The addresses that tell how it stands, the one to try first before the others. `{job}` is the id, other names in braces
    /// are the caller's to fill in.
    pub(crate) queries: &'static [&'static str],
    /// Where the answer of a query has the job.
    pub(crate) within: &'static [&'static str],
    /// Its member that is the id again.
    pub(crate) id_again: &'static str,
    /// Members of which a job has at least one; what else has a status is no job.
    pub(crate) members: &'static [&'static str],
    /// The member that is the provider's name of what the job does, and what the names mean.
    pub(crate) kind: Option<&'static str>,
    pub(crate) kinds: &'static [(&'static str, Message)],
    pub(crate) status: &'static str,
    /// The words of a status, in lower case.
    pub(crate) words: &'static [(&'static str, Standing)],
    /// Whether the id to ask with is the new image's.
    pub(crate) is_image: bool,
    /// Where else the id of the new image may be.
    pub(crate) image: &'static [&'static [&'static str]],
    /// The fraction that is done, and what is being done.
    pub(crate) fraction: &'static [&'static str],
    pub(crate) task: &'static [&'static str],
    /// Lists of jobs that it consists of: their status, image and error are read like its own.
    pub(crate) parts: &'static [&'static [&'static str]],
    /// The codes of an answer that says that the address is not there.
    pub(crate) no_address: &'static [&'static str],
}

/// What a status means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    Waiting,
    Running,
    Succeeded,
    Failed,
}

impl JobForm {
    /// How a job, or a part of one, stands; `None` without a status that is known.
    pub(crate) fn standing(&self, job: &Value) -> Option<Standing> {
        self.word(text(job, &[self.status])?)
    }

    /// What a word of a status means, in any case of letters.
    pub(crate) fn word(&self, word: &str) -> Option<Standing> {
        let known = self.words.iter().find(|(known, _)| known.eq_ignore_ascii_case(word.trim()));
        known.map(|(_, standing)| *standing)
    }

    /// The id of the new image in a job, or in a part of one.
    pub(crate) fn image_of<'v>(&self, job: &'v Value) -> Option<&'v str> {
        self.image.iter().find_map(|path| text(job, path))
    }

    /// The same in a job that has ended well, by itself or by one of its parts.
    pub(crate) fn made<'v>(&'static self, job: &'v Value) -> Option<&'v str> {
        self.image_of(job).or_else(|| self.parts(job).find_map(|part| self.image_of(part)))
    }

    /// The jobs that a job consists of.
    pub(crate) fn parts<'v>(&'static self, job: &'v Value) -> impl Iterator<Item = &'v Value> {
        self.parts.iter().filter_map(|path| at(job, path)?.as_array()).flatten()
    }

    /// The entries of an answer that takes a request, one per job; empty for another answer.
    pub(crate) fn begun<'v>(&self, answer: &'v Value) -> Vec<&'v Value> {
        match (at(answer, self.begun), self.begun) {
            (Some(Value::Array(entries)), _) => entries.iter().collect(),
            (Some(only), []) if text(only, &[self.id]).is_some() => vec![only],
            _ => Vec::new(),
        }
    }
}

/// What members, each in the one before, lead to. An SDK may print `job_id` as `jobId`.
pub(crate) fn at<'v>(value: &'v Value, path: &[&str]) -> Option<&'v Value> {
    let member = |value: &'v Value, name: &str| value.get(name).or_else(|| value.get(camel_case(name)?));
    path.iter().try_fold(value, |value, name| member(value, name))
}

/// A name of several words with capitals in place of the underscores.
fn camel_case(name: &str) -> Option<String> {
    let (first, rest) = name.split_once('_')?;
    let mut name = first.to_owned();
    for word in rest.split('_') {
        let mut characters = word.chars();
        name.extend(characters.next().map(|first| first.to_ascii_uppercase()));
        name.push_str(characters.as_str());
    }
    Some(name)
}

/// A text there that is not blank.
pub(crate) fn text<'v>(value: &'v Value, path: &[&str]) -> Option<&'v str> {
    at(value, path)?.as_str().filter(|text| !text.trim().is_empty())
}
