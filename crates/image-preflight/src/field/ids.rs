//! Ids: of images, servers, vaults, keys, regions, projects.

use crate::field::kind::Kind;
use crate::field::violation::{Violations, actual};
#[cfg(feature = "schemars")]
use crate::json::schema::not_blank;
use crate::json::{Text, Value};
use crate::message::message::{Message, message};
use crate::message::param::Param;
use crate::message::violation_kind::ViolationKind;
use crate::rule::edition::Edition;
#[cfg(feature = "schemars")]
use serde_json::json;

const A_PATH_PART: Message = message("an ID that can be part of a URI", "可用于 URI 的 ID");

/// Every phrase of this file.
pub(crate) const MESSAGES: [Message; 1] = [A_PATH_PART];

/// What would change where a request goes, if it stood in its address.
pub(crate) const NO_PATH_PART: [&str; 2] = [".", ".."];

/// A string that is not blank. Ids are not checked further: the documents' own examples are no UUIDs.
pub(crate) static IDENTIFIER: Kind = Kind {
    name: "Identifier",
    check: identifier,
    takes_any_id: true,
    #[cfg(feature = "schemars")]
    schema: |_| json!({"type": "string", "pattern": not_blank()}),
};

fn identifier<'a>(value: &Value<'a>, _: &Edition, violations: &mut Violations<'a>) {
    violations.non_blank(value);
}

/// An id in the path. `.` and `..` would change where the request goes.
pub(crate) static PATH_ID: Kind = Kind {
    name: "PathId",
    check: path_id,
    takes_any_id: true,
    #[cfg(feature = "schemars")]
    schema: |_| {
        json!({
            "type": "string", "pattern": not_blank(), "not": {"enum": NO_PATH_PART}
        })
    },
};

fn path_id<'a>(value: &Value<'a>, _: &Edition, violations: &mut Violations<'a>) {
    if let Some(text) = violations.non_blank(value) {
        path_part(text, violations);
    }
}

pub(crate) fn path_part<'a>(text: Text<'a>, violations: &mut Violations<'a>) {
    // Usually the first character decides.
    if let Some(b'.' | b'\\') = text.raw().as_bytes().first()
        && NO_PATH_PART.iter().any(|part| text.is(part))
    {
        violations.push(ViolationKind::BadFormat, actual(text).with("expected", Param::Label("path-id", A_PATH_PART)));
    }
}

/// A string; blank means that it is not given.
pub(crate) static OPTIONAL_ID: Kind = Kind {
    name: "OptionalId",
    check: optional_id,
    takes_any_id: true,
    #[cfg(feature = "schemars")]
    schema: |_| json!({"type": "string"}),
};

fn optional_id<'a>(value: &Value<'a>, _: &Edition, violations: &mut Violations<'a>) {
    violations.text(value);
}
