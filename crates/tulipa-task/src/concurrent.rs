//! [`ConcurrentFuture`]: the result of a task on another thread's loop.
//!
//! What the threads share is a [`Handover`]; its file has the protocol. The rest is the loop
//! thread's: the job creates the task, unless the future was cancelled before that.
//!
//! The task's handle waits in a done-callback of the task itself: so it sees every end, and when
//! the loop drops the task it drops the callback, and the sender in it.

use std::cell::Cell;
use std::error::Error;
use std::fmt;
use std::future::Future;
use std::panic::Location;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use tulipa_rt::{current, try_current};

use crate::current::TaskRef;
use crate::error::JoinError;
use crate::handover::{Handover, Taken};
use crate::spawn::create_task_at;
use crate::task::Task;

/// The result of a future that runs on another thread's loop.
///
/// Await it on any executor, or [`wait`](Self::wait) for it on a thread without one. Dropping it
/// lets the task go on.
///
/// # Cancel safety
///
/// Polling it by `&mut` and dropping that loses nothing.
///
/// # Examples
///
/// ```
/// use tulipa_task::submission;
///
/// let (job, future) = submission(async || 6 * 7);
/// let waiting = std::thread::spawn(move || future.wait(None));
///
/// let test_loop = tulipa_test::TestLoop::new();
/// test_loop.run_until_complete(async { job() }).unwrap();
/// test_loop.run_until_stalled();
/// assert_eq!(waiting.join().unwrap().unwrap(), 42);
/// ```
#[doc(alias = "concurrent.futures.Future")]
#[must_use = "the task runs without it, but its result is lost"]
pub struct ConcurrentFuture<T> {
    shared: Arc<Shared<T>>,
}

type Shared<T> = Handover<Result<T, ConcurrentError>, TaskRef>;

/// Why there is no value from the other loop.
///
/// # Examples
///
/// ```
/// use tulipa_task::{ConcurrentError, submission};
///
/// let (job, future) = submission(async || ());
/// drop(job); // as a loop does that closes before it gets to the job
/// assert!(matches!(future.wait(None), Err(ConcurrentError::LoopClosed)));
/// ```
#[derive(Debug)]
pub enum ConcurrentError {
    /// The task was cancelled, or panicked.
    Failed(JoinError),
    /// [`ConcurrentFuture::cancel`] was called.
    Cancelled,
    /// The loop closed before the task had ended, or it made none: its task factory panicked, which
    /// the loop has reported.
    LoopClosed,
    /// The time given to [`ConcurrentFuture::wait`] has passed; the task goes on.
    TimedOut,
    /// [`ConcurrentFuture::wait`] was called inside a running loop, which it would block.
    InsideLoop,
    /// The result was given to an earlier caller.
    Taken,
}

impl fmt::Display for ConcurrentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(error) => error.fmt(f),
            Self::Cancelled => f.write_str("the future was cancelled"),
            Self::LoopClosed => {
                f.write_str("the loop closed before the task had ended, or made none")
            }
            Self::TimedOut => f.write_str("the task has not ended in the time given"),
            Self::InsideLoop => f.write_str("waiting here would block the loop: await it instead"),
            Self::Taken => f.write_str("the result was given to an earlier caller"),
        }
    }
}

impl Error for ConcurrentError {}

fn result<T>(taken: Taken<Result<T, ConcurrentError>>) -> Result<T, ConcurrentError> {
    match taken {
        Taken::Now(result) => result,
        Taken::Before => Err(ConcurrentError::Taken),
    }
}

/// Finishes the future if the job is lost on its way.
struct Sender<T>(Arc<Shared<T>>);

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        self.0.finish(Err(ConcurrentError::LoopClosed));
    }
}

/// What [`submission`] makes: the job for the loop's thread, and the future of its result.
pub type Submission<T> = (Box<dyn FnOnce() + Send>, ConcurrentFuture<T>);

/// Packs a future for another thread's loop: run the job there, it creates the task.
///
/// The future is made on the loop's thread, as the task's first act, so it need not be `Send`.
/// The task says that it was spawned where this was called. A panic of the task comes back as
/// [`ConcurrentError::Failed`]; if the result is never asked for, nothing is reported, as with
/// asyncio's `run_coroutine_threadsafe`.
///
/// # Examples
///
/// ```
/// use tulipa_task::submission;
///
/// let (job, mut future) = submission(async || 6 * 7);
/// tulipa_test::run(async move {
///     job();
///     assert_eq!((&mut future).await.unwrap(), 42);
/// });
/// ```
#[doc(alias = "run_coroutine_threadsafe")]
#[track_caller]
pub fn submission<M, F>(make: M) -> Submission<F::Output>
where
    M: FnOnce() -> F + Send + 'static,
    F: Future<Output: Send + 'static> + 'static,
{
    let spawned_at = Location::caller();
    let shared = Arc::new(Shared::new());
    let sender = Sender(shared.clone());
    let job = Box::new(move || {
        if !sender.0.is_pending() {
            return;
        }
        let task = create_task_at(&current(), async move { make().await }, spawned_at);
        let view = task.task_ref();
        // `cancel` may have come since the look above, and found no task to cancel.
        if !sender.0.introduce(view.clone()) {
            view.cancel();
        }
        send_at_end(task, sender);
    });
    (job, ConcurrentFuture { shared })
}

/// Sends the result when the task has ended.
fn send_at_end<T: 'static>(task: Task<T>, sender: Sender<T>) {
    let handle = Rc::new(Cell::new(None));
    let in_callback = handle.clone();
    task.add_done_callback(move |_| {
        let task: Task<T> = in_callback.take().expect("put there when the callback was added");
        let result = task.into_result().expect("a task has ended when its callbacks run");
        sender.0.finish(result.map_err(ConcurrentError::Failed));
    });
    handle.set(Some(task));
}

impl<T> ConcurrentFuture<T> {
    /// Cancels it; `false` if it is done. Final at once, though the task may still be unwinding.
    ///
    /// # Examples
    ///
    /// ```
    /// use tulipa_task::submission;
    ///
    /// let (job, future) = submission(async || unreachable!("cancelled before it began"));
    /// assert!(future.cancel() && future.done());
    /// tulipa_test::run(async { job() });
    /// assert_eq!(future.wait(None).unwrap_err().to_string(), "the future was cancelled");
    /// ```
    pub fn cancel(&self) -> bool {
        let (cancelled, task) = self.shared.cancel(Err(ConcurrentError::Cancelled));
        if let Some(task) = task {
            task.cancel();
        }
        cancelled
    }

    /// Whether the result is there, or was. Never blocks.
    pub fn done(&self) -> bool {
        !self.shared.is_pending()
    }

    /// Blocks the thread until the task has ended, or a time has passed.
    ///
    /// # Errors
    ///
    /// [`ConcurrentError`] if there is no value; after `TimedOut` it may be called again.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::time::Duration;
    /// use tulipa_task::{ConcurrentError, submission};
    ///
    /// let (job, future) = submission(async || "from the loop");
    /// let early = future.wait(Some(Duration::ZERO));
    /// assert!(matches!(early, Err(ConcurrentError::TimedOut)));
    ///
    /// let test_loop = tulipa_test::TestLoop::new();
    /// test_loop.run_until_complete(async { job() }).unwrap();
    /// test_loop.run_until_stalled();
    /// assert_eq!(future.wait(None).unwrap(), "from the loop");
    /// ```
    #[doc(alias = "result")]
    pub fn wait(&self, timeout: Option<Duration>) -> Result<T, ConcurrentError> {
        if try_current().is_ok() {
            return Err(ConcurrentError::InsideLoop);
        }
        let deadline = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        self.shared.wait(deadline).map_or(Err(ConcurrentError::TimedOut), result)
    }
}

impl<T> Future for ConcurrentFuture<T> {
    type Output = Result<T, ConcurrentError>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        Poll::Ready(result(ready!(self.shared.poll(cx))))
    }
}

impl<T> fmt::Debug for ConcurrentFuture<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = if self.done() { "done" } else { "pending" };
        write!(f, "<ConcurrentFuture {state}>")
    }
}
