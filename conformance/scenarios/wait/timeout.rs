//! S-WAIT-1: when the time is over it tells what is done, raises nothing and cancels nothing.

use std::time::Duration;

use tulipa::{create_task, sleep, wait};

use crate::clock::ms;

async fn work(takes: u64) {
    sleep(Duration::from_millis(takes)).await;
    println!("{} ms: the work of {takes} is done", ms());
}

pub(crate) async fn main() {
    let mut tasks = [10, 30].map(|takes| create_task(work(takes)));
    let (done, pending) = wait(&tasks).timeout(Duration::from_millis(20)).await;
    println!("{} ms: done: {}, pending: {}", ms(), done.len(), pending.len());
    println!("the slow one has been asked to end: {}", tasks[1].task_ref().cancelling() > 0);
    (&mut tasks[1]).await.unwrap();
}
