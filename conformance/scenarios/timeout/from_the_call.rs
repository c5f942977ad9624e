//! S-TIMEOUT-1: the time begins with the call, and not with the body.

use std::time::Duration;

use tulipa::{sleep, timeout};

use crate::clock::ms;

pub(crate) async fn main() {
    let deadline = timeout(Duration::from_millis(50), async {
        println!("{} ms: the body begins", ms());
        sleep(Duration::from_secs(1)).await;
    });
    println!("{} ms: called", ms());
    sleep(Duration::from_millis(30)).await;
    if deadline.await.is_err() {
        println!("{} ms: timed out", ms());
    }
}
