//! What a limiter lends, and the future that borrows it: over whether they borrow the limiter or
//! keep it alive.

use core::fmt;
use core::ops::Deref;
use core::pin::Pin;
use core::task::{Context, Poll};

use super::CapacityLimiter;
use crate::error::AlreadyBorrowedError;
use crate::raw::{Guarding, Operation, Shared, Wait, Waiter};

/// A token of the limiter that `P` leads to; gives itself back when dropped.
#[must_use = "the token is given back as soon as it is dropped"]
#[clippy::has_significant_drop]
pub struct Token<P>
where
    P: Deref,
    P::Target: Lender,
{
    limiter: P,
    number: u64,
}

/// A token that borrows its limiter; made by [`CapacityLimiter::acquire`].
pub type LimiterToken<'a, B, G = Shared> = Token<&'a CapacityLimiter<B, G>>;

/// A token that keeps its limiter alive; made by [`CapacityLimiter::acquire_owned`].
pub type OwnedLimiterToken<B, G = Shared> = Token<<G as Guarding>::Pointer<CapacityLimiter<B, G>>>;

/// The future of [`CapacityLimiter::acquire`]; gives a [`LimiterToken`].
///
/// It suspends only if no token is left or others are in line.
pub type LimiterAcquire<'a, B, G = Shared> = Wait<AcquireOp<&'a CapacityLimiter<B, G>>>;

/// The future of [`CapacityLimiter::acquire_owned`]; gives an [`OwnedLimiterToken`].
///
/// It suspends only if no token is left or others are in line.
pub type LimiterAcquireOwned<B, G = Shared> =
    Wait<AcquireOp<<G as Guarding>::Pointer<CapacityLimiter<B, G>>>>;

mod sealed {
    pub trait Sealed {}
    impl<B, G: crate::raw::Guarding> Sealed for crate::limiter::CapacityLimiter<B, G> {}
}

/// A capacity limiter, of whichever kind.
///
/// It is sealed.
pub trait Lender: sealed::Sealed + fmt::Debug {
    /// How borrowers are named.
    type Borrower;

    #[doc(hidden)]
    fn poll_borrow(
        &self,
        application: &mut Application<Self::Borrower>,
        waiter: Pin<&mut Waiter>,
        cx: &Context<'_>,
    ) -> Poll<Result<u64, AlreadyBorrowedError<Self::Borrower>>>;

    #[doc(hidden)]
    fn withdraw(&self, application: &mut Application<Self::Borrower>, waiter: Pin<&mut Waiter>);

    #[doc(hidden)]
    fn give_back(&self, number: u64);
}

/// How far an acquire has come.
#[derive(Debug)]
pub enum Application<B> {
    /// Not entered yet.
    New(B),
    /// Entered under this number, waiting.
    Entered(u64),
    /// Over: refused, or the number went to a token.
    Done,
}

impl<P> Token<P>
where
    P: Deref,
    P::Target: Lender,
{
    pub(super) fn new(limiter: P, number: u64) -> Self {
        Self { limiter, number }
    }
}

impl<P> Drop for Token<P>
where
    P: Deref,
    P::Target: Lender,
{
    fn drop(&mut self) {
        self.limiter.give_back(self.number);
    }
}

impl<P> fmt::Debug for Token<P>
where
    P: Deref,
    P::Target: Lender,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Token").field(&&*self.limiter).finish()
    }
}

/// The operation of [`LimiterAcquire`] and [`LimiterAcquireOwned`].
pub struct AcquireOp<P>
where
    P: Deref,
    P::Target: Lender,
{
    limiter: P,
    application: Application<<P::Target as Lender>::Borrower>,
}

impl<P> AcquireOp<P>
where
    P: Deref,
    P::Target: Lender,
{
    pub(super) fn new(limiter: P, borrower: <P::Target as Lender>::Borrower) -> Self {
        Self { limiter, application: Application::New(borrower) }
    }
}

impl<P> Operation for AcquireOp<P>
where
    P: Deref + Clone,
    P::Target: Lender,
{
    type Output = Result<Token<P>, AlreadyBorrowedError<<P::Target as Lender>::Borrower>>;
    type Payload = ();

    fn poll(&mut self, waiter: Pin<&mut Waiter>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let answer = self.limiter.poll_borrow(&mut self.application, waiter, cx);
        answer.map_ok(|number| Token::new(self.limiter.clone(), number))
    }

    fn abandon(&mut self, waiter: Pin<&mut Waiter>) {
        self.limiter.withdraw(&mut self.application, waiter);
    }
}

impl<P> fmt::Debug for AcquireOp<P>
where
    P: Deref,
    P::Target: Lender,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LimiterAcquire").field("limiter", &&*self.limiter).finish_non_exhaustive()
    }
}
