//! S-CANCEL-15: a second request interrupts a cleanup that waits, and not the one around it.

use std::time::Duration;

use tulipa::cancel::CancelExt;
use tulipa::{create_task, sleep};

use crate::clock::ms;

async fn cleanup(name: &str) {
    println!("{} ms: {name} begins", ms());
    sleep(Duration::from_millis(20)).await;
    println!("{} ms: {name} ends", ms());
}

async fn work() {
    let inner = sleep(Duration::from_secs(1)).finally(async || cleanup("the inner cleanup").await);
    inner.finally(async || cleanup("the outer cleanup").await).await;
}

pub(crate) async fn main() {
    let task = create_task(work());
    for _ in 0..2 {
        sleep(Duration::from_millis(10)).await;
        println!("{} ms: cancel: {}", ms(), task.cancel());
    }
    let view = task.task_ref();
    println!("ended with an error: {}", task.await.is_err());
    println!("{} ms: cancelled: {}, requests: {}", ms(), view.cancelled(), view.cancelling());
}
