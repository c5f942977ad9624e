//! A flag that tasks wait for.
//!
//! # Protocol
//!
//! `set` and `waiters` are guarded. `set()` releases all who are in line at that moment (the
//! list's epoch counts up), then wakes them; a `clear()` in between changes nothing for them.

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll};

use crate::raw::{Guarded, Guarding, Operation, Shared, Status, Wait, Waiter, Waiters};

struct State {
    set: bool,
    waiters: Waiters,
}

/// asyncio's `Event`: a flag; those who wait for it go on when it is set.
///
/// # Order
///
/// Setting it wakes all, in order of arrival. They are released for good: a
/// [`clear`](Self::clear) before they run does not hold them back (asyncio statement S-EVENT-1).
///
/// # Examples
///
/// ```
/// # futures_lite::future::block_on(async {
/// static READY: tulipa_sync::Event = tulipa_sync::Event::new();
///
/// std::thread::spawn(|| READY.set());
/// READY.wait().await;
/// assert!(READY.is_set());
/// # });
/// ```
pub struct Event<G: Guarding = Shared> {
    state: Guarded<State, G>,
}

/// The future of [`Event::wait`].
///
/// It suspends only if the event is not set.
pub type EventWait<'a, G = Shared> = Wait<EventWaitOp<'a, G>>;

impl<G: Guarding> Event<G> {
    /// Makes an event that is not set.
    pub const fn new() -> Self {
        Self { state: Guarded::new(State { set: false, waiters: Waiters::new() }) }
    }

    /// Sets the event and wakes all who wait for it.
    pub fn set(&self) {
        self.state.with(|state| {
            state.set = true;
            state.waiters.release_all();
        });
        self.state.wake_released(|state| &mut state.waiters);
    }

    /// Resets the event: those who come from now on wait for the next [`set`](Self::set).
    pub fn clear(&self) {
        self.state.with(|state| state.set = false);
    }

    /// True if the event is set.
    pub fn is_set(&self) -> bool {
        self.state.with(|state| state.set)
    }

    /// Waits until the event is set.
    ///
    /// Does not suspend if it is set already.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future loses nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// # futures_lite::future::block_on(async {
    /// let event = tulipa_sync::Event::new();
    /// event.set();
    /// event.wait().await; // at once
    /// event.clear();
    /// assert!(!event.is_set());
    /// # });
    /// ```
    pub const fn wait(&self) -> EventWait<'_, G> {
        Wait::new(EventWaitOp { event: self })
    }
}

impl<G: Guarding> Default for Event<G> {
    fn default() -> Self {
        Self::new()
    }
}

impl<G: Guarding> fmt::Debug for Event<G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (set, waiting) = self.state.with(|state| (state.set, state.waiters.count()));
        f.debug_struct("Event").field("set", &set).field("waiting", &waiting).finish()
    }
}

/// The operation of [`EventWait`].
pub struct EventWaitOp<'a, G: Guarding> {
    event: &'a Event<G>,
}

impl<G: Guarding> Operation for EventWaitOp<'_, G> {
    type Output = ();
    type Payload = ();

    fn poll(&mut self, waiter: Pin<&mut Waiter>, cx: &mut Context<'_>) -> Poll<()> {
        self.event.state.poll_wait(
            waiter,
            cx,
            |state| &mut state.waiters,
            |state, status, _| {
                if state.set || status == Status::Woken { Poll::Ready(()) } else { Poll::Pending }
            },
        )
    }

    fn abandon(&mut self, waiter: Pin<&mut Waiter>) {
        self.event.state.abandon(waiter, |state| &mut state.waiters, |_, _, _| None);
    }
}

impl<G: Guarding> fmt::Debug for EventWaitOp<'_, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventWait").field("event", &self.event).finish()
    }
}
