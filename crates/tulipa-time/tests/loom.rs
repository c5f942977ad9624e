//! Every interleaving of a future that waits for its deadline and a thread that moves it.
//!
//! Run with `RUSTFLAGS="--cfg loom" cargo test -p tulipa-time --test loom --release`.

#![cfg(loom)]

use std::future::{Future, pending};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use loom::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use loom::thread;
use tulipa_rt::enter;
use tulipa_test::TestLoop;
use tulipa_time::{Deadline, Timeout, timeout_at};

struct Count(AtomicUsize);

impl Wake for Count {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Relaxed);
    }
}

/// A future that waits for ever under a deadline, polled by hand on a loop of its own.
struct Bounded {
    future: Pin<Box<Timeout<std::future::Pending<()>>>>,
    test_loop: TestLoop,
    count: Arc<Count>,
}

impl Bounded {
    fn by(deadline: &Deadline, test_loop: &TestLoop) -> Self {
        Self {
            future: Box::pin(timeout_at(deadline, pending())),
            test_loop: test_loop.clone(),
            count: Arc::new(Count(AtomicUsize::new(0))),
        }
    }

    fn has_ended(&mut self) -> bool {
        let waker = Waker::from(self.count.clone());
        let future = &mut self.future;
        let polled = enter(self.test_loop.runtime(), || {
            future.as_mut().poll(&mut Context::from_waker(&waker))
        });
        matches!(polled, Poll::Ready(Err(_)))
    }

    fn wakes(&self) -> usize {
        self.count.0.load(Relaxed)
    }
}

#[test]
fn who_waits_reads_the_new_deadline_or_is_woken_to_read_it() {
    loom::model(|| {
        let test_loop = TestLoop::new();
        let (deadline, past) = (Deadline::never(), test_loop.now());
        let mut waits = Bounded::by(&deadline, &test_loop);
        let mover = thread::spawn(move || deadline.reschedule(past).unwrap());
        let ended = waits.has_ended();
        mover.join().unwrap();
        if !ended {
            assert!(waits.wakes() > 0);
            assert!(waits.has_ended());
        }
    });
}

#[test]
fn it_expires_or_it_is_moved_and_never_both() {
    loom::model(|| {
        let test_loop = TestLoop::new();
        let (deadline, past) = (Deadline::at(test_loop.now()), test_loop.now());
        let mut waits = Bounded::by(&deadline, &test_loop);
        let moved = deadline.clone();
        let later = past + Duration::from_secs(1);
        let mover = thread::spawn(move || moved.reschedule(later).is_ok());
        let ended = waits.has_ended();
        let is_moved = mover.join().unwrap();
        assert_eq!((ended, deadline.expired()), (!is_moved, !is_moved));
        assert_eq!(deadline.when(), Some(if is_moved { later } else { past }));
    });
}

#[test]
fn who_goes_away_is_not_woken_for_ever() {
    loom::model(|| {
        let test_loop = TestLoop::new();
        let (deadline, later) = (Deadline::never(), test_loop.now() + Duration::from_secs(1));
        let mut waits = Bounded::by(&deadline, &test_loop);
        assert!(!waits.has_ended());
        let moved = deadline.clone();
        let mover = thread::spawn(move || moved.reschedule(later).unwrap());
        let count = waits.count.clone();
        drop(waits);
        mover.join().unwrap();
        let before = count.0.load(Relaxed);
        deadline.reschedule(None).unwrap();
        assert_eq!(count.0.load(Relaxed), before);
    });
}
