//! The functions behind the build's Lambdas.
//!
//! Each takes what its state sends and returns what the state receives; those that look at something outside take the
//! [`World`] too. `parse_input` is in [`request`](super::request).

mod health;
mod prepare;
mod results;

use std::fmt;

use serde_json::{Value, json};

pub use health::{HistoryEvent, health_check};
pub use prepare::prepare_activity;
pub use results::{check_for_failures, check_if_repos_changed, normalize_results};

use crate::hhvm_build::request::DebugMode;
use crate::hhvm_build::version::Version;
use crate::hhvm_build::world::World;
use crate::hhvm_build::world::ec2::Script;
use crate::hhvm_build::{Activity, Release, UpdateIndicesArgs};

/// What a function throws.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LambdaError {
    /// The class of the exception: the Error Name that Retry and Catch see.
    pub error_type: String,
    /// What it says.
    pub message: String,
}

impl LambdaError {
    /// An `Exception`, which is what the build's functions throw.
    pub fn exception(message: impl Into<String>) -> LambdaError {
        LambdaError { error_type: "Exception".to_owned(), message: message.into() }
    }

    /// The Cause that the state machine sees: `{"errorMessage": …, "errorType": …}`, as a text.
    pub fn cause(&self) -> String {
        json!({ "errorMessage": self.message, "errorType": self.error_type }).to_string()
    }
}

impl fmt::Display for LambdaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.error_type, self.message)
    }
}

impl std::error::Error for LambdaError {}

/// Lists the platforms that a version's branch does; if platforms were asked for, only those.
///
/// # Errors
///
/// There is no such version, or its branch lists no distributions.
pub fn get_platforms_for_version(world: &World, release: &Release) -> Result<Vec<String>, LambdaError> {
    let branch = version_of(&release.version)?.branch();
    let Some(listed) = world.distributions.get(&branch) else {
        return Err(LambdaError::exception(format!("branch {branch} lists no distributions")));
    };
    let asked = &release.build_input.platforms;
    Ok(listed.iter().filter(|platform| asked.is_empty() || asked.contains(platform)).cloned().collect())
}

/// Writes the index of the download site.
///
/// # Errors
///
/// Never; it returns what the other functions do.
pub fn update_indices(world: &mut World, site: &UpdateIndicesArgs) -> Result<Value, LambdaError> {
    world.site.indexed.push((site.bucket.clone(), site.cloudfront.clone()));
    Ok(Value::Null)
}

/// Makes the download site forget what it has cached.
///
/// # Errors
///
/// Never; it returns what the other functions do.
pub fn invalidate_cloud_front(world: &mut World) -> Result<Value, LambdaError> {
    world.site.invalidations += 1;
    Ok(Value::Null)
}

/// Starts a worker, unless the activity has no use for one more.
fn start_worker(world: &mut World, activity: Activity, debug: Option<DebugMode>) {
    if activity.needs_worker(&world.ec2) {
        let script = if debug == Some(DebugMode::FakeEc2) { Script::Dummy } else { Script::Task };
        world.ec2.start(activity, script);
    }
}

fn version_of(text: &str) -> Result<Version, LambdaError> {
    Version::parse(text).ok_or_else(|| LambdaError::exception(format!("{text} is not a version")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hhvm_build::BuildInput;
    use crate::hhvm_build::version::Date;
    use crate::hhvm_build::world::Site;

    fn world() -> World {
        let mut world = World::new(Date { year: 2018, month: 3, day: 22 }, 0);
        world.list_distributions(
            "HHVM-4.28",
            &["debian-9-stretch", "ubuntu-18.04-bionic", "debian-10-buster"],
        );
        world.list_distributions("master", &["ubuntu-18.04-bionic"]);
        world
    }

    fn platforms(version: &str, asked: &[&str]) -> Result<Vec<String>, LambdaError> {
        let platforms = asked.iter().map(|&name| name.to_owned()).collect();
        let build_input =
            BuildInput { versions: vec![], platforms, activities: vec![], debug: String::new() };
        get_platforms_for_version(&world(), &Release { build_input, version: version.to_owned() })
    }

    #[test]
    fn a_failure_is_seen_with_its_class_and_its_message() {
        let error = LambdaError::exception("two\nlines");
        assert_eq!(error.cause(), r#"{"errorMessage":"two\nlines","errorType":"Exception"}"#);
        assert_eq!(error.to_string(), "Exception: two\nlines");
    }

    #[test]
    fn all_platforms_of_the_versions_branch_are_listed() {
        let all = ["debian-9-stretch", "ubuntu-18.04-bionic", "debian-10-buster"].map(str::to_owned);
        assert_eq!(platforms("4.28.2", &[]), Ok(all.to_vec()));
        assert_eq!(platforms("2018.03.22", &[]), Ok(vec!["ubuntu-18.04-bionic".to_owned()]));
    }

    #[test]
    fn platforms_that_were_asked_for_keep_the_order_of_the_list() {
        let asked = ["debian-10-buster", "ubuntu-14.04-trusty", "debian-9-stretch"];
        let both = ["debian-9-stretch", "debian-10-buster"].map(str::to_owned);
        assert_eq!(platforms("4.28.2", &asked), Ok(both.to_vec()));
        assert_eq!(platforms("2018.03.22", &asked), Ok(vec![]));
    }

    #[test]
    fn a_branch_without_a_list_is_an_error() {
        assert_eq!(
            platforms("3.30.1", &[]),
            Err(LambdaError::exception("branch HHVM-3.30 lists no distributions"))
        );
        assert_eq!(platforms("4.28", &[]), Err(LambdaError::exception("4.28 is not a version")));
    }

    #[test]
    fn the_site_remembers_what_was_done_to_it() {
        let mut world = world();
        let arguments = UpdateIndicesArgs {
            bucket: "hhvm-downloads".to_owned(),
            cloudfront: "E35YBTV6QCR5BA".to_owned(),
        };
        assert_eq!(update_indices(&mut world, &arguments), Ok(Value::Null));
        assert_eq!(invalidate_cloud_front(&mut world), Ok(Value::Null));
        let indexed = vec![("hhvm-downloads".to_owned(), "E35YBTV6QCR5BA".to_owned())];
        assert_eq!(world.site, Site { indexed, invalidations: 1 });
    }
}
