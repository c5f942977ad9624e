//! S-GATHER-6: cancelled, it asks every child, and goes on when the last has cleaned up.

use std::time::Duration;

use tulipa::cancel::CancelExt;
use tulipa::{create_task, gather, sleep, wait};

use crate::clock::ms;

async fn sleeper(name: &'static str, takes: u64) {
    let cleanup = async || {
        println!("{} ms: {name} cleans up", ms());
        sleep(Duration::from_millis(takes)).await;
        println!("{} ms: {name} is clean", ms());
    };
    sleep(Duration::from_secs(1)).finally(cleanup).await;
}

async fn parent() {
    let body = async {
        let _ = gather((sleeper("a", 10), sleeper("b", 30))).return_exceptions().await;
        println!("never");
    };
    body.finally(async || println!("{} ms: the parent ends", ms())).await;
}

pub(crate) async fn main() {
    let task = create_task(parent());
    sleep(Duration::from_millis(10)).await;
    println!("{} ms: cancel: {}", ms(), task.cancel());
    wait([&task]).await;
    println!("ended cancelled: {}", task.cancelled());
}
