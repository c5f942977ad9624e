//! [`EventLoop`]: the loop as its owner sees it.

use std::cell::RefCell;
use std::error::Error;
use std::fmt;
use std::io;
use std::os::fd::{AsFd, BorrowedFd};
use std::panic::Location;
use std::rc::Rc;
use std::time::{Duration, Instant};

use tulipa_rt::{Clock, ExceptionContext, NoRunningLoop, Runtime, enter, try_current};

use crate::callback::{Call, Callback, Cancellable};
use crate::core::Core;
use crate::handle::{Handle, TimerHandle};
use crate::iteration::POLLS_PER_LOOK;
use crate::loop_handle::LoopHandle;
use crate::timers::Alarm;

thread_local! {
    /// The same loop that `tulipa_rt::current` gives, as what it is.
    static RUNNING: RefCell<Option<Rc<Core>>> = const { RefCell::new(None) };
}

impl Core {
    /// Runs a closure as part of the loop: inside it the loop is running and the current one.
    pub(crate) fn enter<R>(self: &Rc<Self>, run: impl FnOnce() -> R) -> R {
        struct Leave<'a>(&'a Core, Option<Rc<Core>>);
        impl Drop for Leave<'_> {
            fn drop(&mut self) {
                self.0.running.set(false);
                self.0.inbox.leave();
                drop(replace_running(self.1.take()));
            }
        }
        /// At the thread's end, when a loop may be closed, the thread-local may be gone.
        fn replace_running(core: Option<Rc<Core>>) -> Option<Rc<Core>> {
            RUNNING.try_with(|running| running.replace(core)).ok().flatten()
        }
        self.running.set(true);
        let _leave = Leave(self, replace_running(Some(self.clone())));
        enter(self.clone() as Rc<dyn Runtime>, run)
    }
}

/// How a loop waits for descriptors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Backend {
    /// The fastest this system has: on Linux edge-triggered `epoll`, one system call a wait;
    /// elsewhere the same as `Portable`.
    #[default]
    Native,
    /// What works wherever the `polling` crate does.
    Portable,
}

/// Why a loop does not run.
#[derive(Debug)]
#[non_exhaustive]
pub enum RunError {
    /// The loop is running already, or another loop is running on this thread.
    AlreadyRunning,
    /// The loop has been closed.
    Closed,
    /// The operating system's poller failed.
    Io(io::Error),
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AlreadyRunning => f.write_str(
                "an event loop is already running on this thread: inside it, `.await` the future \
                 or give it to `create_task`; to run another loop, use another thread",
            ),
            Self::Closed => f.write_str("the event loop has been closed: make a new one"),
            Self::Io(error) => write!(f, "the poller failed: {error}"),
        }
    }
}

impl Error for RunError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Io(error) => Some(error),
            Self::AlreadyRunning | Self::Closed => None,
        }
    }
}

impl From<io::Error> for RunError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// An event loop: callbacks, timers, and whatever waits through `tulipa-rt`.
///
/// Clones are handles on the same loop. It belongs to the thread that made it;
/// [`handle`](Self::handle) reaches it from others. The last handle to drop closes it; a task
/// that holds one keeps the loop alive, so close a loop whose tasks do.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use tulipa_loop::EventLoop;
///
/// let event_loop = EventLoop::new()?;
/// let stopper = event_loop.clone();
/// event_loop.call_soon(|| println!("first"));
/// event_loop.call_later(Duration::from_millis(1), move || stopper.stop());
/// event_loop.run_forever()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct EventLoop {
    core: Rc<Core>,
}

impl EventLoop {
    /// A loop with nothing to do.
    ///
    /// # Errors
    ///
    /// What the operating system says: too many descriptors are open.
    #[doc(alias = "new_event_loop")]
    pub fn new() -> io::Result<Self> {
        Self::with_backend(Backend::Native)
    }

    /// A loop that waits in this way.
    ///
    /// # Errors
    ///
    /// What the operating system says: too many descriptors are open.
    pub fn with_backend(backend: Backend) -> io::Result<Self> {
        Ok(Self { core: Rc::new(Core::new(backend)?) })
    }

    /// Runs until [`stop`](Self::stop), blocking the thread.
    ///
    /// # Errors
    ///
    /// [`RunError`]: a loop is running on this thread, this one is closed, the poller failed.
    pub fn run_forever(&self) -> Result<(), RunError> {
        self.running(|core| {
            loop {
                let limit = core.stopping.get().then_some(Duration::ZERO);
                core.iterate(limit)?;
                if core.stopping.get() {
                    core.finish_due();
                    core.stopping.set(false);
                    return Ok(());
                }
            }
        })
    }

    /// Runs one iteration, waiting at most `timeout` for something to do (`None`: as long as it
    /// takes); returns how many tasks and callbacks ran. For driving the loop from another.
    ///
    /// A turn always looks at clock and poller, also while much is ready: the host decides how
    /// much time passes between turns. A [`stop`](Self::stop) before or inside it ends with it,
    /// and a stopped turn does not wait.
    ///
    /// # Errors
    ///
    /// [`RunError`]: a loop is running on this thread, this one is closed, the poller failed.
    pub fn turn(&self, timeout: Option<Duration>) -> Result<usize, RunError> {
        self.running(|core| {
            let ran = core.iterate(timeout);
            core.stopping.set(false);
            Ok(ran?)
        })
    }

    /// The loop that runs on this thread.
    ///
    /// # Errors
    ///
    /// [`NoRunningLoop`] outside one.
    ///
    /// # Examples
    ///
    /// ```
    /// use tulipa_loop::EventLoop;
    ///
    /// let event_loop = EventLoop::new()?;
    /// event_loop.call_soon(|| EventLoop::current().unwrap().stop());
    /// event_loop.run_forever()?;
    /// assert!(EventLoop::current().is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[doc(alias = "get_running_loop")]
    pub fn current() -> Result<Self, NoRunningLoop> {
        // After the thread-local is gone (in a destructor at the thread's end) no loop runs.
        let core = RUNNING.try_with(|running| running.borrow().clone());
        let core = core.ok().flatten().ok_or(NoRunningLoop)?;
        core.handles.set(core.handles.get() + 1);
        Ok(Self { core })
    }

    fn running<R>(&self, run: impl Fn(&Core) -> Result<R, RunError>) -> Result<R, RunError> {
        if self.core.closed.get() {
            return Err(RunError::Closed);
        }
        if self.core.running.get() || try_current().is_ok() {
            return Err(RunError::AlreadyRunning);
        }
        self.core.since_look.set(POLLS_PER_LOOK);
        self.core.enter(|| self.core.keep_going(run))
    }

    /// Lets the loop finish the present batch and then leave [`run_forever`](Self::run_forever).
    /// Called before it, the next run is one iteration that does not wait.
    pub fn stop(&self) {
        self.core.stopping.set(true);
    }

    /// Closes the loop: callbacks and timers are cancelled, tasks that have not ended are reported
    /// to the exception handler and dropped, here and now. So is what their destructors create
    /// meanwhile. Does nothing the second time.
    ///
    /// # Panics
    ///
    /// While the loop is running.
    #[track_caller]
    pub fn close(&self) {
        assert!(!self.is_running(), "a running event loop cannot be closed: `stop` it first");
        self.core.close();
    }

    /// Whether it is running.
    pub fn is_running(&self) -> bool {
        self.core.running.get()
    }

    /// Whether it has been closed.
    pub fn is_closed(&self) -> bool {
        self.core.closed.get()
    }

    /// The loop's clock.
    pub fn time(&self) -> Instant {
        self.core.now()
    }

    /// Schedules a callback for the next iteration; callbacks run in the order they were given,
    /// each once.
    ///
    /// # Panics
    ///
    /// On a closed loop, naming the caller.
    #[track_caller]
    pub fn call_soon(&self, callback: impl FnOnce() + 'static) -> Handle {
        self.assert_open();
        let callback = Call::shared(callback, Location::caller());
        self.core.push_callback(Callback::Local(callback.clone()));
        Handle { callback }
    }

    /// Schedules a callback for a time from now. Never early; up to a millisecond late when the
    /// loop is idle. Callbacks of one deadline run in the order they were given.
    ///
    /// # Panics
    ///
    /// On a closed loop, naming the caller.
    #[track_caller]
    pub fn call_later(&self, delay: Duration, callback: impl FnOnce() + 'static) -> TimerHandle {
        let callback = Call::shared(callback, Location::caller());
        self.arm(self.core.deadline(delay), callback)
    }

    /// Schedules a callback for an instant; one in the past is due at once. Otherwise as
    /// [`call_later`](Self::call_later).
    ///
    /// # Panics
    ///
    /// On a closed loop, naming the caller.
    #[track_caller]
    pub fn call_at(&self, when: Instant, callback: impl FnOnce() + 'static) -> TimerHandle {
        let callback = Call::shared(callback, Location::caller());
        self.arm(Some(when), callback)
    }

    #[track_caller]
    fn arm(&self, when: Option<Instant>, callback: Rc<dyn Cancellable>) -> TimerHandle {
        self.assert_open();
        let timer = when.map(|when| {
            let alarm = Alarm::Call(callback.clone());
            (self.core.timers.borrow_mut().arm(when, alarm), when)
        });
        TimerHandle { callback, core: Rc::downgrade(&self.core), timer }
    }

    #[track_caller]
    fn assert_open(&self) {
        assert!(!self.is_closed(), "{}", RunError::Closed);
    }

    /// When [`turn`](Self::turn) has something to do at the latest: now if something is ready,
    /// else the next timer's deadline. `None` if only I/O or another thread can bring anything.
    pub fn next_deadline(&self) -> Option<Instant> {
        if !self.core.ready.borrow().is_empty() || self.core.inbox.has_mail() {
            return Some(self.time());
        }
        self.core.timers.borrow_mut().next_deadline()
    }

    /// Sets who is told of errors that nobody awaits: panics in callbacks and destructors, panics
    /// of tasks that nobody retrieves, tasks that are pending when the loop closes. Unset, they
    /// are printed to standard error.
    pub fn set_exception_handler(&self, handler: impl Fn(&ExceptionContext) + 'static) {
        let old = self.core.exception_handler.borrow_mut().replace(Rc::new(handler));
        drop(old);
    }

    /// Goes back to printing errors that nobody awaits to standard error.
    pub fn reset_exception_handler(&self) {
        let old = self.core.exception_handler.borrow_mut().take();
        drop(old);
    }

    /// Tells the exception handler.
    pub fn call_exception_handler(&self, context: &ExceptionContext) {
        self.core.report(context);
    }

    pub(crate) fn core(&self) -> &Rc<Core> {
        &self.core
    }

    /// The loop as other threads reach it.
    pub fn handle(&self) -> LoopHandle {
        LoopHandle { inbox: self.core.inbox.clone() }
    }

    /// The loop as leaf futures and tasks see it.
    pub fn runtime(&self) -> Rc<dyn Runtime> {
        self.core.clone()
    }
}

impl Clone for EventLoop {
    fn clone(&self) -> Self {
        self.core.handles.set(self.core.handles.get() + 1);
        Self { core: self.core.clone() }
    }
}

impl Drop for EventLoop {
    fn drop(&mut self) {
        let left = self.core.handles.get() - 1;
        self.core.handles.set(left);
        // A running loop has a handle among its callers, so this is never inside it.
        if left == 0 {
            self.core.close();
        }
    }
}

impl AsFd for EventLoop {
    /// Readable when [`turn`](Self::turn) would find I/O or a message from another thread.
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.core.io.as_fd()
    }
}

impl fmt::Debug for EventLoop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventLoop")
            .field("running", &self.is_running())
            .field("closed", &self.is_closed())
            .field("tasks", &self.core.tasks)
            .finish()
    }
}
