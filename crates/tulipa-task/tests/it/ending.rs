//! How a task ends and who gets to know: looking at the result, panics, destructors that panic,
//! a loop that goes away.

use std::future::{pending, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind, panic_any};
use std::task::Poll;

use tulipa_task::{ResultError, Task, create_task};
use tulipa_test::{TestLoop, run};
use tulipa_time::yield_now;

use crate::support::{Drops, Log, PanicsInDrop, join};

fn panicking(test_loop: &TestLoop) -> Task<u8> {
    test_loop.create_task(async { panic!("lost-in-space") }).with_name("astronaut")
}

#[test]
fn looking_at_a_result_leaves_it_in_place() {
    let test_loop = TestLoop::new();
    let task = test_loop.create_task(async { String::from("value") });
    assert!(matches!(task.result(), Err(ResultError::InvalidState(_))));
    assert_eq!(
        task.exception().unwrap_err().to_string(),
        "invalid state: the task has no result yet"
    );
    test_loop.turn();
    for _ in 0..2 {
        assert_eq!(task.result().unwrap(), "value");
        assert!(task.exception().unwrap().is_none());
        assert!(!task.cancelled());
    }
    assert_eq!(join(task).unwrap(), "value", "awaiting it afterwards moves it out");
}

#[test]
fn a_result_that_was_given_away_is_said_to_be() {
    run(async {
        let mut task = create_task(async { String::from("value") });
        (&mut task).await.unwrap();
        let error = task.result().unwrap_err();
        assert!(matches!(error, ResultError::Taken));
        assert_eq!(error.to_string(), "the result has been taken: the task was awaited before");
        let error = task.exception().unwrap_err();
        assert_eq!(error.to_string(), "invalid state: the task has given its result away");
        assert!(task.done() && !task.cancelled());
    });
}

#[test]
fn a_cancelled_task_is_still_cancelled_after_its_error_was_given() {
    run(async {
        let mut task = create_task(pending::<()>());
        task.cancel();
        assert!((&mut task).await.is_err());
        assert!(task.done() && task.cancelled() && task.task_ref().cancelled());
    });
}

#[test]
fn looking_at_a_cancelled_task_tells_the_error() {
    let test_loop = TestLoop::new();
    let task = test_loop.create_task(pending::<()>());
    task.cancel_with("enough");
    test_loop.turn();
    let Err(ResultError::Failed(error)) = task.result() else { panic!("{task:?}") };
    assert_eq!(error.as_cancelled().unwrap().message(), Some("enough"));
    assert!(task.exception().unwrap().unwrap().is_cancelled());
    drop(task);
    assert!(test_loop.take_reports().is_empty(), "a cancellation is nothing to report");
}

#[test]
fn the_payload_of_a_panic_comes_back_whole() {
    #[derive(Debug, PartialEq)]
    struct Payload(u32);
    let test_loop = TestLoop::new();
    let task: Task<()> = test_loop.create_task(async { panic_any(Payload(7)) }).with_name("odd");
    test_loop.turn();
    let error = join(task).unwrap_err();
    assert!(error.is_panic() && !error.is_cancelled() && error.as_cancelled().is_none());
    assert_eq!(error.to_string(), "task 'odd' panicked: a panic whose payload is no text");
    assert_eq!(error.task_name(), "odd");
    let payload = error.try_into_panic().unwrap();
    assert_eq!(payload.downcast_ref(), Some(&Payload(7)));
}

#[test]
fn resume_panic_goes_on_with_the_tasks_own_payload() {
    let test_loop = TestLoop::new();
    let task = panicking(&test_loop);
    test_loop.turn();
    let error = join(task).unwrap_err();
    assert_eq!(error.panic_message(), Some("lost-in-space"));
    let payload = catch_unwind(AssertUnwindSafe(|| drop(error.resume_panic()))).unwrap_err();
    assert_eq!(payload.downcast_ref(), Some(&"lost-in-space"));

    let task = test_loop.create_task(pending::<()>());
    let id = task.id();
    task.cancel();
    test_loop.turn();
    let error = join(task).unwrap_err().try_into_panic().unwrap_err().resume_panic();
    assert!(error.is_cancelled());
    assert_eq!((error.task_id(), error.panic_message()), (id, None));
}

/// Runs a task that panics, and gives what was reported.
fn reports(look: impl FnOnce(&TestLoop, Task<u8>)) -> Vec<String> {
    let test_loop = TestLoop::new();
    let task = panicking(&test_loop);
    let at = task.spawned_at().to_string();
    look(&test_loop, task);
    test_loop.run_until_stalled();
    let reports = test_loop.take_reports();
    for report in &reports {
        assert_eq!(report.message(), "Task exception was never retrieved");
        assert_eq!(report.task_name(), Some("astronaut"));
        assert_eq!(report.location().unwrap().to_string(), at);
        assert_eq!(report.exception_text(), Some("lost-in-space"));
    }
    reports.iter().map(ToString::to_string).collect()
}

#[test]
fn a_panic_that_nobody_retrieves_is_reported_once_with_name_and_place() {
    assert_eq!(reports(|_, task| task.detach()).len(), 1, "detached before the end");
    let dropped_after = reports(|test_loop, task| {
        test_loop.turn();
        assert!(task.done());
        drop(task);
    });
    assert_eq!(dropped_after.len(), 1, "to the task's own loop, though it does not run now");
    let in_another = reports(|test_loop, task| {
        test_loop.turn();
        test_loop.run_until_complete(async move { drop(task) }).unwrap();
    });
    assert_eq!(in_another.len(), 1);
    assert!(
        in_another[0].contains("<Task panicked name='astronaut' spawned at "),
        "{in_another:?}"
    );
}

#[test]
fn debug_done_cancelled_and_panicked_do_not_retrieve_a_panic() {
    let looked_at = reports(|test_loop, task| {
        test_loop.turn();
        assert!(task.done() && !task.cancelled() && !task.task_ref().cancelled());
        assert!(task.panicked() && !task.task_ref().cancel());
        assert!(format!("{task:?}").starts_with("<Task panicked name='astronaut'"));
    });
    assert_eq!(looked_at.len(), 1);
}

#[test]
fn a_panic_that_was_looked_at_is_not_reported() {
    let ways: [fn(Task<u8>); 4] = [
        |task| assert!(join(task).is_err()),
        |task| assert!(task.result().is_err()),
        |task| assert!(task.exception().unwrap().unwrap().is_panic()),
        |task| assert!(!task.cancel(), "as asyncio's cancel() does"),
    ];
    for way in ways {
        let reported = reports(|test_loop, task| {
            test_loop.turn();
            way(task);
        });
        assert_eq!(reported, [""; 0]);
    }
}

#[test]
fn a_panic_does_not_disturb_the_loop_or_its_other_tasks() {
    let test_loop = TestLoop::new();
    let log = Log::default();
    let bad = panicking(&test_loop);
    let good = test_loop.create_task({
        let log = log.clone();
        async move {
            yield_now().await;
            log.add("good");
        }
    });
    test_loop.run_until_stalled();
    assert!(bad.done() && good.done());
    assert_eq!(log.take(), "good");
    assert!(join(bad).is_err());
}

fn assert_one_report(test_loop: &TestLoop, message: &str, exception: &str) {
    let reports = test_loop.take_reports();
    let all: Vec<_> =
        reports.iter().map(|report| (report.message(), report.exception_text())).collect();
    assert_eq!(all, [(message, Some(exception))]);
}

const IN_FUTURE: &str = "Panic in a destructor as a task ended";

#[test]
fn a_destructor_that_panics_on_completion_is_reported_and_the_value_kept() {
    let test_loop = TestLoop::new();
    let captured = PanicsInDrop("captured");
    // An async block drops what it captured as part of its last poll; this future does not.
    let task = test_loop.create_task(poll_fn(move |_| {
        let _all_of_it = &captured;
        Poll::Ready("value")
    }));
    let (view, at) = (task.task_ref(), task.spawned_at());
    test_loop.turn();
    assert_eq!(*task.result().unwrap(), "value");
    assert!(view.done() && !view.cancelled());
    let reports = test_loop.take_reports();
    assert_eq!(reports.len(), 1);
    assert_eq!((reports[0].message(), reports[0].location()), (IN_FUTURE, Some(at)));
    assert_eq!(reports[0].task_id(), Some(task.id()));
}

#[test]
fn a_destructor_that_panics_inside_the_body_is_the_bodys_panic() {
    let test_loop = TestLoop::new();
    let task = test_loop.create_task(async {
        let _local = PanicsInDrop("local");
    });
    test_loop.turn();
    assert_eq!(join(task).unwrap_err().panic_message(), Some("local"));
    assert!(test_loop.take_reports().is_empty());
}

#[test]
fn a_destructor_that_panics_on_cancel_is_reported_and_the_task_cancelled() {
    let test_loop = TestLoop::new();
    let task = test_loop.create_task(async {
        let _held = PanicsInDrop("held");
        pending::<()>().await;
    });
    test_loop.turn();
    task.cancel();
    test_loop.turn();
    assert_one_report(&test_loop, IN_FUTURE, "held");
    assert!(task.cancelled());

    let never_ran = PanicsInDrop("captured");
    let task = test_loop.create_task(async move { drop(never_ran) });
    task.cancel();
    test_loop.turn();
    assert_one_report(&test_loop, IN_FUTURE, "captured");
    assert!(task.cancelled());
}

#[test]
fn a_destructor_that_panics_as_the_loop_goes_does_not_stop_the_others() {
    let drops = Drops::default();
    let test_loop = TestLoop::new();
    for round in 0..3 {
        let value = drops.value();
        test_loop
            .create_task(async move {
                let _value = value;
                let _panics = (round == 1).then(|| PanicsInDrop("at the end"));
                pending::<()>().await;
            })
            .detach();
    }
    test_loop.turn();
    drop(test_loop);
    assert_eq!(drops.dropped(), 3);
}

/// Without a catch this would end the process: the output of a detached task is dropped in the
/// loop's step.
#[test]
fn a_value_whose_destructor_panics_is_reported_when_nobody_takes_it() {
    const IN_VALUE: &str = "Panic in the destructor of a task's result";
    let test_loop = TestLoop::new();
    test_loop.create_task(async { PanicsInDrop("detached") }).detach();
    test_loop.turn();
    assert_one_report(&test_loop, IN_VALUE, "detached");

    for look in [false, true] {
        let task = test_loop.create_task(async { PanicsInDrop("dropped") });
        test_loop.turn();
        assert!(!look || task.result().is_ok());
        test_loop.run_until_complete(async move { drop(task) }).unwrap();
        assert_one_report(&test_loop, IN_VALUE, "dropped");
    }
}

#[test]
fn a_task_whose_loop_is_gone_has_ended_cancelled() {
    for turns in [0, 1] {
        let test_loop = TestLoop::new();
        let drops = Drops::default();
        let (in_body, in_callback) = (drops.value(), drops.value());
        let mut task = test_loop.create_task(async move {
            let _in_body = in_body;
            pending::<()>().await;
        });
        task = task.with_name("left-behind");
        task.add_done_callback(move |_| drop(in_callback));
        let view = task.task_ref();
        for _ in 0..turns {
            test_loop.turn();
        }
        drop(test_loop);
        assert_eq!(drops.dropped(), 2, "the future, and the callback unrun");

        assert!(task.done() && task.cancelled() && view.done() && view.cancelled());
        assert!(!task.cancel() && !view.cancel());
        let Err(ResultError::Failed(error)) = task.result() else { panic!("{task:?}") };
        assert_eq!(error.to_string(), "task 'left-behind' was cancelled: its loop closed");
        assert!(format!("{task:?}").starts_with("<Task cancelled name='left-behind'"));
        task.add_done_callback(|_| unreachable!("there is no loop to run it"));
        assert!(join(task).unwrap_err().is_cancelled());
    }
}

#[test]
fn the_awaiter_of_a_task_whose_loop_goes_is_woken() {
    let (home, abroad) = (TestLoop::new(), TestLoop::new());
    let child = home.create_task(pending::<()>());
    home.turn();
    let awaiter = abroad.create_task(child);
    abroad.run_until_stalled();
    drop(home);
    abroad.run_until_stalled();
    assert!(awaiter.result().unwrap().as_ref().unwrap_err().is_cancelled());
    assert!(!awaiter.cancelled(), "the awaiter itself was not");
}

#[test]
fn a_task_that_had_ended_keeps_its_value_when_the_loop_goes() {
    let test_loop = TestLoop::new();
    let task = test_loop.create_task(async { "value" });
    test_loop.turn();
    drop(test_loop);
    assert_eq!(join(task).unwrap(), "value");
}

#[test]
fn a_callback_whose_destructor_panics_as_the_loop_goes_is_contained() {
    let test_loop = TestLoop::new();
    let drops = Drops::default();
    let (panics, counted) = (PanicsInDrop("in a callback"), drops.value());
    let task = test_loop.create_task(async move {
        let _counted = counted;
        pending::<()>().await;
    });
    task.add_done_callback(move |_| drop(panics));
    test_loop.turn();
    drop(test_loop);
    assert_eq!(drops.dropped(), 1);
    assert!(task.cancelled());
}
