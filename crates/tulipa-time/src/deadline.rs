//! [`Deadline`]: a deadline that can be moved while it counts.
//!
//! # Protocol
//!
//! One mutex guards all of [`State`]. A future that the deadline bounds says so as its poll begins
//! and, if it has to wait, leaves its waker and reads `when` under one lock; whoever moves the
//! deadline sets `when`, takes the wakers of those who wait under the same lock, and wakes them
//! after it is released. So a future either reads the new instant or is woken to read it, and a
//! body that moves its own deadline does not wake itself. `told` counts the futures that found the
//! deadline passed; while it is not zero, `when` stays as it is. A future that turns out to have a
//! value takes back its own word, in the same poll, and nobody else's.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::task::Waker;
use std::time::{Duration, Instant};

use crate::sync::{Mutex, MutexGuard, lock};

/// A deadline that can be moved while it counts: the object of asyncio's `async with timeout()`.
///
/// Give it to [`timeout_at`](crate::timeout_at), [`move_on_at`](crate::move_on_at) or a
/// [`CancelScope`](crate::CancelScopeExt::deadline), by reference or as a clone, and keep another
/// clone to look at it and to move it, from inside or outside of what it bounds, on any thread.
/// Clones are handles on the same deadline. One deadline may bound several futures: each ends when
/// it passes. It counts by the clock of the loop that polls the future.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use tulipa_time::{Deadline, sleep, timeout_at};
///
/// tulipa_test::run(async {
///     let second = Duration::from_secs(1);
///     let deadline = Deadline::after(second);
///     let work = async {
///         deadline.reschedule(deadline.when().unwrap() + 9 * second).unwrap();
///         sleep(5 * second).await;
///         "in time"
///     };
///     assert_eq!(timeout_at(&deadline, work).await, Ok("in time"));
///     assert!(!deadline.expired());
/// });
/// ```
#[doc(alias = "Timeout")]
#[derive(Clone)]
pub struct Deadline(Arc<Mutex<State>>);

struct State {
    when: Option<Instant>,
    /// How many futures were told that it has passed.
    told: usize,
    /// The futures it bounds, by place.
    watchers: BTreeMap<u64, Watcher>,
    watched_ever: u64,
}

struct Watcher {
    waker: Waker,
    waits: bool,
}

impl State {
    fn watcher(&mut self, place: Option<u64>) -> Option<&mut Watcher> {
        self.watchers.get_mut(&place?)
    }
}

impl Deadline {
    fn new(when: Option<Instant>) -> Self {
        let state = State { when, told: 0, watchers: BTreeMap::new(), watched_ever: 0 };
        Self(Arc::new(Mutex::new(state)))
    }

    /// A deadline so long from now, by the clock of the running loop. A time beyond what
    /// [`Instant`] can say is no deadline.
    ///
    /// # Panics
    ///
    /// Outside a running loop, naming the caller.
    #[track_caller]
    pub fn after(after: Duration) -> Self {
        Self::new(tulipa_rt::current().deadline(after))
    }

    /// A deadline at an instant.
    pub fn at(when: Instant) -> Self {
        Self::new(Some(when))
    }

    /// No deadline, until it is given one by [`reschedule`](Self::reschedule).
    pub fn never() -> Self {
        Self::new(None)
    }

    /// When it is, passed or not; `None` if there is none.
    pub fn when(&self) -> Option<Instant> {
        self.state().when
    }

    /// Whether it has passed and a future that it bounds, which had no value yet, was told.
    pub fn expired(&self) -> bool {
        self.state().told > 0
    }

    /// Moves it, to an instant or (`None`) to no deadline at all.
    ///
    /// Takes effect at once, also for futures that wait now; an instant in the past ends them at
    /// their next suspension. Before and after the use of a deadline it sets the next one's.
    ///
    /// # Errors
    ///
    /// [`RescheduleError`] if it has [expired](Self::expired): what it bounds has been told, and
    /// that cannot be taken back.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::future::pending;
    /// use std::time::Duration;
    /// use tulipa_time::{Deadline, sleep, timeout_at};
    ///
    /// tulipa_test::run(async {
    ///     let deadline = Deadline::never();
    ///     let now = tulipa_rt::current().now();
    ///     deadline.reschedule(now + Duration::from_secs(1)).unwrap();
    ///     assert!(timeout_at(&deadline, pending::<()>()).await.is_err());
    ///     let error = deadline.reschedule(None).unwrap_err();
    ///     assert!(error.to_string().starts_with("the deadline has passed"));
    /// });
    /// ```
    pub fn reschedule(&self, when: impl Into<Option<Instant>>) -> Result<(), RescheduleError> {
        let when = when.into();
        let mut state = self.state();
        if state.told > 0 {
            return Err(RescheduleError(()));
        }
        state.when = when;
        let waiting = state.watchers.values().filter(|watcher| watcher.waits);
        let wakers: Vec<_> = waiting.map(|watcher| watcher.waker.clone()).collect();
        // A waker may run any code, this lock's users included.
        drop(state);
        wakers.into_iter().for_each(Waker::wake);
        Ok(())
    }

    /// Moves it to so long from now, by the clock of the running loop. Otherwise as
    /// [`reschedule`](Self::reschedule).
    ///
    /// # Errors
    ///
    /// [`RescheduleError`] if it has [expired](Self::expired).
    ///
    /// # Panics
    ///
    /// Outside a running loop, naming the caller.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::time::Duration;
    /// use tulipa_time::Deadline;
    ///
    /// tulipa_test::run(async {
    ///     let deadline = Deadline::never();
    ///     deadline.reschedule_after(Duration::from_secs(1)).unwrap();
    ///     assert!(deadline.when().is_some());
    /// });
    /// ```
    #[track_caller]
    pub fn reschedule_after(&self, after: Duration) -> Result<(), RescheduleError> {
        self.reschedule(tulipa_rt::current().deadline(after))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.0)
    }
}

impl Default for Deadline {
    fn default() -> Self {
        Self::never()
    }
}

impl From<Instant> for Deadline {
    fn from(when: Instant) -> Self {
        Self::at(when)
    }
}

impl From<Option<Instant>> for Deadline {
    fn from(when: Option<Instant>) -> Self {
        Self::new(when)
    }
}

impl fmt::Debug for Deadline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state();
        f.debug_struct("Deadline")
            .field("when", &state.when)
            .field("expired", &(state.told > 0))
            .finish()
    }
}

/// The deadline has passed and what it bounds was told, so that it cannot be moved any more.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct RescheduleError(());

impl fmt::Display for RescheduleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the deadline has passed and what it bounds was told: it cannot be moved")
    }
}

impl fmt::Debug for RescheduleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RescheduleError({self})")
    }
}

impl Error for RescheduleError {}

/// Until when something may run: what [`timeout_at`](crate::timeout_at) and its like take.
///
/// Made by `into` from an [`Instant`], an `Option<Instant>`, a [`Deadline`], or a reference to one.
#[derive(Clone, Debug)]
pub enum Until {
    /// A fixed instant.
    Instant(Instant),
    /// A deadline that may be moved.
    Deadline(Deadline),
    /// For ever.
    Never,
}

impl From<Instant> for Until {
    fn from(when: Instant) -> Self {
        Self::Instant(when)
    }
}

impl From<Option<Instant>> for Until {
    fn from(when: Option<Instant>) -> Self {
        when.map_or(Self::Never, Self::Instant)
    }
}

impl From<Deadline> for Until {
    fn from(deadline: Deadline) -> Self {
        Self::Deadline(deadline)
    }
}

impl From<&Deadline> for Until {
    fn from(deadline: &Deadline) -> Self {
        Self::Deadline(deadline.clone())
    }
}

/// The place of one future among those that a deadline bounds; given up on drop.
#[derive(Debug)]
pub(crate) struct Watch {
    deadline: Deadline,
    place: Option<u64>,
}

impl Watch {
    pub(crate) fn new(deadline: Deadline) -> Self {
        Self { deadline, place: None }
    }

    pub(crate) fn when(&self) -> Option<Instant> {
        self.deadline.when()
    }

    /// A poll of the future begins: whoever moves the deadline in its course need not wake it.
    /// Says when the deadline is.
    pub(crate) fn begin(&mut self) -> Option<Instant> {
        let mut state = self.deadline.state();
        if let Some(watcher) = state.watcher(self.place) {
            watcher.waits = false;
        }
        state.when
    }

    /// Leaves the waker for whoever moves the deadline, and says when it is.
    pub(crate) fn look(&mut self, waker: &Waker) -> Option<Instant> {
        let mut state = self.deadline.state();
        let mut old = None;
        if let Some(watcher) = state.watcher(self.place) {
            watcher.waits = true;
            if !watcher.waker.will_wake(waker) {
                old = Some(std::mem::replace(&mut watcher.waker, waker.clone()));
            }
        } else {
            let place = state.watched_ever;
            state.watched_ever += 1;
            state.watchers.insert(place, Watcher { waker: waker.clone(), waits: true });
            self.place = Some(place);
        }
        let when = state.when;
        drop(state);
        drop(old);
        when
    }

    /// The deadline has passed, if it is still `when`; else whoever moved it has woken us.
    pub(crate) fn expire(&self, when: Instant) -> bool {
        let mut state = self.deadline.state();
        let stands = state.when == Some(when);
        state.told += usize::from(stands);
        stands
    }

    /// The future was not told after all: it had a value.
    pub(crate) fn take_back(&self) {
        self.deadline.state().told -= 1;
    }

    /// The future it bounds has ended.
    pub(crate) fn stop(&mut self) {
        let Some(own) = self.place.take() else { return };
        let mut state = self.deadline.state();
        let gone = state.watchers.remove(&own);
        drop(state);
        drop(gone);
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.stop();
    }
}
