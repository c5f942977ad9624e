//! [`timeout`], [`timeout_at`], [`wait_for`]: a deadline with awaited cleanup, and an error.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use pin_project_lite::pin_project;
use tulipa_cancel::CancelScope;

use crate::bound::{Bound, Bounded};
use crate::deadline::Until;
use crate::error::TimeoutError;

/// Gives a future a time to end in.
///
/// At the deadline the future is *cancelled*, not dropped: what it runs in `finally` and
/// `catch_cancel` is awaited, so the whole may take longer than the time given. A value that is
/// ready when the deadline passes wins. A cancellation of the task from outside passes through.
/// Of nested deadlines that pass together the outermost is told. The time begins now, in the call;
/// a time beyond what [`Instant`] can say is no deadline. Suspends only when the future does; a
/// timeout of zero ends it at its first suspension.
///
/// [`move_on_after`](crate::move_on_after) is the same without an error; a
/// [`Deadline`](crate::Deadline) with [`timeout_at`] can be moved.
///
/// # Errors
///
/// [`TimeoutError`] if the deadline ended the future. If the future suppressed the cancellation
/// and returned a value, that is returned.
///
/// # Cancel safety
///
/// Dropping it drops the future and forgets the timer.
///
/// # Panics
///
/// In the call or in the poll, outside a running loop, naming the caller.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use tulipa_time::{sleep, timeout};
///
/// tulipa_test::run(async {
///     let [second, minute] = [1, 60].map(Duration::from_secs);
///     assert_eq!(timeout(minute, async { 1 }).await, Ok(1));
///     assert!(timeout(second, sleep(minute)).await.is_err());
/// });
/// ```
#[doc(alias = "fail_after")]
#[track_caller]
pub fn timeout<F: IntoFuture>(after: Duration, future: F) -> Timeout<F::IntoFuture> {
    Timeout::new(Bound::after(after), future)
}

/// Gives a future until an instant, or until a [`Deadline`](crate::Deadline) that can be moved
/// meanwhile, or (`None`) any time it needs. Otherwise as [`timeout`].
///
/// # Errors
///
/// [`TimeoutError`] if the deadline ended the future.
///
/// # Cancel safety
///
/// Dropping it drops the future and forgets the timer.
///
/// # Panics
///
/// In the poll, outside a running loop, naming the caller.
///
/// # Examples
///
/// ```
/// use std::future::pending;
/// use std::time::Duration;
/// use tulipa_time::timeout_at;
///
/// tulipa_test::run(async {
///     let now = tulipa_rt::current().now();
///     assert!(timeout_at(now, pending::<()>()).await.is_err());
/// });
/// ```
#[doc(alias = "fail_at")]
#[track_caller]
pub fn timeout_at<F: IntoFuture>(until: impl Into<Until>, future: F) -> Timeout<F::IntoFuture> {
    Timeout::new(Bound::until(until.into()), future)
}

/// asyncio's `wait_for`: [`timeout`] with the arguments in asyncio's order, and `None` for no
/// timeout.
///
/// # Errors
///
/// [`TimeoutError`] if the deadline ended the future. If the future suppressed the cancellation
/// and returned a value, that is returned.
///
/// # Cancel safety
///
/// Dropping it drops the future and forgets the timer. To go on with the work after a timeout, give
/// it `&mut task` or `shield(..)`.
///
/// # Panics
///
/// In the call or in the poll, outside a running loop, naming the caller.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use tulipa_time::{sleep, wait_for};
///
/// tulipa_test::run(async {
///     let second = Duration::from_secs(1);
///     assert!(wait_for(sleep(2 * second), second).await.is_err());
///     assert_eq!(wait_for(async { 1 }, None).await, Ok(1));
/// });
/// ```
#[track_caller]
pub fn wait_for<F: IntoFuture>(
    future: F,
    timeout: impl Into<Option<Duration>>,
) -> Timeout<F::IntoFuture> {
    let bound = match timeout.into() {
        Some(after) => Bound::after(after),
        None => Bound::until(Until::Never),
    };
    Timeout::new(bound, future)
}

pin_project! {
    /// The future of [`timeout`], [`timeout_at`] and [`wait_for`].
    #[must_use = "futures do nothing unless awaited"]
    pub struct Timeout<F> {
        #[pin]
        bounded: Bounded<F>,
    }
}

impl<F: Future> Timeout<F> {
    fn new(bound: Bound, future: impl IntoFuture<IntoFuture = F>) -> Self {
        Self { bounded: Bounded::new(CancelScope::new(), bound, future, false) }
    }
}

impl<F> Timeout<F> {
    /// The deadline, passed or not; `None` if there is none.
    #[doc(alias = "deadline")]
    pub fn when(&self) -> Option<Instant> {
        self.bounded.when()
    }

    /// Whether the deadline has passed and the future, which had no value yet, was told.
    pub fn expired(&self) -> bool {
        self.bounded.expired()
    }
}

impl<F: Future> Future for Timeout<F> {
    type Output = Result<F::Output, TimeoutError>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let polled = self.project().bounded.poll(cx);
        polled.map(|result| result.map_err(|_| TimeoutError::new()))
    }
}

impl<F> fmt::Debug for Timeout<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.bounded.describe("Timeout", f)
    }
}
