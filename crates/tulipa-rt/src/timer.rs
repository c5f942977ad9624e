//! [`Timer`]: be woken at an instant.

use std::task::Waker;
use std::time::Instant;

/// Names one armed timer of one loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TimerId {
    /// Where the loop keeps the timer.
    pub slot: u32,
    /// Which of the timers that the slot has held.
    pub generation: u32,
}

/// Timers of a loop. Used on the loop's thread only.
///
/// Timers that are due fire in order of deadline, and among equal deadlines in order of creation.
/// A timer never fires early; a real loop may fire it up to a millisecond late. The loop is
/// [`current`](crate::current()) as it fires; a timer that is armed meanwhile fires in the next
/// iteration at the earliest. One that has fired or was cancelled keeps no waker.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use tulipa_rt::Timer;
/// use tulipa_test::{CountingWaker, TestLoop};
///
/// let test_loop = TestLoop::new();
/// let (timers, sleeper) = (test_loop.runtime(), CountingWaker::new());
/// let minute = Duration::from_secs(60);
/// let first = timers.wake_at(test_loop.now() + minute, sleeper.waker());
/// let second = timers.wake_at(test_loop.now() + 2 * minute, sleeper.waker());
/// assert!(timers.cancel(first));
/// test_loop.advance(2 * minute);
/// assert_eq!(sleeper.wakes(), 1);
/// assert!(!timers.cancel(second), "it has fired");
/// ```
pub trait Timer {
    /// Wakes the waker once, when the loop next looks at its timers at or after `at`.
    /// An instant in the past is due at once, but still fires from the loop.
    fn wake_at(&self, at: Instant, waker: &Waker) -> TimerId;

    /// Makes an armed timer wake this waker instead; `false` if the timer has fired or was
    /// cancelled, in which case nothing happens.
    fn set_waker(&self, timer: TimerId, waker: &Waker) -> bool;

    /// Forgets a timer; `false` if it had fired or was cancelled.
    fn cancel(&self, timer: TimerId) -> bool;
}
