//! Random operations on semaphores, barriers and channels against plain sequential models.

use std::collections::VecDeque;
use std::task::Poll;

use super::kind::{Barrier, Semaphore, channel};
use crate::support::{Bells, Line, seeds};

const SEEDS: u64 = 300;
const STEPS: u32 = 200;

/// Gives the first in line a permit, if there is one left.
fn reserve(value: &mut usize, line: &mut Line) -> Option<u32> {
    let id = (*value > 0).then(|| line.wake_next()).flatten()?;
    *value -= 1;
    Some(id)
}

/// Whoever leaves the line has all that is left given out.
fn settle(value: &mut usize, line: &mut Line) -> Vec<u32> {
    std::iter::from_fn(|| reserve(value, line)).collect()
}

#[test]
fn semaphore_model() {
    seeds(SEEDS, |rng| {
        let mut value = rng.usize(..3);
        let (semaphore, bells) = (Semaphore::new(value), Bells::new());
        let (mut line, mut hands, mut permits) = (Line::default(), Vec::new(), Vec::new());
        for id in 0..STEPS {
            let free = value > 0 && line.is_empty();
            let mut woken = Vec::new();
            match (rng.u8(..8), rng.choice(0..hands.len())) {
                (0..3, _) => {
                    let mut hand = bells.hold(id, semaphore.acquire());
                    match hand.poll() {
                        Poll::Ready(permit) => permits.push(permit),
                        Poll::Pending => hands.push((id, hand)),
                    }
                    assert_eq!(hands.last().is_some_and(|hand| hand.0 == id), !free);
                    if free { value -= 1 } else { line.push(id) }
                }
                (3 | 4, Some(i)) => {
                    let polled = hands[i].1.poll();
                    assert_eq!(polled.is_ready(), line.is_woken(hands[i].0));
                    if let Poll::Ready(permit) = polled {
                        permits.push(permit);
                        line.remove(hands.remove(i).0);
                        woken = settle(&mut value, &mut line);
                    }
                }
                (5, Some(i)) => {
                    let (id, hand) = hands.remove(i);
                    drop(hand);
                    value += usize::from(line.remove(id));
                    woken = settle(&mut value, &mut line);
                }
                (6, _) => {
                    let permit = semaphore.try_acquire();
                    assert_eq!(permit.is_some(), free);
                    value -= usize::from(free);
                    permits.extend(permit);
                }
                _ => {
                    if permits.pop().is_none() {
                        semaphore.release();
                    }
                    value += 1;
                    woken.extend(reserve(&mut value, &mut line));
                }
            }
            assert_eq!(bells.rung(), woken);
            assert_eq!(semaphore.value(), value);
            assert_eq!(semaphore.locked(), value == 0 || !line.is_empty());
        }
    });
}

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

/// trio's memory channel, written down plainly: waiters hold items.
#[derive(Default)]
struct ChannelModel {
    capacity: usize,
    buffer: VecDeque<u32>,
    /// Who waits to send, and what; who waits to receive. Those who were served are in `served`.
    sending: VecDeque<(u32, u32)>,
    receiving: VecDeque<u32>,
    /// Who was served, with what it received if it did.
    served: Vec<(u32, Served)>,
}

#[derive(Clone, Copy)]
enum Served {
    Sent,
    Received(u32),
}

impl ChannelModel {
    fn try_send(&mut self, item: u32) -> (bool, Option<u32>) {
        if let Some(id) = self.receiving.pop_front() {
            self.served.push((id, Served::Received(item)));
            return (true, Some(id));
        }
        let room = self.buffer.len() < self.capacity;
        if room {
            self.buffer.push_back(item);
        }
        (room, None)
    }

    fn try_recv(&mut self) -> (Option<u32>, Option<u32>) {
        let sender = self.sending.pop_front();
        if let Some((id, item)) = sender {
            self.served.push((id, Served::Sent));
            self.buffer.push_back(item);
        }
        (self.buffer.pop_front(), sender.map(|(id, _)| id))
    }

    fn take_served(&mut self, id: u32) -> Option<Served> {
        let at = self.served.iter().position(|(other, _)| *other == id)?;
        Some(self.served.remove(at).1)
    }

    fn drop_one(&mut self, id: u32) -> Option<u32> {
        self.sending.retain(|(other, _)| *other != id);
        self.receiving.retain(|other| *other != id);
        let Served::Received(item) = self.take_served(id)? else { return None };
        let next = self.receiving.pop_front();
        match next {
            Some(next) => self.served.push((next, Served::Received(item))),
            None => self.buffer.push_front(item),
        }
        next
    }
}

#[test]
fn channel_model() {
    seeds(SEEDS, |rng| {
        let capacity = rng.usize(..3);
        let ((sender, receiver), bells) = (channel(capacity), Bells::new());
        let mut model = ChannelModel { capacity, ..ChannelModel::default() };
        let (mut sends, mut recvs) = (Vec::new(), Vec::new());
        for id in 0..STEPS {
            let send = rng.choice(0..sends.len());
            let recv = rng.choice(0..recvs.len());
            let woken = match (rng.u8(..14), send, recv) {
                (0..3, _, _) => {
                    let mut hand = bells.hold(id, sender.send(id));
                    let (done, woken) = model.try_send(id);
                    assert_eq!(hand.poll().is_ready(), done);
                    if !done {
                        model.sending.push_back((id, id));
                        sends.push((id, hand));
                    }
                    woken
                }
                (3..6, _, _) => {
                    let mut hand = bells.hold(id, receiver.recv());
                    let (item, woken) = model.try_recv();
                    assert_eq!(
                        hand.poll(),
                        item.map_or(Poll::Pending, |item| Poll::Ready(Ok(item)))
                    );
                    if item.is_none() {
                        model.receiving.push_back(id);
                        recvs.push((id, hand));
                    }
                    woken
                }
                (6, Some(i), _) => {
                    let served = model.take_served(sends[i].0).is_some();
                    assert_eq!(sends[i].1.poll().is_ready(), served);
                    if served {
                        sends.remove(i);
                    }
                    None
                }
                (7, _, Some(i)) => {
                    let polled = recvs[i].1.poll();
                    if let Some(Served::Received(item)) = model.take_served(recvs[i].0) {
                        assert_eq!(polled, Poll::Ready(Ok(item)));
                        recvs.remove(i);
                    } else {
                        assert!(polled.is_pending());
                    }
                    None
                }
                (8, Some(i), _) => model.drop_one(sends.remove(i).0),
                (9, _, Some(i)) => model.drop_one(recvs.remove(i).0),
                (10 | 11, _, _) => {
                    let (done, woken) = model.try_send(id);
                    assert_eq!(sender.try_send(id).is_ok(), done);
                    woken
                }
                _ => {
                    let (item, woken) = model.try_recv();
                    assert_eq!(receiver.try_recv().ok(), item);
                    woken
                }
            };
            assert!(bells.rung().into_iter().eq(woken));
            assert_eq!(receiver.len(), model.buffer.len());
        }
    });
}
