//! S-GATHER-8: once it has failed, a cancellation of the one who awaited it touches no child.

use std::time::Duration;

use tulipa::cancel::catch_cancel;
use tulipa::{create_task, current_task, gather, sleep, wait};

use crate::clock::ms;

async fn give_up() {
    current_task().unwrap().cancel();
    sleep(Duration::from_secs(1)).await;
}

async fn work() {
    sleep(Duration::from_millis(50)).await;
    println!("{} ms: the other child is done", ms());
}

async fn parent() {
    let mut gathered = gather((give_up(), work()));
    if let Err(cancelled) = catch_cancel(&mut gathered).await {
        println!("{} ms: it has failed", ms());
        cancelled.suppress();
    }
    sleep(Duration::from_secs(1)).await;
}

pub(crate) async fn main() {
    let task = create_task(parent());
    sleep(Duration::from_millis(20)).await;
    task.cancel();
    wait([&task]).await;
    println!("{} ms: ended cancelled: {}", ms(), task.cancelled());
    sleep(Duration::from_millis(50)).await;
}
