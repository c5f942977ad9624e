//! A limit on how many may do something at once, that knows who does and can be moved.
//!
//! # Protocol
//!
//! All of [`State`] is guarded. Who acquires is entered in `entries` first, so that a second
//! acquire for the same borrower is told off while the first still waits. `borrowed` counts the
//! tokens out, those reserved for a woken waiter too. While anybody is in line newcomers queue;
//! whenever `borrowed` falls, `total` rises or somebody leaves the line, tokens that are left are
//! reserved for the first waiters without.

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};
use std::rc::Rc;
use std::sync::Arc;

use crate::error::{AlreadyBorrowedError, NotBorrowedError, TryBorrowError};
use crate::raw::guarded::wake;
use crate::raw::{Guarded, Guarding, Local, Shared, Status, Wait, Waiter, Waiters};

mod token;

use token::{AcquireOp, Application};
pub use token::{
    Lender, LimiterAcquire, LimiterAcquireOwned, LimiterToken, OwnedLimiterToken, Token,
};

struct State<B> {
    total: usize,
    borrowed: usize,
    /// In order of arrival: those who have a token, and those who wait for one.
    entries: Vec<Entry<B>>,
    entered: u64,
    waiters: Waiters,
}

struct Entry<B> {
    number: u64,
    borrower: B,
    holds: bool,
}

impl<B: Eq> State<B> {
    fn knows(&self, borrower: &B) -> bool {
        self.entries.iter().any(|entry| entry.borrower == *borrower)
    }

    fn enter(&mut self, borrower: B, holds: bool) -> u64 {
        self.entered += 1;
        let number = self.entered;
        self.entries.push(Entry { number, borrower, holds });
        number
    }

    fn find(&self, number: u64) -> Option<usize> {
        self.entries.iter().position(|entry| entry.number == number)
    }

    /// Takes a token, if one is left and nobody is in line.
    fn take(&mut self) -> bool {
        let free = self.borrowed < self.total && self.waiters.is_empty();
        self.borrowed += usize::from(free);
        free
    }

    /// Reserves a token, if one is left, for the first waiter without, if there is one.
    fn reserve(&mut self) -> Option<Waker> {
        if self.borrowed >= self.total {
            return None;
        }
        let waker = self.waiters.wake_next()?;
        self.borrowed += 1;
        Some(waker)
    }

    /// Takes an entry out, with its token; gives the borrower, to be dropped without the guard.
    fn give_back(&mut self, at: usize) -> (B, Option<Waker>) {
        let entry = self.entries.remove(at);
        self.borrowed -= usize::from(entry.holds);
        (entry.borrower, self.reserve())
    }
}

/// trio's `CapacityLimiter`: a number of tokens, lent to named borrowers, one each.
///
/// It differs from a [`Semaphore`](crate::Semaphore) in that it knows who has a token, and that
/// the total can be changed while tokens are out. `B` is how borrowers are named: a task's name, a
/// connection's number. Comparing and
/// cloning them must not use the limiter.
///
/// # Order
///
/// First come, first served; a token given back goes to the head of the line.
///
/// # Examples
///
/// ```
/// # futures_lite::future::block_on(async {
/// use tulipa_sync::CapacityLimiter;
///
/// let limiter = CapacityLimiter::new(2);
/// let token = limiter.acquire("resize").await?;
/// assert!(limiter.acquire("resize").await.is_err(), "one each");
/// assert_eq!(limiter.borrowers(), ["resize"]);
/// drop(token);
/// assert_eq!(limiter.available_tokens(), 2);
/// # Ok::<(), tulipa_sync::AlreadyBorrowedError<&str>>(()) }).unwrap();
/// ```
pub struct CapacityLimiter<B, G: Guarding = Shared> {
    state: Guarded<State<B>, G>,
}

impl<B: Eq, G: Guarding> CapacityLimiter<B, G> {
    /// Makes a limiter of `total_tokens`.
    pub const fn new(total_tokens: usize) -> Self {
        Self {
            state: Guarded::new(State {
                total: total_tokens,
                borrowed: 0,
                entries: Vec::new(),
                entered: 0,
                waiters: Waiters::new(),
            }),
        }
    }

    /// Waits for a token and borrows it in the name of `borrower`.
    ///
    /// An acquire that need not wait does not suspend.
    ///
    /// # Errors
    ///
    /// [`AlreadyBorrowedError`] if this borrower has a token already, or waits for one.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future gives up the place in line and the name. If a token had been reserved
    /// for it, it goes to the next.
    #[doc(alias = "acquire_on_behalf_of")]
    pub fn acquire(&self, borrower: B) -> LimiterAcquire<'_, B, G> {
        Wait::new(AcquireOp::new(self, borrower))
    }

    /// Borrows a token if one is left and nobody is in line; does not wait.
    ///
    /// # Errors
    ///
    /// [`TryBorrowError`], with the borrower, if there is none or it has one.
    #[doc(alias = "acquire_on_behalf_of_nowait")]
    pub fn try_acquire(&self, borrower: B) -> Result<LimiterToken<'_, B, G>, TryBorrowError<B>> {
        self.try_borrow(borrower).map(|number| Token::new(self, number))
    }

    /// Gives back the token of a borrower; its [`Token`] then stands for nothing.
    ///
    /// # Errors
    ///
    /// [`NotBorrowedError`] if that borrower has no token.
    ///
    /// # Examples
    ///
    /// ```
    /// let limiter = tulipa_sync::CapacityLimiter::new(1);
    /// let token = limiter.try_acquire("job 7").unwrap();
    /// limiter.release_on_behalf_of(&"job 7").unwrap();
    /// assert_eq!(limiter.available_tokens(), 1);
    /// # drop(token);
    /// ```
    pub fn release_on_behalf_of(&self, borrower: &B) -> Result<(), NotBorrowedError> {
        let (borrower, next) = self
            .state
            .with(|state| {
                let has = |entry: &Entry<B>| entry.holds && entry.borrower == *borrower;
                let at = state.entries.iter().position(has)?;
                Some(state.give_back(at))
            })
            .ok_or(NotBorrowedError(()))?;
        wake(next);
        drop(borrower);
        Ok(())
    }

    /// Changes how many tokens there are.
    ///
    /// More tokens go to those in line at once. With fewer than are borrowed, none is taken away:
    /// tokens given back are not lent again until there are few enough.
    ///
    /// # Examples
    ///
    /// ```
    /// let limiter = tulipa_sync::CapacityLimiter::new(1);
    /// let first = limiter.try_acquire(1).unwrap();
    /// assert!(limiter.try_acquire(2).is_err());
    /// limiter.set_total_tokens(2);
    /// let second = limiter.try_acquire(2).unwrap();
    /// # drop((first, second));
    /// ```
    pub fn set_total_tokens(&self, total_tokens: usize) {
        self.state.with(|state| state.total = total_tokens);
        self.settle();
    }

    /// How many tokens there are.
    pub fn total_tokens(&self) -> usize {
        self.state.with(|state| state.total)
    }

    /// How many tokens are lent.
    pub fn borrowed_tokens(&self) -> usize {
        self.state.with(|state| state.borrowed)
    }

    /// How many tokens are left.
    pub fn available_tokens(&self) -> usize {
        self.state.with(|state| state.total.saturating_sub(state.borrowed))
    }

    /// Who has a token, in order of arrival.
    pub fn borrowers(&self) -> Vec<B>
    where
        B: Clone,
    {
        self.state.with(|state| {
            let holding = state.entries.iter().filter(|entry| entry.holds);
            holding.map(|entry| entry.borrower.clone()).collect()
        })
    }

    fn try_borrow(&self, borrower: B) -> Result<u64, TryBorrowError<B>> {
        self.state.with(|state| {
            if state.knows(&borrower) {
                return Err(TryBorrowError::AlreadyBorrowed(borrower));
            }
            if !state.take() {
                return Err(TryBorrowError::NoToken(borrower));
            }
            Ok(state.enter(borrower, true))
        })
    }

    fn settle(&self) {
        self.state.wake_each(State::reserve);
    }
}

impl<B: Eq> CapacityLimiter<B, Shared> {
    /// Like [`acquire`](Self::acquire), for a token that keeps the limiter alive itself.
    ///
    /// # Errors
    ///
    /// As [`acquire`](Self::acquire).
    ///
    /// # Cancel safety
    ///
    /// As that of [`acquire`](Self::acquire).
    pub fn acquire_owned(self: &Arc<Self>, borrower: B) -> LimiterAcquireOwned<B> {
        Wait::new(AcquireOp::new(Arc::clone(self), borrower))
    }

    /// Like [`try_acquire`](Self::try_acquire), for a token that keeps the limiter alive itself.
    ///
    /// # Errors
    ///
    /// As [`try_acquire`](Self::try_acquire).
    pub fn try_acquire_owned(
        self: &Arc<Self>,
        borrower: B,
    ) -> Result<OwnedLimiterToken<B>, TryBorrowError<B>> {
        self.try_borrow(borrower).map(|number| Token::new(Arc::clone(self), number))
    }
}

impl<B: Eq> CapacityLimiter<B, Local> {
    /// Like [`acquire`](Self::acquire), for a token that keeps the limiter alive itself.
    ///
    /// # Errors
    ///
    /// As [`acquire`](Self::acquire).
    ///
    /// # Cancel safety
    ///
    /// As that of [`acquire`](Self::acquire).
    pub fn acquire_owned(self: &Rc<Self>, borrower: B) -> LimiterAcquireOwned<B, Local> {
        Wait::new(AcquireOp::new(Rc::clone(self), borrower))
    }

    /// Like [`try_acquire`](Self::try_acquire), for a token that keeps the limiter alive itself.
    ///
    /// # Errors
    ///
    /// As [`try_acquire`](Self::try_acquire).
    pub fn try_acquire_owned(
        self: &Rc<Self>,
        borrower: B,
    ) -> Result<OwnedLimiterToken<B, Local>, TryBorrowError<B>> {
        self.try_borrow(borrower).map(|number| Token::new(Rc::clone(self), number))
    }
}

impl<B: Eq, G: Guarding> Lender for CapacityLimiter<B, G> {
    type Borrower = B;

    fn poll_borrow(
        &self,
        application: &mut Application<B>,
        waiter: Pin<&mut Waiter>,
        cx: &Context<'_>,
    ) -> Poll<Result<u64, AlreadyBorrowedError<B>>> {
        let was_in_line = waiter.is_linked();
        let answer = self.state.poll_wait(
            waiter,
            cx,
            |state| &mut state.waiters,
            |state, status, _| {
                let number = match core::mem::replace(application, Application::Done) {
                    Application::New(borrower) if state.knows(&borrower) => {
                        return Poll::Ready(Err(AlreadyBorrowedError(borrower)));
                    }
                    Application::New(borrower) => state.enter(borrower, false),
                    Application::Entered(number) => number,
                    Application::Done => panic!("an acquire was polled after it was ready"),
                };
                if status == Status::Woken || status == Status::New && state.take() {
                    if let Some(at) = state.find(number) {
                        state.entries[at].holds = true;
                    }
                    return Poll::Ready(Ok(number));
                }
                *application = Application::Entered(number);
                Poll::Pending
            },
        );
        if was_in_line && answer.is_ready() {
            self.settle();
        }
        answer
    }

    fn withdraw(&self, application: &mut Application<B>, waiter: Pin<&mut Waiter>) {
        self.state.abandon(
            waiter,
            |state| &mut state.waiters,
            |state, woken, _| {
                state.borrowed -= usize::from(woken);
                None
            },
        );
        if let Application::Entered(number) = *application {
            self.give_back(number);
            self.settle();
        }
    }

    fn give_back(&self, number: u64) {
        let given = self.state.with(|state| state.find(number).map(|at| state.give_back(at)));
        if let Some((borrower, next)) = given {
            wake(next);
            drop(borrower);
        }
    }
}

impl<B, G: Guarding> fmt::Debug for CapacityLimiter<B, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [total, borrowed, waiting] =
            self.state.with(|state| [state.total, state.borrowed, state.waiters.count()]);
        f.debug_struct("CapacityLimiter")
            .field("total_tokens", &total)
            .field("borrowed_tokens", &borrowed)
            .field("waiting", &waiting)
            .finish_non_exhaustive()
    }
}
