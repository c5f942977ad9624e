//! `test_timeouts`: one deadline, who is told, and what is left behind.

use std::cell::Cell;
use std::future::pending;
use std::pin::pin;
use std::time::{Duration, Instant};

use tulipa_cancel::catch_cancel;
use tulipa_rt::enter;
use tulipa_task::create_task;
use tulipa_test::{HandPolled, TestLoop};
use tulipa_time::{sleep, timeout, timeout_at, yield_now};

use super::{now, poll_once, run, seconds, timed};

/// `test_timeouts.TimeoutTests.test_timeout_basic`
#[test]
fn timeout_basic() {
    let (took, ()) = timed(async {
        let mut limited = pin!(timeout(seconds(1), sleep(seconds(1000))));
        assert!(limited.as_mut().await.is_err());
        assert!(limited.expired());
    });
    assert_eq!(took, 1);
}

/// `test_timeouts.TimeoutTests.test_timeout_at_basic`
#[test]
fn timeout_at_basic() {
    let (took, ()) = timed(async {
        let deadline = now() + seconds(1);
        let mut limited = pin!(timeout_at(deadline, sleep(seconds(1000))));
        assert!(limited.as_mut().await.is_err());
        assert_eq!((limited.expired(), limited.when()), (true, Some(deadline)));
    });
    assert_eq!(took, 1);
}

/// `test_timeouts.TimeoutTests.test_waiter_cancelled`: S-WAITFOR-3
#[test]
fn waiter_cancelled() {
    run(async {
        let told = Cell::new(false);
        let limited = timeout(seconds(1), async {
            if let Err(cancelled) = catch_cancel(sleep(seconds(1000))).await {
                told.set(true);
                cancelled.resume().await;
            }
        });
        assert!(limited.await.is_err() && told.get());
    });
}

/// `test_timeouts.TimeoutTests.test_timeout_not_called`
#[test]
fn timeout_not_called() {
    let (took, ()) = timed(async {
        let mut limited = pin!(timeout(seconds(1000), sleep(seconds(1))));
        assert_eq!(limited.as_mut().await, Ok(()));
        assert!(!limited.expired() && limited.when().unwrap() > now());
    });
    assert_eq!(took, 1);
}

/// `test_timeouts.TimeoutTests.test_timeout_disabled`: a `Duration` cannot be left out, but it may
/// be without end.
#[test]
fn timeout_disabled() {
    run(async {
        let mut limited = pin!(timeout(Duration::MAX, sleep(seconds(1))));
        assert_eq!(limited.as_mut().await, Ok(()));
        assert_eq!((limited.expired(), limited.when()), (false, None));
    });
}

/// `test_timeouts.TimeoutTests.test_timeout_at_disabled`
#[test]
fn timeout_at_disabled() {
    run(async {
        let mut limited = pin!(timeout_at(None, sleep(seconds(1))));
        assert_eq!(limited.as_mut().await, Ok(()));
        assert_eq!((limited.expired(), limited.when()), (false, None));
    });
}

/// `test_timeouts.TimeoutTests.test_timeout_zero`: S-TIMEOUT-3
#[test]
fn timeout_zero() {
    let (took, ()) = timed(async {
        let start = now();
        let mut limited = pin!(timeout(Duration::ZERO, sleep(seconds(1000))));
        assert!(limited.as_mut().await.is_err());
        assert_eq!((limited.expired(), limited.when()), (true, Some(start)));
    });
    assert_eq!(took, 0);
}

/// Yields so often, and counts.
async fn yields(times: u32, count: &Cell<u32>) {
    for _ in 0..times {
        yield_now().await;
        count.set(count.get() + 1);
    }
}

/// `test_timeouts.TimeoutTests.test_timeout_zero_sleep_zero`: S-TIMEOUT-3
#[test]
fn timeout_zero_sleep_zero() {
    for times in [1, 2] {
        let (took, ()) = timed(async move {
            let (start, count) = (now(), Cell::new(0));
            let mut limited = pin!(timeout(Duration::ZERO, yields(times, &count)));
            assert!(limited.as_mut().await.is_err());
            assert_eq!((limited.expired(), limited.when()), (true, Some(start)));
            assert_eq!(count.get(), 0);
        });
        assert_eq!(took, 0);
    }
}

/// `test_timeouts.TimeoutTests.test_timeout_in_the_past_sleep_zero`. A `Duration` is never negative;
/// an `Instant` may be past.
#[test]
fn timeout_in_the_past_sleep_zero() {
    for times in [1, 2] {
        let (took, ()) = timed(async move {
            let (past, count) = (now(), Cell::new(0));
            sleep(seconds(11)).await;
            let mut limited = pin!(timeout_at(past, yields(times, &count)));
            assert!(limited.as_mut().await.is_err());
            assert_eq!((limited.expired(), limited.when()), (true, Some(past)));
            assert_eq!(count.get(), 0);
        });
        assert_eq!(took, 11);
    }
}

/// `test_timeouts.TimeoutTests.test_outer_task_is_not_cancelled`
#[test]
fn outer_task_is_not_cancelled() {
    run(async {
        let mut task = create_task(timeout(seconds(1), sleep(seconds(1000))));
        let view = task.task_ref();
        assert!((&mut task).await.unwrap().is_err());
        assert_eq!((task.done(), task.cancelled(), view.cancelling()), (true, false, 0));
    });
}

#[track_caller]
fn assert_says(limited: &impl std::fmt::Debug, when: Option<Instant>, expired: bool) {
    let text = format!("Timeout {{ when: {when:?}, expired: {expired}, .. }}");
    assert_eq!(format!("{limited:?}"), text);
}

/// `test_timeouts.TimeoutTests.test_repr_active`
#[test]
fn debug_active() {
    run(async {
        let when = now() + seconds(10);
        let mut limited = pin!(timeout(seconds(10), pending::<()>()));
        assert!(poll_once(&mut limited).await.is_pending());
        assert_says(&limited, Some(when), false);
    });
}

/// `test_timeouts.TimeoutTests.test_repr_expired`
#[test]
fn debug_expired() {
    run(async {
        let when = now() + seconds(1);
        let mut limited = pin!(timeout(seconds(1), pending::<()>()));
        assert!(limited.as_mut().await.is_err());
        assert_says(&limited, Some(when), true);
    });
}

/// `test_timeouts.TimeoutTests.test_repr_finished`: as if active; who awaits it knows.
#[test]
fn debug_finished() {
    run(async {
        let when = now() + seconds(10);
        let mut limited = pin!(timeout(seconds(10), yield_now()));
        assert_eq!(limited.as_mut().await, Ok(()));
        assert_says(&limited, Some(when), false);
    });
}

/// `test_timeouts.TimeoutTests.test_repr_disabled`
#[test]
fn debug_disabled() {
    run(async {
        let mut limited = pin!(timeout_at(None, pending::<()>()));
        assert!(poll_once(&mut limited).await.is_pending());
        assert_says(&limited, None, false);
    });
}

/// `test_timeouts.TimeoutTests.test_timeout_without_task`, other than in asyncio: a deadline needs
/// a loop for its timer, no task.
#[test]
fn timeout_without_task() {
    let test_loop = TestLoop::new();
    let made = enter(test_loop.runtime(), || timeout(seconds(1), pending::<()>()));
    let mut limited = HandPolled::new(made);
    assert!(enter(test_loop.runtime(), || limited.poll()).is_pending());
    test_loop.advance(seconds(1));
    assert!(limited.is_woken());
    let ended = enter(test_loop.runtime(), || limited.poll());
    assert!(matches!(ended, std::task::Poll::Ready(Err(_))));
}
