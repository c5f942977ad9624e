//! [`catch_cancel`]: see a cancellation and decide.

use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use pin_project_lite::pin_project;

use crate::node::Node;
use crate::token::Cancelled;

/// Runs a future and catches a cancellation that arrives while it waits.
///
/// `Ok` is the future's value; a value that is ready wins over a cancellation, which then stays
/// pending for the next suspension. `Err` is a [`Cancelled`] token: the future has been dropped,
/// its destructors have run, and the code that caught the token decides. Suspends only when the
/// future does. Outside any host nothing can be caught, and the future simply runs.
///
/// # Cancel safety
///
/// Dropping it drops the future.
///
/// # Panics
///
/// Polling it again after it has ended.
///
/// # Examples
///
/// ```
/// use futures_lite::future::{block_on, pending};
/// use tulipa_cancel::{cancellable, catch_cancel};
///
/// let (work, handle) = cancellable(async {
///     match catch_cancel(pending::<u32>()).await {
///         Ok(value) => value,
///         Err(cancelled) => {
///             cancelled.suppress();
///             0
///         }
///     }
/// });
/// handle.cancel();
/// assert_eq!(block_on(work), Ok(0));
/// ```
#[doc(alias = "CancelledError")]
#[doc(alias = "except")]
pub fn catch_cancel<F: IntoFuture>(future: F) -> CatchCancel<F::IntoFuture> {
    CatchCancel { inner: Some(future.into_future()), node: Node::new() }
}

pin_project! {
    /// The future of [`catch_cancel`].
    #[derive(Debug)]
    #[must_use = "futures do nothing unless awaited"]
    pub struct CatchCancel<F> {
        #[pin]
        inner: Option<F>,
        node: Node,
    }
}

impl<F: Future> Future for CatchCancel<F> {
    type Output = Result<F::Output, Cancelled>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        let inner = this.inner.as_mut().as_pin_mut().expect("`CatchCancel` polled after its end");
        let result = ready!(this.node.poll(cx, |cx| inner.poll(cx)));
        // Here, not when the caller gets round to it: what the future held is free by the time
        // the cancellation is answered. Tokens that it held re-arm as they drop: what they carry
        // is part of this one.
        this.inner.set(None);
        if let Err(token) = &result {
            token.absorb();
        }
        Poll::Ready(result)
    }
}
