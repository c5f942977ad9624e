//! [`CancelScope`]: a host inside a host, cancelled on its own.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;

use crate::error::CancelledError;
use crate::frame::{self, Around};
use crate::host::Cancellation;
use crate::node::Node;
use crate::shared::CancelHandle;
use crate::token::Held;

/// Makes a future cancellable on any executor: gives back the wrapped future and its handle.
///
/// The wrapped future ends with [`CancelledError`] if it was cancelled and nothing in it
/// [suppressed](crate::Cancelled::suppress) that. It suspends only when the future does.
///
/// # Cancel safety
///
/// Dropping it drops the future.
///
/// # Examples
///
/// ```
/// use futures_lite::future::{block_on, zip, yield_now, pending};
/// use tulipa_cancel::cancellable;
///
/// let (work, handle) = cancellable(pending::<()>());
/// let (result, ()) = block_on(zip(work, async {
///     yield_now().await;
///     handle.cancel();
/// }));
/// assert!(result.is_err());
/// ```
pub fn cancellable<F: IntoFuture>(future: F) -> (Scoped<F::IntoFuture>, CancelHandle) {
    let scope = CancelScope::new();
    let handle = scope.handle();
    (scope.run(future), handle)
}

/// A part of a task that can be cancelled without the rest.
///
/// Whatever is awaited inside [`run`](Self::run) sees the scope's cancellation as it would the
/// task's. The scope takes back only its own: a cancellation of the task, or of a scope around
/// this one, passes through to the outside. Of several, the outermost is seen first.
///
/// # Examples
///
/// ```
/// use futures_lite::future::{block_on, pending};
/// use tulipa_cancel::CancelScope;
///
/// let scope = CancelScope::new();
/// let handle = scope.handle();
/// let result = block_on(scope.run(async {
///     handle.cancel();
///     pending::<()>().await
/// }));
/// assert!(result.is_err() && handle.cancelled_caught());
/// ```
#[derive(Debug, Default)]
#[must_use = "a scope does nothing until `run`"]
pub struct CancelScope {
    host: Cancellation,
    shield: bool,
}

impl CancelScope {
    /// A scope that nobody has cancelled, without a shield.
    pub const fn new() -> Self {
        Self { host: Cancellation::new(), shield: false }
    }

    /// Sets whether cancellations from outside are held back until the scope has ended.
    ///
    /// # Examples
    ///
    /// ```
    /// use futures_lite::future::{block_on, yield_now};
    /// use tulipa_cancel::{CancelScope, cancellable};
    ///
    /// let (work, handle) = cancellable(async {
    ///     let saved = CancelScope::new().shield(true).run(async {
    ///         yield_now().await;
    ///         "saved"
    ///     });
    ///     assert_eq!(saved.await, Ok("saved"));
    ///     yield_now().await;
    ///     unreachable!("the cancellation goes on where the shield ends");
    /// });
    /// handle.cancel();
    /// assert!(block_on(work).is_err());
    /// ```
    pub const fn shield(mut self, shield: bool) -> Self {
        self.shield = shield;
        self
    }

    /// A handle that cancels the scope, before, while or after it runs.
    pub fn handle(&self) -> CancelHandle {
        self.host.handle()
    }

    /// Runs a future in the scope: `Err` if the scope's own cancellation ended it.
    ///
    /// Suspends only when the future does.
    ///
    /// # Cancel safety
    ///
    /// Dropping it drops the future.
    pub fn run<F: IntoFuture>(self, future: F) -> Scoped<F::IntoFuture> {
        Scoped {
            inner: Some(future.into_future()),
            host: self.host,
            shield: self.shield,
            held: Held::new(),
            node: Node::new(),
        }
    }
}

pin_project! {
    /// The future of [`CancelScope::run`] and [`cancellable`].
    #[must_use = "futures do nothing unless awaited"]
    pub struct Scoped<F> {
        #[pin]
        inner: Option<F>,
        host: Cancellation,
        shield: bool,
        // Cancellations from outside that the shield holds back.
        held: Held,
        node: Node,
    }

    impl<F> PinnedDrop for Scoped<F> {
        fn drop(this: Pin<&mut Self>) {
            let mut this = this.project();
            this.host.run_nested(|| this.inner.set(None));
            this.host.end(false);
        }
    }
}

impl<F> Scoped<F> {
    /// Cancels the scope from the code that polls it; `false` if it has ended.
    ///
    /// A scope of one's own that never gives out a handle allocates nothing until this call.
    pub fn cancel(&self) -> bool {
        let handle = self.host.handle();
        self.tell_root();
        handle.cancel()
    }

    /// A request on this scope must also reach the nodes inside it whose wakers lie with the
    /// outermost host.
    fn tell_root(&self) {
        if let Some(shared) = self.host.get() {
            shared.set_root(frame::root);
        }
    }
}

impl<F: Future> Future for Scoped<F> {
    type Output = Result<F::Output, CancelledError>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.tell_root();
        let mut this = self.project();
        let host = &*this.host;
        let around = if *this.shield { Around::Shielded } else { Around::Visible };
        let inner = this.inner.as_mut().as_pin_mut().expect("`Scoped` polled after its end");
        let polled = frame::enter(host, cx.waker(), around, || inner.poll(cx));
        let result = match polled {
            Poll::Ready(value) => Ok(value),
            Poll::Pending => {
                if host.get().is_some() {
                    host.set_waker(cx.waker());
                }
                if !host.take() {
                    this.node.leave_waker(cx.waker());
                    // The shield is the node that sees it, and keeps it until the end.
                    if *this.shield {
                        if let Some(token) = frame::take_visible() {
                            this.held.hold(token);
                        }
                    }
                    return Poll::Pending;
                }
                Err(CancelledError::new(host.message()))
            }
        };
        host.run_nested(|| this.inner.set(None));
        host.end(result.is_err());
        this.held.release();
        this.node.forget_waker();
        Poll::Ready(result)
    }
}

impl<F> fmt::Debug for Scoped<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scoped")
            .field("host", &self.host)
            .field("shield", &self.shield)
            .field("ended", &self.inner.is_none())
            .finish_non_exhaustive()
    }
}
