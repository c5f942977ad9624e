//! S-CANCEL-14: the message of a request arrives at the await and with the task's end.

use std::future::pending;

use tulipa::cancel::catch_cancel;
use tulipa::{create_task, yield_now};

async fn work() {
    if let Err(cancelled) = catch_cancel(pending::<()>()).await {
        println!("the task hears: {}", cancelled.message().unwrap());
        cancelled.resume().await;
    }
}

pub(crate) async fn main() {
    let task = create_task(work());
    yield_now().await;
    task.cancel_with("shutting down");
    let error = task.await.unwrap_err();
    println!("the awaiter hears: {}", error.as_cancelled().unwrap().message().unwrap());
}
