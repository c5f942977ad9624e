//! Several branches in one task: joins, races, `FuturesUnordered`.

use std::future::{Future, pending};
use std::pin::{Pin, pin};

use futures_lite::future::{or, yield_now, zip};
use futures_util::StreamExt;
use futures_util::future::{Either, select};
use futures_util::stream::FuturesUnordered;
use tulipa_cancel::{CancelExt, CancelScope, Cancelled, catch_cancel, current, raise};

use super::{Executor, on_each_executor, settle};
use crate::support::{Gate, Log, suspend};

on_each_executor!(
    two_cleanups_of_a_join_both_run_one_after_the_other,
    a_node_around_the_join_is_asked_after_all_branches,
    each_branch_unwinds_to_the_join_before_the_next_is_asked,
    cleanups_run_also_if_a_branch_asks_in_the_course_of_the_poll,
    if_one_branch_suppresses_and_another_unwinds_the_task_ends,
    unwinding_beside_a_branch_that_suppresses_for_ever_lets_the_others_run,
    the_loser_of_a_race_is_dropped_and_what_it_caught_stays_pending,
    both_sides_of_a_select_clean_up,
    a_request_reaches_a_catch_under_a_waker_of_its_own,
    every_cleanup_under_wakers_of_their_own_runs_one_at_a_time,
    a_child_under_a_waker_of_its_own_may_ask,
    scopes_under_wakers_of_their_own_are_cancelled_alone,
    a_scope_reaches_its_nodes_under_wakers_of_their_own,
    the_executors_own_tasks_inside_a_task_are_not_part_of_it,
);

type Branch = Pin<Box<dyn Future<Output = ()>>>;

/// Waits for ever, and when cancelled cleans up in so many awaits.
fn cleans(log: &Log, begun: &'static str, done: &'static str, awaits: usize) -> Branch {
    let log = log.clone();
    Box::pin(pending::<()>().finally(move || async move {
        log.add(begun);
        suspend(awaits).await;
        log.add(done);
    }))
}

/// Catches its cancellation and resumes it at once.
fn resumes(log: &Log) -> Branch {
    let log = log.clone();
    Box::pin(async move {
        let token = catch_cancel(pending::<()>()).await.unwrap_err();
        log.add("resumed");
        token.resume().await;
    })
}

/// Suppresses one cancellation.
fn suppresses(log: &Log) -> Branch {
    let log = log.clone();
    Box::pin(async move {
        catch_cancel(pending::<()>()).await.unwrap_err().suppress();
        log.add("suppressed");
    })
}

async fn all(children: Vec<Branch>) {
    let mut children: FuturesUnordered<_> = children.into_iter().collect();
    while children.next().await.is_some() {}
}

async fn two_cleanups_of_a_join_both_run_one_after_the_other(executor: impl Executor) {
    let log = Log::default();
    let join = zip(zip(cleans(&log, "a", "A", 2), cleans(&log, "b", "B", 3)), resumes(&log));
    let (work, handle) = executor.start(join);
    settle().await;
    handle.cancel();
    assert!(work.await.is_err());
    assert_eq!(log.take(), "a A b B resumed");
}

async fn a_node_around_the_join_is_asked_after_all_branches(executor: impl Executor) {
    let log = Log::default();
    let inside = log.clone();
    let join = zip(cleans(&log, "a", "A", 1), cleans(&log, "b", "B", 2));
    let (work, handle) = executor.start(async move {
        catch_cancel(join).await.unwrap_err().suppress();
        inside.add("around");
        suspend(1).await;
        "went on"
    });
    settle().await;
    handle.cancel();
    assert_eq!(work.await, Ok("went on"));
    assert_eq!(log.take(), "a A b B around");
}

async fn each_branch_unwinds_to_the_join_before_the_next_is_asked(executor: impl Executor) {
    let log = Log::default();
    let inside = log.clone();
    let deep = cleans(&log, "a", "A", 1).finally(async move || {
        suspend(1).await;
        inside.add("AA");
    });
    let (work, handle) = executor.start(zip(deep, cleans(&log, "b", "B", 1)));
    settle().await;
    handle.cancel();
    assert!(work.await.is_err());
    assert_eq!(log.take(), "a A AA b B");
}

async fn cleanups_run_also_if_a_branch_asks_in_the_course_of_the_poll(executor: impl Executor) {
    let raises = || async {
        yield_now().await;
        raise().await;
    };
    let cancels = || async {
        yield_now().await;
        current().unwrap().cancel();
        pending::<()>().await;
    };
    for first in [true, false] {
        for raised in [true, false] {
            let log = Log::default();
            let asks: Branch = if raised { Box::pin(raises()) } else { Box::pin(cancels()) };
            let cleans = cleans(&log, "b", "B", 2);
            let (one, two) = if first { (asks, cleans) } else { (cleans, asks) };
            let (work, _handle) = executor.start(zip(one, two));
            assert!(work.await.is_err());
            assert_eq!(log.take(), "b B");
        }
    }
}

async fn if_one_branch_suppresses_and_another_unwinds_the_task_ends(executor: impl Executor) {
    for unwinds in [|log: &Log| cleans(log, "b", "B", 2), resumes] {
        let log = Log::default();
        let suppresses = suppresses(&log);
        let other = async move {
            suppresses.await;
            pending::<()>().await;
        };
        let (work, handle) = executor.start(zip(unwinds(&log), other));
        settle().await;
        handle.cancel();
        // The one that unwinds cannot come back, whatever the other does.
        assert!(work.await.is_err());
        assert!(!log.take().is_empty());
    }
}

async fn unwinding_beside_a_branch_that_suppresses_for_ever_lets_the_others_run(
    executor: impl Executor,
) {
    let gate = Gate::default();
    let inside = gate.clone();
    let (work, _handle) = executor.start(async move {
        let suppresses = async {
            while let Err(token) = catch_cancel(pending::<()>()).await {
                token.suppress();
            }
        };
        or(zip(async { raise().await }, suppresses), async {
            inside.wait().await;
            ((), ())
        })
        .await;
    });
    // That it gets here at all is half of the test.
    settle().await;
    gate.open();
    assert_eq!(work.await, Ok(()));
}

async fn the_loser_of_a_race_is_dropped_and_what_it_caught_stays_pending(executor: impl Executor) {
    let (log, gate) = (Log::default(), Gate::default());
    let (inside, inner_gate) = (log.clone(), gate.clone());
    let (work, handle) = executor.start(async move {
        let loses = async {
            let _token: Cancelled = catch_cancel(pending::<()>()).await.unwrap_err();
            pending().await
        };
        let wins = async {
            inner_gate.wait().await;
            "won"
        };
        inside.add(or(loses, wins).await);
        suspend(1).await;
        inside.add("not reached");
    });
    settle().await;
    handle.cancel();
    settle().await;
    assert_eq!(log.take(), "");
    gate.open();
    assert!(work.await.is_err());
    assert_eq!(log.take(), "won");
}

async fn both_sides_of_a_select_clean_up(executor: impl Executor) {
    let log = Log::default();
    let branches = [cleans(&log, "a", "A", 2), cleans(&log, "b", "B", 1)];
    let (work, handle) = executor.start(async move {
        let [one, two] = branches;
        match select(pin!(one), pin!(two)).await {
            Either::Left(((), _)) | Either::Right(((), _)) => {}
        }
    });
    settle().await;
    handle.cancel();
    assert!(work.await.is_err());
    assert_eq!(log.take(), "a A b B");
}

async fn a_request_reaches_a_catch_under_a_waker_of_its_own(executor: impl Executor) {
    let log = Log::default();
    let (work, handle) = executor.start(all(vec![suppresses(&log), Box::pin(async {})]));
    settle().await;
    handle.cancel();
    assert_eq!(work.await, Ok(()));
    assert_eq!(log.take(), "suppressed");
}

async fn every_cleanup_under_wakers_of_their_own_runs_one_at_a_time(executor: impl Executor) {
    let log = Log::default();
    let (work, handle) =
        executor.start(all((0..4).map(|_| cleans(&log, "begun", "done", 2)).collect()));
    settle().await;
    handle.cancel();
    assert!(work.await.is_err());
    assert_eq!(log.take(), "begun done begun done begun done begun done");
}

async fn a_child_under_a_waker_of_its_own_may_ask(executor: impl Executor) {
    let (log, gate) = (Log::default(), Gate::default());
    let go = gate.clone();
    let asks = async move {
        go.wait().await;
        raise().await;
    };
    let children = vec![cleans(&log, "a", "A", 2), Box::pin(asks), cleans(&log, "a", "A", 2)];
    let (work, _handle) = executor.start(all(children));
    settle().await;
    gate.open();
    assert!(work.await.is_err());
    assert_eq!(log.take(), "a A a A");
}

async fn scopes_under_wakers_of_their_own_are_cancelled_alone(executor: impl Executor) {
    let log = Log::default();
    let scopes = [(); 2].map(|()| CancelScope::new());
    let handles = [&scopes[0], &scopes[1]].map(CancelScope::handle);
    let children = scopes.map(|scope| {
        let log = log.clone();
        let child = async move {
            log.add(if scope.run(pending::<()>()).await.is_err() { "ended" } else { "" });
        };
        Box::pin(child) as Branch
    });
    let (work, handle) = executor.start(all(children.into()));
    settle().await;
    handles[1].cancel();
    settle().await;
    assert_eq!((log.take(), handles[0].ended(), handles[1].ended()), ("ended".into(), false, true));
    handle.cancel();
    assert!(work.await.is_err());
}

async fn a_scope_reaches_its_nodes_under_wakers_of_their_own(executor: impl Executor) {
    let log = Log::default();
    let scope = CancelScope::new();
    let scope_handle = scope.handle();
    let (work, handle) = executor.start(scope.run(all(vec![suppresses(&log), suppresses(&log)])));
    for _ in 0..2 {
        settle().await;
        scope_handle.cancel();
    }
    assert_eq!(work.await, Ok(Ok(())));
    assert_eq!((log.take(), handle.cancel_called()), ("suppressed suppressed".into(), false));
}

/// A task of the executor is a task of its own, wherever it was spawned.
async fn the_executors_own_tasks_inside_a_task_are_not_part_of_it(executor: impl Executor) {
    let log = Log::default();
    let inside = log.clone();
    let (child, child_handle) = executor.start(async move {
        drop(catch_cancel(pending::<()>()).await);
        inside.add("told");
    });
    let (work, handle) = executor.start(pending::<()>());
    settle().await;
    handle.cancel();
    assert!(work.await.is_err());
    settle().await;
    assert_eq!((log.take(), child_handle.cancel_called()), (String::new(), false));
    child_handle.cancel();
    assert_eq!(child.await, Ok(()));
    assert_eq!(log.take(), "told");
}
