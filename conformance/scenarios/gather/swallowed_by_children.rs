//! S-GATHER-6: every child swallows the cancellation of the gather and returns a value.
//!
//! Differs: S-GATHER-6: the values are had, and the parent ends at its next await.

use std::time::Duration;

use tulipa::cancel::{CancelExt, catch_cancel};
use tulipa::{create_task, gather, sleep, wait};

async fn stubborn(name: &'static str) -> &'static str {
    if let Err(cancelled) = catch_cancel(sleep(Duration::from_secs(1))).await {
        println!("{name} swallows it");
        cancelled.suppress();
    }
    name
}

async fn parent() {
    let body = async {
        let results = gather([stubborn("a"), stubborn("b")]).await;
        println!("results: {}", results.join(", "));
        sleep(Duration::from_secs(1)).await;
    };
    body.finally(async || println!("the parent ends")).await;
}

pub(crate) async fn main() {
    let task = create_task(parent());
    sleep(Duration::from_millis(10)).await;
    task.cancel();
    wait([&task]).await;
    println!("ended cancelled: {}", task.cancelled());
}
