//! Cleanup after a value, a panic, a cancellation.

use std::future::pending;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::task::Poll;

use tulipa_cancel::{CancelExt, cancellable, catch_cancel};

use crate::support::{Gate, Hand, Log, suspend};

/// The text of the panic that the call must end with.
fn panic_of<T>(run: impl FnOnce() -> T) -> &'static str {
    let payload = catch_unwind(AssertUnwindSafe(run)).err().expect("it panics");
    *payload.downcast().expect("the payload is a literal")
}

struct PanicsOnDrop;

impl Drop for PanicsOnDrop {
    fn drop(&mut self) {
        panic!("the destructor panics");
    }
}

#[test]
fn after_a_value_the_cleanup_runs_and_the_value_is_returned() {
    let log = Log::default();
    let held = log.on_drop("body dropped");
    let body = async {
        let _held = held;
        suspend(1).await;
        1
    };
    let work = body.finally(async || {
        log.add("cleanup");
        suspend(1).await;
        log.add("cleaned");
    });
    assert_eq!(Hand::new(work).finish(), 1, "outside any host too");
    assert_eq!(log.take(), "body dropped cleanup cleaned");
}

#[test]
fn after_a_cancellation_the_cleanup_runs_and_the_cancellation_goes_on() {
    let (log, gate) = (Log::default(), Gate::default());
    let (inside, inner_gate) = (log.clone(), gate.clone());
    let (work, handle) = cancellable(async move {
        let held = inside.on_drop("body dropped");
        let body = async move {
            let _held = held;
            pending::<()>().await;
        };
        body.finally(async || {
            inside.add("cleanup");
            inner_gate.wait().await;
            inside.add("cleaned");
        })
        .await;
        inside.add("not reached");
    });
    let mut work = Hand::new(work);
    assert!(work.poll().is_pending());
    handle.cancel();
    assert!(work.poll_while_woken().is_pending());
    assert_eq!(log.take(), "body dropped cleanup");
    gate.open();
    assert!(matches!(work.poll(), Poll::Ready(Err(_))), "in one poll");
    assert_eq!(log.take(), "cleaned");
}

#[test]
fn after_a_panic_the_cleanup_runs_and_the_panic_goes_on() {
    let log = Log::default();
    let body = async {
        suspend(1).await;
        panic!("the body panics");
    };
    let work = body.finally(async || {
        suspend(1).await;
        log.add("cleaned");
    });
    let mut work = Hand::new(work);
    assert!(work.poll().is_pending() && work.poll().is_pending());
    assert_eq!(panic_of(|| work.finish()), "the body panics");
    assert_eq!(log.take(), "cleaned");
}

#[test]
fn after_a_panic_of_the_destructor_the_cleanup_runs_and_the_panic_goes_on() {
    let log = Log::default();
    for cancel in [false, true] {
        let inside = log.clone();
        let (work, handle) = cancellable(async move {
            let body = async {
                let _held = PanicsOnDrop;
                suspend(usize::from(cancel)).await;
            };
            body.finally(async || {
                suspend(1).await;
                inside.add("cleaned");
            })
            .await;
        });
        if cancel {
            handle.cancel();
        }
        let mut work = Hand::new(work);
        assert_eq!(panic_of(|| work.finish()), "the destructor panics");
        // A panic of the future itself, which the body is when it ends with a value, comes alike.
        assert_eq!(log.take(), "cleaned");
    }
}

#[test]
fn a_panic_of_the_cleanup_goes_on_at_once() {
    let work = async {}.finally(async || panic!("the cleanup panics"));
    assert_eq!(panic_of(|| Hand::new(work).finish()), "the cleanup panics");
}

#[test]
fn never_polled_it_does_nothing() {
    let log = Log::default();
    let body = async { log.add("body") };
    drop(body.finally(async || log.add("cleanup")));
    assert_eq!(log.take(), "");
}

#[test]
fn dropped_it_drops_the_body_and_runs_no_cleanup() {
    let log = Log::default();
    let mut work = Hand::new(pending::<()>().finally(async || log.add("cleanup")));
    assert!(work.poll().is_pending());
    work.drop_future();
    assert_eq!(log.take(), "");
}

#[test]
fn a_second_request_interrupts_the_cleanup() {
    // S-CANCEL-15
    let log = Log::default();
    let inside = log.clone();
    let (work, handle) = cancellable(pending::<()>().finally(async move || {
        let _held = inside.on_drop("cleanup dropped");
        inside.add("cleanup");
        pending::<()>().await;
    }));
    let mut work = Hand::new(work);
    handle.cancel();
    assert!(work.poll_while_woken().is_pending());
    assert_eq!(log.take(), "cleanup");
    handle.cancel();
    assert!(work.finish().is_err());
    assert_eq!((log.take(), handle.cancelling()), ("cleanup dropped".into(), 2));
}

#[test]
fn a_value_is_returned_although_its_cleanup_was_interrupted() {
    let (work, handle) = cancellable(async {
        let value = async { "value" }.finally(async || pending::<()>().await);
        let value = value.await;
        let told = catch_cancel(suspend(1)).await;
        told.unwrap_err().suppress();
        value
    });
    let mut work = Hand::new(work);
    assert!(work.poll().is_pending());
    handle.cancel();
    assert_eq!(work.finish(), Ok("value"), "and the cancellation stayed pending");
}

#[test]
fn a_panic_goes_on_although_its_cleanup_was_interrupted() {
    let (work, handle) =
        cancellable(async { panic!("the body panics") }.finally(async || pending::<()>().await));
    let mut work: Hand<_> = Hand::new(work);
    assert!(matches!(work.poll(), Poll::<Result<(), _>>::Pending));
    handle.cancel();
    assert_eq!(panic_of(|| work.finish()), "the body panics");
}

#[test]
fn nested_cleanups_run_from_the_inside_outward_each_once() {
    let log = Log::default();
    let inside = log.clone();
    let (work, handle) = cancellable(async move {
        let cleanup = |name: &'static str| {
            let log = inside.clone();
            move || async move {
                suspend(2).await;
                log.add(name);
            }
        };
        pending::<()>()
            .finally(cleanup("one"))
            .finally(cleanup("two"))
            .finally(cleanup("three"))
            .await;
    });
    handle.cancel();
    assert!(Hand::new(work).finish().is_err());
    assert_eq!(log.take(), "one two three");
}

#[test]
#[should_panic(expected = "polled after its end")]
fn polling_it_after_its_end_panics() {
    let mut work = Box::pin(async {}.finally(async || {}));
    Hand::new(async {
        work.as_mut().await;
        work.as_mut().await;
    })
    .finish();
}
