//! [`Slot`]: what a task and its handle share on the loop's thread.
//!
//! # Protocol
//!
//! The task writes `output` and `ending` once, as it ends; the handle takes the output. The one
//! who awaits leaves a waker in `waiter`, which the task wakes when the output is there, and which
//! goes with the handle. Both sides, and the loop's list of tasks, hold the slot.

use std::cell::{Cell, RefCell};
use std::rc::Weak;
use std::task::{Context, Poll, Waker};

use tulipa_context::Saved;
use tulipa_rt::{Header, Runtime};

use crate::output::{Ending, Output};

pub(crate) struct Slot<T> {
    pub(crate) header: Header,
    /// What the task's code runs in.
    pub(crate) context: Saved,
    pub(crate) runtime: Weak<dyn Runtime>,
    output: Cell<Option<Output<T>>>,
    waiter: RefCell<Option<Waker>>,
    pub(crate) ending: Cell<Option<Ending>>,
}

impl<T> AsRef<Header> for Slot<T> {
    fn as_ref(&self) -> &Header {
        &self.header
    }
}

impl<T> Slot<T> {
    pub(crate) fn new(header: Header, context: Saved, runtime: Weak<dyn Runtime>) -> Self {
        Self {
            header,
            context,
            runtime,
            output: Cell::new(None),
            waiter: RefCell::new(None),
            ending: Cell::new(None),
        }
    }

    /// Leaves the output and wakes who awaits it.
    pub(crate) fn finish(&self, output: Output<T>) {
        self.ending.set(Some(Ending::of(&output)));
        self.output.set(Some(output));
        if let Some(waiter) = self.waiter.take() {
            waiter.wake();
        }
    }

    /// The output, if it is there and was not taken.
    pub(crate) fn take(&self) -> Option<Output<T>> {
        self.output.take()
    }

    /// Ready once the task has ended; else leaves the waker.
    pub(crate) fn poll(&self, cx: &Context<'_>) -> Poll<()> {
        if self.ending.get().is_some() {
            return Poll::Ready(());
        }
        let mut waiter = self.waiter.borrow_mut();
        match &mut *waiter {
            Some(held) => held.clone_from(cx.waker()),
            none => *none = Some(cx.waker().clone()),
        }
        Poll::Pending
    }

    /// Nobody awaits it any more.
    pub(crate) fn forget_waiter(&self) {
        let gone = self.waiter.take();
        drop(gone);
    }
}
