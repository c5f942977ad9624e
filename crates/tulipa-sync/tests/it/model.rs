//! Random operations against a plain sequential model: same answers, same wake-ups, same order.

use std::future::Future;
use std::pin::Pin;
use std::task::Poll;

use super::kind::{Condition, ConditionGuard, Event, Lock, Pointer};
use crate::support::{Bells, Hand, Line, seeds};

const SEEDS: u64 = 300;
const STEPS: u32 = 200;

type Dyn<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

fn lock_against_model<F: Future>(
    rng: &mut fastrand::Rng,
    acquire: impl Fn() -> F,
    try_acquire: impl Fn() -> Option<F::Output>,
    locked: impl Fn() -> bool,
) {
    let (bells, mut hands) = (Bells::new(), Vec::new());
    let mut guard = None;
    let mut line = Line::default();
    for id in 0..STEPS {
        let free = guard.is_none();
        let mut woken = Vec::new();
        match (rng.u8(..6), rng.choice(0..hands.len())) {
            (0 | 1, _) => {
                let mut hand = bells.hold(id, acquire());
                match hand.poll() {
                    Poll::Ready(got) => {
                        assert!(free && line.is_empty());
                        guard = Some(got);
                    }
                    Poll::Pending => {
                        assert!(!free || !line.is_empty());
                        line.push(id);
                        hands.push((id, hand));
                    }
                }
            }
            (2 | 3, Some(i)) => {
                let id = hands[i].0;
                let polled = hands[i].1.poll();
                assert_eq!(polled.is_ready(), free && line.is_woken(id));
                if let Poll::Ready(got) = polled {
                    line.remove(id);
                    hands.remove(i);
                    guard = Some(got);
                }
            }
            (4, Some(i)) => {
                let woken_before = line.remove(hands.remove(i).0);
                woken.extend(woken_before.then(|| line.wake_next()).flatten());
            }
            (5, _) => {
                if guard.take().is_some() {
                    woken.extend(line.wake_next());
                } else {
                    guard = try_acquire();
                    assert_eq!(guard.is_some(), line.is_empty());
                }
            }
            _ => {}
        }
        assert_eq!(bells.rung(), woken);
        assert_eq!(locked(), guard.is_some());
    }
}

#[test]
fn lock_model() {
    seeds(SEEDS, |rng| {
        let lock = Lock::new();
        lock_against_model(rng, || lock.acquire(), || lock.try_acquire(), || lock.locked());
    });
}

#[test]
fn owned_lock_model() {
    seeds(SEEDS, |rng| {
        let lock = Pointer::new(Lock::new());
        let try_acquire = || lock.try_acquire_owned();
        lock_against_model(rng, || lock.acquire_owned(), try_acquire, || lock.locked());
        assert_eq!(Pointer::strong_count(&lock), 1);
    });
}

#[test]
fn event_model() {
    seeds(SEEDS, |rng| {
        let (event, bells) = (Event::new(), Bells::new());
        let mut hands: Vec<(u32, Hand<_>)> = Vec::new();
        let mut line = Line::default();
        let mut set = false;
        for id in 0..STEPS {
            let mut woken = Vec::new();
            match rng.u8(..8) {
                0..=3 => {
                    let mut hand = bells.hold(id, event.wait());
                    assert_eq!(hand.poll().is_ready(), set);
                    if !set {
                        line.push(id);
                        hands.push((id, hand));
                    }
                }
                4 => {
                    let Some(i) = rng.choice(0..hands.len()) else { continue };
                    let id = hands[i].0;
                    let ready = hands[i].1.poll().is_ready();
                    assert_eq!(ready, set || line.is_woken(id));
                    if ready {
                        line.remove(id);
                        hands.remove(i);
                    }
                }
                5 => {
                    let Some(i) = rng.choice(0..hands.len()) else { continue };
                    line.remove(hands.remove(i).0);
                }
                6 => {
                    event.set();
                    set = true;
                    while let Some(id) = line.wake_next() {
                        woken.push(id);
                    }
                }
                _ => {
                    event.clear();
                    set = false;
                }
            }
            assert_eq!(bells.rung(), woken);
            assert_eq!(event.is_set(), set);
        }
    });
}

/// One that waits for the condition's lock, or for a notification.
struct Waiter<'a> {
    id: u32,
    /// In line for a notification, not for the lock.
    waits: bool,
    /// Waits until the value is as much; until it is notified if it is `None`.
    until: Option<u8>,
    hand: Hand<Dyn<'a, ConditionGuard<'a, u8>>>,
}

/// The condition and its model, operated together.
struct Both<'a> {
    condition: &'a Condition<u8>,
    bells: Bells<u32>,
    hands: Vec<Waiter<'a>>,
    guard: Option<ConditionGuard<'a, u8>>,
    value: u8,
    locking: Line,
    waiting: Line,
}

/// Each operation gives whom it must have woken.
impl<'a> Both<'a> {
    fn acquire(&mut self, id: u32) -> Vec<u32> {
        let mut hand = self.bells.hold(id, Box::pin(self.condition.acquire()) as Dyn<'a, _>);
        let free = self.guard.is_none() && self.locking.is_empty();
        match hand.poll() {
            Poll::Ready(guard) => {
                assert!(free);
                self.guard = Some(guard);
            }
            Poll::Pending => {
                assert!(!free);
                self.locking.push(id);
                self.hands.push(Waiter { id, waits: false, until: None, hand });
            }
        }
        Vec::new()
    }

    fn wait(&mut self, id: u32) -> Vec<u32> {
        let Some(guard) = self.guard.take() else { return Vec::new() };
        let hand = self.bells.waiting(id, Box::pin(guard.wait()) as Dyn<'a, _>);
        self.waiting.push(id);
        self.hands.push(Waiter { id, waits: true, until: None, hand });
        self.locking.wake_next().into_iter().collect()
    }

    fn wait_for(&mut self, id: u32, until: u8) -> Vec<u32> {
        let Some(guard) = self.guard.take() else { return Vec::new() };
        let wait = guard.wait_for(move |value| *value >= until);
        let mut hand = self.bells.hold(id, Box::pin(wait) as Dyn<'a, _>);
        let polled = hand.poll();
        assert_eq!(polled.is_ready(), self.value >= until);
        if let Poll::Ready(guard) = polled {
            self.guard = Some(guard);
            return Vec::new();
        }
        self.waiting.push(id);
        self.hands.push(Waiter { id, waits: true, until: Some(until), hand });
        self.locking.wake_next().into_iter().collect()
    }

    fn poll(&mut self, i: usize) -> Vec<u32> {
        let Waiter { id, waits, until, hand } = &mut self.hands[i];
        let polled = hand.poll();
        let free = self.guard.is_none();
        let has_lock = if *waits && self.waiting.is_woken(*id) {
            // Notified: a newcomer in the line for the lock.
            self.waiting.remove(*id);
            *waits = false;
            let first = free && self.locking.is_empty();
            self.locking.push(*id);
            first
        } else {
            !*waits && free && self.locking.is_woken(*id)
        };
        let suits = until.is_none_or(|until| self.value >= until);
        assert_eq!(polled.is_ready(), has_lock && suits);
        if let Poll::Ready(guard) = polled {
            self.locking.remove(*id);
            self.guard = Some(guard);
            self.hands.remove(i);
        } else if has_lock {
            // Asked in vain: it lets the lock go and waits for another notification.
            self.locking.remove(*id);
            self.waiting.push(*id);
            *waits = true;
            return self.locking.wake_next().into_iter().collect();
        }
        Vec::new()
    }

    fn drop_one(&mut self, i: usize) -> Vec<u32> {
        let Waiter { id, waits, hand, .. } = self.hands.remove(i);
        drop(hand);
        if waits {
            let notified = self.waiting.remove(id);
            return notified.then(|| self.waiting.wake_next()).flatten().into_iter().collect();
        }
        let first = self.locking.remove(id) && self.guard.is_none();
        let lock = first.then(|| self.locking.wake_next()).flatten();
        // One that came by way of `wait` passes its notification on, too.
        let notified = self.waiting.was_in(id);
        let notification = notified.then(|| self.waiting.wake_next()).flatten();
        lock.into_iter().chain(notification).collect()
    }

    fn notify(&mut self, n: usize) -> Vec<u32> {
        let Some(guard) = &self.guard else { return Vec::new() };
        guard.notify(n);
        (0..n).map_while(|_| self.waiting.wake_next()).collect()
    }

    fn set(&mut self, value: u8) -> Vec<u32> {
        if let Some(guard) = &mut self.guard {
            **guard = value;
            self.value = value;
        }
        Vec::new()
    }

    fn release(&mut self) -> Vec<u32> {
        let released = self.guard.take().is_some();
        released.then(|| self.locking.wake_next()).flatten().into_iter().collect()
    }
}

#[test]
fn condition_model() {
    seeds(SEEDS, |rng| {
        let condition = Condition::with(0);
        let mut both = Both {
            condition: &condition,
            bells: Bells::new(),
            hands: Vec::new(),
            guard: None,
            value: 0,
            locking: Line::default(),
            waiting: Line::default(),
        };
        for id in 0..STEPS {
            let woken = match (rng.u8(..14), rng.choice(0..both.hands.len())) {
                (0 | 1, _) => both.acquire(id),
                (2 | 3, _) => both.wait(id),
                (4 | 5, _) => both.wait_for(id, rng.u8(1..4)),
                (6..9, Some(i)) => both.poll(i),
                (9, Some(i)) => both.drop_one(i),
                (10, _) => both.notify(rng.usize(..3)),
                (11, _) => both.set(rng.u8(..4)),
                _ => both.release(),
            };
            assert_eq!(both.bells.rung(), woken);
            assert_eq!(condition.locked(), both.guard.is_some());
        }
        both.guard = None;
    });
}
