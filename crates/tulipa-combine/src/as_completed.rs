//! [`as_completed`]: results in the order in which they come.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::fmt;
use std::future::{Future, IntoFuture};
use std::panic::Location;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use futures_core::{FusedStream, Stream};
use tulipa_rt::current;
use tulipa_task::{Task, create_task_at};
use tulipa_time::{Sleep, TimeoutError, sleep};

use crate::progress::{take, unwind};

/// Runs futures side by side, each as a task, and gives their outputs as they come.
///
/// The tasks are created now, in argument order, and start in the next iteration. What ends in one
/// iteration comes in the order in which it ended. A task among the arguments gives its `Result`.
/// If a child panics, the panic goes on in the one who takes it; if a child is cancelled, so is
/// the one who takes it. Dropping it, at whatever point, lets the rest run on.
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
    AsCompleted { tasks, finished, left, unwinding: false }
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
    left: usize,
    unwinding: bool,
}

impl<T> AsCompleted<T> {
    /// The next output; `None` when all have been given.
    ///
    /// # Cancel safety
    ///
    /// Dropping it loses nothing.
    pub fn next(&mut self) -> Next<'_, Self> {
        Next(self)
    }

    /// Gives everything together so long, from the first time it is asked: then each child that
    /// is left gives a [`TimeoutError`] and runs on.
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
    pub fn timeout(self, timeout: Duration) -> AsCompletedTimeout<T> {
        AsCompletedTimeout { inner: self, sleep: sleep(timeout), expired: false }
    }
}

impl<T> Stream for AsCompleted<T> {
    type Item = T;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        if self.unwinding {
            return unwind(cx);
        }
        if self.left == 0 {
            return Poll::Ready(None);
        }
        // A child reports inside its last poll; its task is done when that poll has returned.
        let next = self.finished.places.borrow_mut().pop_front();
        let Some(place) = next else {
            self.finished.waiter.set(Some(cx.waker().clone()));
            return Poll::Pending;
        };
        self.left -= 1;
        let mut task = self.tasks[place].take().expect("each child ends once");
        match take(&mut task) {
            Ok(value) => Poll::Ready(Some(value)),
            Err(error) => {
                self.unwinding = true;
                let _cancelled = error.resume_panic();
                unwind(cx)
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
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
#[derive(Debug)]
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
    pub fn next(&mut self) -> Next<'_, Self> {
        Next(self)
    }
}

impl<T> Stream for AsCompletedTimeout<T> {
    type Item = Result<T, TimeoutError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Poll::Ready(next) = Pin::new(&mut self.inner).poll_next(cx) {
            return Poll::Ready(next.map(Ok));
        }
        if !self.expired && Pin::new(&mut self.sleep).poll(cx).is_pending() {
            return Poll::Pending;
        }
        self.expired = true;
        self.inner.left -= 1;
        Poll::Ready(Some(Err(TimeoutError::new())))
    }
}

/// The future of `next`.
#[derive(Debug)]
#[must_use = "futures do nothing unless awaited"]
pub struct Next<'a, S>(&'a mut S);

impl<S: Stream + Unpin> Future for Next<'_, S> {
    type Output = Option<S::Item>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut *self.0).poll_next(cx)
    }
}
