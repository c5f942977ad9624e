//! `test_events.HandleTests`, `test_events.TimerTests`.

use std::time::Duration;

use tulipa_loop::TimerHandle;

use crate::support::{Log, OnDrop, before, new_loop, reports, turn};

/// `test_events.HandleTests.test_handle`
#[test]
fn handle() {
    let (event_loop, log) = (new_loop(), Log::new());
    let handle = event_loop.call_soon(log.writes("ran"));
    assert!(!handle.cancelled());
    handle.cancel();
    assert!(handle.cancelled());
    turn(&event_loop);
    assert_eq!(log.len(), 0);
}

/// `test_events.HandleTests.test_callback_with_exception`
#[test]
fn callback_with_exception() {
    let event_loop = new_loop();
    let reports = reports(&event_loop);
    let handle = event_loop.call_soon(|| panic!("value"));
    turn(&event_loop);
    assert!(!handle.cancelled(), "it ran");
    let told = reports.take();
    assert_eq!((told.len(), told[0].message()), (1, "Exception in callback"));
    assert!(format!("{handle:?}").contains(&told[0].location().unwrap().to_string()));
}

/// `test_events.HandleTests.test_handle_repr`, `test_handle_repr_debug`: a closure has no name, so
/// the place that scheduled it is told always.
#[test]
fn handle_debug() {
    let event_loop = new_loop();
    let (handle, line) = (event_loop.call_soon(|| {}), line!());
    let scheduled = format!("scheduled at {}:{line}:", file!());
    let says = |start: &str| {
        let text = format!("{handle:?}");
        assert!(text.starts_with(start) && text.contains(&scheduled), "{text}");
        text
    };
    says("<Handle scheduled");
    handle.cancel();
    let text = says("<Handle cancelled scheduled");
    handle.cancel();
    assert_eq!(says("<Handle cancelled scheduled"), text, "the second time changes nothing");
}

/// `test_events.HandleTests.test_handle_source_traceback`: the place, for each way to schedule.
#[test]
fn handle_source() {
    let event_loop = new_loop();
    let said = [
        (format!("{:?}", event_loop.call_soon(|| {})), line!()),
        (format!("{:?}", event_loop.handle().call_soon_threadsafe(|| {}).unwrap()), line!()),
        (format!("{:?}", event_loop.call_later(Duration::ZERO, || {})), line!()),
        (format!("{:?}", event_loop.call_at(event_loop.time(), || {})), line!()),
    ];
    for (text, line) in said {
        assert!(text.contains(&format!("scheduled at {}:{line}:", file!())), "{text}");
    }
}

/// `test_events.TimerTests.test_when`
#[test]
fn when() {
    let event_loop = new_loop();
    let when = event_loop.time() + Duration::from_secs(10);
    assert_eq!(event_loop.call_at(when, || {}).when(), Some(when));
}

/// `test_events.TimerTests.test_timer`
#[test]
fn timer() {
    let (event_loop, log) = (new_loop(), Log::new());
    let held = OnDrop(log.clone(), "dropped");
    let timer = event_loop.call_at(event_loop.time(), move || drop(held));
    assert!(!timer.cancelled());
    timer.cancel();
    assert!(timer.cancelled());
    assert_eq!(log.take(), ["dropped"], "what the callback holds goes at once");
    assert!(timer.when().is_some(), "but the deadline is still told");
}

/// `test_events.TimerTests.test_timer_repr`, `test_timer_repr_debug`
#[test]
fn timer_debug() {
    let event_loop = new_loop();
    let when = event_loop.time() + Duration::from_secs(123);
    let (timer, line) = (event_loop.call_at(when, || {}), line!());
    let rest = format!("when={:?} scheduled at {}:{line}:", Some(when), file!());
    assert!(format!("{timer:?}").starts_with(&format!("<TimerHandle {rest}")));
    timer.cancel();
    assert!(format!("{timer:?}").starts_with(&format!("<TimerHandle cancelled {rest}")));
}

/// `test_events.TimerTests.test_timer_comparison`: timers are not compared by their users; the loop
/// runs them in order of deadline, and equal ones in the order they were given.
#[test]
fn timers_are_ordered_by_their_deadlines() {
    let (event_loop, log) = (new_loop(), Log::new());
    let now = event_loop.time();
    let at = |seconds, name| -> TimerHandle {
        event_loop.call_at(before(now, Duration::from_secs(seconds)), log.writes(name))
    };
    let timers = [at(1, "e"), at(3, "a"), at(2, "c"), at(3, "b"), at(2, "d"), at(4, "never")];
    timers[5].cancel();
    while log.len() < 5 {
        turn(&event_loop);
    }
    assert_eq!(log.take(), ["a", "b", "c", "d", "e"]);
}
