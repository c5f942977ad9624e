//! Random operations on a queue, of each order, against a plain sequential model.

use std::cmp::Ordering;
use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::task::Poll;

use super::kind::Guard;
use crate::support::{Bells, Line, seeds};
use tulipa_sync::generic::{Buffer, Fifo, Lifo, Priority, Queue};

const SEEDS: u64 = 400;
const STEPS: u32 = 200;

/// An item of a priority that many have.
#[derive(Debug)]
struct Item(u32);

impl Item {
    fn priority(&self) -> u32 {
        self.0 % 4
    }
}

impl Ord for Item {
    fn cmp(&self, other: &Self) -> Ordering {
        self.priority().cmp(&other.priority())
    }
}

impl PartialOrd for Item {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Item {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Item {}

/// A queue written down plainly.
struct Model {
    /// In order of arrival.
    items: VecDeque<u32>,
    /// Takes out the one that is next.
    pop: fn(&mut VecDeque<u32>) -> Option<u32>,
    maxsize: usize,
    unfinished: usize,
    shut_down: bool,
    getters: Line,
    putters: Line,
    joiners: Line,
}

impl Model {
    fn new(maxsize: usize, pop: fn(&mut VecDeque<u32>) -> Option<u32>) -> Self {
        Self {
            items: VecDeque::new(),
            pop,
            maxsize,
            unfinished: 0,
            shut_down: false,
            getters: Line::default(),
            putters: Line::default(),
            joiners: Line::default(),
        }
    }

    fn put(&mut self, item: u32) -> Result<Vec<u32>, bool> {
        if self.shut_down || (self.maxsize > 0 && self.items.len() >= self.maxsize) {
            return Err(self.shut_down);
        }
        self.items.push_back(item);
        self.unfinished += 1;
        Ok(self.getters.wake_next().into_iter().collect())
    }

    fn get(&mut self) -> Result<(u32, Vec<u32>), bool> {
        let item = (self.pop)(&mut self.items).ok_or(self.shut_down)?;
        Ok((item, self.putters.wake_next().into_iter().collect()))
    }

    fn shutdown(&mut self, immediate: bool) -> Vec<u32> {
        self.shut_down = true;
        let mut woken = Vec::new();
        if immediate {
            self.unfinished -= self.items.drain(..).count();
            if self.unfinished == 0 {
                woken.extend(self.joiners.wake_all());
            }
        }
        woken.extend(self.getters.wake_all());
        woken.extend(self.putters.wake_all());
        woken
    }
}

/// What one future of the queue came to: an item got, nothing, or a shutdown.
type Came = Result<Option<u32>, ()>;

#[derive(Clone, Copy)]
enum Does {
    Get,
    Put(u32),
    Join,
}

impl Model {
    /// What a poll of such a future must give, and whom it wakes.
    fn poll(&mut self, id: u32, does: Does) -> (Poll<Came>, Vec<u32>) {
        let (came, woken) = match does {
            Does::Get => match self.get() {
                Ok((item, woken)) => (Poll::Ready(Ok(Some(item))), woken),
                Err(true) => (Poll::Ready(Err(())), Vec::new()),
                Err(false) => (Poll::Pending, Vec::new()),
            },
            Does::Put(item) => match self.put(item) {
                Ok(woken) => (Poll::Ready(Ok(None)), woken),
                Err(true) => (Poll::Ready(Err(())), Vec::new()),
                Err(false) => (Poll::Pending, Vec::new()),
            },
            Does::Join if self.unfinished == 0 || self.joiners.is_woken(id) => {
                (Poll::Ready(Ok(None)), Vec::new())
            }
            Does::Join => (Poll::Pending, Vec::new()),
        };
        let line = self.line(does);
        if came.is_ready() {
            line.remove(id);
        } else {
            line.stay(id);
        }
        (came, woken)
    }

    fn line(&mut self, does: Does) -> &mut Line {
        match does {
            Does::Get => &mut self.getters,
            Does::Put(_) => &mut self.putters,
            Does::Join => &mut self.joiners,
        }
    }

    fn leave(&mut self, id: u32, does: Does) -> Option<u32> {
        let woken = self.line(does).remove(id);
        let left = match does {
            Does::Get => !self.items.is_empty(),
            Does::Put(_) => self.maxsize == 0 || self.items.len() < self.maxsize,
            Does::Join => false,
        };
        if woken && left { self.line(does).wake_next() } else { None }
    }
}

fn start<B: Buffer<Item = Item>>(
    queue: &Queue<B, Guard>,
    does: Does,
) -> Pin<Box<dyn Future<Output = Came> + '_>> {
    Box::pin(async move {
        match does {
            Does::Get => queue.get().await.map(|item| Some(item.0)).map_err(drop),
            Does::Put(item) => queue.put(Item(item)).await.map(|()| None).map_err(drop),
            Does::Join => {
                queue.join().await;
                Ok(None)
            }
        }
    })
}

/// The first of the smallest.
fn pop_smallest(items: &mut VecDeque<u32>) -> Option<u32> {
    let at = (0..items.len()).min_by_key(|at| Item(items[*at]).priority())?;
    items.remove(at)
}

#[test]
fn queue_model() {
    queue_against_model::<Fifo<_>>(VecDeque::pop_front);
}

#[test]
fn lifo_queue_model() {
    queue_against_model::<Lifo<_>>(VecDeque::pop_back);
}

/// S-QUEUE-5, differently on purpose: among equals the oldest.
#[test]
fn priority_queue_model() {
    queue_against_model::<Priority<_>>(pop_smallest);
}

fn queue_against_model<B: Buffer<Item = Item>>(pop: fn(&mut VecDeque<u32>) -> Option<u32>) {
    seeds(SEEDS, |rng| {
        let maxsize = rng.usize(..4);
        let (queue, bells) = (Queue::<B, Guard>::with_maxsize(maxsize), Bells::new());
        let mut model = Model::new(maxsize, pop);
        let mut hands = Vec::new();
        for id in 0..STEPS {
            let mut woken = Vec::new();
            match rng.u8(..80) {
                n @ 0..30 => {
                    let does = [Does::Get, Does::Put(id), Does::Join][usize::from(n % 7 % 3)];
                    let mut hand = bells.hold(id, start(&queue, does));
                    let (came, rings) = model.poll(id, does);
                    assert_eq!(hand.poll(), came);
                    woken = rings;
                    if came.is_pending() {
                        hands.push((id, does, hand));
                    }
                }
                30..50 => {
                    let Some(i) = rng.choice(0..hands.len()) else { continue };
                    let (id, does, hand) = &mut hands[i];
                    let (came, rings) = model.poll(*id, *does);
                    assert_eq!(hand.poll(), came);
                    woken = rings;
                    if came.is_ready() {
                        hands.remove(i);
                    }
                }
                50..58 => {
                    let Some(i) = rng.choice(0..hands.len()) else { continue };
                    let (id, does, hand) = hands.remove(i);
                    drop(hand);
                    woken.extend(model.leave(id, does));
                }
                58..65 => {
                    let put = model.put(id);
                    assert_eq!(queue.put_nowait(Item(id)).is_ok(), put.is_ok());
                    woken = put.unwrap_or_default();
                }
                65..72 => {
                    let got = model.get();
                    let item = queue.get_nowait().ok().map(|item| item.0);
                    assert_eq!(item, got.as_ref().ok().map(|got| got.0));
                    woken = got.map(|got| got.1).unwrap_or_default();
                }
                72..79 => {
                    let done = model.unfinished.checked_sub(1);
                    assert_eq!(queue.task_done().is_ok(), done.is_some());
                    model.unfinished = done.unwrap_or(0);
                    if done == Some(0) {
                        woken = model.joiners.wake_all();
                    }
                }
                _ if id < STEPS / 2 => {}
                _ => {
                    let immediate = rng.bool();
                    queue.shutdown(immediate);
                    woken = model.shutdown(immediate);
                }
            }
            assert_eq!(bells.rung(), woken);
            assert_eq!((queue.qsize(), queue.empty()), (model.items.len(), model.items.is_empty()));
        }
    });
}
