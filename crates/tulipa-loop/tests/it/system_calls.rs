//! How many system calls an iteration, a sleep and a wake-up make.

use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use tulipa_loop::EventLoop;
use tulipa_task::create_task_on;
use tulipa_time::{sleep, yield_now};

use crate::support::Pair;
use crate::tracer::{SCENARIO, TIMES, count, traced};

/// What is counted; nothing, unless a test of this file has started this process for it.
#[test]
fn scenario() {
    let Ok(scenario) = std::env::var(SCENARIO) else { return };
    let event_loop = EventLoop::new().unwrap();
    let _source = scenario.contains("socket").then(|| Pair::new(&event_loop).source);
    let (wake, _bell) = UnixStream::pair().unwrap();
    let _flag = scenario
        .contains("flag")
        .then(|| event_loop.add_flag(Arc::default(), wake, || {}).unwrap());
    event_loop.turn(Some(Duration::ZERO)).unwrap(); // a new socket is reported as writable
    let handle = event_loop.handle();
    let begun = AtomicUsize::new(0);
    let run: &dyn Fn() = match &*scenario {
        "clock" => &|| _ = Instant::now(),
        "a callback" => &|| {
            event_loop.call_soon(|| {});
            event_loop.turn(None).unwrap();
        },
        "a timer" | "a timer beside a socket" | "a timer beside a flag" => &|| {
            event_loop.call_later(Duration::from_millis(1), || {});
            assert_eq!(event_loop.turn(None).unwrap(), 1);
        },
        "a timer that is cancelled" => &|| {
            event_loop.call_later(Duration::from_secs(1), || {}).cancel();
        },
        "a sleep" | "256 yields" | "256 yields beside a socket" | "256 yields beside a flag" => {
            &|| {
                let (stopper, sleeps) = (event_loop.clone(), scenario == "a sleep");
                create_task_on(&event_loop.runtime(), async move {
                    if sleeps {
                        sleep(Duration::from_millis(1)).await;
                    } else {
                        for _ in 0..256 {
                            yield_now().await;
                        }
                    }
                    stopper.stop();
                    yield_now().await;
                })
                .detach();
                event_loop.run_forever().unwrap();
            }
        }
        "a message to itself" => &|| {
            handle.call_soon_threadsafe(|| {}).unwrap();
            event_loop.turn(None).unwrap();
        },
        "a message to a loop away" => return sends_to_a_loop_away(),
        "a message to a loop at work" => return sends_to_a_loop_at_work(),
        "a message received" => &|| {
            begun.fetch_add(1, SeqCst);
            while event_loop.turn(None).unwrap() == 0 {}
        },
        other => unreachable!("no scenario {other}"),
    };
    if scenario != "a message received" {
        run();
        return traced(run);
    }
    thread::scope(|scope| {
        scope.spawn(|| {
            for message in 1..=TIMES {
                while begun.load(SeqCst) < message {
                    thread::yield_now();
                }
                handle.call_soon_threadsafe(|| {}).unwrap();
            }
        });
        traced(run);
        // Where tracing is refused, nobody has taken the messages.
        begun.store(TIMES, SeqCst);
    });
}

/// The loop is another thread's, which lets it take each message before the next is sent.
fn sends_to_a_loop_away() {
    let (sender, handles) = channel();
    let (sent, taken) = (AtomicUsize::new(0), AtomicUsize::new(0));
    thread::scope(|scope| {
        scope.spawn(|| {
            let event_loop = EventLoop::new().unwrap();
            sender.send(event_loop.handle()).unwrap();
            while taken.load(SeqCst) <= TIMES {
                if sent.load(SeqCst) > taken.load(SeqCst) {
                    assert_eq!(event_loop.turn(Some(Duration::ZERO)).unwrap(), 1);
                    taken.fetch_add(1, SeqCst);
                }
                thread::yield_now();
            }
        });
        let handle = handles.recv().unwrap();
        let throw = || {
            handle.call_soon_threadsafe(|| {}).unwrap();
            let message = sent.fetch_add(1, SeqCst);
            while taken.load(SeqCst) <= message {
                std::hint::spin_loop();
            }
        };
        throw();
        traced(&throw);
        taken.store(usize::MAX, SeqCst);
    });
}

fn works(event_loop: &EventLoop) {
    let again = event_loop.clone();
    event_loop.call_soon(move || works(&again));
}

fn sends_to_a_loop_at_work() {
    let (sender, handles) = channel();
    let worker = thread::spawn(move || {
        let event_loop = EventLoop::new().unwrap();
        let handle = event_loop.handle();
        event_loop.call_soon(move || sender.send(handle).unwrap()); // it works from now on
        works(&event_loop);
        event_loop.run_forever().unwrap();
        event_loop.close();
    });
    let handle = handles.recv().unwrap();
    traced(&|| _ = handle.call_soon_threadsafe(|| {}).unwrap());
    handle.stop().unwrap();
    worker.join().unwrap();
}

/// Asserts how many calls so many runs of a scenario make, where that can be known.
#[track_caller]
fn assert_calls(scenario: &str, at_least: usize, at_most: usize) {
    match (count("clock"), count(scenario)) {
        (Some(0), Some(calls)) => {
            println!("{scenario}: {calls} system calls in {TIMES} times");
            let expected = at_least..=at_most;
            assert!(expected.contains(&calls), "{scenario}: {calls} calls in {TIMES} times");
        }
        (Some(_), _) => eprintln!("not counted: here a look at the clock is a system call"),
        (None, _) => eprintln!("not counted: tracing is refused here"),
    }
}

#[test]
fn an_idle_iteration_with_a_timer_is_one_call() {
    assert_calls("a timer", TIMES, TIMES);
    assert_calls("a timer beside a socket", TIMES, TIMES);
    assert_calls("a timer beside a flag", TIMES, TIMES);
}

#[test]
fn a_sleep_is_one_call() {
    assert_calls("a sleep", TIMES, TIMES);
}

#[test]
fn what_needs_no_waiting_is_no_call() {
    assert_calls("a callback", 0, 0);
    assert_calls("a timer that is cancelled", 0, 0);
    assert_calls("256 yields", 0, 0);
    assert_calls("256 yields beside a flag", 0, 0);
    assert_calls("a message to itself", 0, 0);
}

#[test]
fn a_busy_loop_with_sockets_asks_for_them_once_in_64_entries() {
    // At the beginning of the run, and four times in 256 entries.
    assert_calls("256 yields beside a socket", 5 * TIMES, 5 * TIMES);
}

/// The few are the allocator's.
#[test]
fn a_message_to_a_loop_at_work_is_no_call() {
    assert_calls("a message to a loop at work", 0, 10);
}

/// One `write` for who sends, one wait for the loop. A few more are the allocator's.
#[test]
fn a_remote_wake_up_is_one_call_on_each_side() {
    assert_calls("a message to a loop away", TIMES, TIMES + 10);
    // A message that comes before the loop sleeps needs none.
    assert_calls("a message received", 1, TIMES + 10);
}
