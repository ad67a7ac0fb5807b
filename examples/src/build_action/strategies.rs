//! Where instances come from.

use stepwright::error::DynamoDb;
use stepwright::prelude::*;

use super::{InstanceLost, Job, NoCapacity, Patience, PoolExhausted, aws, poll};

/// Where an instance comes from and goes to.
#[derive(Debug, Clone, Copy)]
pub struct Strategy {
    /// Gets an instance. Nothing that follows the state that has got it may fail: only from then on is it released.
    pub acquire: fn(&mut Scope, Ref<Job>) -> Ref<String>,
    /// Makes the instance ready, if there is anything to do.
    pub prepare: fn(&mut Scope, Ref<String>),
    /// Fails when the instance is gone. It is asked in each round of waiting; the text says for what.
    pub watch: fn(&mut Scope, Ref<String>, &'static str),
    /// Gives the instance back.
    pub release: fn(&mut Scope, Ref<String>),
}

/// A new instance for each job: clean, and slow to start.
pub const NEW: Strategy = Strategy {
    acquire: run,
    prepare: |_, _| (),
    watch: |_, _, _| (),
    release: |s, instance| {
        s.task(aws::terminate(instance).retry(INSISTING));
    },
};

/// A pool of running instances: fast, and dear.
pub const RUNNING_POOL: Strategy =
    Strategy { acquire: claim, prepare: |_, _| (), watch: |_, _, _| (), release: put_back };

/// A pool of stopped instances, which start within a minute, because they have been there before.
pub const STOPPED_POOL: Strategy = Strategy {
    acquire: claim,
    prepare: |s, instance| {
        s.task(aws::start(instance).retry(WHILE_STOPPING));
    },
    watch: |_, _, _| (),
    release: |s, instance| {
        s.task(aws::stop(instance).retry(INSISTING));
        put_back(s, instance);
    },
};

/// Spot instances: cheap, and gone at two minutes' notice.
pub const SPOT: Strategy = Strategy { acquire: bid, watch: still_there, ..NEW };

/// What is not released costs money until somebody notices.
const INSISTING: RetryPolicy =
    RetryPolicy::new(&[Retrier::on(&[States::ALL]).delays([2, 4, 8, 16, 32, 64, 128])]);

/// An instance that is still stopping, because the last job has just given it back, cannot start yet.
const WHILE_STOPPING: RetryPolicy =
    RetryPolicy::new(&[Retrier::on(&[States::TASK_FAILED]).delays([15, 30, 60, 60])]);

/// A new instance. The call may be repeated: with the same token, it makes no other one.
fn run(s: &mut Scope, job: Ref<Job>) -> Ref<String> {
    let token = s.pass("Token", uuid());
    let run = s.task(aws::run(job, token));
    run.instances.get(0).assume_some("one was asked for").instance_id
}

/// A spot instance, if there is one.
fn bid(s: &mut Scope, job: Ref<Job>) -> Ref<String> {
    let token = s.pass("Token", uuid());
    let fleet = s.task(aws::create_spot_fleet(job, token)).instances.get(0);
    s.unless("HasCapacity", fleet.is_some(), |s| s.fail(NoCapacity, "no spot instance of that type"));
    let instances = fleet.assume_some("it was just asked").instance_ids;
    instances.get(0).assume_some("a fleet of one has one")
}

fn still_there(s: &mut Scope, instance: Ref<String>, when: &'static str) {
    let found = s.task(aws::describe_status(instance).named(format!("Look{when}")));
    let there = found
        .instance_statuses
        .any(|found| cond!(found.instance_state.name == "pending" || found.instance_state.name == "running"));
    s.unless(format!("IsThere{when}"), there, |s| {
        s.fail_as(format!("Lost{when}"), InstanceLost, fmt!("{} was taken away", instance))
    });
}

/// An instance of the pool that nobody else has. Two jobs may see the same one: the table lets only one of them have it, and the other
/// looks again.
fn claim(s: &mut Scope, _: Ref<Job>) -> Ref<String> {
    let patience = Patience { every: 20.seconds(), seconds: expr!(600_u64), error: PoolExhausted };
    poll(s, "FreeInstance", &patience, |s, again| {
        let none_left = s.forward_label();
        let free = s.task(aws::query_free()).items.get(0);
        s.when("AllTaken", free.is_none(), |s| {
            s.place(none_left);
            again(s)
        });
        let instance = free.assume_some("not all are taken").instance_id.s;
        let taken = DynamoDb::CONDITIONAL_CHECK_FAILED_EXCEPTION;
        s.task(aws::claim(instance).retry(NOT_IF_TAKEN).catch(taken, |s, _| s.goto(none_left)));
        instance
    })
}

/// What somebody else has does not become ours.
const NOT_IF_TAKEN: RetryPolicy = RetryPolicy::new(&[
    Retrier::never(&[DynamoDb::CONDITIONAL_CHECK_FAILED_EXCEPTION]),
    Retrier::on(&[States::ALL]).delays([2, 4, 8, 16, 32, 64, 128]),
]);

/// An instance that is not ours any more was put back before, by a call whose answer was lost.
fn put_back(s: &mut Scope, instance: Ref<String>) {
    let done = DynamoDb::CONDITIONAL_CHECK_FAILED_EXCEPTION;
    s.task(aws::put_back(instance).retry(NOT_IF_TAKEN).catch(done, |_, _| ()));
}
