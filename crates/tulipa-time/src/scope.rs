//! [`CancelScopeExt`]: a cancel scope with a deadline.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use pin_project_lite::pin_project;
use tulipa_cancel::{CancelHandle, CancelScope, CancelledError};

use crate::bound::{Bound, Bounded};
use crate::deadline::Until;

/// Deadlines for [`CancelScope`].
pub trait CancelScopeExt: Sized {
    /// Cancels the scope at an instant, or at a [`Deadline`](crate::Deadline) that can be moved
    /// meanwhile, unless it has ended.
    ///
    /// # Panics
    ///
    /// When the scope is polled outside a running loop, naming the caller.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::time::Duration;
    /// use tulipa_cancel::CancelScope;
    /// use tulipa_time::{CancelScopeExt, Deadline, sleep};
    ///
    /// tulipa_test::run(async {
    ///     let deadline = Deadline::after(Duration::from_secs(5));
    ///     let scope = CancelScope::new().shield(true).deadline(&deadline);
    ///     let handle = scope.handle();
    ///     assert!(scope.run(sleep(Duration::from_secs(9))).await.is_err());
    ///     assert!(deadline.expired() && handle.cancelled_caught());
    /// });
    /// ```
    #[track_caller]
    fn deadline(self, until: impl Into<Until>) -> DeadlineScope;

    /// Cancels the scope after a time from now, unless it has ended.
    ///
    /// # Panics
    ///
    /// Outside a running loop, naming the caller.
    #[doc(alias = "relative_deadline")]
    #[track_caller]
    fn deadline_after(self, after: Duration) -> DeadlineScope;
}

impl CancelScopeExt for CancelScope {
    #[track_caller]
    fn deadline(self, until: impl Into<Until>) -> DeadlineScope {
        DeadlineScope { scope: self, bound: Bound::until(until.into()) }
    }

    #[track_caller]
    fn deadline_after(self, after: Duration) -> DeadlineScope {
        DeadlineScope { scope: self, bound: Bound::after(after) }
    }
}

/// A [`CancelScope`] with a deadline: it is cancelled then, or before that by its handle.
#[derive(Debug)]
#[must_use = "a scope does nothing until `run`"]
pub struct DeadlineScope {
    scope: CancelScope,
    bound: Bound,
}

impl DeadlineScope {
    /// Sets whether cancellations from outside are held back until the scope has ended.
    pub fn shield(mut self, shield: bool) -> Self {
        self.scope = self.scope.shield(shield);
        self
    }

    /// A handle that cancels the scope, before, while or after it runs.
    pub fn handle(&self) -> CancelHandle {
        self.scope.handle()
    }

    /// Runs a future in the scope: `Err` if the scope's own cancellation ended it, by the deadline
    /// (then the error's message is "its deadline passed") or by a handle.
    ///
    /// Suspends only when the future does. At the deadline the future is cancelled, and its cleanup
    /// awaited.
    ///
    /// # Cancel safety
    ///
    /// Dropping it drops the future and forgets the timer.
    pub fn run<F: IntoFuture>(self, future: F) -> DeadlineScoped<F::IntoFuture> {
        DeadlineScoped { bounded: Bounded::new(self.scope, self.bound, future, true) }
    }
}

pin_project! {
    /// The future of [`DeadlineScope::run`].
    #[must_use = "futures do nothing unless awaited"]
    pub struct DeadlineScoped<F> {
        #[pin]
        bounded: Bounded<F>,
    }
}

impl<F> DeadlineScoped<F> {
    /// The deadline, passed or not; `None` if there is none.
    pub fn when(&self) -> Option<Instant> {
        self.bounded.when()
    }

    /// Whether the deadline has passed and the future, which had no value yet, was told.
    pub fn expired(&self) -> bool {
        self.bounded.expired()
    }
}

impl<F: Future> Future for DeadlineScoped<F> {
    type Output = Result<F::Output, CancelledError>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.project().bounded.poll(cx)
    }
}

impl<F> fmt::Debug for DeadlineScoped<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.bounded.describe("DeadlineScoped", f)
    }
}
