//! [`as_completed`]: results in the order in which they come.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::fmt;
use std::future::{Future, IntoFuture};
use std::panic::Location;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker, ready};
use std::time::Duration;

use futures_core::{FusedStream, Stream};
use tulipa_rt::current;
use tulipa_task::{JoinError, Task, create_task_at};
use tulipa_time::{Sleep, TimeoutError, sleep, sleep_until};

use crate::progress::{Turn, take, unwind};

/// Runs futures side by side, each as a task, and gives their outputs as they come.
///
/// The tasks are created now, in argument order, and start in the next iteration. What ends in one
/// iteration comes in the order in which it ended. A task among the arguments gives its `Result`.
/// If a child panics, the panic goes on in the one who takes it; if a child is cancelled, so is
/// the one who takes it; who catches either may go on with the next. A promise given twice comes
/// twice. Dropping it, at whatever point, lets the rest run on.
///
/// # Panics
///
/// Outside a running loop, naming the caller; with a child's own payload.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use tulipa_combine::as_completed;
/// use tulipa_time::sleep;
///
/// async fn after(seconds: u64) -> u64 {
///     sleep(Duration::from_secs(seconds)).await;
///     seconds
/// }
///
/// tulipa_test::run(async {
///     let mut results = as_completed([3, 1, 2].map(after));
///     let mut order = Vec::new();
///     while let Some(seconds) = results.next().await {
///         order.push(seconds);
///     }
///     assert_eq!(order, [1, 2, 3]);
/// });
/// ```
#[doc(alias = "FuturesUnordered")]
#[doc(alias = "JoinSet")]
#[track_caller]
pub fn as_completed<I>(futures: I) -> AsCompleted<<I::Item as IntoFuture>::Output>
where
    I: IntoIterator<Item: IntoFuture<IntoFuture: 'static, Output: 'static>>,
{
    let (runtime, at) = (current(), Location::caller());
    let finished = Rc::<Finished>::default();
    let spawn = |(place, future): (usize, I::Item)| {
        let report = Report { finished: finished.clone(), place };
        let future = future.into_future();
        let child = async move {
            // Told when it is dropped, however the future ends.
            let _report = report;
            future.await
        };
        Some(create_task_at(&runtime, child, at))
    };
    let tasks = futures.into_iter().enumerate().map(spawn).collect::<Vec<_>>();
    let left = tasks.len();
    AsCompleted { tasks, finished, turn: Turn::default(), left }
}

/// Which children have ended, in that order, and who waits for the next.
#[derive(Default)]
struct Finished {
    places: RefCell<VecDeque<usize>>,
    waiter: Cell<Option<Waker>>,
}

struct Report {
    finished: Rc<Finished>,
    place: usize,
}

impl Drop for Report {
    fn drop(&mut self) {
        self.finished.places.borrow_mut().push_back(self.place);
        if let Some(waiter) = self.finished.waiter.take() {
            waiter.wake();
        }
    }
}

/// What [`as_completed`] gives: a [`Stream`] of outputs, with its own [`next`](Self::next).
#[must_use = "the tasks run, but their results are lost"]
pub struct AsCompleted<T> {
    tasks: Vec<Option<Task<T>>>,
    finished: Rc<Finished>,
    turn: Turn,
    left: usize,
}

impl<T> AsCompleted<T> {
    fn has_next(&self) -> bool {
        !self.finished.places.borrow().is_empty()
    }

    /// The next output; `None` when all have been given.
    ///
    /// # Cancel safety
    ///
    /// Dropping it loses nothing.
    #[expect(clippy::should_implement_trait, reason = "the name every stream has for it")]
    pub fn next(&mut self) -> Next<'_, Self> {
        Next { of: self, unwinding: false }
    }

    /// Gives everything together so long, from now: then each child that is left gives a
    /// [`TimeoutError`] and runs on. A result that is there when it is asked for is given.
    ///
    /// # Panics
    ///
    /// Outside a running loop, naming the caller.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::time::Duration;
    /// use tulipa_combine::as_completed;
    /// use tulipa_time::sleep;
    ///
    /// tulipa_test::run(async {
    ///     let naps = [1, 9].map(|seconds| sleep(Duration::from_secs(seconds)));
    ///     let mut naps = as_completed(naps).timeout(Duration::from_secs(5));
    ///     assert!(naps.next().await.unwrap().is_ok());
    ///     assert!(naps.next().await.unwrap().is_err());
    ///     assert!(naps.next().await.is_none());
    /// });
    /// ```
    #[track_caller]
    pub fn timeout(self, timeout: Duration) -> AsCompletedTimeout<T> {
        let deadline = current().deadline(timeout);
        let sleep = deadline.map_or_else(|| sleep(Duration::MAX), sleep_until);
        AsCompletedTimeout { inner: self, sleep, expired: false }
    }
}

/// Where [`Next`] gets its outcomes. It cannot be named outside this crate.
pub trait Outcomes {
    type Item;

    /// The next output, or the error of a child that was cancelled; `None` at the end.
    ///
    /// # Panics
    ///
    /// With the payload of a child that panicked.
    fn poll_outcome(&mut self, cx: &mut Context<'_>)
    -> Poll<Option<Result<Self::Item, JoinError>>>;
}

impl<T> Outcomes for AsCompleted<T> {
    type Item = T;

    fn poll_outcome(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, JoinError>>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        // A child reports inside its last poll; its task is done when that poll has returned.
        if !self.has_next() {
            self.finished.waiter.set(Some(cx.waker().clone()));
        }
        ready!(self.turn.poll(cx, self.has_next()));
        let place = self.finished.places.borrow_mut().pop_front().expect("it has been looked for");
        self.left -= 1;
        let mut task = self.tasks[place].take().expect("each child ends once");
        Poll::Ready(Some(take(&mut task).map_err(JoinError::resume_panic)))
    }
}

/// What a stream's poll makes of an outcome. If the child was cancelled, the next poll goes on
/// with the next child: the stream cannot know whether whoever polls has caught the cancellation.
fn poll_item<S: Outcomes>(of: &mut S, cx: &mut Context<'_>) -> Poll<Option<S::Item>> {
    match ready!(of.poll_outcome(cx)) {
        Some(Ok(item)) => Poll::Ready(Some(item)),
        Some(Err(_cancelled)) => unwind(cx),
        None => Poll::Ready(None),
    }
}

impl<T> Stream for AsCompleted<T> {
    type Item = T;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        poll_item(&mut *self, cx)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        // A child that is cancelled gives nothing.
        (0, Some(self.left))
    }
}

impl<T> FusedStream for AsCompleted<T> {
    fn is_terminated(&self) -> bool {
        self.left == 0
    }
}

impl<T> Unpin for AsCompleted<T> {}

impl<T> fmt::Debug for AsCompleted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AsCompleted").field("left", &self.left).finish_non_exhaustive()
    }
}

/// What [`AsCompleted::timeout`] gives.
#[must_use = "the tasks run, but their results are lost"]
pub struct AsCompletedTimeout<T> {
    inner: AsCompleted<T>,
    sleep: Sleep,
    expired: bool,
}

impl<T> AsCompletedTimeout<T> {
    /// The next output, or [`TimeoutError`] for one that did not come in time; `None` when there
    /// is nothing left.
    ///
    /// # Cancel safety
    ///
    /// Dropping it loses nothing.
    #[expect(clippy::should_implement_trait, reason = "the name every stream has for it")]
    pub fn next(&mut self) -> Next<'_, Self> {
        Next { of: self, unwinding: false }
    }
}

impl<T> Outcomes for AsCompletedTimeout<T> {
    type Item = Result<T, TimeoutError>;

    fn poll_outcome(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Self::Item, JoinError>>> {
        if let Poll::Ready(next) = self.inner.poll_outcome(cx) {
            return Poll::Ready(next.map(|outcome| outcome.map(Ok)));
        }
        if self.inner.has_next() {
            // It is there, and only lets others go first.
            return Poll::Pending;
        }
        if !self.expired {
            ready!(Pin::new(&mut self.sleep).poll(cx));
            self.expired = true;
        }
        self.inner.left -= 1;
        Poll::Ready(Some(Ok(Err(TimeoutError::new()))))
    }
}

impl<T> Stream for AsCompletedTimeout<T> {
    type Item = Result<T, TimeoutError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        poll_item(&mut *self, cx)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.inner.size_hint()
    }
}

impl<T> FusedStream for AsCompletedTimeout<T> {
    fn is_terminated(&self) -> bool {
        self.inner.is_terminated()
    }
}

impl<T> fmt::Debug for AsCompletedTimeout<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AsCompletedTimeout")
            .field("left", &self.inner.left)
            .field("expired", &self.expired)
            .finish_non_exhaustive()
    }
}

/// The future of `next`.
#[derive(Debug)]
#[must_use = "futures do nothing unless awaited"]
pub struct Next<'a, S> {
    of: &'a mut S,
    /// The child was cancelled, and that goes on here.
    unwinding: bool,
}

impl<S: Outcomes> Future for Next<'_, S> {
    type Output = Option<S::Item>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        if !self.unwinding {
            match ready!(self.of.poll_outcome(cx)) {
                Some(Ok(item)) => return Poll::Ready(Some(item)),
                Some(Err(_cancelled)) => self.unwinding = true,
                None => return Poll::Ready(None),
            }
        }
        unwind(cx)
    }
}
