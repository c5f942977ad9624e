//! S-TIMEOUT-7: a body that swallows the deadline runs on without one, and has not timed out.

use std::pin::pin;
use std::time::Duration;

use tulipa::cancel::catch_cancel;
use tulipa::{current_task, sleep, timeout};

use crate::clock::ms;

pub(crate) async fn main() {
    let body = async {
        if let Err(cancelled) = catch_cancel(sleep(Duration::from_secs(1))).await {
            println!("{} ms: swallowed", ms());
            cancelled.suppress();
        }
        sleep(Duration::from_secs(1)).await;
        println!("{} ms: the body ends", ms());
    };
    let mut deadline = pin!(timeout(Duration::from_millis(20), body));
    deadline.as_mut().await.unwrap();
    let requests = current_task().unwrap().cancelling();
    println!("expired: {}, requests: {requests}", deadline.expired());
}
