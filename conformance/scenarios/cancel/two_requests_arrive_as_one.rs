//! S-CANCEL-8: two requests before the first is seen arrive as one, and count as two.

use std::future::pending;

use tulipa::cancel::catch_cancel;
use tulipa::{create_task, yield_now};

async fn work() -> &'static str {
    for n in 1..=2 {
        println!("wait {n}");
        match catch_cancel(async { if n == 1 { pending().await } else { yield_now().await } }).await
        {
            Ok(()) => println!("wait {n} is over"),
            Err(cancelled) => {
                println!("wait {n} is cancelled");
                cancelled.suppress();
            }
        }
    }
    "its value"
}

pub(crate) async fn main() {
    let task = create_task(work());
    yield_now().await;
    println!("cancel: {}", task.cancel());
    println!("cancel: {}", task.cancel());
    println!("requests: {}", task.cancelling());
    let view = task.task_ref();
    println!("it returns {}", task.await.unwrap());
    println!("requests: {}", view.cancelling());
}
