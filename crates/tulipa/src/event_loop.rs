//! [`EventLoop`]: the loop of `tulipa-loop` with tasks.

use std::fmt;
use std::future::IntoFuture;
use std::io;
use std::ops::Deref;
use std::os::fd::{AsFd, BorrowedFd};
use std::panic::Location;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use tulipa_loop::Backend;
use tulipa_rt::{TaskFactory, TaskSpec};
use tulipa_task::{JoinError, Promise, Task, TaskBuilder, TaskRef, create_task_at};

use crate::error::RunError;
use crate::handle::LoopHandle;

/// An event loop. Clones are handles on the same loop; the last one to drop closes it.
///
/// It belongs to the thread that made it; [`handle`](Self::handle) reaches it from others. A task
/// that holds a handle keeps its loop alive, so [`close`](tulipa_loop::EventLoop::close) a loop
/// whose tasks do; [`run`](crate::run()) and [`Runner`](crate::Runner) do it for you. Callbacks,
/// timers, `stop`, `turn` and the rest are the methods of [`tulipa_loop::EventLoop`].
///
/// # Examples
///
/// ```
/// use tulipa::EventLoop;
///
/// let event_loop = EventLoop::new()?;
/// event_loop.call_soon(|| println!("a callback"));
/// let value = event_loop.run_until_complete(async { 42 })?;
/// assert_eq!(value, 42);
/// event_loop.close();
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct EventLoop {
    inner: tulipa_loop::EventLoop,
}

/// The event loop that runs on this thread.
///
/// # Panics
///
/// Outside a running loop, naming the caller.
///
/// # Examples
///
/// ```
/// use tulipa::get_running_loop;
///
/// tulipa::run(async {
///     get_running_loop().call_soon(|| println!("in the next iteration"));
/// });
/// ```
#[track_caller]
pub fn get_running_loop() -> EventLoop {
    match tulipa_loop::EventLoop::current() {
        Ok(inner) => EventLoop { inner },
        Err(error) => panic!("{error} (asked at {})", Location::caller()),
    }
}

impl EventLoop {
    /// A loop with nothing to do.
    ///
    /// # Errors
    ///
    /// What the operating system says: too many descriptors are open.
    #[doc(alias = "new_event_loop")]
    #[doc(alias = "get_event_loop")]
    pub fn new() -> io::Result<Self> {
        Self::with_backend(Backend::default())
    }

    /// A loop that waits for descriptors in this way.
    ///
    /// # Errors
    ///
    /// What the operating system says: too many descriptors are open.
    pub fn with_backend(backend: Backend) -> io::Result<Self> {
        Ok(Self { inner: tulipa_loop::EventLoop::with_backend(backend)? })
    }

    /// Makes a task of a future and runs the loop until it ends.
    ///
    /// Other tasks and callbacks run beside it; what is left of them when it ends goes on in the
    /// next run. What else is ready in the iteration in which it ends runs too.
    ///
    /// # Errors
    ///
    /// [`RunError`]: a loop is running on this thread, this one is closed, it was stopped first
    /// (the task stays pending), the future was cancelled, the poller failed.
    ///
    /// # Panics
    ///
    /// If the future panics, with its payload.
    ///
    /// # Examples
    ///
    /// ```
    /// use tulipa::EventLoop;
    ///
    /// let event_loop = EventLoop::new()?;
    /// let promise = event_loop.create_promise();
    /// let setter = promise.clone();
    /// event_loop.call_soon(move || setter.set_result("done").unwrap());
    /// assert_eq!(event_loop.run_until_complete(promise)??, "done");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[track_caller]
    pub fn run_until_complete<F>(&self, future: F) -> Result<F::Output, RunError>
    where
        F: IntoFuture<IntoFuture: 'static, Output: 'static>,
    {
        self.assert_idle()?;
        let builder = TaskBuilder::new().spawned_at(Location::caller());
        let mut task = builder.on(&self.runtime()).create_task(future);
        match self.run_task(&mut task)? {
            Ok(value) => Ok(value),
            Err(error) => Err(RunError::Cancelled(error.resume_panic())),
        }
    }

    /// Whether a run may begin: asked before its task is made.
    pub(crate) fn assert_idle(&self) -> Result<(), RunError> {
        if self.is_closed() {
            return Err(RunError::Closed);
        }
        if self.is_running() || tulipa_rt::try_current().is_ok() {
            return Err(RunError::AlreadyRunning);
        }
        Ok(())
    }

    /// Runs the loop until a task of it ends.
    pub(crate) fn run_task<T: 'static>(
        &self,
        task: &mut Task<T>,
    ) -> Result<Result<T, JoinError>, RunError> {
        // The callback finds the loop by itself: a handle in it would keep the loop open. It may
        // come only in a later run, if this one is stopped as the task ends; then it is too late.
        let this_run = Rc::new(());
        let of_run = Rc::downgrade(&this_run);
        let stop = task.add_done_callback(move |_| {
            if of_run.strong_count() > 0 {
                get_running_loop().stop();
            }
        });
        let ran = self.run_forever();
        drop(this_run);
        if !task.done() {
            task.remove_done_callback(stop);
            ran?;
            return Err(RunError::Stopped);
        }
        ran?;
        match pin!(task).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(result) => Ok(result),
            Poll::Pending => unreachable!("the task is done"),
        }
    }

    /// Makes a task of a future on this loop, running or not. Otherwise as
    /// [`create_task`](crate::create_task).
    ///
    /// # Panics
    ///
    /// On a closed loop, naming the caller.
    #[track_caller]
    pub fn create_task<F>(&self, future: F) -> Task<F::Output>
    where
        F: IntoFuture<IntoFuture: 'static, Output: 'static>,
    {
        assert!(!self.is_closed(), "{}", RunError::Closed);
        create_task_at(&self.runtime(), future.into_future(), Location::caller())
    }

    /// A pending promise of this loop, running or not.
    #[doc(alias = "create_future")]
    pub fn create_promise<T>(&self) -> Promise<T> {
        Promise::new_on(&self.runtime())
    }

    /// Sets what is asked before each new task of this loop is made, and may choose what its maker
    /// did not: name, context, eager start. It does not make the task, and must make none.
    ///
    /// # Examples
    ///
    /// ```
    /// use tulipa::{EventLoop, create_task};
    ///
    /// let event_loop = EventLoop::new()?;
    /// event_loop.set_task_factory(tulipa::task::eager_task_factory);
    /// event_loop.run_until_complete(async {
    ///     assert!(create_task(async {}).done(), "it began at once, and had nothing to wait for");
    /// })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn set_task_factory(&self, factory: impl Fn(&mut TaskSpec) + 'static) {
        let old = self.runtime().tasks().set_factory(Some(TaskFactory::new(factory)));
        drop(old);
    }

    /// Goes back to making tasks as their makers say.
    pub fn reset_task_factory(&self) {
        let old = self.runtime().tasks().set_factory(None);
        drop(old);
    }

    /// The factory that is set.
    #[doc(alias = "get_task_factory")]
    pub fn task_factory(&self) -> Option<TaskFactory> {
        self.runtime().tasks().factory()
    }

    /// The tasks of this loop that have not ended, in order of creation.
    pub fn all_tasks(&self) -> Vec<TaskRef> {
        tulipa_task::all_tasks_of(&*self.runtime())
    }

    /// The loop as other threads reach it.
    pub fn handle(&self) -> LoopHandle {
        LoopHandle::new(self.inner.handle())
    }
}

impl Deref for EventLoop {
    type Target = tulipa_loop::EventLoop;

    fn deref(&self) -> &Self::Target {
        &self.inner
    }
}

impl AsFd for EventLoop {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.inner.as_fd()
    }
}

impl fmt::Debug for EventLoop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}
