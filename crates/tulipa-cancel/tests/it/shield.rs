//! A part of a task that the task's cancellation does not reach.

use std::future::pending;
use std::task::Poll;

use futures_lite::future::zip;
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tulipa_cancel::{CancelExt, CancelScope, cancellable, catch_cancel, current, raise};

use crate::support::{Gate, Hand, Log, suspend};

fn shield() -> CancelScope {
    CancelScope::new().shield(true)
}

#[test]
fn it_holds_the_tasks_cancellation_back_and_lets_it_go_at_its_end() {
    let gate = Gate::default();
    let inside = gate.clone();
    let log = Log::default();
    let seen = log.clone();
    let (work, handle) = cancellable(async move {
        shield().run(async { inside.wait().await }).await.unwrap();
        seen.add("saved");
        suspend(1).await;
        seen.add("not reached");
    });
    let mut work = Hand::new(work);
    assert!(work.poll().is_pending());
    handle.cancel();
    handle.cancel();
    assert!(work.poll_while_woken().is_pending());
    assert_eq!(log.take(), "");
    gate.open();
    assert!(matches!(work.poll(), Poll::Ready(Err(_))), "in one poll");
    assert_eq!(log.take(), "saved");
}

#[test]
fn a_catch_around_it_sees_the_cancellation_after_it() {
    let (work, handle) = cancellable(async {
        let all = async {
            shield().run(suspend(2)).await.unwrap();
            suspend(1).await;
            unreachable!("caught around this");
        };
        let token = catch_cancel(all).await.unwrap_err();
        let message = token.message().map(str::to_owned);
        token.suppress();
        message
    });
    handle.cancel_with("why");
    assert_eq!(Hand::new(work).finish(), Ok(Some("why".into())));
}

#[test]
fn its_own_cancellation_works_inside_it() {
    let scope = shield();
    let handle = scope.handle();
    let (work, outer) = cancellable(async {
        let ended = scope.run(pending::<()>()).await;
        ended.is_err()
    });
    let mut work = Hand::new(work);
    assert!(work.poll().is_pending());
    outer.cancel();
    assert!(work.poll_while_woken().is_pending());
    handle.cancel();
    assert_eq!(work.finish(), Ok(true));
}

#[test]
fn an_inner_scopes_cancellation_works_inside_it() {
    let scope = CancelScope::new();
    let handle = scope.handle();
    let (work, outer) = cancellable(async {
        shield().run(async { scope.run(pending::<()>()).await.is_err() }).await
    });
    let mut work = Hand::new(work);
    assert!(work.poll().is_pending());
    outer.cancel();
    handle.cancel();
    assert_eq!(work.finish(), Ok(Ok(true)));
}

#[test]
fn in_a_scope_in_a_task_it_keeps_both_out_and_the_outermost_wins_after_it() {
    let gate = Gate::default();
    let inside = gate.clone();
    let scope = CancelScope::new();
    let (work, outer) = {
        let body = async move {
            shield().run(async { inside.wait().await }).await.unwrap();
            suspend(1).await;
        };
        let handle = scope.handle();
        let (work, outer) = cancellable(scope.run(body));
        (work, [handle, outer])
    };
    let mut work = Hand::new(work);
    assert!(work.poll().is_pending());
    assert!(outer.iter().all(tulipa_cancel::CancelHandle::cancel));
    assert!(work.poll_while_woken().is_pending());
    gate.open();
    assert!(work.finish().is_err());
    assert_eq!(outer.map(|handle| handle.cancelled_caught()), [false, true]);
}

#[test]
fn beside_a_branch_that_asks_it_is_not_dropped() {
    let log = Log::default();
    let inside = log.clone();
    let (work, _handle) = cancellable(async move {
        let saves = shield().run(async {
            suspend(3).await;
            inside.add("saved");
        });
        let asks = async {
            suspend(1).await;
            current().unwrap().cancel();
            pending::<()>().await;
        };
        zip(saves, asks).await
    });
    assert!(Hand::new(work).finish().is_err());
    assert_eq!(log.take(), "saved");
}

#[test]
fn beside_a_branch_that_asks_again_it_is_not_dropped_either() {
    let log = Log::default();
    let inside = log.clone();
    let (work, handle) = cancellable(async move {
        let saves = shield().run(async {
            suspend(3).await;
            inside.add("saved");
        });
        let asks = async {
            suspend(1).await;
            current().unwrap().cancel();
            pending::<()>().await;
        };
        zip(saves, asks).await
    });
    let mut work = Hand::new(work);
    assert!(work.poll().is_pending());
    // The shield takes this one in the poll in which the other branch asks once more.
    handle.cancel();
    assert!(work.finish().is_err());
    assert_eq!(log.take(), "saved");
}

#[test]
fn under_a_waker_of_its_own_it_holds_back_every_request() {
    let (log, gate) = (Log::default(), Gate::default());
    let (inside, inner_gate) = (log.clone(), gate.clone());
    let (work, handle) = cancellable(async move {
        let mut children = FuturesUnordered::new();
        children.push(shield().run(async {
            inner_gate.wait().await;
            inside.add("saved");
        }));
        while children.next().await.is_some() {}
        pending::<()>().await;
    });
    let mut work = Hand::new(work);
    assert!(work.poll_while_woken().is_pending());
    for _ in 0..3 {
        handle.cancel();
        assert!(work.poll_while_woken().is_pending());
    }
    gate.open();
    assert!(work.finish().is_err());
    assert_eq!(log.take(), "saved");
}

#[test]
fn raise_inside_unwinds_what_is_shielded() {
    let (work, handle) = cancellable(async { shield().run(raise()).await.is_err() });
    assert_eq!(Hand::new(work).finish(), Ok(true));
    assert!(!handle.cancelled_caught());
}

#[test]
fn resuming_the_tasks_token_inside_unwinds_the_shield_then_the_task() {
    let log = Log::default();
    let inside = log.clone();
    let (work, handle) = cancellable(async move {
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
    let mut work = Hand::new(work);
    handle.cancel();
    assert!(work.finish().is_err());
    assert_eq!(log.take(), "saved cleaned unwound");
}

#[test]
fn dropped_with_what_it_holds_the_cancellation_goes_on() {
    let (work, handle) = cancellable(async {
        let shielded = shield().run(pending::<()>());
        futures_lite::future::or(async { drop(shielded.await) }, suspend(3)).await;
        // The shield has looked in this poll, so others are asked first: in the next one.
        suspend(2).await;
        unreachable!("the shield was dropped, its cancellation was not");
    });
    handle.cancel();
    assert!(Hand::new(work).finish().is_err());
}
