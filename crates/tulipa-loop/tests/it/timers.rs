//! Deadlines at every edge, and what cancelling does.

use std::cell::Cell;
use std::rc::Rc;
use std::time::{Duration, Instant};

use crate::support::{Log, before, new_loop, on_both_backends, turn, turn_until};

const HOUR: Duration = Duration::from_secs(3600);

/// The last instant that can be said.
fn end_of_time() -> Instant {
    let mut end = Instant::now();
    let mut step = Duration::from_secs(1 << 62);
    while !step.is_zero() {
        match end.checked_add(step) {
            Some(later) => end = later,
            None => step /= 2,
        }
    }
    end
}

/// S-LOOP-6, which says otherwise of asyncio.
#[test]
fn a_timer_never_runs_early() {
    on_both_backends(|event_loop| {
        for micros in [0, 1, 10, 400, 999, 1_000, 1_001, 2_500] {
            let ran_at = Rc::new(Cell::new(None));
            let (looks, clock) = (ran_at.clone(), event_loop.clone());
            let delay = Duration::from_micros(micros);
            let timer = event_loop.call_later(delay, move || looks.set(Some(clock.time())));
            turn_until(event_loop, || ran_at.get().is_some());
            let (due, ran_at) = (timer.when().unwrap(), ran_at.get().unwrap());
            assert!(ran_at >= due, "{:?} early", due - ran_at);
        }
    });
}

#[test]
fn instants_in_the_past_run_in_order_of_deadline_also_from_before_the_loop_began() {
    on_both_backends(|event_loop| {
        let (log, now) = (Log::new(), event_loop.time());
        for seconds in [3, 1, 2, 1, 3] {
            event_loop.call_at(before(now, Duration::from_secs(seconds)), log.writes(seconds));
        }
        turn_until(event_loop, || log.len() == 5);
        assert_eq!(log.take(), [3, 3, 2, 1, 1]);
    });
}

#[test]
fn a_timer_given_for_the_past_does_not_run_inside_the_call() {
    let event_loop = new_loop();
    let log = Log::new();
    event_loop.call_at(before(event_loop.time(), HOUR), log.writes(()));
    assert_eq!(log.len(), 0);
    turn(&event_loop);
    assert_eq!(log.len(), 1);
}

#[test]
fn a_delay_beyond_the_clock_never_ends_and_has_no_instant() {
    on_both_backends(|event_loop| {
        let log = Log::new();
        let never = event_loop.call_later(Duration::MAX, log.writes("never"));
        assert_eq!(never.when(), None);
        assert_eq!(event_loop.next_deadline(), None, "nothing to wait for");
        event_loop.call_later(Duration::from_millis(1), log.writes("soon"));
        assert_eq!(event_loop.turn(None).unwrap(), 1);
        assert_eq!(log.take(), ["soon"]);
        assert!(!never.cancelled());
        never.cancel();
        assert!(never.cancelled());
    });
}

#[test]
fn the_end_of_time_is_a_deadline_like_any_other() {
    on_both_backends(|event_loop| {
        let (log, end) = (Log::new(), end_of_time());
        let last = event_loop.call_at(end, log.writes("never"));
        event_loop.call_at(before(end, HOUR), log.writes("nor this"));
        assert_eq!(last.when(), Some(end));
        event_loop.call_later(Duration::from_millis(1), log.writes("soon"));
        assert_eq!(event_loop.turn(None).unwrap(), 1);
        last.cancel();
        event_loop.call_later(HOUR * 24 * 365 * 1000, log.writes("in a thousand years"));
        assert_eq!(event_loop.turn(Some(Duration::from_millis(1))).unwrap(), 0);
        assert_eq!(log.take(), ["soon"]);
    });
}

#[test]
fn a_cancelled_timer_does_not_wake_the_loop() {
    on_both_backends(|event_loop| {
        let log = Log::new();
        let early = event_loop.call_later(Duration::from_millis(1), log.writes("early"));
        let late = event_loop.call_later(Duration::from_millis(5), log.writes("late"));
        early.cancel();
        assert_eq!(event_loop.next_deadline(), late.when());
        assert_eq!(event_loop.turn(None).unwrap(), 1, "one wait for the one that is left");
        assert_eq!(log.take(), ["late"]);
    });
}

#[test]
fn cancelling_twice_and_after_the_run_does_nothing() {
    let event_loop = new_loop();
    let log = Log::new();
    let twice = event_loop.call_at(event_loop.time(), log.writes("cancelled"));
    twice.cancel();
    twice.cancel();
    assert!(twice.cancelled());
    let ran = event_loop.call_at(event_loop.time(), log.writes("ran"));
    turn_until(&event_loop, || log.len() == 1);
    // Its place is taken by another, which must not be hit.
    let next = event_loop.call_at(event_loop.time(), log.writes("next"));
    ran.cancel();
    twice.cancel();
    assert!(!ran.cancelled(), "it ran");
    assert!(!next.cancelled());
    turn_until(&event_loop, || log.len() == 2);
    assert_eq!(log.take(), ["ran", "next"]);
}

#[test]
fn a_timer_cancelled_by_another_of_its_deadline_does_not_run() {
    let event_loop = new_loop();
    let (log, when) = (Log::new(), event_loop.time());
    let victim = Rc::new(Cell::new(None::<tulipa_loop::TimerHandle>));
    let (cancels, first) = (victim.clone(), log.writes("first"));
    event_loop.call_at(when, move || {
        cancels.take().unwrap().cancel();
        first();
    });
    victim.set(Some(event_loop.call_at(when, log.writes("second"))));
    event_loop.call_at(when, log.writes("third"));
    turn(&event_loop);
    assert_eq!(log.take(), ["first", "third"]);
}

#[test]
fn the_next_deadline_is_now_while_something_is_ready() {
    let event_loop = new_loop();
    assert_eq!(event_loop.next_deadline(), None);
    let timer = event_loop.call_later(HOUR, || {});
    assert_eq!(event_loop.next_deadline(), timer.when());
    event_loop.call_soon(|| {});
    assert!(event_loop.next_deadline().unwrap() <= event_loop.time());
    turn(&event_loop);
    assert_eq!(event_loop.next_deadline(), timer.when());
    event_loop.handle().call_soon_threadsafe(|| {}).unwrap();
    assert!(event_loop.next_deadline().unwrap() <= event_loop.time(), "in the inbox");
}

#[test]
fn a_turn_of_any_length_is_taken() {
    on_both_backends(|event_loop| {
        for limit in [Duration::from_nanos(1), Duration::MAX] {
            let log = Log::new();
            event_loop.call_later(Duration::from_millis(3), log.writes(()));
            turn_until(event_loop, || {
                event_loop.turn(Some(limit)).unwrap();
                log.len() == 1
            });
        }
    });
}
