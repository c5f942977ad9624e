//! The `test_cancel*` tests of `test_tasks.BaseTaskTests`.

use std::future::pending;
use std::time::Duration;

use tulipa_cancel::{CancelExt, catch_cancel};
use tulipa_task::{Promise, PromiseError, ResultError, Task, create_task, current_task};
use tulipa_test::{TestLoop, run};
use tulipa_time::{sleep, yield_now};

use crate::support::{Log, join};

const TEN: Duration = Duration::from_secs(10);

fn promise(test_loop: &TestLoop) -> Promise<u32> {
    Promise::new_on(&test_loop.runtime())
}

/// What asyncio does by itself: a promise that was cancelled cancels who awaits it.
async fn await_or_unwind(promise: Promise<u32>) -> u32 {
    match promise.await {
        Ok(value) => value,
        Err(PromiseError::Cancelled(_)) => tulipa_cancel::raise().await,
        Err(error) => panic!("{error}"),
    }
}

/// `test_tasks.BaseTaskTests.test_task_cancel_message_getter`
#[test]
fn message() {
    let test_loop = TestLoop::new();
    let task = test_loop.create_task(async {});
    task.cancel_with("my message");
    test_loop.turn();
    let error = join(task).unwrap_err();
    assert_eq!(error.as_cancelled().unwrap().message(), Some("my message"));
}

/// `test_tasks.BaseTaskTests.test_cancel`
#[test]
fn cancel() {
    let test_loop = TestLoop::new();
    let task = test_loop.create_task(async {
        sleep(TEN).await;
        12
    });
    let start = test_loop.now();
    let view = task.task_ref();
    test_loop.runtime().call_soon(Box::new(move || assert!(view.cancel())));
    test_loop.run_until_stalled();
    assert!(task.done() && task.cancelled() && !task.cancel());
    assert_eq!((test_loop.armed_timers(), test_loop.now()), (0, start));
}

/// `test_tasks.BaseTaskTests.test_cancel_with_message_then_future_result`,
/// `test_cancel_with_message_then_future_exception`
#[test]
fn message_then_result_and_exception() {
    for message in [None, Some("my message")] {
        let seen = run(async move {
            let task = create_task(sleep(TEN));
            yield_now().await;
            match message {
                Some(message) => assert!(task.cancel_with(message)),
                None => assert!(task.cancel()),
            }
            yield_now().await;
            let Err(ResultError::Failed(by_result)) = task.result() else { panic!("{task:?}") };
            let by_exception = task.exception().unwrap().unwrap();
            [by_result, by_exception]
                .map(|error| error.as_cancelled().unwrap().message().map(String::from))
        });
        assert_eq!(seen, [(); 2].map(|()| message.map(String::from)));
    }
}

/// `test_tasks.BaseTaskTests.test_cancel_with_message_before_starting_task`
#[test]
fn message_before_the_start() {
    run(async {
        let task = create_task(sleep(TEN));
        task.cancel_with("my message");
        yield_now().await;
        let error = task.exception().unwrap().unwrap();
        assert_eq!(error.as_cancelled().unwrap().message(), Some("my message"));
    });
}

/// `test_tasks.BaseTaskTests.test_cancellation_exception_context`
#[test]
fn an_error_made_of_the_cancellation_of_an_inner_task() {
    let test_loop = TestLoop::new();
    let outcome = test_loop.run_until_complete(async {
        let started = Promise::new();
        let inner = create_task({
            let started = started.clone();
            async move {
                started.set_result(()).unwrap();
                sleep(TEN).await;
            }
        });
        started.await.unwrap();
        let view = inner.task_ref();
        tulipa_rt::current().call_soon(Box::new(move || assert!(view.cancel_with("msg"))));
        inner.await.map_err(|error| format!("failed because {error}"))
    });
    let error = outcome.unwrap().unwrap_err();
    assert!(error.starts_with("failed because task 'Task-"), "{error}");
    assert!(error.ends_with("was cancelled: msg"), "{error}");
}

/// `test_tasks.BaseTaskTests.test_cancel_yield`
#[test]
fn cancel_between_two_yields() {
    let test_loop = TestLoop::new();
    let task = test_loop.create_task(async {
        yield_now().await;
        yield_now().await;
        12
    });
    test_loop.turn();
    assert!(task.cancel());
    test_loop.run_until_stalled();
    assert!(task.done() && task.cancelled() && !task.cancel());
}

/// `test_tasks.BaseTaskTests.test_cancel_inner_future`
///
/// A promise that was cancelled is an error value for who awaits it; to end as asyncio's awaiter
/// does, it has to say so.
#[test]
fn cancel_inner_future() {
    let test_loop = TestLoop::new();
    let inner = promise(&test_loop);
    let [as_value, as_asyncio] = [inner.clone(), inner.clone()];
    let as_value = test_loop.create_task(as_value);
    let as_asyncio = test_loop.create_task(await_or_unwind(as_asyncio));
    test_loop.turn();
    inner.cancel();
    test_loop.run_until_stalled();
    assert!(inner.cancelled());
    assert!(!as_value.cancelled() && join(as_value).unwrap().unwrap_err().is_cancelled());
    assert!(as_asyncio.cancelled());
}

/// `test_tasks.BaseTaskTests.test_cancel_both_task_and_inner_future`
#[test]
fn cancel_both_task_and_inner_future() {
    let test_loop = TestLoop::new();
    let inner = promise(&test_loop);
    let task = test_loop.create_task(await_or_unwind(inner.clone()));
    test_loop.turn();
    inner.cancel();
    task.cancel();
    test_loop.run_until_stalled();
    assert!(task.done() && inner.cancelled() && task.cancelled());
}

/// `test_tasks.BaseTaskTests.test_cancel_task_catching`
#[test]
fn a_task_that_catches_and_returns() {
    let test_loop = TestLoop::new();
    let [first, second] = [(); 2].map(|()| promise(&test_loop));
    let task = test_loop.create_task({
        let (first, second) = (first.clone(), second.clone());
        async move {
            first.await.unwrap();
            match catch_cancel(second).await {
                Ok(_) => 0,
                Err(cancelled) => {
                    cancelled.suppress();
                    42
                }
            }
        }
    });
    test_loop.turn();
    first.set_result(0).unwrap();
    test_loop.turn();
    task.cancel();
    test_loop.run_until_stalled();
    assert!(second.cancelled() && !task.cancelled());
    assert_eq!(join(task).unwrap(), 42);
}

/// `test_tasks.BaseTaskTests.test_cancel_task_ignoring`
#[test]
fn a_task_that_ignores_the_cancel() {
    let test_loop = TestLoop::new();
    let promises = [(); 3].map(|()| promise(&test_loop));
    let task = test_loop.create_task({
        let [first, second, third] = promises.clone();
        async move {
            first.await.unwrap();
            catch_cancel(second).await.unwrap_err().suppress();
            third.await.unwrap()
        }
    });
    let [first, second, third] = promises;
    test_loop.turn();
    first.set_result(0).unwrap();
    test_loop.turn();
    task.cancel();
    test_loop.run_until_stalled();
    assert!(second.cancelled() && !task.done());
    third.set_result(42).unwrap();
    test_loop.turn();
    assert!(!third.cancelled() && !task.cancelled());
    assert_eq!(join(task).unwrap(), 42);
}

/// `test_tasks.BaseTaskTests.test_cancel_current_task`
#[test]
fn cancel_current_task() {
    let test_loop = TestLoop::new();
    let task = test_loop.create_task(async {
        current_task().unwrap().cancel();
        sleep(100 * TEN).await;
        12
    });
    assert!(!task.cancelled());
    test_loop.turn();
    assert!(task.done() && task.cancelled() && !task.cancel());
    assert_eq!(test_loop.armed_timers(), 0);
}

/// `test_tasks.BaseTaskTests.test_cancel_at_end`
///
/// The value wins here.
#[test]
fn cancel_at_end() {
    let test_loop = TestLoop::new();
    let task = test_loop.create_task(async {
        current_task().unwrap().cancel();
        12
    });
    test_loop.turn();
    assert!(task.done() && !task.cancelled() && !task.cancel());
    assert_eq!(join(task).unwrap(), 12);
}

/// `test_tasks.BaseTaskTests.test_cancel_awaited_task`
#[test]
fn a_task_that_cancels_itself_cancels_what_it_awaits_next() {
    let test_loop = TestLoop::new();
    let innermost = promise(&test_loop);
    let nested = test_loop.create_task(await_or_unwind(innermost.clone()));
    let nested_view = nested.task_ref();
    let task = test_loop.create_task(async move {
        yield_now().await;
        current_task().unwrap().cancel();
        nested.await
    });
    test_loop.run_until_stalled();
    assert!(task.cancelled() && nested_view.cancelled() && innermost.cancelled());
}

/// `test_tasks.BaseTaskTests.test_sleep_cancel`
#[test]
fn a_cancelled_sleep_forgets_its_timer() {
    let test_loop = TestLoop::new();
    let task = test_loop.create_task(sleep(TEN));
    test_loop.turn();
    assert_eq!(test_loop.armed_timers(), 1);
    task.cancel();
    test_loop.turn();
    assert_eq!(test_loop.armed_timers(), 0);
}

/// `test_tasks.BaseTaskTests.test_task_cancel_sleeping_task`
#[test]
fn a_sleeper_cancelled_by_a_timer() {
    let test_loop = TestLoop::new();
    let start = test_loop.now();
    let outcome = test_loop.run_until_complete(async {
        let sleeper = create_task(sleep(500 * TEN));
        let view = sleeper.task_ref();
        create_task(async move {
            sleep(TEN / 100).await;
            view.cancel();
        })
        .detach();
        if sleeper.await.is_ok() { "slept in" } else { "cancelled" }
    });
    assert_eq!(outcome.unwrap(), "cancelled");
    assert_eq!(test_loop.now() - start, TEN / 100);
}

/// `test_tasks.BaseTaskTests.test_task_cancel_waiter_future`
#[test]
fn the_promise_a_task_waits_for() {
    let test_loop = TestLoop::new();
    let waited_for = promise(&test_loop);
    let task: Task<_> = test_loop.create_task(waited_for.clone());
    test_loop.turn();
    task.cancel();
    test_loop.turn();
    assert!(task.cancelled() && waited_for.cancelled());
}

/// `test_tasks.BaseTaskTests.test_yield_future_passes_cancel`
#[test]
fn cancel_passes_through_what_is_awaited() {
    let test_loop = TestLoop::new();
    let (log, waiter) = (Log::default(), promise(&test_loop));
    let task = test_loop.create_task({
        let (log, waiter) = (log.clone(), waiter.clone());
        async move {
            let inner = waiter.finally(async || log.add("inner"));
            match catch_cancel(inner).await {
                Ok(_) => log.add("not-cancelled"),
                Err(cancelled) => {
                    log.add("outer");
                    cancelled.suppress();
                }
            }
        }
    });
    test_loop.turn();
    task.cancel();
    test_loop.run_until_stalled();
    assert!(task.done() && !task.cancelled() && waiter.cancelled());
    assert_eq!(log.take(), "inner outer");
}

/// `test_tasks.BaseTaskTests.test_cancel_traceback_for_future_result`,
/// `test_cancel_traceback_for_future_exception`
///
/// There is no traceback of a suspended future; the error names the task, and its handle the place.
#[test]
fn the_error_names_the_task() {
    let test_loop = TestLoop::new();
    let task = test_loop.create_task(pending::<()>()).with_name("nested");
    task.cancel();
    test_loop.turn();
    assert!(format!("{task:?}").contains(file!()));
    assert_eq!(join(task).unwrap_err().to_string(), "task 'nested' was cancelled");
}
