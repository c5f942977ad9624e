//! How a run ends: who is cancelled, who is awaited, what is reported.

use std::future::pending;
use std::rc::Rc;
use std::time::Duration;

use tulipa::cancel::{CancelExt, catch_cancel};
use tulipa::{
    EventLoop, RunError, Runner, TaskGroup, create_task, get_running_loop, sleep, yield_now,
};

use crate::support::{Log, OnDrop, PanicsOnDrop, on_both_backends, panic_of, reports};

const HOUR: Duration = Duration::from_secs(3600);

/// S-RUN-1
#[test]
fn tasks_that_are_left_are_cancelled_once_and_awaited() {
    on_both_backends(|event_loop| {
        let (log, reports) = (Log::new(), reports(event_loop));
        let runner = Runner::from(event_loop.clone());
        let writes = log.clone();
        runner
            .run(async move {
                for task in 0..3 {
                    let writes = writes.clone();
                    let cleanup = async move || {
                        for _ in 0..task {
                            sleep(Duration::from_millis(1)).await;
                        }
                        writes.add(task);
                    };
                    create_task(sleep(HOUR).finally(cleanup)).detach();
                }
                yield_now().await;
            })
            .unwrap();
        assert_eq!(log.take(), [] as [u32; 0], "not before the runner closes");
        runner.close();
        assert_eq!(log.take(), [0, 1, 2], "each cleans up, with awaits");
        assert!(event_loop.is_closed());
        assert!(reports.take().is_empty(), "nothing was left to be destroyed");
    });
}

/// S-RUN-1
#[test]
fn a_task_that_suppresses_its_cancellation_is_awaited_to_its_end() {
    let log = Log::new();
    let writes = log.clone();
    tulipa::run(async move {
        create_task(async move {
            let mut asked = 0;
            if let Err(cancelled) = catch_cancel(sleep(HOUR)).await {
                cancelled.suppress();
                asked += 1;
            }
            for _ in 0..20 {
                if let Err(cancelled) = catch_cancel(sleep(Duration::from_micros(100))).await {
                    cancelled.suppress();
                    asked += 1;
                }
            }
            writes.add(asked);
        })
        .detach();
        yield_now().await;
    });
    assert_eq!(log.take(), [1], "asked once, and then left alone");
}

#[test]
fn a_task_that_has_not_begun_never_does() {
    let log = Log::new();
    let held = OnDrop(log.clone(), "dropped");
    let writes = log.clone();
    tulipa::run(async move {
        create_task(async move {
            writes.add("ran");
            drop(held);
        })
        .detach();
    });
    // The iteration in which `run` stops runs it; this one is made in that iteration.
    assert_eq!(log.take(), ["ran", "dropped"]);
    let held = OnDrop(log.clone(), "dropped");
    let writes = log.clone();
    tulipa::run(async move {
        get_running_loop().call_soon(move || {
            create_task(async move {
                writes.add("ran");
                drop(held);
            })
            .detach();
        });
    });
    assert_eq!(log.take(), ["dropped"]);
}

/// S-RUN-2: it goes to the exception handler, as any panic that nobody retrieves.
#[test]
fn a_panic_during_shutdown_is_reported() {
    on_both_backends(|event_loop| {
        let reports = reports(event_loop);
        let runner = Runner::from(event_loop.clone());
        runner
            .run(async {
                let fails = pending::<()>().finally(async || panic!("in the cleanup"));
                create_task(fails).with_name("broken").detach();
                yield_now().await;
            })
            .unwrap();
        runner.close();
        let reports = reports.take();
        assert_eq!(reports.len(), 1);
        assert_eq!(reports[0].message(), "Task exception was never retrieved");
        assert_eq!(reports[0].task_name(), Some("broken"));
        assert_eq!(reports[0].exception_text(), Some("in the cleanup"));
    });
}

/// S-RUN-3, which says of asyncio that they are orphaned.
#[test]
fn tasks_born_during_shutdown_are_cancelled_and_awaited_until_none_is_left() {
    async fn next(generation: u32, log: Log<u32>) {
        let inner = log.clone();
        let cleanup = async move || {
            if generation > 0 {
                create_task(next(generation - 1, inner)).detach();
                // Long enough that the child begins, and is cancelled while it waits.
                sleep(Duration::from_millis(1)).await;
            }
            log.add(generation);
        };
        pending::<()>().finally(cleanup).await;
    }
    on_both_backends(|event_loop| {
        let (log, reports) = (Log::new(), reports(event_loop));
        let runner = Runner::from(event_loop.clone());
        let writes = log.clone();
        let starts = async move {
            create_task(next(5, writes)).detach();
            yield_now().await;
        };
        runner.run(starts).unwrap();
        drop(runner);
        let mut ended = log.take();
        ended.sort_unstable();
        // A child that was cancelled before it began has no cleanup, and is the last.
        assert!(ended.ends_with(&[5]) && reports.take().is_empty(), "{ended:?}");
        assert!(event_loop.is_closed() && event_loop.all_tasks().is_empty());
    });
}

/// S-RUN-8
#[test]
fn several_runs_of_one_runner_share_its_loop_and_tasks() {
    let runner = Runner::new().unwrap();
    let log = Log::new();
    let writes = log.clone();
    let first = runner.run(async move {
        create_task(async move {
            for step in 0.. {
                writes.add(step);
                yield_now().await;
            }
        })
        .detach();
        get_running_loop().runtime().id()
    });
    let before = log.take().len();
    let second = runner.run(async {
        yield_now().await;
        get_running_loop().runtime().id()
    });
    assert_eq!(first.unwrap(), second.unwrap());
    assert!(before <= 2 && log.take().first().is_some_and(|step| *step == before));
    runner.close();
}

/// S-RUN-8
#[test]
fn a_runner_whose_loop_was_closed_says_so() {
    let runner = Runner::new().unwrap();
    runner.run(async {}).unwrap();
    runner.event_loop().close();
    assert!(matches!(runner.run(async {}), Err(RunError::Closed)));
    runner.close();
}

#[test]
fn a_runner_that_never_ran_runs_nothing() {
    let log = Log::new();
    let event_loop = EventLoop::new().unwrap();
    let held = OnDrop(log.clone(), "dropped");
    event_loop.create_task(async move { drop(held) }).detach();
    drop(Runner::from(event_loop));
    assert_eq!(log.take(), ["dropped"], "cancelled before it began");
}

#[test]
fn a_panic_of_main_comes_out_after_the_cleanup_of_the_others() {
    let log = Log::new();
    let (writes, held) = (log.clone(), OnDrop(log.clone(), "held by main"));
    let (text, _) = panic_of(move || {
        tulipa::run(async move {
            let _held = held;
            let cleanup = async move || {
                sleep(Duration::from_millis(1)).await;
                assert!(!std::thread::panicking(), "the panic waits for the end");
                writes.add("cleaned up");
            };
            create_task(pending::<()>().finally(cleanup)).detach();
            yield_now().await;
            panic!("in main");
        });
    });
    assert_eq!(text, "in main");
    assert_eq!(log.take(), ["held by main", "cleaned up"]);
}

/// A runner on the stack of a thread that panics: its tasks still clean up.
#[test]
fn a_runner_dropped_by_a_panic_shuts_down_also_if_that_panics_too() {
    let (log, event_loop) = (Log::new(), EventLoop::new().unwrap());
    let (writes, reports) = (log.clone(), reports(&event_loop));
    let held = OnDrop(log.clone(), "dropped");
    let (text, _) = panic_of(|| {
        let runner = Runner::from(event_loop);
        let starts = async move {
            let cleanup = async move || {
                let _panics = PanicsOnDrop;
                sleep(Duration::from_millis(1)).await;
                writes.add("cleaned up");
            };
            create_task(pending::<()>().finally(cleanup)).detach();
            create_task(async move {
                let _held = (held, PanicsOnDrop);
                pending::<()>().await;
            })
            .detach();
            yield_now().await;
        };
        runner.run(starts).unwrap();
        panic!("beside the runner");
    });
    assert_eq!(text, "beside the runner");
    let mut events = log.take();
    events.sort_unstable();
    assert_eq!(events, ["cleaned up", "dropped"]);
    assert_eq!(reports.take().len(), 2, "and both panics are told");
}

#[test]
fn a_main_that_is_stopped_is_cancelled_with_the_others() {
    let log = Log::new();
    let writes = log.clone();
    let runner = Runner::new().unwrap();
    let main = async move {
        let stop = async { get_running_loop().stop() };
        create_task(stop).detach();
        pending::<()>().finally(async move || writes.add("cleaned up")).await;
    };
    assert!(matches!(runner.run(main), Err(RunError::Stopped)));
    assert_eq!(log.take(), [] as [&str; 0]);
    runner.close();
    assert_eq!(log.take(), ["cleaned up"]);
    let (text, _) = panic_of(|| {
        tulipa::run(async {
            get_running_loop().stop();
            pending::<()>().await;
        });
    });
    assert_eq!(text, "the event loop was stopped before the future had ended");
}

#[test]
fn a_stop_during_shutdown_does_not_cut_it_short() {
    let log = Log::new();
    let writes = log.clone();
    tulipa::run(async move {
        let cleanup = async move || {
            get_running_loop().stop();
            sleep(Duration::from_millis(2)).await;
            writes.add("cleaned up");
        };
        create_task(pending::<()>().finally(cleanup)).detach();
        yield_now().await;
    });
    assert_eq!(log.take(), ["cleaned up"]);
}

#[test]
fn a_runner_dropped_inside_another_loop_reports_what_it_cannot_await() {
    let event_loop = EventLoop::new().unwrap();
    let reports = reports(&event_loop);
    event_loop.create_task(pending::<()>()).with_name("inner").detach();
    let runner = Runner::from(event_loop);
    tulipa::run(async move { drop(runner) });
    let reports = reports.take();
    assert_eq!(reports.len(), 1);
    assert_eq!(reports[0].task_name(), Some("inner"));
}

#[test]
fn tasks_that_hold_tasks_are_dropped_inside_out_without_harm() {
    on_both_backends(|event_loop| {
        let (log, _reports) = (Log::new(), reports(event_loop));
        let mut inner = event_loop.create_task(pending::<()>());
        for depth in 0..50 {
            let held = OnDrop(log.clone(), depth);
            let nested = inner;
            inner = event_loop.create_task(async move {
                let _held = held;
                drop(nested.await);
            });
        }
        event_loop.run_until_complete(yield_now()).unwrap();
        drop(inner);
        event_loop.close();
        assert_eq!(log.take().len(), 50);
    });
}

#[test]
fn what_a_run_held_is_gone_when_it_returns() {
    let alive = Rc::new(());
    let (one, two, three) = (alive.clone(), alive.clone(), alive.clone());
    tulipa::run(async move {
        let _held = (one, OnDrop(Log::new(), ()));
        create_task(async move {
            let _held = (two, OnDrop(Log::new(), ()));
            pending::<()>().await;
        })
        .detach();
        get_running_loop().call_later(HOUR, move || drop(three));
        let group = TaskGroup::run(async |group| group.create_task(async { 1 }).await.unwrap());
        assert_eq!(group.await.unwrap(), 1);
    });
    assert_eq!(Rc::strong_count(&alive), 1);
}
