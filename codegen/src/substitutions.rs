//! What a deployment fills into a definition.

use std::collections::BTreeSet;

use serde_json::Value;

/// The names of the substitutions in a definition, `Name` for each `${Name}`: sorted, each once.
///
/// They may stand anywhere in a text: `${Table}`, `${Function.Arn}`, `arn:${AWS::Partition}:states:::sns:publish`.
pub(crate) fn of(definition: &Value) -> Vec<String> {
    let mut names = BTreeSet::new();
    gather(definition, &mut names);
    names.into_iter().collect()
}

/// Whether a text holds a `CloudFormation` or SAM substitution, so that nobody knows what it will be.
pub(crate) fn is_substituted(text: &str) -> bool {
    // Most texts are short, and for those a search that has to be prepared takes longer.
    text.as_bytes().windows(2).any(|pair| pair == b"${")
}

fn gather(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => names.extend(in_text(text).map(str::to_owned)),
        Value::Array(items) => items.iter().for_each(|item| gather(item, names)),
        Value::Object(fields) => {
            for (name, field) in fields {
                names.extend(in_text(name).map(str::to_owned));
                gather(field, names);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// What stands between `${` and `}`, where it is a name. JSONata groups with `${…}` too, but never by a name alone.
fn in_text(text: &str) -> impl Iterator<Item = &str> {
    let inside = |rest: &'_ str| -> Option<usize> { rest.find('}') };
    text.split("${").skip(1).filter_map(move |rest| rest.get(..inside(rest)?)).filter(|name| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "_.:-".contains(c))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::of;

    #[test]
    fn names_are_sorted_and_given_once() {
        let definition = json!({
            "Resource": "arn:${AWS::Partition}:states:::sns:publish",
            "Arguments": { "TopicArn": "${Topic}", "Message": ["${Stage}/${Topic}", 3] },
            "Seconds": "{% $number('${Sla}') + 1 %}",
        });
        assert_eq!(of(&definition), ["AWS::Partition", "Sla", "Stage", "Topic"]);
    }

    #[test]
    fn what_is_no_name_is_none() {
        assert_eq!(
            of(&json!(["${", "${}", "{% items${category: price} %}", "${!Literal}", "$ {A}"])),
            [""; 0]
        );
    }
}
