//! [`Header`]: what loop and tasks both need to know of a task.

use std::cell::{Cell, OnceCell};
use std::fmt;
use std::num::NonZeroU64;
use std::panic::Location;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};

use tulipa_cancel::Cancellation;

use crate::current::current_task;

/// Names one task of this process; never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TaskId(NonZeroU64);

impl TaskId {
    /// An identity that no other task has. Threads take them in blocks: a counter that all
    /// share would cost each spawn an atomic operation.
    fn next() -> Self {
        const BLOCK: u64 = 1024;
        static BLOCKS: AtomicU64 = AtomicU64::new(0);
        thread_local! {
            static NEXT: Cell<u64> = const { Cell::new(0) };
        }
        let mut next = NEXT.get();
        if next % BLOCK == 0 {
            // Relaxed: only uniqueness matters.
            next = BLOCKS.fetch_add(1, Relaxed) * BLOCK;
        }
        NEXT.set(next + 1);
        // It cannot come round in 2^64 tasks.
        Self(NonZeroU64::new(next + 1).unwrap_or(NonZeroU64::MIN))
    }
}

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

/// One task, as its loop and its handles on the loop's thread see it.
///
/// # Examples
///
/// ```
/// use tulipa_rt::current_task;
///
/// tulipa_test::run(async {
///     current_task(|task| {
///         let task = task.expect("this runs in a task");
///         task.shared_name().set("main".into());
///         assert_eq!(&*task.name(), "main");
///         assert_eq!(task.parent(), None);
///     });
/// });
/// ```
pub struct Header {
    id: TaskId,
    parent: Option<TaskId>,
    spawned_at: &'static Location<'static>,
    name: OnceCell<Arc<TaskName>>,
    cancellation: Cancellation,
    /// Few tasks have any: a word is enough for none.
    done_callbacks: Cell<Option<Box<DoneCallbacks>>>,
    /// Where the loop's list keeps it.
    pub(crate) place: Cell<usize>,
}

#[derive(Default)]
struct DoneCallbacks {
    list: Vec<(u64, Box<dyn FnOnce()>)>,
    added_ever: u64,
}

impl Header {
    /// The header of a task that is about to be spawned by the running code.
    pub fn new(spawned_at: &'static Location<'static>) -> Self {
        Self {
            id: TaskId::next(),
            parent: current_task(|task| task.map(Header::id)),
            spawned_at,
            name: OnceCell::new(),
            cancellation: Cancellation::new(),
            done_callbacks: Cell::default(),
            place: Cell::new(usize::MAX),
        }
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

    /// Keeps a callback for the end of the task; the number names it, and no other of this task.
    pub fn add_done_callback(&self, run: Box<dyn FnOnce()>) -> u64 {
        let mut callbacks = self.done_callbacks.take().unwrap_or_default();
        let id = callbacks.added_ever;
        callbacks.added_ever += 1;
        callbacks.list.push((id, run));
        self.done_callbacks.set(Some(callbacks));
        id
    }

    /// Forgets a callback; `false` if it was forgotten or taken before.
    pub fn remove_done_callback(&self, id: u64) -> bool {
        let Some(mut callbacks) = self.done_callbacks.take() else { return false };
        let at = callbacks.list.iter().position(|(held, _)| *held == id);
        let gone = at.map(|at| callbacks.list.remove(at));
        self.done_callbacks.set(Some(callbacks));
        // Only now: what a closure holds may come back here as it drops.
        gone.is_some()
    }

    /// Takes the callbacks, in the order they were added; `None` if there are none to take.
    pub fn take_done_callbacks(&self) -> Option<impl Iterator<Item = Box<dyn FnOnce()>> + use<>> {
        Some(self.done_callbacks.take()?.list.into_iter().map(|(_, run)| run))
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
