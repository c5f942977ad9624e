//! The timers of the test loop: a map in order of deadline, then of creation.

use std::collections::BTreeMap;
use std::task::Waker;
use std::time::Instant;

use tulipa_rt::{Interest, Source, TimerId};

pub(crate) enum Action {
    Wake(Waker),
    Report(Source, Interest),
}

#[derive(Default)]
pub(crate) struct Timers {
    /// By deadline and number; the number is the timer's id and counts up.
    due: BTreeMap<(Instant, u64), Action>,
    deadlines: BTreeMap<u64, Instant>,
    next: u64,
}

fn number(id: TimerId) -> u64 {
    u64::from(id.generation) << 32 | u64::from(id.slot)
}

impl Timers {
    pub(crate) fn add(&mut self, at: Instant, action: Action) -> TimerId {
        let number = self.next;
        self.next += 1;
        self.due.insert((at, number), action);
        self.deadlines.insert(number, at);
        let [slot, generation] = [number, number >> 32]
            .map(|half| u32::try_from(half & u64::from(u32::MAX)).expect("masked to 32 bits"));
        TimerId { slot, generation }
    }

    /// Puts another action in the place of an armed timer's, and gives back the old one.
    pub(crate) fn replace(&mut self, id: TimerId, action: Action) -> Option<Action> {
        let deadline = *self.deadlines.get(&number(id))?;
        let held = self.due.get_mut(&(deadline, number(id)))?;
        Some(std::mem::replace(held, action))
    }

    pub(crate) fn remove(&mut self, id: TimerId) -> Option<Action> {
        let deadline = self.deadlines.remove(&number(id))?;
        self.due.remove(&(deadline, number(id)))
    }

    pub(crate) fn next_deadline(&self) -> Option<Instant> {
        self.due.first_key_value().map(|((at, _), _)| *at)
    }

    /// Takes what is due, in order.
    pub(crate) fn take_due(&mut self, now: Instant) -> Vec<Action> {
        let mut due = Vec::new();
        while let Some(first) = self.due.first_entry().filter(|first| first.key().0 <= now) {
            self.deadlines.remove(&first.key().1);
            due.push(first.remove());
        }
        due
    }

    /// How many wakers wait for their time.
    pub(crate) fn wakers(&self) -> usize {
        self.due.values().filter(|action| matches!(action, Action::Wake(_))).count()
    }
}
