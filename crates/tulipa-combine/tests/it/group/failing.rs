//! Children and bodies that fail.

use std::error::Error;
use std::fmt;
use std::future::pending;

use futures_lite::FutureExt;
use tulipa_cancel::{CancelExt, catch_cancel};
use tulipa_combine::{ChildFailure, TaskGroup, TaskGroupError, wait};
use tulipa_task::{create_task, current_task};
use tulipa_time::{sleep, yield_now};

use crate::support::{Log, Stopwatch, after, cleans_up, fail, fail_after, panic_of, run, seconds};

/// The error of tests that have several.
#[derive(Debug, PartialEq)]
struct Wrong(u64);

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "wrong after {}", self.0)
    }
}

impl Error for Wrong {}

async fn wrong_after(time: u64) -> Result<(), Wrong> {
    sleep(seconds(time)).await;
    Err(Wrong(time))
}

/// S-TG-2
#[test]
fn the_first_failure_cancels_siblings_and_body_once_and_waits_for_their_cleanups() {
    run(async {
        let log = Log::default();
        let clock = Stopwatch::start();
        let in_group = log.clone();
        let failed = TaskGroup::run(async move |group| {
            group.try_create_task(wrong_after(1)).detach();
            group.try_create_task(wrong_after(2)).detach();
            let sibling = catch_cancel(pending::<()>());
            let siblings = in_group.clone();
            group
                .create_task(async move {
                    let cancelled = sibling.await.unwrap_err();
                    siblings.add(current_task().unwrap().cancelling());
                    after(3, ()).await;
                    siblings.add("sibling");
                    cancelled.resume().await
                })
                .detach();
            cleans_up(in_group, "body", 4).await;
        });
        let errors = failed.await.unwrap_err().into_errors();
        assert_eq!(errors.len(), 1, "the second was cancelled");
        assert_eq!(errors[0].downcast_ref(), Some(&Wrong(1)));
        assert_eq!((log.take().as_str(), clock.seconds()), ("1 sibling body", 1 + 4));
        assert_eq!(current_task().unwrap().cancelling(), 0, "the group's own affair");
        yield_now().await;
    });
}

/// S-TG-2
#[test]
fn the_children_see_a_failure_in_order_of_creation_and_then_the_body() {
    run(async {
        let log = Log::default();
        let in_group = log.clone();
        let failed = TaskGroup::run(async move |group| {
            for sibling in ["a", "b"] {
                group.create_task(cleans_up(in_group.clone(), sibling, 0)).detach();
            }
            group.try_create_task(wrong_after(1)).detach();
            cleans_up(in_group, "body", 0).await;
        });
        assert_eq!(failed.await.unwrap_err().errors().len(), 1);
        assert_eq!(log.take(), "a b body");
    });
}

/// S-TG-2
#[test]
fn a_body_that_awaits_the_child_that_fails_is_cancelled_there() {
    run(async {
        for through_wait in [false, true] {
            let log = Log::default();
            let in_group = log.clone();
            let failed = TaskGroup::run(async move |group| {
                let child = group.create_task(fail_after(1, "the cause"));
                let joined = async {
                    if through_wait {
                        wait([child]).await;
                    } else {
                        child.await.unwrap();
                    }
                };
                let cancelled = catch_cancel(joined).await.unwrap_err();
                in_group.add("cancelled");
                cancelled.resume().await
            });
            let errors = failed.await.unwrap_err();
            assert!(errors.to_string().ends_with("panicked: the cause"), "{errors}");
            assert_eq!((log.take().as_str(), errors.errors().len()), ("cancelled", 1));
        }
    });
}

/// S-TG-2: whatever awaits the handle elsewhere learns that there is no value.
#[test]
fn the_handle_of_a_child_that_failed_says_cancelled() {
    run(async {
        let mut joiner = None;
        let failed = TaskGroup::run(async |group| {
            let child = group.create_task(fail_after(1, "the cause"));
            joiner = Some(create_task(child));
        });
        failed.await.unwrap_err();
        let error = joiner.unwrap().await.unwrap().unwrap_err();
        let message = error.as_cancelled().unwrap().message();
        assert_eq!(message, Some("its error is the task group's"));
    });
}

/// A cleanup may wait for the very child whose failure started it.
#[test]
fn a_cleanup_of_the_body_may_join_the_child_that_failed() {
    run(async {
        let clock = Stopwatch::start();
        let failed = TaskGroup::run(async |group| {
            let child = group.create_task(fail_after(1, "the cause"));
            pending::<()>().finally(async || assert!(child.await.is_err())).await;
        });
        assert_eq!(failed.await.unwrap_err().errors().len(), 1);
        assert_eq!(clock.seconds(), 1);
    });
}

/// S-TG-3
#[test]
fn errors_come_in_the_order_of_completion_with_names_and_the_bodys_last() {
    run(async {
        let failed = TaskGroup::try_run(async |group| {
            let cleanup = |time, name: &'static str| async move {
                catch_cancel(pending::<()>()).await.unwrap_err().suppress();
                after(time, ()).await;
                Err::<(), _>(name)
            };
            for (time, name) in [(3, "third"), (2, "second")] {
                group.try_create_task(cleanup(time, name)).with_name(name).detach();
            }
            group.create_task(fail_after(1, "first")).with_name("panics").detach();
            match catch_cancel(pending::<()>()).await {
                Ok(()) => Ok(()),
                Err(cancelled) => {
                    cancelled.suppress();
                    Err("the body's, given at once")
                }
            }
        });
        let error = failed.await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "a task group failed with 4 errors:\
             \n  task 'panics': panicked: first\
             \n  task 'second': second\
             \n  task 'third': third\
             \n  the body: the body's, given at once"
        );
        let names = error.errors().iter().map(|error| error.task_name()).collect::<Vec<_>>();
        assert_eq!(names, [Some("panics"), Some("second"), Some("third"), None]);
        assert!(error.errors()[..3].iter().all(|error| error.task_id().is_some()));
    });
}

#[test]
fn a_child_that_panics_fails_the_group_and_its_payload_is_kept() {
    run(async {
        let failed = TaskGroup::run(async |group| {
            group.create_task(fail_after(1, "payload")).detach();
        });
        let error = failed.await.unwrap_err().into_errors().remove(0);
        let ChildFailure::Panic(payload) = error.into_failure() else { panic!("no panic") };
        assert_eq!(*payload.downcast::<&str>().unwrap(), "payload");
    });
}

#[test]
fn an_error_in_a_cleanup_while_aborting_joins_the_others() {
    run(async {
        let failed = TaskGroup::run(async |group| {
            let cleanup = pending::<()>().finally(async || fail_after(2, "cleanup").await);
            group.create_task(cleanup).with_name("sibling").detach();
            group.try_create_task(wrong_after(1)).with_name("cause").detach();
        });
        assert_eq!(
            failed.await.unwrap_err().to_string(),
            "a task group failed with 2 errors:\
             \n  task 'cause': wrong after 1\
             \n  task 'sibling': panicked: cleanup"
        );
    });
}

#[test]
fn children_that_fail_in_one_iteration_are_all_told() {
    run(async {
        let failed = TaskGroup::run(async |group| {
            for name in ["a", "b", "c"] {
                group.try_create_task(wrong_after(1)).with_name(name).detach();
            }
        });
        let error = failed.await.unwrap_err();
        let names = error.errors().iter().filter_map(|error| error.task_name());
        assert_eq!(names.collect::<String>(), "abc");
    });
}

/// S-TG-3, 5: its panic is not the only thing that went wrong, and nothing gets lost.
#[test]
fn a_panic_of_the_body_beside_a_failed_child_is_the_last_of_the_errors() {
    run(async {
        let failed = TaskGroup::run(async |group| {
            group.try_create_task(wrong_after(1)).with_name("cause").detach();
            pending::<()>().finally(async || fail("cleanup")).await;
        });
        assert_eq!(
            failed.await.unwrap_err().to_string(),
            "a task group failed with 2 errors:\
             \n  task 'cause': wrong after 1\
             \n  the body: panicked: cleanup"
        );
    });
}

#[test]
fn a_destructor_of_the_body_that_panics_leaves_no_child_behind() {
    struct Fails;
    impl Drop for Fails {
        fn drop(&mut self) {
            if !std::thread::panicking() {
                fail("in a destructor");
            }
        }
    }

    run(async {
        let log = Log::default();
        let cleanups = log.clone();
        let task = create_task(async move {
            panic_of(TaskGroup::run(async move |group| {
                group.create_task(cleans_up(cleanups, "cleaned", 2)).detach();
                let _fails = Fails;
                pending::<()>().await;
            }))
            .await
        });
        sleep(seconds(1)).await;
        task.cancel();
        assert_eq!(task.await.unwrap(), "in a destructor");
        assert_eq!(log.take(), "cleaned");
    });
}

#[test]
fn an_error_of_the_body_cancels_the_children() {
    run(async {
        let log = Log::default();
        let in_group = log.clone();
        let failed = TaskGroup::try_run(async move |group| {
            group.create_task(cleans_up(in_group, "cleaned", 2)).detach();
            after(1, Err::<(), _>(Wrong(1))).await
        });
        let error = failed.await.unwrap_err();
        assert_eq!(error.to_string(), "a task group failed: the body: wrong after 1");
        assert_eq!(error.errors()[0].downcast_ref(), Some(&Wrong(1)));
        assert!(error.errors()[0].task_id().is_none() && !error.is_cancelled());
        assert_eq!(log.take(), "cleaned");
    });
}

#[test]
fn a_child_that_suppresses_its_cancellation_is_awaited_and_keeps_its_value() {
    run(async {
        let clock = Stopwatch::start();
        let mut kept = None;
        let failed = TaskGroup::run(async |group| {
            kept = Some(group.create_task(async {
                catch_cancel(pending::<()>()).await.unwrap_err().suppress();
                after(5, "kept").await
            }));
            group.try_create_task(wrong_after(1)).detach();
        });
        assert_eq!(failed.await.unwrap_err().errors().len(), 1);
        assert_eq!(clock.seconds(), 6);
        assert_eq!(kept.unwrap().await.unwrap(), "kept");
    });
}

#[test]
fn the_body_may_suppress_too_and_go_on() {
    run(async {
        let clock = Stopwatch::start();
        let failed = TaskGroup::run(async |group| {
            group.try_create_task(wrong_after(1)).detach();
            catch_cancel(pending::<()>()).await.unwrap_err().suppress();
            after(5, "thrown away: the group failed").await
        });
        assert_eq!(failed.await.unwrap_err().errors().len(), 1);
        assert_eq!(clock.seconds(), 6);
    });
}

#[test]
fn an_inner_groups_error_is_an_error_of_the_outer_with_its_causes() {
    run(async {
        let failed = TaskGroup::run(async |outer| {
            let inner = TaskGroup::run(async |inner| {
                inner.try_create_task(wrong_after(1)).with_name("cause").detach();
            });
            outer.try_create_task(inner).with_name("inner group").detach();
        });
        let error = failed.await.unwrap_err();
        let inner = error.errors()[0].downcast_ref::<TaskGroupError>().unwrap();
        assert_eq!(inner.errors()[0].downcast_ref(), Some(&Wrong(1)));
        let child = error.source().unwrap();
        assert_eq!(
            child.to_string(),
            "task 'inner group': a task group failed: task 'cause': wrong after 1"
        );
        let group = child.source().unwrap();
        let cause = group.source().unwrap().source().unwrap();
        assert_eq!(cause.to_string(), "wrong after 1");
    });
}

/// The outer group's abort ends the inner, whose children clean up first.
#[test]
fn the_outer_groups_failure_cancels_the_inner_group_in_its_body() {
    run(async {
        let log = Log::default();
        let in_group = log.clone();
        let failed = TaskGroup::run(async move |outer| {
            outer.try_create_task(wrong_after(1)).detach();
            let inner = TaskGroup::run(async |inner| {
                inner.create_task(cleans_up(in_group.clone(), "inner", 2)).detach();
                cleans_up(in_group.clone(), "body", 3).await;
            });
            inner.await.unwrap();
            unreachable!("cancelled by the outer group");
        });
        assert_eq!(failed.await.unwrap_err().errors().len(), 1);
        assert_eq!(log.take(), "body inner");
        yield_now().await;
    });
}

#[test]
fn a_group_that_fails_inside_a_race_reports_to_the_race() {
    run(async {
        let group = async {
            let group = TaskGroup::run(async |group| {
                group.try_create_task(wrong_after(1)).detach();
                pending::<()>().await;
            });
            group.await.unwrap_err().errors().len()
        };
        assert_eq!(group.or(after(5, 0)).await, 1);
    });
}
