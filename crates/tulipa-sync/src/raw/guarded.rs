//! A primitive's few fields and how they are guarded: by a mutex, or by a flag in a cell.
//!
//! # Protocol
//!
//! `state` is reached through [`Guarded::with`] alone (or through `&mut Guarded`). `with` gives
//! out one `&mut S` at a time: [`Shared`] makes other threads wait, [`Local`] cannot be seen by
//! other threads and refuses to be entered twice. The closures given to `with` run no foreign
//! code; see the module above.

use core::cell::{Cell, UnsafeCell};
use core::fmt;
use core::ops::Deref;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};
use std::rc::Rc;
use std::sync::Arc;

use super::waiters::{Status, Waiter, Waiters};
use crate::sync::Mutex;

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Shared {}
    impl Sealed for super::Local {}
}

/// How a primitive guards its fields: [`Shared`] or [`Local`].
///
/// It is sealed: the two are all there are.
pub trait Guarding: sealed::Sealed + Sized {
    /// What a new primitive starts from.
    #[doc(hidden)]
    const INIT: Self;

    /// The counted pointer that fits: `Arc` or `Rc`.
    #[doc(hidden)]
    type Pointer<T: ?Sized>: Deref<Target = T> + Clone;

    #[doc(hidden)]
    fn pointer<T>(value: T) -> Self::Pointer<T>;

    /// Runs `f` while nobody else runs inside the same `Guarding`.
    #[doc(hidden)]
    fn run<R>(&self, f: impl FnOnce() -> R) -> R;
}

/// Guards by a mutex, held for a few instructions at a time: the primitive is `Send + Sync`.
pub struct Shared(Mutex);

impl Guarding for Shared {
    const INIT: Self = Self(Mutex::new());

    type Pointer<T: ?Sized> = Arc<T>;

    fn pointer<T>(value: T) -> Arc<T> {
        Arc::new(value)
    }

    #[inline]
    fn run<R>(&self, f: impl FnOnce() -> R) -> R {
        self.0.run(f)
    }
}

/// Guards by a flag in a cell: cheaper, and the primitive stays on its thread.
pub struct Local {
    entered: Cell<bool>,
}

impl Guarding for Local {
    const INIT: Self = Self { entered: Cell::new(false) };

    type Pointer<T: ?Sized> = Rc<T>;

    fn pointer<T>(value: T) -> Rc<T> {
        Rc::new(value)
    }

    #[inline]
    fn run<R>(&self, f: impl FnOnce() -> R) -> R {
        struct Leave<'a>(&'a Cell<bool>);
        impl Drop for Leave<'_> {
            fn drop(&mut self) {
                self.0.set(false);
            }
        }
        assert!(
            !self.entered.replace(true),
            "a comparison used the queue or limiter that was comparing"
        );
        let _leave = Leave(&self.entered);
        f()
    }
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Shared")
    }
}

impl fmt::Debug for Local {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Local")
    }
}

/// A state that is reached only while `G` guards it.
pub(crate) struct Guarded<S, G> {
    guard: G,
    state: UnsafeCell<S>,
}

// SAFETY: `with` is the only way from `&Guarded` to the state. It lets one closure at a time
// have it, on whichever thread, and orders them: that is what `Shared` (a mutex) promises, and
// `Local` is not `Sync`. The state moves between threads in effect, hence `S: Send`.
unsafe impl<S: Send, G: Guarding + Sync> Sync for Guarded<S, G> {}

impl<S, G: Guarding> Guarded<S, G> {
    pub(crate) const fn new(state: S) -> Self {
        Self { guard: G::INIT, state: UnsafeCell::new(state) }
    }

    /// Gives `f` the state. `f` must run no foreign code.
    #[inline]
    pub(crate) fn with<R>(&self, f: impl FnOnce(&mut S) -> R) -> R {
        // SAFETY: `run` lets nobody else into this state before `f` is back, neither another
        // thread nor (it would wait for ever, or panic) this one. `f` cannot keep the reference.
        self.guard.run(|| f(unsafe { &mut *self.state.get() }))
    }

    /// One poll of a future that waits in `list` until `attempt` succeeds.
    ///
    /// `attempt` is told what became of the waiter since the last poll. When it succeeds the
    /// waiter leaves the list; else it stays or is put at the tail (a newcomer, or a waiter that
    /// was woken in vain), all in one go. `attempt` may run twice: the second time when the waker
    /// has been cloned, which must not happen while the state is guarded.
    pub(crate) fn poll_wait<X, R>(
        &self,
        waiter: Pin<&mut Waiter<X>>,
        cx: &Context<'_>,
        list: fn(&mut S) -> &mut Waiters<X>,
        attempt: impl FnMut(&mut S, Status, Pin<&mut Waiter<X>>) -> Poll<R>,
    ) -> Poll<R> {
        self.poll_wait_with(None, waiter, cx, list, attempt)
    }

    /// As [`poll_wait`](Self::poll_wait); with `fresh`, a clone of the waker, `attempt` runs once.
    pub(crate) fn poll_wait_with<X, R>(
        &self,
        mut fresh: Option<Waker>,
        mut waiter: Pin<&mut Waiter<X>>,
        cx: &Context<'_>,
        list: fn(&mut S) -> &mut Waiters<X>,
        mut attempt: impl FnMut(&mut S, Status, Pin<&mut Waiter<X>>) -> Poll<R>,
    ) -> Poll<R> {
        loop {
            let mut stale = None;
            let outcome = self.with(|state| {
                let status = list(state).status(&waiter);
                let outcome = attempt(state, status, waiter.as_mut());
                let list = list(state);
                match outcome {
                    Poll::Ready(value) => {
                        stale = list.remove(waiter.as_mut()).and_then(|left| left.waker);
                        Some(Poll::Ready(value))
                    }
                    Poll::Pending if list.waits_with(&waiter, cx.waker()) => Some(Poll::Pending),
                    Poll::Pending => {
                        let waker = fresh.take()?;
                        stale = list.park(waiter.as_mut(), waker);
                        Some(Poll::Pending)
                    }
                }
            });
            drop(stale);
            if let Some(outcome) = outcome {
                return outcome;
            }
            fresh = Some(cx.waker().clone());
        }
    }

    /// Takes out the waiter of a future that is dropped; `pass_on` says whom to wake instead of it
    /// and is told whether it had been woken.
    pub(crate) fn abandon<X>(
        &self,
        mut waiter: Pin<&mut Waiter<X>>,
        list: fn(&mut S) -> &mut Waiters<X>,
        pass_on: impl FnOnce(&mut S, bool, Pin<&mut Waiter<X>>) -> Option<Waker>,
    ) {
        if !waiter.is_linked() {
            return;
        }
        let (stale, next) = self.with(|state| match list(state).remove(waiter.as_mut()) {
            Some(left) => (left.waker, pass_on(state, left.woken, waiter)),
            None => (None, None),
        });
        drop(stale);
        wake(next);
    }

    /// Wakes, in order, all who were in `list` when [`Waiters::release_all`] was last called.
    pub(crate) fn wake_released<X>(&self, list: fn(&mut S) -> &mut Waiters<X>) {
        self.wake_each(|state| list(state).wake_released());
    }

    /// Wakes, in order, up to `n` of those in `list` who have not been woken yet.
    pub(crate) fn wake_many<X>(&self, mut n: usize, list: fn(&mut S) -> &mut Waiters<X>) {
        self.wake_each(|state| {
            n = n.checked_sub(1)?;
            list(state).wake_next()
        });
    }

    /// Wakes, in order, those whom `next` names, until it names nobody.
    ///
    /// It does so in batches, so that no waker runs while the state is guarded and none costs an
    /// allocation.
    pub(crate) fn wake_each(&self, mut next: impl FnMut(&mut S) -> Option<Waker>) {
        loop {
            let mut batch = [const { None }; BATCH];
            self.with(|state| {
                for place in &mut batch {
                    *place = next(state);
                    if place.is_none() {
                        break;
                    }
                }
            });
            let full = batch.last().is_some_and(Option::is_some);
            batch.into_iter().for_each(wake);
            if !full {
                return;
            }
        }
    }
}

/// Sixteen wakers are 256 bytes of stack, and one turn of the guard for most crowds.
const BATCH: usize = 16;

/// Wakes whom a closure under the guard chose, now that the guard is gone.
#[inline]
pub(crate) fn wake(waker: Option<Waker>) {
    if let Some(waker) = waker {
        waker.wake();
    }
}
