//! Every interleaving of a host that is polled here with requests and tokens on another thread.
//!
//! `RUSTFLAGS="--cfg loom" cargo test -p tulipa-cancel --test loom --release`. A wake-up that is
//! lost shows as a deadlock: `block_on` polls only when it is woken.

#![cfg(loom)]

use std::cell::Cell;
use std::future::{Future, pending, poll_fn};
use std::pin::pin;
use std::task::{Context, Poll, Wake, Waker};

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use loom::future::block_on;
use loom::sync::atomic::{AtomicBool, Ordering::SeqCst};
use loom::sync::{Arc, Mutex};
use loom::thread;
use tulipa_cancel::{CancelExt, CancelScope, Cancellation, cancellable, catch_cancel};

/// Explores with at most this many switches away from a thread that could go on.
fn model(bound: usize, run: impl Fn() + Send + Sync + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = Some(bound);
    builder.check(run);
}

#[test]
fn a_request_beside_a_poll_is_seen() {
    loom::model(|| {
        let (work, handle) = cancellable(pending::<()>());
        let other = thread::spawn(move || assert!(handle.cancel()));
        assert!(block_on(work).is_err());
        other.join().unwrap();
    });
}

#[test]
fn a_request_beside_a_poll_is_seen_by_the_innermost_node() {
    loom::model(|| {
        let (work, handle) = cancellable(async {
            catch_cancel(pending::<()>()).await.unwrap_err().suppress();
        });
        let other = thread::spawn(move || assert!(handle.cancel()));
        assert_eq!(block_on(work), Ok(()), "not by the host, which looks last");
        other.join().unwrap();
    });
}

#[test]
fn a_request_beside_a_poll_runs_both_cleanups_of_a_join() {
    model(3, || {
        let cleaned = Cell::new(0);
        let branch = || pending::<()>().finally(async || cleaned.set(cleaned.get() + 1));
        let (work, handle) = cancellable(futures_lite::future::zip(branch(), branch()));
        let other = thread::spawn(move || assert!(handle.cancel()));
        assert!(block_on(work).is_err());
        assert_eq!(cleaned.get(), 2);
        other.join().unwrap();
    });
}

#[test]
fn a_handle_made_beside_the_first_suspension_finds_the_waker() {
    loom::model(|| {
        let host = Arc::new(Cancellation::new());
        let other = {
            let host = host.clone();
            thread::spawn(move || assert!(host.handle().cancel()))
        };
        block_on(poll_fn(|cx| {
            assert!(host.poll_root(cx.waker(), || Poll::<()>::Pending).is_pending());
            host.set_waker(cx.waker());
            if host.take() { Poll::Ready(()) } else { Poll::Pending }
        }));
        host.end(true);
        other.join().unwrap();
    });
}

#[test]
fn a_request_beside_an_uncancel_of_another_is_not_lost() {
    loom::model(|| {
        let (work, handle) = cancellable(pending::<()>());
        handle.cancel();
        let [one, two] = [handle.clone(), handle];
        let one = thread::spawn(move || one.uncancel());
        let two = thread::spawn(move || two.cancel());
        one.join().unwrap();
        two.join().unwrap();
        assert!(block_on(work).is_err());
    });
}

#[test]
fn a_token_dropped_beside_a_poll_unwinds_its_host() {
    model(3, || {
        let kept = Arc::new(Mutex::new(None));
        let inside = kept.clone();
        let (work, handle) = cancellable(async move {
            *inside.lock().unwrap() = catch_cancel(pending::<()>()).await.err();
            let other = thread::spawn(move || drop(inside.lock().unwrap().take()));
            pending::<()>().await;
            drop(other);
        });
        handle.cancel();
        assert!(block_on(work).is_err());
    });
}

#[test]
fn a_request_beside_the_end_leaves_nothing() {
    loom::model(|| {
        let (work, handle) = cancellable(async { 1 });
        let there = handle.clone();
        let other = thread::spawn(move || there.cancel());
        assert_eq!(block_on(work), Ok(1));
        let accepted = other.join().unwrap();
        assert_eq!(handle.cancelling(), u32::from(accepted));
        assert!(handle.ended() && !handle.cancelled_caught() && !handle.cancel());
    });
}

#[test]
fn requests_for_a_scope_and_its_task_beside_a_poll_end_the_task() {
    model(3, || {
        let scope = CancelScope::new();
        let inner = scope.handle();
        let (work, outer) = cancellable(async {
            drop(scope.run(pending::<()>()).await);
            pending::<()>().await;
        });
        let other = thread::spawn(move || assert!(inner.cancel() | outer.cancel()));
        assert!(block_on(work).is_err());
        other.join().unwrap();
    });
}

#[test]
fn a_request_beside_a_poll_reaches_nodes_under_wakers_of_their_own() {
    model(2, || {
        let cleaned = Cell::new(0);
        let (work, handle) = cancellable(async {
            let child = || pending::<()>().finally(async || cleaned.set(cleaned.get() + 1));
            let mut children: FuturesUnordered<_> = (0..2).map(|_| child()).collect();
            while children.next().await.is_some() {}
        });
        let other = thread::spawn(move || assert!(handle.cancel()));
        assert!(block_on(work).is_err());
        assert_eq!(cleaned.get(), 2);
        other.join().unwrap();
    });
}

/// A waker that tells which child to poll, as those of `FuturesUnordered` do.
struct ChildWaker {
    woken: AtomicBool,
    parent: Mutex<Option<Waker>>,
}

impl Wake for ChildWaker {
    fn wake(self: std::sync::Arc<Self>) {
        self.woken.store(true, SeqCst);
        let parent = self.parent.lock().unwrap().clone();
        if let Some(parent) = parent {
            parent.wake();
        }
    }
}

/// Polls a child when that was woken, and itself once more in any case.
async fn if_woken(child: impl Future<Output = ()>) {
    let told = ChildWaker { woken: AtomicBool::new(true), parent: Mutex::new(None) };
    let told = std::sync::Arc::new(told);
    let waker = Waker::from(told.clone());
    let mut child = pin!(child);
    let mut polls = 0;
    poll_fn(|cx| {
        *told.parent.lock().unwrap() = Some(cx.waker().clone());
        polls += 1;
        if polls == 1 {
            cx.waker().wake_by_ref();
        }
        if told.woken.swap(false, SeqCst) {
            return child.as_mut().poll(&mut Context::from_waker(&waker));
        }
        Poll::Pending
    })
    .await;
}

#[test]
fn a_host_polled_before_all_wakers_were_called_asks_the_nodes_all_the_same() {
    model(3, || {
        let cleaned = Cell::new(0);
        let child = pending::<()>().finally(async || cleaned.set(cleaned.get() + 1));
        let (work, handle) = cancellable(if_woken(child));
        let other = thread::spawn(move || assert!(handle.cancel()));
        assert!(block_on(work).is_err());
        assert_eq!(cleaned.get(), 1);
        other.join().unwrap();
    });
}
