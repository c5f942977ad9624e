//! The errors of channels.

use core::error::Error;
use core::fmt;

/// [`Sender::send`](crate::Sender::send) when all receivers are gone; holds the item.
#[derive(Clone, Copy, PartialEq, Eq)]
#[doc(alias = "BrokenResourceError")]
pub struct SendError<T>(pub T);

impl<T> SendError<T> {
    /// The item that was not sent.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> fmt::Debug for SendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendError").finish_non_exhaustive()
    }
}

impl<T> fmt::Display for SendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the item was not sent: all receivers are gone")
    }
}

impl<T> Error for SendError<T> {}

/// Why [`Sender::try_send`](crate::Sender::try_send) did not send; holds the item.
#[derive(Clone, Copy, PartialEq, Eq)]
#[doc(alias("WouldBlock", "BrokenResourceError"))]
pub enum TrySendError<T> {
    /// There is no room, and no receiver waits.
    Full(T),
    /// All receivers are gone.
    Closed(T),
}

impl<T> TrySendError<T> {
    /// The item that was not sent.
    pub fn into_inner(self) -> T {
        match self {
            Self::Full(item) | Self::Closed(item) => item,
        }
    }

    /// True if there was no room.
    pub fn is_full(&self) -> bool {
        matches!(self, Self::Full(_))
    }

    /// True if all receivers are gone.
    pub fn is_closed(&self) -> bool {
        matches!(self, Self::Closed(_))
    }
}

impl<T> fmt::Debug for TrySendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Full(_) => "Full(..)",
            Self::Closed(_) => "Closed(..)",
        })
    }
}

impl<T> fmt::Display for TrySendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Full(_) => "the item was not sent: there is no room and no receiver waits",
            Self::Closed(_) => "the item was not sent: all receivers are gone",
        })
    }
}

impl<T> Error for TrySendError<T> {}

/// [`Receiver::recv`](crate::Receiver::recv) when all senders are gone and nothing is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "EndOfChannel")]
pub struct RecvError(pub(crate) ());

impl fmt::Display for RecvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no item will come: all senders are gone and nothing is left")
    }
}

impl Error for RecvError {}

/// Why [`Receiver::try_recv`](crate::Receiver::try_recv) has no item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias("WouldBlock", "EndOfChannel"))]
pub enum TryRecvError {
    /// There is no item now.
    Empty,
    /// There is no item, and all senders are gone.
    Closed,
}

impl fmt::Display for TryRecvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "there is no item now",
            Self::Closed => "no item will come: all senders are gone and nothing is left",
        })
    }
}

impl Error for TryRecvError {}
