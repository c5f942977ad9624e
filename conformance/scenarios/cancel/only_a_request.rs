//! S-CANCEL-1: `cancel` only asks: the task is cancelled at its await, in a later iteration.

use std::future::pending;

use tulipa::cancel::CancelExt;
use tulipa::{create_task, yield_now};

async fn work() {
    println!("the task waits");
    pending::<()>().finally(async || println!("the task cleans up")).await;
}

pub(crate) async fn main() {
    let task = create_task(work());
    yield_now().await;
    println!("cancel: {}", task.cancel());
    println!("done: {}, cancelled: {}", task.done(), task.cancelled());
    yield_now().await;
    println!("done: {}, cancelled: {}", task.done(), task.cancelled());
    println!("cancel again: {}", task.cancel());
}
