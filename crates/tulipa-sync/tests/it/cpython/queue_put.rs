//! Queues, from `test_queues.QueuePutTests`: put, and cancelled getters and putters.

use std::cell::Cell;

use super::super::kind::{Event, Queue};
use crate::on::{Cancelled, Log, leak, on_each_executor, spawn, turn, value_wins};
use crate::support::shown;
use tulipa_sync::TryPutError;

on_each_executor![
    blocking_put,
    blocking_put_wait,
    get_cancel_drop_one_pending_reader,
    get_cancel_drop_many_pending_readers,
    put_cancel_drop,
    put_cancelled,
    put_cancelled_race,
    put_with_waiting_getters,
    why_are_putters_waiting,
    cancelled_puts_not_being_held_in_self_putters,
    cancelled_put_silence_value_error_exception,
];

/// `test_queues.QueuePutTests.test_blocking_put`
async fn blocking_put() {
    let queue = Queue::new();
    queue.put(1).await.unwrap();
    assert_eq!(queue.get().await, Ok(1));
}

/// `test_queues.QueuePutTests.test_blocking_put_wait`
async fn blocking_put_wait() {
    let queue = leak(Queue::with_maxsize(1));
    let (started, finished) = (leak(Event::new()), leak(Cell::new(false)));
    let putter = spawn(async {
        started.set();
        queue.put(1).await.unwrap();
        queue.put(2).await.unwrap();
        finished.set(true);
    });
    started.wait().await;
    assert!(!finished.get());
    spawn(async {
        turn().await;
        assert_eq!(queue.get_nowait(), Ok(1));
    });
    assert_eq!(putter.join().await, Ok(()));
    assert!(finished.get());
}

/// `test_queues.QueuePutTests.test_nonblocking_put`
#[test]
fn nonblocking_put() {
    let queue = Queue::new();
    assert_eq!(queue.put_nowait(1), Ok(()));
    assert_eq!(queue.get_nowait(), Ok(1));
}

/// `test_queues.QueuePutTests.test_get_cancel_drop_one_pending_reader`
///
/// S-QUEUE-3: cancelled when it was woken, a getter leaves the item to the next, or has it.
async fn get_cancel_drop_one_pending_reader() {
    let queue = leak(Queue::new());
    let reader = spawn(queue.get());
    turn().await;
    queue.put_nowait(1).unwrap();
    queue.put_nowait(2).unwrap();
    reader.cancel();
    let read = reader.join().await;
    assert_eq!(read.is_ok(), value_wins());
    let item = match read {
        Ok(item) => item,
        Err(Cancelled) => queue.get().await,
    };
    assert_eq!(item, Ok(1));
}

/// `test_queues.QueuePutTests.test_get_cancel_drop_many_pending_readers`
///
/// S-QUEUE-3: the others get what is there. Other than in asyncio, where a value wins the one that
/// is cancelled gets the first.
async fn get_cancel_drop_many_pending_readers() {
    let (queue, log) = (leak(Queue::new()), Log::new());
    let readers = [1, 2, 3].map(|n| {
        spawn(async move {
            let item = queue.get().await.unwrap();
            log.add((n, item));
        })
    });
    turn().await;
    queue.put_nowait(1).unwrap();
    queue.put_nowait(2).unwrap();
    readers[0].cancel();
    assert_eq!(readers[0].join().await.is_ok(), value_wins());
    assert_eq!(readers[1].join().await, Ok(()));
    if value_wins() {
        assert_eq!(log.all(), [(1, 1), (2, 2)]);
        queue.put_nowait(3).unwrap();
    }
    assert_eq!(readers[2].join().await, Ok(()));
    let items = log.all().into_iter().map(|(_, item)| item);
    assert!(items.eq(if value_wins() { 1..=3 } else { 1..=2 }));
}

/// `test_queues.QueuePutTests.test_put_cancel_drop`
///
/// Cancelled when there is room for it, a putter has put or has not: the item is there once.
async fn put_cancel_drop() {
    let queue = leak(Queue::with_maxsize(1));
    queue.put_nowait(1).unwrap();
    let writer = spawn(queue.put(2));
    turn().await;
    assert_eq!(queue.get_nowait(), Ok(1));

    writer.cancel();
    let written = writer.join().await;
    assert_eq!(written.is_ok(), value_wins());
    if written.is_err() {
        queue.put(2).await.unwrap();
    }
    assert_eq!(queue.get_nowait(), Ok(2));
    assert_eq!(queue.qsize(), 0);
}

/// `test_queues.QueuePutTests.test_nonblocking_put_exception`
#[test]
fn nonblocking_put_exception() {
    let queue = Queue::with_maxsize(1);
    queue.put_nowait(1).unwrap();
    assert_eq!(queue.put_nowait(2), Err(TryPutError::Full(2)));
}

/// `test_queues.QueuePutTests.test_put_cancelled`
async fn put_cancelled() {
    let queue = leak(Queue::new());
    let putter = spawn(queue.put(1));
    assert_eq!(queue.get().await, Ok(1));
    assert!(putter.done());
    assert_eq!(putter.result(), Ok(()));
}

/// `test_queues.QueuePutTests.test_put_cancelled_race`
async fn put_cancelled_race() {
    let queue = leak(Queue::with_maxsize(1));
    let [a, b, c] = ['a', 'b', 'X'].map(|item| spawn(queue.put(item)));
    turn().await;
    assert!(a.done());
    assert!(!b.done());

    c.cancel();
    turn().await;
    assert!(c.cancelled());
    assert_eq!(queue.get_nowait(), Ok('a'));
    turn().await;
    assert_eq!(queue.get_nowait(), Ok('b'));
    assert_eq!(b.join().await, Ok(Ok(())));
    assert!(queue.empty());
}

/// `test_queues.QueuePutTests.test_put_with_waiting_getters`
async fn put_with_waiting_getters() {
    let queue = leak(Queue::new());
    let getter = spawn(queue.get());
    turn().await;
    queue.put('a').await.unwrap();
    assert_eq!(getter.join().await, Ok(Ok('a')));
}

/// `test_queues.QueuePutTests.test_why_are_putters_waiting`
///
/// Two putters wait when the queue is emptied at one go: both are woken.
async fn why_are_putters_waiting() {
    let queue = leak(Queue::with_maxsize(2));
    let getter = spawn(async {
        turn().await;
        for _ in 0..queue.qsize() {
            queue.get_nowait().unwrap();
        }
    });
    let putters = [0, 1, 2, 3].map(|item| spawn(queue.put(item)));
    assert_eq!(getter.join().await, Ok(()));
    for putter in putters {
        assert_eq!(putter.join().await, Ok(Ok(())));
    }
    assert_eq!((queue.get_nowait(), queue.get_nowait()), (Ok(2), Ok(3)));
}

/// `test_queues.QueuePutTests.test_cancelled_puts_not_being_held_in_self_putters`
async fn cancelled_puts_not_being_held_in_self_putters() {
    let queue = leak(Queue::with_maxsize(1));
    queue.put_nowait(1).unwrap();
    let putter = spawn(queue.put(1));
    turn().await;
    assert_eq!(shown("putters", queue), 1);
    putter.cancel();
    assert_eq!(putter.join().await, Err(Cancelled));
    assert_eq!(shown("putters", queue), 0);
}

/// `test_queues.QueuePutTests.test_cancelled_put_silence_value_error_exception`
///
/// Cancelled when it was woken: nobody trips over the place in line that it had. Other than in
/// asyncio, where a value wins it has put.
async fn cancelled_put_silence_value_error_exception() {
    let queue = leak(Queue::with_maxsize(1));
    queue.put_nowait(1).unwrap();
    let putter = spawn(queue.put(1));
    turn().await;
    queue.get_nowait().unwrap();
    putter.cancel();
    assert_eq!(putter.join().await.is_ok(), value_wins());
    assert_eq!(queue.full(), value_wins());
    assert_eq!(shown("putters", queue), 0);
}
