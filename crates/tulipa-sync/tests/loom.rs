//! What threads share, in the interleavings that loom finds.
//!
//! Run with `RUSTFLAGS="--cfg loom" cargo test -p tulipa-sync --test loom --release`.
//!
//! # Safety
//!
//! loom's cells are written through raw pointers, by whoever holds the lock that they lie in; loom
//! itself fails the test if two writes ever overlap.

#![cfg(loom)]

use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use loom::cell::UnsafeCell;
use loom::future::block_on;
use loom::thread::{self, JoinHandle};
use tulipa_sync::{Barrier, CapacityLimiter, Condition, Event, Lock, Queue, Semaphore, channel};

/// Every interleaving with up to three switches that no thread asked for. (One more makes the
/// longest test some six times longer.)
fn model(test: impl Fn() + Send + Sync + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = Some(3);
    builder.check(test);
}

/// Runs `f` in a thread of the model, with its own handle to what is shared.
fn with<S: Send + Sync + 'static>(
    shared: &Arc<S>,
    f: impl FnOnce(&S) + Send + 'static,
) -> JoinHandle<()> {
    let shared = Arc::clone(shared);
    thread::spawn(move || f(&shared))
}

fn poll<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

/// Polls once and drops the future, whatever came of it: a task that is cancelled.
fn poll_and_drop<F: Future>(future: F) {
    let _ = poll(pin!(future));
}

/// Two threads write in turn; loom's cell sees it if they ever overlap.
#[test]
fn a_lock_keeps_threads_apart() {
    model(|| {
        let lock = Arc::new(Lock::with(UnsafeCell::new(0)));
        let bump = |lock: &Lock<UnsafeCell<i32>>| {
            let guard = block_on(lock.acquire());
            // SAFETY: the lock is held; that this suffices is what is tested.
            guard.with_mut(|n| unsafe { *n += 1 });
        };
        let other = with(&lock, bump);
        bump(&lock);
        other.join().unwrap();
        let guard = block_on(lock.acquire());
        // SAFETY: as above.
        assert_eq!(guard.with(|n| unsafe { *n }), 2);
    });
}

/// The lock comes to the one who stays, whenever the other goes away.
#[test]
fn a_lock_outlives_a_waiter_that_goes_away() {
    model(|| {
        let lock = Arc::new(Lock::new());
        let guard = lock.try_acquire().unwrap();
        let goes = with(&lock, |lock| poll_and_drop(lock.acquire()));
        let stays = with(&lock, |lock| drop(block_on(lock.acquire())));
        drop(guard);
        goes.join().unwrap();
        stays.join().unwrap();
        assert!(!lock.locked());
    });
}

#[test]
fn an_event_wakes_whoever_came_in_time() {
    model(|| {
        let event = Arc::new(Event::new());
        let waits = with(&event, |event| block_on(event.wait()));
        let goes = with(&event, |event| poll_and_drop(event.wait()));
        event.set();
        waits.join().unwrap();
        goes.join().unwrap();
    });
}

/// The notification cannot fall between letting the lock go and getting in line.
#[test]
fn a_condition_loses_no_notification() {
    model(|| {
        let condition = Arc::new(Condition::with(false));
        let waits = with(&condition, |condition| {
            drop(block_on(async { condition.acquire().await.wait_for(|ready| *ready).await }));
        });
        let mut guard = block_on(condition.acquire());
        *guard = true;
        guard.notify(1);
        drop(guard);
        waits.join().unwrap();
    });
}

/// Nor can it be lost with a waiter that goes away.
#[test]
fn a_condition_passes_a_notification_on() {
    model(|| {
        let condition = Arc::new(Condition::with(0));
        let goes = with(&condition, |condition| {
            if let Some(guard) = condition.try_acquire() {
                poll_and_drop(guard.wait());
            }
        });
        let waits = with(&condition, |condition| {
            drop(block_on(async { condition.acquire().await.wait_for(|n| *n > 0).await }));
        });
        let mut guard = block_on(condition.acquire());
        *guard += 1;
        guard.notify(1);
        drop(guard);
        goes.join().unwrap();
        waits.join().unwrap();
    });
}

/// Also by one that has been notified and may be in line for the lock.
#[test]
fn a_condition_passes_a_notification_on_from_the_line_for_the_lock() {
    model(|| {
        let condition = Arc::new(Condition::with(false));
        let goes = with(&condition, |condition| {
            let Some(guard) = condition.try_acquire() else { return };
            let mut wait = pin!(guard.wait());
            for _ in 0..2 {
                if let Poll::Ready(guard) = poll(wait.as_mut()) {
                    return guard.notify(1); // not for us
                }
            }
        });
        let waits = with(&condition, |condition| {
            drop(block_on(async { condition.acquire().await.wait_for(|ready| *ready).await }));
        });
        let mut guard = block_on(condition.acquire());
        *guard = true;
        guard.notify(1);
        drop(guard);
        goes.join().unwrap();
        waits.join().unwrap();
        assert!(!condition.locked());
    });
}

#[test]
fn a_queue_hands_every_item_over() {
    model(|| {
        let queue = Arc::new(Queue::with_maxsize(1));
        let puts = with(&queue, |queue| {
            block_on(async {
                queue.put(1).await.unwrap();
                queue.put(2).await.unwrap();
            });
        });
        assert_eq!(block_on(queue.get()), Ok(1));
        assert_eq!(block_on(queue.get()), Ok(2));
        puts.join().unwrap();
    });
}

/// The item comes to the one who stays, whenever the other goes away.
#[test]
fn a_queue_loses_no_item_with_a_getter_that_goes_away() {
    model(|| {
        let queue = Arc::new(Queue::new());
        let goes = with(&queue, |queue: &Queue<u8>| {
            // Taken or not: what it takes, it puts back.
            if let Poll::Ready(item) = poll(pin!(queue.get())) {
                queue.put_nowait(item.unwrap()).unwrap();
            }
        });
        let stays = with(&queue, |queue| assert_eq!(block_on(queue.get()), Ok(7)));
        queue.put_nowait(7).unwrap();
        goes.join().unwrap();
        stays.join().unwrap();
    });
}

/// The room comes to the one who stays, whenever the other goes away.
#[test]
fn a_queue_loses_no_room_with_a_putter_that_goes_away() {
    model(|| {
        let queue = Arc::new(Queue::with_maxsize(1));
        queue.put_nowait(0).unwrap();
        let goes = with(&queue, |queue: &Queue<u8>| poll_and_drop(queue.put(1)));
        let stays = with(&queue, |queue| block_on(queue.put(2)).unwrap());
        while block_on(queue.get()) != Ok(2) {}
        goes.join().unwrap();
        stays.join().unwrap();
        assert!(queue.empty() || queue.get_nowait() == Ok(1));
    });
}

#[test]
fn a_shutdown_reaches_whoever_waits() {
    model(|| {
        let queue = Arc::new(Queue::<u8>::new());
        let gets = with(&queue, |queue| assert!(block_on(queue.get()).is_err()));
        queue.shutdown(false);
        gets.join().unwrap();
    });
    model(|| {
        let queue = Arc::new(Queue::with_maxsize(1));
        queue.put_nowait(0).unwrap();
        let puts = with(&queue, |queue| assert!(block_on(queue.put(1)).is_err()));
        let joins = with(&queue, |queue| block_on(queue.join()));
        queue.shutdown(true);
        puts.join().unwrap();
        joins.join().unwrap();
    });
}

#[test]
fn join_sees_the_last_task_done() {
    model(|| {
        let queue = Arc::new(Queue::new());
        queue.put_nowait(1).unwrap();
        let works = with(&queue, |queue: &Queue<u8>| {
            block_on(queue.get()).unwrap();
            queue.task_done().unwrap();
        });
        block_on(queue.join());
        works.join().unwrap();
    });
}

/// A permit reserved for one that goes away comes to the one who stays.
#[test]
fn a_semaphore_loses_no_permit() {
    model(|| {
        let semaphore = Arc::new(Semaphore::new(0));
        let goes = with(&semaphore, |semaphore| poll_and_drop(semaphore.acquire()));
        let stays = with(&semaphore, |semaphore| drop(block_on(semaphore.acquire())));
        semaphore.release();
        goes.join().unwrap();
        stays.join().unwrap();
        assert_eq!((semaphore.value(), semaphore.locked()), (1, false));
    });
}

#[test]
fn a_barrier_lets_all_go_on_with_distinct_indices() {
    model(|| {
        let barrier = Arc::new(Barrier::new(2));
        let (ours, theirs) = (Arc::clone(&barrier), Arc::new(Lock::with(9)));
        let result = Arc::clone(&theirs);
        let other = thread::spawn(move || {
            let index = block_on(barrier.wait()).unwrap();
            *result.try_acquire().unwrap() = index;
        });
        let index = block_on(ours.wait()).unwrap();
        other.join().unwrap();
        assert_eq!(index + *theirs.try_acquire().unwrap(), 1);
        assert_eq!(ours.n_waiting(), 0);
    });
}

/// Two rounds of a barrier: nobody is left behind in the first.
#[test]
fn a_barrier_begins_again() {
    model(|| {
        let barrier = Arc::new(Barrier::new(2));
        let rounds = |barrier: &Barrier| {
            block_on(barrier.wait()).unwrap();
            block_on(barrier.wait()).unwrap();
        };
        let other = with(&barrier, rounds);
        rounds(&barrier);
        other.join().unwrap();
    });
}

/// Whether one that goes away was let through or not, the others are not stuck.
#[test]
fn a_barrier_is_left_in_order_by_one_that_goes_away() {
    model(|| {
        let barrier = Arc::new(Barrier::new(2));
        let goes = with(&barrier, |barrier| poll_and_drop(barrier.wait()));
        let stays = with(&barrier, |barrier| {
            let _let_through_or_not = block_on(barrier.wait());
        });
        goes.join().unwrap();
        // Perhaps it waits for a second party that never comes.
        barrier.abort();
        stays.join().unwrap();
        barrier.reset();
        let mut first = pin!(barrier.wait());
        assert!(poll(first.as_mut()).is_pending());
        assert_eq!(block_on(barrier.wait()), Ok(1));
    });
}

#[test]
fn a_rendezvous_hands_items_over_and_ends() {
    model(|| {
        let (sender, receiver) = channel(0);
        let sends = thread::spawn(move || {
            block_on(sender.send(1)).unwrap();
        });
        assert_eq!(block_on(receiver.recv()), Ok(1));
        assert!(block_on(receiver.recv()).is_err());
        sends.join().unwrap();
    });
}

/// An item is received, or comes back from a receiver that goes away, or to the sender.
#[test]
fn a_channel_loses_no_item() {
    model(|| {
        let (sender, receiver) = channel(1);
        let other = receiver.clone();
        let goes = thread::spawn(move || poll(pin!(other.recv())).is_ready());
        sender.try_send(7).unwrap();
        drop(sender);
        let taken = goes.join().unwrap();
        assert_eq!(block_on(receiver.recv()).is_ok(), !taken);
    });
}

/// The place in line comes to the one who stays, whenever the other goes away.
#[test]
fn a_channel_is_not_stuck_with_a_sender_that_goes_away() {
    model(|| {
        let (sender, receiver) = channel(0);
        let other = sender.clone();
        let goes = thread::spawn(move || poll_and_drop(other.send(1)));
        let stays = thread::spawn(move || block_on(sender.send(2)).unwrap());
        while block_on(receiver.recv()) != Ok(2) {}
        goes.join().unwrap();
        stays.join().unwrap();
        assert!(block_on(receiver.recv()).is_err());
    });
}

/// The end comes to one receiver, the item before it went to another, who goes away.
#[test]
fn a_channel_loses_no_item_at_its_end() {
    model(|| {
        let (sender, receiver) = channel(0);
        let other = receiver.clone();
        let goes = thread::spawn(move || poll(pin!(other.recv())) == Poll::Ready(Ok(7)));
        let sends = thread::spawn(move || sender.try_send(7).is_ok());
        let mut recv = pin!(receiver.recv());
        let early = poll(recv.as_mut());
        let taken = goes.join().unwrap();
        let item = match early {
            // Perhaps it saw the end before the item came back.
            Poll::Ready(end) => end.is_ok() || receiver.try_recv().is_ok(),
            Poll::Pending => block_on(recv).is_ok(),
        };
        assert_eq!(taken || item, sends.join().unwrap());
    });
}

/// Tokens that come to be while two wait are lent to both.
#[test]
fn a_limiter_that_grows_lends_to_all() {
    model(|| {
        let limiter = Arc::new(CapacityLimiter::new(0));
        let [one, two] = [1, 2].map(|name| {
            with(&limiter, move |limiter| std::mem::forget(block_on(limiter.acquire(name))))
        });
        limiter.set_total_tokens(2);
        one.join().unwrap();
        two.join().unwrap();
        assert_eq!(limiter.borrowed_tokens(), 2);
    });
}

#[test]
fn a_limiter_loses_no_token() {
    model(|| {
        let limiter = Arc::new(CapacityLimiter::new(1));
        let token = limiter.try_acquire(0).unwrap();
        let goes = with(&limiter, |limiter| poll_and_drop(limiter.acquire(1)));
        let stays = with(&limiter, |limiter| drop(block_on(limiter.acquire(2)).unwrap()));
        drop(token);
        goes.join().unwrap();
        stays.join().unwrap();
        assert_eq!(limiter.available_tokens(), 1);
    });
}
