//! Requests before, between and during polls; the value that wins.

use std::future::pending;
use std::task::Poll;

use tulipa_cancel::{CancelExt, cancellable, catch_cancel, current, raise};

use crate::support::{Gate, Hand, Log, suspend};

#[test]
fn a_request_wakes_the_host_and_ends_it_at_its_next_poll() {
    // S-CANCEL-1: the request is only a request.
    let log = Log::default();
    let held = log.on_drop("dropped");
    let (work, handle) = cancellable(async move {
        let _held = held;
        pending::<()>().await;
    });
    let mut work = Hand::new(work);
    assert!(work.poll().is_pending() && !work.is_woken());
    assert!(handle.cancel());
    assert!(work.is_woken() && !handle.ended());
    assert_eq!(log.take(), "");
    assert!(matches!(work.poll(), Poll::Ready(Err(_))));
    assert_eq!(log.take(), "dropped");
    assert!(handle.ended() && handle.cancelled_caught());
}

#[test]
fn cancelled_before_the_first_poll_it_runs_up_to_its_first_suspension() {
    let log = Log::default();
    let inside = log.clone();
    let (work, handle) = cancellable(async move {
        inside.add("begun");
        suspend(1).finally(async || inside.add("cleaned")).await;
        inside.add("not reached");
    });
    handle.cancel();
    assert!(Hand::new(work).finish().is_err());
    assert_eq!(log.take(), "begun cleaned");
}

#[test]
fn cancelled_before_the_first_poll_it_may_end_without_suspending() {
    let (work, handle) = cancellable(async { 1 });
    handle.cancel();
    assert_eq!(Hand::new(work).poll(), Poll::Ready(Ok(1)));
    assert!(!handle.cancelled_caught());
}

#[test]
fn a_task_that_cancels_itself_is_cancelled_at_its_next_suspension() {
    // S-CANCEL-4: what is ready passes untouched; the first suspension does not.
    let log = Log::default();
    let inside = log.clone();
    let (work, _handle) = cancellable(async move {
        current().unwrap().cancel();
        async {}.await;
        inside.add("after a ready future");
        suspend(1).await;
        inside.add("not reached");
    });
    assert!(matches!(Hand::new(work).poll(), Poll::Ready(Err(_))));
    assert_eq!(log.take(), "after a ready future");
}

#[test]
fn a_result_that_is_ready_wins_and_the_cancellation_stays_pending() {
    // Differs from S-CANCEL-5 and S-CANCEL-6: no finished value is thrown away.
    let gate = Gate::default();
    let inside = gate.clone();
    let (work, handle) = cancellable(async move {
        let value = catch_cancel(async {
            inside.wait().await;
            "value"
        });
        assert_eq!(value.await.unwrap(), "value");
        catch_cancel(suspend(1)).await.unwrap_err().suppress();
        "the next suspension was told"
    });
    let mut work = Hand::new(work);
    assert!(work.poll().is_pending());
    gate.open();
    handle.cancel();
    assert_eq!(work.poll(), Poll::Ready(Ok("the next suspension was told")));
}

#[test]
fn a_host_that_ends_with_a_value_is_not_cancelled() {
    let gate = Gate::default();
    let inside = gate.clone();
    let (work, handle) = cancellable(async move { inside.wait().await });
    let mut work = Hand::new(work);
    assert!(work.poll().is_pending());
    handle.cancel();
    gate.open();
    assert_eq!(work.poll(), Poll::Ready(Ok(())));
    assert!(handle.ended() && !handle.cancelled_caught());
}

#[test]
fn each_request_is_delivered_once() {
    // S-CANCEL-9: after a caught cancellation the next awaits work.
    let (work, handle) = cancellable(async {
        catch_cancel(pending::<()>()).await.unwrap_err().suppress();
        suspend(3).await;
        catch_cancel(suspend(1)).await.is_ok()
    });
    handle.cancel();
    assert_eq!(Hand::new(work).finish(), Ok(true));
}

#[test]
fn raise_ends_the_host_without_a_request() {
    // S-CANCEL-11
    let log = Log::default();
    let inside = log.clone();
    let (work, handle) = cancellable(async move {
        async { raise().await }.finally(async || inside.add("cleaned")).await
    });
    let error = Hand::new(work).finish().unwrap_err();
    assert_eq!((error.message(), handle.cancelling(), log.take()), (None, 0, "cleaned".into()));
    assert!(handle.cancelled_caught());
}

#[test]
fn what_is_cancelled_may_end_with_an_answer_of_its_own() {
    // S-CANCEL-12
    let (work, handle) = cancellable(async {
        match catch_cancel(pending::<()>()).await {
            Ok(()) => Ok(()),
            Err(cancelled) => {
                cancelled.suppress();
                Err("an error of its own")
            }
        }
    });
    handle.cancel();
    assert_eq!(Hand::new(work).finish(), Ok(Err("an error of its own")));
}

#[test]
fn dropping_the_host_drops_its_future_and_lets_the_wakers_go() {
    let log = Log::default();
    let held = log.on_drop("dropped");
    let (work, handle) = cancellable(async move {
        let _held = held;
        pending::<()>().await;
    });
    let mut work = Hand::new(work);
    assert!(work.poll().is_pending());
    assert_eq!((work.wakers_held(), handle.ended()), (2, false));
    work.drop_future();
    assert_eq!((work.wakers_held(), log.take()), (0, "dropped".into()));
    assert!(handle.ended() && !handle.cancelled_caught() && !handle.cancel());
}
