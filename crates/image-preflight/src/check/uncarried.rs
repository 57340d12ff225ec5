//! What keeps a case from being a typed request although no rule of its operation is broken: an error that says so.

use crate::check::operation::Operation;
use crate::field::field::Field;
use crate::finding::case_rules;
use crate::finding::findings::Findings;
use crate::finding::fix::Fix;
use crate::message::message::{Message, message};
use crate::message::param::{Param, Params};
use crate::message::template::assert_template;
use crate::rule::draft::Draft;
use crate::rule::location::{At, Section};
use crate::rule::rule::Rule;

const OTHER_FIELD: Message = message("This kind of request has no field {field}.", "此类请求没有参数 {field}。");
const OTHER_VALUE: Message =
    message("This kind of request cannot be read from {field}.", "无法由 {field} 得到此类请求。");
const TAKE_OUT: Message =
    message("Remove {field}, or read another kind of request.", "请删除 {field}，或改用其他类型的请求。");
const OTHER_KIND: Message = message("Read a request of that kind.", "请改用对应类型的请求。");

/// The messages of this file.
pub(crate) const MESSAGES: [Message; 4] = [OTHER_FIELD, OTHER_VALUE, TAKE_OUT, OTHER_KIND];

const _: () = {
    assert_template(OTHER_FIELD, &["field"]);
    assert_template(OTHER_VALUE, &["field"]);
    assert_template(TAKE_OUT, &["field"]);
};

impl Operation {
    /// Says what a typed request with only these fields of the body cannot carry. What is a warning where the provider may know more
    /// is an error here.
    pub(crate) fn refuse_uncarried<'a>(&'static self, draft: &Draft<'a>, own: &[usize], out: &mut Findings<'a>) {
        self.refuse_unsent(draft, out);
        out.raise_to_errors(self.implicit_rule("unknown-field"));
        let others = || self.body.iter().enumerate().filter(|(slot, _)| self.is_uncarried(draft, *slot, own));
        let kind = self.kinds.iter().find(|(name, _)| others().any(|(_, field)| field.name() == *name));
        for (slot, field) in others() {
            let at = At::field(Section::Body, slot, field.name());
            match kind {
                Some((name, kind)) if *name == field.name() => refuse(&field.rule, at, *kind, OTHER_KIND, out),
                // The field that makes the kind says it for all of its fields.
                Some(_) => {}
                None => refuse(&field.rule, at, OTHER_FIELD, TAKE_OUT, out),
            }
        }
        if !out.has_errors() {
            refuse(&case_rules::BODY, At::section(Section::Body), OTHER_VALUE, TAKE_OUT, out);
        }
    }

    /// Fields of other operations, which a rule would tell of, are unknown here like any others.
    fn refuse_unsent<'a>(&'static self, draft: &Draft<'a>, out: &mut Findings<'a>) {
        for (name, _) in &draft.extras {
            if let Some(unsent) = self.unsent.iter().find(|unsent| name.is(unsent)) {
                let rule = self.implicit_rule("unknown-field");
                let known = self.body.iter().map(Field::name).collect();
                let params = Params::default()
                    .with("actual", Param::UserText((*unsent).into()))
                    .with("allowed", Param::Identifiers(known));
                out.add_rule_violation(rule, At::unknown(Section::Body, unsent), None, params, Vec::new());
            }
        }
    }
}

fn refuse(rule: &'static Rule, at: At, message: Message, fix: Message, out: &mut Findings<'_>) {
    out.refuse(rule, at, message, [Fix::message(fix)].into());
}
