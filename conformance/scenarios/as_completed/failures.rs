//! S-ASCOMP-1: one that fails comes in its turn, and the next ones after it.

use std::time::Duration;

use tulipa::{as_completed, sleep};

use crate::clock::ms;

async fn fetch(name: &'static str, takes: u64) -> Result<String, String> {
    sleep(Duration::from_millis(takes)).await;
    if name == "b" {
        return Err(format!("there is no {name}"));
    }
    Ok(format!("the page of {name}"))
}

pub(crate) async fn main() {
    let pages = [("a", 10), ("b", 20), ("c", 30)];
    let mut coming = as_completed(pages.map(|(name, takes)| fetch(name, takes)));
    while let Some(page) = coming.next().await {
        match page {
            Ok(page) => println!("{} ms: {page}", ms()),
            Err(error) => println!("{} ms: failed: {error}", ms()),
        }
    }
}
