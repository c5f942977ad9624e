//! [`Reactor`]: be woken when a file descriptor is ready.

use std::io;
use std::os::fd::OwnedFd;

use crate::Source;

/// Which readiness is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Interest {
    /// There is something to read, or the end of it.
    Readable,
    /// There is room to write.
    Writable,
}

/// The I/O of a loop. Used on the loop's thread only; what it gives out may go anywhere.
pub trait Reactor {
    /// Registers a non-blocking descriptor, once for its whole life.
    ///
    /// The [`Source`] owns the descriptor and takes it out of the loop when its last clone drops.
    ///
    /// # Errors
    ///
    /// What the operating system says, with the descriptor closed: it cannot be polled (a
    /// regular file), or a limit is reached.
    fn register(&self, io: OwnedFd) -> io::Result<Source>;
}
