//! [`Task`]: the handle on a task and its result.
//!
//! # Protocol
//!
//! The result waits in the slot until somebody asks: whoever looks at it moves it into `output`,
//! whoever awaits it moves it out to the caller and sets `given`. So at most one of the three
//! holds it. All of it is the loop thread's.

mod identity;
mod outcome;

use std::cell::{Cell, OnceCell};
use std::fmt;
use std::rc::Rc;
use std::sync::Arc;

use tulipa_cancel::{CancelHandle, Held, Node};
use tulipa_context::Saved;
use tulipa_rt::Header;

use crate::current::TaskRef;
use crate::error::{JoinError, ResultError};
use crate::output::{Ending, Output};
use crate::promise_error::InvalidStateError;
use crate::slot::Slot;
use crate::waiters::CallbackId;

/// A future that runs on its own, and the handle on its result.
///
/// Await it (by value or by `&mut`) for the result. A task that awaits another and is cancelled
/// passes the request on: the awaited task is cancelled, its end is waited for, then the awaiting
/// task goes on unwinding. To wait without passing it on, use `shield`. A value that the awaited
/// task returns all the same is returned, and the request stays pending.
///
/// Dropping the handle detaches: the task goes on, and its loop owns it. A panic that nobody has
/// looked at is then reported to the loop's exception handler. A task that its loop drops, because
/// it closes, has ended cancelled.
///
/// # Cancel safety
///
/// Awaiting by `&mut` loses nothing when it is dropped. Awaiting by value and dropping that
/// detaches the task.
///
/// # Panics
///
/// Polling a task from itself, which could never end; polling it after it gave its result.
///
/// # Examples
///
/// ```
/// use tulipa_task::create_task;
///
/// tulipa_test::run(async {
///     let mut task = create_task(async { "value" });
///     assert!(!task.done());
///     assert_eq!((&mut task).await.unwrap(), "value");
///     assert!(task.done());
/// });
/// ```
#[doc(alias = "JoinHandle")]
#[must_use = "dropping a task's handle detaches it; say so with `detach()` or `drop`"]
pub struct Task<T> {
    slot: Rc<Slot<T>>,
    /// Taken over from the task to be looked at.
    output: OnceCell<Output<T>>,
    /// Whether the result was given away.
    given: Cell<bool>,
    node: Node,
    held: Held,
}

impl<T> Task<T> {
    pub(crate) fn new(slot: Rc<Slot<T>>) -> Self {
        Self {
            slot,
            output: OnceCell::new(),
            given: Cell::new(false),
            node: Node::new(),
            held: Held::new(),
        }
    }

    pub(super) fn with_header<R>(&self, look: impl FnOnce(&Header) -> R) -> R {
        look(&self.slot.header)
    }

    /// Requests cancellation; `false` if the task has ended.
    ///
    /// This only requests: the task sees it when it is next polled and pending, and may catch it,
    /// clean up with awaits, or [suppress](tulipa_cancel::Cancelled::suppress) it. A task that
    /// has not started never runs. Requests that arrive before the task sees the first are
    /// delivered as one.
    ///
    /// As in asyncio, a panic of a task that has ended counts as retrieved by this call.
    ///
    /// # Examples
    ///
    /// ```
    /// use tulipa_task::create_task;
    ///
    /// tulipa_test::run(async {
    ///     let mut task = create_task(std::future::pending::<()>());
    ///     assert!(task.cancel());
    ///     assert!(!task.cancelled(), "it has only been asked");
    ///     assert!((&mut task).await.unwrap_err().is_cancelled());
    ///     assert!(task.cancelled() && !task.cancel());
    /// });
    /// ```
    pub fn cancel(&self) -> bool {
        self.request(CancelHandle::cancel)
    }

    /// [`cancel`](Self::cancel) with a message that the task and its error can tell.
    ///
    /// # Examples
    ///
    /// ```
    /// use tulipa_cancel::catch_cancel;
    /// use tulipa_task::create_task;
    /// use tulipa_time::yield_now;
    ///
    /// tulipa_test::run(async {
    ///     let task = create_task(async {
    ///         let cancelled = catch_cancel(std::future::pending::<()>()).await.unwrap_err();
    ///         assert_eq!(cancelled.message(), Some("too slow"));
    ///         cancelled.resume().await
    ///     });
    ///     yield_now().await; // it begins
    ///     task.cancel_with("too slow");
    ///     let error = task.await.unwrap_err();
    ///     assert_eq!(error.as_cancelled().unwrap().message(), Some("too slow"));
    /// });
    /// ```
    pub fn cancel_with(&self, message: impl Into<Arc<str>>) -> bool {
        self.request(|handle| handle.cancel_with(message))
    }

    fn request(&self, request: impl FnOnce(&CancelHandle) -> bool) -> bool {
        if !self.done() {
            return request(&self.cancel_handle());
        }
        if let Some(Err(failure)) = self.outcome() {
            failure.see();
        }
        false
    }

    /// How many requests to cancel are outstanding.
    pub fn cancelling(&self) -> u32 {
        self.with_header(|header| header.cancellation().cancelling())
    }

    /// Gives one request back and returns how many remain; at zero, one that the task has not
    /// seen yet is withdrawn too.
    ///
    /// # Examples
    ///
    /// ```
    /// use tulipa_task::create_task;
    ///
    /// tulipa_test::run(async {
    ///     let task = create_task(async { "went on" });
    ///     task.cancel();
    ///     assert_eq!((task.cancelling(), task.uncancel()), (1, 0));
    ///     assert_eq!(task.await.unwrap(), "went on");
    /// });
    /// ```
    pub fn uncancel(&self) -> u32 {
        self.cancel_handle().uncancel()
    }

    fn cancel_handle(&self) -> CancelHandle {
        self.with_header(|header| header.cancellation().handle())
    }

    /// Whether it has ended: with a value, cancelled, or by a panic.
    pub fn done(&self) -> bool {
        self.slot.ending.get().is_some()
    }

    /// Whether it has ended cancelled.
    pub fn cancelled(&self) -> bool {
        self.ending() == Some(Ending::Cancelled)
    }

    /// Whether it has ended by a panic. Asking does not count as retrieving it.
    ///
    /// # Examples
    ///
    /// ```
    /// use tulipa_task::create_task;
    ///
    /// tulipa_test::run(async {
    ///     let mut task = create_task(async { panic!("no more paper") });
    ///     let error = (&mut task).await.map(|()| ()).unwrap_err();
    ///     assert!(task.panicked() && error.is_panic());
    /// });
    /// ```
    pub fn panicked(&self) -> bool {
        self.ending() == Some(Ending::Panicked)
    }

    /// The result, left in place.
    ///
    /// # Errors
    ///
    /// The task has not ended, has failed, or its result was taken by awaiting it. Reading a
    /// panic here counts as retrieving it.
    ///
    /// # Examples
    ///
    /// ```
    /// use tulipa_task::create_task;
    /// use tulipa_time::yield_now;
    ///
    /// tulipa_test::run(async {
    ///     let task = create_task(async { String::from("value") });
    ///     assert!(task.result().is_err(), "it has not run yet");
    ///     yield_now().await;
    ///     assert_eq!(task.result().unwrap(), "value");
    ///     assert_eq!(task.await.unwrap(), "value", "it was only looked at");
    /// });
    /// ```
    pub fn result(&self) -> Result<&T, ResultError<'_>> {
        match self.outcome() {
            Some(Ok(value)) => Ok(value),
            Some(Err(failure)) => Err(ResultError::Failed(failure.see())),
            None if self.given.get() => Err(ResultError::Taken),
            None => Err(ResultError::InvalidState(InvalidStateError::pending("task"))),
        }
    }

    /// The error it ended with; `None` if it has a value.
    ///
    /// # Errors
    ///
    /// [`InvalidStateError`] while the task has not ended, or after its result was taken. Reading
    /// a panic here counts as retrieving it.
    ///
    /// # Examples
    ///
    /// ```
    /// use tulipa_task::{Task, create_task};
    /// use tulipa_time::yield_now;
    ///
    /// tulipa_test::run(async {
    ///     let task: Task<()> = create_task(async { panic!("no more paper") });
    ///     yield_now().await;
    ///     let error = task.exception().unwrap().unwrap();
    ///     assert_eq!(error.panic_message(), Some("no more paper"));
    /// });
    /// ```
    pub fn exception(&self) -> Result<Option<&JoinError>, InvalidStateError> {
        match self.result() {
            Ok(_) => Ok(None),
            Err(ResultError::Failed(error)) => Ok(Some(error)),
            Err(ResultError::Taken) => Err(InvalidStateError::taken("task")),
            Err(ResultError::InvalidState(error)) => Err(error),
        }
    }

    /// Schedules a callback for the task's end.
    ///
    /// Callbacks run from the loop, never inside this call, in the order they were added; added
    /// to a task that has ended, in the next iteration. The same closure added twice runs twice.
    /// All of them run before the code that awaits the task, each in a copy of the context of this
    /// call. On a loop that is gone nothing runs,
    /// and callbacks of a task that its loop drops are dropped with it.
    ///
    /// # Examples
    ///
    /// ```
    /// use tulipa_task::create_task;
    /// use tulipa_time::yield_now;
    ///
    /// tulipa_test::run(async {
    ///     let task = create_task(yield_now()).with_name("short");
    ///     task.add_done_callback(|task| assert_eq!(&*task.name(), "short"));
    ///     task.await.unwrap();
    /// });
    /// ```
    pub fn add_done_callback(&self, callback: impl FnOnce(&TaskRef) + 'static) -> CallbackId {
        let Some(runtime) = self.slot.runtime.upgrade() else {
            return CallbackId::NONE;
        };
        let task = self.task_ref();
        let run = move || callback(&task);
        if self.done() {
            runtime.call_soon(Box::new(run));
            return CallbackId::NONE;
        }
        // Scheduled in it, and not only run: the exception handler runs in the context of the
        // scheduling.
        let (context, runtime) = (Saved::copy_current(), self.slot.runtime.clone());
        let schedule = Box::new(move || {
            if let Some(runtime) = runtime.upgrade() {
                context.enter(|| runtime.call_soon(Box::new(run)));
            }
        });
        CallbackId(self.with_header(|header| header.add_done_callback(schedule)))
    }

    /// Takes a callback back; `false` if the task has ended or it was taken back before.
    pub fn remove_done_callback(&self, callback: CallbackId) -> bool {
        self.slot.header.remove_done_callback(callback.0)
    }

    /// The task without its result: a view that can be cloned, kept, and sent to other threads.
    ///
    /// # Examples
    ///
    /// ```
    /// use tulipa_task::create_task;
    ///
    /// tulipa_test::run(async {
    ///     let task = create_task(std::future::pending::<()>());
    ///     let view = task.task_ref();
    ///     std::thread::spawn(move || view.cancel()).join().unwrap();
    ///     assert!(task.await.unwrap_err().is_cancelled());
    /// });
    /// ```
    pub fn task_ref(&self) -> TaskRef {
        let view = self.with_header(TaskRef::new);
        if self.done() {
            // A view made only now has not heard of the end; one made before has, and this
            // changes nothing.
            let cancelled = self.cancelled();
            self.with_header(|header| header.cancellation().end(cancelled));
        }
        view
    }

    /// Lets the task go on alone. The same as dropping the handle, but said.
    pub fn detach(self) {
        drop(self);
    }

    fn state(&self) -> &'static str {
        match self.ending() {
            Some(Ending::Finished) => "finished",
            Some(Ending::Cancelled) => "cancelled",
            Some(Ending::Panicked) => "panicked",
            None if self.cancelling() > 0 => "cancelling",
            None => "pending",
        }
    }
}

impl<T> Unpin for Task<T> {}

impl<T> Drop for Task<T> {
    fn drop(&mut self) {
        self.slot.forget_waiter();
    }
}

impl<T> fmt::Debug for Task<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (state, name, at) = (self.state(), self.name(), self.spawned_at());
        write!(f, "<Task {state} name='{name}' spawned at {at}>")
    }
}
