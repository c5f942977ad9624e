//! S-SHIELD-1, S-GATHER-6: of the children of a cancelled gather the shielded one goes on.

use std::time::Duration;

use tulipa::cancel::catch_cancel;
use tulipa::{create_task, gather, shield, sleep, wait};

use crate::clock::ms;

async fn work(name: &str) {
    match catch_cancel(sleep(Duration::from_millis(30))).await {
        Ok(()) => println!("{} ms: {name} is done", ms()),
        Err(cancelled) => {
            println!("{} ms: {name} is cancelled", ms());
            cancelled.resume().await;
        }
    }
}

async fn parent() {
    gather((work("the bare one"), shield(work("the shielded one")))).await;
}

pub(crate) async fn main() {
    let task = create_task(parent());
    sleep(Duration::from_millis(10)).await;
    task.cancel();
    wait([&task]).await;
    println!("{} ms: ended cancelled: {}", ms(), task.cancelled());
    sleep(Duration::from_millis(50)).await;
}
