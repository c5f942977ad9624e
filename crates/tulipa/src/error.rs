//! [`RunError`]: why a run ended without a value.

use std::error::Error;
use std::fmt;
use std::io;

use tulipa_task::JoinError;

/// Why a run has no value to give: of [`Runner::run`](crate::Runner::run) or
/// [`EventLoop::run_until_complete`](crate::EventLoop::run_until_complete).
#[derive(Debug)]
#[non_exhaustive]
pub enum RunError {
    /// The loop is running already, or another loop is running on this thread.
    AlreadyRunning,
    /// The loop has been closed.
    Closed,
    /// The loop was stopped before the future had ended. Its task is pending still, and goes on
    /// in the next run.
    Stopped,
    /// The future was cancelled.
    Cancelled(JoinError),
    /// Ctrl-C ended the run: see [`Runner`](crate::Runner).
    #[doc(alias = "KeyboardInterrupt")]
    Interrupted,
    /// The operating system's poller failed.
    Io(io::Error),
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AlreadyRunning => tulipa_loop::RunError::AlreadyRunning.fmt(f),
            Self::Closed => tulipa_loop::RunError::Closed.fmt(f),
            Self::Stopped => f.write_str("the event loop was stopped before the future had ended"),
            Self::Cancelled(error) => error.fmt(f),
            Self::Interrupted => f.write_str("the run was interrupted by Ctrl-C"),
            Self::Io(error) => write!(f, "the poller failed: {error}"),
        }
    }
}

impl Error for RunError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Cancelled(error) => Some(error),
            Self::Io(error) => Some(error),
            Self::AlreadyRunning | Self::Closed | Self::Stopped | Self::Interrupted => None,
        }
    }
}

impl From<io::Error> for RunError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<tulipa_loop::RunError> for RunError {
    fn from(error: tulipa_loop::RunError) -> Self {
        match error {
            tulipa_loop::RunError::AlreadyRunning => Self::AlreadyRunning,
            tulipa_loop::RunError::Io(error) => Self::Io(error),
            _ => Self::Closed,
        }
    }
}
