//! S-CANCEL-9: a request that was caught does not come back: later awaits work, though it stays
//! counted.

use std::time::Duration;

use tulipa::cancel::catch_cancel;
use tulipa::{create_task, current_task, sleep};

use crate::clock::ms;

async fn work() {
    let requests = || current_task().unwrap().cancelling();
    if let Err(cancelled) = catch_cancel(sleep(Duration::from_secs(10))).await {
        println!("{} ms: caught, requests: {}", ms(), requests());
        cancelled.suppress();
    }
    for n in 1..=2 {
        sleep(Duration::from_millis(10)).await;
        println!("{} ms: await {n} works, requests: {}", ms(), requests());
    }
    println!("given back: {}", current_task().unwrap().uncancel());
}

pub(crate) async fn main() {
    let task = create_task(work());
    sleep(Duration::from_millis(5)).await;
    println!("{} ms: cancel: {}", ms(), task.cancel());
    let view = task.task_ref();
    task.await.unwrap();
    println!("{} ms: cancelled: {}, requests: {}", ms(), view.cancelled(), view.cancelling());
}
