//! A loop that finds several deadlines passed at once behaves as a punctual one.
//!
//! The tests make a loop late by arming timers in the past: it is then late by that much.

use std::cell::Cell;
use std::future::pending;
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex};
use std::task::{Wake, Waker};
use std::time::{Duration, Instant};

use tulipa_cancel::CancelExt;
use tulipa_loop::{EventLoop, POLLS_PER_LOOK};
use tulipa_task::create_task_on;
use tulipa_time::{sleep_until, timeout_at, yield_now};

use crate::support::{Log, Pair, before, new_loop, on_both_backends, read, run_until, turn};

/// An instant so many microseconds before the loop began, or after that.
fn past(micros: u64) -> Instant {
    thread_local!(static ORIGIN: Instant = before(Instant::now(), Duration::from_secs(1)));
    ORIGIN.with(|origin| *origin + Duration::from_micros(micros))
}

/// Writes its name and schedules the rest.
fn chain(event_loop: &EventLoop, log: &Log<&'static str>, names: &'static [&'static str]) {
    let Some((name, rest)) = names.split_first() else { return };
    log.add(name);
    let (again, log) = (event_loop.clone(), log.clone());
    event_loop.call_soon(move || chain(&again, &log, rest));
}

#[test]
fn what_one_deadline_woke_runs_to_its_end_before_the_next_deadline_fires() {
    on_both_backends(|event_loop| {
        let log = Log::new();
        let (again, chained) = (event_loop.clone(), log.clone());
        event_loop.call_at(past(2), log.writes("second"));
        event_loop.call_at(past(1), move || chain(&again, &chained, &["first", "of it", "too"]));
        event_loop.call_at(past(3), log.writes("third"));
        run_until(event_loop, &log, 5);
        assert_eq!(log.take(), ["first", "of it", "too", "second", "third"]);
    });
}

/// The example of the documentation: a timeout, and a sleep that ends a moment later.
#[test]
fn of_a_timeout_and_a_sleep_that_ends_a_moment_later_the_timeout_comes_first() {
    on_both_backends(|event_loop| {
        let (log, runtime) = (Log::new(), event_loop.runtime());
        let (slept, timed_out, cleaned_up) =
            (log.writes("slept"), log.writes("timed out"), log.writes("cleaned up"));
        let soon = event_loop.time() + Duration::from_millis(10);
        create_task_on(&runtime, async move {
            sleep_until(soon + Duration::from_nanos(1)).await;
            slept();
        })
        .detach();
        create_task_on(&runtime, async move {
            let work = pending::<()>().finally(async move || {
                for _ in 0..5 {
                    yield_now().await;
                }
                cleaned_up();
            });
            timeout_at(soon, work).await.unwrap_err();
            timed_out();
        })
        .detach();
        turn(event_loop);
        assert!(event_loop.time() < soon, "both wait now");
        while event_loop.time() < soon + Duration::from_millis(1) {}
        run_until(event_loop, &log, 3);
        assert_eq!(log.take(), ["cleaned up", "timed out", "slept"]);
    });
}

#[test]
fn a_loop_that_never_runs_out_of_work_fires_all_that_is_due_at_each_look() {
    fn goes_on(event_loop: &EventLoop, iterations: &Rc<Cell<usize>>) {
        iterations.set(iterations.get() + 1);
        let (again, iterations) = (event_loop.clone(), iterations.clone());
        event_loop.call_soon(move || goes_on(&again, &iterations));
    }
    on_both_backends(|event_loop| {
        let (log, iterations) = (Log::new(), Rc::new(Cell::new(0)));
        goes_on(event_loop, &iterations);
        // The first iteration of a run looks; these come to be due after that.
        let (again, fired, count) = (event_loop.clone(), log.clone(), iterations.clone());
        event_loop.call_soon(move || {
            for event in (0..10).rev() {
                let (fired, count) = (fired.clone(), count.clone());
                again.call_at(past(event), move || fired.add((event, count.get())));
            }
        });
        run_until(event_loop, &log, 10);
        let fired = log.take();
        let (_, at) = fired[0];
        assert!((50..=POLLS_PER_LOOK + 2).contains(&at), "a look came after {at} entries");
        assert_eq!(fired, (0..10).map(|event| (event, at)).collect::<Vec<_>>(), "in one iteration");
        event_loop.close();
    });
}

/// A host decides how much time passes between turns; what is due by then is due.
#[test]
fn a_turn_looks_also_if_much_is_ready() {
    on_both_backends(|event_loop| {
        let (log, pair) = (Log::new(), Pair::new(event_loop));
        let (source, reads) = (pair.source.clone(), log.clone());
        let waits = async move { reads.add(String::from_utf8(read(&source).await).unwrap()) };
        create_task_on(&event_loop.runtime(), waits).detach();
        turn(event_loop);
        pair.send(b"socket");
        for event in [2, 1] {
            event_loop.call_at(past(event), log.writes(format!("timer {event}")));
        }
        event_loop.call_soon(log.writes("callback".to_owned()));
        turn(event_loop);
        assert_eq!(log.take(), ["callback", "socket", "timer 1", "timer 2"]);
    });
}

#[test]
fn a_stopping_loop_runs_what_was_due_when_it_last_looked() {
    on_both_backends(|event_loop| {
        let log = Log::new();
        let (again, stops) = (event_loop.clone(), log.clone());
        event_loop.call_at(past(1), move || {
            stops.add("first");
            again.stop();
            again.call_soon(stops.writes("woken by the first"));
        });
        let (again, wakes) = (event_loop.clone(), log.clone());
        event_loop.call_at(past(2), move || {
            wakes.add("second");
            again.call_soon(wakes.writes("woken by the second"));
        });
        event_loop.call_at(past(3), log.writes("third"));
        event_loop.run_forever().unwrap();
        assert_eq!(log.take(), ["first", "second", "third"]);
        turn(event_loop);
        assert_eq!(log.take(), ["woken by the first", "woken by the second"], "later, in order");
    });
}

/// Arms a timer that is due at once, each time it is woken.
struct ArmsAgain(Arc<AtomicUsize>);

impl Wake for ArmsAgain {
    fn wake(self: Arc<Self>) {
        // Relaxed here and below: all of it is on one thread.
        self.0.fetch_add(1, Relaxed);
        tulipa_rt::current().wake_at(past(0), &Waker::from(self));
    }
}

/// Does the same, and writes to a socket the tenth time; after ten thousand it ends the run.
struct SendsAfterAWhile(Arc<AtomicUsize>, Mutex<Option<Pair>>);

impl Wake for SendsAfterAWhile {
    fn wake(self: Arc<Self>) {
        match self.0.fetch_add(1, Relaxed) {
            10 => self.1.lock().unwrap().as_ref().unwrap().send(b"spam"),
            10_000 => return EventLoop::current().unwrap().stop(),
            _ => {}
        }
        tulipa_rt::current().wake_at(past(0), &Waker::from(self));
    }
}

#[test]
fn a_timer_armed_as_another_fires_waits_for_the_next_iteration_also_in_a_busy_loop() {
    on_both_backends(|event_loop| {
        let fired = Arc::new(AtomicUsize::new(0));
        let waker = Waker::from(Arc::new(ArmsAgain(fired.clone())));
        event_loop.runtime().wake_at(past(0), &waker);
        for turns in 1..1000 {
            event_loop.call_soon(|| {});
            turn(event_loop);
            assert_eq!(fired.load(Relaxed), turns, "once in an iteration");
        }
        event_loop.stop();
        event_loop.run_forever().unwrap(); // and it does end
    });
}

/// Timers that make nothing ready leave nothing to count; they must not keep the loop from
/// looking.
#[test]
fn timers_that_make_nothing_ready_do_not_starve_sockets() {
    on_both_backends(|event_loop| {
        let (log, pair) = (Log::new(), Pair::new(event_loop));
        let (source, reads) = (pair.source.clone(), log.clone());
        let waits = async move { reads.add(read(&source).await) };
        create_task_on(&event_loop.runtime(), waits).detach();
        turn(event_loop);
        let fired = Arc::new(AtomicUsize::new(0));
        // Bounded, so that the test ends if the loop does not look.
        let sends = SendsAfterAWhile(fired, Mutex::new(Some(pair)));
        event_loop.runtime().wake_at(past(0), &Waker::from(Arc::new(sends)));
        run_until(event_loop, &log, 1);
        assert_eq!(log.take(), [b"spam"]);
    });
}

#[test]
fn a_punctual_loop_and_a_late_one_give_one_order() {
    fn order(late: bool) -> Vec<String> {
        let (event_loop, log) = (new_loop(), Log::new());
        let step = Duration::from_micros(if late { 100 } else { 3_000 });
        let start = event_loop.time() + Duration::from_millis(5);
        for task in 0..12 {
            let log = log.clone();
            create_task_on(&event_loop.runtime(), async move {
                sleep_until(start + step * (task * 7 % 12)).await;
                for poll in 0..task % 3 {
                    log.add(format!("{task}: {poll}"));
                    yield_now().await;
                }
            })
            .detach();
        }
        turn(&event_loop);
        while late && event_loop.time() < start + step * 12 {}
        run_until(&event_loop, &log, 12);
        log.take()
    }
    let punctual = order(false);
    assert_eq!(punctual[..4], ["7: 0", "2: 0", "2: 1", "4: 0"]);
    assert_eq!(order(true), punctual);
}
