//! [`Header`]: what loop and tasks both need to know of a task.

use std::fmt;
use std::panic::Location;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tulipa_cancel::Cancellation;

use crate::current::current_task;
use crate::schedule::{LoopId, Schedule};
use crate::tasks::Links;

/// Names one task of this process; never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TaskId(u64);

impl fmt::Display for TaskId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The name of a task, shared by all who look at it. Unset, it reads `Task-N`.
#[derive(Debug, Default)]
pub struct TaskName(Mutex<Option<Arc<str>>>);

impl TaskName {
    /// The name that was given, if one was.
    pub fn get(&self) -> Option<Arc<str>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Names the task.
    pub fn set(&self, name: Arc<str>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(name);
    }
}

/// One task, as its loop and its handles see it. It lives in the task's own allocation.
#[repr(C)] // `links` first: the list of tasks finds the header from it.
pub struct Header {
    pub(crate) links: Links,
    scheduler: Arc<dyn Schedule>,
    loop_id: LoopId,
    id: TaskId,
    parent: Option<TaskId>,
    spawned_at: &'static Location<'static>,
    name: OnceLock<Arc<TaskName>>,
    cancellation: Cancellation,
}

impl Header {
    /// The header of a task that is about to be spawned on a loop by the running code.
    pub fn new(
        loop_id: LoopId,
        scheduler: Arc<dyn Schedule>,
        spawned_at: &'static Location<'static>,
    ) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        Self {
            links: Links::default(),
            scheduler,
            loop_id,
            // Relaxed: only uniqueness matters.
            id: TaskId(NEXT.fetch_add(1, Relaxed)),
            parent: current_task(|task| task.map(Header::id)),
            spawned_at,
            name: OnceLock::new(),
            cancellation: Cancellation::new(),
        }
    }

    /// Who runs it.
    pub fn scheduler(&self) -> &Arc<dyn Schedule> {
        &self.scheduler
    }

    /// The loop it belongs to.
    pub fn loop_id(&self) -> LoopId {
        self.loop_id
    }

    /// Its identity.
    pub fn id(&self) -> TaskId {
        self.id
    }

    /// The task that spawned it; `None` for one spawned outside any task.
    pub fn parent(&self) -> Option<TaskId> {
        self.parent
    }

    /// Where it was spawned.
    pub fn spawned_at(&self) -> &'static Location<'static> {
        self.spawned_at
    }

    /// Its name, shared: it outlives the task.
    pub fn shared_name(&self) -> &Arc<TaskName> {
        self.name.get_or_init(Arc::default)
    }

    /// The name it was given, else `Task-N`.
    pub fn name(&self) -> Arc<str> {
        let given = self.name.get().and_then(|name| name.get());
        given.unwrap_or_else(|| format!("Task-{}", self.id).into())
    }

    /// Its cancellation state, and the waker it left when it last suspended.
    pub fn cancellation(&self) -> &Cancellation {
        &self.cancellation
    }
}

impl fmt::Debug for Header {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Header")
            .field("name", &self.name())
            .field("spawned_at", &format_args!("{}", self.spawned_at))
            .field("cancellation", &self.cancellation)
            .finish_non_exhaustive()
    }
}
