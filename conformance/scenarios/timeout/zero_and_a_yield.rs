//! S-TIMEOUT-3: zero ends the body at its first suspension, be it ever so short.

use std::time::Duration;

use tulipa::{timeout, yield_now};

async fn body() {
    println!("the body yields");
    yield_now().await;
    println!("the body yields again");
    yield_now().await;
    println!("never");
}

pub(crate) async fn main() {
    if timeout(Duration::ZERO, body()).await.is_err() {
        println!("timed out");
    }
}
