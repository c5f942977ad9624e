//! Every wait of a queue or a channel, given up at each of its suspensions: no item is lost, none
//! comes twice, nobody is left behind. How is in `cancel_points.rs`.

use std::cell::RefCell;

use super::cancel_points::Scenario;
use super::kind::{Guard, Receiver, Sender, channel};
use crate::on::turn;
use crate::support::shown;
use tulipa_sync::generic::{Buffer, Fifo, Lifo, Priority, Queue};

/// A queue or the ends of a channel, and what went in and came out.
struct Belt<P> {
    carries: P,
    /// What somebody tried to put in.
    tried: RefCell<Vec<u32>>,
    /// What went in, as those say who put it.
    went_in: RefCell<Vec<u32>>,
    came_out: RefCell<Vec<u32>>,
}

impl<P> Belt<P> {
    fn new(carries: P) -> Self {
        Self {
            carries,
            tried: RefCell::default(),
            went_in: RefCell::default(),
            came_out: RefCell::default(),
        }
    }

    /// What went in, what came out, and what was tried.
    fn books(&self) -> [Vec<u32>; 3] {
        [&self.went_in, &self.came_out, &self.tried].map(|items| {
            let mut items = items.borrow().clone();
            items.sort_unstable();
            items
        })
    }
}

type OfQueue<B> = Belt<Queue<B, Guard>>;

impl<B: Buffer<Item = u32>> OfQueue<B> {
    async fn put(&self, item: u32) {
        self.carries.put(item).await.unwrap();
        self.went_in.borrow_mut().push(item);
    }

    /// Gets an item, does the work and reports it; false when the queue is shut down.
    async fn get(&self) -> bool {
        let Ok(item) = self.carries.get().await else { return false };
        self.came_out.borrow_mut().push(item);
        self.carries.task_done().unwrap();
        true
    }

    #[track_caller]
    fn assert_balanced(&self) {
        let [went_in, came_out, _] = self.books();
        assert_eq!(went_in, came_out);
        let queue = &self.carries;
        let left = ["qsize", "unfinished", "getters", "putters"].map(|field| shown(field, queue));
        assert_eq!(left, [0; 4]);
    }
}

/// How often a `put`, done twice into a queue of one item, suspends.
fn queue_put<B: Buffer<Item = u32> + 'static>() -> usize {
    Scenario::<OfQueue<B>> {
        make: || Belt::new(Queue::with_maxsize(1)),
        before: |belt| {
            Box::pin(async {
                belt.put(0).await;
                turn().await;
                while belt.get().await {
                    turn().await;
                }
            })
        },
        victim: |belt| {
            Box::pin(async {
                belt.put(1).await;
                belt.put(2).await;
            })
        },
        after: |belt| {
            Box::pin(async {
                belt.put(3).await;
                for _ in 0..10 {
                    turn().await;
                }
                belt.carries.shutdown(false);
            })
        },
        check: OfQueue::assert_balanced,
    }
    .run()
}

/// S-QUEUE-3, for putters.
#[test]
fn put_of_each_queue() {
    assert_eq!(
        [queue_put::<Fifo<_>>(), queue_put::<Lifo<_>>(), queue_put::<Priority<_>>()],
        [2; 3]
    );
}

/// How often a `get`, done twice, suspends.
fn queue_get<B: Buffer<Item = u32> + 'static>() -> usize {
    Scenario::<OfQueue<B>> {
        make: || Belt::new(Queue::new()),
        before: |belt| {
            Box::pin(async {
                for item in 0..3 {
                    turn().await;
                    turn().await;
                    belt.put(item).await;
                    belt.carries.join().await; // somebody gets it without further ado
                }
                belt.carries.shutdown(false);
            })
        },
        victim: |belt| {
            Box::pin(async {
                belt.get().await;
                belt.get().await;
            })
        },
        after: |belt| Box::pin(async { while belt.get().await {} }),
        check: OfQueue::assert_balanced,
    }
    .run()
}

/// S-QUEUE-3
#[test]
fn get_of_each_queue() {
    assert_eq!(
        [queue_get::<Fifo<_>>(), queue_get::<Lifo<_>>(), queue_get::<Priority<_>>()],
        [2; 3]
    );
}

/// How often a `join` suspends.
fn queue_join<B: Buffer<Item = u32> + 'static>() -> usize {
    Scenario::<OfQueue<B>> {
        make: || Belt::new(Queue::new()),
        before: |belt| {
            Box::pin(async {
                belt.put(0).await;
                belt.put(1).await;
                for _ in 0..2 {
                    turn().await;
                    belt.get().await;
                }
            })
        },
        victim: |belt| Box::pin(belt.carries.join()),
        after: |belt| Box::pin(belt.carries.join()),
        check: OfQueue::assert_balanced,
    }
    .run()
}

#[test]
fn join_of_each_queue() {
    let suspensions =
        [queue_join::<Fifo<_>>(), queue_join::<Lifo<_>>(), queue_join::<Priority<_>>()];
    assert_eq!(suspensions, [1; 3]);
}

type OfChannel = Belt<(RefCell<Option<Sender<u32>>>, Receiver<u32>)>;

impl OfChannel {
    fn with_capacity(capacity: usize) -> Self {
        let (sender, receiver) = channel(capacity);
        Self::new((RefCell::new(Some(sender)), receiver))
    }

    /// A sender of one's own; the last one to be had is that of the belt.
    fn sender(&self, last: bool) -> Sender<u32> {
        let sender = &self.carries.0;
        let sender = if last { sender.take() } else { sender.borrow().clone() };
        sender.expect("nobody has taken the last one")
    }

    async fn send(&self, sender: &Sender<u32>, item: u32) {
        self.tried.borrow_mut().push(item);
        sender.send(item).await.unwrap();
        self.went_in.borrow_mut().push(item);
    }

    async fn recv(&self) -> bool {
        let Ok(item) = self.carries.1.recv().await else { return false };
        self.came_out.borrow_mut().push(item);
        true
    }

    #[track_caller]
    fn assert_received(&self) {
        let [went_in, came_out, tried] = self.books();
        // A send that was given up may have been taken before.
        assert!(went_in.iter().all(|item| came_out.contains(item)), "{went_in:?} {came_out:?}");
        assert!(came_out.iter().all(|item| tried.contains(item)), "{tried:?} {came_out:?}");
        assert!(came_out.is_sorted_by(|a, b| a < b), "twice: {came_out:?}");
        assert!(self.carries.1.is_empty());
    }

    #[track_caller]
    fn assert_all_received(&self) {
        self.assert_received();
        let [_, came_out, _] = self.books();
        assert_eq!(came_out, [0, 1, 2], "given up was a receiver");
    }
}

/// How often two sends suspend.
fn channel_send(make: fn() -> OfChannel) -> usize {
    Scenario {
        make,
        before: |belt: &'static OfChannel| {
            Box::pin(async {
                turn().await;
                while belt.recv().await {
                    turn().await;
                }
            })
        },
        victim: |belt| {
            Box::pin(async {
                let sender = belt.sender(false);
                belt.send(&sender, 1).await;
                belt.send(&sender, 2).await;
            })
        },
        after: |belt| {
            Box::pin(async {
                let sender = belt.sender(true);
                belt.send(&sender, 3).await;
            })
        },
        check: OfChannel::assert_received,
    }
    .run()
}

#[test]
fn channel_send_at_each_capacity() {
    let [none, one] = [|| OfChannel::with_capacity(0), || OfChannel::with_capacity(1)];
    assert_eq!([channel_send(none), channel_send(one)], [2, 1]);
}

/// How often two receives suspend.
fn channel_recv(make: fn() -> OfChannel) -> usize {
    Scenario {
        make,
        before: |belt: &'static OfChannel| {
            Box::pin(async {
                let sender = belt.sender(true);
                for item in 0..3 {
                    turn().await;
                    turn().await;
                    belt.send(&sender, item).await;
                }
            })
        },
        victim: |belt| {
            Box::pin(async {
                belt.recv().await;
                belt.recv().await;
            })
        },
        after: |belt| Box::pin(async { while belt.recv().await {} }),
        check: OfChannel::assert_all_received,
    }
    .run()
}

#[test]
fn channel_recv_at_each_capacity() {
    let [none, one] = [|| OfChannel::with_capacity(0), || OfChannel::with_capacity(1)];
    assert_eq!([channel_recv(none), channel_recv(one)], [2, 2]);
}
