//! S-WAIT-3: without an exception the first exception is the end of all.

use std::time::Duration;

use tulipa::task::ReturnWhen::FirstException;
use tulipa::{create_task, sleep, wait};

use crate::clock::ms;

async fn work(takes: u64) {
    sleep(Duration::from_millis(takes)).await;
    println!("{} ms: the work of {takes} is done", ms());
}

pub(crate) async fn main() {
    let tasks = [10, 50, 30].map(|takes| create_task(work(takes)));
    sleep(Duration::from_millis(20)).await;
    tasks[1].cancel();
    let (done, pending) = wait(&tasks).return_when(FirstException).await;
    println!("{} ms: done: {}, pending: {}", ms(), done.len(), pending.len());
}
