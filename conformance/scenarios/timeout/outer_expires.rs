//! S-TIMEOUT-8: an outer deadline crosses an inner timeout as a cancellation.

use std::time::Duration;

use tulipa::cancel::CancelExt;
use tulipa::{sleep, timeout};

use crate::clock::ms;

async fn inner() {
    let body = sleep(Duration::from_secs(5)).finally(async || {
        println!("{} ms: the innermost cleans up", ms());
        sleep(Duration::from_millis(10)).await;
    });
    if timeout(Duration::from_secs(1), body).await.is_err() {
        println!("the inner one timed out");
    }
}

pub(crate) async fn main() {
    let body = inner().finally(async || {
        println!("{} ms: the outer body cleans up", ms());
        sleep(Duration::from_millis(10)).await;
    });
    if timeout(Duration::from_millis(20), body).await.is_err() {
        println!("{} ms: the outer one timed out", ms());
    }
}
