//! The errors of queues.

use core::error::Error;
use core::fmt;

/// [`Queue::put`](crate::Queue::put) on a queue that was shut down; holds the item.
#[derive(Clone, Copy, PartialEq, Eq)]
#[doc(alias = "QueueShutDown")]
pub struct PutError<T>(pub T);

impl<T> PutError<T> {
    /// The item that was not put.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> fmt::Debug for PutError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PutError").finish_non_exhaustive()
    }
}

impl<T> fmt::Display for PutError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the item was not put: the queue is shut down")
    }
}

impl<T> Error for PutError<T> {}

/// Why [`Queue::put_nowait`](crate::Queue::put_nowait) did not put; holds the item.
#[derive(Clone, Copy, PartialEq, Eq)]
#[doc(alias("QueueFull", "QueueShutDown"))]
pub enum TryPutError<T> {
    /// The queue holds as many items as it may.
    Full(T),
    /// The queue is shut down.
    ShutDown(T),
}

impl<T> TryPutError<T> {
    /// The item that was not put.
    pub fn into_inner(self) -> T {
        match self {
            Self::Full(item) | Self::ShutDown(item) => item,
        }
    }

    /// True if there was no room.
    pub fn is_full(&self) -> bool {
        matches!(self, Self::Full(_))
    }

    /// True if the queue is shut down.
    pub fn is_shut_down(&self) -> bool {
        matches!(self, Self::ShutDown(_))
    }
}

impl<T> fmt::Debug for TryPutError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Full(_) => "Full(..)",
            Self::ShutDown(_) => "ShutDown(..)",
        })
    }
}

impl<T> fmt::Display for TryPutError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Full(_) => "the item was not put: the queue is full",
            Self::ShutDown(_) => "the item was not put: the queue is shut down",
        })
    }
}

impl<T> Error for TryPutError<T> {}

/// [`Queue::get`](crate::Queue::get) on a queue that was shut down and is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "QueueShutDown")]
pub struct GetError(pub(crate) ());

impl fmt::Display for GetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no item will come: the queue is shut down and empty")
    }
}

impl Error for GetError {}

/// Why [`Queue::get_nowait`](crate::Queue::get_nowait) has no item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias("QueueEmpty", "QueueShutDown"))]
pub enum TryGetError {
    /// The queue is empty.
    Empty,
    /// The queue is empty and shut down.
    ShutDown,
}

impl fmt::Display for TryGetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "the queue is empty",
            Self::ShutDown => "no item will come: the queue is shut down and empty",
        })
    }
}

impl Error for TryGetError {}

/// [`Queue::task_done`](crate::Queue::task_done) called more often than items were put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TaskDoneError(pub(crate) ());

impl fmt::Display for TaskDoneError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("task_done() was called more often than items were put; call it once per get")
    }
}

impl Error for TaskDoneError {}
