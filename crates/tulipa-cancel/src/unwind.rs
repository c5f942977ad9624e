//! [`Unwind`]: code that goes on unwinding; [`raise`] begins it without a request.

use std::convert::Infallible;
use std::future::poll_fn;
use std::sync::Arc;
use std::task::Poll;

use crate::frame;
use crate::shared::Shared;
use crate::token::Cancelled;

/// Keeps a cancellation going until the code that polls it is dropped.
pub(crate) struct Unwind {
    token: Option<Cancelled>,
    /// The host that is being unwound, once polled.
    host: Option<Arc<Shared>>,
}

impl Unwind {
    pub(crate) fn new(token: Option<Cancelled>) -> Self {
        Self { token, host: None }
    }

    /// Sees to it that a host around the caller is being unwound. Call it on each poll, then
    /// return `Pending`: a future may be moved from one host into another between polls.
    pub(crate) fn poll(&mut self) {
        if let Some(host) = self.host.as_ref().filter(|host| frame::unwinds(host)) {
            host.keep_unwinding();
            return;
        }
        self.stop();
        // A token for another place is dropped, and re-arms what it is for.
        let token = self.token.take().filter(Cancelled::unwinds_here);
        self.host = token.and_then(Cancelled::start_unwinding).or_else(|| {
            let host = frame::outermost_visible().expect(
                "a cancellation can only unwind inside a task, a scope or `cancellable`: await it \
                 in one of them",
            );
            host.start_unwinding(false);
            Some(host)
        });
    }

    pub(crate) async fn forever(mut self) -> ! {
        let never: Infallible = poll_fn(|_| {
            self.poll();
            Poll::Pending
        })
        .await;
        match never {}
    }

    fn stop(&mut self) {
        if let Some(host) = self.host.take() {
            host.stop_unwinding();
        }
    }
}

impl Drop for Unwind {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Ends the running code as if it had been cancelled, without a request: asyncio's
/// `raise CancelledError`.
///
/// Unwinds the outermost host around the caller (the task, or what a shield protects). The
/// enclosing nodes see an ordinary cancellation; `cancelling` does not count it. Always suspends
/// and never comes back.
///
/// # Cancel safety
///
/// Dropping the future is the usual end of it: whoever took the cancellation drops it. Dropped by
/// anybody else, it leaves the cancellation pending.
///
/// # Panics
///
/// When it is polled outside any host, where there is nothing to unwind.
///
/// # Examples
///
/// ```
/// use futures_lite::future::block_on;
/// use tulipa_cancel::{cancellable, raise};
///
/// let (work, _handle) = cancellable(async { raise().await });
/// assert!(block_on(work).is_err());
/// ```
pub async fn raise() -> ! {
    Unwind::new(None).forever().await
}
