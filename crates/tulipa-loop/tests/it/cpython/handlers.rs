//! `test_base_events.BaseEventLoopTests`: who is told of errors that nobody awaits.

use std::time::Duration;

use tulipa_rt::ExceptionContext;
use tulipa_task::{Promise, create_task_on};
use tulipa_time::sleep;

use crate::support::{Log, new_loop, reports, turn, turn_until};

/// `test_base_events.BaseEventLoopTests.test_default_exc_handler_callback`: callbacks and timers,
/// which had set a promise's result before they failed.
#[test]
fn a_callback_that_fails_after_its_work() {
    let event_loop = new_loop();
    let reports = reports(&event_loop);
    let promises = [(); 2].map(|()| Promise::new_on(&event_loop.runtime()));
    let fails = |promise: &Promise<bool>| {
        let promise = promise.clone();
        move || {
            promise.set_result(true).unwrap();
            panic!("zero")
        }
    };
    event_loop.call_soon(fails(&promises[0]));
    event_loop.call_at(event_loop.time(), fails(&promises[1]));
    turn_until(&event_loop, || reports.len() == 2);
    for report in reports.take() {
        assert_eq!(report.message(), "Exception in callback");
        assert_eq!(report.exception_text(), Some("zero"));
    }
    assert!(promises.iter().all(|promise| promise.result().unwrap()));
}

/// `test_base_events.BaseEventLoopTests.test_default_exc_handler_coro`
#[test]
fn a_task_that_fails_and_is_dropped() {
    let event_loop = new_loop();
    let reports = reports(&event_loop);
    let task = create_task_on(&event_loop.runtime(), async {
        sleep(Duration::ZERO).await;
        panic!("zero")
    });
    let _: &tulipa_task::Task<()> = &task;
    turn_until(&event_loop, || task.done());
    assert_eq!(reports.len(), 0, "somebody may still ask");
    drop(task);
    let reports = reports.take();
    assert_eq!(reports.len(), 1);
    assert_eq!(reports[0].message(), "Task exception was never retrieved");
    assert_eq!(reports[0].exception_text(), Some("zero"));
}

/// `test_base_events.BaseEventLoopTests.test_set_exc_handler_custom`, the first half: the handler
/// is told, with the place that scheduled the callback.
#[test]
fn set_exc_handler_custom() {
    let event_loop = new_loop();
    let reports = reports(&event_loop);
    let line = line!() + 1;
    event_loop.call_soon(|| panic!("zero"));
    turn(&event_loop);
    let told = reports.take();
    assert_eq!(told.len(), 1);
    assert_eq!(
        (told[0].message(), told[0].exception_text()),
        ("Exception in callback", Some("zero"))
    );
    let place = told[0].location().unwrap();
    assert_eq!((place.file(), place.line()), (file!(), line));
}

/// `test_base_events.BaseEventLoopTests.test_set_exc_handler_custom`, the second half: a handler
/// that was replaced or taken back is told no more.
#[test]
fn a_handler_that_was_taken_back_is_told_no_more() {
    let event_loop = new_loop();
    let first = reports(&event_loop);
    let second = reports(&event_loop);
    event_loop.call_soon(|| panic!("zero"));
    turn(&event_loop);
    assert_eq!((first.len(), second.len()), (0, 1));
    event_loop.reset_exception_handler();
    event_loop.call_soon(|| panic!("printed to standard error"));
    turn(&event_loop);
    assert_eq!((first.len(), second.len()), (0, 1));
}

/// `test_base_events.BaseEventLoopTests.test_set_exc_handler_broken`,
/// `test_default_exc_handler_broken`: both errors are printed, and the loop goes on.
#[test]
fn a_handler_that_fails() {
    let (event_loop, log) = (new_loop(), Log::new());
    let calls = log.clone();
    event_loop.set_exception_handler(move |context: &ExceptionContext| {
        calls.add(context.exception_text().unwrap().to_owned());
        panic!("spam")
    });
    for _ in 0..2 {
        event_loop.call_soon(|| panic!("zero"));
        event_loop.call_soon(log.writes("later".to_owned()));
        turn(&event_loop);
        assert_eq!(log.take(), ["zero", "later"], "it is told once, and not of itself");
    }
}
