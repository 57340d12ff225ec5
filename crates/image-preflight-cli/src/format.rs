//! The formats of reports.

use crate::{names, words};
use clap::ValueEnum;
use image_preflight::Message;
use std::path::PathBuf;

/// A format of reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people, with the lines of the file
    Human,
    /// One line per finding: file:line:column: level[rule] sentence
    Concise,
    /// One report per line, with its place in the file
    Json,
    /// One SARIF 2.1.0 log, for code scanning; at most 25000 results, as GitHub accepts no more
    Sarif,
    /// Annotations of a GitHub workflow
    Github,
    /// A code quality report of GitLab (Code Climate)
    Gitlab,
    /// JUnit XML: a test case per case
    Junit,
}

/// A format, and the file that gets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Output {
    pub(crate) format: Format,
    pub(crate) file: PathBuf,
}

const EXPECTED: Message = Message {
    en: "FORMAT=FILE is expected, such as sarif=report.sarif",
    zh: "应为 FORMAT=FILE 的形式，例如 sarif=report.sarif",
};
const NO_FILE: Message = Message { en: "the name of the file is missing", zh: "缺少文件名" };
const TO_STDOUT: Message = Message {
    en: "an output goes into a file; --format is for standard output",
    zh: "此处只能输出到文件；标准输出的格式请用 --format 指定",
};

impl Output {
    /// Parses `FORMAT=FILE`.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let (name, file) = text.split_once('=').ok_or_else(|| EXPECTED.text(words::locale()))?;
        let format = names::value(names::NO_FORMAT, name)?;
        match file {
            "-" => Err(TO_STDOUT.text(words::locale()).to_owned()),
            "" => Err(NO_FILE.text(words::locale()).to_owned()),
            file => Ok(Output { format, file: file.into() }),
        }
    }
}

/// A format of everything that is not about cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Plain {
    /// For people
    #[default]
    Human,
    /// JSON, a value per line
    Json,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_output_is_a_format_and_a_file() {
        let output = Output::parse("sarif=a=b.json").expect("an output");
        assert_eq!(output, Output { format: Format::Sarif, file: "a=b.json".into() });
        assert!(Output::parse("sarfi=x").expect_err("no format").contains("did you mean `sarif`"));
        assert!(Output::parse("sarif").is_err() && Output::parse("sarif=").is_err());
    }
}
