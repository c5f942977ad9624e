//! S-TIMEOUT-5: a task that the body awaits is cancelled at the deadline, one beside it is not.

use std::time::Duration;

use tulipa::cancel::catch_cancel;
use tulipa::{create_task, sleep, timeout};

use crate::clock::ms;

async fn work(name: &'static str, after: u64) {
    match catch_cancel(sleep(Duration::from_millis(after))).await {
        Ok(()) => println!("{} ms: {name} is done", ms()),
        Err(cancelled) => {
            println!("{} ms: {name} is cancelled", ms());
            sleep(Duration::from_millis(5)).await;
            cancelled.resume().await;
        }
    }
}

pub(crate) async fn main() {
    let beside = create_task(work("beside", 40));
    let mut inside = create_task(work("inside", 30));
    if timeout(Duration::from_millis(20), &mut inside).await.is_err() {
        println!("{} ms: timed out, inside has ended: {}", ms(), inside.cancelled());
    }
    beside.await.unwrap();
}
