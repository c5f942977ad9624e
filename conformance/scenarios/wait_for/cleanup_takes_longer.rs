//! S-WAITFOR-3: the cleanup of what has timed out is waited for, so it all takes longer.

use std::time::Duration;

use tulipa::cancel::CancelExt;
use tulipa::{create_task, sleep, timeout};

use crate::clock::ms;

async fn cleanup() {
    println!("{} ms: the cleanup begins", ms());
    sleep(Duration::from_millis(50)).await;
    println!("{} ms: the cleanup ends", ms());
}

async fn work() {
    sleep(Duration::from_secs(1)).finally(cleanup).await;
}

pub(crate) async fn main() {
    if timeout(Duration::from_millis(20), work()).await.is_err() {
        println!("{} ms: timed out", ms());
    }
    if timeout(Duration::from_millis(20), create_task(work())).await.is_err() {
        println!("{} ms: the task timed out", ms());
    }
}
