//! [`TaskGroup`]: tasks that end before the code that started them goes on.

mod error;
mod exit;
mod start;
mod state;

use std::error::Error;
use std::fmt;
use std::future::IntoFuture;
use std::rc::Rc;

use tulipa_task::{Task, TaskBuilder};

pub use error::{ChildError, ChildFailure, TaskGroupError};
use exit::Exit;
pub use start::{StartError, TaskStatus};
use state::State;

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
#[doc(alias = "open_nursery")]
#[doc(alias = "JoinSet")]
#[derive(Clone)]
pub struct TaskGroup {
    state: Rc<State>,
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
    /// Cancelled through its task, it unwinds the body, cancels the children, waits for them, and
    /// then goes on unwinding; if a child failed, it returns the errors, and the cancellation
    /// stays pending. Dropped, it cancels the children and does not wait; what goes wrong in them
    /// from then on is reported.
    ///
    /// # Panics
    ///
    /// If the body panics and no child failed, with the body's payload, after the children have
    /// ended. If a child failed, the body's panic is the last of the errors.
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
    ///     let said = failed.unwrap_err().to_string();
    ///     assert_eq!(said, "a task group failed: the body: nothing to do");
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
    /// A `Result` that it returns is its value like any other, an `Err` too: for a future that may
    /// fail, and then is to fail the group, use [`try_create_task`](Self::try_create_task).
    ///
    /// If it panics, the group fails: the panic is the group's, and the handle says cancelled; a
    /// body that awaits the handle is cancelled there. In a group that is being cancelled or has
    /// ended, the task is cancelled before it starts.
    ///
    /// # Examples
    ///
    /// ```
    /// use tulipa_combine::TaskGroup;
    ///
    /// tulipa_test::run(async {
    ///     let group = TaskGroup::run(async |group| {
    ///         group.create_task(async { "ran" }).detach();
    ///         group.clone() // a handle may be kept
    ///     });
    ///     let late = group.await.unwrap().create_task(async { "never starts" });
    ///     assert!(late.await.unwrap_err().is_cancelled());
    /// });
    /// ```
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
        self.create_task_with(TaskBuilder::new(), future)
    }

    /// Starts a task with a name, a context, an eager start. Otherwise as
    /// [`create_task`](Self::create_task).
    ///
    /// # Panics
    ///
    /// Outside a running loop, naming the caller.
    ///
    /// # Examples
    ///
    /// ```
    /// use tulipa_combine::TaskGroup;
    /// use tulipa_task::TaskBuilder;
    ///
    /// tulipa_test::run(async {
    ///     let group = TaskGroup::run(async |group| {
    ///         let eager = TaskBuilder::new().name("first").eager_start(true);
    ///         assert!(group.create_task_with(eager, async {}).done());
    ///     });
    ///     group.await.unwrap();
    /// });
    /// ```
    #[track_caller]
    pub fn create_task_with<F>(&self, builder: TaskBuilder, future: F) -> Task<F::Output>
    where
        F: IntoFuture<IntoFuture: 'static, Output: 'static>,
    {
        let future = future.into_future();
        let child = async { Ok::<_, Box<dyn Error>>(future.await) };
        self.state.spawn(builder, child)
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
        self.try_create_task_with(TaskBuilder::new(), future)
    }

    /// Starts a task that may fail, with a name, a context, an eager start. Otherwise as
    /// [`try_create_task`](Self::try_create_task).
    ///
    /// # Panics
    ///
    /// Outside a running loop, naming the caller.
    #[track_caller]
    pub fn try_create_task_with<F, T, E>(&self, builder: TaskBuilder, future: F) -> Task<T>
    where
        F: IntoFuture<IntoFuture: 'static, Output = Result<T, E>>,
        T: 'static,
        E: Into<Box<dyn Error>> + 'static,
    {
        let future = future.into_future();
        let child = async { future.await.map_err(Into::into) };
        self.state.spawn(builder, child)
    }

    /// Ends the group: body and children are cancelled, their cleanups awaited.
    ///
    /// This only requests: the caller, if it is the body or a child, goes on to its next
    /// suspension. Nobody's error: a body that had returned its value keeps it; else the group's
    /// error [says cancelled](TaskGroupError::is_cancelled). Does nothing the second time, and on
    /// a group that has ended.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::future::pending;
    /// use tulipa_combine::TaskGroup;
    ///
    /// tulipa_test::run(async {
    ///     let ended = TaskGroup::run(async |group| {
    ///         group.create_task(pending::<()>()).detach();
    ///         group.cancel();
    ///         "the body's value"
    ///     });
    ///     assert_eq!(ended.await.unwrap(), "the body's value");
    /// });
    /// ```
    pub fn cancel(&self) {
        self.state.abort();
    }
}

impl fmt::Debug for TaskGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TaskGroup")
            .field("running", &self.state.running())
            .field("errors", &self.state.errors.borrow().len())
            .field("closed", &self.state.is_closed())
            .finish()
    }
}
