//! [`Clock`]: what time it is, for everything that waits.

use std::time::{Duration, Instant};

/// The time of a loop: monotonic on a real one, virtual in tests.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
///
/// tulipa_test::run(async {
///     let clock = tulipa_rt::current();
///     let hour = Duration::from_secs(3600);
///     assert_eq!(clock.deadline(hour), Some(clock.now() + hour));
///     assert_eq!(clock.deadline(Duration::MAX), None);
/// });
/// ```
pub trait Clock {
    /// The present instant. Never goes back.
    fn now(&self) -> Instant;

    /// The instant `after` from now; `None` if that is beyond what [`Instant`] can say, which is
    /// to say never.
    fn deadline(&self, after: Duration) -> Option<Instant> {
        self.now().checked_add(after)
    }
}
