//! S-WAIT-3: one that was cancelled is no first exception, one that failed is.

use std::time::Duration;

use tulipa::task::ReturnWhen::FirstException;
use tulipa::{create_task, sleep, wait};

use crate::clock::ms;

async fn sleeper() {
    sleep(Duration::from_secs(1)).await;
}

async fn fail() {
    sleep(Duration::from_millis(20)).await;
    println!("{} ms: one fails", ms());
    panic!("boom");
}

pub(crate) async fn main() {
    let unwanted = create_task(sleeper());
    let failing = create_task(fail());
    let slow = create_task(sleeper());
    sleep(Duration::from_millis(10)).await;
    unwanted.cancel();
    let waiting = wait([&unwanted, &failing, &slow]).return_when(FirstException);
    let (done, pending) = waiting.await;
    println!("{} ms: done: {}, pending: {}", ms(), done.len(), pending.len());
    println!("cancelled: {}, failed: {}", unwanted.cancelled(), failing.panicked());
    slow.cancel();
    wait([&slow]).await;
}
