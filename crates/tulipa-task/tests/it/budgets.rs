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
fn spawning_and_awaiting_a_task_is_one_allocation() {
    assert_eq!(cost(async || create_task(async {}).await.unwrap()), 1);
    assert_eq!(cost(async || create_task(yield_now()).await.unwrap()), 1, "that suspends, too");
}

#[test]
fn detaching_a_task_is_no_further_allocation() {
    let cost = cost(async || {
        create_task(async {}).detach();
        yield_now().await;
    });
    assert_eq!(cost, 1);
}

#[test]
fn looking_at_a_result_is_no_further_allocation() {
    let cost = cost(async || {
        let task = create_task(async { 1 });
        yield_now().await;
        assert!(task.done() && !task.cancelled() && *task.result().unwrap() == 1);
    });
    assert_eq!(cost, 1);
}

/// The task; what its cancellation shares with handles; the error.
#[test]
fn cancelling_and_joining_a_task_is_three_allocations_and_its_name() {
    let cost = cost(async || {
        let task = create_task(pending::<()>());
        yield_now().await;
        task.cancel();
        assert!(task.await.is_err());
    });
    // The default name, kept by the error: formatted into a string, then shared.
    assert_eq!(cost, 3 + 2);
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
    assert_eq!(cost, 1 + 2);
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
    assert_eq!(waited, 1 + 2, "the task; the promise, and its list of waiters");
}

#[test]
fn running_one_more_task_on_a_loop_is_one_allocation() {
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
    assert_eq!((allocations() - before, ran.get()), (1, 2));
}

#[test]
#[cfg(target_pointer_width = "64")]
fn bytes() {
    let [task, of_array] = [size_of::<Task<()>>(), size_of::<Task<[u64; 4]>>()];
    let [header, view] = [size_of::<Header>(), size_of::<TaskRef>()];
    let [error, promise] = [size_of::<JoinError>(), size_of::<Promise<()>>()];
    assert_eq!([task, of_array, header, view, error, promise], [104, 120, 136, 48, 8, 40]);
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
    assert_eq!(live_bytes().wrapping_sub(before), 200);
}
