//! S-CANCEL-4: a task is cancelled while it is ready to go on from a yield.
//!
//! Differs: S-CANCEL-4: that yield is over; the next suspension unwinds.

use std::future::pending;

use tulipa::{create_task, yield_now};

async fn work() {
    println!("the first step");
    yield_now().await;
    println!("the second step");
    pending::<()>().await;
    println!("never");
}

pub(crate) async fn main() {
    let task = create_task(work());
    yield_now().await;
    println!("cancel: {}", task.cancel());
    for _ in 0..2 {
        yield_now().await;
    }
    println!("cancelled: {}", task.cancelled());
}
