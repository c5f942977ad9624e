//! [`TaskGroup::start`]: a child that says when it is ready.
//!
//! # Protocol
//!
//! Child and starter share a [`Startup`] on the loop's thread. The child is a member of its group
//! from the beginning: the group waits for it, and cancels it. Its `stage` begins as `Starting`;
//! [`TaskStatus::started`] makes it `Ready`, and from then on what becomes of the child is the
//! group's. If the child ends while it is `Starting`, it leaves its outcome and makes it `Ended`:
//! that is the starter's. A starter that was cancelled, or is gone, has `left`: the child is
//! cancelled and never gets `Ready`.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::error::Error;
use std::fmt;
use std::future::{Future, poll_fn};
use std::panic::resume_unwind;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use tulipa_cancel::{Held, Node};
use tulipa_task::{Task, TaskBuilder, TaskRef, current_task};

use super::TaskGroup;
use super::error::ChildFailure;
use super::state::{IS_THE_GROUPS, Membership, catch_panic, end_without_a_value};

struct Startup<V, O> {
    stage: RefCell<Stage<V, O>>,
    left: Cell<bool>,
    starter: Cell<Option<Waker>>,
}

enum Stage<V, O> {
    Starting,
    Ready(V),
    /// The child ended first; without an outcome if it was cancelled.
    Ended(Option<Result<O, Box<dyn Any + Send>>>),
    /// The starter has been told.
    Told,
}

impl<V, O> Startup<V, O> {
    fn is_starting(&self) -> bool {
        matches!(*self.stage.borrow(), Stage::Starting)
    }

    fn leave(&self, stage: Stage<V, O>) {
        let old = self.stage.replace(stage);
        drop(old);
        if let Some(starter) = self.starter.take() {
            starter.wake();
        }
    }

    fn poll(&self, cx: &Context<'_>) -> Poll<Stage<V, O>> {
        if self.is_starting() {
            self.starter.set(Some(cx.waker().clone()));
            return Poll::Pending;
        }
        Poll::Ready(self.stage.replace(Stage::Told))
    }
}

/// Given to a child of [`TaskGroup::start`], for it to say that it is ready.
///
/// A child that drops it goes on, as one does that has still something to clean up before it
/// returns an error; whoever started it waits for its end.
///
/// # Examples
///
/// ```
/// use tulipa_combine::{TaskGroup, TaskStatus};
///
/// async fn serve(status: TaskStatus<u16>) {
///     status.started(8080); // here is the port
///     std::future::pending().await
/// }
///
/// tulipa_test::run(async {
///     let group = TaskGroup::run(async |group| {
///         let (port, _server) = group.start(serve).await.unwrap();
///         assert_eq!(port, 8080);
///         group.cancel();
///     });
///     group.await.unwrap();
/// });
/// ```
#[must_use = "whoever starts the task waits until it is `started`"]
pub struct TaskStatus<V>(Rc<dyn Starts<V>>);

/// A [`Startup`] without the type of its child's outcome.
trait Starts<V> {
    fn started(&self, value: V);
}

impl<V, O> Starts<V> for Startup<V, O> {
    fn started(&self, value: V) {
        if !self.left.get() {
            self.leave(Stage::Ready(value));
        }
    }
}

impl<V> TaskStatus<V> {
    /// Says that the task is ready, and gives a value to whoever started it.
    ///
    /// From now on the task's errors are the group's. If the starter has been cancelled meanwhile,
    /// the value is dropped, and the task has been cancelled too.
    pub fn started(self, value: V) {
        self.0.started(value);
    }
}

impl<V> fmt::Debug for TaskStatus<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<TaskStatus starting>")
    }
}

/// A task ended before it said that it was ready.
pub enum StartError<T> {
    /// It returned, this.
    Ended(T),
    /// It was cancelled: by its group, or by itself.
    Cancelled,
}

impl<T> fmt::Display for StartError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ended(_) => "the task returned before it called `TaskStatus::started`",
            Self::Cancelled => "the task was cancelled before it called `TaskStatus::started`",
        })
    }
}

impl<T> fmt::Debug for StartError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StartError({self})")
    }
}

impl<T> Error for StartError<T> {}

impl TaskGroup {
    /// Starts a task in the group and waits until it says that it is ready: trio's `nursery.start`.
    ///
    /// The task gets a [`TaskStatus`]; the value it gives to [`started`](TaskStatus::started) comes
    /// out here, with the task's handle. Until then the task's end is this call's: see Errors and
    /// Panics. From then on it is a child as those of [`create_task`](Self::create_task).
    ///
    /// # Errors
    ///
    /// [`StartError`] if the task ends before it is ready, with what it returned; also in a group
    /// that is being cancelled or has ended.
    ///
    /// # Cancel safety
    ///
    /// Cancelled, it cancels the task, waits for its end, and then goes on unwinding. Dropped, it
    /// cancels the task, for which the group waits.
    ///
    /// # Panics
    ///
    /// If the task panics before it is ready, with its payload. Outside a running loop.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::time::Duration;
    /// use tulipa_combine::{StartError, TaskGroup};
    /// use tulipa_time::sleep;
    ///
    /// tulipa_test::run(async {
    ///     let group = TaskGroup::run(async |group| {
    ///         let started = group.start(async |status| {
    ///             sleep(Duration::from_secs(1)).await; // connects, say
    ///             status.started("connected");
    ///             sleep(Duration::from_secs(9)).await;
    ///             "done"
    ///         });
    ///         let (status, task) = started.await.unwrap();
    ///         assert_eq!((status, task.await.unwrap()), ("connected", "done"));
    ///
    ///         let failed = group.start::<(), _>(async |_status| "no route").await;
    ///         assert!(matches!(failed, Err(StartError::Ended("no route"))));
    ///     });
    ///     group.await.unwrap();
    /// });
    /// ```
    #[doc(alias = "TASK_STATUS_IGNORED")]
    pub async fn start<V, T>(
        &self,
        child: impl AsyncFnOnce(TaskStatus<V>) -> T + 'static,
    ) -> Result<(V, Task<T>), StartError<T>>
    where
        V: 'static,
        T: 'static,
    {
        self.start_judged(child, Ok).await
    }

    /// Starts a task that may fail, and waits until it says that it is ready. Once it is, its error
    /// is the group's. Otherwise as [`start`](Self::start).
    ///
    /// # Errors
    ///
    /// [`StartError`] if the task ends before it is ready, with its own error if it had one.
    ///
    /// # Cancel safety
    ///
    /// As [`start`](Self::start).
    ///
    /// # Panics
    ///
    /// As [`start`](Self::start).
    ///
    /// # Examples
    ///
    /// ```
    /// use tulipa_combine::{StartError, TaskGroup};
    ///
    /// tulipa_test::run(async {
    ///     let group = TaskGroup::run(async |group| {
    ///         let failed = group.try_start::<(), (), _>(async |_| Err("no route")).await;
    ///         assert!(matches!(failed, Err(StartError::Ended(Err("no route")))));
    ///     });
    ///     group.await.unwrap();
    /// });
    /// ```
    pub async fn try_start<V, T, E>(
        &self,
        child: impl AsyncFnOnce(TaskStatus<V>) -> Result<T, E> + 'static,
    ) -> Result<(V, Task<T>), StartError<Result<T, E>>>
    where
        V: 'static,
        T: 'static,
        E: Into<Box<dyn Error>> + 'static,
    {
        self.start_judged(child, |outcome| outcome.map_err(Into::into)).await
    }

    /// `judge` says what of a child's outcome is its handle's, and what is the group's error.
    async fn start_judged<V: 'static, O: 'static, T: 'static>(
        &self,
        child: impl AsyncFnOnce(TaskStatus<V>) -> O + 'static,
        judge: impl FnOnce(O) -> Result<T, Box<dyn Error>> + 'static,
    ) -> Result<(V, Task<T>), StartError<O>> {
        let startup = Rc::new(Startup {
            stage: RefCell::new(Stage::Starting),
            left: Cell::new(false),
            starter: Cell::new(None),
        });
        let status = TaskStatus(startup.clone() as Rc<dyn Starts<V>>);
        let end = TellEnd(startup.clone());
        let task = self.state.spawn_member(TaskBuilder::new(), |membership| {
            starting(membership, end, async move { child(status).await }, judge)
        });
        let leave = Leave { startup, task: task.task_ref(), over: Cell::new(false) };
        match leave.wait().await {
            Stage::Ready(value) => Ok((value, task)),
            Stage::Ended(Some(Ok(outcome))) => Err(StartError::Ended(outcome)),
            Stage::Ended(Some(Err(payload))) => resume_unwind(payload),
            Stage::Ended(None) | Stage::Starting | Stage::Told => Err(StartError::Cancelled),
        }
    }
}

/// Runs a child's future; what becomes of it is the starter's while it starts, then the group's.
async fn starting<V, O, T>(
    membership: Membership,
    end: TellEnd<V, O>,
    future: impl Future<Output = O>,
    judge: impl FnOnce(O) -> Result<T, Box<dyn Error>>,
) -> T {
    let outcome = catch_panic(future).await;
    let task = current_task().expect("a child runs as a task");
    if end.0.is_starting() {
        end.0.leave(Stage::Ended(Some(outcome)));
        return end_without_a_value(&task, "it ended before it was ready").await;
    }
    let failure = match outcome.map(judge) {
        Ok(Ok(value)) => return value,
        Ok(Err(error)) => ChildFailure::Error(error),
        Err(payload) => ChildFailure::Panic(payload),
    };
    membership.failed(&task, failure);
    end_without_a_value(&task, IS_THE_GROUPS).await
}

/// Tells the starter, as the child's future is dropped, that there will be no outcome.
struct TellEnd<V, O>(Rc<Startup<V, O>>);

impl<V, O> Drop for TellEnd<V, O> {
    fn drop(&mut self) {
        if self.0.is_starting() {
            self.0.leave(Stage::Ended(None));
        }
    }
}

/// The starter's side: cancels the child if it is given up before the child is ready.
struct Leave<V, O> {
    startup: Rc<Startup<V, O>>,
    task: TaskRef,
    over: Cell<bool>,
}

impl<V, O> Leave<V, O> {
    /// Waits until the child is ready or has ended. A cancellation is passed on to the child, and
    /// goes on here when that has ended.
    async fn wait(&self) -> Stage<V, O> {
        let (mut node, mut held) = (Node::new(), Held::new());
        poll_fn(|cx| match node.poll(cx, |cx| self.startup.poll(cx)) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(Err(token)) => {
                self.startup.left.set(true);
                match token.message() {
                    Some(message) => self.task.cancel_with(message),
                    None => self.task.cancel(),
                };
                held.hold(token);
                Poll::Pending
            }
            Poll::Ready(Ok(stage)) => {
                self.over.set(true);
                let unwinds = held.release();
                match stage {
                    // The starter goes on unwinding as this returns.
                    Stage::Ended(None) if unwinds => Poll::Pending,
                    stage => Poll::Ready(stage),
                }
            }
        })
        .await
    }
}

impl<V, O> Drop for Leave<V, O> {
    fn drop(&mut self) {
        if !self.over.get() {
            self.startup.left.set(true);
            self.task.cancel();
        }
    }
}
