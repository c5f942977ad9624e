//! [`Bound`] and [`Bounded`]: a scope with a deadline, which every deadline of this crate is.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use pin_project_lite::pin_project;
use tulipa_cancel::{CancelScope, CancelledError, Scoped};
use tulipa_rt::try_current;

use crate::deadline::{Until, Watch};
use crate::sleep::{Sleep, sleep, sleep_until};

/// Until when, and the timer for it.
#[derive(Debug)]
pub(crate) struct Bound {
    sleep: Sleep,
    /// For a deadline that may be moved.
    watch: Option<Watch>,
}

impl Bound {
    #[track_caller]
    pub(crate) fn until(until: Until) -> Self {
        // No closures: the sleep must name the caller of this function.
        let (when, watch) = match until {
            Until::Instant(when) => (Some(when), None),
            Until::Never => (None, None),
            Until::Deadline(deadline) => (deadline.when(), Some(Watch::new(deadline))),
        };
        let sleep = match when {
            Some(when) => sleep_until(when),
            None => sleep(Duration::MAX),
        };
        Self { sleep, watch }
    }

    /// So long from now.
    #[track_caller]
    pub(crate) fn after(after: Duration) -> Self {
        Self::until(tulipa_rt::current().deadline(after).into())
    }

    pub(crate) fn when(&self) -> Option<Instant> {
        match &self.watch {
            Some(watch) => watch.when(),
            None => self.sleep.deadline(),
        }
    }

    /// A poll of what it bounds begins.
    fn begin(&mut self) {
        if let Some(watch) = &mut self.watch {
            watch.begin();
        }
    }

    /// Whether it is reached; else arms the timer.
    fn poll_over(&mut self, cx: &mut Context<'_>) -> bool {
        let Some(watch) = &mut self.watch else {
            // Without a deadline it works on any executor.
            return self.sleep.deadline().is_some() && is_over(&mut self.sleep, cx);
        };
        let when = watch.look(cx.waker());
        if when != self.sleep.deadline() {
            self.sleep.move_to(when);
        }
        when.is_some_and(|when| is_over(&mut self.sleep, cx) && watch.expire(when))
    }

    /// There is nothing to bound any more.
    fn stop(&mut self) {
        self.sleep.disarm();
        if let Some(watch) = &mut self.watch {
            watch.stop();
        }
    }
}

/// Whether the deadline is reached. A deadline that has passed already does not cost an
/// iteration, as a sleep would.
fn is_over(sleep: &mut Sleep, cx: &mut Context<'_>) -> bool {
    let passed = |deadline| try_current().is_ok_and(|runtime| runtime.now() >= deadline);
    let new = sleep.is_new();
    new && sleep.deadline().is_some_and(passed) || Pin::new(sleep).poll(cx).is_ready()
}

pin_project! {
    /// A future that its scope cancels when the time is over.
    pub(crate) struct Bounded<F> {
        #[pin]
        scope: Scoped<F>,
        bound: Bound,
        expired: bool,
    }
}

impl<F: Future> Bounded<F> {
    pub(crate) fn new(
        scope: CancelScope,
        bound: Bound,
        future: impl IntoFuture<IntoFuture = F>,
    ) -> Self {
        Self { scope: scope.run(future), bound, expired: false }
    }
}

impl<F> Bounded<F> {
    pub(crate) fn when(&self) -> Option<Instant> {
        self.bound.when()
    }

    pub(crate) fn expired(&self) -> bool {
        self.expired
    }

    /// The `Debug` of whatever is made of it.
    pub(crate) fn describe(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct(name)
            .field("when", &self.when())
            .field("expired", &self.expired)
            .finish_non_exhaustive()
    }
}

impl<F: Future> Future for Bounded<F> {
    type Output = Result<F::Output, CancelledError>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        this.bound.begin();
        let mut polled = this.scope.as_mut().poll(cx);
        if polled.is_pending() && !*this.expired && this.bound.poll_over(cx) {
            *this.expired = true;
            this.scope.cancel();
            // Whatever inside wants to answer does so in this poll.
            polled = this.scope.poll(cx);
        }
        if polled.is_ready() {
            this.bound.stop();
        }
        polled
    }
}
