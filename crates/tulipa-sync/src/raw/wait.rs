//! The one future of this crate: an operation, and the place in a queue it may have to wait in.
//!
//! # Protocol
//!
//! `waiter` is pinned with the future; `operation` is not, and is handed out as `&mut`. The
//! operation links the waiter when it has to wait. Dropped meanwhile, `Wait` has the operation
//! take it out again before the memory goes (else the waiter's own destructor aborts).

use core::fmt;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};

use super::waiters::Waiter;

/// What a [`Wait`] waits for.
pub trait Operation {
    /// What comes of it.
    type Output;
    /// What lies in the queue with the waiter, for others to take or to fill.
    type Payload;

    /// Tries once; leaves the waiter in line if it has to wait.
    fn poll(
        &mut self,
        waiter: Pin<&mut Waiter<Self::Payload>>,
        cx: &mut Context<'_>,
    ) -> Poll<Self::Output>;

    /// Takes the waiter out of line, if it is in one, and passes on a wake-up it had been given.
    fn abandon(&mut self, waiter: Pin<&mut Waiter<Self::Payload>>);
}

/// The future that all primitives return: named by what it waits for, as in [`Acquire`].
///
/// Its place in the queue lies in itself, so waiting allocates nothing.
///
/// # Cancel safety
///
/// Dropping it takes it out of the queue. A wake-up (a lock handed over, a notification, an item
/// to be had) that it had been given and had not used yet goes to the next in line.
///
/// # Panics
///
/// Polling it again after it was ready may panic.
///
/// [`Acquire`]: crate::Acquire
#[must_use = "futures do nothing unless awaited"]
pub struct Wait<O: Operation> {
    operation: O,
    waiter: Waiter<O::Payload>,
}

impl<O: Operation<Payload = ()>> Wait<O> {
    pub(crate) const fn new(operation: O) -> Self {
        Self::with_payload(operation, ())
    }
}

impl<O: Operation> Wait<O> {
    pub(crate) const fn with_payload(operation: O, payload: O::Payload) -> Self {
        Self { operation, waiter: Waiter::new(payload) }
    }

    /// The operation, and the pinned waiter.
    pub(crate) fn project(self: Pin<&mut Self>) -> (&mut O, Pin<&mut Waiter<O::Payload>>) {
        // SAFETY: `waiter` stays where it is: it is handed out pinned, here and in `drop`, and
        // `Wait` is `!Unpin` because of it. Nobody ever gets a pinned `operation`.
        unsafe {
            let this = self.get_unchecked_mut();
            (&mut this.operation, Pin::new_unchecked(&mut this.waiter))
        }
    }
}

impl<O: Operation> Future for Wait<O> {
    type Output = O::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let (operation, waiter) = self.project();
        operation.poll(waiter, cx)
    }
}

impl<O: Operation> Drop for Wait<O> {
    fn drop(&mut self) {
        // SAFETY: it is dropped in place and not moved any more.
        let waiter = unsafe { Pin::new_unchecked(&mut self.waiter) };
        self.operation.abandon(waiter);
    }
}

impl<O: Operation + fmt::Debug> fmt::Debug for Wait<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.operation.fmt(f)
    }
}
