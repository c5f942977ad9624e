//! [`Bell`]: the waker of one child of a scope.
//!
//! # Protocol
//!
//! A child is polled when its bell has been rung since the last time. Who rings sets the flag, then
//! wakes whoever polls the scope; the scope clears the flag, then polls. So a ring that comes in
//! the middle of a poll is seen in the next, and many rings are one.

use std::sync::atomic::{
    AtomicBool,
    Ordering::{AcqRel, Acquire},
};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Wake, Waker};

/// Whoever polls the scope.
#[derive(Default)]
pub(super) struct Parent(Mutex<Option<Waker>>);

impl Parent {
    pub(super) fn set(&self, waker: &Waker) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if held.as_ref().is_some_and(|held| held.will_wake(waker)) {
            return;
        }
        let old = held.replace(waker.clone());
        // Dropping the last waker of a task may drop the task.
        drop(held);
        drop(old);
    }

    pub(super) fn wake(&self) {
        let waker = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    /// The scope is over: nobody need be woken.
    pub(super) fn forget(&self) {
        let gone = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        drop(gone);
    }
}

pub(super) struct Bell {
    rung: AtomicBool,
    parent: Arc<Parent>,
}

impl Bell {
    /// A bell that has been rung: a new child is polled.
    pub(super) fn new(parent: Arc<Parent>) -> Arc<Self> {
        Arc::new(Self { rung: AtomicBool::new(true), parent })
    }

    /// Whether it has been rung since the last call.
    pub(super) fn take(&self) -> bool {
        // Acquire: what the one who rang had done before is seen by the child. The look before the
        // swap spares those who sleep the write.
        self.rung.load(Acquire) && self.rung.swap(false, AcqRel)
    }
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        // Release: see `take`.
        if !self.rung.swap(true, AcqRel) {
            self.parent.wake();
        }
    }
}
