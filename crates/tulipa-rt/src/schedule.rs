//! [`Schedule`]: have a task run, from any thread.
//!
//! # Protocol
//!
//! A task knows its loop by a number alone. On the loop's own thread, while it runs, that is
//! enough: the running loop is compared with it. From elsewhere the number is looked up in the one
//! table of this process, `LOOPS`, which a loop enters when it is made and leaves when it has no
//! task any more. A reference to the scheduler in each task would spare the look-up, and cost each
//! spawn two atomic operations instead.

use std::collections::BTreeMap;
use std::num::NonZeroU64;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, PoisonError, RwLock};

use crate::current;

/// A task that is ready to run, with the loop that runs it.
///
/// It must be run and dropped on its loop's thread.
pub type Runnable = async_task::Runnable<LoopId>;

/// Names one loop of this process; never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LoopId(NonZeroU64);

/// Takes tasks that became ready. The one trait that other threads may call.
pub trait Schedule: Send + Sync {
    /// Puts the task at the end of the ready queue of its loop, and wakes the loop if it sleeps.
    ///
    /// Never blocks and runs nothing. Tasks of one calling thread keep their order.
    ///
    /// Must keep every task until its loop's thread takes it, and must not drop one itself: a
    /// task need not be `Send`.
    fn schedule(&self, runnable: Runnable);
}

/// A loop's place among the loops of this process, for as long as it may have tasks.
#[derive(Debug)]
pub struct Registered(LoopId);

static LOOPS: RwLock<BTreeMap<LoopId, Arc<dyn Schedule>>> = RwLock::new(BTreeMap::new());

impl Registered {
    /// Enters a loop, known to other threads by its scheduler, and names it.
    pub fn new(scheduler: Arc<dyn Schedule>) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        // Relaxed: only uniqueness matters. It starts at one and cannot come round in 2^64 steps.
        let id = LoopId(NonZeroU64::new(NEXT.fetch_add(1, Relaxed)).unwrap_or(NonZeroU64::MAX));
        LOOPS.write().unwrap_or_else(PoisonError::into_inner).insert(id, scheduler);
        Self(id)
    }

    /// The loop's identity.
    pub fn id(&self) -> LoopId {
        self.0
    }
}

impl Drop for Registered {
    fn drop(&mut self) {
        let gone = LOOPS.write().unwrap_or_else(PoisonError::into_inner).remove(&self.0);
        drop(gone);
    }
}

/// Schedules a task on its loop: the schedule function of every task.
///
/// On the loop's own thread, while the loop runs, this is a push to its ready queue.
pub fn schedule(runnable: Runnable) {
    let id = *runnable.metadata();
    let Err(runnable) = current::push(id, runnable) else { return };
    let scheduler = LOOPS.read().unwrap_or_else(PoisonError::into_inner).get(&id).cloned();
    match scheduler {
        Some(scheduler) => scheduler.schedule(runnable),
        // A loop leaves the table only when no task of it is left. If that is ever wrong, a leak
        // is better than a future dropped on a foreign thread.
        None => std::mem::forget(runnable),
    }
}
