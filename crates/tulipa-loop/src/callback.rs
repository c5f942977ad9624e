//! Callbacks: what can wait in the ready queue beside tasks.

use std::cell::{Cell, RefCell};
use std::panic::Location;
use std::rc::Rc;

use tulipa_context::Saved;

use crate::loop_handle::ThreadsafeHandle;

/// A callback in the ready queue.
pub(crate) enum Callback {
    /// One that its handle can cancel.
    Local(Rc<dyn Cancellable>),
    /// One that nobody can cancel, with the context of its scheduling.
    Once(Box<dyn FnOnce()>, Saved),
    /// One from another thread.
    Threadsafe(ThreadsafeHandle),
    /// `LoopHandle::stop`.
    Stop,
}

/// A callback that its handle can cancel.
pub(crate) trait Cancellable {
    /// Runs it, unless it ran or was cancelled.
    fn run(&self);
    fn cancel(&self);
    fn cancelled(&self) -> bool;
    fn scheduled_at(&self) -> &'static Location<'static>;
    /// A copy of the context of its scheduling.
    fn context(&self) -> &Saved;
}

pub(crate) struct Call<F> {
    closure: RefCell<Option<F>>,
    cancelled: Cell<bool>,
    scheduled_at: &'static Location<'static>,
    context: Saved,
}

impl<F: FnOnce() + 'static> Call<F> {
    pub(crate) fn shared(call: F, scheduled_at: &'static Location<'static>) -> Rc<dyn Cancellable> {
        Rc::new(Self {
            closure: RefCell::new(Some(call)),
            cancelled: Cell::new(false),
            scheduled_at,
            context: Saved::copy_current(),
        })
    }
}

impl<F: FnOnce()> Cancellable for Call<F> {
    fn run(&self) {
        let call = self.closure.borrow_mut().take();
        if let Some(call) = call {
            call();
        }
    }

    fn cancel(&self) {
        // What the closure holds is free at once; its destructors run outside the borrow.
        let call = self.closure.borrow_mut().take();
        if call.is_some() {
            self.cancelled.set(true);
        }
        drop(call);
    }

    fn cancelled(&self) -> bool {
        self.cancelled.get()
    }

    fn scheduled_at(&self) -> &'static Location<'static> {
        self.scheduled_at
    }

    fn context(&self) -> &Saved {
        &self.context
    }
}
