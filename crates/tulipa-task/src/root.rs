//! [`Root`]: the outermost future of a task, where cancellation and panics end.
//!
//! # Protocol
//!
//! `future` is there until the task has ended: with a value, cancelled, by a panic, or dropped by
//! its loop. Whichever it is, the future is dropped first, inside its task; then its cancellation
//! ends; then its done-callbacks are scheduled (a loop that is closing drops them unrun), the
//! output is left in the slot, who awaits it is woken, and the task leaves the loop's list.

use std::any::Any;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;
use tulipa_cancel::CancelledError;
use tulipa_rt::{ExceptionContext, enter_task};

use crate::output::{Ending, Failure, Output, report};
use crate::slot::Slot;

pin_project! {
    pub(crate) struct Root<F: Future> {
        // `None` once the task has ended.
        #[pin]
        future: Option<F>,
        slot: Rc<Slot<F::Output>>,
        started: bool,
        suspended: bool,
    }

    impl<F: Future> PinnedDrop for Root<F> {
        fn drop(this: Pin<&mut Self>) {
            if this.future.is_some() {
                let error = CancelledError::new(Some("its loop closed".into()));
                let failure = Failure::cancelled(&this.slot.header, error);
                this.end(Output::new(Err(failure)));
            }
        }
    }
}

enum End<T> {
    Value(T),
    Cancelled,
    Panicked(Box<dyn Any + Send>),
}

impl<F: Future> Root<F> {
    pub(crate) fn new(slot: Rc<Slot<F::Output>>, future: F) -> Self {
        Self { future: Some(future), slot, started: false, suspended: false }
    }

    /// Drops the future, inside its task, leaves the output, and takes the task off the books.
    fn end(self: Pin<&mut Self>, output: Output<F::Output>) {
        let mut this = self.project();
        let slot = &**this.slot;
        let header = &slot.header;
        let cancelled = Ending::of(&output) == Ending::Cancelled;
        if std::mem::needs_drop::<F>() {
            let dropped = catch_unwind(AssertUnwindSafe(|| {
                let set = || header.cancellation().run_root(|| this.future.set(None));
                slot.context.enter(|| enter_task(header, set));
            }));
            if let Err(payload) = dropped {
                let context = ExceptionContext::new("Panic in a destructor as a task ended");
                let state = if cancelled { "cancelled" } else { "finished" };
                let context = context.task(header, state).panic(&*payload);
                slot.context.enter(|| report(&context));
            }
        } else {
            this.future.set(None);
        }
        header.cancellation().end(cancelled);
        let runtime = slot.runtime.upgrade();
        if runtime.is_some() {
            if let Some(callbacks) = header.take_done_callbacks() {
                callbacks.for_each(|schedule| schedule());
            }
        }
        slot.finish(output);
        if let Some(runtime) = &runtime {
            runtime.tasks().remove(header);
        }
    }

    /// Polls the future once; `None` while it goes on.
    fn step(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Option<End<F::Output>> {
        let this = self.project();
        let header = &this.slot.header;
        let cancellation = header.cancellation();
        // Cancelled before its first poll, a task's body never runs.
        if !std::mem::replace(this.started, true) && cancellation.take() {
            return Some(End::Cancelled);
        }
        let future = this.future.as_pin_mut().expect("async-task polls no future after its end");
        let polled = catch_unwind(AssertUnwindSafe(|| {
            let poll = || cancellation.poll_root(cx.waker(), || future.poll(cx));
            this.slot.context.enter(|| enter_task(header, poll))
        }));
        match polled {
            Ok(Poll::Ready(value)) => Some(End::Value(value)),
            Err(payload) => Some(End::Panicked(payload)),
            Ok(Poll::Pending) => {
                // Once is enough: all wakers of one task are the same.
                if !std::mem::replace(this.suspended, true) {
                    cancellation.set_waker(cx.waker());
                }
                // No node inside wanted it: the task is where it ends.
                cancellation.take().then_some(End::Cancelled)
            }
        }
    }
}

impl<F: Future> Future for Root<F> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let Some(end) = self.as_mut().step(cx) else {
            return Poll::Pending;
        };
        let header = &self.slot.header;
        let result = match end {
            End::Value(value) => Ok(value),
            End::Cancelled => {
                let error = CancelledError::new(header.cancellation().message());
                Err(Failure::cancelled(header, error))
            }
            End::Panicked(payload) => {
                Err(Failure::panicked(header, self.slot.context.clone(), payload))
            }
        };
        self.end(Output::new(result));
        Poll::Ready(())
    }
}
