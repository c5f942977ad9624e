//! [`TestLoop`]: the seam of `tulipa-rt` with a clock that only this loop moves.

use std::error::Error;
use std::fmt;
use std::future::IntoFuture;
use std::rc::Rc;
use std::time::{Duration, Instant};

use tulipa_rt::{ExceptionContext, Interest, Runtime, Source};
use tulipa_task::{Task, create_task_on};

use crate::conformance::Subject;
use crate::core::Core;
use crate::timers::Action;

/// Runs a future to its end on a new [`TestLoop`].
///
/// # Panics
///
/// If the future panics, with its payload; if it is cancelled; if it [stalls](Stalled).
///
/// # Examples
///
/// ```
/// use std::time::Duration;
///
/// let hour = Duration::from_secs(3600);
/// tulipa_test::run(async move { tulipa_time::sleep(hour).await }); // takes no time
/// ```
#[track_caller]
pub fn run<F>(future: F) -> F::Output
where
    F: IntoFuture<IntoFuture: 'static, Output: 'static>,
{
    match TestLoop::new().run_until_complete(future) {
        Ok(value) => value,
        Err(stalled) => panic!("{stalled}"),
    }
}

/// A loop with a virtual clock that jumps to the next deadline when nothing else can run.
///
/// One iteration is the real loop's: what is ready at its start runs, in order; what that wakes
/// runs in the next. Timers fire in order of deadline, then of creation. No descriptor is ever
/// asked: readiness comes when the test says so.
///
/// Clones are handles on the same loop. What is left when the last one drops is dropped, and
/// nothing is reported.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use tulipa_test::TestLoop;
/// use tulipa_time::sleep;
///
/// let test_loop = TestLoop::new();
/// let start = test_loop.now();
/// let task = test_loop.create_task(sleep(Duration::from_secs(10)));
/// test_loop.turn();
/// assert!(!task.done());
/// test_loop.advance(Duration::from_secs(10));
/// assert!(task.done());
/// assert_eq!(test_loop.now() - start, Duration::from_secs(10));
/// ```
#[derive(Clone)]
pub struct TestLoop(Rc<Owner>);

/// What the handles share. The loop ends with the last handle, whoever still holds its runtime.
struct Owner(Rc<Core>);

impl Drop for Owner {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// Nothing can run any more, and the future has not ended: it waits for what nobody will do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stalled {
    tasks: Vec<String>,
}

impl fmt::Display for Stalled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the loop stalled: nothing is ready and no timer is armed; waiting for ever:")?;
        self.tasks.iter().try_for_each(|task| write!(f, "\n  {task}"))
    }
}

impl Error for Stalled {}

impl TestLoop {
    /// A loop at some instant, with nothing to do.
    pub fn new() -> Self {
        Self(Rc::new(Owner(Rc::new(Core::new()))))
    }

    fn core(&self) -> &Rc<Core> {
        &self.0.0
    }

    /// The loop as leaf futures see it.
    pub fn runtime(&self) -> Rc<dyn Runtime> {
        self.core().clone()
    }

    /// Makes a task; it starts in the next iteration.
    #[track_caller]
    pub fn create_task<F>(&self, future: F) -> Task<F::Output>
    where
        F: IntoFuture<IntoFuture: 'static, Output: 'static>,
    {
        create_task_on(&self.runtime(), future)
    }

    /// Runs a future as a task until it ends, letting the clock jump.
    ///
    /// # Errors
    ///
    /// [`Stalled`] if it cannot end any more.
    ///
    /// # Panics
    ///
    /// If the future panics, with its payload, and if it is cancelled.
    #[track_caller]
    pub fn run_until_complete<F>(&self, future: F) -> Result<F::Output, Stalled>
    where
        F: IntoFuture<IntoFuture: 'static, Output: 'static>,
    {
        let task = self.create_task(future);
        while !task.done() {
            if !self.turn() && !self.jump() {
                return Err(self.stalled());
            }
        }
        let mut task = crate::HandPolled::new(task);
        match task.poll() {
            std::task::Poll::Ready(Ok(value)) => Ok(value),
            std::task::Poll::Ready(Err(error)) => panic!("{}", error.resume_panic()),
            std::task::Poll::Pending => unreachable!("the task has ended"),
        }
    }

    fn stalled(&self) -> Stalled {
        let mut tasks = Vec::new();
        self.core().tasks.for_each(|task| {
            tasks.push(format!("'{}' spawned at {}", task.name(), task.spawned_at()));
        });
        Stalled { tasks }
    }

    /// One iteration, without moving the clock; `false` if there was nothing to run.
    ///
    /// A panic in a callback is reported, see [`take_reports`](Self::take_reports).
    pub fn turn(&self) -> bool {
        self.core().turn()
    }

    /// Runs iterations until nothing is ready, without moving the clock.
    pub fn run_until_stalled(&self) {
        while self.turn() {}
    }

    /// Moves the clock, running everything that is due on the way at its own time.
    ///
    /// By a time beyond what [`Instant`] can say, it runs until no timer is armed, and the clock
    /// stays at the last deadline.
    pub fn advance(&self, by: Duration) {
        let end = self.now().checked_add(by);
        self.run_until_stalled();
        let is_on_the_way = |deadline| end.is_none_or(|end| deadline <= end);
        while self.next_deadline().is_some_and(is_on_the_way) && self.jump() {
            self.run_until_stalled();
        }
        if let Some(end) = end {
            self.core().now.set(end);
        }
        self.run_until_stalled();
    }

    /// Moves the clock to the next deadline; `false` if there is none.
    fn jump(&self) -> bool {
        let Some(deadline) = self.next_deadline() else {
            return false;
        };
        self.core().now.set(self.now().max(deadline));
        true
    }

    /// Scripts the reactor: reports the source as ready when the clock gets there. After a time
    /// beyond what [`Instant`] can say, never.
    pub fn report_after(&self, after: Duration, source: &Source, interest: Interest) {
        if let Some(at) = self.now().checked_add(after) {
            self.core().timers.borrow_mut().add(at, Action::Report(source.clone(), interest));
        }
    }

    /// The present instant of the virtual clock.
    pub fn now(&self) -> Instant {
        self.core().now.get()
    }

    /// When the next timer or scripted report is due.
    pub fn next_deadline(&self) -> Option<Instant> {
        self.core().timers.borrow().next_deadline()
    }

    /// How many timers are armed.
    pub fn armed_timers(&self) -> usize {
        self.core().timers.borrow().wakers()
    }

    /// How many tasks have not ended.
    pub fn pending_tasks(&self) -> usize {
        let mut count = 0;
        self.core().tasks.for_each(|_| count += 1);
        count
    }

    /// Takes what was reported to the exception handler so far.
    pub fn take_reports(&self) -> Vec<ExceptionContext> {
        self.core().reports.take()
    }
}

impl Default for TestLoop {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for TestLoop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TestLoop")
            .field("tasks", &self.core().tasks)
            .field("armed_timers", &self.armed_timers())
            .finish_non_exhaustive()
    }
}

impl Subject for TestLoop {
    fn runtime(&self) -> Rc<dyn Runtime> {
        self.runtime()
    }

    fn turn(&mut self, wait: Duration) {
        let core = self.core();
        if core.is_idle() {
            let end = core.now.get() + wait;
            core.now.set(self.next_deadline().map_or(end, |deadline| deadline.min(end)));
        }
        core.turn();
    }

    fn pass_time(&mut self, time: Duration) {
        self.core().now.set(self.now() + time);
    }

    fn report(&mut self, source: &Source, interest: Interest) {
        self.report_after(Duration::ZERO, source, interest);
    }
}
