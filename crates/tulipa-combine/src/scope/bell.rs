//! [`Bell`]: the waker of one child of a scope.
//!
//! # Protocol
//!
//! A child is polled when its bell has been rung since the last time. Who rings sets `is_rung`; if
//! it was not set, the child's place goes on the list of those to be polled, and whoever polls the
//! scope is woken. The scope takes the list, and clears `is_rung` of each child before it polls it.
//! So a ring that comes in the middle of a child's poll is seen in the next, many rings are one,
//! and a poll of the scope costs nothing for children that sleep.

use std::sync::Arc;
use std::sync::atomic::Ordering::AcqRel;
use std::task::{Wake, Waker};

use crate::sync::{AtomicBool, Mutex, lock};

/// Whoever polls the scope, and whom it has to poll.
#[derive(Default)]
pub(super) struct Parent(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    waker: Option<Waker>,
    rung: Vec<u64>,
}

impl Parent {
    pub(super) fn set(&self, waker: &Waker) {
        let mut inner = lock(&self.0);
        if inner.waker.as_ref().is_some_and(|held| held.will_wake(waker)) {
            return;
        }
        let old = inner.waker.replace(waker.clone());
        // Dropping the last waker of a task may drop the task.
        drop(inner);
        drop(old);
    }

    pub(super) fn wake(&self) {
        let waker = lock(&self.0).waker.clone();
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    fn ring(&self, place: u64) {
        lock(&self.0).rung.push(place);
        self.wake();
    }

    /// The places of the children whose bells were rung, in order.
    pub(super) fn take_rung(&self) -> Vec<u64> {
        let mut rung = std::mem::take(&mut lock(&self.0).rung);
        rung.sort_unstable();
        rung
    }

    /// The scope is over: nobody need be woken.
    pub(super) fn forget(&self) {
        let gone = std::mem::take(&mut *lock(&self.0));
        drop(gone);
    }
}

pub(super) struct Bell {
    place: u64,
    is_rung: AtomicBool,
    parent: Arc<Parent>,
}

impl Bell {
    /// The bell of a child that is about to be polled.
    pub(super) fn new(place: u64, parent: Arc<Parent>) -> Arc<Self> {
        Arc::new(Self { place, is_rung: AtomicBool::new(false), parent })
    }

    /// The child is about to be polled: a ring from now on is news.
    pub(super) fn clear(&self) {
        // Acquire: what the one who rang had done before is seen by the child's poll. Release, and
        // a swap: who rings after this does not see it set.
        self.is_rung.swap(false, AcqRel);
    }
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        // Release: see `clear`.
        if !self.is_rung.swap(true, AcqRel) {
            self.parent.ring(self.place);
        }
    }
}
