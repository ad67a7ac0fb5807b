//! The steps that take a worker: their names, what their workers are, what their scripts are told.

use std::fmt;

use stepwright::{Integration, TaskFn};

use crate::hhvm_build::request::DebugMode;
use crate::hhvm_build::world::ec2::{Ec2, InstanceState};
use crate::hhvm_build::{
    Activity, make_binary_package, make_source_tarball, publish_binary_packages, publish_docker_images,
    publish_source_tarball,
};

/// What a worker runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Machine {
    /// `t2.micro`, …
    pub instance_type: &'static str,
    /// Size of its disk in GB; that of the image if there is none.
    pub disk_gb: Option<u32>,
    /// The only availability zone where it can be.
    pub zone: Option<&'static str>,
}

impl Activity {
    /// All of them, in the order of a build.
    pub const ALL: [Activity; 5] = [
        Activity::MakeSourceTarball,
        Activity::MakeBinaryPackage,
        Activity::PublishBinaryPackages,
        Activity::PublishSourceTarball,
        Activity::PublishDockerImages,
    ];

    /// Finds an activity by its name.
    pub fn parse(name: &str) -> Option<Activity> {
        Activity::ALL.into_iter().find(|activity| activity.to_string() == name)
    }

    /// Finds an activity by its ARN.
    pub fn by_arn(arn: &str) -> Option<Activity> {
        Activity::ALL.into_iter().find(|activity| activity.arn() == arn)
    }

    /// The ARN that its workers ask for tasks.
    pub fn arn(self) -> &'static str {
        let task = match self {
            Activity::MakeSourceTarball => make_source_tarball::DEFINITION,
            Activity::MakeBinaryPackage => make_binary_package::DEFINITION,
            Activity::PublishBinaryPackages => publish_binary_packages::DEFINITION,
            Activity::PublishSourceTarball => publish_source_tarball::DEFINITION,
            Activity::PublishDockerImages => publish_docker_images::DEFINITION,
        };
        let (Integration::Activity(arn)
        | Integration::Lambda(arn)
        | Integration::LambdaInvoke(arn)
        | Integration::Service(arn)) = task.integration;
        arn
    }

    /// What its workers run on.
    pub fn machine(self) -> Machine {
        let small = Machine { instance_type: "t2.micro", disk_gb: None, zone: None };
        match self {
            Activity::MakeSourceTarball => Machine { disk_gb: Some(16), ..small },
            Activity::MakeBinaryPackage => {
                Machine { instance_type: "r6i.4xlarge", disk_gb: Some(256), ..small }
            }
            // The volume with the repositories can be attached in its own zone only.
            Activity::PublishBinaryPackages => {
                Machine { disk_gb: Some(100), zone: Some("us-west-2a"), ..small }
            }
            Activity::PublishSourceTarball | Activity::PublishDockerImages => small,
        }
    }

    /// Whether one more worker is of use.
    ///
    /// It is, except for [`PublishBinaryPackages`](Activity::PublishBinaryPackages) when there is one already: its workers
    /// share a volume.
    pub fn needs_worker(self, ec2: &Ec2) -> bool {
        match self {
            Activity::PublishBinaryPackages => {
                !ec2.of(self).any(|worker| worker.state != InstanceState::Terminated)
            }
            Activity::MakeSourceTarball
            | Activity::MakeBinaryPackage
            | Activity::PublishSourceTarball
            | Activity::PublishDockerImages => true,
        }
    }

    /// The variable that only its script is given, and its value.
    pub(super) fn own_variable(self, debug: Option<DebugMode>) -> Option<(&'static str, &'static str)> {
        match self {
            Activity::MakeBinaryPackage if debug == Some(DebugMode::TestBuild) => Some(("SKIP_PUBLISH", "1")),
            Activity::PublishBinaryPackages => Some(("REPOS_ONLY", "1")),
            Activity::PublishDockerImages => Some(("DOCKER_ONLY", "1")),
            Activity::MakeSourceTarball | Activity::MakeBinaryPackage | Activity::PublishSourceTarball => {
                None
            }
        }
    }
}

/// Its name, as in requests and in the names of workers.
impl fmt::Display for Activity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hhvm_build::world::ec2::Script;

    #[test]
    fn names_and_arns_lead_back_to_their_activity() {
        for activity in Activity::ALL {
            assert_eq!(Activity::parse(&activity.to_string()), Some(activity));
            assert_eq!(Activity::by_arn(activity.arn()), Some(activity));
        }
        assert_eq!(
            Activity::MakeBinaryPackage.arn(),
            "arn:aws:states:us-west-2:223121549624:activity:hhvm-make-binary-package"
        );
        assert_eq!(Activity::parse("makebinarypackage"), None);
        assert_eq!(Activity::by_arn("arn:aws:states:us-west-2:223121549624:activity:other"), None);
    }

    #[test]
    fn packages_are_built_on_large_machines_and_the_rest_on_small_ones() {
        let machine = |activity: Activity| {
            let Machine { instance_type, disk_gb, zone } = activity.machine();
            (instance_type, disk_gb, zone)
        };
        assert_eq!(machine(Activity::MakeSourceTarball), ("t2.micro", Some(16), None));
        assert_eq!(machine(Activity::MakeBinaryPackage), ("r6i.4xlarge", Some(256), None));
        assert_eq!(machine(Activity::PublishBinaryPackages), ("t2.micro", Some(100), Some("us-west-2a")));
        assert_eq!(machine(Activity::PublishSourceTarball), ("t2.micro", None, None));
        assert_eq!(machine(Activity::PublishDockerImages), ("t2.micro", None, None));
    }

    #[test]
    fn only_one_worker_publishes_packages() {
        let mut ec2 = Ec2::default();
        for activity in Activity::ALL {
            assert!(activity.needs_worker(&ec2), "{activity}: there is none yet");
        }
        let pending = Activity::ALL.map(|activity| ec2.start(activity, Script::Task));
        for activity in Activity::ALL {
            assert_eq!(
                activity.needs_worker(&ec2),
                activity != Activity::PublishBinaryPackages,
                "{activity}"
            );
        }
        for id in &pending {
            ec2.set_state(id, InstanceState::Running);
        }
        assert!(!Activity::PublishBinaryPackages.needs_worker(&ec2));
        for id in &pending {
            ec2.set_state(id, InstanceState::Terminated);
        }
        assert!(Activity::PublishBinaryPackages.needs_worker(&ec2));
    }
}
