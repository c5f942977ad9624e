//! Futures that run in a context of their own, on executors that know nothing of it.

use futures_lite::future::{block_on, yield_now, zip};
use tulipa_context::{Context, ContextVar, copy_context};

static REQUEST: ContextVar<u32> = ContextVar::new("request");

/// Sets it and finds it again after others have run.
async fn handle(request: u32) -> u32 {
    REQUEST.set(request);
    for _ in 0..3 {
        yield_now().await;
        assert_eq!(REQUEST.get(), Some(request));
    }
    REQUEST.get().unwrap()
}

#[test]
fn futures_side_by_side_keep_theirs() {
    let [one, two] = [1, 2].map(|request| copy_context().wrap(handle(request)));
    assert_eq!(block_on(zip(one, two)), (1, 2));
    assert_eq!(REQUEST.get(), None);
}

#[test]
fn on_tokio() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let [one, two] = [1, 2].map(|request| tokio::spawn(copy_context().wrap(handle(request))));
        assert_eq!((one.await.unwrap(), two.await.unwrap()), (1, 2));
    });
}

#[test]
fn on_smols_threads() {
    let [one, two] = [1, 2].map(|request| smol::spawn(copy_context().wrap(handle(request))));
    assert_eq!(block_on(zip(one, two)), (1, 2));
}

#[test]
fn it_is_dropped_in_its_context() {
    static SEEN: ContextVar<bool> = ContextVar::new("seen");
    struct Guard;
    impl Drop for Guard {
        fn drop(&mut self) {
            SEEN.set(true);
        }
    }
    let context = Context::new();
    let guard = Guard;
    let future = context.wrap(async move {
        let _guard = guard;
        std::future::pending::<()>().await;
    });
    assert!(future.context().is_same(&context));
    drop(future);
    assert_eq!((context.get(&SEEN), SEEN.get()), (Some(true), None));
}
