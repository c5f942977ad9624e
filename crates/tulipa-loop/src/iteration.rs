//! One iteration of the loop, in five numbered steps.
//!
//! 1. Move what other threads sent from the inbox to the ready queue.
//! 2. Decide how long to wait: not at all if something is ready or the loop is stopping, else
//!    until the next deadline, rounded up to a millisecond.
//! 3. Ask the poller. While work is ready, ask only after every [`POLLS_PER_LOOK`] entries run,
//!    and first thing in a run or a turn: what there is to see has had time to come.
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
use std::panic::{AssertUnwindSafe, Location, catch_unwind};
use std::time::{Duration, Instant};

use tulipa_context::Saved;
use tulipa_rt::ExceptionContext;

use crate::callback::Callback;
use crate::core::Core;
use crate::ready::Entry;
use crate::timers::{Alarm, Due};

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
        if look || !busy && !self.fire(Due::Next) {
            self.look(busy, limit)?;
            self.fire(if busy { Due::All } else { Due::Next });
        }
        // 5.
        let batch = self.ready.borrow().len();
        // At least one: timers may again and again wake those whom this loop does not run.
        self.since_look.set(self.since_look.get() + batch.max(1));
        self.run_batch(batch);
        Ok(batch)
    }

    /// Runs the loop through panics that should not be: tasks and callbacks keep their own, but a
    /// waker of somebody else's executor may panic in a task's last step. What was left of the
    /// batch is still in the ready queue.
    pub(crate) fn keep_going<R>(&self, run: impl Fn(&Self) -> R) -> R {
        loop {
            match catch_unwind(AssertUnwindSafe(|| run(self))) {
                Ok(ran) => return ran,
                Err(payload) => {
                    let context = ExceptionContext::new("Exception in a task's step");
                    self.report(&context.panic(&*payload));
                }
            }
        }
    }

    /// Runs so many entries of the ready queue.
    fn run_batch(&self, batch: usize) {
        for _ in 0..batch {
            let entry = self.ready.borrow_mut().pop();
            match entry {
                // A task keeps its own panics.
                Some(Entry::Task(task)) => _ = task.run(),
                Some(Entry::Callback(callback)) => self.call(callback),
                None => return,
            }
        }
    }

    /// Runs what was due when the loop last looked, for a loop that is about to stop: it is as
    /// much part of the present batch as what ran with it. What the batch woke waits, as ever.
    pub(crate) fn finish_due(&self) {
        let later = self.ready.take();
        self.fire(Due::All);
        let due = self.ready.borrow().len();
        self.ready.borrow_mut().append(later);
        self.run_batch(due);
    }

    /// Steps 2, 3 and the first half of 4: sources wake those who wait for them.
    fn look(&self, busy: bool, limit: Option<Duration>) -> io::Result<()> {
        const NOT_AT_ALL: Option<Duration> = Some(Duration::ZERO);
        self.since_look.set(0);
        // 2.
        let at_once = busy || self.stopping.get();
        let mut wait = if at_once { NOT_AT_ALL } else { self.time_to_wait(limit) };
        // 3.
        if wait != NOT_AT_ALL && !self.inbox.leave() {
            wait = NOT_AT_ALL;
        }
        // A host that sleeps on our descriptor gives turns without a wait. Such a turn takes the
        // ring that woke the host, or the descriptor would stay readable.
        let hosted = !busy && limit == NOT_AT_ALL;
        if wait != NOT_AT_ALL || hosted || self.io.has_sources() {
            self.io.wait(wait, |source, readable, writable| {
                self.guard("Exception in waker", || source.report(readable, writable));
            })?;
        }
        self.inbox.attend();
        self.look_at_flags();
        self.empty_inbox();
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
    fn fire(&self, which: Due) -> bool {
        let mut timers = self.timers.borrow_mut();
        if timers.is_empty() {
            return false;
        }
        let mut due = self.due.take();
        timers.pop_due(self.looked_at.get(), which, &mut due);
        drop(timers);
        let any = !due.is_empty();
        // What a waker arms now is not among them: it fires in the next iteration.
        for alarm in due.drain(..) {
            match alarm {
                Alarm::Wake(waker) => self.guard("Exception in waker", || waker.wake()),
                Alarm::Call(callback) => {
                    self.ready.borrow_mut().push_callback(Callback::Local(callback));
                }
            }
        }
        self.due.set(due);
        any
    }

    /// Runs a callback; a panic in it goes to the exception handler.
    fn call(&self, callback: Callback) {
        match callback {
            Callback::Local(callback) => {
                let at = callback.scheduled_at();
                self.call_in(callback.context(), Some(at), || callback.run());
            }
            Callback::Once(callback, context) => self.call_in(&context, None, callback),
            Callback::Threadsafe(handle) => {
                if let Some((call, context)) = handle.take() {
                    self.call_in(&context, Some(handle.scheduled_at()), call);
                }
            }
            Callback::Stop => self.stopping.set(true),
        }
    }

    /// Runs a callback in its context, and the exception handler if need be.
    fn call_in(
        &self,
        context: &Saved,
        scheduled_at: Option<&'static Location<'static>>,
        run: impl FnOnce(),
    ) {
        context.enter(|| {
            let Err(payload) = catch_unwind(AssertUnwindSafe(run)) else { return };
            let context = ExceptionContext::new("Exception in callback").panic(&*payload);
            self.report(&match scheduled_at {
                Some(at) => context.scheduled_at(at),
                None => context,
            });
        });
    }
}
