//! Waiting for a notification: get in line, let the lock go, be notified, take the lock again.

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use super::{Condition, ConditionGuard};
use crate::lock::LockGuard;
use crate::raw::{Guarding, Operation, Shared, Status, Wait, Waiter};

/// The future of [`ConditionGuard::wait`]; gives the guard back.
///
/// It always suspends.
pub type ConditionWait<'a, T = (), G = Shared> = Wait<ConditionWaitOp<'a, T, G>>;

/// The future of [`ConditionGuard::wait_for`]; gives the guard back.
///
/// It suspends only if the predicate is false at first.
pub type ConditionWaitFor<'a, T, F, G = Shared> = Wait<ConditionWaitForOp<'a, T, F, G>>;

/// The operation of [`ConditionWait`].
pub struct ConditionWaitOp<'a, T: ?Sized, G: Guarding> {
    condition: &'a Condition<T, G>,
    step: Step<'a, T, G>,
}

enum Step<'a, T: ?Sized, G: Guarding> {
    /// Not polled yet: the lock is still held.
    Holds(LockGuard<'a, T, G>),
    /// In line for a notification.
    Waits,
    /// Notified, and perhaps in line for the lock.
    Notified,
    /// The guard was given back.
    Done,
}

impl<'a, T: ?Sized, G: Guarding> ConditionWaitOp<'a, T, G> {
    pub(super) fn new(guard: ConditionGuard<'a, T, G>) -> Self {
        let ConditionGuard { condition, held } = guard;
        Self { condition, step: Step::Holds(held) }
    }

    /// Ready once this waiter was notified.
    fn poll_notified(&self, waiter: Pin<&mut Waiter>, cx: &Context<'_>) -> Poll<()> {
        self.condition.waiting.poll_wait(
            waiter,
            cx,
            |waiting| waiting,
            |_, status, _| {
                if status == Status::Woken { Poll::Ready(()) } else { Poll::Pending }
            },
        )
    }
}

impl<'a, T: ?Sized, G: Guarding> Operation for ConditionWaitOp<'a, T, G> {
    type Output = ConditionGuard<'a, T, G>;
    type Payload = ();

    fn poll(&mut self, mut waiter: Pin<&mut Waiter>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let condition = self.condition;
        match self.step {
            Step::Holds(_) => {
                let waits = self.poll_notified(waiter, cx);
                debug_assert!(waits.is_pending(), "notified while holding the lock");
                // In line first, the lock second: see the protocol.
                self.step = Step::Waits;
                return Poll::Pending;
            }
            Step::Waits => {
                ready!(self.poll_notified(waiter.as_mut(), cx));
                self.step = Step::Notified;
            }
            Step::Notified => {}
            Step::Done => panic!("a condition's wait was polled after it was ready"),
        }
        let held = ready!(LockGuard::poll_take(&condition.lock, waiter, cx));
        self.step = Step::Done;
        Poll::Ready(ConditionGuard { condition, held })
    }

    fn abandon(&mut self, waiter: Pin<&mut Waiter>) {
        match self.step {
            Step::Holds(_) | Step::Done => {}
            Step::Waits => self.condition.waiting.abandon(
                waiter,
                |waiting| waiting,
                |waiting, woken, _| if woken { waiting.wake_next() } else { None },
            ),
            Step::Notified => {
                self.condition.lock.leave(waiter);
                self.condition.notify(1);
            }
        }
    }
}

impl<T: ?Sized, G: Guarding> fmt::Debug for ConditionWaitOp<'_, T, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let step = match self.step {
            Step::Holds(_) => "holds the lock",
            Step::Waits => "waits",
            Step::Notified => "notified",
            Step::Done => "done",
        };
        f.debug_struct("ConditionWait")
            .field("step", &step)
            .field("condition", &self.condition)
            .finish()
    }
}

/// The operation of [`ConditionWaitFor`].
pub struct ConditionWaitForOp<'a, T: ?Sized, F, G: Guarding> {
    wait: ConditionWaitOp<'a, T, G>,
    predicate: F,
}

impl<'a, T: ?Sized, F, G: Guarding> ConditionWaitForOp<'a, T, F, G> {
    pub(super) fn new(guard: ConditionGuard<'a, T, G>, predicate: F) -> Self {
        Self { wait: ConditionWaitOp::new(guard), predicate }
    }
}

impl<'a, T: ?Sized, F, G: Guarding> Operation for ConditionWaitForOp<'a, T, F, G>
where
    F: FnMut(&mut T) -> bool,
{
    type Output = ConditionGuard<'a, T, G>;
    type Payload = ();

    fn poll(&mut self, mut waiter: Pin<&mut Waiter>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let condition = self.wait.condition;
        loop {
            // Holding the lock (at the start, or given back by the wait) means: ask.
            if let Step::Holds(held) = &mut self.wait.step {
                if (self.predicate)(held) {
                    let Step::Holds(held) = core::mem::replace(&mut self.wait.step, Step::Done)
                    else {
                        unreachable!("it was held a line above")
                    };
                    return Poll::Ready(ConditionGuard { condition, held });
                }
            }
            let guard = ready!(self.wait.poll(waiter.as_mut(), cx));
            self.wait.step = Step::Holds(guard.held);
        }
    }

    fn abandon(&mut self, waiter: Pin<&mut Waiter>) {
        self.wait.abandon(waiter);
    }
}

impl<T: ?Sized, F, G: Guarding> fmt::Debug for ConditionWaitForOp<'_, T, F, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConditionWaitFor").field("wait", &self.wait).finish_non_exhaustive()
    }
}
