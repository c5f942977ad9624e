//! Combinators of one's own: `Node`, `Held`, `Cancellation`.

use std::future::{Future, pending, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Poll, Waker};

use tulipa_cancel::{CancelScope, Cancellation, Held, Node, cancellable, catch_cancel};

use crate::support::{Gate, Hand, Wakes, suspend};

/// Waits for the inner future whatever happens, then lets a cancellation go on.
async fn stubborn<F: Future>(inner: F) -> F::Output {
    let (mut node, mut held) = (Node::new(), Held::new());
    let mut inner = pin!(inner);
    poll_fn(|cx| match node.poll(cx, |cx| inner.as_mut().poll(cx)) {
        Poll::Pending => Poll::Pending,
        Poll::Ready(Err(token)) => {
            held.hold(token);
            Poll::Pending
        }
        Poll::Ready(Ok(value)) => {
            held.release();
            Poll::Ready(value)
        }
    })
    .await
}

#[test]
fn what_is_held_is_one_cancellation_and_goes_on_when_released() {
    let gate = Gate::default();
    let inside = gate.clone();
    let (work, handle) = cancellable(async move {
        let value = stubborn(async {
            inside.wait().await;
            "value"
        });
        let value = value.await;
        catch_cancel(suspend(1)).await.unwrap_err().suppress();
        catch_cancel(suspend(1)).await.unwrap();
        value
    });
    let mut work = Hand::new(work);
    assert!(work.poll().is_pending());
    for _ in 0..3 {
        handle.cancel();
        assert!(work.poll_while_woken().is_pending());
    }
    gate.open();
    assert_eq!(work.finish(), Ok("value"));
}

#[test]
fn held_cancellations_go_on_when_the_holder_is_dropped() {
    let (work, handle) = cancellable(async {
        let mut held = Held::new();
        assert!(held.is_empty());
        held.hold(catch_cancel(pending::<()>()).await.unwrap_err());
        assert!(!held.is_empty());
        assert_eq!(format!("{held:?}"), "Held([Cancelled { message: None, .. }])");
        held.absorb();
        drop(held);
        suspend(1).await;
        unreachable!("it goes on");
    });
    handle.cancel();
    assert!(Hand::new(work).finish().is_err());
}

#[test]
fn what_is_released_says_whether_it_unwinds_the_one_who_releases() {
    let (work, handle) = cancellable(async {
        let mut held = Held::new();
        held.hold(catch_cancel(pending::<()>()).await.unwrap_err());
        let in_a_shield = CancelScope::new().shield(true).run(async { held.release() }).await;
        held.hold(catch_cancel(pending::<()>()).await.unwrap_err());
        let in_another_task = cancellable(async { held.release() }).0.await;
        held.hold(catch_cancel(pending::<()>()).await.unwrap_err());
        let here = CancelScope::new().run(async { held.release() }).await;
        catch_cancel(pending::<()>()).await.unwrap_err().suppress();
        let scope = CancelScope::new();
        scope.handle().cancel();
        let scoped = scope.run(async {
            held.hold(catch_cancel(pending::<()>()).await.unwrap_err());
        });
        scoped.await.unwrap();
        [in_a_shield.unwrap(), in_another_task.unwrap(), here.unwrap(), held.release()]
    });
    handle.cancel();
    assert_eq!(Hand::new(work).finish(), Ok([false, false, true, false]));
}

/// A host as a runtime embeds it.
fn poll_host(host: &Cancellation, waker: &Waker, poll: impl FnOnce() -> Poll<()>) -> bool {
    if host.poll_root(waker, poll).is_pending() {
        host.set_waker(waker);
    }
    host.take()
}

#[test]
fn an_embedded_host_keeps_its_waker_whenever_the_handle_is_made() {
    let counted = Arc::<Wakes>::default();
    let waker = Waker::from(counted.clone());
    let host = Cancellation::new();
    assert!(host.waker_clone().is_none());
    assert!(!poll_host(&host, &waker, || Poll::Pending));
    assert!(host.waker_clone().is_some_and(|held| held.will_wake(&waker)));
    let handle = host.handle();
    assert!(handle.cancel_with("why") && host.is_pending());
    assert_eq!((counted.count(), host.cancelling()), (1, 1));
    assert!(poll_host(&host, &waker, || Poll::Pending));
    assert_eq!(host.message().as_deref(), Some("why"));
    host.run_root(|| ());
    host.end(true);
    host.end(false);
    assert!(handle.cancelled_caught(), "the first word stands");
    assert_eq!(Arc::strong_count(&counted), 2, "the host has let its wakers go");
}

#[test]
fn an_embedded_host_that_was_cancelled_before_its_first_poll_need_not_poll() {
    // S-CANCEL-3: this is how a task's body never runs.
    let host = Cancellation::new();
    assert!(host.handle().cancel());
    assert!(host.take());
    host.end(true);
    assert!(host.handle().cancelled_caught());
}
