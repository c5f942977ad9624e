//! S-TIMEOUT-8: an inner deadline is the inner timeout's alone, and the outer one goes on.

use std::time::Duration;

use tulipa::{sleep, timeout};

use crate::clock::ms;

pub(crate) async fn main() {
    let body = async {
        for turn in 1..=3 {
            if timeout(Duration::from_millis(20), sleep(Duration::from_secs(1))).await.is_err() {
                println!("{} ms: turn {turn} timed out", ms());
            }
        }
    };
    if timeout(Duration::from_millis(50), body).await.is_err() {
        println!("{} ms: all of it timed out", ms());
    }
}
