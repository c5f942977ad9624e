//! S-CANCEL-12: a task that answers its cancellation with a failure has failed, and is not
//! cancelled.

use std::future::pending;

use tulipa::cancel::catch_cancel;
use tulipa::{create_task, yield_now};

async fn work() {
    if catch_cancel(pending::<()>()).await.is_err() {
        println!("it is cancelled, and fails");
        panic!("boom");
    }
}

pub(crate) async fn main() {
    let task = create_task(work());
    yield_now().await;
    println!("cancel: {}", task.cancel());
    let view = task.task_ref();
    match task.await {
        Ok(()) => println!("it has ended well"),
        Err(error) => println!("it has failed: {}", error.panic_message().unwrap()),
    }
    println!("cancelled: {}", view.cancelled());
}
