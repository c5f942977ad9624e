//! Children of a group that is aborting or over; a group that is dropped.

use std::cell::Cell;
use std::future::pending;
use std::rc::Rc;

use futures_lite::FutureExt;
use tulipa_cancel::{CancelExt, catch_cancel};
use tulipa_combine::TaskGroup;
use tulipa_task::create_task;
use tulipa_test::TestLoop;
use tulipa_time::{sleep, yield_now};

use crate::support::{Log, Stopwatch, after, cleans_up, fail_after, run, run_reporting, seconds};

const REFUSED: &str = "its task group was cancelled or has ended";

/// S-TG-6, other than in asyncio: no error in the call; the task is cancelled before it starts.
#[test]
fn in_an_aborting_group_a_new_child_never_starts() {
    run(async {
        let started = Rc::new(Cell::new(false));
        let in_child = started.clone();
        let log = Log::default();
        let in_group = log.clone();
        let failed = TaskGroup::run(async move |group| {
            group.create_task(fail_after(1, "cause")).detach();
            let cancelled = catch_cancel(pending::<()>()).await.unwrap_err();
            let late = group.create_task(async move { in_child.set(true) });
            in_group.add(late.await.unwrap_err().as_cancelled().unwrap().message().unwrap());
            cancelled.resume().await
        });
        assert_eq!(failed.await.unwrap_err().errors().len(), 1);
        assert!(!started.get());
        assert_eq!(log.take(), REFUSED);
    });
}

/// S-TG-6, other than in asyncio
#[test]
fn in_a_group_that_has_ended_a_new_child_never_starts() {
    run(async {
        for fails in [false, true] {
            let mut kept = None;
            let ended = TaskGroup::run(async |group| {
                kept = Some(group.clone());
                if fails {
                    group.create_task(fail_after(0, "cause")).detach();
                }
            });
            assert_eq!(ended.await.is_err(), fails);
            let kept = kept.unwrap();
            let late = kept.create_task(async { unreachable!("never starts") });
            let error = late.await.unwrap_err();
            assert_eq!(error.as_cancelled().unwrap().message(), Some(REFUSED));
            kept.try_create_task(async { Err::<(), _>("never starts") }).detach();
            yield_now().await;
            assert_eq!(format!("{kept:?}"), "TaskGroup { running: 0, errors: 0, closed: true }");
        }
    });
}

#[test]
fn children_that_start_others_for_ever_end_with_the_group() {
    run(async {
        async fn hydra(group: TaskGroup) {
            sleep(seconds(1)).await;
            for _ in 0..2 {
                group.create_task(hydra(group.clone())).detach();
            }
        }
        let clock = Stopwatch::start();
        let failed = TaskGroup::run(async |group| {
            group.create_task(hydra(group.clone())).detach();
            group.create_task(fail_after(6, "enough")).detach();
        });
        assert_eq!(failed.await.unwrap_err().errors().len(), 1);
        assert_eq!(clock.seconds(), 6);
    });
}

#[test]
fn dropped_it_cancels_its_children_and_does_not_wait() {
    let log = Log::default();
    let cleanups = log.clone();
    run(async move {
        let clock = Stopwatch::start();
        let group = async {
            TaskGroup::run(async |group| {
                group.create_task(cleans_up(log.clone(), "cleaned", 3)).detach();
                pending::<()>().await;
            })
            .await
            .unwrap();
            "the group"
        };
        assert_eq!(group.or(after(1, "the timer")).await, "the timer");
        assert_eq!((log.take().as_str(), clock.seconds()), ("", 1));
    });
    assert_eq!(cleanups.take(), "cleaned", "and they clean up all the same");
}

#[test]
fn dropped_in_its_exit_it_cancels_its_children() {
    let log = Log::default();
    let cleanups = log.clone();
    run(async move {
        let group = TaskGroup::run(async |group| {
            group.create_task(cleans_up(log.clone(), "cleaned", 3)).detach();
        });
        let group = async { group.await.map(|()| "the group").unwrap() };
        assert_eq!(group.or(after(1, "the timer")).await, "the timer");
    });
    assert_eq!(cleanups.take(), "cleaned");
}

#[test]
fn errors_that_come_after_it_was_dropped_are_reported() {
    let ((), reports) = run_reporting(async {
        let group = TaskGroup::run(async |group| {
            let cleanup = pending::<()>().finally(async || fail_after(3, "late").await);
            group.create_task(cleanup).with_name("child").detach();
        });
        let group = async { group.await.map(|()| "the group").unwrap() };
        group.or(after(1, "the timer")).await;
    });
    assert_eq!(reports, ["Error in a task group that was dropped: task 'child': panicked: late"]);
}

#[test]
fn before_its_first_poll_nothing_has_happened() {
    run(async {
        let ran = Cell::new(false);
        drop(TaskGroup::run(async |_| ran.set(true)));
        yield_now().await;
        assert!(!ran.get());
    });
}

/// The loop drops group, children and handles in whatever order, and nothing is left.
#[test]
fn a_loop_that_closes_takes_groups_and_children_with_it() {
    let alive = Rc::new(());
    let test_loop = TestLoop::new();
    let held = alive.clone();
    let spawn = move |group: &TaskGroup| {
        for started in [true, false] {
            let (held, handle) = (held.clone(), group.clone());
            let child = group.create_task(async move {
                pending::<()>().await;
                drop((held, handle));
            });
            if !started {
                child.cancel();
            }
            child.detach();
        }
    };
    test_loop
        .create_task(TaskGroup::run(async move |outer| {
            spawn(outer);
            let exiting = TaskGroup::run(async move |inner| spawn(inner));
            outer.try_create_task(exiting).detach();
            pending::<()>().await;
        }))
        .detach();
    for _ in 0..2 {
        test_loop.turn();
    }
    drop(test_loop);
    assert_eq!(Rc::strong_count(&alive), 1);
}

/// The outcome of a group in a task of its own is that task's.
#[test]
fn a_group_may_be_the_whole_of_a_task() {
    run(async {
        let task = create_task(TaskGroup::run(async |group| {
            group.create_task(after(1, ())).detach();
            "value"
        }));
        assert_eq!(task.await.unwrap().unwrap(), "value");
    });
}
