//! Barriers, from `test_locks.BarrierTests`: filling and draining.

use std::cell::Cell;
use std::fmt::Debug;
use std::future::Future;

use super::super::kind::Barrier;
use crate::on::{Cancelled, Log, Task, leak, on_each_executor, spawn, turn};
use crate::support::now;

on_each_executor![
    repr,
    context_manager,
    filling_one_task,
    filling_one_task_twice,
    filling_task_by_task,
    filling_tasks_wait_twice,
    filling_tasks_check_return_value,
    draining_state,
    blocking_tasks_while_draining,
    filling_tasks_cancel_one,
];

pub(super) const N: usize = 5;

/// Starts so many tasks of a kind.
pub(super) fn tasks<F>(n: usize, task: impl Fn() -> F) -> Vec<Task<F::Output>>
where
    F: Future<Output: 'static> + 'static,
{
    (0..n).map(|_| spawn(task())).collect()
}

/// Waits for all of them; gives what came of them.
pub(super) async fn gather<T>(tasks: Vec<Task<T>>) -> Vec<T> {
    let mut results = Vec::new();
    for task in tasks {
        results.push(task.join().await.expect("nobody cancels it"));
    }
    results
}

/// The phase that `Debug` shows.
pub(super) fn is(phase: &str, barrier: &impl Debug) -> bool {
    format!("{barrier:?}").contains(&format!("phase: {phase},"))
}

/// Nobody is left behind, and the barrier fills again.
#[track_caller]
pub(super) fn assert_fills_anew(barrier: &Barrier) {
    assert_eq!((barrier.n_waiting(), barrier.broken()), (0, false));
    assert!(is("Filling", barrier));
}

/// `test_locks.BarrierTests.test_barrier`
#[test]
fn barrier() {
    let barrier = Barrier::new(N);
    assert!(is("Filling", &barrier));
    drop(barrier.wait()); // not awaited, it does nothing
    assert_fills_anew(&barrier);
}

/// `test_locks.BarrierTests.test_repr`
async fn repr() {
    let barrier = leak(Barrier::new(N));
    assert!(is("Filling", barrier));
    let mut all = tasks(2, || barrier.wait());
    turn().await;
    assert_eq!(format!("{barrier:?}"), "Barrier { phase: Filling, parties: 5, inside: 2, .. }");

    all.extend(tasks(barrier.parties() - barrier.n_waiting(), || barrier.wait()));
    turn().await;
    assert!(is("Draining", barrier));

    // Those who come now find it draining still: the others have been woken, and run after them.
    all.extend(tasks(2, || barrier.wait()));
    barrier.reset();
    assert!(is("Resetting", barrier));

    all.extend(tasks(2, || barrier.wait()));
    barrier.abort();
    assert!(is("Broken", barrier) && barrier.broken());
    gather(all).await;
}

/// `test_locks.BarrierTests.test_barrier_parties`
///
/// Other than in asyncio, a barrier for nobody is one for one.
#[test]
fn barrier_parties() {
    assert_eq!(Barrier::new(0).parties(), 1);
    assert_eq!(now(Barrier::new(0).wait()), Ok(0));
    assert_eq!(Barrier::new(N).parties(), N);
}

/// `test_locks.BarrierTests.test_context_manager`
///
/// S-BARRIER-1: each gets an index of its own.
async fn context_manager() {
    let barrier = leak(Barrier::new(3));
    let mut indices = gather(tasks(3, || async { barrier.wait().await.unwrap() })).await;
    indices.sort_unstable();
    assert_eq!(indices, [0, 1, 2]);
    assert_fills_anew(barrier);
}

/// `test_locks.BarrierTests.test_filling_one_task`
async fn filling_one_task() {
    let barrier = Barrier::new(1);
    assert_eq!(barrier.wait().await, Ok(0));
    assert_fills_anew(&barrier);
}

/// `test_locks.BarrierTests.test_filling_one_task_twice`
async fn filling_one_task_twice() {
    let barrier = leak(Barrier::new(1));
    for _ in 0..2 {
        let task = spawn(barrier.wait());
        turn().await;
        assert!(task.done());
        assert_eq!(task.result(), Ok(0));
        assert_fills_anew(barrier);
    }
}

/// `test_locks.BarrierTests.test_filling_task_by_task`
async fn filling_task_by_task() {
    let barrier = leak(Barrier::new(3));
    let mut all = Vec::new();
    for waiting in 1..=2 {
        all.extend(tasks(1, || barrier.wait()));
        turn().await;
        assert_eq!(barrier.n_waiting(), waiting);
        assert!(is("Filling", barrier));
    }
    all.extend(tasks(1, || barrier.wait()));
    turn().await;
    gather(all).await;
    assert_fills_anew(barrier);
}

/// `test_locks.BarrierTests.test_filling_tasks_wait_twice`
///
/// S-BARRIER-2: nobody begins the second round before all have come to the first.
async fn filling_tasks_wait_twice() {
    let (barrier, log) = (leak(Barrier::new(N)), Log::new());
    gather(tasks(N, || async {
        for round in 1..=2 {
            barrier.wait().await.unwrap();
            log.add(round);
        }
    }))
    .await;
    assert_eq!(log.all(), [[1; N], [2; N]].concat());
    assert_fills_anew(barrier);
}

/// `test_locks.BarrierTests.test_filling_tasks_check_return_value`
async fn filling_tasks_check_return_value() {
    let (barrier, log) = (leak(Barrier::new(N)), Log::new());
    let mut indices = gather(tasks(N, || async {
        for round in 1..=2 {
            let index = barrier.wait().await.unwrap();
            log.add((round, index));
        }
        log.all().last().unwrap().1
    }))
    .await;
    for round in 1..=2 {
        let log = log.all().into_iter();
        let mut first: Vec<_> =
            log.filter_map(|entry| (entry.0 == round).then_some(entry.1)).collect();
        first.sort_unstable();
        assert_eq!(first, [0, 1, 2, 3, 4]);
    }
    indices.sort_unstable();
    assert_eq!(indices, [0, 1, 2, 3, 4]);
    assert_fills_anew(barrier);
}

/// `test_locks.BarrierTests.test_draining_state`
async fn draining_state() {
    let (barrier, log) = (leak(Barrier::new(N)), Log::new());
    gather(tasks(N, || async {
        barrier.wait().await.unwrap();
        log.add(is("Draining", barrier));
    }))
    .await;
    assert_eq!(log.all(), [true, true, true, true, false]);
    assert_fills_anew(barrier);
}

/// `test_locks.BarrierTests.test_blocking_tasks_while_draining`
///
/// S-BARRIER-2: two come again while the others have not left; all meet once more.
async fn blocking_tasks_while_draining() {
    let (barrier, others) = (leak(Barrier::new(N)), leak(Barrier::new(N - 2)));
    let again = leak(Cell::new(2));
    gather(tasks(N, || async {
        barrier.wait().await.unwrap();
        if again.get() > 0 {
            again.set(again.get() - 1);
        } else {
            others.wait().await.unwrap();
        }
        barrier.wait().await.unwrap();
    }))
    .await;
    assert_fills_anew(barrier);
    assert_fills_anew(others);
}

/// `test_locks.BarrierTests.test_filling_tasks_cancel_one`
///
/// S-BARRIER-3: one less has come, that is all.
async fn filling_tasks_cancel_one() {
    let (barrier, log) = (leak(Barrier::new(3)), Log::new());
    let come = || {
        spawn(async {
            barrier.wait().await.unwrap();
            log.add(());
        })
    };
    let one = come();
    turn().await;
    assert_eq!(barrier.n_waiting(), 1);
    let two = come();
    turn().await;
    assert_eq!(barrier.n_waiting(), 2);

    one.cancel();
    turn().await;
    assert_eq!(barrier.n_waiting(), 1);
    assert_eq!(one.join().await, Err(Cancelled));

    let three = come();
    turn().await;
    assert_eq!(barrier.n_waiting(), 2);
    gather(vec![two, three, come()]).await;
    assert_eq!(log.all().len(), 3);
    assert_fills_anew(barrier);
}
