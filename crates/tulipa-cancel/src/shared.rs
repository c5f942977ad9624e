//! What a host, its handles and the tokens made from it share.
//!
//! # Protocol
//!
//! A host has at most one cancellation *due*: it waits to be seen. Whoever sees it takes it, so
//! that it is due no more, and holds it as a token or, in the end, unwinds with it.
//!
//! | field | who writes | meaning |
//! |---|---|---|
//! | `pending` | with `due`, under the lock | a cancellation is due: a hint that spares the lock |
//! | `ended` | the host, once, under the lock | nothing can be requested or re-armed any more |
//! | `caught` | the host, once | the host was ended by its own cancellation |
//! | `seen` | whoever takes or forgets what is due, under the lock | somebody was told |
//! | `requests` | `request`, `uncancel`, under the lock | `cancelling()` |
//! | `due` | `request`, `arm`; `take`, `uncancel`, `forget` | what waits to be seen |
//! | `fresh` | set as it becomes due, cleared by `begin_poll` | not every node was asked yet |
//! | `rounds` | counted by `arm`, cleared by `begin_poll` | bounds the work of one poll |
//! | `told` | set by the host as it wakes everybody | all nodes are awake in its next poll |
//! | `held` | `take`; the token's answer | tokens that nobody has answered |
//! | `unwinding` | `Unwind` | code that goes on unwinding and never comes back |
//! | wakers | the host, its nodes | whom a request wakes |
//!
//! Two invariants hold between calls:
//!
//! - **Nothing that unwinds is forgotten.** While `unwinding > 0`, a cancellation is due or held,
//!   or a waker has been called so that the unwinding code sees that neither is the case.
//! - **No request is missed.** A request makes it due before it reads the wakers, and whoever
//!   registers a waker looks afterwards: both under the mutex, so one of the two sees the other.
//!
//! The atomics are read outside the mutex on every poll, `Relaxed`: such a read is a hint to take
//! the lock, or to leave it for a poll that a waker called under the protocol will cause. What a
//! request publishes (the message, the wakers) is read under the mutex.

use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::task::Waker;

use crate::frame;
use crate::sync::{AtomicBool, AtomicU32, Mutex, MutexGuard};
use crate::wakers::Wakers;

/// How often a cancellation may become due again within one poll of its host. A loop that drops
/// or suppresses what it catches, forever, then gives the thread back between the rounds.
const ROUNDS: u32 = 32;

#[derive(Default)]
pub(crate) struct Shared {
    pending: AtomicBool,
    ended: AtomicBool,
    caught: AtomicBool,
    seen: AtomicBool,
    requests: AtomicU32,
    slow: Mutex<Slow>,
}

#[derive(Default)]
struct Slow {
    due: Due,
    fresh: bool,
    rounds: u32,
    told: bool,
    held: usize,
    unwinding: usize,
    message: Option<Arc<str>>,
    host: Option<Waker>,
    /// Wakers of nodes that the host's own waker does not reach.
    foreign: Wakers,
    /// For a scope: the outermost host, with which the nodes inside the scope leave their wakers.
    root: Option<Arc<Shared>>,
}

/// Whether a cancellation waits to be seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Due {
    #[default]
    No,
    /// Nobody has seen it: `uncancel` may withdraw it.
    Requested,
    /// It was seen and goes on.
    Again,
}

impl Slow {
    /// Whether it may be taken by somebody who, in this poll of the host, has `passed` others
    /// that it was not due for: they are asked first, in the next poll.
    fn offers(&self, passed: bool) -> bool {
        self.due != Due::No && !(self.fresh && (passed || self.rounds > ROUNDS))
    }
}

impl Shared {
    /// A host's first waker, if it has left one already.
    pub(crate) fn new(waker: Option<&Waker>) -> Self {
        let shared = Self::default();
        shared.slow.lock().host = waker.cloned();
        shared
    }

    fn set_due(&self, slow: &mut Slow, due: Due) {
        // Older news stays as it is: else requests in a row could put it off for ever.
        if slow.due == Due::No {
            slow.fresh = true;
            slow.told = false;
        }
        slow.due = due;
        self.pending.store(due != Due::No, Relaxed);
    }

    pub(crate) fn is_pending(&self) -> bool {
        self.pending.load(Relaxed)
    }

    pub(crate) fn is_ended(&self) -> bool {
        self.ended.load(Relaxed)
    }

    pub(crate) fn is_caught(&self) -> bool {
        self.caught.load(Relaxed)
    }

    pub(crate) fn is_seen(&self) -> bool {
        self.seen.load(Relaxed)
    }

    pub(crate) fn requests(&self) -> u32 {
        self.requests.load(Relaxed)
    }

    pub(crate) fn message(&self) -> Option<Arc<str>> {
        self.slow.lock().message.clone()
    }

    /// A request from outside: counted, and refused once the host has ended.
    pub(crate) fn request(&self, message: Option<Arc<str>>) -> bool {
        let mut slow = self.slow.lock();
        if self.is_ended() {
            return false;
        }
        self.requests.store(self.requests().saturating_add(1), Relaxed);
        let old = std::mem::replace(&mut slow.message, message);
        if slow.due == Due::No {
            self.set_due(&mut slow, Due::Requested);
        }
        Self::wake(slow);
        drop(old);
        true
    }

    /// Gives a request back; the last one withdraws a cancellation that nobody has seen.
    pub(crate) fn uncancel(&self) -> u32 {
        let mut slow = self.slow.lock();
        let left = self.requests().saturating_sub(1);
        self.requests.store(left, Relaxed);
        if left == 0 && slow.due == Due::Requested {
            self.set_due(&mut slow, Due::No);
        }
        left
    }

    /// A poll of the host begins: whoever looks in its course comes after all that are inside.
    ///
    /// Not so with nodes under wakers of their own (`has_foreign`) until the host itself has woken
    /// them: another thread that requests may not have got round to it.
    pub(crate) fn begin_poll(&self, has_foreign: bool) {
        let mut slow = self.slow.lock();
        slow.fresh &= has_foreign && !slow.told;
        slow.rounds = 0;
    }

    /// Takes what is due, as a token.
    pub(crate) fn take(&self, passed: bool) -> bool {
        if !self.is_pending() {
            return false;
        }
        let mut slow = self.slow.lock();
        let taken = slow.offers(passed);
        if taken {
            self.seen.store(true, Relaxed);
            self.set_due(&mut slow, Due::No);
            slow.held += 1;
        }
        taken
    }

    /// Takes what is due, as the host, which then ends. What must wait wakes everybody.
    pub(crate) fn take_as_host(&self, passed: bool) -> bool {
        if !self.is_pending() {
            return false;
        }
        let mut slow = self.slow.lock();
        if slow.offers(passed) {
            self.seen.store(true, Relaxed);
            self.set_due(&mut slow, Due::No);
            return true;
        }
        if slow.due != Due::No {
            slow.told = true;
            Self::wake(slow);
        }
        false
    }

    /// What is due is part of a cancellation that somebody has taken.
    pub(crate) fn forget(&self) {
        if !self.is_pending() {
            return;
        }
        let mut slow = self.slow.lock();
        self.seen.store(true, Relaxed);
        self.set_due(&mut slow, Due::No);
        if slow.held == 0 && slow.unwinding > 0 {
            Self::wake(slow);
        }
    }

    /// A token says that the cancellation is over. It is not for others that unwind.
    pub(crate) fn suppress(&self) {
        let mut slow = self.slow.lock();
        slow.held = slow.held.saturating_sub(1);
        if slow.held > 0 || slow.due != Due::No {
            return;
        }
        if slow.unwinding > 0 {
            self.arm(slow);
        } else {
            let gone = slow.message.take();
            drop(slow);
            drop(gone);
        }
    }

    /// A token was dropped unanswered.
    pub(crate) fn rearm(&self) {
        let mut slow = self.slow.lock();
        slow.held = slow.held.saturating_sub(1);
        self.arm(slow);
    }

    /// Code begins to unwind, with a token or on its own.
    pub(crate) fn start_unwinding(&self, with_token: bool) {
        let mut slow = self.slow.lock();
        slow.held = slow.held.saturating_sub(usize::from(with_token));
        slow.unwinding += 1;
        self.arm(slow);
    }

    /// Unwinding code looks whether its cancellation still goes round.
    pub(crate) fn keep_unwinding(&self) {
        let slow = self.slow.lock();
        if slow.held == 0 && slow.due == Due::No {
            self.arm(slow);
        }
    }

    /// Unwinding code is dropped. If it was not for the cancellation, that goes on.
    pub(crate) fn stop_unwinding(&self) {
        let mut slow = self.slow.lock();
        slow.unwinding = slow.unwinding.saturating_sub(1);
        if slow.held == 0 && slow.due == Due::No {
            self.arm(slow);
        }
    }

    /// Makes it due without a request. Wakes the host unless the caller runs inside its poll,
    /// at whose end the host looks.
    fn arm(&self, mut slow: MutexGuard<'_, Slow>) {
        if self.is_ended() {
            return;
        }
        self.set_due(&mut slow, Due::Again);
        slow.rounds = slow.rounds.saturating_add(1);
        if !frame::encloses(self) {
            Self::wake(slow);
        }
    }

    /// Unlocks, then wakes whoever has to look.
    fn wake(slow: MutexGuard<'_, Slow>) {
        let host = slow.host.clone();
        let own: Vec<_> = slow.foreign.iter().cloned().collect();
        let root = slow.root.clone();
        // A waker may run any code, this lock's users included.
        drop(slow);
        // The root's list also has nodes that are not in this scope: they look and find nothing.
        let others = root.map(|root| root.slow.lock().foreign.iter().cloned().collect::<Vec<_>>());
        for waker in own.into_iter().chain(others.into_iter().flatten()).chain(host) {
            waker.wake();
        }
    }

    /// Tells a scope which host is outermost around it.
    pub(crate) fn set_root(&self, root: &Arc<Self>) {
        let mut slow = self.slow.lock();
        let gone = match &slow.root {
            Some(known) if Arc::ptr_eq(known, root) => None,
            _ if self.is_ended() => None,
            _ => slow.root.replace(root.clone()),
        };
        drop(slow);
        drop(gone);
    }

    pub(crate) fn set_host_waker(&self, waker: &Waker) {
        let mut slow = self.slow.lock();
        let gone = match &slow.host {
            Some(held) if held.will_wake(waker) => None,
            _ => slow.host.replace(waker.clone()),
        };
        // Dropping the last waker of a task may drop the task, which may come back here.
        drop(slow);
        drop(gone);
    }

    /// How many nodes have left wakers.
    pub(crate) fn foreign(&self) -> usize {
        self.slow.lock().foreign.len()
    }

    /// Keeps the waker of a node that the host's own waker does not reach.
    pub(crate) fn add_foreign(&self, waker: &Waker) -> usize {
        self.slow.lock().foreign.add(waker.clone())
    }

    pub(crate) fn update_foreign(&self, place: usize, waker: &Waker) {
        let gone = self.slow.lock().foreign.update(place, waker);
        drop(gone);
    }

    pub(crate) fn remove_foreign(&self, place: usize) {
        let gone = self.slow.lock().foreign.remove(place);
        drop(gone);
    }

    /// The host is over: nothing can be cancelled any more, nobody need be woken. The first word
    /// on how it ended stands.
    pub(crate) fn end(&self, caught: bool) {
        let mut slow = self.slow.lock();
        if self.is_ended() {
            return;
        }
        self.caught.store(caught, Relaxed);
        self.ended.store(true, Relaxed);
        self.set_due(&mut slow, Due::No);
        let gone = (slow.host.take(), slow.root.take(), std::mem::take(&mut slow.foreign));
        drop(slow);
        drop(gone);
    }
}
