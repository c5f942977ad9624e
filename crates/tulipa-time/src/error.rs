//! [`TimeoutError`]: a deadline passed first.

use std::error::Error;
use std::fmt;

/// The deadline passed before the future had ended.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct TimeoutError(());

impl TimeoutError {
    /// The error, for those who keep deadlines of their own.
    pub const fn new() -> Self {
        Self(())
    }
}

impl Default for TimeoutError {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Display for TimeoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the deadline passed before the future had ended")
    }
}

/// What `main` prints of an error that it returns, so it says what `Display` says.
impl fmt::Debug for TimeoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TimeoutError({self})")
    }
}

impl Error for TimeoutError {}

impl From<TimeoutError> for std::io::Error {
    fn from(error: TimeoutError) -> Self {
        Self::new(std::io::ErrorKind::TimedOut, error)
    }
}
