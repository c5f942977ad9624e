//! [`run`] and [`Runner`]: a loop from its beginning to its orderly end.

use std::cell::OnceCell;
use std::collections::HashSet;
use std::future::IntoFuture;
use std::io;
use std::panic::Location;

use tulipa_context::{Context, copy_context};
use tulipa_task::{JoinError, Task, TaskBuilder};

use crate::ctrl_c::CtrlC;
use crate::error::RunError;
use crate::event_loop::EventLoop;

/// Runs a future on a new event loop, to its end, and cleans up: the main function of a program.
///
/// When the future has ended, the tasks that are left are cancelled and awaited, those that are
/// born meanwhile too, until none is left; then the loop is closed. A task that suppresses its
/// cancellation is awaited to its end, however long that takes.
///
/// Ctrl-C cancels the future, as [`Runner`] says. If that ended it, or a second Ctrl-C did, the
/// process ends after the cleanup as Ctrl-C ends a process: by the signal.
///
/// The future is a task, and so borrows nothing: write `async move`, and
/// `scope` (in [`task`](crate::task)) for children that borrow.
///
/// # Panics
///
/// If the future panics, with its payload, after the cleanup; if it is cancelled; inside a running
/// loop, naming what to do instead; if the operating system gives no poller. [`Runner`] returns
/// errors instead.
///
/// # Examples
///
/// ```
/// let answer = tulipa::run(async {
///     let task = tulipa::create_task(async { 6 * 7 });
///     task.await.unwrap()
/// });
/// assert_eq!(answer, 42);
/// ```
#[doc(alias = "block_on")]
#[track_caller]
pub fn run<F>(main: F) -> F::Output
where
    F: IntoFuture<IntoFuture: 'static, Output: 'static>,
{
    let caller = Location::caller();
    let runner = match Runner::new() {
        Ok(runner) => runner,
        Err(error) => panic!("no event loop: {error}"),
    };
    let ran = runner.run_main(main.into_future(), caller);
    // Before a panic goes on: what cleans up is not part of it.
    runner.close();
    match ran {
        Ok(Ok(value)) => value,
        Ok(Err(failure)) => panic!("{}", failure.resume_panic()),
        Err(RunError::Interrupted) => tulipa_signal::end_process(),
        Err(error) => panic!("{error}"),
    }
}

/// An event loop for several runs, with an orderly end: what [`run`] does, step by step.
///
/// All runs share one [context](crate::context): what one sets, the next finds.
/// [`close`](Self::close), or the drop of it, cancels and awaits the tasks that are left, and
/// closes the loop.
///
/// # Ctrl-C
///
/// While it runs on the main thread, and if the program does not handle or ignore SIGINT by itself,
/// the first Ctrl-C cancels the main future, which may clean up; [`run`](Self::run) then gives
/// [`RunError::Interrupted`], or the future's value if it suppressed the cancellation. A future
/// that ends without a further suspension does not come to see it: that is `Interrupted` too. The
/// second Ctrl-C ends the run at once, after the task or callback that is at work; the future is
/// left to the cleanup of `close`. If the loop is stuck and has not answered the first, the second
/// ends the process. Between runs and in `close`, Ctrl-C ends the process as ever.
///
/// A program that handles SIGINT installs its handler before the first run. One that is installed
/// later through the `signal-hook` crate shares its place with ours, and does not keep a Ctrl-C
/// from ending the process.
///
/// # Examples
///
/// ```
/// use tulipa::Runner;
///
/// let runner = Runner::new()?;
/// let one = runner.run(async { 1 })?;
/// let two = runner.run(async move { one + 1 })?;
/// assert_eq!(two, 2);
/// runner.close();
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "ctrl_c")]
#[doc(alias = "SIGINT")]
#[derive(Debug)]
#[must_use = "a runner does nothing until `run`"]
pub struct Runner {
    event_loop: EventLoop,
    /// Unset as long as nothing was set in it.
    context: OnceCell<Context>,
}

impl Runner {
    /// A runner with a loop of its own.
    ///
    /// # Errors
    ///
    /// What the operating system says: too many descriptors are open.
    pub fn new() -> io::Result<Self> {
        EventLoop::new().map(Self::from)
    }

    /// Runs a future to its end, blocking the thread; may be called again. Tasks that are left go
    /// on in the next run.
    ///
    /// # Errors
    ///
    /// [`RunError`]: a loop is running on this thread, this one is closed, it was stopped first
    /// (the task stays pending), the future was cancelled, Ctrl-C interrupted it, the poller
    /// failed.
    ///
    /// # Panics
    ///
    /// If the future panics, with its payload.
    #[track_caller]
    pub fn run<F>(&self, main: F) -> Result<F::Output, RunError>
    where
        F: IntoFuture<IntoFuture: 'static, Output: 'static>,
    {
        match self.run_main(main.into_future(), Location::caller())? {
            Ok(value) => Ok(value),
            Err(error) => Err(RunError::Cancelled(error.resume_panic())),
        }
    }

    fn run_main<F>(
        &self,
        main: F,
        at: &'static Location<'static>,
    ) -> Result<Result<F::Output, JoinError>, RunError>
    where
        F: Future<Output: 'static> + 'static,
    {
        self.event_loop.assert_idle()?;
        let builder = TaskBuilder::new().spawned_at(at).on(&self.event_loop.runtime());
        if !copy_context().is_empty() {
            // What the caller has set since the runner was made is not for its runs.
            self.context();
        }
        let builder = match self.context.get() {
            Some(context) => builder.context(context),
            None => builder,
        };
        let mut task = builder.create_task(main);
        let ctrl_c = CtrlC::default();
        let watching = ctrl_c.watch(self, task.task_ref());
        let ran = self.event_loop.run_task(&mut task);
        let missed = ctrl_c.was_missed();
        drop(watching);
        self.keep_context(&task);
        match ran {
            Err(RunError::Stopped) if ctrl_c.has_stopped() => Err(RunError::Interrupted),
            Ok(Err(error)) if error.is_cancelled() && ctrl_c.has_cancelled() => {
                Err(RunError::Interrupted)
            }
            // Nothing that was asked for is forgotten: a value would hide it.
            Ok(Ok(_)) if missed => Err(RunError::Interrupted),
            ran => ran,
        }
    }

    /// A context in which something was set is that of the next run. One in which nothing was set
    /// is not kept: where there is none, tasks and callbacks have nothing to copy.
    fn keep_context<T>(&self, task: &Task<T>) {
        if self.context.get().is_none() {
            let context = task.context();
            if !context.is_empty() {
                let _ = self.context.set(context);
            }
        }
    }

    /// The context that all runs share: at first a copy of that in which the runner was made.
    #[doc(alias = "get_context")]
    pub fn context(&self) -> &Context {
        self.context.get_or_init(Context::new)
    }

    /// The loop.
    #[doc(alias = "get_loop")]
    pub fn event_loop(&self) -> &EventLoop {
        &self.event_loop
    }

    /// Cancels the tasks that are left and awaits them, those that are born meanwhile too, then
    /// closes the loop. The same as dropping the runner, but said.
    ///
    /// Inside a running loop nothing can be awaited: a runner that ends there closes its loop with
    /// what is left, or, in its own loop, leaves it running.
    pub fn close(self) {
        drop(self);
    }

    fn shut_down(&self) {
        let event_loop = &self.event_loop;
        if event_loop.is_closed() || event_loop.is_running() {
            return;
        }
        // Each is asked once; one that goes on all the same is awaited.
        let mut asked = HashSet::new();
        loop {
            let left = event_loop.all_tasks();
            for task in &left {
                if asked.insert(task.id()) {
                    task.cancel();
                }
            }
            if left.is_empty() || event_loop.turn(None).is_err() {
                break;
            }
        }
        event_loop.close();
    }
}

impl From<EventLoop> for Runner {
    fn from(event_loop: EventLoop) -> Self {
        let context = copy_context();
        let is_empty = context.is_empty();
        Self { event_loop, context: if is_empty { OnceCell::new() } else { context.into() } }
    }
}

impl Drop for Runner {
    fn drop(&mut self) {
        self.shut_down();
    }
}
