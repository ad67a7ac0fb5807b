//! `MockConfigFile.json` of Step Functions Local.

use serde_json::{Map, Value};

use crate::mocks::error::{Problem, nearest, pointer};
use crate::mocks::reply::{only, text};
use crate::tasks::Reply;

/// Replies, each with the number of the last call that gets it.
type Response = Vec<(u64, Reply)>;

/// A test case: which mocked response each state gets.
struct Case<'f> {
    machine: &'f str,
    name: &'f str,
    pointer: String,
    states: &'f Map<String, Value>,
}

/// The states of a test case, each with the place where it is named and its replies.
pub(super) fn responses(
    file: &Value,
    case: Option<&str>,
) -> Result<Vec<(String, String, Response)>, Problem> {
    let case = choose(cases(file)?, case)?;
    let at = "/MockedResponses";
    let mocked = object(&file["MockedResponses"], at)?;
    let mut responses = Vec::new();
    for (state, name) in case.states {
        let place = pointer(&case.pointer, state);
        let name =
            name.as_str().ok_or_else(|| Problem::shape(&place, "the name of a mocked response", name))?;
        let response = mocked.get(name).ok_or_else(|| {
            let problem = Problem::new(&place, format!("there is no mocked response `{name}`"));
            match nearest(name, mocked.keys().map(String::as_str)) {
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None => problem,
            }
        })?;
        responses.push((state.clone(), place, read(response, &pointer(at, name))?));
    }
    Ok(responses)
}

fn object<'f>(value: &'f Value, at: &str) -> Result<&'f Map<String, Value>, Problem> {
    value.as_object().ok_or_else(|| Problem::shape(at, "an object", value))
}

fn cases(file: &Value) -> Result<Vec<Case<'_>>, Problem> {
    let at = "/StateMachines";
    let Some(machines) = file.get("StateMachines") else {
        return Err(Problem::new("", "`StateMachines` is missing"));
    };
    let mut cases = Vec::new();
    for (machine, value) in object(machines, at)? {
        let at = pointer(at, machine);
        let Some(tests) = object(value, &at)?.get("TestCases") else {
            return Err(Problem::new(at, "`TestCases` is missing"));
        };
        let at = pointer(&at, "TestCases");
        for (name, states) in object(tests, &at)? {
            let pointer = pointer(&at, name);
            let states = object(states, &pointer)?;
            cases.push(Case { machine, name, pointer, states });
        }
    }
    Ok(cases)
}

/// The test case of that name; without a name, the only one.
fn choose<'f>(mut cases: Vec<Case<'f>>, wanted: Option<&str>) -> Result<Case<'f>, Problem> {
    let all: Vec<String> = cases.iter().map(|case| format!("{}/{}", case.machine, case.name)).collect();
    if let Some(wanted) = wanted {
        cases.retain(|case| case.name == wanted || format!("{}/{}", case.machine, case.name) == wanted);
    }
    let help = format!("the test cases are {}", all.join(", "));
    match (cases.len(), wanted) {
        (1, _) => Ok(cases.remove(0)),
        (0, None) => Err(Problem::new("/StateMachines", "there are no test cases")),
        (0, Some(wanted)) => Err(Problem::new("/StateMachines", format!("there is no test case `{wanted}`"))
            .help(match nearest(wanted, all.iter().flat_map(|case| case.split('/'))) {
                Some(near) => format!("did you mean `{near}`?"),
                None => help,
            })),
        (_, None) => {
            Err(Problem::new("/StateMachines", "there are several test cases: choose one").help(help))
        }
        (_, Some(wanted)) => {
            let message = format!("several state machines have a test case `{wanted}`");
            Err(Problem::new("/StateMachines", message).help(help))
        }
    }
}

/// `{"0": {"Throw": …}, "1-2": {"Return": …}}`.
fn read(value: &Value, at: &str) -> Result<Response, Problem> {
    let mut ranges = Vec::new();
    for (range, reply) in object(value, at)? {
        let place = pointer(at, range);
        let (first, last) = self::range(range).ok_or_else(|| {
            let message = format!("`{range}` is neither the number of a call nor a range of them");
            Problem::new(&place, message).help("calls are counted from 0: `0`, `1-2`")
        })?;
        ranges.push((first, last, read_reply(reply, &place)?));
    }
    if ranges.is_empty() {
        return Err(Problem::new(at, "the mocked response has no replies"));
    }
    ranges.sort_by_key(|(first, ..)| *first);
    let mut expected = Some(0);
    for (first, last, _) in &ranges {
        match expected {
            Some(next) if *first == next => expected = last.checked_add(1),
            Some(next) if *first > next => {
                return Err(Problem::new(at, format!("there is no reply for call {next}")));
            }
            _ => return Err(Problem::new(at, format!("there are two replies for call {first}"))),
        }
    }
    Ok(ranges.into_iter().map(|(_, last, reply)| (last, reply)).collect())
}

fn range(text: &str) -> Option<(u64, u64)> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let (first, last) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
    (first <= last).then_some((first, last))
}

fn read_reply(value: &Value, at: &str) -> Result<Reply, Problem> {
    let members = object(value, at)?;
    only(members, &["Return", "Throw"], at)?;
    match (members.get("Return"), members.get("Throw")) {
        (Some(result), None) => Ok(Reply::success(result.clone())),
        (None, Some(error)) => {
            let at = pointer(at, "Throw");
            let members = object(error, &at)?;
            only(members, &["Error", "Cause"], &at)?;
            Ok(Reply::failure_of(text(members, "Error", &at)?, text(members, "Cause", &at)?))
        }
        _ => Err(Problem::new(at, "a reply has either `Return` or `Throw`")),
    }
}
