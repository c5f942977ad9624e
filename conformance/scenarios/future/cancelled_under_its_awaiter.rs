//! S-FUT-2, S-CANCEL-13: a future is cancelled while a task awaits it.
//!
//! Differs: S-CANCEL-13: the awaiter gets an error and goes on; it was not cancelled itself.

use tulipa::{Promise, create_task, yield_now};

async fn awaits(promise: Promise<i32>) {
    println!("the task waits");
    match promise.await {
        Ok(value) => println!("the task has {value}"),
        Err(error) => println!("the task is told, cancelled: {}", error.is_cancelled()),
    }
    yield_now().await;
    println!("the task goes on");
}

pub(crate) async fn main() {
    let promise = Promise::new();
    let task = create_task(awaits(promise.clone()));
    yield_now().await;
    println!("cancel the future: {}", promise.cancel());
    let view = task.task_ref();
    while !view.done() {
        println!("waiting for the task");
        yield_now().await;
    }
    println!("the task ended cancelled: {}, requests: {}", view.cancelled(), view.cancelling());
}
