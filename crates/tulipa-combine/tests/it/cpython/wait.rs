//! `wait`, from `test_tasks`. A tenth of a second there is a second here.

use std::cell::Cell;
use std::rc::Rc;

use tulipa_combine::{ReturnWhen, wait};
use tulipa_task::{Promise, Task, create_task};
use tulipa_time::{sleep, yield_now};

use crate::support::{Stopwatch, after, fail, fail_after, run, seconds};

fn sleepers() -> [Task<()>; 2] {
    [10, 15].map(|time| create_task(sleep(seconds(time))))
}

/// `test_tasks.BaseTaskTests.test_wait`
#[test]
fn wait_for_all() {
    run(async {
        let clock = Stopwatch::start();
        let [a, b] = sleepers();
        for _ in 0..2 {
            let (done, pending) = wait([&b, &a]).await;
            assert_eq!((done.len(), pending.len(), clock.seconds()), (2, 0, 15));
        }
    });
}

/// `test_tasks.BaseTaskTests.test_wait_duplicate_coroutines`, other than in asyncio: what is given
/// twice comes back twice.
#[test]
fn wait_duplicate_coroutines() {
    run(async {
        let [test, spam] = ["test", "spam"].map(|word| create_task(async move { word }));
        let (done, pending) = wait([&test, &test, &spam]).await;
        assert!(pending.is_empty());
        let words = done.iter().map(|task| *task.result().unwrap()).collect::<Vec<_>>();
        assert_eq!(words, ["test", "test", "spam"]);
    });
}

/// `test_tasks.BaseTaskTests.test_wait_errors`, `test_wait_invalid_args`, other than in asyncio:
/// to wait for nothing is no error. The other wrong arguments do not compile.
#[test]
fn wait_for_nothing() {
    run(async {
        let (done, pending) = wait(Vec::<Task<()>>::new()).await;
        assert!(done.is_empty() && pending.is_empty());
    });
}

/// `test_tasks.BaseTaskTests.test_wait_first_completed`
#[test]
fn wait_first_completed() {
    run(async {
        let clock = Stopwatch::start();
        let a = create_task(sleep(seconds(100)));
        let b = create_task(sleep(seconds(1)));
        let (done, pending) = wait([&b, &a]).return_when(ReturnWhen::FirstCompleted).await;
        assert_eq!((done[0].id(), pending[0].id()), (b.id(), a.id()));
        assert!(!a.done() && b.done());
        assert_eq!((b.result().unwrap(), clock.seconds()), (&(), 1));
        wait([a, b]).await;
    });
}

/// `test_tasks.BaseTaskTests.test_wait_really_done`
#[test]
fn wait_really_done() {
    run(async {
        let a = create_task(yield_now());
        let b = create_task(async {
            yield_now().await;
            yield_now().await;
        });
        let (done, _) = wait([&b, &a]).return_when(ReturnWhen::FirstCompleted).await;
        assert_eq!(done.len(), 2);
        assert!(a.result().is_ok() && b.result().is_ok());
    });
}

/// `test_tasks.BaseTaskTests.test_wait_first_exception`, `test_wait_first_exception_in_wait`
#[test]
fn wait_first_exception() {
    for time in [0, 1] {
        run(async move {
            let clock = Stopwatch::start();
            let a = create_task(sleep(seconds(100)));
            let b = create_task(async move {
                if time > 0 {
                    sleep(seconds(time)).await;
                }
                fail("expected")
            });
            let (done, pending) = wait([&b, &a]).return_when(ReturnWhen::FirstException).await;
            assert_eq!((done[0].id(), pending[0].id()), (b.id(), a.id()));
            assert_eq!(clock.seconds(), time);
            wait([&a, &b]).await;
            assert!(b.await.unwrap_err().is_panic());
        });
    }
}

/// `test_tasks.BaseTaskTests.test_wait_with_exception`
#[test]
fn wait_with_exception() {
    run(async {
        let clock = Stopwatch::start();
        let a = create_task(sleep(seconds(10)));
        let b = create_task(fail_after(15, "really"));
        for _ in 0..2 {
            let (done, pending) = wait([&b, &a]).await;
            assert!(pending.is_empty());
            let failed = done.iter().filter(|task| matches!(task.exception(), Ok(Some(_))));
            assert_eq!((failed.count(), clock.seconds()), (1, 15));
        }
    });
}

/// `test_tasks.BaseTaskTests.test_wait_with_timeout`
#[test]
fn wait_with_timeout() {
    run(async {
        let clock = Stopwatch::start();
        let [a, b] = sleepers();
        let (done, pending) = wait([&b, &a]).timeout(seconds(11)).await;
        assert_eq!((done[0].id(), pending[0].id(), clock.seconds()), (a.id(), b.id(), 11));
        assert_eq!((done.len(), pending.len()), (1, 1));
        wait([a, b]).await;
    });
}

/// `test_tasks.BaseTaskTests.test_wait_concurrent_complete`
#[test]
fn wait_concurrent_complete() {
    run(async {
        let clock = Stopwatch::start();
        let [a, b] = sleepers();
        yield_now().await; // they start, so that theirs is the earlier timer
        let (done, pending) = wait([&b, &a]).timeout(seconds(10)).await;
        assert_eq!((done[0].id(), pending[0].id(), clock.seconds()), (a.id(), b.id(), 10));
    });
}

/// `test_tasks.BaseTaskTests.test_wait_with_iterator_of_tasks`, `test_wait_generator`
#[test]
fn wait_with_iterators() {
    run(async {
        let [a, b] = sleepers();
        let (done, pending) = wait([b, a].into_iter().rev()).await;
        assert_eq!((done.len(), pending.len()), (2, 0));
        let tasks = (0..10).map(|n| create_task(async move { n }));
        let (done, pending) = wait(tasks).await;
        assert_eq!((done.len(), pending.len()), (10, 0));
    });
}

/// `test_tasks.BaseTaskTests.test_yield_wait_does_not_shield_cancel`
#[test]
fn wait_does_not_shield_from_a_cancel() {
    run(async {
        let proof = Rc::new(Cell::new(0));
        let waiter = Promise::new();
        let (in_outer, promise) = (proof.clone(), waiter.clone());
        let outer = create_task(async move {
            let in_inner = in_outer.clone();
            let inner = create_task(async move {
                promise.await.unwrap();
                in_inner.set(in_inner.get() + 1);
            });
            wait([inner]).await;
            in_outer.set(in_outer.get() + 100);
        });
        sleep(seconds(1)).await;
        outer.cancel();
        assert!(outer.await.unwrap_err().is_cancelled());
        waiter.set_result(()).unwrap();
        after(1, ()).await;
        assert_eq!(proof.get(), 1);
    });
}
