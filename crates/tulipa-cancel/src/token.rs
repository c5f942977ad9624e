//! [`Cancelled`]: a cancellation that somebody has caught and must answer.

use std::fmt;
use std::sync::Arc;

use crate::frame;
use crate::shared::Shared;
use crate::unwind::Unwind;

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

    /// Forgets a re-arming by tokens that were dropped with the future this token was taken from:
    /// it is one cancellation, and this token carries it.
    ///
    /// For those who write combinators: call it after dropping what the cancellation was taken
    /// from, on the same poll.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::future::{Future, poll_fn};
    /// use futures_lite::future::{block_on, pending, yield_now};
    /// use tulipa_cancel::{Cancelled, Node, cancellable, catch_cancel, current};
    ///
    /// // As `catch_cancel`.
    /// async fn catch<F: Future>(inner: F) -> Result<F::Output, Cancelled> {
    ///     let mut node = Node::new();
    ///     let mut inner = Box::pin(inner);
    ///     let result = poll_fn(|cx| node.poll(cx, |cx| inner.as_mut().poll(cx))).await;
    ///     drop(inner); // tokens that it held re-arm the cancellation
    ///     result.inspect_err(Cancelled::absorb)
    /// }
    ///
    /// let (work, handle) = cancellable(async {
    ///     let caught = catch(async {
    ///         let _unanswered = catch_cancel(pending::<()>()).await;
    ///         current().unwrap().cancel(); // a second request
    ///         pending::<()>().await
    ///     });
    ///     caught.await.unwrap_err().suppress();
    ///     catch_cancel(yield_now()).await.is_ok()
    /// });
    /// handle.cancel();
    /// assert_eq!(block_on(work), Ok(true), "one answer was enough");
    /// ```
    pub fn absorb(&self) {
        if let Some(shared) = &self.shared {
            frame::absorb(shared);
        }
    }

    /// Ends the cancellation: the code that caught it goes on as if nobody had asked.
    ///
    /// The count of [`cancelling`](crate::CancelHandle::cancelling) stays up until
    /// [`uncancel`](crate::CancelHandle::uncancel).
    #[doc(alias = "uncancel")]
    pub fn suppress(mut self) {
        if let Some(shared) = self.shared.take() {
            shared.suppress();
        }
    }

    /// Goes on unwinding: the enclosing nodes act, then the host ends cancelled.
    ///
    /// Always suspends and never comes back. If the caller does not see cancellations of the
    /// token's host (its scope is over, a shield is between, the token was carried into another
    /// task), what is around the caller is unwound instead, up to the shield, and the token counts
    /// as dropped. A future that is never polled drops the token, too.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future is the usual end of it: whoever took the cancellation drops it. Dropped
    /// by anybody else, it re-arms the cancellation, as dropping the token does.
    ///
    /// # Panics
    ///
    /// When it is polled outside any host, where there is nothing to unwind.
    #[doc(alias = "raise")]
    pub async fn resume(self) -> ! {
        Unwind::new(Some(self)).forever().await
    }

    /// Whether it is of a host around the running code, and can unwind it.
    pub(crate) fn unwinds_here(&self) -> bool {
        self.shared.as_deref().is_some_and(frame::unwinds)
    }

    /// The token turns into code that unwinds its host.
    pub(crate) fn start_unwinding(mut self) -> Option<Arc<Shared>> {
        let shared = self.shared.take()?;
        shared.start_unwinding(true);
        Some(shared)
    }
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
/// assert!(!held.release());
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
    ///
    /// Whether some of it is for the code that calls this, which returns `Pending` then and is
    /// dropped. `false` if nothing was held, or only what is for others: since it was taken, its
    /// scope may have ended, or the combinator may have moved into another task or a shield.
    ///
    /// # Examples
    ///
    /// ```
    /// use futures_lite::future::{block_on, pending};
    /// use tulipa_cancel::{CancelScope, Held, cancellable, catch_cancel};
    ///
    /// let (work, _handle) = cancellable(async {
    ///     let (mut held, scope) = (Held::new(), CancelScope::new());
    ///     scope.handle().cancel();
    ///     let taken = scope.run(async {
    ///         held.hold(catch_cancel(pending::<()>()).await.unwrap_err());
    ///     });
    ///     taken.await.unwrap();
    ///     held.release()
    /// });
    /// assert_eq!(block_on(work), Ok(false), "the scope is over");
    /// ```
    #[inline]
    pub fn release(&mut self) -> bool {
        // Nearly always there is nothing.
        !self.0.is_empty() && self.release_all()
    }

    fn release_all(&mut self) -> bool {
        let here = self.0.iter().any(Cancelled::unwinds_here);
        self.0.clear();
        here
    }
}

impl fmt::Debug for Cancelled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cancelled").field("message", &self.message).finish_non_exhaustive()
    }
}
