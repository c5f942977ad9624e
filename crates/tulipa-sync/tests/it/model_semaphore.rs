//! Random operations on semaphores, plain and bounded, borrowed and owned, against a plain
//! sequential model.

use std::future::Future;
use std::task::Poll;

use super::kind::{BoundedSemaphore, Pointer, Semaphore};
use crate::support::{Bells, Line, seeds};

const SEEDS: u64 = 300;
const STEPS: u32 = 200;

/// A number of permits written down plainly.
#[derive(Default)]
struct Permits {
    value: usize,
    /// More are refused.
    bound: usize,
    line: Line,
}

impl Permits {
    fn are_free(&self) -> bool {
        self.value > 0 && self.line.is_empty()
    }

    /// Gives the first in line a permit, if there is one left.
    fn reserve(&mut self) -> Option<u32> {
        let id = (self.value > 0).then(|| self.line.wake_next()).flatten()?;
        self.value -= 1;
        Some(id)
    }

    /// Whoever leaves the line has all that is left given out.
    fn settle(&mut self) -> Vec<u32> {
        std::iter::from_fn(|| self.reserve()).collect()
    }

    /// Adds one: whether it was not refused, and who has it.
    fn add(&mut self) -> (bool, Vec<u32>) {
        let added = self.value < self.bound;
        self.value += usize::from(added);
        (added, self.reserve().into_iter().collect())
    }
}

/// A semaphore of whichever kind, by what can be done with it.
struct Operations<A, T, R, V> {
    acquire: A,
    try_acquire: T,
    /// False if it was refused.
    release: R,
    /// The value, and whether it is locked.
    look: V,
}

fn semaphore_against_model<F: Future>(
    rng: &mut fastrand::Rng,
    mut model: Permits,
    semaphore: &Operations<
        impl Fn() -> F,
        impl Fn() -> Option<F::Output>,
        impl Fn() -> bool,
        impl Fn() -> (usize, bool),
    >,
) {
    let bells = Bells::new();
    let (mut hands, mut permits) = (Vec::new(), Vec::new());
    for id in 0..STEPS {
        let free = model.are_free();
        let mut woken = Vec::new();
        match (rng.u8(..9), rng.choice(0..hands.len())) {
            (0..3, _) => {
                let mut hand = bells.hold(id, (semaphore.acquire)());
                let polled = hand.poll();
                assert_eq!(polled.is_ready(), free);
                if let Poll::Ready(permit) = polled {
                    permits.push(permit);
                    model.value -= 1;
                } else {
                    hands.push((id, hand));
                    model.line.push(id);
                }
            }
            (3 | 4, Some(i)) => {
                let polled = hands[i].1.poll();
                assert_eq!(polled.is_ready(), model.line.is_woken(hands[i].0));
                if let Poll::Ready(permit) = polled {
                    permits.push(permit);
                    model.line.remove(hands.remove(i).0);
                    woken = model.settle();
                }
            }
            (5, Some(i)) => {
                let (id, hand) = hands.remove(i);
                drop(hand);
                model.value += usize::from(model.line.remove(id));
                woken = model.settle();
            }
            (6, _) => {
                let permit = (semaphore.try_acquire)();
                assert_eq!(permit.is_some(), free);
                model.value -= usize::from(free);
                permits.extend(permit);
            }
            (7, _) if id % 5 == 0 => {
                let (added, rings) = model.add();
                assert_eq!((semaphore.release)(), added);
                woken = rings;
            }
            _ => {
                // A permit that is given back in vain (others released too often) is not missed.
                if permits.pop().is_some() {
                    woken = model.add().1;
                }
            }
        }
        assert_eq!(bells.rung(), woken);
        assert_eq!((semaphore.look)(), (model.value, !model.are_free()));
    }
}

/// Makes the tests of a kind of semaphore, borrowed and owned.
macro_rules! semaphore_models {
    ($name:ident, $owned:ident, $semaphore:ident, $bound:expr, $released:expr) => {
        #[test]
        fn $name() {
            seeds(SEEDS, |rng| {
                let value = rng.usize(..4);
                let semaphore = $semaphore::new(value);
                let model = Permits { value, bound: $bound(value), line: Line::default() };
                let operations = Operations {
                    acquire: || semaphore.acquire(),
                    try_acquire: || semaphore.try_acquire(),
                    release: || $released(&semaphore),
                    look: || (semaphore.value(), semaphore.locked()),
                };
                semaphore_against_model(rng, model, &operations);
            });
        }

        #[test]
        fn $owned() {
            seeds(SEEDS, |rng| {
                let value = rng.usize(..4);
                let semaphore = Pointer::new($semaphore::new(value));
                let model = Permits { value, bound: $bound(value), line: Line::default() };
                let operations = Operations {
                    acquire: || semaphore.acquire_owned(),
                    try_acquire: || semaphore.try_acquire_owned(),
                    release: || $released(&semaphore),
                    look: || (semaphore.value(), semaphore.locked()),
                };
                semaphore_against_model(rng, model, &operations);
                assert_eq!(Pointer::strong_count(&semaphore), 1);
            });
        }
    };
}

semaphore_models!(
    semaphore_model,
    owned_semaphore_model,
    Semaphore,
    |_| usize::MAX,
    |semaphore: &Semaphore| {
        semaphore.release();
        true
    }
);

semaphore_models!(
    bounded_semaphore_model,
    owned_bounded_semaphore_model,
    BoundedSemaphore,
    |value| value,
    |semaphore: &BoundedSemaphore| semaphore.release().is_ok()
);
