//! [`Root`]: the outermost future of a task, where cancellation and panics end.

use std::any::Any;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;
use tulipa_cancel::CancelledError;
use tulipa_rt::{ExceptionContext, Header, TaskList, enter_task, try_current};

use crate::error::{Failure, JoinError};

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
                this.end(false);
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
            report(&context.task(header, "finished").panic(&*payload));
        }
        // SAFETY: futures are polled and dropped on their loop's thread.
        unsafe { TaskList::remove(header) };
        header.cancellation().end(cancelled);
    }
}

impl<F: Future> Future for Root<'_, F> {
    type Output = Result<F::Output, Failure>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let Some(end) = self.as_mut().step(cx) else { return Poll::Pending };
        let header = self.header;
        let (cancelled, result) = match end {
            End::Value(value) => (false, Ok(value)),
            End::Cancelled => (true, Err(cancelled(header))),
            End::Panicked(payload) => (false, Err(panicked(header, payload))),
        };
        self.end(cancelled);
        schedule_done_callbacks(header);
        Poll::Ready(result)
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

fn cancelled(header: &Header) -> Failure {
    let error = CancelledError::new(header.cancellation().message());
    Failure::new(JoinError::cancelled(header, error), None)
}

fn panicked(header: &Header, payload: Box<dyn Any + Send>) -> Failure {
    let context = ExceptionContext::new("Task exception was never retrieved")
        .task(header, "finished")
        .panic(&*payload);
    Failure::new(JoinError::panicked(header, payload), Some(context))
}

fn schedule_done_callbacks(header: &Header) {
    if let Ok(runtime) = try_current() {
        for callback in runtime.tasks().take_done_callbacks(header) {
            runtime.call_soon(callback);
        }
    }
}

/// To the running loop's handler, or to standard error where none runs.
pub(crate) fn report(context: &ExceptionContext) {
    match try_current() {
        Ok(runtime) => runtime.call_exception_handler(context),
        Err(_) => context.print(),
    }
}
