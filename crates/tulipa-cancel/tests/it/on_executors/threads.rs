//! Requests and tokens on other threads: they wake an executor that does something else, or
//! sleeps.

use std::future::pending;
use std::sync::{Arc, Mutex, mpsc};
use std::thread;

use futures_lite::future::{yield_now, zip};
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tulipa_cancel::{CancelExt, CancelScope, Cancelled, catch_cancel};

use super::{Executor, Smol, Tokio, on_each_executor, settle};
use crate::support::{Log, suspend};

on_each_executor!(
    a_request_from_another_thread_ends_the_task,
    a_request_from_another_thread_ends_a_scope_alone,
    a_request_from_another_thread_reaches_nodes_under_wakers_of_their_own,
    a_token_dropped_on_another_thread_unwinds_its_task,
);

/// Runs something on another thread, to its end, while the executor's thread waits.
fn elsewhere<T: Send + 'static>(run: impl FnOnce() -> T + Send + 'static) -> T {
    thread::spawn(run).join().unwrap()
}

async fn a_request_from_another_thread_ends_the_task(executor: impl Executor) {
    let log = Log::default();
    let inside = log.clone();
    let (work, handle) = executor.start(pending::<()>().finally(async move || {
        suspend(2).await;
        inside.add("cleaned");
    }));
    settle().await;
    assert!(elsewhere(move || handle.cancel_with("from another thread")));
    assert_eq!(work.await.unwrap_err().message(), Some("from another thread"));
    assert_eq!(log.take(), "cleaned");
}

async fn a_request_from_another_thread_ends_a_scope_alone(executor: impl Executor) {
    let scope = CancelScope::new();
    let scope_handle = scope.handle();
    let (work, handle) = executor.start(async move {
        let ended = scope.run(pending::<()>()).await;
        suspend(2).await;
        ended.is_err()
    });
    settle().await;
    assert!(elsewhere(move || scope_handle.cancel()));
    assert_eq!(work.await, Ok(true));
    assert!(!handle.cancel_called());
}

async fn a_request_from_another_thread_reaches_nodes_under_wakers_of_their_own(
    executor: impl Executor,
) {
    let log = Log::default();
    let inside = log.clone();
    let (work, handle) = executor.start(async move {
        let child = |_| pending::<()>().finally(async || inside.add("cleaned"));
        let mut children: FuturesUnordered<_> = (0..3).map(child).collect();
        while children.next().await.is_some() {}
    });
    settle().await;
    assert!(elsewhere(move || handle.cancel()));
    assert!(work.await.is_err());
    assert_eq!(log.take(), "cleaned cleaned cleaned");
}

async fn a_token_dropped_on_another_thread_unwinds_its_task(executor: impl Executor) {
    let kept = Arc::new(Mutex::new(None::<Cancelled>));
    let inside = kept.clone();
    let (work, handle) = executor.start(async move {
        let token = catch_cancel(pending::<()>()).await.err();
        *inside.lock().unwrap() = token;
        pending::<()>().await;
    });
    settle().await;
    handle.cancel();
    settle().await;
    assert!(!handle.ended());
    elsewhere(move || drop(kept.lock().unwrap().take().unwrap()));
    assert!(work.await.is_err());
}

const RUNS: usize = 200;

/// A request at whatever moment: while the task is polled, while it waits, while the executor
/// sleeps.
async fn at_any_moment(executor: impl Executor) {
    let (send, requests) = mpsc::channel::<tulipa_cancel::CancelHandle>();
    let canceller = thread::spawn(move || {
        for handle in requests {
            assert!(handle.cancel());
        }
    });
    for run in 0..RUNS {
        let log = Log::default();
        let cleans = |turns| {
            let log = log.clone();
            let body = async move {
                for _ in 0..turns {
                    yield_now().await;
                }
                pending::<()>().await;
            };
            body.finally(async move || {
                yield_now().await;
                log.add("cleaned");
            })
        };
        let (work, handle) = executor.start(zip(cleans(run % 5), cleans(run % 3)));
        send.send(handle).unwrap();
        assert!(work.await.is_err());
        // Told before it had begun to wait, it still begins each branch.
        assert_eq!(log.take(), "cleaned cleaned", "run {run}");
    }
    drop(send);
    canceller.join().unwrap();
}

#[test]
fn a_request_at_any_moment_runs_both_cleanups_on_tokio_real_threads() {
    Tokio::run(at_any_moment);
}

#[test]
fn a_request_at_any_moment_runs_both_cleanups_on_smol_real_threads() {
    Smol::run(at_any_moment);
}
