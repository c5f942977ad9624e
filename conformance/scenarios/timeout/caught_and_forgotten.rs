//! S-TIMEOUT-7: a body catches whatever ends its wait, and forgets that it may be the deadline.
//!
//! Differs: S-TIMEOUT-7: only `suppress` swallows it; forgotten, it ends the next wait too.

use std::time::Duration;

use tulipa::cancel::catch_cancel;
use tulipa::{sleep, timeout};

use crate::clock::ms;

pub(crate) async fn main() {
    let body = async {
        for turn in 1..=3 {
            if catch_cancel(sleep(Duration::from_millis(100))).await.is_err() {
                println!("{} ms: turn {turn} failed", ms());
            }
            sleep(Duration::from_millis(10)).await;
            println!("{} ms: turn {turn} is over", ms());
        }
    };
    if timeout(Duration::from_millis(20), body).await.is_err() {
        println!("{} ms: timed out", ms());
    }
}
