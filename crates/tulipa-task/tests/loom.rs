//! Every interleaving of a task that leaves its result, the thread that waits for it, and one that
//! cancels it.
//!
//! Run with `RUSTFLAGS="--cfg loom" cargo test -p tulipa-task --test loom --release`. A wake-up
//! that is lost is somebody who sleeps for ever: loom calls it a deadlock. A loop cannot run here
//! (its thread-locals are not loom's), so a cancellable future stands for the task.

#![cfg(loom)]

#[path = "../src/handover.rs"]
mod handover;
#[path = "../src/sync.rs"]
mod sync;

use std::future::{pending, poll_fn};
use std::sync::Arc;
use std::task::{Context, Wake, Waker};

use handover::Taken;
use loom::future::block_on;
use loom::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use loom::thread::{self, JoinHandle};
use tulipa_cancel::{CancelHandle, cancellable};

#[derive(Clone, Copy, Debug, PartialEq)]
enum End {
    Value,
    Cancelled,
    /// The loop's side is gone.
    Lost,
}

type Handover = handover::Handover<End, CancelHandle>;

/// Explores with at most this many switches away from a thread that could go on.
fn model(bound: usize, run: impl Fn() + Send + Sync + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = Some(bound);
    builder.check(run);
}

/// Runs something on another thread, with its own handle on the handover.
fn with<T: Send + 'static>(
    shared: &Arc<Handover>,
    run: impl FnOnce(&Handover) -> T + Send + 'static,
) -> JoinHandle<T> {
    let shared = shared.clone();
    thread::spawn(move || run(&shared))
}

fn cancel(shared: &Handover) -> bool {
    let (cancelled, task) = shared.cancel(End::Cancelled);
    task.map(|task| task.cancel());
    cancelled
}

/// What the job does on the loop's thread, to the end of the task; `false` if there was no task.
fn job(shared: &Handover, body: impl Future<Output = ()>) -> bool {
    if !shared.is_pending() {
        return false;
    }
    let (work, view) = cancellable(body);
    if !shared.introduce(view.clone()) {
        view.cancel();
    }
    let end = block_on(work).map_or(End::Cancelled, |()| End::Value);
    shared.finish(end);
    true
}

fn poll(shared: &Handover) -> Taken<End> {
    block_on(poll_fn(|cx| shared.poll(cx)))
}

#[test]
fn who_awaits_the_result_as_it_comes_has_it() {
    loom::model(|| {
        let shared = Arc::new(Handover::new());
        let task = with(&shared, |shared| assert!(shared.finish(End::Value)));
        assert_eq!(poll(&shared), Taken::Now(End::Value));
        assert_eq!(shared.wait(None), Some(Taken::Before));
        task.join().unwrap();
    });
}

#[test]
fn threads_that_wait_for_it_as_it_comes_have_it_once() {
    model(3, || {
        let shared = Arc::new(Handover::new());
        let waiter = with(&shared, |shared| shared.wait(None).unwrap());
        let task = with(&shared, |shared| assert!(shared.finish(End::Value)));
        let own = shared.wait(None).unwrap();
        let others = waiter.join().unwrap();
        assert!(matches!(
            (own, others),
            (Taken::Now(End::Value), Taken::Before) | (Taken::Before, Taken::Now(End::Value))
        ));
        task.join().unwrap();
    });
}

/// One awaits it by reference, another waits: whoever is not the first is told that it is gone.
#[test]
fn who_awaits_and_who_waits_are_both_told() {
    model(3, || {
        let shared = Arc::new(Handover::new());
        let waiter = with(&shared, |shared| shared.wait(None).unwrap());
        let task = with(&shared, |shared| assert!(shared.finish(End::Value)));
        let own = poll(&shared);
        assert!((own == Taken::Before) != (waiter.join().unwrap() == Taken::Before));
        task.join().unwrap();
    });
}

struct Count(AtomicUsize);

impl Wake for Count {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Relaxed);
    }
}

/// Of the wakers it was polled with, the last is told, or the last poll had the result.
#[test]
fn a_waker_that_is_replaced_as_the_result_comes_loses_nothing() {
    loom::model(|| {
        let shared = Arc::new(Handover::new());
        let task = with(&shared, |shared| assert!(shared.finish(End::Value)));
        let counts = [(); 2].map(|()| Arc::new(Count(AtomicUsize::new(0))));
        let polled = counts.each_ref().map(|count| {
            let waker = Waker::from(count.clone());
            shared.poll(&Context::from_waker(&waker)).is_ready()
        });
        task.join().unwrap();
        let [first, last] = counts.map(|count| count.0.load(Relaxed));
        assert!(polled[0] || polled[1] || last == 1);
        assert!(first + last <= 1, "the result is told once");
    });
}

#[test]
fn a_cancel_beside_the_end_is_the_outcome_or_came_too_late() {
    loom::model(|| {
        let shared = Arc::new(Handover::new());
        let task = with(&shared, |shared| shared.finish(End::Value));
        let cancelled = cancel(&shared);
        let expected = if cancelled { End::Cancelled } else { End::Value };
        assert_eq!(poll(&shared), Taken::Now(expected));
        assert_ne!(task.join().unwrap(), cancelled, "one of them set it");
    });
}

/// A task that waits for ever ends, whatever the moment of the cancel.
#[test]
fn a_cancel_beside_the_job_ends_the_task_or_there_is_none() {
    loom::model(|| {
        let shared = Arc::new(Handover::new());
        let ran = with(&shared, |shared| job(shared, pending()));
        assert!(cancel(&shared));
        assert_eq!(poll(&shared), Taken::Now(End::Cancelled));
        // It does not deadlock.
        ran.join().unwrap();
    });
}

#[test]
fn a_cancel_beside_a_task_that_ends_by_itself_and_one_who_waits() {
    model(2, || {
        let shared = Arc::new(Handover::new());
        let begun = Arc::new(AtomicBool::new(false));
        let in_body = begun.clone();
        let ran =
            with(&shared, move |shared| job(shared, async move { in_body.store(true, Relaxed) }));
        let other = with(&shared, cancel);
        let Some(Taken::Now(end)) = shared.wait(None) else { panic!("nobody else takes it") };
        let (ran, cancelled) = (ran.join().unwrap(), other.join().unwrap());
        assert_eq!(cancelled, end == End::Cancelled);
        assert!(ran || cancelled);
        assert!(end != End::Value || begun.load(Relaxed));
    });
}

#[test]
fn a_cancel_beside_the_loss_of_the_job_and_one_who_awaits() {
    model(3, || {
        let shared = Arc::new(Handover::new());
        let lost = with(&shared, |shared| shared.finish(End::Lost));
        let other = with(&shared, cancel);
        let Taken::Now(end) = poll(&shared) else { panic!("nobody else takes it") };
        let (lost, cancelled) = (lost.join().unwrap(), other.join().unwrap());
        assert!(lost != cancelled && cancelled == (end == End::Cancelled));
    });
}
