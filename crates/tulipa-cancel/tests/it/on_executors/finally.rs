//! Cleanup after a value, a panic, a cancellation.

use std::future::{Future, pending};
use std::panic::AssertUnwindSafe;

use futures_lite::FutureExt;
use futures_lite::future::or;
use tulipa_cancel::{CancelExt, catch_cancel};

use super::{Executor, on_each_executor, settle};
use crate::support::{Gate, Log, suspend};

on_each_executor!(
    after_a_value_the_cleanup_runs_and_the_value_is_returned,
    after_a_panic_the_cleanup_runs_and_the_panic_goes_on,
    a_panic_of_the_cleanup_goes_on_at_once,
    cancelled_the_body_is_dropped_the_cleanup_awaited_and_nothing_after_it_runs,
    a_second_request_interrupts_the_cleanup,
    a_value_is_returned_although_its_cleanup_was_interrupted,
    nested_cleanups_run_from_the_inside_outward_each_once,
    each_cleanup_that_was_not_interrupted_still_runs,
    dropped_it_drops_the_body_and_runs_no_cleanup,
);

/// What a future's panic said.
async fn panic_of<F: Future>(future: F) -> Option<&'static str> {
    let payload = AssertUnwindSafe(future).catch_unwind().await.err()?;
    payload.downcast_ref().copied()
}

/// Panics, without a word on standard error.
fn fail(words: &'static str) -> ! {
    std::panic::resume_unwind(Box::new(words))
}

async fn after_a_value_the_cleanup_runs_and_the_value_is_returned(executor: impl Executor) {
    let (log, gate) = (Log::default(), Gate::default());
    let (inside, inner_gate) = (log.clone(), gate.clone());
    let work = executor.spawn(async move {
        let body = async {
            suspend(1).await;
            "value"
        };
        let cleanup = async || {
            inside.add("begun");
            inner_gate.wait().await;
            inside.add("cleaned");
        };
        body.finally(cleanup).await
    });
    settle().await;
    assert_eq!(log.take(), "begun");
    gate.open();
    assert_eq!(work.await, "value");
    assert_eq!(log.take(), "cleaned");
}

async fn after_a_panic_the_cleanup_runs_and_the_panic_goes_on(executor: impl Executor) {
    let log = Log::default();
    let inside = log.clone();
    let (work, handle) = executor.start(panic_of(async move {
        let body = async {
            suspend(1).await;
            fail("the body panics")
        };
        let cleanup = async || {
            suspend(2).await;
            inside.add("cleaned");
        };
        body.finally(cleanup).await
    }));
    assert_eq!(work.await, Ok(Some("the body panics")));
    assert_eq!((log.take(), handle.cancel_called()), ("cleaned".into(), false));
}

async fn a_panic_of_the_cleanup_goes_on_at_once(executor: impl Executor) {
    let (work, handle) = executor.start(panic_of(pending::<()>().finally(async || {
        suspend(1).await;
        fail("the cleanup panics")
    })));
    settle().await;
    handle.cancel();
    assert_eq!(work.await, Ok(Some("the cleanup panics")));
}

async fn cancelled_the_body_is_dropped_the_cleanup_awaited_and_nothing_after_it_runs(
    executor: impl Executor,
) {
    let (log, gate) = (Log::default(), Gate::default());
    let (inside, inner_gate) = (log.clone(), gate.clone());
    let (work, handle) = executor.start(async move {
        let held = inside.on_drop("body dropped");
        let body = async move {
            let _held = held;
            pending::<()>().await;
        };
        let cleanup = async || {
            inside.add("cleanup");
            inner_gate.wait().await;
            inside.add("cleaned");
        };
        body.finally(cleanup).await;
        inside.add("not reached");
    });
    settle().await;
    handle.cancel();
    settle().await;
    assert_eq!((log.take(), handle.ended()), ("body dropped cleanup".into(), false));
    gate.open();
    assert!(work.await.is_err());
    assert_eq!(log.take(), "cleaned");
}

/// S-CANCEL-15
async fn a_second_request_interrupts_the_cleanup(executor: impl Executor) {
    let log = Log::default();
    let inside = log.clone();
    let (work, handle) = executor.start(pending::<()>().finally(async move || {
        let _held = inside.on_drop("cleanup dropped");
        inside.add("cleanup");
        pending::<()>().await;
    }));
    settle().await;
    handle.cancel();
    settle().await;
    assert_eq!(log.take(), "cleanup");
    handle.cancel();
    assert!(work.await.is_err());
    assert_eq!((log.take(), handle.cancelling()), ("cleanup dropped".into(), 2));
}

async fn a_value_is_returned_although_its_cleanup_was_interrupted(executor: impl Executor) {
    let (work, handle) = executor.start(async {
        let value = async { "value" }.finally(async || pending::<()>().await).await;
        catch_cancel(suspend(1)).await.unwrap_err().suppress();
        value
    });
    settle().await;
    handle.cancel();
    assert_eq!(work.await, Ok("value"), "and the cancellation stayed pending");
}

async fn nested_cleanups_run_from_the_inside_outward_each_once(executor: impl Executor) {
    let log = Log::default();
    let inside = log.clone();
    let (work, handle) = executor.start(async move {
        let cleanup = |name| {
            let log = &inside;
            move || async move {
                suspend(2).await;
                log.add(name);
            }
        };
        let [one, two, three] = ["one", "two", "three"].map(cleanup);
        pending::<()>().finally(one).finally(two).finally(three).await;
    });
    settle().await;
    handle.cancel();
    assert!(work.await.is_err());
    assert_eq!(log.take(), "one two three");
}

async fn each_cleanup_that_was_not_interrupted_still_runs(executor: impl Executor) {
    let log = Log::default();
    let inside = log.clone();
    let (work, handle) = executor.start(async move {
        let outer = async || {
            suspend(3).await;
            inside.add("outer");
        };
        pending::<()>().finally(async || pending::<()>().await).finally(outer).await;
    });
    for _ in 0..2 {
        settle().await;
        assert!(handle.cancel());
    }
    assert!(work.await.is_err());
    assert_eq!(log.take(), "outer");
}

async fn dropped_it_drops_the_body_and_runs_no_cleanup(executor: impl Executor) {
    let log = Log::default();
    let inside = log.clone();
    let (work, _handle) = executor.start(async move {
        let held = inside.on_drop("body dropped");
        let body = async move {
            let _held = held;
            pending::<()>().await;
        };
        let loses = body.finally(async || inside.add("not reached"));
        or(loses, suspend(2)).await;
        drop(pending::<()>().finally(async || inside.add("not reached")));
    });
    assert_eq!(work.await, Ok(()));
    assert_eq!(log.take(), "body dropped");
}
