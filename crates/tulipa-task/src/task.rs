//! [`Task`]: the handle on a task and its result.

use std::cell::{Cell, OnceCell, RefCell};
use std::fmt;
use std::future::Future;
use std::panic::Location;
use std::pin::Pin;
use std::rc::Weak;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use futures_core::FusedFuture;
use tulipa_cancel::{CancelHandle, Held, Node};
use tulipa_rt::{Header, Runtime, TaskId, current_task};

use crate::current::TaskRef;
use crate::error::{Failure, JoinError, ResultError};
use crate::promise_error::InvalidStateError;
use crate::waiters::CallbackId;

/// A future that runs on its own, and the handle on its result.
///
/// Await it (by value or by `&mut`) for the result. A task that awaits another and is cancelled
/// passes the request on: the awaited task is cancelled, its end is waited for, then the awaiting
/// task goes on unwinding. To wait without passing it on, use `shield`. A value that the awaited
/// task returns all the same is returned, and the request stays pending.
///
/// Dropping the handle detaches: the task goes on, and its loop owns it. A panic that nobody has
/// looked at is then reported to the loop's exception handler.
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
    /// `None` only while dropping.
    inner: RefCell<Option<Inner<T>>>,
    result: OnceCell<Result<T, Failure>>,
    taken: Cell<bool>,
    runtime: Weak<dyn Runtime>,
    node: Node,
    held: Held,
}

type Inner<T> = async_task::Task<Result<T, Failure>, Header>;

impl<T> Task<T> {
    pub(crate) fn new(inner: Inner<T>, runtime: Weak<dyn Runtime>) -> Self {
        Self {
            inner: RefCell::new(Some(inner)),
            result: OnceCell::new(),
            taken: Cell::new(false),
            runtime,
            node: Node::new(),
            held: Held::new(),
        }
    }

    fn with_header<R>(&self, look: impl FnOnce(&Header) -> R) -> R {
        let inner = self.inner.borrow();
        look(inner.as_ref().expect("there until dropped").metadata())
    }

    /// Takes the result over from the task, if it has ended.
    fn outcome(&self) -> Option<&Result<T, Failure>> {
        if self.result.get().is_none() && !self.taken.get() && self.done() {
            let mut inner = self.inner.borrow_mut();
            let inner = inner.as_mut().expect("there until dropped");
            let mut cx = Context::from_waker(Waker::noop());
            if let Poll::Ready(outcome) = Pin::new(inner).poll(&mut cx) {
                let _ = self.result.set(outcome);
            }
        }
        self.result.get()
    }

    /// Requests cancellation; `false` if the task has ended.
    ///
    /// This only requests: the task sees it when it is next polled and pending, and may catch it,
    /// clean up with awaits, or [suppress](tulipa_cancel::Cancelled::suppress) it. A task that
    /// has not started never runs. Requests that arrive before the task sees the first are
    /// delivered as one.
    pub fn cancel(&self) -> bool {
        !self.done() && self.cancel_handle().cancel()
    }

    /// [`cancel`](Self::cancel) with a message that the task and its error can tell.
    pub fn cancel_with(&self, message: impl Into<Arc<str>>) -> bool {
        !self.done() && self.cancel_handle().cancel_with(message)
    }

    /// How many requests to cancel are outstanding.
    pub fn cancelling(&self) -> u32 {
        self.with_header(|header| header.cancellation().cancelling())
    }

    /// Gives one request back and returns how many remain; at zero, one that the task has not
    /// seen yet is withdrawn too.
    pub fn uncancel(&self) -> u32 {
        self.cancel_handle().uncancel()
    }

    fn cancel_handle(&self) -> CancelHandle {
        self.with_header(|header| header.cancellation().handle())
    }

    /// Whether it has ended: with a value, cancelled, or by a panic.
    pub fn done(&self) -> bool {
        self.inner.borrow().as_ref().is_none_or(async_task::Task::is_finished)
    }

    /// Whether it has ended cancelled.
    pub fn cancelled(&self) -> bool {
        match self.outcome() {
            Some(Err(failure)) => failure.peek().is_cancelled(),
            _ => false,
        }
    }

    /// The result, left in place.
    ///
    /// # Errors
    ///
    /// The task has not ended, has failed, or its result was taken by awaiting it. Reading a
    /// panic here counts as retrieving it.
    pub fn result(&self) -> Result<&T, ResultError<'_>> {
        match self.outcome() {
            Some(Ok(value)) => Ok(value),
            Some(Err(failure)) => Err(ResultError::Failed(failure.see())),
            None if self.taken.get() => Err(ResultError::Taken),
            None => Err(ResultError::InvalidState(InvalidStateError::pending("task"))),
        }
    }

    /// The error it ended with; `None` if it has a value.
    ///
    /// # Errors
    ///
    /// [`InvalidStateError`] while the task has not ended, or after its result was taken.
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
    /// On a loop that is gone nothing runs.
    pub fn add_done_callback(&self, callback: impl FnOnce(&TaskRef) + 'static) -> CallbackId {
        let task = self.task_ref();
        let run = Box::new(move || callback(&task));
        let Some(runtime) = self.runtime.upgrade() else { return CallbackId::NONE };
        if self.done() {
            runtime.call_soon(run);
            return CallbackId::NONE;
        }
        CallbackId(self.with_header(|header| runtime.tasks().add_done_callback(header, run)))
    }

    /// Takes a callback back; `false` if the task has ended or it was taken back before.
    pub fn remove_done_callback(&self, callback: CallbackId) -> bool {
        let Some(runtime) = self.runtime.upgrade() else { return false };
        self.with_header(|header| runtime.tasks().remove_done_callback(header, callback.0))
    }

    /// The name it was given, else `Task-N`.
    #[doc(alias = "get_name")]
    pub fn name(&self) -> Arc<str> {
        self.with_header(Header::name)
    }

    /// Names it.
    pub fn set_name(&self, name: impl Into<Arc<str>>) {
        self.with_header(|header| header.shared_name().set(name.into()));
    }

    /// Names it, and gives it back: `create_task(work()).with_name("worker")`.
    pub fn with_name(self, name: impl Into<Arc<str>>) -> Self {
        self.set_name(name);
        self
    }

    /// Its identity, never reused.
    pub fn id(&self) -> TaskId {
        self.with_header(Header::id)
    }

    /// Where it was spawned.
    pub fn spawned_at(&self) -> &'static Location<'static> {
        self.with_header(Header::spawned_at)
    }

    /// The task without its result: a view that can be cloned, kept, and sent to other threads.
    pub fn task_ref(&self) -> TaskRef {
        self.with_header(TaskRef::new)
    }

    /// Lets the task go on alone. The same as dropping the handle, but said.
    pub fn detach(self) {
        drop(self);
    }

    fn state(&self) -> &'static str {
        match self.outcome() {
            Some(Ok(_)) => "finished",
            Some(Err(failure)) if failure.peek().is_cancelled() => "cancelled",
            Some(Err(_)) => "panicked",
            None if self.done() => "finished",
            None if self.cancelling() > 0 => "cancelling",
            None => "pending",
        }
    }
}

impl<T> Future for Task<T> {
    type Output = Result<T, JoinError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        let Some(inner) = this.inner.get_mut() else { unreachable!("there until dropped") };
        assert!(!this.taken.get(), "a task was polled after it gave its result");
        if let Some(outcome) = this.result.take() {
            this.taken.set(true);
            return Poll::Ready(outcome.map_err(Failure::into_error));
        }
        let own = inner.metadata().id();
        let from_itself = current_task(|task| task.is_some_and(|task| task.id() == own));
        assert!(!from_itself, "a task cannot await itself: it would never end");

        match this.node.poll(cx, |cx| Pin::new(inner).poll(cx)) {
            Poll::Pending => Poll::Pending,
            // The request is the awaited task's now; what it makes of it decides.
            Poll::Ready(Err(token)) => {
                match token.message() {
                    Some(message) => this.cancel_with(message),
                    None => this.cancel(),
                };
                this.held.hold(token);
                Poll::Pending
            }
            Poll::Ready(Ok(outcome)) => {
                let unwinds = !this.held.is_empty()
                    && outcome.as_ref().is_err_and(|failure| failure.peek().is_cancelled());
                this.held.release();
                if unwinds {
                    // The awaiting task goes on unwinding as this returns.
                    let _ = this.result.set(outcome);
                    return Poll::Pending;
                }
                this.taken.set(true);
                Poll::Ready(outcome.map_err(Failure::into_error))
            }
        }
    }
}

impl<T> FusedFuture for Task<T> {
    fn is_terminated(&self) -> bool {
        self.taken.get()
    }
}

impl<T> Unpin for Task<T> {}

impl<T> Drop for Task<T> {
    fn drop(&mut self) {
        if let Some(inner) = self.inner.get_mut().take() {
            inner.detach();
        }
    }
}

impl<T> fmt::Debug for Task<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (state, name, at) = (self.state(), self.name(), self.spawned_at());
        write!(f, "<Task {state} name='{name}' spawned at {at}>")
    }
}
