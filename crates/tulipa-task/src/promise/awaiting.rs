//! Awaiting a [`Promise`]: a place among its waiters, given up on drop.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use super::{Promise, State};
use crate::promise_error::PromiseError;
use crate::waiters::Waiter;

impl<T> Promise<T> {
    fn stop_waiting(&mut self) {
        if let Some(waiting) = self.waiting.take() {
            let gone = self.shared.waiters.borrow_mut().remove(waiting);
            drop(gone);
        }
    }
}

impl<T: Clone> Future for Promise<T> {
    type Output = Result<T, PromiseError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let Self { shared, waiting, node } = &mut *self;
        let polled = node.poll(cx, |cx| {
            if !matches!(*shared.state.borrow(), State::Pending) {
                return Poll::Ready(());
            }
            let mut waiters = shared.waiters.borrow_mut();
            let old = if let Some(waiting) = *waiting {
                waiters.set_waker(waiting, cx.waker())
            } else {
                *waiting = Some(waiters.push(Waiter::Awaiter(cx.waker().clone())));
                None
            };
            drop(waiters);
            drop(old);
            Poll::Pending
        });
        match polled {
            Poll::Pending => Poll::Pending,
            Poll::Ready(Ok(())) => {
                self.waiting = None;
                Poll::Ready(self.result())
            }
            Poll::Ready(Err(token)) => {
                self.stop_waiting();
                self.cancel_because(token.message().map(Arc::from));
                // Dropping the token re-arms it: the awaiting task goes on unwinding.
                Poll::Pending
            }
        }
    }
}

impl<T> Drop for Promise<T> {
    fn drop(&mut self) {
        self.stop_waiting();
    }
}
