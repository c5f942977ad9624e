//! S-ASCOMP-2: one ends after the deadline, and before it is asked for.
//!
//! Differs: S-ASCOMP-2: a result that is there is given.

use std::time::Duration;

use tulipa::{as_completed, sleep};

use crate::clock::ms;

async fn fetch(name: &'static str, takes: u64) -> &'static str {
    sleep(Duration::from_millis(takes)).await;
    println!("{} ms: {name} is fetched", ms());
    name
}

pub(crate) async fn main() {
    let pages = [("a", 10), ("b", 30)];
    let coming = as_completed(pages.map(|(name, takes)| fetch(name, takes)));
    let mut coming = coming.timeout(Duration::from_millis(20));
    while let Some(name) = coming.next().await {
        match name {
            Ok(name) => println!("{} ms: reads {name}", ms()),
            Err(_) => println!("{} ms: one has timed out", ms()),
        }
        sleep(Duration::from_millis(30)).await;
    }
}
