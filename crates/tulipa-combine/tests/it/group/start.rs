//! `start`: waiting until a child says that it is ready.

use std::future::{pending, ready};

use tulipa_cancel::{CancelExt, catch_cancel};
use tulipa_combine::{StartError, TaskGroup, TaskStatus};
use tulipa_task::{all_tasks, create_task, current_task};
use tulipa_test::cancel_at_every_suspension;
use tulipa_time::{sleep, yield_now};

use crate::support::{Log, Stopwatch, after, cleans_up, fail, panic_of, run, seconds};

async fn ready_after(status: TaskStatus<&'static str>, time: u64) {
    sleep(seconds(time)).await;
    status.started("ready");
    sleep(seconds(10)).await;
}

#[test]
fn it_waits_until_the_child_is_ready_and_the_group_waits_for_its_end() {
    run(async {
        let clock = Stopwatch::start();
        let group = TaskGroup::run(async |group| {
            let (value, task) = group.start(async |status| ready_after(status, 3).await).await?;
            assert_eq!((value, task.done(), clock.seconds()), ("ready", false, 3));
            Ok::<_, StartError<()>>(())
        });
        group.await.unwrap().unwrap();
        assert_eq!(clock.seconds(), 13);
    });
}

#[test]
fn children_may_start_one_after_the_other_and_beside_others() {
    run(async {
        let log = Log::default();
        let in_body = log.clone();
        let group = TaskGroup::run(async move |group| {
            let beside = in_body.clone();
            group.create_task(async move { beside.add(after(2, "beside").await) }).detach();
            for (name, time) in [("one", 1), ("two", 2)] {
                let start = group.start(async move |status| ready_after(status, time).await);
                let (_, task) = start.await.unwrap();
                task.detach();
                in_body.add(name);
            }
        });
        group.await.unwrap();
        assert_eq!(log.take(), "one beside two");
    });
}

#[test]
fn a_child_that_returns_first_gives_back_what_it_returned() {
    run(async {
        let group = TaskGroup::run(async |group| {
            let early = group.start::<(), _>(async |_| after(1, "early").await).await;
            let Err(StartError::Ended(value)) = early else { panic!() };
            let dropped = group.start::<(), _>(async |status| drop(status)).await;
            assert_eq!(
                dropped.unwrap_err().to_string(),
                "the task returned before it called `TaskStatus::started`"
            );
            value
        });
        assert_eq!(group.await.unwrap(), "early");
    });
}

#[test]
fn a_panic_is_the_starters_before_and_the_groups_afterwards() {
    run(async {
        let group = TaskGroup::run(async |group| {
            let early = group.start::<(), ()>(async |_| {
                yield_now().await;
                fail("early")
            });
            assert_eq!(panic_of(early).await, "early");
            let late = group.start::<_, ()>(async |status| {
                status.started(());
                fail("late")
            });
            late.await.unwrap().1.await
        });
        // The body is cancelled where it awaits the handle, as with every child that fails.
        let errors = group.await.map(|_| ()).unwrap_err().into_errors();
        assert_eq!(errors.len(), 1);
        assert_eq!(errors[0].failure().to_string(), "panicked: late");
    });
}

#[test]
fn an_error_is_the_starters_before_and_the_groups_afterwards() {
    run(async {
        let group = TaskGroup::run(async |group| {
            let early = group.try_start::<(), (), _>(async |_| Err("early")).await;
            assert!(matches!(early, Err(StartError::Ended(Err("early")))));
            let late = group.try_start(async |status| {
                status.started(1);
                yield_now().await;
                Err::<(), _>("late")
            });
            assert_eq!(late.await.unwrap().0, 1);
            pending::<()>().await;
        });
        let errors = group.await.unwrap_err().into_errors();
        assert_eq!((errors.len(), errors[0].failure().to_string().as_str()), (1, "late"));
    });
}

#[test]
fn a_child_that_is_cancelled_first_says_so() {
    run(async {
        let group = TaskGroup::run(async |group| {
            let ended = group.start::<(), ()>(async |_| {
                current_task().unwrap().cancel();
                pending::<()>().await;
            });
            let error = ended.await.unwrap_err();
            assert!(matches!(error, StartError::Cancelled));
            assert_eq!(
                format!("{error:?}"),
                "StartError(the task was cancelled before it called `TaskStatus::started`)"
            );
            group.cancel();
            group.clone()
        });
        let over = group.await.unwrap();
        let late = over.start::<(), ()>(async |_| unreachable!("it never starts")).await;
        assert!(matches!(late, Err(StartError::Cancelled)));
    });
}

#[test]
fn cancelled_while_it_waits_it_cancels_the_child_and_waits_for_its_cleanup() {
    run(async {
        let log = Log::default();
        let in_body = log.clone();
        let clock = Stopwatch::start();
        let task = create_task(TaskGroup::run(async move |group| {
            let child = in_body.clone();
            let start = group.start::<(), _>(async move |_| cleans_up(child, "child", 2).await);
            let caught = catch_cancel(start).await;
            in_body.add("body");
            caught.unwrap_err().resume().await;
        }));
        sleep(seconds(1)).await;
        task.cancel_with("enough");
        assert!(task.await.map(|_: Result<(), _>| ()).unwrap_err().is_cancelled());
        assert_eq!((log.take().as_str(), clock.seconds()), ("child body", 3));
    });
}

/// As trio has it: whoever has given up is not told, and the child goes.
#[test]
fn a_child_that_gets_ready_in_its_cleanup_comes_too_late() {
    run(async {
        let task = create_task(TaskGroup::run(async move |group| {
            let start = group.start(async |status: TaskStatus<u32>| {
                let cancelled = catch_cancel(pending::<()>()).await.unwrap_err();
                status.started(1);
                yield_now().await;
                cancelled.resume().await
            });
            start.await.map(|(value, _)| value)
        }));
        yield_now().await;
        yield_now().await;
        task.cancel();
        assert!(task.await.map(|_| ()).unwrap_err().is_cancelled());
    });
}

#[test]
fn dropped_while_it_waits_it_cancels_the_child() {
    run(async {
        let group = TaskGroup::run(async |group| {
            let mut start = Box::pin(group.start::<(), ()>(async |_| pending().await));
            assert!(crate::support::poll_once(&mut start).await.is_pending());
            drop(start);
            assert_eq!(all_tasks().len(), 2, "it goes on to its end");
        });
        group.await.unwrap();
        assert_eq!(all_tasks().len(), 1);
    });
}

#[test]
fn the_status_may_go_to_another_task() {
    run(async {
        let group = TaskGroup::run(async |group| {
            let start = group.start(async |status: TaskStatus<u32>| {
                assert_eq!(format!("{status:?}"), "<TaskStatus starting>");
                create_task(async move { status.started(5) }).await.unwrap();
                ready("ended").await
            });
            let (value, task) = start.await.unwrap();
            (value, task.await.unwrap())
        });
        assert_eq!(group.await.unwrap(), (5, "ended"));
    });
}

#[test]
fn cancelled_anywhere_nothing_is_left() {
    let suspensions = cancel_at_every_suspension(|point| async move {
        let task = create_task(async move {
            let group = TaskGroup::run(async |group| {
                let start = group.start(async |status| {
                    sleep(seconds(1)).finally(yield_now).await;
                    status.started("ready");
                    sleep(seconds(1)).finally(yield_now).await;
                });
                let (value, task) = start.await.unwrap();
                task.await.unwrap();
                value
            });
            point.victim(group).await.unwrap()
        });
        match task.await {
            Ok(value) => assert_eq!(value, "ready"),
            Err(error) => assert!(error.is_cancelled()),
        }
    });
    assert_eq!(suspensions, 2);
}
