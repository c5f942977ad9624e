//! S-LOOP-3: timers fire in order of their deadlines, whatever the order in which they were armed.

use std::time::Duration;

use tulipa::{create_task, sleep, yield_now};

use crate::clock::ms;

async fn wake(after: u64) {
    sleep(Duration::from_millis(after)).await;
    println!("{} ms: the sleep of {after} is over", ms());
}

pub(crate) async fn main() {
    let tasks = [30, 10, 20].map(|after| create_task(wake(after)));
    yield_now().await;
    println!("{} ms: all sleep", ms());
    for task in tasks {
        task.await.unwrap();
    }
    println!("{} ms: all are awake", ms());
}
