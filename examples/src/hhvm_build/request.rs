//! Requests: what people and schedules write, in any order and any shape.

use serde_json::Value;

use crate::hhvm_build::lambdas::LambdaError;
use crate::hhvm_build::version::{Date, Version, is_linux};
use crate::hhvm_build::{Activity, Build, BuildInput};

/// How a build differs from a real one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DebugMode {
    /// No worker is started, and no step is done.
    SkipEc2,
    /// Every step is done by a worker whose script does nothing.
    FakeEc2,
    /// Packages are made but not published, and never tried again.
    TestBuild,
}

impl DebugMode {
    const ALL: [DebugMode; 3] = [DebugMode::SkipEc2, DebugMode::FakeEc2, DebugMode::TestBuild];

    /// How a request may name it; the first is how [`BuildInput::debug`] does.
    fn words(self) -> &'static [&'static str] {
        match self {
            DebugMode::SkipEc2 => &["skip_ec2", "skip-ec2", "--skip-ec2"],
            DebugMode::FakeEc2 => &["fake_ec2", "fake-ec2", "--fake-ec2"],
            DebugMode::TestBuild => &["test_build", "test", "test-build", "--test", "--test-build"],
        }
    }

    fn parse(word: &str) -> Option<DebugMode> {
        DebugMode::ALL.into_iter().find(|mode| mode.words().contains(&word))
    }

    /// Its name in [`BuildInput::debug`].
    pub fn name(self) -> &'static str {
        self.words()[0]
    }
}

impl BuildInput {
    /// How this build differs from a real one, if it does.
    pub fn debug_mode(&self) -> Option<DebugMode> {
        DebugMode::ALL.into_iter().find(|mode| mode.name() == self.debug)
    }
}

/// Finds versions, platforms and steps in whatever it is given: text, lists and objects (of which the values count), in each
/// other at will. Words that mean nothing are ignored; of several debug modes the last one counts.
///
/// Without a version, today's nightly is built.
///
/// # Errors
///
/// A test build names a step other than `MakeBinaryPackage`.
pub fn parse_input(request: &Value, today: Date) -> Result<Build, LambdaError> {
    let mut build_input =
        BuildInput { versions: vec![], platforms: vec![], activities: vec![], debug: String::new() };
    for word in words(request) {
        if let Some(mode) = DebugMode::parse(word) {
            mode.name().clone_into(&mut build_input.debug);
        } else if let Some(activity) = Activity::parse(word) {
            build_input.activities.push(activity);
        } else if Version::parse(word).is_some() {
            build_input.versions.push(word.to_owned());
        } else if is_linux(word) {
            build_input.platforms.push(word.to_owned());
        }
    }
    if build_input.debug_mode() == Some(DebugMode::TestBuild) {
        restrict_to_packages(&mut build_input.activities)?;
    }
    if build_input.versions.is_empty() {
        build_input.versions.push(today.to_string());
    }
    Ok(Build { build_input })
}

/// A test build makes packages, and nothing else.
fn restrict_to_packages(activities: &mut Vec<Activity>) -> Result<(), LambdaError> {
    if let Some(other) = activities.iter().find(|activity| **activity != Activity::MakeBinaryPackage) {
        return Err(LambdaError::exception(format!("{other} is not a valid test build step")));
    }
    if activities.is_empty() {
        activities.push(Activity::MakeBinaryPackage);
    }
    Ok(())
}

/// Every word of every text inside of `value`.
fn words(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => text.split_whitespace().collect(),
        Value::Array(items) => items.iter().flat_map(words).collect(),
        Value::Object(members) => members.values().flat_map(words).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => vec![],
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const TODAY: Date = Date { year: 2018, month: 3, day: 22 };

    #[track_caller]
    fn check_input(request: &Value, build_input: &Value) {
        let build = parse_input(request, TODAY).expect("the request is fine");
        let build = serde_json::to_value(build).expect("a build is JSON");
        assert_eq!(build, json!({ "buildInput": build_input }));
    }

    fn debug_of(word: &str) -> String {
        parse_input(&json!(word), TODAY).expect("the request is fine").build_input.debug
    }

    #[test]
    fn nothing_is_todays_nightly() {
        let nightly = json!({ "versions": ["2018.03.22"], "platforms": [], "activities": [], "debug": "" });
        for request in [json!({}), json!([]), json!(""), json!(null), json!(42), json!(true)] {
            check_input(&request, &nightly);
        }
    }

    #[test]
    fn words_come_in_any_order() {
        check_input(
            &json!("4.28.2 ubuntu-18.04-bionic MakeBinaryPackage --fake-ec2"),
            &json!({
                "versions": ["4.28.2"],
                "platforms": ["ubuntu-18.04-bionic"],
                "activities": ["MakeBinaryPackage"],
                "debug": "fake_ec2",
            }),
        );
        check_input(
            &json!("--fake-ec2  MakeBinaryPackage\tubuntu-18.04-bionic\n4.28.2"),
            &json!({
                "versions": ["4.28.2"],
                "platforms": ["ubuntu-18.04-bionic"],
                "activities": ["MakeBinaryPackage"],
                "debug": "fake_ec2",
            }),
        );
    }

    #[test]
    fn words_are_found_in_lists_and_objects() {
        check_input(
            &json!({
                "1.2.3": "a key says nothing",
                "bar": { "a": "0.42.0", "b": ["PublishDockerImages", ["debian-9-stretch 4.28.2"]] },
                "foo": ["4.2", "a", 42, null, true, "MakeSourceTarball"],
            }),
            &json!({
                "versions": ["0.42.0", "4.28.2"],
                "platforms": ["debian-9-stretch"],
                "activities": ["PublishDockerImages", "MakeSourceTarball"],
                "debug": "",
            }),
        );
    }

    #[test]
    fn other_words_are_ignored() {
        check_input(
            &json!("build 4.28 4.28.2.1 fedora-28-x ubuntu-18.04 MakeCoffee --skip_ec2 4.28.2"),
            &json!({ "versions": ["4.28.2"], "platforms": [], "activities": [], "debug": "" }),
        );
    }

    #[test]
    fn each_debug_mode_has_several_names() {
        for word in ["skip_ec2", "skip-ec2", "--skip-ec2"] {
            assert_eq!(debug_of(word), "skip_ec2");
        }
        for word in ["fake_ec2", "fake-ec2", "--fake-ec2"] {
            assert_eq!(debug_of(word), "fake_ec2");
        }
        for word in ["test_build", "test", "test-build", "--test", "--test-build"] {
            assert_eq!(debug_of(word), "test_build");
        }
    }

    #[test]
    fn the_last_debug_mode_counts() {
        assert_eq!(debug_of("--skip-ec2 --fake-ec2"), "fake_ec2");
        assert_eq!(debug_of("--test PublishDockerImages --fake-ec2"), "fake_ec2");
    }

    #[test]
    fn a_test_build_makes_packages() {
        let packages = json!({
            "versions": ["4.28.2"], "platforms": [], "activities": ["MakeBinaryPackage"], "debug": "test_build",
        });
        check_input(&json!("4.28.2 --test"), &packages);
        check_input(&json!("4.28.2 --test MakeBinaryPackage"), &packages);
    }

    #[test]
    fn a_test_build_does_nothing_else() {
        let error = parse_input(&json!("MakeBinaryPackage PublishDockerImages test"), TODAY).err();
        let message = "PublishDockerImages is not a valid test build step";
        assert_eq!(error, Some(LambdaError::exception(message)));
    }

    #[test]
    fn the_modes_of_a_build_are_known_by_their_names() {
        let mode = |debug: &str| {
            let build_input = BuildInput {
                versions: vec![],
                platforms: vec![],
                activities: vec![],
                debug: debug.to_owned(),
            };
            build_input.debug_mode()
        };
        assert_eq!(mode(""), None);
        assert_eq!(mode("--fake-ec2"), None);
        for known in DebugMode::ALL {
            assert_eq!(mode(known.name()), Some(known));
        }
    }
}
