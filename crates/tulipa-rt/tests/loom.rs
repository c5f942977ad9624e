//! Every interleaving of those who report readiness, wait for it, and clear it.
//!
//! Run with `RUSTFLAGS="--cfg loom" cargo test -p tulipa-rt --test loom --release`.

#![cfg(loom)]

use std::fs::File;
use std::io;
use std::os::fd::BorrowedFd;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

use loom::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use loom::thread;
use tulipa_rt::Interest::Readable;
use tulipa_rt::{Ready, Registration, Source};

/// As an edge-triggered loop does: nothing to arm.
struct Edge;

impl Registration for Edge {
    fn arm(&self, _: BorrowedFd<'_>, _: bool, _: bool) -> io::Result<()> {
        Ok(())
    }

    fn deregister(&self, _: BorrowedFd<'_>) {}
}

struct Count(AtomicUsize);

impl Wake for Count {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Relaxed);
    }
}

/// Somebody who waits.
struct Waiter {
    count: Arc<Count>,
    waker: Waker,
}

impl Waiter {
    fn new() -> Self {
        let count = Arc::new(Count(AtomicUsize::new(0)));
        Self { waker: Waker::from(count.clone()), count }
    }

    fn is_woken(&self) -> bool {
        self.count.0.load(Relaxed) > 0
    }

    fn poll(&self, source: &Source) -> Option<Ready> {
        match source.poll_ready(Readable, &Context::from_waker(&self.waker)) {
            Poll::Ready(ready) => Some(ready.unwrap()),
            Poll::Pending => None,
        }
    }
}

/// A source that is not ready, and an old report of it.
fn idle() -> (Source, Ready) {
    let source = Source::new(File::open("/dev/null").unwrap().into(), Box::new(Edge));
    let old = Waiter::new().poll(&source).expect("a new source is ready");
    source.clear(Readable, old);
    (source, old)
}

#[test]
fn who_waits_while_it_is_reported_is_told() {
    loom::model(|| {
        let (source, _) = idle();
        let reports = source.clone();
        let reporter = thread::spawn(move || reports.report(true, false));
        let waiter = Waiter::new();
        let seen = waiter.poll(&source).is_some();
        reporter.join().unwrap();
        assert!(seen || waiter.is_woken(), "neither seen nor woken");
        assert!(waiter.poll(&source).is_some(), "the report stands");
    });
}

#[test]
fn all_who_wait_while_it_is_reported_are_told() {
    loom::model(|| {
        let (source, _) = idle();
        let waits = source.clone();
        let other = thread::spawn(move || {
            let waiter = Waiter::new();
            (waiter.poll(&waits).is_some(), waiter)
        });
        let reports = source.clone();
        let reporter = thread::spawn(move || reports.report(true, false));
        let waiter = Waiter::new();
        let seen = waiter.poll(&source).is_some();
        reporter.join().unwrap();
        let (other_seen, other) = other.join().unwrap();
        assert!(seen || waiter.is_woken(), "neither seen nor woken");
        assert!(other_seen || other.is_woken(), "the other one: neither seen nor woken");
    });
}

#[test]
fn clearing_an_old_report_does_not_lose_a_new_one() {
    loom::model(|| {
        let (source, old) = idle();
        source.report(true, false);
        let seen = Waiter::new().poll(&source).expect("reported");
        let reports = source.clone();
        let reporter = thread::spawn(move || reports.report(true, false));
        source.clear(Readable, seen);
        source.clear(Readable, old);
        reporter.join().unwrap();
        assert!(Waiter::new().poll(&source).is_some(), "the new report stands");
    });
}

/// A socket in small: the system adds data, then the loop reports; a reader takes what is there,
/// clears when there is nothing, and waits. Data that is left at the end has woken it.
#[test]
fn data_is_never_left_with_a_reader_that_sleeps() {
    loom::model(|| {
        let (source, _) = idle();
        let data = Arc::new(AtomicUsize::new(0));
        let (reports, sent) = (source.clone(), data.clone());
        let system = thread::spawn(move || {
            for _ in 0..2 {
                sent.fetch_add(1, Relaxed);
                reports.report(true, false);
            }
        });
        let reader = Waiter::new();
        let mut read = 0;
        while let Some(ready) = reader.poll(&source) {
            match data.swap(0, Relaxed) {
                0 => source.clear(Readable, ready),
                taken => read += taken,
            }
        }
        system.join().unwrap();
        assert!(read == 2 || reader.is_woken(), "read {read} of 2, and sleeps");
    });
}
