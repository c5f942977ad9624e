//! [`timeout`] and [`timeout_at`]: a deadline with awaited cleanup.

use std::error::Error;
use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use pin_project_lite::pin_project;
use tulipa_cancel::{CancelScope, Scoped};
use tulipa_rt::try_current;

use crate::sleep::{Sleep, sleep, sleep_until};

/// Gives a future a time to end in.
///
/// At the deadline the future is *cancelled*, not dropped: what it runs in `finally` and
/// `catch_cancel` is awaited, so the whole may take longer than the time given. A value that is
/// ready when the deadline passes wins. A cancellation of the task from outside passes through.
/// The time begins now, in the call; a time beyond what [`Instant`] can say is no deadline.
/// Suspends only when the future does; a timeout of zero ends it at its first suspension.
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
#[doc(alias = "wait_for")]
#[track_caller]
pub fn timeout<F: IntoFuture>(after: Duration, future: F) -> Timeout<F::IntoFuture> {
    // No closures: the sleep must name the caller of this function.
    let sleep = match tulipa_rt::current().deadline(after) {
        Some(deadline) => sleep_until(deadline),
        None => sleep(Duration::MAX),
    };
    Timeout::new(sleep, future)
}

/// Gives a future an instant to end by. Otherwise as [`timeout`].
///
/// # Errors
///
/// [`TimeoutError`] if the deadline ended the future.
///
/// # Cancel safety
///
/// Dropping it drops the future and forgets the timer.
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
pub fn timeout_at<F: IntoFuture>(deadline: Instant, future: F) -> Timeout<F::IntoFuture> {
    Timeout::new(sleep_until(deadline), future)
}

pin_project! {
    /// The future of [`timeout`] and [`timeout_at`].
    #[derive(Debug)]
    #[must_use = "futures do nothing unless awaited"]
    pub struct Timeout<F> {
        #[pin]
        scope: Scoped<F>,
        sleep: Sleep,
        expired: bool,
    }
}

impl<F: Future> Timeout<F> {
    fn new(sleep: Sleep, future: impl IntoFuture<IntoFuture = F>) -> Self {
        Self { scope: CancelScope::new().run(future), sleep, expired: false }
    }
}

impl<F> Timeout<F> {
    /// The deadline, passed or not; `None` if there is none.
    #[doc(alias = "deadline")]
    pub fn when(&self) -> Option<Instant> {
        self.sleep.deadline()
    }

    /// Whether the deadline has passed and the future was told.
    pub fn expired(&self) -> bool {
        self.expired
    }
}

impl<F: Future> Future for Timeout<F> {
    type Output = Result<F::Output, TimeoutError>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        let mut polled = this.scope.as_mut().poll(cx);
        if polled.is_pending() && !*this.expired && is_over(this.sleep, cx) {
            *this.expired = true;
            this.scope.cancel();
            // Whatever inside wants to answer does so in this poll.
            polled = this.scope.poll(cx);
        }
        if polled.is_ready() {
            this.sleep.disarm();
        }
        polled.map(|result| result.map_err(|_| TimeoutError(())))
    }
}

/// Whether the deadline is reached. A deadline that has passed already does not cost an
/// iteration, as a sleep would.
fn is_over(sleep: &mut Sleep, cx: &mut Context<'_>) -> bool {
    let passed = |deadline| try_current().is_ok_and(|runtime| runtime.now() >= deadline);
    let new = sleep.is_new();
    new && sleep.deadline().is_some_and(passed) || Pin::new(sleep).poll(cx).is_ready()
}

/// The deadline passed before the future had ended.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct TimeoutError(());

impl TimeoutError {
    /// The error, for those who keep deadlines of their own.
    pub const fn new() -> Self {
        Self(())
    }
}

impl Default for TimeoutError {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Display for TimeoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the deadline passed before the future had ended")
    }
}

/// What `main` prints of an error that it returns, so it says what `Display` says.
impl fmt::Debug for TimeoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TimeoutError({self})")
    }
}

impl Error for TimeoutError {}

impl From<TimeoutError> for std::io::Error {
    fn from(error: TimeoutError) -> Self {
        Self::new(std::io::ErrorKind::TimedOut, error)
    }
}
