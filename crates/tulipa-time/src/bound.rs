//! [`Bound`] and [`Bounded`]: a scope with a deadline, which every deadline of this crate is.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use pin_project_lite::pin_project;
use tulipa_cancel::{CancelScope, CancelledError, Scoped};

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

    /// A poll of what it bounds begins: whether the time is over. No timer is armed yet, lest a
    /// future that is ready at once cost one.
    fn has_passed(&mut self, cx: &mut Context<'_>) -> bool {
        if let Some(watch) = &mut self.watch {
            let when = watch.begin();
            self.set(when);
            return when.is_some_and(|when| self.sleep.has_passed(cx) && self.expire(when));
        }
        // Without a deadline it works on any executor.
        self.sleep.deadline().is_some() && self.sleep.has_passed(cx)
    }

    /// What it bounds waits: so does this, for the time or for whoever moves the deadline. If the
    /// time is over by now, the next poll finds out.
    fn wait(&mut self, cx: &mut Context<'_>) {
        if let Some(watch) = &mut self.watch {
            let when = watch.look(cx.waker());
            self.set(when);
        }
        if self.sleep.deadline().is_some() && Pin::new(&mut self.sleep).poll(cx).is_ready() {
            cx.waker().wake_by_ref();
        }
    }

    /// What it bounds was not told after all.
    fn take_back(&self) {
        if let Some(watch) = &self.watch {
            watch.take_back();
        }
    }

    /// A deadline may have been moved.
    fn set(&mut self, when: Option<Instant>) {
        if when != self.sleep.deadline() {
            self.sleep.move_to(when);
        }
    }

    fn expire(&self, when: Instant) -> bool {
        self.watch.as_ref().is_none_or(|watch| watch.expire(when))
    }

    /// There is nothing to bound any more.
    fn stop(&mut self) {
        self.sleep.disarm();
        if let Some(watch) = &mut self.watch {
            watch.stop();
        }
    }
}

pin_project! {
    /// A future that its scope cancels when the time is over.
    pub(crate) struct Bounded<F> {
        #[pin]
        scope: Scoped<F>,
        bound: Bound,
        // Whether the cancellation says why, for an error that tells it: that is an allocation.
        tells: bool,
        expired: bool,
    }
}

impl<F: Future> Bounded<F> {
    pub(crate) fn new(
        scope: CancelScope,
        bound: Bound,
        future: impl IntoFuture<IntoFuture = F>,
        tells: bool,
    ) -> Self {
        Self { scope: scope.run(future), bound, tells, expired: false }
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
        // Before the poll: so of nested deadlines that have all passed the outermost is seen first,
        // as it is of other requests, and a value that is ready wins all the same.
        let told = !*this.expired && this.bound.has_passed(cx);
        if told {
            *this.expired = true;
            if *this.tells {
                this.scope.cancel_with("its deadline passed");
            } else {
                this.scope.cancel();
            }
        }
        let polled = this.scope.as_mut().poll(cx);
        match polled {
            Poll::Ready(_) => {
                if told && !this.scope.cancel_seen() {
                    // It had its value and did not come to hear of it.
                    *this.expired = false;
                    this.bound.take_back();
                }
                this.bound.stop();
            }
            Poll::Pending if *this.expired => {}
            Poll::Pending => this.bound.wait(cx),
        }
        polled
    }
}
