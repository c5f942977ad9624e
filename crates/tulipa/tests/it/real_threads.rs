//! Work sent from other threads, waited for on threads and awaited on other loops.

use std::future::pending;
use std::rc::Rc;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use tulipa::cancel::CancelExt;
use tulipa::rt::LoopClosed;
use tulipa::task::ConcurrentError;
use tulipa::{EventLoop, LoopHandle, current_task, get_running_loop, sleep};

use crate::support::place;

/// A loop on a thread of its own, which runs until it is stopped.
fn on_a_thread() -> (LoopHandle, thread::JoinHandle<()>) {
    let (sender, receiver) = channel();
    let thread = thread::spawn(move || {
        let event_loop = EventLoop::new().unwrap();
        sender.send(event_loop.handle()).unwrap();
        event_loop.run_forever().unwrap();
        event_loop.close();
    });
    (receiver.recv().unwrap(), thread)
}

#[test]
fn a_coroutine_sent_from_a_thread_can_be_waited_for() {
    let (handle, thread) = on_a_thread();
    for round in 0..200 {
        let answer = handle.run_coroutine_threadsafe(move || async move {
            let local = Rc::new(round); // the future need not be `Send`
            sleep(Duration::from_micros(10)).await;
            *local + 1
        });
        assert_eq!(answer.unwrap().wait(None).unwrap(), round + 1);
    }
    handle.stop().unwrap();
    thread.join().unwrap();
}

#[test]
fn a_coroutine_sent_from_another_loop_can_be_awaited_there() {
    let (handle, thread) = on_a_thread();
    for round in 0..200 {
        let handle = handle.clone();
        let answer = tulipa::run(async move {
            let here = get_running_loop().runtime().id();
            let there = handle
                .run_coroutine_threadsafe(move || async move {
                    sleep(Duration::from_micros(10)).await;
                    (round, get_running_loop().runtime().id())
                })
                .unwrap();
            let (answer, there) = there.await.unwrap();
            assert_ne!(here, there);
            answer
        });
        assert_eq!(answer, round);
    }
    handle.stop().unwrap();
    thread.join().unwrap();
}

#[test]
fn a_task_sent_from_a_thread_says_where_it_was_sent() {
    let (handle, thread) = on_a_thread();
    let expected = place!(1);
    let sent = handle.run_coroutine_threadsafe(|| async { current_task().unwrap().spawned_at() });
    let spawned = sent.unwrap().wait(None).unwrap();
    assert_eq!(format!("{}:{}", spawned.file(), spawned.line()), expected);
    handle.stop().unwrap();
    thread.join().unwrap();
}

/// S-THREAD-1
#[test]
fn cancel_is_final_at_once_while_the_task_still_unwinds() {
    let (handle, thread) = on_a_thread();
    let (cleaning, begun) = channel();
    let (go_on, may_go_on) = channel::<()>();
    let (ended, has_ended) = channel();
    let future = handle
        .run_coroutine_threadsafe(move || async move {
            cleaning.send("waits").unwrap();
            let cleanup = async move || {
                may_go_on.recv().unwrap();
                ended.send(()).unwrap();
            };
            pending::<()>().finally(cleanup).await;
        })
        .unwrap();
    assert_eq!(begun.recv(), Ok("waits"));
    assert!(!future.done());
    assert!(future.cancel(), "it was not done");
    assert!(future.done() && !future.cancel());
    assert!(has_ended.try_recv().is_err(), "the cleanup has not ended");
    assert!(matches!(future.wait(None), Err(ConcurrentError::Cancelled)));
    go_on.send(()).unwrap();
    has_ended.recv().unwrap();
    handle.stop().unwrap();
    thread.join().unwrap();
}

#[test]
fn a_panic_comes_back_with_the_result() {
    let (handle, thread) = on_a_thread();
    let fails = handle.run_coroutine_threadsafe(|| async { panic!("over there") }).unwrap();
    let Err(ConcurrentError::Failed(error)) = fails.wait(None).map(|(): ()| ()) else {
        panic!("it does not fail")
    };
    assert_eq!(error.panic_message(), Some("over there"));
    handle.stop().unwrap();
    thread.join().unwrap();
}

#[test]
fn a_loop_that_closes_ends_what_it_did_not_finish() {
    for round in 0..200 {
        let (handle, thread) = on_a_thread();
        let waits = handle.run_coroutine_threadsafe(|| async { pending::<()>().await }).unwrap();
        handle.stop().unwrap();
        let late = handle.run_coroutine_threadsafe(move || async move { round });
        assert!(matches!(waits.wait(None), Err(ConcurrentError::LoopClosed)));
        match late.map(|late| late.wait(None)) {
            Ok(Ok(answer)) => assert_eq!(answer, round),
            Ok(Err(error)) => assert!(matches!(error, ConcurrentError::LoopClosed), "{error}"),
            Err(closed) => assert_eq!(closed, LoopClosed(())),
        }
        thread.join().unwrap();
        assert!(handle.is_closed());
        let refused = handle.run_coroutine_threadsafe(|| async {});
        assert_eq!(refused.unwrap_err(), LoopClosed(()));
    }
}

#[test]
fn waiting_inside_a_loop_is_refused() {
    let (handle, thread) = on_a_thread();
    tulipa::run(async move {
        let future = handle.run_coroutine_threadsafe(|| async { 1 }).unwrap();
        assert!(matches!(future.wait(None), Err(ConcurrentError::InsideLoop)));
        assert_eq!(future.await.unwrap(), 1);
        handle.stop().unwrap();
    });
    thread.join().unwrap();
}

#[test]
fn a_main_task_can_be_cancelled_from_another_thread() {
    for _ in 0..200 {
        let runner = tulipa::Runner::new().unwrap();
        let (sender, receiver) = channel();
        let canceller = thread::spawn(move || {
            let main: tulipa::task::TaskRef = receiver.recv().unwrap();
            main.cancel()
        });
        let ran = runner.run(async move {
            sender.send(current_task().unwrap()).unwrap();
            pending::<()>().await;
        });
        assert!(matches!(ran, Err(tulipa::RunError::Cancelled(_))));
        assert!(canceller.join().unwrap());
    }
}
