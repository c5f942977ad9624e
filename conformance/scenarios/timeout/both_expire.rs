//! S-TIMEOUT-8: of two timeouts with one deadline the outer one is what timed out.

use std::time::Duration;

use tulipa::cancel::CancelExt;
use tulipa::{current_task, rt, sleep, timeout_at};

use crate::clock::ms;

pub(crate) async fn main() {
    let deadline = rt::current().now() + Duration::from_millis(20);
    let outer = async {
        let inner = sleep(Duration::from_secs(1));
        let inner = inner.finally(async || println!("{} ms: the body ends", ms()));
        if timeout_at(deadline, inner).await.is_err() {
            println!("the inner one timed out");
        }
        sleep(Duration::from_secs(1)).await;
    };
    if timeout_at(deadline, outer).await.is_err() {
        println!("{} ms: the outer one timed out", ms());
    }
    println!("requests: {}", current_task().unwrap().cancelling());
}
