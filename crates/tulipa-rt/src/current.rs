//! Which loop runs on this thread, and which task on that loop.
//!
//! # Protocol
//!
//! [`enter`] and [`enter_task`] set a thread-local for the length of one call and set it back
//! when the call returns or unwinds. The loop is reference-counted, so anyone may keep it. The
//! task is a bare pointer to a header on behalf of a caller of the running function: it is given
//! out only to a closure that cannot keep it.

use std::cell::{Cell, RefCell};
use std::error::Error;
use std::fmt;
use std::panic::Location;
use std::ptr::NonNull;
use std::rc::Rc;
use std::sync::Arc;

use crate::header::Header;
use crate::schedule::{LoopId, Runnable, Schedule};
use crate::{Clock, ExceptionContext, Reactor, TaskList, Timer};

/// A running loop, as whatever waits sees it: clock, timers, reactor, and the ready queue.
pub trait Runtime: Clock + Timer + Reactor {
    /// Its identity.
    fn id(&self) -> LoopId;

    /// Its ready queue as other threads reach it.
    fn scheduler(&self) -> Arc<dyn Schedule>;

    /// Puts a task at the end of the ready queue.
    fn push(&self, runnable: Runnable);

    /// Puts a callback at the end of the ready queue.
    fn call_soon(&self, callback: Box<dyn FnOnce()>);

    /// The tasks that have not ended.
    fn tasks(&self) -> &TaskList;

    /// Tells the exception handler of an error that nobody awaits.
    fn call_exception_handler(&self, context: &ExceptionContext);
}

thread_local! {
    static LOOP: RefCell<Option<Rc<dyn Runtime>>> = const { RefCell::new(None) };
    static TASK: Cell<Option<NonNull<Header>>> = const { Cell::new(None) };
}

/// There is no running loop on this thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoRunningLoop;

impl fmt::Display for NoRunningLoop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "no event loop is running on this thread: \
             call this from inside `run(...)` or `EventLoop::run_until_complete(...)`",
        )
    }
}

impl Error for NoRunningLoop {}

/// The loop that runs on this thread.
///
/// # Errors
///
/// [`NoRunningLoop`] outside one.
pub fn try_current() -> Result<Rc<dyn Runtime>, NoRunningLoop> {
    // After the thread-local is gone (in a destructor at the thread's end) no loop runs.
    LOOP.try_with(|current| current.borrow().clone()).ok().flatten().ok_or(NoRunningLoop)
}

/// The loop that runs on this thread.
///
/// # Panics
///
/// Outside a running loop, naming the caller.
#[track_caller]
pub fn current() -> Rc<dyn Runtime> {
    let asked_at = Location::caller(); // a closure would have another caller
    try_current().unwrap_or_else(|error| panic!("{error} (asked at {asked_at})"))
}

/// Runs a closure as part of a loop: inside it, that loop is [`current`].
pub fn enter<R>(runtime: Rc<dyn Runtime>, run: impl FnOnce() -> R) -> R {
    struct Restore(Option<Rc<dyn Runtime>>);
    impl Drop for Restore {
        fn drop(&mut self) {
            let ended = LOOP.with(|current| current.replace(self.0.take()));
            // Outside the borrow: dropping the last reference to a loop runs its destructor.
            drop(ended);
        }
    }
    let _restore = Restore(LOOP.with(|current| current.replace(Some(runtime))));
    run()
}

/// Runs a closure as part of a task: inside it, that task is [`current_task`].
pub fn enter_task<R>(header: &Header, run: impl FnOnce() -> R) -> R {
    struct Restore(Option<NonNull<Header>>);
    impl Drop for Restore {
        fn drop(&mut self) {
            TASK.set(self.0);
        }
    }
    let _restore = Restore(TASK.replace(Some(NonNull::from(header))));
    run()
}

/// Looks at the task whose code is running, if any.
pub fn current_task<R>(look: impl for<'h> FnOnce(Option<&'h Header>) -> R) -> R {
    // SAFETY: the pointer was made by `enter_task` from a reference that a caller of this
    // function holds, and `look` cannot keep it, since it must work for every lifetime.
    look(TASK.get().map(|header| unsafe { header.as_ref() }))
}
