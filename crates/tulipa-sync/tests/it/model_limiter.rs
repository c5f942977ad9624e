//! Random operations on a capacity limiter against a plain sequential model.

use std::future::Future;
use std::task::Poll;

use super::kind::{CapacityLimiter, Pointer};
use crate::support::{Bells, Line, seeds};
use tulipa_sync::{AlreadyBorrowedError, TryBorrowError};

const SEEDS: u64 = 300;
const STEPS: u32 = 200;

/// trio's limiter written down plainly.
struct Model {
    total: usize,
    borrowed: usize,
    /// Who has a token or waits for one: by which operation, the name, whether it has it.
    entries: Vec<(u32, u8, bool)>,
    line: Line,
}

impl Model {
    fn knows(&self, name: u8) -> bool {
        self.entries.iter().any(|entry| entry.1 == name)
    }

    fn is_free(&self) -> bool {
        self.borrowed < self.total && self.line.is_empty()
    }

    fn borrowers(&self) -> Vec<u8> {
        self.entries.iter().filter(|entry| entry.2).map(|entry| entry.1).collect()
    }

    fn reserve(&mut self) -> Option<u32> {
        let id = (self.borrowed < self.total).then(|| self.line.wake_next()).flatten()?;
        self.borrowed += 1;
        Some(id)
    }

    fn settle(&mut self) -> Vec<u32> {
        std::iter::from_fn(|| self.reserve()).collect()
    }

    /// Enters one; true if it has its token at once.
    fn enter(&mut self, id: u32, name: u8) -> bool {
        let free = self.is_free();
        self.borrowed += usize::from(free);
        self.entries.push((id, name, free));
        free
    }

    /// One in line comes to its token.
    fn served(&mut self, id: u32) -> Vec<u32> {
        self.line.remove(id);
        for entry in self.entries.iter_mut().filter(|entry| entry.0 == id) {
            entry.2 = true;
        }
        self.settle()
    }

    /// One in line goes away.
    fn leave(&mut self, id: u32) -> Vec<u32> {
        self.borrowed -= usize::from(self.line.remove(id));
        self.entries.retain(|entry| entry.0 != id);
        self.settle()
    }

    /// A token is given back, and goes to one in line; no harm if it was before.
    fn give_back(&mut self, id: u32) -> Vec<u32> {
        let before = self.entries.len();
        self.entries.retain(|entry| entry.0 != id);
        if self.entries.len() == before {
            return Vec::new();
        }
        self.borrowed -= 1;
        self.reserve().into_iter().collect()
    }
}

fn limiter_against_model<F, T>(
    rng: &mut fastrand::Rng,
    limiter: &CapacityLimiter<u8>,
    acquire: impl Fn(u8) -> F,
    try_acquire: impl Fn(u8) -> Result<T, TryBorrowError<u8>>,
) where
    F: Future<Output = Result<T, AlreadyBorrowedError<u8>>>,
{
    let total = limiter.total_tokens();
    let mut model = Model { total, borrowed: 0, entries: Vec::new(), line: Line::default() };
    let (bells, mut hands, mut tokens) = (Bells::new(), Vec::new(), Vec::new());
    for id in 0..STEPS {
        let name = rng.u8(..8);
        let mut woken = Vec::new();
        match (rng.u8(..14), rng.choice(0..hands.len()), rng.choice(0..tokens.len())) {
            (0..4, _, _) => {
                let mut hand = bells.hold(id, acquire(name));
                let (knows, polled) = (model.knows(name), hand.poll());
                if knows {
                    assert!(matches!(polled, Poll::Ready(Err(error)) if error.0 == name));
                } else if model.enter(id, name) {
                    let Poll::Ready(Ok(token)) = polled else { panic!("a token is left") };
                    tokens.push((id, token));
                } else {
                    assert!(polled.is_pending());
                    model.line.push(id);
                    hands.push((id, hand));
                }
            }
            (4..7, Some(i), _) => {
                let polled = hands[i].1.poll();
                assert_eq!(polled.is_ready(), model.line.is_woken(hands[i].0));
                if let Poll::Ready(token) = polled {
                    let (id, _hand) = hands.remove(i);
                    tokens.push((id, token.unwrap()));
                    woken = model.served(id);
                }
            }
            (7, Some(i), _) => {
                let (id, hand) = hands.remove(i);
                drop(hand);
                woken = model.leave(id);
            }
            (8, _, _) => match (try_acquire(name), model.knows(name)) {
                (Err(TryBorrowError::AlreadyBorrowed(told)), true) => assert_eq!(told, name),
                (Err(TryBorrowError::NoToken(told)), false) => {
                    assert_eq!((told, model.is_free()), (name, false));
                }
                (Ok(token), false) => {
                    assert!(model.enter(id, name));
                    tokens.push((id, token));
                }
                _ => panic!("known or not, one of the two was told otherwise"),
            },
            (9, _, _) => {
                let entry = model.entries.iter().find(|entry| entry.1 == name && entry.2).copied();
                assert_eq!(limiter.release_on_behalf_of(&name).is_ok(), entry.is_some());
                woken = entry.map(|(id, _, _)| model.give_back(id)).unwrap_or_default();
            }
            (10, _, _) => {
                model.total = rng.usize(..5);
                limiter.set_total_tokens(model.total);
                woken = model.settle();
            }
            (_, _, Some(i)) => {
                let (id, token) = tokens.remove(i);
                drop(token);
                woken = model.give_back(id);
            }
            _ => {}
        }
        assert_eq!(bells.rung(), woken);
        assert_eq!(limiter.borrowers(), model.borrowers());
        assert_eq!(limiter.borrowed_tokens(), model.borrowed);
        let available = model.total.saturating_sub(model.borrowed);
        assert_eq!(limiter.available_tokens(), available);
    }
}

#[test]
fn limiter_model() {
    seeds(SEEDS, |rng| {
        let limiter = CapacityLimiter::new(rng.usize(..4));
        let acquire = |name| limiter.acquire(name);
        limiter_against_model(rng, &limiter, acquire, |name| limiter.try_acquire(name));
    });
}

#[test]
fn owned_limiter_model() {
    seeds(SEEDS, |rng| {
        let limiter = Pointer::new(CapacityLimiter::new(rng.usize(..4)));
        let acquire = |name| limiter.acquire_owned(name);
        limiter_against_model(rng, &limiter, acquire, |name| limiter.try_acquire_owned(name));
        assert_eq!(Pointer::strong_count(&limiter), 1);
    });
}
