//! A counter of permits: plain, or bounded by the count it began with.
//!
//! # Protocol
//!
//! `value` and `waiters` are guarded. A release reserves its permit for the first waiter that has
//! none yet: the value does not rise, the waiter is woken and owns the permit, and stays in line
//! until it runs. While anybody is in line newcomers queue, even if `value` is not 0; whoever
//! leaves the line then lets [`settle`](Semaphore::settle) hand out what is left. A waiter that
//! goes away with a permit gives it back first.

use core::fmt;
use core::ops::Deref;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};
use std::rc::Rc;
use std::sync::Arc;

use crate::error::OverReleaseError;
use crate::raw::guarded::wake;
use crate::raw::{Guarded, Guarding, Local, Operation, Shared, Status, Wait, Waiter, Waiters};

struct State {
    /// Permits that nobody owns.
    value: usize,
    waiters: Waiters,
}

impl State {
    /// Gives a permit, if there is one, to the first waiter without, if there is one.
    fn reserve(&mut self) -> Option<Waker> {
        if self.value == 0 {
            return None;
        }
        let waker = self.waiters.wake_next()?;
        self.value -= 1;
        Some(waker)
    }
}

/// The semaphore behind [`Semaphore`](crate::Semaphore) and
/// [`BoundedSemaphore`](crate::BoundedSemaphore).
///
/// # Order
///
/// First come, first served: who comes while others are in line gets in line, whatever the value
/// (asyncio statement S-SEM-1). A release reserves its permit for the head of the line at once, so
/// that [`locked`](Self::locked) stays true (S-SEM-2).
///
/// # Examples
///
/// ```
/// # futures_lite::future::block_on(async {
/// use tulipa_sync::Semaphore;
///
/// static CONNECTIONS: Semaphore = Semaphore::new(2);
///
/// let first = CONNECTIONS.acquire().await;
/// let second = CONNECTIONS.acquire().await;
/// assert!(CONNECTIONS.locked());
/// drop(first); // its permit is to be had again
/// assert!(CONNECTIONS.try_acquire().is_some());
/// # drop(second); });
/// ```
pub struct Semaphore<G: Guarding = Shared, const BOUNDED: bool = false> {
    state: Guarded<State, G>,
    /// The value it began with.
    start: usize,
}

/// A permit of a semaphore that `P` leads to; gives it back when dropped.
#[must_use = "the permit is given back as soon as it is dropped"]
#[clippy::has_significant_drop]
pub struct Permit<P>
where
    P: Deref,
    P::Target: Pool,
{
    /// Empty only on the way out of [`forget`](Self::forget).
    pool: Option<P>,
}

/// A permit that borrows its semaphore; made by [`Semaphore::acquire`].
pub type SemaphorePermit<'a, G = Shared, const BOUNDED: bool = false> =
    Permit<&'a Semaphore<G, BOUNDED>>;

/// A permit that keeps its semaphore alive; made by [`Semaphore::acquire_owned`].
pub type OwnedSemaphorePermit<G = Shared, const BOUNDED: bool = false> =
    Permit<<G as Guarding>::Pointer<Semaphore<G, BOUNDED>>>;

/// The future of [`Semaphore::acquire`]; gives a [`SemaphorePermit`].
///
/// It suspends only if there is no permit or others are in line.
pub type SemaphoreAcquire<'a, G = Shared, const BOUNDED: bool = false> =
    Wait<AcquireOp<&'a Semaphore<G, BOUNDED>>>;

/// The future of [`Semaphore::acquire_owned`]; gives an [`OwnedSemaphorePermit`].
///
/// It suspends only if there is no permit or others are in line.
pub type SemaphoreAcquireOwned<G = Shared, const BOUNDED: bool = false> =
    Wait<AcquireOp<<G as Guarding>::Pointer<Semaphore<G, BOUNDED>>>>;

impl<G: Guarding, const BOUNDED: bool> Semaphore<G, BOUNDED> {
    /// Makes a semaphore with `value` permits to begin with.
    pub const fn new(value: usize) -> Self {
        let state = State { value, waiters: Waiters::new() };
        Self { state: Guarded::new(state), start: value }
    }

    /// Waits for a permit and takes it.
    ///
    /// An acquire that need not wait does not suspend.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future gives up the place in line. If a permit had been reserved for it, it
    /// goes to the next (asyncio statement S-SEM-3).
    pub const fn acquire(&self) -> SemaphoreAcquire<'_, G, BOUNDED> {
        Wait::new(AcquireOp { pool: self })
    }

    /// Takes a permit if there is one and nobody is in line; does not wait.
    pub fn try_acquire(&self) -> Option<SemaphorePermit<'_, G, BOUNDED>> {
        self.try_take().then(|| Permit { pool: Some(self) })
    }

    /// True if an acquire would have to wait.
    pub fn locked(&self) -> bool {
        self.state.with(|state| state.value == 0 || !state.waiters.is_empty())
    }

    /// How many permits nobody owns, and nobody is to have.
    #[doc(alias = "available_permits")]
    pub fn value(&self) -> usize {
        self.state.with(|state| state.value)
    }

    fn try_take(&self) -> bool {
        self.state.with(|state| {
            let free = state.value > 0 && state.waiters.is_empty();
            state.value -= usize::from(free);
            free
        })
    }

    /// Adds a permit; false if the bound forbids it.
    fn add(&self) -> bool {
        let (added, next) = self.state.with(|state| {
            let limit = if BOUNDED { self.start } else { usize::MAX };
            let added = state.value < limit;
            state.value += usize::from(added);
            (added, state.reserve())
        });
        wake(next);
        added
    }

    /// Hands out what is left, now that somebody left the line.
    fn settle(&self) {
        self.state.wake_each(State::reserve);
    }
}

impl<G: Guarding> Semaphore<G, false> {
    /// Adds a permit, whoever owned one before: asyncio's `release()`.
    ///
    /// The value may come to exceed what the semaphore began with (asyncio statement S-SEM-4). A
    /// [`SemaphorePermit`] gives itself back; this is for one that was
    /// [forgotten](Permit::forget), or to add permits.
    ///
    /// # Examples
    ///
    /// ```
    /// # futures_lite::future::block_on(async {
    /// let semaphore = tulipa_sync::Semaphore::new(0);
    /// semaphore.release();
    /// semaphore.acquire().await.forget();
    /// assert_eq!(semaphore.value(), 0);
    /// # });
    /// ```
    pub fn release(&self) {
        self.add();
    }
}

impl<G: Guarding> Semaphore<G, true> {
    /// Adds a permit, whoever owned one before: asyncio's `release()`.
    ///
    /// A [`SemaphorePermit`] gives itself back; this is for one that was
    /// [forgotten](Permit::forget).
    ///
    /// # Errors
    ///
    /// [`OverReleaseError`] if the value is what the semaphore began with (asyncio statement
    /// S-SEM-4).
    ///
    /// # Examples
    ///
    /// ```
    /// let semaphore = tulipa_sync::BoundedSemaphore::new(1);
    /// assert!(semaphore.release().is_err());
    /// ```
    pub fn release(&self) -> Result<(), OverReleaseError> {
        if self.add() { Ok(()) } else { Err(OverReleaseError(())) }
    }
}

impl<const BOUNDED: bool> Semaphore<Shared, BOUNDED> {
    /// Like [`acquire`](Self::acquire), for a permit that keeps the semaphore alive itself.
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
    /// use tulipa_sync::Semaphore;
    ///
    /// let semaphore = Arc::new(Semaphore::new(1));
    /// let permit = semaphore.acquire_owned().await;
    /// std::thread::spawn(move || drop(permit)).join().unwrap();
    /// assert_eq!(semaphore.value(), 1);
    /// # });
    /// ```
    pub fn acquire_owned(self: &Arc<Self>) -> SemaphoreAcquireOwned<Shared, BOUNDED> {
        Wait::new(AcquireOp { pool: Arc::clone(self) })
    }

    /// Like [`try_acquire`](Self::try_acquire), for a permit that keeps the semaphore alive itself.
    pub fn try_acquire_owned(self: &Arc<Self>) -> Option<OwnedSemaphorePermit<Shared, BOUNDED>> {
        self.try_take().then(|| Permit { pool: Some(Arc::clone(self)) })
    }
}

impl<const BOUNDED: bool> Semaphore<Local, BOUNDED> {
    /// Like [`acquire`](Self::acquire), for a permit that keeps the semaphore alive itself.
    ///
    /// # Cancel safety
    ///
    /// As that of [`acquire`](Self::acquire).
    pub fn acquire_owned(self: &Rc<Self>) -> SemaphoreAcquireOwned<Local, BOUNDED> {
        Wait::new(AcquireOp { pool: Rc::clone(self) })
    }

    /// Like [`try_acquire`](Self::try_acquire), for a permit that keeps the semaphore alive itself.
    pub fn try_acquire_owned(self: &Rc<Self>) -> Option<OwnedSemaphorePermit<Local, BOUNDED>> {
        self.try_take().then(|| Permit { pool: Some(Rc::clone(self)) })
    }
}

/// asyncio's `Semaphore()` begins with one permit; so does this.
impl<G: Guarding, const BOUNDED: bool> Default for Semaphore<G, BOUNDED> {
    fn default() -> Self {
        Self::new(1)
    }
}

impl<G: Guarding, const BOUNDED: bool> fmt::Debug for Semaphore<G, BOUNDED> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (value, waiting) = self.state.with(|state| (state.value, state.waiters.count()));
        f.debug_struct(if BOUNDED { "BoundedSemaphore" } else { "Semaphore" })
            .field("value", &value)
            .field("waiting", &waiting)
            .finish_non_exhaustive()
    }
}

mod sealed {
    pub trait Sealed {}
    impl<G: super::Guarding, const BOUNDED: bool> Sealed for super::Semaphore<G, BOUNDED> {}
}

/// A semaphore, of whichever kind.
///
/// It is sealed.
pub trait Pool: sealed::Sealed + fmt::Debug {
    #[doc(hidden)]
    fn give_back(&self);

    #[doc(hidden)]
    fn poll_take(&self, waiter: Pin<&mut Waiter>, cx: &Context<'_>) -> Poll<()>;

    #[doc(hidden)]
    fn leave(&self, waiter: Pin<&mut Waiter>);
}

impl<G: Guarding, const BOUNDED: bool> Pool for Semaphore<G, BOUNDED> {
    fn give_back(&self) {
        // A bounded one that was released too often meanwhile keeps its bound.
        self.add();
    }

    fn poll_take(&self, waiter: Pin<&mut Waiter>, cx: &Context<'_>) -> Poll<()> {
        let was_in_line = waiter.is_linked();
        let taken = self.state.poll_wait(
            waiter,
            cx,
            |state| &mut state.waiters,
            |state, status, _| match status {
                Status::Woken => Poll::Ready(()),
                Status::New if state.value > 0 && state.waiters.is_empty() => {
                    state.value -= 1;
                    Poll::Ready(())
                }
                Status::New | Status::Waiting => Poll::Pending,
            },
        );
        if was_in_line && taken.is_ready() {
            self.settle();
        }
        taken
    }

    fn leave(&self, waiter: Pin<&mut Waiter>) {
        if waiter.is_linked() {
            self.state.abandon(
                waiter,
                |state| &mut state.waiters,
                |state, woken, _| {
                    state.value += usize::from(woken);
                    None
                },
            );
            self.settle();
        }
    }
}

impl<P> Permit<P>
where
    P: Deref,
    P::Target: Pool,
{
    /// Lets go of the permit without giving it back: only a `release()` does that now.
    pub fn forget(mut self) {
        self.pool = None;
    }
}

impl<P> Drop for Permit<P>
where
    P: Deref,
    P::Target: Pool,
{
    fn drop(&mut self) {
        if let Some(pool) = &self.pool {
            pool.give_back();
        }
    }
}

impl<P> fmt::Debug for Permit<P>
where
    P: Deref,
    P::Target: Pool,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Permit").field(&self.pool.as_deref()).finish()
    }
}

/// The operation of [`SemaphoreAcquire`] and [`SemaphoreAcquireOwned`].
pub struct AcquireOp<P> {
    pool: P,
}

impl<P> Operation for AcquireOp<P>
where
    P: Deref + Clone,
    P::Target: Pool,
{
    type Output = Permit<P>;
    type Payload = ();

    fn poll(&mut self, waiter: Pin<&mut Waiter>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.pool.poll_take(waiter, cx).map(|()| Permit { pool: Some(self.pool.clone()) })
    }

    fn abandon(&mut self, waiter: Pin<&mut Waiter>) {
        self.pool.leave(waiter);
    }
}

impl<P> fmt::Debug for AcquireOp<P>
where
    P: Deref,
    P::Target: Pool,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SemaphoreAcquire").field("semaphore", &&*self.pool).finish()
    }
}
