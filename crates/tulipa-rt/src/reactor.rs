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
///
/// # Examples
///
/// A leaf future that reads; on a real loop the report comes from the operating system.
///
/// ```
/// use std::future::poll_fn;
/// use std::io::{Read, Write};
/// use std::os::unix::net::UnixStream;
/// use std::time::Duration;
/// use tulipa_rt::{Interest::Readable, Reactor};
/// use tulipa_test::TestLoop;
///
/// let (ours, mut peer) = UnixStream::pair()?;
/// ours.set_nonblocking(true)?;
/// let test_loop = TestLoop::new();
/// let source = test_loop.runtime().register(ours.try_clone()?.into())?;
/// test_loop.report_after(Duration::from_secs(1), &source, Readable);
/// peer.write_all(b"spam")?;
///
/// let read = test_loop.run_until_complete(poll_fn(move |cx| {
///     source.poll_io(Readable, cx, |_| (&ours).read(&mut [0; 16]))
/// }));
/// assert_eq!(read??, 4);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Reactor {
    /// Registers a non-blocking descriptor, once for its whole life. Never blocks.
    ///
    /// The [`Source`] owns the descriptor and takes it out of the loop when its last clone drops.
    ///
    /// # Errors
    ///
    /// What the operating system says, with the descriptor closed: it cannot be polled (a
    /// regular file), or a limit is reached. A loop that has closed may refuse it too.
    fn register(&self, io: OwnedFd) -> io::Result<Source>;
}
