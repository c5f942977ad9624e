//! Nested executors, panics, futures that move between hosts.

use std::future::{Future, pending};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::task::{Context, Wake, Waker};

use futures_lite::future::{block_on, poll_once, yield_now};
use tulipa_cancel::{CancelExt, CancelHandle, CancelScope, cancellable, catch_cancel, current};

use crate::support::{Hand, Log, suspend};

#[test]
fn a_nested_executor_has_hosts_of_its_own() {
    let (work, handle) = cancellable(async {
        let outer = current().unwrap();
        outer.cancel();
        let (inner, inner_handle) = cancellable(async {
            assert!(!current().unwrap().same_host(&outer));
            // The outer cancellation is pending, and is none of its business.
            catch_cancel(yield_now()).await.is_ok()
        });
        let nested = block_on(inner);
        assert!(inner_handle.ended());
        assert!(current().unwrap().same_host(&outer), "back in the outer host");
        let token = catch_cancel(pending::<()>()).await.unwrap_err();
        token.suppress();
        nested
    });
    assert_eq!(Hand::new(work).finish(), Ok(Ok(true)));
    assert!(handle.cancel_called());
}

#[test]
fn a_panic_in_the_inner_future_leaves_no_host_behind() {
    let nest = |depth: usize| {
        let panics = async {
            yield_now().await;
            panic!("the inner future panics");
        };
        let inner = CancelScope::new().shield(depth == 1).run(panics.finally(async || {}));
        cancellable(catch_cancel(CancelScope::new().run(inner)))
    };
    for depth in 0..2 {
        let (work, handle) = nest(depth);
        let mut work = Hand::new(work);
        assert!(work.poll().is_pending());
        assert!(catch_unwind(AssertUnwindSafe(|| drop(work.poll()))).is_err());
        assert!(current().is_none());
        // A later poll on this thread sees no host, and a host sees itself.
        assert!(Hand::new(async { current().is_none() }).finish());
        let (other, other_handle) = cancellable(async { current().unwrap() });
        assert!(Hand::new(other).finish().unwrap().same_host(&other_handle));
        drop(work);
        assert!(handle.ended() && current().is_none());
    }
}

struct PanicsOnDrop;

impl Drop for PanicsOnDrop {
    fn drop(&mut self) {
        panic!("the destructor panics");
    }
}

#[test]
fn a_panic_in_a_destructor_leaves_no_host_behind_and_ends_the_host() {
    let nested = || {
        let (work, handle) = cancellable(async {
            let inner = async {
                let _panics = PanicsOnDrop;
                pending::<()>().await;
            };
            drop(CancelScope::new().run(catch_cancel(inner)).await);
        });
        let mut work = Hand::new(work);
        assert!(work.poll().is_pending());
        (work, handle)
    };
    let (mut work, handle) = nested();
    handle.cancel();
    assert!(catch_unwind(AssertUnwindSafe(|| drop(work.poll()))).is_err());
    assert!(current().is_none());
    drop(work);
    assert!(handle.ended());

    let (work, handle) = nested();
    assert!(catch_unwind(AssertUnwindSafe(|| drop(work))).is_err());
    assert!(current().is_none());
    assert!(handle.cancelling() == 0);
}

#[test]
fn tokens_dropped_as_the_host_ends_wake_nobody() {
    let (work, handle) = cancellable(async {
        let _token = catch_cancel(pending::<()>()).await;
        pending::<()>().await;
    });
    let mut work = Hand::new(work);
    handle.cancel();
    assert!(work.poll().is_pending() && !work.is_woken());
    work.drop_future();
    assert!(!work.is_woken() && handle.ended());
}

#[test]
fn a_cleanup_that_moves_to_another_task_goes_on_there() {
    let log = Log::default();
    let cleanup = log.clone();
    let mut moving = Box::pin(pending::<()>().finally(async move || {
        suspend(2).await;
        cleanup.add("cleaned");
    }));
    let (first, handle) = cancellable(async {
        current().unwrap().cancel();
        poll_once(moving.as_mut()).await.is_none()
    });
    assert_eq!(Hand::new(first).finish(), Ok(true));
    assert!(handle.ended());
    let (second, _handle) = cancellable(moving);
    assert!(Hand::new(second).finish().is_err(), "it unwinds what it is in");
    assert_eq!(log.take(), "cleaned");
}

/// A waker that uses the host it is kept by as its last clone is dropped.
struct CancelsOnDrop(CancelHandle);

impl Wake for CancelsOnDrop {
    fn wake(self: Arc<Self>) {}
}

impl Drop for CancelsOnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

#[test]
fn a_waker_that_comes_back_as_it_is_dropped_finds_no_lock_held() {
    let (work, handle) = cancellable(catch_cancel(pending::<()>()));
    let mut work = Box::pin(work);
    for waker in [Arc::new(CancelsOnDrop(handle.clone())).into(), Waker::noop().clone()] {
        let polled = work.as_mut().poll(&mut Context::from_waker(&waker));
        assert!(polled.is_pending());
    }
    assert_eq!(handle.cancelling(), 1, "the first waker was dropped, and asked");
    assert!(work.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready());
    assert!(handle.ended());
}
