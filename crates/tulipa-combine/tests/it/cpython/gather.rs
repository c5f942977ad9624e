//! `gather`, from `test_tasks`.

use std::cell::Cell;
use std::rc::Rc;

use tulipa_cancel::catch_cancel;
use tulipa_combine::gather;
use tulipa_task::{JoinError, Promise, Task, TaskRef, create_task};
use tulipa_test::TestLoop;
use tulipa_time::{sleep, yield_now};

use crate::support::{Stopwatch, fail, run, run_reporting, seconds};

/// A coroutine that awaits a promise.
async fn value_of(promise: Promise<u32>) -> u32 {
    promise.await.unwrap()
}

fn promises<const N: usize>() -> [Promise<u32>; N] {
    [(); N].map(|()| Promise::new())
}

/// `test_tasks.GatherTestsBase.test_success`, `FutureGatherTests`
#[test]
fn success_of_promises() {
    run(async {
        let [a, b, c] = promises();
        let mut gathered = create_task(gather([a.clone(), b.clone(), c.clone()]));
        b.set_result(1).unwrap();
        a.set_result(2).unwrap();
        sleep(seconds(1)).await;
        assert!(!gathered.done());
        c.set_result(3).unwrap();
        let values = (&mut gathered).await.unwrap().into_iter().map(Result::unwrap);
        assert_eq!(values.collect::<Vec<_>>(), [2, 1, 3]);
    });
}

/// `test_tasks.GatherTestsBase.test_success`, `CoroutineGatherTests`
#[test]
fn success_of_coroutines() {
    run(async {
        let [a, b, c] = promises();
        let gathered = create_task(gather([a.clone(), b.clone(), c.clone()].map(value_of)));
        b.set_result(1).unwrap();
        a.set_result(2).unwrap();
        sleep(seconds(1)).await;
        assert!(!gathered.done());
        c.set_result(3).unwrap();
        assert_eq!(gathered.await.unwrap(), [2, 1, 3]);
    });
}

/// `test_tasks.GatherTestsBase.test_result_exception_success`
#[test]
fn result_exception_success() {
    run(async {
        let [a, b, c] = promises();
        let children = gather([a.clone(), b.clone(), c.clone()].map(value_of));
        let gathered = create_task(children.return_exceptions());
        for (value, promise) in [(1, b), (2, a), (3, c)] {
            assert!(!gathered.done());
            promise.set_result(value).unwrap();
            sleep(seconds(1)).await;
        }
        let values = gathered.await.unwrap().into_iter().map(Result::unwrap);
        assert_eq!(values.collect::<Vec<_>>(), [2, 1, 3]);
    });
}

/// `test_tasks.GatherTestsBase.test_one_exception`
#[test]
fn one_exception() {
    run(async {
        let [a, b, c, d] = promises();
        let failing = |promise: Promise<u32>| async move {
            match promise.await {
                Ok(value) => value,
                Err(_) => fail("zero division"),
            }
        };
        let children = [a.clone(), b.clone(), c.clone(), d.clone()].map(failing);
        let mut gathered = create_task(gather(children));
        yield_now().await;
        a.set_result(1).unwrap();
        b.set_exception("zero division").unwrap();
        sleep(seconds(1)).await;
        assert!(gathered.done());
        assert_eq!((&mut gathered).await.unwrap_err().panic_message(), Some("zero division"));
        c.set_result(3).unwrap();
        d.set_result(4).unwrap();
    });
}

/// `test_tasks.GatherTestsBase.test_return_exceptions`
#[test]
fn return_exceptions() {
    run(async {
        let [a, b, c, d] = promises();
        let failing = |promise: Promise<u32>| async move {
            promise.await.unwrap_or_else(|error| match &*error.to_string() {
                "first" => fail("first"),
                _ => fail("second"),
            })
        };
        let children = gather([a.clone(), b.clone(), c.clone(), d.clone()].map(failing));
        let gathered = create_task(children.return_exceptions());
        b.set_result(1).unwrap();
        c.set_exception("first").unwrap();
        a.set_result(3).unwrap();
        sleep(seconds(1)).await;
        assert!(!gathered.done());
        d.set_exception("second").unwrap();
        let results = gathered.await.unwrap();
        let said = |result: Result<u32, JoinError>| match result {
            Ok(value) => value.to_string(),
            Err(error) => error.panic_message().unwrap().to_owned(),
        };
        let results = results.into_iter().map(said).collect::<Vec<_>>();
        assert_eq!(results, ["3", "1", "first", "second"]);
    });
}

/// `test_tasks.FutureGatherTests.test_constructor_empty_sequence_without_loop`,
/// `test_tasks.CoroutineGatherTests.test_constructor_without_loop`
#[test]
fn constructor_without_loop() {
    let call = || drop(gather(Vec::<std::future::Ready<()>>::new()));
    assert!(std::panic::catch_unwind(call).is_err());
    let call = || drop(gather((async { "abc" }, async { "abc" })));
    assert!(std::panic::catch_unwind(call).is_err());
}

/// `test_tasks.FutureGatherTests.test_constructor_empty_sequence_use_running_loop`
#[test]
fn constructor_empty_sequence() {
    run(async { assert_eq!(gather(Vec::<std::future::Ready<u32>>::new()).await, [0; 0]) });
}

/// `test_tasks.FutureGatherTests.test_constructor_homogenous_futures`
#[test]
fn the_same_promises_in_two_gathers() {
    run(async {
        let children: [_; 3] = promises();
        let gathers = [(); 2].map(|()| create_task(gather(children.clone())));
        yield_now().await;
        assert!(gathers.iter().all(|gathered| !gathered.done()));
        for child in &children {
            child.set_result(1).unwrap();
        }
        for gathered in gathers {
            assert_eq!(gathered.await.unwrap().len(), 3);
        }
    });
}

/// `test_tasks.FutureGatherTests.test_one_cancellation`
#[test]
fn one_cancellation() {
    run(async {
        let [a, b, c] = promises();
        let cancelled_with_it = |promise: Promise<u32>| async move {
            match promise.await {
                Ok(value) => value,
                Err(_) => tulipa_cancel::raise().await,
            }
        };
        let children = [a.clone(), b.clone(), c.clone()].map(cancelled_with_it);
        let gathered = create_task(async move {
            catch_cancel(gather(children)).await.map_err(tulipa_cancel::Cancelled::suppress)
        });
        yield_now().await;
        a.set_result(1).unwrap();
        b.cancel();
        sleep(seconds(1)).await;
        assert!(gathered.done() && !gathered.cancelled());
        assert!(gathered.await.unwrap().is_err(), "the gather was cancelled by its child");
        c.set_result(3).unwrap();
    });
}

/// `test_tasks.FutureGatherTests.test_result_exception_one_cancellation`
#[test]
fn result_exception_one_cancellation() {
    run(async {
        let all: [Promise<u32>; 6] = promises();
        let gathered = create_task(gather(all.clone()));
        all[0].set_result(1).unwrap();
        all[1].set_exception("first").unwrap();
        all[2].cancel();
        sleep(seconds(1)).await;
        assert!(!gathered.done());
        all[3].set_result(3).unwrap();
        all[4].cancel();
        all[5].set_exception("second").unwrap();
        let said = |result: Result<u32, tulipa_task::PromiseError>| match result {
            Ok(value) => value.to_string(),
            Err(error) if error.is_cancelled() => "cancelled".to_owned(),
            Err(error) => error.to_string(),
        };
        let results = gathered.await.unwrap().into_iter().map(said).collect::<Vec<_>>();
        assert_eq!(results, ["1", "first", "cancelled", "3", "cancelled", "second"]);
    });
}

/// `test_tasks.CoroutineGatherTests.test_duplicate_coroutines`: a future can be given once; the
/// same promise may be given again.
#[test]
fn duplicates() {
    run(async {
        let [abc, def] = promises();
        abc.set_result(1).unwrap();
        def.set_result(2).unwrap();
        let values = gather([abc.clone(), abc.clone(), def, abc]).await;
        assert_eq!(values.into_iter().map(Result::unwrap).collect::<Vec<_>>(), [1, 1, 2, 1]);
    });
}

/// `test_tasks.CoroutineGatherTests.test_cancellation_broadcast`
#[test]
fn cancellation_broadcast() {
    run(async {
        let proof = Rc::new(Cell::new(0));
        let waiter = Promise::<()>::new();
        let children = [(); 2].map(|()| {
            let (proof, waiter) = (proof.clone(), waiter.clone());
            create_task(async move {
                // A cancelled promise is a value; this passes it on.
                if waiter.await.is_err() {
                    tulipa_cancel::raise().await;
                }
                proof.set(proof.get() + 1);
            })
        });
        let views = children.each_ref().map(Task::task_ref);
        let in_outer = proof.clone();
        let outer = create_task(async move {
            drop(gather(children).await);
            in_outer.set(in_outer.get() + 100);
        });
        yield_now().await;
        assert!(outer.cancel());
        assert!(outer.await.unwrap_err().is_cancelled());
        assert!(waiter.cancelled() && views.iter().all(TaskRef::cancelled));
        yield_now().await;
        assert_eq!(proof.get(), 0);
    });
}

/// `test_tasks.CoroutineGatherTests.test_exception_marking`, other than in asyncio: the second
/// panic is reported.
#[test]
fn exception_marking() {
    let ((), reports) = run_reporting(async {
        let [a, b] = promises();
        let inner = |promise: Promise<u32>| async move {
            promise.await.unwrap();
            fail("not to be ignored")
        };
        let children = [a.clone(), b.clone()].map(inner);
        let outer = create_task(async { gather::<_, [_; 2]>(children).await });
        yield_now().await;
        a.set_result(1).unwrap();
        sleep(seconds(1)).await;
        b.set_result(1).unwrap();
        sleep(seconds(1)).await;
        let error = outer.await.map(|_: Vec<std::convert::Infallible>| ()).unwrap_err();
        assert_eq!(error.panic_message(), Some("not to be ignored"));
    });
    assert_eq!(reports, ["Task exception was never retrieved: not to be ignored"]);
}

/// `test_tasks.BaseTaskTests.test_cancel_gather_1`: the value is there, the request too late for
/// the gather; the task that awaits keeps the value.
#[test]
fn cancel_gather_1() {
    let test_loop = TestLoop::new();
    let fut = Promise::<u32>::new_on(&test_loop.runtime());
    let child = fut.clone();
    let gather_task = test_loop.create_task(async move { gather([value_of(child)]).await });
    test_loop.run_until_stalled();
    let canceller = gather_task.task_ref();
    fut.add_done_callback(move |_| assert!(canceller.cancel(), "the task has not ended"));
    fut.set_result(42).unwrap();
    test_loop.run_until_stalled();
    assert!(gather_task.done() && !gather_task.cancelled());
    assert_eq!(gather_task.result().unwrap(), &[42]);
}

/// `test_tasks.BaseTaskTests.test_cancel_gather_2`
#[test]
fn cancel_gather_2() {
    for message in [None, Some("my message")] {
        run(async move {
            let clock = Stopwatch::start();
            let looping = create_task(async {
                loop {
                    drop(gather([sleep(seconds(1))]).return_exceptions().await);
                }
            });
            sleep(seconds(4)).await;
            match message {
                Some(message) => looping.cancel_with(message),
                None => looping.cancel(),
            };
            let error = looping.await.unwrap_err();
            assert_eq!(error.as_cancelled().unwrap().message(), message);
            assert_eq!(clock.seconds(), 4);
        });
    }
}
