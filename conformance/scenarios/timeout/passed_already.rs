//! S-TIMEOUT-3, S-TIMEOUT-4: a deadline in the past ends the body at its first suspension.

use std::time::Duration;

use tulipa::cancel::CancelExt;
use tulipa::{rt, sleep, timeout_at};

use crate::clock::ms;

pub(crate) async fn main() {
    let start = rt::current().now();
    sleep(Duration::from_millis(20)).await;
    timeout_at(start, async { println!("the first body computes") }).await.unwrap();
    println!("and completes");
    let body = async {
        sleep(Duration::from_secs(1)).await;
        println!("never");
    };
    let cleanup = async || {
        println!("{} ms: the second body cleans up", ms());
        sleep(Duration::from_millis(10)).await;
    };
    if timeout_at(start, body.finally(cleanup)).await.is_err() {
        println!("{} ms: timed out", ms());
    }
}
