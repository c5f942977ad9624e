//! What code may do with a cancellation it has caught.

use std::future::pending;
use std::task::Poll;

use tulipa_cancel::{CancelExt, cancellable, catch_cancel};

use crate::support::{Gate, Hand, Log, suspend};

#[test]
fn suppressed_it_is_over_and_the_code_goes_on() {
    let (work, handle) = cancellable(async {
        catch_cancel(pending::<()>()).await.unwrap_err().suppress();
        suspend(2).await;
        "went on"
    });
    let mut work = Hand::new(work);
    assert!(work.poll().is_pending());
    handle.cancel();
    assert_eq!(work.finish(), Ok("went on"));
    assert!(!handle.cancelled_caught());
}

#[test]
fn cleanup_with_awaits_then_resume_ends_the_host_cancelled() {
    let (log, gate) = (Log::default(), Gate::default());
    let (inside, inner_gate) = (log.clone(), gate.clone());
    let (work, handle) = cancellable(async move {
        match pending::<()>().catch_cancel().await {
            Ok(()) => unreachable!(),
            Err(cancelled) => {
                inside.add("caught");
                inner_gate.wait().await;
                inside.add("cleaned");
                cancelled.resume().await
            }
        }
    });
    let mut work = Hand::new(work);
    assert!(work.poll().is_pending());
    handle.cancel();
    assert!(work.poll_while_woken().is_pending());
    assert_eq!(log.take(), "caught");
    gate.open();
    assert!(matches!(work.poll(), Poll::Ready(Err(_))), "in one poll");
    assert_eq!(log.take(), "cleaned");
}

#[test]
fn the_inner_future_is_dropped_before_the_catch_returns() {
    let log = Log::default();
    let inside = log.clone();
    let (work, handle) = cancellable(async move {
        let held = inside.on_drop("inner dropped");
        let caught = catch_cancel(async move {
            let _held = held;
            pending::<()>().await;
        });
        // Kept alive beyond its end: the drop must not wait for it.
        let mut caught = Box::pin(caught);
        let cancelled = caught.as_mut().await.unwrap_err();
        inside.add("answered");
        cancelled.suppress();
        drop(caught);
    });
    handle.cancel();
    assert!(Hand::new(work).finish().is_ok());
    assert_eq!(log.take(), "inner dropped answered");
}

#[test]
fn nested_catches_are_asked_from_the_inside_outward() {
    let log = Log::default();
    let inside = log.clone();
    let (work, handle) = cancellable(async move {
        let inner = async {
            let cancelled = catch_cancel(pending::<()>()).await.unwrap_err();
            inside.add("inner");
            cancelled.resume().await
        };
        let middle = async {
            let cancelled = catch_cancel(inner).await.unwrap_err();
            inside.add("middle");
            suspend(2).await;
            cancelled.resume().await
        };
        let cancelled: tulipa_cancel::Cancelled = match catch_cancel(middle).await {
            Ok(never) => never,
            Err(cancelled) => cancelled,
        };
        inside.add("outer");
        cancelled.suppress();
    });
    let mut work = Hand::new(work);
    assert!(work.poll().is_pending());
    handle.cancel();
    assert_eq!(work.finish(), Ok(()));
    assert_eq!(log.take(), "inner middle outer");
}

#[test]
fn a_catch_in_a_cleanup_in_a_catch() {
    let log = Log::default();
    let inside = log.clone();
    let (work, handle) = cancellable(async move {
        let work = pending::<()>().finally(async || {
            inside.add("cleanup");
            // A second request comes here.
            let cancelled = catch_cancel(pending::<()>()).await.unwrap_err();
            inside.add("second");
            cancelled.suppress();
            suspend(1).await;
            inside.add("cleaned");
        });
        let cancelled = catch_cancel(work).await.unwrap_err();
        inside.add("first");
        cancelled.resume().await
    });
    let mut work = Hand::new(work);
    handle.cancel();
    assert!(work.poll_while_woken().is_pending());
    assert_eq!(log.take(), "cleanup");
    handle.cancel();
    assert!(work.finish().is_err());
    assert_eq!(log.take(), "second cleaned first");
}

#[test]
fn outside_any_host_the_future_simply_runs() {
    assert_eq!(Hand::new(catch_cancel(async { 1 })).finish().unwrap(), 1);
    let mut waits = Hand::new(catch_cancel(pending::<()>()));
    assert!(waits.poll_while_woken().is_pending());
}

#[test]
#[should_panic(expected = "polled after its end")]
fn polling_a_catch_after_its_end_panics() {
    let (work, _handle) = cancellable(async {
        let mut caught = Box::pin(catch_cancel(async {}));
        caught.as_mut().await.unwrap();
        let _ = caught.as_mut().await;
    });
    let _ = Hand::new(work).poll();
}

#[test]
fn a_loop_that_drops_what_it_catches_gives_the_thread_back() {
    let (work, handle) = cancellable(async {
        loop {
            let _ = catch_cancel(pending::<()>()).await;
        }
    });
    let mut work = Hand::new(work);
    handle.cancel();
    for _ in 0..3 {
        assert!(matches!(work.poll(), Poll::<Result<(), _>>::Pending));
        assert!(work.is_woken(), "it goes on, and others run in between");
    }
}
