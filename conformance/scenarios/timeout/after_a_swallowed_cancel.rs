//! S-TIMEOUT-5: in a task that swallowed a cancellation a deadline is a deadline all the same.

use std::time::Duration;

use tulipa::cancel::catch_cancel;
use tulipa::{create_task, current_task, sleep, timeout};

use crate::clock::ms;

async fn worker() -> &'static str {
    if let Err(cancelled) = catch_cancel(sleep(Duration::from_secs(1))).await {
        println!("{} ms: swallowed", ms());
        cancelled.suppress();
    }
    if timeout(Duration::from_millis(20), sleep(Duration::from_secs(1))).await.is_err() {
        println!("{} ms: timed out, requests: {}", ms(), current_task().unwrap().cancelling());
    }
    sleep(Duration::from_millis(10)).await;
    "a value"
}

pub(crate) async fn main() {
    let task = create_task(worker());
    sleep(Duration::from_millis(10)).await;
    task.cancel();
    println!("{} at {} ms", task.await.unwrap(), ms());
}
