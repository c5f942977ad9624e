//! How a [`Task`]'s handle comes by the result: by a look, or by awaiting it.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use futures_core::FusedFuture;
use tulipa_cancel::CancelledError;
use tulipa_rt::current_task;

use super::{Inner, Task};
use crate::error::JoinError;
use crate::output::{Failure, Output};
use crate::root::is_abandoned;

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Ending {
    Finished,
    Cancelled,
    Panicked,
}

impl Ending {
    pub(super) fn of<T>(output: &Output<T>) -> Self {
        match output.get() {
            Ok(_) => Self::Finished,
            Err(failure) if failure.peek().is_cancelled() => Self::Cancelled,
            Err(_) => Self::Panicked,
        }
    }
}

/// The output of a task that has ended, else leaves the waker with it.
fn poll_output<T>(inner: &mut Inner<T>, cx: &mut Context<'_>) -> Poll<Output<T>> {
    let header = inner.metadata();
    if inner.is_finished() && is_abandoned(header) {
        let error = CancelledError::new(Some("its loop closed".into()));
        return Poll::Ready(Output::new(Err(Failure::cancelled(header, error))));
    }
    Pin::new(inner).poll(cx)
}

impl<T> Task<T> {
    /// Takes the result over from the task, if it has ended and the result is still there.
    fn output(&self) -> Option<&Output<T>> {
        if self.output.get().is_none() && self.given.get().is_none() && self.done() {
            let mut inner = self.inner.borrow_mut();
            let inner = inner.as_mut().expect("there until dropped");
            let mut cx = Context::from_waker(Waker::noop());
            if let Poll::Ready(output) = poll_output(inner, &mut cx) {
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
        self.given.get().or_else(|| self.output().map(Ending::of))
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
        self.given.set(Some(Ending::of(&output)));
        output.into_result()
    }
}

impl<T> Future for Task<T> {
    type Output = Result<T, JoinError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        let Some(inner) = this.inner.get_mut() else { unreachable!("there until dropped") };
        assert!(this.given.get().is_none(), "a task was awaited after it gave its result");
        if let Some(output) = this.output.take() {
            return Poll::Ready(this.give(output));
        }
        let own = inner.metadata().id();
        let from_itself = current_task(|task| task.is_some_and(|task| task.id() == own));
        assert!(!from_itself, "a task cannot await itself: it would never end");

        match this.node.poll(cx, |cx| poll_output(inner, cx)) {
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
            Poll::Ready(Ok(output)) => {
                let unwinds = !this.held.is_empty() && Ending::of(&output) == Ending::Cancelled;
                this.held.release();
                if unwinds {
                    // The awaiting task goes on unwinding as this returns.
                    let _ = this.output.set(output);
                    return Poll::Pending;
                }
                Poll::Ready(this.give(output))
            }
        }
    }
}

impl<T> FusedFuture for Task<T> {
    fn is_terminated(&self) -> bool {
        self.given.get().is_some()
    }
}
