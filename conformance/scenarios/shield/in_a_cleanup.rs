//! S-SHIELD-1: a cleanup that is shielded is not cut short by a second cancellation.

use std::time::Duration;

use tulipa::cancel::CancelExt;
use tulipa::{create_task, shield, sleep, wait};

use crate::clock::ms;

async fn save() {
    println!("{} ms: saves", ms());
    sleep(Duration::from_millis(50)).await;
    println!("{} ms: saved", ms());
}

async fn worker() {
    let cleanup = async || {
        shield(save()).await;
        println!("never");
    };
    sleep(Duration::from_secs(1)).finally(cleanup).await;
}

pub(crate) async fn main() {
    let task = create_task(worker());
    for _ in 0..2 {
        sleep(Duration::from_millis(10)).await;
        println!("{} ms: cancel: {}", ms(), task.cancel());
    }
    wait([&task]).await;
    println!("{} ms: ended cancelled: {}", ms(), task.cancelled());
    sleep(Duration::from_millis(50)).await;
}
