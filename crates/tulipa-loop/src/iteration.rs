//! One iteration of the loop, in five numbered steps.
//!
//! 1. Move what other threads sent from the inbox to the ready queue.
//! 2. Decide how long to wait: not at all if something is ready or the loop is stopping, else
//!    until the next deadline, rounded up to a millisecond.
//! 3. Ask the poller. While work is ready, ask only after every [`POLLS_PER_LOOK`] entries run.
//! 4. Move what became readable or writable, then the timers that are due, in order of deadline
//!    and first come first served among equals, to the ready queue.
//! 5. Run exactly what was ready at the start of this step, in order. What that wakes runs in the
//!    next iteration.
//!
//! A loop is always a little late, and finds several deadlines passed at once. It then behaves as
//! a punctual loop would: what one deadline woke runs to the end before the next deadline fires,
//! without asking clock or poller in between. So of a timeout and a sleep that ends a moment
//! later the timeout comes first, however late the loop is. Only a loop that never runs out of
//! work fires all that is due at each look, lest the timers starve.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use tulipa_rt::ExceptionContext;

use crate::callback::Ready;
use crate::core::Core;
use crate::timers::Alarm;

/// While work is ready, how many tasks and callbacks run before the loop asks the clock and the
/// poller again. A timer that is due or a descriptor that is ready waits for at most so many,
/// and for the rest of the batch they are in.
pub const POLLS_PER_LOOK: usize = 64;

/// No wait is longer, so that a clock that was adjusted in between is not missed for ever.
const LONGEST_WAIT: Duration = Duration::from_secs(24 * 60 * 60);

impl Core {
    /// Runs one iteration that waits at most `limit` (`None`: as long as it takes). The loop is
    /// entered and running. Returns how many entries ran.
    pub(crate) fn iterate(&self, limit: Option<Duration>) -> io::Result<usize> {
        // 1.
        self.inbox.attend();
        self.take_inbox();
        let busy = !self.ready.borrow().is_empty();
        let look = self.since_look.get() >= POLLS_PER_LOOK;
        if look || !busy && !self.fire_next_deadline() {
            self.look(if busy { Some(Duration::ZERO) } else { limit })?;
            while self.fire_next_deadline() && busy {}
        }
        // 5.
        let batch = self.ready.borrow().len();
        self.since_look.set(self.since_look.get() + batch);
        for _ in 0..batch {
            let Some(entry) = self.ready.borrow_mut().pop_front() else { break };
            self.run(entry);
        }
        Ok(batch)
    }

    /// Runs what was due when the loop last looked, for a loop that is about to stop: it is as
    /// much part of the present batch as what ran with it. What the batch woke waits, as ever.
    pub(crate) fn finish_due(&self) {
        let later = self.ready.take();
        while self.fire_next_deadline() {}
        let due = self.ready.replace(later);
        for entry in due {
            self.run(entry);
        }
    }

    /// Steps 2, 3 and the first half of 4: sources wake those who wait for them.
    fn look(&self, limit: Option<Duration>) -> io::Result<()> {
        self.since_look.set(0);
        // 2.
        let mut wait =
            if self.stopping.get() { Some(Duration::ZERO) } else { self.time_to_wait(limit) };
        // 3.
        if wait != Some(Duration::ZERO) && !self.inbox.leave() {
            wait = Some(Duration::ZERO);
        }
        if wait != Some(Duration::ZERO) || self.io.has_sources() {
            self.io.wait(wait)?;
        }
        self.inbox.attend();
        self.take_inbox();
        if !self.timers.borrow().is_empty() {
            self.looked_at.set(Instant::now());
        }
        Ok(())
    }

    fn time_to_wait(&self, limit: Option<Duration>) -> Option<Duration> {
        if limit == Some(Duration::ZERO) {
            return limit;
        }
        let next = self.timers.borrow_mut().next_deadline();
        let until_next = next.map(|next| next.saturating_duration_since(Instant::now()));
        let sooner = match (limit, until_next) {
            (Some(limit), Some(until_next)) => Some(limit.min(until_next)),
            (one, other) => one.or(other),
        };
        sooner.map(|wait| wait.min(LONGEST_WAIT))
    }

    /// Step 4, second half; `false` if no deadline had passed when the loop last looked.
    fn fire_next_deadline(&self) -> bool {
        let mut timers = self.timers.borrow_mut();
        if timers.is_empty() {
            return false;
        }
        let mut due = self.due.take();
        timers.pop_due(self.looked_at.get(), &mut due);
        drop(timers);
        let any = !due.is_empty();
        for alarm in due.drain(..) {
            match alarm {
                Alarm::Wake(waker) => waker.wake(),
                Alarm::Call(callback) => {
                    self.ready.borrow_mut().push_back(Ready::Callback(callback));
                }
            }
        }
        self.due.set(due);
        any
    }

    /// Runs one entry; a panic in it goes to the exception handler.
    fn run(&self, entry: Ready) {
        let (ran, scheduled_at) = match entry {
            Ready::Task(runnable) => {
                // A task keeps its own panics; this is for the destructor of a result.
                (catch_unwind(AssertUnwindSafe(|| _ = runnable.run())), None)
            }
            Ready::Callback(callback) => {
                let at = callback.scheduled_at();
                (catch_unwind(AssertUnwindSafe(|| callback.run())), Some(at))
            }
            Ready::Once(callback) => (catch_unwind(AssertUnwindSafe(callback)), None),
            Ready::Threadsafe(handle) => {
                let at = handle.scheduled_at();
                let run = || handle.take().into_iter().for_each(|call| call());
                (catch_unwind(AssertUnwindSafe(run)), Some(at))
            }
            Ready::Stop => return self.stopping.set(true),
        };
        if let Err(payload) = ran {
            let context = ExceptionContext::new("Exception in callback").panic(&*payload);
            self.report(&match scheduled_at {
                Some(at) => context.scheduled_at(at),
                None => context,
            });
        }
    }
}
