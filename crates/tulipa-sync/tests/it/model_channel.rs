//! Random operations on a channel, its ends closing too, against a plain sequential model.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::task::Poll;

use super::kind::{Receiver, Sender, channel};
use crate::support::{Bells, Hand, seeds};
use tulipa_sync::{TryRecvError, TrySendError};

const SEEDS: u64 = 600;
const STEPS: u32 = 200;

/// trio's memory channel, written down plainly: waiters hold items.
#[derive(Default)]
struct Model {
    capacity: usize,
    buffer: VecDeque<u32>,
    /// How many there are of each end. A future that waits has one of its own.
    senders: usize,
    receivers: usize,
    /// Who waits to send, each its own number; who waits to receive.
    sending: VecDeque<u32>,
    receiving: VecDeque<u32>,
    /// Who was served and was not polled since.
    served: Vec<(u32, Served)>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Served {
    Sent,
    Received(u32),
    /// By the end of the other side.
    End,
}

impl Model {
    /// Whether it is sent, and who is woken; an error if there is nobody to receive.
    fn try_send(&mut self, item: u32) -> Result<(bool, Vec<u32>), ()> {
        if self.receivers == 0 {
            return Err(());
        }
        if let Some(id) = self.receiving.pop_front() {
            self.served.push((id, Served::Received(item)));
            return Ok((true, vec![id]));
        }
        let room = self.buffer.len() < self.capacity;
        if room {
            self.buffer.push_back(item);
        }
        Ok((room, Vec::new()))
    }

    /// What is received, and who is woken; an error if nothing ever will be.
    fn try_recv(&mut self) -> Result<(Option<u32>, Vec<u32>), ()> {
        let sender = self.sending.pop_front();
        if let Some(item) = sender {
            self.served.push((item, Served::Sent));
            self.buffer.push_back(item);
        }
        match self.buffer.pop_front() {
            None if self.senders == 0 => Err(()),
            item => Ok((item, sender.into_iter().collect())),
        }
    }

    fn take_served(&mut self, id: u32) -> Option<Served> {
        let at = self.served.iter().position(|(other, _)| *other == id)?;
        Some(self.served.remove(at).1)
    }

    /// A future is dropped; what it received in vain goes to the next.
    fn leave(&mut self, id: u32) -> Vec<u32> {
        self.sending.retain(|other| *other != id);
        self.receiving.retain(|other| *other != id);
        let Some(Served::Received(item)) = self.take_served(id) else { return Vec::new() };
        let next = self.receiving.pop_front();
        match next {
            Some(next) => self.served.push((next, Served::Received(item))),
            None => self.buffer.push_front(item),
        }
        next.into_iter().collect()
    }

    fn drop_sender(&mut self) -> Vec<u32> {
        self.senders -= 1;
        if self.senders > 0 {
            return Vec::new();
        }
        let woken: Vec<_> = self.receiving.drain(..).collect();
        self.served.extend(woken.iter().map(|id| (*id, Served::End)));
        woken
    }

    fn drop_receiver(&mut self) -> Vec<u32> {
        self.receivers -= 1;
        if self.receivers > 0 {
            return Vec::new();
        }
        self.buffer.clear();
        let woken: Vec<_> = self.sending.drain(..).collect();
        self.served.extend(woken.iter().map(|id| (*id, Served::End)));
        woken
    }
}

/// What came of a future: sent or the item back, an item or the end.
type Came = Result<Option<u32>, Option<u32>>;
type Wait = Hand<Pin<Box<dyn Future<Output = Came>>>>;

/// The channel and its model, operated together.
struct Both {
    model: Model,
    bells: Bells<u32>,
    senders: Vec<Sender<u32>>,
    receivers: Vec<Receiver<u32>>,
    sends: Vec<(u32, Wait)>,
    recvs: Vec<(u32, Wait)>,
}

/// Each operation gives whom it must have woken.
impl Both {
    fn new(capacity: usize) -> Self {
        let (sender, receiver) = channel(capacity);
        Self {
            model: Model { capacity, senders: 1, receivers: 1, ..Model::default() },
            bells: Bells::new(),
            senders: vec![sender],
            receivers: vec![receiver],
            sends: Vec::new(),
            recvs: Vec::new(),
        }
    }

    fn send(&mut self, id: u32) -> Vec<u32> {
        let Some(sender) = self.senders.first().cloned() else { return Vec::new() };
        let future = async move {
            sender.send(id).await.map(|()| None).map_err(|error| Some(error.into_inner()))
        };
        let mut hand: Wait = self.bells.hold(id, Box::pin(future));
        match (hand.poll(), self.model.try_send(id)) {
            (Poll::Ready(Ok(None)), Ok((true, woken))) => woken,
            (Poll::Ready(Err(Some(item))), Err(())) if item == id => Vec::new(),
            (Poll::Pending, Ok((false, woken))) => {
                self.model.senders += 1;
                self.model.sending.push_back(id);
                self.sends.push((id, hand));
                woken
            }
            other => panic!("{other:?}"),
        }
    }

    fn recv(&mut self, id: u32) -> Vec<u32> {
        let Some(receiver) = self.receivers.first().cloned() else { return Vec::new() };
        let future = async move { receiver.recv().await.map(Some).map_err(|_| None) };
        let mut hand: Wait = self.bells.hold(id, Box::pin(future));
        match (hand.poll(), self.model.try_recv()) {
            (Poll::Ready(Ok(item)), Ok((expected, woken))) if item == expected => woken,
            (Poll::Ready(Err(None)), Err(())) => Vec::new(),
            (Poll::Pending, Ok((None, woken))) => {
                self.model.receivers += 1;
                self.model.receiving.push_back(id);
                self.recvs.push((id, hand));
                woken
            }
            other => panic!("{other:?}"),
        }
    }

    fn poll_send(&mut self, i: usize) -> Vec<u32> {
        let id = self.sends[i].0;
        let came = match self.model.take_served(id) {
            None => Poll::Pending,
            Some(Served::End) => Poll::Ready(Err(Some(id))),
            Some(_) => Poll::Ready(Ok(None)),
        };
        assert_eq!(self.sends[i].1.poll(), came);
        if came.is_pending() {
            return Vec::new();
        }
        self.sends.remove(i);
        self.model.drop_sender()
    }

    fn poll_recv(&mut self, i: usize) -> Vec<u32> {
        let id = self.recvs[i].0;
        let mut woken = Vec::new();
        let came = match self.model.take_served(id) {
            None => Poll::Pending,
            Some(Served::Received(item)) => Poll::Ready(Ok(Some(item))),
            // Somebody may have put an item back.
            Some(_) => match self.model.try_recv() {
                Ok((item, rings)) => {
                    woken = rings;
                    Poll::Ready(Ok(item))
                }
                Err(()) => Poll::Ready(Err(None)),
            },
        };
        assert_eq!(self.recvs[i].1.poll(), came);
        if came.is_ready() {
            self.recvs.remove(i);
            woken.extend(self.model.drop_receiver());
        }
        woken
    }

    fn drop_send(&mut self, i: usize) -> Vec<u32> {
        let (id, hand) = self.sends.remove(i);
        drop(hand);
        let mut woken = self.model.leave(id);
        woken.extend(self.model.drop_sender());
        woken
    }

    fn drop_recv(&mut self, i: usize) -> Vec<u32> {
        let (id, hand) = self.recvs.remove(i);
        drop(hand);
        let mut woken = self.model.leave(id);
        woken.extend(self.model.drop_receiver());
        woken
    }

    fn try_send(&mut self, item: u32) -> Vec<u32> {
        let Some(sender) = self.senders.first() else { return Vec::new() };
        match (sender.try_send(item), self.model.try_send(item)) {
            (Ok(()), Ok((true, woken))) => woken,
            (Err(TrySendError::Full(back)), Ok((false, _))) if back == item => Vec::new(),
            (Err(TrySendError::Closed(back)), Err(())) if back == item => Vec::new(),
            other => panic!("{other:?}"),
        }
    }

    fn try_recv(&mut self) -> Vec<u32> {
        let Some(receiver) = self.receivers.first() else { return Vec::new() };
        match (receiver.try_recv(), self.model.try_recv()) {
            (Ok(item), Ok((Some(expected), woken))) if item == expected => woken,
            (Err(TryRecvError::Empty), Ok((None, _))) | (Err(TryRecvError::Closed), Err(())) => {
                Vec::new()
            }
            other => panic!("{other:?}"),
        }
    }

    /// One of the handles more, or one less; the last of a side only if it `may_end`.
    fn ends(&mut self, rng: &mut fastrand::Rng, may_end: bool) -> Vec<u32> {
        match rng.u8(..4) {
            0 => {
                self.model.senders += self.senders.len().min(1);
                self.senders.extend(self.senders.first().cloned());
            }
            1 => {
                self.model.receivers += self.receivers.len().min(1);
                self.receivers.extend(self.receivers.first().cloned());
            }
            2 if may_end || self.senders.len() > 1 => {
                let last = self.senders.pop();
                return last.map(|_| self.model.drop_sender()).unwrap_or_default();
            }
            3 if may_end || self.receivers.len() > 1 => {
                let last = self.receivers.pop();
                return last.map(|_| self.model.drop_receiver()).unwrap_or_default();
            }
            _ => {}
        }
        Vec::new()
    }
}

#[test]
fn channel_model() {
    seeds(SEEDS, |rng| {
        let mut both = Both::new(rng.usize(..3));
        for id in 0..STEPS {
            let send = rng.choice(0..both.sends.len());
            let recv = rng.choice(0..both.recvs.len());
            let woken = match (rng.u8(..16), send, recv) {
                (0..3, _, _) => both.send(id),
                (3..6, _, _) => both.recv(id),
                (6, Some(i), _) => both.poll_send(i),
                (7, _, Some(i)) => both.poll_recv(i),
                (8, Some(i), _) => both.drop_send(i),
                (9, _, Some(i)) => both.drop_recv(i),
                (10 | 11, _, _) => both.try_send(id),
                (12 | 13, _, _) => both.try_recv(),
                _ => both.ends(rng, id > STEPS / 2),
            };
            assert_eq!(both.bells.rung(), woken);
            if let Some(sender) = both.senders.first() {
                assert_eq!(sender.len(), both.model.buffer.len());
                assert_eq!(sender.is_closed(), both.model.receivers == 0);
            }
            if let Some(receiver) = both.receivers.first() {
                assert_eq!(receiver.is_closed(), both.model.senders == 0);
            }
        }
    });
}
