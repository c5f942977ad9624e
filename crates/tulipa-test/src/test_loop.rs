//! [`TestLoop`]: the seam of `tulipa-rt` with a clock that only this loop moves.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::error::Error;
use std::fmt;
use std::future::IntoFuture;
use std::io;
use std::os::fd::{BorrowedFd, OwnedFd};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::Arc;
use std::task::Waker;
use std::time::{Duration, Instant};

use tulipa_rt::{
    Clock, ExceptionContext, Interest, LoopId, Reactor, Registration, Runnable, Runtime, Schedule,
    Source, TaskList, Timer, TimerId, enter,
};
use tulipa_task::{Task, create_task_on};

use crate::ready::{Inbox, Ready};
use crate::timers::{Action, Timers};

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
pub struct TestLoop(Rc<Core>);

struct Core {
    id: LoopId,
    now: Cell<Instant>,
    ready: RefCell<VecDeque<Ready>>,
    inbox: Arc<Inbox>,
    timers: RefCell<Timers>,
    tasks: TaskList,
    reports: RefCell<Vec<ExceptionContext>>,
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
        Self(Rc::new(Core {
            id: LoopId::unique(),
            now: Cell::new(Instant::now()),
            ready: RefCell::default(),
            inbox: Arc::default(),
            timers: RefCell::default(),
            tasks: TaskList::new(),
            reports: RefCell::default(),
        }))
    }

    /// The loop as leaf futures see it.
    pub fn runtime(&self) -> Rc<dyn Runtime> {
        self.0.clone()
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
        self.0.tasks.for_each(|task| {
            tasks.push(format!("'{}' spawned at {}", task.name(), task.spawned_at()));
        });
        Stalled { tasks }
    }

    /// One iteration, without moving the clock; `false` if there was nothing to run.
    pub fn turn(&self) -> bool {
        self.collect();
        let batch = self.0.ready.borrow().len();
        enter(self.runtime(), || {
            for _ in 0..batch {
                let next = self.0.ready.borrow_mut().pop_front();
                let ran = catch_unwind(AssertUnwindSafe(|| match next {
                    Some(Ready::Task(task)) => drop(task.run()),
                    Some(Ready::Callback(callback)) => callback(),
                    None => {}
                }));
                if let Err(payload) = ran {
                    let context = ExceptionContext::new("Exception in callback").panic(&*payload);
                    self.0.call_exception_handler(&context);
                }
            }
        });
        batch > 0
    }

    /// Runs iterations until nothing is ready, without moving the clock.
    pub fn run_until_stalled(&self) {
        while self.turn() {}
    }

    /// Moves the clock, running everything that is due on the way at its own time.
    pub fn advance(&self, by: Duration) {
        let end = self.0.now.get() + by;
        self.run_until_stalled();
        while self.next_deadline().is_some_and(|deadline| deadline <= end) && self.jump() {
            self.run_until_stalled();
        }
        self.0.now.set(end);
        self.run_until_stalled();
    }

    /// Moves the clock to the next deadline; `false` if no timer is armed.
    fn jump(&self) -> bool {
        let Some(deadline) = self.next_deadline() else { return false };
        self.0.now.set(self.0.now.get().max(deadline));
        true
    }

    /// Moves what is due, here and from other threads, to the ready queue.
    fn collect(&self) {
        for runnable in self.0.inbox.take() {
            self.0.push(runnable);
        }
        loop {
            let due = self.0.timers.borrow_mut().pop_due(self.0.now.get());
            let Some(due) = due else { return };
            enter(self.runtime(), || match due {
                Action::Wake(waker) => waker.wake(),
                Action::Report(source, Interest::Readable) => source.report(true, false),
                Action::Report(source, Interest::Writable) => source.report(false, true),
            });
        }
    }

    /// Scripts the reactor: reports the source as ready when the clock gets there.
    pub fn report_after(&self, after: Duration, source: &Source, interest: Interest) {
        let at = self.0.now.get() + after;
        self.0.timers.borrow_mut().add(at, Action::Report(source.clone(), interest));
    }

    /// The present instant of the virtual clock.
    pub fn now(&self) -> Instant {
        self.0.now.get()
    }

    /// When the next armed timer is due.
    pub fn next_deadline(&self) -> Option<Instant> {
        self.0.timers.borrow().next_deadline()
    }

    /// How many timers are armed.
    pub fn armed_timers(&self) -> usize {
        self.0.timers.borrow().len()
    }

    /// How many tasks have not ended.
    pub fn pending_tasks(&self) -> usize {
        let mut count = 0;
        self.0.tasks.for_each(|_| count += 1);
        count
    }

    /// Takes what was reported to the exception handler so far.
    pub fn take_reports(&self) -> Vec<ExceptionContext> {
        self.0.reports.take()
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
            .field("tasks", &self.0.tasks)
            .field("armed_timers", &self.armed_timers())
            .finish_non_exhaustive()
    }
}

impl Drop for TestLoop {
    /// Drops the tasks that are left, here and on this thread: wake them all, drop what comes.
    fn drop(&mut self) {
        if Rc::strong_count(&self.0) > 1 {
            return;
        }
        enter(self.runtime(), || {
            while !self.0.tasks.is_empty() {
                let mut wakers = Vec::new();
                self.0.tasks.for_each(|task| wakers.push(task.cancellation().waker_clone()));
                wakers.into_iter().flatten().for_each(Waker::wake);
                self.collect();
                let left = self.0.ready.take();
                if left.is_empty() {
                    // Another thread is between waking a task and handing it over.
                    std::thread::yield_now();
                }
                drop(left);
            }
            drop(self.0.ready.take());
        });
    }
}

impl Clock for Core {
    fn now(&self) -> Instant {
        self.now.get()
    }
}

impl Timer for Core {
    fn wake_at(&self, at: Instant, waker: &Waker) -> TimerId {
        self.timers.borrow_mut().add(at, Action::Wake(waker.clone()))
    }

    fn set_waker(&self, timer: TimerId, waker: &Waker) -> bool {
        match self.timers.borrow_mut().get_mut(timer) {
            Some(Action::Wake(held)) => held.clone_from(waker),
            _ => return false,
        }
        true
    }

    fn cancel(&self, timer: TimerId) -> bool {
        let gone = self.timers.borrow_mut().remove(timer);
        gone.is_some()
    }
}

/// Nothing to do: the test reports readiness itself.
struct Scripted;

impl Registration for Scripted {
    fn arm(&self, _: BorrowedFd<'_>, _: bool, _: bool) -> io::Result<()> {
        Ok(())
    }

    fn deregister(&self, _: BorrowedFd<'_>) {}
}

impl Reactor for Core {
    fn register(&self, io: OwnedFd) -> io::Result<Source> {
        Ok(Source::new(io, Box::new(Scripted)))
    }
}

impl Runtime for Core {
    fn id(&self) -> LoopId {
        self.id
    }

    fn scheduler(&self) -> Arc<dyn Schedule> {
        self.inbox.clone()
    }

    fn push(&self, runnable: Runnable) {
        self.ready.borrow_mut().push_back(Ready::Task(runnable));
    }

    fn call_soon(&self, callback: Box<dyn FnOnce()>) {
        self.ready.borrow_mut().push_back(Ready::Callback(callback));
    }

    fn tasks(&self) -> &TaskList {
        &self.tasks
    }

    fn call_exception_handler(&self, context: &ExceptionContext) {
        self.reports.borrow_mut().push(context.clone());
    }
}
