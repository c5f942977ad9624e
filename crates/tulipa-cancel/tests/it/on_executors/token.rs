//! Tokens that were dropped, or moved.

use std::cell::RefCell;
use std::future::pending;
use std::rc::Rc;

use futures_lite::future::{or, zip};
use tulipa_cancel::{CancelExt, CancelScope, catch_cancel};

use super::{Executor, on_each_executor, settle};
use crate::support::{Gate, Log, suspend};

on_each_executor!(
    a_dropped_token_re_arms_and_the_next_suspension_unwinds,
    a_value_after_a_dropped_token_is_returned,
    a_token_that_another_task_drops_unwinds_its_own,
    a_token_that_another_task_resumes_unwinds_both,
    a_token_that_a_cancelled_future_held_is_part_of_the_new_cancellation,
    a_token_of_an_ended_scope_is_spent,
    resuming_a_token_of_an_ended_scope_unwinds_what_is_around_the_caller,
    a_resume_that_is_dropped_in_a_race_is_not_lost,
    a_resume_that_is_never_polled_counts_as_dropped,
    a_token_that_is_kept_holds_nothing_up,
);

async fn a_dropped_token_re_arms_and_the_next_suspension_unwinds(executor: impl Executor) {
    let log = Log::default();
    let inside = log.clone();
    let (work, handle) = executor.start(async move {
        drop(catch_cancel(pending::<()>()).await);
        inside.add("dropped");
        suspend(1).await;
        inside.add("not reached");
    });
    settle().await;
    handle.cancel();
    assert!(work.await.is_err());
    assert_eq!(log.take(), "dropped");
}

async fn a_value_after_a_dropped_token_is_returned(executor: impl Executor) {
    let (work, handle) = executor.start(async {
        drop(catch_cancel(pending::<()>()).await);
        "value"
    });
    settle().await;
    handle.cancel();
    assert_eq!(work.await, Ok("value"));
}

async fn a_token_that_another_task_drops_unwinds_its_own(executor: impl Executor) {
    let kept = Rc::new(RefCell::new(None));
    let inside = kept.clone();
    let (work, handle) = executor.start(async move {
        inside.replace(catch_cancel(pending::<()>()).await.err());
        pending::<()>().await;
    });
    settle().await;
    handle.cancel();
    settle().await;
    assert!(!handle.ended());
    executor.spawn(async move { drop(kept.take().unwrap()) }).await;
    assert!(work.await.is_err());
}

async fn a_token_that_another_task_resumes_unwinds_both(executor: impl Executor) {
    let kept = Rc::new(RefCell::new(None));
    let inside = kept.clone();
    let (owner, handle) = executor.start(async move {
        inside.replace(catch_cancel(pending::<()>()).await.err());
        pending::<()>().await;
    });
    settle().await;
    handle.cancel();
    settle().await;
    let (other, other_handle) = executor.start(async move { kept.take().unwrap().resume().await });
    assert!(other.await.is_err() && owner.await.is_err());
    assert_eq!((handle.cancelling(), other_handle.cancelling()), (1, 0));
}

async fn a_token_that_a_cancelled_future_held_is_part_of_the_new_cancellation(
    executor: impl Executor,
) {
    let (work, handle) = executor.start(async {
        let inner = catch_cancel(async {
            let _unanswered = catch_cancel(pending::<()>()).await;
            pending::<()>().await;
        });
        inner.await.unwrap_err().suppress();
        catch_cancel(suspend(1)).await.is_ok()
    });
    settle().await;
    handle.cancel();
    settle().await;
    handle.cancel();
    assert_eq!(work.await, Ok(true), "one answer was enough");
}

async fn a_token_of_an_ended_scope_is_spent(executor: impl Executor) {
    let scope = CancelScope::new();
    let scope_handle = scope.handle();
    let (work, _handle) = executor.start(async move {
        let token = scope.run(async { catch_cancel(pending::<()>()).await.unwrap_err() });
        drop(token.await.unwrap());
        suspend(1).await;
        "nothing happened"
    });
    settle().await;
    scope_handle.cancel();
    assert_eq!(work.await, Ok("nothing happened"));
}

async fn resuming_a_token_of_an_ended_scope_unwinds_what_is_around_the_caller(
    executor: impl Executor,
) {
    let log = Log::default();
    let inside = log.clone();
    let scope = CancelScope::new();
    let scope_handle = scope.handle();
    let (work, handle) = executor.start(async move {
        let token = scope.run(async { catch_cancel(pending::<()>()).await.unwrap_err() });
        let token = token.await.unwrap();
        async { token.resume().await }.finally(async || inside.add("cleaned")).await;
    });
    settle().await;
    scope_handle.cancel();
    assert!(work.await.is_err());
    assert_eq!((log.take(), handle.cancelled_caught()), ("cleaned".into(), true));
}

async fn a_resume_that_is_dropped_in_a_race_is_not_lost(executor: impl Executor) {
    let log = Log::default();
    let inside = log.clone();
    let (work, handle) = executor.start(async move {
        let token = catch_cancel(pending::<()>()).await.unwrap_err();
        inside.add(or(async { token.resume().await }, async { "won" }).await);
        suspend(1).await;
        inside.add("not reached");
    });
    settle().await;
    handle.cancel();
    assert!(work.await.is_err());
    assert_eq!(log.take(), "won");
}

async fn a_resume_that_is_never_polled_counts_as_dropped(executor: impl Executor) {
    let log = Log::default();
    let inside = log.clone();
    let (work, handle) = executor.start(async move {
        drop(catch_cancel(pending::<()>()).await.unwrap_err().resume());
        inside.add("dropped");
        suspend(1).await;
        inside.add("not reached");
    });
    settle().await;
    handle.cancel();
    assert!(work.await.is_err());
    assert_eq!(log.take(), "dropped");
}

async fn a_token_that_is_kept_holds_nothing_up(executor: impl Executor) {
    let gate = Gate::default();
    let inside = gate.clone();
    let (work, handle) = executor.start(async move {
        let token = catch_cancel(pending::<()>()).await.unwrap_err();
        zip(suspend(3), inside.wait()).await;
        token.suppress();
        "done"
    });
    settle().await;
    handle.cancel();
    settle().await;
    gate.open();
    assert_eq!(work.await, Ok("done"));
}
