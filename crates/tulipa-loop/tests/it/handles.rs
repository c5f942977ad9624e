//! Cancelling, and when a closure and what it holds is let go.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use crate::support::{Log, OnDrop, new_loop, turn, turn_until};

const HOUR: Duration = Duration::from_secs(3600);

#[test]
fn cancelling_drops_the_closure_at_once() {
    let event_loop = new_loop();
    let held = Rc::new(());
    let holds = || {
        let inside = held.clone();
        move || drop(inside)
    };
    let handle = event_loop.call_soon(holds());
    let timer = event_loop.call_later(HOUR, holds());
    let never = event_loop.call_later(Duration::MAX, holds());
    assert_eq!(Rc::strong_count(&held), 4);
    handle.cancel();
    assert_eq!(Rc::strong_count(&held), 3);
    timer.cancel();
    assert_eq!(Rc::strong_count(&held), 2);
    never.cancel();
    assert_eq!(Rc::strong_count(&held), 1);
    assert!(handle.cancelled() && timer.cancelled() && never.cancelled());
    turn(&event_loop);
}

#[test]
fn cancelling_a_threadsafe_handle_drops_the_closure_at_once() {
    let event_loop = new_loop();
    let held = Arc::new(());
    let inside = held.clone();
    let handle = event_loop.handle().call_soon_threadsafe(move || drop(inside)).unwrap();
    assert!(!handle.cancelled());
    assert!(handle.cancel(), "this call did it");
    assert_eq!(Arc::strong_count(&held), 1);
    assert!(!handle.cancel(), "it is done already");
    assert!(handle.cancelled());
    turn(&event_loop);
}

#[test]
fn a_threadsafe_handle_that_has_run_was_not_cancelled() {
    let event_loop = new_loop();
    let handle = event_loop.handle().call_soon_threadsafe(|| {}).unwrap();
    turn(&event_loop);
    assert!(!handle.cancel() && !handle.cancelled());
}

#[test]
fn a_closure_that_has_run_holds_nothing_however_many_handles_are_left() {
    let event_loop = new_loop();
    let held = Rc::new(());
    let inside = held.clone();
    let handle = event_loop.call_soon(move || drop(inside));
    let inside = held.clone();
    let timer = event_loop.call_later(Duration::ZERO, move || drop(inside));
    let kept = (handle.clone(), timer.clone());
    turn_until(&event_loop, || Rc::strong_count(&held) == 1);
    assert!(!handle.cancelled() && !timer.cancelled());
    drop(kept);
}

#[test]
fn dropping_a_handle_changes_nothing() {
    let event_loop = new_loop();
    let log = Log::new();
    drop(event_loop.call_soon(log.writes("callback")));
    drop(event_loop.call_later(Duration::ZERO, log.writes("timer")));
    drop(event_loop.handle().call_soon_threadsafe(|| {}).unwrap());
    turn_until(&event_loop, || log.len() == 2);
    assert_eq!(log.take(), ["callback", "timer"]);
}

#[test]
fn a_handle_cancelled_by_its_own_callback_was_not_cancelled() {
    let event_loop = new_loop();
    let slot = Rc::new(Cell::new(None::<tulipa_loop::Handle>));
    let (itself, log) = (slot.clone(), Log::new());
    let seen = log.clone();
    let handle = event_loop.call_soon(move || {
        let handle = itself.take().unwrap();
        handle.cancel();
        seen.add(handle.cancelled());
    });
    slot.set(Some(handle));
    turn(&event_loop);
    assert_eq!(log.take(), [false]);
}

/// What a closure holds may use the loop as it is dropped.
#[test]
fn a_destructor_may_schedule_and_cancel() {
    struct Schedules(tulipa_loop::EventLoop, Log<&'static str>, tulipa_loop::TimerHandle);
    impl Drop for Schedules {
        fn drop(&mut self) {
            self.0.call_soon(self.1.writes("scheduled by a destructor"));
            self.2.cancel();
        }
    }
    let event_loop = new_loop();
    let log = Log::new();
    let schedules = || {
        let timer = event_loop.call_later(HOUR, || {});
        Schedules(event_loop.clone(), log.clone(), timer)
    };
    let (one, other) = (schedules(), schedules());
    event_loop.call_soon(move || drop(one)).cancel();
    event_loop.call_later(HOUR, move || drop(other)).cancel();
    turn(&event_loop);
    assert_eq!(log.len(), 2);
    assert_eq!(event_loop.next_deadline(), None);
}

#[test]
fn a_handle_outlives_its_loop() {
    let event_loop = new_loop();
    let log = Log::new();
    let on_drop = OnDrop(log.clone(), "dropped");
    let handle = event_loop.call_soon(move || drop(on_drop));
    let timer = event_loop.call_later(HOUR, || {});
    let threadsafe = event_loop.handle().call_soon_threadsafe(|| {}).unwrap();
    drop(event_loop);
    assert_eq!(log.take(), ["dropped"], "closing cancels");
    handle.cancel();
    timer.cancel();
    assert!(handle.cancelled() && timer.cancelled());
    assert!(threadsafe.cancelled() && !threadsafe.cancel());
}

#[test]
fn handles_say_where_they_were_scheduled() {
    let event_loop = new_loop();
    let (line, handle) = (line!(), event_loop.call_soon(|| {}));
    let place = format!("{}:{line}:", file!());
    let timer = event_loop.call_later(Duration::MAX, || {});
    let threadsafe = event_loop.handle().call_soon_threadsafe(|| {}).unwrap();
    let text = format!("{handle:?}");
    assert!(text.starts_with("<Handle scheduled at ") && text.contains(&place), "{text}");
    let text = format!("{timer:?}");
    assert!(text.starts_with("<TimerHandle when=None scheduled at "), "{text}");
    handle.cancel();
    threadsafe.cancel();
    assert!(format!("{handle:?}").starts_with("<Handle cancelled scheduled at "));
    assert!(format!("{threadsafe:?}").starts_with("<ThreadsafeHandle cancelled scheduled at "));
}
