//! What code may do with a cancellation it has caught.

use std::cell::Cell;
use std::future::pending;
use std::rc::Rc;

use futures_lite::future::yield_now;
use tulipa_cancel::{CancelExt, Cancelled, catch_cancel};

use super::{Executor, on_each_executor, settle};
use crate::support::{Gate, Log, suspend};

on_each_executor!(
    suppressed_it_is_over_and_the_code_goes_on,
    cleanup_with_awaits_then_resume_ends_the_task_cancelled,
    a_result_that_is_ready_wins_and_the_next_suspension_is_told,
    a_task_that_ends_with_a_value_is_not_cancelled,
    the_inner_future_is_dropped_before_the_catch_returns,
    nested_catches_are_asked_from_the_inside_outward,
    a_catch_in_a_cleanup_in_a_catch,
    what_is_cancelled_may_end_with_an_answer_of_its_own,
    where_nobody_cancels_the_future_simply_runs,
    a_loop_that_drops_what_it_catches_lets_the_others_run,
);

async fn suppressed_it_is_over_and_the_code_goes_on(executor: impl Executor) {
    let (work, handle) = executor.start(async {
        catch_cancel(pending::<()>()).await.unwrap_err().suppress();
        suspend(3).await;
        // S-CANCEL-9: delivered once, it does not come again.
        catch_cancel(suspend(1)).await.is_ok()
    });
    settle().await;
    assert!(handle.cancel());
    assert_eq!(work.await, Ok(true));
    assert!(handle.ended() && !handle.cancelled_caught());
}

async fn cleanup_with_awaits_then_resume_ends_the_task_cancelled(executor: impl Executor) {
    let (log, gate) = (Log::default(), Gate::default());
    let (inside, inner_gate) = (log.clone(), gate.clone());
    let (work, handle) = executor.start(async move {
        let token = pending::<()>().catch_cancel().await.unwrap_err();
        inside.add("caught");
        inner_gate.wait().await;
        inside.add("cleaned");
        token.resume().await;
    });
    settle().await;
    handle.cancel();
    settle().await;
    assert_eq!((log.take(), handle.ended()), ("caught".into(), false));
    gate.open();
    assert!(work.await.is_err());
    assert_eq!((log.take(), handle.cancelled_caught()), ("cleaned".into(), true));
}

/// Differs from S-CANCEL-5 and S-CANCEL-6: no finished value is thrown away.
async fn a_result_that_is_ready_wins_and_the_next_suspension_is_told(executor: impl Executor) {
    let gate = Gate::default();
    let inside = gate.clone();
    let (work, handle) = executor.start(async move {
        let value = catch_cancel(async {
            inside.wait().await;
            "value"
        });
        let value = value.await.unwrap();
        catch_cancel(suspend(1)).await.unwrap_err().suppress();
        value
    });
    settle().await;
    handle.cancel();
    gate.open();
    assert_eq!(work.await, Ok("value"));
}

async fn a_task_that_ends_with_a_value_is_not_cancelled(executor: impl Executor) {
    let gate = Gate::default();
    let inside = gate.clone();
    let (work, handle) = executor.start(async move { inside.wait().await });
    settle().await;
    gate.open();
    handle.cancel();
    assert_eq!(work.await, Ok(()));
    assert!(handle.ended() && !handle.cancelled_caught());
}

async fn the_inner_future_is_dropped_before_the_catch_returns(executor: impl Executor) {
    let log = Log::default();
    let inside = log.clone();
    let (work, handle) = executor.start(async move {
        let held = inside.on_drop("inner dropped");
        let mut caught = Box::pin(catch_cancel(async move {
            let _held = held;
            pending::<()>().await;
        }));
        let token = caught.as_mut().await.unwrap_err();
        suspend(2).await;
        inside.add("answered");
        token.suppress();
        drop(caught);
    });
    settle().await;
    handle.cancel();
    assert_eq!(work.await, Ok(()));
    assert_eq!(log.take(), "inner dropped answered");
}

async fn nested_catches_are_asked_from_the_inside_outward(executor: impl Executor) {
    let log = Log::default();
    let inside = log.clone();
    let (work, handle) = executor.start(async move {
        let inner = async {
            let token = catch_cancel(pending::<()>()).await.unwrap_err();
            inside.add("inner");
            token.resume().await;
        };
        let middle = async {
            let Err(token): Result<(), Cancelled> = catch_cancel(inner).await else { return };
            inside.add("middle");
            suspend(2).await;
            token.resume().await;
        };
        catch_cancel(middle).await.unwrap_err().suppress();
        inside.add("outer");
    });
    settle().await;
    handle.cancel();
    assert_eq!(work.await, Ok(()));
    assert_eq!(log.take(), "inner middle outer");
}

async fn a_catch_in_a_cleanup_in_a_catch(executor: impl Executor) {
    let log = Log::default();
    let inside = log.clone();
    let (work, handle) = executor.start(async move {
        let work = pending::<()>().finally(async || {
            inside.add("cleanup");
            catch_cancel(pending::<()>()).await.unwrap_err().suppress();
            inside.add("second");
            suspend(1).await;
            inside.add("cleaned");
        });
        let token = catch_cancel(work).await.unwrap_err();
        inside.add("first");
        token.resume().await;
    });
    settle().await;
    handle.cancel();
    settle().await;
    assert_eq!(log.take(), "cleanup");
    handle.cancel();
    assert!(work.await.is_err());
    assert_eq!(log.take(), "second cleaned first");
}

/// S-CANCEL-12
async fn what_is_cancelled_may_end_with_an_answer_of_its_own(executor: impl Executor) {
    let (work, handle) = executor.start(async {
        let token = catch_cancel(pending::<()>()).await.unwrap_err();
        suspend(1).await;
        token.suppress();
        Err::<(), _>("an error of its own")
    });
    settle().await;
    handle.cancel();
    assert_eq!(work.await, Ok(Err("an error of its own")));
}

async fn where_nobody_cancels_the_future_simply_runs(executor: impl Executor) {
    let work = || async {
        suspend(3).await;
        1
    };
    assert_eq!(executor.spawn(catch_cancel(work())).await.unwrap(), 1);
    assert_eq!(executor.spawn(work().finally(yield_now)).await, 1);
    let (work, handle) = executor.start(catch_cancel(work()));
    assert_eq!(work.await.unwrap().unwrap(), 1);
    assert!(!handle.cancel_called());
}

async fn a_loop_that_drops_what_it_catches_lets_the_others_run(executor: impl Executor) {
    let stop = Rc::new(Cell::new(false));
    let inside = stop.clone();
    let (work, handle) = executor.start(async move {
        while !inside.get() {
            drop(catch_cancel(pending::<()>()).await);
        }
    });
    settle().await;
    handle.cancel();
    settle().await;
    assert!(!handle.ended(), "it drops and catches, again and again");
    stop.set(true);
    assert_eq!(work.await, Ok(()));
}
