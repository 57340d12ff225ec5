//! How a table of error codes is written: one row per code.

/// A table: `"code": "English", "Chinese", (operations), [rules], retry;`, each code with status 400.
///
/// A code that comes with several messages or statuses has them before its meaning: `"code" 502 "message": …`.
macro_rules! codes {
    ($($code:literal $($status:literal $message:literal)?: $en:expr, $zh:expr, ($operations:expr), [$($rule:literal),*], $retry:ident;)+) => {
        &[$($crate::check::refusal::DocumentedError {
            status: codes!(@status $($status)?),
            code: $code,
            message: codes!(@message $($message)?),
            message_zh: "",
            meaning: $crate::message::message::message($en, $zh),
            operations: $operations,
            rules: &[$($rule),*],
            retry: $crate::check::refusal::Retry::$retry,
        }),+]
    };
    (@status) => { 400 };
    (@status $status:literal) => { $status };
    (@message) => { "" };
    (@message $message:literal) => { $message };
}
pub(crate) use codes;
