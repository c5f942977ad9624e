//! `test_waitfor`.

use std::cell::Cell;
use std::future::pending;
use std::rc::Rc;
use std::time::Duration;

use tulipa_cancel::{CancelExt, catch_cancel};
use tulipa_task::{Promise, Task, create_task};
use tulipa_time::{TimeoutError, sleep, sleep_until, wait_for, yield_now};

use super::{now, run, seconds, timed};

/// Runs for so long whatever is asked of it, then says that it has ended.
async fn stubborn(time: u64, exited: Rc<Cell<bool>>) {
    let end = now() + seconds(time);
    while let Err(cancelled) = catch_cancel(sleep_until(end)).await {
        cancelled.suppress();
    }
    exited.set(true);
}

/// Sleeps for a long time, and says whether it is running.
async fn sleeper(running: Rc<Cell<Option<bool>>>) -> &'static str {
    running.set(Some(true));
    sleep(seconds(1000)).finally(async || running.set(Some(false))).await;
    "done"
}

/// `test_waitfor.AsyncioWaitForTest.test_asyncio_wait_for_cancelled`
#[test]
fn cancelled() {
    let (took, ()) = timed(async {
        let exited = Rc::new(Cell::new(false));
        let waiting = create_task(wait_for(stubborn(20, exited.clone()), seconds(40)));
        yield_now().await;
        waiting.cancel();
        assert_eq!(waiting.await.unwrap(), Ok(()));
        assert!(exited.get());
    });
    assert_eq!(took, 20);
}

/// `test_waitfor.AsyncioWaitForTest.test_asyncio_wait_for_timeout`: S-WAITFOR-4
#[test]
fn timed_out() {
    let (took, ()) = timed(async {
        let exited = Rc::new(Cell::new(false));
        assert_eq!(wait_for(stubborn(20, exited.clone()), seconds(10)).await, Ok(()));
        assert!(exited.get());
    });
    assert_eq!(took, 20);
}

/// `test_waitfor.AsyncioWaitForTest.test_wait_for_timeout_less_then_0_or_0_future_done`
#[test]
fn zero_and_a_done_promise() {
    run(async {
        let promise = Promise::new();
        promise.set_result("done").unwrap();
        let value = wait_for(promise.clone(), Duration::ZERO).await;
        assert_eq!(value.unwrap().unwrap(), "done");
        assert!(promise.done());
    });
}

/// `test_waitfor.AsyncioWaitForTest`'s
/// `test_wait_for_timeout_less_then_0_or_0_coroutine_do_not_started`, other than in asyncio: it
/// runs to its first suspension.
#[test]
fn zero_and_a_coroutine() {
    run(async {
        assert_eq!(wait_for(async { "done" }, Duration::ZERO).await, Ok("done"));
        let steps = Cell::new(0);
        let coroutine = async {
            steps.set(1);
            sleep(seconds(1)).await;
            steps.set(2);
        };
        assert!(wait_for(coroutine, Duration::ZERO).await.is_err());
        assert_eq!(steps.get(), 1);
    });
}

/// `test_waitfor.AsyncioWaitForTest.test_wait_for_timeout_less_then_0_or_0`
#[test]
fn zero_and_a_task_that_has_started() {
    run(async {
        let running = Rc::new(Cell::new(None));
        let task = create_task(sleeper(running.clone()));
        let view = task.task_ref();
        yield_now().await;
        assert_eq!(running.get(), Some(true));
        assert!(wait_for(task, Duration::ZERO).await.is_err());
        assert!(view.done() && view.cancelled());
        assert_eq!(running.get(), Some(false));
    });
}

/// `test_waitfor.AsyncioWaitForTest.test_wait_for`
#[test]
fn a_task_that_sleeps() {
    let (took, ()) = timed(async {
        let running = Rc::new(Cell::new(None));
        let task = create_task(sleeper(running.clone()));
        let view = task.task_ref();
        assert!(wait_for(task, seconds(10)).await.is_err());
        assert!(view.done() && view.cancelled());
        assert_eq!(running.get(), Some(false));
    });
    assert_eq!(took, 10);
}

/// `test_waitfor.AsyncioWaitForTest.test_wait_for_blocking`
#[test]
fn blocking() {
    run(async {
        assert_eq!(wait_for(async { "done" }, None).await, Ok("done"));
    });
}

/// `test_waitfor.AsyncioWaitForTest.test_wait_for_race_condition`
#[test]
fn a_result_from_a_callback() {
    run(async {
        let promise = Promise::new();
        let waiting = wait_for(promise.clone(), seconds(20));
        let callback = Box::new(move || promise.set_result("ok").unwrap());
        tulipa_rt::current().call_soon(callback);
        assert_eq!(waiting.await.unwrap().unwrap(), "ok");
    });
}

/// `test_waitfor.AsyncioWaitForTest.test_wait_for_cancellation_race_condition`: S-WAITFOR-4
#[test]
fn a_value_in_answer_to_the_deadline() {
    let (took, value) = timed(async {
        let inner = async {
            catch_cancel(sleep(seconds(100))).await.unwrap_err().suppress();
            1
        };
        wait_for(inner, seconds(1)).await
    });
    assert_eq!((took, value), (1, Ok(1)));
}

/// A task whose cleanup takes five seconds.
fn slow_to_end(done: &Rc<Cell<bool>>) -> Task<()> {
    let done = done.clone();
    create_task(async move {
        let cleanup = async || {
            sleep(seconds(5)).await;
            done.set(true);
        };
        sleep(seconds(1000)).finally(cleanup).await;
    })
}

/// `test_waitfor.AsyncioWaitForTest.test_wait_for_waits_for_task_cancellation`: S-WAITFOR-3
#[test]
fn waits_for_the_cleanup_of_a_task() {
    let (took, ()) = timed(async {
        let done = Rc::new(Cell::new(false));
        let ended = wait_for(slow_to_end(&done), seconds(1)).await;
        assert_eq!(ended.map(drop), Err(TimeoutError::new()));
        assert!(done.get());
    });
    assert_eq!(took, 6);
}

/// `test_waitfor.AsyncioWaitForTest.test_wait_for_waits_for_task_cancellation_w_timeout_0`
#[test]
fn waits_for_the_cleanup_of_a_task_with_a_timeout_of_zero() {
    let (took, ()) = timed(async {
        let done = Rc::new(Cell::new(false));
        let task = slow_to_end(&done);
        sleep(seconds(1)).await;
        assert!(wait_for(task, Duration::ZERO).await.is_err());
        assert!(done.get());
    });
    assert_eq!(took, 6);
}

/// `test_waitfor.AsyncioWaitForTest.test_wait_for_reraises_exception_during_cancellation`:
/// S-WAITFOR-5
#[test]
fn an_error_in_answer_to_the_deadline() {
    run(async {
        let inner = create_task(async {
            let slept = catch_cancel(sleep(seconds(20))).await;
            slept.map_err(|cancelled| {
                cancelled.suppress();
                "foo"
            })
        });
        let ended = wait_for(inner, seconds(1)).await;
        assert_eq!(ended.unwrap().unwrap(), Err("foo"));
    });
}

/// Cancels the wait for a task, which must cancel the task.
fn cancel_wait_for(time: Option<Duration>) {
    run(async move {
        let task = create_task(pending::<()>());
        let view = task.task_ref();
        let wait = create_task(wait_for(task, time));
        let waiting = wait.task_ref();
        tulipa_rt::current().call_soon(Box::new(move || assert!(waiting.cancel())));
        assert!(wait.await.unwrap_err().is_cancelled());
        assert!(view.cancelled());
    });
}

/// `test_waitfor.AsyncioWaitForTest.test_cancel_blocking_wait_for`
#[test]
fn cancel_blocking_wait_for() {
    cancel_wait_for(None);
}

/// `test_waitfor.AsyncioWaitForTest.test_cancel_wait_for`: S-WAITFOR-7
#[test]
fn cancel_wait_for_with_a_timeout() {
    cancel_wait_for(Some(seconds(6000)));
}

/// `test_waitfor.AsyncioWaitForTest.test_wait_for_cancel_suppressed`
#[test]
fn cancel_suppressed() {
    run(async {
        let forty_two = async {
            match catch_cancel(sleep(seconds(1000))).await {
                Ok(()) => 0,
                Err(cancelled) => {
                    cancelled.suppress();
                    42
                }
            }
        };
        assert_eq!(wait_for(forty_two, seconds(10)).await, Ok(42));
    });
}

/// `test_waitfor.AsyncioWaitForTest.test_wait_for_issue86296`
///
/// The inner task has its value when the cancellation comes. The value is not lost, and the
/// cancellation ends the task at its next suspension.
#[test]
fn a_cancel_beside_a_value() {
    let (took, ()) = timed(async {
        let inner = create_task(async { "done" });
        let view = inner.task_ref();
        let [value, reached_end] = [(); 2].map(|()| Rc::new(Cell::new("")));
        let (got, end) = (value.clone(), reached_end.clone());
        let task = create_task(async move {
            got.set(wait_for(inner, seconds(100)).await.unwrap().unwrap());
            sleep(seconds(1)).await;
            end.set("end");
        });
        assert!(!task.done());
        yield_now().await;
        assert!(view.done() && !task.done());
        task.cancel();
        assert!(task.await.unwrap_err().is_cancelled());
        assert_eq!((value.get(), reached_end.get()), ("done", ""));
    });
    assert_eq!(took, 0);
}
