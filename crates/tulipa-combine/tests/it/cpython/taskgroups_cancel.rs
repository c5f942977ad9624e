//! Task groups that are cancelled from outside, and children that come late, from
//! `test_taskgroups`. A tenth of a second there is a second here.

use std::future::pending;

use tulipa_cancel::{CancelExt, catch_cancel};
use tulipa_combine::{TaskGroup, TaskGroupError};
use tulipa_task::{JoinError, Task, create_task, current_task};
use tulipa_time::{sleep, yield_now};

use super::taskgroups::{Wrong, log_cancel, words, wrong_after};
use crate::support::{Log, after, run, seconds};

/// Runs a task, cancels it a second later, and gives its result.
async fn cancelled_after_a_second<T>(runner: Task<T>) -> Result<T, JoinError> {
    sleep(seconds(1)).await;
    assert!(!runner.done());
    runner.cancel();
    runner.await
}

/// Waits for ever; its cleanup fails.
async fn fails_when_cancelled() -> Result<(), Wrong> {
    match catch_cancel(pending::<()>()).await {
        Ok(()) => Ok(()),
        Err(cancelled) => {
            cancelled.suppress();
            Err(Wrong("division"))
        }
    }
}

/// `test_taskgroups.TestTaskGroup.test_cancellation`, `test_taskgroup_07`, `test_taskgroup_17`,
/// `test_taskgroup_22`
#[test]
fn cancellation() {
    for (children, in_body) in [(5, false), (5, true), (0, true)] {
        run(async move {
            let log = Log::default();
            let in_group = log.clone();
            let runner = create_task(TaskGroup::run(async move |group| {
                for _ in 0..children {
                    group.create_task(log_cancel(in_group.clone(), "child")).detach();
                }
                if in_body {
                    log_cancel(in_group, "body").await;
                }
            }));
            assert!(cancelled_after_a_second(runner).await.unwrap_err().is_cancelled());
            let said = log.take();
            assert_eq!(said.matches("child").count(), children);
            assert_eq!(said.matches("body").count(), usize::from(in_body));
        });
    }
}

/// `test_taskgroups.TestTaskGroup.test_taskgroup_08`
#[test]
fn taskgroup_08() {
    run(async {
        let runner = create_task(TaskGroup::run(async |group| {
            for _ in 0..5 {
                group.try_create_task(fails_when_cancelled()).detach();
            }
            sleep(seconds(100)).await;
        }));
        let ended = cancelled_after_a_second(runner).await.unwrap();
        assert_eq!(words(ended), ["division"; 5].join(" "));
    });
}

/// `test_taskgroups.TestTaskGroup.test_taskgroup_11`, `test_taskgroup_12`
#[test]
fn taskgroup_11_12() {
    for with_child in [false, true] {
        run(async move {
            let runner = create_task(TaskGroup::try_run(async move |outer| {
                if with_child {
                    outer.create_task(sleep(seconds(100))).detach();
                }
                TaskGroup::run(async |inner| {
                    for _ in 0..5 {
                        inner.try_create_task(fails_when_cancelled()).detach();
                    }
                    sleep(seconds(100)).await;
                })
                .await
            }));
            let ended = cancelled_after_a_second(runner).await.unwrap();
            let errors = ended.unwrap_err().into_errors();
            assert_eq!(errors.len(), 1);
            let inner = errors[0].downcast_ref::<TaskGroupError>().unwrap();
            assert_eq!(inner.errors().len(), 5);
        });
    }
}

/// `test_taskgroups.TestTaskGroup.test_taskgroup_15`, `test_taskgroup_16`
#[test]
fn taskgroup_15_16() {
    for through_a_task in [false, true] {
        run(async move {
            let group = TaskGroup::run(async |group| {
                group.try_create_task(wrong_after(3, "division")).detach();
                if let Err(cancelled) = catch_cancel(sleep(seconds(100))).await {
                    sleep(seconds(5)).await;
                    cancelled.resume().await;
                }
            });
            let runner = create_task(async move {
                if through_a_task { create_task(group).await.unwrap() } else { group.await }
            });
            assert_eq!(words(cancelled_after_a_second(runner).await.unwrap()), "division");
        });
    }
}

/// `test_taskgroups.TestTaskGroup.test_taskgroup_18`
#[test]
fn taskgroup_18() {
    run(async {
        let log = Log::default();
        let in_group = log.clone();
        let runner = create_task(TaskGroup::try_run(async move |_| {
            let cancelled = catch_cancel(pending::<()>()).await.unwrap_err();
            in_group.add("body");
            cancelled.suppress();
            Err::<(), _>(Wrong("mine"))
        }));
        assert_eq!(words(cancelled_after_a_second(runner).await.unwrap()), "mine");
        assert_eq!(log.take(), "body");
    });
}

/// `test_taskgroups.TestTaskGroup.test_taskgroup_no_create_task_after_failure`, other than in
/// asyncio: the task that is too late is cancelled before it starts.
#[test]
fn taskgroup_no_create_task_after_failure() {
    run(async {
        let ended = TaskGroup::run(async |group| {
            group.try_create_task(wrong_after(1, "division")).detach();
            let handle = group.clone();
            let second = async move {
                let cancelled = catch_cancel(pending::<()>()).await.unwrap_err();
                let late = handle.try_create_task(wrong_after(1, "never"));
                assert!(late.await.unwrap_err().is_cancelled());
                cancelled.suppress();
            };
            group.create_task(second).detach();
        });
        assert_eq!(words(ended.await), "division");
    });
}

/// `test_taskgroups.TestTaskGroup.test_taskgroup_finished`, `test_coro_closed_when_tg_closed`,
/// other than in asyncio: the task that is too late is cancelled before it starts.
#[test]
fn taskgroup_finished() {
    run(async {
        let group = TaskGroup::run(async |group| group.clone()).await.unwrap();
        let closed = std::rc::Rc::new(());
        let held = closed.clone();
        let late = group.create_task(async move { drop(held) });
        assert!(late.await.unwrap_err().is_cancelled());
        assert_eq!(std::rc::Rc::strong_count(&closed), 1, "the coroutine is dropped");
    });
}

/// `test_taskgroups.TestTaskGroup.test_error_and_cancel`
#[test]
fn error_and_cancel() {
    run(async {
        let inner = create_task(async {
            let ended = TaskGroup::run(async |group| {
                let fails = async {
                    sleep(seconds(1)).await;
                    Err::<(), _>(Wrong("runtime"))
                };
                group.try_create_task(fails).detach();
                sleep(seconds(100)).await;
                unreachable!("the sleep in the group is cancelled");
            });
            assert_eq!(words(ended.await), "runtime");
            assert_eq!(current_task().unwrap().cancelling(), 1);
            sleep(seconds(100)).await;
            unreachable!("the sleep after the group is cancelled");
        });
        // In the iteration in which the child fails, after it.
        sleep(seconds(1)).await;
        assert_eq!(inner.cancelling(), 0);
        inner.cancel();
        assert_eq!(inner.cancelling(), 1);
        assert!(inner.await.unwrap_err().is_cancelled());
    });
}

/// `test_taskgroups.TestTaskGroup.test_taskgroup_without_parent_task`, other than in asyncio: a
/// group needs no task, only a loop for its children.
#[test]
fn taskgroup_without_parent_task() {
    let mut group = tulipa_test::HandPolled::new(TaskGroup::run(async |_| 1));
    assert!(matches!(group.poll(), std::task::Poll::Ready(Ok(1))));
}

/// `test_taskgroups.TestTaskGroup.test_taskgroup_20`, other than in asyncio: a panic of the body
/// beside a failed child is one of the errors.
#[test]
fn taskgroup_20() {
    run(async {
        let ended = TaskGroup::run(async |group| {
            group.try_create_task(wrong_after(1, "division")).detach();
            let nested = after(100, ()).finally(async || crate::support::fail("interrupt"));
            nested.await;
        });
        assert_eq!(words(ended.await), "division panicked: interrupt");
        yield_now().await;
    });
}
