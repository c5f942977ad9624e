//! [`Node`]: what every combinator that answers a cancellation does on each poll.

use std::fmt;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use crate::frame;
use crate::shared::Shared;
use crate::token::Cancelled;

/// One place that may answer a cancellation: polls its inner future first, then looks.
///
/// Keep one in each combinator of your own and poll the inner future through it.
///
/// # Examples
///
/// A combinator that turns a cancellation into `None`:
///
/// ```
/// use std::future::{Future, poll_fn};
/// use futures_lite::future::{block_on, pending};
/// use tulipa_cancel::{Node, cancellable};
///
/// async fn or_none<F: Future>(inner: F) -> Option<F::Output> {
///     let mut node = Node::new();
///     let mut inner = Box::pin(inner);
///     match poll_fn(|cx| node.poll(cx, |cx| inner.as_mut().poll(cx))).await {
///         Ok(value) => Some(value),
///         Err(cancelled) => {
///             drop(inner);
///             cancelled.absorb();
///             cancelled.suppress();
///             None
///         }
///     }
/// }
///
/// let (work, handle) = cancellable(or_none(pending::<()>()));
/// handle.cancel();
/// assert_eq!(block_on(work), Ok(None));
/// ```
#[derive(Default)]
pub struct Node {
    foreign: Option<Foreign>,
}

/// The waker that a node left with the outermost host.
struct Foreign {
    root: Arc<Shared>,
    place: usize,
}

impl Node {
    /// A node that has not been polled.
    pub const fn new() -> Self {
        Self { foreign: None }
    }

    /// Polls the inner future; if it is pending and a cancellation is, takes that.
    ///
    /// `Ready(Ok(value))` wins over a pending cancellation, which then stays pending.
    /// `Ready(Err(token))` says that this node is the innermost that saw the cancellation and
    /// has to answer it: drop the inner future, call [`Cancelled::absorb`], then act. Never
    /// suspends by itself.
    pub fn poll<T>(
        &mut self,
        cx: &mut Context<'_>,
        inner: impl FnOnce(&mut Context<'_>) -> Poll<T>,
    ) -> Poll<Result<T, Cancelled>> {
        let before = frame::passed();
        if let Poll::Ready(value) = inner(cx) {
            self.foreign = None;
            return Poll::Ready(Ok(value));
        }
        match self.look(cx.waker(), frame::passed() != before) {
            Some(token) => {
                self.foreign = None;
                Poll::Ready(Err(token))
            }
            None => Poll::Pending,
        }
    }

    /// Leaves the waker, then takes what is due. `passed`: whether nodes inside this one have
    /// looked in this poll.
    pub(crate) fn look(&mut self, waker: &Waker, passed: bool) -> Option<Cancelled> {
        // First the waker, then the look: a request from another thread that comes between the
        // two finds the waker.
        self.leave_waker(waker);
        let token = frame::take_visible(passed, usize::from(self.foreign.is_some()));
        if token.is_none() {
            frame::pass();
        }
        token
    }

    /// Leaves the waker with the outermost host, if its own does not reach this node.
    fn leave_waker(&mut self, waker: &Waker) {
        let Some(root) = frame::root_if_foreign(waker) else {
            self.foreign = None;
            return;
        };
        match &self.foreign {
            Some(held) if Arc::ptr_eq(&held.root, &root) => root.update_foreign(held.place, waker),
            _ => {
                frame::tell_scopes(&root);
                self.foreign = Some(Foreign { place: root.add_foreign(waker), root });
            }
        }
    }

    pub(crate) fn forget_waker(&mut self) {
        self.foreign = None;
    }
}

impl Drop for Foreign {
    fn drop(&mut self) {
        self.root.remove_foreign(self.place);
    }
}

impl fmt::Debug for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Node").field("foreign_waker", &self.foreign.is_some()).finish()
    }
}
