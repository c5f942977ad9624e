//! S-TIMEOUT-3: zero ends the body at its first suspension, if it has one.

use std::pin::pin;
use std::time::Duration;

use tulipa::{sleep, timeout};

use crate::clock::ms;

pub(crate) async fn main() {
    let body = async { println!("the first body does not wait") };
    let mut deadline = pin!(timeout(Duration::ZERO, body));
    deadline.as_mut().await.unwrap();
    println!("expired: {}", deadline.expired());
    let body = async {
        println!("the second body waits");
        sleep(Duration::from_secs(1)).await;
        println!("never");
    };
    let mut deadline = pin!(timeout(Duration::ZERO, body));
    if deadline.as_mut().await.is_err() {
        println!("{} ms: timed out, expired: {}", ms(), deadline.expired());
    }
}
