//! What a Path reads is not there: it is misspelt, or the data is misunderstood.

use stepwright_codegen::diagnostic::Code;

use super::with_reads;
use crate::mutations::Operator;

pub(in crate::mutations) const OPERATORS: &[Operator] = &[
    // What is in a `Payload` is what some function answers.
    Operator::new("a Path in a template is misspelt", Code::NothingThere, |it| {
        with_reads(it, |_, text| {
            let is_template = text.field.ends_with(".$") && text.content.starts_with("$.");
            (is_template && !text.content.contains(".Payload."))
                .then(|| text.replaced(format!("{}Typo", text.content)))
        })
    }),
    Operator::new("a field holds a misspelt Path", Code::NothingThere, |it| {
        const FIELDS: &[&str] = &[
            "InputPath",
            "OutputPath",
            "ItemsPath",
            "SecondsPath",
            "TimestampPath",
            "ErrorPath",
            "CausePath",
            "Variable",
        ];
        with_reads(it, |_, text| {
            let is_field = text.field.rsplit('/').next().is_some_and(|field| FIELDS.contains(&field));
            // Where it is a variable itself, that is not assigned, which is another defect.
            let is_member = text.content.contains('.');
            (is_field && is_member).then(|| text.replaced(format!("{}Typo", text.content)))
        })
    }),
    Operator::new("a Path in a call is misspelt", Code::NothingThere, |it| {
        with_reads(it, |_, text| {
            let is_call = text.content.starts_with("States.") && text.content.contains("$.");
            is_call.then(|| text.replaced(text.content.replacen("$.", "$.typo", 1)))
        })
    }),
    Operator::new("the error output is misread", Code::NothingThere, |it| {
        with_reads(it, |_, text| {
            let is_whole = text.content.starts_with("$.");
            let other = if text.content.ends_with(".Error") { ".error" } else { ".message" };
            let path = text.content.strip_suffix(".Error").or_else(|| text.content.strip_suffix(".Cause"))?;
            is_whole.then(|| text.replaced(format!("{path}{other}")))
        })
    })
    .at_least(3),
    Operator::new("the envelope of a function is overlooked", Code::NothingThere, |it| {
        with_reads(it, |_, text| {
            text.content
                .contains(".Payload.")
                .then(|| text.replaced(text.content.replacen(".Payload", "", 1)))
        })
    })
    .at_least(3),
    Operator::new("the envelope of a function is misspelt", Code::NothingThere, |it| {
        with_reads(it, |_, text| {
            let has_one = text.content.contains(".Payload.");
            has_one.then(|| text.replaced(text.content.replacen(".Payload.", ".payload.body.", 1)))
        })
    })
    .at_least(3),
    Operator::new("an item is misread", Code::NothingThere, |it| {
        with_reads(it, |_, text| {
            let name = text.content.strip_prefix("$$.Map.Item.Value.")?;
            Some(text.replaced(format!("$$.Map.Item.Value.{name}s")))
        })
    })
    .at_least(4),
    Operator::new("an iteration reads what is outside", Code::NothingThere, |it| {
        with_reads(it, |state, text| {
            let is_inside = state.scope.ends_with("/ItemProcessor") && !state.is("Choice");
            let is_path = text.field.ends_with(".$") && text.content.starts_with("$.");
            (is_inside && is_path && !text.field.starts_with("/ResultSelector"))
                .then(|| text.replaced("$.outside.id"))
        })
    }),
    Operator::new("a branch is misnumbered", Code::NothingThere, |it| {
        with_reads(it, |_, text| {
            let is_output = text.content.contains("both[") || text.content.starts_with("$[");
            let other = if text.content.contains("[0]") { "[2]" } else { "[3]" };
            let other = text.content.replace("[0]", other).replace("[1]", other);
            is_output.then(|| text.replaced(other))
        })
    })
    .at_least(5),
    Operator::new("the output of a branch is misread", Code::NothingThere, |it| {
        with_reads(it, |_, text| {
            let is_output = text.content.contains("both[") || text.content.starts_with("$[");
            is_output.then(|| text.replaced(format!("{}.x", text.content)))
        })
        .into_iter()
        .filter(|mutant| !mutant.pointer.contains("parcel"))
        .collect()
    })
    .at_least(4),
    Operator::new("the outputs of branches are read without an index", Code::NothingThere, |it| {
        with_reads(it, |_, text| {
            let is_output = text.content.contains("both[") || text.content.starts_with("$[");
            let other = text.content.replace("[0]", "").replace("[1]", "");
            is_output.then(|| text.replaced(other))
        })
    })
    .at_least(5),
    Operator::new("a member of a variable is misspelt", Code::NothingThere, |it| {
        with_reads(it, |_, text| {
            let is_member = text.content.starts_with('$')
                && !text.content.starts_with("$$")
                && !text.content.starts_with("$.")
                && text.content.contains('.');
            is_member.then(|| text.replaced(format!("{}Typo", text.content)))
        })
    })
    .at_least(4),
];
