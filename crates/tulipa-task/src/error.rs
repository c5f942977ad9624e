//! How a task can fail: [`JoinError`]; why it has no result to look at: [`ResultError`].

use std::any::Any;
use std::error::Error;
use std::fmt;
use std::panic::resume_unwind;
use std::sync::{Arc, Mutex, PoisonError};

use tulipa_cancel::CancelledError;
use tulipa_rt::{ExceptionContext, Header, TaskId};

use crate::promise_error::InvalidStateError;

/// A task ended without a value: it was cancelled, or it panicked.
///
/// # Examples
///
/// ```
/// use tulipa_task::create_task;
///
/// tulipa_test::run(async {
///     let task = create_task(std::future::pending::<()>()).with_name("idle");
///     task.cancel_with("shutting down");
///     let error = task.await.unwrap_err();
///     assert!(error.is_cancelled());
///     assert_eq!(error.to_string(), "task 'idle' was cancelled: shutting down");
/// });
/// ```
pub struct JoinError(Box<Inner>);

struct Inner {
    task: TaskId,
    name: Arc<str>,
    kind: Kind,
}

enum Kind {
    Cancelled(CancelledError),
    /// The payload is `Send` but not `Sync`; the lock makes the error both.
    Panicked {
        text: String,
        payload: Mutex<Box<dyn Any + Send>>,
    },
}

impl JoinError {
    fn new(header: &Header, kind: Kind) -> Self {
        Self(Box::new(Inner { task: header.id(), name: header.name(), kind }))
    }

    pub(crate) fn cancelled(header: &Header, error: CancelledError) -> Self {
        Self::new(header, Kind::Cancelled(error))
    }

    pub(crate) fn panicked(header: &Header, payload: Box<dyn Any + Send>) -> Self {
        let text = ExceptionContext::new("").panic(&*payload);
        let text = text.exception_text().unwrap_or_default().to_owned();
        Self::new(header, Kind::Panicked { text, payload: Mutex::new(payload) })
    }

    /// Whether the task was cancelled.
    pub fn is_cancelled(&self) -> bool {
        matches!(self.0.kind, Kind::Cancelled(_))
    }

    /// Whether the task panicked.
    pub fn is_panic(&self) -> bool {
        !self.is_cancelled()
    }

    /// The cancellation, if that is what ended the task.
    pub fn as_cancelled(&self) -> Option<&CancelledError> {
        match &self.0.kind {
            Kind::Cancelled(error) => Some(error),
            Kind::Panicked { .. } => None,
        }
    }

    /// What the panic said, if that is what ended the task.
    pub fn panic_message(&self) -> Option<&str> {
        match &self.0.kind {
            Kind::Cancelled(_) => None,
            Kind::Panicked { text, .. } => Some(text),
        }
    }

    /// The payload of the panic.
    ///
    /// # Errors
    ///
    /// Gives the error back if the task was cancelled.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::panic::panic_any;
    /// use tulipa_task::{Task, create_task};
    ///
    /// tulipa_test::run(async {
    ///     let task: Task<()> = create_task(async { panic_any(404_u16) });
    ///     let payload = task.await.unwrap_err().try_into_panic().unwrap();
    ///     assert_eq!(payload.downcast_ref(), Some(&404_u16));
    /// });
    /// ```
    pub fn try_into_panic(self) -> Result<Box<dyn Any + Send>, Self> {
        match self.0.kind {
            Kind::Panicked { payload, .. } => {
                Ok(payload.into_inner().unwrap_or_else(PoisonError::into_inner))
            }
            kind @ Kind::Cancelled(_) => Err(Self(Box::new(Inner { kind, ..*self.0 }))),
        }
    }

    /// Goes on with the panic, if there was one; gives the error back if the task was cancelled.
    ///
    /// # Panics
    ///
    /// With the task's own payload.
    ///
    /// # Examples
    ///
    /// ```should_panic
    /// use tulipa_task::create_task;
    ///
    /// tulipa_test::run(async {
    ///     let task = create_task(async { panic!("the task's own words") });
    ///     match task.await {
    ///         Ok(()) => {}
    ///         Err(error) => drop(error.resume_panic()),
    ///     }
    /// });
    /// ```
    #[must_use = "a cancelled task's error comes back"]
    pub fn resume_panic(self) -> Self {
        match self.try_into_panic() {
            Ok(payload) => resume_unwind(payload),
            Err(error) => error,
        }
    }

    /// The task that ended.
    pub fn task_id(&self) -> TaskId {
        self.0.task
    }

    /// The name of the task that ended.
    pub fn task_name(&self) -> &str {
        &self.0.name
    }
}

impl fmt::Display for JoinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = &self.0.name;
        match &self.0.kind {
            Kind::Cancelled(error) => write!(f, "task '{name}' was {error}"),
            Kind::Panicked { text, .. } => write!(f, "task '{name}' panicked: {text}"),
        }
    }
}

impl fmt::Debug for JoinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "JoinError({self})")
    }
}

impl Error for JoinError {}

/// Why a task has no result to look at.
///
/// # Examples
///
/// ```
/// use tulipa_task::{ResultError, create_task};
///
/// tulipa_test::run(async {
///     let mut task = create_task(async { 1 });
///     assert!(matches!(task.result(), Err(ResultError::InvalidState(_))));
///     (&mut task).await.unwrap();
///     assert!(matches!(task.result(), Err(ResultError::Taken)));
/// });
/// ```
#[derive(Debug)]
pub enum ResultError<'a> {
    /// It has not ended.
    InvalidState(InvalidStateError),
    /// It ended without a value.
    Failed(&'a JoinError),
    /// Awaiting it has moved the result out.
    Taken,
}

impl fmt::Display for ResultError<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidState(error) => error.fmt(f),
            Self::Failed(error) => error.fmt(f),
            Self::Taken => f.write_str("the result has been taken: the task was awaited before"),
        }
    }
}

impl Error for ResultError<'_> {}
