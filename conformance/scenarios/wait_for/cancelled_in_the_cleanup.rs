//! S-WAITFOR-3, S-WAITFOR-7: cancelled while it cleans up, it is cut short and has not timed out.

use std::time::Duration;

use tulipa::cancel::CancelExt;
use tulipa::{create_task, sleep, timeout, wait};

use crate::clock::ms;

async fn cleanup() {
    println!("{} ms: the cleanup begins", ms());
    sleep(Duration::from_millis(500)).await;
    println!("the cleanup ends");
}

async fn work() {
    sleep(Duration::from_secs(1)).finally(cleanup).await;
}

async fn parent() {
    if timeout(Duration::from_millis(20), work()).await.is_err() {
        println!("timed out");
    }
}

pub(crate) async fn main() {
    let task = create_task(parent());
    sleep(Duration::from_millis(30)).await;
    task.cancel();
    wait([&task]).await;
    let (cancelled, requests) = (task.cancelled(), task.task_ref().cancelling());
    println!("{} ms: ended cancelled: {cancelled}, requests: {requests}", ms());
}
