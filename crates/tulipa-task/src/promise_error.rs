//! How a promise can fail.

use std::error::Error;
use std::fmt;
use std::rc::Rc;

use tulipa_cancel::CancelledError;

/// What was asked for does not fit the state: a result while there is none, a second result.
///
/// Carries the value that could not be set, if there was one.
///
/// # Examples
///
/// ```
/// use tulipa_task::Promise;
///
/// tulipa_test::run(async {
///     let promise = Promise::new();
///     promise.cancel();
///     let error = promise.set_result("late").unwrap_err();
///     assert_eq!(error.to_string(), "invalid state: the promise is done already");
///     assert_eq!(error.value, "late");
/// });
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct InvalidStateError<T = ()> {
    /// The value that could not be set.
    pub value: T,
    what: &'static str,
    state: &'static str,
}

impl InvalidStateError {
    pub(crate) const fn pending(what: &'static str) -> Self {
        Self { value: (), what, state: "has no result yet" }
    }

    pub(crate) const fn taken(what: &'static str) -> Self {
        Self { value: (), what, state: "has given its result away" }
    }
}

impl<T> InvalidStateError<T> {
    pub(crate) const fn done(what: &'static str, value: T) -> Self {
        Self { value, what, state: "is done already" }
    }
}

impl<T> fmt::Display for InvalidStateError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invalid state: the {} {}", self.what, self.state)
    }
}

impl<T> fmt::Debug for InvalidStateError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "InvalidStateError({self})")
    }
}

impl<T> Error for InvalidStateError<T> {}

/// Why a promise has no value to give.
///
/// # Examples
///
/// ```
/// use tulipa_task::{Promise, PromiseError};
///
/// tulipa_test::run(async {
///     let promise = Promise::<u8>::new();
///     assert!(matches!(promise.result(), Err(PromiseError::InvalidState(_))));
///     promise.cancel_with("no longer needed");
///     let error = promise.result().unwrap_err();
///     assert_eq!(error.to_string(), "the promise was cancelled: no longer needed");
/// });
/// ```
#[derive(Clone, Debug)]
pub enum PromiseError {
    /// It has neither a result nor an exception yet.
    InvalidState(InvalidStateError),
    /// It was cancelled.
    Cancelled(CancelledError),
    /// It was given an error with `set_exception`.
    Exception(Rc<dyn Error>),
}

impl PromiseError {
    /// Whether the promise was cancelled.
    pub fn is_cancelled(&self) -> bool {
        matches!(self, Self::Cancelled(_))
    }
}

impl fmt::Display for PromiseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidState(error) => error.fmt(f),
            Self::Cancelled(error) => write!(f, "the promise was {error}"),
            Self::Exception(error) => error.fmt(f),
        }
    }
}

impl Error for PromiseError {}

impl From<CancelledError> for PromiseError {
    fn from(error: CancelledError) -> Self {
        Self::Cancelled(error)
    }
}
