//! A part of a task that the task's cancellation does not reach.

use std::future::pending;

use futures_lite::future::{or, zip};
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tulipa_cancel::{CancelExt, CancelScope, catch_cancel, current, raise};

use super::{Executor, on_each_executor, settle};
use crate::support::{Gate, Log, suspend};

on_each_executor!(
    it_holds_the_tasks_cancellation_back_and_lets_it_go_at_its_end,
    a_catch_around_it_sees_the_cancellation_after_it,
    its_own_cancellation_works_inside_it,
    an_inner_scopes_cancellation_works_inside_it,
    it_keeps_all_that_is_outside_out_and_the_outermost_wins_after_it,
    beside_a_branch_that_asks_it_is_not_dropped,
    under_a_waker_of_its_own_it_holds_back_every_request,
    raise_inside_unwinds_what_is_shielded,
    resuming_the_tasks_token_inside_unwinds_the_shield_then_the_task,
    dropped_with_what_it_holds_the_cancellation_goes_on,
);

fn shield() -> CancelScope {
    CancelScope::new().shield(true)
}

async fn it_holds_the_tasks_cancellation_back_and_lets_it_go_at_its_end(executor: impl Executor) {
    let (log, gate) = (Log::default(), Gate::default());
    let (inside, inner_gate) = (log.clone(), gate.clone());
    let (work, handle) = executor.start(async move {
        shield().run(async { inner_gate.wait().await }).await.unwrap();
        inside.add("saved");
        suspend(1).await;
        inside.add("not reached");
    });
    settle().await;
    for _ in 0..2 {
        handle.cancel();
        settle().await;
        assert_eq!((log.take(), handle.ended()), (String::new(), false));
    }
    gate.open();
    assert!(work.await.is_err());
    assert_eq!(log.take(), "saved");
}

async fn a_catch_around_it_sees_the_cancellation_after_it(executor: impl Executor) {
    let gate = Gate::default();
    let inside = gate.clone();
    let (work, handle) = executor.start(async move {
        let all = async {
            shield().run(async { inside.wait().await }).await.unwrap();
            suspend(1).await;
        };
        let token = catch_cancel(all).await.unwrap_err();
        let message = token.message().map(str::to_owned);
        token.suppress();
        suspend(1).await;
        message
    });
    settle().await;
    handle.cancel_with("why");
    settle().await;
    gate.open();
    assert_eq!(work.await, Ok(Some("why".into())));
}

async fn its_own_cancellation_works_inside_it(executor: impl Executor) {
    let log = Log::default();
    let inside = log.clone();
    let scope = shield();
    let handle = scope.handle();
    let (work, outer) = executor.start(async move {
        let ended = scope.run(pending::<()>().finally(async || inside.add("cleaned"))).await;
        ended.is_err()
    });
    settle().await;
    outer.cancel();
    settle().await;
    assert_eq!(log.take(), "");
    handle.cancel();
    assert_eq!(work.await, Ok(true));
    assert_eq!(log.take(), "cleaned");
}

async fn an_inner_scopes_cancellation_works_inside_it(executor: impl Executor) {
    let scope = CancelScope::new();
    let handle = scope.handle();
    let (work, outer) = executor.start(shield().run(async move {
        let ended = scope.run(pending::<()>()).await;
        suspend(2).await;
        ended.is_err()
    }));
    settle().await;
    outer.cancel();
    handle.cancel();
    assert_eq!(work.await, Ok(Ok(true)));
}

async fn it_keeps_all_that_is_outside_out_and_the_outermost_wins_after_it(executor: impl Executor) {
    let gate = Gate::default();
    let inside = gate.clone();
    let scope = CancelScope::new();
    let scope_handle = scope.handle();
    let (work, outer) = executor.start(scope.run(async move {
        shield().run(async { inside.wait().await }).await.unwrap();
        suspend(1).await;
    }));
    settle().await;
    assert!(scope_handle.cancel() && outer.cancel());
    settle().await;
    assert!(!scope_handle.ended() && !outer.ended());
    gate.open();
    assert!(work.await.is_err());
    assert!(!scope_handle.cancelled_caught() && outer.cancelled_caught());
}

async fn beside_a_branch_that_asks_it_is_not_dropped(executor: impl Executor) {
    let log = Log::default();
    let inside = log.clone();
    let (work, _handle) = executor.start(async move {
        let saves = shield().run(async {
            suspend(5).await;
            inside.add("saved");
        });
        let asks = async {
            for _ in 0..2 {
                suspend(1).await;
                current().unwrap().cancel();
            }
            pending::<()>().await;
        };
        zip(saves, asks).await
    });
    assert!(work.await.is_err());
    assert_eq!(log.take(), "saved");
}

async fn under_a_waker_of_its_own_it_holds_back_every_request(executor: impl Executor) {
    let (log, gate) = (Log::default(), Gate::default());
    let (inside, inner_gate) = (log.clone(), gate.clone());
    let (work, handle) = executor.start(async move {
        let mut children = FuturesUnordered::new();
        children.push(shield().run(async {
            inner_gate.wait().await;
            inside.add("saved");
        }));
        while children.next().await.is_some() {}
        pending::<()>().await;
    });
    for _ in 0..3 {
        settle().await;
        assert!(handle.cancel());
    }
    settle().await;
    assert!(!handle.ended());
    gate.open();
    assert!(work.await.is_err());
    assert_eq!(log.take(), "saved");
}

async fn raise_inside_unwinds_what_is_shielded(executor: impl Executor) {
    let (work, handle) = executor.start(async { shield().run(raise()).await.is_err() });
    assert_eq!(work.await, Ok(true));
    assert!(!handle.cancelled_caught());
}

async fn resuming_the_tasks_token_inside_unwinds_the_shield_then_the_task(executor: impl Executor) {
    let log = Log::default();
    let inside = log.clone();
    let (work, handle) = executor.start(async move {
        let token = catch_cancel(pending::<()>()).await.unwrap_err();
        let saves = async {
            suspend(1).await;
            inside.add("saved");
            token.resume().await
        };
        let ended = shield().run(saves.finally(async || inside.add("cleaned"))).await;
        inside.add(if ended.is_err() { "unwound" } else { "" });
        suspend(1).await;
        inside.add("not reached");
    });
    settle().await;
    handle.cancel();
    assert!(work.await.is_err());
    assert_eq!(log.take(), "saved cleaned unwound");
}

async fn dropped_with_what_it_holds_the_cancellation_goes_on(executor: impl Executor) {
    let (log, gate) = (Log::default(), Gate::default());
    let (inside, inner_gate) = (log.clone(), gate.clone());
    let (work, handle) = executor.start(async move {
        let shielded = shield().run(pending::<()>());
        or(async { drop(shielded.await) }, inner_gate.wait()).await;
        inside.add("dropped");
        pending::<()>().await;
    });
    settle().await;
    handle.cancel();
    settle().await;
    assert_eq!(log.take(), "");
    gate.open();
    assert!(work.await.is_err());
    assert_eq!(log.take(), "dropped");
}
