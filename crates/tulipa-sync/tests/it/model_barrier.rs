//! Random operations on a barrier against a plain sequential model.

use std::task::Poll;

use super::kind::Barrier;
use crate::support::{Bells, Line, seeds};

const SEEDS: u64 = 300;
const STEPS: u32 = 200;

/// asyncio's barrier, written down plainly; `inside` is in order of arrival.
struct BarrierModel {
    parties: usize,
    phase: &'static str,
    inside: Vec<u32>,
    outside: Line,
    /// What those who were inside when it filled get.
    indices: Vec<(u32, usize)>,
}

impl BarrierModel {
    /// One comes, or comes back from outside: what it gets, and whom it wakes.
    fn enter(&mut self, id: u32) -> (Poll<Result<usize, ()>>, Vec<u32>) {
        match self.phase {
            "broken" => {
                self.outside.remove(id);
                (Poll::Ready(Err(())), Vec::new())
            }
            "filling" => {
                self.outside.remove(id);
                if self.inside.len() + 1 < self.parties {
                    self.inside.push(id);
                    return (Poll::Pending, Vec::new());
                }
                let mut woken = self.inside.clone();
                self.indices = woken.iter().copied().zip(0..).collect();
                self.phase = "draining";
                let index = self.inside.len();
                woken.extend(self.refill());
                (Poll::Ready(Ok(index)), woken)
            }
            _ => {
                self.outside.stay(id);
                (Poll::Pending, Vec::new())
            }
        }
    }

    fn refill(&mut self) -> Vec<u32> {
        if !self.inside.is_empty() || self.phase == "filling" || self.phase == "broken" {
            return Vec::new();
        }
        self.phase = "filling";
        self.outside.wake_all()
    }

    fn poll(&mut self, id: u32) -> (Poll<Result<usize, ()>>, Vec<u32>) {
        if !self.inside.contains(&id) {
            return self.enter(id);
        }
        let index = self.indices.iter().find(|(other, _)| *other == id).map(|(_, index)| *index);
        let came = match self.phase {
            "filling" => return (Poll::Pending, Vec::new()),
            "draining" => Ok(index.unwrap()),
            _ => Err(()),
        };
        (Poll::Ready(came), self.leave(id))
    }

    fn leave(&mut self, id: u32) -> Vec<u32> {
        if self.inside.contains(&id) {
            self.inside.retain(|other| *other != id);
            return self.refill();
        }
        self.outside.remove(id);
        Vec::new()
    }

    /// Those inside who were not woken already, when it breaks or is reset.
    fn wake_inside(&self) -> Vec<u32> {
        if self.phase == "filling" { self.inside.clone() } else { Vec::new() }
    }
}

#[test]
fn barrier_model() {
    seeds(SEEDS, |rng| {
        let parties = rng.usize(1..5);
        let (barrier, bells) = (Barrier::new(parties), Bells::new());
        let mut model = BarrierModel {
            parties,
            phase: "filling",
            inside: Vec::new(),
            outside: Line::default(),
            indices: Vec::new(),
        };
        let mut hands = Vec::new();
        for id in 0..STEPS {
            let mut woken = Vec::new();
            match (rng.u8(..20), rng.choice(0..hands.len())) {
                (0..8, _) => {
                    let mut hand = bells.hold(id, barrier.wait());
                    let (came, rings) = model.enter(id);
                    assert_eq!(hand.poll().map_err(drop), came);
                    woken = rings;
                    if came.is_pending() {
                        hands.push((id, hand));
                    }
                }
                (8..15, Some(i)) => {
                    let (came, rings) = model.poll(hands[i].0);
                    assert_eq!(hands[i].1.poll().map_err(drop), came);
                    woken = rings;
                    if came.is_ready() {
                        hands.remove(i);
                    }
                }
                (15..18, Some(i)) => {
                    let (id, hand) = hands.remove(i);
                    drop(hand);
                    woken = model.leave(id);
                }
                (18, _) => {
                    barrier.reset();
                    if model.inside.is_empty() {
                        model.phase = "resetting";
                        woken = model.refill();
                    } else {
                        woken = model.wake_inside();
                        model.phase = "resetting";
                    }
                }
                (19, _) => {
                    barrier.abort();
                    woken = model.wake_inside();
                    woken.extend(model.outside.wake_all());
                    model.phase = "broken";
                }
                _ => {}
            }
            assert_eq!(bells.rung(), woken);
            let waiting = if model.phase == "filling" { model.inside.len() } else { 0 };
            assert_eq!(barrier.n_waiting(), waiting);
            assert_eq!(barrier.broken(), model.phase == "broken");
        }
    });
}
