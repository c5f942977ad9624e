//! S-GATHER-5: a child that is cancelled ends the one who awaits, whom nobody has cancelled.

use std::time::Duration;

use tulipa::cancel::catch_cancel;
use tulipa::{create_task, current_task, gather, sleep, wait};

use crate::clock::ms;

async fn give_up() {
    sleep(Duration::from_millis(10)).await;
    current_task().unwrap().cancel();
    sleep(Duration::from_secs(1)).await;
}

async fn work() {
    sleep(Duration::from_millis(20)).await;
    println!("{} ms: the other one is done", ms());
}

async fn parent() {
    if let Err(cancelled) = catch_cancel(gather((give_up(), work()))).await {
        let requests = current_task().unwrap().cancelling();
        println!("{} ms: cancelled, requests: {requests}", ms());
        cancelled.resume().await;
    }
}

pub(crate) async fn main() {
    let task = create_task(parent());
    wait([&task]).await;
    println!("{} ms: ended cancelled: {}", ms(), task.cancelled());
    sleep(Duration::from_millis(20)).await;
}
