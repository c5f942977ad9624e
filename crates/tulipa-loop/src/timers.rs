//! [`Timers`]: a slab of what to do and a heap of when.
//!
//! Arming pushes to the heap, cancelling empties the slot and leaves the heap's entry behind as
//! dead; a slot's generation tells the dead from the living. A timeout that never fires, the
//! common case, thus costs no search. When more than half of the heap is dead it is rebuilt from
//! the living, so the dead never take more room than the living did at their most.
//!
//! Deadlines are kept as nanoseconds since the loop was made, or before that, saturated at the ends
//! of `i64`, some 292 years away. Among equal deadlines the order of arming decides.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::rc::Rc;
use std::task::Waker;
use std::time::{Duration, Instant};

use tulipa_rt::TimerId;

use crate::callback::Cancellable;

/// Below this many entries a rebuild is not worth its while.
const SMALL: usize = 64;

pub(crate) enum Alarm {
    Wake(Waker),
    Call(Rc<dyn Cancellable>),
}

/// Which of the deadlines that have passed.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Due {
    /// The earliest.
    Next,
    All,
}

pub(crate) struct Timers {
    epoch: Instant,
    slots: Vec<Slot>,
    free: Vec<u32>,
    heap: BinaryHeap<Reverse<Entry>>,
    dead: usize,
    armed_ever: u64,
}

struct Slot {
    generation: u32,
    alarm: Option<Alarm>,
}

/// Ordered by its fields in turn: deadline, then order of arming.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    deadline_ns: i64,
    order: u64,
    slot: u32,
    generation: u32,
}

impl Timers {
    pub(crate) fn new(epoch: Instant) -> Self {
        Self {
            epoch,
            slots: Vec::new(),
            free: Vec::new(),
            heap: BinaryHeap::new(),
            dead: 0,
            armed_ever: 0,
        }
    }

    fn nanoseconds(&self, at: Instant) -> i64 {
        let saturated = |after: Duration| i64::try_from(after.as_nanos()).unwrap_or(i64::MAX);
        match at.checked_duration_since(self.epoch) {
            Some(after) => saturated(after),
            None => -saturated(self.epoch.duration_since(at)),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.heap.is_empty()
    }

    pub(crate) fn arm(&mut self, at: Instant, alarm: Alarm) -> TimerId {
        let slot = self.free.pop().unwrap_or_else(|| {
            self.slots.push(Slot { generation: 0, alarm: None });
            u32::try_from(self.slots.len() - 1).expect("fewer than 2^32 timers")
        });
        let held = &mut self.slots[slot as usize];
        held.alarm = Some(alarm);
        let generation = held.generation;
        let (deadline_ns, order) = (self.nanoseconds(at), self.armed_ever);
        self.armed_ever += 1;
        self.heap.push(Reverse(Entry { deadline_ns, order, slot, generation }));
        TimerId { slot, generation }
    }

    /// The alarm, if it is still armed.
    pub(crate) fn get_mut(&mut self, timer: TimerId) -> Option<&mut Alarm> {
        let slot = self.slots.get_mut(timer.slot as usize)?;
        slot.alarm.as_mut().filter(|_| slot.generation == timer.generation)
    }

    /// Takes an armed alarm out; the caller drops it outside any borrow.
    pub(crate) fn disarm(&mut self, timer: TimerId) -> Option<Alarm> {
        let alarm = self.empty(timer)?;
        self.dead += 1;
        if self.heap.len() > SMALL && self.dead * 2 > self.heap.len() {
            let slots = &self.slots;
            self.heap.retain(|Reverse(entry)| is_live(slots, *entry));
            self.dead = 0;
        }
        Some(alarm)
    }

    fn empty(&mut self, timer: TimerId) -> Option<Alarm> {
        let slot = self.slots.get_mut(timer.slot as usize)?;
        if slot.generation != timer.generation {
            return None;
        }
        let alarm = slot.alarm.take()?;
        slot.generation = slot.generation.wrapping_add(1);
        self.free.push(timer.slot);
        Some(alarm)
    }

    /// When the next live timer is due.
    pub(crate) fn next_deadline(&mut self) -> Option<Instant> {
        while let Some(Reverse(first)) = self.heap.peek() {
            if is_live(&self.slots, *first) {
                // Saturated ones are beyond what a poll may wait anyway.
                let away = Duration::from_nanos(first.deadline_ns.unsigned_abs());
                return match first.deadline_ns {
                    0.. => self.epoch.checked_add(away),
                    _ => self.epoch.checked_sub(away),
                };
            }
            self.heap.pop();
            self.dead -= 1;
        }
        None
    }

    /// Takes what has passed at `now`, in order of deadline, all alarms of one deadline in order
    /// of arming.
    pub(crate) fn pop_due(&mut self, now: Instant, which: Due, due: &mut Vec<Alarm>) {
        let mut until_ns = self.nanoseconds(now);
        while let Some(Reverse(first)) = self.heap.peek().copied() {
            let timer = TimerId { slot: first.slot, generation: first.generation };
            if !is_live(&self.slots, first) {
                self.dead -= 1;
            } else if first.deadline_ns > until_ns {
                return;
            } else {
                if which == Due::Next {
                    until_ns = first.deadline_ns;
                }
                due.extend(self.empty(timer));
            }
            self.heap.pop();
        }
    }

    /// Takes everything out.
    pub(crate) fn clear(&mut self) -> Vec<Alarm> {
        self.heap.clear();
        self.free.clear();
        self.dead = 0;
        self.slots.drain(..).filter_map(|slot| slot.alarm).collect()
    }
}

fn is_live(slots: &[Slot], entry: Entry) -> bool {
    slots[entry.slot as usize].generation == entry.generation
}

#[cfg(test)]
mod tests;
