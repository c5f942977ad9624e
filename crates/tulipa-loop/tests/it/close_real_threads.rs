//! Wake-ups and messages that race the end of a loop.

use std::future::poll_fn;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, mpsc};
use std::task::Poll;
use std::thread;

use tulipa_loop::{Backend, EventLoop};
use tulipa_task::create_task_on;

use crate::support::BACKENDS;

const RUNS: usize = 500;

/// Counts its drops, and that they happen on one thread.
struct Counted(Arc<AtomicUsize>, thread::ThreadId);

impl Drop for Counted {
    fn drop(&mut self) {
        assert_eq!(thread::current().id(), self.1, "dropped on a foreign thread");
        // SeqCst here and below: counters of a test, not worth more thought.
        self.0.fetch_add(1, SeqCst);
    }
}

fn woken_while_it_closes(backend: Backend, threads: usize) {
    const TASKS: usize = 4;
    let event_loop = EventLoop::with_backend(backend).unwrap();
    event_loop.set_exception_handler(|_| {});
    let dropped = Arc::new(AtomicUsize::new(0));
    let (sender, receiver) = mpsc::channel();
    for _ in 0..TASKS {
        let sender = sender.clone();
        let counted = Counted(dropped.clone(), thread::current().id());
        let mut told = false;
        create_task_on(
            &event_loop.runtime(),
            poll_fn(move |cx| {
                let _held = &counted;
                if !std::mem::replace(&mut told, true) {
                    sender.send(cx.waker().clone()).unwrap();
                }
                Poll::<()>::Pending
            }),
        )
        .detach();
    }
    event_loop.turn(None).unwrap();
    let wakers: Vec<_> = receiver.try_iter().collect();
    assert_eq!(wakers.len(), TASKS);
    let (stop, begun) = (AtomicBool::new(false), AtomicUsize::new(0));
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                begun.fetch_add(1, SeqCst);
                while !stop.load(SeqCst) {
                    wakers.iter().for_each(std::task::Waker::wake_by_ref);
                }
            });
        }
        while begun.load(SeqCst) < threads {
            event_loop.turn(None).unwrap();
        }
        drop(event_loop);
        assert_eq!(dropped.load(SeqCst), TASKS, "each once, before `close` returns");
        stop.store(true, SeqCst);
    });
}

#[test]
fn tasks_woken_by_other_threads_are_dropped_on_the_loops_thread() {
    for run in 0..RUNS {
        woken_while_it_closes(BACKENDS[run % 2], 1 + run % 3);
    }
}

#[test]
fn a_message_is_run_or_dropped_or_given_back_when_the_loop_closes_meanwhile() {
    for run in 0..RUNS {
        let event_loop = EventLoop::with_backend(BACKENDS[run % 2]).unwrap();
        let (handle, held) = (event_loop.handle(), Arc::new(()));
        let given_back = thread::scope(|scope| {
            let (handle, held) = (&handle, &held);
            let sender = scope.spawn(move || {
                (0..).find_map(|sent| {
                    let held = held.clone();
                    match handle.call_soon_threadsafe(move || drop(held)) {
                        Ok(_) => None,
                        Err(closed) => Some((sent, closed.0)),
                    }
                })
            });
            for _ in 0..run % 5 {
                event_loop.turn(Some(std::time::Duration::ZERO)).unwrap();
            }
            drop(event_loop);
            sender.join().unwrap()
        });
        let (_, closure) = given_back.unwrap();
        assert!(handle.is_closed());
        assert_eq!(Arc::strong_count(&held), 2, "only what was given back holds it");
        closure();
        assert_eq!(Arc::strong_count(&held), 1);
    }
}

#[test]
fn tasks_cancelled_by_another_thread_while_the_loop_closes_are_dropped_once() {
    for run in 0..RUNS {
        let event_loop = EventLoop::with_backend(BACKENDS[run % 2]).unwrap();
        event_loop.set_exception_handler(|_| {});
        let dropped = Arc::new(AtomicUsize::new(0));
        let tasks: Vec<_> = (0..4)
            .map(|_| {
                let counted = Counted(dropped.clone(), thread::current().id());
                create_task_on(&event_loop.runtime(), async move {
                    let _held = counted;
                    std::future::pending::<()>().await;
                })
            })
            .collect();
        if run % 3 > 0 {
            event_loop.turn(None).unwrap();
        }
        let views: Vec<_> = tasks.iter().map(tulipa_task::Task::task_ref).collect();
        thread::scope(|scope| {
            scope.spawn(|| views.iter().for_each(|view| _ = view.cancel()));
            event_loop.close();
        });
        assert_eq!(dropped.load(SeqCst), 4);
        assert!(tasks.iter().all(tulipa_task::Task::done));
    }
}

/// A loop may live in a thread-local, and then ends with its thread.
#[test]
fn a_loop_in_a_thread_local_is_closed_at_the_threads_end() {
    thread_local!(static LOOP: EventLoop = EventLoop::new().unwrap());
    for run in 0..20 {
        let dropped = Arc::new(AtomicUsize::new(0));
        let inside = dropped.clone();
        let handle = thread::spawn(move || {
            let counted = Counted(inside, thread::current().id());
            LOOP.with(|event_loop| {
                event_loop.set_exception_handler(|_| {});
                create_task_on(&event_loop.runtime(), async move {
                    let _held = counted;
                    std::future::pending::<()>().await;
                })
                .detach();
                if run % 2 == 0 {
                    event_loop.turn(None).unwrap();
                }
                event_loop.handle()
            })
        })
        .join()
        .unwrap();
        assert!(handle.is_closed());
        assert_eq!(dropped.load(SeqCst), 1);
    }
}
