//! S-ASCOMP-1: results come in the order in which they are there, each once.

use std::time::Duration;

use tulipa::{as_completed, sleep};

use crate::clock::ms;

async fn fetch(name: &'static str, takes: u64) -> &'static str {
    sleep(Duration::from_millis(takes)).await;
    name
}

pub(crate) async fn main() {
    let pages = [("a", 30), ("b", 10), ("c", 20)];
    let mut coming = as_completed(pages.map(|(name, takes)| fetch(name, takes)));
    while let Some(name) = coming.next().await {
        println!("{name} at {} ms", ms());
    }
    println!("the end");
}
