//! Combinators and hosts of one's own: `Node`, `Held`, `Cancellation`.

use std::future::{Future, pending, poll_fn};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll};

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tulipa_cancel::{CancelExt, Cancellation, Held, Node, catch_cancel};

use super::{Executor, on_each_executor, settle};
use crate::support::{Gate, Log, suspend};

on_each_executor!(
    a_combinator_takes_a_cancellation_and_answers_it,
    a_combinator_under_a_waker_of_its_own_is_reached,
    what_is_held_is_one_cancellation_and_goes_on_when_released,
    held_cancellations_go_on_when_the_holder_is_dropped,
    an_embedded_host_ends_cancelled,
    an_embedded_host_cancelled_before_its_first_poll_never_polls,
);

/// `None` if it was cancelled.
async fn or_none<F: Future>(inner: F) -> Option<F::Output> {
    let mut node = Node::new();
    let mut inner = Box::pin(inner);
    match poll_fn(|cx| node.poll(cx, |cx| inner.as_mut().poll(cx))).await {
        Ok(value) => Some(value),
        Err(token) => {
            drop(inner);
            token.absorb();
            token.suppress();
            None
        }
    }
}

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

async fn a_combinator_takes_a_cancellation_and_answers_it(executor: impl Executor) {
    let (work, handle) = executor.start(async {
        let value = or_none(async { 1 }).await;
        let told = or_none(async {
            let _unanswered = catch_cancel(pending::<()>()).await;
            pending::<()>().await;
        });
        let told = told.await;
        suspend(2).await;
        (value, told)
    });
    settle().await;
    handle.cancel();
    settle().await;
    handle.cancel();
    assert_eq!(work.await, Ok((Some(1), None)));
}

async fn a_combinator_under_a_waker_of_its_own_is_reached(executor: impl Executor) {
    let (work, handle) = executor.start(async {
        let mut children: FuturesUnordered<_> = (0..2).map(|_| or_none(pending::<()>())).collect();
        let mut told = 0;
        while let Some(child) = children.next().await {
            told += usize::from(child.is_none());
        }
        told
    });
    for _ in 0..2 {
        settle().await;
        assert!(handle.cancel());
    }
    assert_eq!(work.await, Ok(2));
}

async fn what_is_held_is_one_cancellation_and_goes_on_when_released(executor: impl Executor) {
    let gate = Gate::default();
    let inside = gate.clone();
    let (work, handle) = executor.start(async move {
        let value = stubborn(async {
            inside.wait().await;
            "value"
        });
        let value = value.await;
        catch_cancel(suspend(1)).await.unwrap_err().suppress();
        catch_cancel(suspend(1)).await.unwrap();
        value
    });
    for _ in 0..3 {
        settle().await;
        assert!(handle.cancel());
    }
    settle().await;
    gate.open();
    assert_eq!(work.await, Ok("value"));
}

async fn held_cancellations_go_on_when_the_holder_is_dropped(executor: impl Executor) {
    let log = Log::default();
    let inside = log.clone();
    let (work, handle) = executor.start(async move {
        let mut held = Held::new();
        held.hold(catch_cancel(pending::<()>()).await.unwrap_err());
        suspend(2).await;
        inside.add("held");
        drop(held);
        suspend(1).await;
        inside.add("not reached");
    });
    settle().await;
    handle.cancel();
    assert!(work.await.is_err());
    assert_eq!(log.take(), "held");
}

/// A host as a runtime embeds it: asks before the first poll too.
struct Embedded<F> {
    host: Rc<Cancellation>,
    inner: Option<Pin<Box<F>>>,
    started: bool,
}

impl<F> Embedded<F> {
    fn new(inner: F) -> (Self, Rc<Cancellation>) {
        let host = Rc::new(Cancellation::new());
        (Self { host: host.clone(), inner: Some(Box::pin(inner)), started: false }, host)
    }

    fn end(&mut self, caught: bool) {
        self.host.run_root(|| self.inner = None);
        self.host.end(caught);
    }
}

impl<F: Future> Future for Embedded<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        if !std::mem::replace(&mut this.started, true) && this.host.take() {
            this.end(true);
            return Poll::Ready(None);
        }
        let inner = this.inner.as_mut().expect("polled to its end once");
        if let Poll::Ready(value) = this.host.poll_root(cx.waker(), || inner.as_mut().poll(cx)) {
            this.end(false);
            return Poll::Ready(Some(value));
        }
        this.host.set_waker(cx.waker());
        if this.host.take() {
            this.end(true);
            return Poll::Ready(None);
        }
        Poll::Pending
    }
}

async fn an_embedded_host_ends_cancelled(executor: impl Executor) {
    let log = Log::default();
    let inside = log.clone();
    let (work, host) = Embedded::new(pending::<()>().finally(async move || {
        suspend(2).await;
        inside.add("cleaned");
    }));
    let work = executor.spawn(work);
    settle().await;
    assert!(host.handle().cancel_with("why"));
    assert_eq!(work.await, None);
    assert_eq!((host.message().as_deref(), log.take()), (Some("why"), "cleaned".into()));
    assert!(host.handle().cancelled_caught());
    // The other way: it ends with a value.
    let (work, host) = Embedded::new(suspend(2));
    let handle = host.handle();
    assert_eq!(executor.spawn(work).await, Some(()));
    assert!(handle.ended() && !handle.cancelled_caught());
}

/// S-CANCEL-3: this is how a task's body never runs.
async fn an_embedded_host_cancelled_before_its_first_poll_never_polls(executor: impl Executor) {
    let log = Log::default();
    let inside = log.clone();
    let (work, host) = Embedded::new(async move { inside.add("not reached") });
    host.handle().cancel();
    assert_eq!(executor.spawn(work).await, None);
    assert_eq!((log.take(), host.cancelling()), (String::new(), 1));
}
