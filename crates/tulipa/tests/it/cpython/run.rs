//! `test_runners.RunTests`: `tulipa::run`, and what it does by a runner of one's own.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use tulipa::cancel::{CancelExt, catch_cancel};
use tulipa::rt::Backend;
use tulipa::{EventLoop, Runner, Task, create_task, get_running_loop, sleep, yield_now};

use crate::support::{Log, OnDrop, panic_of, reports};

const HOUR: Duration = Duration::from_secs(3600);

/// `test_runners.RunTests.test_asyncio_run_return`
#[test]
fn returns() {
    let value = tulipa::run(async {
        yield_now().await;
        42
    });
    assert_eq!(value, 42);
}

/// `test_runners.RunTests.test_asyncio_run_raises`: an error is the value, a panic goes on.
#[test]
fn raises() {
    let failed: Result<(), _> = tulipa::run(async {
        yield_now().await;
        Err("spam")
    });
    assert_eq!(failed, Err("spam"));

    let (text, _) = panic_of(|| {
        tulipa::run(async {
            yield_now().await;
            panic!("spam")
        })
    });
    assert_eq!(text, "spam");
}

/// `test_runners.RunTests.test_asyncio_run_from_running_loop`
#[test]
fn from_a_running_loop() {
    let said = tulipa::run(async { panic_of(|| tulipa::run(async { unreachable!() })).0 });
    assert!(said.starts_with("an event loop is already running on this thread"), "{said}");
}

/// `test_runners.RunTests.test_asyncio_run_cancels_hanging_tasks`
#[test]
fn cancels_hanging_tasks() {
    let leftover = Rc::new(RefCell::new(None));
    let to_set = leftover.clone();
    let value = tulipa::run(async move {
        to_set.replace(Some(create_task(sleep(HOUR))));
        123
    });
    assert_eq!(value, 123);
    let leftover: Task<()> = leftover.take().unwrap();
    assert!(leftover.done() && leftover.cancelled());
}

/// `test_runners.RunTests.test_asyncio_run_reports_hanging_tasks_errors`, with the ordinary report
/// (S-RUN-2)
#[test]
fn reports_hanging_tasks_errors() {
    let event_loop = EventLoop::new().unwrap();
    let reports = reports(&event_loop);
    let runner = Runner::from(event_loop);
    let value = runner.run(async {
        let leftover = async {
            if let Err(cancelled) = catch_cancel(sleep(HOUR)).await {
                cancelled.suppress();
                panic!("division");
            }
        };
        create_task(leftover).with_name("leftover").detach();
        yield_now().await;
        123
    });
    assert_eq!(value.unwrap(), 123);
    assert_eq!(reports.take().len(), 0, "not before the end");
    runner.close();
    let told = reports.take();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].message(), "Task exception was never retrieved");
    assert_eq!(
        (told[0].task_name(), told[0].exception_text()),
        (Some("leftover"), Some("division"))
    );
}

/// `test_runners.RunTests.test_asyncio_run_closes_gens_after_hanging_tasks_errors`: there are no
/// generators to close; what the others hold is dropped, whatever fails beside it, and main's own
/// failure is the one that comes out.
#[test]
fn drops_what_is_held_after_hanging_tasks_errors() {
    let log = Log::new();
    let held = [(); 2].map(|()| OnDrop(log.clone(), "dropped"));
    let event_loop = EventLoop::new().unwrap();
    let reports = reports(&event_loop);
    let runner = Runner::from(event_loop);
    let (text, _) = panic_of(|| {
        runner.run(async move {
            for held in held {
                let spins = async move {
                    let _held = held;
                    sleep(HOUR).finally(async || panic!("division")).await;
                };
                create_task(spins).detach();
            }
            yield_now().await;
            panic!("fancy exit")
        })
    });
    assert_eq!(text, "fancy exit");
    runner.close();
    assert_eq!(log.take(), ["dropped", "dropped"]);
    assert_eq!(reports.take().len(), 2);
}

/// `test_runners.RunTests.test_asyncio_run_set_event_loop`: the loop is the running one for as long
/// as it runs.
#[test]
fn the_running_loop_is_set_and_unset() {
    assert!(tulipa::rt::try_current().is_err());
    tulipa::run(async {
        yield_now().await;
        assert!(get_running_loop().is_running());
        // In the cleanup too.
        let cleanup = async || assert!(get_running_loop().is_running());
        create_task(sleep(HOUR).finally(cleanup)).detach();
        yield_now().await;
    });
    assert!(tulipa::rt::try_current().is_err());
}

/// `test_runners.RunTests.test_asyncio_run_loop_factory`: a loop made beforehand, used once.
#[test]
fn on_a_loop_made_beforehand() {
    let event_loop = EventLoop::new().unwrap();
    let id = event_loop.runtime().id();
    let seen = Rc::new(Cell::new(None));
    let to_set = seen.clone();
    let runner = Runner::from(event_loop.clone());
    runner.run(async move { to_set.set(Some(get_running_loop().runtime().id())) }).unwrap();
    runner.close();
    assert_eq!(seen.get(), Some(id));
    assert!(event_loop.is_closed());
}

/// `test_runners.RunTests.test_loop_factory_default_event_loop`
#[test]
fn on_a_loop_of_each_backend() {
    assert_eq!(Backend::default(), Backend::Native);
    for backend in [Backend::Native, Backend::Portable] {
        let runner = Runner::from(EventLoop::with_backend(backend).unwrap());
        assert_eq!(runner.run(async { 42 }).unwrap(), 42);
    }
}
