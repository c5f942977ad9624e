//! The chain of hosts around the code that is being polled; the one file with `unsafe`.
//!
//! # Protocol
//!
//! [`enter`] puts a frame on the stack, points the thread's `TOP` at it for the length of one
//! call, and points `TOP` back when the call returns or unwinds. So whatever `TOP` points at is
//! a frame of a caller of the present function, and frames end in the reverse order of their
//! beginning. Frames are never changed once they are made, and no reference to one leaves
//! [`with_top`]: it takes a closure that must work for every lifetime.
//!
//! The chain runs from the innermost host outward. A task's frame ends it ([`Around::Nothing`]);
//! a scope's goes on to what is around it, and says whether cancellations from there are visible
//! inside.
//!
//! `PASSED` counts, per thread, the nodes that looked and were left pending. Who compares it
//! before and after polling its inside knows whether there are nodes inside that have looked
//! already in this poll, and would have to look again at news that came since.

use std::cell::Cell;
use std::ptr::NonNull;
use std::sync::Arc;
use std::task::Waker;

use crate::handle::CancelHandle;
use crate::host::Cancellation;
use crate::shared::Shared;
use crate::sync::local;
use crate::token::Cancelled;

local! {
    static TOP: Cell<Option<NonNull<Frame<'static>>>> = Cell::new(None);
    static PASSED: Cell<u32> = Cell::new(0);
}

/// What a host's own frame lets its inside see of the hosts around it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Around {
    /// The host is a task's root: the chain ends here.
    Nothing,
    /// A shield: the chain goes on (wakers must reach the root) but cancellations stay outside.
    Shielded,
    /// Everything.
    #[default]
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
            TOP.with(|top| top.set(self.0));
        }
    }

    let outer = TOP.with(Cell::get);
    let frame = Frame {
        host,
        waker,
        outer: match around {
            Around::Nothing => None,
            // SAFETY: `TOP` points at a frame of one of our callers (see the protocol), which
            // outlives this call, and frames are never borrowed mutably.
            Around::Shielded | Around::Visible => outer.map(|outer| unsafe { outer.as_ref() }),
        },
        shielded: around == Around::Shielded,
    };
    // Declared after `frame`, so dropped before it, by return and by unwinding alike: `TOP` never
    // outlives what it points at. The cast hides the frame's lifetime, nothing else.
    let _restore = Restore(outer);
    TOP.with(|top| top.set(Some(NonNull::from(&frame).cast())));
    run()
}

/// Looks at the innermost frame, if there is one.
fn with_top<R>(look: impl for<'f> FnOnce(Option<&'f Frame<'f>>) -> R) -> R {
    let top = TOP.with(Cell::get);
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

    fn is(&self, host: &Shared) -> bool {
        self.host.get().is_some_and(|held| std::ptr::eq(held, host))
    }
}

/// How many nodes have looked on this thread and were left pending. It wraps; compare only.
pub(crate) fn passed() -> u32 {
    PASSED.with(Cell::get)
}

/// Forgets the nodes that have looked since the count was that.
pub(crate) fn set_passed(count: u32) {
    PASSED.with(|passed| passed.set(count));
}

/// A node has looked and is left pending.
pub(crate) fn pass() {
    PASSED.with(|passed| passed.set(passed.get().wrapping_add(1)));
}

/// Whether a cancellation is due to some visible host.
pub(crate) fn is_visible() -> bool {
    with_top(|top| top.is_some_and(|top| top.visible().any(|frame| frame.host.is_pending())))
}

/// Takes the outermost visible cancellation. What is due to the hosts inside it is delivered
/// with it, as two requests of one host are.
///
/// `passed` and `foreign`: whether the node has passed others inside it in this poll, and how many
/// of the wakers that nodes have left with the root are its own.
pub(crate) fn take_visible(passed: bool, foreign: usize) -> Option<Cancelled> {
    with_top(|top| {
        let frame = top?.visible().filter(|frame| frame.host.is_pending()).last()?;
        let host = frame.host.shared();
        if !host.take(passed || root_has_foreign(foreign)) {
            return None;
        }
        forget_within(top, host);
        Some(Cancelled::new(host.clone()))
    })
}

/// Forgets what is due to `host` and to the hosts inside it.
pub(crate) fn absorb(host: &Shared) {
    host.forget();
    with_top(|top| forget_within(top, host));
}

fn forget_within<'f>(top: Option<&'f Frame<'f>>, host: &Shared) {
    let Some(top) = top else { return };
    if top.visible().any(|frame| frame.is(host)) {
        let inside = top.visible().take_while(|frame| !frame.is(host));
        inside.filter_map(|frame| frame.host.get()).for_each(Shared::forget);
    }
}

/// Whether `host` is one of the hosts around the running code.
pub(crate) fn encloses(host: &Shared) -> bool {
    with_top(|top| top.is_some_and(|top| top.chain().any(|frame| frame.is(host))))
}

/// Whether a cancellation of `host` unwinds the running code: it sees it, and that has not ended.
pub(crate) fn unwinds(host: &Shared) -> bool {
    !host.is_ended()
        && with_top(|top| top.is_some_and(|top| top.visible().any(|frame| frame.is(host))))
}

/// The outermost host whose cancellations the running code sees.
pub(crate) fn outermost_visible() -> Option<Arc<Shared>> {
    with_top(|top| Some(top?.visible().last()?.host.shared().clone()))
}

/// The outermost host if `waker` is not the one that its own frame was polled with.
pub(crate) fn root_if_foreign(waker: &Waker) -> Option<Arc<Shared>> {
    with_top(|top| {
        let root = top?.chain().last()?;
        (!root.waker.will_wake(waker)).then(|| root.host.shared().clone())
    })
}

/// Tells the scopes around the running code with whom the nodes inside them leave their wakers.
pub(crate) fn tell_scopes(root: &Arc<Shared>) {
    with_top(|top| {
        let hosts = top.into_iter().flat_map(Frame::chain).filter_map(|frame| frame.host.get());
        for scope in hosts.filter(|host| !std::ptr::eq(*host, Arc::as_ptr(root))) {
            scope.set_root(root);
        }
    });
}

/// Whether more than `own` nodes have left wakers with the outermost host.
pub(crate) fn root_has_foreign(own: usize) -> bool {
    with_top(|top| {
        let root = top.and_then(|top| top.chain().last()?.host.get());
        root.is_some_and(|root| root.foreign() > own)
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
