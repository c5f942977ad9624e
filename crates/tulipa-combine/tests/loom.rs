//! Every interleaving of a scope that is polled and a thread that wakes one of its children.
//!
//! Run with `RUSTFLAGS="--cfg loom" cargo test -p tulipa-combine --test loom --release`.

#![cfg(loom)]

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

use loom::sync::Mutex;
use loom::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use loom::thread;
use tulipa_combine::scope;

/// Every interleaving with up to three switches that no thread asked for.
fn model(test: impl Fn() + Send + Sync + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = Some(3);
    builder.check(test);
}

struct Count(AtomicUsize);

impl Wake for Count {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, SeqCst);
    }
}

/// Something that another thread does, and a child waits for.
#[derive(Default)]
struct Event {
    done: AtomicBool,
    waiter: Mutex<Option<Waker>>,
}

impl Event {
    fn new() -> Arc<Self> {
        Arc::default()
    }

    async fn wait(&self) {
        poll_fn(|cx| {
            *self.waiter.lock().unwrap() = Some(cx.waker().clone());
            if self.done.load(SeqCst) { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
    }

    fn set(&self) {
        self.done.store(true, SeqCst);
        let waiter = self.waiter.lock().unwrap().take();
        if let Some(waiter) = waiter {
            waiter.wake();
        }
    }
}

/// Polls a future again for as long as it was woken since; how often it had been woken by then, if
/// it has not ended.
fn drive<F: Future>(mut future: Pin<&mut F>, count: &Arc<Count>) -> Result<(), usize> {
    let waker = Waker::from(count.clone());
    loop {
        let before = count.0.load(SeqCst);
        if future.as_mut().poll(&mut Context::from_waker(&waker)).is_ready() {
            return Ok(());
        }
        if count.0.load(SeqCst) == before {
            return Err(before);
        }
    }
}

#[test]
fn a_wake_up_in_the_middle_of_a_poll_is_seen_in_the_next() {
    model(|| {
        let event = Event::new();
        let setter = {
            let event = event.clone();
            thread::spawn(move || event.set())
        };
        let mut scoped = Box::pin(scope(async |scope| drop(scope.spawn(event.wait()))));
        let count = Arc::new(Count(AtomicUsize::new(0)));
        let ended = drive(scoped.as_mut(), &count);
        setter.join().unwrap();
        if let Err(wakes) = ended {
            assert!(count.0.load(SeqCst) > wakes, "nobody woke the scope");
            drive(scoped.as_mut(), &count).expect("the wake-up of the child was lost");
        }
    });
}

#[test]
fn two_threads_that_wake_two_children_lose_neither() {
    model(|| {
        let (one, two) = (Event::new(), Event::new());
        let setters = [one.clone(), two.clone()].map(|event| thread::spawn(move || event.set()));
        let mut scoped = Box::pin(scope(async |scope| {
            scope.spawn(one.wait());
            scope.spawn(two.wait());
        }));
        let count = Arc::new(Count(AtomicUsize::new(0)));
        let ended = drive(scoped.as_mut(), &count);
        for setter in setters {
            setter.join().unwrap();
        }
        if let Err(wakes) = ended {
            assert!(count.0.load(SeqCst) > wakes, "nobody woke the scope");
            drive(scoped.as_mut(), &count).expect("a wake-up of a child was lost");
        }
    });
}

#[test]
fn a_wake_up_that_comes_after_the_scope_wakes_nobody() {
    model(|| {
        let event = Event::new();
        let count = Arc::new(Count(AtomicUsize::new(0)));
        let mut scoped = Box::pin(scope(async |scope| drop(scope.spawn(event.wait()))));
        assert!(drive(scoped.as_mut(), &count).is_err());
        let setter = {
            let event = event.clone();
            thread::spawn(move || event.set())
        };
        drop(scoped);
        setter.join().unwrap();
        assert_eq!(Arc::strong_count(&count), 1, "nothing keeps the waker of a scope that is gone");
    });
}
