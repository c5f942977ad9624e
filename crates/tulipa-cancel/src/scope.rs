//! [`CancelScope`]: a host inside a host, cancelled on its own.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;

use crate::error::CancelledError;
use crate::frame::{self, Around};
use crate::handle::CancelHandle;
use crate::host::Cancellation;
use crate::node::Node;
use crate::shared::Shared;
use crate::token::Held;

/// Makes a future cancellable on any executor: gives back the wrapped future and its handle.
///
/// The wrapped future ends with [`CancelledError`] if it was cancelled and nothing in it
/// [suppressed](crate::Cancelled::suppress) that. It suspends only when the future does. Cancelled
/// before its first poll, the future still runs up to its first suspension.
///
/// It is a task of its own: what is around it when it is polled (the task that runs an executor
/// which runs this one, say) is not visible inside. For a part of a task that takes part in the
/// task's cancellation, use [`CancelScope`].
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
    let scope = CancelScope { host: Cancellation::new(), around: Around::Nothing };
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
    around: Around,
}

impl CancelScope {
    /// A scope that nobody has cancelled, without a shield.
    pub const fn new() -> Self {
        Self { host: Cancellation::new(), around: Around::Visible }
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
        self.around = if shield { Around::Shielded } else { Around::Visible };
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
            around: self.around,
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
        around: Around,
        // Cancellations from outside that the shield holds back.
        held: Held,
        node: Node,
    }

    impl<F> PinnedDrop for Scoped<F> {
        fn drop(this: Pin<&mut Self>) {
            let mut this = this.project();
            this.host.run(*this.around, || this.inner.set(None));
            this.host.end(false);
        }
    }
}

impl<F> Scoped<F> {
    /// Cancels the scope from the code that polls it; `false` if it has ended.
    ///
    /// Poll it again after this call. A scope that never gives out a handle allocates nothing
    /// until then, and has left no waker that the call could wake.
    pub fn cancel(&self) -> bool {
        self.handle_with_root().cancel()
    }

    /// [`cancel`](Self::cancel) with a message that the scope's error tells.
    pub fn cancel_with(&self, message: impl Into<Arc<str>>) -> bool {
        self.handle_with_root().cancel_with(message)
    }

    fn handle_with_root(&self) -> CancelHandle {
        let handle = self.host.handle();
        // Nodes inside may have left their wakers with the outermost host.
        if self.around != Around::Nothing {
            if let Some(root) = frame::root() {
                handle.shared.set_root(&root);
            }
        }
        handle
    }

    /// Whether a request to cancel the scope was seen: see [`CancelHandle::cancel_seen`].
    pub fn cancel_seen(&self) -> bool {
        self.host.get().is_some_and(Shared::is_seen)
    }
}

impl<F: Future> Future for Scoped<F> {
    type Output = Result<F::Output, CancelledError>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        let (host, around) = (&*this.host, *this.around);
        let inner = this.inner.as_mut().as_pin_mut().expect("`Scoped` polled after its end");
        let result = match host.poll(around, cx.waker(), || inner.poll(cx)) {
            Poll::Ready(value) => Ok(value),
            Poll::Pending => {
                if host.get().is_some() {
                    host.set_waker(cx.waker());
                }
                if host.is_pending() && around == Around::Visible && frame::is_visible() {
                    // The outermost goes first. Whoever takes that one drops this scope, or it
                    // acts on its own the next time.
                    cx.waker().wake_by_ref();
                    return Poll::Pending;
                }
                if !host.take() {
                    // The shield is the node that sees what is outside, and keeps it to the end.
                    if around == Around::Shielded {
                        if let Some(token) = this.node.look(cx.waker(), false) {
                            this.held.hold(token);
                            frame::pass();
                        }
                    }
                    return Poll::Pending;
                }
                Err(CancelledError::new(host.message()))
            }
        };
        host.run(around, || this.inner.set(None));
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
            .field("around", &self.around)
            .field("ended", &self.inner.is_none())
            .finish_non_exhaustive()
    }
}
