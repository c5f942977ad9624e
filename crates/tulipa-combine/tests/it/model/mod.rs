//! Random children in random combinators, each held against a plain computation of what must come
//! of it, and when.

mod as_completed; // with pauses, panics, cancelled children, deadlines
mod gather; // both kinds, cancelled up to twice; and shield
mod group; // task groups: children that start others, fail, clean up
mod group_plan; // what such a group must come to
mod wait; // tasks and promises, each `ReturnWhen`, with and without a timeout

use std::cell::RefCell;
use std::rc::Rc;
use std::time::{Duration, Instant};

use tulipa_task::JoinError;

use crate::support::fail;

/// A moment of the virtual clock, in milliseconds since the beginning.
type Moment = u64;

const fn ms(time: Moment) -> Duration {
    Duration::from_millis(time)
}

/// How a child ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Value,
    Panic,
    Cancelled,
}

impl End {
    const ALL: [Self; 3] = [Self::Value, Self::Panic, Self::Cancelled];

    fn any(rng: &mut fastrand::Rng) -> Self {
        // More often than not all is well.
        if rng.bool() { Self::Value } else { *rng.choice(&Self::ALL).unwrap() }
    }

    fn of<T>(result: &Result<T, JoinError>) -> Self {
        match result {
            Ok(_) => Self::Value,
            Err(error) if error.is_cancelled() => Self::Cancelled,
            Err(_) => Self::Panic,
        }
    }

    /// Ends the running child so.
    async fn reach(self) {
        match self {
            Self::Value => {}
            Self::Panic => fail("on purpose"),
            Self::Cancelled => tulipa_cancel::raise().await,
        }
    }
}

/// The virtual clock, and what happened when.
#[derive(Clone)]
struct Log<T> {
    start: Instant,
    entries: Rc<RefCell<Vec<(Moment, T)>>>,
}

impl<T> Log<T> {
    /// To be made on the running loop.
    fn start() -> Self {
        Self { start: tulipa_rt::current().now(), entries: Rc::default() }
    }

    fn now(&self) -> Moment {
        (tulipa_rt::current().now() - self.start).as_millis().try_into().unwrap()
    }

    fn add(&self, what: T) {
        self.entries.borrow_mut().push((self.now(), what));
    }

    fn take(&self) -> Vec<(Moment, T)> {
        self.entries.take()
    }
}
