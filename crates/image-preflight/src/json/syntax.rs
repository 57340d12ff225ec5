//! What can be wrong with a text that is meant to be JSON.

/// How many arrays and objects may be nested, as many as serde_json accepts.
pub const MAX_DEPTH: u32 = 127;

/// The longest text that is read, in bytes: 512 MiB less one.
pub const MAX_LENGTH: usize = (1 << 29) - 1;

/// A text that is no JSON: what is wrong, and where.
///
/// ```
/// let report = image_preflight::check("{\"operation\" 1}");
/// assert_eq!(report.findings()[0].rule().id, "case.syntax");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SyntaxError {
    /// Where, in bytes from the start of the text.
    pub offset: usize,
    /// What is wrong.
    pub kind: SyntaxErrorKind,
}

/// What can be wrong with a text that is meant to be JSON.
///
/// ```
/// assert_ne!(image_preflight::SyntaxErrorKind::EndOfText, image_preflight::SyntaxErrorKind::TooDeep);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SyntaxErrorKind {
    /// The text ends before its value does.
    EndOfText,
    /// A value was expected, and this begins none.
    ExpectedValue,
    /// A key in double quotes was expected.
    ExpectedKey,
    /// A colon was expected.
    ExpectedColon,
    /// A comma or the closing bracket was expected.
    ExpectedCommaOrEnd,
    /// There is a comma before the closing bracket.
    TrailingComma,
    /// A backslash with something behind it that JSON does not know.
    BadEscape,
    /// Half of a surrogate pair, which is no character.
    LoneSurrogate,
    /// A string has an unescaped control character.
    ControlCharacter,
    /// A number that JSON does not write like this.
    BadNumber,
    /// More than [`MAX_DEPTH`] arrays and objects inside one another.
    TooDeep,
    /// Something follows the value.
    TrailingText,
    /// The text begins with a byte-order mark.
    ByteOrderMark,
    /// The bytes are not UTF-8.
    NotUtf8,
    /// The text is JSON, but no object.
    NotAnObject,
    /// The text is longer than [`MAX_LENGTH`].
    TooLong,
}
