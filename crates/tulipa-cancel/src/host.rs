//! [`Cancellation`]: the part of a host that lives inside the host.
//!
//! # Protocol
//!
//! A future that is never cancelled must not pay for the possibility, so [`Shared`] is made only
//! when somebody asks for it: a handle, a request, a node under a foreign waker. Until then the
//! host keeps its waker here. Who makes `shared` copies the waker over; who sets the waker looks
//! whether `shared` exists. Both do it under `waker`'s lock, so neither is missed.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::task::{Poll, Waker};

use crate::frame;
use crate::shared::{CancelHandle, Shared};

/// The cancellation state of a host, to embed where the host lives (a task's header, a scope).
///
/// For those who write a runtime or a scope of their own; [`cancellable`](crate::cancellable)
/// is the ready-made host.
///
/// # Examples
///
/// ```
/// use std::task::{Context, Poll, Waker};
/// use tulipa_cancel::Cancellation;
///
/// let host = Cancellation::new();
/// let polled = host.poll_root(Waker::noop(), || Poll::<()>::Pending);
/// assert!(polled.is_pending() && !host.take());
/// assert!(host.handle().cancel());
/// assert!(host.take(), "the host saw it: now it drops its future and ends");
/// host.end(true);
/// ```
#[derive(Default)]
pub struct Cancellation {
    /// Whether there was ever a waker: spares a host that never suspends the lock at its end.
    /// Written and read by whoever polls the host, hence `Relaxed`.
    suspended: AtomicBool,
    waker: Mutex<Option<Waker>>,
    shared: OnceLock<Arc<Shared>>,
}

impl Cancellation {
    /// A host that nobody has cancelled.
    pub const fn new() -> Self {
        Self { suspended: AtomicBool::new(false), waker: Mutex::new(None), shared: OnceLock::new() }
    }

    fn waker(&self) -> MutexGuard<'_, Option<Waker>> {
        self.waker.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn get(&self) -> Option<&Shared> {
        self.shared.get().map(|shared| &**shared)
    }

    pub(crate) fn shared(&self) -> &Arc<Shared> {
        self.shared.get_or_init(|| {
            let shared = Shared::default();
            if let Some(waker) = &*self.waker() {
                shared.set_host_waker(waker);
            }
            Arc::new(shared)
        })
    }

    /// A handle that cancels this host.
    pub fn handle(&self) -> CancelHandle {
        let shared = self.shared().clone();
        // The waker may have come between the making of `shared` and its publication.
        if let Some(waker) = &*self.waker() {
            shared.set_host_waker(waker);
        }
        CancelHandle { shared }
    }

    /// Leaves the waker that a request must wake. Call it before returning `Pending`, then look
    /// at [`take`](Self::take).
    pub fn set_waker(&self, waker: &Waker) {
        self.suspended.store(true, Relaxed);
        let mut held = self.waker();
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
        self.waker().clone()
    }

    /// Whether a cancellation waits to be seen.
    pub fn is_pending(&self) -> bool {
        self.get().is_some_and(Shared::is_pending)
    }

    /// Takes this host's own pending cancellation; `true` if there was one.
    pub fn take(&self) -> bool {
        self.get().is_some_and(Shared::take)
    }

    /// The message of the last request.
    pub fn message(&self) -> Option<Arc<str>> {
        self.get().and_then(Shared::message)
    }

    /// How many requests are outstanding.
    pub fn cancelling(&self) -> u32 {
        self.shared.get().map_or(0, |shared| CancelHandle { shared: shared.clone() }.cancelling())
    }

    /// The host is over, by its own cancellation if `caught`. Wakers are let go.
    pub fn end(&self, caught: bool) {
        let gone = if self.suspended.load(Relaxed) { self.waker().take() } else { None };
        if let Some(shared) = self.get() {
            shared.end(caught);
        }
        drop(gone);
    }

    /// Polls the future of an outermost host: what is around it is not visible inside.
    pub fn poll_root<T>(&self, waker: &Waker, poll: impl FnOnce() -> Poll<T>) -> Poll<T> {
        frame::enter(self, waker, frame::Around::Nothing, poll)
    }

    /// Runs something inside this host that is not a poll, such as the drop of its future, so
    /// that tokens dropped in it find their host.
    pub fn run_root<T>(&self, run: impl FnOnce() -> T) -> T {
        frame::enter(self, Waker::noop(), frame::Around::Nothing, run)
    }

    /// As [`run_root`](Self::run_root), for a host inside others.
    pub(crate) fn run_nested<T>(&self, run: impl FnOnce() -> T) -> T {
        frame::enter(self, Waker::noop(), frame::Around::Visible, run)
    }
}

impl fmt::Debug for Cancellation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cancellation")
            .field("pending", &self.is_pending())
            .field("cancelling", &self.cancelling())
            .finish()
    }
}
