//! No wait allocates: not to get in line, to be woken, to go on, to go away.

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use super::kind::{
    Barrier, BoundedSemaphore, CapacityLimiter, Condition, Event, Guard, Lock, Pointer, Semaphore,
    channel,
};
use crate::allocations::allocations;
use tulipa_sync::generic::{Buffer, Fifo, Lifo, Priority, Queue};

fn poll<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

/// A wait that goes the whole way, and one that gives up, both polled a second time in line.
#[track_caller]
fn assert_waits_for_free<F: Future>(mut make: impl FnMut() -> F, wake: impl FnOnce()) {
    let mut output = None;
    let count = allocations(|| {
        let mut stays = pin!(make());
        {
            let mut goes = pin!(make());
            for _ in 0..2 {
                assert!(poll(stays.as_mut()).is_pending());
                assert!(poll(goes.as_mut()).is_pending());
            }
        }
        wake();
        output = Some(poll(stays.as_mut()));
    });
    assert!(output.is_some_and(|polled| polled.is_ready()));
    assert_eq!(count, 0);
}

#[test]
fn lock_acquire() {
    let lock = Lock::new();
    let guard = lock.try_acquire();
    assert_waits_for_free(|| lock.acquire(), || drop(guard));
}

#[test]
fn lock_acquire_owned() {
    let lock = Pointer::new(Lock::new());
    let guard = lock.try_acquire_owned();
    assert_waits_for_free(|| lock.acquire_owned(), || drop(guard));
}

#[test]
fn event_wait() {
    let event = Event::new();
    assert_waits_for_free(|| event.wait(), || event.set());
}

#[test]
fn condition_acquire() {
    let condition = Condition::new();
    let guard = condition.try_acquire();
    assert_waits_for_free(|| condition.acquire(), || drop(guard));
}

#[test]
fn condition_wait() {
    let condition = Condition::new();
    let wait = || condition.try_acquire().unwrap().wait();
    // The first poll lets the lock go, so one after the other gets in line.
    let count = allocations(|| {
        let mut stays = pin!(wait());
        assert!(poll(stays.as_mut()).is_pending());
        {
            let mut goes = pin!(wait());
            assert!(poll(goes.as_mut()).is_pending());
        }
        condition.try_acquire().unwrap().notify_all();
        let guard = condition.try_acquire();
        assert!(poll(stays.as_mut()).is_pending(), "it is in line for the lock");
        drop(guard);
        assert!(poll(stays.as_mut()).is_ready());
    });
    assert_eq!(count, 0);
}

#[test]
fn condition_wait_for() {
    let condition = Condition::with(0);
    let wait = || condition.try_acquire().unwrap().wait_for(|n| *n > 1);
    let count = allocations(|| {
        let mut stays = pin!(wait());
        assert!(poll(stays.as_mut()).is_pending());
        {
            let mut goes = pin!(wait());
            assert!(poll(goes.as_mut()).is_pending());
        }
        for n in 1..=2 {
            let mut guard = condition.try_acquire().unwrap();
            *guard = n;
            guard.notify_all();
            drop(guard);
            assert_eq!(poll(stays.as_mut()).is_ready(), n == 2);
        }
    });
    assert_eq!(count, 0);
}

#[test]
fn semaphore_acquire() {
    let semaphore = Semaphore::new(0);
    assert_waits_for_free(|| semaphore.acquire(), || semaphore.release());
    let semaphore = BoundedSemaphore::new(1);
    let permit = semaphore.try_acquire();
    assert_waits_for_free(|| semaphore.acquire(), || drop(permit));
}

#[test]
fn semaphore_acquire_owned() {
    let semaphore = Pointer::new(Semaphore::new(0));
    assert_waits_for_free(|| semaphore.acquire_owned(), || semaphore.release());
    let semaphore = Pointer::new(BoundedSemaphore::new(1));
    let permit = semaphore.try_acquire_owned();
    assert_waits_for_free(|| semaphore.acquire_owned(), || drop(permit));
}

#[test]
fn barrier_wait() {
    let barrier = Barrier::new(3);
    let others = || {
        let mut second = pin!(barrier.wait());
        assert!(poll(second.as_mut()).is_pending());
        assert!(poll(pin!(barrier.wait())).is_ready());
        // Outside, while the others leave.
        assert!(poll(pin!(barrier.wait())).is_pending());
        assert!(poll(second).is_ready());
    };
    assert_waits_for_free(|| barrier.wait(), others);
}

/// The names are kept in a vector: once it has grown, waiting for a token costs nothing.
#[test]
fn limiter_acquire() {
    let limiter = CapacityLimiter::new(3);
    let grown = [1, 2, 3].map(|name| limiter.try_acquire(name).unwrap());
    drop(grown);
    limiter.set_total_tokens(1);
    let token = limiter.try_acquire(0).unwrap();
    let mut name = 0;
    let acquire = || {
        name += 1;
        limiter.acquire(name)
    };
    assert_waits_for_free(acquire, || drop(token));
}

#[test]
fn limiter_acquire_owned() {
    let limiter = Pointer::new(CapacityLimiter::new(3));
    let grown = [1, 2, 3].map(|name| limiter.try_acquire(name).unwrap());
    drop(grown);
    limiter.set_total_tokens(1);
    let token = limiter.try_acquire_owned(0).unwrap();
    let mut name = 0;
    let acquire = || {
        name += 1;
        limiter.acquire_owned(name)
    };
    assert_waits_for_free(acquire, || drop(token));
}

/// Room for one item is made before: what is counted is the waiting.
fn queue_waits<B: Buffer<Item = u8>>() {
    let queue = Queue::<B, Guard>::with_maxsize(1);
    queue.put_nowait(0).unwrap();
    assert_waits_for_free(|| queue.put(1), || assert!(queue.get_nowait().is_ok()));
    assert_waits_for_free(
        || queue.join(),
        || {
            queue.task_done().unwrap();
            queue.task_done().unwrap();
        },
    );
    queue.get_nowait().unwrap();
    assert_waits_for_free(|| queue.get(), || queue.put_nowait(2).unwrap());
    assert_waits_for_free(|| queue.get(), || queue.shutdown(false));
}

#[test]
fn put_get_and_join() {
    queue_waits::<Fifo<_>>();
    queue_waits::<Lifo<_>>();
    queue_waits::<Priority<_>>();
}

#[test]
fn channel_send_and_recv() {
    let (sender, receiver) = channel(0);
    assert_waits_for_free(|| sender.send(1), || assert!(receiver.try_recv().is_ok()));
    assert_waits_for_free(|| receiver.recv(), || sender.try_send(2).unwrap());
    assert_waits_for_free(|| receiver.recv(), || drop(sender));

    let (sender, receiver) = channel(1);
    sender.try_send(1).unwrap();
    assert_waits_for_free(|| sender.send(2), || assert!(receiver.try_recv().is_ok()));
    receiver.try_recv().unwrap();
    assert_waits_for_free(|| receiver.recv(), || sender.try_send(3).unwrap());
}

#[test]
fn waking_a_crowd() {
    let event = Event::new();
    let mut waits: [_; 40] = std::array::from_fn(|_| Box::pin(event.wait()));
    for wait in &mut waits {
        assert!(poll(wait.as_mut()).is_pending());
    }
    assert_eq!(allocations(|| event.set()), 0);
    for wait in &mut waits {
        assert!(poll(wait.as_mut()).is_ready());
    }
}
