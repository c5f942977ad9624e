//! The guards of a lock: who has one holds the lock, and reaches the value through it.
//!
//! # Protocol
//!
//! A guard is made in this file only, right after `locked` was set for it, and clears `locked`
//! when it is dropped. So there is one guard of a lock at a time, and while it is there nobody
//! else reaches `Lock::value` (`get_mut` and `into_inner` need a lock that is not borrowed). The
//! one exception, `Lock::release`, exists for `()` alone, where there is nothing to reach.
#![allow(unsafe_code, reason = "the way from a guard to the value it guards")]

use core::fmt;
use core::marker::PhantomData;
use core::ops::{Deref, DerefMut};
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use super::Lock;
use crate::raw::{Guarding, Shared, Waiter};

// SAFETY: `&Lock` gives the value to one thread at a time, by way of a guard, and the guarded
// state orders those times. The value moves between threads in effect, hence `T: Send`.
unsafe impl<T: ?Sized + Send, G: Guarding + Sync> Sync for Lock<T, G> {}

/// Holds a [`Lock`]; releases it when dropped.
///
/// Made by [`Lock::acquire`] and [`Lock::try_acquire`].
#[must_use = "the lock is released as soon as its guard is dropped"]
#[clippy::has_significant_drop]
pub struct LockGuard<'a, T: ?Sized = (), G: Guarding = Shared> {
    lock: &'a Lock<T, G>,
    // For `Send` and `Sync`: a guard is as good as the `&mut T` it gives.
    _value: PhantomData<&'a mut T>,
}

/// Holds a [`Lock`] and keeps it alive; releases it when dropped.
///
/// Made by [`Lock::acquire_owned`] and [`Lock::try_acquire_owned`].
#[must_use = "the lock is released as soon as its guard is dropped"]
#[clippy::has_significant_drop]
pub struct OwnedLockGuard<T: ?Sized = (), G: Guarding = Shared> {
    lock: G::Pointer<Lock<T, G>>,
    // As in `LockGuard`.
    _value: PhantomData<Box<T>>,
}

impl<'a, T: ?Sized, G: Guarding> LockGuard<'a, T, G> {
    pub(super) fn try_take(lock: &'a Lock<T, G>) -> Option<Self> {
        lock.try_lock().then(|| Self { lock, _value: PhantomData })
    }

    /// Takes the lock, or waits in its line; [`Lock::leave`] gives the place up.
    pub(crate) fn poll_take(
        lock: &'a Lock<T, G>,
        waiter: Pin<&mut Waiter>,
        cx: &Context<'_>,
    ) -> Poll<Self> {
        ready!(lock.poll_lock(waiter, cx));
        Poll::Ready(Self { lock, _value: PhantomData })
    }

    /// The lock that this guard holds.
    ///
    /// An associated function, to leave the methods of `T` alone.
    pub fn lock(this: &Self) -> &'a Lock<T, G> {
        this.lock
    }
}

impl<G: Guarding> LockGuard<'_, (), G> {
    /// Lets go of the guard but not of the lock: it stays held until [`Lock::release`].
    pub fn forget(this: Self) {
        core::mem::forget(this);
    }
}

impl<T: ?Sized, G: Guarding> OwnedLockGuard<T, G> {
    pub(super) fn try_take(lock: &G::Pointer<Lock<T, G>>) -> Option<Self> {
        lock.try_lock().then(|| Self { lock: lock.clone(), _value: PhantomData })
    }

    pub(super) fn poll_take(
        lock: &G::Pointer<Lock<T, G>>,
        waiter: Pin<&mut Waiter>,
        cx: &Context<'_>,
    ) -> Poll<Self> {
        ready!(lock.poll_lock(waiter, cx));
        Poll::Ready(Self { lock: lock.clone(), _value: PhantomData })
    }
}

impl<T: ?Sized, G: Guarding> Deref for LockGuard<'_, T, G> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: this guard alone reaches the value, see the head of this file; it is borrowed.
        unsafe { &*self.lock.value.get() }
    }
}

impl<T: ?Sized, G: Guarding> DerefMut for LockGuard<'_, T, G> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: this guard alone reaches the value, see the head of this file; it is borrowed
        // mutably.
        unsafe { &mut *self.lock.value.get() }
    }
}

impl<T: ?Sized, G: Guarding> Drop for LockGuard<'_, T, G> {
    fn drop(&mut self) {
        self.lock.unlock();
    }
}

impl<T: ?Sized, G: Guarding> Deref for OwnedLockGuard<T, G> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: as for `LockGuard`.
        unsafe { &*self.lock.value.get() }
    }
}

impl<T: ?Sized, G: Guarding> DerefMut for OwnedLockGuard<T, G> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: as for `LockGuard`.
        unsafe { &mut *self.lock.value.get() }
    }
}

impl<T: ?Sized, G: Guarding> Drop for OwnedLockGuard<T, G> {
    fn drop(&mut self) {
        self.lock.unlock();
    }
}

impl<T: ?Sized + fmt::Debug, G: Guarding> fmt::Debug for LockGuard<'_, T, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("LockGuard").field(&&**self).finish()
    }
}

impl<T: ?Sized + fmt::Debug, G: Guarding> fmt::Debug for OwnedLockGuard<T, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("OwnedLockGuard").field(&&**self).finish()
    }
}

impl<T: ?Sized + fmt::Display, G: Guarding> fmt::Display for LockGuard<'_, T, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: ?Sized + fmt::Display, G: Guarding> fmt::Display for OwnedLockGuard<T, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
