//! S-WAITFOR-7: the deadline comes while what was cancelled cleans up, and cuts that short.

use std::time::Duration;

use tulipa::cancel::CancelExt;
use tulipa::{create_task, sleep, timeout, wait};

use crate::clock::ms;

async fn cleanup() {
    println!("{} ms: the work cleans up", ms());
    sleep(Duration::from_millis(50)).await;
    println!("{} ms: the work is clean", ms());
}

async fn work() {
    sleep(Duration::from_secs(1)).finally(cleanup).await;
}

async fn parent() {
    match timeout(Duration::from_millis(40), work()).await {
        Ok(()) => println!("never"),
        Err(_) => println!("timed out"),
    }
}

pub(crate) async fn main() {
    let task = create_task(parent());
    sleep(Duration::from_millis(20)).await;
    println!("{} ms: cancel: {}", ms(), task.cancel());
    wait([&task]).await;
    println!("{} ms: ended cancelled: {}", ms(), task.cancelled());
}
