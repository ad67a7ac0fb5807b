//! The names of tasks and workers: by them one finds what runs where, in the console and in the logs.

use std::fmt;

use crate::hhvm_build::Activity;
use crate::hhvm_build::version::Version;

/// The name of a task: `MakeBinaryPackage-4.28.2-ubuntu-18.04-bionic`, or without a platform `PublishDockerImages-4.28.2`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskName {
    /// The step.
    pub activity: Activity,
    /// The version.
    pub version: Version,
    /// The platform, where the step is for one.
    pub platform: Option<String>,
}

/// The name of a worker's instance: what it does, or did last.
///
/// | name | worker |
/// |---|---|
/// | `ww-0-<Activity>` | new: it waits for its first task |
/// | `wa-<n>-<task>` | it does its n-th task; if its instance is terminated, it failed |
/// | `ww-<n>-<task>` | it waits after n tasks; if its instance is terminated, it ran out of work |
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WorkerName {
    /// It waits for its first task.
    Fresh(Activity),
    /// It works.
    Active {
        /// How many tasks it was given, this one included.
        nth: u32,
        /// The name of the task.
        task: String,
    },
    /// It waits for another task.
    Waiting {
        /// How many tasks it has done.
        done: u32,
        /// The name of the last one.
        task: String,
    },
}

impl TaskName {
    /// Reads a name as it is displayed.
    pub fn parse(name: &str) -> Option<TaskName> {
        let (activity, rest) = name.split_once('-')?;
        let (version, platform) = match rest.split_once('-') {
            Some((version, platform)) => (version, Some(platform)),
            None => (rest, None),
        };
        Some(TaskName {
            activity: Activity::parse(activity)?,
            version: Version::parse(version)?,
            platform: match platform {
                Some("") => return None,
                platform => platform.map(str::to_owned),
            },
        })
    }
}

impl fmt::Display for TaskName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.activity, self.version)?;
        self.platform.iter().try_for_each(|platform| write!(f, "-{platform}"))
    }
}

impl WorkerName {
    /// Reads a name as it is displayed.
    pub fn parse(name: &str) -> Option<WorkerName> {
        let (mode, rest) = name.split_once('-')?;
        let (digits, task) = rest.split_once('-')?;
        let tasks: u32 = digits.parse().ok()?;
        // `+1` and `01` are numbers to Rust; there is one way to write a name.
        if tasks.to_string() != digits || task.is_empty() {
            return None;
        }
        match (mode, tasks) {
            ("ww", 0) => Activity::parse(task).map(WorkerName::Fresh),
            ("ww", done) => Some(WorkerName::Waiting { done, task: task.to_owned() }),
            ("wa", 1..) => Some(WorkerName::Active { nth: tasks, task: task.to_owned() }),
            _ => None,
        }
    }
}

impl fmt::Display for WorkerName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WorkerName::Fresh(activity) => write!(f, "ww-0-{activity}"),
            WorkerName::Active { nth, task } => write!(f, "wa-{nth}-{task}"),
            WorkerName::Waiting { done, task } => write!(f, "ww-{done}-{task}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_is_named_by_step_version_and_platform() {
        let version = Version::parse("4.28.2").expect("a version");
        let mut name = TaskName { activity: Activity::MakeBinaryPackage, version, platform: None };
        assert_eq!(name.to_string(), "MakeBinaryPackage-4.28.2");
        name.platform = Some("ubuntu-18.04-bionic".to_owned());
        assert_eq!(name.to_string(), "MakeBinaryPackage-4.28.2-ubuntu-18.04-bionic");
    }

    #[test]
    fn task_names_are_read_as_they_are_written() {
        for text in [
            "MakeBinaryPackage-4.28.2-ubuntu-18.04-bionic",
            "PublishDockerImages-2018.03.22",
            "MakeSourceTarball-4.28.2",
        ] {
            let name = TaskName::parse(text).expect("a task's name");
            assert_eq!(name.to_string(), text);
        }
        for text in ["", "MakeBinaryPackage", "MakeBinaryPackage-", "MakeBinaryPackage-4.28", "Make-4.28.2"] {
            assert_eq!(TaskName::parse(text), None, "{text}");
        }
        assert_eq!(TaskName::parse("MakeBinaryPackage-4.28.2-"), None);
    }

    #[test]
    fn worker_names_are_read_as_they_are_written() {
        let task = "MakeBinaryPackage-4.28.2-ubuntu-18.04-bionic".to_owned();
        for (text, name) in [
            ("ww-0-MakeBinaryPackage", WorkerName::Fresh(Activity::MakeBinaryPackage)),
            (
                "wa-1-MakeBinaryPackage-4.28.2-ubuntu-18.04-bionic",
                WorkerName::Active { nth: 1, task: task.clone() },
            ),
            ("ww-12-MakeBinaryPackage-4.28.2-ubuntu-18.04-bionic", WorkerName::Waiting { done: 12, task }),
        ] {
            assert_eq!(name.to_string(), text);
            assert_eq!(WorkerName::parse(text), Some(name));
        }
    }

    #[test]
    fn other_names_are_not_those_of_workers() {
        for text in [
            "",
            "ww",
            "ww-1",
            "ww-1-",
            "ww-0-MakeBinaryPackage-4.28.2", // new, yet with a task
            "wa-0-MakeBinaryPackage",        // busy, yet without one
            "wx-1-MakeBinaryPackage-4.28.2",
            "ww-x-MakeBinaryPackage-4.28.2",
            "ww-01-MakeBinaryPackage-4.28.2",
            "ww-+1-MakeBinaryPackage-4.28.2",
            "ww--1-MakeBinaryPackage-4.28.2",
        ] {
            assert_eq!(WorkerName::parse(text), None, "{text}");
        }
    }
}
