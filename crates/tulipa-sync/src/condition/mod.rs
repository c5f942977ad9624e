//! A condition: a lock whose holder can wait for others to change what it protects.
//!
//! # Protocol
//!
//! `lock` guards the value. `waiting` has its own guard and holds those who wait for a
//! notification. A waiter gets in line here before it releases the lock, so no notification can
//! slip in between; woken, it leaves this line and gets in line for the lock. A waiter that goes
//! away after it was notified, in either line, notifies the next.

use core::fmt;
use core::ops::{Deref, DerefMut};
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use crate::lock::{Lock, LockGuard};
use crate::raw::{Guarded, Guarding, Operation, Shared, Wait, Waiter, Waiters};

mod wait;

pub use wait::{ConditionWait, ConditionWaitFor};
use wait::{ConditionWaitForOp, ConditionWaitOp};

/// asyncio's `Condition`: a lock, and a queue of those who wait for a change under it.
///
/// The condition owns its lock and the value under it. Waiting and notifying are methods of the
/// guard, so that neither can be done without the lock (asyncio statement S-COND-1, here at
/// compile time):
///
/// ```compile_fail
/// let condition = tulipa_sync::Condition::new();
/// let _ = condition.wait(); // only a guard can wait
/// ```
///
/// ```compile_fail
/// let condition = tulipa_sync::Condition::new();
/// condition.notify(1); // nor can anything else notify
/// ```
///
/// # Order
///
/// Notifications wake in order of arrival; who was notified gets in line for the lock, which is as
/// fair as a [`Lock`](crate::Lock). A notification that finds nobody waiting is lost.
///
/// # Examples
///
/// ```
/// # futures_lite::future::block_on(async {
/// use tulipa_sync::Condition;
///
/// static STOCK: Condition<u32> = Condition::with(0);
///
/// std::thread::spawn(|| {
///     futures_lite::future::block_on(async {
///         let mut stock = STOCK.acquire().await;
///         *stock += 3;
///         stock.notify_all();
///     });
/// });
/// let mut stock = STOCK.acquire().await.wait_for(|stock| *stock >= 2).await;
/// *stock -= 2;
/// assert_eq!(*stock, 1);
/// # });
/// ```
#[doc(alias("Condvar", "monitor"))]
pub struct Condition<T: ?Sized = (), G: Guarding = Shared> {
    waiting: Guarded<Waiters, G>,
    lock: Lock<T, G>,
}

/// Holds the lock of a [`Condition`]; releases it when dropped.
///
/// Made by [`Condition::acquire`] and [`Condition::try_acquire`], and given back by
/// [`wait`](Self::wait).
#[must_use = "the condition's lock is released as soon as its guard is dropped"]
#[clippy::has_significant_drop]
pub struct ConditionGuard<'a, T: ?Sized = (), G: Guarding = Shared> {
    condition: &'a Condition<T, G>,
    held: LockGuard<'a, T, G>,
}

/// The future of [`Condition::acquire`]; gives a [`ConditionGuard`].
///
/// It suspends only if the lock is held or others are in line.
pub type ConditionAcquire<'a, T = (), G = Shared> = Wait<ConditionAcquireOp<'a, T, G>>;

impl<G: Guarding> Condition<(), G> {
    /// Makes a condition that protects nothing but what its users agree on.
    pub const fn new() -> Self {
        Self::with(())
    }
}

impl<T, G: Guarding> Condition<T, G> {
    /// Makes a condition that owns `value`.
    pub const fn with(value: T) -> Self {
        Self { waiting: Guarded::new(Waiters::new()), lock: Lock::with(value) }
    }

    /// Gives back the value.
    pub fn into_inner(self) -> T {
        self.lock.into_inner()
    }
}

impl<T: ?Sized, G: Guarding> Condition<T, G> {
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
    /// let condition = tulipa_sync::Condition::with(1);
    /// *condition.acquire().await += 1;
    /// assert_eq!(*condition.acquire().await, 2);
    /// # });
    /// ```
    #[doc(alias = "lock")]
    pub const fn acquire(&self) -> ConditionAcquire<'_, T, G> {
        Wait::new(ConditionAcquireOp { condition: self })
    }

    /// Takes the lock if it is free and nobody is in line; does not wait.
    #[doc(alias = "try_lock")]
    pub fn try_acquire(&self) -> Option<ConditionGuard<'_, T, G>> {
        let held = self.lock.try_acquire()?;
        Some(ConditionGuard { condition: self, held })
    }

    /// True if somebody holds the lock.
    #[doc(alias = "is_locked")]
    pub fn locked(&self) -> bool {
        self.lock.locked()
    }

    /// The value, without locking: `&mut self` proves that nobody holds the lock.
    pub fn get_mut(&mut self) -> &mut T {
        self.lock.get_mut()
    }
}

impl<'a, T: ?Sized, G: Guarding> ConditionGuard<'a, T, G> {
    /// Releases the lock, waits for a notification, and takes the lock again.
    ///
    /// Always suspends: a notification from before does not count. It may return without one (as
    /// when a task that was notified went away), so wait in a loop, or use
    /// [`wait_for`](Self::wait_for). The lock is released by the first poll.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future, you no longer hold the lock (asyncio would take it again first,
    /// statement S-COND-3; here no guard means no lock). A notification that it had been given
    /// goes to the next (S-COND-4).
    ///
    /// # Examples
    ///
    /// ```
    /// # use tulipa_sync::ConditionGuard;
    /// async fn next_job(mut jobs: ConditionGuard<'_, Vec<String>>) -> String {
    ///     loop {
    ///         match jobs.pop() {
    ///             Some(job) => return job,
    ///             None => jobs = jobs.wait().await,
    ///         }
    ///     }
    /// }
    /// ```
    pub fn wait(self) -> ConditionWait<'a, T, G> {
        Wait::new(ConditionWaitOp::new(self))
    }

    /// Waits until `predicate` is true, and holds the lock then.
    ///
    /// Does not suspend if it is true at once. It is called with the lock held, once before the
    /// first wait and once after each.
    ///
    /// # Cancel safety
    ///
    /// As that of [`wait`](Self::wait).
    ///
    /// # Examples
    ///
    /// ```
    /// # futures_lite::future::block_on(async {
    /// let ready = tulipa_sync::Condition::with(true);
    /// let guard = ready.acquire().await.wait_for(|ready| *ready).await;
    /// assert!(*guard);
    /// # });
    /// ```
    pub fn wait_for<F>(self, predicate: F) -> ConditionWaitFor<'a, T, F, G>
    where
        F: FnMut(&mut T) -> bool,
    {
        Wait::new(ConditionWaitForOp::new(self, predicate))
    }

    /// Notifies up to `n` of those who wait and have not been notified yet, the oldest first.
    ///
    /// They run when the lock comes to them, so not before this guard is gone.
    ///
    /// # Examples
    ///
    /// ```
    /// # futures_lite::future::block_on(async {
    /// use futures_lite::future;
    ///
    /// let turn = tulipa_sync::Condition::with(0);
    /// let waits = async { turn.acquire().await.wait_for(|turn| *turn == 1).await };
    /// let notifies = async {
    ///     let mut turn = turn.acquire().await;
    ///     *turn = 1;
    ///     turn.notify(1);
    /// };
    /// let (turn, ()) = future::zip(waits, notifies).await;
    /// assert_eq!(*turn, 1);
    /// # });
    /// ```
    pub fn notify(&self, n: usize) {
        self.condition.notify(n);
    }

    /// Notifies all who wait.
    pub fn notify_all(&self) {
        self.notify(usize::MAX);
    }
}

impl<T: ?Sized, G: Guarding> Condition<T, G> {
    /// Callable without the lock only from within: by a waiter that passes its notification on.
    fn notify(&self, n: usize) {
        self.waiting.wake_many(n, |waiting| waiting);
    }
}

impl<T: ?Sized, G: Guarding> Deref for ConditionGuard<'_, T, G> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.held
    }
}

impl<T: ?Sized, G: Guarding> DerefMut for ConditionGuard<'_, T, G> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.held
    }
}

impl<T: Default, G: Guarding> Default for Condition<T, G> {
    fn default() -> Self {
        Self::with(T::default())
    }
}

impl<T, G: Guarding> From<T> for Condition<T, G> {
    fn from(value: T) -> Self {
        Self::with(value)
    }
}

impl<T: ?Sized, G: Guarding> fmt::Debug for Condition<T, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let waiting = self.waiting.with(|waiting| waiting.count());
        f.debug_struct("Condition").field("lock", &&self.lock).field("waiting", &waiting).finish()
    }
}

impl<T: ?Sized + fmt::Debug, G: Guarding> fmt::Debug for ConditionGuard<'_, T, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ConditionGuard").field(&&*self.held).finish()
    }
}

impl<T: ?Sized + fmt::Display, G: Guarding> fmt::Display for ConditionGuard<'_, T, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (*self.held).fmt(f)
    }
}

/// The operation of [`ConditionAcquire`].
pub struct ConditionAcquireOp<'a, T: ?Sized, G: Guarding> {
    condition: &'a Condition<T, G>,
}

impl<'a, T: ?Sized, G: Guarding> Operation for ConditionAcquireOp<'a, T, G> {
    type Output = ConditionGuard<'a, T, G>;
    type Payload = ();

    fn poll(&mut self, waiter: Pin<&mut Waiter>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let condition = self.condition;
        let held = ready!(LockGuard::poll_take(&condition.lock, waiter, cx));
        Poll::Ready(ConditionGuard { condition, held })
    }

    fn abandon(&mut self, waiter: Pin<&mut Waiter>) {
        self.condition.lock.leave(waiter);
    }
}

impl<T: ?Sized, G: Guarding> fmt::Debug for ConditionAcquireOp<'_, T, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConditionAcquire").field("condition", &self.condition).finish()
    }
}
