//! S-CANCEL-7: a child swallows the cancellation that its parent passed on to it.
//!
//! Differs: S-CANCEL-7: the parent's cancellation stays pending and ends it at its next await.

use std::future::pending;

use tulipa::cancel::catch_cancel;
use tulipa::{create_task, yield_now};

async fn child() -> &'static str {
    if let Err(cancelled) = catch_cancel(pending::<()>()).await {
        println!("the child is cancelled, and swallows it");
        cancelled.suppress();
    }
    "the child's value"
}

async fn parent() {
    let value = create_task(child()).await.unwrap();
    println!("the parent has {value}");
    yield_now().await;
    println!("the parent goes on");
}

pub(crate) async fn main() {
    let task = create_task(parent());
    yield_now().await;
    yield_now().await;
    println!("cancel: {}", task.cancel());
    let view = task.task_ref();
    let ended = task.await;
    println!("ended cancelled: {}, requests: {}", ended.is_err(), view.cancelling());
}
