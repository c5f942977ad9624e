//! Counts, messages, who is current, raise.

use std::future::pending;

use futures_lite::future::yield_now;
use tulipa_cancel::{CancelExt, CancelScope, catch_cancel, current, raise};

use super::{Executor, on_each_executor, settle};
use crate::support::{Gate, Log, suspend};

on_each_executor!(
    a_request_is_only_a_request_and_ends_the_task_later,
    cancelled_before_it_starts_it_runs_up_to_its_first_suspension,
    a_task_that_cancels_itself_is_cancelled_at_its_next_suspension,
    raise_ends_the_task_without_a_request,
    two_requests_before_the_delivery_are_one_cancellation,
    at_zero_a_request_that_nobody_has_seen_is_withdrawn,
    above_zero_it_is_not,
    a_cancellation_that_was_seen_cannot_be_withdrawn,
    the_message_of_a_request_reaches_the_token_and_the_error,
    a_suppressed_message_is_not_told_again,
    after_the_end_requests_are_refused,
    tasks_that_take_turns_each_see_their_own_host,
);

/// S-CANCEL-1
async fn a_request_is_only_a_request_and_ends_the_task_later(executor: impl Executor) {
    let log = Log::default();
    let held = log.on_drop("dropped");
    let (work, handle) = executor.start(async move {
        let _held = held;
        pending::<()>().await;
    });
    settle().await;
    assert!(handle.cancel());
    assert!(handle.cancel_called() && !handle.ended());
    assert_eq!(log.take(), "");
    assert!(work.await.is_err());
    assert_eq!(log.take(), "dropped");
    assert!(handle.ended() && handle.cancelled_caught());
}

async fn cancelled_before_it_starts_it_runs_up_to_its_first_suspension(executor: impl Executor) {
    let log = Log::default();
    let inside = log.clone();
    let (work, handle) = executor.start(async move {
        inside.add("begun");
        suspend(1).finally(async || inside.add("cleaned")).await;
        inside.add("not reached");
    });
    handle.cancel();
    assert!(work.await.is_err());
    assert_eq!(log.take(), "begun cleaned");
}

/// S-CANCEL-4: what is ready passes untouched; the first suspension does not.
async fn a_task_that_cancels_itself_is_cancelled_at_its_next_suspension(executor: impl Executor) {
    let log = Log::default();
    let inside = log.clone();
    let (work, handle) = executor.start(async move {
        current().unwrap().cancel();
        async {}.await;
        inside.add("after a ready future");
        suspend(1).await;
        inside.add("not reached");
    });
    assert!(work.await.is_err());
    assert_eq!((log.take(), handle.cancelling()), ("after a ready future".into(), 1));
}

/// S-CANCEL-11
async fn raise_ends_the_task_without_a_request(executor: impl Executor) {
    let log = Log::default();
    let inside = log.clone();
    let (work, handle) = executor.start(async move {
        suspend(1).await;
        let cleanup = async || {
            suspend(2).await;
            inside.add("cleaned");
        };
        async { raise().await }.finally(cleanup).await;
    });
    let error = work.await.unwrap_err();
    assert_eq!((error.message(), handle.cancelling(), log.take()), (None, 0, "cleaned".into()));
    assert!(handle.cancelled_caught());
}

/// S-CANCEL-8
async fn two_requests_before_the_delivery_are_one_cancellation(executor: impl Executor) {
    let (work, handle) = executor.start(async {
        catch_cancel(pending::<()>()).await.unwrap_err().suppress();
        catch_cancel(suspend(2)).await.is_ok()
    });
    settle().await;
    assert!(handle.cancel() && handle.cancel());
    assert_eq!(work.await, Ok(true));
    assert_eq!(handle.cancelling(), 2, "only uncancel counts down");
}

/// S-CANCEL-10
async fn at_zero_a_request_that_nobody_has_seen_is_withdrawn(executor: impl Executor) {
    let gate = Gate::default();
    let inside = gate.clone();
    let (work, handle) = executor.start(async move { inside.wait().await });
    settle().await;
    handle.cancel();
    handle.cancel();
    assert_eq!([(); 3].map(|()| handle.uncancel()), [1, 0, 0]);
    settle().await;
    gate.open();
    assert_eq!(work.await, Ok(()));
}

async fn above_zero_it_is_not(executor: impl Executor) {
    let (work, handle) = executor.start(pending::<()>());
    settle().await;
    handle.cancel();
    handle.cancel();
    assert_eq!(handle.uncancel(), 1);
    assert!(work.await.is_err());
}

async fn a_cancellation_that_was_seen_cannot_be_withdrawn(executor: impl Executor) {
    let log = Log::default();
    let inside = log.clone();
    let (work, handle) = executor.start(async move {
        drop(catch_cancel(pending::<()>()).await);
        assert_eq!(current().unwrap().uncancel(), 0);
        inside.add("withdrawn");
        suspend(1).await;
        inside.add("not reached");
    });
    settle().await;
    handle.cancel();
    assert!(work.await.is_err());
    assert_eq!(log.take(), "withdrawn");
}

/// S-CANCEL-14
async fn the_message_of_a_request_reaches_the_token_and_the_error(executor: impl Executor) {
    let (work, handle) = executor.start(async {
        let token = catch_cancel(pending::<()>()).await.unwrap_err();
        assert_eq!(token.message(), Some("why"));
        suspend(1).await;
        token.resume().await;
    });
    settle().await;
    handle.cancel_with("not this one");
    handle.cancel_with("why");
    let error = work.await.unwrap_err();
    assert_eq!((error.message(), error.to_string()), (Some("why"), "cancelled: why".into()));
}

async fn a_suppressed_message_is_not_told_again(executor: impl Executor) {
    let (work, handle) = executor.start(async {
        catch_cancel(pending::<()>()).await.unwrap_err().suppress();
        suspend(1).await;
        raise().await;
    });
    settle().await;
    handle.cancel_with("old news");
    assert_eq!(work.await.unwrap_err().message(), None);
}

async fn after_the_end_requests_are_refused(executor: impl Executor) {
    let (work, handle) = executor.start(suspend(1));
    assert!(!handle.ended());
    assert_eq!(work.await, Ok(()));
    assert!(handle.ended() && !handle.cancelled_caught());
    assert!(!handle.cancel() && !handle.cancel_with("late"));
    assert_eq!(handle.cancelling(), 0, "a refused request is not counted");
}

async fn tasks_that_take_turns_each_see_their_own_host(executor: impl Executor) {
    let start = |_| {
        executor.start(async {
            let first = current().unwrap();
            for _ in 0..20 {
                yield_now().await;
                let inside = CancelScope::new().run(async { current().unwrap() }).await;
                assert!(inside.unwrap().same_host(&first) && current().unwrap().same_host(&first));
            }
            first
        })
    };
    let tasks: Vec<_> = (0..5).map(start).collect();
    for (work, handle) in tasks {
        assert!(work.await.unwrap().same_host(&handle));
    }
}
