//! S-SHIELD-1: who was cancelled may still wait for the work it shielded.

use std::time::Duration;

use tulipa::cancel::catch_cancel;
use tulipa::{create_task, shield, sleep, wait};

use crate::clock::ms;

async fn work() -> &'static str {
    sleep(Duration::from_millis(30)).await;
    println!("{} ms: the work is done", ms());
    "the result"
}

async fn awaiter() {
    let mut work = shield(work());
    if let Err(cancelled) = catch_cancel(&mut work).await {
        println!("{} ms: cancelled, and waits for the work", ms());
        let result = work.await;
        println!("{} ms: ends with {result}", ms());
        cancelled.resume().await;
    }
}

pub(crate) async fn main() {
    let task = create_task(awaiter());
    sleep(Duration::from_millis(10)).await;
    task.cancel();
    wait([&task]).await;
    println!("{} ms: ended cancelled: {}", ms(), task.cancelled());
}
