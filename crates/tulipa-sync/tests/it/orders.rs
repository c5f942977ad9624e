//! asyncio statement S-QUEUE-5: the orders of the other queues; and the rest of `Queue` for them.

use super::kind::{LifoQueue, PriorityQueue};
use crate::support::{Bells, now};
use std::cell::Cell;
use std::cmp::Ordering;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// S-QUEUE-5: LIFO pops the newest.
#[test]
fn a_lifo_queue_gives_the_newest() {
    let queue = LifoQueue::with_maxsize(3);
    for i in 1..=3 {
        queue.put_nowait(i).unwrap();
    }
    assert!(queue.full());
    assert_eq!(queue.get_nowait(), Ok(3));
    queue.put_nowait(4).unwrap();
    assert_eq!([(); 3].map(|()| now(queue.get()).unwrap()), [4, 2, 1]);
    assert!(format!("{queue:?}").starts_with("LifoQueue {"));
}

/// S-QUEUE-5: a priority queue pops the smallest.
#[test]
fn a_priority_queue_gives_the_smallest() {
    let queue = PriorityQueue::new();
    for n in [5, 1, 4, 1, 3] {
        now(queue.put(n)).unwrap();
    }
    assert_eq!([(); 5].map(|()| now(queue.get()).unwrap()), [1, 1, 3, 4, 5]);
    assert!(format!("{queue:?}").starts_with("PriorityQueue {"));
}

/// An item whose name does not count.
#[derive(Debug)]
struct Job(u8, usize);

impl Ord for Job {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

impl PartialOrd for Job {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Job {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Job {}

/// S-QUEUE-5, differently on purpose: equals come in order of arrival.
#[test]
fn equal_priorities_come_in_order_of_arrival() {
    crate::support::seeds(50, |rng| {
        let queue = PriorityQueue::new();
        let mut jobs: Vec<_> = (0..100).map(|i| (rng.u8(..4), i)).collect();
        for &(priority, i) in &jobs {
            queue.put_nowait(Job(priority, i)).unwrap();
        }
        jobs.sort_by_key(|(priority, _)| *priority); // stable
        for (priority, i) in jobs {
            let got = queue.get_nowait().unwrap();
            assert_eq!((got.0, got.1), (priority, i));
        }
    });
}

#[test]
fn the_other_queues_wait_and_shut_down_as_well() {
    let (queue, bells) = (PriorityQueue::with_maxsize(1), Bells::new());
    let mut a = bells.waiting('a', queue.get());
    queue.put_nowait(1).unwrap();
    let mut b = bells.waiting('b', queue.put(0));
    assert_eq!(a.ready(), Ok(1));
    b.ready().unwrap();
    assert_eq!(bells.rung(), ['a', 'b']);
    queue.shutdown(true);
    assert!(now(queue.get()).is_err());
    assert!(queue.task_done().is_ok());
    now(queue.join());
}

thread_local! {
    static BREAKS: Cell<bool> = const { Cell::new(false) };
}

/// An item that panics when it is compared, if told so.
#[derive(PartialEq, Eq)]
struct Brittle(u8);

impl Ord for Brittle {
    fn cmp(&self, other: &Self) -> Ordering {
        assert!(!BREAKS.get(), "on purpose");
        self.0.cmp(&other.0)
    }
}

impl PartialOrd for Brittle {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A panic in a comparison leaves a queue that works.
#[test]
fn a_panic_in_a_comparison_does_no_harm() {
    let queue = PriorityQueue::new();
    queue.put_nowait(Brittle(2)).unwrap();
    BREAKS.set(true);
    assert!(catch_unwind(AssertUnwindSafe(|| queue.put_nowait(Brittle(1)))).is_err());
    BREAKS.set(false);
    queue.put_nowait(Brittle(0)).unwrap();
    assert_eq!(queue.get_nowait().map(|item| item.0), Ok(0));
}
