//! A part of a task that is cancelled alone.

use std::future::pending;
use std::task::Poll;

use futures_lite::future::{or, poll_once, zip};
use tulipa_cancel::{CancelExt, CancelScope, Scoped, cancellable, catch_cancel, current};

use crate::support::{Gate, Hand, Log, suspend};

#[test]
fn its_own_cancellation_ends_it_and_nothing_else() {
    let scope = CancelScope::new();
    let handle = scope.handle();
    let (work, outer) = cancellable(async {
        let ended = scope.run(pending::<()>()).await;
        suspend(1).await;
        ended.unwrap_err().message().map(str::to_owned)
    });
    let mut work = Hand::new(work);
    assert!(work.poll().is_pending());
    assert!(handle.cancel_with("this part only"));
    assert!(work.is_woken());
    assert_eq!(work.finish(), Ok(Some("this part only".into())));
    assert!(handle.cancelled_caught() && !outer.cancelled_caught());
}

#[test]
fn a_cancellation_of_the_task_passes_through() {
    let log = Log::default();
    let scope = CancelScope::new();
    let handle = scope.handle();
    let inside = log.clone();
    let (work, outer) = cancellable(async move {
        let cleaned = pending::<()>().finally(async || inside.add("inside"));
        let ended = scope.run(cleaned).await;
        inside.add("not reached");
        drop(ended);
    });
    let mut work = Hand::new(work);
    assert!(work.poll().is_pending());
    outer.cancel();
    assert!(work.finish().is_err());
    assert_eq!(log.take(), "inside");
    assert!(handle.ended() && !handle.cancelled_caught());
}

#[test]
fn of_several_requests_the_outermost_wins_and_the_others_come_with_it() {
    // S-TIMEOUT-6, S-TIMEOUT-8: what is outside is not turned into the scope's own end.
    for nodes in [false, true] {
        let (outer_scope, scope) = (CancelScope::new(), CancelScope::new());
        let handles = [outer_scope.handle(), scope.handle()];
        let log = Log::default();
        let inside = log.clone();
        let (work, _handle) = cancellable(outer_scope.run(async move {
            let body = async {
                if nodes {
                    let token = catch_cancel(pending::<()>()).await.unwrap_err();
                    assert_eq!(token.message(), Some("outer"));
                    suspend(2).await;
                    inside.add("cleaned");
                    token.resume().await;
                }
                pending::<()>().await;
            };
            drop(scope.run(body).await);
            inside.add("not reached");
        }));
        let mut work = Hand::new(work);
        assert!(work.poll().is_pending());
        handles[1].cancel_with("inner");
        handles[0].cancel_with("outer");
        let error = work.finish().unwrap().unwrap_err();
        assert_eq!(error.message(), Some("outer"));
        assert_eq!(handles.map(|handle| handle.cancelled_caught()), [true, false]);
        assert_eq!(log.take(), if nodes { "cleaned" } else { "" });
    }
}

#[test]
fn a_scope_that_gave_way_acts_when_the_outer_request_is_withdrawn() {
    let scope = CancelScope::new();
    let inner = scope.handle();
    let (work, outer) = cancellable(async {
        let gives_up = async {
            suspend(1).await;
            // Asked in the course of the poll, taken back before anybody saw it.
            current().unwrap().cancel();
            current().unwrap().uncancel();
            pending::<()>().await;
        };
        zip(scope.run(pending::<()>()), async { poll_once(gives_up).await }).await.0.is_err()
    });
    let mut work = Hand::new(work);
    assert!(work.poll().is_pending());
    outer.cancel();
    inner.cancel();
    outer.uncancel();
    assert_eq!(work.finish(), Ok(true));
}

#[test]
fn a_scope_that_gave_way_acts_when_another_branch_took_the_outer_request() {
    let gate = Gate::default();
    let scope = CancelScope::new();
    let inner = scope.handle();
    let (work, outer) = cancellable(async {
        let other = async {
            let token = catch_cancel(pending::<()>()).await.unwrap_err();
            gate.wait().await;
            token.suppress();
        };
        zip(scope.run(pending::<()>()), other).await.0.is_err()
    });
    let mut work = Hand::new(work);
    assert!(work.poll().is_pending());
    inner.cancel();
    outer.cancel();
    assert!(work.poll_while_woken().is_pending());
    assert!(inner.cancelled_caught(), "it did not wait for the other branch");
    gate.open();
    assert_eq!(work.finish(), Ok(true));
}

/// A branch unwinds a scope; beside it, another takes a cancellation of the task, with which that
/// of the scope is delivered, and suppresses it.
fn unwinds_beside_one_that_suppresses_the_tasks(dropped: bool) {
    let (scope, gate, lost) = (CancelScope::new(), Gate::default(), Gate::default());
    let inner = scope.handle();
    let (work, outer) = cancellable(async {
        let unwinds = async {
            let token = catch_cancel(pending::<()>()).await.unwrap_err();
            gate.wait().await;
            or(lost.wait(), async { token.resume().await }).await;
            pending::<()>().await;
        };
        let suppresses = async {
            catch_cancel(pending::<()>()).await.unwrap_err().suppress();
            pending::<()>().await;
        };
        scope.run(zip(unwinds, suppresses)).await.is_err()
    });
    let mut work = Hand::new(work);
    assert!(work.poll().is_pending());
    inner.cancel();
    assert!(work.poll_while_woken().is_pending());
    outer.cancel();
    gate.open();
    assert!(work.poll().is_pending());
    assert!(work.is_woken(), "what unwinds the scope must look");
    if dropped {
        lost.open();
    }
    assert_eq!(work.finish(), Ok(true), "what unwinds the scope cannot come back");
}

#[test]
fn a_branch_that_unwinds_the_scope_does_so_whatever_happens_to_the_tasks_cancellation() {
    unwinds_beside_one_that_suppresses_the_tasks(false);
}

#[test]
fn the_scope_is_unwound_also_if_the_branch_that_did_it_is_dropped() {
    unwinds_beside_one_that_suppresses_the_tasks(true);
}

#[test]
fn sibling_scopes_do_not_see_each_others() {
    let scopes = [CancelScope::new(), CancelScope::new()];
    let handles = [&scopes[0], &scopes[1]].map(CancelScope::handle);
    let [one, two] = scopes.map(|scope| {
        scope.run(async { catch_cancel(pending::<()>()).await.unwrap_err().resume().await })
    });
    let (work, _handle) =
        cancellable(zip(async { one.await.is_err() }, async { two.await.is_err() }));
    let mut work = Hand::new(work);
    assert!(work.poll().is_pending());
    handles[1].cancel();
    assert!(work.poll_while_woken().is_pending());
    assert_eq!([handles[0].ended(), handles[1].ended()], [false, true]);
    handles[0].cancel();
    assert_eq!(work.finish(), Ok((true, true)));
}

#[test]
fn cancelled_before_it_runs_it_ends_at_its_first_suspension() {
    let scope = CancelScope::new();
    scope.handle().cancel();
    let log = Log::default();
    let body = async {
        log.add("begun");
        suspend(1).await;
        log.add("not reached");
    };
    let mut scope = Hand::new(scope.run(body));
    assert!(matches!(scope.poll(), Poll::Ready(Err(_))), "and no outer host is needed");
    assert_eq!(log.take(), "begun");
}

#[test]
fn cancelled_from_inside_it_ends_at_its_next_suspension() {
    let scope = CancelScope::new();
    let handle = scope.handle();
    let body = async {
        assert!(handle.cancel());
        suspend(1).await;
        unreachable!("the first suspension is where it is seen");
    };
    assert!(matches!(Hand::new(scope.run(body)).poll(), Poll::Ready(Err(_))));
}

#[test]
fn cancelled_by_the_code_that_polls_it() {
    let (work, outer) = cancellable(async {
        let mut scoped: std::pin::Pin<Box<Scoped<_>>> =
            Box::pin(CancelScope::new().run(pending::<()>().finally(async || suspend(2).await)));
        assert!(poll_once(scoped.as_mut()).await.is_none());
        assert!(scoped.cancel());
        let ended = scoped.as_mut().await;
        assert!(!scoped.cancel(), "it has ended");
        ended.is_err()
    });
    assert_eq!(Hand::new(work).finish(), Ok(true));
    assert!(!outer.cancel_called());
}

#[test]
fn a_scope_that_suppresses_its_own_goes_on() {
    let scope = CancelScope::new();
    scope.handle().cancel();
    let body = async {
        catch_cancel(pending::<()>()).await.unwrap_err().suppress();
        suspend(2).await;
        "went on"
    };
    assert_eq!(Hand::new(scope.run(body)).finish(), Ok("went on"));
}

#[test]
fn a_value_wins_over_the_scopes_own_cancellation() {
    let gate = Gate::default();
    let scope = CancelScope::new();
    let handle = scope.handle();
    let mut scope = Hand::new(scope.run(async {
        gate.wait().await;
        1
    }));
    assert!(scope.poll().is_pending());
    handle.cancel();
    gate.open();
    assert_eq!(scope.poll(), Poll::Ready(Ok(1)));
}

#[test]
fn raise_in_a_scope_unwinds_the_task() {
    let (work, handle) = cancellable(async {
        drop(CancelScope::new().run(tulipa_cancel::raise()).await);
        unreachable!("it was not the scope that was unwound");
    });
    assert!(Hand::new(work).finish().is_err());
    assert!(handle.cancelled_caught());
}

#[test]
fn cancellable_inside_a_task_is_a_task_of_its_own() {
    let log = Log::default();
    let inside = log.clone();
    let (inner, _inner_handle) = cancellable(async move {
        let _token = catch_cancel(pending::<()>()).await;
        inside.add("not reached");
    });
    let (work, handle) = cancellable(inner);
    let mut work = Hand::new(work);
    assert!(work.poll().is_pending());
    handle.cancel();
    assert!(work.finish().is_err(), "the outer one dropped it");
    assert_eq!(log.take(), "");
}

#[test]
#[should_panic(expected = "polled after its end")]
fn polling_it_after_its_end_panics() {
    let mut scope = Box::pin(CancelScope::new().run(async {}));
    Hand::new(async {
        scope.as_mut().await.unwrap();
        let _ = scope.as_mut().await;
    })
    .finish();
}
