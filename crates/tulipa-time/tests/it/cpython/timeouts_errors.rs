//! `test_timeouts`: errors and cancellations beside a deadline.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::pin::pin;
use std::time::Duration;

use tulipa_cancel::{CancelExt, catch_cancel};
use tulipa_task::{create_task, current_task};
use tulipa_time::{sleep, timeout};

use super::{cancel_and_swallow, run, seconds, timed};

/// Panics, without a word on standard error.
fn fail(words: &'static str) -> ! {
    resume_unwind(Box::new(words))
}

/// `test_timeouts.TimeoutTests.test_foreign_exception_passed`: an error and a panic.
#[test]
fn foreign_exception_passed() {
    run(async {
        let mut limited = pin!(timeout(seconds(1), async { Err::<(), _>("key") }));
        assert_eq!(limited.as_mut().await, Ok(Err("key")));
        assert!(!limited.expired());

        let failing = create_task(timeout(seconds(1), async { fail("key") }));
        let ended: Result<Result<(), _>, _> = failing.await;
        assert_eq!(ended.unwrap_err().panic_message(), Some("key"));
    });
}

/// `test_timeouts.TimeoutTests.test_timeout_exception_context`, other than in asyncio: the error
/// was there before the deadline interrupted the cleanup, so it is not lost.
#[test]
fn a_deadline_during_the_cleanup_after_an_error() {
    let (took, ()) = timed(async {
        let failing =
            async { Err::<(), _>("division") }.finally(async || sleep(seconds(100)).await);
        let mut limited = pin!(timeout(seconds(1), failing));
        assert_eq!(limited.as_mut().await, Ok(Err("division")));
        assert!(limited.expired());
    });
    assert_eq!(took, 1);
}

/// `test_timeouts.TimeoutTests.test_foreign_exception_on_timeout`: S-WAITFOR-5
#[test]
fn foreign_exception_on_timeout() {
    run(async {
        let crash = async {
            match catch_cancel(sleep(seconds(100))).await {
                Ok(()) => Ok(()),
                Err(cancelled) => {
                    cancelled.suppress();
                    Err("division")
                }
            }
        };
        let mut limited = pin!(timeout(seconds(1), crash));
        assert_eq!(limited.as_mut().await, Ok(Err("division")));
        assert!(limited.expired());

        let crash = sleep(seconds(100)).finally(async || fail("division"));
        let ended = create_task(timeout(seconds(1), crash)).await;
        assert_eq!(ended.unwrap_err().panic_message(), Some("division"));
    });
}

/// `test_timeouts.TimeoutTests.test_foreign_exception_on_timeout_2`: of several, the last.
#[test]
fn foreign_exception_on_timeout_2() {
    run(async {
        let told = Cell::new("");
        let crash = async { Err::<(), _>("value") }
            .finally(async || {
                sleep(seconds(100)).finally(async || told.set("key")).await;
            })
            .finally(async || {
                assert_eq!(told.get(), "key");
                told.set("division");
                fail("division");
            });
        let caught = panic_of(timeout(seconds(1), crash)).await;
        assert_eq!((caught, told.get()), (Some("division"), "division"));
    });
}

/// What a future's panic said.
async fn panic_of<F: Future>(future: F) -> Option<&'static str> {
    let mut future = pin!(future);
    let caught = std::future::poll_fn(|cx| {
        let polled = std::panic::catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx)));
        match polled {
            Ok(polled) => polled.map(|_| None),
            Err(payload) => std::task::Poll::Ready(payload.downcast_ref().copied()),
        }
    });
    caught.await
}

/// `test_timeouts.TimeoutTests.test_foreign_cancel_doesnt_timeout_if_not_expired`: S-WAITFOR-7
#[test]
fn foreign_cancel_is_no_timeout() {
    run(async {
        let task = create_task(async {
            let mut limited = pin!(timeout(seconds(10), async {
                current_task().unwrap().cancel();
                sleep(seconds(10)).await;
            }));
            let cancelled = catch_cancel(limited.as_mut()).await.unwrap_err();
            assert!(!limited.expired());
            cancelled.resume().await;
        });
        assert!(task.await.unwrap_err().is_cancelled());
    });
}

/// `test_timeouts.TimeoutTests.test_timeout_after_cancellation`: S-TIMEOUT-5
#[test]
fn timeout_after_cancellation() {
    run(async {
        let task = create_task(async {
            cancel_and_swallow().await;
            assert_eq!(current_task().unwrap().cancelling(), 1, "never given back");
            let ended = timeout(Duration::ZERO, sleep(seconds(1))).await;
            assert_eq!(current_task().unwrap().cancelling(), 1);
            ended
        });
        assert!(task.await.unwrap().is_err());
    });
}

/// `test_timeouts.TimeoutTests.test_cancel_in_timeout_after_cancellation`
#[test]
fn cancel_in_timeout_after_cancellation() {
    let (took, ()) = timed(async {
        let task = create_task(async {
            cancel_and_swallow().await;
            let limited = timeout(seconds(100), async {
                current_task().unwrap().cancel();
                sleep(seconds(200)).await;
            });
            let cancelled = catch_cancel(limited).await.unwrap_err();
            assert_eq!(current_task().unwrap().cancelling(), 2);
            cancelled.resume().await;
        });
        assert!(task.await.unwrap_err().is_cancelled());
    });
    assert_eq!(took, 0);
}
