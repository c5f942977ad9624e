//! Callbacks and stops sent from other threads, with nothing scripted about when they come.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::thread;
use std::time::Duration;

use tulipa_loop::{EventLoop, LoopClosed};

use crate::support::{BACKENDS, Log, new_loop, on_both_backends, turn_until};

/// S-LOOP-16
#[test]
fn a_callback_from_another_thread_wakes_a_loop_that_sleeps() {
    for run in 0..200 {
        let event_loop = EventLoop::with_backend(BACKENDS[run % 2]).unwrap();
        let (handle, ran) = (event_loop.handle(), Arc::new(AtomicBool::new(false)));
        let inside = ran.clone();
        let sender = thread::spawn(move || {
            handle.call_soon_threadsafe(move || inside.store(true, SeqCst)).unwrap();
        });
        // No timer and no limit: without the wake-up this would wait for ever.
        while !ran.load(SeqCst) {
            event_loop.turn(None).unwrap();
        }
        sender.join().unwrap();
    }
}

/// S-LOOP-16
#[test]
fn callbacks_of_one_thread_run_in_the_order_they_were_sent() {
    const THREADS: usize = 4;
    const CALLS: usize = 2_000;
    thread_local!(static SEEN: RefCell<Vec<(usize, usize)>> = const { RefCell::new(Vec::new()) });
    on_both_backends(|event_loop| {
        thread::scope(|scope| {
            for thread in 0..THREADS {
                let handle = event_loop.handle();
                scope.spawn(move || {
                    for call in 0..CALLS {
                        let seen = move || SEEN.with_borrow_mut(|seen| seen.push((thread, call)));
                        handle.call_soon_threadsafe(seen).unwrap();
                    }
                });
            }
            turn_until(event_loop, || SEEN.with_borrow(Vec::len) == THREADS * CALLS);
        });
        let seen = SEEN.take();
        for thread in 0..THREADS {
            let calls = seen.iter().filter(|(from, _)| *from == thread).map(|(_, call)| *call);
            assert!(calls.eq(0..CALLS), "in order, each once");
        }
    });
}

#[test]
fn a_cancel_that_races_the_run_decides_once() {
    let mut cancels = 0;
    for run in 0..1_000 {
        let event_loop = EventLoop::with_backend(BACKENDS[run % 2]).unwrap();
        let (ran, held) = (Arc::new(AtomicUsize::new(0)), Arc::new(()));
        let (inside, holds) = (ran.clone(), held.clone());
        let handle = event_loop
            .handle()
            .call_soon_threadsafe(move || {
                inside.fetch_add(1, SeqCst);
                drop(holds);
            })
            .unwrap();
        // Both wait until the other is there, so that neither has a head start.
        let there = Arc::new(AtomicUsize::new(0));
        let begin = there.clone();
        let meet = move |there: &AtomicUsize| {
            there.fetch_add(1, SeqCst);
            while there.load(SeqCst) < 2 {
                thread::yield_now();
            }
        };
        let canceller = thread::spawn(move || {
            meet(&begin);
            // A turn takes its time before it comes to run what was sent.
            (0..run % 100 * 10).for_each(|_| std::hint::spin_loop());
            handle.cancel()
        });
        meet(&there);
        event_loop.turn(Some(Duration::ZERO)).unwrap();
        let won = canceller.join().unwrap();
        assert_eq!(ran.load(SeqCst), usize::from(!won), "it ran, or its cancel says that not");
        assert_eq!(Arc::strong_count(&held), 1, "either way it is let go");
        cancels += usize::from(won);
    }
    eprintln!("{cancels} of 1000 were cancelled");
}

#[test]
fn a_stop_from_another_thread_ends_a_run_that_sleeps_after_what_was_sent_before() {
    for run in 0..200 {
        let event_loop = EventLoop::with_backend(BACKENDS[run % 2]).unwrap();
        let (handle, ran) = (event_loop.handle(), Arc::new(AtomicUsize::new(0)));
        let inside = ran.clone();
        let stopper = thread::spawn(move || {
            for _ in 0..10 {
                let inside = inside.clone();
                handle.call_soon_threadsafe(move || _ = inside.fetch_add(1, SeqCst)).unwrap();
            }
            handle.stop().unwrap();
            handle.call_soon_threadsafe(move || _ = inside.fetch_add(100, SeqCst)).unwrap();
        });
        event_loop.run_forever().unwrap();
        assert_eq!(ran.load(SeqCst) % 100, 10);
        stopper.join().unwrap();
        turn_until(&event_loop, || ran.load(SeqCst) == 110);
    }
}

#[test]
fn a_closed_loop_gives_the_closure_back() {
    let event_loop = new_loop();
    let handle = event_loop.handle();
    event_loop.close();
    let ran = Arc::new(AtomicBool::new(false));
    let inside = ran.clone();
    let sent = thread::spawn(move || {
        assert_eq!(handle.stop(), Err(LoopClosed(())));
        handle.call_soon_threadsafe(move || inside.store(true, SeqCst)).map(|_| ())
    })
    .join()
    .unwrap();
    let LoopClosed(closure) = sent.unwrap_err();
    assert!(!ran.load(SeqCst));
    closure();
    assert!(ran.load(SeqCst));
}

/// Who sends faster than the loop can take must not keep it from its timers.
#[test]
fn a_flood_of_callbacks_starves_no_timer() {
    on_both_backends(|event_loop| {
        let stop = AtomicBool::new(false);
        thread::scope(|scope| {
            for _ in 0..2 {
                let handle = event_loop.handle();
                scope.spawn({
                    let stop = &stop;
                    move || {
                        while !stop.load(SeqCst) {
                            handle.call_soon_threadsafe(|| {}).unwrap();
                        }
                    }
                });
            }
            let log = Log::new();
            for millis in 1..20 {
                event_loop.call_later(Duration::from_millis(millis), log.writes(millis));
            }
            turn_until(event_loop, || log.len() == 19);
            stop.store(true, SeqCst);
            assert!(log.take().into_iter().eq(1..20));
        });
    });
}

/// A wake-up may come at any moment of an iteration: none is lost, for many thousands of them.
#[test]
fn a_ball_thrown_to_and_fro_between_two_loops_is_never_lost() {
    const THROWS: usize = 5_000;
    fn throw(to: &tulipa_loop::LoopHandle, back: &tulipa_loop::LoopHandle, left: usize) {
        let (there, here) = (to.clone(), back.clone());
        let catches = move || {
            if left == 0 {
                there.stop().unwrap();
                here.stop().unwrap();
            } else {
                throw(&here, &there, left - 1);
            }
        };
        to.call_soon_threadsafe(catches).unwrap();
    }
    for backend in BACKENDS {
        let here = EventLoop::with_backend(backend).unwrap();
        let (sender, receiver) = std::sync::mpsc::channel();
        let other = thread::spawn(move || {
            let there = EventLoop::with_backend(backend).unwrap();
            sender.send(there.handle()).unwrap();
            there.run_forever().unwrap();
        });
        let there = receiver.recv().unwrap();
        throw(&there, &here.handle(), THROWS);
        here.run_forever().unwrap();
        other.join().unwrap();
    }
}

fn counts_to_a_thousand(event_loop: &EventLoop, count: &Rc<Cell<u32>>) {
    count.set(count.get() + 1);
    if count.get() == 1_000 {
        return event_loop.stop();
    }
    let (again, count) = (event_loop.clone(), count.clone());
    event_loop.call_soon(move || counts_to_a_thousand(&again, &count));
}

#[test]
fn loops_on_several_threads_do_not_meet() {
    let threads: Vec<_> = (0..4)
        .map(|thread| {
            thread::spawn(move || {
                let event_loop = EventLoop::with_backend(BACKENDS[thread % 2]).unwrap();
                let count = Rc::default();
                counts_to_a_thousand(&event_loop, &count);
                event_loop.run_forever().unwrap();
                count.get()
            })
        })
        .collect();
    assert!(threads.into_iter().all(|thread| thread.join().unwrap() == 1_000));
}
