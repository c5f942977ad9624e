//! S-LOOP-5: the order of timers that have one deadline.
//!
//! Differs: S-LOOP-5: they fire in order of creation, not in that of a heap.

use std::time::Duration;

use tulipa::{create_task, sleep};

async fn wake(n: u32) {
    sleep(Duration::from_millis(10)).await;
    println!("{n} is awake");
}

pub(crate) async fn main() {
    let tasks: Vec<_> = (0..8).map(|n| create_task(wake(n))).collect();
    for task in tasks {
        task.await.unwrap();
    }
}
