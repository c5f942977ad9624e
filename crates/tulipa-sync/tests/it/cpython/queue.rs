//! Queues, from `test_queues`: the basics, and get.

use std::cell::Cell;

use super::super::kind::{Event, LifoQueue, PriorityQueue, Queue};
use crate::on::{Log, leak, on_each_executor, spawn, turn, within};
use crate::support::shown;
use tulipa_sync::TryGetError;

on_each_executor![
    repr,
    empty,
    full,
    order,
    maxsize,
    blocking_get,
    get_with_putters,
    blocking_get_wait,
    get_cancelled_race,
    get_with_waiting_putters,
    why_are_getters_waiting,
    cancelled_getters_not_being_held_in_self_getters,
    lifo_order,
    priority_order,
];

/// `test_queues.QueueBasicTests.test_repr`
async fn repr() {
    let queue = leak(Queue::with_maxsize(1));
    let getter = spawn(queue.get());
    turn().await;
    assert!(format!("{queue:?}").starts_with("Queue { qsize: 0, maxsize: 1,"));
    assert_eq!(shown("getters", queue), 1);
    queue.put_nowait(0).unwrap();
    assert_eq!(getter.join().await, Ok(Ok(0)));

    queue.put_nowait(1).unwrap();
    let putter = spawn(queue.put(2));
    turn().await;
    assert_eq!((shown("putters", queue), shown("qsize", queue)), (1, 1));
    queue.get_nowait().unwrap();
    assert_eq!(putter.join().await, Ok(Ok(())));
}

/// `test_queues.QueueBasicTests.test_empty`
async fn empty() {
    let queue = Queue::new();
    assert!(queue.empty());
    queue.put(1).await.unwrap();
    assert!(!queue.empty());
    assert_eq!(queue.get().await, Ok(1));
    assert!(queue.empty());
}

/// `test_queues.QueueBasicTests.test_full`
async fn full() {
    assert!(!Queue::<u8>::new().full());
    let queue = Queue::with_maxsize(1);
    queue.put(1).await.unwrap();
    assert!(queue.full());
}

/// `test_queues.QueueBasicTests.test_order`
async fn order() {
    let queue = Queue::new();
    for n in [1, 3, 2] {
        queue.put(n).await.unwrap();
    }
    for n in [1, 3, 2] {
        assert_eq!(queue.get().await, Ok(n));
    }
}

/// `test_queues.QueueBasicTests.test_maxsize`
async fn maxsize() {
    let (queue, log) = (leak(Queue::with_maxsize(2)), Log::new());
    assert_eq!(queue.maxsize(), 2);
    let putter = spawn(async {
        for n in 0..3 {
            queue.put(n).await.unwrap();
            log.add(n);
        }
    });
    for _ in 0..2 {
        turn().await;
    }
    assert_eq!(log.all(), [0, 1]);
    assert_eq!(queue.get().await, Ok(0));
    turn().await;
    assert_eq!(log.all(), [0, 1, 2]);
    assert_eq!(queue.get().await, Ok(1));
    assert_eq!(queue.get().await, Ok(2));
    assert_eq!(putter.join().await, Ok(()));
}

/// `test_queues.QueueGetTests.test_blocking_get`
async fn blocking_get() {
    let queue = Queue::new();
    queue.put_nowait(1).unwrap();
    assert_eq!(queue.get().await, Ok(1));
}

/// `test_queues.QueueGetTests.test_get_with_putters`
async fn get_with_putters() {
    let queue = leak(Queue::with_maxsize(1));
    queue.put(1).await.unwrap();
    let putter = spawn(queue.put(2));
    turn().await;
    assert!(!putter.done());
    assert_eq!(queue.get().await, Ok(1));
    turn().await;
    assert!(putter.done());
    assert_eq!(queue.get_nowait(), Ok(2));
}

/// `test_queues.QueueGetTests.test_blocking_get_wait`
async fn blocking_get_wait() {
    let queue = leak(Queue::new());
    let (started, finished) = (leak(Event::new()), leak(Cell::new(false)));
    let getter = spawn(async {
        started.set();
        let item = queue.get().await;
        finished.set(true);
        item
    });
    started.wait().await;
    assert!(!finished.get());
    spawn(async {
        turn().await;
        queue.put_nowait(1).unwrap();
    });
    assert_eq!(getter.join().await, Ok(Ok(1)));
    assert!(finished.get());
}

/// `test_queues.QueueGetTests.test_nonblocking_get`
#[test]
fn nonblocking_get() {
    let queue = Queue::new();
    queue.put_nowait(1).unwrap();
    assert_eq!(queue.get_nowait(), Ok(1));
}

/// `test_queues.QueueGetTests.test_nonblocking_get_exception`
#[test]
fn nonblocking_get_exception() {
    assert_eq!(Queue::<u8>::new().get_nowait(), Err(TryGetError::Empty));
}

/// `test_queues.QueueGetTests.test_get_cancelled_race`
async fn get_cancelled_race() {
    let queue = leak(Queue::new());
    let (one, two) = (spawn(queue.get()), spawn(queue.get()));
    turn().await;
    one.cancel();
    turn().await;
    assert!(one.done());
    queue.put('a').await.unwrap();
    assert_eq!(two.join().await, Ok(Ok('a')));
}

/// `test_queues.QueueGetTests.test_get_with_waiting_putters`
async fn get_with_waiting_putters() {
    let queue = leak(Queue::with_maxsize(1));
    let putters = ['a', 'b'].map(|item| spawn(queue.put(item)));
    assert_eq!(queue.get().await, Ok('a'));
    assert_eq!(queue.get().await, Ok('b'));
    for putter in putters {
        assert_eq!(putter.join().await, Ok(Ok(())));
    }
}

/// `test_queues.QueueGetTests.test_why_are_getters_waiting`
async fn why_are_getters_waiting() {
    let queue = leak(Queue::with_maxsize(1));
    let producer = spawn(async {
        for n in 0..5 {
            queue.put(n).await.unwrap();
        }
    });
    let consumer = spawn(async {
        for n in 0..5 {
            assert_eq!(queue.get().await, Ok(n));
        }
    });
    assert_eq!((producer.join().await, consumer.join().await), (Ok(()), Ok(())));
}

/// `test_queues.QueueGetTests.test_cancelled_getters_not_being_held_in_self_getters`
async fn cancelled_getters_not_being_held_in_self_getters() {
    let queue = Queue::<u8>::with_maxsize(5);
    assert!(within(5, queue.get()).await.is_none());
    assert_eq!(shown("getters", &queue), 0);
}

/// `test_queues.LifoQueueTests.test_order`
///
/// S-QUEUE-5: the newest first.
async fn lifo_order() {
    let queue = LifoQueue::new();
    for n in [1, 3, 2] {
        queue.put(n).await.unwrap();
    }
    for n in [2, 3, 1] {
        assert_eq!(queue.get().await, Ok(n));
    }
}

/// `test_queues.PriorityQueueTests.test_order`
///
/// S-QUEUE-5: the smallest first.
async fn priority_order() {
    let queue = PriorityQueue::new();
    for n in [1, 3, 2] {
        queue.put(n).await.unwrap();
    }
    for n in [1, 2, 3] {
        assert_eq!(queue.get().await, Ok(n));
    }
}
