//! S-CANCEL-2: when a future is cancelled that a cancelled task awaits.
//!
//! Differs: S-CANCEL-2: when the task takes the request, not in the call.

use tulipa::{Promise, create_task, yield_now};

async fn awaits(promise: Promise<()>) {
    println!("the task waits");
    promise.await.unwrap();
}

pub(crate) async fn main() {
    let promise = Promise::new();
    let task = create_task(awaits(promise.clone()));
    yield_now().await;
    println!("cancel: {}", task.cancel());
    println!("in the call: {}", promise.cancelled());
    yield_now().await;
    println!("an iteration later: {}", promise.cancelled());
    println!("the task is cancelled: {}", task.cancelled());
}
