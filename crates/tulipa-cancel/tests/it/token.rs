//! Tokens that were dropped, moved, or outlived their host.

use std::cell::RefCell;
use std::future::pending;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::Mutex;

use futures_lite::future::{or, zip};
use tulipa_cancel::{CancelExt, CancelScope, Cancelled, cancellable, catch_cancel, raise};

use crate::support::{Gate, Hand, Log, suspend};

#[test]
fn a_dropped_token_re_arms_and_the_next_suspension_unwinds() {
    let log = Log::default();
    let inside = log.clone();
    let (work, handle) = cancellable(async move {
        drop(catch_cancel(pending::<()>()).await);
        inside.add("dropped");
        suspend(1).await;
        inside.add("not reached");
    });
    let mut work = Hand::new(work);
    assert!(work.poll().is_pending());
    handle.cancel();
    assert!(matches!(work.poll(), std::task::Poll::Ready(Err(_))), "in one poll");
    assert_eq!(log.take(), "dropped");
}

#[test]
fn a_value_after_a_dropped_token_is_returned() {
    let (work, handle) = cancellable(async {
        drop(catch_cancel(pending::<()>()).await);
        "value"
    });
    handle.cancel();
    assert_eq!(Hand::new(work).finish(), Ok("value"));
}

#[test]
fn a_token_dropped_outside_any_poll_wakes_its_host_and_unwinds_it() {
    let kept = Rc::new(RefCell::new(None));
    let inside = kept.clone();
    let (work, handle) = cancellable(async move {
        inside.replace(catch_cancel(pending::<()>()).await.err());
        pending::<()>().await;
    });
    let mut work = Hand::new(work);
    handle.cancel();
    assert!(work.poll().is_pending() && !work.is_woken());
    kept.take();
    assert!(work.is_woken());
    assert!(work.finish().is_err());
}

#[test]
fn a_token_dropped_on_another_thread_wakes_its_host_and_unwinds_it() {
    static KEPT: Mutex<Option<Cancelled>> = Mutex::new(None);
    let (work, handle) = cancellable(async {
        *KEPT.lock().unwrap() = catch_cancel(pending::<()>()).await.err();
        pending::<()>().await;
    });
    let mut work = Hand::new(work);
    handle.cancel();
    assert!(work.poll().is_pending() && !work.is_woken());
    std::thread::spawn(|| KEPT.lock().unwrap().take()).join().unwrap();
    assert!(work.is_woken());
    assert!(work.finish().is_err());
}

#[test]
fn a_token_that_a_cancelled_future_held_is_part_of_the_new_cancellation() {
    let (work, handle) = cancellable(async {
        let inner = catch_cancel(async {
            let _unanswered = catch_cancel(pending::<()>()).await;
            pending::<()>().await;
        });
        inner.await.unwrap_err().suppress();
        catch_cancel(suspend(1)).await.is_ok()
    });
    let mut work = Hand::new(work);
    handle.cancel();
    assert!(work.poll().is_pending());
    handle.cancel();
    assert_eq!(work.finish(), Ok(true), "one answer was enough");
}

#[test]
fn a_token_of_an_ended_scope_is_spent() {
    let (work, _handle) = cancellable(async {
        let scope = CancelScope::new();
        let handle = scope.handle();
        let token = scope.run(async {
            handle.cancel();
            catch_cancel(pending::<()>()).await.unwrap_err()
        });
        drop(token.await.unwrap());
        suspend(1).await;
        "nothing happened"
    });
    assert_eq!(Hand::new(work).finish(), Ok("nothing happened"));
}

#[test]
fn resuming_a_token_of_an_ended_scope_unwinds_what_is_around_the_caller() {
    let log = Log::default();
    let inside = log.clone();
    let (work, handle) = cancellable(async move {
        let scope = CancelScope::new();
        let scope_handle = scope.handle();
        let token = scope.run(async {
            scope_handle.cancel();
            catch_cancel(pending::<()>()).await.unwrap_err()
        });
        let token = token.await.unwrap();
        async { token.resume().await }.finally(async || inside.add("cleaned")).await
    });
    assert!(Hand::new(work).finish().is_err());
    assert_eq!((log.take(), handle.cancelled_caught()), ("cleaned".into(), true));
}

#[test]
fn resumed_in_another_task_it_unwinds_that_and_re_arms_its_own() {
    let kept = Rc::new(RefCell::new(None));
    let inside = kept.clone();
    let (owner, handle) = cancellable(async move {
        inside.replace(catch_cancel(pending::<()>()).await.err());
        pending::<()>().await;
    });
    let mut owner = Hand::new(owner);
    handle.cancel();
    assert!(owner.poll().is_pending());
    let (other, _handle) = cancellable(async move { kept.take().unwrap().resume().await });
    assert!(Hand::new(other).finish().is_err());
    assert!(owner.is_woken());
    assert!(owner.finish().is_err());
}

#[test]
fn resume_and_raise_outside_any_host_panic_with_a_clear_message() {
    let (work, handle) = cancellable(async { catch_cancel(pending::<()>()).await.unwrap_err() });
    handle.cancel();
    let token = Hand::new(work).finish().unwrap();
    let message = |run: &mut dyn FnMut()| -> String {
        let payload = catch_unwind(AssertUnwindSafe(run)).unwrap_err();
        payload.downcast_ref::<&str>().map_or_else(
            || payload.downcast_ref::<String>().cloned().unwrap_or_default(),
            |text| (*text).to_owned(),
        )
    };
    let mut resume = Hand::new(token.resume());
    let mut raise = Hand::new(raise());
    let texts = [
        message(&mut || assert!(resume.poll().is_ready())),
        message(&mut || assert!(raise.poll().is_ready())),
    ];
    for text in texts {
        assert!(text.contains("inside a task, a scope or `cancellable`"), "{text}");
    }
}

#[test]
fn a_resume_that_is_dropped_in_a_race_is_not_lost() {
    let (work, handle) = cancellable(async {
        let token = catch_cancel(pending::<()>()).await.unwrap_err();
        or(async { token.resume().await }, async { "won" }).await;
        suspend(1).await;
        unreachable!("the cancellation goes on at the next suspension");
    });
    handle.cancel();
    assert!(Hand::new(work).finish().is_err());
}

#[test]
fn a_resume_that_is_never_polled_counts_as_dropped() {
    let (work, handle) = cancellable(async {
        drop(catch_cancel(pending::<()>()).await.unwrap_err().resume());
        suspend(1).await;
        unreachable!("the next suspension unwinds");
    });
    handle.cancel();
    assert!(Hand::new(work).finish().is_err());
}

#[test]
fn a_token_that_is_kept_holds_nothing_up() {
    let gate = Gate::default();
    let inside = gate.clone();
    let (work, handle) = cancellable(async move {
        let token = catch_cancel(pending::<()>()).await.unwrap_err();
        let ((), ()) = zip(suspend(3), inside.wait()).await;
        token.suppress();
        "done"
    });
    let mut work = Hand::new(work);
    handle.cancel();
    assert!(work.poll_while_woken().is_pending());
    gate.open();
    assert_eq!(work.finish(), Ok("done"));
}
