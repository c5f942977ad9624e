//! [`Cancelled`]: a cancellation that somebody has caught and must answer.

use std::fmt;
use std::future::poll_fn;
use std::sync::Arc;
use std::task::Poll;

use crate::frame;
use crate::shared::Shared;

/// A caught cancellation. It cannot be lost: only [`suppress`](Self::suppress) ends it.
///
/// [`resume`](Self::resume) goes on unwinding now. Merely dropping the token re-arms the
/// cancellation, so the next suspension unwinds. A token whose host has ended (a scope that is
/// over) is spent.
///
/// # Examples
///
/// ```
/// use futures_lite::future::{block_on, pending, yield_now};
/// use tulipa_cancel::{cancellable, catch_cancel};
///
/// let (work, handle) = cancellable(async {
///     match catch_cancel(pending::<()>()).await {
///         Ok(()) => unreachable!(),
///         Err(cancelled) => {
///             yield_now().await; // cleanup may await
///             cancelled.resume().await
///         }
///     }
/// });
/// handle.cancel();
/// assert!(block_on(work).is_err());
/// ```
#[must_use = "dropping the token re-arms the cancellation: call `resume().await` or `suppress()`"]
pub struct Cancelled {
    /// `None` once suppressed or resumed.
    shared: Option<Arc<Shared>>,
    message: Option<Arc<str>>,
}

impl Cancelled {
    pub(crate) fn new(shared: Arc<Shared>) -> Self {
        let message = shared.message();
        Self { shared: Some(shared), message }
    }

    /// The message that was given with the request.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// Forgets a re-arming by tokens of the same cancellation that were dropped with the future
    /// this token was taken from: it is one cancellation, and this token carries it.
    ///
    /// For writers of combinators: call it after dropping what the cancellation was taken from.
    pub fn absorb(&self) {
        if let Some(shared) = &self.shared {
            shared.take();
        }
    }

    /// Ends the cancellation: the code that caught it goes on as if nobody had asked.
    ///
    /// The count of [`cancelling`](crate::CancelHandle::cancelling) stays up until
    /// [`uncancel`](crate::CancelHandle::uncancel).
    #[doc(alias = "uncancel")]
    pub fn suppress(mut self) {
        self.shared = None;
    }

    /// Goes on unwinding: the enclosing nodes act, then the host ends cancelled.
    ///
    /// Always suspends and never comes back. If the token's host is not around the caller (its
    /// scope is over, or the token was carried into another task), what is around the caller is
    /// unwound instead.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future is the usual end of it.
    ///
    /// # Panics
    ///
    /// When it is polled outside any host, where there is nothing to unwind.
    #[doc(alias = "raise")]
    pub async fn resume(mut self) -> ! {
        let shared = self.shared.take();
        unwind(shared).await
    }
}

/// Ends the running code as if it had been cancelled, without a request: asyncio's
/// `raise CancelledError`.
///
/// Always suspends and never comes back; the enclosing nodes see an ordinary cancellation.
///
/// # Cancel safety
///
/// Dropping the future is the usual end of it.
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
    unwind(None).await
}

async fn unwind(shared: Option<Arc<Shared>>) -> ! {
    // Armed anew at each poll: if a sibling in the same task took the cancellation and suppressed
    // it, this code still has to go.
    poll_fn::<std::convert::Infallible, _>(|_| {
        match &shared {
            Some(shared) if frame::encloses(shared) && !shared.is_ended() => shared.rearm(),
            elsewhere => {
                if let Some(shared) = elsewhere {
                    shared.rearm();
                }
                frame::root()
                    .expect(
                        "a cancellation can only unwind inside a task, a scope or `cancellable`",
                    )
                    .rearm();
            }
        }
        Poll::Pending
    })
    .await;
    unreachable!("the future above never ends")
}

impl Drop for Cancelled {
    fn drop(&mut self) {
        if let Some(shared) = self.shared.take() {
            shared.rearm();
        }
    }
}

/// Cancellations that a node keeps for later: it waits for something first (the end of a task it
/// has passed the request to, the end of a shielded part) and then lets them go on.
///
/// Dropping it lets them go on too. Of one host it keeps one, as two requests are delivered as
/// one.
///
/// # Examples
///
/// ```
/// use tulipa_cancel::Held;
///
/// let mut held = Held::new();
/// assert!(held.is_empty());
/// held.release();
/// ```
#[derive(Debug, Default)]
pub struct Held(Vec<Cancelled>);

impl Held {
    /// Holds nothing.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Keeps a cancellation.
    pub fn hold(&mut self, token: Cancelled) {
        let known = |held: &Cancelled| match (&held.shared, &token.shared) {
            (Some(held), Some(new)) => Arc::ptr_eq(held, new),
            _ => false,
        };
        if self.0.iter().any(known) {
            token.suppress();
        } else {
            self.0.push(token);
        }
    }

    /// Whether nothing is held.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// [`Cancelled::absorb`] for all that is held.
    pub fn absorb(&self) {
        self.0.iter().for_each(Cancelled::absorb);
    }

    /// Lets what is held go on: it is pending again, and the next node outward sees it.
    pub fn release(&mut self) {
        self.0.clear();
    }
}

impl fmt::Debug for Cancelled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cancelled").field("message", &self.message).finish_non_exhaustive()
    }
}
