//! S-CANCEL-6: a task is cancelled when the result it waits for is there, before it has woken.
//!
//! Differs: S-CANCEL-6: the value wins, and the request stays pending for the next suspension.

use std::future::pending;

use tulipa::cancel::CancelExt;
use tulipa::{Promise, create_task, yield_now};

async fn work(promise: Promise<i32>) {
    println!("the task has {}", promise.await.unwrap());
    pending::<()>().finally(async || println!("the task cleans up")).await;
}

pub(crate) async fn main() {
    let promise = Promise::new();
    let task = create_task(work(promise.clone()));
    yield_now().await;
    promise.set_result(6).unwrap();
    println!("cancel: {}", task.cancel());
    for _ in 0..2 {
        yield_now().await;
    }
    println!("the future has {}", promise.result().unwrap());
    println!("cancelled: {}", task.cancelled());
}
