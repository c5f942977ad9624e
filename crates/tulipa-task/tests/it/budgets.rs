//! What tasks and promises cost: allocations, bytes.

use std::cell::Cell;
use std::future::pending;
use std::rc::Rc;

use tulipa_rt::Header;
use tulipa_task::{JoinError, Promise, Task, TaskRef, create_task, current_task};
use tulipa_test::{TestLoop, run};
use tulipa_time::yield_now;

use crate::allocations::{allocations, live_bytes};

/// How many allocations a future makes when it runs on a loop whose queues have their size.
fn cost<F: Future<Output = ()> + 'static>(make: impl Fn() -> F + 'static) -> usize {
    run(async move {
        for _ in 0..8 {
            make().await;
        }
        let before = allocations();
        make().await;
        allocations() - before
    })
}

#[test]
fn spawning_and_awaiting_a_task_is_two_allocations() {
    // The future, which other threads may wake; the slot, which task and handle share.
    assert_eq!(cost(async || create_task(async {}).await.unwrap()), 2);
    assert_eq!(cost(async || create_task(yield_now()).await.unwrap()), 2, "that suspends, too");
}

#[test]
fn detaching_a_task_is_no_further_allocation() {
    let cost = cost(async || {
        create_task(async {}).detach();
        yield_now().await;
    });
    assert_eq!(cost, 2);
}

#[test]
fn looking_at_a_result_is_no_further_allocation() {
    let cost = cost(async || {
        let task = create_task(async { 1 });
        yield_now().await;
        assert!(task.done() && !task.cancelled() && *task.result().unwrap() == 1);
    });
    assert_eq!(cost, 2);
}

/// The task; what its cancellation shares with handles; the error.
#[test]
fn cancelling_and_joining_a_task_is_four_allocations_and_its_name() {
    let cost = cost(async || {
        let task = create_task(pending::<()>());
        yield_now().await;
        task.cancel();
        assert!(task.await.is_err());
    });
    // The default name, kept by the error: formatted into a string, then shared.
    assert_eq!(cost, 4 + 2);
}

/// The first view of a task shares its cancellation and its name; further views are free.
#[test]
fn views_of_a_task_allocate_once() {
    let cost = cost(async || {
        create_task(async {
            for _ in 0..3 {
                current_task().unwrap().cancelling();
            }
        })
        .await
        .unwrap();
    });
    assert_eq!(cost, 2 + 2);
}

#[test]
fn making_and_awaiting_a_promise_is_two_allocations() {
    let ready = cost(async || {
        let promise = Promise::new();
        promise.set_result(1).unwrap();
        assert_eq!(promise.await.unwrap(), 1);
    });
    assert_eq!(ready, 1, "the promise");
    let waited = cost(async || {
        let promise = Promise::new();
        let setter = promise.clone();
        let task = create_task(async move { setter.set_result(1).unwrap() });
        assert_eq!(promise.await.unwrap(), 1);
        task.await.unwrap();
    });
    assert_eq!(waited, 2 + 2, "the task; the promise, and its list of waiters");
}

#[test]
fn running_one_more_task_on_a_loop_is_two_allocations() {
    let test_loop = TestLoop::new();
    let ran = Rc::new(Cell::new(0));
    let spawn = || {
        let ran = ran.clone();
        test_loop.create_task(async move { ran.set(ran.get() + 1) }).detach();
        test_loop.run_until_stalled();
    };
    spawn();
    let before = allocations();
    spawn();
    assert_eq!((allocations() - before, ran.get()), (2, 2));
}

#[test]
#[cfg(target_pointer_width = "64")]
fn bytes() {
    let sizes = [
        ("Task<()>", size_of::<Task<()>>(), 80),
        ("Task<[u64; 4]>", size_of::<Task<[u64; 4]>>(), 96),
        ("Header", size_of::<Header>(), 104),
        ("TaskRef", size_of::<TaskRef>(), 48),
        ("JoinError", size_of::<JoinError>(), 8),
        ("Promise<()>", size_of::<Promise<()>>(), 40),
    ];
    for (name, size, budget) in sizes {
        assert!(size <= budget, "{name} has {size} bytes");
    }
}

#[test]
#[cfg(target_pointer_width = "64")]
fn bytes_of_a_waiting_task() {
    let test_loop = TestLoop::new();
    test_loop.create_task(pending::<()>()).detach();
    test_loop.run_until_stalled();
    let before = live_bytes();
    test_loop.create_task(pending::<()>()).detach();
    test_loop.run_until_stalled();
    let bytes = live_bytes().wrapping_sub(before);
    assert!(bytes <= 256, "{bytes} bytes, in two allocations");
}
