//! S-TIMEOUT-2: without a deadline the body takes as long as it takes.

use std::pin::pin;
use std::time::Duration;

use tulipa::{sleep, timeout};

use crate::clock::ms;

pub(crate) async fn main() {
    let day = sleep(Duration::from_secs(86_400));
    let mut deadline = pin!(timeout(Duration::MAX, day));
    println!("there is a deadline: {}", deadline.when().is_some());
    deadline.as_mut().await.unwrap();
    println!("{} ms: the day is over, expired: {}", ms(), deadline.expired());
}
