//! [`Handle`] and [`TimerHandle`]: callbacks that can be cancelled.

use std::fmt;
use std::rc::{Rc, Weak};
use std::time::Instant;

use tulipa_rt::TimerId;

use crate::callback::Cancellable;
use crate::core::Core;

/// A callback that was scheduled. Dropping the handle changes nothing.
#[derive(Clone)]
pub struct Handle {
    pub(crate) callback: Rc<dyn Cancellable>,
}

impl Handle {
    /// Keeps the callback from running; does nothing if it has run. What it holds is dropped now.
    pub fn cancel(&self) {
        self.callback.cancel();
    }

    /// Whether it was cancelled before it ran.
    pub fn cancelled(&self) -> bool {
        self.callback.cancelled()
    }
}

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = if self.cancelled() { "cancelled " } else { "" };
        write!(f, "<Handle {state}scheduled at {}>", self.callback.scheduled_at())
    }
}

/// A callback that was scheduled for an instant. Dropping the handle changes nothing.
#[derive(Clone)]
pub struct TimerHandle {
    pub(crate) callback: Rc<dyn Cancellable>,
    pub(crate) core: Weak<Core>,
    /// `None` for a time beyond the clock's end: nothing is armed.
    pub(crate) timer: Option<(TimerId, Instant)>,
}

impl TimerHandle {
    /// Keeps the callback from running; does nothing if it has run. What it holds is dropped now.
    pub fn cancel(&self) {
        self.callback.cancel();
        if let (Some((timer, _)), Some(core)) = (self.timer, self.core.upgrade()) {
            core.disarm(timer);
        }
    }

    /// Whether it was cancelled before it ran.
    pub fn cancelled(&self) -> bool {
        self.callback.cancelled()
    }

    /// When it is due; `None` if that is beyond what [`Instant`] can say, which is never.
    pub fn when(&self) -> Option<Instant> {
        self.timer.map(|(_, when)| when)
    }
}

impl fmt::Debug for TimerHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = if self.cancelled() { "cancelled " } else { "" };
        let (when, at) = (self.when(), self.callback.scheduled_at());
        write!(f, "<TimerHandle {state}when={when:?} scheduled at {at}>")
    }
}
