//! S-WAITFOR-4: what swallows the deadline and returns a value has not timed out.

use std::time::Duration;

use tulipa::cancel::catch_cancel;
use tulipa::{current_task, sleep, timeout};

use crate::clock::ms;

async fn work() -> &'static str {
    match catch_cancel(sleep(Duration::from_secs(1))).await {
        Ok(()) => "all of it",
        Err(cancelled) => {
            println!("{} ms: the deadline has come", ms());
            sleep(Duration::from_millis(5)).await;
            cancelled.suppress();
            "half of it"
        }
    }
}

pub(crate) async fn main() {
    match timeout(Duration::from_millis(20), work()).await {
        Ok(value) => println!("it has {value}"),
        Err(_) => println!("timed out"),
    }
    println!("{} ms: requests: {}", ms(), current_task().unwrap().cancelling());
    sleep(Duration::from_millis(10)).await;
    println!("{} ms: nothing is left of it", ms());
}
