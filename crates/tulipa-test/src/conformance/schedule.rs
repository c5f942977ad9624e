//! The kit of [`Schedule`](tulipa_rt::Schedule) and the ready queue: on the loop's own thread.

use std::cell::{Cell, RefCell};
use std::future::{pending, poll_fn};
use std::rc::Rc;
use std::task::{Poll, Waker};
use std::time::Duration;

use tulipa_context::{ContextVar, copy_context};
use tulipa_task::{Task, create_task_on};

use super::{CROWD, LONG, Log, OnDrop, Subject, schedule_threads, settle, turn_until};

/// Checks a loop's [`Schedule`](tulipa_rt::Schedule) and the queue behind it, with tasks:
///
/// - one iteration runs what is ready, tasks and callbacks in the order in which they became so;
///   what that wakes runs in the next, however often it is woken, once;
/// - a task that wakes itself as it runs gives up exactly one iteration, also among many;
/// - a task that a timer wakes runs in the iteration in which the timer fires;
/// - waking a task that has ended, or whose loop is gone, does nothing;
/// - a panic in a task or a callback does not touch the others;
/// - a callback runs in a copy of the context of its scheduling;
/// - the loop is current while tasks and callbacks run, and not otherwise;
/// - tasks woken from other threads run, those woken by one thread in its order, once for all
///   wake-ups that came before; a loop that sleeps is woken for it;
/// - a task woken from another thread while it runs is run again;
/// - a loop that is dropped drops its tasks on its own thread, each once, also while other threads
///   wake them;
/// - all of it holds for a crowd: a million tasks, a tenth of that in a debug build.
///
/// # Panics
///
/// If a promise is not kept, saying which.
#[track_caller]
pub fn schedule<S: Subject>(make: impl Fn() -> S) {
    starts_in_order(make());
    tasks_and_callbacks_in_one_order(make());
    one_order_between_iterations(make());
    yields_one_iteration(make());
    woken_once_per_batch(make());
    woken_by_a_timer(make());
    woken_after_the_end(&make);
    panics_are_apart(make());
    in_the_context_of_the_scheduling(make());
    current_while_it_runs(make());
    dropped_with_the_loop(make());
    a_crowd(make());
    schedule_threads::all(make);
}

/// A task that waits for wake-ups and writes each of its runs; and its waker.
pub(super) fn sleeper<S: Subject>(subject: &mut S, log: &Log, event: usize) -> (Task<()>, Waker) {
    let log = log.clone();
    let held = Rc::new(RefCell::new(None));
    let keep = held.clone();
    let task = create_task_on(
        &subject.runtime(),
        poll_fn(move |cx| {
            if keep.borrow_mut().replace(cx.waker().clone()).is_some() {
                log.add(event);
            }
            Poll::Pending
        }),
    );
    subject.turn(Duration::ZERO);
    let waker = held.borrow().clone().expect("a task starts in the next iteration");
    (task, waker)
}

fn starts_in_order<S: Subject>(mut subject: S) {
    let (runtime, log) = (subject.runtime(), Log::default());
    for event in 0..5 {
        let log = log.clone();
        create_task_on(&runtime, async move { log.add(event) }).detach();
    }
    assert_eq!(log.take(), [], "a task starts from the loop, not as it is made");
    subject.turn(LONG);
    assert_eq!(log.take(), [0, 1, 2, 3, 4], "tasks start in the next iteration, in order");
    assert!(runtime.tasks().is_empty(), "a task that has ended is on no list");
}

fn tasks_and_callbacks_in_one_order<S: Subject>(mut subject: S) {
    let (runtime, log) = (subject.runtime(), Log::default());
    let (_task, waker) = sleeper(&mut subject, &log, 2);
    let write = |event| {
        let log = log.clone();
        Box::new(move || log.add(event))
    };
    runtime.call_soon(write(0));
    let again = log.clone();
    let started = async move {
        again.add(1);
        let inner = again.clone();
        tulipa_rt::current().call_soon(Box::new(move || inner.add(4)));
    };
    create_task_on(&runtime, started).detach();
    tulipa_rt::enter(runtime.clone(), || waker.wake_by_ref());
    runtime.call_soon(write(3));
    subject.turn(LONG);
    assert_eq!(log.take(), [0, 1, 2, 3], "first come, first served, whatever it is");
    subject.turn(LONG);
    assert_eq!(log.take(), [4], "what an iteration makes ready runs in the next");
}

/// Between two iterations the loop is not current, and wake-ups come as from another thread.
fn one_order_between_iterations<S: Subject>(mut subject: S) {
    let (runtime, log) = (subject.runtime(), Log::default());
    let wakers = [0, 2, 4].map(|event| sleeper(&mut subject, &log, event));
    for (place, (_, waker)) in wakers.iter().enumerate() {
        waker.wake_by_ref();
        let (log, event) = (log.clone(), 2 * place + 1);
        if place == 1 {
            create_task_on(&runtime, async move { log.add(event) }).detach();
        } else {
            runtime.call_soon(Box::new(move || log.add(event)));
        }
    }
    subject.turn(LONG);
    assert_eq!(log.take(), [0, 1, 2, 3, 4, 5], "first come, first served, whatever it is");
}

fn yields_one_iteration<S: Subject>(mut subject: S) {
    const TASKS: usize = 7;
    let (runtime, log) = (subject.runtime(), Log::default());
    for event in 0..TASKS {
        let log = log.clone();
        let yields = poll_fn(move |cx| {
            log.add(event);
            cx.waker().wake_by_ref();
            Poll::<()>::Pending
        });
        create_task_on(&runtime, yields).detach();
    }
    for _ in 0..100 {
        subject.turn(LONG);
        let all: Vec<_> = (0..TASKS).collect();
        assert_eq!(log.take(), all, "each task runs once in each iteration, in turn");
    }
}

fn woken_once_per_batch<S: Subject>(mut subject: S) {
    let (runtime, log) = (subject.runtime(), Log::default());
    let (_first, wakes_first) = sleeper(&mut subject, &log, 0);
    let (_second, wakes_second) = sleeper(&mut subject, &log, 1);
    tulipa_rt::enter(runtime, || {
        for _ in 0..100 {
            wakes_second.wake_by_ref();
            wakes_first.wake_by_ref();
        }
    });
    subject.turn(LONG);
    assert_eq!(log.take(), [1, 0], "woken a hundred times, run once, in order of waking");
    settle(&mut subject);
    assert_eq!(log.take(), [], "a wake-up is used up by a run");
}

fn woken_by_a_timer<S: Subject>(mut subject: S) {
    let (runtime, log) = (subject.runtime(), Log::default());
    let wakers = [0, 1, 2].map(|event| sleeper(&mut subject, &log, event));
    let now = runtime.now();
    for (_, waker) in &wakers {
        runtime.wake_at(now, waker);
    }
    subject.turn(LONG);
    assert_eq!(log.take(), [0, 1, 2], "timers fire before an iteration runs what is ready");
}

fn woken_after_the_end<S: Subject>(make: &impl Fn() -> S) {
    let mut subject = make();
    let log = Log::default();
    let (task, waker) = sleeper(&mut subject, &log, 0);
    task.cancel();
    settle(&mut subject);
    assert!(task.done(), "a task that was cancelled ends");
    log.take();
    tulipa_rt::enter(subject.runtime(), || waker.wake_by_ref());
    waker.wake_by_ref();
    settle(&mut subject);
    assert_eq!(log.take(), [], "a task that has ended is not run");

    let (_task, waker) = sleeper(&mut subject, &log, 0);
    let never_ran = create_task_on(&subject.runtime(), pending::<()>());
    drop(subject);
    waker.wake_by_ref();
    assert_eq!(log.take(), [], "nobody runs a task whose loop is gone");
    drop((waker, never_ran));
}

fn panics_are_apart<S: Subject>(mut subject: S) {
    let (runtime, log) = (subject.runtime(), Log::default());
    for event in 0..3 {
        runtime.call_soon(Box::new(|| panic!("a callback panics, as it should in this test")));
        let panics = async { panic!("a task panics, as it should in this test") };
        let mut task = create_task_on::<_>(&runtime, panics);
        let log = log.clone();
        create_task_on(&runtime, async move {
            let result: Result<(), _> = (&mut task).await;
            assert!(result.is_err_and(|error| error.is_panic()), "the panic is the result");
            log.add(event);
        })
        .detach();
    }
    settle(&mut subject);
    assert_eq!(log.take(), [0, 1, 2], "a panic touches nobody else");
}

fn current_while_it_runs<S: Subject>(mut subject: S) {
    let runtime = subject.runtime();
    let id = runtime.id();
    let seen = Rc::new(Cell::new(0));
    let look = {
        let seen = seen.clone();
        move || {
            let current = tulipa_rt::try_current().expect("the loop runs");
            assert_eq!(current.id(), id, "another loop is current");
            seen.set(seen.get() + 1);
        }
    };
    runtime.call_soon(Box::new(look.clone()));
    create_task_on(&runtime, async move { look() }).detach();
    subject.turn(LONG);
    assert_eq!(seen.get(), 2, "the loop is current while tasks and callbacks run");
    assert!(tulipa_rt::try_current().is_err(), "no loop is current between iterations");
}

fn dropped_with_the_loop<S: Subject>(mut subject: S) {
    let (runtime, log) = (subject.runtime(), Log::default());
    let guard = |event| {
        let log = log.clone();
        OnDrop(move || log.add(event))
    };
    let suspended = guard(0);
    create_task_on(&runtime, async move {
        let _guard = suspended;
        pending::<()>().await;
    })
    .detach();
    subject.turn(Duration::ZERO);
    let new = guard(1);
    let handle = create_task_on(&runtime, async move { drop(new) });
    let unused = guard(2);
    runtime.call_soon(Box::new(move || drop(unused)));
    drop(subject);
    let mut dropped = log.take();
    dropped.sort_unstable();
    assert_eq!(dropped, [0, 1, 2], "a loop drops what it owns, also when its runtime is kept");
    drop((handle, runtime));
    assert_eq!(log.take(), [], "each once");
}

fn a_crowd<S: Subject>(mut subject: S) {
    let runtime = subject.runtime();
    let (started, ended) = (Rc::new(Cell::new(0)), Rc::new(Cell::new(0)));
    let add = |count: &Cell<usize>| count.set(count.get() + 1);
    for _ in 0..CROWD {
        let (started, ended) = (started.clone(), ended.clone());
        let mut yielded = false;
        let task = create_task_on(&runtime, async move {
            add(&started);
            poll_fn(|cx| {
                if std::mem::replace(&mut yielded, true) {
                    return Poll::Ready(());
                }
                cx.waker().wake_by_ref();
                Poll::Pending
            })
            .await;
            add(&ended);
        });
        task.detach();
    }
    subject.turn(LONG);
    assert_eq!((started.get(), ended.get()), (CROWD, 0), "an iteration runs all that is ready");
    turn_until(&mut subject, LONG, "a crowd of tasks ends", || ended.get() == CROWD);
    assert!(runtime.tasks().is_empty(), "a task that has ended is on no list");
}

fn in_the_context_of_the_scheduling<S: Subject>(mut subject: S) {
    static PLACE: ContextVar<usize> = ContextVar::with_default("place", 0);
    let (runtime, log) = (subject.runtime(), Log::default());
    let look = || {
        let log = log.clone();
        Box::new(move || {
            log.add(PLACE.get().unwrap_or_default());
            PLACE.set(9);
        })
    };
    copy_context().run(|| {
        PLACE.set(1);
        runtime.call_soon(look());
        PLACE.set(2);
        runtime.call_soon(look());
    });
    settle(&mut subject);
    assert_eq!(log.take(), [1, 2], "a callback does not see the context of its scheduling");
    assert_eq!(PLACE.get(), Some(0), "what a callback sets is its own");
}
