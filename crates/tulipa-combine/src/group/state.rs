//! [`State`]: what the handles of a task group, its children and its exit share.
//!
//! # Protocol
//!
//! All of it is the loop thread's, and nothing is borrowed while foreign code runs (wakers,
//! destructors).
//!
//! - `children`: those that have not ended. [`State::spawn`] adds one, [`Membership`] takes it out
//!   as the child's future drops.
//! - `errors`: in the order in which they came. A child that fails adds one, the exit takes them.
//! - `body_error`: the last of the errors. A body that fails sets it, the exit takes it.
//! - `closed`: body and children were told to end, and new children are cancelled before they
//!   start. [`State::abort`] sets it, the exit does at its end; it never goes back.
//! - `body`: cancels the body. The exit sets it while the body runs.
//! - `waiter`: woken when `children` is empty. The exit sets it while it waits, who ends last
//!   takes it.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::error::Error;
use std::future::{Future, pending, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::rc::Rc;
use std::task::{Poll, Waker};

use tulipa_cancel::CancelHandle;
use tulipa_rt::{ExceptionContext, try_current};
use tulipa_task::{Task, TaskBuilder, TaskRef, current_task};
use tulipa_time::yield_now;

use super::error::{ChildError, ChildFailure};

#[derive(Default)]
pub(super) struct State {
    /// By number, in order of creation.
    children: RefCell<BTreeMap<u64, TaskRef>>,
    next: Cell<u64>,
    pub(super) errors: RefCell<Vec<ChildError>>,
    pub(super) body_error: Cell<Option<ChildError>>,
    closed: Cell<bool>,
    pub(super) body: RefCell<Option<CancelHandle>>,
    waiter: RefCell<Option<Waker>>,
}

impl State {
    #[track_caller]
    pub(super) fn spawn<T: 'static>(
        self: &Rc<Self>,
        builder: TaskBuilder,
        future: impl Future<Output = Result<T, Box<dyn Error>>> + 'static,
    ) -> Task<T> {
        self.spawn_member(builder, |membership| member(membership, future))
    }

    /// Makes a task of what keeps its membership until it ends.
    #[track_caller]
    pub(super) fn spawn_member<F>(
        self: &Rc<Self>,
        builder: TaskBuilder,
        make: impl FnOnce(Membership) -> F,
    ) -> Task<F::Output>
    where
        F: Future<Output: 'static> + 'static,
    {
        let number = self.next.get();
        self.next.set(number + 1);
        let membership = Membership { state: self.clone(), number };
        let task = builder.create_task(make(membership));
        // A task that started eagerly may have ended, and its membership with it.
        if !task.done() {
            self.children.borrow_mut().insert(number, task.task_ref());
        }
        if self.closed.get() {
            task.cancel_with("its task group was cancelled or has ended");
        }
        task
    }

    pub(super) fn running(&self) -> usize {
        self.children.borrow().len()
    }

    pub(super) fn is_closed(&self) -> bool {
        self.closed.get()
    }

    /// Cancels the children and then the body, once.
    pub(super) fn abort(&self) {
        self.abort_without(None);
    }

    /// As [`abort`](Self::abort), but for one child.
    fn abort_without(&self, spared: Option<u64>) {
        if self.closed.replace(true) {
            return;
        }
        let is_told = |number: &u64| Some(*number) != spared;
        let children = self.children.borrow();
        let told = children.iter().filter(|(number, _)| is_told(number));
        let told = told.map(|(_, child)| child.clone()).collect::<Vec<_>>();
        drop(children);
        for child in told {
            child.cancel();
        }
        let body = self.body.borrow().clone();
        if let Some(body) = body {
            body.cancel();
        }
    }

    pub(super) fn body_failed(&self, error: Box<dyn Error>) {
        self.abort();
        let failure = ChildFailure::Error(error);
        self.body_error.set(Some(ChildError { task: None, failure }));
    }

    /// Whether there are no children; else leaves the waker.
    pub(super) fn is_empty(&self, waker: &Waker) -> bool {
        let is_empty = self.children.borrow().is_empty();
        if !is_empty {
            let old = self.waiter.borrow_mut().replace(waker.clone());
            drop(old);
        }
        is_empty
    }
}

/// Errors that came when the group's future had been dropped.
impl Drop for State {
    fn drop(&mut self) {
        for error in self.errors.take().into_iter().chain(self.body_error.take()) {
            let context = ExceptionContext::new("Error in a task group that was dropped");
            let context = context.exception(error);
            match try_current() {
                Ok(runtime) => runtime.call_exception_handler(&context),
                Err(_) => context.print(),
            }
        }
    }
}

/// A child's place in its group; dropped with the child's future, however that ends.
pub(super) struct Membership {
    state: Rc<State>,
    number: u64,
}

impl Membership {
    pub(super) fn failed(&self, task: &TaskRef, failure: ChildFailure) {
        let task = Some((task.id(), task.name()));
        self.state.errors.borrow_mut().push(ChildError { task, failure });
        self.state.abort_without(Some(self.number));
    }
}

impl Drop for Membership {
    fn drop(&mut self) {
        let mut children = self.state.children.borrow_mut();
        let gone = children.remove(&self.number);
        let is_last = children.is_empty();
        drop(children);
        drop(gone);
        let waiter = if is_last { self.state.waiter.borrow_mut().take() } else { None };
        if let Some(waiter) = waiter {
            waiter.wake();
        }
    }
}

/// Runs a child's future; tells the group of its failure.
async fn member<T>(
    membership: Membership,
    future: impl Future<Output = Result<T, Box<dyn Error>>>,
) -> T {
    let failure = match catch_panic(future).await {
        Ok(Ok(value)) => return value,
        Ok(Err(error)) => ChildFailure::Error(error),
        Err(payload) => ChildFailure::Panic(payload),
    };
    let task = current_task().expect("a member runs as a task");
    membership.failed(&task, failure);
    end_without_a_value(&task, IS_THE_GROUPS).await
}

/// Why a child that failed ends cancelled.
pub(super) const IS_THE_GROUPS: &str = "its error is the task group's";

/// Ends a task whose outcome has gone elsewhere: there is no value for its handle.
pub(super) async fn end_without_a_value<T>(task: &TaskRef, why: &'static str) -> T {
    // The group's body may await this very task. It has been woken and runs first: so it finds
    // itself cancelled at that await, and not an error that is the group's to tell.
    yield_now().await;
    task.cancel_with(why);
    pending().await
}

pub(super) async fn catch_panic<F: Future>(future: F) -> Result<F::Output, Box<dyn Any + Send>> {
    let mut future = pin!(future);
    poll_fn(|cx| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx))) {
        Ok(polled) => polled.map(Ok),
        Err(payload) => Poll::Ready(Err(payload)),
    })
    .await
}
