//! Tasks and other threads: wakers that wake while the loop goes, cancels from outside. Real
//! threads, many rounds; what decides the outcome is the scheduler of the machine.

use std::future::{pending, poll_fn};
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, Barrier, Mutex};
use std::task::{Poll, Waker};
use std::thread;

use tulipa_task::{TaskRef, create_task};
use tulipa_test::TestLoop;
use tulipa_time::yield_now;

use crate::support::Drops;

const ROUNDS: usize = 500;

fn assert_send_sync<T: Send + Sync>() {}

#[test]
fn a_view_and_its_errors_go_to_other_threads() {
    assert_send_sync::<TaskRef>();
    assert_send_sync::<tulipa_task::JoinError>();
    assert_send_sync::<tulipa_task::ConcurrentFuture<u8>>();
}

#[test]
fn wakers_woken_in_a_tight_loop_while_the_loop_is_dropped_real_threads() {
    for round in 0..ROUNDS {
        let drops = Drops::default();
        let test_loop = TestLoop::new();
        let wakers = Arc::new(Mutex::new(Vec::<Waker>::new()));
        for _ in 0..4 {
            let (held, wakers) = (drops.value(), wakers.clone());
            test_loop
                .create_task(async move {
                    let _held = held;
                    poll_fn(|cx| {
                        wakers.lock().unwrap().push(cx.waker().clone());
                        Poll::<()>::Pending
                    })
                    .await;
                })
                .detach();
        }
        test_loop.turn();
        let taken = std::mem::take(&mut *wakers.lock().unwrap());
        let (stop, start) = (Arc::new(AtomicBool::new(false)), Arc::new(Barrier::new(2)));
        let waking = thread::spawn({
            let (stop, start) = (stop.clone(), start.clone());
            move || {
                start.wait();
                while !stop.load(SeqCst) {
                    taken.iter().for_each(Waker::wake_by_ref);
                    let clone = taken[round % 4].clone();
                    clone.wake();
                }
                // The last wakers drop here, long after the loop.
            }
        });
        start.wait();
        for _ in 0..round % 20 {
            test_loop.turn();
        }
        drop(test_loop);
        assert_eq!(drops.dropped(), 4, "on this thread, by the time the loop is gone");
        stop.store(true, SeqCst);
        waking.join().unwrap();
    }
}

#[test]
fn a_task_cancelled_from_another_thread_ends_real_threads() {
    for round in 0..ROUNDS {
        let test_loop = TestLoop::new();
        let task = test_loop.create_task(pending::<()>());
        let view = task.task_ref();
        for _ in 0..round % 3 {
            test_loop.turn();
        }
        let canceller = thread::spawn(move || {
            assert!(view.cancel_with("from outside"));
            view
        });
        while !task.done() {
            test_loop.turn();
            thread::yield_now();
        }
        let view = canceller.join().unwrap();
        assert!(view.cancelled() && !view.cancel() && task.cancelled());
    }
}

#[test]
fn a_cancel_from_another_thread_races_the_end_real_threads() {
    let mut cancelled = 0;
    for round in 0..ROUNDS {
        let test_loop = TestLoop::new();
        let drops = Drops::default();
        let held = drops.value();
        let task = test_loop.create_task(async move {
            let _held = held;
            for _ in 0..round % 50 {
                yield_now().await;
            }
        });
        test_loop.turn();
        let view = task.task_ref();
        let request = thread::spawn(move || view.cancel());
        while !task.done() {
            test_loop.turn();
        }
        let accepted = request.join().unwrap();
        assert_eq!(drops.dropped(), 1);
        assert!(accepted || !task.cancelled());
        cancelled += usize::from(task.cancelled());
    }
    assert!(cancelled < ROUNDS, "the task never won");
}

#[test]
fn a_child_cancelled_from_another_thread_wakes_its_parent_real_threads() {
    for _ in 0..ROUNDS {
        let test_loop = TestLoop::new();
        let handed = Arc::new(Mutex::new(None::<TaskRef>));
        let out = handed.clone();
        let parent = test_loop.create_task(async move {
            let child = create_task(pending::<()>());
            *out.lock().unwrap() = Some(child.task_ref());
            child.await.unwrap_err().is_cancelled()
        });
        test_loop.turn();
        let child = handed.lock().unwrap().take().unwrap();
        let canceller = thread::spawn(move || child.cancel());
        while !parent.done() {
            test_loop.turn();
            thread::yield_now();
        }
        assert!(canceller.join().unwrap());
        assert!(*parent.result().unwrap() && !parent.cancelled());
    }
}

#[test]
fn names_are_set_and_read_from_other_threads_real_threads() {
    let test_loop = TestLoop::new();
    let task = test_loop.create_task(pending::<()>());
    let threads: Vec<_> = (0..4)
        .map(|number| {
            let view = task.task_ref();
            thread::spawn(move || {
                for round in 0..ROUNDS {
                    view.set_name(format!("{number}-{round}"));
                    assert!(format!("{view:?}").contains('-'));
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    assert!(task.name().ends_with(&format!("-{}", ROUNDS - 1)));
}
