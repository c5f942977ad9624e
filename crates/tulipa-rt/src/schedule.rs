//! [`Schedule`]: have a task run, from any thread.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use crate::current::try_current;
use crate::header::Header;

/// A task that is ready to run, with the header that loop and tasks share.
///
/// It must be run and dropped on its loop's thread.
pub type Runnable = async_task::Runnable<Header>;

/// Names one loop of this process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LoopId(u64);

impl LoopId {
    /// An identity that no other loop has.
    pub fn unique() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        // Relaxed: only uniqueness matters.
        Self(NEXT.fetch_add(1, Relaxed))
    }
}

/// Takes tasks that became ready. The one trait that other threads may call.
pub trait Schedule: Send + Sync {
    /// Puts the task at the end of the ready queue of its loop, and wakes the loop if it sleeps.
    ///
    /// Must keep every task until its loop's thread takes it, and must not drop one itself.
    fn schedule(&self, runnable: Runnable);
}

/// Schedules a task on the loop its header names: the schedule function of every task.
///
/// On the loop's own thread, while the loop runs, this is a push to its ready queue.
pub fn schedule(runnable: Runnable) {
    // A thread that is ending has no loop; its tasks go the way of other threads' tasks.
    match try_current() {
        Ok(runtime) if runtime.id() == runnable.metadata().loop_id() => runtime.push(runnable),
        _ => {
            // The clone keeps the scheduler while the task, which holds the other reference, may
            // run and end on its loop's thread.
            let scheduler = Arc::clone(runnable.metadata().scheduler());
            scheduler.schedule(runnable);
        }
    }
}
