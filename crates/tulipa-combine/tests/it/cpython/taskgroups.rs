//! Task groups, from `test_taskgroups`. A tenth of a second there is a second here.

use std::cell::Cell;
use std::error::Error;
use std::fmt;
use std::future::pending;
use std::rc::Rc;

use tulipa_cancel::{CancelExt, catch_cancel};
use tulipa_combine::{TaskGroup, TaskGroupError};
use tulipa_context::{ContextVar, copy_context};
use tulipa_task::{Task, TaskBuilder, create_task, current_task};
use tulipa_time::{sleep, yield_now};

use crate::support::{Log, Stopwatch, after, run, seconds};

#[derive(Debug, PartialEq)]
pub(super) struct Wrong(pub(super) &'static str);

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl Error for Wrong {}

pub(super) async fn wrong_after(time: u64, words: &'static str) -> Result<(), Wrong> {
    sleep(seconds(time)).await;
    Err(Wrong(words))
}

/// What the errors of a group say, one word each.
#[track_caller]
pub(super) fn words(ended: Result<(), TaskGroupError>) -> String {
    let errors = ended.unwrap_err().into_errors();
    let said = errors.iter().map(|error| match error.downcast_ref::<Wrong>() {
        Some(wrong) => wrong.0.to_owned(),
        None => error.failure().to_string(),
    });
    said.collect::<Vec<_>>().join(" ")
}

/// Waits for ever, and logs that it was cancelled.
pub(super) async fn log_cancel(log: Log, name: &'static str) {
    if let Err(cancelled) = catch_cancel(pending::<()>()).await {
        log.add(name);
        cancelled.resume().await;
    }
}

/// `test_taskgroups.TestTaskGroup.test_taskgroup_01`, `test_taskgroup_02`
#[test]
fn taskgroup_01_02() {
    run(async {
        for pause in [None, Some(15)] {
            let clock = Stopwatch::start();
            let (one, two) = TaskGroup::run(async |group| {
                let one = group.create_task(after(10, 42));
                if let Some(pause) = pause {
                    sleep(seconds(pause)).await;
                }
                (one, group.create_task(after(20, 11)))
            })
            .await
            .unwrap();
            assert_eq!((one.result().unwrap(), two.result().unwrap()), (&42, &11));
            assert_eq!(clock.seconds(), pause.unwrap_or_default() + 20);
        }
    });
}

/// `test_taskgroups.TestTaskGroup.test_taskgroup_03`
#[test]
fn taskgroup_03() {
    run(async {
        let (one, two) = TaskGroup::run(async |group| {
            let one = group.create_task(after(100, 42));
            sleep(seconds(15)).await;
            one.cancel();
            (one, group.create_task(after(20, 11)))
        })
        .await
        .unwrap();
        assert!(one.cancelled());
        assert_eq!(two.result().unwrap(), &11);
    });
}

/// `test_taskgroups.TestTaskGroup.test_taskgroup_04`
#[test]
fn taskgroup_04() {
    run(async {
        let log = Log::default();
        let in_runner = log.clone();
        let runner = create_task(async move {
            let mut second = None;
            let ended = TaskGroup::run(async |group| {
                group.try_create_task(wrong_after(1, "division")).detach();
                second = Some(group.create_task(log_cancel(in_runner.clone(), "second")));
            });
            let ended = ended.await;
            assert!(second.unwrap().cancelled());
            words(ended)
        });
        assert_eq!(runner.await.unwrap(), "division");
        assert_eq!(log.take(), "second");
    });
}

/// `test_taskgroups.TestTaskGroup.test_cancel_children_on_child_error`: all three fail at once.
#[test]
fn cancel_children_on_child_error() {
    run(async {
        let log = Log::default();
        let in_group = log.clone();
        let ended = TaskGroup::run(async move |group| {
            for _ in 0..3 {
                group.try_create_task(wrong_after(1, "division")).detach();
            }
            group.create_task(log_cancel(in_group.clone(), "child")).detach();
            log_cancel(in_group, "body").await;
        });
        assert_eq!(words(ended.await), "division division division");
        assert_eq!(log.take(), "child body");
    });
}

/// `test_taskgroups.TestTaskGroup.test_taskgroup_09`, `test_taskgroup_10`
#[test]
fn taskgroup_09_10() {
    run(async {
        for pause in [None, Some(1)] {
            let mut children = Vec::new();
            let ended = TaskGroup::try_run(async |group| {
                children.extend([10, 20].map(|time| group.create_task(after(time, ()))));
                if let Some(pause) = pause {
                    sleep(seconds(pause)).await;
                }
                Err::<(), _>(Wrong("division"))
            });
            assert_eq!(words(ended.await), "division");
            assert!(children.iter().all(Task::cancelled));
        }
    });
}

/// `test_taskgroups.TestTaskGroup.test_taskgroup_13`: the inner group is cancelled with the body
/// of the outer, and adds no error of its own.
#[test]
fn taskgroup_13() {
    run(async {
        let ended = TaskGroup::try_run(async |outer| {
            outer.try_create_task(wrong_after(1, "outer")).detach();
            TaskGroup::run(async |inner| {
                inner.try_create_task(wrong_after(100, "inner")).detach();
            })
            .await
        });
        assert_eq!(words(ended.await), "outer");
    });
}

/// `test_taskgroups.TestTaskGroup.test_taskgroup_14`
#[test]
fn taskgroup_14() {
    run(async {
        let ended = TaskGroup::try_run(async |outer| {
            outer.try_create_task(wrong_after(100, "outer")).detach();
            TaskGroup::run(async |inner| {
                inner.try_create_task(wrong_after(1, "inner")).detach();
            })
            .await
        });
        let errors = ended.await.unwrap_err().into_errors();
        assert_eq!(errors.len(), 1);
        let inner = errors[0].downcast_ref::<TaskGroupError>().unwrap();
        assert_eq!(inner.errors()[0].downcast_ref(), Some(&Wrong("inner")));
    });
}

/// `test_taskgroups.TestTaskGroup.test_taskgroup_19`, `test_taskgroup_20a`, `test_taskgroup_21a`
#[test]
fn taskgroup_19_20a_21a() {
    run(async {
        let ended = TaskGroup::try_run(async |group| {
            group.try_create_task(wrong_after(1, "division")).detach();
            match catch_cancel(pending::<()>()).await {
                Ok(()) => Ok(()),
                Err(cancelled) => {
                    cancelled.suppress();
                    Err(Wrong("in the cleanup"))
                }
            }
        });
        assert_eq!(words(ended.await), "division in the cleanup");
    });
}

/// `test_taskgroups.TestTaskGroup.test_taskgroup_23`: what has ended is not kept.
#[test]
fn taskgroup_23() {
    run(async {
        TaskGroup::run(async |group| {
            let running = || format!("{group:?}");
            for count in 0..10 {
                sleep(seconds(1)).await;
                group.create_task(sleep(seconds(3))).detach();
                if count == 5 {
                    assert!(running().starts_with("TaskGroup { running: 3,"), "{}", running());
                }
            }
            sleep(seconds(13)).await;
            assert!(running().starts_with("TaskGroup { running: 0,"));
        })
        .await
        .unwrap();
    });
}

/// `test_taskgroups.TestTaskGroup.test_taskgroup_24`
#[test]
fn taskgroup_24() {
    run(async {
        let clock = Stopwatch::start();
        TaskGroup::run(async |group| {
            let handle = group.clone();
            let root = async move {
                sleep(seconds(1)).await;
                handle.create_task(sleep(seconds(1))).detach();
                handle.create_task(sleep(seconds(2))).detach();
            };
            group.create_task(root).detach();
        })
        .await
        .unwrap();
        assert_eq!(clock.seconds(), 3);
    });
}

async fn hydra(group: TaskGroup, heads: Rc<Cell<u32>>) {
    heads.set(heads.get() + 1);
    sleep(seconds(10)).await;
    for _ in 0..2 {
        group.create_task(hydra(group.clone(), heads.clone())).detach();
    }
}

/// `test_taskgroups.TestTaskGroup.test_taskgroup_25`
#[test]
fn taskgroup_25() {
    run(async {
        let heads = Rc::new(Cell::new(0));
        let in_group = heads.clone();
        let ended = TaskGroup::run(async move |group| {
            group.create_task(hydra(group.clone(), in_group.clone())).detach();
            let hercules = async move {
                while in_group.get() < 10 {
                    sleep(seconds(15)).await;
                }
                Err::<(), _>(Wrong("hercules"))
            };
            group.try_create_task(hercules).detach();
        });
        assert_eq!(words(ended.await), "hercules");
        assert!(heads.get() >= 10);
    });
}

/// `test_taskgroups.TestTaskGroup.test_taskgroup_task_name`
#[test]
fn taskgroup_task_name() {
    run(async {
        let name = TaskGroup::run(async |group| {
            let task = group.create_task(yield_now()).with_name("yolo");
            task.name()
        });
        assert_eq!(&*name.await.unwrap(), "yolo");
    });
}

/// `test_taskgroups.TestTaskGroup.test_taskgroup_task_context`
#[test]
fn taskgroup_task_context() {
    static VAR: ContextVar<u32> = ContextVar::new("cvar");
    run(async {
        let group = TaskGroup::run(async |group| {
            let context = copy_context();
            assert_eq!(context.get(&VAR), None);
            for value in [1, 2] {
                let sets = async move {
                    yield_now().await;
                    VAR.set(value);
                };
                let builder = TaskBuilder::new().context(&context);
                group.create_task_with(builder, sets).await.unwrap();
                assert_eq!((context.get(&VAR), VAR.get()), (Some(value), None));
            }
        });
        group.await.unwrap();
    });
}

/// `test_taskgroups.TestTaskGroup.test_taskgroup_context_manager_exit_raises`
#[test]
fn taskgroup_context_manager_exit_raises() {
    run(async {
        let ended = TaskGroup::run(async |group| {
            let database = async {
                group.try_create_task(async { Err::<(), _>(Wrong("child")) }).detach();
                sleep(seconds(10)).await;
            };
            database.finally(async || crate::support::fail("exit")).await;
        });
        let ended = ended.await;
        assert_eq!(current_task().unwrap().cancelling(), 0);
        assert_eq!(words(ended), "child panicked: exit");
    });
}

/// `test_taskgroups.TestTaskGroup.test_cancelling_level_preserved`
#[test]
fn cancelling_level_preserved() {
    run(async {
        let ended = TaskGroup::run(async |group| {
            group.try_create_task(wrong_after(0, "runtime")).detach();
        });
        assert_eq!(words(ended.await), "runtime");
        assert_eq!(current_task().unwrap().cancelling(), 0);
    });
}

/// `test_taskgroups.TestTaskGroup.test_nested_groups_both_cancelled`
#[test]
fn nested_groups_both_cancelled() {
    run(async {
        let log = Log::default();
        let in_body = log.clone();
        let ended = TaskGroup::run(async move |outer| {
            let inner = TaskGroup::run(async |inner| {
                inner.try_create_task(wrong_after(0, "inner")).detach();
                outer.try_create_task(wrong_after(0, "outer")).detach();
                pending::<()>().await;
            });
            in_body.add(words(inner.await));
            yield_now().await;
            unreachable!("the outer group's cancellation is pending");
        });
        assert_eq!(words(ended.await), "outer");
        assert_eq!(log.take(), "inner");
        assert_eq!(current_task().unwrap().cancelling(), 0);
    });
}
