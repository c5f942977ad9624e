//! cancel, cancelling, uncancel, messages, what a handle tells.

use std::future::pending;

use tulipa_cancel::{CancelScope, CancelledError, cancellable, catch_cancel, current, raise};

use crate::support::{Hand, suspend};

#[test]
fn two_requests_before_the_delivery_are_one_cancellation() {
    // S-CANCEL-8
    let (work, handle) = cancellable(async {
        catch_cancel(pending::<()>()).await.unwrap_err().suppress();
        catch_cancel(suspend(1)).await.is_ok()
    });
    assert!(handle.cancel() && handle.cancel());
    assert_eq!(handle.cancelling(), 2);
    assert_eq!(Hand::new(work).finish(), Ok(true));
    assert_eq!(handle.cancelling(), 2, "only uncancel counts down");
}

#[test]
fn uncancel_counts_down_to_zero_and_not_below() {
    // S-CANCEL-10
    let (work, handle) = cancellable(pending::<()>());
    assert_eq!((handle.uncancel(), handle.cancelling()), (0, 0));
    for _ in 0..3 {
        handle.cancel();
    }
    assert!(handle.cancel_called());
    assert_eq!([(); 4].map(|()| handle.uncancel()), [2, 1, 0, 0]);
    assert!(!handle.cancel_called());
    drop(work);
}

#[test]
fn at_zero_a_request_that_nobody_has_seen_is_withdrawn() {
    let (work, handle) = cancellable(suspend(2));
    let mut work = Hand::new(work);
    assert!(work.poll().is_pending());
    handle.cancel();
    handle.cancel();
    assert_eq!((handle.uncancel(), handle.uncancel()), (1, 0));
    assert_eq!(work.finish(), Ok(()));
}

#[test]
fn above_zero_it_is_not() {
    let (work, handle) = cancellable(suspend(2));
    handle.cancel();
    handle.cancel();
    assert_eq!(handle.uncancel(), 1);
    assert!(Hand::new(work).finish().is_err());
}

#[test]
fn a_cancellation_that_was_seen_cannot_be_withdrawn() {
    let (work, handle) = cancellable(async {
        let handle = current().unwrap();
        drop(catch_cancel(pending::<()>()).await);
        assert_eq!(handle.uncancel(), 0);
        suspend(1).await;
        unreachable!("only suppress ends it");
    });
    handle.cancel();
    assert!(Hand::new(work).finish().is_err());
}

#[test]
fn the_message_of_a_request_reaches_the_token_and_the_error() {
    // S-CANCEL-14
    let (work, handle) = cancellable(async {
        let token = catch_cancel(pending::<()>()).await.unwrap_err();
        assert_eq!(token.message(), Some("why"));
        assert_eq!(format!("{token:?}"), r#"Cancelled { message: Some("why"), .. }"#);
        token.resume().await
    });
    handle.cancel_with("why");
    let error: CancelledError = Hand::new(work).finish().unwrap_err();
    assert_eq!((error.message(), error.to_string()), (Some("why"), "cancelled: why".into()));
}

#[test]
fn of_several_messages_the_last_is_told() {
    let (work, handle) = cancellable(pending::<()>());
    handle.cancel_with("first");
    handle.cancel_with("last");
    assert_eq!(Hand::new(work).finish().unwrap_err().message(), Some("last"));
    let (work, handle) = cancellable(pending::<()>());
    handle.cancel_with("first");
    handle.cancel();
    assert_eq!(Hand::new(work).finish().unwrap_err().to_string(), "cancelled");
}

#[test]
fn a_suppressed_message_is_not_told_again() {
    let (work, handle) = cancellable(async {
        catch_cancel(pending::<()>()).await.unwrap_err().suppress();
        raise().await
    });
    handle.cancel_with("old news");
    assert_eq!(Hand::new(work).finish().unwrap_err().message(), None);
}

#[test]
fn after_the_end_requests_are_refused() {
    let (work, handle) = cancellable(async {});
    assert!(!handle.ended());
    assert_eq!(Hand::new(work).finish(), Ok(()));
    assert!(handle.ended() && !handle.cancelled_caught());
    assert!(!handle.cancel() && !handle.cancel_with("late"));
    assert_eq!(handle.cancelling(), 0, "a refused request is not counted");
}

#[test]
fn ended_and_cancelled_caught_tell_how_a_scope_ended() {
    let ends = |cancel: bool, suppress: bool| {
        let scope = CancelScope::new();
        let handle = scope.handle();
        if cancel {
            handle.cancel();
        }
        let ended = Hand::new(scope.run(async move {
            if let Err(token) = catch_cancel(suspend(1)).await {
                if suppress {
                    token.suppress();
                } else {
                    token.resume().await;
                }
            }
        }))
        .finish();
        assert!(handle.ended());
        (ended.is_err(), handle.cancelled_caught(), handle.cancel_called())
    };
    assert_eq!(ends(false, false), (false, false, false));
    assert_eq!(ends(true, false), (true, true, true));
    assert_eq!(ends(true, true), (false, false, true));
}

#[test]
fn handles_know_their_host() {
    let (one, first) = cancellable(async { current().unwrap() });
    let (_two, second) = cancellable(async {});
    let inside = Hand::new(one).finish().unwrap();
    assert!(inside.same_host(&first) && !inside.same_host(&second));
    assert_eq!(
        format!("{second:?}"),
        "CancelHandle { pending: false, cancelling: 0, ended: false }"
    );
}

#[test]
fn current_is_the_outermost_host_and_none_outside() {
    assert!(current().is_none());
    let (work, handle) =
        cancellable(async { CancelScope::new().run(async { current().unwrap() }).await.unwrap() });
    assert!(Hand::new(work).finish().unwrap().same_host(&handle));
}
