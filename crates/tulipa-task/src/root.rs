//! [`Root`]: the outermost future of a task, where cancellation and panics end.
//!
//! # Protocol
//!
//! `future` is there until the task has ended: with a value, cancelled, by a panic, or dropped by
//! its loop. Whichever it is, the future is dropped first, inside its task; then the task leaves
//! the loop's list and its cancellation ends; then its done-callbacks are scheduled, or, if the
//! loop dropped it, dropped. A task that was dropped has no output: its header then holds a waker
//! that does nothing, which is how its handle knows ([`is_abandoned`]); any other task that has
//! ended holds no waker.

use std::any::Any;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use pin_project_lite::pin_project;
use tulipa_cancel::CancelledError;
use tulipa_rt::{ExceptionContext, Header, TaskList, enter_task, try_current};

use crate::output::{Failure, Output, report};

pin_project! {
    pub(crate) struct Root<'h, F> {
        // `None` once the task has ended.
        #[pin]
        future: Option<F>,
        header: &'h Header,
        started: bool,
        suspended: bool,
    }

    impl<F> PinnedDrop for Root<'_, F> {
        fn drop(this: Pin<&mut Self>) {
            if this.future.is_some() {
                let header = this.header;
                this.end(true);
                abandon(header);
            }
        }
    }
}

impl<'h, F> Root<'h, F> {
    pub(crate) fn new(header: &'h Header, future: F) -> Self {
        Self { future: Some(future), header, started: false, suspended: false }
    }

    /// Drops the future, inside its task, and takes the task off the books.
    fn end(self: Pin<&mut Self>, cancelled: bool) {
        let mut this = self.project();
        let header = *this.header;
        let dropped = catch_unwind(AssertUnwindSafe(|| {
            enter_task(header, || header.cancellation().run_root(|| this.future.set(None)));
        }));
        if let Err(payload) = dropped {
            let context = ExceptionContext::new("Panic in a destructor as a task ended");
            let state = if cancelled { "cancelled" } else { "finished" };
            report(&context.task(header, state).panic(&*payload));
        }
        // SAFETY: futures are polled and dropped on their loop's thread.
        unsafe { TaskList::remove(header) };
        header.cancellation().end(cancelled);
    }
}

impl<F: Future> Future for Root<'_, F> {
    type Output = Output<F::Output>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let Some(end) = self.as_mut().step(cx) else { return Poll::Pending };
        let header = self.header;
        let (cancelled, result) = match end {
            End::Value(value) => (false, Ok(value)),
            End::Cancelled => {
                let error = CancelledError::new(header.cancellation().message());
                (true, Err(Failure::cancelled(header, error)))
            }
            End::Panicked(payload) => (false, Err(Failure::panicked(header, payload))),
        };
        let output = Output::new(result);
        self.end(cancelled);
        schedule_done_callbacks(header);
        Poll::Ready(output)
    }
}

enum End<T> {
    Value(T),
    Cancelled,
    Panicked(Box<dyn Any + Send>),
}

impl<F: Future> Root<'_, F> {
    /// Polls the future once; `None` while it goes on.
    fn step(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Option<End<F::Output>> {
        let this = self.project();
        let header = *this.header;
        let cancellation = header.cancellation();
        // Cancelled before its first poll, a task's body never runs.
        if !std::mem::replace(this.started, true) && cancellation.take() {
            return Some(End::Cancelled);
        }
        let future = this.future.as_pin_mut().expect("async-task polls no future after its end");
        let polled = catch_unwind(AssertUnwindSafe(|| {
            enter_task(header, || cancellation.poll_root(cx.waker(), || future.poll(cx)))
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

fn schedule_done_callbacks(header: &Header) {
    if let Ok(runtime) = try_current() {
        for callback in runtime.tasks().take_done_callbacks(header) {
            runtime.call_soon(callback);
        }
    }
}

/// What is left to do for a task that its loop dropped before it had ended.
fn abandon(header: &Header) {
    let callbacks = try_current().map(|runtime| {
        let callbacks: Vec<_> = runtime.tasks().take_done_callbacks(header).collect();
        callbacks
    });
    if let Err(payload) = catch_unwind(AssertUnwindSafe(|| drop(callbacks))) {
        let context = ExceptionContext::new("Panic in the destructor of a done-callback");
        report(&context.task(header, "cancelled").panic(&*payload));
    }
    header.cancellation().set_waker(Waker::noop());
}

/// Whether a task that has ended was dropped by its loop, and so has no output.
pub(crate) fn is_abandoned(header: &Header) -> bool {
    header.cancellation().waker_clone().is_some()
}
