//! Requests and tokens on other threads, in real time. Only what must hold in every interleaving
//! is asserted.

use std::future::pending;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::sync::mpsc;
use std::thread;

use futures_lite::future::{block_on, yield_now, zip};
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tulipa_cancel::{CancelExt, CancelScope, cancellable, catch_cancel, current};

const RUNS: usize = 500;

#[test]
fn a_request_at_any_moment_of_a_poll_ends_the_host_real_threads() {
    for run in 0..RUNS {
        let (work, handle) = cancellable(async {
            for _ in 0..run % 7 {
                yield_now().await;
            }
            pending::<()>().await;
        });
        thread::scope(|threads| {
            threads.spawn(|| assert!(handle.cancel()));
            assert!(block_on(work).is_err());
        });
    }
}

#[test]
fn both_cleanups_of_a_join_run_whenever_the_request_comes_real_threads() {
    for run in 0..RUNS {
        let cleaned = AtomicUsize::new(0);
        let begun = AtomicBool::new(false);
        let branch = || {
            pending::<()>().finally(async || {
                yield_now().await;
                cleaned.fetch_add(1, SeqCst);
            })
        };
        let busy = async {
            begun.store(true, SeqCst);
            loop {
                yield_now().await;
            }
        };
        // The branch in the middle keeps the host polling, so that requests come in mid-poll.
        let (work, handle) = cancellable(zip(branch(), zip(busy, branch())));
        thread::scope(|threads| {
            threads.spawn(|| {
                while !begun.load(SeqCst) {
                    thread::yield_now();
                }
                assert!(handle.cancel());
            });
            let ended: Result<((), ((), ())), _> = block_on(work);
            assert!(ended.is_err());
        });
        assert_eq!(cleaned.load(SeqCst), 2, "run {run}");
    }
}

#[test]
fn requests_in_a_tight_loop_are_all_counted_and_none_is_lost_real_threads() {
    for _ in 0..RUNS / 5 {
        let (work, handle) = cancellable(async {
            let mut seen = 0;
            while let Err(token) = catch_cancel(pending::<()>()).await {
                token.suppress();
                seen += 1;
                if current().unwrap().cancelling() == 100 {
                    return seen;
                }
            }
            seen
        });
        thread::scope(|threads| {
            threads.spawn(|| (0..100).for_each(|_| assert!(handle.cancel())));
            let seen = block_on(work).unwrap();
            assert!((1..=100).contains(&seen));
        });
    }
}

#[test]
fn a_request_is_not_lost_beside_an_uncancel_real_threads() {
    for _ in 0..RUNS {
        let (work, handle) = cancellable(pending::<()>());
        handle.cancel();
        thread::scope(|threads| {
            threads.spawn(|| handle.uncancel());
            threads.spawn(|| handle.cancel());
            // One request remains, whoever came first: it must be seen.
            assert!(block_on(work).is_err());
        });
    }
}

#[test]
fn nodes_under_wakers_of_their_own_are_reached_real_threads() {
    for _ in 0..RUNS {
        let cleaned = AtomicUsize::new(0);
        let (work, handle) = cancellable(async {
            let child = || {
                pending::<()>().finally(async || {
                    cleaned.fetch_add(1, SeqCst);
                })
            };
            let mut children: FuturesUnordered<_> = (0..3).map(|_| child()).collect();
            while children.next().await.is_some() {}
        });
        thread::scope(|threads| {
            threads.spawn(|| assert!(handle.cancel()));
            assert!(block_on(work).is_err());
        });
        assert_eq!(cleaned.load(SeqCst), 3);
    }
}

#[test]
fn a_scope_is_cancelled_from_another_thread_real_threads() {
    for _ in 0..RUNS {
        let scope = CancelScope::new();
        let handle = scope.handle();
        let (work, _handle) = cancellable(async {
            let ended = scope.run(pending::<()>()).await;
            yield_now().await;
            ended.is_err()
        });
        thread::scope(|threads| {
            threads.spawn(|| assert!(handle.cancel()));
            assert_eq!(block_on(work), Ok(true));
        });
    }
}

#[test]
fn a_token_dropped_on_another_thread_unwinds_its_host_real_threads() {
    for _ in 0..RUNS {
        let (send, receive) = mpsc::channel();
        let (work, handle) = cancellable(async move {
            send.send(catch_cancel(pending::<()>()).await.unwrap_err()).unwrap();
            pending::<()>().await;
        });
        handle.cancel();
        thread::scope(|threads| {
            threads.spawn(move || drop(receive.recv().unwrap()));
            assert!(block_on(work).is_err());
        });
    }
}

#[test]
fn a_request_beside_the_end_is_refused_or_without_effect_real_threads() {
    for _ in 0..RUNS {
        let (work, handle) = cancellable(async { 1 });
        thread::scope(|threads| {
            threads.spawn(|| handle.cancel());
            assert_eq!(block_on(work), Ok(1));
        });
        assert!(handle.ended() && !handle.cancelled_caught() && !handle.cancel());
    }
}
