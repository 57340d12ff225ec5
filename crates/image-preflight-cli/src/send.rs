//! The forms in which people send requests.

use clap::ValueEnum;

/// As what a request is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum RequestFormat {
    /// Method, path, headers, body
    Http,
    /// The same as one JSON object
    Json,
    /// A command of curl
    Curl,
    /// A command of KooCLI (hcloud)
    Koocli,
    /// A command of jdc
    Jdc,
    /// A resource of Terraform, in HCL
    Terraform,
}
