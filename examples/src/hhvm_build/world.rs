//! A small fake of what the build's functions look at and change: instances, archives, packages, the download site.

pub mod ec2;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::hhvm_build::names::TaskName;
use crate::hhvm_build::version::{Archive, Date, Version, is_linux};
use crate::hhvm_build::{Activity, TaskInput};
use ec2::Ec2;

/// Everything outside of the state machine.
///
/// Its members can be set up as a test needs them. What workers finish changes it: see [`carry_out`](World::carry_out).
#[derive(Debug, Clone)]
pub struct World {
    /// Today, for the version of a nightly build.
    pub today: Date,
    /// The machines.
    pub ec2: Ec2,
    /// The source archives that exist.
    pub archives: BTreeSet<Archive>,
    /// What is known of the builds of a version: by version, then by platform, `source` or `source_gpg`.
    pub builds: BTreeMap<Version, BTreeMap<String, BuildStatus>>,
    /// The distributions that each branch of the packaging repository lists.
    pub distributions: BTreeMap<String, Vec<String>>,
    /// What was done to the download site.
    pub site: Site,
    random: Random,
    waited: Duration,
}

/// How far a version is on a platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum BuildStatus {
    Succeeded,
    BuiltNotPublished,
    NotBuilt,
}

/// The download site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Site {
    /// The bucket and the distribution of each rewritten index.
    pub indexed: Vec<(String, String)>,
    /// How often its cache was emptied.
    pub invalidations: u32,
}

/// What a version's source is published as, beside its packages.
pub(super) const SOURCES: [&str; 2] = ["source", "source_gpg"];

impl World {
    /// A world without archives, builds, branches and machines; `seed` decides how long its functions wait.
    pub fn new(today: Date, seed: u64) -> World {
        World {
            today,
            ec2: Ec2::default(),
            archives: BTreeSet::new(),
            builds: BTreeMap::new(),
            distributions: BTreeMap::new(),
            site: Site::default(),
            random: Random(seed),
            waited: Duration::ZERO,
        }
    }

    /// A world with some branches, in which nothing is built yet.
    pub fn example(today: Date, seed: u64) -> World {
        let mut world = World::new(today, seed);
        for branch in ["HHVM-4.27", "HHVM-4.28", "HHVM-4.29", "master"] {
            world.list_distributions(
                branch,
                &["debian-9-stretch", "debian-10-buster", "ubuntu-16.04-xenial", "ubuntu-18.04-bionic"],
            );
        }
        world
    }

    /// Makes a branch list these distributions.
    pub fn list_distributions(&mut self, branch: &str, distributions: &[&str]) {
        let distributions = distributions.iter().map(|&name| name.to_owned()).collect();
        self.distributions.insert(branch.to_owned(), distributions);
    }

    /// Says how far a version is on a platform, or its `source` or `source_gpg`.
    pub fn set_build_status(&mut self, version: &Version, platform: &str, status: BuildStatus) {
        self.builds.entry(version.clone()).or_default().insert(platform.to_owned(), status);
    }

    /// How far a version is: on each platform that its branch lists, and with its source. What nothing is known of is not
    /// built.
    pub fn build_status(&self, version: &Version) -> BTreeMap<String, BuildStatus> {
        let listed = self.distributions.get(&version.branch()).into_iter().flatten().map(String::as_str);
        let not_built = listed.chain(SOURCES).map(|platform| (platform.to_owned(), BuildStatus::NotBuilt));
        let mut statuses: BTreeMap<String, BuildStatus> = not_built.collect();
        statuses.extend(self.builds.get(version).cloned().unwrap_or_default());
        statuses
    }

    /// What an activity's own script leaves behind when it succeeds; the dummy script leaves nothing.
    ///
    /// A source archive is stored, and that of a nightly is public with that. A package is built, but not published; the
    /// script of a test build (`SKIP_PUBLISH`) throws it away. Publishing publishes all that is built.
    pub fn carry_out(&mut self, task: &TaskInput) {
        let Some(TaskName { activity, version, platform }) = TaskName::parse(&task.name) else { return };
        match activity {
            Activity::MakeSourceTarball => {
                self.archives.insert(version.archive());
                let status = if version.is_nightly() {
                    BuildStatus::Succeeded
                } else {
                    BuildStatus::BuiltNotPublished
                };
                SOURCES.iter().for_each(|source| self.set_build_status(&version, source, status));
            }
            Activity::MakeBinaryPackage => {
                let is_kept = !task.env.lines().any(|line| line == r#"SKIP_PUBLISH="1""#);
                if let Some(platform) = platform.filter(|_| is_kept) {
                    self.set_build_status(&version, &platform, BuildStatus::BuiltNotPublished);
                }
            }
            Activity::PublishBinaryPackages => self.publish(&version, is_linux),
            Activity::PublishSourceTarball => self.publish(&version, |name| SOURCES.contains(&name)),
            // Nobody asks whether there are images.
            Activity::PublishDockerImages => {}
        }
    }

    fn publish(&mut self, version: &Version, which: impl Fn(&str) -> bool) {
        for (name, status) in self.builds.entry(version.clone()).or_default() {
            if which(name) && *status == BuildStatus::BuiltNotPublished {
                *status = BuildStatus::Succeeded;
            }
        }
    }

    /// The running function waits, 1 to 10 s, so that not all of them call EC2 at once.
    pub(super) fn wait_a_little(&mut self) {
        self.waited += Duration::from_millis(1_000 + self.random.below(9_001));
    }

    /// How long functions have waited since this was last asked: after a call, how long the call took.
    #[must_use = "it is forgotten with that"]
    pub fn take_waited(&mut self) -> Duration {
        std::mem::take(&mut self.waited)
    }
}

/// `SplitMix64`: the same seed, the same numbers.
#[derive(Debug, Clone)]
struct Random(u64);

impl Random {
    /// A number below `end`.
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = Date { year: 2018, month: 3, day: 22 };

    fn version(text: &str) -> Version {
        Version::parse(text).expect("a version")
    }

    fn task(name: &str, env: &str) -> TaskInput {
        TaskInput { name: name.to_owned(), env: env.to_owned(), fail_args: String::new() }
    }

    #[track_caller]
    fn check_builds(world: &World, text: &str, expected: &[(&str, BuildStatus)]) {
        let statuses = world.build_status(&version(text));
        let statuses: Vec<_> = statuses.iter().map(|(name, status)| (name.as_str(), *status)).collect();
        assert_eq!(statuses, expected);
    }

    #[test]
    fn what_nothing_is_known_of_is_not_built() {
        let mut world = World::new(TODAY, 0);
        world.list_distributions("HHVM-4.28", &["ubuntu-18.04-bionic", "debian-9-stretch"]);
        world.set_build_status(&version("4.28.2"), "debian-9-stretch", BuildStatus::Succeeded);
        world.set_build_status(&version("4.28.2"), "macos-mojave", BuildStatus::BuiltNotPublished);
        check_builds(
            &world,
            "4.28.2",
            &[
                ("debian-9-stretch", BuildStatus::Succeeded),
                ("macos-mojave", BuildStatus::BuiltNotPublished),
                ("source", BuildStatus::NotBuilt),
                ("source_gpg", BuildStatus::NotBuilt),
                ("ubuntu-18.04-bionic", BuildStatus::NotBuilt),
            ],
        );
    }

    #[test]
    fn what_is_carried_out_is_built_then_published() {
        let mut world = World::new(TODAY, 0);
        world.carry_out(&task("MakeSourceTarball-4.28.2", ""));
        world.carry_out(&task("MakeBinaryPackage-4.28.2-debian-9-stretch", ""));
        assert_eq!(world.archives, BTreeSet::from([version("4.28.2").archive()]));
        check_builds(
            &world,
            "4.28.2",
            &[
                ("debian-9-stretch", BuildStatus::BuiltNotPublished),
                ("source", BuildStatus::BuiltNotPublished),
                ("source_gpg", BuildStatus::BuiltNotPublished),
            ],
        );
        world.carry_out(&task("PublishBinaryPackages-4.28.2", ""));
        check_builds(
            &world,
            "4.28.2",
            &[
                ("debian-9-stretch", BuildStatus::Succeeded),
                ("source", BuildStatus::BuiltNotPublished),
                ("source_gpg", BuildStatus::BuiltNotPublished),
            ],
        );
        world.carry_out(&task("PublishSourceTarball-4.28.2", ""));
        check_builds(
            &world,
            "4.28.2",
            &[
                ("debian-9-stretch", BuildStatus::Succeeded),
                ("source", BuildStatus::Succeeded),
                ("source_gpg", BuildStatus::Succeeded),
            ],
        );
    }

    #[test]
    fn what_is_not_built_is_not_published() {
        let mut world = World::new(TODAY, 0);
        world.set_build_status(&version("4.28.2"), "debian-9-stretch", BuildStatus::NotBuilt);
        world.set_build_status(&version("4.28.2"), "ubuntu-18.04-bionic", BuildStatus::BuiltNotPublished);
        world.carry_out(&task("PublishBinaryPackages-4.28.2", ""));
        check_builds(
            &world,
            "4.28.2",
            &[
                ("debian-9-stretch", BuildStatus::NotBuilt),
                ("source", BuildStatus::NotBuilt),
                ("source_gpg", BuildStatus::NotBuilt),
                ("ubuntu-18.04-bionic", BuildStatus::Succeeded),
            ],
        );
    }

    #[test]
    fn the_source_of_a_nightly_is_public_at_once() {
        let mut world = World::new(TODAY, 0);
        world.carry_out(&task("MakeSourceTarball-2018.03.22", ""));
        check_builds(
            &world,
            "2018.03.22",
            &[("source", BuildStatus::Succeeded), ("source_gpg", BuildStatus::Succeeded)],
        );
    }

    #[test]
    fn the_package_of_a_test_build_is_thrown_away() {
        let mut world = World::new(TODAY, 0);
        world.carry_out(&task(
            "MakeBinaryPackage-4.28.2-debian-9-stretch",
            "VERSION=\"4.28.2\"\nSKIP_PUBLISH=\"1\"",
        ));
        assert!(world.builds.is_empty());
    }

    #[test]
    fn a_task_that_is_none_of_the_builds_changes_nothing() {
        let mut world = World::new(TODAY, 0);
        world.carry_out(&task("hello", ""));
        world.carry_out(&task("PublishDockerImages-4.28.2", ""));
        assert!(world.builds.is_empty() && world.archives.is_empty());
    }

    #[test]
    fn waits_take_one_to_ten_seconds_and_are_told_once() {
        let mut world = World::new(TODAY, 7);
        let waits: Vec<Duration> = (0..1_000)
            .map(|_| {
                world.wait_a_little();
                world.take_waited()
            })
            .collect();
        let range = Duration::from_secs(1)..=Duration::from_secs(10);
        assert!(waits.iter().all(|wait| range.contains(wait)), "{waits:?}");
        assert!(waits.iter().any(|wait| *wait < Duration::from_secs(2)));
        assert!(waits.iter().any(|wait| *wait > Duration::from_secs(9)));
        assert_eq!(world.take_waited(), Duration::ZERO);
    }

    #[test]
    fn the_same_seed_waits_the_same() {
        let wait = |seed| {
            let mut world = World::new(TODAY, seed);
            world.wait_a_little();
            world.take_waited()
        };
        assert_eq!(wait(1), wait(1));
        assert_ne!(wait(1), wait(2));
    }
}
