//! Wake-ups from other threads reach the loop, whenever they come.

use std::cell::Cell;
use std::future::{pending, poll_fn};
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::mpsc;
use std::task::{Poll, Waker};
use std::thread;

use tulipa_task::{Task, create_task};
use tulipa_test::TestLoop;

/// A task that ends when it is woken a second time, and its waker.
fn wakeable(test_loop: &TestLoop) -> (Task<()>, Waker) {
    let (sender, receiver) = mpsc::channel();
    let mut polls = 0;
    let task = test_loop.create_task(poll_fn(move |cx| {
        polls += 1;
        if polls == 1 {
            sender.send(cx.waker().clone()).unwrap();
        }
        if polls == 3 { Poll::Ready(()) } else { Poll::Pending }
    }));
    test_loop.turn();
    (task, receiver.recv().unwrap())
}

#[test]
fn a_wake_up_from_another_thread_runs_the_task() {
    let test_loop = TestLoop::new();
    let (task, waker) = wakeable(&test_loop);
    for _ in 0..2 {
        assert!(!test_loop.turn(), "nobody woke it");
        let waker = waker.clone();
        thread::spawn(move || waker.wake()).join().unwrap();
        assert!(test_loop.turn(), "somebody did");
    }
    assert!(task.done());
}

#[test]
fn a_waker_outlives_its_loop() {
    for _ in 0..300 {
        let test_loop = TestLoop::new();
        let (task, waker) = wakeable(&test_loop);
        let (sender, receiver) = mpsc::channel();
        let other = thread::spawn(move || {
            sender.send(()).unwrap();
            for _ in 0..100 {
                waker.wake_by_ref();
                drop(waker.clone());
            }
            waker
        });
        receiver.recv().unwrap();
        drop(test_loop);
        drop(task);
        let waker = other.join().unwrap();
        waker.wake();
    }
}

#[test]
fn tasks_woken_in_a_tight_loop_are_dropped_here_and_once() {
    struct Here(thread::ThreadId, Rc<Cell<u32>>);
    impl Drop for Here {
        fn drop(&mut self) {
            assert_eq!(thread::current().id(), self.0);
            self.1.set(self.1.get() + 1);
        }
    }
    const TASKS: u32 = 8;
    for _ in 0..300 {
        let test_loop = TestLoop::new();
        let dropped = Rc::new(Cell::new(0));
        let (sender, receiver) = mpsc::channel();
        for _ in 0..TASKS {
            let held = Here(thread::current().id(), dropped.clone());
            let sender = sender.clone();
            let waits = async move {
                let _held = held;
                let mut gave = false;
                poll_fn(|cx| {
                    if !std::mem::replace(&mut gave, true) {
                        sender.send(cx.waker().clone()).unwrap();
                    }
                    Poll::<()>::Pending
                })
                .await;
            };
            test_loop.create_task(waits).detach();
        }
        test_loop.turn();
        let wakers: Vec<Waker> = receiver.try_iter().collect();
        let [begun, stop] = [AtomicBool::new(false), AtomicBool::new(false)];
        thread::scope(|scope| {
            scope.spawn(|| {
                while !stop.load(SeqCst) {
                    wakers.iter().for_each(Waker::wake_by_ref);
                    begun.store(true, SeqCst);
                }
            });
            while !begun.load(SeqCst) {
                test_loop.turn();
            }
            drop(test_loop);
            assert_eq!(dropped.get(), TASKS, "no later than the loop");
            stop.store(true, SeqCst);
        });
    }
}

#[test]
fn cancelled_from_another_thread_a_task_ends_with_the_one_it_awaits() {
    for _ in 0..300 {
        let test_loop = TestLoop::new();
        let task = test_loop.create_task(async {
            let _ = create_task(pending::<()>()).await;
        });
        let view = task.task_ref();
        let other = thread::spawn(move || view.cancel());
        while !task.done() {
            test_loop.turn();
        }
        assert!(other.join().unwrap(), "it had not ended");
        assert!(task.cancelled());
        test_loop.run_until_stalled();
        assert_eq!(test_loop.pending_tasks(), 0, "the request was passed on");
    }
}
