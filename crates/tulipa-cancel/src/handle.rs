//! [`CancelHandle`]: cancels a host from outside.

use std::fmt;
use std::sync::Arc;

use crate::shared::Shared;

/// Cancels a host from outside: a task, a [`cancellable`](crate::cancellable) future, a scope.
///
/// Cheap to clone, usable from any thread; it does not keep the host alive. None of its methods
/// suspends or runs code of the host; a method that wakes the host calls its wakers before it
/// returns.
///
/// # Examples
///
/// ```
/// use futures_lite::future::{block_on, pending};
/// use tulipa_cancel::cancellable;
///
/// let (work, handle) = cancellable(pending::<()>());
/// assert!(handle.cancel());
/// assert!(block_on(work).is_err());
/// assert!(!handle.cancel(), "it has ended");
/// ```
#[derive(Clone)]
pub struct CancelHandle {
    pub(crate) shared: Arc<Shared>,
}

impl CancelHandle {
    /// Requests cancellation; `false` if the host has ended already.
    ///
    /// This only requests: the cancellation is seen when the host is next polled and its
    /// innermost future is pending. Requests that arrive before that are delivered as one.
    pub fn cancel(&self) -> bool {
        self.shared.request(None)
    }

    /// Requests cancellation with a message that [`Cancelled::message`](crate::Cancelled::message)
    /// gives back. Otherwise as [`cancel`](Self::cancel); of several requests that are delivered
    /// as one, the last one's message is told.
    ///
    /// # Examples
    ///
    /// ```
    /// use futures_lite::future::{block_on, pending};
    /// use tulipa_cancel::cancellable;
    ///
    /// let (work, handle) = cancellable(pending::<()>());
    /// assert!(handle.cancel_with("the user left"));
    /// assert_eq!(block_on(work).unwrap_err().message(), Some("the user left"));
    /// ```
    #[doc(alias = "msg")]
    #[doc(alias = "reason")]
    pub fn cancel_with(&self, message: impl Into<Arc<str>>) -> bool {
        self.shared.request(Some(message.into()))
    }

    /// How many requests are outstanding: calls of `cancel` less calls of `uncancel`.
    pub fn cancelling(&self) -> u32 {
        self.shared.requests()
    }

    /// Gives one request back and returns how many remain. At zero, a request that nobody has
    /// seen yet is withdrawn too. Never goes below zero.
    ///
    /// # Examples
    ///
    /// ```
    /// use futures_lite::future::{block_on, yield_now};
    /// use tulipa_cancel::cancellable;
    ///
    /// let (work, handle) = cancellable(yield_now());
    /// handle.cancel();
    /// assert_eq!(handle.uncancel(), 0);
    /// assert_eq!(block_on(work), Ok(()), "withdrawn");
    /// ```
    pub fn uncancel(&self) -> u32 {
        self.shared.uncancel()
    }

    /// Whether requests are outstanding: cancellation was requested and not given back.
    pub fn cancel_called(&self) -> bool {
        self.cancelling() > 0
    }

    /// Whether a request was seen, by something in the host or by the host itself: one that comes
    /// when the value is there already is seen by nobody.
    ///
    /// # Examples
    ///
    /// ```
    /// use futures_lite::future::block_on;
    /// use tulipa_cancel::cancellable;
    ///
    /// let (work, handle) = cancellable(async { 1 });
    /// handle.cancel();
    /// assert_eq!(block_on(work), Ok(1));
    /// assert!(handle.cancel_called() && !handle.cancel_seen());
    /// ```
    pub fn cancel_seen(&self) -> bool {
        self.shared.is_seen()
    }

    /// Whether the host was ended by its own cancellation.
    pub fn cancelled_caught(&self) -> bool {
        self.shared.is_caught()
    }

    /// Whether the host has ended, in whatever way.
    pub fn ended(&self) -> bool {
        self.shared.is_ended()
    }

    /// Whether both handles cancel the same host.
    pub fn same_host(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.shared, &other.shared)
    }
}

impl fmt::Debug for CancelHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CancelHandle")
            .field("pending", &self.shared.is_pending())
            .field("cancelling", &self.cancelling())
            .field("ended", &self.ended())
            .finish()
    }
}
