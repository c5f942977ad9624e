//! Where a future becomes a task; the one file with `unsafe`.
//!
//! # Protocol
//!
//! `async_task` hands a task out as a `Runnable` (poll it once) and a `Task` (its result). The
//! future need not be `Send`, so the runnable must be run and dropped on the thread that made it.
//! That holds because every way a runnable takes ends there: the loop runs it or drops it, an eager
//! start runs it here; a wake-up from another thread goes through [`tulipa_rt::schedule`] to the
//! loop's inbox, whose owners promise (see [`tulipa_rt::Schedule`]) to keep it until the loop's
//! thread takes it. The result may be dropped elsewhere only through `Task`, which is not `Send`.

use std::future::{Future, IntoFuture};
use std::panic::Location;
use std::rc::Rc;

use tulipa_context::Saved;
use tulipa_rt::{Header, Runnable, Runtime, TaskSpec, current, schedule, try_current};

use crate::root::Root;
use crate::slot::Slot;
use crate::task::Task;

/// Makes a task of a future on the running loop, and returns its handle.
///
/// Nothing of the body runs yet: it starts in the next iteration of the loop, and tasks start in
/// the order they were created. The loop owns the task: dropping the handle detaches it, the task
/// goes on. It runs in a copy of the caller's context. Never suspends. The task's spawn place is
/// the line of this call, so pass a closure to iterators: `.map(|f| create_task(f))` names that
/// line, `.map(create_task)` one of the library. [`TaskBuilder`](crate::TaskBuilder) has more to
/// choose.
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
    if runtime.tasks().has_factory() {
        return create_task_as(runtime, future, TaskSpec::new(location));
    }
    // The common case, in which nobody has anything to decide.
    let (runnable, task) = make(runtime, future, Header::new(location), Saved::copy_current());
    runtime.push(runnable);
    task
}

/// Makes a task as it is specified, after the loop's factory has had a look.
#[inline(never)]
pub(crate) fn create_task_as<F>(
    runtime: &Rc<dyn Runtime>,
    future: F,
    mut spec: TaskSpec,
) -> Task<F::Output>
where
    F: Future<Output: 'static> + 'static,
{
    if let Some(factory) = runtime.tasks().factory() {
        factory.decide(&mut spec);
    }
    let header = Header::new(spec.spawned_at);
    if let Some(name) = spec.name {
        header.shared_name().set(name);
    }
    let context = spec.context.map_or_else(Saved::copy_current, Saved::from);
    let (runnable, task) = make(runtime, future, header, context);
    let is_eager = spec.eager_start == Some(true);
    if is_eager && try_current().is_ok_and(|running| running.id() == runtime.id()) {
        runnable.run();
    } else {
        runtime.push(runnable);
    }
    task
}

/// A task that nobody has queued yet.
#[expect(clippy::inline_always, reason = "called twice, it is not inlined in the common case")]
#[inline(always)]
fn make<F>(
    runtime: &Rc<dyn Runtime>,
    future: F,
    header: Header,
    context: Saved,
) -> (Runnable, Task<F::Output>)
where
    F: Future<Output: 'static> + 'static,
{
    let slot = Rc::new(Slot::new(header, context, Rc::downgrade(runtime)));
    runtime.tasks().insert(slot.clone());
    let root = Root::new(slot.clone(), future);
    // SAFETY: the future stays on this thread (see the protocol). The schedule function is
    // `Send`, `Sync` and `'static`, so wakers may go anywhere. The future borrows nothing.
    let (runnable, task) = unsafe {
        async_task::Builder::new().metadata(runtime.id()).spawn_unchecked(|_| root, schedule)
    };
    // The result comes through the slot; nobody asks `async_task` for it.
    task.detach();
    (runnable, Task::new(slot))
}
