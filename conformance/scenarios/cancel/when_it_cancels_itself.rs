//! S-CANCEL-1, S-CANCEL-4: in which iteration a task sees the request that it made itself.
//!
//! Differs: S-CANCEL-4: in the step in which it suspends, and not in the next iteration.

use std::future::pending;

use tulipa::cancel::CancelExt;
use tulipa::{create_task, current_task, yield_now};

async fn work() {
    println!("cancel: {}", current_task().unwrap().cancel());
    pending::<()>().finally(async || println!("cleans up")).await;
}

pub(crate) async fn main() {
    let task = create_task(work());
    for n in 1..=3 {
        println!("iteration {n}, done: {}", task.done());
        yield_now().await;
    }
    println!("cancelled: {}", task.cancelled());
}
