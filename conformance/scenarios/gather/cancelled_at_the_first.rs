//! S-GATHER-7: cancelled, it ends with the first child that does, if exceptions are not results.
//!
//! Differs: S-GATHER-7: it waits for all children.

use std::time::Duration;

use tulipa::cancel::CancelExt;
use tulipa::{create_task, gather, sleep, wait};

use crate::clock::ms;

async fn sleeper(name: &'static str, takes: u64) {
    let cleanup = async || {
        sleep(Duration::from_millis(takes)).await;
        println!("{} ms: {name} is clean", ms());
    };
    sleep(Duration::from_secs(1)).finally(cleanup).await;
}

async fn parent() {
    let body = async {
        gather((sleeper("a", 10), sleeper("b", 30))).await;
        println!("never");
    };
    body.finally(async || println!("{} ms: the parent ends", ms())).await;
}

pub(crate) async fn main() {
    let task = create_task(parent());
    sleep(Duration::from_millis(10)).await;
    task.cancel();
    wait([&task]).await;
    println!("ended cancelled: {}", task.cancelled());
    sleep(Duration::from_millis(50)).await;
}
