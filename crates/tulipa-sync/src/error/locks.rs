//! The errors of locks, semaphores, barriers and limiters.

use core::error::Error;
use core::fmt;

/// [`Lock::release`](crate::Lock::release) of a lock that is not held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReleaseError(pub(crate) ());

impl fmt::Display for ReleaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the lock was released but is not held; release it once per acquire")
    }
}

impl Error for ReleaseError {}

/// [`BoundedSemaphore::release`](crate::BoundedSemaphore#method.release) beyond what it began with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OverReleaseError(pub(crate) ());

impl fmt::Display for OverReleaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the bounded semaphore was released too often; release it once per acquire")
    }
}

impl Error for OverReleaseError {}

/// [`Barrier::wait`](crate::Barrier::wait) at a barrier that was aborted, or reset meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BrokenBarrierError(pub(crate) ());

impl fmt::Display for BrokenBarrierError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the barrier was aborted or reset")
    }
}

impl Error for BrokenBarrierError {}

/// [`CapacityLimiter::acquire`](crate::CapacityLimiter) for a borrower that has a token already, or
/// waits for one; holds the borrower.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AlreadyBorrowedError<B>(pub B);

impl<B> AlreadyBorrowedError<B> {
    /// The borrower.
    pub fn into_inner(self) -> B {
        self.0
    }
}

impl<B: fmt::Debug> fmt::Display for AlreadyBorrowedError<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} has a token of this limiter, or waits for one; one each", self.0)
    }
}

impl<B: fmt::Debug> Error for AlreadyBorrowedError<B> {}

/// Why [`CapacityLimiter::try_acquire`](crate::CapacityLimiter) gave no token; holds the borrower.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TryBorrowError<B> {
    /// No token is left, or others are in line.
    NoToken(B),
    /// The borrower has a token already, or waits for one.
    AlreadyBorrowed(B),
}

impl<B> TryBorrowError<B> {
    /// The borrower.
    pub fn into_inner(self) -> B {
        match self {
            Self::NoToken(borrower) | Self::AlreadyBorrowed(borrower) => borrower,
        }
    }
}

impl<B: fmt::Debug> fmt::Display for TryBorrowError<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoToken(borrower) => write!(f, "no token is left for {borrower:?}"),
            Self::AlreadyBorrowed(borrower) => {
                write!(f, "{borrower:?} has a token of this limiter, or waits for one; one each")
            }
        }
    }
}

impl<B: fmt::Debug> Error for TryBorrowError<B> {}

/// [`CapacityLimiter::release_on_behalf_of`](crate::CapacityLimiter) a borrower without a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotBorrowedError(pub(crate) ());

impl fmt::Display for NotBorrowedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a token was released for a borrower that has none of this limiter")
    }
}

impl Error for NotBorrowedError {}
