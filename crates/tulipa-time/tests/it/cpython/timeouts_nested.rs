//! `test_timeouts`: deadlines in deadlines.

use std::cell::Cell;
use std::pin::pin;

use tulipa_cancel::{CancelExt, catch_cancel};
use tulipa_test::TestLoop;
use tulipa_time::{sleep, timeout, timeout_at};

use super::{now, seconds, timed};

/// `test_timeouts.TimeoutTests.test_nested_timeouts`: S-TIMEOUT-8
///
/// Only the outer one ends with an error, with one deadline for both as with an inner one that is a
/// second later.
#[test]
fn nested_timeouts() {
    for later in [0, 1] {
        let (took, ()) = timed(async move {
            let deadline = now() + seconds(1);
            let (inner_ended, told) = (Cell::new(false), Cell::new(false));
            let mut outer = pin!(timeout_at(deadline, async {
                let mut inner = pin!(timeout_at(deadline + seconds(later), sleep(seconds(1000))));
                let body = async {
                    inner_ended.set(inner.as_mut().await.is_err());
                    sleep(seconds(1000)).await;
                };
                if let Err(cancelled) = catch_cancel(body).await {
                    told.set(true);
                    assert_eq!(inner.expired(), later == 0);
                    cancelled.resume().await;
                }
            }));
            assert!(outer.as_mut().await.is_err());
            assert!(outer.expired() && told.get());
            assert!(!inner_ended.get());
        });
        assert_eq!(took, 1);
    }
}

/// `test_timeouts.TimeoutTests.test_nested_timeouts_concurrent`
#[test]
fn nested_timeouts_concurrent() {
    let test_loop = TestLoop::new();
    let (start, busy) = (test_loop.now(), test_loop.clone());
    let outer = test_loop.run_until_complete(async move {
        timeout(seconds(2), async move {
            timeout(seconds(100), async move {
                busy.advance(seconds(10)); // as a computation would
                sleep(seconds(1000)).await;
            })
            .await
        })
        .await
    });
    assert!(outer.unwrap().is_err(), "the outer deadline, of which the inner one knows nothing");
    assert_eq!((test_loop.now() - start, test_loop.armed_timers()), (seconds(10), 0));
}

/// `test_timeouts.TimeoutTests.test_nested_timeouts_loop_busy`
#[test]
fn nested_timeouts_loop_busy() {
    let test_loop = TestLoop::new();
    let (start, busy) = (test_loop.now(), test_loop.clone());
    let ended = test_loop.run_until_complete(async move {
        let inner_ended = Cell::new(false);
        let outer = timeout(seconds(100), async {
            let inner = timeout(seconds(10), async {
                busy.advance(seconds(99));
                sleep(seconds(1000)).await;
            });
            inner_ended.set(inner.await.is_err());
            // What the inner deadline told is over; this is for the outer one to end.
            sleep(seconds(10_000)).await;
        });
        (outer.await.is_err(), inner_ended.get())
    });
    assert_eq!(ended.unwrap(), (true, true));
    assert_eq!((test_loop.now() - start, test_loop.armed_timers()), (seconds(100), 0));
}

/// `test_timeouts.TimeoutTests.test_nested_timeout_in_finally`
#[test]
fn nested_timeout_in_finally() {
    let (took, ()) = timed(async {
        let cleanup_ended = Cell::new(None);
        let work = sleep(seconds(100)).finally(async || {
            cleanup_ended.set(Some(timeout(seconds(1), sleep(seconds(1000))).await));
        });
        assert!(timeout(seconds(1), work).await.is_err());
        assert!(cleanup_ended.take().unwrap().is_err());
    });
    assert_eq!(took, 2);
}
