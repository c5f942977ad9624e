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

use crate::header::Header;
use crate::schedule::{LoopId, Runnable};
use crate::{Clock, ExceptionContext, Reactor, TaskList, Timer};

/// A running loop, as whatever waits sees it: clock, timers, reactor, and the ready queue.
///
/// One queue holds tasks and callbacks, first come first served. An iteration runs what is ready
/// at its start; what that makes ready runs in the next.
pub trait Runtime: Clock + Timer + Reactor {
    /// Its identity.
    fn id(&self) -> LoopId;

    /// Puts a task at the end of the ready queue.
    fn push(&self, runnable: Runnable);

    /// Puts a callback at the end of the ready queue. It never runs inside this call; a panic in
    /// it goes to the exception handler.
    fn call_soon(&self, callback: Box<dyn FnOnce()>);

    /// The tasks that have not ended.
    fn tasks(&self) -> &TaskList;

    /// Tells the exception handler of an error that nobody awaits.
    fn call_exception_handler(&self, context: &ExceptionContext);
}

thread_local! {
    static LOOP: RefCell<Option<Rc<dyn Runtime>>> = const { RefCell::new(None) };
    /// The identity of `LOOP`, to be had without a look at a slot that may be gone.
    static LOOP_ID: Cell<Option<LoopId>> = const { Cell::new(None) };
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

/// The loop that runs on this thread, if one does.
///
/// # Errors
///
/// [`NoRunningLoop`] outside one.
///
/// # Examples
///
/// ```
/// use tulipa_rt::try_current;
///
/// assert!(try_current().is_err());
/// tulipa_test::run(async { assert!(try_current().is_ok()) });
/// ```
pub fn try_current() -> Result<Rc<dyn Runtime>, NoRunningLoop> {
    // After the thread-local is gone (in a destructor at the thread's end) no loop runs.
    LOOP.try_with(|current| current.borrow().clone()).ok().flatten().ok_or(NoRunningLoop)
}

/// The loop that runs on this thread.
///
/// # Panics
///
/// Outside a running loop, naming the caller.
///
/// # Examples
///
/// ```
/// tulipa_test::run(async {
///     tulipa_rt::current().call_soon(Box::new(|| println!("in the next iteration")));
/// });
/// ```
#[track_caller]
#[doc(alias = "get_running_loop")]
pub fn current() -> Rc<dyn Runtime> {
    match try_current() {
        Ok(runtime) => runtime,
        Err(error) => panic!("{error} (asked at {})", Location::caller()),
    }
}

/// Runs a closure as part of a loop: inside it, that loop is [`current`]. For those who write
/// loops, and for polling a future by hand that asks for one.
///
/// Afterwards, also if the closure panics, the loop that was current before is so again.
///
/// # Examples
///
/// ```
/// use tulipa_rt::{current, enter, try_current};
/// use tulipa_test::TestLoop;
///
/// let test_loop = TestLoop::new();
/// enter(test_loop.runtime(), || assert_eq!(current().now(), test_loop.now()));
/// assert!(try_current().is_err());
/// ```
pub fn enter<R>(runtime: Rc<dyn Runtime>, run: impl FnOnce() -> R) -> R {
    struct Restore(Option<Rc<dyn Runtime>>);
    impl Drop for Restore {
        fn drop(&mut self) {
            // Outside the borrow: dropping the last reference to a loop runs its destructor.
            drop(set(self.0.take()));
        }
    }
    // A loop kept in another thread-local is closed at the thread's end, when this one may be gone:
    // it is then closed without being current.
    fn set(runtime: Option<Rc<dyn Runtime>>) -> Option<Rc<dyn Runtime>> {
        let id = runtime.as_ref().map(|runtime| runtime.id());
        LOOP.try_with(|current| {
            LOOP_ID.set(id);
            current.replace(runtime)
        })
        .unwrap_or_default()
    }
    let _restore = Restore(set(Some(runtime)));
    run()
}

/// Gives a task to the loop `id` if that is the one running here, else gives it back.
pub(crate) fn push(id: LoopId, task: Runnable) -> Result<(), Runnable> {
    if LOOP_ID.get() != Some(id) {
        return Err(task);
    }
    LOOP.with(|current| match &*current.borrow() {
        Some(runtime) => {
            runtime.push(task);
            Ok(())
        }
        None => Err(task),
    })
}

/// Runs a closure as part of a task: inside it, that task is [`current_task`]. For those who
/// write task types.
///
/// Afterwards, also if the closure panics, the task that was current before is so again.
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

/// Looks at the task whose code is running; none in a plain callback and outside a loop.
///
/// # Examples
///
/// ```
/// use tulipa_rt::{Header, current_task};
///
/// assert!(current_task(|task| task.is_none()));
/// tulipa_test::run(async {
///     assert!(current_task(|task| task.map(Header::name)).is_some());
/// });
/// ```
pub fn current_task<R>(look: impl for<'h> FnOnce(Option<&'h Header>) -> R) -> R {
    // SAFETY: the pointer was made by `enter_task` from a reference that a caller of this
    // function holds, and `look` cannot keep it, since it must work for every lifetime.
    look(TASK.get().map(|header| unsafe { header.as_ref() }))
}
