//! Everything at once on smol and tokio: what is wrapped is a future like any other.

use std::future::{Future, pending};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use futures_lite::future::{yield_now, zip};
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tulipa_cancel::{
    CancelExt, CancelHandle, CancelScope, CancelledError, cancellable, catch_cancel,
};

/// Begins to wait inside every kind of node, then cleans up with awaits; counts the cleanups.
async fn everything(cleaned: Arc<AtomicUsize>) {
    let leaf = || {
        let cleaned = cleaned.clone();
        pending::<()>().finally(async move || {
            yield_now().await;
            cleaned.fetch_add(1, SeqCst);
        })
    };
    let mut many: FuturesUnordered<_> = (0..3).map(|_| leaf()).collect();
    let nested = CancelScope::new().run(async {
        let token = catch_cancel(zip(leaf(), async { while many.next().await.is_some() {} })).await;
        let token = token.unwrap_err();
        yield_now().await;
        cleaned.fetch_add(1, SeqCst);
        token.resume().await;
    });
    nested.await.unwrap();
}

/// Runs it as a task of its own, which `spawn` can send to another thread; cancels it once it
/// waits.
async fn check<T>(spawn: impl FnOnce(Job) -> T)
where
    T: Future<Output = Result<(), CancelledError>>,
{
    let cleaned = Arc::<AtomicUsize>::default();
    let (work, handle) = cancellable(everything(cleaned.clone()));
    let task = spawn(Box::pin(work));
    cancel_from_outside(handle).await;
    assert!(task.await.is_err());
    assert_eq!(cleaned.load(SeqCst), 5);
}

type Job = std::pin::Pin<Box<dyn Future<Output = Result<(), CancelledError>> + Send>>;

async fn cancel_from_outside(handle: CancelHandle) {
    yield_now().await;
    assert!(handle.cancel_with("from outside"));
}

#[test]
fn on_tokio() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(check(|work| async { tokio::spawn(work).await.unwrap() }));
}

#[test]
fn on_a_local_set_inside_a_cancellable_task() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let local = tokio::task::LocalSet::new();
    // The set polls its tasks inside the poll of this future; its host is not theirs.
    let (work, handle) = cancellable(
        local.run_until(check(|work| async { tokio::task::spawn_local(work).await.unwrap() })),
    );
    assert_eq!(runtime.block_on(work), Ok(()));
    assert!(!handle.cancel_called());
}

#[test]
fn on_smol() {
    let executor = smol::Executor::new();
    smol::block_on(executor.run(check(|work| executor.spawn(work))));
}

#[test]
fn on_a_local_executor_inside_a_cancellable_task() {
    let executor = smol::LocalExecutor::new();
    let (work, handle) = cancellable(executor.run(check(|work| executor.spawn(work))));
    assert_eq!(smol::block_on(work), Ok(()));
    assert!(!handle.cancel_called());
}

#[test]
fn on_smols_global_executor_with_real_threads() {
    for _ in 0..200 {
        smol::block_on(check(smol::spawn));
    }
}

#[test]
fn tokios_own_join_may_be_inside() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let cleaned = Arc::<AtomicUsize>::default();
    let inside = cleaned.clone();
    let (work, handle) =
        cancellable(
            async move { tokio::join!(everything(inside.clone()), everything(inside.clone())) },
        );
    runtime.block_on(async {
        let task = tokio::spawn(work);
        cancel_from_outside(handle).await;
        assert!(task.await.unwrap().is_err());
    });
    assert_eq!(cleaned.load(SeqCst), 10);
}
