//! Work sent to another thread's loop, and the future of its result.

use std::future::pending;
use std::pin::pin;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::mpsc;
use std::task::{Context, Poll};
use std::thread;
use std::time::Duration;

use futures_lite::future::block_on;
use tulipa_cancel::CancelExt;
use tulipa_task::{ConcurrentError, ConcurrentFuture, all_tasks, current_task, submission};
use tulipa_test::{CountingWaker, TestLoop, run};
use tulipa_time::{sleep, yield_now};

use crate::support::Log;

const SECOND: Duration = Duration::from_secs(1);

fn assert_send_sync<T: Send + Sync>(_: &T) {}

fn poll<T>(future: &mut ConcurrentFuture<T>, waker: &CountingWaker) -> Poll<Outcome<T>> {
    std::future::Future::poll(pin!(future), &mut Context::from_waker(waker.waker()))
}

type Outcome<T> = Result<T, ConcurrentError>;

#[test]
fn the_result_comes_back_and_the_body_need_not_be_send() {
    let test_loop = TestLoop::new();
    let (job, future) = submission(async || {
        let not_send = Rc::new(6);
        sleep(SECOND).await;
        *not_send * 7
    });
    assert_send_sync(&future);
    test_loop.run_until_complete(async move { job() }).unwrap();
    assert!(!future.done());
    test_loop.advance(SECOND);
    assert!(future.done());
    assert_eq!(future.wait(None).unwrap(), 42);
}

#[test]
fn it_makes_one_task_that_says_where_the_submission_was() {
    run(async {
        let ((job, future), line) = (submission(pending::<()>), line!());
        job();
        let me = current_task().unwrap();
        let made: Vec<_> = all_tasks().into_iter().filter(|task| *task != me).collect();
        assert_eq!(made.len(), 1);
        assert_eq!((made[0].spawned_at().file(), made[0].spawned_at().line()), (file!(), line));
        assert!(future.cancel());
    });
}

#[test]
fn a_result_is_given_once() {
    let test_loop = TestLoop::new();
    let (job, mut future) = submission(async || "value");
    test_loop.run_until_complete(async move { job() }).unwrap();
    test_loop.run_until_stalled();
    let waker = CountingWaker::new();
    assert!(matches!(poll(&mut future, &waker), Poll::Ready(Ok("value"))));
    assert!(matches!(poll(&mut future, &waker), Poll::Ready(Err(ConcurrentError::Taken))));
    assert!(matches!(future.wait(None), Err(ConcurrentError::Taken)));
    assert!(future.done() && !future.cancel());
}

#[test]
fn the_last_waker_is_woken_and_none_is_kept() {
    let test_loop = TestLoop::new();
    let (job, mut future) = submission(async || 1);
    let wakers = [(); 3].map(|()| CountingWaker::new());
    for waker in &wakers {
        assert!(poll(&mut future, waker).is_pending() && poll(&mut future, waker).is_pending());
    }
    assert_eq!(wakers.each_ref().map(CountingWaker::clones), [0, 0, 1]);
    test_loop.run_until_complete(async move { job() }).unwrap();
    test_loop.run_until_stalled();
    assert_eq!(wakers.each_ref().map(CountingWaker::wakes), [0, 0, 1]);
    assert_eq!(wakers.each_ref().map(CountingWaker::clones), [0, 0, 0]);
}

#[test]
fn a_panic_of_the_task_comes_back() {
    for in_make in [true, false] {
        let test_loop = TestLoop::new();
        let (job, future) = submission(move || {
            assert!(!in_make, "on purpose");
            async { panic!("on purpose") }
        });
        test_loop.run_until_complete(async move { job() }).unwrap();
        test_loop.run_until_stalled();
        let outcome: Outcome<()> = future.wait(None);
        let Err(ConcurrentError::Failed(error)) = outcome else { panic!("{outcome:?}") };
        assert_eq!(error.panic_message(), Some("on purpose"));
        assert!(test_loop.take_reports().is_empty(), "it was retrieved by the future");
    }
}

#[test]
fn a_cancel_on_the_loops_side_comes_back() {
    let test_loop = TestLoop::new();
    let (job, future) = submission(pending::<()>);
    test_loop
        .run_until_complete(async move {
            job();
            yield_now().await;
            let me = current_task().unwrap();
            for task in all_tasks().iter().rev().filter(|task| **task != me) {
                task.cancel_with("all of you");
            }
        })
        .unwrap();
    test_loop.run_until_stalled();
    let error = future.wait(None).unwrap_err();
    assert!(matches!(error, ConcurrentError::Failed(_)));
    assert!(error.to_string().ends_with("was cancelled: all of you"), "{error}");
}

/// S-THREAD-1
#[test]
fn cancel_is_final_at_once_while_the_task_still_unwinds() {
    let test_loop = TestLoop::new();
    let log = Log::default();
    let cleaned = std::sync::Arc::new(AtomicBool::new(false));
    let (job, future) = submission({
        let cleaned = cleaned.clone();
        move || {
            pending::<()>().finally(async move || {
                sleep(SECOND).await;
                cleaned.store(true, SeqCst);
            })
        }
    });
    test_loop.run_until_complete(async move { job() }).unwrap();
    test_loop.run_until_stalled();
    assert!(future.cancel());
    assert!(future.done() && !future.cancel());
    log.add(future.wait(None).unwrap_err());
    assert_eq!(log.take(), "the future was cancelled");
    assert!(!cleaned.load(SeqCst));
    test_loop.run_until_stalled();
    assert_eq!(test_loop.pending_tasks(), 1, "it is unwinding");
    test_loop.advance(SECOND);
    assert!(cleaned.load(SeqCst));
    assert_eq!(test_loop.pending_tasks(), 0);
}

#[test]
fn cancelled_before_the_job_ran_the_body_is_never_made() {
    let test_loop = TestLoop::new();
    let (job, future) = submission(|| -> std::future::Ready<()> { unreachable!("cancelled") });
    assert!(future.cancel());
    test_loop.run_until_complete(async move { job() }).unwrap();
    test_loop.run_until_stalled();
    assert!(matches!(future.wait(None), Err(ConcurrentError::Cancelled)));
    assert!(test_loop.take_reports().is_empty());
}

#[test]
fn cancelled_before_its_first_step_the_body_is_never_made() {
    let test_loop = TestLoop::new();
    let (job, future) = submission(|| -> std::future::Ready<()> { unreachable!("cancelled") });
    test_loop
        .run_until_complete(async move {
            job();
            assert!(future.cancel());
        })
        .unwrap();
    test_loop.run_until_stalled();
    assert_eq!(test_loop.pending_tasks(), 0);
    assert!(test_loop.take_reports().is_empty());
}

#[test]
fn dropping_the_future_lets_the_task_go_on() {
    let test_loop = TestLoop::new();
    let ran = std::sync::Arc::new(AtomicBool::new(false));
    let (job, future) = submission({
        let ran = ran.clone();
        async move || ran.store(true, SeqCst)
    });
    drop(future);
    test_loop.run_until_complete(async move { job() }).unwrap();
    test_loop.run_until_stalled();
    assert!(ran.load(SeqCst));
}

#[test]
fn a_job_that_is_lost_says_that_the_loop_closed() {
    let (job, future) = submission(async || ());
    drop(job);
    let error = future.wait(None).unwrap_err();
    assert!(matches!(error, ConcurrentError::LoopClosed));
    assert_eq!(error.to_string(), "the loop closed before the task had ended, or made none");
}

#[test]
fn a_loop_that_goes_before_the_task_had_ended_says_so() {
    for turns in 0..3 {
        let test_loop = TestLoop::new();
        let (job, mut future) = submission(pending::<()>);
        let waker = CountingWaker::new();
        assert!(poll(&mut future, &waker).is_pending());
        test_loop.runtime().call_soon(job);
        for _ in 0..turns {
            test_loop.turn();
        }
        drop(test_loop);
        assert_eq!(waker.wakes(), 1, "after {turns} iterations");
        assert!(matches!(future.wait(None), Err(ConcurrentError::LoopClosed)));
    }
}

#[test]
fn waiting_inside_a_loop_is_refused() {
    run(async {
        let (job, mut future) = submission(async || 1);
        job();
        let error = future.wait(Some(SECOND)).unwrap_err();
        assert!(matches!(error, ConcurrentError::InsideLoop));
        assert_eq!(error.to_string(), "waiting here would block the loop: await it instead");
        assert_eq!((&mut future).await.unwrap(), 1, "nothing was lost");
    });
}

#[test]
fn after_a_timeout_it_may_be_waited_for_again() {
    let test_loop = TestLoop::new();
    let (job, future) = submission(async || 1);
    let error = future.wait(Some(Duration::ZERO)).unwrap_err();
    assert!(matches!(error, ConcurrentError::TimedOut));
    assert_eq!(error.to_string(), "the task has not ended in the time given");
    test_loop.run_until_complete(async move { job() }).unwrap();
    test_loop.run_until_stalled();
    assert_eq!(future.wait(Some(Duration::MAX)).unwrap(), 1);
}

#[test]
fn debug_tells_the_state() {
    let (job, future) = submission(async || 1);
    assert_eq!(format!("{future:?}"), "<ConcurrentFuture pending>");
    drop(job);
    assert_eq!(format!("{future:?}"), "<ConcurrentFuture done>");
}

/// Sends a job to a loop on a thread of its own, which runs it to its end.
fn loop_thread(job: Box<dyn FnOnce() + Send>) -> thread::JoinHandle<()> {
    thread::spawn(move || {
        let test_loop = TestLoop::new();
        test_loop.run_until_complete(async move { job() }).unwrap();
        test_loop.advance(10 * SECOND);
    })
}

#[test]
fn another_executor_awaits_it_real_threads() {
    for _ in 0..200 {
        let (job, future) = submission(async || {
            sleep(SECOND).await;
            "across"
        });
        let thread = loop_thread(job);
        assert_eq!(block_on(future).unwrap(), "across");
        thread.join().unwrap();
    }
}

#[test]
fn a_thread_without_an_executor_waits_for_it_real_threads() {
    for _ in 0..200 {
        let (job, future) = submission(async || "across");
        let (send, receive) = mpsc::channel();
        let waiter = thread::spawn(move || send.send(future.wait(None).unwrap()).unwrap());
        loop_thread(job).join().unwrap();
        waiter.join().unwrap();
        assert_eq!(receive.recv().unwrap(), "across");
    }
}

/// Whatever the moment, the future is cancelled, or had its result.
#[test]
fn a_cancel_races_the_job_real_threads() {
    let mut cancelled = 0;
    for _ in 0..500 {
        let (job, future) = submission(async || yield_now().await);
        let thread = loop_thread(job);
        let won = future.cancel();
        cancelled += usize::from(won);
        match block_on(future) {
            Err(ConcurrentError::Cancelled) => assert!(won),
            Ok(()) => assert!(!won),
            other => panic!("{other:?}"),
        }
        thread.join().unwrap();
    }
    assert!(cancelled > 0, "the race was never won");
}
