//! `run`, `Runner` and `EventLoop`: running, stopping, running again.

use std::future::pending;
use std::time::Duration;

use tulipa::{EventLoop, RunError, Runner, current_task, get_running_loop, sleep, yield_now};

use crate::support::{Log, on_both_backends, panic_of, place, reports};

const WHAT_TO_DO: &str = "an event loop is already running on this thread: inside it, `.await` the \
     future or give it to `create_task`; to run another loop, use another thread";

/// S-LOOP-12
#[test]
fn run_inside_run_says_what_to_do_instead_and_blames_the_caller() {
    tulipa::run(async {
        let expected = place!(1);
        let (text, blamed) = panic_of(|| tulipa::run(async {}));
        assert_eq!((&*text, blamed), (WHAT_TO_DO, expected));
        yield_now().await; // and the loop goes on
    });
}

/// S-LOOP-12
#[test]
fn neither_this_loop_nor_another_can_be_run_inside_a_running_one() {
    on_both_backends(|event_loop| {
        let again = event_loop.clone();
        let refused = event_loop.run_until_complete(async move {
            let runner = Runner::new().unwrap();
            let ran: [Result<(), RunError>; 4] = [
                again.run_until_complete(async {}),
                EventLoop::new().unwrap().run_until_complete(async {}),
                runner.run(async {}),
                again.run_forever().map_err(RunError::from),
            ];
            ran.map(|ran| matches!(ran, Err(RunError::AlreadyRunning)))
        });
        assert_eq!(refused.unwrap(), [true; 4]);
    });
}

#[test]
fn errors_say_what_to_do_and_have_their_source() {
    use std::error::Error;
    assert_eq!(RunError::AlreadyRunning.to_string(), WHAT_TO_DO);
    assert_eq!(RunError::Closed.to_string(), "the event loop has been closed: make a new one");
    assert_eq!(
        RunError::Stopped.to_string(),
        "the event loop was stopped before the future had ended"
    );
    assert!(RunError::Stopped.source().is_none());
    let io = RunError::from(std::io::Error::other("no descriptors"));
    assert_eq!(io.to_string(), "the poller failed: no descriptors");
    assert_eq!(io.source().unwrap().to_string(), "no descriptors");
    let io = RunError::from(tulipa_loop::RunError::from(std::io::Error::other("none")));
    assert!(matches!(io, RunError::Io(_)));
}

/// S-LOOP-13
#[test]
fn tasks_that_are_left_go_on_in_the_next_run() {
    on_both_backends(|event_loop| {
        let log = Log::new();
        let writes = log.clone();
        let task = event_loop.create_task(async move {
            for step in 0..6 {
                writes.add(step);
                yield_now().await;
            }
        });
        event_loop.run_until_complete(yield_now()).unwrap();
        let before = log.take();
        assert!(!before.is_empty() && before.len() < 6, "{before:?}");
        assert!(!task.done());
        assert_eq!(event_loop.all_tasks().len(), 1);
        event_loop.run_until_complete(task).unwrap().unwrap();
        assert_eq!(before.into_iter().chain(log.take()).collect::<Vec<_>>(), [0, 1, 2, 3, 4, 5]);
    });
}

/// S-LOOP-13
#[test]
fn a_run_that_is_stopped_early_is_an_error_and_its_task_stays_pending() {
    on_both_backends(|event_loop| {
        let (log, stopper) = (Log::new(), event_loop.clone());
        let writes = log.clone();
        let ended = event_loop.run_until_complete(async move {
            stopper.stop();
            yield_now().await;
            writes.add("went on");
        });
        assert!(matches!(ended, Err(RunError::Stopped)));
        assert_eq!(log.take(), [] as [&str; 0]);
        assert_eq!(event_loop.all_tasks().len(), 1);
        event_loop.run_until_complete(yield_now()).unwrap();
        assert_eq!(log.take(), ["went on"]);
        event_loop.run_until_complete(yield_now()).unwrap();
        assert!(event_loop.all_tasks().is_empty());
    });
}

/// S-LOOP-14
#[test]
fn what_else_is_ready_when_the_future_ends_runs_too() {
    on_both_backends(|event_loop| {
        let (log, its_loop) = (Log::new(), event_loop.clone());
        let (first, second, third) = (log.clone(), log.clone(), log.clone());
        event_loop
            .run_until_complete(async move {
                first.add("main ends");
                its_loop.call_soon(move || {
                    second.add("with the stop");
                    get_running_loop().call_soon(move || third.add("in the next run"));
                });
            })
            .unwrap();
        assert_eq!(log.take(), ["main ends", "with the stop"]);
        event_loop.run_until_complete(async {}).unwrap();
        assert_eq!(log.take(), ["in the next run"]);
    });
}

#[test]
fn a_stop_in_the_last_step_does_not_stop_the_next_run() {
    on_both_backends(|event_loop| {
        let stopper = event_loop.clone();
        let value = event_loop.run_until_complete(async move {
            stopper.stop();
            1
        });
        assert_eq!(value.unwrap(), 1, "it has ended");
        let value = event_loop.run_until_complete(async {
            sleep(Duration::from_millis(1)).await;
            2
        });
        assert_eq!(value.unwrap(), 2);
    });
}

#[test]
fn a_stopped_run_keeps_no_handle_on_its_loop() {
    let event_loop = EventLoop::new().unwrap();
    let handle = event_loop.handle();
    event_loop.set_exception_handler(|_| {});
    event_loop.stop();
    assert!(matches!(event_loop.run_until_complete(pending::<()>()), Err(RunError::Stopped)));
    drop(event_loop);
    assert!(handle.is_closed());
}

#[test]
fn a_panic_of_the_future_is_the_callers() {
    on_both_backends(|event_loop| {
        let reports = reports(event_loop);
        let (text, _) = panic_of(|| {
            event_loop.run_until_complete(async { panic!("the payload") }).map(|(): ()| ())
        });
        assert_eq!(text, "the payload");
        assert!(reports.take().is_empty(), "somebody has it");
        assert_eq!(event_loop.run_until_complete(async { 1 }).unwrap(), 1, "the loop can be used");
    });
}

#[test]
fn a_cancelled_future_is_an_error_that_names_the_task() {
    on_both_backends(|event_loop| {
        let cancelled = event_loop.run_until_complete(async {
            let task = current_task().unwrap();
            task.set_name("main");
            task.cancel_with("enough");
            pending::<()>().await;
        });
        let Err(RunError::Cancelled(error)) = cancelled else { panic!("{cancelled:?}") };
        assert!(error.is_cancelled());
        assert_eq!(RunError::Cancelled(error).to_string(), "task 'main' was cancelled: enough");
    });
    let (text, _) = panic_of(|| {
        tulipa::run(async {
            current_task().unwrap().cancel();
            pending::<()>().await;
        });
    });
    assert!(text.ends_with("was cancelled"), "{text}");
}

#[test]
fn the_main_task_says_that_the_caller_of_run_spawned_it() {
    let expected = place!(1);
    let spawned = tulipa::run(async { current_task().unwrap().spawned_at() });
    assert_eq!(format!("{}:{}", spawned.file(), spawned.line()), expected);
    let runner = Runner::new().unwrap();
    let expected = place!(1);
    let spawned = runner.run(async { current_task().unwrap().spawned_at() }).unwrap();
    assert_eq!(format!("{}:{}", spawned.file(), spawned.line()), expected);
    let expected = place!(1);
    let task = runner.event_loop().create_task(async {});
    assert_eq!(format!("{}:{}", task.spawned_at().file(), task.spawned_at().line()), expected);
}

/// S-LOOP-15
#[test]
fn a_closed_loop_runs_nothing_and_says_so() {
    let event_loop = EventLoop::new().unwrap();
    event_loop.close();
    event_loop.close();
    assert!(matches!(event_loop.run_until_complete(async {}), Err(RunError::Closed)));
    assert!(matches!(event_loop.run_forever(), Err(tulipa_loop::RunError::Closed)));
    let expected = place!(1);
    let (text, blamed) = panic_of(|| event_loop.create_task(async {}));
    assert_eq!(text, "the event loop has been closed: make a new one");
    assert_eq!(blamed, expected);
    let (text, _) = panic_of(|| event_loop.call_soon(|| {}));
    assert_eq!(text, "the event loop has been closed: make a new one");
}

/// S-LOOP-15
#[test]
fn a_loop_that_closes_reports_its_pending_tasks_and_ends_them() {
    on_both_backends(|event_loop| {
        let reports = reports(event_loop);
        let task = event_loop.create_task(pending::<()>()).with_name("idle");
        let outer = event_loop.create_task(async move { task.await.unwrap_err().to_string() });
        event_loop.run_until_complete(yield_now()).unwrap();
        event_loop.close();
        let reports = reports.take();
        let names: Vec<_> = reports.iter().map(|report| report.task_name().unwrap()).collect();
        assert_eq!(names[0], "idle");
        assert_eq!(names.len(), 2);
        assert!(outer.done() && outer.cancelled());
    });
}

#[test]
fn futures_need_not_be_futures_yet() {
    struct Later(u8);
    impl IntoFuture for Later {
        type Output = u8;
        type IntoFuture = std::future::Ready<u8>;
        fn into_future(self) -> Self::IntoFuture {
            std::future::ready(self.0)
        }
    }
    assert_eq!(tulipa::run(Later(1)), 1);
    let runner = Runner::new().unwrap();
    assert_eq!(runner.run(Later(2)).unwrap(), 2);
    assert_eq!(runner.event_loop().run_until_complete(Later(3)).unwrap(), 3);
    let task = runner.event_loop().create_task(Later(4));
    assert_eq!(runner.run(task).unwrap().unwrap(), 4);
}

#[test]
fn two_loops_on_one_thread_run_in_turn_and_share_a_promise() {
    on_both_backends(|one| {
        let other = EventLoop::new().unwrap();
        let promise = one.create_promise();
        let waits = promise.clone();
        let task = other.create_task(async move { waits.await.unwrap() });
        other.run_until_complete(yield_now()).unwrap();
        one.run_until_complete(async move { promise.set_result("from the other").unwrap() })
            .unwrap();
        assert_eq!(other.run_until_complete(task).unwrap().unwrap(), "from the other");
    });
}
