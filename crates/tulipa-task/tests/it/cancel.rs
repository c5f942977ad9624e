//! Cancelling one task: when it is asked, when it sees it, how it answers, how it ends.

use std::future::pending;
use std::time::Duration;

use tulipa_cancel::{CancelExt, catch_cancel, raise};
use tulipa_task::{Promise, Task, create_task, current_task};
use tulipa_test::{TestLoop, run};
use tulipa_time::{sleep, yield_now};

use crate::support::{Log, OnDrop, join};

const SECOND: Duration = Duration::from_secs(1);

/// S-CANCEL-1
#[test]
fn cancel_only_requests() {
    let test_loop = TestLoop::new();
    let log = Log::default();
    let task = test_loop.create_task({
        let log = log.clone();
        async move {
            let _dropped = OnDrop(|| log.add("dropped"));
            pending::<()>().await;
        }
    });
    test_loop.turn();
    assert!(task.cancel());
    assert!(!task.done() && !task.cancelled());
    assert_eq!((log.take(), task.cancelling()), (String::new(), 1));
    test_loop.turn();
    assert!(task.done() && task.cancelled());
    assert_eq!(log.take(), "dropped");
    assert!(!task.cancel(), "it has ended");
    assert!(join(task).unwrap_err().is_cancelled());
}

/// S-CANCEL-2
#[test]
fn a_promise_that_the_task_awaits_is_cancelled_with_it() {
    let test_loop = TestLoop::new();
    let promise = Promise::<u8>::new_on(&test_loop.runtime());
    let task = test_loop.create_task(promise.clone());
    let other = test_loop.create_task(promise.clone());
    test_loop.turn();
    task.cancel_with("go");
    assert!(!promise.done(), "here it is cancelled when the task sees the request");
    test_loop.turn();
    assert!(promise.cancelled() && task.cancelled());
    assert_eq!(promise.result().unwrap_err().to_string(), "the promise was cancelled: go");
    test_loop.turn();
    assert!(other.result().unwrap().as_ref().unwrap_err().is_cancelled());
}

/// S-CANCEL-2
#[test]
fn a_task_that_the_task_awaits_is_cancelled_with_it() {
    let test_loop = TestLoop::new();
    let child = test_loop.create_task(pending::<()>());
    let child_view = child.task_ref();
    let parent = test_loop.create_task(child);
    test_loop.turn();
    assert!(parent.cancel());
    test_loop.run_until_stalled();
    assert!(child_view.cancelled() && parent.cancelled());
    assert_eq!((child_view.cancelling(), parent.cancelling()), (1, 1));
}

/// S-CANCEL-3
#[test]
fn cancelled_before_its_first_step_the_body_never_runs() {
    let test_loop = TestLoop::new();
    let log = Log::default();
    let task = test_loop.create_task({
        let log = log.clone();
        let captured = OnDrop({
            let log = log.clone();
            move || log.add("captured-dropped")
        });
        async move {
            let _captured = captured;
            log.add("body");
            async {}.finally(async || log.add("cleanup")).await;
        }
    });
    assert!(task.cancel());
    assert!(!task.cancelled());
    test_loop.turn();
    assert!(task.cancelled());
    assert_eq!(log.take(), "captured-dropped");
}

/// S-CANCEL-4
#[test]
fn a_task_that_cancels_itself_sees_it_at_its_next_suspension() {
    let log = Log::default();
    let task_log = log.clone();
    let test_loop = TestLoop::new();
    let task = test_loop.create_task(async move {
        let done = Promise::new();
        done.set_result(1).unwrap();
        assert!(current_task().unwrap().cancel());
        task_log.add("asked");
        done.await.unwrap();
        task_log.add("awaited-what-was-done");
        yield_now().await;
        task_log.add("never");
    });
    test_loop.run_until_stalled();
    assert_eq!(log.take(), "asked awaited-what-was-done");
    assert!(task.cancelled());
}

/// S-CANCEL-4
#[test]
fn a_runnable_task_that_is_cancelled_sees_it_at_its_next_suspension() {
    let test_loop = TestLoop::new();
    let log = Log::default();
    let task = test_loop.create_task({
        let log = log.clone();
        async move {
            yield_now().await;
            log.add("resumed");
            pending::<()>().await;
            log.add("never");
        }
    });
    test_loop.turn();
    task.cancel(); // it is in the ready queue
    test_loop.run_until_stalled();
    assert_eq!(log.take(), "resumed", "the yield was over: its value wins");
    assert!(task.cancelled());
}

/// S-CANCEL-5: here the value wins.
#[test]
fn a_task_that_returns_before_it_suspends_again_keeps_its_value() {
    let test_loop = TestLoop::new();
    let task = test_loop.create_task(async {
        current_task().unwrap().cancel();
        "value"
    });
    test_loop.turn();
    assert!(task.done() && !task.cancelled());
    assert_eq!(task.cancelling(), 1);
    assert_eq!(join(task).unwrap(), "value");
}

/// S-CANCEL-6: here the value wins, and the request stays pending.
#[test]
fn a_result_that_came_before_the_cancel_is_delivered() {
    let test_loop = TestLoop::new();
    let log = Log::default();
    let promise = Promise::new_on(&test_loop.runtime());
    let task = test_loop.create_task({
        let (promise, log) = (promise.clone(), log.clone());
        async move {
            log.add(promise.await.unwrap());
            yield_now().await;
            log.add("never");
        }
    });
    test_loop.turn();
    promise.set_result("value").unwrap();
    assert!(task.cancel());
    test_loop.run_until_stalled();
    assert_eq!(log.take(), "value");
    assert!(task.cancelled(), "the request was seen at the next suspension");
}

/// S-CANCEL-11
#[test]
fn a_body_that_raises_a_cancellation_by_itself_ends_cancelled() {
    let test_loop = TestLoop::new();
    let task: Task<()> = test_loop.create_task(async { raise().await });
    test_loop.turn();
    assert!(task.cancelled());
    assert_eq!(task.cancelling(), 0);
}

/// S-CANCEL-12
#[test]
fn a_body_that_answers_with_a_panic_fails_with_that() {
    let test_loop = TestLoop::new();
    let task = test_loop.create_task(async {
        let cancelled = catch_cancel(pending::<()>()).await.unwrap_err();
        cancelled.suppress();
        panic!("the cleanup failed");
    });
    test_loop.turn();
    task.cancel();
    test_loop.turn();
    assert!(!task.cancelled());
    let error = join::<()>(task).unwrap_err();
    assert_eq!(error.panic_message(), Some("the cleanup failed"));
}

/// S-CANCEL-12: an error is a value here.
#[test]
fn a_body_that_answers_with_an_error_returns_it() {
    let test_loop = TestLoop::new();
    let task = test_loop.create_task(async {
        match catch_cancel(pending::<()>()).await {
            Ok(()) => Ok(()),
            Err(cancelled) => {
                cancelled.suppress();
                Err("interrupted")
            }
        }
    });
    test_loop.turn();
    task.cancel();
    test_loop.turn();
    assert_eq!(join(task).unwrap(), Err("interrupted"));
}

/// S-CANCEL-13: here it is an error value, so nothing has to be told apart.
#[test]
fn awaiting_a_cancelled_task_gives_an_error_and_does_not_cancel_the_awaiter() {
    run(async {
        let child = create_task(pending::<()>());
        child.cancel();
        let error = child.await.unwrap_err();
        assert!(error.is_cancelled() && !error.is_panic());
        assert_eq!(current_task().unwrap().cancelling(), 0);
        yield_now().await;
    });
}

/// S-CANCEL-14
#[test]
fn the_message_arrives_with_the_cancellation() {
    let test_loop = TestLoop::new();
    let log = Log::default();
    let task = test_loop.create_task({
        let log = log.clone();
        async move {
            let cancelled = catch_cancel(pending::<()>()).await.unwrap_err();
            log.add(cancelled.message().unwrap());
            cancelled.resume().await;
        }
    });
    let task: Task<()> = task.with_name("worker");
    test_loop.turn();
    assert!(task.cancel_with("shutting-down"));
    test_loop.turn();
    assert_eq!(log.take(), "shutting-down");
    let error = join(task).unwrap_err();
    assert_eq!(error.as_cancelled().unwrap().message(), Some("shutting-down"));
    assert_eq!(error.to_string(), "task 'worker' was cancelled: shutting-down");
}

/// S-CANCEL-14
#[test]
fn of_several_messages_the_last_is_told() {
    let test_loop = TestLoop::new();
    let task = test_loop.create_task(pending::<()>());
    test_loop.turn();
    task.cancel_with("one");
    task.cancel_with("two");
    test_loop.turn();
    assert_eq!(join(task).unwrap_err().as_cancelled().unwrap().message(), Some("two"));
}

/// S-CANCEL-15
#[test]
fn a_second_cancel_interrupts_the_cleanup() {
    let test_loop = TestLoop::new();
    let log = Log::default();
    let task = test_loop.create_task({
        let log = log.clone();
        pending::<()>().finally(async move || {
            log.add("cleanup");
            sleep(SECOND).await;
            log.add("never");
        })
    });
    test_loop.turn();
    task.cancel();
    test_loop.turn();
    assert!(!task.done());
    assert_eq!(log.take(), "cleanup");
    assert!(task.cancel());
    test_loop.turn();
    assert!(task.cancelled());
    assert_eq!((log.take(), test_loop.armed_timers()), (String::new(), 0));
}

#[test]
fn one_cancel_lets_the_cleanup_run_to_its_end() {
    let test_loop = TestLoop::new();
    let log = Log::default();
    let task = test_loop.create_task({
        let log = log.clone();
        pending::<()>().finally(async move || {
            sleep(SECOND).await;
            log.add("cleaned");
        })
    });
    test_loop.turn();
    task.cancel();
    test_loop.advance(SECOND);
    assert!(task.cancelled());
    assert_eq!(log.take(), "cleaned");
}

#[test]
fn a_token_dropped_unanswered_comes_back_at_the_next_suspension() {
    let test_loop = TestLoop::new();
    let log = Log::default();
    let task = test_loop.create_task({
        let log = log.clone();
        async move {
            drop(catch_cancel(pending::<()>()).await);
            log.add("went-on");
            yield_now().await;
            log.add("never");
        }
    });
    test_loop.turn();
    task.cancel();
    test_loop.run_until_stalled();
    assert!(task.cancelled());
    assert_eq!(log.take(), "went-on");
}

#[test]
fn a_task_cancelled_in_another_tasks_step_ends_after_that_step() {
    run(async {
        let log = Log::default();
        let victim = create_task({
            let log = log.clone();
            async move {
                let _dropped = OnDrop(|| log.add("victim"));
                pending::<()>().await;
            }
        });
        yield_now().await;
        victim.cancel();
        log.add("canceller");
        assert!(victim.await.unwrap_err().is_cancelled());
        assert_eq!(log.take(), "canceller victim");
    });
}
