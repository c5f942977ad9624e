//! S-WAITFOR-2: a coroutine that is given no time does not start.
//!
//! Differs: S-WAITFOR-2: it runs to its first suspension; what needs no waiting gives its value.

use std::time::Duration;

use tulipa::{sleep, timeout};

async fn ready() -> &'static str {
    println!("the ready one starts");
    "a value"
}

async fn slow() {
    println!("the slow one starts");
    sleep(Duration::from_secs(1)).await;
    println!("the slow one goes on");
}

pub(crate) async fn main() {
    match timeout(Duration::ZERO, ready()).await {
        Ok(value) => println!("it has {value}"),
        Err(_) => println!("the ready one timed out"),
    }
    if timeout(Duration::ZERO, slow()).await.is_err() {
        println!("the slow one timed out");
    }
}
