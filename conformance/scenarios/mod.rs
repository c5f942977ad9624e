//! The scenarios, a module for each area.

mod as_completed;
mod barrier;
mod cancel;
mod condition;
mod event;
mod event_loop;
mod future;
mod gather;
mod lock;
mod queue;
mod runner;
mod semaphore;
mod shield;
mod task;
mod task_group;
mod thread;
mod timeout;
mod wait;
mod wait_for;

use crate::scenario::Scenario;

const AREAS: &[&[Scenario]] = &[
    as_completed::SCENARIOS,
    barrier::SCENARIOS,
    cancel::SCENARIOS,
    condition::SCENARIOS,
    event::SCENARIOS,
    event_loop::SCENARIOS,
    future::SCENARIOS,
    gather::SCENARIOS,
    lock::SCENARIOS,
    queue::SCENARIOS,
    runner::SCENARIOS,
    semaphore::SCENARIOS,
    shield::SCENARIOS,
    task::SCENARIOS,
    task_group::SCENARIOS,
    thread::SCENARIOS,
    timeout::SCENARIOS,
    wait::SCENARIOS,
    wait_for::SCENARIOS,
];

/// All of them, in order of area.
pub(crate) fn all() -> impl Iterator<Item = &'static Scenario> {
    AREAS.iter().copied().flatten()
}
