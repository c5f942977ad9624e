//! S-SHIELD-2: when the work itself is cancelled, so is the awaiter.

use std::time::Duration;

use tulipa::cancel::CancelExt;
use tulipa::{create_task, current_task, shield, sleep, wait};

use crate::clock::ms;

async fn work() {
    sleep(Duration::from_millis(10)).await;
    current_task().unwrap().cancel();
    let body = sleep(Duration::from_secs(1));
    body.finally(async || println!("{} ms: the work ends", ms())).await;
}

async fn awaiter() {
    let body = async {
        shield(work()).await;
        println!("never");
    };
    body.finally(async || {
        let requests = current_task().unwrap().cancelling();
        println!("{} ms: the awaiter ends, requests: {requests}", ms());
    })
    .await;
}

pub(crate) async fn main() {
    let task = create_task(awaiter());
    wait([&task]).await;
    println!("{} ms: ended cancelled: {}", ms(), task.cancelled());
}
