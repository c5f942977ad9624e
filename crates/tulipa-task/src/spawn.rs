//! [`create_task`]: makes a task of a future; the one file with `unsafe`.
//!
//! # Protocol
//!
//! `async_task` hands a task out as a `Runnable` (poll it once) and a `Task` (its result). The
//! future need not be `Send`, so the runnable must be run and dropped on the thread that made it.
//! That holds because every way a runnable takes ends there: the loop runs it or drops it; a
//! wake-up from another thread goes through [`tulipa_rt::schedule`] to the loop's inbox, whose
//! owners promise (see [`tulipa_rt::Schedule`]) to keep it until the loop's thread takes it. The
//! result may be dropped elsewhere only through `Task`, which is not `Send`.

use std::future::{Future, IntoFuture};
use std::panic::Location;
use std::rc::Rc;

use tulipa_rt::{Header, Runtime, current, schedule};

use crate::root::Root;
use crate::slot::Slot;
use crate::task::Task;

/// Makes a task of a future on the running loop, and returns its handle.
///
/// Nothing of the body runs yet: it starts in the next iteration of the loop, and tasks start in
/// the order they were created. The loop owns the task: dropping the handle detaches it, the task
/// goes on. Never suspends. The task's spawn place is the line of this call, so pass a closure to
/// iterators: `.map(|f| create_task(f))` names that line, `.map(create_task)` one of the library.
///
/// # Panics
///
/// Outside a running loop, naming the caller.
///
/// # Examples
///
/// ```
/// use tulipa_task::create_task;
///
/// tulipa_test::run(async {
///     let task = create_task(async { 6 * 7 });
///     assert_eq!(task.await.unwrap(), 42);
/// });
/// ```
#[doc(alias = "ensure_future")]
#[doc(alias = "spawn")]
#[doc(alias = "spawn_local")]
#[track_caller]
pub fn create_task<F>(future: F) -> Task<F::Output>
where
    F: IntoFuture<IntoFuture: 'static, Output: 'static>,
{
    create_task_at(&current(), future.into_future(), Location::caller())
}

/// Makes a task on a loop that need not be running. Otherwise as [`create_task`].
///
/// # Examples
///
/// ```
/// use tulipa_task::create_task_on;
///
/// tulipa_test::run(async {
///     let task = create_task_on(&tulipa_rt::current(), async { "on this loop" });
///     assert_eq!(task.await.unwrap(), "on this loop");
/// });
/// ```
#[track_caller]
pub fn create_task_on<F>(runtime: &Rc<dyn Runtime>, future: F) -> Task<F::Output>
where
    F: IntoFuture<IntoFuture: 'static, Output: 'static>,
{
    create_task_at(runtime, future.into_future(), Location::caller())
}

/// Makes a task and says that `location` spawned it, for those who spawn on behalf of their
/// callers. Otherwise as [`create_task_on`].
///
/// # Examples
///
/// ```
/// use std::panic::Location;
/// use tulipa_task::{Task, create_task_at};
///
/// #[track_caller]
/// fn create_worker(n: u32) -> Task<u32> {
///     create_task_at(&tulipa_rt::current(), async move { n + 1 }, Location::caller())
/// }
///
/// tulipa_test::run(async { assert_eq!(create_worker(1).await.unwrap(), 2) });
/// ```
pub fn create_task_at<F>(
    runtime: &Rc<dyn Runtime>,
    future: F,
    location: &'static Location<'static>,
) -> Task<F::Output>
where
    F: Future<Output: 'static> + 'static,
{
    let slot = Rc::new(Slot::new(Header::new(location), Rc::downgrade(runtime)));
    runtime.tasks().insert(slot.clone());
    let root = Root::new(slot.clone(), future);
    // SAFETY: the future stays on this thread (see the protocol). The schedule function is
    // `Send`, `Sync` and `'static`, so wakers may go anywhere. The future borrows nothing.
    let (runnable, task) = unsafe {
        async_task::Builder::new().metadata(runtime.id()).spawn_unchecked(|_| root, schedule)
    };
    // The result comes through the slot; nobody asks `async_task` for it.
    task.detach();
    runtime.push(runnable);
    Task::new(slot)
}
