//! [`TaskGroup`]: tasks that end before the code that started them goes on.

mod error;
mod exit;

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::future::{Future, IntoFuture, pending};
use std::panic::{AssertUnwindSafe, Location, catch_unwind};
use std::pin::pin;
use std::rc::Rc;
use std::task::{Poll, Waker};

use tulipa_cancel::CancelHandle;
use tulipa_rt::current;
use tulipa_task::{Task, TaskId, TaskRef, create_task_at, current_task};

pub use error::{ChildError, ChildFailure, TaskGroupError};
use exit::Exit;

/// A group of tasks that have all ended when [`run`](Self::run) returns.
///
/// When a child fails, the others and the group's body are cancelled, their cleanups are awaited,
/// and then all the errors come out together. A child that is cancelled by itself is no failure.
/// A cancellation from outside cancels body and children, and goes on when all have ended.
///
/// Clones are handles on the same group: give one to a child that is to start others.
///
/// # Examples
///
/// ```
/// use tulipa_combine::TaskGroup;
///
/// tulipa_test::run(async {
///     let sum = TaskGroup::run(async |group| {
///         let one = group.create_task(async { 1 });
///         let two = group.create_task(async { 2 });
///         one.await.unwrap() + two.await.unwrap()
///     })
///     .await
///     .unwrap();
///     assert_eq!(sum, 3);
/// });
/// ```
#[doc(alias = "nursery")]
#[doc(alias = "JoinSet")]
#[derive(Clone)]
pub struct TaskGroup {
    state: Rc<State>,
}

#[derive(Default)]
struct State {
    /// Children that have not ended, in order of creation.
    children: RefCell<BTreeMap<TaskId, TaskRef>>,
    running: Cell<usize>,
    errors: RefCell<Vec<ChildError>>,
    body_error: Cell<Option<ChildError>>,
    /// Something failed or was cancelled: new children are cancelled before they start.
    aborting: Cell<bool>,
    body: RefCell<Option<CancelHandle>>,
    waiter: RefCell<Option<Waker>>,
}

impl TaskGroup {
    /// Runs a body that may start tasks in the group, and waits for them all.
    ///
    /// Returns the body's value when every child has ended. Suspends when the body does, and
    /// while children run.
    ///
    /// # Errors
    ///
    /// [`TaskGroupError`] with every child's error, or if [`cancel`](Self::cancel) ended the
    /// group.
    ///
    /// # Cancel safety
    ///
    /// Cancelled through its task, it cancels the children and waits for them. Dropped, it cancels
    /// them and does not wait.
    ///
    /// # Panics
    ///
    /// If the body panics, with its payload, after the children have ended.
    pub async fn run<R>(body: impl AsyncFnOnce(&Self) -> R) -> Result<R, TaskGroupError> {
        let group = Self { state: Rc::default() };
        let body = body(&group);
        Exit::new(group.state.clone(), body).await
    }

    /// As [`run`](Self::run), for a body that may fail: its error aborts the group like a
    /// child's, and is the last of the errors.
    ///
    /// # Errors
    ///
    /// [`TaskGroupError`] with every error, or if [`cancel`](Self::cancel) ended the group.
    ///
    /// # Cancel safety
    ///
    /// As [`run`](Self::run).
    ///
    /// # Examples
    ///
    /// ```
    /// use tulipa_combine::TaskGroup;
    ///
    /// tulipa_test::run(async {
    ///     let failed = TaskGroup::try_run(async |_group| Err::<(), _>("nothing to do")).await;
    ///     assert_eq!(failed.unwrap_err().to_string(), "a task group failed: the body: nothing to do");
    /// });
    /// ```
    pub async fn try_run<R, E>(
        body: impl AsyncFnOnce(&Self) -> Result<R, E>,
    ) -> Result<R, TaskGroupError>
    where
        E: Into<Box<dyn Error>>,
    {
        let group = Self { state: Rc::default() };
        let state = group.state.clone();
        let body = async {
            match body(&group).await {
                Ok(value) => Some(value),
                Err(error) => {
                    state.body_failed(error.into());
                    None
                }
            }
        };
        let value = Exit::new(group.state.clone(), body).await?;
        value.ok_or_else(|| unreachable!("a body that failed left an error"))
    }

    /// Starts a task in the group; it runs from the next iteration.
    ///
    /// If it panics, the group fails: the panic is the group's, and the handle says cancelled. In
    /// a group that is being cancelled or has ended, the task is cancelled before it starts.
    ///
    /// # Panics
    ///
    /// Outside a running loop, naming the caller.
    #[doc(alias = "start_soon")]
    #[track_caller]
    pub fn create_task<F>(&self, future: F) -> Task<F::Output>
    where
        F: IntoFuture<IntoFuture: 'static, Output: 'static>,
    {
        let future = future.into_future();
        self.spawn(async { Ok::<_, Box<dyn Error>>(future.await) }, Location::caller())
    }

    /// Starts a task that may fail; its error is the group's, and the handle then says cancelled.
    /// Otherwise as [`create_task`](Self::create_task).
    ///
    /// # Panics
    ///
    /// Outside a running loop, naming the caller.
    ///
    /// # Examples
    ///
    /// ```
    /// use tulipa_combine::TaskGroup;
    ///
    /// tulipa_test::run(async {
    ///     let failed = TaskGroup::run(async |group| {
    ///         group.try_create_task(async { "x".parse::<u32>() }).with_name("parse").detach();
    ///     })
    ///     .await
    ///     .unwrap_err();
    ///     assert_eq!(failed.errors()[0].task_name(), Some("parse"));
    /// });
    /// ```
    #[track_caller]
    pub fn try_create_task<F, T, E>(&self, future: F) -> Task<T>
    where
        F: IntoFuture<IntoFuture: 'static, Output = Result<T, E>>,
        T: 'static,
        E: Into<Box<dyn Error>> + 'static,
    {
        let future = future.into_future();
        self.spawn(async { future.await.map_err(Into::into) }, Location::caller())
    }

    fn spawn<T: 'static>(
        &self,
        future: impl Future<Output = Result<T, Box<dyn Error>>> + 'static,
        at: &'static Location<'static>,
    ) -> Task<T> {
        let state = &self.state;
        state.running.set(state.running.get() + 1);
        let membership = Membership { state: state.clone(), id: Cell::new(None) };
        let task = create_task_at(&current(), member(membership, future), at);
        state.children.borrow_mut().insert(task.id(), task.task_ref());
        if state.aborting.get() {
            task.cancel();
        }
        task
    }

    /// Ends the group: body and children are cancelled, their cleanups awaited. Not an error of
    /// anybody's; a body that had returned its value keeps it. Does nothing the second time, and
    /// on a group that has ended.
    pub fn cancel(&self) {
        self.state.abort();
    }
}

/// A child's place in its group; dropped with the child's future, however that ends.
struct Membership {
    state: Rc<State>,
    id: Cell<Option<TaskId>>,
}

/// Runs a child's future; tells the group of its failure.
async fn member<T>(
    membership: Membership,
    future: impl Future<Output = Result<T, Box<dyn Error>>>,
) -> T {
    let task = current_task().expect("a member runs as a task");
    membership.id.set(Some(task.id()));
    let failure = match catch_panic(future).await {
        Ok(Ok(value)) => return value,
        Ok(Err(error)) => ChildFailure::Error(error),
        Err(payload) => ChildFailure::Panic(payload),
    };
    membership.state.child_failed(&task, failure);
    // There is no value for the handle, and the error is the group's.
    task.cancel_with("its error is the task group's");
    pending().await
}

async fn catch_panic<F: Future>(future: F) -> Result<F::Output, Box<dyn Any + Send>> {
    let mut future = pin!(future);
    std::future::poll_fn(|cx| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx))) {
        Ok(polled) => polled.map(Ok),
        Err(payload) => Poll::Ready(Err(payload)),
    })
    .await
}

impl Drop for Membership {
    fn drop(&mut self) {
        let state = &self.state;
        state.running.set(state.running.get() - 1);
        if let Some(id) = self.id.get() {
            state.children.borrow_mut().remove(&id);
        }
        if state.running.get() == 0 {
            state.children.borrow_mut().clear();
            state.wake();
        }
    }
}

impl State {
    fn child_failed(&self, task: &TaskRef, failure: ChildFailure) {
        let task = Some((task.id(), task.name()));
        self.errors.borrow_mut().push(ChildError { task, failure });
        self.abort();
    }

    fn body_failed(&self, error: Box<dyn Error>) {
        self.abort();
        let failure = ChildFailure::Error(error);
        self.body_error.replace(Some(ChildError { task: None, failure }));
    }

    /// Cancels the body and the children, once.
    fn abort(&self) {
        if self.aborting.replace(true) {
            return;
        }
        if let Some(body) = &*self.body.borrow() {
            body.cancel();
        }
        let children = self.children.borrow().values().cloned().collect::<Vec<_>>();
        for child in children {
            child.cancel();
        }
    }

    fn wake(&self) {
        let waiter = self.waiter.borrow_mut().take();
        if let Some(waiter) = waiter {
            waiter.wake();
        }
    }
}

impl fmt::Debug for TaskGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TaskGroup")
            .field("running", &self.state.running.get())
            .field("errors", &self.state.errors.borrow().len())
            .field("aborting", &self.state.aborting.get())
            .finish()
    }
}
