//! [`Source`]: a registered descriptor with its readiness remembered.
//!
//! How a report and those who wait for it meet is told in `direction.rs`.

use std::fmt;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::{Arc, Weak};
use std::task::{Context, Poll, ready};

use crate::direction::{Direction, Ready};
use crate::reactor::Interest;

/// What a loop does for a source it has registered; callable from any thread.
pub trait Registration: Send + Sync {
    /// Asks for a report of the next readiness. An edge-triggered loop has nothing to do here.
    ///
    /// # Errors
    ///
    /// What the operating system says.
    fn arm(&self, io: BorrowedFd<'_>, readable: bool, writable: bool) -> io::Result<()>;

    /// Forgets the descriptor, which is about to be closed.
    fn deregister(&self, io: BorrowedFd<'_>);
}

/// A registered descriptor. Cheap to clone; usable from any thread.
///
/// Readiness is remembered: as long as the last operation did what was asked, the next may be
/// tried at once, without a call that only asks.
#[derive(Clone)]
pub struct Source(Arc<Inner>);

struct Inner {
    io: OwnedFd,
    read: Direction,
    write: Direction,
    registration: Box<dyn Registration>,
}

impl Source {
    /// A source for a descriptor that is being registered. It starts as ready, which costs one
    /// call that says otherwise, or none if it is true: an accepted socket often has data.
    pub fn new(io: OwnedFd, registration: Box<dyn Registration>) -> Self {
        let [read, write] = [Direction::new_ready(), Direction::new_ready()];
        Self(Arc::new(Inner { io, read, write, registration }))
    }

    fn direction(&self, interest: Interest) -> &Direction {
        match interest {
            Interest::Readable => &self.0.read,
            Interest::Writable => &self.0.write,
        }
    }

    /// The source without keeping it registered.
    pub fn downgrade(&self) -> WeakSource {
        WeakSource(Arc::downgrade(&self.0))
    }

    /// For the loop: the operating system has reported readiness.
    pub fn report(&self, readable: bool, writable: bool) {
        if readable {
            self.0.read.report();
        }
        if writable {
            self.0.write.report();
        }
    }

    /// Whether it is ready as far as is known; if not, the task is woken when it is.
    ///
    /// Several tasks may wait for one direction; all are woken, in the order in which they began
    /// to wait. A waker stays until the next report, also if its future is dropped before.
    ///
    /// # Errors
    ///
    /// What the operating system says when readiness is asked for.
    pub fn poll_ready(&self, interest: Interest, cx: &Context<'_>) -> Poll<io::Result<Ready>> {
        let direction = self.direction(interest);
        if let Some(ready) = direction.ready().or_else(|| direction.wait(cx.waker())) {
            return Poll::Ready(Ok(ready));
        }
        let [readable, writable] = [&self.0.read, &self.0.write].map(Direction::is_awaited);
        match self.0.registration.arm(self.0.io.as_fd(), readable, writable) {
            Ok(()) => Poll::Pending,
            Err(error) => Poll::Ready(Err(error)),
        }
    }

    /// Says that the descriptor was not ready, or is used up (a read that filled less than its
    /// buffer). A report that came since `ready` was seen stands.
    pub fn clear(&self, interest: Interest, ready: Ready) {
        self.direction(interest).clear(ready);
    }

    /// Tries an operation until it does not say that it would block.
    ///
    /// # Errors
    ///
    /// The operation's own, other than [`WouldBlock`](io::ErrorKind::WouldBlock).
    pub fn poll_io<T>(
        &self,
        interest: Interest,
        cx: &Context<'_>,
        mut operation: impl FnMut(BorrowedFd<'_>) -> io::Result<T>,
    ) -> Poll<io::Result<T>> {
        loop {
            let ready = ready!(self.poll_ready(interest, cx))?;
            match operation(self.as_fd()) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    self.clear(interest, ready);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                done => return Poll::Ready(done),
            }
        }
    }
}

/// A registered descriptor, without keeping it registered: what a loop's table holds.
#[derive(Clone, Debug)]
pub struct WeakSource(Weak<Inner>);

impl WeakSource {
    /// The source, if any clone of it is left.
    pub fn upgrade(&self) -> Option<Source> {
        self.0.upgrade().map(Source)
    }
}

impl AsFd for Source {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.io.as_fd()
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.registration.deregister(self.io.as_fd());
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Source")
            .field("io", &self.0.io)
            .field("readable", &self.0.read.ready().is_some())
            .field("writable", &self.0.write.ready().is_some())
            .finish()
    }
}
