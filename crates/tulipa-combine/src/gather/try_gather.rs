//! [`try_gather`]: run all, have all values, or the first error.

use std::fmt;
use std::future::Future;
use std::panic::Location;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use futures_core::FusedFuture;
use tulipa_rt::current;

use super::children::Spawn;
use super::try_children::{TryChildren, TryGatherable};
use super::{Stage, Waiting};
use crate::progress::{Progress, unwind};

/// Runs fallible futures side by side, each as a task, and gives their values in argument order, or
/// the error that came first.
///
/// What `asyncio.gather` does with exceptions, for errors that are values. Takes a tuple of up to
/// twelve futures, or anything that iterates over futures of one type. Otherwise as
/// [`gather`](crate::gather): the tasks are created now, and start in the next iteration.
///
/// With the first error it resolves at once, and the other children run on: what becomes of them
/// nobody asks any more, only a panic is reported. To end them with the first error, use a
/// [`TaskGroup`](crate::TaskGroup).
///
/// Suspends until the values are there; for no arguments, not at all.
///
/// # Errors
///
/// That of the child that failed first.
///
/// # Cancel safety
///
/// If the one who awaits is cancelled, every child is, and their ends are waited for; should there
/// be an error or all values all the same, that is returned, and the request stays pending.
/// Dropping it (rather than cancelling its task) cancels the children and does not wait for them.
///
/// # Panics
///
/// Outside a running loop, naming the caller; with a child's own payload.
///
/// # Examples
///
/// ```
/// use std::num::ParseIntError;
/// use tulipa_combine::try_gather;
///
/// async fn parse(text: &str) -> Result<u32, ParseIntError> {
///     text.parse()
/// }
///
/// tulipa_test::run(async {
///     assert_eq!(try_gather((parse("1"), async { Ok("two") })).await, Ok((1, "two")));
///     assert!(try_gather(["1", "two", "3"].map(parse)).await.is_err());
/// });
/// ```
#[doc(alias = "try_join")]
#[doc(alias = "try_join_all")]
#[track_caller]
pub fn try_gather<S, G: TryGatherable<S>>(futures: G) -> TryGather<G::Children> {
    let progress = Rc::<Progress>::default();
    let (runtime, at) = (current(), Location::caller());
    let children = futures.try_spawn(&Spawn { runtime: &runtime, progress: &progress, at });
    TryGather(Stage::Waiting(Waiting::new(children, progress)))
}

/// The future of [`try_gather`].
#[must_use = "the tasks run, but their results are lost, and dropping this cancels them"]
pub struct TryGather<C: TryChildren>(Stage<C>);

impl<C: TryChildren> Future for TryGather<C> {
    type Output = Result<C::Good, C::Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let waiting = match &mut self.0 {
            Stage::Waiting(waiting) => waiting,
            Stage::Unwinding => return unwind(cx),
            Stage::Over => panic!("a gather was polled after it gave its results"),
        };
        if waiting.poll(cx, true).is_pending() {
            return Poll::Pending;
        }
        let asked = waiting.was_cancelled();
        // After a cancellation all have ended, and a panic or an error among them goes before it.
        let answer = || waiting.children.panicked().or_else(|| waiting.children.failed());
        let answer = if asked { answer() } else { None };
        let Some(place) = answer.or(waiting.progress.first_failed()) else {
            let values = waiting.children.good();
            self.0 = Stage::Over;
            return Poll::Ready(Ok(values));
        };
        let failure = waiting.children.failure(place);
        // This wait is over; children that have not ended run on.
        self.0 = Stage::Over;
        match failure {
            Ok(error) => return Poll::Ready(Err(error)),
            Err(failure) => _ = failure.resume_panic(),
        }
        self.0 = Stage::Unwinding;
        if asked { Poll::Pending } else { unwind(cx) }
    }
}

impl<C: TryChildren> Drop for TryGather<C> {
    fn drop(&mut self) {
        self.0.abandon();
    }
}

impl<C: TryChildren> FusedFuture for TryGather<C> {
    fn is_terminated(&self) -> bool {
        matches!(self.0, Stage::Over)
    }
}

impl<C: TryChildren> fmt::Debug for TryGather<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<TryGather {}>", self.0.name())
    }
}
