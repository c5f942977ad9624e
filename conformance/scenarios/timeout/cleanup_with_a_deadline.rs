//! S-TIMEOUT-5, S-TIMEOUT-8: a cleanup in what timed out may have a deadline of its own.

use std::time::Duration;

use tulipa::cancel::CancelExt;
use tulipa::{sleep, timeout};

use crate::clock::ms;

async fn goodbye() {
    println!("{} ms: says goodbye", ms());
    if timeout(Duration::from_millis(10), sleep(Duration::from_secs(1))).await.is_err() {
        println!("{} ms: nobody answers", ms());
    }
    sleep(Duration::from_millis(10)).await;
    println!("{} ms: hangs up", ms());
}

async fn work() {
    sleep(Duration::from_secs(1)).finally(goodbye).await;
}

pub(crate) async fn main() {
    if timeout(Duration::from_millis(20), work()).await.is_err() {
        println!("{} ms: timed out", ms());
    }
}
