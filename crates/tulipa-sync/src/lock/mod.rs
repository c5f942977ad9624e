//! A fair lock, with or without a value in it.
//!
//! # Protocol
//!
//! `locked` and `waiters` are guarded. Who sets `locked` holds the lock and alone reaches `value`,
//! until it clears `locked`. Clearing it wakes the head of the queue and leaves it in line: the
//! lock is free, but only the woken waiter may take it, as all others see somebody before them.
//! So: free and somebody in line means the head is woken. A woken waiter that goes away wakes the
//! next.

use core::cell::UnsafeCell;
use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::rc::Rc;
use std::sync::Arc;

use crate::error::ReleaseError;
use crate::raw::guarded::wake;
use crate::raw::{Guarded, Guarding, Local, Operation, Shared, Status, Wait, Waiter, Waiters};

mod guard;

pub use guard::{LockGuard, OwnedLockGuard};

struct State {
    locked: bool,
    waiters: Waiters,
}

/// asyncio's `Lock`: held by one task at a time, given out first come first served.
///
/// `Lock::new()` is a lock without content, as asyncio's; `Lock::with(value)` owns what it
/// protects, and its guard leads there. The lock is not re-entrant: a task that acquires it twice
/// waits for itself.
///
/// # Order
///
/// Strictly in order of arrival, and nobody barges in (asyncio statements S-LOCK-1 to S-LOCK-5).
/// Releasing wakes the head of the queue only; until that task runs the lock is free
/// ([`locked`](Self::locked) is false) and yet nobody else gets it.
///
/// # Examples
///
/// ```
/// # futures_lite::future::block_on(async {
/// use tulipa_sync::Lock;
///
/// static TOTAL: Lock<u32> = Lock::with(0);
///
/// let mut total = TOTAL.acquire().await;
/// *total += 1;
/// drop(total); // released here
/// assert!(!TOTAL.locked());
/// # });
/// ```
#[doc(alias("Mutex", "mutex"))]
pub struct Lock<T: ?Sized = (), G: Guarding = Shared> {
    state: Guarded<State, G>,
    value: UnsafeCell<T>,
}

/// The future of [`Lock::acquire`]; gives a [`LockGuard`].
///
/// It suspends only if the lock is held or others are in line.
pub type Acquire<'a, T = (), G = Shared> = Wait<AcquireOp<'a, T, G>>;

/// The future of [`Lock::acquire_owned`]; gives an [`OwnedLockGuard`].
///
/// It suspends only if the lock is held or others are in line.
pub type AcquireOwned<T = (), G = Shared> = Wait<AcquireOwnedOp<T, G>>;

impl<G: Guarding> Lock<(), G> {
    /// Makes a lock without content.
    pub const fn new() -> Self {
        Self::with(())
    }

    /// Releases the lock, whoever holds it: asyncio's `release()`.
    ///
    /// This is for a hold that no guard stands for, see [`LockGuard::forget`]. Releasing under a
    /// guard that is alive takes the lock from it; that guard, when dropped, then releases the
    /// lock for whoever holds it next.
    ///
    /// # Errors
    ///
    /// [`ReleaseError`] if the lock is not held.
    ///
    /// # Examples
    ///
    /// ```
    /// # futures_lite::future::block_on(async {
    /// use tulipa_sync::{Lock, LockGuard};
    ///
    /// let lock = Lock::new();
    /// LockGuard::forget(lock.acquire().await);
    /// assert!(lock.locked());
    /// lock.release()?;
    /// assert!(lock.release().is_err());
    /// # Ok::<(), tulipa_sync::ReleaseError>(()) }).unwrap();
    /// ```
    #[doc(alias = "unlock")]
    pub fn release(&self) -> Result<(), ReleaseError> {
        if self.unlock() { Ok(()) } else { Err(ReleaseError(())) }
    }
}

impl<T, G: Guarding> Lock<T, G> {
    /// Makes a lock that owns `value`.
    pub const fn with(value: T) -> Self {
        let state = State { locked: false, waiters: Waiters::new() };
        Self { state: Guarded::new(state), value: UnsafeCell::new(value) }
    }

    /// Gives back the value.
    pub fn into_inner(self) -> T {
        self.value.into_inner()
    }
}

impl<T: ?Sized, G: Guarding> Lock<T, G> {
    /// Waits for the lock and takes it.
    ///
    /// An acquire that need not wait does not suspend.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future gives up the place in line. If the lock had been handed to it, it goes
    /// to the next.
    ///
    /// # Examples
    ///
    /// ```
    /// # futures_lite::future::block_on(async {
    /// let lock = tulipa_sync::Lock::with(vec![1]);
    /// lock.acquire().await.push(2);
    /// assert_eq!(*lock.acquire().await, [1, 2]);
    /// # });
    /// ```
    #[doc(alias = "lock")]
    pub const fn acquire(&self) -> Acquire<'_, T, G> {
        Wait::new(AcquireOp { lock: self })
    }

    /// Takes the lock if it is free and nobody is in line; does not wait.
    ///
    /// # Examples
    ///
    /// ```
    /// let lock = tulipa_sync::Lock::new();
    /// let guard = lock.try_acquire();
    /// assert!(guard.is_some());
    /// assert!(lock.try_acquire().is_none());
    /// ```
    #[doc(alias = "try_lock")]
    pub fn try_acquire(&self) -> Option<LockGuard<'_, T, G>> {
        LockGuard::try_take(self)
    }

    /// True if somebody holds the lock.
    ///
    /// False does not mean that the lock is to be had at once: see [Order](#order).
    #[doc(alias = "is_locked")]
    pub fn locked(&self) -> bool {
        self.state.with(|state| state.locked)
    }

    /// The value, without locking: `&mut self` proves that nobody holds the lock.
    pub fn get_mut(&mut self) -> &mut T {
        self.value.get_mut()
    }

    /// Takes the lock if it is free and nobody is in line.
    fn try_lock(&self) -> bool {
        self.state.with(|state| {
            let free = !state.locked && state.waiters.is_empty();
            state.locked |= free;
            free
        })
    }

    /// Takes the lock, or waits in line for it.
    fn poll_lock(&self, waiter: Pin<&mut Waiter>, cx: &Context<'_>) -> Poll<()> {
        self.state.poll_wait(
            waiter,
            cx,
            |state| &mut state.waiters,
            |state, status, _| {
                let first = status == Status::Woken || state.waiters.is_empty();
                if state.locked || !first {
                    return Poll::Pending;
                }
                state.locked = true;
                Poll::Ready(())
            },
        )
    }

    /// Leaves the line; hands on a wake-up that was not used.
    pub(crate) fn leave(&self, waiter: Pin<&mut Waiter>) {
        self.state.abandon(
            waiter,
            |state| &mut state.waiters,
            |state, woken, _| {
                if woken && !state.locked { state.waiters.wake_next() } else { None }
            },
        );
    }

    /// Releases the lock and wakes the head of the queue; false if it was not held.
    fn unlock(&self) -> bool {
        let (was_locked, next) = self.state.with(|state| {
            let was_locked = core::mem::replace(&mut state.locked, false);
            (was_locked, if was_locked { state.waiters.wake_next() } else { None })
        });
        wake(next);
        was_locked
    }
}

impl<T: ?Sized> Lock<T, Shared> {
    /// Like [`acquire`](Self::acquire), for a guard that keeps the lock alive itself.
    ///
    /// # Cancel safety
    ///
    /// As that of [`acquire`](Self::acquire).
    ///
    /// # Examples
    ///
    /// ```
    /// # futures_lite::future::block_on(async {
    /// use std::sync::Arc;
    /// use tulipa_sync::Lock;
    ///
    /// let lock = Arc::new(Lock::with(1));
    /// let guard = lock.acquire_owned().await;
    /// std::thread::spawn(move || assert_eq!(*guard, 1)).join().unwrap();
    /// assert!(!lock.locked());
    /// # });
    /// ```
    #[doc(alias = "lock_owned")]
    pub fn acquire_owned(self: &Arc<Self>) -> AcquireOwned<T> {
        Wait::new(AcquireOwnedOp { lock: Arc::clone(self) })
    }

    /// Like [`try_acquire`](Self::try_acquire), for a guard that keeps the lock alive itself.
    #[doc(alias = "try_lock_owned")]
    pub fn try_acquire_owned(self: &Arc<Self>) -> Option<OwnedLockGuard<T>> {
        OwnedLockGuard::try_take(self)
    }
}

impl<T: ?Sized> Lock<T, Local> {
    /// Like [`acquire`](Self::acquire), for a guard that keeps the lock alive itself.
    ///
    /// # Cancel safety
    ///
    /// As that of [`acquire`](Self::acquire).
    #[doc(alias = "lock_owned")]
    pub fn acquire_owned(self: &Rc<Self>) -> AcquireOwned<T, Local> {
        Wait::new(AcquireOwnedOp { lock: Rc::clone(self) })
    }

    /// Like [`try_acquire`](Self::try_acquire), for a guard that keeps the lock alive itself.
    #[doc(alias = "try_lock_owned")]
    pub fn try_acquire_owned(self: &Rc<Self>) -> Option<OwnedLockGuard<T, Local>> {
        OwnedLockGuard::try_take(self)
    }
}

impl<T: Default, G: Guarding> Default for Lock<T, G> {
    fn default() -> Self {
        Self::with(T::default())
    }
}

impl<T, G: Guarding> From<T> for Lock<T, G> {
    fn from(value: T) -> Self {
        Self::with(value)
    }
}

impl<T: ?Sized, G: Guarding> fmt::Debug for Lock<T, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (locked, waiting) = self.state.with(|state| (state.locked, state.waiters.count()));
        f.debug_struct("Lock")
            .field("locked", &locked)
            .field("waiting", &waiting)
            .finish_non_exhaustive()
    }
}

/// The operation of [`Acquire`].
pub struct AcquireOp<'a, T: ?Sized, G: Guarding> {
    lock: &'a Lock<T, G>,
}

impl<'a, T: ?Sized, G: Guarding> Operation for AcquireOp<'a, T, G> {
    type Output = LockGuard<'a, T, G>;
    type Payload = ();

    fn poll(&mut self, waiter: Pin<&mut Waiter>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        LockGuard::poll_take(self.lock, waiter, cx)
    }

    fn abandon(&mut self, waiter: Pin<&mut Waiter>) {
        self.lock.leave(waiter);
    }
}

impl<T: ?Sized, G: Guarding> fmt::Debug for AcquireOp<'_, T, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Acquire").field("lock", &self.lock).finish()
    }
}

/// The operation of [`AcquireOwned`].
pub struct AcquireOwnedOp<T: ?Sized, G: Guarding> {
    lock: G::Pointer<Lock<T, G>>,
}

impl<T: ?Sized, G: Guarding> Operation for AcquireOwnedOp<T, G> {
    type Output = OwnedLockGuard<T, G>;
    type Payload = ();

    fn poll(&mut self, waiter: Pin<&mut Waiter>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        OwnedLockGuard::poll_take(&self.lock, waiter, cx)
    }

    fn abandon(&mut self, waiter: Pin<&mut Waiter>) {
        self.lock.leave(waiter);
    }
}

impl<T: ?Sized, G: Guarding> fmt::Debug for AcquireOwnedOp<T, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AcquireOwned").field("lock", &&*self.lock).finish()
    }
}
