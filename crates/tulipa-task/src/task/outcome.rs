//! How a [`Task`]'s handle comes by the result: by a look, or by awaiting it.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::FusedFuture;
use tulipa_rt::current_task;

use super::Task;
use crate::error::JoinError;
use crate::output::{Ending, Failure, Output};

impl<T> Task<T> {
    /// Takes the result over from the task, if it has ended and the result is still there.
    fn output(&self) -> Option<&Output<T>> {
        if self.output.get().is_none() {
            if let Some(output) = self.slot.take() {
                let _ = self.output.set(output);
            }
        }
        self.output.get()
    }

    pub(super) fn outcome(&self) -> Option<&Result<T, Failure>> {
        self.output().map(Output::get)
    }

    /// How it has ended; `None` if it has not.
    pub(super) fn ending(&self) -> Option<Ending> {
        self.slot.ending.get()
    }

    /// The result of a task that has ended, without a poll; else the task.
    pub(crate) fn into_result(mut self) -> Result<Result<T, JoinError>, Self> {
        self.output();
        match self.output.take() {
            Some(output) => Ok(self.give(output)),
            None => Err(self),
        }
    }

    fn give(&self, output: Output<T>) -> Result<T, JoinError> {
        self.given.set(true);
        output.into_result()
    }
}

impl<T> Future for Task<T> {
    type Output = Result<T, JoinError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        assert!(
            !this.given.get(),
            "{this:?} was awaited after it gave its result: `result()` looks at it in place",
        );
        let own = this.slot.header.id();
        let from_itself = current_task(|task| task.is_some_and(|task| task.id() == own));
        assert!(!from_itself, "a task cannot await itself: it would never end");

        match this.node.poll(cx, |cx| this.slot.poll(cx)) {
            Poll::Pending => Poll::Pending,
            // The request is the awaited task's now; what it makes of it decides.
            Poll::Ready(Err(token)) => {
                match token.message() {
                    Some(message) => this.cancel_with(message),
                    None => this.cancel(),
                };
                this.held.hold(token);
                Poll::Pending
            }
            Poll::Ready(Ok(())) => {
                if this.held.release() && this.ending() == Some(Ending::Cancelled) {
                    // The awaiting task goes on unwinding as this returns.
                    return Poll::Pending;
                }
                let output = this.output.take().or_else(|| this.slot.take());
                Poll::Ready(this.give(output.expect("it has ended")))
            }
        }
    }
}

impl<T> FusedFuture for Task<T> {
    fn is_terminated(&self) -> bool {
        self.given.get()
    }
}
