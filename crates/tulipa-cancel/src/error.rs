//! The error of a host that ended by its own cancellation.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

/// A future was cancelled from outside and did not suppress it.
///
/// # Examples
///
/// ```
/// use futures_lite::future::{block_on, pending};
/// use tulipa_cancel::cancellable;
///
/// let (work, handle) = cancellable(pending::<()>());
/// assert!(handle.cancel_with("the user left"));
/// let error = block_on(work).unwrap_err();
/// assert_eq!(error.message(), Some("the user left"));
/// assert_eq!(error.to_string(), "cancelled: the user left");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CancelledError {
    message: Option<Arc<str>>,
}

impl CancelledError {
    /// The error with the message of the request, if it had one.
    pub const fn new(message: Option<Arc<str>>) -> Self {
        Self { message }
    }

    /// The message that was given with the request.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }
}

impl fmt::Display for CancelledError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.message() {
            Some(message) => write!(f, "cancelled: {message}"),
            None => f.write_str("cancelled"),
        }
    }
}

impl Error for CancelledError {}
