//! The kit of [`Schedule`](tulipa_rt::Schedule): with other threads.

use std::cell::Cell;
use std::future::{pending, poll_fn};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::task::{Poll, Waker};
use std::thread;

use tulipa_task::create_task_on;

use super::schedule::sleeper;
use super::{LONG, Log, OnDrop, Subject, settle, turn_until};

pub(super) fn all<S: Subject>(make: impl Fn() -> S) {
    in_the_order_of_each_thread(make());
    once_for_all_wake_ups(make());
    after_the_end(&make);
    while_it_runs(make());
    while_the_loop_sleeps(make());
    while_the_loop_is_dropped(&make);
}

/// Runs a closure on another thread to its end.
fn on_another_thread<R: Send>(run: impl FnOnce() -> R + Send) -> R {
    thread::scope(|scope| scope.spawn(run).join().expect("the closure does not panic"))
}

fn in_the_order_of_each_thread<S: Subject>(mut subject: S) {
    const THREADS: usize = 4;
    const TASKS: usize = 50;
    let log = Log::default();
    let all: Vec<_> =
        (0..THREADS * TASKS).map(|event| sleeper(&mut subject, &log, event)).collect();
    let wakers: Vec<Waker> = all.iter().map(|(_, waker)| waker.clone()).collect();
    thread::scope(|scope| {
        for own in wakers.chunks(TASKS) {
            scope.spawn(|| own.iter().rev().for_each(Waker::wake_by_ref));
        }
    });
    subject.turn(LONG);
    let ran = log.take();
    assert_eq!(ran.len(), all.len(), "each task that was woken runs, once");
    for thread in 0..THREADS {
        let own = thread * TASKS..(thread + 1) * TASKS;
        let ran: Vec<_> = ran.iter().copied().filter(|event| own.contains(event)).collect();
        assert_eq!(ran, own.rev().collect::<Vec<_>>(), "in the order of the thread");
    }
}

fn once_for_all_wake_ups<S: Subject>(mut subject: S) {
    let log = Log::default();
    let (_task, waker) = sleeper(&mut subject, &log, 0);
    for _ in 0..10 {
        on_another_thread(|| (0..100).for_each(|_| waker.wake_by_ref()));
        subject.turn(LONG);
        assert_eq!(log.take(), [0], "woken a hundred times, run once");
        settle(&mut subject);
        assert_eq!(log.take(), [], "a wake-up is used up by a run");
    }
}

fn after_the_end<S: Subject>(make: &impl Fn() -> S) {
    let mut subject = make();
    let log = Log::default();
    let (task, waker) = sleeper(&mut subject, &log, 0);
    task.cancel();
    settle(&mut subject);
    log.take();
    on_another_thread(|| waker.wake_by_ref());
    settle(&mut subject);
    assert_eq!(log.take(), [], "a task that has ended is not run");

    let (_task, waker) = sleeper(&mut subject, &log, 0);
    drop(subject);
    on_another_thread(move || waker.wake());
    assert_eq!(log.take(), [], "nobody runs a task whose loop is gone");
}

fn while_it_runs<S: Subject>(mut subject: S) {
    let log = Log::default();
    let runs = log.clone();
    let task = create_task_on(
        &subject.runtime(),
        poll_fn(move |cx| {
            runs.add(0);
            if runs.len() < 10 {
                let waker = cx.waker();
                on_another_thread(|| (0..3).for_each(|_| waker.wake_by_ref()));
                return Poll::Pending;
            }
            Poll::Ready(())
        }),
    );
    for run in 1..=10 {
        subject.turn(LONG);
        assert_eq!(log.len(), run, "woken while it runs, a task is run again, next time");
    }
    assert!(task.done(), "it has had its ten runs");
}

/// The wake-up comes before, while, or after the loop falls asleep: that differs from round to
/// round, and in each of them the loop must not sleep on.
fn while_the_loop_sleeps<S: Subject>(mut subject: S) {
    let log = Log::default();
    let (_task, waker) = sleeper(&mut subject, &log, 0);
    for round in 0_u32..300 {
        let waker = waker.clone();
        let other = thread::spawn(move || {
            (0..round * 50).for_each(|_| std::hint::spin_loop());
            waker.wake();
        });
        turn_until(&mut subject, LONG, "a task woken from another thread runs", || log.len() > 0);
        other.join().expect("it only woke a task");
        assert_eq!(log.take(), [0], "woken once, run once");
    }
}

fn while_the_loop_is_dropped<S: Subject>(make: &impl Fn() -> S) {
    const TASKS: usize = 20;
    for _ in 0..200 {
        let mut subject = make();
        let runtime = subject.runtime();
        let here = thread::current().id();
        let dropped = Arc::new(AtomicUsize::new(0));
        let wakers = Rc::new(Cell::new(Vec::new()));
        for _ in 0..TASKS {
            let (dropped, wakers) = (dropped.clone(), wakers.clone());
            let guard = OnDrop(move || {
                assert_eq!(thread::current().id(), here, "dropped on another thread");
                dropped.fetch_add(1, SeqCst);
            });
            let task = create_task_on(&runtime, async move {
                let _guard = guard;
                let waker = poll_fn(|cx| Poll::Ready(cx.waker().clone())).await;
                let mut all = wakers.take();
                all.push(waker);
                wakers.set(all);
                pending::<()>().await;
            });
            task.detach();
        }
        settle(&mut subject);
        let wakers = wakers.take();
        assert_eq!(wakers.len(), TASKS, "each task has run");
        let [begun, stop] = [AtomicBool::new(false), AtomicBool::new(false)];
        let count = thread::scope(|scope| {
            scope.spawn(|| {
                while !stop.load(SeqCst) {
                    wakers.iter().for_each(Waker::wake_by_ref);
                    begun.store(true, SeqCst);
                }
            });
            turn_until(&mut subject, LONG, "another thread wakes", || begun.load(SeqCst));
            drop((runtime, subject));
            stop.store(true, SeqCst);
            dropped.load(SeqCst)
        });
        assert_eq!(count, TASKS, "a loop that is gone has dropped its tasks, each once");
    }
}
