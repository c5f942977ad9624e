//! S-CANCEL-9: a task catches its cancellation, does nothing about it, and goes on.
//!
//! Differs: S-CANCEL-9: what is caught and not suppressed comes back at the next suspension.

use std::future::pending;

use tulipa::cancel::catch_cancel;
use tulipa::{create_task, yield_now};

async fn work() {
    if catch_cancel(pending::<()>()).await.is_err() {
        println!("it is cancelled");
    }
    println!("it goes on");
    yield_now().await;
    println!("it goes on for ever");
}

pub(crate) async fn main() {
    let task = create_task(work());
    yield_now().await;
    println!("cancel: {}", task.cancel());
    while !task.done() {
        yield_now().await;
    }
    println!("cancelled: {}", task.cancelled());
}
