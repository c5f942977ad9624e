//! A part of a task that is cancelled alone.

use std::future::pending;

use futures_lite::future::zip;
use tulipa_cancel::{CancelExt, CancelScope, cancellable, catch_cancel, raise};

use super::{Executor, on_each_executor, settle};
use crate::support::{Gate, Log, suspend};

on_each_executor!(
    its_own_cancellation_ends_it_and_nothing_else,
    a_cancellation_of_the_task_passes_through,
    of_several_requests_the_outermost_wins_and_its_message_is_told,
    sibling_scopes_do_not_see_each_others,
    cancelled_before_it_runs_it_ends_at_its_first_suspension,
    cancelled_from_inside_it_ends_at_its_next_suspension,
    a_scope_that_suppresses_its_own_goes_on,
    a_value_wins_over_the_scopes_own_cancellation,
    raise_in_a_scope_unwinds_the_task,
    a_cancellable_inside_a_task_is_a_task_of_its_own,
    a_scope_without_a_task_around_it_works_all_the_same,
);

async fn its_own_cancellation_ends_it_and_nothing_else(executor: impl Executor) {
    let log = Log::default();
    let inside = log.clone();
    let scope = CancelScope::new();
    let handle = scope.handle();
    let (work, outer) = executor.start(async move {
        let cleans = pending::<()>().finally(async || {
            suspend(2).await;
            inside.add("cleaned");
        });
        let ended = scope.run(cleans).await.unwrap_err();
        suspend(1).await;
        ended.message().map(str::to_owned)
    });
    settle().await;
    assert!(handle.cancel_with("this part only"));
    assert_eq!(work.await, Ok(Some("this part only".into())));
    assert!(handle.cancelled_caught() && !outer.cancelled_caught());
    assert_eq!(log.take(), "cleaned");
}

async fn a_cancellation_of_the_task_passes_through(executor: impl Executor) {
    let log = Log::default();
    let inside = log.clone();
    let scope = CancelScope::new();
    let handle = scope.handle();
    let (work, outer) = executor.start(async move {
        drop(scope.run(pending::<()>().finally(async || inside.add("inside"))).await);
        inside.add("not reached");
    });
    settle().await;
    outer.cancel();
    assert!(work.await.is_err());
    assert_eq!(log.take(), "inside");
    assert!(handle.ended() && !handle.cancelled_caught());
}

/// S-TIMEOUT-6, S-TIMEOUT-8: what is outside is not turned into the scope's own end.
async fn of_several_requests_the_outermost_wins_and_its_message_is_told(executor: impl Executor) {
    let log = Log::default();
    let inside = log.clone();
    let scopes = [(); 2].map(|()| CancelScope::new());
    let handles = [&scopes[0], &scopes[1]].map(CancelScope::handle);
    let [outer, inner] = scopes;
    let (work, _handle) = executor.start(outer.run(async move {
        let body = async {
            let token = catch_cancel(pending::<()>()).await.unwrap_err();
            assert_eq!(token.message(), Some("outer"));
            suspend(2).await;
            inside.add("cleaned");
            token.resume().await
        };
        drop(inner.run(body).await);
        inside.add("not reached");
    }));
    settle().await;
    handles[1].cancel_with("inner");
    handles[0].cancel_with("outer");
    let error = work.await.unwrap().unwrap_err();
    assert_eq!(error.message(), Some("outer"));
    assert_eq!(handles.map(|handle| handle.cancelled_caught()), [true, false]);
    assert_eq!(log.take(), "cleaned");
}

async fn sibling_scopes_do_not_see_each_others(executor: impl Executor) {
    let scopes = [(); 2].map(|()| CancelScope::new());
    let handles = [&scopes[0], &scopes[1]].map(CancelScope::handle);
    let [one, two] = scopes.map(|scope| async {
        let body = async { catch_cancel(pending::<()>()).await.unwrap_err().resume().await };
        scope.run(body).await.is_err()
    });
    let (work, _handle) = executor.start(zip(one, two));
    settle().await;
    handles[1].cancel();
    settle().await;
    assert_eq!([handles[0].ended(), handles[1].ended()], [false, true]);
    handles[0].cancel();
    assert_eq!(work.await, Ok((true, true)));
}

async fn cancelled_before_it_runs_it_ends_at_its_first_suspension(executor: impl Executor) {
    let log = Log::default();
    let inside = log.clone();
    let scope = CancelScope::new();
    scope.handle().cancel();
    let (work, _handle) = executor.start(async move {
        let body = async {
            inside.add("begun");
            suspend(1).await;
            inside.add("not reached");
        };
        scope.run(body).await.is_err()
    });
    assert_eq!(work.await, Ok(true));
    assert_eq!(log.take(), "begun");
}

async fn cancelled_from_inside_it_ends_at_its_next_suspension(executor: impl Executor) {
    let log = Log::default();
    let inside = log.clone();
    let scope = CancelScope::new();
    let handle = scope.handle();
    let (work, _handle) = executor.start(async move {
        let body = async {
            assert!(handle.cancel());
            async {}.await;
            inside.add("after a ready future");
            suspend(1).await;
            inside.add("not reached");
        };
        scope.run(body).await.is_err()
    });
    assert_eq!(work.await, Ok(true));
    assert_eq!(log.take(), "after a ready future");
}

async fn a_scope_that_suppresses_its_own_goes_on(executor: impl Executor) {
    let scope = CancelScope::new();
    let handle = scope.handle();
    let (work, _handle) = executor.start(scope.run(async {
        catch_cancel(pending::<()>()).await.unwrap_err().suppress();
        suspend(2).await;
        "went on"
    }));
    settle().await;
    handle.cancel();
    assert_eq!(work.await, Ok(Ok("went on")));
}

async fn a_value_wins_over_the_scopes_own_cancellation(executor: impl Executor) {
    let gate = Gate::default();
    let inside = gate.clone();
    let scope = CancelScope::new();
    let handle = scope.handle();
    let (work, _handle) = executor.start(scope.run(async move {
        inside.wait().await;
        1
    }));
    settle().await;
    handle.cancel();
    gate.open();
    assert_eq!(work.await, Ok(Ok(1)));
}

async fn raise_in_a_scope_unwinds_the_task(executor: impl Executor) {
    let log = Log::default();
    let inside = log.clone();
    let (work, handle) = executor.start(async move {
        drop(CancelScope::new().run(raise()).await);
        inside.add("not reached");
    });
    assert!(work.await.is_err());
    assert!(handle.cancelled_caught() && log.take().is_empty());
}

async fn a_cancellable_inside_a_task_is_a_task_of_its_own(executor: impl Executor) {
    let log = Log::default();
    let inside = log.clone();
    let (inner, inner_handle) = cancellable(async move {
        let _held = inside.on_drop("dropped");
        drop(catch_cancel(pending::<()>()).await);
        inside.add("not reached");
    });
    let (work, handle) = executor.start(inner);
    settle().await;
    handle.cancel();
    assert!(work.await.is_err(), "the outer one dropped it");
    assert_eq!((log.take(), inner_handle.cancelled_caught()), ("dropped".into(), false));
}

async fn a_scope_without_a_task_around_it_works_all_the_same(executor: impl Executor) {
    let scope = CancelScope::new();
    let handle = scope.handle();
    let work = executor.spawn(scope.run(pending::<()>().finally(async || suspend(2).await)));
    settle().await;
    handle.cancel();
    assert!(work.await.is_err());
}
