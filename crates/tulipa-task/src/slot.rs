//! [`Slot`]: what a task and its handle share on the loop's thread.
//!
//! # Protocol
//!
//! The task writes `output` once, as it ends; the handle takes it, or looks at it in place. The
//! one who awaits leaves a waker in `waiter`, which the task wakes when the output is there.

use std::cell::{Cell, RefCell};
use std::rc::Weak;
use std::task::{Context, Poll, Waker};

use tulipa_rt::{Header, Runtime};

use crate::output::{Ending, Output};

pub(crate) struct Slot<T> {
    pub(crate) header: Header,
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
    pub(crate) fn new(header: Header, runtime: Weak<dyn Runtime>) -> Self {
        Self {
            header,
            runtime,
            output: Cell::new(None),
            waiter: RefCell::new(None),
            ending: Cell::new(None),
        }
    }

    pub(crate) fn finish(&self, output: Output<T>) {
        self.ending.set(Some(Ending::of(&output)));
        self.output.set(Some(output));
        if let Some(waiter) = self.waiter.take() {
            waiter.wake();
        }
    }

    pub(crate) fn take(&self) -> Option<Output<T>> {
        self.output.take()
    }

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
}
