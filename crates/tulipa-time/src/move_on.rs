//! [`move_on_after`] and [`move_on_at`]: a deadline without an error.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use pin_project_lite::pin_project;
use tulipa_cancel::CancelScope;

use crate::bound::{Bound, Bounded};
use crate::deadline::Until;

/// Gives a future a time to end in, and goes on without it when it does not: trio's
/// `move_on_after`.
///
/// `None` if the deadline ended the future. Otherwise as [`timeout`](crate::timeout): the future is
/// cancelled and its cleanup awaited, and a value that is ready wins.
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
/// use tulipa_time::{move_on_after, sleep};
///
/// tulipa_test::run(async {
///     let second = Duration::from_secs(1);
///     assert_eq!(move_on_after(second, async { "news" }).await, Some("news"));
///     assert_eq!(move_on_after(second, sleep(2 * second)).await, None);
/// });
/// ```
#[track_caller]
pub fn move_on_after<F: IntoFuture>(after: Duration, future: F) -> MoveOn<F::IntoFuture> {
    MoveOn::new(Bound::after(after), future)
}

/// Gives a future until an instant, or until a [`Deadline`](crate::Deadline) that can be moved
/// meanwhile. Otherwise as [`move_on_after`].
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
/// use tulipa_time::{Deadline, move_on_at};
///
/// tulipa_test::run(async {
///     let deadline = Deadline::after(Duration::from_secs(1));
///     assert_eq!(move_on_at(&deadline, pending::<()>()).await, None);
///     assert!(deadline.expired());
/// });
/// ```
#[track_caller]
pub fn move_on_at<F: IntoFuture>(until: impl Into<Until>, future: F) -> MoveOn<F::IntoFuture> {
    MoveOn::new(Bound::until(until.into()), future)
}

pin_project! {
    /// The future of [`move_on_after`] and [`move_on_at`].
    #[must_use = "futures do nothing unless awaited"]
    pub struct MoveOn<F> {
        #[pin]
        bounded: Bounded<F>,
    }
}

impl<F: Future> MoveOn<F> {
    fn new(bound: Bound, future: impl IntoFuture<IntoFuture = F>) -> Self {
        Self { bounded: Bounded::new(CancelScope::new(), bound, future, false) }
    }
}

impl<F> MoveOn<F> {
    /// The deadline, passed or not; `None` if there is none.
    #[doc(alias = "deadline")]
    pub fn when(&self) -> Option<Instant> {
        self.bounded.when()
    }

    /// Whether the deadline has passed and the future, which had no value yet, was told.
    #[doc(alias = "cancel_called")]
    pub fn expired(&self) -> bool {
        self.bounded.expired()
    }
}

impl<F: Future> Future for MoveOn<F> {
    type Output = Option<F::Output>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.project().bounded.poll(cx).map(Result::ok)
    }
}

impl<F> fmt::Debug for MoveOn<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.bounded.describe("MoveOn", f)
    }
}
