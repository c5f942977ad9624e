//! A task group that ends itself: what CPython 3.15 states of `TaskGroup.cancel`. A body that had
//! no value yet gives an error that says cancelled, where asyncio's block ends without one.

use std::cell::Cell;
use std::future::pending;
use std::rc::Rc;

use tulipa_cancel::{CancelExt, catch_cancel};
use tulipa_combine::{TaskGroup, TaskGroupError};
use tulipa_task::{Task, create_task, current_task};
use tulipa_time::{sleep, timeout, yield_now};

use super::taskgroups::{Wrong, log_cancel, words, wrong_after};
use crate::support::{Log, Stopwatch, after, cleans_up, run, seconds};

/// Whether a group ended by its own hand, and left nothing with the task that ran it.
async fn ended_itself<T>(ended: Result<T, TaskGroupError>) -> bool {
    assert_eq!(current_task().unwrap().cancelling(), 0);
    yield_now().await;
    matches!(ended, Err(error) if error.is_cancelled())
}

/// 3.15, `TaskGroup.cancel` while children run and the body has ended: S-TG-11
#[test]
fn children_are_cancelled() {
    run(async {
        let (log, clock) = (Log::default(), Stopwatch::start());
        let in_group = log.clone();
        let ended = TaskGroup::run(async move |group| {
            let children = ["one", "two"].map(|name| {
                let child = group.create_task(log_cancel(in_group.clone(), name));
                child.task_ref()
            });
            let handle = group.clone();
            create_task(async move { after(1, handle).await.cancel() }).detach();
            children
        });
        let children = ended.await.unwrap();
        assert!(children.iter().all(|child| child.cancelled() && child.cancelling() == 1));
        assert_eq!((log.take().as_str(), clock.seconds()), ("one two", 1));
        assert_eq!(current_task().unwrap().cancelling(), 0);
    });
}

/// 3.15, `TaskGroup.cancel` in the body: S-TG-11
#[test]
fn the_body_is_cancelled_at_its_next_await() {
    run(async {
        let log = Log::default();
        let ended = TaskGroup::run(async |group| {
            group.cancel();
            log.add("on");
            log_cancel(log.clone(), "cancelled").await;
            unreachable!("it went on unwinding");
        });
        assert!(ended_itself(ended.await).await);
        assert_eq!(log.take(), "on cancelled");
    });
}

/// 3.15, `TaskGroup.cancel` before there are children
#[test]
fn children_that_come_after_it_never_start() {
    run(async {
        let mut children = Vec::new();
        let ended = TaskGroup::run(async |group| {
            group.cancel();
            let never = || group.create_task(async { unreachable!("never starts") });
            children.extend([(); 3].map(|()| never()));
        });
        ended.await.unwrap();
        let children: Vec<Task<()>> = children;
        assert!(children.iter().all(Task::cancelled));
    });
}

/// 3.15, `TaskGroup.cancel` twice: a second call interrupts no cleanup
#[test]
fn it_is_idempotent() {
    run(async {
        let (log, clock) = (Log::default(), Stopwatch::start());
        let ended = TaskGroup::run(async |group| {
            group.create_task(cleans_up(log.clone(), "child", 5)).detach();
            let handle = group.clone();
            let again = async move {
                for _ in 0..3 {
                    sleep(seconds(1)).await;
                    handle.cancel();
                }
            };
            create_task(again).detach();
            cleans_up(log.clone(), "body", 4).await;
        });
        assert!(ended_itself(ended.await).await);
        assert_eq!((log.take().as_str(), clock.seconds()), ("body child", 6));
    });
}

/// 3.15, `TaskGroup.cancel` after the end: it does nothing
#[test]
fn after_the_end_it_does_nothing() {
    run(async {
        let group = TaskGroup::run(async |group| {
            group.create_task(yield_now()).detach();
            group.clone()
        });
        let group = group.await.unwrap();
        group.cancel();
        assert_eq!(current_task().unwrap().cancelling(), 0);
        yield_now().await;

        let mut kept = None;
        let failed = TaskGroup::run(async |group| {
            kept = Some(group.clone());
            group.try_create_task(wrong_after(1, "division")).detach();
        });
        assert_eq!(words(failed.await), "division");
        kept.unwrap().cancel();
        yield_now().await;
    });
}

/// 3.15, `TaskGroup.cancel` in a child: it goes on to its own next await
#[test]
fn from_a_child() {
    run(async {
        let (log, clock) = (Log::default(), Stopwatch::start());
        let ended = TaskGroup::run(async |group| {
            let (handle, in_child) = (group.clone(), log.clone());
            let child = async move {
                sleep(seconds(1)).await;
                handle.cancel();
                in_child.add("on");
                log_cancel(in_child, "child").await;
            };
            group.create_task(child).detach();
            group.create_task(log_cancel(log.clone(), "sibling")).detach();
            log_cancel(log.clone(), "body").await;
        });
        assert!(ended_itself(ended.await).await);
        let mut said = log.take().split(' ').map(String::from).collect::<Vec<_>>();
        assert_eq!(said.remove(0), "on");
        said.sort();
        assert_eq!((said.join(" ").as_str(), clock.seconds()), ("body child sibling", 1));
    });
}

/// 3.15, `TaskGroup.cancel`, then an error of the body: S-TG-13
#[test]
fn before_an_error_of_the_body() {
    run(async {
        let ended = TaskGroup::try_run(async |group| {
            group.create_task(pending::<()>()).detach();
            group.cancel();
            Err::<(), _>(Wrong("division"))
        });
        assert_eq!(words(ended.await), "division");
        assert_eq!(current_task().unwrap().cancelling(), 0);
        yield_now().await;
    });
}

/// 3.15, `TaskGroup.cancel`, then errors of children: S-TG-13
#[test]
fn before_errors_of_children() {
    run(async {
        let ended = TaskGroup::run(async |group| {
            for name in ["one", "two"] {
                let child = async move {
                    catch_cancel(pending::<()>()).await.unwrap_err().suppress();
                    Err::<(), _>(Wrong(name))
                };
                group.try_create_task(child).detach();
            }
            yield_now().await;
            group.cancel();
            pending::<()>().await;
        });
        assert_eq!(words(ended.await), "one two");
        yield_now().await;
    });
}

/// 3.15, `TaskGroup.cancel` after an error: the error stays
#[test]
fn after_an_error() {
    run(async {
        let ended = TaskGroup::run(async |group| {
            group.try_create_task(wrong_after(1, "division")).detach();
            let answered = pending::<()>().finally(async || group.cancel());
            answered.await;
        });
        assert_eq!(words(ended.await), "division");
        yield_now().await;
    });
}

/// 3.15, `TaskGroup.cancel` beside a cancel from outside, before and after it: S-TG-13, S-TG-14
#[test]
fn a_cancel_from_outside_is_never_lost() {
    for own_first in [true, false] {
        run(async move {
            let (log, clock) = (Log::default(), Stopwatch::start());
            let in_group = log.clone();
            let handle = Rc::new(Cell::new(None));
            let to_set = handle.clone();
            let task = create_task(TaskGroup::run(async move |group| {
                to_set.set(Some(group.clone()));
                group.create_task(cleans_up(in_group, "child", 5)).detach();
            }));
            sleep(seconds(1)).await;
            let group: TaskGroup = handle.take().unwrap();
            for own in [own_first, !own_first] {
                if own {
                    group.cancel();
                } else {
                    task.cancel();
                }
                sleep(seconds(1)).await;
            }
            assert!(task.await.unwrap_err().is_cancelled());
            assert_eq!((log.take().as_str(), clock.seconds()), ("child", 6));
        });
    }
}

/// 3.15, `TaskGroup.cancel` in a group with a deadline around it: the children's cleanups are
/// awaited, and the deadline is told: S-TG-14
#[test]
fn a_deadline_from_outside_is_never_lost() {
    run(async {
        let (log, clock) = (Log::default(), Stopwatch::start());
        let group = TaskGroup::run(async |group| {
            group.create_task(cleans_up(log.clone(), "child", 5)).detach();
            yield_now().await;
            group.cancel();
        });
        assert!(timeout(seconds(2), group).await.is_err());
        assert_eq!((log.take().as_str(), clock.seconds()), ("child", 5));
        yield_now().await;
    });
}

/// 3.15, `TaskGroup.cancel` of one of two nested groups
#[test]
fn nested() {
    run(async {
        let log = Log::default();
        for of_outer in [true, false] {
            let ended = TaskGroup::run(async |outer| {
                let in_outer = outer.create_task(log_cancel(log.clone(), "outer"));
                let inner = TaskGroup::run(async |inner| {
                    inner.create_task(log_cancel(log.clone(), "inner")).detach();
                    yield_now().await;
                    if of_outer {
                        outer.cancel();
                    } else {
                        inner.cancel();
                    }
                    pending::<()>().await;
                });
                assert!(inner.await.unwrap_err().is_cancelled(), "its own cancel");
                log.add("on");
                in_outer.cancel();
            });
            assert_eq!(ended_itself(ended.await).await, of_outer);
            let said = log.take();
            assert_eq!(said.contains("on"), !of_outer);
            assert!(said.contains("inner") && said.contains("outer"), "{said}");
        }
    });
}

/// 3.15, `TaskGroup.cancel` with a child that swallows it: its end is waited for
#[test]
fn a_child_that_swallows_it_runs_to_its_end() {
    run(async {
        let clock = Stopwatch::start();
        let mut child = None;
        let ended = TaskGroup::run(async |group| {
            child = Some(group.create_task(async {
                catch_cancel(pending::<()>()).await.unwrap_err().suppress();
                after(3, "value").await
            }));
            yield_now().await;
            group.cancel();
        });
        ended.await.unwrap();
        assert_eq!((child.unwrap().await.unwrap(), clock.seconds()), ("value", 3));
    });
}
