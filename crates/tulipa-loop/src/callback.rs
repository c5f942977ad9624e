//! What waits in the ready queue: tasks and callbacks.

use std::cell::{Cell, RefCell};
use std::panic::Location;
use std::rc::Rc;

use tulipa_rt::Runnable;

use crate::loop_handle::ThreadsafeHandle;

/// One entry of the ready queue.
pub(crate) enum Ready {
    Task(Runnable),
    Callback(Rc<dyn Callback>),
    /// A callback that nobody can cancel.
    Once(Box<dyn FnOnce()>),
    Threadsafe(ThreadsafeHandle),
    /// `LoopHandle::stop`.
    Stop,
}

/// A callback that its handle can cancel.
pub(crate) trait Callback {
    /// Runs it, unless it ran or was cancelled.
    fn run(&self);
    fn cancel(&self);
    fn cancelled(&self) -> bool;
    fn scheduled_at(&self) -> &'static Location<'static>;
}

pub(crate) struct Entry<F> {
    call: RefCell<Option<F>>,
    cancelled: Cell<bool>,
    scheduled_at: &'static Location<'static>,
}

impl<F: FnOnce() + 'static> Entry<F> {
    pub(crate) fn shared(call: F, scheduled_at: &'static Location<'static>) -> Rc<dyn Callback> {
        Rc::new(Self { call: RefCell::new(Some(call)), cancelled: Cell::new(false), scheduled_at })
    }
}

impl<F: FnOnce()> Callback for Entry<F> {
    fn run(&self) {
        let call = self.call.borrow_mut().take();
        if let Some(call) = call {
            call();
        }
    }

    fn cancel(&self) {
        // What the closure holds is free at once; its destructors run outside the borrow.
        let call = self.call.borrow_mut().take();
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
}
