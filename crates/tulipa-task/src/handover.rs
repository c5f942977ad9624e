//! [`Handover`]: a result that one thread leaves and another takes; what a task and a
//! [`ConcurrentFuture`](crate::ConcurrentFuture) share.
//!
//! # Protocol
//!
//! One mutex guards the outcome, the task (once there is one), and who waits: one waker, since the
//! future cannot be cloned, and any threads at the condition variable. The outcome is set once: by
//! the task's end, by the loss of the job or the task (its loop closed), or by a cancel, which is
//! final at once. Whoever sets it wakes the waiters after the lock is released, and whoever waits
//! looks at the outcome and leaves its waker, or goes to sleep, under one lock: so one of the two
//! sees the other.
//!
//! A cancel that comes before the task is known is found by the one who introduces the task; one
//! that comes later finds the task. `tests/loom.rs` runs the interleavings.

use std::sync::PoisonError;
use std::task::{Context, Poll, Waker};
use std::time::Instant;

use crate::sync::{Condvar, Mutex, MutexGuard};

/// `R` is the result, `V` a view of the task that can cancel it.
pub(crate) struct Handover<R, V> {
    state: Mutex<State<R, V>>,
    done: Condvar,
}

struct State<R, V> {
    outcome: Outcome<R>,
    task: Option<V>,
    waker: Option<Waker>,
}

enum Outcome<R> {
    Pending,
    Ready(R),
    Taken,
}

/// What comes of asking for the result.
#[derive(Debug, PartialEq)]
pub(crate) enum Taken<R> {
    Now(R),
    /// An earlier caller has it.
    Before,
}

impl<R, V: Clone> Handover<R, V> {
    pub(crate) fn new() -> Self {
        let state = State { outcome: Outcome::Pending, task: None, waker: None };
        Self { state: Mutex::new(state), done: Condvar::new() }
    }

    fn state(&self) -> MutexGuard<'_, State<R, V>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn is_pending(&self) -> bool {
        matches!(self.state().outcome, Outcome::Pending)
    }

    /// Sets the outcome if there is none; `true` if it was set.
    pub(crate) fn finish(&self, result: R) -> bool {
        let mut state = self.state();
        if !matches!(state.outcome, Outcome::Pending) {
            return false;
        }
        state.outcome = Outcome::Ready(result);
        let waker = state.waker.take();
        drop(state);
        self.done.notify_all();
        if let Some(waker) = waker {
            waker.wake();
        }
        true
    }

    /// As [`finish`](Self::finish), and gives the task to be cancelled, if there is one yet.
    pub(crate) fn cancel(&self, result: R) -> (bool, Option<V>) {
        let cancelled = self.finish(result);
        let task = if cancelled { self.state().task.clone() } else { None };
        (cancelled, task)
    }

    /// Makes the task known; `false` if nobody wants it any more, and the caller has to cancel it.
    pub(crate) fn introduce(&self, task: V) -> bool {
        let mut state = self.state();
        state.task = Some(task);
        matches!(state.outcome, Outcome::Pending)
    }

    /// Blocks the thread until there is an outcome; `None` if the deadline came first.
    pub(crate) fn wait(&self, deadline: Option<Instant>) -> Option<Taken<R>> {
        let mut state = self.state();
        loop {
            if let Some(taken) = state.take() {
                return Some(taken);
            }
            let Some(deadline) = deadline else {
                state = self.done.wait(state).unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return None;
            }
            let waited = self.done.wait_timeout(state, left);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    pub(crate) fn poll(&self, cx: &Context<'_>) -> Poll<Taken<R>> {
        let mut state = self.state();
        if let Some(taken) = state.take() {
            return Poll::Ready(taken);
        }
        let known = state.waker.as_ref().is_some_and(|waker| waker.will_wake(cx.waker()));
        let old = if known { None } else { state.waker.replace(cx.waker().clone()) };
        // What an old waker holds may come back here as it drops.
        drop(state);
        drop(old);
        Poll::Pending
    }
}

impl<R, V> State<R, V> {
    fn take(&mut self) -> Option<Taken<R>> {
        match std::mem::replace(&mut self.outcome, Outcome::Taken) {
            Outcome::Pending => {
                self.outcome = Outcome::Pending;
                None
            }
            Outcome::Ready(result) => Some(Taken::Now(result)),
            Outcome::Taken => Some(Taken::Before),
        }
    }
}
