//! [`CancelExt::finally`]: cleanup that may await.

use std::any::Any;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use pin_project_lite::pin_project;

use crate::catch::{CatchCancel, catch_cancel};
use crate::node::Node;
use crate::token::Cancelled;
use crate::unwind::Unwind;

/// Cancellation methods on every future.
pub trait CancelExt: Future + Sized {
    /// Runs an async cleanup after this future, however it ends: with a value, by a panic, or
    /// cancelled.
    ///
    /// The cleanup is made and polled only after the future has been dropped. A cancellation that
    /// ended the future goes on when the cleanup has ended. A further cancellation interrupts the
    /// cleanup; the value of a future that had ended by then is still returned, and the
    /// cancellation stays pending. Suspends when the future or the cleanup does.
    ///
    /// # Cancel safety
    ///
    /// Dropping it (rather than cancelling its task) drops the future or the cleanup where it is.
    /// Before its first poll, no cleanup is due.
    ///
    /// # Panics
    ///
    /// A panic of the future, or of its destructor, goes on after the cleanup; a panic of the
    /// cleanup goes on at once. Polling it again after it has ended panics. So does the end of the
    /// cleanup outside any host, if the future was cancelled in one and moved out.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::cell::Cell;
    /// use futures_lite::future::{block_on, pending, yield_now};
    /// use tulipa_cancel::{CancelExt, cancellable};
    ///
    /// let closed = Cell::new(false);
    /// let (work, handle) = cancellable(pending::<()>().finally(async || {
    ///     yield_now().await;
    ///     closed.set(true);
    /// }));
    /// handle.cancel();
    /// assert!(block_on(work).is_err());
    /// assert!(closed.get());
    /// ```
    fn finally<C, U>(self, cleanup: C) -> Finally<Self, C, U>
    where
        C: FnOnce() -> U,
        U: Future<Output = ()>,
    {
        Finally {
            stage: Stage::Body { body: self },
            cleanup: Some(cleanup),
            end: None,
            node: Node::new(),
        }
    }

    /// [`catch_cancel`](crate::catch_cancel) as a method.
    ///
    /// # Cancel safety
    ///
    /// Dropping it drops the future.
    ///
    /// # Examples
    ///
    /// ```
    /// use futures_lite::future::block_on;
    /// use tulipa_cancel::CancelExt;
    ///
    /// assert_eq!(block_on(async { 1 }.catch_cancel()).unwrap(), 1);
    /// ```
    fn catch_cancel(self) -> CatchCancel<Self> {
        catch_cancel(self)
    }
}

impl<F: Future> CancelExt for F {}

pin_project! {
    /// The future of [`CancelExt::finally`].
    #[must_use = "futures do nothing unless awaited"]
    pub struct Finally<F: Future, C, U> {
        #[pin]
        stage: Stage<F, U>,
        cleanup: Option<C>,
        end: Option<End<F::Output>>,
        node: Node,
    }
}

pin_project! {
    #[project = StageProjection]
    enum Stage<F, U> {
        Body { #[pin] body: F },
        Cleanup { #[pin] cleanup: U },
        Over,
    }
}

/// How the body ended.
enum End<T> {
    Value(T),
    /// With the cancellation that dropped the body, if it was its destructor that panicked.
    Panic(Box<dyn Any + Send>, Option<Cancelled>),
    Cancelled(Unwind),
}

impl<F, C, U> Future for Finally<F, C, U>
where
    F: Future,
    C: FnOnce() -> U,
    U: Future<Output = ()>,
{
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        if let Stage::Body { .. } = self.stage {
            ready!(self.as_mut().poll_body(cx));
            let mut this = self.as_mut().project();
            let cleanup = this.cleanup.take().expect("the body ends once");
            let cleanup = cleanup();
            this.stage.set(Stage::Cleanup { cleanup });
        }
        let mut this = self.project();
        if let StageProjection::Cleanup { cleanup } = this.stage.as_mut().project() {
            let interrupted = ready!(this.node.poll(cx, |cx| cleanup.poll(cx))).err();
            this.stage.set(Stage::Over);
            // A cancellation that interrupted the cleanup goes on outward.
            drop(interrupted);
        }
        match this.end.take().expect("`Finally` polled after its end") {
            End::Value(value) => Poll::Ready(value),
            End::Panic(payload, token) => {
                drop(token);
                resume_unwind(payload)
            }
            End::Cancelled(mut unwind) => {
                unwind.poll();
                *this.end = Some(End::Cancelled(unwind));
                Poll::Pending
            }
        }
    }
}

impl<F: Future, C, U> Finally<F, C, U> {
    /// Polls the body; once it has ended, drops it and keeps how it did.
    fn poll_body(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let mut this = self.project();
        let StageProjection::Body { body } = this.stage.as_mut().project() else {
            return Poll::Ready(());
        };
        let polled = catch_unwind(AssertUnwindSafe(|| this.node.poll(cx, |cx| body.poll(cx))));
        let result = match polled {
            Ok(polled) => Ok(ready!(polled)),
            Err(payload) => Err(payload),
        };
        let dropped = catch_unwind(AssertUnwindSafe(|| this.stage.set(Stage::Over)));
        *this.end = Some(match (result, dropped) {
            (Err(payload), _) | (Ok(Ok(_)), Err(payload)) => End::Panic(payload, None),
            (Ok(Ok(value)), Ok(())) => End::Value(value),
            (Ok(Err(token)), dropped) => {
                token.absorb();
                match dropped {
                    Ok(()) => End::Cancelled(Unwind::new(Some(token))),
                    Err(payload) => End::Panic(payload, Some(token)),
                }
            }
        });
        Poll::Ready(())
    }
}

impl<F: Future, C, U> std::fmt::Debug for Finally<F, C, U> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let stage = match self.stage {
            Stage::Body { .. } => "body",
            Stage::Cleanup { .. } => "cleanup",
            Stage::Over => "over",
        };
        f.debug_struct("Finally").field("stage", &stage).finish_non_exhaustive()
    }
}
