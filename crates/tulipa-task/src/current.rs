//! [`TaskRef`]: a task without its result; which task runs, which tasks there are.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::panic::Location;
use std::sync::Arc;

use tulipa_cancel::CancelHandle;
use tulipa_rt::{Header, Runtime, TaskId, TaskName, current};

/// A task seen from outside: identity, name, cancellation, no result.
///
/// Cheap to clone, usable from any thread, and it does not keep the task alive. Equal if it is
/// the same task.
///
/// # Examples
///
/// ```
/// use tulipa_task::{create_task, current_task};
///
/// tulipa_test::run(async {
///     let task = create_task(async { current_task().unwrap() });
///     let view = task.task_ref();
///     assert_eq!(task.await.unwrap(), view);
///     assert!(view.done());
/// });
/// ```
#[doc(alias = "AbortHandle")]
#[derive(Clone)]
pub struct TaskRef {
    id: TaskId,
    parent: Option<TaskId>,
    spawned_at: &'static Location<'static>,
    name: Arc<TaskName>,
    cancel: CancelHandle,
}

impl TaskRef {
    pub(crate) fn new(header: &Header) -> Self {
        Self {
            id: header.id(),
            parent: header.parent(),
            spawned_at: header.spawned_at(),
            name: header.shared_name().clone(),
            cancel: header.cancellation().handle(),
        }
    }

    /// Requests cancellation, from any thread; `false` if the task has ended. As `Task::cancel`.
    pub fn cancel(&self) -> bool {
        self.cancel.cancel()
    }

    /// [`cancel`](Self::cancel) with a message that the task and its error can tell.
    #[doc(alias = "reason")]
    pub fn cancel_with(&self, message: impl Into<Arc<str>>) -> bool {
        self.cancel.cancel_with(message)
    }

    /// Whether the task has seen a request to cancel it: one that comes when it has its value
    /// already is seen by nobody.
    pub fn cancel_seen(&self) -> bool {
        self.cancel.cancel_seen()
    }

    /// How many requests to cancel are outstanding.
    pub fn cancelling(&self) -> u32 {
        self.cancel.cancelling()
    }

    /// Gives one request back and returns how many remain; at zero, one that the task has not
    /// seen yet is withdrawn too.
    pub fn uncancel(&self) -> u32 {
        self.cancel.uncancel()
    }

    /// Whether it has ended, in whatever way.
    pub fn done(&self) -> bool {
        self.cancel.ended()
    }

    /// Whether it has ended cancelled.
    pub fn cancelled(&self) -> bool {
        self.cancel.ended() && self.cancel.cancelled_caught()
    }

    /// The name it was given, else `Task-N`.
    #[doc(alias = "get_name")]
    pub fn name(&self) -> Arc<str> {
        self.name.get().unwrap_or_else(|| format!("Task-{}", self.id).into())
    }

    /// Names it.
    pub fn set_name(&self, name: impl Into<Arc<str>>) {
        self.name.set(name.into());
    }

    /// Its identity, never reused.
    pub fn id(&self) -> TaskId {
        self.id
    }

    /// The task that spawned it; `None` if it was spawned outside any task.
    pub fn parent(&self) -> Option<TaskId> {
        self.parent
    }

    /// Where it was spawned.
    pub fn spawned_at(&self) -> &'static Location<'static> {
        self.spawned_at
    }
}

impl PartialEq for TaskRef {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for TaskRef {}

impl Hash for TaskRef {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.id.hash(state);
    }
}

impl fmt::Debug for TaskRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match () {
            () if self.cancelled() => "cancelled",
            () if self.done() => "finished",
            () if self.cancelling() > 0 => "cancelling",
            () => "pending",
        };
        write!(f, "<Task {state} name='{}' spawned at {}>", self.name(), self.spawned_at)
    }
}

/// The task whose code is running; `None` in a plain callback and outside a loop.
///
/// # Examples
///
/// ```
/// use tulipa_task::current_task;
///
/// assert!(current_task().is_none());
/// tulipa_test::run(async { assert!(current_task().is_some()) });
/// ```
pub fn current_task() -> Option<TaskRef> {
    tulipa_rt::current_task(|header| header.map(TaskRef::new))
}

/// The tasks of the running loop that have not ended, in order of creation.
///
/// # Panics
///
/// Outside a running loop, naming the caller.
///
/// # Examples
///
/// ```
/// use tulipa_task::{all_tasks, create_task};
///
/// tulipa_test::run(async {
///     create_task(async {}).detach();
///     assert_eq!(all_tasks().len(), 2, "this one and that one");
/// });
/// ```
#[track_caller]
pub fn all_tasks() -> Vec<TaskRef> {
    all_tasks_of(&*current())
}

/// The tasks of a loop, running or not, that have not ended, in order of creation.
///
/// # Examples
///
/// ```
/// use tulipa_task::all_tasks_of;
///
/// let test_loop = tulipa_test::TestLoop::new();
/// let task = test_loop.create_task(async {});
/// assert_eq!(all_tasks_of(&*test_loop.runtime()), [task.task_ref()]);
/// ```
pub fn all_tasks_of(runtime: &dyn Runtime) -> Vec<TaskRef> {
    let mut tasks = Vec::new();
    runtime.tasks().for_each(|header| tasks.push(TaskRef::new(header)));
    tasks
}
