//! The Lambdas that read what the steps have recorded.

use serde_json::{Map, Value};

use super::LambdaError;
use crate::hhvm_build::version::Version;
use crate::hhvm_build::{Normalize, Progress, Results};

/// The Map states, and the member by which their items are told apart.
const MAPS: [(&str, &str); 2] = [("ForEachVersion", "version"), ("ForEachPlatform", "platform")];

fn key_of(state: &str) -> Option<&'static str> {
    MAPS.iter().find(|(map, _)| *map == state).map(|(_, key)| *key)
}

/// Puts results in order: by version and platform, what was skipped, what was done, what has failed.
///
/// The items of a Map become an object by their key, the branches of a Parallel go into their parent, and of a step only what
/// came of it is kept. What is in order already stays as it is. The entries are sorted by name.
///
/// # Errors
///
/// An item or a branch has no results.
pub fn normalize_results(question: &Normalize) -> Result<Value, LambdaError> {
    in_order(&question.results).map(into_value)
}

fn in_order<'a>(results: impl IntoIterator<Item = (&'a String, &'a Value)>) -> Result<Results, LambdaError> {
    let mut ordered = Results::new();
    for (state, result) in results {
        match (result, key_of(state)) {
            (Value::Array(items), Some(key)) => {
                let by_key =
                    items.iter().map(|item| keyed(state, item, key)).collect::<Result<Results, _>>()?;
                ordered.insert(state.clone(), into_value(by_key));
            }
            (Value::Array(branches), None) => {
                for branch in branches {
                    ordered.append(&mut in_order(inner(state, branch)?)?);
                }
            }
            (step, _) => {
                ordered.insert(state.clone(), outcome(step));
            }
        }
    }
    Ok(ordered)
}

/// The key of a Map's item, and its results in order.
fn keyed(state: &str, item: &Value, key: &str) -> Result<(String, Value), LambdaError> {
    let Some(name) = item[key].as_str() else { return Err(incomplete(state, key)) };
    Ok((name.to_owned(), in_order(inner(state, item)?).map(into_value)?))
}

fn inner<'a>(state: &str, part: &'a Value) -> Result<&'a Map<String, Value>, LambdaError> {
    part["results"].as_object().ok_or_else(|| incomplete(state, "results"))
}

fn incomplete(state: &str, member: &str) -> LambdaError {
    LambdaError::exception(format!("a part of {state} has no {member}"))
}

/// What came of a step, without what it was told.
fn outcome(step: &Value) -> Value {
    let mut step = step.clone();
    if let Value::Object(members) = &mut step {
        members
            .retain(|name, value| name != "taskInput" && !(name == "skip" && *value == Value::Bool(false)));
    }
    step
}

fn into_value(results: Results) -> Value {
    Value::Object(results.into_iter().collect())
}

/// Says whether anything was published.
///
/// That is packages or source of a version, or the source of a nightly, which is public once it is made. A build in a debug
/// mode changes nothing.
///
/// # Errors
///
/// The results cannot be put in order.
pub fn check_if_repos_changed(progress: &Progress) -> Result<bool, LambdaError> {
    if progress.build_input.debug_mode().is_some() {
        return Ok(false);
    }
    let results = in_order(&progress.results)?;
    let versions = results.get("ForEachVersion").and_then(Value::as_object);
    Ok(versions.into_iter().flatten().any(|(version, results)| {
        let succeeded = |step: &str| results[step].get("success").is_some();
        let is_nightly = Version::parse(version).is_some_and(|version| version.is_nightly());
        succeeded("PublishBinaryPackages")
            || succeeded("PublishSourceTarball")
            || (is_nightly && succeeded("MakeSourceTarball"))
    }))
}

/// Fails with a list of all failures, if there are any; otherwise gives back what it was given.
///
/// # Errors
///
/// A step has failed: `The following steps have failed:`, and one line for each.
pub fn check_for_failures(results: &Value) -> Result<Value, LambdaError> {
    let failures = failures(results, &[]);
    if failures.is_empty() {
        return Ok(results.clone());
    }
    Err(LambdaError::exception(format!("The following steps have failed:\n{}", failures.join("\n"))))
}

/// `<step> <version> <platform> <Cause>` for each failure, without what there is not.
fn failures(results: &Value, inside: &[&str]) -> Vec<String> {
    let mut lines = vec![];
    for (state, result) in results.as_object().into_iter().flatten() {
        if key_of(state).is_some() {
            for (key, results) in result.as_object().into_iter().flatten() {
                lines.extend(failures(results, &[inside, &[key]].concat()));
            }
        } else if let Some(failure) = result.get("failure") {
            let words = [&[state.as_str()], inside, failure["Cause"].as_str().as_slice()].concat();
            lines.push(words.join(" "));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn normalized(question: Value) -> Result<Value, LambdaError> {
        normalize_results(&serde_json::from_value(question).expect("a question"))
    }

    fn repos_changed(debug: &str, results: &Value) -> bool {
        let progress = json!({
            "buildInput": { "versions": [], "platforms": [], "activities": [], "debug": debug },
            "results": results,
        });
        check_if_repos_changed(&serde_json::from_value(progress).expect("progress")).expect("an answer")
    }

    /// The results of a version, as they are before `VersionNormalizeResults`.
    fn version_results() -> Value {
        json!({
            "BuildAndPublishLinuxAnd": [{ "results": {
                "ForEachPlatform": [
                    {
                        "platform": "debian-9-stretch",
                        "results": { "MakeBinaryPackage": {
                            "skip": false,
                            "success": { "ec2": "i-1", "time_sec": "60" },
                            "taskInput": { "name": "MakeBinaryPackage-4.28.2-debian-9-stretch" },
                        } },
                    },
                    { "platform": "ubuntu-18.04-bionic", "results": { "MakeBinaryPackage": { "skip": true } } },
                ],
                "PublishBinaryPackages": {
                    "failure": { "Cause": "{\"ec2\":\"i-2\",\"time_sec\":\"7\"}" },
                    "skip": false,
                    "taskInput": { "name": "PublishBinaryPackages-4.28.2" },
                },
                "PublishSourceTarballAndPublishDockerImages": [
                    { "results": { "PublishSourceTarball": { "skip": true, "taskInput": {} } } },
                    { "results": { "PublishDockerImages": { "skip": false, "success": null } } },
                ],
            } }],
            "MakeSourceTarball": { "skip": true },
        })
    }

    /// The same, in order.
    fn version_in_order() -> Value {
        json!({
            "ForEachPlatform": {
                "debian-9-stretch": {
                    "MakeBinaryPackage": { "success": { "ec2": "i-1", "time_sec": "60" } },
                },
                "ubuntu-18.04-bionic": { "MakeBinaryPackage": { "skip": true } },
            },
            "MakeSourceTarball": { "skip": true },
            "PublishBinaryPackages": { "failure": { "Cause": "{\"ec2\":\"i-2\",\"time_sec\":\"7\"}" } },
            "PublishDockerImages": { "success": null },
            "PublishSourceTarball": { "skip": true },
        })
    }

    #[test]
    fn the_results_of_a_version_are_put_in_order() {
        let question = json!({ "version": "4.28.2", "results": version_results() });
        assert_eq!(normalized(question), Ok(version_in_order()));
    }

    #[test]
    fn what_is_in_order_stays_so() {
        let question = json!({ "results": version_in_order() });
        assert_eq!(normalized(question), Ok(version_in_order()));
    }

    #[test]
    fn the_results_of_all_versions_are_put_in_order() {
        let question = json!({
            "buildInput": {},
            "reposChanged": true,
            "results": {
                "ForEachVersion": [
                    { "buildInput": {}, "version": "4.28.2", "results": version_in_order() },
                    { "buildInput": {}, "version": "4.29.0", "results": version_results() },
                ],
                "UpdateIndicesAndInvalidateCloudFront": [
                    { "results": { "UpdateIndices": { "success": null } } },
                    { "results": { "InvalidateCloudFront": { "failure": {} } } },
                ],
            },
        });
        assert_eq!(
            normalized(question),
            Ok(json!({
                "ForEachVersion": { "4.28.2": version_in_order(), "4.29.0": version_in_order() },
                "InvalidateCloudFront": { "failure": {} },
                "UpdateIndices": { "success": null },
            }))
        );
    }

    #[test]
    fn parts_without_results_cannot_be_put_in_order() {
        let error = |results: Value| normalized(json!({ "results": results })).err();
        assert_eq!(
            error(json!({ "ForEachVersion": [{ "results": {} }] })),
            Some(LambdaError::exception("a part of ForEachVersion has no version"))
        );
        assert_eq!(
            error(json!({ "ForEachPlatform": [{ "platform": "debian-9-stretch" }] })),
            Some(LambdaError::exception("a part of ForEachPlatform has no results"))
        );
        assert_eq!(
            error(json!({ "BuildAndPublishLinuxAnd": [42] })),
            Some(LambdaError::exception("a part of BuildAndPublishLinuxAnd has no results"))
        );
    }

    #[test]
    fn publishing_changes_the_repositories() {
        let released = |step: &str, outcome: &str| {
            let other = json!({ "version": "4.27.0", "results": { "MakeSourceTarball": { "success": {} } } });
            let version = json!({ "version": "4.28.2", "results": { step: { outcome: {} } } });
            repos_changed("", &json!({ "ForEachVersion": [other, version] }))
        };
        for (step, changes) in [
            ("PublishBinaryPackages", true),
            ("PublishSourceTarball", true),
            ("MakeSourceTarball", false),
            ("MakeBinaryPackage", false),
            ("PublishDockerImages", false),
        ] {
            assert_eq!(released(step, "success"), changes, "{step}");
            assert!(!released(step, "failure"), "{step}");
            assert!(!released(step, "skip"), "{step}");
        }
    }

    #[test]
    fn the_source_of_a_nightly_changes_the_repositories() {
        let nightly = |outcome: &str| {
            let version =
                json!({ "version": "2018.03.22", "results": { "MakeSourceTarball": { outcome: {} } } });
            repos_changed("", &json!({ "ForEachVersion": [version] }))
        };
        assert!(nightly("success"));
        assert!(!nightly("failure"));
    }

    #[test]
    fn results_are_put_in_order_before_they_are_looked_at() {
        let branches = json!([{ "results": { "PublishSourceTarball": { "success": {} } } }]);
        let version = json!({ "version": "4.28.2", "results": { "PublishSourceTarballAndPublishDockerImages": branches } });
        assert!(repos_changed("", &json!({ "ForEachVersion": [version] })));
    }

    #[test]
    fn a_debug_mode_changes_nothing() {
        let version =
            json!({ "version": "4.28.2", "results": { "PublishBinaryPackages": { "success": {} } } });
        let results = json!({ "ForEachVersion": [version] });
        assert!(repos_changed("", &results));
        for debug in ["skip_ec2", "fake_ec2", "test_build"] {
            assert!(!repos_changed(debug, &results), "{debug}");
        }
    }

    #[test]
    fn no_versions_change_nothing() {
        assert!(!repos_changed("", &json!({})));
        assert!(!repos_changed("", &json!({ "ForEachVersion": [] })));
    }

    #[test]
    fn without_failures_the_results_are_passed_through() {
        let results = json!({ "ForEachVersion": { "4.28.2": { "MakeSourceTarball": { "skip": true } } } });
        assert_eq!(check_for_failures(&results), Ok(results));
    }

    #[test]
    fn every_failure_is_listed_with_version_platform_and_cause() {
        let results = json!({
            "ForEachVersion": {
                "2018.03.22": { "MakeSourceTarball": { "failure": { "Cause": "{\"ec2\":\"i-3\",\"time_sec\":\"9\"}" } } },
                "4.28.2": {
                    "ForEachPlatform": {
                        "debian-9-stretch": { "MakeBinaryPackage": { "failure": { "Cause": "{\"ec2\":\"i-1\",\"time_sec\":\"8\"}" } } },
                        "ubuntu-18.04-bionic": { "MakeBinaryPackage": { "success": {} } },
                    },
                    "PublishDockerImages": { "failure": { "Error": "States.Timeout" } },
                },
            },
            "UpdateIndices": { "failure": { "Error": "Exception", "Cause": "no bucket" } },
        });
        assert_eq!(
            check_for_failures(&results),
            Err(LambdaError::exception(
                "The following steps have failed:\n\
                 MakeSourceTarball 2018.03.22 {\"ec2\":\"i-3\",\"time_sec\":\"9\"}\n\
                 MakeBinaryPackage 4.28.2 debian-9-stretch {\"ec2\":\"i-1\",\"time_sec\":\"8\"}\n\
                 PublishDockerImages 4.28.2\n\
                 UpdateIndices no bucket"
            ))
        );
    }
}
