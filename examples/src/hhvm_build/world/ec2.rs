//! A small fake of EC2: instances are started, get names, and are terminated.

use std::fmt;

use crate::hhvm_build::Activity;
use crate::hhvm_build::activities::Machine;
use crate::hhvm_build::names::WorkerName;

/// The id of an instance: `i-00000000000000001`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct InstanceId(String);

/// Where an instance is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum InstanceState {
    Pending,
    Running,
    Terminated,
}

/// What an instance's worker runs for each task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// The activity's own script.
    Task,
    /// A script that does nothing, and succeeds.
    Dummy,
}

/// An instance. It is there for one activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instance {
    /// Its id.
    pub id: InstanceId,
    /// What its worker does, or did last.
    pub name: WorkerName,
    /// Where it is in its life.
    pub state: InstanceState,
    /// The activity whose tasks its worker takes.
    pub activity: Activity,
    /// What it is.
    pub machine: Machine,
    /// What its worker runs for each task.
    pub script: Script,
}

/// All instances that ever were, in the order of their start.
#[derive(Debug, Clone, Default)]
pub struct Ec2 {
    instances: Vec<Instance>,
}

impl Ec2 {
    /// Starts an instance for an activity's worker; it is pending.
    pub fn start(&mut self, activity: Activity, script: Script) -> InstanceId {
        let id = InstanceId(format!("i-{:017x}", self.instances.len() + 1));
        self.instances.push(Instance {
            id: id.clone(),
            name: WorkerName::Fresh(activity),
            state: InstanceState::Pending,
            activity,
            machine: activity.machine(),
            script,
        });
        id
    }

    /// All instances, terminated ones too.
    pub fn instances(&self) -> &[Instance] {
        &self.instances
    }

    /// The instances of an activity, terminated ones too.
    pub fn of(&self, activity: Activity) -> impl Iterator<Item = &Instance> {
        self.instances.iter().filter(move |instance| instance.activity == activity)
    }

    /// Finds an instance.
    pub fn get(&self, id: &InstanceId) -> Option<&Instance> {
        self.instances.iter().find(|instance| instance.id == *id)
    }

    /// Gives an instance a name; nothing happens if there is no such instance.
    pub fn rename(&mut self, id: &InstanceId, name: WorkerName) {
        if let Some(instance) = self.get_mut(id) {
            instance.name = name;
        }
    }

    /// Brings an instance up or down; nothing happens if there is none, or if it is terminated.
    pub fn set_state(&mut self, id: &InstanceId, state: InstanceState) {
        if let Some(instance) = self.get_mut(id)
            && instance.state != InstanceState::Terminated
        {
            instance.state = state;
        }
    }

    fn get_mut(&mut self, id: &InstanceId) -> Option<&mut Instance> {
        self.instances.iter_mut().find(|instance| instance.id == *id)
    }
}

impl fmt::Display for InstanceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instance_is_born_pending_with_its_activitys_name() {
        let mut ec2 = Ec2::default();
        let id = ec2.start(Activity::MakeSourceTarball, Script::Dummy);
        assert_eq!(id.to_string(), "i-00000000000000001");
        assert_eq!(
            ec2.instances(),
            [Instance {
                id,
                name: WorkerName::Fresh(Activity::MakeSourceTarball),
                state: InstanceState::Pending,
                activity: Activity::MakeSourceTarball,
                machine: Machine { instance_type: "t2.micro", disk_gb: Some(16), zone: None },
                script: Script::Dummy,
            }]
        );
    }

    #[test]
    fn instances_are_listed_by_activity() {
        let mut ec2 = Ec2::default();
        let tarball = ec2.start(Activity::MakeSourceTarball, Script::Task);
        let package = ec2.start(Activity::MakeBinaryPackage, Script::Task);
        let ids = |activity| ec2.of(activity).map(|instance| &instance.id).collect::<Vec<_>>();
        assert_eq!(ids(Activity::MakeSourceTarball), [&tarball]);
        assert_eq!(ids(Activity::MakeBinaryPackage), [&package]);
        assert!(ids(Activity::PublishDockerImages).is_empty());
    }

    #[test]
    fn a_terminated_instance_never_comes_back() {
        let mut ec2 = Ec2::default();
        let id = ec2.start(Activity::MakeSourceTarball, Script::Task);
        let state = |ec2: &Ec2| ec2.get(&id).map(|instance| instance.state);
        ec2.set_state(&id, InstanceState::Running);
        assert_eq!(state(&ec2), Some(InstanceState::Running));
        ec2.set_state(&id, InstanceState::Terminated);
        ec2.set_state(&id, InstanceState::Running);
        assert_eq!(state(&ec2), Some(InstanceState::Terminated));
    }
}
