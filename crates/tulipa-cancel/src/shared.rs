//! What a host, its handles and the tokens made from it share.
//!
//! # Protocol
//!
//! | field | who writes | meaning |
//! |---|---|---|
//! | `pending` | `request` and `rearm` set it; a node, the host or `uncancel` takes it | a cancellation waits to be seen |
//! | `ended` | the host, once | later requests are refused and re-armed tokens have no effect |
//! | `caught` | the host, once | the host was ended by its own cancellation |
//! | `requests` | `request` adds one, `uncancel` takes one | `cancelling()` |
//! | `wakers` | the host, its nodes | whom a request wakes |
//!
//! A request sets `pending` before it reads the wakers, and whoever registers a waker looks at
//! `pending` afterwards: both inside the mutex, so one of the two sees the other. The flags are
//! read outside the mutex on every poll; that is only a hint to take the slow path or a state
//! that the reader's own thread wrote, hence `Relaxed`: what a request publishes (the message,
//! the wakers) is read under the mutex.

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Waker;

use crate::frame;

#[derive(Default)]
pub(crate) struct Shared {
    pending: AtomicBool,
    ended: AtomicBool,
    caught: AtomicBool,
    requests: AtomicU32,
    slow: Mutex<Slow>,
}

#[derive(Default)]
struct Slow {
    message: Option<Arc<str>>,
    host: Option<Waker>,
    /// Wakers of nodes that the host's own waker does not reach. A freed place is `None`.
    foreign: Vec<Option<Waker>>,
    /// For a scope: the outermost host, with which the nodes inside the scope leave their wakers.
    root: Option<Arc<Shared>>,
}

impl Shared {
    fn slow(&self) -> MutexGuard<'_, Slow> {
        // Nothing that can panic runs under the lock but `Waker::clone` and `drop`; if one of
        // those does, the lists are still lists.
        self.slow.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn is_pending(&self) -> bool {
        self.pending.load(Relaxed)
    }

    /// Takes the pending cancellation; `true` if there was one.
    pub(crate) fn take(&self) -> bool {
        self.is_pending() && self.pending.swap(false, Relaxed)
    }

    pub(crate) fn is_ended(&self) -> bool {
        self.ended.load(Relaxed)
    }

    pub(crate) fn message(&self) -> Option<Arc<str>> {
        self.slow().message.clone()
    }

    /// A request from outside: counted, and refused once the host has ended.
    fn request(&self, message: Option<Arc<str>>) -> bool {
        if self.is_ended() {
            return false;
        }
        self.requests.fetch_add(1, Relaxed);
        let mut slow = self.slow();
        slow.message = message;
        self.pending.store(true, Relaxed);
        Self::wake(slow);
        true
    }

    /// Sets the cancellation pending (again) without counting a request. Wakes the host unless
    /// the caller runs inside its poll, where the next suspension sees it.
    pub(crate) fn rearm(&self) {
        if self.is_ended() {
            return;
        }
        let slow = self.slow();
        self.pending.store(true, Relaxed);
        if frame::encloses(self) {
            return;
        }
        Self::wake(slow);
    }

    /// Unlocks, then wakes whoever has to look.
    fn wake(slow: MutexGuard<'_, Slow>) {
        let host = slow.host.clone();
        let own = slow.foreign.clone();
        let root = slow.root.clone();
        // A waker may run any code, this lock's users included.
        drop(slow);
        // The root's list also has nodes that are not in this scope: they look and find nothing.
        let others = root.map(|root| root.slow().foreign.clone()).unwrap_or_default();
        for waker in host.into_iter().chain(own.into_iter().chain(others).flatten()) {
            waker.wake();
        }
    }

    /// Tells a scope which host is outermost around it.
    pub(crate) fn set_root(&self, root: impl FnOnce() -> Option<Arc<Shared>>) {
        let known = self.slow().root.is_some();
        if !known {
            self.slow().root = root();
        }
    }

    pub(crate) fn set_host_waker(&self, waker: &Waker) {
        let mut slow = self.slow();
        match &mut slow.host {
            Some(held) => held.clone_from(waker),
            none => *none = Some(waker.clone()),
        }
    }

    /// Keeps the waker of a node that the host's own waker does not reach.
    pub(crate) fn add_foreign(&self, waker: &Waker) -> usize {
        let foreign = &mut self.slow().foreign;
        let place = foreign.iter().position(Option::is_none).unwrap_or_else(|| {
            foreign.push(None);
            foreign.len() - 1
        });
        foreign[place] = Some(waker.clone());
        place
    }

    pub(crate) fn update_foreign(&self, place: usize, waker: &Waker) {
        if let Some(Some(held)) = self.slow().foreign.get_mut(place) {
            held.clone_from(waker);
        }
    }

    pub(crate) fn remove_foreign(&self, place: usize) {
        let mut slow = self.slow();
        let gone = slow.foreign.get_mut(place).and_then(Option::take);
        // Dropping the last waker of a task may drop the task, which may come back here.
        drop(slow);
        drop(gone);
    }

    /// The host is over: nothing can be cancelled any more, nobody need be woken. The first word
    /// on how it ended stands.
    pub(crate) fn end(&self, caught: bool) {
        if self.ended.swap(true, Relaxed) {
            return;
        }
        self.caught.store(caught, Relaxed);
        self.pending.store(false, Relaxed);
        let mut slow = self.slow();
        let gone = (slow.host.take(), slow.root.take(), std::mem::take(&mut slow.foreign));
        drop(slow);
        drop(gone);
    }
}

/// Cancels a host from outside: a task, a [`cancellable`](crate::cancellable) future, a scope.
///
/// Cheap to clone, usable from any thread; it does not keep the host alive.
///
/// # Examples
///
/// ```
/// use futures_lite::future::{block_on, pending};
/// use tulipa_cancel::cancellable;
///
/// let (work, handle) = cancellable(pending::<()>());
/// assert!(handle.cancel());
/// assert!(block_on(work).is_err());
/// assert!(!handle.cancel(), "it has ended");
/// ```
#[derive(Clone)]
pub struct CancelHandle {
    pub(crate) shared: Arc<Shared>,
}

impl CancelHandle {
    /// Requests cancellation; `false` if the host has ended already.
    ///
    /// This only requests: the cancellation is seen when the host is next polled and its
    /// innermost future is pending. Requests that arrive before that are delivered as one.
    pub fn cancel(&self) -> bool {
        self.shared.request(None)
    }

    /// Requests cancellation with a message that [`Cancelled::message`](crate::Cancelled::message)
    /// gives back. Otherwise as [`cancel`](Self::cancel).
    pub fn cancel_with(&self, message: impl Into<Arc<str>>) -> bool {
        self.shared.request(Some(message.into()))
    }

    /// How many requests are outstanding: calls of `cancel` less calls of `uncancel`.
    pub fn cancelling(&self) -> u32 {
        self.shared.requests.load(Relaxed)
    }

    /// Gives one request back and returns how many remain. At zero, a request that nobody has
    /// seen yet is withdrawn too. Never goes below zero.
    pub fn uncancel(&self) -> u32 {
        let before = self
            .shared
            .requests
            .fetch_update(Relaxed, Relaxed, |n| Some(n.saturating_sub(1)))
            .unwrap_or_default();
        let left = before.saturating_sub(1);
        if left == 0 {
            self.shared.take();
        }
        left
    }

    /// Whether cancellation was ever requested and not given back.
    pub fn cancel_called(&self) -> bool {
        self.cancelling() > 0
    }

    /// Whether the host was ended by its own cancellation.
    pub fn cancelled_caught(&self) -> bool {
        self.shared.caught.load(Relaxed)
    }

    /// Whether the host has ended, in whatever way.
    pub fn ended(&self) -> bool {
        self.shared.is_ended()
    }

    /// Whether both handles cancel the same host.
    pub fn same_host(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.shared, &other.shared)
    }
}

impl fmt::Debug for CancelHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CancelHandle")
            .field("pending", &self.shared.is_pending())
            .field("cancelling", &self.cancelling())
            .field("ended", &self.ended())
            .finish()
    }
}
