//! [`Source`]: a registered descriptor with its readiness remembered.
//!
//! # Protocol
//!
//! Each direction is one word, `tick << 1 | ready`, and the wakers of those who wait for it. The
//! loop counts the tick up and sets the bit when the operating system reports readiness, then
//! wakes. Who found the descriptor not ready after all gives back the word it had seen: the bit
//! is cleared only if the tick is still the same, so a report that came in between is not lost.
//! Who waits leaves its waker first and looks at the word again afterwards, both under the lock
//! that the loop takes after it has set the word.

use std::fmt;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::atomic::{
    AtomicU32,
    Ordering::{AcqRel, Acquire, Relaxed},
};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::task::{Context, Poll, Waker};

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

#[derive(Default)]
struct Direction {
    word: AtomicU32,
    waiting: Mutex<Vec<Waker>>,
}

/// A readiness that was seen; gives it back to [`Source::clear`] if it proved stale.
#[derive(Clone, Copy, Debug)]
pub struct Ready(u32);

impl Direction {
    fn waiting(&self) -> MutexGuard<'_, Vec<Waker>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ready(&self) -> Option<Ready> {
        // Acquire: pairs with the loop's report, so that what the report followed is visible.
        let word = self.word.load(Acquire);
        (word & 1 == 1).then_some(Ready(word))
    }

    fn report(&self) {
        // AcqRel: see `ready`. Never fails, the closure always gives a value.
        let _ = self.word.fetch_update(AcqRel, Relaxed, |word| Some(word.wrapping_add(2) | 1));
        let waiting = std::mem::take(&mut *self.waiting());
        for waker in waiting {
            waker.wake();
        }
    }
}

impl Source {
    /// A source for a descriptor that is being registered. It starts as ready, which costs one
    /// call that says otherwise, or none if it is true: an accepted socket often has data.
    pub fn new(io: OwnedFd, registration: Box<dyn Registration>) -> Self {
        let ready = || Direction { word: AtomicU32::new(1), waiting: Mutex::default() };
        Self(Arc::new(Inner { io, read: ready(), write: ready(), registration }))
    }

    fn direction(&self, interest: Interest) -> &Direction {
        match interest {
            Interest::Readable => &self.0.read,
            Interest::Writable => &self.0.write,
        }
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
    /// Several tasks may wait for one direction; all are woken.
    ///
    /// # Errors
    ///
    /// What the operating system says when readiness is asked for.
    pub fn poll_ready(&self, interest: Interest, cx: &Context<'_>) -> Poll<io::Result<Ready>> {
        let direction = self.direction(interest);
        if let Some(ready) = direction.ready() {
            return Poll::Ready(Ok(ready));
        }
        let mut waiting = direction.waiting();
        if !waiting.iter().any(|waker| waker.will_wake(cx.waker())) {
            waiting.push(cx.waker().clone());
        }
        drop(waiting);
        if let Some(ready) = direction.ready() {
            return Poll::Ready(Ok(ready));
        }
        let readable = !self.0.read.waiting().is_empty();
        let writable = !self.0.write.waiting().is_empty();
        match self.0.registration.arm(self.0.io.as_fd(), readable, writable) {
            Ok(()) => Poll::Pending,
            Err(error) => Poll::Ready(Err(error)),
        }
    }

    /// Says that the descriptor was not ready, or is used up (a read that filled less than its
    /// buffer). A report that came since `ready` was seen stands.
    pub fn clear(&self, interest: Interest, ready: Ready) {
        // Relaxed on failure and no more than that on success: nothing is published by it.
        let _ =
            self.direction(interest).word.compare_exchange(ready.0, ready.0 & !1, Relaxed, Relaxed);
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
            let ready = match self.poll_ready(interest, cx) {
                Poll::Ready(Ok(ready)) => ready,
                Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
                Poll::Pending => return Poll::Pending,
            };
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
#[derive(Clone)]
pub struct WeakSource(Weak<Inner>);

impl Source {
    /// The source without keeping it registered.
    pub fn downgrade(&self) -> WeakSource {
        WeakSource(Arc::downgrade(&self.0))
    }
}

impl WeakSource {
    /// The source, if any clone of it is left.
    pub fn upgrade(&self) -> Option<Source> {
        self.0.upgrade().map(Source)
    }
}

impl fmt::Debug for WeakSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.upgrade().fmt(f)
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
