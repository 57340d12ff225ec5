//! What following a job must know of an API: where its answers have what they say.

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
