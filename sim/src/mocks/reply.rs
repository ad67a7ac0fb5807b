//! `{"ok": …}` and `{"error": …}`.

use std::time::Duration;

use serde_json::{Map, Value};

use crate::mocks::error::{Problem, pointer};
use crate::tasks::Reply;

/// A reply, or a list of them.
pub(super) fn replies(value: &Value, at: &str) -> Result<Vec<Reply>, Problem> {
    let Value::Array(list) = value else { return Ok(vec![reply(value, at)?]) };
    if list.is_empty() {
        return Err(Problem::new(at, "the list has no replies").help(HELP));
    }
    let list = list.iter().enumerate();
    list.map(|(index, value)| reply(value, &pointer(at, &index.to_string()))).collect()
}

const HELP: &str =
    r#"write `{"ok": …}` or `{"error": "Name", "cause": "…"}`, with `"after": seconds` if it takes time"#;

fn reply(value: &Value, at: &str) -> Result<Reply, Problem> {
    let members = value.as_object().ok_or_else(|| Problem::shape(at, "a reply", value).help(HELP))?;
    only(members, &["ok", "error", "cause", "after"], at)?;
    let reply = match (members.get("ok"), text(members, "error", at)?, text(members, "cause", at)?) {
        (Some(result), None, None) => Reply::success(result.clone()),
        (Some(_), _, _) => {
            return Err(Problem::new(at, "a reply cannot both succeed and fail").help(HELP));
        }
        (None, None, None) => return Err(Problem::new(at, "the reply says nothing").help(HELP)),
        (None, error, cause) => Reply::failure_of(error, cause),
    };
    let Some(after) = members.get("after") else { return Ok(reply) };
    let at = pointer(at, "after");
    let seconds = after.as_f64().ok_or_else(|| Problem::shape(&at, "a number of seconds", after))?;
    let takes = Duration::try_from_secs_f64(seconds)
        .map_err(|_| Problem::new(&at, format!("no task takes {after} seconds")))?;
    Ok(reply.taking(takes))
}

/// Refuses members with other names.
pub(super) fn only(members: &Map<String, Value>, names: &[&str], at: &str) -> Result<(), Problem> {
    match members.keys().find(|name| !names.contains(&name.as_str())) {
        Some(name) => {
            let names = names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            let message = format!("there is no `{name}` here");
            Err(Problem::new(pointer(at, name), message).help(format!("the members are {names}")))
        }
        None => Ok(()),
    }
}

/// A member that is a text if it is there.
pub(super) fn text(members: &Map<String, Value>, name: &str, at: &str) -> Result<Option<String>, Problem> {
    match members.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(other) => Err(Problem::shape(pointer(at, name), "a string", other)),
    }
}
