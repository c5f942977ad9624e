//! S-CANCEL-5: a task that was cancelled returns before it suspends again.
//!
//! Differs: S-CANCEL-5: the value wins.

use tulipa::{create_task, current_task};

async fn work() -> &'static str {
    println!("cancel: {}", current_task().unwrap().cancel());
    "the value"
}

pub(crate) async fn main() {
    let task = create_task(work());
    let view = task.task_ref();
    match task.await {
        Ok(value) => println!("it returned {value}"),
        Err(_) => println!("its value is gone"),
    }
    println!("cancelled: {}, requests: {}", view.cancelled(), view.cancelling());
}
