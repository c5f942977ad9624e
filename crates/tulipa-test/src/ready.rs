//! The ready queue of the test loop and the inbox in front of it.
//!
//! # Protocol
//!
//! The inbox is a queue under a mutex that any thread may push to. The loop moves it to its own
//! queue at the start of an iteration. A runnable stays in one of the two until the loop's
//! thread takes it.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use tulipa_context::Saved;
use tulipa_rt::{Runnable, Schedule};

pub(crate) enum Ready {
    Task(Runnable),
    /// With the context of its scheduling.
    Callback(Box<dyn FnOnce()>, Saved),
}

#[derive(Default)]
pub(crate) struct Inbox(Mutex<VecDeque<Runnable>>);

impl Inbox {
    pub(crate) fn take(&self) -> VecDeque<Runnable> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Schedule for Inbox {
    fn schedule(&self, runnable: Runnable) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push_back(runnable);
    }
}
