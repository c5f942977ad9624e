//! What runs before what: the ready queue, one iteration after the other.

use std::cell::Cell;
use std::io::Write;
use std::rc::Rc;
use std::time::Duration;

use tulipa_loop::EventLoop;
use tulipa_task::create_task_on;

use crate::support::{Log, Pair, before, new_loop, on_both_backends, read, run_until, turn, write};

/// S-LOOP-1
#[test]
fn callbacks_run_in_the_order_they_were_given_each_once() {
    on_both_backends(|event_loop| {
        let log = Log::new();
        for event in 0..100 {
            event_loop.call_soon(log.writes(event));
        }
        assert_eq!(turn(event_loop), 100);
        assert_eq!(log.take(), (0..100).collect::<Vec<_>>());
        assert_eq!(turn(event_loop), 0);
        assert_eq!(log.take(), []);
    });
}

#[test]
fn tasks_and_callbacks_stand_in_one_queue() {
    let event_loop = new_loop();
    let log = Log::new();
    event_loop.call_soon(log.writes(0));
    let in_task = log.clone();
    create_task_on(&event_loop.runtime(), async move { in_task.add(1) }).detach();
    event_loop.runtime().call_soon(Box::new(log.writes(2)));
    event_loop.call_soon(log.writes(3));
    turn(&event_loop);
    assert_eq!(log.take(), [0, 1, 2, 3]);
}

/// Schedules itself again and again, and counts.
fn reschedules_itself(event_loop: &EventLoop, count: &Rc<Cell<usize>>) {
    count.set(count.get() + 1);
    let (again, count) = (event_loop.clone(), count.clone());
    event_loop.call_soon(move || reschedules_itself(&again, &count));
}

/// S-LOOP-2
#[test]
fn what_a_batch_queues_runs_in_the_next_iteration() {
    on_both_backends(|event_loop| {
        let log = Log::new();
        let (inner, again) = (log.clone(), event_loop.clone());
        event_loop.call_soon(move || {
            inner.add("first");
            again.call_soon(inner.writes("of the first"));
        });
        event_loop.call_soon(log.writes("second"));
        assert_eq!(turn(event_loop), 2);
        assert_eq!(log.take(), ["first", "second"]);
        assert_eq!(turn(event_loop), 1);
        assert_eq!(log.take(), ["of the first"]);
    });
}

/// S-LOOP-2
#[test]
fn a_callback_that_reschedules_itself_starves_neither_timers_nor_sockets() {
    on_both_backends(|event_loop| {
        let (log, count) = (Log::new(), Rc::new(Cell::new(0)));
        let Pair { source, peer } = Pair::new(event_loop);
        let reads = log.clone();
        create_task_on(&event_loop.runtime(), async move {
            reads.add(String::from_utf8(read(&source).await).unwrap());
        })
        .detach();
        turn(event_loop);
        // The first iteration looks; these come to be ready after that.
        let (again, timer) = (event_loop.clone(), log.writes("timer".to_owned()));
        event_loop.call_soon(move || {
            again.call_at(again.time(), timer);
            (&peer).write_all(b"socket").unwrap();
        });
        reschedules_itself(event_loop, &count);
        run_until(event_loop, &log, 2);
        assert!(count.get() < 1000, "starved for {} callbacks", count.get());
        assert_eq!(log.take(), ["socket", "timer"]);
        event_loop.close(); // it holds a handle on its own loop
    });
}

/// S-LOOP-3
#[test]
fn an_iteration_runs_what_was_ready_then_io_read_before_write_then_timers() {
    on_both_backends(|event_loop| {
        let log = Log::new();
        let pair = Pair::new(event_loop);
        pair.fill();
        let (reads, writes) = (pair.source.clone(), pair.source.clone());
        let (after_write, after_read) = (log.writes("write"), log.writes("read"));
        create_task_on(&event_loop.runtime(), async move {
            write(&writes).await;
            after_write();
        })
        .detach();
        create_task_on(&event_loop.runtime(), async move {
            read(&reads).await;
            after_read();
        })
        .detach();
        turn(event_loop);
        event_loop.turn(Some(Duration::from_millis(1))).unwrap();
        let now = event_loop.time();
        event_loop.call_at(now, log.writes("later timer"));
        event_loop.call_at(before(now, Duration::from_micros(1)), log.writes("earlier timer"));
        event_loop.call_soon(log.writes("callback"));
        pair.drain();
        pair.send(b"spam");
        event_loop.stop();
        event_loop.run_forever().unwrap();
        assert_eq!(log.take(), ["callback", "read", "write", "earlier timer", "later timer"]);
    });
}

/// S-LOOP-5
#[test]
fn timers_of_one_deadline_run_in_the_order_they_were_given() {
    on_both_backends(|event_loop| {
        let (log, when) = (Log::new(), event_loop.time());
        for event in 0..8 {
            event_loop.call_at(when, log.writes(event));
        }
        assert_eq!(turn(event_loop), 8, "they are due in one iteration");
        assert_eq!(log.take(), [0, 1, 2, 3, 4, 5, 6, 7]);
    });
}

/// S-LOOP-7
#[test]
fn a_callback_comes_before_a_timer_of_no_delay_that_was_given_first() {
    on_both_backends(|event_loop| {
        let log = Log::new();
        event_loop.call_later(Duration::ZERO, log.writes("timer"));
        event_loop.call_soon(log.writes("callback"));
        while log.len() < 2 {
            turn(event_loop);
        }
        assert_eq!(log.take(), ["callback", "timer"]);
    });
}

/// S-LOOP-7: a negative delay is an instant in the past.
#[test]
fn an_instant_in_the_past_comes_before_a_timer_of_no_delay_that_was_given_first() {
    let event_loop = new_loop();
    let log = Log::new();
    event_loop.call_later(Duration::ZERO, log.writes("no delay"));
    let past = before(event_loop.time(), Duration::from_secs(1));
    event_loop.call_at(past, log.writes("past"));
    while log.len() < 2 {
        turn(&event_loop);
    }
    assert_eq!(log.take(), ["past", "no delay"]);
}

/// S-LOOP-8
#[test]
fn a_handle_cancelled_by_an_earlier_callback_of_the_batch_does_not_run() {
    let event_loop = new_loop();
    let (log, victim) = (Log::new(), Rc::new(Cell::new(None)));
    let cancels = victim.clone();
    let (first, third) = (log.writes("first"), log.writes("third"));
    event_loop.call_soon(move || {
        first();
        let handle: tulipa_loop::Handle = cancels.take().unwrap();
        handle.cancel();
    });
    victim.set(Some(event_loop.call_soon(log.writes("second"))));
    event_loop.call_soon(third);
    turn(&event_loop);
    assert_eq!(log.take(), ["first", "third"]);
}

/// S-LOOP-10
#[test]
fn stop_lets_the_batch_finish_and_leaves_what_it_queued_for_the_next_run() {
    on_both_backends(|event_loop| {
        let log = Log::new();
        let (inner, again) = (log.clone(), event_loop.clone());
        event_loop.call_soon(move || {
            again.stop();
            inner.add("stops");
            again.call_soon(inner.writes("queued after the stop"));
        });
        event_loop.call_soon(log.writes("of the same batch"));
        event_loop.run_forever().unwrap();
        assert_eq!(log.take(), ["stops", "of the same batch"]);
        event_loop.call_soon({
            let stopper = event_loop.clone();
            move || stopper.stop()
        });
        event_loop.run_forever().unwrap();
        assert_eq!(log.take(), ["queued after the stop"]);
    });
}

/// S-LOOP-11
#[test]
fn stop_before_a_run_makes_it_one_iteration_that_does_not_wait() {
    on_both_backends(|event_loop| {
        let log = Log::new();
        let inner = log.clone();
        let again = event_loop.clone();
        event_loop.call_soon(move || {
            inner.add("ready");
            again.call_soon(inner.writes("later"));
        });
        event_loop.call_at(event_loop.time(), log.writes("due"));
        event_loop.call_later(Duration::from_secs(3600), log.writes("not due"));
        event_loop.stop();
        event_loop.run_forever().unwrap();
        assert_eq!(log.take(), ["ready", "due"]);

        // The flag is clear: this run goes on until it is stopped.
        let stopper = event_loop.clone();
        event_loop.call_later(Duration::from_millis(2), move || stopper.stop());
        event_loop.run_forever().unwrap();
        assert_eq!(log.take(), ["later"]);
    });
}

/// S-LOOP-11: what a socket or a thread has brought belongs to that iteration.
#[test]
fn the_iteration_of_a_stopped_loop_asks_the_poller() {
    on_both_backends(|event_loop| {
        let log = Log::new();
        let pair = Pair::new(event_loop);
        let (source, reads) = (pair.source.clone(), log.clone());
        let waits = async move { reads.add(read(&source).await) };
        create_task_on(&event_loop.runtime(), waits).detach();
        turn(event_loop);
        pair.send(b"spam");
        event_loop.call_soon(log.writes(b"callback".to_vec()));
        event_loop.stop();
        event_loop.run_forever().unwrap();
        assert_eq!(log.take(), [b"callback".to_vec(), b"spam".to_vec()]);
    });
}

#[test]
fn a_stop_inside_a_turn_is_over_with_the_turn() {
    let event_loop = new_loop();
    let stopper = event_loop.clone();
    event_loop.call_soon(move || stopper.stop());
    turn(&event_loop);
    let log = Log::new();
    event_loop.call_later(Duration::from_millis(2), log.writes("waited for"));
    assert_eq!(event_loop.turn(None).unwrap(), 1, "the next turn waits again");
    assert_eq!(log.take(), ["waited for"]);
}
