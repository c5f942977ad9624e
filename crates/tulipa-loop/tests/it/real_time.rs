//! How long things take, by the machine's clock.
//!
//! A bound is met if one of several tries meets it: another process may have had the processor.

use std::cell::Cell;
use std::rc::Rc;
use std::thread;
use std::time::{Duration, Instant};

use tulipa_loop::EventLoop;
use tulipa_task::create_task_on;
use tulipa_time::{sleep, yield_now};

use crate::support::{BACKENDS, LONG, Log, Pair, on_both_backends, read};

/// The shortest of several tries, on each backend.
fn shortest(what: &str, bound: Duration, measure: impl Fn(&EventLoop) -> Duration) {
    for backend in BACKENDS {
        let tries = (0..20).map(|_| {
            let event_loop = EventLoop::with_backend(backend).unwrap();
            let took = measure(&event_loop);
            event_loop.set_exception_handler(|_| {});
            event_loop.close();
            took
        });
        let took = tries.min().unwrap();
        assert!(took <= bound, "{backend:?}: {what} took {took:?} at best, more than {bound:?}");
    }
}

/// A task that only yields must not keep a timer waiting.
#[test]
fn a_millisecond_beside_a_task_that_only_yields_ends_within_two() {
    shortest("a sleep of 1 ms", Duration::from_millis(2), |event_loop| {
        let (stopper, ended) = (event_loop.clone(), Rc::new(Cell::new(None)));
        let end = ended.clone();
        let yielder = create_task_on(&event_loop.runtime(), async {
            loop {
                yield_now().await;
            }
        });
        let start = Instant::now();
        create_task_on(&event_loop.runtime(), async move {
            sleep(Duration::from_millis(1)).await;
            end.set(Some(Instant::now()));
            stopper.stop();
        })
        .detach();
        event_loop.run_forever().unwrap();
        drop::<tulipa_task::Task<()>>(yielder);
        ended.get().unwrap() - start
    });
}

/// Nor a socket.
#[test]
fn a_socket_beside_a_task_that_only_yields_is_seen_within_a_millisecond() {
    shortest("seeing a readable socket", Duration::from_millis(1), |event_loop| {
        let pair = Pair::new(event_loop);
        let (stopper, source) = (event_loop.clone(), pair.source.clone());
        create_task_on(&event_loop.runtime(), async move {
            assert_eq!(read(&source).await, b"spam");
            stopper.stop();
        })
        .detach();
        create_task_on(&event_loop.runtime(), async {
            loop {
                yield_now().await;
            }
        })
        .detach();
        event_loop.turn(Some(Duration::ZERO)).unwrap();
        // The run's first iteration looks; the socket becomes readable after that.
        let sent = Rc::new(Cell::new(None));
        let at = sent.clone();
        event_loop.call_soon(move || {
            pair.send(b"spam");
            at.set(Some(Instant::now()));
        });
        event_loop.run_forever().unwrap();
        sent.get().unwrap().elapsed()
    });
}

/// S-LOOP-4
#[test]
fn nothing_is_waited_for_while_something_is_ready_or_the_loop_is_to_stop() {
    on_both_backends(|event_loop| {
        let start = Instant::now();
        event_loop.call_later(LONG, || {});
        event_loop.call_soon(|| {});
        assert_eq!(event_loop.turn(None).unwrap(), 1);
        event_loop.stop();
        event_loop.run_forever().unwrap();
        event_loop.handle().stop().unwrap();
        event_loop.run_forever().unwrap();
        assert!(start.elapsed() < LONG / 2);
    });
}

/// S-LOOP-4
#[test]
fn an_idle_loop_waits_for_the_earliest_timer_that_lives() {
    shortest("a timer of 3 ms", Duration::from_millis(5), |event_loop| {
        let log = Log::new();
        let start = Instant::now();
        event_loop.call_later(Duration::from_millis(1), log.writes("cancelled")).cancel();
        event_loop.call_later(LONG, log.writes("late"));
        event_loop.call_later(Duration::from_millis(3), log.writes("earliest"));
        assert_eq!(event_loop.turn(None).unwrap(), 1);
        let took = start.elapsed();
        assert!(took >= Duration::from_millis(3), "{took:?} is early");
        assert_eq!(log.take(), ["earliest"]);
        took
    });
}

/// S-LOOP-4: with no timer it waits for ever, here until a thread sends something.
#[test]
fn a_loop_with_nothing_to_do_waits_until_something_comes() {
    on_both_backends(|event_loop| {
        let handle = event_loop.handle();
        let start = Instant::now();
        let sender = thread::spawn(move || {
            thread::sleep(Duration::from_millis(20));
            handle.call_soon_threadsafe(|| {}).unwrap();
        });
        assert_eq!(event_loop.turn(None).unwrap(), 1, "one wait, ended by what came");
        assert!(start.elapsed() >= Duration::from_millis(20));
        sender.join().unwrap();
    });
}

#[test]
fn a_turn_waits_no_longer_than_it_was_told() {
    shortest("a turn of 2 ms", Duration::from_millis(4), |event_loop| {
        event_loop.call_later(LONG, || {});
        let start = Instant::now();
        assert_eq!(event_loop.turn(Some(Duration::from_millis(2))).unwrap(), 0);
        let took = start.elapsed();
        assert!(took >= Duration::from_millis(2), "{took:?} is early");
        took
    });
}
