//! The chain of hosts around the code that is being polled; the one file with `unsafe`.
//!
//! # Protocol
//!
//! [`enter`] puts a frame on the stack, points the thread's `TOP` at it for the length of one
//! call, and points `TOP` back when the call returns or unwinds. So whatever `TOP` points at is
//! a frame of a caller of the present function, and frames end in the reverse order of their
//! beginning. No reference to a frame leaves [`with_top`]: it takes a closure that must work for
//! every lifetime.
//!
//! The chain runs from the innermost host outward. A task's frame ends it ([`Around::Nothing`]);
//! a scope's goes on to what is around it, and says whether cancellations from there are visible
//! inside.

use std::cell::Cell;
use std::ptr::NonNull;
use std::sync::Arc;
use std::task::Waker;

use crate::host::Cancellation;
use crate::shared::{CancelHandle, Shared};
use crate::token::Cancelled;

thread_local! {
    static TOP: Cell<Option<NonNull<Frame<'static>>>> = const { Cell::new(None) };
}

/// What a host's own frame lets its inside see of the hosts around it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Around {
    /// The host is a task's root: the chain ends here.
    Nothing,
    /// A shield: the chain goes on (wakers must reach the root) but cancellations stay outside.
    Shielded,
    /// Everything.
    Visible,
}

pub(crate) struct Frame<'a> {
    host: &'a Cancellation,
    /// The waker under which the host is being polled.
    waker: &'a Waker,
    outer: Option<&'a Frame<'a>>,
    shielded: bool,
}

/// Runs `run` with `host` as the innermost host.
pub(crate) fn enter<R>(
    host: &Cancellation,
    waker: &Waker,
    around: Around,
    run: impl FnOnce() -> R,
) -> R {
    struct Restore(Option<NonNull<Frame<'static>>>);
    impl Drop for Restore {
        fn drop(&mut self) {
            TOP.set(self.0);
        }
    }

    let restore = Restore(TOP.get());
    let outer = match around {
        Around::Nothing => None,
        // SAFETY: `TOP` points at a frame of one of our callers (see the protocol), which
        // outlives this call, and frames are never borrowed mutably.
        Around::Shielded | Around::Visible => restore.0.map(|top| unsafe { top.as_ref() }),
    };
    let frame = Frame { host, waker, outer, shielded: around == Around::Shielded };
    // The cast hides the frame's lifetime; `restore` ends the use of the pointer before `frame`
    // does, since it is declared earlier but dropped by hand below or by unwinding out of `run`,
    // while `frame` is borrowed by nobody else.
    TOP.set(Some(NonNull::from(&frame).cast()));
    let result = run();
    drop(restore);
    result
}

/// Looks at the innermost frame, if there is one.
fn with_top<R>(look: impl for<'f> FnOnce(Option<&'f Frame<'f>>) -> R) -> R {
    let top = TOP.get();
    // SAFETY: as in `enter`: the frame belongs to a caller of this function, and `look` cannot
    // keep the reference, since it must work for every lifetime.
    look(top.map(|top| unsafe { top.cast::<Frame<'_>>().as_ref() }))
}

impl<'a> Frame<'a> {
    /// This frame and those around it, innermost first.
    fn chain(&'a self) -> impl Iterator<Item = &'a Frame<'a>> {
        std::iter::successors(Some(self), |frame| frame.outer)
    }

    /// As [`chain`](Self::chain), up to and with the first shield.
    fn visible(&'a self) -> impl Iterator<Item = &'a Frame<'a>> {
        std::iter::successors(Some(self), |frame| if frame.shielded { None } else { frame.outer })
    }
}

/// Takes the outermost visible cancellation. Requests of the hosts inside it are delivered
/// with it, as two requests of one host are.
pub(crate) fn take_visible() -> Option<Cancelled> {
    with_top(|top| {
        let mut outermost = None;
        for frame in top?.visible() {
            if frame.host.take() {
                outermost = Some(frame);
            }
        }
        outermost.map(|frame| Cancelled::new(frame.host.shared().clone()))
    })
}

/// Whether `host` is one of the hosts around the running code.
pub(crate) fn encloses(host: &Shared) -> bool {
    with_top(|top| {
        top.is_some_and(|top| {
            top.chain().any(|frame| frame.host.get().is_some_and(|held| std::ptr::eq(held, host)))
        })
    })
}

/// The outermost host if `waker` is not the one that its own frame was polled with.
pub(crate) fn root_if_foreign(waker: &Waker) -> Option<Arc<Shared>> {
    with_top(|top| {
        let root = top?.chain().last()?;
        (!root.waker.will_wake(waker)).then(|| root.host.shared().clone())
    })
}

/// The outermost host around the running code.
pub(crate) fn root() -> Option<Arc<Shared>> {
    with_top(|top| Some(top?.chain().last()?.host.shared().clone()))
}

/// A handle on the outermost host around the running code: the task, where there is one.
///
/// `None` outside any host. Never suspends.
///
/// # Examples
///
/// ```
/// use futures_lite::future::block_on;
/// use tulipa_cancel::{cancellable, current};
///
/// let (work, handle) = cancellable(async { current().is_some() });
/// assert!(block_on(work).unwrap());
/// assert!(current().is_none());
/// # drop(handle);
/// ```
#[doc(alias = "current_task")]
pub fn current() -> Option<CancelHandle> {
    root().map(|shared| CancelHandle { shared })
}
