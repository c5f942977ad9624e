//! S-ASCOMP-2: after the deadline each that is left is a timeout, and the tasks go on.

use std::time::Duration;

use tulipa::{as_completed, sleep};

use crate::clock::ms;

async fn fetch(name: &'static str, takes: u64) -> &'static str {
    sleep(Duration::from_millis(takes)).await;
    println!("{} ms: {name} is fetched", ms());
    name
}

pub(crate) async fn main() {
    let pages = [("a", 10), ("b", 40), ("c", 50)];
    let coming = as_completed(pages.map(|(name, takes)| fetch(name, takes)));
    let mut coming = coming.timeout(Duration::from_millis(30));
    while let Some(name) = coming.next().await {
        match name {
            Ok(name) => println!("{} ms: reads {name}", ms()),
            Err(_) => println!("{} ms: one has timed out", ms()),
        }
    }
    sleep(Duration::from_millis(30)).await;
    println!("{} ms: the end", ms());
}
