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
    Panic(Box<dyn Any + Send>),
    Cancelled(Cancelled),
}

impl<F, C, U> Future for Finally<F, C, U>
where
    F: Future,
    C: FnOnce() -> U,
    U: Future<Output = ()>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let mut this = self.project();
        if let StageProjection::Body { body } = this.stage.as_mut().project() {
            let polled = catch_unwind(AssertUnwindSafe(|| this.node.poll(cx, |cx| body.poll(cx))));
            let end = match polled {
                Ok(polled) => match ready!(polled) {
                    Ok(value) => End::Value(value),
                    Err(token) => End::Cancelled(token),
                },
                Err(payload) => End::Panic(payload),
            };
            this.stage.set(Stage::Over);
            if let End::Cancelled(token) = &end {
                token.absorb();
            }
            *this.end = Some(end);
            let cleanup = this.cleanup.take().expect("the body ends once");
            this.stage.set(Stage::Cleanup { cleanup: cleanup() });
        }
        if let StageProjection::Cleanup { cleanup } = this.stage.as_mut().project() {
            let interrupted = ready!(this.node.poll(cx, |cx| cleanup.poll(cx))).err();
            this.stage.set(Stage::Over);
            // A cancellation that interrupted the cleanup goes on outward.
            drop(interrupted);
        }
        match this.end.take() {
            Some(End::Value(value)) => Poll::Ready(value),
            Some(End::Panic(payload)) => resume_unwind(payload),
            // Dropping the token re-arms it; the enclosing node sees it as this returns. Without
            // one (the token's scope is over) there is nothing to come back with either.
            Some(End::Cancelled(_)) | None => Poll::Pending,
        }
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
