//! [`ScopedTask`]: the handle on a child of a scope.

use std::cell::Cell;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use futures_core::FusedFuture;
use tulipa_cancel::{CancelHandle, CancelledError};

/// A child of a [`scope`](crate::scope()), and its output.
///
/// Awaiting it gives the output, or [`CancelledError`] if it was cancelled by [`cancel`] or its
/// scope was dropped. Dropping the handle changes nothing: the scope waits for the child.
///
/// [`cancel`]: Self::cancel
///
/// # Cancel safety
///
/// Awaiting by `&mut` loses nothing.
///
/// # Panics
///
/// Polling it after it gave the output.
pub struct ScopedTask<T> {
    outcome: Rc<Outcome<T>>,
    handle: CancelHandle,
    given: bool,
}

/// What a child leaves behind, and who waits for that.
pub(super) struct Outcome<T> {
    result: Cell<Option<Result<T, CancelledError>>>,
    done: Cell<bool>,
    waiter: Cell<Option<Waker>>,
}

impl<T> Default for Outcome<T> {
    fn default() -> Self {
        Self { result: Cell::new(None), done: Cell::new(false), waiter: Cell::new(None) }
    }
}

impl<T> Outcome<T> {
    /// Leaves the result; does nothing the second time.
    pub(super) fn finish(&self, result: Result<T, CancelledError>) {
        if self.done.replace(true) {
            return;
        }
        self.result.set(Some(result));
        if let Some(waiter) = self.waiter.take() {
            waiter.wake();
        }
    }
}

/// Says that there is no output, if the child is dropped before it ends.
pub(super) struct TellEnd<T>(pub(super) Rc<Outcome<T>>);

impl<T> Drop for TellEnd<T> {
    fn drop(&mut self) {
        self.0.finish(Err(CancelledError::new(None)));
    }
}

impl<T> ScopedTask<T> {
    pub(super) fn new(outcome: Rc<Outcome<T>>, handle: CancelHandle) -> Self {
        Self { outcome, handle, given: false }
    }

    /// Requests cancellation of this child alone; `false` if it has ended.
    ///
    /// This only requests: the child sees it where it waits, may catch it and clean up with awaits,
    /// as in every [`CancelScope`](tulipa_cancel::CancelScope).
    pub fn cancel(&self) -> bool {
        self.handle.cancel()
    }

    /// [`cancel`](Self::cancel) with a message that its error tells.
    pub fn cancel_with(&self, message: impl Into<Arc<str>>) -> bool {
        self.handle.cancel_with(message)
    }

    /// Whether it has ended.
    pub fn done(&self) -> bool {
        self.outcome.done.get()
    }
}

impl<T> Future for ScopedTask<T> {
    type Output = Result<T, CancelledError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        assert!(!self.given, "a child of a scope was awaited after it gave its output");
        if let Some(result) = self.outcome.result.take() {
            self.given = true;
            return Poll::Ready(result);
        }
        self.outcome.waiter.set(Some(cx.waker().clone()));
        Poll::Pending
    }
}

impl<T> Unpin for ScopedTask<T> {}

impl<T> FusedFuture for ScopedTask<T> {
    fn is_terminated(&self) -> bool {
        self.given
    }
}

impl<T> fmt::Debug for ScopedTask<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.done() { "<ScopedTask done>" } else { "<ScopedTask pending>" })
    }
}
