//! Several loops on one thread; loops in loops.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use tulipa_loop::{EventLoop, RunError};
use tulipa_task::{Promise, create_task_on};

use crate::support::{Log, new_loop, on_both_backends, turn};

/// S-LOOP-12
#[test]
fn neither_a_running_loop_nor_a_second_one_on_its_thread_can_be_run() {
    on_both_backends(|event_loop| {
        let (log, again, other) = (Log::new(), event_loop.clone(), new_loop());
        let seen = log.clone();
        event_loop.call_soon(move || {
            assert!(again.is_running() && !other.is_running());
            for event_loop in [&again, &other] {
                for run in [event_loop.run_forever(), event_loop.turn(None).map(drop)] {
                    seen.add(matches!(run, Err(RunError::AlreadyRunning)));
                }
            }
        });
        turn(event_loop);
        assert_eq!(log.take(), [true; 4]);
        assert!(!event_loop.is_running());
        assert_eq!(turn(event_loop), 0, "it runs as before");
    });
}

#[test]
fn current_is_the_loop_that_runs() {
    assert!(EventLoop::current().is_err());
    let [one, other] = [new_loop(), new_loop()];
    let log = Log::new();
    for event_loop in [&one, &other] {
        let (log, id) = (log.clone(), event_loop.runtime().id());
        event_loop.call_soon(move || {
            log.add(EventLoop::current().unwrap().runtime().id() == id);
        });
    }
    turn(&one);
    turn(&other);
    assert_eq!(log.take(), [true, true]);
    let error = EventLoop::current().unwrap_err();
    assert!(error.to_string().starts_with("no event loop is running on this thread"), "{error}");
}

#[test]
fn two_loops_on_one_thread_take_turns_and_wake_each_others_tasks() {
    on_both_backends(|one| {
        let other = new_loop();
        let log = Log::new();
        let (to_other, to_one) =
            (Promise::new_on(&other.runtime()), Promise::new_on(&one.runtime()));
        // Each waits on its own loop for what a callback of the other brings.
        for (event_loop, promise, name) in [(one, &to_one, "one"), (&other, &to_other, "other")] {
            let (promise, log) = (promise.clone(), log.clone());
            create_task_on(&event_loop.runtime(), async move {
                log.add((name, promise.await.unwrap()));
            })
            .detach();
            turn(event_loop);
        }
        one.call_soon(move || to_other.set_result(1).unwrap());
        other.call_soon(move || to_one.set_result(2).unwrap());
        for _ in 0..3 {
            turn(one);
            turn(&other);
        }
        assert_eq!(log.take(), [("other", 1), ("one", 2)]);
    });
}

#[test]
fn callbacks_given_while_the_loop_does_not_run_stand_behind_earlier_wake_ups() {
    let event_loop = new_loop();
    let log = Log::new();
    let promise = Promise::new_on(&event_loop.runtime());
    let (waits, wakes) = (promise.clone(), log.clone());
    create_task_on(&event_loop.runtime(), async move {
        waits.await.unwrap();
        wakes.add("woken");
    })
    .detach();
    turn(&event_loop);
    event_loop.handle().call_soon_threadsafe(|| {}).unwrap();
    promise.set_result(()).unwrap();
    event_loop.call_soon(log.writes("callback"));
    turn(&event_loop);
    assert_eq!(log.take(), ["woken", "callback"]);
}

#[test]
fn many_loops_come_and_go_without_leaving_descriptors_behind() {
    fn descriptors() -> usize {
        std::fs::read_dir("/proc/self/fd").map_or(0, Iterator::count)
    }
    let runs = Rc::new(Cell::new(0));
    let before = descriptors();
    let handles: Vec<_> = (0..500)
        .map(|_| {
            let event_loop = new_loop();
            let count = runs.clone();
            event_loop.call_soon(move || count.set(count.get() + 1));
            event_loop.turn(Some(Duration::ZERO)).unwrap();
        })
        .collect();
    assert_eq!((runs.get(), handles.len()), (500, 500));
    // Other tests open some meanwhile, but not hundreds.
    assert!(descriptors() < before + 250);
}
