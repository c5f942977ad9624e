//! S-ASCOMP-1: who has enough leaves, and the rest run on.

use std::time::Duration;

use tulipa::{as_completed, sleep};

use crate::clock::ms;

async fn ask(server: &'static str, takes: u64) -> &'static str {
    sleep(Duration::from_millis(takes)).await;
    println!("{} ms: {server} answers", ms());
    server
}

async fn fastest(servers: [(&'static str, u64); 3]) -> &'static str {
    let mut coming = as_completed(servers.map(|(server, takes)| ask(server, takes)));
    coming.next().await.unwrap()
}

pub(crate) async fn main() {
    println!("the fastest is {}", fastest([("a", 30), ("b", 10), ("c", 20)]).await);
    sleep(Duration::from_millis(30)).await;
    println!("{} ms: the end", ms());
}
