//! Cancelled from outside, and by the group's own hand.

use std::future::pending;

use tulipa_cancel::{CancelExt, CancelScope, catch_cancel};
use tulipa_combine::{TaskGroup, TaskGroupError};
use tulipa_task::{create_task, current_task};
use tulipa_time::{sleep, timeout, yield_now};

use crate::support::{Log, Stopwatch, after, cleans_up, fail_after, run, seconds};

/// S-TG-7
#[test]
fn cancelled_from_outside_children_are_cancelled_and_awaited_and_it_goes_on() {
    run(async {
        for in_body in [true, false] {
            let log = Log::default();
            let clock = Stopwatch::start();
            let in_group = log.clone();
            let task = create_task(TaskGroup::run(async move |group| {
                for (name, time) in [("a", 2), ("b", 3)] {
                    group.create_task(cleans_up(in_group.clone(), name, time)).detach();
                }
                if in_body {
                    cleans_up(in_group, "body", 1).await;
                }
            }));
            sleep(seconds(1)).await;
            assert!(task.cancel_with("enough"));
            let error = task.await.unwrap_err();
            assert_eq!(error.as_cancelled().unwrap().message(), Some("enough"));
            let order = if in_body { "body a b" } else { "a b" };
            // The children are told when the body has unwound, as in asyncio.
            let end = if in_body { 1 + 1 + 3 } else { 1 + 3 };
            assert_eq!((log.take().as_str(), clock.seconds()), (order, end));
        }
    });
}

/// S-TG-8
#[test]
fn more_requests_during_the_exit_do_not_end_it_and_each_counts() {
    run(async {
        let log = Log::default();
        let clock = Stopwatch::start();
        let in_group = log.clone();
        let task = create_task(async move {
            let group = TaskGroup::run(async move |group| {
                group.create_task(cleans_up(in_group, "cleaned", 10)).detach();
            });
            catch_cancel(group).await.map_err(|cancelled| {
                cancelled.suppress();
                current_task().unwrap().cancelling()
            })
        });
        for _ in 0..5 {
            sleep(seconds(1)).await;
            assert!(task.cancel());
        }
        assert_eq!(task.await.unwrap().unwrap_err(), 5);
        assert_eq!((log.take().as_str(), clock.seconds()), ("cleaned", 1 + 10));
    });
}

/// S-TG-9
#[test]
fn with_child_errors_those_are_returned_and_the_request_stays_pending() {
    run(async {
        let log = Log::default();
        let in_task = log.clone();
        let task = create_task(async move {
            let failed = TaskGroup::run(async |group| {
                let cleanup = pending::<()>().finally(async || fail_after(1, "cleanup").await);
                group.create_task(cleanup).detach();
                pending::<()>().await;
            });
            in_task.add(failed.await.unwrap_err().errors().len());
            in_task.add(current_task().unwrap().cancelling());
            yield_now().await;
            unreachable!("the request is pending");
        });
        sleep(seconds(1)).await;
        task.cancel();
        assert!(task.await.unwrap_err().is_cancelled());
        assert_eq!(log.take(), "1 1");
    });
}

/// S-TG-11, other than in asyncio: without a value of the body the result says cancelled.
#[test]
fn cancel_ends_body_and_children_and_is_no_error_of_anybodys() {
    run(async {
        let log = Log::default();
        let in_group = log.clone();
        let ended = TaskGroup::run(async move |group| {
            group.create_task(cleans_up(in_group.clone(), "child", 2)).detach();
            yield_now().await;
            group.cancel();
            in_group.add("on to the next await");
            cleans_up(in_group, "body", 1).await;
        });
        let error = ended.await.unwrap_err();
        assert!(error.is_cancelled() && error.errors().is_empty());
        assert_eq!(error.to_string(), "the task group was cancelled");
        assert_eq!(log.take(), "on to the next await body child");
        assert_eq!(current_task().unwrap().cancelling(), 0);
        yield_now().await;
    });
}

/// S-TG-11
#[test]
fn a_body_that_had_returned_its_value_keeps_it() {
    run(async {
        let ended = TaskGroup::run(async |group| {
            group.create_task(pending::<()>()).detach();
            group.cancel();
            "value"
        });
        assert_eq!(ended.await.unwrap(), "value");

        let clock = Stopwatch::start();
        let ended = TaskGroup::run(async |group| {
            let handle = group.clone();
            let stop = async move { after(2, handle).await.cancel() };
            group.create_task(stop).detach();
            group.create_task(pending::<()>()).detach();
            "value, then the exit is cancelled by a child"
        });
        assert!(ended.await.is_ok());
        assert_eq!(clock.seconds(), 2);
    });
}

/// S-TG-11
#[test]
fn cancel_may_come_from_anywhere_twice_and_after_the_end() {
    run(async {
        for from_child in [true, false] {
            let mut kept = None;
            let clock = Stopwatch::start();
            let ended = TaskGroup::run(async |group| {
                let handle = group.clone();
                let stop = async move {
                    sleep(seconds(1)).await;
                    handle.cancel();
                    handle.cancel();
                };
                if from_child {
                    group.create_task(stop).detach();
                } else {
                    create_task(stop).detach();
                }
                group.create_task(pending::<()>()).detach();
                kept = Some(group.clone());
                pending::<()>().await;
            });
            assert!(ended.await.unwrap_err().is_cancelled());
            assert_eq!(clock.seconds(), 1);
            kept.unwrap().cancel();
            yield_now().await;
            assert_eq!(current_task().unwrap().cancelling(), 0);
        }
    });
}

/// S-TG-12: a group exists only once it runs; `cancel` first thing in the body is the nearest.
#[test]
fn cancelled_first_thing_the_body_runs_to_its_first_await() {
    run(async {
        let log = Log::default();
        let in_group = log.clone();
        let ended = TaskGroup::run(async move |group| {
            group.cancel();
            let refused = group.create_task(async { unreachable!("never starts") });
            in_group.add("ran");
            let error = catch_cancel(refused).await;
            in_group.add(if error.is_err() { "cancelled" } else { "went on" });
            error.unwrap_err().resume().await
        });
        assert!(ended.await.unwrap_err().is_cancelled());
        assert_eq!(log.take(), "ran cancelled");
    });
}

/// S-TG-13
#[test]
fn errors_that_come_after_cancel_are_returned() {
    run(async {
        let ended = TaskGroup::run(async |group| {
            let cleanup = pending::<()>().finally(async || fail_after(1, "child").await);
            group.create_task(cleanup).detach();
            yield_now().await;
            group.cancel();
        });
        assert_eq!(ended.await.unwrap_err().errors().len(), 1);

        let ended = TaskGroup::try_run(async |group| {
            group.cancel();
            Err::<(), _>("the body's")
        });
        assert_eq!(
            ended.await.unwrap_err().to_string(),
            "a task group failed: the body: the body's"
        );
    });
}

/// S-TG-13
#[test]
fn cancel_and_a_cancel_from_outside_is_a_cancel_from_outside() {
    run(async {
        let task = create_task(TaskGroup::run(async |group| {
            current_task().unwrap().cancel();
            group.cancel();
            pending::<()>().await;
        }));
        assert!(task.await.unwrap_err().is_cancelled());
    });
}

/// S-TG-14: the opposite of asyncio's bug, for a cancel and for a deadline.
#[test]
fn a_cancel_from_outside_while_it_exits_after_cancel_is_not_lost() {
    run(async {
        async fn cancelled_group(log: Log) -> Result<(), TaskGroupError> {
            TaskGroup::run(async move |group| {
                group.create_task(cleans_up(log, "cleaned", 5)).detach();
                yield_now().await;
                group.cancel();
            })
            .await
        }

        let log = Log::default();
        let clock = Stopwatch::start();
        let task = create_task(cancelled_group(log.clone()));
        sleep(seconds(1)).await;
        assert!(task.cancel());
        assert!(task.await.unwrap_err().is_cancelled());
        assert_eq!((log.take().as_str(), clock.seconds()), ("cleaned", 5));

        let ended = timeout(seconds(2), cancelled_group(log.clone())).await;
        assert!(ended.is_err(), "timed out");
        assert_eq!((log.take().as_str(), clock.seconds()), ("cleaned", 10));
        yield_now().await;
    });
}

#[test]
fn a_deadline_around_it_cancels_and_awaits_its_children() {
    run(async {
        let log = Log::default();
        let clock = Stopwatch::start();
        let group = TaskGroup::run(async |group| {
            group.create_task(cleans_up(log.clone(), "child", 3)).detach();
            pending::<()>().await;
        });
        assert!(timeout(seconds(2), group).await.is_err());
        assert_eq!((log.take().as_str(), clock.seconds()), ("child", 5));
        yield_now().await;
    });
}

#[test]
fn a_deadline_that_passes_during_the_exit_does_not_cut_the_cleanups_short() {
    run(async {
        let log = Log::default();
        let clock = Stopwatch::start();
        let group = TaskGroup::run(async |group| {
            group.create_task(cleans_up(log.clone(), "child", 9)).detach();
            group.create_task(fail_after(1, "cause")).detach();
        });
        let ended = timeout(seconds(2), group).await;
        assert_eq!(ended.unwrap().unwrap_err().errors().len(), 1, "errors before the deadline's");
        assert_eq!((log.take().as_str(), clock.seconds()), ("child", 10));
    });
}

#[test]
fn caught_outside_it_the_task_goes_on() {
    run(async {
        let task = create_task(async {
            let group = TaskGroup::run(async |group| {
                group.create_task(pending::<()>()).detach();
                pending::<()>().await;
            });
            catch_cancel(group).await.unwrap_err().suppress();
            after(1, "went on").await
        });
        yield_now().await;
        task.cancel();
        assert_eq!(task.await.unwrap(), "went on");
    });
}

#[test]
fn a_body_that_suppresses_a_cancel_from_outside_keeps_its_children() {
    run(async {
        let task = create_task(TaskGroup::run(async |group| {
            let child = group.create_task(after(3, "child"));
            catch_cancel(pending::<()>()).await.unwrap_err().suppress();
            child.await.unwrap()
        }));
        sleep(seconds(1)).await;
        task.cancel();
        assert_eq!(task.await.unwrap().unwrap(), "child");
    });
}

#[test]
fn a_body_that_drops_its_token_and_returns_is_cancelled_in_the_exit() {
    run(async {
        let log = Log::default();
        let in_group = log.clone();
        let task = create_task(TaskGroup::run(async move |group| {
            group.create_task(cleans_up(in_group, "child", 1)).detach();
            drop(catch_cancel(pending::<()>()).await.unwrap_err());
        }));
        sleep(seconds(1)).await;
        task.cancel();
        assert!(task.await.unwrap_err().is_cancelled());
        assert_eq!(log.take(), "child");
    });
}

/// The tokens that a body holds when it is dropped are of cancellations that go on all the same,
/// once.
#[test]
fn a_body_dropped_with_a_token_in_hand_is_cancelled_once() {
    run(async {
        let log = Log::default();
        let in_task = log.clone();
        let task = create_task(async move {
            let group = TaskGroup::run(async |_| {
                let _token = catch_cancel(pending::<()>()).await.unwrap_err();
                pending::<()>().await; // interrupted by the second request
            });
            catch_cancel(group).await.unwrap_err().suppress();
            yield_now().await;
            in_task.add("went on");
        });
        for _ in 0..2 {
            sleep(seconds(1)).await;
            task.cancel();
        }
        task.await.unwrap();
        assert_eq!(log.take(), "went on");
    });
}

/// The group's abort interrupts a cleanup that answers a cancel from outside: both go on.
#[test]
fn a_failure_during_the_bodys_own_unwinding_loses_neither() {
    run(async {
        let log = Log::default();
        let in_task = log.clone();
        let task = create_task(async move {
            let failed = TaskGroup::run(async |group| {
                group.create_task(fail_after(2, "child")).detach();
                cleans_up(Log::default(), "cut short", 9).await;
            });
            in_task.add(failed.await.unwrap_err());
            yield_now().await;
            unreachable!("the request is pending");
        });
        sleep(seconds(1)).await;
        task.cancel();
        assert!(task.await.unwrap_err().is_cancelled());
        assert!(log.take().ends_with("panicked: child"));
    });
}

#[test]
fn a_scope_that_ends_it_leaves_the_task_alone() {
    run(async {
        let scope = CancelScope::new();
        let handle = scope.handle();
        let log = Log::default();
        create_task(async move { after(1, handle).await.cancel() }).detach();
        let ended = scope.run(TaskGroup::run(async |group| {
            group.create_task(cleans_up(log.clone(), "child", 1)).detach();
            pending::<()>().await;
        }));
        assert!(ended.await.is_err());
        assert_eq!(log.take(), "child");
        yield_now().await; // not cancelled
    });
}
