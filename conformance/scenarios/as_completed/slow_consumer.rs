//! S-ASCOMP-1: what ends while nobody asks waits in that order.

use std::time::Duration;

use tulipa::{as_completed, sleep};

use crate::clock::ms;

async fn fetch(name: &'static str, takes: u64) -> &'static str {
    sleep(Duration::from_millis(takes)).await;
    println!("{} ms: {name} is fetched", ms());
    name
}

pub(crate) async fn main() {
    let pages = [("a", 30), ("b", 10), ("c", 20), ("d", 80)];
    let mut coming = as_completed(pages.map(|(name, takes)| fetch(name, takes)));
    while let Some(name) = coming.next().await {
        println!("{} ms: reads {name}", ms());
        sleep(Duration::from_millis(30)).await;
    }
}
