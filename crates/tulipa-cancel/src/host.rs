//! [`Cancellation`]: the part of a host that lives inside the host.
//!
//! # Protocol
//!
//! A future that is never cancelled must not pay for the possibility, so [`Shared`] is made only
//! when somebody asks for it: a handle, code that unwinds, a node under a foreign waker. Until
//! then the host keeps its waker here. `shared` is set and `waker` replaced under `waker`'s lock
//! only, and each of the two looks at the other there, so no waker is missed. Locks are taken in
//! the order `waker`, then the one inside [`Shared`].
//!
//! `suspended` and `passed` are written and read by whoever polls the host, hence `Relaxed`: an
//! executor orders the polls of one future among themselves.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::task::{Poll, Waker};

use crate::frame::{self, Around};
use crate::handle::CancelHandle;
use crate::shared::Shared;
use crate::sync::{Mutex, Once};

/// The cancellation state of a host, to embed where the host lives (a task's header, a scope).
///
/// For those who write a runtime or a scope of their own; [`cancellable`](crate::cancellable)
/// is the ready-made host. On each poll: [`poll_root`](Self::poll_root), and if that is pending
/// [`set_waker`](Self::set_waker), then [`take`](Self::take); if that is true, drop the future
/// inside [`run_root`](Self::run_root) and [`end`](Self::end). None of the methods suspends.
///
/// # Examples
///
/// ```
/// use std::task::{Context, Poll, Waker};
/// use tulipa_cancel::Cancellation;
///
/// let host = Cancellation::new();
/// let waker = Waker::noop();
/// let poll = || {
///     let polled = host.poll_root(waker, || Poll::<()>::Pending);
///     assert!(polled.is_pending());
///     host.set_waker(waker);
///     host.take()
/// };
/// assert!(!poll());
/// assert!(host.handle().cancel());
/// assert!(poll(), "nobody inside wanted it: the host drops its future and ends");
/// host.end(true);
/// ```
#[derive(Default)]
pub struct Cancellation {
    /// Whether there was ever a waker: spares a host that never suspends the lock at its end.
    suspended: AtomicBool,
    /// Whether nodes inside were left pending in the last poll.
    passed: AtomicBool,
    waker: Mutex<Option<Waker>>,
    shared: Once<Arc<Shared>>,
}

impl Cancellation {
    /// A host that nobody has cancelled.
    pub const fn new() -> Self {
        Self {
            suspended: AtomicBool::new(false),
            passed: AtomicBool::new(false),
            waker: Mutex::new(None),
            shared: Once::new(),
        }
    }

    pub(crate) fn get(&self) -> Option<&Shared> {
        self.shared.get().map(|shared| &**shared)
    }

    pub(crate) fn shared(&self) -> &Arc<Shared> {
        if let Some(shared) = self.shared.get() {
            return shared;
        }
        let waker = self.waker.lock();
        let shared = self.shared.set(|| Arc::new(Shared::new(waker.as_ref())));
        drop(waker);
        shared
    }

    /// A handle that cancels this host.
    pub fn handle(&self) -> CancelHandle {
        CancelHandle { shared: self.shared().clone() }
    }

    /// Leaves the waker that a request must wake. Call it before returning `Pending`, then look
    /// at [`take`](Self::take).
    pub fn set_waker(&self, waker: &Waker) {
        self.suspended.store(true, Relaxed);
        let mut held = self.waker.lock();
        if held.as_ref().is_some_and(|held| held.will_wake(waker)) {
            return;
        }
        let old = held.replace(waker.clone());
        if let Some(shared) = self.get() {
            shared.set_host_waker(waker);
        }
        drop(held);
        drop(old);
    }

    /// A clone of the waker that the host left, if it has suspended and not ended.
    pub fn waker_clone(&self) -> Option<Waker> {
        self.waker.lock().clone()
    }

    /// Whether a cancellation waits to be seen.
    pub fn is_pending(&self) -> bool {
        self.get().is_some_and(Shared::is_pending)
    }

    /// Takes this host's own pending cancellation; `true` if there was one, and the host has to
    /// end.
    ///
    /// `false` also for one that became pending in the course of the last poll, after nodes inside
    /// had looked: they are asked first. All wakers are then called, the host's own too.
    pub fn take(&self) -> bool {
        let Some(shared) = self.get().filter(|shared| shared.is_pending()) else { return false };
        shared.take_as_host(has_foreign(shared) || self.passed.load(Relaxed))
    }

    /// The message of the last request, until that is suppressed.
    pub fn message(&self) -> Option<Arc<str>> {
        self.get().and_then(Shared::message)
    }

    /// How many requests are outstanding.
    pub fn cancelling(&self) -> u32 {
        self.get().map_or(0, Shared::requests)
    }

    /// The host is over, by its own cancellation if `caught`. Wakers are let go.
    ///
    /// Later requests are refused, and tokens of this host are spent. Of several calls the first
    /// one counts.
    pub fn end(&self, caught: bool) {
        let gone = if self.suspended.load(Relaxed) { self.waker.lock().take() } else { None };
        if let Some(shared) = self.get() {
            shared.end(caught);
        }
        drop(gone);
    }

    /// Polls the future of an outermost host: what is around it is not visible inside.
    pub fn poll_root<T>(&self, waker: &Waker, poll: impl FnOnce() -> Poll<T>) -> Poll<T> {
        self.poll(Around::Nothing, waker, poll)
    }

    pub(crate) fn poll<T>(
        &self,
        around: Around,
        waker: &Waker,
        poll: impl FnOnce() -> Poll<T>,
    ) -> Poll<T> {
        if let Some(shared) = self.get().filter(|shared| shared.is_pending()) {
            shared.begin_poll(has_foreign(shared));
        }
        let before = frame::passed();
        let polled = frame::enter(self, waker, around, poll);
        self.passed.store(frame::passed() != before, Relaxed);
        if around == Around::Nothing {
            // Nodes of a task that is polled inside another's poll are not the other's to ask.
            frame::set_passed(before);
        }
        polled
    }

    /// Runs something inside this host that is not a poll, such as the drop of its future, so
    /// that tokens dropped in it find their host.
    pub fn run_root<T>(&self, run: impl FnOnce() -> T) -> T {
        self.run(Around::Nothing, run)
    }

    pub(crate) fn run<T>(&self, around: Around, run: impl FnOnce() -> T) -> T {
        frame::enter(self, Waker::noop(), around, run)
    }
}

/// Whether there may be nodes under wakers of their own in the host that is being polled.
fn has_foreign(host: &Shared) -> bool {
    host.foreign() > 0 || frame::root_has_foreign(0)
}

impl fmt::Debug for Cancellation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cancellation")
            .field("pending", &self.is_pending())
            .field("cancelling", &self.cancelling())
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use std::future::Future;
    use std::pin::pin;
    use std::task::Context;

    use futures_lite::future::yield_now;

    use super::*;
    use crate::{CancelExt, CancelScope, catch_cancel};

    #[test]
    fn a_host_that_nobody_cancels_makes_nothing() {
        let host = Cancellation::new();
        let mut work = pin!(async {
            let all = catch_cancel(yield_now().finally(yield_now));
            CancelScope::new().run(CancelScope::new().shield(true).run(all)).await
        });
        let mut cx = Context::from_waker(Waker::noop());
        while host.poll_root(Waker::noop(), || work.as_mut().poll(&mut cx)).is_pending() {
            host.set_waker(Waker::noop());
            assert!(!host.take() && host.get().is_none());
        }
        host.end(false);
        assert!(host.get().is_none());
    }
}
