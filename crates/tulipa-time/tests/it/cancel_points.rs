//! Sleeps, yields and deadlines, cancelled at each suspension: no timer is left.

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use tulipa_cancel::catch_cancel;
use tulipa_task::create_task;
use tulipa_test::cancel_at_every_suspension;
use tulipa_time::{sleep, sleep_until, timeout, timeout_at, yield_now};

const SECOND: Duration = Duration::from_secs(1);

/// Cancels it at each of its suspensions, of which there are so many; it must end there.
fn cancelled_everywhere<F: Future + 'static>(suspensions: usize, make: impl Fn() -> F) {
    let make = &make;
    let found = cancel_at_every_suspension(|point| {
        let (victim, hit) = (make(), point.clone());
        async move {
            let start = tulipa_rt::current().now();
            let task = create_task(async move { drop(point.victim(victim).await) });
            let ended = task.await;
            assert!(ended.is_ok() || hit.hit());
            assert!(tulipa_rt::current().now() - start <= 10 * SECOND);
        }
    });
    assert_eq!(found, suspensions);
}

#[test]
fn sleeps_of_each_kind() {
    cancelled_everywhere(1, || sleep(SECOND));
    cancelled_everywhere(1, || sleep(Duration::ZERO));
    cancelled_everywhere(1, || async { sleep_until(tulipa_rt::current().now() + SECOND).await });
    cancelled_everywhere(1, || async { sleep_until(tulipa_rt::current().now()).await });
    cancelled_everywhere(2, || async {
        sleep(SECOND).await;
        sleep(SECOND).await;
    });
}

#[test]
fn yields() {
    cancelled_everywhere(3, || async {
        for _ in 0..3 {
            yield_now().await;
        }
    });
}

/// By `&mut`, a sleep goes on after a cancellation that was suppressed, and ends at its time.
#[test]
fn a_sleep_that_is_awaited_again() {
    let suspensions = cancel_at_every_suspension(|point| async move {
        let start = tulipa_rt::current().now();
        let task = create_task(async move {
            point
                .victim(async {
                    let mut nap = pin!(sleep(SECOND));
                    while let Err(token) = catch_cancel(nap.as_mut()).await {
                        token.suppress();
                    }
                })
                .await;
        });
        task.await.unwrap();
        assert_eq!(tulipa_rt::current().now() - start, SECOND);
    });
    assert_eq!(suspensions, 1);
}

/// The deadline passes, or does not, and the code goes on after it.
#[test]
fn deadlines_of_each_kind() {
    for nap in [SECOND, 5 * SECOND] {
        cancelled_everywhere(2, move || async move {
            let _ = timeout(3 * SECOND, sleep(nap)).await;
            yield_now().await;
        });
        cancelled_everywhere(2, move || async move {
            let deadline = tulipa_rt::current().now() + 3 * SECOND;
            let _ = timeout_at(deadline, sleep(nap)).await;
            yield_now().await;
        });
        cancelled_everywhere(2, move || async move {
            let inner = timeout(2 * SECOND, sleep(nap));
            let _ = timeout(3 * SECOND, inner).await;
            yield_now().await;
        });
    }
    cancelled_everywhere(1, || async {
        assert!(timeout(Duration::ZERO, sleep(SECOND)).await.is_err());
        yield_now().await;
    });
}

/// An answer to the deadline that takes a while, and what is around it.
#[test]
fn a_deadline_that_is_answered() {
    cancelled_everywhere(4, || async {
        let body = async {
            let token = catch_cancel(sleep(5 * SECOND)).await.map_or_else(Some, |()| None);
            sleep(SECOND).await;
            yield_now().await;
            if let Some(token) = token {
                token.resume().await;
            }
        };
        let _ = timeout(SECOND, body).await;
        yield_now().await;
    });
}
