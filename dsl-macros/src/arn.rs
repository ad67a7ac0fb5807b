//! What a task's resource may look like when it is written as a literal.
//!
//! `${Name}` stands for what `CloudFormation`, SAM or Terraform fill in at deployment: a part of the string or all of
//! it, colons included. Then only what stays certain is checked.

/// Which part of a colon-separated resource a text must be.
#[derive(Clone, Copy)]
enum Part {
    Word(&'static str),
    Partition,
    Region,
    Account,
    FunctionName,
    ActivityName,
    TopicName,
    Qualifier,
}

use Part::{Account, ActivityName, FunctionName, Partition, Qualifier, Region, TopicName, Word};

const LAMBDA: &[Part] =
    &[Word("arn"), Partition, Word("lambda"), Region, Account, Word("function"), FunctionName];
const LAMBDA_QUALIFIED: &[Part] =
    &[Word("arn"), Partition, Word("lambda"), Region, Account, Word("function"), FunctionName, Qualifier];
const ACTIVITY: &[Part] =
    &[Word("arn"), Partition, Word("states"), Region, Account, Word("activity"), ActivityName];
const PARTIAL: &[Part] = &[Account, Word("function"), FunctionName];
const PARTIAL_QUALIFIED: &[Part] = &[Account, Word("function"), FunctionName, Qualifier];

const MACHINE: &[Part] =
    &[Word("arn"), Partition, Word("states"), Region, Account, Word("stateMachine"), ActivityName];
const MACHINE_QUALIFIED: &[Part] =
    &[Word("arn"), Partition, Word("states"), Region, Account, Word("stateMachine"), ActivityName, Qualifier];
const TOPIC: &[Part] = &[Word("arn"), Partition, Word("sns"), Region, Account, TopicName];

const MACHINE_FORM: &str = "`arn:<partition>:states:<region>:<account>:stateMachine:<name>[:<alias>]`";
const TOPIC_FORM: &str = "`arn:<partition>:sns:<region>:<account>:<topic>`";
const LAMBDA_FORM: &str = "`arn:<partition>:lambda:<region>:<account>:function:<name>[:<alias>]`";
const ACTIVITY_FORM: &str = "`arn:<partition>:states:<region>:<account>:activity:<name>`";

/// What is wrong with the ARN of a Lambda function.
pub(crate) fn check_lambda(text: &str) -> Result<(), String> {
    let segments = segments(text)?;
    if let [Segment::Text(name)] = segments.as_slice()
        && FunctionName.problem(name).is_none()
    {
        return Err(format!(
            "`lambda` takes the ARN of a function, {LAMBDA_FORM}; for a function name write \
             `lambda_invoke = \"{name}\"`"
        ));
    }
    check(&segments, &[LAMBDA, LAMBDA_QUALIFIED])
        .map_err(|problem| format!("expected the ARN of a Lambda function, {LAMBDA_FORM}; {problem}"))
}

/// What is wrong with what Lambda's `Invoke` takes: a name, an ARN, or the ARN without what precedes the account.
pub(crate) fn check_lambda_invoke(text: &str) -> Result<(), String> {
    let segments = segments(text)?;
    let form =
        format!("expected the name or the ARN of a Lambda function, `<name>[:<alias>]` or {LAMBDA_FORM}");
    let forms: &[&[Part]] = match segments.first() {
        Some(Segment::Text("arn")) => &[LAMBDA, LAMBDA_QUALIFIED],
        Some(Segment::Text(first)) if Account.problem(first).is_none() && segments.len() > 2 => {
            &[PARTIAL, PARTIAL_QUALIFIED]
        }
        Some(Segment::Text(_)) => &[&[FunctionName], &[FunctionName, Qualifier]],
        Some(Segment::Open) | None => &[
            &[FunctionName],
            &[FunctionName, Qualifier],
            PARTIAL,
            PARTIAL_QUALIFIED,
            LAMBDA,
            LAMBDA_QUALIFIED,
        ],
    };
    check(&segments, forms).map_err(|problem| format!("{form}; {problem}"))
}

/// What is wrong with the ARN of an activity.
pub(crate) fn check_activity(text: &str) -> Result<(), String> {
    check(&segments(text)?, &[ACTIVITY])
        .map_err(|problem| format!("expected the ARN of an activity, {ACTIVITY_FORM}; {problem}"))
}

/// What is wrong with the ARN of a state machine.
pub(crate) fn check_state_machine(text: &str) -> Result<(), String> {
    check(&segments(text)?, &[MACHINE, MACHINE_QUALIFIED])
        .map_err(|problem| format!("expected the ARN of a state machine, {MACHINE_FORM}; {problem}"))
}

/// What is wrong with the ARN of a topic of SNS.
pub(crate) fn check_topic(text: &str) -> Result<(), String> {
    check(&segments(text)?, &[TOPIC])
        .map_err(|problem| format!("expected the ARN of a topic, {TOPIC_FORM}; {problem}"))
}

/// What is wrong with the substitutions in any text.
pub(crate) fn check_substitutions(text: &str) -> Result<(), String> {
    segments(text).map(drop)
}

/// What is wrong with the name of a substitution, without its `${` and `}`.
pub(crate) fn check_substitution_name(name: &str) -> Result<(), String> {
    let is_name =
        !name.is_empty() && name.chars().all(|char| char.is_ascii_alphanumeric() || "_.:".contains(char));
    is_name
        .then_some(())
        .ok_or_else(|| format!("`{name}` is no name of a substitution: letters, digits, `_`, `.` and `:`"))
}

/// What stands between two colons.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Segment<'a> {
    Text(&'a str),
    /// Holds a substitution, so it may be anything, and may hold more colons.
    Open,
}

/// Splits at the colons outside of `${…}`.
fn segments(text: &str) -> Result<Vec<Segment<'_>>, String> {
    let mut segments = Vec::new();
    let mut start = 0;
    let mut open = false;
    let mut position = 0;
    while let Some(rest) = text.get(position..)
        && let Some(char) = rest.chars().next()
    {
        if let Some(inside) = rest.strip_prefix("${") {
            let Some(end) = inside.find('}') else {
                return Err(format!("`{rest}` opens a substitution that no `}}` closes"));
            };
            let name = inside.get(..end).unwrap_or_default();
            if name.trim().is_empty() || name.contains("${") {
                return Err(format!(
                    "`${{{name}}}` is not a substitution; write `${{Name}}` or `${{Name.Arn}}`"
                ));
            }
            open = true;
            position += "${".len() + end + "}".len();
            continue;
        }
        if char == ':' {
            segments.push(if open {
                Segment::Open
            } else {
                Segment::Text(text.get(start..position).unwrap_or_default())
            });
            start = position + 1;
            open = false;
        }
        position += char.len_utf8();
    }
    segments.push(if open { Segment::Open } else { Segment::Text(text.get(start..).unwrap_or_default()) });
    Ok(segments)
}

/// Says what is wrong unless one of the forms fits.
fn check(segments: &[Segment<'_>], forms: &[&[Part]]) -> Result<(), String> {
    if forms.iter().any(|form| fits(segments, form)) {
        return Ok(());
    }
    let first_problem = |form: &&[Part]| {
        // Beyond a substitution nothing is certain of the position.
        segments
            .iter()
            .zip(*form)
            .map_while(|(segment, part)| match segment {
                Segment::Text(text) => Some(part.problem(text)),
                Segment::Open => None,
            })
            .flatten()
            .next()
    };
    let closest = forms.iter().find(|form| form.len() == segments.len()).or(forms.last());
    Err(closest.and_then(first_problem).unwrap_or_else(|| {
        if segments.contains(&Segment::Open) {
            "no value of its substitutions makes it one".to_owned()
        } else {
            format!("this has {} parts", segments.len())
        }
    }))
}

/// Whether some value of the substitutions makes the segments have this form.
fn fits(segments: &[Segment<'_>], form: &[Part]) -> bool {
    match (segments, form) {
        ([], []) => true,
        ([Segment::Text(text), segments @ ..], [part, form @ ..]) => {
            part.problem(text).is_none() && fits(segments, form)
        }
        ([Segment::Open, segments @ ..], form) => {
            (1..=form.len()).any(|covered| form.get(covered..).is_some_and(|form| fits(segments, form)))
        }
        ([], _) | (_, []) => false,
    }
}

impl Part {
    /// What is wrong with a text in this place.
    fn problem(self, text: &str) -> Option<String> {
        let made_of = |extra: &str| {
            !text.is_empty() && text.chars().all(|char| char.is_ascii_alphanumeric() || extra.contains(char))
        };
        let lower = |extra: &str| made_of(extra) && !text.contains(|char: char| char.is_ascii_uppercase());
        let (ok, problem) = match self {
            Word(word) => (text == word, format!("`{text}` stands where `{word}` belongs")),
            Partition => (
                lower("-") && text.starts_with("aws"),
                format!("`{text}` is no partition, like `aws` or `aws-cn`"),
            ),
            Region => (lower("-") && text.contains('-'), format!("`{text}` is no region, like `eu-west-1`")),
            Account => (
                text.len() == 12 && text.chars().all(|char| char.is_ascii_digit()),
                format!("`{text}` is no account number of 12 digits"),
            ),
            FunctionName => (
                made_of("-_") && text.len() <= 64,
                format!("`{text}` is no function name: 1 to 64 letters, digits, `-` and `_`"),
            ),
            Qualifier => (
                made_of("-_$") && text.len() <= 128,
                format!("`{text}` is no alias or version: letters, digits, `-` and `_`"),
            ),
            ActivityName => (
                made_of("-_.+!@()='") && text.len() <= 80,
                format!("`{text}` is no name: 1 to 80 letters, digits, `-` and `_`"),
            ),
            TopicName => (
                made_of("-_.") && text.len() <= 256,
                format!("`{text}` is no topic name: 1 to 256 letters, digits, `-` and `_`"),
            ),
        };
        (!ok).then_some(problem)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lambda_arns_pass() {
        for text in [
            "arn:aws:lambda:eu-west-1:123456789012:function:charge-card",
            "arn:aws:lambda:eu-west-1:123456789012:function:charge-card:live",
            "arn:aws:lambda:eu-west-1:123456789012:function:charge-card:$LATEST",
            "arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:charge_card",
        ] {
            assert_eq!(check_lambda(text), Ok(()));
            assert_eq!(check_lambda_invoke(text), Ok(()));
        }
    }

    #[test]
    fn substitutions_may_stand_for_anything() {
        for text in [
            "${ReserveFunctionArn}",
            "${ReserveFunction.Arn}",
            "${ReserveFunction.Arn}:live",
            "arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:charge-card",
            "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${Stage}-charge-card",
            "${Prefix}:function:charge-card",
            "${ArnAndPartition}:lambda:eu-west-1:123456789012:function:charge-card:live",
        ] {
            assert_eq!(check_lambda(text), Ok(()), "{text}");
        }
        assert_eq!(check_activity("${PackActivityArn}"), Ok(()));
        assert_eq!(check_activity("arn:aws:states:${Region}:123456789012:activity:pack"), Ok(()));
        assert_eq!(check_lambda_invoke("${Stage}-charge-card"), Ok(()));
        assert_eq!(check_lambda_invoke("${Stage}-charge-card:live"), Ok(()));
    }

    #[test]
    fn names_are_for_invoke_only() {
        assert_eq!(check_lambda_invoke("charge-card"), Ok(()));
        assert_eq!(check_lambda_invoke("charge-card:live"), Ok(()));
        assert_eq!(check_lambda_invoke("123456789012:function:charge-card"), Ok(()));
        assert_eq!(
            check_lambda("charge-card").unwrap_err(),
            "`lambda` takes the ARN of a function, \
             `arn:<partition>:lambda:<region>:<account>:function:<name>[:<alias>]`; for a function name write \
             `lambda_invoke = \"charge-card\"`"
        );
    }

    #[test]
    fn the_wrong_part_is_named() {
        for (text, problem) in [
            ("arn:aws:lambda:eu-west-1:12345:function:charge", "`12345` is no account number of 12 digits"),
            ("arn:aws:lambda:eu-west-1:123456789012:fn:charge", "`fn` stands where `function` belongs"),
            ("arn:aws:states:::lambda:invoke", "`states` stands where `lambda` belongs"),
            ("arn:aws:lambda:Europe:123456789012:function:charge", "`Europe` is no region, like `eu-west-1`"),
            (
                "arn:amazon:lambda:eu-west-1:123456789012:function:charge",
                "`amazon` is no partition, like `aws` or `aws-cn`",
            ),
            (
                "arn:aws:lambda:eu-west-1:123456789012:function:charge card",
                "`charge card` is no function name: 1 to 64 letters, digits, `-` and `_`",
            ),
            (
                "arn:aws:lambda:eu-west-1:123456789012:function:a:",
                "`` is no alias or version: letters, digits, `-` and `_`",
            ),
            ("arn:aws:lambda:eu-west-1:123456789012", "this has 5 parts"),
            ("arn:aws:states:${Region}:${Account}:function:charge", "`states` stands where `lambda` belongs"),
            ("${Arn}:function:charge card", "no value of its substitutions makes it one"),
        ] {
            let message = check_lambda(text).unwrap_err();
            assert_eq!(message, format!("expected the ARN of a Lambda function, {LAMBDA_FORM}; {problem}"));
        }
    }

    #[test]
    fn activities_and_names_say_their_form() {
        assert_eq!(
            check_activity("arn:aws:states:eu-west-1:123456789012:stateMachine:pack").unwrap_err(),
            "expected the ARN of an activity, `arn:<partition>:states:<region>:<account>:activity:<name>`; \
             `stateMachine` stands where `activity` belongs"
        );
        assert_eq!(
            check_lambda_invoke("charge card").unwrap_err(),
            "expected the name or the ARN of a Lambda function, `<name>[:<alias>]` or \
             `arn:<partition>:lambda:<region>:<account>:function:<name>[:<alias>]`; \
             `charge card` is no function name: 1 to 64 letters, digits, `-` and `_`"
        );
    }

    #[test]
    fn machines_and_topics_say_their_form() {
        assert_eq!(
            check_state_machine("arn:aws:states:eu-west-1:123456789012:stateMachine:pack:live"),
            Ok(())
        );
        assert_eq!(check_topic("arn:${AWS::Partition}:sns:${AWS::Region}:${AWS::AccountId}:paid"), Ok(()));
        assert_eq!(check_topic("${Topic}"), Ok(()));
        assert_eq!(
            check_state_machine("arn:aws:states:eu-west-1:123456789012:execution:pack:1").unwrap_err(),
            "expected the ARN of a state machine, \
             `arn:<partition>:states:<region>:<account>:stateMachine:<name>[:<alias>]`; \
             `execution` stands where `stateMachine` belongs"
        );
        assert_eq!(
            check_topic("arn:aws:sns:eu-west-1:1234567890123:paid").unwrap_err(),
            "expected the ARN of a topic, `arn:<partition>:sns:<region>:<account>:<topic>`; \
             `1234567890123` is no account number of 12 digits"
        );
    }

    #[test]
    fn substitutions_must_be_closed_and_named() {
        assert_eq!(
            check_lambda("arn:aws:lambda:${Region:x").unwrap_err(),
            "`${Region:x` opens a substitution that no `}` closes"
        );
        assert_eq!(
            check_activity("${}").unwrap_err(),
            "`${}` is not a substitution; write `${Name}` or `${Name.Arn}`"
        );
    }
}
