//! `test_base_events.BaseEventLoopTests`: scheduling, order, stopping.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use tulipa_loop::{EventLoop, RunError};

use crate::support::{Log, OnDrop, Pair, before, new_loop, on_both_backends, read, turn};

const HOUR: Duration = Duration::from_secs(3600);

/// Runs what is ready by the idiom that asyncio's users know: stop, then run.
fn run_once(event_loop: &EventLoop) {
    let stopper = event_loop.clone();
    event_loop.call_soon(move || stopper.stop());
    event_loop.run_forever().unwrap();
}

/// `test_base_events.BaseEventLoopTests.test_close`
#[test]
fn close() {
    let event_loop = new_loop();
    assert!(!event_loop.is_closed());
    event_loop.close();
    assert!(event_loop.is_closed());
    event_loop.close();
    event_loop.close();
    assert!(matches!(event_loop.run_forever(), Err(RunError::Closed)));
    assert!(matches!(event_loop.turn(None), Err(RunError::Closed)));
}

/// `test_base_events.BaseEventLoopTests.test__add_callback_handle`, `test_call_soon`
#[test]
fn call_soon() {
    let (event_loop, log) = (new_loop(), Log::new());
    let handle = event_loop.call_soon(log.writes("ran"));
    assert!(!handle.cancelled());
    assert!(event_loop.next_deadline().unwrap() <= event_loop.time(), "it is ready, no timer");
    assert_eq!((turn(&event_loop), log.take()), (1, vec!["ran"]));
}

/// `test_base_events.BaseEventLoopTests.test__add_callback_cancelled_handle`
#[test]
fn a_cancelled_handle_does_not_run() {
    let (event_loop, log) = (new_loop(), Log::new());
    event_loop.call_soon(log.writes("ran")).cancel();
    turn(&event_loop);
    assert_eq!((log.len(), event_loop.next_deadline()), (0, None));
}

/// `test_base_events.BaseEventLoopTests.test_call_later`
#[test]
fn call_later() {
    let event_loop = new_loop();
    let start = event_loop.time();
    let handle = event_loop.call_later(Duration::from_secs(10), || unreachable!("not due"));
    let when = handle.when().unwrap();
    assert!(when >= start + Duration::from_secs(10));
    assert_eq!(event_loop.next_deadline(), Some(when), "scheduled, not ready");
    assert_eq!(turn(&event_loop), 0);
}

/// `test_base_events.BaseEventLoopTests.test_call_later_negative_delays`: a `Duration` is never
/// negative; an `Instant` may be past.
#[test]
fn call_later_negative_delays() {
    let (event_loop, log) = (new_loop(), Log::new());
    for (seconds, name) in [(1, "a"), (2, "b")] {
        let when = before(event_loop.time(), Duration::from_secs(seconds));
        event_loop.call_at(when, log.writes(name));
    }
    run_once(&event_loop);
    assert_eq!(log.take(), ["b", "a"]);
}

/// `test_base_events.BaseEventLoopTests.test_time_and_call_at`
#[test]
fn time_and_call_at_real_time() {
    on_both_backends(|event_loop| {
        let when = event_loop.time() + Duration::from_millis(3);
        let stopper = event_loop.clone();
        event_loop.call_at(when, move || stopper.stop());
        event_loop.run_forever().unwrap();
        assert!(event_loop.time() >= when, "never early");
    });
}

/// `test_base_events.BaseEventLoopTests.test__run_once`: a cancelled timer shortens no wait.
#[test]
fn a_cancelled_timer_is_not_waited_for() {
    let event_loop = new_loop();
    let first = event_loop.call_later(Duration::from_secs(5), || {});
    let second = event_loop.call_later(Duration::from_secs(10), || {});
    assert_eq!(event_loop.next_deadline(), first.when());
    first.cancel();
    assert_eq!(event_loop.next_deadline(), second.when());
    turn(&event_loop);
    assert_eq!(event_loop.next_deadline(), second.when());
}

/// `test_base_events.BaseEventLoopTests.test__run_once_schedule_handle`
#[test]
fn what_a_timer_schedules_runs_in_the_next_iteration() {
    let (event_loop, log) = (new_loop(), Log::new());
    let (inner, again) = (log.clone(), event_loop.clone());
    let past = before(event_loop.time(), Duration::from_secs(1));
    event_loop.call_at(past, move || {
        inner.add("timer");
        again.call_soon(inner.writes("callback"));
    });
    turn(&event_loop);
    assert_eq!(log.take(), ["timer"]);
    turn(&event_loop);
    assert_eq!(log.take(), ["callback"]);
}

/// `test_base_events.BaseEventLoopTests.test__run_once_cancelled_event_cleanup`: what is not
/// visible here is when the heap is swept; what is, is that nothing cancelled is kept.
#[test]
fn cancelled_timers_are_not_kept() {
    let (event_loop, log) = (new_loop(), Log::new());
    let arm = |delay| {
        let held = OnDrop(log.clone(), "dropped");
        event_loop.call_later(delay, move || drop(held))
    };
    let kept = [(); 3].map(|()| arm(HOUR));
    for round in 1..200_u64 {
        // Before the ones that are kept, and behind them.
        let pair = [HOUR / 36, 2 * HOUR].map(arm);
        assert_eq!(event_loop.next_deadline(), pair[0].when());
        pair.iter().for_each(tulipa_loop::TimerHandle::cancel);
        assert_eq!(log.take().len(), 2, "round {round}");
        assert_eq!(event_loop.next_deadline(), kept[0].when());
        turn(&event_loop);
    }
    assert!(kept.iter().all(|timer| !timer.cancelled()));
    event_loop.close();
    assert_eq!(log.take().len(), 3);
}

/// `test_base_events.BaseEventLoopTests.test_single_selecter_event_callback_after_stopping`: what a
/// descriptor has brought is told once, over two runs that stop at once.
#[test]
fn a_stopped_loop_tells_an_event_once() {
    on_both_backends(|event_loop| {
        let (pair, log) = (Pair::new(event_loop), Log::new());
        let (source, reads) = (pair.source.clone(), log.clone());
        let reader = async move {
            loop {
                reads.add(read(&source).await);
            }
        };
        let task = tulipa_task::create_task_on(&event_loop.runtime(), reader);
        turn(event_loop);
        pair.send(b"event");
        for _ in 0..2 {
            run_once(event_loop);
            turn(event_loop);
            assert_eq!(log.len(), 1);
        }
        assert_eq!(log.take(), [b"event"]);
        task.cancel();
        turn(event_loop);
    });
}

/// `test_base_events.BaseEventLoopTests.test_run_once`
#[test]
fn run_once_runs_what_is_ready() {
    let (event_loop, log) = (new_loop(), Log::new());
    event_loop.call_soon(log.writes("once"));
    run_once(&event_loop);
    assert_eq!(log.take(), ["once"]);
}

/// `test_base_events.BaseEventLoopTests.test_run_forever_pre_stopped`: S-LOOP-11
#[test]
fn run_forever_pre_stopped() {
    on_both_backends(|event_loop| {
        event_loop.call_later(HOUR, || unreachable!("it would have waited an hour"));
        event_loop.stop();
        event_loop.run_forever().unwrap();
        assert!(!event_loop.is_running());
    });
}

/// `test_base_events.BaseEventLoopTests.test_custom_run_forever_integration`
#[test]
fn ten_turns_by_hand() {
    on_both_backends(|event_loop| {
        let count = Rc::new(Cell::new(0));
        let (counted, inside) = (count.clone(), event_loop.clone());
        event_loop.call_soon(move || {
            counted.set(counted.get() + 1);
            let current = EventLoop::current().unwrap();
            assert_eq!(current.runtime().id(), inside.runtime().id());
            assert!(inside.is_running());
        });
        for _ in 0..10 {
            turn(event_loop);
            assert!(EventLoop::current().is_err() && !event_loop.is_running());
        }
        assert_eq!(count.get(), 1);
    });
}
