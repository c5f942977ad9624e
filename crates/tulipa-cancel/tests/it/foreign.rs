//! Nodes under wakers of their own: `FuturesUnordered`.

use std::future::{Future, pending};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use futures_lite::future::poll_once;
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tulipa_cancel::{CancelExt, CancelScope, cancellable, catch_cancel, raise};

use crate::support::{Gate, Hand, Log, Wakes};

type Child<'a> = Pin<Box<dyn Future<Output = ()> + 'a>>;

async fn all(children: Vec<Child<'_>>) {
    let mut children: FuturesUnordered<_> = children.into_iter().collect();
    while children.next().await.is_some() {}
}

fn cleans<'a>(log: &'a Log, gate: &'a Gate) -> Child<'a> {
    Box::pin(pending::<()>().finally(move || async move {
        log.add("begun");
        gate.wait().await;
        log.add("done");
    }))
}

fn suppresses(log: &Log) -> Child<'_> {
    Box::pin(async move {
        catch_cancel(pending::<()>()).await.unwrap_err().suppress();
        log.add("suppressed");
    })
}

#[test]
fn a_request_reaches_a_catch_inside() {
    let log = Log::default();
    let (work, handle) = cancellable(all(vec![suppresses(&log), Box::pin(async {})]));
    let mut work = Hand::new(work);
    assert!(work.poll_while_woken().is_pending());
    handle.cancel();
    assert_eq!(work.finish(), Ok(()));
    assert_eq!(log.take(), "suppressed");
}

#[test]
fn every_cleanup_inside_runs() {
    let (log, gate) = (Log::default(), Gate::default());
    let children = (0..4).map(|_| cleans(&log, &gate)).collect();
    let (work, handle) = cancellable(all(children));
    let mut work = Hand::new(work);
    assert!(work.poll_while_woken().is_pending());
    handle.cancel();
    assert!(work.poll_while_woken().is_pending());
    assert_eq!(log.take(), "begun", "one at a time");
    gate.open();
    assert!(work.finish().is_err());
    assert_eq!(log.take(), "done begun done begun done begun done");
}

#[test]
fn every_cleanup_inside_runs_also_if_one_of_the_children_asks() {
    let (log, gate, go) = (Log::default(), Gate::default(), Gate::default());
    gate.open();
    let asks = async {
        go.wait().await;
        raise().await;
    };
    let children = vec![cleans(&log, &gate), Box::pin(asks), cleans(&log, &gate)];
    let (work, _handle) = cancellable(all(children));
    let mut work = Hand::new(work);
    assert!(work.poll_while_woken().is_pending());
    go.open();
    assert!(work.finish().is_err());
    assert_eq!(log.take(), "begun done begun done");
}

#[test]
fn a_scope_inside_is_cancelled_alone() {
    let log = Log::default();
    let scopes = [(); 2].map(|()| CancelScope::new());
    let handles = [&scopes[0], &scopes[1]].map(CancelScope::handle);
    let children = scopes.map(|scope| {
        let log = &log;
        Box::pin(async move {
            log.add(if scope.run(pending::<()>()).await.is_err() { "e" } else { "" });
        }) as Child<'_>
    });
    let (work, handle) = cancellable(all(children.into()));
    let mut work = Hand::new(work);
    assert!(work.poll_while_woken().is_pending());
    handles[1].cancel();
    assert!(work.is_woken());
    assert!(work.poll_while_woken().is_pending());
    assert_eq!((log.take(), handles[0].ended(), handles[1].ended()), ("e".into(), false, true));
    handle.cancel();
    assert!(work.finish().is_err());
}

#[test]
fn a_scope_reaches_its_nodes_under_wakers_of_their_own() {
    let log = Log::default();
    let scope = CancelScope::new();
    let scope_handle = scope.handle();
    let (work, handle) = cancellable(scope.run(all(vec![suppresses(&log)])));
    let mut work = Hand::new(work);
    assert!(work.poll_while_woken().is_pending());
    scope_handle.cancel();
    assert!(work.is_woken());
    assert_eq!(work.finish(), Ok(Ok(())));
    assert_eq!(log.take(), "suppressed");
    assert!(!handle.cancel_called());
}

/// A child that is polled under a waker the test counts.
struct Foreign<F> {
    inner: Pin<Box<F>>,
    wakes: Arc<Wakes>,
}

impl<F: Future> Future for Foreign<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<F::Output> {
        let waker = Waker::from(self.wakes.clone());
        self.inner.as_mut().poll(&mut Context::from_waker(&waker))
    }
}

#[test]
fn a_scope_that_moves_to_another_task_reaches_its_nodes_there() {
    let wakes = Arc::<Wakes>::default();
    let inner = Box::pin(catch_cancel(pending::<()>()));
    let scope = CancelScope::new();
    let scope_handle = scope.handle();
    let mut moving = Box::pin(scope.run(Foreign { inner, wakes: wakes.clone() }));
    let (first, _handle) = cancellable(async { poll_once(moving.as_mut()).await.is_none() });
    assert_eq!(Hand::new(first).finish(), Ok(true));
    let (second, _handle) = cancellable(moving);
    let mut second = Hand::new(second);
    assert!(second.poll().is_pending());
    scope_handle.cancel();
    assert_eq!(wakes.count(), 1, "through the host where it is now");
    assert!(second.finish().unwrap().unwrap().is_err());
}

#[test]
fn its_waker_is_called_kept_once_and_let_go() {
    let wakes = Arc::<Wakes>::default();
    let inner = Box::pin(catch_cancel(pending::<()>()));
    let mut child = Box::pin(Foreign { inner, wakes: wakes.clone() });
    let (work, handle) = cancellable(std::future::poll_fn(|cx| {
        assert!(child.as_mut().poll(cx).is_pending());
        Poll::<()>::Pending
    }));
    let mut work = Hand::new(work);
    for _ in 0..10_000 {
        assert!(work.poll().is_pending());
    }
    assert_eq!(Arc::strong_count(&wakes), 3, "ours, the child's, and one in the list");
    // Nobody has asked, so nobody is woken.
    assert_eq!(wakes.count(), 0);
    drop(work);
    assert_eq!(Arc::strong_count(&wakes), 2, "the host has let it go");
    assert!(!handle.cancel());
    assert_eq!(wakes.count(), 0);
}

#[test]
fn its_waker_is_let_go_when_the_node_is_dropped() {
    let wakes = Arc::<Wakes>::default();
    let foreign = |wakes: &Arc<Wakes>| {
        Some(Box::pin(Foreign {
            inner: Box::pin(catch_cancel(pending::<()>())),
            wakes: wakes.clone(),
        }))
    };
    let mut child = foreign(&wakes);
    let inside = wakes.clone();
    let (work, handle) = cancellable(std::future::poll_fn(|cx| {
        if let Some(child) = &mut child {
            assert!(child.as_mut().poll(cx).is_pending());
            assert_eq!(Arc::strong_count(&inside), 4);
        }
        child = None;
        assert_eq!(Arc::strong_count(&inside), 2, "gone with its node");
        Poll::<()>::Pending
    }));
    let mut work = Hand::new(work);
    assert!(work.poll().is_pending());
    handle.cancel();
    assert_eq!(wakes.count(), 0);
    assert!(work.finish().is_err());
}

#[test]
fn children_that_come_and_go_leave_nothing_behind() {
    let (work, handle) = cancellable(async {
        let mut children = FuturesUnordered::new();
        for _ in 0..10_000 {
            children.push(catch_cancel(futures_lite::future::yield_now()));
            children.push(catch_cancel(futures_lite::future::yield_now()));
            while children.next().await.is_some() {}
        }
    });
    let mut work = Hand::new(work);
    let mut most = 0;
    while work.poll().is_pending() {
        most = most.max(work.wakers_held());
    }
    // Its own, the executor's copies, and none for each of 20,000 children.
    assert!(most < 10, "{most}");
    assert!(handle.ended());
}

#[test]
fn a_container_that_does_not_poll_a_woken_child_again_loses_its_cleanup() {
    let log = Log::default();
    let wakes = Arc::<Wakes>::default();
    let inside = log.clone();
    let inner = Box::pin(pending::<()>().finally(async move || inside.add("cleaned")));
    let mut child = Box::pin(Foreign { inner, wakes: wakes.clone() });
    let mut polls = 0;
    let (work, handle) = cancellable(std::future::poll_fn(move |cx| {
        polls += 1;
        if polls == 1 { child.as_mut().poll(cx) } else { Poll::Pending }
    }));
    let mut work = Hand::new(work);
    assert!(work.poll().is_pending());
    handle.cancel();
    assert!(work.finish().is_err(), "it waits for nobody who does not come");
    assert!(wakes.count() > 0 && log.take().is_empty());
}

/// The container gives way after two children that woke themselves, whoever else was woken.
#[test]
fn a_child_that_others_keep_from_being_polled_may_lose_its_cleanup() {
    let (log, gate) = (Log::default(), Gate::default());
    gate.open();
    let mut children = vec![cleans(&log, &gate)];
    for _ in 0..4 {
        children.push(Box::pin(async {
            loop {
                futures_lite::future::yield_now().await;
            }
        }));
    }
    let (work, handle) = cancellable(all(children));
    let mut work = Hand::new(work);
    for _ in 0..10 {
        assert!(work.poll().is_pending());
    }
    handle.cancel();
    assert!(work.finish().is_err());
    assert_eq!(log.take(), "");
}
